"""What is known of camera and body while one film is measured, and how surely: `Setup` and `Body`."""

from dataclasses import dataclass, replace
from math import atan2, cos, degrees, radians
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from alignment.geometry import wrapped_angle_deg
from alignment.result import Facing
from alignment.skeleton import INDEX, SIDES, Side

#: What stays at one depth: the planted feet, the pelvis on a saddle, or nothing (a walk on stairs).
Anchor = Literal["feet", "pelvis", "nothing"]

#: The focal length is assumed; its relative error covers a phone's main lens and a zoomed-in one.
FOCAL_RELATIVE_SE = 0.35
PITCH_SE_DEG = 4.0
FOOT_SE = 0.04
#: A camera further round than this cosine looks from the side.
MIN_DEPTH_SHARE = 0.5
#: Beyond this the far hip hides and the frontal plane is seen too obliquely to turn it back.
MAX_YAW_DEG = 35.0


@dataclass(frozen=True)
class Setup:
    """What the reconstruction takes as known: each number may be shifted by its error to see what comes of it."""

    #: Against the line of sight to the subject, which is what the model sees.
    azimuth_deg: float
    roll_deg: float
    pitch_deg: float
    focal_px: float
    #: How far right of the picture's middle the subject is.
    aside_px: float
    #: Standing leg in pixels at the anchor's depth: the unit of length.
    leg_px: float
    thigh: dict[Side, float]
    shank: dict[Side, float]
    trunk: float
    foot: float
    #: Size of the figure in each frame against the standing frames; 1 where the feet or the pelvis stay in place.
    scale: Float[np.ndarray, " frames"]
    standing: Bool[np.ndarray, " frames"]
    anchor: Anchor
    length_se: float
    azimuth_se_deg: float
    roll_se_deg: float
    #: How far before the joint the model draws a hip, in leg lengths.
    hip_front: float = 0.0
    #: How many standard errors farther forward the shoulders are than expected, and the trunk longer than drawn.
    trunk_forward: float = 0.0
    trunk_longer: float = 0.0
    #: Standard error of a drawn thigh's or shank's length against itself in standing, in leg lengths; 0: lengths are exact.
    drawn_se: float = 0.0
    #: How many standard errors farther than guessed the knees are before the ankles, and the hips behind the knees.
    knee_forward: float = 0.0
    hip_back: float = 0.0

    @property
    def distance(self) -> float:
        """From the camera to the standing subject, in leg lengths, for the focal length assumed."""
        return self.focal_px / self.leg_px

    @property
    def axis_azimuth_deg(self) -> float:
        """Azimuth against the camera's own axis: who stands off the middle is seen turned by the bearing."""
        return self.azimuth_deg + degrees(atan2(self.aside_px, self.focal_px))

    @property
    def has_depth(self) -> bool:
        """Whether the camera looks along the subject's forward direction enough to give the segments a depth."""
        return abs(cos(radians(self.axis_azimuth_deg))) >= MIN_DEPTH_SHARE

    @property
    def frontal(self) -> bool:
        """Whether the camera looks at the front or the back, near enough to turn the picture into the frontal plane."""
        return deviation_deg(self.azimuth_deg, facing_of(self.azimuth_deg)) <= MAX_YAW_DEG and facing_of(
            self.azimuth_deg
        ) in ("front", "back")


@dataclass(frozen=True)
class Body:
    """The subject in every frame: `space` in the subject's axes, `picture` as filmed with the roll removed.

    Both in leg lengths with y up; `picture` has x to the right of the picture and is scaled to the frame's size of the
    figure. `standing` marks upright frames on straight legs.
    """

    time_s: Float[np.ndarray, " frames"]
    space: Float[np.ndarray, "frames landmarks 3"]
    picture: Float[np.ndarray, "frames landmarks 2"]
    #: Size of the figure in each frame against the standing frames.
    scale: Float[np.ndarray, " frames"]
    standing: Bool[np.ndarray, " frames"]
    thigh: dict[Side, float]
    facing: Facing
    frontal: bool

    def at(self, side: Side, part: str) -> Float[np.ndarray, "frames 3"]:
        """One landmark of one side in the subject's axes."""
        return self.space[:, INDEX[f"{side}_{part}"]]

    def seen_at(self, side: Side, part: str) -> Float[np.ndarray, "frames 2"]:
        """One landmark of one side in the picture."""
        return self.picture[:, INDEX[f"{side}_{part}"]]

    def middle(self, part: str) -> Float[np.ndarray, "frames 3"]:
        """The middle between both sides' landmarks."""
        return (self.at("left", part) + self.at("right", part)) / 2

    @property
    def rate_hz(self) -> float:
        """Frames a second (median)."""
        return 1.0 / float(np.median(np.diff(self.time_s))) if len(self.time_s) > 1 else 0.0


def facing_of(azimuth_deg: float) -> Facing:
    """From which of the four sides the camera looks."""
    quarter = round(wrapped_angle_deg(azimuth_deg) / 90.0)
    sides: tuple[Facing, ...] = ("front", "left", "back", "right")
    return sides[quarter % 4]


def yaw_of(azimuth_deg: float) -> float:
    """The camera's deviation from its facing in degrees: + towards the subject's left; seen from a side, + forwards."""
    facing = facing_of(azimuth_deg)
    centre, sign = {"front": (0, 1), "back": (180, -1), "left": (90, -1), "right": (-90, 1)}[facing]
    return sign * wrapped_angle_deg(azimuth_deg - centre)


def deviation_deg(azimuth_deg: float, facing: Facing) -> float:
    """How far an azimuth is from the middle of a facing, 0 or more."""
    centre = {"front": 0.0, "back": 180.0, "left": 90.0, "right": -90.0}[facing]
    return abs(wrapped_angle_deg(azimuth_deg - centre))


def doubts(setup: Setup) -> dict[str, Setup]:
    """The setup with each uncertain number shifted by its standard error, by the name of what is uncertain."""
    longer = 1 + setup.length_se
    return {
        "camera_yaw": replace(setup, azimuth_deg=setup.azimuth_deg + setup.azimuth_se_deg),
        "roll_unknown": replace(setup, roll_deg=setup.roll_deg + setup.roll_se_deg),
        "camera_pitch": replace(setup, pitch_deg=setup.pitch_deg + PITCH_SE_DEG),
        "distance": replace(setup, focal_px=setup.focal_px * (1 + FOCAL_RELATIVE_SE)),
        "thigh_length": replace(setup, thigh={side: setup.thigh[side] * longer for side in SIDES}),
        "shank_length": replace(setup, shank={side: setup.shank[side] * longer for side in SIDES}),
        "trunk_length": replace(setup, trunk_longer=setup.trunk_longer + 1.0),
        "trunk_forward": replace(setup, trunk_forward=setup.trunk_forward + 1.0),
        "knee_forward": replace(setup, knee_forward=setup.knee_forward + 1.0),
        "hip_back": replace(setup, hip_back=setup.hip_back + 1.0),
        "foot_length": replace(setup, foot=setup.foot + FOOT_SE),
    }
