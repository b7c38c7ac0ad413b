"""The results of many videos in; one tidy table of each kind out, with a dictionary of their columns."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alignment.batch.occasions import Judged
from alignment.batch.plan import VideoPlan
from alignment.batch.tasks import Failure
from alignment.core.measures import MEASURES
from alignment.core.result import Occasion, Result, Summary, column, film_of
from alignment.outputs import cycles_csv
from alignment.outputs.keys import distinct, film_key, key_of
from alignment.outputs.parquet import parquet_bytes
from alignment.outputs.spreadsheet import Kind, plain_cell, workbook
from alignment.texts import say

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

#: A row: its cells as text by column; those left out are empty.
_Cells = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column: its unit ("" for none) and the code of its meaning, with the column that this speaks of, if any."""

    name: str
    kind: Kind
    unit: str
    meaning_code: str
    about: str = ""

    @property
    def meaning(self) -> str:
        """What it means in words, with the sign where there is one."""
        return say(self.meaning_code, **({"column": self.about} if self.about else {})).message


def _own(name: str, kind: Kind = "text", unit: str = "", *, code: str = "") -> Column:
    return Column(name, kind, unit, f"column_batch_{code or name}")


_FRONT: Final = (
    _own("key"),
    *map(_own, ("film_key", "video", "film_sha256", "subject", "session", "activity", "recognised")),
    _own("recognised_probability", "number"),
    _own("pelvis"),
    _own("quality"),
    _own("camera_facing"),
    *(
        _own(f"camera_{name}_deg", "number", "deg")
        for name in ("yaw", "yaw_se", "pitch", "pitch_se", "roll", "roll_se")
    ),
    _own("rate_hz", "number", "Hz"),
    _own("analyzed_rate_hz", "number", "Hz"),
    *map(_own, ("model", "engine", "version")),
)
_REASONS: Final = _own("quality_reasons")
_CYCLE: Final = (
    _own("index", "whole"),
    _own("kind"),
    _own("side", code="cycle_side"),
    _own("start_s", "number", "s"),
    _own("end_s", "number", "s"),
    _own("time_s", "number", "s"),
    _own("moment"),
)
_REJECTED: Final = _own("rejected")
#: A number in the unit that stands in its row.
_ROW: Final = "see unit"
_SUMMARY: Final = (
    _own("measure"),
    _own("side", code="summary_side"),
    _own("unit"),
    _own("at"),
    _own("mean", "number", _ROW),
    _own("sd", "number", _ROW),
    _own("n", "whole"),
    _own("standard_error", "number", _ROW),
    _own("interval_low", "number", _ROW),
    _own("interval_high", "number", _ROW),
    _own("verdict"),
    _own("reason"),
    *(_own(name, "number", _ROW) for name in ("lowest", "highest", "worst")),
    *(_own(name, "whole") for name in ("worst_cycle", "inside", "near", "outside")),
    _own("differ", "flag"),
    _own("provisional", "flag"),
)
_LIMIT: Final = (
    *(_own(name, "number", _ROW) for name in ("low_outside", "low", "high", "high_outside")),
    _own("min_cycles", "whole"),
)
_OCCASION: Final = (
    *map(_own, ("key", "subject", "session", "occasion", "activity")),
    _own("films", "whole"),
    *_SUMMARY,
    _own("worst_video"),
    *_LIMIT,
)
_FAILURE: Final = (_own("video"), _own("stage"), _own("reason", code="failed_reason"), _own("remedy"))
_DICTIONARY: Final = (_own("table"), _own("column"), _own("unit", code="column_unit"), _own("meaning"))


def _measures() -> Iterator[Column]:
    for one in MEASURES.values():
        name = column(one.name, one.unit)
        yield Column(name, "number", one.unit, f"meaning_{one.name}")
        yield Column(f"{name}_se", "number", one.unit, "column_se", name)
        yield Column(f"{one.name}_verdict", "text", "", "column_verdict", name)


