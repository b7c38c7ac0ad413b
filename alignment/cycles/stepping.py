"""The body over time in; steps on stairs out. Ways in leg lengths."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float

from alignment.cycles.cut import (
    MAX_UNSEEN,
    Cut,
    duration_checks,
    in_order,
    interpolated,
    runs,
    stray,
    unseen,
    with_first,
)
from alignment.measures import Numbers
from alignment.skeleton import OTHER, SIDES, Side, of_side
from alignment.viewpoint import Body

#: A swinging foot is faster than this share of the usual peak, moves on by a step, and has landed within this share of it.
SWING_SPEED, MIN_STEP, LANDED = 0.3, 0.08, 0.03
#: Where of this many moves of the feet less than this share are steps, those are chance.
MANY_MOVES, FEW_STEPS = 20, 0.2
#: Nor can a foot be placed better than this.
PLACED = 0.012
#: Two moves of one foot this close together are one swing.
PAUSE_S = 0.4
#: The standing foot may roll from heel to toe and seem to.
STANCE_STRAY = 0.3
#: A foot that stays in place this long rests; on its way it passes places, also its own resting place, faster.
REST_S = 0.1
#: Where it rests is taken from this long before (after) its swing to this long: nearer, it may be on its way already
#: (still), and farther off it rolls under the weight while the other foot swings.
BEFORE_S, AFTER_S = (0.5, 0.1), (0.3, 0.6)
#: A swing from two steps lower to two steps higher changes the feet's difference in height by 0.4 (17 cm steps), the first
#: and the last one by half of it, a level walk by up to 0.17 where the camera looks down on it.
MIN_RISE = 0.2
MIN_SWING_S, MAX_SWING_S = 0.2, 3.0


def contacts(body: Body) -> list[Cut]:
    """Steps: one leg's stance while the other foot swings, from its lift-off to its next contact; key: the middle."""
    places = {side: _foot_in_picture(body, side) for side in SIDES}
    speeds = {side: _speed(place, body.rate_hz) for side, place in places.items()}
    known = np.concatenate([speed[np.isfinite(speed)] for speed in speeds.values()])
    if len(known) < 10:
        return []
    fast = SWING_SPEED * float(np.percentile(known, 97))
    swings = {side: _swings(places[side], speeds[side], speeds[OTHER[side]], fast, body.rate_hz) for side in SIDES}
    found = []
    for side in SIDES:
        for number, swing in enumerate(swings[side]):
            before = _resting(places[side], swings, side, number, -1)
            after = _resting(places[side], swings, side, number, +1)
            found.append(_step(body, places[side], swing, before, after, OTHER[side]))
    return _in_company(_on_stairs(body, in_order(found)))


def _in_company(cuts: list[Cut]) -> list[Cut]:
    """The steps, all rejected where hardly any of the feet's many moves is one: a run, a dance, a hand-held camera."""
    counted = sum(cut.rejected is None for cut in cuts)
    if len(cuts) < MANY_MOVES or counted >= FEW_STEPS * len(cuts):
        return cuts
    return [replace(cut, rejected=cut.rejected or "not_a_step") for cut in cuts]


def _on_stairs(body: Body, cuts: list[Cut]) -> list[Cut]:
    """The steps, those rejected that with their neighbours lead neither up nor down: a level walk, a step aside."""
    whole = [cut for cut in cuts if cut.rejected not in ("cut_off", "too_short")]
    rises = np.array([_rise(body, cut) for cut in whole])
    reasons: dict[Cut, str] = {}
    for number, cut in enumerate(whole):
        around = rises[max(number - 1, 0) : number + 2]
        around = around[np.isfinite(around)]
        mean = float(around.mean()) if len(around) > 1 else 0.0
        if cut.rejected or (abs(mean) >= MIN_RISE and rises[number] * np.sign(mean) >= MIN_RISE / 2):
            continue
        reasons[cut] = "not_a_step" if np.isfinite(rises[number]) else "not_seen"
    return [replace(cut, rejected=reasons.get(cut, cut.rejected)) for cut in cuts]


def _rise(body: Body, cut: Cut) -> float:
    """How much higher the free foot is at the end of a step than at its start, over the standing one; in space."""
    stance: Side = "left" if cut.side == "left" else "right"
    over = body.at(OTHER[stance], "ankle")[:, 1] - body.at(stance, "ankle")[:, 1]
    ends = [over[max(at - 1, 0) : at + 2] for at in (cut.start, cut.end)]
    before, after = (float(np.median(part[np.isfinite(part)])) if np.isfinite(part).any() else np.nan for part in ends)
    return after - before


def _foot_in_picture(body: Body, side: Side) -> Float[np.ndarray, "frames 2"]:
    """Where a foot is in the picture, in standing leg lengths whatever the frame's scale: a planted foot keeps its place.

    The middle of those of ankle, heel and toe that are seen throughout; the ankle where the others come and go.
    """
    scaled = body.picture * body.scale[:, None, None]
    parts = [part for part in of_side(side, "ankle", "heel", "toe") if np.isfinite(scaled[:, part, 0]).mean() > 0.98]
    ankle = of_side(side, "ankle")
    return np.stack([interpolated(scaled[:, parts or ankle, axis].mean(axis=1)) for axis in (0, 1)], axis=1)


