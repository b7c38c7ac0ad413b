"""A stick figure that runs, with known contacts and toe-offs: the truth that tests of running start from.

Lengths in leg lengths, as in `synthetic`. The hips follow gravity while both feet are in the air. A foot lands on heel or
toes, rolls flat, rolls off over its toes and swings through; while it stands it goes back with the ground.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from alignment.core.skeleton import SIDES
from tests.synthetic import ANKLE_HEIGHT, FOOT, HEEL_TO_TOE, Motion, clock

#: Of somebody whose legs are 0.85 m long.
GRAVITY = 9.81 / 0.85
_AHEAD = float(np.sqrt(FOOT**2 - (ANKLE_HEIGHT / 2) ** 2))
#: Behind and before the ankle: where a heel and the tip of a foot meet the ground.
_HEEL, _TOE = _AHEAD - HEEL_TO_TOE, _AHEAD
#: Seconds in which a foot that landed becomes flat; how far it has turned, toes down, when it leaves the ground.
FLAT_S, OFF_DEG = 0.06, 50.0
#: A walk.
WALK = {"contact_s": 0.68, "cadence": 110.0, "speed": 1.05, "ahead": 0.3}


@dataclass(frozen=True)
class Runner:
    """A run with its truth: by side the seconds of initial contact and toe-off, in order; and what holds throughout."""

    motion: Motion
    contacts_s: dict[str, np.ndarray] = field(default_factory=dict)
    toe_offs_s: dict[str, np.ndarray] = field(default_factory=dict)
    cadence: float = 0.0
    contact_s: float = 0.0
    foot_deg: float = 0.0
    overstride_pct: float = 0.0
    oscillation_pct: float = 0.0


def runner(
    *,
    cadence: float = 168.0,
    contact_s: float = 0.25,
    foot_deg: float = 12.0,
    ahead: float = 0.2,
    speed: float = 2.8,
    duration_s: float = 10.0,
    rate_hz: float = 60.0,
    passing: bool = False,
    slowed: float = 1.0,
    right_step: float = 0.5,
    aside: float = 0.06,
) -> Runner:
    """A run on a treadmill, or past the camera; `slowed` times slower in the film, as a slow-motion film plays.

    `foot_deg` is the foot's angle at contact against its flat one, + toes up; `ahead` how far the ankle is before the hips
    then. With a contact longer than half a stride it is a walk. The right step takes this share of a stride; each foot
    stands so far beside the middle.
    """
    time_s = clock(duration_s, rate_hz) / slowed
    step_s = 60.0 / cadence
    stride_s = 2 * step_s
    up, forward, pitch = {}, {}, {}
    contacts, offs = {}, {}
    for side, offset in zip(SIDES, (0.31, 1.31 - right_step), strict=True):
        since = (time_s / stride_s + offset) % 1.0 * stride_s
        place = _stance(since, contact_s, foot_deg, ahead, speed)
        swing = _swing(since, contact_s, stride_s, foot_deg, ahead, speed)
        standing = since < contact_s
        forward[side], up[side], pitch[side] = (
            np.where(standing, one, other) for one, other in zip(place, swing, strict=True)
        )
        strides = np.arange(-1, time_s[-1] / stride_s + 2)
        first = (strides - offset) * stride_s
        contacts[side] = slowed * first[(first >= 0) & (first <= time_s[-1])]
        ends = first + contact_s
        offs[side] = slowed * ends[(ends >= 0) & (ends <= time_s[-1])]
    height, oscillation = _bounce(time_s, step_s, contact_s, 0.31)
    motion = Motion(
        slowed * time_s,
        height=height,
        half_stance=aside,
        forward_lean_deg=6.0,
        foot_up=up,
        foot_forward=forward,
        foot_pitch_deg=pitch,
        carried_forward=speed * (time_s - time_s[-1] / 2) if passing else 0.0,
    )
    return Runner(motion, contacts, offs, cadence / slowed, slowed * contact_s, foot_deg, 100 * ahead, oscillation)


def noisy(run: Runner, ahead: float) -> Runner:
    """The same with the hips swaying forwards and back by so much with every step."""
    sway = ahead * np.sin(2 * np.pi * run.cadence / 60.0 * run.motion.time_s)
    return replace(run, motion=replace(run.motion, forward=sway))


def _pivot(pitch_deg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far forward and up the ankle is from its flat place, of a foot that turns over its heel or its toes."""
    pitch = np.radians(pitch_deg)
    ahead = -np.where(pitch > 0, _HEEL, _TOE)
    return (
        np.cos(pitch) * ahead - np.sin(pitch) * ANKLE_HEIGHT - ahead,
        np.cos(pitch) * ANKLE_HEIGHT + np.sin(pitch) * ahead - ANKLE_HEIGHT,
    )


def _stance(since, contact_s, foot_deg, ahead, speed):
    """Forward, up and pitch of a foot on the ground."""
    late = np.clip((since / contact_s - 0.5) / 0.5, 0.0, 1.0)
    early = np.clip(1 - since / FLAT_S, 0.0, 1.0)
    pitch = foot_deg * early**1.5 - OFF_DEG * late**2
    start, _ = _pivot(np.array(float(foot_deg)))
    way, up = _pivot(pitch)
    return ahead - start + way - speed * since, up, pitch


def _swing(since, contact_s, stride_s, foot_deg, ahead, speed):
    """Forward, up and pitch of a foot in the air: it leaves with the ground's speed and comes down short of it."""
    whole = stride_s - contact_s
    share = np.clip((since - contact_s) / whole, 0.0, 1.0)
    step = 1e-4
    off = [np.array(one) for one in _stance(np.array([contact_s - step, contact_s]), contact_s, foot_deg, ahead, speed)]
    land = [float(one[0]) for one in _stance(np.array([0.0]), contact_s, foot_deg, ahead, speed)]
    speeds = (-0.6 * speed, -0.9, 0.0)
    raised = (0.0, 0.32, -30.0)
    found = []
    for one, end, end_speed, more in zip(off, land, speeds, raised, strict=True):
        begin_speed = (one[1] - one[0]) / step
        curve = _hermite(share, one[1], end, begin_speed * whole, end_speed * whole)
        found.append(curve + more * np.sin(np.pi * share) ** 2)
    return found


def _hermite(share, start, end, start_speed, end_speed):
    square, cube = share**2, share**3
    return (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + share) * start_speed
        + (3 * square - 2 * cube) * end
        + (cube - square) * end_speed
    )


def _bounce(time_s, step_s, contact_s, offset):
    """Height of the hips over the flat ankles, and how far they go up and down, in % of a leg."""
    since = (time_s / step_s + 2 * offset) % 1.0 * step_s
    flight_s = step_s - contact_s
    if flight_s <= 0:
        # A walk goes over its legs: highest in the middle of a stance.
        return 0.92 + 0.02 * np.cos(2 * np.pi * (since - contact_s / 2) / step_s), 4.0
    rise = GRAVITY * flight_s / 2
    dip = rise * contact_s / np.pi
    air = since - contact_s
    height = 0.93 + np.where(
        since < contact_s, -dip * np.sin(np.pi * since / contact_s), rise * air - GRAVITY * air**2 / 2
    )
    return height, 100 * (dip + rise * flight_s / 4)
