"""Squats on both legs and on one, and steps down: a form in, a scripted motion out."""

import numpy as np

from samples.render.kinematics import OTHER, SIDES, Motion, Rig, settle
from samples.render.motions import (
    STILL_S,
    Form,
    Scripted,
    bump,
    clock,
    dips,
    hold_arms,
    neutral,
    shift_weight,
    smooth,
    standing_height,
)


def squat(rig: Rig, form: Form, fps: float) -> Scripted:
    """Squats on both legs."""
    each_s = form.rep_s + form.pause_s
    motion = neutral(rig, form, clock(STILL_S + len(form.reps) * each_s, fps))
    motion.pelvis[:, 1] = rig.ankle_height + standing_height(rig, form)
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
        shift_weight(motion, wave, rep.weight_right)
    hold_arms(rig, motion, form, np.sum(waves, axis=0))
    settle(rig, motion)
    return Scripted(motion, dips(rig, motion, "both", waves))


def single_leg_squat(rig: Rig, form: Form, fps: float) -> Scripted:
    """Squats on one leg, the other foot held behind; both feet down before and after."""
    stance, free, each_s = form.side, OTHER[form.side], form.rep_s + form.pause_s
    first_s = STILL_S + 0.8
    motion = neutral(rig, form, clock(first_s + len(form.reps) * each_s + 0.6, fps))
    last_s = motion.time_s[-1]
    lifted = smooth((motion.time_s - STILL_S) / 0.7) * smooth((last_s - 0.1 - motion.time_s) / 0.5)
    motion.pelvis[:, 1] = rig.ankle_height + standing_height(rig, form) - 0.012 * rig.leg * lifted
    motion.pelvis[:, 0] += 0.8 * motion.ankle[stance][:, 0] * lifted
    motion.ankle[free] += np.outer(lifted, [-0.25 * motion.ankle[free][0, 0], 0.27 * rig.leg, -0.30 * rig.leg])
    motion.toe_down_deg[free] += 55.0 * lifted
    motion.down[free] = lifted < 1e-3
    waves = _one_leg(rig, motion, form, first_s)
    hold_arms(rig, motion, form, np.sum(waves, axis=0))
    settle(rig, motion)
    return Scripted(motion, dips(rig, motion, stance, waves))


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
    motion.pelvis[:, 1] = rig.ankle_height + rise + standing_height(rig, form)
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
    hold_arms(rig, motion, form, np.sum(waves, axis=0))
    settle(rig, motion)
    edge = 0.8 * (rig.joint("left", "toe") - rig.joint("left", "ankle"))[2] + 0.06
    return Scripted(motion, dips(rig, motion, stance, waves), [((-0.45, 0.0, -0.32), (0.45, rise, edge))])
