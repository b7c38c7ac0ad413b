"""What each activity's body does: repetitions with their depth, knees, pelvis, lean and weight in; a Motion out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from samples.render.kinematics import OTHER, OUTWARDS, SIDES, Motion, Rig, settle

STILL_S: Final = 1.0


@dataclass(frozen=True)
class Rep:
    """One repetition at its extreme; standing is neutral. Depth is a share of leg length, weight the right side's share."""

    depth: float = 0.30
    #: How far the left and the right leg's plane is turned inwards.
    inwards_deg: tuple[float, float] = (0.0, 0.0)
    #: + the side opposite the standing leg (the left side on two legs) sinks.
    drop_deg: float = 0.0
    #: + towards the standing leg (to the right on two legs).
    lean_deg: float = 0.0
    weight_right: float = 0.5


@dataclass(frozen=True)
class Form:
    """How somebody does an activity."""

    reps: tuple[Rep, ...]
    rep_s: float = 2.0
    pause_s: float = 0.5
    #: Half the distance between the ankles, by half the distance between the hips.
    stance: float = 1.5
    toe_out_deg: float = 10.0
    forward_deg: float = 35.0
    #: The leg that stands, or starts.
    side: str = "left"
    down: bool = False
    arms: str = "hanging"
    rise_m: float = 0.16
    tread_m: float = 0.29
    crank_m: float = 0.165
    cadence_hz: float = 1.2
    seat_m: float = 0.44
    #: Nobody stands like a post.
    sway_m: float = 0.003


@dataclass(frozen=True)
class Scripted:
    """A motion, its repetitions [side, start_s, end_s, key_s], and what stands around: boxes by (min, max) corners."""

    motion: Motion
    repetitions: list[dict]
    boxes: list[tuple[tuple[float, float, float], tuple[float, float, float]]] = field(default_factory=list)
    bicycle: bool = False


