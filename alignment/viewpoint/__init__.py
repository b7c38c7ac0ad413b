"""A cleaned track in; how the camera stands, and the body in its own frontal plane, out. Derived in docs/viewpoint.md.

The subject's axes: x to the subject's left, y up, z forward, lengths in leg lengths (thigh + shank when standing). The
azimuth is the direction of the camera around the subject: 0 in front, +90 on the subject's left, 180 behind.
"""

from math import erf, sqrt

import numpy as np

from alignment.geometry import turned
from alignment.result import Viewpoint
from alignment.track import Track
from alignment.viewpoint.azimuth import azimuth_of
from alignment.viewpoint.figure import middle_px, percentile, trunk_scale
from alignment.viewpoint.lengths import FOOT_PER_LEG, LEG_PER_TRUNK, LENGTH_ASSUMED_SE, LENGTH_SE, evened, lengths_of
from alignment.viewpoint.setup import (
    FOCAL_RELATIVE_SE,
    Anchor,
    Body,
    Setup,
    deviation_deg,
    doubts,
    facing_of,
    yaw_of,
)
from alignment.viewpoint.space import reconstruct

__all__ = [
    "LEG_PER_TRUNK",
    "LENGTH_ASSUMED_SE",
    "LENGTH_SE",
    "ROLL_UNKNOWN_SE_DEG",
    "Anchor",
    "Body",
    "Setup",
    "doubts",
    "estimate",
    "facing_of",
    "reconstruct",
    "trunk_scale",
    "yaw_of",
]

#: Focal length as a share of the picture's long side: 53° along it, between a phone's main lens with stabilisation
#: (60-69°) and a zoomed-in one (36°). The relative error covers both.
FOCAL_SHARE = 1.0
#: From the front the model draws the hips on the skin, this many leg lengths before the joints (rendered clips to tune
#: with, 17 of 4 bodies; 0.061-0.073 with each left out, 0.073 for lite). From aside that looks like a shift of the pelvis.
HIP_FRONT = 0.065
#: How closely a drawn thigh or shank keeps the length it has in standing, in leg lengths: the root mean square is 0.006 on
#: straight legs and 0.015 to 0.03 on bent ones, along which the drawn knee slides (rendered clips to tune with).
DRAWN_SE = 0.0125
#: A phone propped up by eye.
ROLL_UNKNOWN_SE_DEG, ROLL_GIVEN_SE_DEG = 3.0, 0.5


def estimate(track: Track, *, camera_roll_deg: float | None, anchor: Anchor) -> tuple[Viewpoint, Setup]:
    """How the camera stands, with standard errors, and what the reconstruction needs to know.

    `track` is cleaned. `camera_roll_deg` is + when the camera is turned anticlockwise as seen from behind it; None where
    no vertical is known.
    """
    roll_given = camera_roll_deg is not None
    roll_deg, roll_se_deg = camera_roll_deg or 0.0, ROLL_GIVEN_SE_DEG if roll_given else ROLL_UNKNOWN_SE_DEG
    lengths = lengths_of(track, anchor)
    azimuth_deg, azimuth_se_deg, varies = azimuth_of(track, lengths, roll_deg, roll_se_deg)
    facing = facing_of(azimuth_deg)
    focal_px = FOCAL_SHARE * max(track.source.width, track.source.height)
    setup = Setup(
        azimuth_deg=azimuth_deg,
        roll_deg=roll_deg,
        pitch_deg=0.0,
        focal_px=focal_px,
        aside_px=aside_px(track, roll_deg),
        foot=FOOT_PER_LEG,
        anchor=anchor,
        azimuth_se_deg=azimuth_se_deg,
        roll_se_deg=roll_se_deg,
        hip_front=HIP_FRONT if facing == "front" else 0.0,
        drawn_se=DRAWN_SE,
        **vars(lengths),
    )
    setup = evened(setup, track)
    probability = within(45.0, float(deviation_deg(azimuth_deg, facing)), azimuth_se_deg)
    view = Viewpoint(
        facing=facing,
        facing_probability=round(probability, 3),
        # + 0.0: no result says -0.
        yaw_deg=round(yaw_of(azimuth_deg), 1) + 0.0,
        yaw_se_deg=round(azimuth_se_deg, 1),
        yaw_varies=varies,
        roll_deg=setup.roll_deg,
        roll_se_deg=setup.roll_se_deg,
        roll_given=roll_given,
        pitch_deg=None,
        distance_leg_lengths=round(setup.distance, 1),
        distance_se=round(setup.distance * FOCAL_RELATIVE_SE, 1),
        vfov_deg=None,
        corrected=setup.frontal,
    )
    return view, setup


def aside_px(track: Track, roll_deg: float) -> float:
    """How far right of the picture's middle the hips usually are, with the roll undone."""
    middle = np.array([track.source.width, track.source.height]) / 2
    aside = turned(middle_px(track, "hip") - middle, -roll_deg)[:, 0]
    return percentile(aside, 50.0) if np.isfinite(aside).any() else 0.0


def within(limit: float, mean: float, se: float) -> float:
    """Probability that a normally distributed number lies between -limit and +limit."""
    upper, lower = (limit - mean) / (se * sqrt(2)), (-limit - mean) / (se * sqrt(2))
    return 0.5 * (erf(upper) - erf(lower))
