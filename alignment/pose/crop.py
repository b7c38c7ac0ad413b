"""The square of a picture that a network looks at: perhaps turned and partly outside of the picture."""

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin
from typing import Final

import numpy as np
from jaxtyping import Float, UInt8

#: What lies outside of the picture: black, or the picture's edge drawn out.
BLACK: Final = "black"
EDGE: Final = "edge"
#: Places further out than this are as far.
_FAR_PX: Final = 2**15 - 1


@dataclass(frozen=True)
class Crop:
    """A square with sides of `side_px` around (`x_px`, `y_px`), turned clockwise in the picture by `turn_rad`."""

    x_px: float
    y_px: float
    side_px: float
    turn_rad: float = 0.0

    def cut(
        self, image: UInt8[np.ndarray, "rows columns 3"], side: int, outside: str = EDGE
    ) -> UInt8[np.ndarray, "side side 3"]:
        """What the square holds, upright and scaled to this many pixels a side.

        Places are rounded to 1/32 px, as MediaPipe's OpenCV does it and version 5 no longer does: the rounding alone moves
        landmarks by 0.1 px, and up to 2.
        """
        import cv2

        along = (np.arange(side) / side - 0.5) * self.side_px
        c, s = cos(self.turn_rad), sin(self.turn_rad)
        x = np.rint((along * c - (along * s)[:, None] + self.x_px) * cv2.INTER_TAB_SIZE).astype(np.int32)
        y = np.rint((along * s + (along * c)[:, None] + self.y_px) * cv2.INTER_TAB_SIZE).astype(np.int32)
        whole = np.stack([x >> cv2.INTER_BITS, y >> cv2.INTER_BITS], axis=-1).clip(-_FAR_PX, _FAR_PX).astype(np.int16)
        part = (y % cv2.INTER_TAB_SIZE * cv2.INTER_TAB_SIZE + x % cv2.INTER_TAB_SIZE).astype(np.uint16)
        border = cv2.BORDER_CONSTANT if outside == BLACK else cv2.BORDER_REPLICATE
        cut: np.ndarray = cv2.remap(image, whole, part, cv2.INTER_LINEAR, borderMode=border)
        return cut

    def to_picture(self, points: Float[np.ndarray, "points 2"]) -> Float[np.ndarray, "points 2"]:
        """Where in the picture (px) points of the square lie, given from 0 to 1 of its sides."""
        placed: np.ndarray = self.turn((points - 0.5) * self.side_px) + np.array([self.x_px, self.y_px])
        return placed

    def turn(self, vectors: Float[np.ndarray, "points 2"]) -> Float[np.ndarray, "points 2"]:
        """Directions in the square as they are in the picture."""
        c, s = cos(self.turn_rad), sin(self.turn_rad)
        turned: np.ndarray = vectors @ np.array([[c, s], [-s, c]])
        return turned


def whole_picture(columns: int, rows: int) -> Crop:
    """The smallest square that holds a picture of this size."""
    return Crop(columns / 2, rows / 2, max(columns, rows))


def crop_of_body(centre: Float[np.ndarray, " 2"], edge: Float[np.ndarray, " 2"], margin: float) -> Crop:
    """The square around a body's centre with the body upright in it, `edge` being the end of the body above its head.

    Its half side is the distance between both (px), times the margin.
    """
    x, y = (edge - centre).tolist()
    turn = pi / 2 - atan2(-y, x)
    return Crop(float(centre[0]), float(centre[1]), 2 * margin * hypot(x, y), (turn + pi) % (2 * pi) - pi)
