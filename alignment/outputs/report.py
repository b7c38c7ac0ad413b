"""report.pdf and report_plain.pdf: a result on paper; for a new analysis, or for a folder of results that is there."""

from pathlib import Path

from alignment import sources
from alignment.core.result import Result
from alignment.core.track import Track
from alignment.errors import InputError
from alignment.outputs.folder import OVERLAY, TRACK
from alignment.outputs.output import Analysis, ContentOutput
from alignment.outputs.result import read_folder
from alignment.outputs.track import read_track
from alignment.pose.calibration import calibration_of
from alignment.views import report
from alignment.views.stills import Stills


def report_output(name: str, filename: str, kind: report.Kind) -> ContentOutput:
    """A report as PDF, with subject and date left to be written in by hand. Nothing else has to fail for want of one."""

    def content(analysis: Analysis) -> bytes:
        clinical = calibration_of if analysis.request.clinical else None
        return report.report(analysis.result, pictures=analysis.key_frames, kind=kind, clinical=clinical)

    return ContentOutput(name, filename, "application/pdf", content, option="report", essential=False)


def report_of_folder(
    folder: Path,
    *,
    about: report.About,
    before: report.Before | None = None,
    kind: report.Kind = "full",
    clinical: bool = False,
) -> bytes:
    """The report of the result in a folder, with pictures from its overlay and the curves of its frames.parquet.

    InputError where the folder holds no result, or parts of two, or where `before` shows another movement.
    """
    saved = read_folder(folder)
    pictures = _key_frames_of_folder(folder / OVERLAY, saved.result, folder / TRACK)
    return report.report(
        saved.result,
        saved.course,
        pictures=pictures,
        about=about,
        before=before,
        kind=kind,
        clinical=calibration_of if clinical else None,
    )


def _key_frames_of_folder(overlay: Path, result: Result, kept: Path) -> tuple[report.Picture, ...]:
    """The key frames, as far as film and landmarks are there and fit; a report can do without."""
    if not overlay.is_file() or not kept.is_file():
        return ()
    try:
        track = read_track(kept)
        return key_frames_from_overlay(overlay, result, track)
    except InputError:
        return ()


def key_frames_from_overlay(overlay: Path, result: Result, track: Track) -> tuple[report.Picture, ...]:
    """The key frames out of a film with lines. InputError where it cannot be read."""
    wanted = Stills(result, track)
    positions = sorted(set(wanted.positions))
    if not positions or track.frames != result.source.analyzed_frames:
        return ()
    times_s = [float(track.time_s[at] - track.time_s[0]) for at in positions]
    # Small films are enlarged when they are drawn on, so any size will do.
    any_size = sources.Reading(max_side_px=100 * max(track.source.width, track.source.height))
    for frame in sources.stills(overlay, times_s, any_size):
        at = positions[frame.index]
        if abs(frame.time_s - times_s[frame.index]) * track.source.fps <= 1:
            wanted.offer(at, frame.image)
    return wanted.pictures
