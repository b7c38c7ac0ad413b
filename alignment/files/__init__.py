"""What one analysis leaves on disk: a result and its track in, a folder of files out, whole or not at all; and back."""

from pathlib import Path

from alignment.files.folder import (
    CYCLES,
    FRAMES,
    ORIGIN,
    OURS,
    OVERLAY,
    REPORT,
    REPORT_PLAIN,
    RESULT,
    TRACK,
    building,
    check_writable,
    own_place,
    places,
    replace_bytes,
    replace_text,
)
from alignment.files.saved import Saved, check_names, read_saved, saved_of
from alignment.files.tables import cycles_csv, frames_parquet, track_of_parquet, track_parquet
from alignment.result import Result
from alignment.texts import InputError
from alignment.track import Track

__all__ = [
    "CYCLES",
    "FRAMES",
    "ORIGIN",
    "OURS",
    "OVERLAY",
    "REPORT",
    "REPORT_PLAIN",
    "RESULT",
    "TRACK",
    "Saved",
    "building",
    "check_names",
    "check_writable",
    "own_place",
    "places",
    "read_folder",
    "read_result",
    "read_saved",
    "read_track",
    "replace_bytes",
    "replace_text",
    "save_track",
    "track_of_parquet",
    "write_result",
]


def write_result(folder: Path, result: Result, track: Track) -> None:
    """Put result.json, cycles.csv, track.parquet and, where the result has curves, frames.parquet into `folder`.

    `track` is the raw one, as the model gave it. OSError where the disk does not let itself be written to.
    """
    (folder / RESULT).write_text(result.to_json() + "\n", encoding="utf-8")
    (folder / CYCLES).write_text(cycles_csv(result), encoding="utf-8", newline="")
    (folder / TRACK).write_bytes(track_parquet(track))
    if result.curves is not None:
        (folder / FRAMES).write_bytes(frames_parquet(result.curves, result.source.name))


def read_result(folder: Path) -> Result:
    """The result in a result folder, without its curves. InputError where there is none of this schema."""
    path = folder / RESULT
    return Result.from_json(_content(path), name=str(path))


def read_folder(folder: Path) -> Saved:
    """The result in a result folder with its measures over time, if they are there; neither film nor track are read.

    InputError where there is no result that this version can show.
    """
    names = [RESULT, *([FRAMES] if (folder / FRAMES).is_file() else [])]
    return saved_of(str(folder), {name: _content(folder / name) for name in names})


def read_track(path: Path) -> Track:
    """The track of a track.parquet, bit by bit as it was written. InputError where it is not one of this schema."""
    return track_of_parquet(_content(path), name=str(path))


def save_track(path: Path, track: Track) -> None:
    """Keep a track in a file of its own, whole or not at all; folders are made. InputError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_bytes(path, track_parquet(track))
    except OSError as fault:
        raise InputError("track_not_writable", path=path, fault=fault.strerror or str(fault)) from fault


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("missing_file", path=path) from None
    except OSError:
        raise InputError("unreadable_file", path=path) from None
