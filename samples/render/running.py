"""Running and walking: a gait in, a scripted motion out. The hips fall freely while both feet are in the air."""

from typing import Final

import numpy as np

from samples.render.kinematics import OUTWARDS, SIDES, Motion, Rig, settle
from samples.render.motions import Form, Gait, Scripted, clock, neutral, repetition

GRAVITY: Final = 9.81
#: Seconds in which a foot that landed on its heel or its toes is flat; how far its heel has risen when it leaves.
FLAT_S, OFF_DEG = 0.06, 50.0
#: Behind the ankle a heel rolls here, in metres.
HEEL_M: Final = 0.045
#: When the left and the right foot land, in strides.
OFFSETS: Final = {"left": 0.31, "right": 0.81}


def gait(rig: Rig, form: Form, fps: float) -> Scripted:
    """A run or a walk on the spot, as on a treadmill, or past the camera; a repetition for every whole stance."""
    how = form.gait
    if how is None:
        raise ValueError("a gait is needed")
    motion = neutral(rig, form, clock(how.length_s, fps))
    time_s, step_s = motion.time_s, 60.0 / how.cadence
    repetitions = []
    motion.pelvis[:] = [0.0, 0.0, 0.0]
    for side in SIDES:
        since = (time_s / (2 * step_s) - OFFSETS[side]) % 1.0 * 2 * step_s
        _leg(rig, motion, how, side, since)
        landings = (np.arange(-1, how.length_s / (2 * step_s) + 1) + OFFSETS[side]) * 2 * step_s
        for start_s in landings:
            if start_s >= 0 and start_s + how.contact_s <= time_s[-1]:
                repetitions.append(repetition(side, start_s, start_s + how.contact_s, start_s + how.contact_s / 2))
    motion.pelvis[:, 1] = rig.ankle_height + rig.leg * _height(time_s, how, rig.leg)
    motion.pitch_deg += how.forward_deg
    motion.tilt_deg += 0.5 * how.forward_deg
    _swing_arms(rig, motion, how)
    if how.passing:
        way = how.speed * rig.leg * (time_s - time_s[-1] / 2)
        motion.pelvis[:, 2] += way
        for side in SIDES:
            motion.ankle[side][:, 2] += way
    settle(rig, motion)
    return Scripted(motion, sorted(repetitions, key=lambda one: one["start_s"]))


def _leg(rig: Rig, motion: Motion, how: Gait, side: str, since: np.ndarray) -> None:
    """A foot's way, and what pelvis, trunk and knee do over it while it stands."""
    stride_s, foot_deg = 120.0 / how.cadence, how.foot_deg[SIDES.index(side)]
    stands = since < how.contact_s
    on_ground = _stance(rig, how, foot_deg, since)
    in_air = _swing(rig, how, foot_deg, since, stride_s)
    forward, up, pitch = (np.where(stands, one, other) for one, other in zip(on_ground, in_air, strict=True))
    motion.ankle[side][:] = np.stack(
        [np.full_like(forward, OUTWARDS[side] * how.aside * rig.leg), rig.ankle_height + up, forward], axis=1
    )
    motion.toe_down_deg[side] = -pitch
    # While the heel rises the toes stay on the ground, and come back under the foot in the air.
    motion.toes_up_deg[side] = np.where(
        stands, np.clip(-pitch, 0.0, None), OFF_DEG * np.exp(-(since - how.contact_s) / 0.05)
    )
    motion.down[side][:] = stands
    middle = np.where(stands, np.sin(np.pi * since / how.contact_s), 0.0) ** 2
    towards_right = 1.0 if side == "right" else -1.0
    motion.obliquity_deg += towards_right * how.drop_deg * middle
    motion.lean_deg += towards_right * how.lean_deg * middle
    motion.inwards_deg[side] += how.inwards_deg[SIDES.index(side)] * middle


