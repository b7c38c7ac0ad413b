"""The body over time in; steps on stairs out. Ways in leg lengths."""

from dataclasses import replace
from typing import Literal

import numpy as np
from jaxtyping import Float

from alignment.core.cycles.cut import MAX_UNSEEN, Cut, duration_checks, in_order, join, stray, unseen_share, with_first
from alignment.core.skeleton import OTHER, SIDES, Side, of_side
from alignment.core.track import Numbers, Places, interpolate, runs
from alignment.core.viewpoint import Body

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
#: Stairs rise by 24 to 42° along the way, a level floor by nothing; a camera that looks down or up by 15° unnoticed adds or
#: takes as much. Told where the places of the feet lie this far apart.
MIN_SLOPE_DEG, MIN_WAY = 17.5, 0.5
#: Steps a second, from slowest to fastest, of a walk and of a run, and by how much one gets on with each at least.
GAIT_HZ = {"walking": (1.0, 2.25), "running": (2.25, 4.0)}
MIN_ADVANCE = {"walking": 0.2, "running": 0.5}
#: Who goes on comes this share of the sum of the steps away from where they began.
STRAIGHT_ON = 0.7
#: Two strides; fewer are a step aside, or a lunge.
MIN_LEVEL_STEPS = 4


def contacts(body: Body) -> list[Cut]:
    """Steps on stairs: one leg stands while the other foot swings, from lift-off to next contact; key: the middle."""
    return _uphill_or_downhill(body, _in_company(_on_stairs(body, _steps(body))))


def level_steps(body: Body, gait: Literal["walking", "running"]) -> list[Cut]:
    """Steps of a walk, or of a run, over level ground; none where somebody steps and does not get on."""
    cuts = [cut for cut in _steps(body) if cut.rejected in (None, "not_a_step", "feet_moved")]
    places = np.array([_place(body, cut) for cut in cuts]).reshape(-1, 3)
    known = np.isfinite(places).all(axis=1)
    cuts, places = [cut for cut, seen in zip(cuts, known, strict=True) if seen], places[known]
    slope_deg = _slope_deg(places) if body.from_one_place else None
    if len(cuts) < MIN_LEVEL_STEPS or slope_deg is None or abs(slope_deg) >= MIN_SLOPE_DEG:
        return []
    steps = np.linalg.norm(np.diff(places[:, [0, 2]], axis=0), axis=1)
    way = float(np.linalg.norm((places[-1] - places[0])[[0, 2]]))
    if way < max(MIN_ADVANCE[gait] * len(steps), STRAIGHT_ON * float(steps.sum())):
        return []
    slowest_hz, fastest_hz = GAIT_HZ[gait]
    step_s = float(np.median(np.diff(body.time_s[[cut.start for cut in cuts]])))
    return [replace(cut, rejected=None) for cut in cuts] if 1 / fastest_hz < step_s <= 1 / slowest_hz else []


def _steps(body: Body) -> list[Cut]:
    """Every move of a foot from one place to another."""
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
    return in_order(found)


def _uphill_or_downhill(body: Body, cuts: list[Cut]) -> list[Cut]:
    """The steps, all rejected whose places lie on level ground: a walk before a camera that looks down seems to rise.

    From the side the picture shows whether a foot rises; where the camera went along, nothing tells how steep the way is.
    """
    if body.facing in ("left", "right") or not body.from_one_place:
        return cuts
    counted = [cut for cut in cuts if not cut.rejected]
    slope_deg = _slope_deg(np.array([_place(body, cut) for cut in counted]).reshape(-1, 3))
    if slope_deg is None or abs(slope_deg) >= MIN_SLOPE_DEG:
        return cuts
    return [replace(cut, rejected=cut.rejected or "level_ground") for cut in cuts]


def _place(body: Body, cut: Cut) -> Float[np.ndarray, "3"]:
    """Where the standing foot's ankle is during a step, in the subject's axes."""
    stance: Side = "left" if cut.side == "left" else "right"
    at = body.at(stance, "ankle")[cut.frames]
    return (
        np.median(at[np.isfinite(at).all(axis=1)], axis=0) if np.isfinite(at).all(axis=1).any() else np.full(3, np.nan)
    )


