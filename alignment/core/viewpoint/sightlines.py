"""The rays through the landmarks of a film, and the subject's directions in the camera's axes (right, down, away)."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from alignment.core.skeleton import index
from alignment.core.track import Numbers, Track, Vectors
from alignment.core.viewpoint.camera import from_middle_px
from alignment.core.viewpoint.figure import PAIR
from alignment.core.viewpoint.setup import Setup

#: Places or rays of a pair of landmarks, the left one first.
Pair = Float[np.ndarray, "frames 2 3"]


@dataclass(frozen=True)
class Sightlines:
    """Where each landmark may lie, on its ray of depth 1, and which way is forwards."""

    rays: Float[np.ndarray, "frames landmarks 3"]
    azimuth_rad: Numbers
    #: The subject's forward direction, and from a hip joint to where the model draws it.
    forward: Vectors
    skin: Vectors

    def of(self, part: str) -> Pair:
        """The rays of a pair."""
        return self.rays[:, index(PAIR[part])]

    def step(self, part: str) -> Numbers:
        """How much farther than its middle the left landmark of a pair is, as a share of the middle's depth.

        From right to left the subject's x axis recedes by -tan(azimuth) of what it covers sideways; solved for two points
        on their rays.
        """
        half, pair = np.tan(self.azimuth_rad) / 2, self.of(part)
        x_left, x_right = pair[:, 0, 0] / pair[:, 0, 2], pair[:, 1, 0] / pair[:, 1, 2]
        return -half * (x_left - x_right) / (1 + half * (x_left + x_right))

    def level(self, part: str, places: Pair, left_share: Numbers | None = None) -> Pair:
        """A pair of landmarks at their common depth, apart only by the subject's heading.

        For the ankles: both feet stand in the frontal plane. For the hips: the pelvis is one bone whose slow heading
        defines that plane, so that each leg's own error of depth need not tilt it. `left_share` is the left one's say,
        half if not given.
        """
        step, rays, depth = self.step(part), self.of(part), places[..., 2]
        if left_share is None:
            middle = (depth[:, 0] + depth[:, 1]) / 2
        else:
            of_left, of_right = depth[:, 0] / (1 + step), depth[:, 1] / (1 - step)
            middle = of_right + left_share * (of_left - of_right)
            # A leg that is not seen has no say.
            middle = np.where(np.isfinite(of_right), np.where(np.isfinite(of_left), middle, of_right), of_left)
        common = np.stack([middle * (1 + step), middle * (1 - step)], axis=1)
        # Without its twin it stays where it is.
        return rays * (np.where(np.isfinite(common), common, depth) / rays[..., 2])[..., None]


def sightlines_of(track: Track, setup: Setup) -> Sightlines:
    """The sightlines of a film, for a camera and a subject as the setup has them."""
    azimuth = np.radians(setup.axis_azimuths_deg)
    forward = np.stack([-np.sin(azimuth), np.zeros_like(azimuth), -np.cos(azimuth)], axis=-1)
    return Sightlines(setup.camera.rays(from_middle_px(track)), azimuth, forward, setup.offsets.hip_front * forward)
