"""cycles.csv: a row per repetition, side and moment, with a column per measure, its standard error and its verdict."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from alignment.core.result import MOMENTS, Cycle, Moment, Result, Value, column
from alignment.outputs.spreadsheet import plain_cell

_DECIMALS: Final = {"deg": 2, "pct": 2}
_OTHER_DECIMALS: Final = 4


def cycles_csv(result: Result) -> str:
    """A row per cycle, side and moment; a column per measure, its standard error and verdict; empty where undefined.

    A rejected cycle is one row with its reason and no values. `time_s` is empty where the row's measures peak apart.
    """
    measures = {(value.measure, value.unit): None for cycle in result.cycles for value in cycle.values}
    head = ["index", "kind", "side", "start_s", "end_s", "time_s", "moment"]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*head, *(cell for measure, unit in measures for cell in _titles(measure, unit)), "rejected"])
    for cycle in result.cycles:
        table.writerows(map(plain_cell, row) for row in _cycle_rows(cycle, list(measures)))
    return text.getvalue()


def _cycle_rows(cycle: Cycle, measures: Sequence[tuple[str, str]]) -> Iterator[list[str]]:
    times = [_number(cycle.start_s, 3), _number(cycle.end_s, 3)]
    start = [str(cycle.index), cycle.kind]
    if cycle.rejected is not None or not cycle.values:
        whose = "body" if cycle.side == "both" else cycle.side
        blank = [""] * (3 * len(measures))
        yield [*start, whose, *times, _number(cycle.key_s, 3), "key", *blank, cycle.rejected or ""]
        return
    for whose in ("left", "right", "body"):
        for moment in MOMENTS:
            values = {value.measure: value for value in cycle.values if (value.side, value.at) == (whose, moment)}
            if values:
                cells = (cell for measure, unit in measures for cell in _value_cells(values.get(measure), unit))
                yield [*start, whose, *times, _common_time(moment, values.values()), moment, *cells, ""]


def _titles(measure: str, unit: str) -> tuple[str, str, str]:
    name = column(measure, unit)
    return name, f"{name}_se", f"{measure}_verdict"


def _value_cells(value: Value | None, unit: str) -> tuple[str, str, str]:
    if value is None:
        return "", "", ""
    decimals = _DECIMALS.get(unit, _OTHER_DECIMALS)
    return _number(value.value, decimals), _number(value.standard_error, decimals), value.verdict or ""


def _common_time(moment: Moment, values: Iterable[Value]) -> str:
    """When a row's values were taken; of the key moment, most of them: a measure may have one of its own."""
    times = Counter(_number(value.time_s, 3) for value in values if value.time_s is not None).most_common()
    return times[0][0] if len(times) == 1 or (times and moment == "key") else ""


def _number(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:.{decimals}f}"
