"""Getting up from a chair: a form in, a scripted motion out."""

import numpy as np

from samples.render.kinematics import SIDES, Rig, settle
from samples.render.motions import (
    STILL_S,
    Form,
    Scripted,
    bump,
    clock,
    hold_arms,
    neutral,
    repetition,
    shift_weight,
    smooth,
    standing_height,
)


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
        shift_weight(motion, wave, rep.weight_right)
        repetitions.append(repetition("both", start_s, rise_at + rise_s, rise_at + rise_s / 2))
    standing, seated = rig.ankle_height + standing_height(rig, form), form.seat_m + 0.095
    behind = 0.47 * rig.leg
    motion.pelvis[:, 1] = seated + (standing - seated) * up
    # Forward a little before up.
    motion.pelvis[:, 2] -= behind * (1 - smooth(1.15 * up))
    motion.pitch_deg += 4.0 + form.forward_deg * np.clip(forward, 0, 1)
    motion.tilt_deg += 0.6 * form.forward_deg * np.clip(forward, 0, 1) - 8.0 * (1 - up)
    hold_arms(rig, motion, form, np.zeros_like(time_s))
    settle(rig, motion)
    return Scripted(motion, repetitions, _chair(form.seat_m, -0.02 - behind))


def _chair(seat_m: float, back_m: float) -> list:
    """Boxes of a chair for hips that are this far back."""
    seat = [((-0.23, seat_m - 0.05, back_m - 0.22), (0.23, seat_m, back_m + 0.2))]
    legs = [
        ((x, 0.0, z), (x + 0.04, seat_m - 0.05, z + 0.04)) for x in (-0.22, 0.18) for z in (back_m - 0.2, back_m + 0.15)
    ]
    rest = [((-0.22, seat_m, back_m - 0.26), (0.22, seat_m + 0.42, back_m - 0.22))]
    return seat + legs + rest
