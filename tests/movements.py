"""Less regular movements of the stick figure than those of `synthetic`: pauses, half ways, steps, walks, cut films."""

from dataclasses import fields, replace

import numpy as np

from alignment.core.skeleton import SIDES
from tests.runners import WALK, runner
from tests.synthetic import OUTWARDS, Camera, Motion, clock, cycling, dip, single_leg, sit_to_stand, squat, stairs

#: A slow walk: seconds from one foot's landing to its next, leg lengths a second, share of the time on the ground.
STRIDE_S, WALK_PER_S, GROUND = 1.1, 0.7, 0.62


def bent(time_s: np.ndarray, bottom: np.ndarray, **more) -> Motion:
    """On both feet, bent as far as `bottom` says: 0 standing, 1 a squat of 0.3 leg lengths."""
    return Motion(time_s, height=0.985 - 0.3 * bottom, behind=0.25 * bottom, forward_lean_deg=35.0 * bottom, **more)


def mirrored(motion: Motion) -> Motion:
    """The same with left and right exchanged."""
    swap = {name: getattr(motion, name) for name in ("inwards_deg", "foot_up", "foot_forward")}
    return replace(
        motion,
        aside=np.negative(motion.aside),
        obliquity_deg=np.negative(motion.obliquity_deg),
        lean_deg=np.negative(motion.lean_deg),
        turned_deg=np.negative(motion.turned_deg),
        carried_aside=np.negative(motion.carried_aside),
        foot_aside={"left": np.negative(motion.foot_aside["right"]), "right": np.negative(motion.foot_aside["left"])},
        **{name: {"left": both["right"], "right": both["left"]} for name, both in swap.items()},
    )


def part(motion: Motion, start_s: float, end_s: float) -> Motion:
    """What a film shows that begins and ends in the middle of it; its time starts at 0 again."""
    keep = (motion.time_s >= start_s - 1e-9) & (motion.time_s <= end_s + 1e-9)

    def cut(value):
        if isinstance(value, dict):
            return {side: cut(one) for side, one in value.items()}
        return value[keep] if isinstance(value, np.ndarray) else value

    found = {one.name: cut(getattr(motion, one.name)) for one in fields(motion)}
    return Motion(**{**found, "time_s": found["time_s"] - found["time_s"][0]})


def at_rate(motion: Motion, rate_hz: float) -> Motion:
    """The same movement filmed with another number of pictures a second."""
    time_s = clock(float(motion.time_s[-1]), rate_hz)
    time_s = time_s[time_s <= motion.time_s[-1] + 1e-9]

    def sampled(value):
        if isinstance(value, dict):
            return {side: sampled(one) for side, one in value.items()}
        return np.interp(time_s, motion.time_s, value) if isinstance(value, np.ndarray) else value

    found = {one.name: sampled(getattr(motion, one.name)) for one in fields(motion)}
    return Motion(**{**found, "time_s": time_s})


def faster(motion: Motion, factor: float, rate_hz: float = 30.0) -> Motion:
    """The same movement in a shorter time."""
    return at_rate(replace(motion, time_s=motion.time_s / factor), rate_hz)


def after(first: Motion, *more: Motion) -> Motion:
    """One movement after the other."""
    for second in more:
        first = _joined(first, second)
    return first


def _joined(first: Motion, second: Motion) -> Motion:
    def both(one, other):
        if isinstance(one, dict):
            return {side: both(one[side], other[side]) for side in one}
        return np.concatenate([np.zeros(len(first.time_s)) + one, np.zeros(len(second.time_s)) + other])

    step = first.time_s[-1] - first.time_s[-2]
    times = np.concatenate([first.time_s, second.time_s + first.time_s[-1] + step])
    rest = {
        one.name: both(getattr(first, one.name), getattr(second, one.name))
        for one in fields(first)
        if one.name not in ("time_s", "half_stance")
    }
    assert first.half_stance == second.half_stance, "the feet would jump"
    return Motion(times, half_stance=first.half_stance, **rest)


# --- squats ---------------------------------------------------------------------------------------------------------


def plateau(time_s: np.ndarray, start_s: float, hold_s: float, way_s: float = 1.0) -> np.ndarray:
    """0, then smoothly to 1, held there, and back."""
    down = np.clip((time_s - start_s) / way_s, 0.0, 1.0)
    up = np.clip((time_s - start_s - way_s - hold_s) / way_s, 0.0, 1.0)
    return (np.cos(np.pi * up) - np.cos(np.pi * down)) / 2


