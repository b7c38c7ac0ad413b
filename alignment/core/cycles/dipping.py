"""The body over time in; squats and step-downs out: the hips sink and come back. Heights in leg lengths."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import scipy

from alignment.core.cycles.cut import (
    FOOT_STRAY,
    LEAVE,
    MAX_S,
    MAX_UNSEEN,
    REST_PER_S,
    REST_S,
    Cut,
    bridge_gaps,
    duration_checks,
    foot_moved,
    hip_height,
    in_order,
    join,
    knee_flexion,
    near,
    sits_up,
    standing_level,
    stray,
    unseen_share,
    with_first,
)
from alignment.core.measures import ankle_rise, ankle_rise_in_picture, both_feet_down, both_feet_down_in_picture
from alignment.core.result import CycleSide
from alignment.core.skeleton import OTHER, SIDES, Side
from alignment.core.track import Numbers, runs
from alignment.core.viewpoint import Body

#: Smaller dips are sway and not worth a line; shallower repetitions are listed and not counted.
LISTED_DIP, MIN_FLEXION_DEG = 0.06, 30.0
#: The knees bend by this much between the dip's ends and its bottom; what sinks with bent knees as they are is no squat.
MIN_BENDING_DEG = 12.0
#: A repetition this much less deep than the deeper ones of the film goes only half the way.
HALF_WAY = 0.6
#: Two dips are one where the hips come back by less than this share of the smaller one.
COME_BACK = 0.6
#: A film that begins or ends with the hips this share of the dip below standing shows only a part of it.
BEGUN = 0.2
#: Hips this near to the deepest count as deepest, so that a pause has its middle as key moment; also where a tremor
#: interrupts it this long.
DEEPEST, TREMOR_S = 0.01, 0.2
MIN_S = 0.8
#: At least this share of a two-legged repetition has both feet down; on one leg at most this share has them at one level,
#: which a foot that goes forwards over the edge of a step keeps for half of the way.
BOTH_DOWN_SHARE, ALONE_DOWN_SHARE = 0.7, 0.6
#: A foot this much under the other one is lowered from a step: seen from the front, one held out level looks 0.04 lower.
FOOT_LOWERED = 0.1


def dips(body: Body, *, one_leg: bool = False, to_floor: bool = False) -> list[Cut]:
    """Repetitions in which the hips sink and come back: on both legs, or on whichever leg stands.

    `to_floor`: on one leg, the other foot is lowered from a step to the floor; otherwise it is held up.

    Key moment: deepest. Rejected are repetitions that the film cuts off, that are too shallow (also against the others),
    too short or too long, hardly seen, made on the wrong number of feet, or while the feet move (a walk into the picture).
    """
    if not one_leg:
        height = hip_height(body, *SIDES)
        return _without_halves(height, [_judged_dip(body, cut, SIDES) for cut in _dips_of(body, height, "both")])
    found: list[Cut] = []
    for side in SIDES:
        height = hip_height(body, side)
        cuts = [cut for cut in _dips_of(body, height, side) if _standing_leg(body, cut) == side]
        judged = [_judged_foot(body, _judged_dip(body, cut, (side,)), side, to_floor) for cut in cuts]
        found += _without_halves(height, judged)
    return in_order(found)


def _dips_of(body: Body, raw_height: Numbers, side: CycleSide) -> list[Cut]:
    """Every stretch in which a height is under its standing value, cut at the returns between two dips.

    Those that the film shows only in part are rejected already.
    """
    height = bridge_gaps(raw_height)
    if height is None:
        return []
    drop = standing_level(body, height) - height
    cuts = []
    for start, stop in runs(drop > LEAVE):
        for first, last in _split(drop, start, stop):
            deepest = float(drop[first:last].max())
            if deepest < LISTED_DIP:
                continue
            cut = Cut("rep", side, max(first - 1, 0), _deepest(drop, first, last, body), min(last, len(drop) - 1))
            begun = (first == 0 and drop[0] > BEGUN * deepest) or (last == len(drop) and drop[-1] > BEGUN * deepest)
            cuts.append(replace(cut, rejected="cut_off" if begun else None))
    return cuts


def _deepest(drop: Numbers, first: int, last: int, body: Body) -> int:
    """The middle of the longest stay at the bottom of a dip [first, last)."""
    bottom = drop[first:last] >= drop[first:last].max() - DEEPEST
    stays = join(runs(bottom), lambda before, after: after - before <= TREMOR_S * body.rate_hz)
    start, stop = max(stays, key=lambda stay: stay[1] - stay[0])
    return first + (start + stop) // 2


def _without_halves(height: Numbers, cuts: list[Cut]) -> list[Cut]:
    """The cuts, those rejected that go only half as deep as the deeper ones that count."""
    depths = {cut: float(np.nanmax(height[[cut.start, cut.end]]) - height[cut.key]) for cut in cuts if not cut.rejected}
    if not depths:
        return cuts
    usual = float(np.nanpercentile(list(depths.values()), 75))
    return [replace(cut, rejected="too_shallow") if depths.get(cut, usual) < HALF_WAY * usual else cut for cut in cuts]


def _split(drop: Numbers, start: int, stop: int) -> list[tuple[int, int]]:
    """Parts of one stretch under the standing height, split where the hips came back enough between two lows."""
    lows, _ = scipy.signal.find_peaks(np.concatenate([[0.0], drop[start:stop], [0.0]]), prominence=LISTED_DIP)
    bounds = [start]
    for low, following in pairwise(start + lows - 1):
        between = drop[low : following + 1]
        if between.min() < (1 - COME_BACK) * min(drop[low], drop[following]):
            bounds.append(int(low + np.argmin(between)))
    return list(pairwise([*bounds, stop]))


def _bend(body: Body, leg: Side, cut: Cut) -> tuple[float, float]:
    """How far a knee bends in a dip, and how much more than at its straighter end, in degrees; 0 where it is not seen."""
    flexion = knee_flexion(body, leg)
    seen = flexion[cut.frames]
    seen = seen[np.isfinite(seen)]
    if not len(seen):
        return 0.0, 0.0
    ends = flexion[[cut.start, cut.end]]
    return float(seen.max()), float(seen.max() - np.nanmin([*ends, seen.max()]))


def _judged_dip(body: Body, cut: Cut, legs: tuple[Side, ...]) -> Cut:
    """The dip with the reason why it does not count, if there is one."""
    frames, legs = cut.frames, near(body, legs)
    flexion, bending = (max(values) for values in zip(*(_bend(body, leg, cut) for leg in legs), strict=True))
    # A free foot's depth is a guess, and so is its height where the camera looks down or up: space or picture may be right.
    both_down = [float(both_feet_down(body)[frames].mean())]
    if body.facing in ("front", "back"):
        # From the side the far foot looks higher than the near one.
        both_down.append(float(both_feet_down_in_picture(body)[frames].mean()))
    both_seen = float(np.isfinite(ankle_rise(body, "left")[frames]).mean())
    checks = (
        ("cut_off", cut.rejected == "cut_off"),
        ("not_seen", unseen_share(body, frames, legs) > MAX_UNSEEN),
        ("not_seen", cut.side != "both" and both_seen < 0.5),
        ("feet_moved", any(foot_moved(body, leg, frames) for leg in legs)),
        ("one_foot_raised", len(legs) == 2 and max(both_down) < BOTH_DOWN_SHARE),
        ("both_feet_down", cut.side != "both" and min(both_down) > ALONE_DOWN_SHARE),
        ("too_shallow", flexion < MIN_FLEXION_DEG or bending < MIN_BENDING_DEG),
        # Who sits down in between stays too long for a squat, whatever the clock says.
        ("sat_down", _sits(body, cut)),
        *duration_checks(body, cut, MIN_S, MAX_S),
    )
    return with_first(cut, checks)


def _judged_foot(body: Body, cut: Cut, side: Side, to_floor: bool) -> Cut:
    """A dip on one leg, rejected where the other foot is lowered that should be held up, or the other way round."""
    around = slice(max(cut.key - 1, 0), cut.key + 2)
    depths = [-rise[around] for rise in (ankle_rise(body, OTHER[side]), ankle_rise_in_picture(body, OTHER[side]))]
    if cut.rejected or not np.isfinite(depths).any():
        return cut
    # As in `_judged_dip`.
    choose = max if to_floor else min
    lowered = choose(float(np.nanmedian(depth)) for depth in depths) > FOOT_LOWERED
    return replace(cut, rejected="both_feet_down" if lowered else "one_foot_raised") if lowered != to_floor else cut


def _sits(body: Body, cut: Cut) -> bool:
    """Whether the hips rest at the bottom of a dip while the trunk sits up again: on a seat."""
    height = bridge_gaps(hip_height(body, *SIDES))
    if height is None:
        return False
    frames = cut.frames
    resting = np.zeros(len(height), dtype=bool)
    resting[frames] = height[frames] < height[frames].min() + LEAVE
    resting &= np.abs(np.gradient(height, body.time_s)) < REST_PER_S
    return bool(resting.sum() >= REST_S * body.rate_hz) and bool(sits_up(body, resting, frames))


def _standing_leg(body: Body, cut: Cut) -> Side:
    """The leg of a one-legged dip: whose foot strays less; of two still feet the one that the hips are over."""
    frames = cut.frames
    hips = body.middle("hip")[frames, 0]
    away = {side: _usual(np.abs(body.at(side, "ankle")[frames, 0] - hips)) for side in SIDES}
    strays = {side: stray(body, side, frames) for side in SIDES}
    if np.isfinite(list(away.values())).all() and abs(strays["left"] - strays["right"]) > FOOT_STRAY / 2:
        return "left" if strays["left"] < strays["right"] else "right"
    return "left" if away["left"] <= away["right"] else "right"


def _usual(distances: Numbers) -> float:
    """The median; infinitely far where nothing is seen."""
    known = distances[np.isfinite(distances)]
    return float(np.median(known)) if len(known) else float("inf")
