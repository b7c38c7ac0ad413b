"""A raw track in, a track fit for measuring out: unseen landmarks dropped, sides mended, gaps filled, noise filtered.

The order matters: what is not seen goes first, so that it can neither look like a swap nor bend a filled gap; the filter
comes last and never crosses a gap that stayed open.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import scipy
from jaxtyping import Bool, Float, Int

from alignment.core.camera_motion import CameraPath, camera_path
from alignment.core.result import Cleaning
from alignment.core.skeleton import INDEX, SIDES, SWAPPED, TORSO, of_side
from alignment.core.track import Flags, Numbers, Places, Track, interpolate, runs

#: Below this the model itself says that it guesses. MediaPipe gives 0.15-0.3 to knees in dark trousers that it still
#: places within 2 % of a leg length, and 0.01-0.1 to the far leg of a side view.
MIN_VISIBILITY = 0.15
#: In a deep crouch the model doubts points that sit on their joints (0.01 to 0.3). They count, with a wider error, where
#: it believed them so shortly before and after and they went on smoothly, by at most this share of the body's height from
#: one picture to the next thirtieth of a second, and in a segment no longer than this many times its longest.
MAX_DOUBTED_S = 2.5
MAX_STEP_SHARE = 0.04
MAX_STRETCH = 1.1
#: A toe that is at the same place before and after, within this share of the body's height, stood there meanwhile if its
#: ankle did.
SAME_PLACE_SHARE = 0.02
#: A landmark this far from the median of its neighbours in time (share of the body's height in the picture) is a jump.
JUMP_SHARE = 0.06
JUMP_WINDOW_S = 0.15
#: Where legs pass each other the model may put a foot on the other one for some hundredths of a second, and on its way there
#: and back it is between the two. Film of so many pictures a second shows that, and there smaller jumps can be told, too.
FINE_RATE_HZ = 84.0
FINE_SHARE, FINE_WINDOW_S, FINE_EDGE_S = 0.03, 0.09, 0.0166
#: Slower film leaves more movement between two frames than a slip is large.
MIN_JUMP_RATE_HZ = 10.0
#: A change of left and right must save this share of the body's height, over both legs, to count as a swap; each
#: exchanged frame must save a little, so that the model's labels win where nothing speaks against them.
SWAP_SHARE, DOUBT_SHARE = 0.3, 0.01
#: From the side the model sees the near leg and guesses the far one. Labels that turn that round, from 1 to 0, cost as much
#: as a landmark this far off (share of the body's height).
GUESSED_SHARE = 0.05
#: Nothing in a landmark's past tells where it is after this long; one far off is far off, however far.
SWAP_GAP_S, FAR_OFF = 0.2, 0.25
#: So many of the legs' landmarks must be seen, each with its twin, to tell left from right.
MIN_SWAPPABLE = 6
#: Two passes of an nth-order Butterworth lower the cut-off by this factor; n = 2, four orders in effect. Winter 2009.
TWO_PASS = (2.0**0.5 - 1.0) ** 0.25
#: Film under this many times the cut-off cannot carry it.
RATE_PER_CUTOFF = 4.0
#: The longest gap of a mark to fill.
MARK_GAP_S = 0.1
#: A shorter stretch stays as it is.
MIN_FILTERED = 4

_LEGS = [i for side in SIDES for i in of_side(side, "hip", "knee", "ankle", "toe")]
_ANKLE_OF = {i: of_side(side, "ankle")[0] for side in SIDES for i in of_side(side, "heel", "toe")}
_BODY = sorted({*_LEGS, *(INDEX[name] for name in TORSO)})
_SWAPPABLE = [i for side in SIDES for i in of_side(side, "hip", "knee", "ankle", "heel", "toe")]


def clean(
    track: Track, *, cutoff_hz: float, max_gap_s: float, camera: CameraPath | None = None
) -> tuple[Track, Cleaning]:
    """The track ready for measuring, and what was done to how many frames.

    `cutoff_hz`: of the zero-phase Butterworth, fourth order in effect; lowered to a quarter of the film's rate where that
    is less. `max_gap_s`: longest gap to fill. `camera` is the track's own path, looked for if not given: what sways with it
    is neither jump nor noise. Frames are counted once, however many of their leg and trunk landmarks were touched.
    """
    camera = camera or camera_path(track)
    height_px = track.height_px
    trusted = _is_trusted(track)
    doubted = _is_inside(track) & ~trusted
    seen = trusted | _doubted_in_passing(track, trusted, doubted, height_px)
    steadied = camera.steadied(_mask(track, seen))
    swapped = _swaps(steadied, height_px)
    mended = _swap(steadied, swapped)
    steady = np.isfinite(mended.pixels[:, :, 0]) & ~_jumps(mended, height_px)
    dropped = track.seen & ~(seen & steady)[:, _BODY].all(axis=1)
    trimmed = _mask(mended, steady)
    filled, was_filled = _fill(trimmed, max_gap_s, doubted, SAME_PLACE_SHARE * height_px)
    smooth, filter_hz = _smooth(filled, cutoff_hz, max_gap_s)
    return camera.as_filmed(smooth), Cleaning(
        frames_dropped=int(dropped.sum()),
        swaps_mended=int(swapped.sum()),
        frames_filled=int(was_filled[:, _BODY].any(axis=1).sum()),
        filter_hz=filter_hz,
    )


def mask_untrusted(track: Track) -> Track:
    """The track with every landmark unseen that the model does not believe itself or that lies beside the picture."""
    return _mask(track, _is_trusted(track))


def _is_trusted(track: Track) -> Bool[np.ndarray, "frames landmarks"]:
    """Where a landmark was found, is believed by the model, and lies inside the picture."""
    with np.errstate(invalid="ignore"):
        return _is_inside(track) & (track.visibility >= MIN_VISIBILITY)


def _is_inside(track: Track) -> Bool[np.ndarray, "frames landmarks"]:
    """Where a landmark was found and lies inside the picture."""
    x, y = track.pixels[:, :, 0], track.pixels[:, :, 1]
    with np.errstate(invalid="ignore"):
        return (x >= 0) & (x <= track.source.width) & (y >= 0) & (y <= track.source.height)


def _doubted_in_passing(
    track: Track,
    trusted: Bool[np.ndarray, "frames landmarks"],
    doubted: Bool[np.ndarray, "frames landmarks"],
    height_px: float,
) -> Bool[np.ndarray, "frames landmarks"]:
    """Where the model doubts a landmark of the legs for a while only, and nothing but that speaks against its place."""
    keep = np.zeros_like(trusted)
    for landmark in _LEGS:
        for start, stop in runs(~trusted[:, landmark]):
            part = slice(start, stop)
            if start == 0 or stop == track.frames or not doubted[part, landmark].all():
                continue
            around_s = track.time_s[start - 1 : stop + 1]
            way = np.linalg.norm(np.diff(track.pixels[start - 1 : stop + 1, landmark], axis=0), axis=1)
            smooth = way <= MAX_STEP_SHARE * height_px * np.maximum(30.0 * np.diff(around_s), 1.0)
            keep[part, landmark] = around_s[-1] - around_s[0] <= MAX_DOUBTED_S and smooth.all()
    return keep & ~_overstretched(track, trusted)


def _overstretched(track: Track, trusted: Bool[np.ndarray, "frames landmarks"]) -> Bool[np.ndarray, "frames landmarks"]:
    """Where a thigh or shank is longer in the picture than it ever is while both its ends are believed; marks both ends."""
    found = np.zeros_like(trusted)
    for side in SIDES:
        for upper, lower in pairwise(of_side(side, "hip", "knee", "ankle")):
            length = np.linalg.norm(track.pixels[:, upper] - track.pixels[:, lower], axis=1)
            believed = length[trusted[:, upper] & trusted[:, lower]]
            if len(believed):
                too_long = length > MAX_STRETCH * np.percentile(believed, 98.0)
                found[:, upper] |= too_long
                found[:, lower] |= too_long
    return found


def _mask(track: Track, keep: Bool[np.ndarray, "frames landmarks"]) -> Track:
    return replace(
        track,
        pixels=np.where(keep[:, :, None], track.pixels, np.nan),
        metres=np.where(keep[:, :, None], track.metres, np.nan),
    )


def _swaps(track: Track, height_px: float) -> Flags:
    """In which frames the legs' left and right are exchanged: the smoothest labelling of all frames.

    A frame costs how far the legs' landmarks are from where the two frames before it lead, so that legs passing each other
    in a side view keep their names, and how far the model's visibility is from each landmark's usual one; a change of labels
    costs `SWAP_SHARE` body heights, and doubting the model a little in every frame. Nothing leads over a gap longer than
    `SWAP_GAP_S`: there the model is believed again.
    """
    exchange = [_SWAPPABLE.index(SWAPPED[i]) for i in _SWAPPABLE]
    points = track.pixels[:, _SWAPPABLE] / height_px
    points = np.where(np.isfinite(points[:, exchange]), points, np.nan)
    usable = np.flatnonzero(np.isfinite(points[:, :, 0]).sum(axis=1) >= MIN_SWAPPABLE)
    swapped = np.zeros(track.frames, dtype=bool)
    if len(usable) > 2:
        both = np.stack([points[usable], points[usable][:, exchange]])
        costs, apart = _label_costs(both, track.time_s[usable])
        visible = track.visibility[usable][:, _SWAPPABLE]
        for label, seen in enumerate((visible, visible[:, exchange])):
            costs[:, :, label] += GUESSED_SHARE * np.abs(seen - np.median(visible, axis=0)).sum(axis=1)
        swapped[usable] = _cheapest_labels(costs, apart)
    return swapped


def _label_costs(
    both: Float[np.ndarray, "2 frames landmarks 2"], time_s: Numbers
) -> tuple[Float[np.ndarray, "2 2 2 frames"], Flags]:
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


def _cheapest_labels(costs: Float[np.ndarray, "2 2 2 frames"], apart: Flags) -> Flags:
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


def _swap(track: Track, swapped: Flags) -> Track:
    if not swapped.any():
        return track
    order = np.arange(track.pixels.shape[1])
    order[_SWAPPABLE] = [SWAPPED[i] for i in _SWAPPABLE]
    pixels, metres, visibility = (values.copy() for values in (track.pixels, track.metres, track.visibility))
    for values in (pixels, metres, visibility):
        values[swapped] = values[swapped][:, order]
    return replace(track, pixels=pixels, metres=metres, visibility=visibility)


def _jumps(track: Track, height_px: float) -> Bool[np.ndarray, "frames landmarks"]:
    """Where a landmark stands far from the median of its neighbours in time: a single frame's slip, not a movement."""
    if track.rate_hz < MIN_JUMP_RATE_HZ:
        return np.zeros(track.pixels.shape[:2], dtype=bool)
    found = _strays(track, JUMP_WINDOW_S, JUMP_SHARE * height_px)
    if track.rate_hz < FINE_RATE_HZ:
        return found
    found |= _strays(track, FINE_WINDOW_S, FINE_SHARE * height_px)
    edge = int(FINE_EDGE_S * track.rate_hz)
    return scipy.ndimage.binary_dilation(found, np.ones((2 * edge + 1, 1), dtype=bool)) & np.isfinite(
        track.pixels[:, :, 0]
    )


