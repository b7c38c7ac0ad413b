"""Small parts of grey pictures: how well one can be found again, its middle, and where another picture looks the same."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from jaxtyping import Float, UInt8

Grey = UInt8[np.ndarray, "rows columns"]
#: Across and down in a picture's pixels as OpenCV counts them: whole numbers in the middle of a pixel.
Point = Float[np.ndarray, "2"]

#: How wide, of half a patch's side, the bell is by which its pixels count: at its rim may be what is behind the body.
_WEIGHTED: Final = 0.35
#: A spot's middle is looked for this near, in half sides of a patch.
_SNAP: Final = 0.5
#: The blurs, in half sides of a patch, in which a spot shows.
_SPOTS: Final = (1 / 4, 1 / 2, 1.0)
#: Light and shade change a colour by this factor at most.
_SHADE: Final = 1.3
#: How much less a spot of the next larger size counts: a body's outline is a large one.
_SMALLER: Final = 0.9
#: What is found has to look better by so much than anything else within reach.
_BETTER: Final = 0.03


@dataclass(frozen=True)
class Patch:
    """What a point looks like: the grey about it, in whose middle it is, and half the side of what is compared of it."""

    grey: Float[np.ndarray, "rows columns"]
    half_px: int

    def turned(self, turn_deg: float, size: float) -> Float[np.ndarray, "side side"]:
        """The part to compare, turned clockwise and grown."""
        import cv2

        middle, side = (self.grey.shape[0] - 1) / 2, 2 * self.half_px + 1
        matrix = cv2.getRotationMatrix2D((middle, middle), -turn_deg, size)
        matrix[:, 2] += self.half_px - middle
        return cv2.warpAffine(self.grey, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE)


@dataclass(frozen=True)
class Match:
    """Where a picture looks most like a patch, how much (1: the same), and how much what lies beside it does."""

    at: Point
    fit: float
    elsewhere: float

    @property
    def alone(self) -> bool:
        """Whether nothing else looks as much like it."""
        return self.elsewhere <= self.fit - _BETTER


def patch_at(grey: Grey, point: Point, half_px: int) -> Patch:
    """The patch about a point, with enough around it to be turned and shrunk."""
    import cv2

    side = 4 * half_px + 1
    return Patch(cv2.getRectSubPix(grey, (side, side), point.tolist()).astype(float), half_px)


def best_match(grey: Grey, patch: Float[np.ndarray, "side side"], guess: Point, reach_px: float) -> Match | None:
    """Where, near a guess, the picture looks most like a patch; None where that may be beyond what was looked at."""
    import cv2

    half, reach = patch.shape[0] // 2, int(np.ceil(reach_px)) + 1
    x, y = np.round(guess).astype(int).tolist()
    left, top = max(x - reach - half, 0), max(y - reach - half, 0)
    window = grey[top : max(y + reach + half + 1, 0), left : max(x + reach + half + 1, 0)]
    if min(window.shape) < patch.shape[0] + 2:
        return None
    fits = cv2.matchTemplate(
        window.astype(np.float32), patch.astype(np.float32), cv2.TM_CCOEFF_NORMED, mask=_bell(half)
    )
    # Where nothing changes, there is nothing to divide by.
    fits[~(np.abs(fits) <= 1.001)] = -1.0
    row, column = (int(one) for one in np.unravel_index(fits.argmax(), fits.shape))
    if not (0 < row < fits.shape[0] - 1 and 0 < column < fits.shape[1] - 1):
        return None
    down, across = np.ogrid[: fits.shape[0], : fits.shape[1]]
    beside = fits[np.hypot(down - row, across - column) > half]
    at = np.array([column, row]) + _top(fits, row, column) + [left + half, top + half]
    return Match(at, float(fits[row, column]), float(beside.max(initial=-1.0)))


def middle_of_spot(grey: Grey, point: Point, half_px: int) -> Point:
    """The middle of the spot nearest to a point, which fingers miss; the point itself where there is none."""
    import cv2

    side, reach = 6 * half_px + 1, round(_SNAP * half_px)
    part = cv2.getRectSubPix(grey, (side, side), point.tolist()).astype(np.float32)
    # How much it is bent both ways, for spots of several sizes: neither noise nor light and shade, nor an outline, which is
    # bent one way alone.
    spots = np.stack([_bent(cv2.GaussianBlur(part, (0, 0), size * half_px)) * (size * half_px) ** 2 for size in _SPOTS])
    away = (np.arange(side) - side // 2) / reach
    weighted = _SMALLER ** np.arange(len(spots))[:, None, None] * spots * np.exp(-(away**2) - away[:, None] ** 2)
    size, row, column = (int(one) for one in np.unravel_index(weighted.argmax(), weighted.shape))
    # From there uphill, since the weights have drawn it towards the tap; then to where it differs most from its surround,
    # which tells its middle more exactly.
    row, column = _uphill(spots[size], row, column, reach)
    fine, coarse = (cv2.GaussianBlur(part, (0, 0), factor * _SPOTS[size] * half_px) for factor in (2 / 3, 4 / 3))
    differs = np.abs(fine - coarse)
    row, column = _uphill(differs, row, column, max(reach // 3, 1))
    off = np.array([column, row]) + _top(differs, row, column) - side // 2
    return point + off if np.linalg.norm(off) <= reach else point


def _uphill(values: Float[np.ndarray, "rows columns"], row: int, column: int, steps: int) -> tuple[int, int]:
    """Where so many steps to the highest neighbour lead."""
    for _ in range(steps):
        up = values[row - 1 : row + 2, column - 1 : column + 2]
        down, across = (int(one) - 1 for one in np.unravel_index(up.argmax(), up.shape))
        row, column = row + down, column + across
    return row, column


def _bent(smooth: Float[np.ndarray, "rows columns"]) -> Float[np.ndarray, "rows columns"]:
    """How much a picture is bent along its two main directions alike: the root of its second derivatives' determinant."""
    import cv2

    across, down, both = (cv2.Sobel(smooth, cv2.CV_32F, *order, ksize=3) / 4 for order in ((2, 0), (0, 2), (1, 1)))
    bent: np.ndarray = np.sqrt(np.maximum(across * down - both**2, 0.0))
    return bent


