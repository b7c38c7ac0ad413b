"""The body over time in; squats and step-downs out: the hips sink and come back. Heights in leg lengths."""

from itertools import pairwise

import numpy as np
from scipy.signal import find_peaks

from alignment.cycles.cut import (
    FOOT_STRAY,
    LEAVE,
    MAX_S,
    MAX_UNSEEN,
    Cut,
    bridged,
    duration_checks,
    hip_height,
    in_order,
    knee_flexion,
    near,
    runs,
    stray,
    unseen,
    with_first,
)
from alignment.measures import Numbers, both_feet_down
from alignment.result import CycleSide
from alignment.skeleton import SIDES, Side
from alignment.viewpoint import Body

#: Smaller dips are sway and not worth a line; shallower repetitions are listed and not counted.
LISTED_DIP, MIN_FLEXION_DEG = 0.06, 30.0
#: Two dips are one where the hips come back by less than this share of the smaller one.
COME_BACK = 0.6
#: Hips this near to the deepest count as deepest, so that a pause has its middle as key moment.
DEEPEST = 0.01
MIN_S = 0.8
#: At least this share of a two-legged repetition has both feet down; on one leg at most this share.
BOTH_DOWN_SHARE, ALONE_DOWN_SHARE = 0.7, 0.5


def dips(body: Body, *, one_leg: bool = False, kind: str = "rep") -> list[Cut]:
    """Repetitions in which the hips sink and come back: on both legs, or on whichever leg stands.

    Key moment: deepest. Rejected are repetitions that the film cuts off, that are too shallow, too short or too long,
    hardly seen, made on the wrong number of feet, or while the feet move (a walk into the picture).
    """
    if not one_leg:
        cuts = _dips_of(body, hip_height(body, *SIDES), kind, "both")
        return [_judged_dip(body, cut, SIDES) for cut in cuts]
    found: list[Cut] = []
    for side in SIDES:
        found += [cut for cut in _dips_of(body, hip_height(body, side), kind, side) if _standing_leg(body, cut) == side]
    return [_judged_dip(body, cut, (_one_side(cut),)) for cut in in_order(found)]


def _dips_of(body: Body, raw_height: Numbers, kind: str, side: CycleSide) -> list[Cut]:
    """Every stretch in which a height is under its standing value, cut at the returns between two dips."""
    height = bridged(raw_height)
    if height is None:
        return []
    drop = _standing_level(body, height) - height
    cuts = []
    for start, stop in runs(drop > LEAVE):
        for first, last in _split(drop, start, stop):
            deepest = float(drop[first:last].max())
            if deepest < LISTED_DIP:
                continue
            at_bottom = first + np.flatnonzero(drop[first:last] >= deepest - DEEPEST)
            key = (int(at_bottom[0]) + int(at_bottom[-1]) + 1) // 2
            cuts.append(Cut(kind, side, max(first - 1, 0), key, min(last, len(drop) - 1)))
    return cuts


def _standing_level(body: Body, height: Numbers) -> float:
    """Height of the hips in standing: the median of the standing frames, or nearly the greatest height."""
    standing = height[body.standing]
    return float(np.median(standing)) if len(standing) >= 3 else float(np.percentile(height, 95))


def _split(drop: Numbers, start: int, stop: int) -> list[tuple[int, int]]:
    """Parts of one stretch under the standing height, split where the hips came back enough between two lows."""
    lows, _ = find_peaks(np.concatenate([[0.0], drop[start:stop], [0.0]]), prominence=LISTED_DIP)
    bounds = [start]
    for low, following in pairwise(start + lows - 1):
        between = drop[low : following + 1]
        if between.min() < (1 - COME_BACK) * min(drop[low], drop[following]):
            bounds.append(int(low + np.argmin(between)))
    return list(pairwise([*bounds, stop]))


def _judged_dip(body: Body, cut: Cut, legs: tuple[Side, ...]) -> Cut:
    """The dip with the reason why it does not count, if there is one."""
    frames = slice(cut.start, cut.end + 1)
    legs = near(body, legs)
    flexion = np.nanmax([np.nan_to_num(knee_flexion(body, leg)[frames]) for leg in legs])
    both_down = float(both_feet_down(body)[frames].mean())
    checks = (
        ("cut_off", cut.start == 0 and not body.standing[:2].any()),
        ("cut_off", cut.end >= len(body.time_s) - 1 and not body.standing[-2:].any()),
        ("not_seen", unseen(body, frames, legs) > MAX_UNSEEN),
        ("feet_moved", any(stray(body, leg, frames) > FOOT_STRAY for leg in legs)),
        ("one_foot_raised", len(legs) == 2 and both_down < BOTH_DOWN_SHARE),
        ("both_feet_down", cut.side != "both" and both_down > ALONE_DOWN_SHARE),
        ("too_shallow", flexion < MIN_FLEXION_DEG),
        *duration_checks(body, cut, MIN_S, MAX_S),
    )
    return with_first(cut, checks)


def _standing_leg(body: Body, cut: Cut) -> Side:
    """The leg of a one-legged dip: whose foot strays less; of two still feet the one that the hips are over."""
    frames = slice(cut.start, cut.end + 1)
    strays = {side: stray(body, side, frames) for side in SIDES}
    if abs(strays["left"] - strays["right"]) > FOOT_STRAY / 3:
        return "left" if strays["left"] < strays["right"] else "right"
    hips = body.middle("hip")[frames, 0]
    away = {side: float(np.nanmedian(np.abs(body.at(side, "ankle")[frames, 0] - hips))) for side in SIDES}
    return "left" if away["left"] <= away["right"] else "right"


def _one_side(cut: Cut) -> Side:
    return "left" if cut.side == "left" else "right"
