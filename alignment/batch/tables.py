"""The results of many videos in; one tidy table of each kind out, with a dictionary of their columns."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alignment.batch.occasions import Judged
from alignment.batch.plan import VideoPlan
from alignment.batch.tasks import Failure
from alignment.core.result import Occasion, Result, Summary, film_of
from alignment.files import read_text, refused_as, replace_bytes
from alignment.outputs import columns, cycles_csv
from alignment.outputs.columns import CYCLE, DICTIONARY, FILM, LIMIT, REASONS, REJECTED, WHICH, Cells, Column, own
from alignment.outputs.keys import distinct, film_key, key_of
from alignment.outputs.parquet import parquet_bytes
from alignment.outputs.spreadsheet import plain_cell, shown_text, workbook

if TYPE_CHECKING:
    import pandas as pd

CYCLES: Final = "cycles.csv"
CYCLES_PARQUET: Final = "cycles.parquet"
SUMMARY: Final = "summary.csv"
OCCASIONS: Final = "occasions.csv"
FAILURES: Final = "failures.csv"
COLUMNS: Final = "columns.csv"
#: All tables once more, a sheet for each.
STUDY: Final = "study.xlsx"
RUN: Final = "run.json"
#: Names that no result folder may have beside them.
NAMES: Final = frozenset({CYCLES, CYCLES_PARQUET, SUMMARY, OCCASIONS, FAILURES, COLUMNS, STUDY, RUN})

#: First in each row: which film, whose, and how it was made; then the manifest's own columns.
_FRONT: Final = (own("key"), *WHICH, own("subject"), own("session"), *FILM)
_OCCASION: Final = (
    *map(own, ("key", "subject", "session", "occasion", "activity")),
    own("films", "whole"),
    *columns.SUMMARY,
    own("worst_video"),
    *LIMIT,
)
_FAILURE: Final = (own("video"), own("stage"), own("reason", code="failed_reason"), own("remedy"))


class Tables:
    """Collects results in any order; gives tables in the order of the videos, whose bytes depend on nothing else."""

    def __init__(self, extras: Sequence[str]) -> None:
        measured = tuple(columns.measure_columns())
        fixed = (*_FRONT, REASONS, *CYCLE, *measured, REJECTED, *columns.SUMMARY, *LIMIT)
        self._extras = {extra: _free(extra, {one.name for one in fixed}) for extra in extras}
        carried = (Column(name, "any", "", "column_batch_extra", extra) for extra, name in self._extras.items())
        front = (*_FRONT, *carried)
        self._cycle_columns = (*front, *CYCLE, *measured, REJECTED)
        self._summary_columns = (*front, REASONS, *columns.SUMMARY, *LIMIT)
        self._cycles: dict[int, list[Cells]] = {}
        self._summary: dict[int, list[Cells]] = {}
        #: What tells the films from each other, by their places.
        self._keys: dict[int, str] = {}
        self._occasions: list[Cells] = []
        self._failures: dict[int, Cells] = {}

    def add(self, position: int, plan: VideoPlan, result: Result) -> None:
        """Take up a video's result; `position` is its place in the order."""
        front = self._front(plan, result)
        self._keys[position] = film_key(result)
        reasons = columns.reasons_cell(result)
        cycles = csv.DictReader(io.StringIO(cycles_csv(result)))
        self._cycles[position] = [{**front, **{name: cell for name, cell in row.items() if cell}} for row in cycles]
        self._summary[position] = [
            {**front, "quality_reasons": reasons, **columns.summary_cells(row)} for row in result.summary
        ]

    def add_occasion(self, judged: Judged, told: Occasion) -> None:
        """Take up what the videos of an occasion tell together."""
        which = judged.which
        front = {
            "subject": which.subject,
            "session": which.session,
            "occasion": which.occasion,
            "activity": which.activity,
            "films": str(len(judged.videos)),
        }
        key = key_of([which.subject, which.session, which.occasion, which.activity])
        for row in told.summary:
            front["key"] = f"{key}:{row.measure}:{row.side}"
            self._occasions.append({**front, **columns.summary_cells(row), **_worst(row, judged, told)})

    def add_failure(self, position: int, video: str, failure: Failure) -> None:
        """Take up why a video has no result."""
        self._failures[position] = {
            "video": video,
            "stage": failure.stage.value,
            "reason": failure.text.message,
            "remedy": failure.text.remedy,
        }

    def results(self) -> dict[str, bytes]:
        """The tables of what was measured, by file name."""
        cycles = self._in_order(self._cycles, ("index", "side", "moment"))
        summary = self._in_order(self._summary, ("measure", "side"))
        dictionary = self._dictionary()
        sheets = {
            SUMMARY: (self._summary_columns, summary),
            CYCLES: (self._cycle_columns, cycles),
            OCCASIONS: (_OCCASION, self._occasions),
            FAILURES: (_FAILURE, self._failure_rows),
            COLUMNS: (DICTIONARY, dictionary),
        }
        return {
            CYCLES: _csv(self._cycle_columns, cycles),
            CYCLES_PARQUET: _parquet(self._cycle_columns, cycles),
            SUMMARY: _csv(self._summary_columns, summary),
            OCCASIONS: _csv(_OCCASION, self._occasions),
            COLUMNS: _csv(DICTIONARY, dictionary),
            STUDY: workbook({name.removesuffix(".csv"): one for name, one in sheets.items()}, title="alignment"),
        }

    def data_frames(self) -> "dict[str, pd.DataFrame]":
        """The same tables as data frames, by name without ending."""
        found = {
            CYCLES: (self._cycle_columns, self._in_order(self._cycles, ("index", "side", "moment"))),
            SUMMARY: (self._summary_columns, self._in_order(self._summary, ("measure", "side"))),
            OCCASIONS: (_OCCASION, self._occasions),
            FAILURES: (_FAILURE, self._failure_rows),
            COLUMNS: (DICTIONARY, self._dictionary()),
        }
        return {name.removesuffix(".csv"): columns.data_frame(*one) for name, one in found.items()}

    def failures(self) -> dict[str, bytes]:
        """The table of what was not, by file name; one without rows where everything was."""
        return {FAILURES: _csv(_FAILURE, self._failure_rows)}

    @property
    def _failure_rows(self) -> list[Cells]:
        return [self._failures[position] for position in sorted(self._failures)]

    def _in_order(self, rows: Mapping[int, list[Cells]], named_by: Sequence[str]) -> list[Cells]:
        """The rows of all videos, in their order, each with the key of its film and its own."""
        keys = distinct(self._keys)
        return [
            {**row, "key": ":".join([keys[position], *(row[name] for name in named_by)]), "film_key": keys[position]}
            for position in sorted(rows)
            for row in rows[position]
        ]

    def _front(self, plan: VideoPlan, result: Result) -> Cells:
        row = plan.video.row
        return {
            **columns.film_cells(result),
            "video": plan.video.name,
            "subject": row.subject,
            "session": row.session,
            **{name: row.extras.get(extra, "") for extra, name in self._extras.items()},
        }

    def _dictionary(self) -> list[Cells]:
        """A row per table and column, so that nobody has to guess a unit or a sign."""
        tables = {
            CYCLES: self._cycle_columns,
            CYCLES_PARQUET: self._cycle_columns,
            SUMMARY: self._summary_columns,
            OCCASIONS: _OCCASION,
            FAILURES: _FAILURE,
            COLUMNS: DICTIONARY,
        }
        return columns.dictionary_cells(tables)


