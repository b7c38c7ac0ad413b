"""A result and its track as tables: cycles.csv, frames.parquet and track.parquet out, and a track back in."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignment.measures import MEASURES
from alignment.result import MOMENTS, Course, Curve, Curves, Cycle, Result, Value, column
from alignment.skeleton import LANDMARKS
from alignment.texts import InputError, say
from alignment.track import ModelFacts, SourceFacts, Track

if TYPE_CHECKING:
    import pyarrow as pa

TRACK_SCHEMA: Final = "alignment-track/1"
FRAMES_SCHEMA: Final = "alignment-frames/1"

_DECIMALS: Final = {"deg": 2, "pct": 2}
_OTHER_DECIMALS: Final = 4
#: A track's arrays with one entry per frame.
_ARRAYS: Final = ("time_s", "pixels", "metres", "visibility", "brightness", "sharpness", "people", "faces")


def cycles_csv(result: Result) -> str:
    """A row per cycle, side and moment; a column per measure and its standard error; empty where undefined.

    A rejected cycle is one row with its reason and no values. `time_s` is empty where the row's measures peak apart.
    """
    measures = {(value.measure, value.unit): None for cycle in result.cycles for value in cycle.values}
    names = [column(measure, unit) for measure, unit in measures]
    head = ["index", "kind", "side", "start_s", "end_s", "time_s", "moment"]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*head, *(cell for name in names for cell in (name, f"{name}_se")), "rejected"])
    for cycle in result.cycles:
        table.writerows(_cycle_rows(cycle, list(measures)))
    return text.getvalue()


def _cycle_rows(cycle: Cycle, measures: Sequence[tuple[str, str]]) -> Iterator[list[str]]:
    times = [_number(cycle.start_s, 3), _number(cycle.end_s, 3)]
    start = [str(cycle.index), cycle.kind]
    if cycle.rejected is not None or not cycle.values:
        whose = "body" if cycle.side == "both" else cycle.side
        blank = [""] * (2 * len(measures))
        yield [*start, whose, *times, _number(cycle.key_s, 3), "key", *blank, cycle.rejected or ""]
        return
    for whose in ("left", "right", "body"):
        for moment in MOMENTS:
            values = {value.measure: value for value in cycle.values if (value.side, value.at) == (whose, moment)}
            if values:
                cells = (cell for measure, unit in measures for cell in _value_cells(values.get(measure), unit))
                yield [*start, whose, *times, _common_time(values.values()), moment, *cells, ""]


def _value_cells(value: Value | None, unit: str) -> tuple[str, str]:
    if value is None:
        return "", ""
    decimals = _DECIMALS.get(unit, _OTHER_DECIMALS)
    return _number(value.value, decimals), _number(value.standard_error, decimals)


def _common_time(values: Iterable[Value]) -> str:
    times = {_number(value.time_s, 3) for value in values} - {""}
    return times.pop() if len(times) == 1 else ""


def _number(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:.{decimals}f}"


def frames_parquet(curves: Curves, video: str) -> bytes:
    """A row per analyzed frame: time, each measure and its standard error, each cleaned landmark; null = undefined."""
    import pyarrow as pa

    track = curves.track
    fields, columns = (
        [pa.field("time_s", pa.float64(), metadata=_meaning("s", "column_time"))],
        [pa.array(track.time_s)],
    )

    def add(title: str, values: np.ndarray, metadata: dict[str, str]) -> None:
        fields.append(pa.field(title, pa.float32(), metadata=metadata))
        columns.append(pa.array(values.astype(np.float32), from_pandas=True))

    for curve in curves.by_measure.values():
        add(curve.column, curve.value, {"unit": curve.unit, "meaning": MEASURES[curve.measure].meaning})
        add(f"{curve.column}_se", curve.standard_error, _meaning(curve.unit, "column_se", column=curve.column))
    for at, landmark in enumerate(LANDMARKS):
        about = {"landmark": landmark}
        add(f"{landmark}_x_px", track.pixels[:, at, 0], _meaning("px", "column_x", **about))
        add(f"{landmark}_y_px", track.pixels[:, at, 1], _meaning("px", "column_y", **about))
        add(f"{landmark}_visibility", track.visibility[:, at], _meaning("share", "column_visibility", **about))
    return _parquet(pa.table(columns, schema=pa.schema(fields, metadata={"schema": FRAMES_SCHEMA, "video": video})))


def course_of_parquet(content: bytes, name: str) -> Course:
    """The measures over time that `frames_parquet` wrote, without reasons. InputError where it is not of this schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(content))
        found = (table.schema.metadata or {}).get(b"schema", b"missing").decode()
        if found != FRAMES_SCHEMA:
            raise InputError(
                "bad_frames_file", path=name, fault=say("fault_schema", found=found, known=FRAMES_SCHEMA).message
            )
        return Course(_rising(table, "time_s"), {(one.measure, one.side): one for one in _curves_of(table)})
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as fault:
        first_line = (str(fault).splitlines() or [type(fault).__name__])[0]
        raise InputError("bad_frames_file", path=name, fault=first_line) from fault


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


