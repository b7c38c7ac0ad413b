"""Pedalling on a trainer: a form in, a scripted motion out."""

from itertools import pairwise

import numpy as np

from samples.render.kinematics import OUTWARDS, SIDES, Motion, Rig, settle
from samples.render.motions import Form, Scripted, clock, neutral, repetition, softened


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
        inwards = np.array([rep.inwards_deg[SIDES.index(side)] for rep in form.reps])[number]
        _pedal(rig, motion, form, side, 2 * np.pi * (turn + offset), centre, softened(inwards, 0.1, fps))
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
            repetitions.append(repetition(side, start_s, end_s, start_s + 0.25 / form.cadence_hz))
    return Scripted(motion, sorted(repetitions, key=lambda r: r["start_s"]), bicycle=True)


def _pedal(
    rig: Rig, motion: Motion, form: Form, side: str, angle: np.ndarray, centre: np.ndarray, inwards_deg: np.ndarray
) -> None:
    """One foot goes round; its knee is turned inwards most when it presses."""
    motion.ankle[side] = np.stack(
        [
            np.full_like(angle, OUTWARDS[side] * form.stance * abs(rig.joint("left", "hip")[0])),
            centre[1] + form.crank_m * np.cos(angle),
            centre[2] - 0.12 + form.crank_m * np.sin(angle),
        ],
        axis=1,
    )
    motion.down[side][:] = False
    motion.toe_down_deg[side] += 12.0 - 8.0 * np.sin(angle)
    motion.inwards_deg[side] += inwards_deg * (0.675 + 0.325 * np.sin(angle))
