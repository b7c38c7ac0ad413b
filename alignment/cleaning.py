"""A raw track in, a track fit for measuring out: unseen landmarks dropped, sides mended, gaps filled, noise filtered.

The order matters: what is not seen goes first, so that it can neither look like a swap nor bend a filled gap; the filter
comes last and never crosses a gap that stayed open.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import median_filter
from scipy.signal import butter, sosfiltfilt

from alignment.result import Cleaning
from alignment.skeleton import INDEX, SIDES, SWAPPED, TORSO, of_side
from alignment.track import Track

#: Below this the model itself says that it guesses. MediaPipe gives 0.15-0.3 to knees in dark trousers that it still
#: places within 2 % of a leg length, and 0.01-0.1 to the far leg of a side view.
MIN_VISIBILITY = 0.15
#: A landmark this far from the median of its neighbours in time (share of the body's height in the picture) is a jump.
JUMP_SHARE = 0.06
JUMP_WINDOW_S = 0.15
#: Slower film leaves more movement between two frames than a slip is large.
MIN_JUMP_RATE_HZ = 10.0
#: A change of left and right must save this share of the body's height, over both legs, to count as a swap; each
#: exchanged frame must save a little, so that the model's labels win where nothing speaks against them.
SWAP_SHARE, DOUBT_SHARE = 0.3, 0.01
#: Nothing in a landmark's past tells where it is after this long; one far off is far off, however far.
SWAP_GAP_S, FAR_OFF = 0.2, 0.25
#: So many of the legs' landmarks must be seen, each with its twin, to tell left from right.
MIN_SWAPPABLE = 6
#: Two passes of an nth-order Butterworth lower the cut-off by this factor; n = 2, four orders in effect. Winter 2009.
TWO_PASS = (2.0**0.5 - 1.0) ** 0.25
#: Film under this many times the cut-off cannot carry it.
RATE_PER_CUTOFF = 4.0
#: A shorter stretch stays as it is.
MIN_FILTERED = 4

_LEGS = [i for side in SIDES for i in of_side(side, "hip", "knee", "ankle", "toe")]
_BODY = sorted({*_LEGS, *(INDEX[name] for name in TORSO)})
_SWAPPABLE = [i for side in SIDES for i in of_side(side, "hip", "knee", "ankle", "heel", "toe")]


def clean(track: Track, *, cutoff_hz: float, max_gap_s: float) -> tuple[Track, Cleaning]:
    """The track ready for measuring, and what was done to how many frames.

    `cutoff_hz`: of the zero-phase Butterworth, fourth order in effect; lowered to a quarter of the film's rate where that
    is less. `max_gap_s`: longest gap to fill. Frames are counted once, however many of their leg and trunk landmarks
    were touched.
    """
    height_px = _body_height_px(track)
    seen = _trusted(track)
    swapped = _swaps(_masked(track, seen), height_px)
    mended = _swap(_masked(track, seen), swapped)
    steady = np.isfinite(mended.pixels[:, :, 0]) & ~_jumps(mended, height_px)
    dropped = track.seen & ~(seen & steady)[:, _BODY].all(axis=1)
    trimmed = _masked(mended, steady)
    filled, was_filled = _fill(trimmed, max_gap_s)
    smooth, filter_hz = _smooth(filled, cutoff_hz, max_gap_s)
    return smooth, Cleaning(
        frames_dropped=int(dropped.sum()),
        swaps_mended=int(swapped.sum()),
        frames_filled=int(was_filled[:, _BODY].any(axis=1).sum()),
        filter_hz=filter_hz,
    )


def trusted(track: Track) -> Track:
    """The track with every landmark unseen that the model does not believe itself or that lies beside the picture."""
    return _masked(track, _trusted(track))


def _body_height_px(track: Track) -> float:
    """Typical height of the whole figure in the picture, from its landmarks; 1 where nobody was seen."""
    y = track.pixels[track.seen, :, 1]
    return float(np.median(np.nanmax(y, axis=1) - np.nanmin(y, axis=1))) if len(y) else 1.0


def _trusted(track: Track) -> Bool[np.ndarray, "frames landmarks"]:
    """Where a landmark was found, is believed by the model, and lies inside the picture."""
    x, y = track.pixels[:, :, 0], track.pixels[:, :, 1]
    with np.errstate(invalid="ignore"):
        inside = (x >= 0) & (x <= track.source.width) & (y >= 0) & (y <= track.source.height)
        return inside & (track.visibility >= MIN_VISIBILITY)


def _masked(track: Track, keep: Bool[np.ndarray, "frames landmarks"]) -> Track:
    return replace(
        track,
        pixels=np.where(keep[:, :, None], track.pixels, np.nan),
        metres=np.where(keep[:, :, None], track.metres, np.nan),
    )


def _swaps(track: Track, height_px: float) -> Bool[np.ndarray, " frames"]:
    """In which frames the legs' left and right are exchanged: the smoothest labelling of all frames.

    A frame costs how far the legs' landmarks are from where the two frames before it lead, so that legs passing each other
    in a side view keep their names; a change of labels costs `SWAP_SHARE` body heights, and doubting the model a little in
    every frame. Nothing leads over a gap longer than `SWAP_GAP_S`: there the model is believed again.
    """
    exchange = [_SWAPPABLE.index(SWAPPED[i]) for i in _SWAPPABLE]
    points = track.pixels[:, _SWAPPABLE] / height_px
    points = np.where(np.isfinite(points[:, exchange]), points, np.nan)
    usable = np.flatnonzero(np.isfinite(points[:, :, 0]).sum(axis=1) >= MIN_SWAPPABLE)
    swapped = np.zeros(track.frames, dtype=bool)
    if len(usable) > 2:
        both = np.stack([points[usable], points[usable][:, exchange]])
        swapped[usable] = _cheapest_labels(*_label_costs(both, track.time_s[usable]))
    return swapped


def _label_costs(
    both: Float[np.ndarray, "2 frames landmarks 2"], time_s: Float[np.ndarray, " frames"]
) -> tuple[Float[np.ndarray, "2 2 2 frames"], Bool[np.ndarray, " frames"]]:
    """Cost of each frame for the labels (two before, one before, its own), and where nothing leads to it."""
    step_s = np.diff(time_s)
    ahead = np.clip(step_s[1:] / step_s[:-1], 0.0, 2.0)[:, None, None]
    apart = np.concatenate([[True], step_s > SWAP_GAP_S])
    costs = np.zeros((2, 2, 2, len(time_s)))
    for first, second, third in np.ndindex(2, 2, 2):
        led = both[second, 1:-1] + ahead * (both[second, 1:-1] - both[first, :-2])
        off = np.minimum(np.linalg.norm(both[third, 2:] - led, axis=2), FAR_OFF)
        known = np.isfinite(off).sum(axis=1)
        cost = np.nansum(off, axis=1) * len(_SWAPPABLE) / np.maximum(known, 1)
        costs[first, second, third, 2:] = np.where((known < MIN_SWAPPABLE) | apart[2:] | apart[1:-1], 0.0, cost)
    return costs, apart


def _cheapest_labels(
    costs: Float[np.ndarray, "2 2 2 frames"], apart: Bool[np.ndarray, " frames"]
) -> Bool[np.ndarray, " frames"]:
    """The labels with the least sum of costs (Viterbi over the labels of two frames in a row)."""
    frames = len(apart)
    change = SWAP_SHARE * (1.0 - np.eye(2))
    doubt = np.array([0.0, DOUBT_SHARE])
    # Least cost so far of ending with the labels [one before, own].
    least = doubt[:, None] + doubt[None, :] + np.where(apart[1], 0.0, change)
    came_from = np.zeros((frames, 2, 2), dtype=np.int8)
    for frame in range(2, frames):
        step = costs[:, :, :, frame] + (0.0 if apart[frame] else change) + doubt
        ways = least[:, :, None] + step
        came_from[frame] = ways.argmin(axis=0)
        least = ways.min(axis=0)
    before, own = np.unravel_index(int(least.argmin()), (2, 2))
    labels = np.zeros(frames, dtype=bool)
    for frame in range(frames - 1, 1, -1):
        labels[frame] = own
        before, own = came_from[frame, before, own], before
    labels[1], labels[0] = own, before
    return labels


def _swap(track: Track, swapped: Bool[np.ndarray, " frames"]) -> Track:
    if not swapped.any():
        return track
    order = np.arange(track.pixels.shape[1])
    order[_SWAPPABLE] = [SWAPPED[i] for i in _SWAPPABLE]

    def exchanged(values: np.ndarray) -> np.ndarray:
        result = values.copy()
        result[swapped] = values[swapped][:, order]
        return result

    return replace(
        track,
        pixels=exchanged(track.pixels),
        metres=exchanged(track.metres),
        visibility=exchanged(track.visibility),
    )


def _jumps(track: Track, height_px: float) -> Bool[np.ndarray, "frames landmarks"]:
    """Where a landmark stands far from the median of its neighbours in time: a single frame's slip, not a movement."""
    window = max(3, 2 * round(JUMP_WINDOW_S * track.rate_hz / 2) + 1)
    if track.frames < window or track.rate_hz < MIN_JUMP_RATE_HZ:
        return np.zeros(track.pixels.shape[:2], dtype=bool)
    filled = np.nan_to_num(_bridged(track.pixels))
    middle = median_filter(filled, size=(window, 1, 1), mode="nearest")
    distance = np.linalg.norm(filled - middle, axis=2)
    whole = np.isfinite(track.pixels[:, :, 0])
    whole_window = median_filter(whole.astype(np.uint8), size=(window, 1), mode="nearest").astype(bool)
    return whole & whole_window & (distance > JUMP_SHARE * height_px)


