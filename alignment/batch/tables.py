"""The results of many videos in; one tidy table of each kind out, with a dictionary of their columns."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from alignment.batch.occasions import Judged
from alignment.batch.plan import VideoPlan
from alignment.batch.tasks import Failure
from alignment.core.measures import MEASURES
from alignment.core.result import Occasion, Result, Summary, column, film_of
from alignment.outputs import cycles_csv
from alignment.outputs.parquet import parquet_bytes
from alignment.texts import say

CYCLES: Final = "cycles.csv"
CYCLES_PARQUET: Final = "cycles.parquet"
SUMMARY: Final = "summary.csv"
OCCASIONS: Final = "occasions.csv"
FAILURES: Final = "failures.csv"
COLUMNS: Final = "columns.csv"
RUN: Final = "run.json"
#: Names that no result folder may have beside them.
NAMES: Final = frozenset({CYCLES, CYCLES_PARQUET, SUMMARY, OCCASIONS, FAILURES, COLUMNS, RUN})

_Kind = Literal["text", "whole", "number"]
#: A row: its cells as text by column; those left out are empty.
_Cells = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column: its unit ("" for none) and the code of its meaning, with the column that this speaks of, if any."""

    name: str
    kind: _Kind
    unit: str
    meaning_code: str
    about: str = ""

    @property
    def meaning(self) -> str:
        """What it means in words, with the sign where there is one."""
        return say(self.meaning_code, **({"column": self.about} if self.about else {})).message


def _own(name: str, kind: _Kind = "text", unit: str = "", *, code: str = "") -> Column:
    return Column(name, kind, unit, f"column_batch_{code or name}")


_FRONT: Final = (
    *map(_own, ("video", "subject", "session", "activity", "recognised")),
    _own("recognised_probability", "number"),
    _own("pelvis"),
    _own("quality"),
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
    _own("differ"),
    _own("provisional"),
)
_LIMIT: Final = (
    *(_own(name, "number", _ROW) for name in ("low_outside", "low", "high", "high_outside")),
    _own("min_cycles", "whole"),
)
_OCCASION: Final = (
    *map(_own, ("subject", "session", "occasion", "activity")),
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
        self._occasions: list[_Cells] = []
        self._failures: dict[int, _Cells] = {}

    def add(self, position: int, plan: VideoPlan, result: Result) -> None:
        """Take up a video's result; `position` is its place in the order."""
        front = self._front(plan, result)
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
        self._occasions += [{**front, **_summary_cells(row), **_worst(row, judged, told)} for row in told.summary]

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
        cycles, summary = _in_order(self._cycles), _in_order(self._summary)
        return {
            CYCLES: _csv(self._cycle_columns, cycles),
            CYCLES_PARQUET: _parquet(self._cycle_columns, cycles),
            SUMMARY: _csv(self._summary_columns, summary),
            OCCASIONS: _csv(_OCCASION, self._occasions),
            COLUMNS: self._dictionary(),
        }

    def failures(self) -> dict[str, bytes]:
        """The table of what was not, by file name; one without rows where everything was."""
        return {FAILURES: _csv(_FAILURE, [self._failures[position] for position in sorted(self._failures)])}

    def _front(self, plan: VideoPlan, result: Result) -> _Cells:
        row = plan.video.row
        return {
            "video": plan.video.name,
            "subject": row.subject,
            "session": row.session,
            "activity": result.activity,
            **_recognised_cells(result),
            "pelvis": result.pelvis or "",
            "quality": result.quality.grade,
            **{name: row.extras.get(extra, "") for extra, name in self._extras.items()},
        }

    def _dictionary(self) -> bytes:
        """A row per table and column, so that nobody has to guess a unit or a sign."""
        tables = {
            CYCLES: self._cycle_columns,
            CYCLES_PARQUET: self._cycle_columns,
            SUMMARY: self._summary_columns,
            OCCASIONS: _OCCASION,
            FAILURES: _FAILURE,
            COLUMNS: _DICTIONARY,
        }
        rows = [
            {"table": table, "column": one.name, "unit": one.unit, "meaning": one.meaning}
            for table, columns in tables.items()
            for one in columns
        ]
        return _csv(_DICTIONARY, rows)


def _recognised_cells(result: Result) -> _Cells:
    seen = result.recognised
    return {"recognised": seen.movement or "none", "recognised_probability": f"{seen.probability:g}"} if seen else {}


def _in_order(rows: Mapping[int, list[_Cells]]) -> list[_Cells]:
    return [row for position in sorted(rows) for row in rows[position]]


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
    table = csv.DictWriter(text, [one.name for one in columns], restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
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
