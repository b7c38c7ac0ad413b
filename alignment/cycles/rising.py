"""The body over time in; rises from a seat out. Heights in leg lengths."""

import numpy as np

from alignment.cycles.cut import (
    FOOT_STRAY,
    LEAVE,
    MAX_S,
    MAX_UNSEEN,
    Cut,
    bridged,
    duration_checks,
    hip_height,
    runs,
    stray,
    unseen,
    with_first,
)
from alignment.measures import Numbers
from alignment.skeleton import SIDES
from alignment.viewpoint import Body

#: The hips rise by this much, after resting on the seat, with the trunk first leaning forward.
MIN_RISE, LEAN_DROP, LEAN_BEFORE_S, STILL_PER_S = 0.2, 0.02, 2.0, 0.15
SEAT_REST_S, REST_PER_S, SEAT_STAY_S, MIN_RISE_S = 0.3, 0.06, 1.4, 0.4


def rises(body: Body) -> list[Cut]:
    """Rises from a seat: from the first forward lean to standing still; key moment: the hips halfway up."""
    height = bridged(hip_height(body, *SIDES))
    if height is None:
        return []
    middle = float(np.mean(np.percentile(height, [5, 95])))
    standing = float(np.median(height[height >= middle]))
    low = standing - MIN_RISE
    found = []
    for start, stop in runs(height < low):
        if stop >= len(height):
            continue
        found.append(_judged_rise(body, height, start, stop, standing))
    return found


def _judged_rise(body: Body, height: Numbers, start: int, stop: int, standing: float) -> Cut:
    """One rise out of a low stretch [start, stop), with the reason why it does not count, if there is one."""
    seat = float(np.median(np.sort(height[start:stop])[: max(1, (stop - start) // 2)]))
    seated = start + np.flatnonzero(height[start:stop] < seat + LEAVE)
    off = int(seated[-1]) if len(seated) else start
    halfway = off + int(np.argmax(height[off : stop + 1] >= min((seat + standing) / 2, height[off : stop + 1].max())))
    speed = np.abs(np.gradient(height, body.time_s))
    up = standing - LEAVE
    still = np.flatnonzero((height[stop:] >= up) & (speed[stop:] < STILL_PER_S))
    end = stop + int(still[0]) if len(still) else len(height) - 1
    sunk_again = bool(len(still)) and bool((height[stop:end] < standing - MIN_RISE).any())
    lean = _first_lean(body, start, off)
    cut = Cut("rep", "both", lean, halfway, end)
    frames = slice(lean, end + 1)
    # A squat also sinks and comes back; who sits rests there, or stays long.
    rested = (speed[seated] < REST_PER_S).sum() >= SEAT_REST_S * body.rate_hz
    stayed = (height[start:stop] < (seat + standing) / 2).sum() >= SEAT_STAY_S * body.rate_hz
    checks = (
        ("cut_off", not len(still)),
        ("not_seen", unseen(body, frames, SIDES) > MAX_UNSEEN),
        ("did_not_sit", not (rested or stayed)),
        ("did_not_stand", sunk_again),
        ("feet_moved", any(stray(body, leg, frames) > FOOT_STRAY for leg in SIDES)),
        *duration_checks(body, cut, MIN_RISE_S, MAX_S),
    )
    return with_first(cut, checks)


def _first_lean(body: Body, start: int, off: int) -> int:
    """Where the trunk begins to lean before the hips leave the seat: the shoulders sink from their seated height."""
    shoulders = bridged((body.seen_at("left", "shoulder") + body.seen_at("right", "shoulder"))[:, 1] / 2)
    earliest = max(start, int(np.searchsorted(body.time_s, body.time_s[off] - LEAN_BEFORE_S)))
    if shoulders is None or off <= earliest:
        return off
    seated = float(np.percentile(shoulders[earliest : off + 1], 90))
    upright = earliest + np.flatnonzero(shoulders[earliest : off + 1] >= seated - LEAN_DROP)
    return int(upright[-1]) if len(upright) else off
