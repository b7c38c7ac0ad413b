"""result.xlsx: one film's result as a workbook: facts, summary, repetitions, measures over time, the columns' meanings."""

import csv
import io
from dataclasses import dataclass

import numpy as np

from alignment.core.result import Result
from alignment.outputs import columns
from alignment.outputs.columns import CYCLE, DICTIONARY, FILM, LIMIT, REASONS, REJECTED, SUMMARY, WHICH, Column
from alignment.outputs.cycles import cycles_csv
from alignment.outputs.keys import film_key
from alignment.outputs.motion import measured
from alignment.outputs.output import Analysis
from alignment.outputs.spreadsheet import Kind, Sheet, workbook
from alignment.texts import say

NAME = "result.xlsx"


@dataclass(frozen=True)
class _Told:
    """A column whose meaning is said already."""

    name: str
    kind: Kind
    unit: str
    meaning: str


def xlsx(analysis: Analysis) -> bytes:
    """A sheet each for what is known of the film, summary, repetitions, measures over time, and what the columns mean."""
    result = analysis.result
    sheets: dict[str, Sheet] = {
        "film": (
            (*WHICH, *FILM, REASONS),
            [columns.film_cells(result) | {"quality_reasons": columns.reasons_cell(result)}],
        ),
        "summary": _summary(result),
        "cycles": _cycles(result),
        "frames": _frames(analysis),
    }
    meanings = columns.dictionary_cells({name: described for name, (described, _) in sheets.items()})
    return workbook({**sheets, "columns": (DICTIONARY, meanings)}, title=result.source.name)


def _summary(result: Result) -> Sheet:
    key = film_key(result)
    rows = [
        {"key": f"{key}:{row.measure}:{row.side}", "film_key": key, **columns.summary_cells(row)}
        for row in result.summary
    ]
    return (columns.own("key"), WHICH[0], *SUMMARY, *LIMIT), rows


def _cycles(result: Result) -> Sheet:
    key = film_key(result)
    there = csv.DictReader(io.StringIO(cycles_csv(result)))
    rows = [{"key": f"{key}:{row['index']}:{row['side']}:{row['moment']}", "film_key": key, **row} for row in there]
    taken = set(there.fieldnames or ())
    own = [one for one in columns.measure_columns() if one.name in taken]
    return (columns.own("key"), WHICH[0], *CYCLE, *own, REJECTED), rows


def _frames(analysis: Analysis) -> Sheet:
    curves = analysis.result.curves
    if curves is None:
        return (Column("time_s", "number", "s", "column_time"),), []
    described = [_Told("time_s", "number", "s", say("column_time").message)]
    numbers = [np.asarray(curves.track.time_s)]
    for one in measured(analysis):
        error = say("column_se", column=one.column).message
        described.append(_Told(one.column, "number", one.unit, say(f"meaning_{one.measure}").message))
        described.append(_Told(f"{one.column}_se", "number", one.unit, error))
        numbers += [one.value, one.standard_error]
    rows = [
        {told.name: f"{number:.7g}" for told, number in zip(described, row, strict=True) if np.isfinite(number)}
        for row in np.column_stack(numbers)
    ]
    return described, rows
