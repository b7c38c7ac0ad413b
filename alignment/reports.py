"""The reports of a result folder: a result and its pictures in, two PDFs out; or a folder that is there, and one PDF."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from alignment import files, sources
from alignment.result import Result
from alignment.texts import InputError, Text, say
from alignment.track import Track
from alignment.views import report
from alignment.views.stills import Stills

#: The reports of a result folder by their kinds.
NAMES: Final[dict[report.Kind, str]] = {"full": files.REPORT, "plain": files.REPORT_PLAIN}


def printed(result: Result, pictures: Iterable[report.Picture] = ()) -> tuple[dict[str, bytes], Text | None]:
    """Both reports of a new result by their files' names, with subject and date left to be written in by hand.

    None of them, and why, where that fails: nothing else has to fail for want of a report.
    """
    shown = tuple(pictures)
    try:
        return {name: report.report(result, pictures=shown, kind=kind) for kind, name in NAMES.items()}, None
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is said
        return {}, _failed(fault)


def leave(folder: Path, result: Result, pictures: Iterable[report.Picture] = ()) -> Text | None:
    """Put both reports into a folder of results. Why not where that fails, and then neither is there: the rest stands."""
    made, fault = printed(result, pictures)
    try:
        for name, content in made.items():
            (folder / name).write_bytes(content)
    except OSError as refused:
        for name in made:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        return _failed(refused)
    return fault


def _failed(fault: Exception) -> Text:
    return say("report_failed", fault=(str(fault).splitlines() or [type(fault).__name__])[0])


def of_folder(
    folder: Path, *, about: report.About, before: report.Before | None = None, kind: report.Kind = "full"
) -> bytes:
    """The report of the result in a folder, with pictures from its overlay and the curves of its frames.parquet.

    InputError where the folder holds no result, or parts of two, or where `before` shows another movement.
    """
    saved = files.read_folder(folder)
    pictures = _from_overlay(folder / files.OVERLAY, saved.result, folder / files.TRACK)
    return report.report(saved.result, saved.course, pictures=pictures, about=about, before=before, kind=kind)


def _from_overlay(overlay: Path, result: Result, kept: Path) -> tuple[report.Picture, ...]:
    """The key frames, as far as film and landmarks are there and fit; a report can do without."""
    if not overlay.is_file() or not kept.is_file():
        return ()
    try:
        track = files.read_track(kept)
        return from_overlay(overlay, result, track)
    except InputError:
        return ()


def from_overlay(overlay: Path, result: Result, track: Track) -> tuple[report.Picture, ...]:
    """The key frames out of a film with lines. InputError where it cannot be read."""
    wanted = Stills(result, track)
    positions = sorted(set(wanted.positions))
    if not positions or track.frames != result.source.analyzed_frames:
        return ()
    times_s = [float(track.time_s[at] - track.time_s[0]) for at in positions]
    # Small films are enlarged when they are drawn on, so any size will do.
    for frame in sources.stills(overlay, times_s, max_side_px=100 * max(track.source.width, track.source.height)):
        at = positions[frame.index]
        if abs(frame.time_s - times_s[frame.index]) * track.source.fps <= 1:
            wanted.offer(at, frame.image)
    return wanted.pictures