def _free(name: str, taken: set[str]) -> str:
    """The name of a manifest's column among the tables' own."""
    while name in taken:
        name = f"manifest_{name}"
    return name


def write_workbook(folder: Path) -> Path:
    """Make a study's workbook anew from its tables, as those of earlier versions have none; where it is.

    InputError where a table cannot be read or the workbook not be written.
    """
    ours = (*_FRONT, REASONS, *CYCLE, *columns.measure_columns(), REJECTED, *_OCCASION, *_FAILURE, *DICTIONARY)
    known = {one.name: one for one in ours}
    sheets = {}
    for name in (SUMMARY, CYCLES, OCCASIONS, FAILURES, COLUMNS):
        if (folder / name).is_file():
            table = csv.DictReader(io.StringIO(read_text(folder / name, "batch_bad_manifest")))
            rows = [{one: shown_text(cell or "") for one, cell in row.items() if one} for row in table]
            carried = {one: Column(one, "any", "", "column_batch_extra", one) for one in table.fieldnames or ()}
            sheets[name.removesuffix(".csv")] = ([known.get(one, carried[one]) for one in carried], rows)
    path = folder / STUDY
    with refused_as("out_not_writable", path=path):
        replace_bytes(path, workbook(sheets, title="alignment"))
    return path


def _worst(row: Summary, judged: Judged, told: Occasion) -> Cells:
    """Where the worst repetition of an occasion is: its video, and its index there."""
    if row.worst_cycle is None:
        return {}
    film = film_of(row.worst_cycle, told.films) - 1
    return {"worst_video": judged.videos[film], "worst_cycle": str(row.worst_cycle - told.films[film].first_cycle)}


def _csv(described: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(plain_cell(one.name) for one in described)
    table.writerows([plain_cell(row.get(one.name, "")) for one in described] for row in rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _parquet(described: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> bytes:
    return parquet_bytes(columns.typed_table(described, rows), use_dictionary=True)