def _pivot(rig: Rig, pitch_deg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far forward and up, in metres, the ankle of a foot is that turns over its heel or its toes' bases."""
    toe_m = rig.joint("left", "toe")[2] - rig.joint("left", "ankle")[2]
    pitch, ahead = np.radians(pitch_deg), np.where(np.asarray(pitch_deg) > 0, HEEL_M, -toe_m)
    forward = np.cos(pitch) * ahead - np.sin(pitch) * rig.ankle_height - ahead
    return forward, np.cos(pitch) * rig.ankle_height + np.sin(pitch) * ahead - rig.ankle_height


def _stance(rig: Rig, how: Gait, foot_deg: float, since: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Forward and up in metres, and pitch, of a foot on the ground that goes back under the body."""
    early = np.clip(1 - since / FLAT_S, 0.0, 1.0)
    late = np.clip((since / how.contact_s - 0.5) / 0.5, 0.0, 1.0)
    pitch = foot_deg * early**1.5 - OFF_DEG * late**2
    landing, _ = _pivot(rig, np.array(float(foot_deg)))
    forward, up = _pivot(rig, pitch)
    return how.ahead * rig.leg + forward - landing - how.speed * rig.leg * since, up, pitch


def _swing(
    rig: Rig, how: Gait, foot_deg: float, since: np.ndarray, stride_s: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same of a foot in the air: it leaves with the ground and comes down faster than that."""
    whole_s, tick_s = stride_s - how.contact_s, 1e-4
    share = np.clip((since - how.contact_s) / whole_s, 0.0, 1.0)
    leaving = _stance(rig, how, foot_deg, np.array([how.contact_s - tick_s, how.contact_s]))
    landing = _stance(rig, how, foot_deg, np.array([0.0]))
    ways = []
    for off, on, on_speed, raised, again in zip(
        leaving,
        landing,
        (-0.6 * how.speed * rig.leg, -0.9 * rig.leg, 0.0),
        (0.0, how.lift * rig.leg, -30.0),
        (0.0, how.second_peak * rig.leg, 0.0),
        strict=True,
    ):
        off_speed = (off[1] - off[0]) / tick_s
        way = _hermite(share, off[1], on[0], off_speed * whole_s, on_speed * whole_s)
        late = np.clip((share - 0.6) / 0.4, 0.0, 1.0)
        ways.append(way + raised * np.sin(np.pi * share) ** 2 + again * np.sin(np.pi * late) ** 2)
    return ways[0], ways[1], ways[2]


def _hermite(share: np.ndarray, start: float, end: float, start_speed: float, end_speed: float) -> np.ndarray:
    """A cubic way with given ends and speeds there."""
    square, cube = share**2, share**3
    return (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + share) * start_speed
        + (3 * square - 2 * cube) * end
        + (cube - square) * end_speed
    )


def _height(time_s: np.ndarray, how: Gait, leg_m: float) -> np.ndarray:
    """Height of the hips over flat ankles, in leg lengths: a spring on the ground, a throw in the air, a vault in a walk."""
    step_s = 60.0 / how.cadence
    since = (time_s / step_s - 2 * OFFSETS["left"]) % 1.0 * step_s
    flight_s = step_s - how.contact_s
    if flight_s <= 0:
        return 0.925 + 0.02 * np.cos(2 * np.pi * (since / step_s - 0.5 * how.contact_s / step_s))
    rise = GRAVITY / leg_m * flight_s / 2
    dip, air = rise * how.contact_s / np.pi, since - how.contact_s
    spring = -dip * np.sin(np.pi * np.clip(since / how.contact_s, 0.0, 1.0))
    return 0.93 + np.where(air < 0, spring, rise * air - GRAVITY / leg_m * air**2 / 2)


def _swing_arms(rig: Rig, motion: Motion, how: Gait) -> None:
    """Bent arms that swing against the legs."""
    arm = rig.length("shoulder", "elbow") + rig.length("elbow", "wrist")
    stride_s = 120.0 / how.cadence
    for side in SIDES:
        out = OUTWARDS[side]
        swing = np.cos(2 * np.pi * (motion.time_s / stride_s - OFFSETS[side] - 0.5))
        zero = np.zeros_like(swing)
        motion.hand[side] = arm * np.stack([zero - 0.12 * out, -0.52 + 0.08 * swing, 0.26 + 0.26 * swing], axis=1)
