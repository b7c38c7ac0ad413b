"""What is known of camera and body while one film is measured, and how surely: `Setup` and `Body`."""

from dataclasses import dataclass, replace
from math import atan2, cos, degrees, radians
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from alignment.geometry import wrapped_angle_deg, wrapped_deg
from alignment.result import Facing
from alignment.skeleton import INDEX, SIDES, Side

#: What stays at one depth: the planted feet, the pelvis on a saddle, or nothing (a walk on stairs).
Anchor = Literal["feet", "pelvis", "nothing"]
#: What a foot that does not stand does: it is held up or swings, behind its knee, or it is lowered from a step in front.
FreeFoot = Literal["held", "lowered"]

#: The focal length is assumed; its relative error covers a phone's main lens and a zoomed-in one.
FOCAL_RELATIVE_SE = 0.35
PITCH_SE_DEG = 4.0
FOOT_SE = 0.04
#: A camera further round than this cosine looks from the side.
MIN_DEPTH_SHARE = 0.5
#: Beyond this the far hip hides and the frontal plane is seen too obliquely to turn it back.
MAX_YAW_DEG = 35.0
#: Who turns further is reckoned with as if no further, and not measured.
MOST_YAW_DEG = 50.0


@dataclass(frozen=True)
class Setup:
    """What the reconstruction takes as known: each number may be shifted by its error to see what comes of it."""

    #: Against the line of sight to the subject, which is what the model sees; the mean over the frames.
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
    free_foot: FreeFoot
    length_se: float
    azimuth_se_deg: float
    roll_se_deg: float
    #: How much larger the azimuth is in each frame than the mean, as the subject turns, and its standard error.
    turned_deg: Float[np.ndarray, " frames"] | float = 0.0
    turned_se_deg: Float[np.ndarray, " frames"] | float = 0.0
    #: How far before the joint the model draws a hip, in leg lengths.
    hip_front: float = 0.0
    #: How far the second toe is outside of the line from the ankle to the foot's drawn tip, in leg lengths.
    toe_aside: float = 0.0
    #: How many standard errors farther forward the shoulders are than expected, and the trunk longer than drawn.
    trunk_forward: float = 0.0
    trunk_longer: float = 0.0
    #: Standard error of a drawn thigh's or shank's length against itself in standing, in leg lengths; 0: lengths are exact.
    drawn_se: float = 0.0
    #: How many standard errors farther than guessed the knees are before the ankles, and the hips behind the knees.
    knee_forward: float = 0.0
    hip_back: float = 0.0
    #: Both ankles as the model saw them, left first, from the picture's middle, where a person has moved landmarks: only
    #: what one eye saw from frame to frame tells whether a foot moved. None where the track itself does.
    ankles_px: Float[np.ndarray, "frames 2 2"] | None = None

    @property
    def distance(self) -> float:
        """From the camera to the standing subject, in leg lengths, for the focal length assumed."""
        return self.focal_px / self.leg_px

    @property
    def turns(self) -> bool:
        """Whether the subject turns."""
        return bool(np.any(self.turned_deg))

    @property
    def bearing_deg(self) -> float:
        """How far right of the camera's axis the subject is: who stands off the middle is seen turned by as much."""
        return degrees(atan2(self.aside_px, self.focal_px))

    @property
    def azimuths_deg(self) -> Float[np.ndarray, " frames"]:
        """Azimuth in each frame; as far off the film's facing as can be reckoned with where the subject turns away."""
        if not self.turns:
            return np.full(len(self.scale), self.azimuth_deg)
        return facing_deg(facing_of(self.azimuth_deg)) + np.clip(self._off_deg, -MOST_YAW_DEG, MOST_YAW_DEG)

    @property
    def axis_azimuths_deg(self) -> Float[np.ndarray, " frames"]:
        """The same against the camera's own axis."""
        return self.azimuths_deg + self.bearing_deg

    @property
    def away(self) -> Bool[np.ndarray, " frames"]:
        """In which frames the subject has turned away from the film's facing, too far to turn the picture back."""
        return np.abs(self._off_deg) > MAX_YAW_DEG if self.turns else np.zeros(len(self.scale), dtype=bool)

    @property
    def _off_deg(self) -> Float[np.ndarray, " frames"]:
        """How far each frame's azimuth is from the middle of the film's facing."""
        centre_deg = facing_deg(facing_of(self.azimuth_deg))
        return wrapped_deg(np.zeros(len(self.scale)) + self.azimuth_deg + self.turned_deg - centre_deg)

    @property
    def has_depth(self) -> bool:
        """Whether the camera looks along the subject's forward direction enough to give the segments a depth."""
        return abs(cos(radians(self.azimuth_deg + self.bearing_deg))) >= MIN_DEPTH_SHARE

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
    shank: dict[Side, float]
    facing: Facing
    frontal: bool
    #: In which frames the subject has turned too far away.
    away: Bool[np.ndarray, " frames"]

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
    sign = {"front": 1, "back": -1, "left": -1, "right": 1}[facing]
    return sign * wrapped_angle_deg(azimuth_deg - facing_deg(facing))


def facing_deg(facing: Facing) -> float:
    """The azimuth in the middle of a facing."""
    return {"front": 0.0, "back": 180.0, "left": 90.0, "right": -90.0}[facing]


def deviation_deg(azimuth_deg: float, facing: Facing) -> float:
    """How far an azimuth is from the middle of a facing, 0 or more."""
    return abs(wrapped_angle_deg(azimuth_deg - facing_deg(facing)))


def doubts(setup: Setup) -> dict[str, Setup]:
    """The setup with each uncertain number shifted by its standard error, by the name of what is uncertain."""
    longer = 1 + setup.length_se
    turned = (
        {"subject_turned": replace(setup, turned_deg=setup.turned_deg + setup.turned_se_deg)} if setup.turns else {}
    )
    return turned | {
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
