"""The body over time in; repetitions, steps and pedal turns out, each counted or rejected with its reason.

Three ways to cut: `dips` (squats and step-downs: the hips sink and come back), `rises` (from a chair), `contacts` (steps on
stairs) and `turns` (pedalling). Heights and ways are in leg lengths. Nothing that was not seen is counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Float
from scipy.signal import butter, find_peaks, sosfiltfilt

from alignment.measures import MEASURES, Flags, Numbers, both_feet_down
from alignment.result import CycleSide
from alignment.skeleton import OTHER, SIDES, Side, of_side
from alignment.viewpoint import Body

#: A dip begins and ends where the hips are this far under their standing height.
LEAVE = 0.03
#: Smaller dips are sway and not worth a line; shallower repetitions are listed and not counted. Design, section 3.
LISTED_DIP, LISTED_FLEXION_DEG, MIN_FLEXION_DEG = 0.06, 18.0, 30.0
#: Two dips are one where the hips come back by less than this share of the smaller one.
COME_BACK = 0.6
#: Hips this near to the deepest count as deepest, so that a pause has its middle as key moment.
DEEPEST = 0.01
MIN_S, MAX_S = 0.8, 12.0
#: A planted foot strays less than this in the picture.
FOOT_STRAY = 0.15
#: At most this share of a cycle's frames may be unseen.
MAX_UNSEEN = 0.2
#: At least this share of a two-legged repetition has both feet down; on one leg at most this share.
BOTH_DOWN_SHARE, ALONE_DOWN_SHARE = 0.7, 0.5
#: Chairs: the hips rise by this much, after resting on the seat, with the trunk first leaning forward.
MIN_RISE, LEAN_DROP, LEAN_BEFORE_S, STILL_PER_S = 0.2, 0.02, 2.0, 0.15
SEAT_REST_S, REST_PER_S, SEAT_STAY_S, MIN_RISE_S = 0.3, 0.06, 1.4, 0.4
#: Stairs: a swinging foot is faster than this share of the usual peak, moves on by a step, and has landed within this
#: share of it.
SWING_SPEED, MIN_STEP, LANDED = 0.3, 0.08, 0.04
MIN_SWING_S, MAX_SWING_S = 0.2, 3.0
#: Pedals: revolutions a second, stroke, and how opposite the legs are.
PEDAL_HZ, MIN_STROKE, MAX_PEDAL_CORRELATION = (0.5, 3.0), 0.12, -0.4


@dataclass(frozen=True)
class Cut:
    """One cycle as positions in the track (`end` included); `rejected` is the code of the reason it does not count."""

    kind: str
    side: CycleSide
    start: int
    key: int
    end: int
    rejected: str | None = None


def dips(body: Body, *, one_leg: bool = False, kind: str = "rep") -> list[Cut]:
    """Repetitions in which the hips sink and come back: on both legs, or on whichever leg stands.

    Key moment: deepest. Rejected are repetitions that the film cuts off, that are too shallow, too short or too long,
    hardly seen, made on the wrong number of feet, or while the feet move (a walk into the picture).
    """
    if not one_leg:
        cuts = _dips_of(body, _hip_height(body, *SIDES), kind, "both")
        return [_judged_dip(body, cut, SIDES) for cut in cuts]
    found: list[Cut] = []
    for side in SIDES:
        found += [
            cut for cut in _dips_of(body, _hip_height(body, side), kind, side) if _standing_leg(body, cut) == side
        ]
    return [_judged_dip(body, cut, (_one_side(cut),)) for cut in _in_order(found)]


def rises(body: Body) -> list[Cut]:
    """Rises from a seat: from the first forward lean to standing still; key moment: the hips halfway up."""
    height = _bridged(_hip_height(body, *SIDES))
    if height is None:
        return []
    middle = float(np.mean(np.percentile(height, [5, 95])))
    standing = float(np.median(height[height >= middle]))
    low = standing - MIN_RISE
    found = []
    for start, stop in _runs(height < low):
        if stop >= len(height):
            continue
        found.append(_judged_rise(body, height, start, stop, standing))
    return found


def contacts(body: Body) -> list[Cut]:
    """Steps: one leg's stance while the other foot swings, from its lift-off to its next contact; key: the middle."""
    places = {side: _foot_in_picture(body, side) for side in SIDES}
    speeds = {side: _speed(place, body.rate_hz) for side, place in places.items()}
    known = np.concatenate([speed[np.isfinite(speed)] for speed in speeds.values()])
    if len(known) < 10:
        return []
    fast = SWING_SPEED * float(np.percentile(known, 97))
    swings = {side: _swings(places[side], speeds[side], speeds[OTHER[side]], fast) for side in SIDES}
    found = []
    for side in SIDES:
        for number, swing in enumerate(swings[side]):
            before = _resting(places[side], swings, side, number, -1)
            after = _resting(places[side], swings, side, number, +1)
            found.append(_step(body, places[side], swing, before, after, OTHER[side]))
    return _in_order(found)