def smooth(phase: np.ndarray) -> np.ndarray:
    """From 0 to 1 and level at both ends, for phases from 0 to 1."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(phase, 0.0, 1.0))


def bump(time_s: np.ndarray, start_s: float, length_s: float) -> np.ndarray:
    """0, 1 in the middle, 0: a repetition."""
    phase = np.clip((time_s - start_s) / length_s, 0.0, 1.0)
    return 0.5 - 0.5 * np.cos(2 * np.pi * phase)


def softened(values: np.ndarray, width_s: float, fps: float) -> np.ndarray:
    """The values under a bell curve of this standard deviation, the ends held."""
    half = int(np.ceil(3 * width_s * fps))
    bell = np.exp(-0.5 * (np.arange(-half, half + 1) / (width_s * fps)) ** 2)
    padded = np.pad(values, half, mode="edge")
    return np.convolve(padded, bell / bell.sum(), mode="valid")


def neutral(rig: Rig, form: Form, time_s: np.ndarray) -> Motion:
    """Quiet standing on both feet."""
    n = len(time_s)
    zero = np.zeros(n)
    half = form.stance * abs(rig.joint("left", "hip")[0])
    pelvis = np.tile([0.0, rig.ankle_height + 0.99 * rig.leg, -0.02], (n, 1))
    pelvis[:, 0] += form.sway_m * np.sin(2 * np.pi * 0.43 * time_s + half)
    pelvis[:, 2] += form.sway_m * np.sin(2 * np.pi * 0.31 * time_s + 3 * half)
    return Motion(
        time_s=time_s,
        pelvis=pelvis,
        ankle={side: np.tile([OUTWARDS[side] * half, rig.ankle_height, 0.0], (n, 1)) for side in SIDES},
        obliquity_deg=zero.copy(),
        lean_deg=zero.copy(),
        pitch_deg=zero.copy(),
        tilt_deg=zero.copy(),
        inwards_deg={side: zero.copy() for side in SIDES},
        toe_out_deg={side: np.full(n, form.toe_out_deg) for side in SIDES},
        toe_down_deg={side: zero.copy() for side in SIDES},
        down={side: np.ones(n, bool) for side in SIDES},
        level={side: np.zeros(n) for side in SIDES},
    )


def _standing_height(rig: Rig, form: Form) -> float:
    """Middle of the hips above the ankles with nearly straight legs."""
    aside = (form.stance - 1.0) * abs(rig.joint("left", "hip")[0])
    return float(np.sqrt((0.997 * rig.leg) ** 2 - aside**2 - 0.02**2))


def _hold_arms(rig: Rig, motion: Motion, form: Form, bend: np.ndarray) -> None:
    """Hands beside the body, or brought forward with the bend (0 to 1), or on the hips, or crossed."""
    arm = rig.length("shoulder", "elbow") + rig.length("elbow", "wrist")
    for side in SIDES:
        out = OUTWARDS[side]
        hanging = np.array([0.16 * out, -0.95, 0.08])
        target = {
            "hanging": hanging,
            "forward": np.array([0.05 * out, -0.12, 0.93]),
            "hips": np.array([0.10 * out, -0.80, 0.10]),
            "crossed": np.array([-0.42 * out, -0.36, 0.42]),
        }[form.arms]
        moving = bend[:, None] if form.arms == "forward" else 1.0
        motion.hand[side] = arm * (hanging + moving * (target - hanging)) + np.zeros((len(bend), 3))


def _weighted(motion: Motion, wave: np.ndarray, right_share: float) -> None:
    """Shift the pelvis so that about this share of the weight is over the right foot at the extreme."""
    apart = motion.ankle["left"][0, 0] - motion.ankle["right"][0, 0]
    motion.pelvis[:, 0] -= 1.05 * (right_share - 0.5) * apart * wave


def _dips(rig: Rig, motion: Motion, side: str, waves: list[np.ndarray]) -> list[dict]:
    """Repetitions by their definition: the hips leave their standing height by 3 % of leg length until they are back."""
    height, found = motion.pelvis[:, 1], []
    limit = np.median(height[motion.time_s < STILL_S]) - 0.03 * rig.leg
    for wave in waves:
        low = np.flatnonzero((height < limit) & (wave > 0))
        key = low[np.argmin(height[low])]
        found.append(_repetition(side, *(float(motion.time_s[i]) for i in (low[0], low[-1], key))))
    return found


def _repetition(side: str, start_s: float, end_s: float, key_s: float) -> dict:
    start_s, end_s, key_s = (round(float(moment_s), 4) for moment_s in (start_s, end_s, key_s))
    return {"side": side, "start_s": start_s, "end_s": end_s, "key_s": key_s}


def clock(length_s: float, fps: float) -> np.ndarray:
    """Times of the frames."""
    return np.arange(round(length_s * fps)) / fps


def squat(rig: Rig, form: Form, fps: float) -> Scripted:
    """Squats on both legs."""
    each_s = form.rep_s + form.pause_s
    motion = neutral(rig, form, clock(STILL_S + len(form.reps) * each_s, fps))
    motion.pelvis[:, 1] = rig.ankle_height + _standing_height(rig, form)
    waves = []
    for number, rep in enumerate(form.reps):
        wave = bump(motion.time_s, STILL_S + number * each_s, form.rep_s)
        waves.append(wave)
        motion.pelvis[:, 1] -= rep.depth * rig.leg * wave
        motion.pelvis[:, 2] -= 0.62 * rep.depth * rig.leg * wave
        motion.pitch_deg += form.forward_deg * rep.depth / 0.3 * wave
        motion.tilt_deg += 0.6 * form.forward_deg * rep.depth / 0.3 * wave
        motion.obliquity_deg += rep.drop_deg * wave
        motion.lean_deg += rep.lean_deg * wave
        for side, inwards in zip(SIDES, rep.inwards_deg, strict=True):
            motion.inwards_deg[side] += inwards * wave
        _weighted(motion, wave, rep.weight_right)
    _hold_arms(rig, motion, form, np.sum(waves, axis=0))
    settle(rig, motion)
    return Scripted(motion, _dips(rig, motion, "both", waves))


def single_leg_squat(rig: Rig, form: Form, fps: float) -> Scripted:
    """Squats on one leg, the other foot held behind; both feet down before and after."""
    stance, free, each_s = form.side, OTHER[form.side], form.rep_s + form.pause_s
    first_s = STILL_S + 0.8
    motion = neutral(rig, form, clock(first_s + len(form.reps) * each_s + 0.6, fps))
    last_s = motion.time_s[-1]
    lifted = smooth((motion.time_s - STILL_S) / 0.7) * smooth((last_s - 0.1 - motion.time_s) / 0.5)
    motion.pelvis[:, 1] = rig.ankle_height + _standing_height(rig, form) - 0.012 * rig.leg * lifted
    motion.pelvis[:, 0] += 0.8 * motion.ankle[stance][:, 0] * lifted
    motion.ankle[free] += np.outer(lifted, [-0.25 * motion.ankle[free][0, 0], 0.27 * rig.leg, -0.30 * rig.leg])
    motion.toe_down_deg[free] += 55.0 * lifted
    motion.down[free] = lifted < 1e-3
    waves = _one_leg(rig, motion, form, first_s)
    _hold_arms(rig, motion, form, np.sum(waves, axis=0))
    settle(rig, motion)
    return Scripted(motion, _dips(rig, motion, stance, waves))


def _one_leg(rig: Rig, motion: Motion, form: Form, first_s: float) -> list[np.ndarray]:
    """Dips on the standing leg; the waves, 0 to 1."""
    stance, waves = form.side, []
    towards_right = 1.0 if stance == "right" else -1.0
    for number, rep in enumerate(form.reps):
        wave = bump(motion.time_s, first_s + number * (form.rep_s + form.pause_s), form.rep_s)
        waves.append(wave)
        motion.pelvis[:, 1] -= rep.depth * rig.leg * wave
        motion.pelvis[:, 2] -= 0.35 * rep.depth * rig.leg * wave
        motion.pitch_deg += form.forward_deg * wave
        motion.tilt_deg += 0.5 * form.forward_deg * wave
        motion.obliquity_deg += towards_right * rep.drop_deg * wave
        motion.lean_deg += towards_right * rep.lean_deg * wave
        for side, inwards in zip(SIDES, rep.inwards_deg, strict=True):
            motion.inwards_deg[side] += inwards * wave
    return waves


def step_down(rig: Rig, form: Form, fps: float) -> Scripted:
    """Lowering the other foot's heel from a step to the floor in front, and back."""
    stance, free, each_s = form.side, OTHER[form.side], form.rep_s + form.pause_s
    motion = neutral(rig, form, clock(STILL_S + 0.5 + len(form.reps) * each_s + 0.4, fps))
    rise, reach = form.rise_m, 0.30
    motion.pelvis[:, 1] = rig.ankle_height + rise + _standing_height(rig, form)
    over = smooth((motion.time_s - STILL_S) / 0.5) * smooth((motion.time_s[-1] - motion.time_s) / 0.4)
    motion.pelvis[:, 0] += 0.8 * motion.ankle[stance][:, 0] * over
    for side in SIDES:
        motion.ankle[side][:, 1] += rise
        motion.level[side] += rise
    waves = _one_leg(rig, motion, form, STILL_S + 0.5)
    for number, wave in enumerate(waves):
        phase = (motion.time_s - STILL_S - 0.5 - number * each_s) / form.rep_s
        ahead = smooth(phase / 0.36) * smooth((1 - phase) / 0.36)
        lowered = smooth((phase - 0.16) / 0.34) * smooth((0.84 - phase) / 0.34)
        motion.ankle[free] += np.outer(ahead, [0.0, 0.05, reach]) - np.outer(lowered, [0.0, rise + 0.045, 0.0])
        motion.toe_down_deg[free] -= 8.0 * lowered
        motion.down[free] &= wave < 1e-3
    _hold_arms(rig, motion, form, np.sum(waves, axis=0))
    settle(rig, motion)
    edge = 0.8 * (rig.joint("left", "toe") - rig.joint("left", "ankle"))[2] + 0.06
    return Scripted(motion, _dips(rig, motion, stance, waves), [((-0.45, 0.0, -0.32), (0.45, rise, edge))])


