"""The figure in the picture: a track in, lengths and places in pixels out."""

import numpy as np

from alignment.core.skeleton import INDEX, LEG, index
from alignment.core.track import Numbers, Places, Track, interpolate

#: The two landmarks of a pair, left first.
PAIR = {part: (f"left_{part}", f"right_{part}") for part in ("shoulder", *LEG)}
#: Steps come faster than that.
STEADY_S = 1.0


def segment_px(track: Track, start: str, end: str) -> Numbers:
    """Length of a segment between two named landmarks in pixels."""
    return np.linalg.norm(track.pixels[:, INDEX[start]] - track.pixels[:, INDEX[end]], axis=1)


def middle_px(track: Track, part: str) -> Places:
    """The middle of a pair of landmarks in pixels."""
    return track.pixels[:, index(PAIR[part])].mean(axis=1)


def trunk_scale(track: Track, usual: Track | None = None) -> Numbers:
    """Size of the figure in each frame against its usual one, from the trunk, about 1; NaN where it is not seen.

    Widths shrink when the subject turns, the trunk's length when it leans towards the camera: the larger ratio counts.
    The usual size is that of `usual`, the track itself if not given.
    """
    known = track if usual is None else usual
    usual_widths = _widths_px(known)
    if not np.isfinite(usual_widths).any():
        return np.full(track.frames, np.nan)
    return np.fmax(_widths_px(track) / np.nanmedian(usual_widths), trunk_px(track) / np.nanmedian(trunk_px(known)))


def steady_scale(track: Track) -> Numbers:
    """Size of the figure in each frame against its usual one, from the trunk's length over a second; NaN where not seen.

    A trunk that leans and turns with every step keeps its size in the mean over steps.
    """
    trunk = trunk_px(track)
    known = np.isfinite(trunk)
    if not known.any():
        return np.full(track.frames, np.nan)
    window = np.ones(2 * max(1, round(STEADY_S * track.rate_hz / 2)) + 1)
    padded = len(window) // 2
    held = np.pad(interpolate(trunk), padded, mode="edge")
    size = np.convolve(held, window / window.sum(), mode="valid")
    return np.where(known, size / np.median(size), np.nan)


def _widths_px(track: Track) -> Numbers:
    """Width of the shoulders and of the hips together, in pixels."""
    return segment_px(track, "left_shoulder", "right_shoulder") + segment_px(track, "left_hip", "right_hip")


def trunk_px(track: Track) -> Numbers:
    """Length of the trunk, mid-hip to mid-shoulder, in pixels."""
    return np.linalg.norm(middle_px(track, "shoulder") - middle_px(track, "hip"), axis=1)


def across_px(track: Track, part: str) -> Numbers:
    """How far the left landmark is right of the right one in the picture."""
    return track.pixels[:, INDEX[f"left_{part}"], 0] - track.pixels[:, INDEX[f"right_{part}"], 0]


def percentile(values: Numbers, share: float) -> float:
    """A percentile (0 to 100) of what is known; NaN if nothing is."""
    known = values[np.isfinite(values)]
    return float(np.percentile(known, share)) if len(known) else float("nan")
