"""The camera as far as a film tells or lets assume it: where the subject is in its picture, roll, pitch, focal length."""

from dataclasses import dataclass, replace
from math import atan2, cos, degrees, hypot, radians, sin

import numpy as np

from alignment.core.geometry import rotate
from alignment.core.track import Track
from alignment.core.viewpoint.figure import middle_px, percentile

#: Focal length as a share of the picture's long side: 53° along it, between a phone's main lens with stabilisation
#: (60-69°) and a zoomed-in one (36°). The relative error covers both.
FOCAL_SHARE = 1.0
FOCAL_RELATIVE_SE = 0.35
#: Where nothing tells the pitch.
PITCH_SE_DEG = 4.0
#: A phone propped up by eye.
ROLL_UNKNOWN_SE_DEG, ROLL_GIVEN_SE_DEG = 3.0, 0.5


@dataclass(frozen=True)
class Camera:
    """How the camera is held and what it sees; roll + when it is turned anticlockwise as seen from behind it."""

    focal_px: float
    #: How far right of the picture's middle the subject usually is.
    aside_px: float
    roll_deg: float
    roll_se_deg: float
    #: Whether a true vertical is known.
    roll_given: bool
    #: + looking down.
    pitch_deg: float = 0.0
    pitch_se_deg: float = PITCH_SE_DEG

    @property
    def bearing_deg(self) -> float:
        """How far right of the camera's axis the subject is: who stands off the middle is seen turned by as much."""
        return degrees(atan2(self.aside_px, self.focal_px))

    def rays(self, from_middle_px: np.ndarray) -> np.ndarray:
        """Directions through points of the picture, given from its middle, with roll and pitch undone: x right, y down,
        level depth 1.
        """
        # The picture of a camera turned anticlockwise is turned clockwise; y points down, so + turns clockwise here.
        upright = rotate(from_middle_px / self.focal_px, -self.roll_deg)
        rays = np.concatenate([upright, np.ones_like(upright[..., :1])], axis=-1)
        pitch = radians(self.pitch_deg)
        if not pitch:
            return rays
        x, y, z = np.moveaxis(rays, -1, 0)
        away = cos(pitch) * z - sin(pitch) * y
        return np.stack([x / away, (cos(pitch) * y + sin(pitch) * z) / away, np.ones_like(away)], axis=-1)


def camera_of(track: Track, known_roll_deg: float | None, roll_varies_deg: float = 0.0) -> Camera:
    """The camera of a cleaned track; roll None where no vertical is known, and how much it varies in the course of it."""
    given = known_roll_deg is not None
    roll_deg = known_roll_deg or 0.0
    middle = np.array([track.source.width, track.source.height]) / 2
    # Of the hips, with the roll undone.
    aside = rotate(middle_px(track, "hip") - middle, -roll_deg)[:, 0]
    return Camera(
        focal_px=FOCAL_SHARE * max(track.source.width, track.source.height),
        aside_px=percentile(aside, 50.0) if np.isfinite(aside).any() else 0.0,
        roll_deg=roll_deg,
        roll_se_deg=hypot(ROLL_GIVEN_SE_DEG if given else ROLL_UNKNOWN_SE_DEG, roll_varies_deg),
        roll_given=given,
    )


def from_middle_px(track: Track) -> np.ndarray:
    """Every landmark from the picture's middle."""
    return track.pixels - np.array([track.source.width, track.source.height]) / 2


def levelled(track: Track, camera: Camera) -> Track:
    """The track as a camera at the same place had seen it that looks level: there upright lengths are in scale."""
    if not camera.pitch_deg:
        return track
    middle = np.array([track.source.width, track.source.height]) / 2
    return replace(track, pixels=middle + camera.focal_px * camera.rays(from_middle_px(track))[..., :2])