def squat_with_pause(*, reps: int = 3, hold_s: float = 1.5) -> Motion:
    """A second down, held, a second up; the next one a second later."""
    time_s = clock(1.0 + reps * (3.0 + hold_s))
    return bent(time_s, sum(plateau(time_s, 1.0 + i * (3.0 + hold_s), hold_s) for i in range(reps)))


def squat_with_bounce(*, reps: int = 3, bounce: float = 0.25) -> Motion:
    """At the bottom the hips come up by a quarter of the way and sink again."""
    time_s = clock(1.0 + reps * 4.0)
    starts_s = [1.0 + 4.0 * i for i in range(reps)]
    low = sum(plateau(time_s, start, 1.0) for start in starts_s)
    return bent(time_s, low - bounce * dip(time_s, [start + 1.0 for start in starts_s], 1.0))


def squat_of_depths(*depths: float) -> Motion:
    """One squat every three seconds, each as deep as said, in leg lengths."""
    time_s = clock(3.0 * len(depths) + 1.0)
    return bent(time_s, sum(depth / 0.3 * dip(time_s, [1.0 + 3.0 * i]) for i, depth in enumerate(depths)))


def squat_with_half_return(*, back: float = 0.75) -> Motion:
    """Two squats; between them the hips come back only by this share of the way."""
    time_s = clock(7.0)
    between = plateau(time_s, 1.0, 2.0) - back * dip(time_s, [2.0], 2.0)
    return bent(time_s, between)


def squat_while_stepping(*, during: bool = True) -> Motion:
    """Three squats; each time one foot steps out by a quarter of a leg length on the way down, or in the pause before."""
    motion = squat(reps=3)
    way = np.zeros_like(motion.time_s)
    for i in range(3):
        start_s = 1.0 + 3.0 * i + (0.2 if during else -0.8)
        way += (1.0 if i % 2 == 0 else -1.0) * _ramp(motion.time_s, start_s, 0.6)
    lift = 0.08 * np.sin(np.pi * way)
    return replace(
        motion,
        half_stance=0.13,
        aside=0.11 * way,
        foot_aside={"left": 0.24 * way, "right": 0.0},
        foot_up={"left": lift, "right": 0.0},
    )


def squat_while_drifting() -> Motion:
    """The figure slides slowly aside and towards the camera while it squats, as where a phone sinks in its stand."""
    motion = squat(reps=4)
    share = motion.time_s / motion.time_s[-1]
    return replace(motion, carried_aside=0.25 * share, carried_forward=0.3 * share)


def bow(*, reps: int = 3, tilt_deg: float = 25.0) -> Motion:
    """The trunk bows down and the hips go back over legs that hardly bend."""
    starts_s = [1.0 + 3.0 * i for i in range(reps)]
    time_s = clock(starts_s[-1] + 3.0)
    tilt = np.radians(tilt_deg) * dip(time_s, starts_s)
    return Motion(
        time_s,
        height=0.985 * np.cos(tilt),
        behind=0.985 * np.sin(tilt),
        forward_lean_deg=60.0 * dip(time_s, starts_s),
    )


def slow_rise_with_a_second_try() -> Motion:
    """From a seat the hips come half of the way up, sink back, and only then rise to standing."""
    time_s = clock(9.0)
    way = _ramp(time_s, 2.0, 1.0) * 0.65 - _ramp(time_s, 3.2, 1.0) * 0.65 + _ramp(time_s, 5.5, 1.2)
    lean = np.exp(-(((time_s - 2.0) / 0.35) ** 2)) + np.exp(-(((time_s - 5.5) / 0.35) ** 2))
    return Motion(time_s, height=0.55 + 0.435 * way, behind=0.4 * (1 - way), forward_lean_deg=5.0 + 30.0 * lean)


def _ramp(time_s: np.ndarray, start_s: float, way_s: float) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(np.pi * np.clip((time_s - start_s) / way_s, 0.0, 1.0))


# --- one leg --------------------------------------------------------------------------------------------------------