def _bridged(pixels: Float[np.ndarray, "frames landmarks 2"]) -> Float[np.ndarray, "frames landmarks 2"]:
    """Unseen landmarks on the straight line between their neighbours in time, so that they bend no median."""
    bridged = pixels.copy()
    at = np.arange(len(pixels))
    for landmark in range(pixels.shape[1]):
        known = np.isfinite(pixels[:, landmark, 0])
        if known.any() and not known.all():
            for axis in (0, 1):
                bridged[:, landmark, axis] = np.interp(at, at[known], pixels[known, landmark, axis])
    return bridged


def _fill(track: Track, max_gap_s: float) -> tuple[Track, Bool[np.ndarray, "frames landmarks"]]:
    """Inner gaps up to `max_gap_s` filled by a monotone cubic (PCHIP); longer ones and the ends stay open."""
    pixels, metres = track.pixels.copy(), track.metres.copy()
    was_filled = np.zeros(pixels.shape[:2], dtype=bool)
    for landmark in range(pixels.shape[1]):
        known = np.isfinite(pixels[:, landmark, 0])
        gap = _short_gaps(known, track.time_s, max_gap_s)
        if not gap.any():
            continue
        for values in (pixels, metres):
            curve = PchipInterpolator(track.time_s[known], values[known, landmark])
            values[gap, landmark] = curve(track.time_s[gap])
        was_filled[:, landmark] = gap
    return replace(track, pixels=pixels, metres=metres), was_filled