class Tables:
    """Collects results in any order; gives tables in the order of the videos, whose bytes depend on nothing else."""

    def __init__(self, extras: Sequence[str]) -> None:
        measured = tuple(_measures())
        fixed = (*_FRONT, _REASONS, *_CYCLE, *measured, _REJECTED, *_SUMMARY, *_LIMIT)
        self._extras = {extra: _free(extra, {one.name for one in fixed}) for extra in extras}
        carried = (Column(name, "text", "", "column_batch_extra", extra) for extra, name in self._extras.items())
        front = (*_FRONT, *carried)
        self._cycle_columns = (*front, *_CYCLE, *measured, _REJECTED)
        self._summary_columns = (*front, _REASONS, *_SUMMARY, *_LIMIT)
        self._cycles: dict[int, list[_Cells]] = {}
        self._summary: dict[int, list[_Cells]] = {}
        #: What tells the films from each other, by their places.
        self._keys: dict[int, str] = {}
        self._occasions: list[_Cells] = []
        self._failures: dict[int, _Cells] = {}

    def add(self, position: int, plan: VideoPlan, result: Result) -> None:
        """Take up a video's result; `position` is its place in the order."""
        front = self._front(plan, result)
        self._keys[position] = film_key(result)
        reasons = ";".join(dict.fromkeys(one.code for one in result.quality.reasons))
        cycles = csv.DictReader(io.StringIO(cycles_csv(result)))
        self._cycles[position] = [{**front, **{name: cell for name, cell in row.items() if cell}} for row in cycles]
        self._summary[position] = [
            {**front, "quality_reasons": reasons, **_summary_cells(row)} for row in result.summary
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
            own = {"key": f"{key}:{row.measure}:{row.side}"}
            self._occasions.append({**own, **front, **_summary_cells(row), **_worst(row, judged, told)})

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
            COLUMNS: (_DICTIONARY, dictionary),
        }
        return {
            CYCLES: _csv(self._cycle_columns, cycles),
            CYCLES_PARQUET: _parquet(self._cycle_columns, cycles),
            SUMMARY: _csv(self._summary_columns, summary),
            OCCASIONS: _csv(_OCCASION, self._occasions),
            COLUMNS: _csv(_DICTIONARY, dictionary),
            STUDY: workbook({name.removesuffix(".csv"): one for name, one in sheets.items()}, title="alignment"),
        }

    def failures(self) -> dict[str, bytes]:
        """The table of what was not, by file name; one without rows where everything was."""
        return {FAILURES: _csv(_FAILURE, self._failure_rows)}

    @property
    def _failure_rows(self) -> list[_Cells]:
        return [self._failures[position] for position in sorted(self._failures)]

    def _in_order(self, rows: Mapping[int, list[_Cells]], named_by: Sequence[str]) -> list[_Cells]:
        """The rows of all videos, in their order, each with the key of its film and its own."""
        keys = distinct(self._keys)
        return [
            {"key": ":".join([keys[position], *(row[name] for name in named_by)]), "film_key": keys[position], **row}
            for position in sorted(rows)
            for row in rows[position]
        ]

    def _front(self, plan: VideoPlan, result: Result) -> _Cells:
        row = plan.video.row
        return {
            "video": plan.video.name,
            "film_sha256": result.source.sha256 or "",
            "subject": row.subject,
            "session": row.session,
            "activity": result.activity,
            **_recognised_cells(result),
            "pelvis": result.pelvis or "",
            "quality": result.quality.grade,
            **_filmed_cells(result),
            **{name: row.extras.get(extra, "") for extra, name in self._extras.items()},
        }

    def _dictionary(self) -> list[_Cells]:
        """A row per table and column, so that nobody has to guess a unit or a sign."""
        tables = {
            CYCLES: self._cycle_columns,
            CYCLES_PARQUET: self._cycle_columns,
            SUMMARY: self._summary_columns,
            OCCASIONS: _OCCASION,
            FAILURES: _FAILURE,
            COLUMNS: _DICTIONARY,
        }
        return [
            {"table": table, "column": one.name, "unit": one.unit, "meaning": one.meaning}
            for table, columns in tables.items()
            for one in columns
        ]


def _recognised_cells(result: Result) -> _Cells:
    seen = result.recognised
    return {"recognised": seen.movement or "none", "recognised_probability": f"{seen.probability:g}"} if seen else {}


def _filmed_cells(result: Result) -> _Cells:
    """How the film was made and looked at; what is not known is left out."""
    view, source, made = result.viewpoint, result.source, result.software
    told = {
        "camera_facing": view.facing,
        **{f"camera_{name}": getattr(view, name) for name in ("yaw_deg", "pitch_deg", "roll_deg")},
        **{f"camera_{name}_se_deg": getattr(view, f"{name}_se_deg") for name in ("yaw", "pitch", "roll")},
        "rate_hz": source.fps,
        "analyzed_rate_hz": round(source.analyzed_frames / source.duration_s, 3) if source.duration_s else None,
        "model": made.model,
        "engine": made.engine,
        "version": made.version,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def _free(name: str, taken: set[str]) -> str:
    """The name of a manifest's column among the tables' own."""
    while name in taken:
        name = f"manifest_{name}"
    return name


def _summary_cells(row: Summary) -> _Cells:
    """A row of a summary as text; what is not known is left out."""
    given = {one.name: getattr(row, one.name) for one in _SUMMARY}
    limits = {one.name: getattr(row.limit, one.name) for one in _LIMIT} if row.limit is not None else {}
    told = {name: value for name, value in (given | limits).items() if value is not None}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in told.items()}


def _worst(row: Summary, judged: Judged, told: Occasion) -> _Cells:
    """Where the worst repetition of an occasion is: its video, and its index there."""
    if row.worst_cycle is None:
        return {}
    film = film_of(row.worst_cycle, told.films) - 1
    return {"worst_video": judged.videos[film], "worst_cycle": str(row.worst_cycle - told.films[film].first_cycle)}


def _csv(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(plain_cell(one.name) for one in columns)
    table.writerows([plain_cell(row.get(one.name, "")) for one in columns] for row in rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _parquet(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> bytes:
    """The same rows with types: text, whole numbers, numbers; null where a cell of the other two is empty."""
    import pyarrow as pa

    types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64()}
    read: dict[str, Any] = {"text": str, "whole": int, "number": float}
    fields, arrays = [], []
    for one in columns:
        cells = (row.get(one.name, "") for row in rows)
        values = [read[one.kind](cell) if cell or one.kind == "text" else None for cell in cells]
        fields.append(pa.field(one.name, types[one.kind], metadata={"unit": one.unit, "meaning": one.meaning}))
        arrays.append(pa.array(values, types[one.kind]))
    return parquet_bytes(pa.table(arrays, schema=pa.schema(fields)), use_dictionary=True)
