"""A cleaned track in; how the camera stands, and the body in its own frontal plane, out. Derived in docs/viewpoint.md.

The subject's axes: x to the subject's left, y up, z forward, lengths in leg lengths (thigh + shank when standing). The
azimuth is the direction of the camera around the subject: 0 in front, +90 on the subject's left, 180 behind.
"""

from dataclasses import replace
from math import erf, hypot, sqrt

import numpy as np

from alignment.core.calibration import Calibration
from alignment.core.result import Viewpoint, leg_m_of
from alignment.core.settings import Settings
from alignment.core.track import Flags, Track
from alignment.core.viewpoint.azimuth import heading_of
from alignment.core.viewpoint.body import Body
from alignment.core.viewpoint.camera import FOCAL_RELATIVE_SE, ROLL_UNKNOWN_SE_DEG, Camera, camera_of, levelled
from alignment.core.viewpoint.depression import with_pitch
from alignment.core.viewpoint.heading import Heading, deviation_deg, facing_of, yaw_of
from alignment.core.viewpoint.lengths import LEG_PER_TRUNK, LENGTH_ASSUMED_SE, Lengths, equalize_legs, lengths_of
from alignment.core.viewpoint.level_feet import with_level_feet
from alignment.core.viewpoint.pelvis import Pelvis, pelvis_of
from alignment.core.viewpoint.setup import LEG_M, DrawnOffsets, Setup, perturbations, sees_depth, with_moved_landmarks
from alignment.core.viewpoint.space import picture_of, reconstruct
from alignment.core.viewpoint.stance import (
    BOTH_FEET,
    LENGTH_SE,
    LEVEL_GROUND,
    ONE_FOOT,
    ONE_FOOT_ON_STEP,
    SADDLE,
    STAIRS,
    Stance,
)
from alignment.core.viewpoint.subject_turn import TURN_DEG

KM_H_PER_M_S = 3.6

__all__ = [
    "BOTH_FEET",
    "LEG_PER_TRUNK",
    "LENGTH_ASSUMED_SE",
    "LENGTH_SE",
    "LEVEL_GROUND",
    "ONE_FOOT",
    "ONE_FOOT_ON_STEP",
    "ROLL_UNKNOWN_SE_DEG",
    "SADDLE",
    "STAIRS",
    "Body",
    "Pelvis",
    "Setup",
    "Stance",
    "estimate",
    "facing_of",
    "pelvis_of",
    "perturbations",
    "picture_of",
    "reconstruct",
    "viewpoint_of",
    "with_joints",
    "with_moved_landmarks",
    "yaw_of",
]


def estimate(
    track: Track, stance: Stance, calibration: Calibration, settings: Settings, *, roll_varies_deg: float = 0.0
) -> Setup:
    """How the camera stands and how large the subject is, with standard errors: all that the reconstruction needs.

    `track` is cleaned; the camera's roll varies by this standard deviation in the course of it.
    """
    camera = camera_of(track, settings.camera_roll_deg, roll_varies_deg)
    lengths = lengths_of(track, stance)
    heading = heading_of(track, calibration, lengths, camera.roll_deg, camera.roll_se_deg)
    camera = with_pitch(camera, track, lengths, heading, stance, calibration)
    return _setup(track, camera, heading, stance, calibration, settings)


def with_joints(
    setup: Setup, track: Track, calibration: Calibration, settings: Settings, *, roll_varies_deg: float = 0.0
) -> Setup:
    """The setup for the same film with its joints read anew: the heading stays, all else is what these joints tell.

    `calibration` is what is known of this reading.
    """
    camera = camera_of(track, settings.camera_roll_deg, roll_varies_deg)
    stance, heading = setup.stance, setup.heading
    camera = with_pitch(camera, track, lengths_of(track, stance), heading, stance, calibration)
    return _setup(track, camera, heading, stance, calibration, settings)


def _setup(
    track: Track, camera: Camera, heading: Heading, stance: Stance, calibration: Calibration, settings: Settings
) -> Setup:
    looking_down = replace(camera, pitch_deg=camera.pitch_deg + camera.pitch_se_deg)
    lengths, pitched = (_lengths(track, one, heading, stance, calibration) for one in (camera, looking_down))
    offsets = DrawnOffsets()
    if heading.facing == "front":
        offsets = DrawnOffsets(calibration.hip_front, calibration.toe_aside)
    leg_m = leg_m_of(settings.height_m) or LEG_M
    belt_m_s = None if settings.belt_km_h is None else settings.belt_km_h / KM_H_PER_M_S
    setup = Setup(camera, heading, lengths, stance, calibration, offsets, pitched, leg_m=leg_m, belt_m_s=belt_m_s)
    return with_level_feet(setup, track)


def _lengths(track: Track, camera: Camera, heading: Heading, stance: Stance, calibration: Calibration) -> Lengths:
    """The subject's lengths for a camera with this pitch."""
    seen = levelled(track, camera)
    lengths = replace(lengths_of(seen, stance), foot=calibration.foot)
    if not sees_depth(camera, heading):
        return lengths
    distance = camera.focal_px / lengths.leg_px
    return equalize_legs(lengths, seen, heading.azimuths_deg + camera.bearing_deg, distance)


def viewpoint_of(setup: Setup, counted: Flags | None = None) -> Viewpoint:
    """Where the camera stood: the yaw's mean over the frames that count, and whether the subject turns in them.

    The mean leaves out where the subject has turned away. Who only walks in from aside does not turn where it counts.
    All frames count where none are named.
    """
    camera, heading, turn = setup.camera, setup.heading, setup.heading.turn
    where = np.ones(len(turn.turned_deg), dtype=bool) if counted is None else counted
    chosen = where & ~heading.away
    varies = bool(turn.real and where.any() and np.ptp(turn.turned_deg[where]) >= TURN_DEG)
    turned_deg, turned_se_deg = (
        float(values[chosen].mean()) if turn.real and chosen.any() else 0.0 for values in (turn.turned_deg, turn.se_deg)
    )
    azimuth_deg, se_deg = heading.azimuth_deg + turned_deg, hypot(heading.se_deg, turned_se_deg)
    return Viewpoint(
        facing=heading.facing,
        facing_probability=round(_within(45.0, deviation_deg(azimuth_deg, heading.facing), se_deg), 3),
        # + 0.0: no result says -0.
        yaw_deg=round(yaw_of(azimuth_deg), 1) + 0.0,
        yaw_se_deg=round(se_deg, 1),
        yaw_varies=varies,
        roll_deg=round(camera.roll_deg, 1) + 0.0,
        roll_se_deg=round(camera.roll_se_deg, 1),
        roll_given=camera.roll_given,
        distance_leg_lengths=round(setup.distance, 1),
        distance_se=round(setup.distance * FOCAL_RELATIVE_SE, 1),
        corrected=heading.frontal,
        pitch_deg=round(camera.pitch_deg, 1) + 0.0,
        pitch_se_deg=round(camera.pitch_se_deg, 1),
    )


def _within(limit: float, mean: float, se: float) -> float:
    """Probability that a normally distributed number lies between -limit and +limit."""
    upper, lower = (limit - mean) / (se * sqrt(2)), (-limit - mean) / (se * sqrt(2))
    return 0.5 * (erf(upper) - erf(lower))
