"""frames.parquet: a row per analyzed frame, with each measure, its standard error and each landmark; and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from jaxtyping import Float

from alignment.core.measures import MEASURES
from alignment.core.result import Course, Curve, Curves, column
from alignment.core.skeleton import LANDMARKS
from alignment.core.track import Numbers, Pixels
from alignment.errors import InputError, first_line, phrase
from alignment.outputs.intact import SHAPELESS, DamagedError, intact_parquet, read_intact
from alignment.texts import say

if TYPE_CHECKING:
    import pyarrow as pa

FRAMES_SCHEMA: Final = "alignment-frames/1"


def frames_parquet(curves: Curves | None, video: str) -> bytes:
    """A row per analyzed frame: time, each measure and its standard error, each cleaned landmark; null = undefined.

    ValueError where there are no curves, since the result was read back from its file.
    """
    import pyarrow as pa

    if curves is None:
        raise ValueError("this result has no curves")
    track = curves.track
    fields, columns = (
        [pa.field("time_s", pa.float64(), metadata=_meaning("s", "column_time"))],
        [pa.array(track.time_s)],
    )

    def add(title: str, values: np.ndarray, metadata: dict[str, str]) -> None:
        fields.append(pa.field(title, pa.float32(), metadata=metadata))
        columns.append(pa.array(values.astype(np.float32), from_pandas=True))

    for curve in curves.by_measure.values():
        add(curve.column, curve.value, {"unit": curve.unit, "meaning": say(f"meaning_{curve.measure}").message})
        add(f"{curve.column}_se", curve.standard_error, _meaning(curve.unit, "column_se", column=curve.column))
    for at, landmark in enumerate(LANDMARKS):
        about = {"landmark": landmark}
        add(f"{landmark}_x_px", track.pixels[:, at, 0], _meaning("px", "column_x", **about))
        add(f"{landmark}_y_px", track.pixels[:, at, 1], _meaning("px", "column_y", **about))
        add(f"{landmark}_visibility", track.visibility[:, at], _meaning("share", "column_visibility", **about))
    return intact_parquet(
        pa.table(columns, schema=pa.schema(fields, metadata={"schema": FRAMES_SCHEMA, "video": video}))
    )


def course_of_parquet(content: bytes, name: str) -> Course:
    """The measures over time that `frames_parquet` wrote, without reasons. InputError where it is not of this schema."""
    import pyarrow as pa

    try:
        table = read_intact(content)
        found = (table.schema.metadata or {}).get(b"schema", b"missing").decode()
        if found != FRAMES_SCHEMA:
            raise InputError(
                "bad_frames_file", path=name, fault=phrase("fault_schema", found=found, known=FRAMES_SCHEMA)
            )
        return Course(_rising(table, "time_s"), {(one.measure, one.side): one for one in _curves_of(table)})
    except DamagedError as fault:
        raise InputError("bad_frames_file", path=name, fault=fault.phrase) from fault
    except SHAPELESS as fault:
        raise InputError("bad_frames_file", path=name, fault=phrase("fault_checksum")) from fault
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as fault:
        raise InputError("bad_frames_file", path=name, fault=first_line(fault) or type(fault).__name__) from fault


@dataclass(frozen=True)
class Landmarks:
    """The cleaned landmarks of a result in the picture, as frames.parquet keeps them; NaN where one was not seen."""

    time_s: Numbers
    pixels: Pixels
    visibility: Float[np.ndarray, "frames landmarks"]


def landmarks_of_parquet(content: bytes, name: str) -> Landmarks:
    """The landmarks that `frames_parquet` wrote. InputError where it is not of this schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(content))
        seen = [
            np.stack([_floats(table, f"{one}_{of}") for one in LANDMARKS], axis=1)
            for of in ("x_px", "y_px", "visibility")
        ]
        return Landmarks(_rising(table, "time_s"), np.stack(seen[:2], axis=-1), seen[2])
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as fault:
        raise InputError("bad_frames_file", path=name, fault=first_line(fault) or type(fault).__name__) from fault


def _curves_of(table: "pa.Table") -> Iterator[Curve]:
    for measure in MEASURES.values():
        for whose in measure.whose:
            title = column(measure.name, measure.unit, whose)
            if title in table.column_names:
                value, error = _floats(table, title), _floats(table, f"{title}_se")
                unknown = np.full(len(value), "")
                yield Curve(measure.name, whose, measure.unit, value, error, unknown, unknown)


def _rising(table: "pa.Table", title: str) -> np.ndarray:
    """A column's numbers. ValueError where they do not rise."""
    numbers = _floats(table, title)
    if not (np.diff(numbers) > 0).all():
        raise ValueError(say("fault_frames_times").message)
    return numbers


def _floats(table: "pa.Table", title: str) -> np.ndarray:
    """A column's numbers, NaN where it holds none."""
    return np.asarray(table.column(title).to_numpy(), dtype=np.float64)


def _meaning(unit: str, code: str, **values: str) -> dict[str, str]:
    return {"unit": unit, "meaning": say(code, **values).message}