def contrast_at(grey: Grey, point: Point, half_px: int) -> float:
    """How much a patch changes along its plainest direction, in grey levels a pixel: little on plain cloth and along edges.

    The root of the smaller eigenvalue of its gradients (Shi and Tomasi 1994), its middle counting most.
    """
    import cv2

    side = 2 * half_px + 7
    part = cv2.getRectSubPix(grey, (side, side), point.tolist()).astype(np.float32)
    smooth = cv2.GaussianBlur(part, (0, 0), 1.0)
    gradients = np.stack([cv2.Scharr(smooth, cv2.CV_32F, *axis)[3:-3, 3:-3] / 32 for axis in ((1, 0), (0, 1))])
    weights = _bell(half_px)
    smallest = np.linalg.eigvalsh(np.einsum("irc,jrc,rc->ij", gradients, gradients, weights) / weights.sum())[0]
    return float(np.sqrt(max(smallest, 0.0)))


def colour_at(image: UInt8[np.ndarray, "rows columns 3"], point: Point, half_px: int) -> Float[np.ndarray, "3"]:
    """The mean colour of a patch, its middle counting most."""
    import cv2

    side = 2 * half_px + 1
    part = cv2.getRectSubPix(image, (side, side), point.tolist()).astype(float)
    weights = _bell(half_px)
    mean: np.ndarray = np.einsum("rcx,rc->x", part, weights) / weights.sum()
    return mean


def colours_differ(one: Float[np.ndarray, "3"], other: Float[np.ndarray, "3"]) -> float:
    """By how many levels of 255 two colours differ at most, light and shade taken off as far as they go."""
    light = float(np.clip(one.sum() / max(other.sum(), 1.0), 1 / _SHADE, _SHADE))
    return float(np.abs(one - light * other).max())


@cache
def _bell(half_px: int) -> Float[np.ndarray, "side side"]:
    away = np.arange(-half_px, half_px + 1) / (_WEIGHTED * half_px)
    bell = np.exp(-(away**2) / 2)
    return np.outer(bell, bell).astype(np.float32)


def _top(values: np.ndarray, row: int, column: int) -> Point:
    """Where, across and down from its highest value, parabolas through it and its neighbours are highest."""
    across, down = values[row, column - 1 : column + 2], values[row - 1 : row + 2, column]
    return np.array([_vertex(*three.tolist()) for three in (across, down)])


def _vertex(before: float, here: float, after: float) -> float:
    bend = before - 2 * here + after
    return 0.0 if bend >= 0 else min(max((before - after) / (2 * bend), -0.5), 0.5)