def turns(body: Body) -> list[Cut]:
    """Pedal turns of each leg, from the top to the next top; key moment: a quarter turn, in the middle of the way down."""
    found: list[Cut] = []
    waves = {side: _pedal_wave(body, side) for side in SIDES}
    left, right = waves["left"], waves["right"]
    opposite = left is None or right is None or np.corrcoef(left, right)[0, 1] < MAX_PEDAL_CORRELATION
    for side in SIDES:
        wave = waves[side]
        if wave is None:
            continue
        tops, _ = find_peaks(wave, prominence=MIN_STROKE / 2, distance=max(1, int(body.rate_hz / PEDAL_HZ[1])))
        for top, following in pairwise(tops):
            found.append(_turn(body, wave, side, int(top), int(following), opposite))
    return _in_order(found)


# --- dips -----------------------------------------------------------------------------------------------------------


def _dips_of(body: Body, raw_height: Numbers, kind: str, side: CycleSide) -> list[Cut]:
    """Every stretch in which a height is under its standing value, cut at the returns between two dips."""
    height = _bridged(raw_height)
    if height is None:
        return []
    drop = _standing_level(body, height) - height
    cuts = []
    for start, stop in _runs(drop > LEAVE):
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
    legs = _near(body, legs)
    flexion = np.nanmax([np.nan_to_num(_flexion(body, leg)[frames]) for leg in legs])
    both_down = float(both_feet_down(body)[frames].mean())
    checks = (
        ("cut_off", cut.start == 0 and not body.standing[:2].any()),
        ("cut_off", cut.end >= len(body.time_s) - 1 and not body.standing[-2:].any()),
        ("not_seen", _unseen(body, frames, legs) > MAX_UNSEEN),
        ("feet_moved", any(_stray(body, leg, frames) > FOOT_STRAY for leg in legs)),
        ("one_foot_raised", len(legs) == 2 and both_down < BOTH_DOWN_SHARE),
        ("both_feet_down", cut.side != "both" and both_down > ALONE_DOWN_SHARE),
        ("too_shallow", flexion < MIN_FLEXION_DEG),
        *_duration_checks(body, cut, MIN_S, MAX_S),
    )
    return _with_first(cut, checks)


def _duration_checks(body: Body, cut: Cut, min_s: float, max_s: float) -> tuple[tuple[str, bool], ...]:
    duration_s = float(body.time_s[cut.end] - body.time_s[cut.start])
    return (("too_short", duration_s < min_s), ("too_long", duration_s > max_s))


def _with_first(cut: Cut, checks: Iterable[tuple[str, bool]]) -> Cut:
    """The cut, rejected for the first check that is true."""
    return replace(cut, rejected=next((code for code, true in checks if true), None))


def _standing_leg(body: Body, cut: Cut) -> Side:
    """The leg of a one-legged dip: whose foot strays less; of two still feet the one that the hips are over."""
    frames = slice(cut.start, cut.end + 1)
    stray = {side: _stray(body, side, frames) for side in SIDES}
    if abs(stray["left"] - stray["right"]) > FOOT_STRAY / 3:
        return "left" if stray["left"] < stray["right"] else "right"
    hips = body.middle("hip")[frames, 0]
    away = {side: float(np.nanmedian(np.abs(body.at(side, "ankle")[frames, 0] - hips))) for side in SIDES}
    return "left" if away["left"] <= away["right"] else "right"


def _one_side(cut: Cut) -> Side:
    return "left" if cut.side == "left" else "right"


