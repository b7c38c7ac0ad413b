"""The subject's hips as axes to give places on the pelvis in: steady, with left where the left hip is."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.skeleton import index
from alignment.core.track import Track
from alignment.marks.region import torso_px
from alignment.marks.steadiness import running_median

_HIPS: Final = index(("left_hip", "right_hip"))
#: The hips' direction and a trunk's length are medians over so much time before and after.
_STEADY_S: Final = 0.25
_SIZE_S: Final = 0.5
#: How far the front spines are above the hip joints and outside of them, in trunk lengths, of which a leg has 1.6.
_UP, _OUTWARDS = 0.13, 0.065


@dataclass(frozen=True)
class HipFrame:
    """The subject's hips in a picture: their middle, unit vectors towards the person's left and down, a trunk's length."""

    middle: Float[np.ndarray, "2"]
    axes: Float[np.ndarray, "2 2"]
    trunk_px: float

    def of_film(self, points: np.ndarray) -> np.ndarray:
        """Places in trunk lengths from the middle of the hips, towards the person's left and down."""
        return (points - self.middle) @ self.axes.T / self.trunk_px

    def to_film(self, places: np.ndarray) -> np.ndarray:
        """The other way round."""
        return self.middle + self.trunk_px * places @ self.axes


def hip_frame(body: Float[np.ndarray, "landmarks 2"]) -> HipFrame | None:
    """The hips of one picture alone; None where they are not known."""
    left, right = body[_HIPS]
    return _frame_of((left + right) / 2, left - right, torso_px(body))


def spines(body: Float[np.ndarray, "landmarks 2"]) -> Float[np.ndarray, "2 2"] | None:
    """About where somebody's front spines of the pelvis are in a picture, left and right; None where the hips are not known.

    They lie 0.3 of their own distance above the joints and each 0.14 farther out (Bell 1990): 8 % and 4 % of a leg.
    """
    frame = hip_frame(body)
    if frame is None:
        return None
    places = frame.of_film(body[_HIPS]) + np.array([[_OUTWARDS, -_UP], [-_OUTWARDS, -_UP]])
    return frame.to_film(places)


def hip_frames(track: Track) -> list[HipFrame | None]:
    """Steady frames of the hips, None where they are not seen. The left is where the left hip mostly is at that time."""
    hips = track.pixels[:, _HIPS]
    line = hips[:, 0] - hips[:, 1]
    steady = np.stack([running_median(track.time_s, line[:, axis], _STEADY_S) for axis in (0, 1)], axis=1)
    trunk_px = running_median(track.time_s, np.array([torso_px(one) for one in track.pixels]), _SIZE_S)
    return [_frame_of(*one) for one in zip(hips.mean(axis=1), steady, trunk_px.tolist(), strict=True)]


def _frame_of(middle: np.ndarray, line: np.ndarray, trunk_px: float) -> HipFrame | None:
    size = float(np.linalg.norm(line))
    if not np.isfinite([*middle, trunk_px]).all() or not size > 0:
        return None
    across = line / size
    down = np.array([-across[1], across[0]])
    return HipFrame(middle, np.stack([across, down if down[1] > 0 else -down]), trunk_px)
