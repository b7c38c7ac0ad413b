"""The body over time in; each leg's pedal turns out. Ways in leg lengths."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from jaxtyping import Float
from scipy.signal import butter, find_peaks, sosfiltfilt

from alignment.cycles.cut import MAX_UNSEEN, Cut, bridged, duration_checks, in_order, unseen, with_first
from alignment.measures import Numbers
from alignment.skeleton import SIDES, Side, index
from alignment.viewpoint import Body

#: Revolutions a second, stroke (cranks of 170 mm: 0.4), and how opposite the legs are.
PEDAL_HZ, MIN_STROKE, MAX_PEDAL_CORRELATION = (0.5, 3.0), 0.16, -0.4
#: A film that begins or ends within this time of a top shows it: so little of the stroke is missing then.
EDGE_S, EDGE_SHARE = 0.1, 0.03
#: A foot that goes round is in the lower half of its way for half of the time; one that walks or runs stays there longer.
MAX_LOW_SHARE = 0.62
#: On a saddle the hips come back to their place with each turn.
SADDLE_STRAY = 0.15


def turns(body: Body) -> list[Cut]:
    """Pedal turns of each leg, from the top to the next top; key moment: a quarter turn, in the middle of the way down."""
    found: list[Cut] = []
    waves = {side: _wave(_foot_height(body, side), body.rate_hz) for side in SIDES}
    left, right = waves["left"], waves["right"]
    opposite = left is None or right is None or float(np.corrcoef(left, right)[0, 1]) < MAX_PEDAL_CORRELATION
    for side in SIDES:
        wave = waves[side]
        if wave is None:
            continue
        height = _foot_height(body, side)
        tops = _tops(wave, height, body.rate_hz)
        in_space = _wave(_height_in_space(body, side), body.rate_hz)
        in_space = wave if in_space is None else in_space
        cuts = [_turn(body, wave, in_space, side, top, following, opposite) for top, following in pairwise(tops)]
        found += _rounds(cuts, height)
    return in_order(found)


def _tops(wave: Numbers, height: Numbers, rate_hz: float) -> list[int]:
    """Where a foot is at the top; also at the film's first and last moments, where they show it as high as the next top."""
    peaks, _ = find_peaks(wave, prominence=MIN_STROKE / 2, distance=max(1, int(rate_hz / PEDAL_HZ[1])))
    tops = [int(peak) for peak in peaks]
    few = max(1, round(EDGE_S * rate_hz))
    if len(tops) < 2 or not np.isfinite([*height[:few], *height[-few:]]).all():
        return tops
    low = EDGE_SHARE * float(np.nanmax(height[tops[0] : tops[-1]]) - np.nanmin(height[tops[0] : tops[-1]]))
    first, last = int(np.argmax(height[:few])), len(height) - few + int(np.argmax(height[-few:]))
    if height[first] > height[tops[0]] - low and tops[0] - first > 2 * few:
        tops.insert(0, first)
    if height[last] > height[tops[-1]] - low and last - tops[-1] > 2 * few:
        tops.append(last)
    return tops


def _rounds(cuts: list[Cut], height: Numbers) -> list[Cut]:
    """One leg's turns, all rejected where the foot does not go round but stays on the ground in between."""
    counted = [height[cut.start : cut.end + 1] for cut in cuts if not cut.rejected]
    low = [float((part < (np.nanmax(part) + np.nanmin(part)) / 2).mean()) for part in counted]
    if not low or np.median(low) <= MAX_LOW_SHARE:
        return cuts
    return [replace(cut, rejected=cut.rejected or "not_pedalling") for cut in cuts]


def _hips(body: Body) -> Float[np.ndarray, "frames 2"]:
    return body.picture[:, index(["left_hip", "right_hip"])].mean(axis=1)


def _foot_height(body: Body, side: Side) -> Numbers:
    """Height of a foot against the hips in the picture, negative."""
    return (body.seen_at(side, "ankle") + body.seen_at(side, "toe"))[:, 1] / 2 - _hips(body)[:, 1]


def _height_in_space(body: Body, side: Side) -> Numbers:
    """The same in space: in the picture a foot before the hips looks lower from the front, and higher from behind."""
    return (body.at(side, "ankle") + body.at(side, "toe"))[:, 1] / 2 - body.middle("hip")[:, 1]


def _wave(height: Numbers, rate_hz: float) -> Numbers | None:
    """A foot's height band-passed to pedalling; None where it is unseen, unmoved or filmed too slowly."""
    known = bridged(height)
    high_hz = min(PEDAL_HZ[1], 0.4 * rate_hz)
    if known is None or high_hz <= PEDAL_HZ[0] or len(known) < 30 or not np.ptp(known):
        return None
    sections = butter(2, (PEDAL_HZ[0] / 1.5, high_hz * 1.2), btype="bandpass", fs=rate_hz, output="sos")
    wave: np.ndarray = sosfiltfilt(sections, known)
    return wave


def _turn(body: Body, wave: Numbers, in_space: Numbers, side: Side, top: int, following: int, opposite: bool) -> Cut:
    """One turn between two tops, with the reason why it does not count, if there is one. `in_space` tells its key moment."""
    bottom = top + int(np.argmin(wave[top : following + 1]))
    key = top + _half_down(in_space[top : following + 1])
    cut = Cut("turn", side, top, key, following)
    way = (_hips(body) * body.scale[:, None])[[top, following]]
    checks = (
        ("legs_in_step", not opposite),
        ("not_seen", unseen(body, slice(top, following + 1), (side,)) > MAX_UNSEEN),
        ("not_pedalling", bool(np.linalg.norm(way[1] - way[0]) > SADDLE_STRAY)),
        ("too_small", float(wave[top] - wave[bottom]) < MIN_STROKE),
        *duration_checks(body, cut, 1 / PEDAL_HZ[1], 1 / PEDAL_HZ[0]),
    )
    return with_first(cut, checks)


def _half_down(wave: Numbers) -> int:
    """Where in a turn a foot has come half the way down."""
    bottom = int(np.argmin(wave))
    top = int(np.argmax(wave[: bottom + 1]))
    return top + int(np.argmax(wave[top : bottom + 1] <= (wave[top] + wave[bottom]) / 2))
