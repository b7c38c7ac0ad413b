"""The results of many videos in; one tidy table of each kind out, with a dictionary of their columns."""

import csv
import io
import os
import pickle
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING, Final

from alignment.batch.occasions import Judged
from alignment.batch.plan import VideoPlan
from alignment.batch.tasks import Failure
from alignment.core.result import Occasion, Result, Summary, film_of
from alignment.files import read_text, refused_as, replace_bytes, write_fault
from alignment.outputs import columns, cycles_csv
from alignment.outputs.columns import CYCLE, DICTIONARY, FILM, LIMIT, REASONS, REJECTED, WHICH, Cells, Column, own
from alignment.outputs.keys import distinct, film_key, key_of
from alignment.outputs.spreadsheet import Rows, plain_cell, shown_text, workbook

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

#: What writes a table into a stream.
Write = Callable[[IO[bytes]], object]
#: So many bytes of rows stay in memory.
_IN_MEMORY: Final = 32_000_000
#: How many rows of a Parquet file are in memory at once.
_AT_ONCE: Final = 10_000

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
        self._cycles = _Spool()
        self._summary = _Spool()
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
        self._cycles.add(position, front, [{name: cell for name, cell in row.items() if cell} for row in cycles])
        front["quality_reasons"] = reasons
        self._summary.add(position, front, [columns.summary_cells(row) for row in result.summary])

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

    def results(self) -> dict[str, Write]:
        """What writes each table of what was measured into a stream, by file name; no table is whole in memory."""
        sheets = self._sheets()
        tables = {name: partial(_write_csv, *sheet) for name, sheet in sheets.items() if name != FAILURES}
        return {
            **tables,
            CYCLES_PARQUET: partial(_write_parquet, *sheets[CYCLES]),
            STUDY: partial(_write_workbook, sheets),
        }

    def _sheets(self) -> "dict[str, tuple[Sequence[Column], Rows]]":
        return {
            SUMMARY: (self._summary_columns, _Keyed(self._summary, self._keys, ("measure", "side"))),
            CYCLES: (self._cycle_columns, _Keyed(self._cycles, self._keys, ("index", "side", "moment"))),
            OCCASIONS: (_OCCASION, self._occasions),
            FAILURES: (_FAILURE, self._failure_rows),
            COLUMNS: (DICTIONARY, self._dictionary()),
        }

    def data_frames(self) -> "dict[str, pd.DataFrame]":
        """The same tables as data frames, by name without ending."""
        return {
            name.removesuffix(".csv"): columns.data_frame(described, list(rows))
            for name, (described, rows) in self._sheets().items()
        }

    def failures(self) -> dict[str, Write]:
        """What writes the table of what was not, by file name; one without rows where everything was."""
        return {FAILURES: partial(_write_csv, _FAILURE, self._failure_rows)}

    @property
    def _failure_rows(self) -> list[Cells]:
        return [self._failures[position] for position in sorted(self._failures)]

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


class _Spool:
    """Rows of videos, those of many on the disk, so that memory stays as it is; gone when nobody holds this."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - as long as the run
        weakref.finalize(self, self._file.close)
        self._at: dict[int, tuple[int, int]] = {}

    def add(self, position: int, front: Cells, rows: Sequence[Cells]) -> None:
        """Take up a video's rows: what is alike in all of them, and what is not. InputError where the disk refuses."""
        content = pickle.dumps((front, rows))
        try:
            self._at[position] = (self._file.seek(0, os.SEEK_END), len(rows))
            self._file.write(content)
        except OSError as fault:
            raise write_fault(fault, gettempdir()) from fault

    def __len__(self) -> int:
        return sum(count for _, count in self._at.values())

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        """Each row with the position of its video, in their order."""
        for position in sorted(self._at):
            self._file.seek(self._at[position][0])
            front, rows = pickle.load(self._file)
            for row in rows:
                yield position, {**front, **row}


@dataclass(frozen=True)
class _Keyed:
    """The rows of all videos, in their order, each with the key of its film and its own."""

    spool: _Spool
    keys: Mapping[int, str]
    named_by: Sequence[str]

    def __len__(self) -> int:
        return len(self.spool)

    def __iter__(self) -> Iterator[Cells]:
        keys = distinct(self.keys)
        for position, row in self.spool:
            yield {
                **row,
                "key": ":".join([keys[position], *(row[name] for name in self.named_by)]),
                "film_key": keys[position],
            }


def _write_csv(described: Sequence[Column], rows: Iterable[Mapping[str, str]], stream: IO[bytes]) -> None:
    text = io.TextIOWrapper(stream, "utf-8", errors="backslashreplace", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(plain_cell(one.name) for one in described)
    table.writerows([plain_cell(row.get(one.name, "")) for one in described] for row in rows)
    text.detach()


def _write_parquet(described: Sequence[Column], rows: Iterable[Mapping[str, str]], stream: IO[bytes]) -> None:
    import pyarrow.parquet as pq

    left = iter(rows)
    table = columns.typed_table(described, list(islice(left, _AT_ONCE)))
    with pq.ParquetWriter(stream, table.schema, compression="zstd", use_dictionary=True) as writer:
        while True:
            writer.write_table(table)
            following = list(islice(left, _AT_ONCE))
            if not following:
                return
            table = columns.typed_table(described, following)


def _write_workbook(sheets: Mapping[str, tuple[Sequence[Column], Rows]], stream: IO[bytes]) -> None:
    stream.write(workbook({name.removesuffix(".csv"): one for name, one in sheets.items()}, title="alignment"))
