"""Where to look for marks: the part of a picture around somebody's hips, and how its pixels lie in the film."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

from alignment.core.skeleton import INDEX, TORSO, index
from alignment.core.track import Track

#: Left, top, right and bottom in the film's pixels.
Box = tuple[float, float, float, float]
#: One person's landmarks in the film's pixels.
Body = Float[np.ndarray, "landmarks 2"]

_HIPS = index(("left_hip", "right_hip"))
_TORSO = index(TORSO)
_BONES = [
    [INDEX[f"{side}_{end}"] for end in ends]
    for side in ("left", "right")
    for ends in (("hip", "knee"), ("knee", "ankle"))
]


@dataclass(frozen=True)
class Region:
    """A part of a picture, where its upper left corner lies in the film, and the film's pixels for each of its own."""

    image: UInt8[np.ndarray, "rows columns *channels"]
    origin_px: tuple[float, float]
    step_px: float

    def to_film(self, points: np.ndarray) -> np.ndarray:
        """Points of this part as OpenCV counts (whole numbers in the middle of a pixel) in the film's pixels."""
        return (points + 0.5) * self.step_px + np.asarray(self.origin_px)

    def from_film(self, points: np.ndarray) -> np.ndarray:
        """The other way round."""
        return (points - np.asarray(self.origin_px)) / self.step_px - 0.5

    def reduced(self, side_px: int) -> "Region":
        """The same part with no side longer than this."""
        import cv2

        ratio = side_px / max(self.image.shape[:2])
        if ratio >= 1:
            return self
        columns = round(self.image.shape[1] * ratio)
        image = cv2.resize(self.image, (columns, round(self.image.shape[0] * ratio)), interpolation=cv2.INTER_AREA)
        return Region(image, self.origin_px, self.step_px * self.image.shape[1] / columns)

    def enlarged(self, ratio: float) -> "Region":
        """The same part in so many times as many pixels a side."""
        import cv2

        if ratio <= 1:
            return self
        columns = round(self.image.shape[1] * ratio)
        image = cv2.resize(self.image, (columns, round(self.image.shape[0] * ratio)), interpolation=cv2.INTER_CUBIC)
        return Region(image, self.origin_px, self.step_px * self.image.shape[1] / columns)


def cut(image: UInt8[np.ndarray, "rows columns *channels"], film_width: int, box: Box | None = None) -> Region | None:
    """The part of a picture that lies in a box, all of it where there is none; None where none of it does."""
    step_px = film_width / image.shape[1]
    if box is None:
        return Region(image, (0.0, 0.0), step_px)
    rows, columns = image.shape[:2]
    left, top = (max(int(edge / step_px), 0) for edge in box[:2])
    right, bottom = (
        min(int(np.ceil(edge / step_px)), most) for edge, most in zip(box[2:], (columns, rows), strict=True)
    )
    if right - left < 1 or bottom - top < 1:
        return None
    return Region(image[top:bottom, left:right], (left * step_px, top * step_px), step_px)


def torso_px(body: Body) -> float:
    """About how long this person's trunk is in the picture if they stood upright: as its longest part shows.

    Who bends forward or turns shows some parts shortened, but hardly all.
    """
    shoulders, hips = body[_TORSO[:2]].mean(axis=0), body[_HIPS].mean(axis=0)
    bones = [np.linalg.norm(body[a] - body[b]) for a, b in _BONES]
    # Thigh and shank are about 0.8 of the line from hips to shoulders (Winter 2009, fig. 4.1).
    return float(max(np.linalg.norm(shoulders - hips), np.median(bones) / 0.8))


def around_hips(body: Body, reach: float) -> Box | None:
    """The square that reaches so many trunk lengths from the middle of the hips; None where they are unknown."""
    x, y = body[_HIPS].mean(axis=0).tolist()
    half_px = reach * torso_px(body)
    return (x - half_px, y - half_px, x + half_px, y + half_px) if np.isfinite(half_px) and np.isfinite(x) else None


def around(points: Float[np.ndarray, "points 2"], margin_px: float) -> Box:
    """The smallest box that has this margin about every point."""
    (left, top), (right, bottom) = points.min(axis=0) - margin_px, points.max(axis=0) + margin_px
    return float(left), float(top), float(right), float(bottom)


def near_the_hips(
    track: Track, pixels: Float[np.ndarray, "frames points 2"], reach: float
) -> Float[np.ndarray, "frames points 2"]:
    """Points missing that lie farther from the middle of the subject's hips than so many trunk lengths.

    Where the subject was not seen they stay.
    """
    middle = track.pixels[:, _HIPS].mean(axis=1)
    reach_px = reach * np.array([torso_px(one) for one in track.pixels])
    far = np.linalg.norm(pixels - middle[:, None], axis=-1) > reach_px[:, None]
    return np.where(far[..., None], np.nan, pixels)