def _strays(track: Track, window_s: float, far_px: float) -> Bool[np.ndarray, "frames landmarks"]:
    """Where a landmark is farther than that from the median of its neighbours in this time."""
    window = max(3, 2 * round(window_s * track.rate_hz / 2) + 1)
    if track.frames < window:
        return np.zeros(track.pixels.shape[:2], dtype=bool)
    # Unseen landmarks lie between their neighbours in time, so that they bend no median.
    filled = np.nan_to_num(np.apply_along_axis(interpolate, 0, track.pixels))
    middle = scipy.ndimage.median_filter(filled, size=(window, 1, 1), mode="nearest")
    distance = np.linalg.norm(filled - middle, axis=2)
    whole = np.isfinite(track.pixels[:, :, 0])
    whole_window = scipy.ndimage.median_filter(whole.astype(np.uint8), size=(window, 1), mode="nearest").astype(bool)
    return whole & whole_window & (distance > far_px)


def _fill(
    track: Track, max_gap_s: float, doubted: Bool[np.ndarray, "frames landmarks"], same_px: float
) -> tuple[Track, Bool[np.ndarray, "frames landmarks"]]:
    """Inner gaps up to `max_gap_s` filled by a monotone cubic (PCHIP); longer ones and the ends stay open.

    So are longer ones in which the model doubts a toe or heel that is at the same place, within `same_px`, before and after,
    while its ankle stands still.
    """
    pixels, metres = track.pixels.copy(), track.metres.copy()
    was_filled = np.zeros(pixels.shape[:2], dtype=bool)
    for landmark in range(pixels.shape[1]):
        known = np.isfinite(pixels[:, landmark, 0])
        gap = _short_gaps(known, track.time_s, max_gap_s)
        if landmark in _ANKLE_OF:
            still = _is_still(track.pixels[:, _ANKLE_OF[landmark]], same_px)
            gap |= _gaps_in_place(track.pixels[:, landmark], track.time_s, doubted[:, landmark] & still, same_px)
        if not gap.any():
            continue
        for values in (pixels, metres):
            curve = scipy.interpolate.PchipInterpolator(track.time_s[known], values[known, landmark])
            values[gap, landmark] = curve(track.time_s[gap])
        was_filled[:, landmark] = gap
    marks = track.marks and replace(track.marks, pixels=_bridged(track.marks.pixels, track.time_s))
    return replace(track, pixels=pixels, metres=metres, marks=marks), was_filled