def track_parquet(track: Track) -> bytes:
    """A row per frame, each array as lists; the facts of film and model, and the arrays' shapes, as metadata.

    ValueError where the mirrored frames are not in rising order, each once.
    """
    import pyarrow as pa

    samples = track.mirrored_frames
    if np.any(np.diff(samples) <= 0):
        raise ValueError("mirrored frames must be in rising order, each once")
    arrays = {name: getattr(track, name) for name in _ARRAYS}
    lengths = np.zeros(track.frames, dtype=np.int64)
    lengths[samples] = int(np.prod(track.mirrored_metres.shape[1:]))
    columns = {name: _lists(array) if array.ndim > 1 else pa.array(array) for name, array in arrays.items()}
    columns["mirrored_metres"] = _lists(track.mirrored_metres, lengths)
    about = {
        "landmarks": LANDMARKS,
        "axes": {name: array.shape[1:] for name, array in arrays.items() if array.ndim > 1},
        "mirrored_frames_type": samples.dtype.str,
        "source": asdict(track.source),
        "model": asdict(track.model),
    }
    table = pa.table(columns)
    return _parquet(table.replace_schema_metadata({"schema": TRACK_SCHEMA, "about": json.dumps(about)}))


def _lists(array: np.ndarray, lengths: np.ndarray | None = None) -> "pa.ListArray":
    import pyarrow as pa

    if lengths is None:
        lengths = np.full(len(array), int(np.prod(array.shape[1:])), dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(np.ascontiguousarray(array).reshape(-1)))


def _parquet(table: "pa.Table") -> bytes:
    """The file's content, made in memory so that a full disk is met by one plain write."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", use_dictionary=False)
    return bytes(sink.getvalue())


def track_of_parquet(content: bytes, name: str) -> Track:
    """The track that `track_parquet` wrote, bit by bit. InputError where it is not one of this schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(content))
        metadata = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        found = metadata.get("schema", "missing")
        if found != TRACK_SCHEMA:
            raise InputError("bad_track_file", path=name, fault=f"schema {found} instead of {TRACK_SCHEMA}")
        return _track_of(table, json.loads(metadata["about"]))
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as fault:
        first_line = (str(fault).splitlines() or [type(fault).__name__])[0]
        raise InputError("bad_track_file", path=name, fault=first_line) from fault


def _track_of(table: "pa.Table", about: Mapping[str, Any]) -> Track:
    if tuple(about["landmarks"]) != LANDMARKS:
        raise ValueError("other landmarks than this version's")
    arrays = {name: _array(table, name, about["axes"].get(name, ())) for name in _ARRAYS}
    lengths = table.column("mirrored_metres").combine_chunks().value_lengths().to_numpy(zero_copy_only=False)
    samples = np.flatnonzero(lengths)
    return Track(
        **arrays,
        mirrored_frames=samples.astype(about["mirrored_frames_type"]),
        mirrored_metres=_array(table, "mirrored_metres", (len(LANDMARKS), 3), rows=len(samples)),
        source=SourceFacts(**about["source"]),
        model=ModelFacts(**about["model"]),
    )


def _array(table: "pa.Table", name: str, axes: Sequence[int], rows: int | None = None) -> np.ndarray:
    column_ = table.column(name).combine_chunks()
    flat = column_.flatten() if axes else column_
    return np.array(flat.to_numpy(zero_copy_only=False)).reshape(table.num_rows if rows is None else rows, *axes)