def _short_gaps(
    known: Bool[np.ndarray, " frames"], time_s: Float[np.ndarray, " frames"], max_gap_s: float
) -> Bool[np.ndarray, " frames"]:
    """Unknown frames between two known ones at most `max_gap_s` apart, the usual interval not counted."""
    gap = np.zeros(len(known), dtype=bool)
    at = np.flatnonzero(known)
    if len(at) < 2:
        return gap
    interval = float(np.median(np.diff(time_s)))
    for before, after in pairwise(at):
        if after - before > 1 and time_s[after] - time_s[before] - interval <= max_gap_s + 1e-9:
            gap[before + 1 : after] = True
    return gap


def _smooth(track: Track, cutoff_hz: float, max_gap_s: float) -> tuple[Track, float | None]:
    """Zero-phase low-pass of every unbroken stretch, on an even time base; and the cut-off used (None: film too short)."""
    rate_hz = track.rate_hz
    if rate_hz <= 0:
        return track, None
    used_hz = min(cutoff_hz, rate_hz / RATE_PER_CUTOFF)
    # A digital filter's frequencies are warped by the tangent; without this, 6 Hz at 30 frames a second would pass by 78 %.
    passed_hz = rate_hz / np.pi * np.arctan(np.tan(np.pi * used_hz / rate_hz) / TWO_PASS)
    sections = butter(2, passed_hz, fs=rate_hz, output="sos")
    values = np.concatenate([track.pixels, track.metres], axis=2)
    holes = np.flatnonzero(np.diff(track.time_s) > max_gap_s + 1.0 / rate_hz + 1e-9) + 1
    for (start, stop), landmarks in _landmarks_by_stretch(np.isfinite(values).all(axis=2), holes).items():
        part = values[start:stop, landmarks].reshape(stop - start, -1)
        part = _filtered(sections, track.time_s[start:stop], part, rate_hz)
        values[start:stop, landmarks] = part.reshape(stop - start, len(landmarks), -1)
    return replace(track, pixels=values[:, :, :2], metres=values[:, :, 2:]), round(used_hz, 3)


def _landmarks_by_stretch(
    known: Bool[np.ndarray, "frames landmarks"], holes: Int[np.ndarray, " holes"]
) -> dict[tuple[int, int], list[int]]:
    """Which landmarks are known without a break from one frame to before another; the film itself breaks at `holes`."""
    found: dict[tuple[int, int], list[int]] = {}
    for landmark in range(known.shape[1]):
        for start, stop in _stretches(known[:, landmark]):
            inner = holes[(holes > start) & (holes < stop)].tolist()
            for whole in pairwise([start, *inner, stop]):
                found.setdefault(whole, []).append(landmark)
    return found


def _filtered(
    sections: Float[np.ndarray, "sections 6"],
    time_s: Float[np.ndarray, " n"],
    values: Float[np.ndarray, "n axes"],
    rate_hz: float,
) -> Float[np.ndarray, "n axes"]:
    """One stretch filtered; where its frames come unevenly, on an even time base from its first to its last one."""
    if len(values) < MIN_FILTERED:
        return values
    even_s = np.linspace(time_s[0], time_s[-1], round((time_s[-1] - time_s[0]) * rate_hz) + 1)
    if len(even_s) == len(time_s) and np.abs(even_s - time_s).max() < 0.1 / rate_hz:
        return _zero_phase(sections, values)
    even = _zero_phase(sections, PchipInterpolator(time_s, values)(even_s))
    return PchipInterpolator(even_s, even)(time_s)


def _zero_phase(
    sections: Float[np.ndarray, "sections 6"], values: Float[np.ndarray, "n axes"]
) -> Float[np.ndarray, "n axes"]:
    """Filtered forth and back."""
    return sosfiltfilt(sections, values, axis=0, padlen=min(len(values) - 1, 15))


def _stretches(known: Bool[np.ndarray, " frames"]) -> list[tuple[int, int]]:
    """First and one-past-last positions of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
