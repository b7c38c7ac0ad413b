"""The body over time in; rises from a seat out. Heights in leg lengths."""

import numpy as np

from alignment.core.cycles.cut import (
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
    sits_up,
    standing_level,
    unseen_share,
    with_first,
)
from alignment.core.skeleton import SIDES
from alignment.core.track import Numbers, runs
from alignment.core.viewpoint import Body

#: The hips rise by this much, after resting on the seat, with the trunk first leaning forward.
MIN_RISE, LEAN_DROP, LEAN_BEFORE_S, STILL_PER_S = 0.2, 0.02, 2.0, 0.15
SEAT_STAY_S, MIN_RISE_S = 1.4, 0.4


def rises(body: Body) -> list[Cut]:
    """Rises from a seat: from the first forward lean to standing still; key moment: the hips halfway up."""
    height = bridge_gaps(hip_height(body, *SIDES))
    if height is None:
        return []
    standing = standing_level(body, height)
    lows = [run for run in runs(height < standing - MIN_RISE) if run[1] < len(height)]
    return [_judged_rise(body, height, start, stop, standing) for start, stop in lows]


def _judged_rise(body: Body, height: Numbers, start: int, stop: int, standing: float) -> Cut:
    """One rise out of a low stretch [start, stop), with the reason why it does not count, if there is one."""
    seat = float(np.median(np.sort(height[start:stop])[: max(1, (stop - start) // 2)]))
    seated = start + np.flatnonzero(height[start:stop] < seat + LEAVE)
    off = int(seated[-1]) if len(seated) else start
    speed = np.abs(np.gradient(height, body.time_s))
    up = standing - LEAVE
    still = np.flatnonzero((height[stop:] >= up) & (speed[stop:] < STILL_PER_S))
    end = stop + int(still[0]) if len(still) else len(height) - 1
    rising = _height_in_space(body, height)[off : end + 1]
    halfway = off + int(np.argmax(rising >= (rising[0] + rising.max()) / 2))
    sunk_again = bool(len(still)) and bool((height[stop:end] < standing - MIN_RISE).any())
    lean = _first_lean(body, int(seated[0]) if len(seated) else start, off)
    cut = Cut("rep", "both", lean, halfway, end)
    frames = slice(lean, end + 1)
    checks = (
        ("cut_off", not len(still)),
        ("not_seen", unseen_share(body, frames, SIDES) > MAX_UNSEEN),
        ("did_not_sit", not _sat(body, height, slice(start, halfway + 1), seat, standing)),
        ("did_not_stand", sunk_again),
        ("feet_moved", any(foot_moved(body, leg, frames) for leg in SIDES)),
        *duration_checks(body, cut, MIN_RISE_S, MAX_S),
    )
    return with_first(cut, checks)


def _height_in_space(body: Body, height: Numbers) -> Numbers:
    """Height of the hips over the ankles in space: on a seat they are farther back, which moves them in the picture."""
    hips, ankles = ((body.at("left", part) + body.at("right", part))[:, 1] / 2 for part in ("hip", "ankle"))
    in_space = bridge_gaps(hips - ankles)
    return height if in_space is None else in_space


def _sat(body: Body, height: Numbers, low: slice, seat: float, standing: float) -> bool:
    """Whether there was a seat: a squat also sinks and comes back; who sits rests there or stays long, and sits up."""
    seated = np.zeros(len(height), dtype=bool)
    seated[low] = height[low] < seat + LEAVE
    resting = seated & (np.abs(np.gradient(height, body.time_s)) < REST_PER_S)
    rested = resting.sum() >= REST_S * body.rate_hz
    stayed = (height[low] < (seat + standing) / 2).sum() >= SEAT_STAY_S * body.rate_hz
    at_rest = resting if rested else seated
    return bool(rested or stayed) and any(
        sits_up(body, at_rest, low, in_space=in_space) is not False for in_space in (False, True)
    )


def _first_lean(body: Body, start: int, off: int) -> int:
    """Where the trunk begins to lean before the hips leave the seat: the shoulders sink from their seated height.

    `start` is where the hips reached the seat; before that the shoulders were higher, on their way down.
    """
    shoulders = bridge_gaps((body.seen_at("left", "shoulder") + body.seen_at("right", "shoulder"))[:, 1] / 2)
    earliest = max(start, int(np.searchsorted(body.time_s, body.time_s[off] - LEAN_BEFORE_S)))
    if shoulders is None or off <= earliest:
        return off
    seated = float(np.percentile(shoulders[earliest : off + 1], 90))
    upright = earliest + np.flatnonzero(shoulders[earliest : off + 1] >= seated - LEAN_DROP)
    return int(upright[-1]) if len(upright) else off