# --- rises ----------------------------------------------------------------------------------------------------------


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
        ("not_seen", _unseen(body, frames, SIDES) > MAX_UNSEEN),
        ("did_not_sit", not (rested or stayed)),
        ("did_not_stand", sunk_again),
        ("feet_moved", any(_stray(body, leg, frames) > FOOT_STRAY for leg in SIDES)),
        *_duration_checks(body, cut, MIN_RISE_S, MAX_S),
    )
    return _with_first(cut, checks)


def _first_lean(body: Body, start: int, off: int) -> int:
    """Where the trunk begins to lean before the hips leave the seat: the shoulders sink from their seated height."""
    shoulders = _bridged((body.seen_at("left", "shoulder") + body.seen_at("right", "shoulder"))[:, 1] / 2)
    earliest = max(start, int(np.searchsorted(body.time_s, body.time_s[off] - LEAN_BEFORE_S)))
    if shoulders is None or off <= earliest:
        return off
    seated = float(np.percentile(shoulders[earliest : off + 1], 90))
    upright = earliest + np.flatnonzero(shoulders[earliest : off + 1] >= seated - LEAN_DROP)
    return int(upright[-1]) if len(upright) else off


# --- steps ----------------------------------------------------------------------------------------------------------


def _foot_in_picture(body: Body, side: Side) -> Float[np.ndarray, "frames 2"]:
    """Where a foot is in the picture, in standing leg lengths whatever the frame's scale: a planted foot keeps its place.

    The middle of those of ankle, heel and toe that are seen throughout; the ankle where the others come and go.
    """
    scaled = body.picture * body.scale[:, None, None]
    parts = [part for part in of_side(side, "ankle", "heel", "toe") if np.isfinite(scaled[:, part, 0]).mean() > 0.98]
    ankle = of_side(side, "ankle")
    return np.stack([_interpolated(scaled[:, parts or ankle, axis].mean(axis=1)) for axis in (0, 1)], axis=1)


def _speed(place: Float[np.ndarray, "frames 2"], rate_hz: float) -> Numbers:
    """Speed of a place in leg lengths a second, smoothed over a tenth of a second."""
    if len(place) < 3:
        return np.zeros(len(place))
    speed = np.linalg.norm(np.gradient(place, axis=0), axis=1) * rate_hz
    width = max(1, round(0.1 * rate_hz))
    return np.convolve(speed, np.ones(width) / width, mode="same")


