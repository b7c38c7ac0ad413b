"""Points in the subject's axes in; pixels of a pinhole camera out."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from samples.render.kinematics import about

#: Where the middle of each facing is around the subject, and which way the yaw counts there.
_MIDDLE: Final = {"front": 0.0, "back": 180.0, "left": 90.0, "right": -90.0}
_SIGN: Final = {"front": 1.0, "back": -1.0, "left": -1.0, "right": 1.0}


@dataclass(frozen=True)
class Camera:
    """Where the camera stands and looks.

    Yaw is from its facing, + to the subject's left, from a side + forwards; roll + turned anticlockwise as seen from behind
    it; the distance is level, from the camera to the place that it looks at, `aim_height_m` above the floor and `aim` (x, z)
    beside the origin.
    """

    facing: str = "front"
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    distance_m: float = 3.5
    height_m: float = 0.95
    aim_height_m: float = 0.85
    aim: tuple[float, float] = (0.0, 0.0)
    vfov_deg: float = 45.0
    width: int = 480
    height_px: int = 854

    @property
    def azimuth_deg(self) -> float:
        """Direction of the camera from the subject, from straight ahead, + to the subject's left."""
        return _MIDDLE[self.facing] + _SIGN[self.facing] * self.yaw_deg

    @property
    def yaw_of_place_deg(self) -> float:
        """Yaw of the camera's place as seen from the origin, where the body stands; the axis' own where it aims there."""
        azimuth_deg = float(np.degrees(np.arctan2(self.place[0], self.place[2])))
        off_deg = (azimuth_deg - _MIDDLE[self.facing] + 180.0) % 360.0 - 180.0
        return round(_SIGN[self.facing] * off_deg, 6) + 0.0

    @property
    def pitch_deg(self) -> float:
        """+ looking down."""
        return float(np.degrees(np.arctan2(self.height_m - self.aim_height_m, self.distance_m)))

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return self.height_px / 2 / float(np.tan(np.radians(self.vfov_deg) / 2))

    @property
    def place(self) -> np.ndarray:
        """The camera's place."""
        azimuth = np.radians(self.azimuth_deg)
        x, z = self.distance_m * np.sin(azimuth) + self.aim[0], self.distance_m * np.cos(azimuth) + self.aim[1]
        return np.array([x, self.height_m, z])

    @cached_property
    def axes(self) -> np.ndarray:
        """The picture's right, its down, and away from the camera: rows of a rotation."""
        azimuth, pitch, roll = (np.radians(v) for v in (self.azimuth_deg, self.pitch_deg, self.roll_deg))
        away = np.array([-np.sin(azimuth) * np.cos(pitch), -np.sin(pitch), -np.cos(azimuth) * np.cos(pitch)])
        right = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
        down = np.cross(away, right)
        # A camera turned anticlockwise shows the world turned clockwise: from the picture's right towards its down.
        return np.stack([np.cos(roll) * right - np.sin(roll) * down, np.sin(roll) * right + np.cos(roll) * down, away])

    def shaken(self, degrees: np.ndarray) -> np.ndarray:
        """The axes turned by small angles about themselves, (3,)."""
        return (about(0, degrees[0]) @ about(1, degrees[1]) @ about(2, degrees[2])).T @ self.axes

    def seen(self, points: np.ndarray, axes: np.ndarray | None = None) -> np.ndarray:
        """Points to the right, down and away from the camera, (..., 3)."""
        return (points - self.place) @ (self.axes if axes is None else axes).T

    def pixels(self, points: np.ndarray, axes: np.ndarray | None = None) -> np.ndarray:
        """Where points appear, (..., 2)."""
        seen = self.seen(points, axes)
        return self.focal_px * seen[..., :2] / seen[..., 2:] + [self.width / 2, self.height_px / 2]