def stairs(rig: Rig, form: Form, fps: float) -> Scripted:
    """Up or down with alternating feet, a repetition for every foot that stands while the other one swings."""
    swing_s, each_s, n_steps = 0.6, 0.8, len(form.reps)
    motion = neutral(rig, form, clock(STILL_S + n_steps * each_s + 0.4, fps))
    time_s, sign = motion.time_s, -1.0 if form.down else 1.0
    steps = {side: np.zeros_like(time_s) for side in SIDES}
    stands, repetitions = np.zeros_like(time_s), []
    for number, rep in enumerate(form.reps):
        stance = form.side if number % 2 == 0 else OTHER[form.side]
        swing, start_s = OTHER[stance], STILL_S + number * each_s
        _step(motion, form, swing, (time_s - start_s) / swing_s, 1 if number == 0 else 2, sign, steps)
        wave = bump(time_s, start_s - 0.1, each_s)
        towards_right = 1.0 if stance == "right" else -1.0
        motion.obliquity_deg += towards_right * rep.drop_deg * wave
        motion.lean_deg += towards_right * rep.lean_deg * wave
        stands -= towards_right * wave
        motion.inwards_deg[stance] += rep.inwards_deg[SIDES.index(stance)] * wave
        repetitions.append(_repetition(stance, start_s, start_s + swing_s, start_s + swing_s / 2))
    levels = np.stack([steps["left"], steps["right"]])
    bearing = levels.max(0) if form.down else levels.min(0)
    motion.pelvis[:, 1] = rig.ankle_height + 0.955 * rig.leg + sign * form.rise_m * bearing
    lean_in = 0.0 if form.down else 0.04 * smooth((time_s - STILL_S) / 0.4)
    motion.pelvis[:, 2] += form.tread_m * levels.mean(0) + lean_in
    motion.pelvis[:, 0] += 0.5 * abs(motion.ankle["left"][0, 0]) * stands
    motion.pitch_deg += (4.0 if form.down else 14.0) * smooth((time_s - STILL_S) / 0.4)
    motion.tilt_deg += 0.5 * motion.pitch_deg
    _hold_arms(rig, motion, form, np.zeros_like(time_s))
    _soft_settle(rig, motion, fps)
    return Scripted(motion, repetitions, _staircase(form, sign))