def _swings(
    place: Float[np.ndarray, "frames 2"], speed: Numbers, other_speed: Numbers, fast: float
) -> list[tuple[int, int]]:
    """Coarse swings of one foot: where it is fast, and the faster of the two, and moves on by a step."""
    moving = _runs((speed > fast) & (speed > other_speed))
    merged: list[tuple[int, int]] = []
    for start, stop in moving:
        if merged and not (other_speed[merged[-1][1] : start] > fast).any():
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
    origin = np.median(place[before[0] : max(before[1], before[0] + 1)], axis=0)
    goal = np.median(place[min(after[0], frames - 1) : max(after[1], after[0] + 1)], axis=0)
    near = max(LANDED * float(np.linalg.norm(goal - origin)), 0.015)
    first = min(before[1], swing[0])
    leaving = np.flatnonzero(np.linalg.norm(place[first : swing[1]] - origin, axis=1) < near)
    landing = np.flatnonzero(np.linalg.norm(place[swing[0] : max(after[1], swing[1])] - goal, axis=1) > near)
    start = first + int(leaving[-1]) if len(leaving) else swing[0]
    end = min(swing[0] + int(landing[-1]) + 1 if len(landing) else swing[1], frames - 1)
    cut = Cut("step", stance, start, (start + end) // 2, end)
    checks = (
        ("cut_off", start <= 0 or end >= frames - 1),
        ("not_seen", _unseen(body, slice(start, end + 1), (stance,)) > MAX_UNSEEN),
        ("feet_moved", _stray(body, stance, slice(start, end + 1)) > 2 * FOOT_STRAY * float(body.scale[start])),
        ("not_a_step", float(np.linalg.norm(goal - origin)) < MIN_STEP),
        *_duration_checks(body, cut, MIN_SWING_S, MAX_SWING_S),
    )
    return _with_first(cut, checks)


# --- pedal turns ----------------------------------------------------------------------------------------------------


def _pedal_wave(body: Body, side: Side) -> Numbers | None:
    """Height of a foot under the hips, band-passed to pedalling; None where it is not seen or the film is too slow."""
    foot = (body.seen_at(side, "ankle") + body.seen_at(side, "toe"))[:, 1] / 2
    hips = body.picture[:, [*of_side("left", "hip"), *of_side("right", "hip")], 1].mean(axis=1)
    height = _bridged(foot - hips)
    high_hz = min(PEDAL_HZ[1], 0.4 * body.rate_hz)
    if height is None or high_hz <= PEDAL_HZ[0] or len(height) < 30:
        return None
    sections = butter(2, (PEDAL_HZ[0] / 1.5, high_hz * 1.2), btype="bandpass", fs=body.rate_hz, output="sos")
    wave: np.ndarray = sosfiltfilt(sections, height)
    return wave


def _turn(body: Body, wave: Numbers, side: Side, top: int, following: int, opposite: bool) -> Cut:
    """One turn between two tops, with the reason why it does not count, if there is one."""
    bottom = top + int(np.argmin(wave[top : following + 1]))
    middle = (wave[top] + wave[bottom]) / 2
    key = top + int(np.argmax(wave[top : bottom + 1] <= middle))
    cut = Cut("turn", side, top, key, following)
    checks = (
        ("legs_in_step", not opposite),
        ("not_seen", _unseen(body, slice(top, following + 1), (side,)) > MAX_UNSEEN),
        ("too_small", float(wave[top] - wave[bottom]) < MIN_STROKE),
        *_duration_checks(body, cut, 1 / PEDAL_HZ[1], 1 / PEDAL_HZ[0]),
    )
    return _with_first(cut, checks)


# --- what several of them need --------------------------------------------------------------------------------------


def _flexion(body: Body, side: Side) -> Numbers:
    return MEASURES["knee_flexion"].curve(body, side)


def _hip_height(body: Body, *over: Side) -> Numbers:
    """Height of the hips' middle over the named ankles' middle, as the picture shows it.

    The picture, since a depth that is only inferred would bring its noise into every height.
    """
    hips = (body.seen_at("left", "hip") + body.seen_at("right", "hip"))[:, 1] / 2
    ankles = np.stack([body.seen_at(side, "ankle")[:, 1] for side in over])
    return hips - np.where(np.isfinite(ankles).all(axis=0), ankles.mean(axis=0), np.fmax.reduce(ankles))


def _near(body: Body, legs: tuple[Side, ...]) -> tuple[Side, ...]:
    """The legs that can be judged: seen from the side only the near one, the other hides behind it."""
    if body.facing in ("left", "right") and body.facing in legs:
        return (body.facing,)
    return legs


def _in_order(cuts: list[Cut]) -> list[Cut]:
    return sorted(cuts, key=lambda cut: (cut.start, cut.side))


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First and one-past-last positions of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _interpolated(values: Numbers) -> Numbers:
    """Gaps bridged by straight lines and the ends held; all NaN stays so."""
    known = np.isfinite(values)
    if not known.any():
        return values
    at = np.arange(len(values))
    return np.interp(at, at[known], values[known])


def _bridged(values: Numbers) -> Numbers | None:
    """Gaps bridged, so that a cycle stays whole; None where under ten frames are known."""
    return None if np.isfinite(values).sum() < 10 else _interpolated(values)


def _unseen(body: Body, frames: slice, legs: Iterable[Side]) -> float:
    """Share of a cycle's frames in which a leg that matters is not seen."""
    seen: Bool[np.ndarray, " some"] = np.all([np.isfinite(_flexion(body, leg)[frames]) for leg in legs], axis=0)
    return float(1.0 - seen.mean()) if len(seen) else 1.0


def _stray(body: Body, side: Side, frames: slice) -> float:
    """How far a foot's ankle strays in the picture during a cycle, in leg lengths (5th to 95th percentile)."""
    place = (body.picture * body.scale[:, None, None])[frames, of_side(side, "ankle")[0]]
    place = place[np.isfinite(place[:, 0])]
    if not len(place):
        return 0.0
    low, high = np.percentile(place, [5, 95], axis=0)
    return float(np.linalg.norm(high - low))
