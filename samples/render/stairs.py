"""Stairs, up or down: a form in, a scripted motion out."""

import numpy as np

from samples.render.kinematics import OTHER, SIDES, Motion, Rig, settle
from samples.render.motions import (
    STILL_S,
    Form,
    Scripted,
    bump,
    clock,
    hold_arms,
    neutral,
    repetition,
    smooth,
    softened,
)


def stairs(rig: Rig, form: Form, fps: float) -> Scripted:
    """Up or down with alternating feet, a repetition for every foot that stands while the other one swings."""
    swing_s, each_s, n_steps = 0.6, 0.8, len(form.reps)
    motion = neutral(rig, form, clock(STILL_S + n_steps * each_s + 0.4 + form.after_s, fps))
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
        repetitions.append(repetition(stance, start_s, start_s + swing_s, start_s + swing_s / 2))
    levels = np.stack([steps["left"], steps["right"]])
    bearing = levels.max(0) if form.down else levels.min(0)
    motion.pelvis[:, 1] = rig.ankle_height + 0.955 * rig.leg + sign * form.rise_m * bearing
    lean_in = 0.0 if form.down else 0.04 * smooth((time_s - STILL_S) / 0.4)
    motion.pelvis[:, 2] += form.tread_m * levels.mean(0) + lean_in
    motion.pelvis[:, 0] += 0.5 * abs(motion.ankle["left"][0, 0]) * stands
    motion.pitch_deg += (4.0 if form.down else 14.0) * smooth((time_s - STILL_S) / 0.4)
    motion.tilt_deg += 0.5 * motion.pitch_deg
    hold_arms(rig, motion, form, np.zeros_like(time_s))
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