def _step(
    motion: Motion, form: Form, side: str, phase: np.ndarray, count: int, sign: float, steps: dict[str, np.ndarray]
) -> None:
    """One foot goes up or down by one or two steps: up first and then forward, or forward first and then down."""
    early, late = smooth(phase / 0.75), smooth((phase - 0.2) / 0.8)
    rises, goes = (early, late) if sign > 0 else (late, early)
    steps[side] += count * smooth(phase)
    lift = np.where((phase > 0) & (phase < 1), np.sin(np.pi * np.clip(phase, 0, 1)), 0.0)
    motion.ankle[side][:, 1] += sign * form.rise_m * count * rises + (0.07 if sign > 0 else 0.05) * lift
    motion.ankle[side][:, 2] += form.tread_m * count * goes
    motion.level[side] += sign * form.rise_m * count * (phase >= 1)
    motion.toe_down_deg[side] += (12.0 if sign > 0 else 20.0) * lift
    motion.down[side] &= (phase <= 0) | (phase >= 1)


def _soft_settle(rig: Rig, motion: Motion, fps: float) -> None:
    """Settle, with the pelvis' way smooth where it is lowered."""
    for _ in range(3):
        before = {side: way.copy() for side, way in motion.ankle.items()}
        settle(rig, motion)
        motion.ankle.update(before)
        motion.pelvis[:, 1] = softened(motion.pelvis[:, 1], 0.07, fps) - 0.004
    settle(rig, motion)


def _staircase(form: Form, sign: float) -> list:
    """Boxes under every foot, from the landing where the stairs begin to beyond the last foot."""
    count, lead = len(form.reps) + (1 if sign > 0 else 0), 0.4 * form.tread_m
    boxes = []
    if sign > 0:
        for level in range(1, count + 1):
            front = form.tread_m * level - 0.10
            boxes.append(((-0.6, 0.0, front), (0.6, form.rise_m * level, form.tread_m * (count + 2))))
        return boxes
    for level in range(count):
        top = -form.rise_m * level
        front = form.tread_m * level + 0.5 * form.tread_m + 0.5 * lead
        boxes.append(((-0.6, -form.rise_m * (count + 1), -1.2), (0.6, top, front)))
    return boxes


def cycling(rig: Rig, form: Form, fps: float) -> Scripted:
    """Pedalling on a trainer; every repetition given is one turn of both pedals."""
    # A film never starts at the top of a turn, nor ends there.
    turns, lead = len(form.reps), 0.25
    motion = neutral(rig, form, clock((turns + lead + 0.8) / form.cadence_hz, fps))
    time_s = motion.time_s
    turn = form.cadence_hz * time_s - lead
    number = np.clip(turn.astype(int), 0, turns - 1)
    centre = np.array([0.0, rig.ankle_height + 0.36, 0.02])
    for side, offset in zip(SIDES, (0.0, 0.5), strict=True):
        angle = 2 * np.pi * (turn + offset)
        motion.ankle[side] = np.stack(
            [
                np.full_like(time_s, OUTWARDS[side] * form.stance * abs(rig.joint("left", "hip")[0])),
                centre[1] + form.crank_m * np.cos(angle),
                centre[2] - 0.12 + form.crank_m * np.sin(angle),
            ],
            axis=1,
        )
        motion.down[side][:] = False
        motion.toe_down_deg[side] += 12.0 - 8.0 * np.sin(angle)
        pressed = 0.5 + 0.5 * np.sin(angle)
        inwards = np.array([rep.inwards_deg[SIDES.index(side)] for rep in form.reps])[number]
        motion.inwards_deg[side] += softened(inwards, 0.1, fps) * (0.35 + 0.65 * pressed)
    rocking = np.sin(2 * np.pi * turn)
    # The side whose pedal goes down sinks: the left's first.
    motion.obliquity_deg += softened(np.array([rep.drop_deg for rep in form.reps])[number], 0.1, fps) * rocking
    motion.lean_deg += softened(np.array([rep.lean_deg for rep in form.reps])[number], 0.1, fps) * -rocking
    lowest = centre[1] - form.crank_m
    motion.pelvis[:] = [0.0, lowest + 0.93 * rig.leg, centre[2] - 0.30]
    motion.pitch_deg += 38.0
    motion.tilt_deg += 26.0
    motion.hand_from_shoulder = False
    for side in SIDES:
        bar = [OUTWARDS[side] * 0.24, motion.pelvis[0, 1] + 0.12, motion.pelvis[0, 2] + 0.66]
        motion.hand[side] = np.tile(bar, (len(time_s), 1))
    settle(rig, motion)
    repetitions = []
    for side, offset in (("left", 0.0), ("right", 0.5)):
        tops = (np.arange(turns + 1) + offset + lead) / form.cadence_hz
        for start_s, end_s in pairwise(tops):
            repetitions.append(_repetition(side, start_s, end_s, start_s + 0.25 / form.cadence_hz))
    return Scripted(motion, sorted(repetitions, key=lambda r: r["start_s"]), bicycle=True)


