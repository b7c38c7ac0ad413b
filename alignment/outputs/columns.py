"""What the columns of tables are, and a result's cells for them: names, units and meanings said once for all files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from alignment.core.measures import MEASURES
from alignment.core.result import Result, Summary, column
from alignment.outputs.keys import film_key
from alignment.outputs.spreadsheet import Kind, SheetColumn
from alignment.texts import say

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

#: A row: its cells as text by column; those left out are empty.
Cells = dict[str, str]


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


def own(name: str, kind: Kind = "text", unit: str = "", *, code: str = "") -> Column:
    """A column that is no measure's, with its words under its own name or this code."""
    return Column(name, kind, unit, f"column_batch_{code or name}")


_WHICH: Final = ("film_key", "video", "film_sha256")
#: What is known of a film: which it is, then how it was made and looked at.
WHICH: Final = tuple(map(own, _WHICH))
FILM: Final = (
    *map(own, ("activity", "recognised")),
    own("recognised_probability", "number"),
    own("pelvis"),
    own("quality"),
    own("camera_facing"),
    *(own(f"camera_{name}_deg", "number", "deg") for name in ("yaw", "yaw_se", "pitch", "pitch_se", "roll", "roll_se")),
    own("rate_hz", "number", "Hz"),
    own("analyzed_rate_hz", "number", "Hz"),
    *map(own, ("model", "engine", "joints", "version")),
)
REASONS: Final = own("quality_reasons")
CYCLE: Final = (
    own("index", "whole"),
    own("kind"),
    own("side", code="cycle_side"),
    own("start_s", "number", "s"),
    own("end_s", "number", "s"),
    own("time_s", "number", "s"),
    own("moment"),
)
REJECTED: Final = own("rejected")
#: A number in the unit that stands in its row.
_ROW: Final = "see unit"
SUMMARY: Final = (
    own("measure"),
    own("side", code="summary_side"),
    own("unit"),
    own("at"),
    own("mean", "number", _ROW),
    own("sd", "number", _ROW),
    own("n", "whole"),
    own("standard_error", "number", _ROW),
    own("interval_low", "number", _ROW),
    own("interval_high", "number", _ROW),
    own("verdict"),
    own("reason"),
    *(own(name, "number", _ROW) for name in ("lowest", "highest", "worst")),
    *(own(name, "whole") for name in ("worst_cycle", "inside", "near", "outside")),
    own("differ", "flag"),
    own("provisional", "flag"),
)
LIMIT: Final = (
    *(own(name, "number", _ROW) for name in ("low_outside", "low", "high", "high_outside")),
    own("min_cycles", "whole"),
)
DICTIONARY: Final = (own("table"), own("column"), own("unit", code="column_unit"), own("meaning"))


def measure_columns() -> Iterator[Column]:
    """A measure's value at a moment, its standard error and its verdict, for each measure there is."""
    for one in MEASURES.values():
        name = column(one.name, one.unit)
        yield Column(name, "number", one.unit, f"meaning_{one.name}")
        yield Column(f"{name}_se", "number", one.unit, "column_se", name)
        yield Column(f"{one.name}_verdict", "text", "", "column_verdict", name)


def film_cells(result: Result) -> Cells:
    """What is known of a film, under its own name; what is not known is left out."""
    view, source, made, seen = result.viewpoint, result.source, result.software, result.recognised
    told = {
        "film_key": film_key(result),
        "video": source.name,
        "film_sha256": source.sha256,
        "activity": result.activity,
        "recognised": None if seen is None else seen.movement or "none",
        "recognised_probability": None if seen is None else f"{seen.probability:g}",
        "pelvis": result.pelvis,
        "quality": result.quality.grade,
        "camera_facing": view.facing,
        **{f"camera_{name}": getattr(view, name) for name in ("yaw_deg", "pitch_deg", "roll_deg")},
        **{f"camera_{name}_se_deg": getattr(view, f"{name}_se_deg") for name in ("yaw", "pitch", "roll")},
        "rate_hz": source.fps,
        "analyzed_rate_hz": round(source.analyzed_frames / source.duration_s, 3) if source.duration_s else None,
        "model": made.model,
        "engine": made.engine,
        "joints": made.joints,
        "version": made.version,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def reasons_cell(result: Result) -> str:
    """The codes of what limits a film, each once."""
    return ";".join(dict.fromkeys(one.code for one in result.quality.reasons))


def summary_cells(row: Summary) -> Cells:
    """A row of a summary as text; what is not known is left out."""
    given = {one.name: getattr(row, one.name) for one in SUMMARY}
    limits = {one.name: getattr(row.limit, one.name) for one in LIMIT} if row.limit is not None else {}
    told = {name: value for name, value in (given | limits).items() if value is not None}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in told.items()}


def typed_table(
    described: Sequence[Column], rows: Sequence[Mapping[str, str]], *, blank: str | None = ""
) -> "pa.Table":
    """The rows with types: text, whole numbers, numbers. Null where a cell of the other two is empty, `blank` for text."""
    import pyarrow as pa

    types = {"text": pa.string(), "any": pa.string(), "flag": pa.string(), "whole": pa.int64(), "number": pa.float64()}
    read: dict[str, Any] = {"text": str, "any": str, "flag": str, "whole": int, "number": float}
    fields, arrays = [], []
    for one in described:
        cells = (row.get(one.name, "") for row in rows)
        empty = blank if one.kind in ("text", "any") else None
        values = [read[one.kind](cell) if cell else empty for cell in cells]
        fields.append(pa.field(one.name, types[one.kind], metadata={"unit": one.unit, "meaning": one.meaning}))
        arrays.append(pa.array(values, types[one.kind]))
    return pa.table(arrays, schema=pa.schema(fields))


def data_frame(described: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> "pd.DataFrame":
    """The rows as a data frame with types, missing where a cell is empty."""
    import pandas as pd

    told = typed_table(described, rows, blank=None).to_pandas()
    kinds = {one.name: one.kind for one in described}
    told = told.astype({name: "Int64" for name, kind in kinds.items() if kind == "whole"})
    for name in (name for name, kind in kinds.items() if kind == "flag"):
        told[name] = pd.array([{"true": True, "false": False}.get(cell) for cell in told[name]], dtype="boolean")
    return told


def dictionary_cells(tables: Mapping[str, Sequence[SheetColumn]]) -> list[Cells]:
    """A row per table and column, so that nobody has to guess a unit or a sign."""
    return [
        {"table": table, "column": one.name, "unit": one.unit, "meaning": one.meaning}
        for table, columns in tables.items()
        for one in columns
    ]
