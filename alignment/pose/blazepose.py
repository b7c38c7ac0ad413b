"""What belongs around the two networks of a model bundle: the crops that they see, and what their outputs mean.

The first network finds people in the whole picture: a box, and the points that their crop is made of. The second finds the
landmarks in a crop. The rules are those of MediaPipe's own graph in IMAGE mode, so that another runtime finds what it finds;
tests/test_openvino.py compares the two.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.skeleton import LANDMARKS
from alignment.pose.crop import Crop, crop_of_body

#: Sides of the pictures that the networks take, and the values they want black and white to have.
DETECTOR_PX: Final = 224
DETECTOR_RANGE: Final = (-1.0, 1.0)
LANDMARKS_PX: Final = 256
LANDMARKS_RANGE: Final = (0.0, 1.0)
#: The detector's grids: cells of this many pixels, with so many guesses each.
_GRIDS: Final = ((8, 2), (16, 2), (32, 6))
#: Boxes that overlap by more of their union are one person's.
_SAME_PERSON: Final = 0.5
#: A crop is so much larger than the circle around the body.
_MARGIN: Final = 1.25
#: The landmarks network gives two points more than there are landmarks here, which a crop is made of, and four unused.
_POINTS: Final = 39
_CENTRE, _EDGE = 33, 34
#: Half the window in the heat map that a landmark is moved to the middle of, and the heat that it needs.
_REACH: Final = 3
_WARM: Final = 0.5


@dataclass(frozen=True)
class Body:
    """What the landmarks network says of one crop, in the picture that it was cut from."""

    presence: float
    pixels: Float[np.ndarray, "landmarks 2"]
    metres: Float[np.ndarray, "landmarks 3"]
    visibility: Float[np.ndarray, " landmarks"]
    #: Where to look for the same body in the next picture.
    next_crop: Crop


def network_input(cut: np.ndarray, bounds: tuple[float, float]) -> Float[np.ndarray, "1 side side 3"]:
    """A cut-out picture as a network takes it: black and white have these values."""
    low, high = bounds
    scaled: np.ndarray = cut.astype(np.float32) * np.float32((high - low) / 255) + np.float32(low)
    return scaled[None]


def people_crops(
    boxes: Float[np.ndarray, "guesses 12"], scores: Float[np.ndarray, " guesses"], looked_at: Crop, least: float
) -> list[Crop]:
    """The crops of the people that the detector found, the surest first. `least` is the score (0 to 1) that it takes.

    Guesses of one person are averaged, weighted by their scores.
    """
    sure = np.flatnonzero(_sigmoid(scores) >= least)
    score = _sigmoid(scores[sure])
    middles, sizes = _anchors()[sure] + boxes[sure, :2] / DETECTOR_PX, boxes[sure, 2:4] / DETECTOR_PX
    low, high = middles - sizes / 2, middles + sizes / 2
    points = _anchors()[sure][:, None] + boxes[sure, 4:8].reshape(-1, 2, 2) / DETECTOR_PX
    crops = []
    rest = np.argsort(-score, kind="stable")
    while len(rest):
        same = _overlap(low, high, rest[0], rest) > _SAME_PERSON
        same[0] = True
        weight = score[rest[same]]
        centre, edge = looked_at.to_picture(np.average(points[rest[same]], axis=0, weights=weight))
        crops.append(crop_of_body(centre, edge, _MARGIN))
        rest = rest[~same]
    return crops


def body(
    landmarks: Float[np.ndarray, " values"],
    presence: float,
    heat: Float[np.ndarray, "rows columns points"],
    metres: Float[np.ndarray, " coordinates"],
    crop: Crop,
) -> Body:
    """What the landmarks network's outputs for a crop say. The heat map moves each point to the middle of the heat there."""
    raw = landmarks.reshape(_POINTS, 5)
    pixels = crop.to_picture(_refined(raw[:, :2] / LANDMARKS_PX, heat))
    space = metres.reshape(_POINTS, 3)[: len(LANDMARKS)].copy()
    space[:, :2] = crop.turn(space[:, :2])
    count = len(LANDMARKS)
    return Body(
        presence,
        pixels[:count],
        space,
        _sigmoid(raw[:count, 3]),
        crop_of_body(pixels[_CENTRE], pixels[_EDGE], _MARGIN),
    )


def _refined(
    points: Float[np.ndarray, "points 2"], heat: Float[np.ndarray, "rows columns points"]
) -> Float[np.ndarray, "points 2"]:
    """The points moved to the middle of the heat around them, where it is warm enough."""
    rows, columns, _ = heat.shape
    cells = np.trunc(points * (columns, rows)).astype(int)
    inside = ((cells >= 0) & (cells < (columns, rows))).all(axis=1)
    reach = np.arange(-_REACH, _REACH + 1)
    x, y = cells[:, :1] + reach, cells[:, 1:] + reach
    there = ((y >= 0) & (y < rows))[:, :, None] & ((x >= 0) & (x < columns))[:, None, :]
    own = np.arange(len(points))[:, None, None]
    window = heat[y.clip(0, rows - 1)[:, :, None], x.clip(0, columns - 1)[:, None, :], own]
    warmth = np.where(there, _sigmoid(window), 0.0)
    total = warmth.sum(axis=(1, 2))
    middle = np.stack(
        [(warmth * x[:, None, :]).sum(axis=(1, 2)) / columns, (warmth * y[:, :, None]).sum(axis=(1, 2)) / rows], axis=1
    )
    moves = inside & (warmth.max(axis=(1, 2)) >= _WARM)
    refined = points.astype(float)
    refined[moves] = middle[moves] / total[moves, None]
    return refined


def _overlap(
    low: Float[np.ndarray, "boxes 2"], high: Float[np.ndarray, "boxes 2"], one: int, others: np.ndarray
) -> Float[np.ndarray, " others"]:
    """What each of the other boxes shares with one box, of their union."""
    shared = np.clip(np.minimum(high[others], high[one]) - np.maximum(low[others], low[one]), 0, None).prod(axis=1)
    areas = (high - low).prod(axis=1)
    union: np.ndarray = areas[others] + areas[one] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


@cache
def _anchors() -> Float[np.ndarray, "guesses 2"]:
    """The places, from 0 to 1 of the detector's picture, that its guesses are told from."""
    places = []
    for cell_px, guesses in _GRIDS:
        middles = (np.arange(DETECTOR_PX // cell_px) + 0.5) * cell_px / DETECTOR_PX
        x, y = np.meshgrid(middles, middles)
        places.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), guesses, axis=0))
    return np.concatenate(places)


def _sigmoid(values: np.ndarray) -> np.ndarray:
    likely: np.ndarray = 1 / (1 + np.exp(-np.clip(values.astype(float), -50, 50)))
    return likely