def step_down(stance: str = "left", *, reps: int = 3, inwards_deg: float = 0.0, rate_hz: float = 30.0) -> Motion:
    """Both feet on a step; the free heel is lowered to the floor in front and comes back."""
    starts_s = [1.5 + 3.0 * i for i in range(reps)]
    time_s = clock(starts_s[-1] + 3.5, rate_hz)
    bottom = dip(time_s, starts_s)
    # The weight goes over the standing leg before and comes back after.
    over = _ramp(time_s, 0.6, 0.7) - _ramp(time_s, time_s[-1] - 1.3, 0.7)
    free = "right" if stance == "left" else "left"
    return Motion(
        time_s,
        height=0.98 - 0.2 * bottom,
        behind=0.08 * bottom,
        aside=OUTWARDS[stance] * 0.09 * over,
        forward_lean_deg=15.0 * bottom,
        inwards_deg={stance: inwards_deg * bottom, free: 0.0},
        half_stance=0.11,
        foot_up={stance: 0.0, free: -0.18 * bottom},
        foot_forward={stance: 0.0, free: 0.18 * bottom},
    )


# --- walks ----------------------------------------------------------------------------------------------------------


def _gait(time_s: np.ndarray, ahead_per_s: float, lift: float = 0.08) -> Motion:
    """Steps at one place of a figure that goes ahead at a speed, as on a treadmill: planted feet slide back under it."""
    stance_s = GROUND * STRIDE_S
    up, forward = {}, {}
    for side, offset in zip(SIDES, (0.0, 0.5), strict=True):
        phase = (time_s / STRIDE_S + offset) % 1.0
        swing = np.clip((phase - GROUND) / (1.0 - GROUND), 0.0, 1.0)
        planted = 0.5 - phase / GROUND
        forward[side] = ahead_per_s * stance_s * np.where(phase < GROUND, planted, -0.5 * np.cos(np.pi * swing))
        up[side] = lift * np.sin(np.pi * swing)
    sway = 0.03 * np.sin(2 * np.pi * (time_s / STRIDE_S - 0.06))
    height = 0.95 + 0.015 * np.cos(4 * np.pi * (time_s / STRIDE_S - GROUND / 2))
    return Motion(time_s, height=height, aside=sway, half_stance=0.13, foot_up=up, foot_forward=forward)


def walk(duration_s: float = 5.0, *, start: float = -2.5) -> Motion:
    """A level walk straight ahead, from `start` leg lengths before the usual place."""
    time_s = clock(duration_s)
    return replace(_gait(time_s, WALK_PER_S), carried_forward=start + WALK_PER_S * time_s)


def march(duration_s: float = 8.0) -> Motion:
    """Steps on the spot, the feet lifted by a fifth of a leg length."""
    return _gait(clock(duration_s), 0.0, lift=0.2)


def treadmill(duration_s: float = 8.0) -> Motion:
    """A walk that stays where it is."""
    return _gait(clock(duration_s), WALK_PER_S)


def walk_in_and_squat(*, from_camera: bool = False, reps: int = 3) -> Motion:
    """Walks to the place, towards the camera or from the camera's side (then turning round), and squats there."""
    far = 2.2
    time_s = clock(far / WALK_PER_S)
    way = _gait(time_s, WALK_PER_S)
    left = far - WALK_PER_S * time_s
    there = {"carried_forward": 0.8 * left, "turned_deg": 180.0} if from_camera else {"carried_forward": -left}
    way = replace(way, **there)
    turning = clock(1.2)
    turn = Motion(turning, height=np.full(len(turning), 0.97), half_stance=0.13)
    if from_camera:
        turn = replace(turn, turned_deg=180.0 + 180.0 * _ramp(turning, 0.1, 1.0))
    rest = replace(squat(reps=reps), half_stance=0.13, turned_deg=360.0 if from_camera else 0.0)
    return after(way, turn, rest)


# --- what every activity looks like, for the contract that holds for all of them ---------------------------------------

#: Design, section 3, "Cycles": what a cycle is called, and whose it may be.
CYCLES = {
    "squat": ("rep", {"both"}),
    "single_leg_squat": ("rep", {"left", "right"}),
    "step_down": ("rep", {"left", "right"}),
    "sit_to_stand": ("rep", {"both"}),
    "stairs": ("step", {"left", "right"}),
    "cycling": ("turn", {"left", "right"}),
    "running": ("step", {"left", "right"}),
    "walking": ("step", {"left", "right"}),
}
SHOWN: dict[str, tuple[Motion, Camera]] = {
    "squat": (squat(), Camera()),
    "single_leg_squat": (single_leg(), Camera()),
    "step_down": (step_down(), Camera()),
    "sit_to_stand": (sit_to_stand(), Camera()),
    "stairs": (stairs(), Camera("back", distance=6.0, height=1.2)),
    "cycling": (cycling(), Camera()),
    "running": (runner(duration_s=5.0).motion, Camera("left")),
    "walking": (runner(**WALK, duration_s=5.0, rate_hz=30.0).motion, Camera("left")),
}