def _speed(place: Float[np.ndarray, "frames 2"], rate_hz: float) -> Numbers:
    """Speed of a place in leg lengths a second, smoothed over a tenth of a second."""
    if len(place) < 3:
        return np.zeros(len(place))
    speed = np.linalg.norm(np.gradient(place, axis=0), axis=1) * rate_hz
    width = max(1, round(0.1 * rate_hz))
    return np.convolve(speed, np.ones(width) / width, mode="same")


def _swings(
    place: Float[np.ndarray, "frames 2"], speed: Numbers, other_speed: Numbers, fast: float, rate_hz: float
) -> list[tuple[int, int]]:
    """Coarse swings of one foot: where it is fast, and the faster of the two, and moves on by a step."""
    moving = runs((speed > fast) & (speed > other_speed))
    pause = PAUSE_S * rate_hz
    merged: list[tuple[int, int]] = []
    for start, stop in moving:
        if merged and start - merged[-1][1] < pause and not (other_speed[merged[-1][1] : start] > fast).any():
            merged[-1] = (merged[-1][0], stop)
        else:
            merged.append((start, stop))
    return [run for run in merged if np.linalg.norm(place[run[1] - 1] - place[run[0]]) > MIN_STEP]


def _resting(
    place: Float[np.ndarray, "frames 2"],
    swings: dict[Side, list[tuple[int, int]]],
    side: Side,
    number: int,
    direction: int,
) -> tuple[int, int]:
    """Frames in which a foot rests before (-1) or after (+1) its swing: while the other foot swings, else what is left."""
    start, stop = swings[side][number]
    others = swings[OTHER[side]]
    if direction > 0:
        limit = swings[side][number + 1][0] if number + 1 < len(swings[side]) else len(place)
        during = [run for run in others if stop <= run[1] and run[0] < limit]
        return during[0] if during else (stop, limit)
    limit = swings[side][number - 1][1] if number > 0 else 0
    during = [run for run in others if run[1] > limit and run[0] <= start]
    return during[-1] if during else (limit, start)


def _step(
    body: Body,
    place: Float[np.ndarray, "frames 2"],
    swing: tuple[int, int],
    before: tuple[int, int],
    after: tuple[int, int],
    stance: Side,
) -> Cut:
    """One stance: from where the other foot leaves its resting place to where it reaches its next one."""
    frames = len(place)
    early, late = (tuple(round(s * body.rate_hz) for s in around) for around in (BEFORE_S, AFTER_S))
    first = max(before[0], swing[0] - early[0])
    origin = _usual(place, first, swing[0] - early[1])
    goal = _usual(place, min(swing[1] + late[0], after[1] - 1), min(swing[1] + late[1], after[1]))
    near = max(LANDED * float(np.linalg.norm(goal - origin)), PLACED)
    start = _leaves(place, origin, near, min(before[1], first), swing[0], body.rate_hz)
    end = min(_lands(place, goal, near, swing[0], max(after[1], swing[1]), body.rate_hz) or swing[1], frames - 1)
    cut = Cut("step", stance, start, (start + end) // 2, end)
    checks = (
        ("cut_off", start <= 0 or end >= frames - 1),
        ("not_seen", unseen(body, slice(start, end + 1), (stance,)) > MAX_UNSEEN),
        ("feet_moved", stray(body, stance, slice(start, end + 1)) > STANCE_STRAY * float(body.scale[start])),
        ("not_a_step", float(np.linalg.norm(goal - origin)) < MIN_STEP),
        *duration_checks(body, cut, MIN_SWING_S, MAX_SWING_S),
    )
    return with_first(cut, checks)


def _usual(place: Float[np.ndarray, "frames 2"], first: int, stop: int) -> Float[np.ndarray, "2"]:
    """Where a foot is in most of these frames, at least one."""
    first = min(max(first, 0), len(place) - 1)
    return np.median(place[first : max(stop, first + 1)], axis=0)


def _leaves(
    place: Float[np.ndarray, "frames 2"],
    origin: Float[np.ndarray, "2"],
    near: float,
    first: int,
    swing: int,
    rate_hz: float,
) -> int:
    """Last frame in which a foot rests near its origin before it swings. Lifted to be put lower, it passes there again."""
    latest = swing + round(REST_S * rate_hz)
    at_rest = runs(np.linalg.norm(place[first:latest] - origin, axis=1) < near)
    left = [first + run[1] - 1 for run in at_rest if run[1] - run[0] >= REST_S * rate_hz]
    return left[-1] if left else swing


def _lands(
    place: Float[np.ndarray, "frames 2"],
    goal: Float[np.ndarray, "2"],
    near: float,
    first: int,
    stop: int,
    rate_hz: float,
) -> int | None:
    """First frame in which a foot rests near its goal; None where it never does. On its way it may pass above the goal."""
    at_rest = runs(np.linalg.norm(place[first:stop] - goal, axis=1) < near)
    return next((first + run[0] for run in at_rest if run[1] - run[0] >= REST_S * rate_hz), None)
