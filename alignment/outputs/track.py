"""track.parquet: the landmarks as the model gave them, with the facts of film and model; and back, bit by bit."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignment.core.marks import Marks
from alignment.core.plausible import ImplausibleError, check_track
from alignment.core.skeleton import LANDMARKS
from alignment.core.track import ModelFacts, SourceFacts, Track
from alignment.errors import InputError, first_line, phrase
from alignment.files import read_content, refused_as, replace_bytes
from alignment.outputs.intact import SHAPELESS, DamagedError, intact_parquet, read_intact

if TYPE_CHECKING:
    import pyarrow as pa

TRACK_SCHEMA: Final = "alignment-track/1"
#: A track's arrays with one entry per frame.
_ARRAYS: Final = ("time_s", "pixels", "metres", "visibility", "brightness", "sharpness", "people", "faces")
#: Those that tracks of earlier versions do not have.
_NEWER: Final = ("camera_steps", "camera_agreement", "joints")


def read_track(path: Path) -> Track:
    """The track of a track.parquet, bit by bit as it was written. InputError where it is not one of this schema."""
    return track_of_parquet(read_content(path), name=str(path))


def save_track(path: Path, track: Track) -> None:
    """Keep a track in a file of its own, whole or not at all; folders are made. InputError where it cannot be written."""
    with refused_as("track_not_writable", path=path):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(path, track_parquet(track))


def track_parquet(track: Track) -> bytes:
    """A row per frame, each array as lists; the facts of film and model, and the arrays' shapes, as metadata.

    ValueError where the mirrored frames are not in rising order, each once.
    """
    import pyarrow as pa

    samples = track.mirrored_frames
    if np.any(np.diff(samples) <= 0):
        raise ValueError("mirrored frames must be in rising order, each once")
    arrays = {name: getattr(track, name) for name in _ARRAYS}
    arrays |= {name: array for name in _NEWER if (array := getattr(track, name)) is not None}
    lengths = np.zeros(track.frames, dtype=np.int64)
    lengths[samples] = int(np.prod(track.mirrored_metres.shape[1:]))
    columns = {name: _lists(array) if array.ndim > 1 else pa.array(array) for name, array in arrays.items()}
    columns["mirrored_metres"] = _lists(track.mirrored_metres, lengths)
    marks = track.marks
    if marks is not None:
        columns |= {"marks_px": _lists(marks.pixels), "marks_score": _lists(marks.score)}
    about = {
        "landmarks": LANDMARKS,
        "axes": {name: array.shape[1:] for name, array in arrays.items() if array.ndim > 1},
        "mirrored_frames_type": samples.dtype.str,
        "source": asdict(track.source),
        "model": asdict(track.model),
    }
    if marks is not None:
        about["marks"] = {"kind": marks.kind, "names": marks.names, "error_px": marks.error_px}
    table = pa.table(columns)
    return intact_parquet(table.replace_schema_metadata({"schema": TRACK_SCHEMA, "about": json.dumps(about)}))


def _lists(array: np.ndarray, lengths: np.ndarray | None = None) -> "pa.ListArray":
    import pyarrow as pa

    if lengths is None:
        lengths = np.full(len(array), int(np.prod(array.shape[1:])), dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(np.ascontiguousarray(array).reshape(-1)))


def track_of_parquet(content: bytes, name: str) -> Track:
    """The track that `track_parquet` wrote, bit by bit. InputError where it is of another schema or no film gives it."""
    import pyarrow as pa

    try:
        table = read_intact(content)
        metadata = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        found = metadata.get("schema", "missing")
        if found != TRACK_SCHEMA:
            raise InputError("bad_track_file", path=name, fault=f"schema {found} instead of {TRACK_SCHEMA}")
        track = _track_of(table, json.loads(metadata["about"]))
        check_track(track)
    except (DamagedError, ImplausibleError) as fault:
        raise InputError("bad_track_file", path=name, fault=fault.phrase) from fault
    except SHAPELESS as fault:
        raise InputError("bad_track_file", path=name, fault=phrase("fault_checksum")) from fault
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as fault:
        raise InputError("bad_track_file", path=name, fault=first_line(fault) or type(fault).__name__) from fault
    return track


def _track_of(table: "pa.Table", about: Mapping[str, Any]) -> Track:
    if tuple(about["landmarks"]) != LANDMARKS:
        raise ValueError("other landmarks than this version's")
    present = [*_ARRAYS, *(name for name in _NEWER if name in table.column_names)]
    arrays = {name: _array(table, name, about["axes"].get(name, ())) for name in present}
    lengths = table.column("mirrored_metres").combine_chunks().value_lengths().to_numpy(zero_copy_only=False)
    samples = np.flatnonzero(lengths)
    return Track(
        **arrays,
        mirrored_frames=samples.astype(about["mirrored_frames_type"]),
        mirrored_metres=_array(table, "mirrored_metres", (len(LANDMARKS), 3), rows=len(samples)),
        source=SourceFacts(**about["source"]),
        model=_model_of(about["model"]),
        marks=_marks_of(table, about.get("marks")),
    )


def _model_of(about: Mapping[str, str]) -> ModelFacts:
    # Before there was another engine, the version of MediaPipe stood there.
    older = {"engine": f"mediapipe {about['mediapipe']}"} if "mediapipe" in about else {}
    return ModelFacts(**older, **{name: value for name, value in about.items() if name != "mediapipe"})


def _marks_of(table: "pa.Table", about: Mapping[str, Any] | None) -> Marks | None:
    if about is None:
        return None
    names = tuple(about["names"])
    pixels, score = _array(table, "marks_px", (len(names), 2)), _array(table, "marks_score", (len(names),))
    return Marks(about["kind"], names, pixels, score, about["error_px"])


def _array(table: "pa.Table", name: str, axes: Sequence[int], rows: int | None = None) -> np.ndarray:
    column_ = table.column(name).combine_chunks()
    flat = column_.flatten() if axes else column_
    return np.array(flat.to_numpy(zero_copy_only=False)).reshape(table.num_rows if rows is None else rows, *axes)