def _bridged(points: Float[np.ndarray, "frames points 2"], time_s: Numbers) -> Float[np.ndarray, "frames points 2"]:
    """Marks with inner gaps up to `MARK_GAP_S` filled: of a mark that stays away longer nobody knows the way."""
    values = points.copy()
    for point in range(points.shape[1]):
        known = np.isfinite(points[:, point, 0])
        gap = _short_gaps(known, time_s, MARK_GAP_S)
        if gap.any():
            curve = scipy.interpolate.PchipInterpolator(time_s[known], points[known, point])
            values[gap, point] = curve(time_s[gap])
    return values


def _short_gaps(known: Flags, time_s: Numbers, max_gap_s: float) -> Flags:
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


def _is_still(places: Places, same_px: float) -> Flags:
    """Where a landmark is near where it mostly is."""
    usual = np.nanmedian(places, axis=0) if np.isfinite(places).any() else np.zeros(2)
    with np.errstate(invalid="ignore"):
        return np.linalg.norm(places - usual, axis=1) <= 2 * same_px


def _gaps_in_place(places: Places, time_s: Numbers, doubted: Flags, same_px: float) -> Flags:
    """Doubted frames between two known ones at the same place, at most `MAX_DOUBTED_S` apart."""
    gap = np.zeros(len(places), dtype=bool)
    for before, after in pairwise(np.flatnonzero(np.isfinite(places[:, 0]))):
        inner = slice(before + 1, after)
        if after - before > 1 and time_s[after] - time_s[before] <= MAX_DOUBTED_S and doubted[inner].all():
            gap[inner] = bool(np.linalg.norm(places[after] - places[before]) <= same_px)
    return gap


