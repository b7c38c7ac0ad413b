"""A cleaned track in; how the camera stands, and the body in its own frontal plane, out. Derived in docs/viewpoint.md.

The subject's axes: x to the subject's left, y up, z forward, lengths in leg lengths (thigh + shank when standing). The
azimuth is the direction of the camera around the subject: 0 in front, +90 on the subject's left, 180 behind.
"""

from dataclasses import replace
from math import erf, hypot, sqrt

import numpy as np
from jaxtyping import Bool

from alignment.geometry import turned
from alignment.result import Viewpoint
from alignment.skeleton import index
from alignment.track import Track
from alignment.viewpoint.azimuth import azimuth_of
from alignment.viewpoint.figure import PAIR, middle_px, percentile, trunk_scale
from alignment.viewpoint.lengths import FOOT_PER_LEG, LEG_PER_TRUNK, LENGTH_ASSUMED_SE, LENGTH_SE, evened, lengths_of
from alignment.viewpoint.setup import (
    FOCAL_RELATIVE_SE,
    Anchor,
    Body,
    FreeFoot,
    Setup,
    deviation_deg,
    doubts,
    facing_of,
    yaw_of,
)
from alignment.viewpoint.space import reconstruct
from alignment.viewpoint.turning import TURN_DEG

__all__ = [
    "LEG_PER_TRUNK",
    "LENGTH_ASSUMED_SE",
    "LENGTH_SE",
    "ROLL_UNKNOWN_SE_DEG",
    "Anchor",
    "Body",
    "FreeFoot",
    "Setup",
    "counted",
    "doubts",
    "estimate",
    "facing_of",
    "held",
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
#: From the front the model draws the foot's tip towards the big toe: the base of the second toe lies this many leg lengths
#: outside of the line from the ankle to it (39 feet on the clips to tune with; lite 0.0065; people drawn at random 0.005).
TOE_ASIDE = 0.005
#: How closely a drawn thigh or shank keeps the length it has in standing, in leg lengths: the root mean square is 0.006 on
#: straight legs and 0.015 to 0.03 on bent ones, along which the drawn knee slides (rendered clips to tune with).
DRAWN_SE = 0.0125
#: A phone propped up by eye.
ROLL_UNKNOWN_SE_DEG, ROLL_GIVEN_SE_DEG = 3.0, 0.5


def estimate(
    track: Track, *, camera_roll_deg: float | None, anchor: Anchor, free_foot: FreeFoot = "held"
) -> tuple[Viewpoint, Setup]:
    """How the camera stands, with standard errors, and what the reconstruction needs to know.

    `track` is cleaned. `camera_roll_deg` is + when the camera is turned anticlockwise as seen from behind it; None where
    no vertical is known.
    """
    roll_given = camera_roll_deg is not None
    roll_deg, roll_se_deg = camera_roll_deg or 0.0, ROLL_GIVEN_SE_DEG if roll_given else ROLL_UNKNOWN_SE_DEG
    lengths = lengths_of(track, anchor)
    heading = azimuth_of(track, lengths, roll_deg, roll_se_deg)
    azimuth_deg, azimuth_se_deg, turn = heading.azimuth_deg, heading.se_deg, heading.turn
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
        free_foot=free_foot,
        azimuth_se_deg=azimuth_se_deg,
        roll_se_deg=roll_se_deg,
        turned_deg=turn.turned_deg if turn.real else 0.0,
        turned_se_deg=turn.se_deg if turn.real else 0.0,
        hip_front=HIP_FRONT if facing == "front" else 0.0,
        toe_aside=TOE_ASIDE if facing == "front" else 0.0,
        drawn_se=DRAWN_SE,
        **vars(lengths),
    )
    setup = evened(setup, track)
    view = Viewpoint(
        facing=facing,
        facing_probability=0.0,
        yaw_deg=0.0,
        yaw_se_deg=0.0,
        yaw_varies=False,
        roll_deg=setup.roll_deg,
        roll_se_deg=setup.roll_se_deg,
        roll_given=roll_given,
        pitch_deg=None,
        distance_leg_lengths=round(setup.distance, 1),
        distance_se=round(setup.distance * FOCAL_RELATIVE_SE, 1),
        vfov_deg=None,
        corrected=setup.frontal,
    )
    return counted(view, setup, np.ones(track.frames, dtype=bool)), setup


def counted(view: Viewpoint, setup: Setup, where: Bool[np.ndarray, " frames"]) -> Viewpoint:
    """The view with the yaw's mean over the frames that count, and whether the subject turns in them.

    The mean leaves out where the subject has turned away. Who only walks in from aside does not turn where it counts.
    """
    facing = facing_of(setup.azimuth_deg)
    chosen = where & ~setup.away
    varies = bool(setup.turns and where.any() and np.ptp(np.extract(where, setup.turned_deg)) >= TURN_DEG)
    turned_deg, turned_se_deg = (
        float(values[chosen].mean()) if setup.turns and chosen.any() else 0.0
        for values in (setup.turned_deg + np.zeros(len(where)), setup.turned_se_deg + np.zeros(len(where)))
    )
    azimuth_deg, se_deg = setup.azimuth_deg + turned_deg, hypot(setup.azimuth_se_deg, turned_se_deg)
    probability = within(45.0, float(deviation_deg(azimuth_deg, facing)), se_deg)
    # + 0.0: no result says -0.
    yaw_deg = round(yaw_of(azimuth_deg), 1) + 0.0
    return replace(
        view,
        facing_probability=round(probability, 3),
        yaw_deg=yaw_deg,
        yaw_se_deg=round(se_deg, 1),
        yaw_varies=varies,
    )


def held(setup: Setup, seen: Track, moved: Track) -> Setup:
    """The setup that `seen` gave, for the same track with landmarks that a person moved.

    Camera, lengths and which foot stands stay as the whole film tells them, so that what is moved in one repetition
    changes no other. Where the figure has a size of its own in every frame (stairs), it follows its trunk there.
    """
    scale = setup.scale
    if setup.anchor == "nothing":
        size = trunk_scale(moved, usual=seen)
        scale = np.where(np.isfinite(size), size, scale)
    middle = np.array([seen.source.width, seen.source.height]) / 2
    return replace(setup, scale=scale, ankles_px=seen.pixels[:, index(PAIR["ankle"])] - middle)


def aside_px(track: Track, roll_deg: float) -> float:
    """How far right of the picture's middle the hips usually are, with the roll undone."""
    middle = np.array([track.source.width, track.source.height]) / 2
    aside = turned(middle_px(track, "hip") - middle, -roll_deg)[:, 0]
    return percentile(aside, 50.0) if np.isfinite(aside).any() else 0.0


def within(limit: float, mean: float, se: float) -> float:
    """Probability that a normally distributed number lies between -limit and +limit."""
    upper, lower = (limit - mean) / (se * sqrt(2)), (-limit - mean) / (se * sqrt(2))
    return 0.5 * (erf(upper) - erf(lower))