def sit_to_stand(rig: Rig, form: Form, fps: float) -> Scripted:
    """Getting up from a seat, standing still, and sitting down again."""
    lean_s, rise_s, stand_s = 0.5, 1.1, 0.7
    each_s = 2 * (lean_s + rise_s) + stand_s - 0.2 + 0.3
    motion = neutral(rig, form, clock(STILL_S + len(form.reps) * each_s + 0.1, fps))
    time_s, repetitions = motion.time_s, []
    up, forward = np.zeros_like(time_s), np.zeros_like(time_s)
    for number, rep in enumerate(form.reps):
        start_s = STILL_S + number * each_s
        rise_at, sit_at = start_s + 0.6 * lean_s, start_s + 0.6 * lean_s + rise_s + stand_s
        rising, sitting = smooth((time_s - rise_at) / rise_s), smooth((time_s - sit_at) / rise_s)
        up += rising - sitting
        forward += bump(time_s, start_s, 2.2 * lean_s + 0.3) + bump(time_s, sit_at + 0.1, rise_s + 0.3)
        wave = bump(time_s, start_s + 0.1, rise_s + 0.5) + bump(time_s, sit_at, rise_s + 0.2)
        motion.obliquity_deg += rep.drop_deg * wave
        motion.lean_deg += rep.lean_deg * wave
        for side, inwards in zip(SIDES, rep.inwards_deg, strict=True):
            motion.inwards_deg[side] += inwards * wave
        _weighted(motion, wave, rep.weight_right)
        repetitions.append(_repetition("both", start_s, rise_at + rise_s, rise_at + rise_s / 2))
    standing, seated = rig.ankle_height + _standing_height(rig, form), form.seat_m + 0.095
    behind = 0.47 * rig.leg
    motion.pelvis[:, 1] = seated + (standing - seated) * up
    # Forward a little before up.
    motion.pelvis[:, 2] -= behind * (1 - smooth(1.15 * up))
    motion.pitch_deg += 4.0 + form.forward_deg * np.clip(forward, 0, 1)
    motion.tilt_deg += 0.6 * form.forward_deg * np.clip(forward, 0, 1) - 8.0 * (1 - up)
    _hold_arms(rig, motion, form, np.zeros_like(time_s))
    settle(rig, motion)
    back = -0.02 - behind
    seat = [((-0.23, form.seat_m - 0.05, back - 0.22), (0.23, form.seat_m, back + 0.2))]
    legs = [
        ((x, 0.0, z), (x + 0.04, form.seat_m - 0.05, z + 0.04))
        for x in (-0.22, 0.18)
        for z in (back - 0.2, back + 0.15)
    ]
    rest = [((-0.22, form.seat_m, back - 0.26), (0.22, form.seat_m + 0.42, back - 0.22))]
    return Scripted(motion, repetitions, seat + legs + rest)


SCRIPTS: Final[dict[str, Callable[[Rig, Form, float], Scripted]]] = {
    "squat": squat,
    "single_leg_squat": single_leg_squat,
    "step_down": step_down,
    "stairs": stairs,
    "cycling": cycling,
    "sit_to_stand": sit_to_stand,
}