def _smooth(track: Track, cutoff_hz: float, max_gap_s: float) -> tuple[Track, float | None]:
    """Zero-phase low-pass of every unbroken stretch, on an even time base; and the cut-off used (None: film too short)."""
    rate_hz = track.rate_hz
    if rate_hz <= 0:
        return track, None
    used_hz = min(cutoff_hz, rate_hz / RATE_PER_CUTOFF)
    # A digital filter's frequencies are warped by the tangent; without this, 6 Hz at 30 frames a second would pass by 78 %.
    passed_hz = rate_hz / np.pi * np.arctan(np.tan(np.pi * used_hz / rate_hz) / TWO_PASS)
    sections = scipy.signal.butter(2, passed_hz, fs=rate_hz, output="sos")
    values = _low_passed(np.concatenate([track.pixels, track.metres], axis=2), track, sections, max_gap_s)
    marks = track.marks
    if marks is not None:
        marks = replace(marks, pixels=_low_passed(marks.pixels, track, sections, MARK_GAP_S))
    return replace(track, pixels=values[:, :, :2], metres=values[:, :, 2:], marks=marks), round(used_hz, 3)


def _low_passed(
    points: Float[np.ndarray, "frames points axes"],
    track: Track,
    sections: Float[np.ndarray, "sections 6"],
    max_gap_s: float,
) -> Float[np.ndarray, "frames points axes"]:
    """Points over a track's times, each unbroken stretch filtered."""
    values, rate_hz = points.copy(), track.rate_hz
    holes = np.flatnonzero(np.diff(track.time_s) > max_gap_s + 1.0 / rate_hz + 1e-9) + 1
    for (start, stop), which in _points_by_stretch(np.isfinite(values).all(axis=2), holes).items():
        part = values[start:stop, which].reshape(stop - start, -1)
        part = _filter(sections, track.time_s[start:stop], part, rate_hz)
        values[start:stop, which] = part.reshape(stop - start, len(which), -1)
    return values


def _points_by_stretch(
    known: Bool[np.ndarray, "frames points"], holes: Int[np.ndarray, " holes"]
) -> dict[tuple[int, int], list[int]]:
    """Which points are known without a break from one frame to before another; the film itself breaks at `holes`."""
    found: dict[tuple[int, int], list[int]] = {}
    for point in range(known.shape[1]):
        for start, stop in runs(known[:, point]):
            inner = holes[(holes > start) & (holes < stop)].tolist()
            for whole in pairwise([start, *inner, stop]):
                found.setdefault(whole, []).append(point)
    return found


def _filter(
    sections: Float[np.ndarray, "sections 6"],
    time_s: Float[np.ndarray, " n"],
    values: Float[np.ndarray, "n axes"],
    rate_hz: float,
) -> Float[np.ndarray, "n axes"]:
    """One stretch filtered; where its frames come unevenly, on an even time base from its first to its last one."""
    if len(values) < MIN_FILTERED:
        return values

    def forth_and_back(even: Float[np.ndarray, "n axes"]) -> Float[np.ndarray, "n axes"]:
        return scipy.signal.sosfiltfilt(sections, even, axis=0, padlen=min(len(even) - 1, 15))

    even_s = np.linspace(time_s[0], time_s[-1], round((time_s[-1] - time_s[0]) * rate_hz) + 1)
    if len(even_s) == len(time_s) and np.abs(even_s - time_s).max() < 0.1 / rate_hz:
        return forth_and_back(values)
    return scipy.interpolate.PchipInterpolator(
        even_s, forth_and_back(scipy.interpolate.PchipInterpolator(time_s, values)(even_s))
    )(time_s)