def _slope_deg(places: Float[np.ndarray, "steps 3"]) -> float | None:
    """How steeply places rise along the level line that fits them best; None where they lie too close to tell."""
    known = places[np.isfinite(places).all(axis=1)]
    if len(known) < 2:
        return None
    off = known - known.mean(axis=0)
    level = off[:, [0, 2]]
    way = level @ np.linalg.svd(level)[2][0]
    if np.ptp(way) < MIN_WAY:
        return None
    return float(np.degrees(np.arctan(way @ off[:, 1] / (way @ way))))


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


def _foot_in_picture(body: Body, side: Side) -> Places:
    """Where a foot is in the picture, in standing leg lengths whatever the frame's scale: a planted foot keeps its place.

    The middle of those of ankle, heel and toe that are seen throughout; the ankle where the others come and go.
    """
    scaled = body.picture * body.scale[:, None, None]
    parts = [part for part in of_side(side, "ankle", "heel", "toe") if np.isfinite(scaled[:, part, 0]).mean() > 0.98]
    ankle = of_side(side, "ankle")
    return np.stack([interpolate(scaled[:, parts or ankle, axis].mean(axis=1)) for axis in (0, 1)], axis=1)


def _speed(place: Places, rate_hz: float) -> Numbers:
    """Speed of a place in leg lengths a second, smoothed over a tenth of a second."""
    if len(place) < 3:
        return np.zeros(len(place))
    speed = np.linalg.norm(np.gradient(place, axis=0), axis=1) * rate_hz
    width = max(1, round(0.1 * rate_hz))
    return np.convolve(speed, np.ones(width) / width, mode="same")


def _swings(place: Places, speed: Numbers, other_speed: Numbers, fast: float, rate_hz: float) -> list[tuple[int, int]]:
    """Coarse swings of one foot: where it is fast, and the faster of the two, and moves on by a step."""
    moves = join(
        runs((speed > fast) & (speed > other_speed)),
        lambda before, after: after - before < PAUSE_S * rate_hz and not (other_speed[before:after] > fast).any(),
    )
    return [run for run in moves if np.linalg.norm(place[run[1] - 1] - place[run[0]]) > MIN_STEP]


def _resting(
    place: Places, swings: dict[Side, list[tuple[int, int]]], side: Side, number: int, direction: int
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
    body: Body, place: Places, swing: tuple[int, int], before: tuple[int, int], after: tuple[int, int], stance: Side
) -> Cut:
    """One stance: from where the other foot leaves its resting place to where it reaches its next one."""
    frames = len(place)
    early, late = (tuple(round(s * body.rate_hz) for s in around) for around in (BEFORE_S, AFTER_S))
    first = max(before[0], swing[0] - early[0])
    origin = _usual(place, first, swing[0] - early[1])
    goal = _usual(place, min(swing[1] + late[0], after[1] - 1), min(swing[1] + late[1], after[1]))
    near = max(LANDED * float(np.linalg.norm(goal - origin)), PLACED)
    # On its way a foot passes its resting places again; only where it stays does it rest.
    least = REST_S * body.rate_hz
    rests = _near(place, origin, near, min(before[1], first), swing[0] + round(least))
    start = next((stop - 1 for at, stop in reversed(rests) if stop - at >= least), swing[0])
    rests = _near(place, goal, near, swing[0], max(after[1], swing[1]))
    end = min(next((at for at, stop in rests if stop - at >= least), 0) or swing[1], frames - 1)
    cut = Cut("step", stance, start, (start + end) // 2, end)
    checks = (
        ("cut_off", start <= 0 or end >= frames - 1),
        ("not_seen", unseen_share(body, cut.frames, (stance,)) > MAX_UNSEEN),
        ("feet_moved", stray(body, stance, cut.frames) > STANCE_STRAY * float(body.scale[start])),
        ("not_a_step", float(np.linalg.norm(goal - origin)) < MIN_STEP),
        *duration_checks(body, cut, MIN_SWING_S, MAX_SWING_S),
    )
    return with_first(cut, checks)


def _usual(place: Places, first: int, stop: int) -> Float[np.ndarray, "2"]:
    """Where a foot is in most of these frames, at least one."""
    first = min(max(first, 0), len(place) - 1)
    return np.median(place[first : max(stop, first + 1)], axis=0)


def _near(place: Places, around: Float[np.ndarray, "2"], near: float, first: int, stop: int) -> list[tuple[int, int]]:
    """Each stretch of frames in which a foot is near a place."""
    return [(first + a, first + b) for a, b in runs(np.linalg.norm(place[first:stop] - around, axis=1) < near)]
