"""The azimuth from the model's figure in space, seen both ways round: metres in, a weighted mean of six readings out.

Shoulders, hips, knees, ankles, toes and the way the feet point each tell it, and each errs in its own way with the
posture: a lifted foot takes its ankle along, folded hips turn the pelvis too far. So the weights, which sum to 1, depend on
the posture. They were fitted on rendered people who stand unevenly (tools/azimuth_fit.py; docs/viewpoint.md).
"""

import numpy as np
from jaxtyping import Float

from alignment.core.calibration import PAIRS, AzimuthWeights
from alignment.core.skeleton import INDEX, SIDES, SWAPPED

#: An axis is at least so wide, in leg lengths: feet one behind the other have no direction across.
LEAST_WIDTH = 0.03
_SEGMENTS = (("hip", "knee"), ("knee", "ankle"))


def deviations_deg(
    metres: Float[np.ndarray, "n landmarks 3"],
    mirrored_metres: Float[np.ndarray, "n landmarks 3"],
    weights: AzimuthWeights,
    foot_reach: float,
    *,
    behind: bool,
) -> Float[np.ndarray, " n"]:
    """How much larger the azimuth is than straight in front or behind, in each picture; NaN where a part is not seen.

    `mirrored_metres` are the model's of the mirrored picture, `foot_reach` the way from heel to toe as it marks them.
    """
    figure = both_ways(metres, mirrored_metres)
    return weights.mean(readings_deg(figure, foot_reach, behind=behind), posture(figure))


def both_ways(
    metres: Float[np.ndarray, "n landmarks 3"], mirrored_metres: Float[np.ndarray, "n landmarks 3"]
) -> Float[np.ndarray, "n landmarks 3"]:
    """The mean of a figure and its mirror image turned back, in leg lengths from the middle of the hips.

    What the model puts to one side, whoever it sees, is gone in it.
    """
    turned_back = mirrored_metres[:, list(SWAPPED)] * [-1.0, 1.0, 1.0]
    figure = (metres + turned_back) / 2
    figure = figure - _middle(figure, "hip")[:, None]
    ways = [_at(figure, side, end) - _at(figure, side, start) for side in SIDES for start, end in _SEGMENTS]
    leg = np.linalg.norm(ways, axis=-1).sum(axis=0) / len(SIDES)
    # A figure of no size is none.
    scaled: np.ndarray = figure / np.where(leg > 0, leg, np.nan)[:, None, None]
    return scaled


def readings_deg(
    figure: Float[np.ndarray, "n landmarks 3"], foot_reach: float, *, behind: bool
) -> Float[np.ndarray, "n readings"]:
    """What each of `READINGS` says the azimuth is, from straight in front or behind, in degrees."""
    # From behind the left side is on the picture's left.
    facing = -1.0 if behind else 1.0
    across = [facing * (_at(figure, "left", part) - _at(figure, "right", part)) for part in PAIRS]
    axes = [np.degrees(np.arctan2(-axis[:, 2], np.maximum(axis[:, 0], LEAST_WIDTH))) for axis in across]
    forwards = facing * (_middle(figure, "toe") - _middle(figure, "heel"))[:, 0]
    feet = np.degrees(np.arcsin(np.clip(-forwards / foot_reach, -0.9, 0.9)))
    return np.stack([*axes, feet], axis=1)


def posture(figure: Float[np.ndarray, "n landmarks 3"]) -> Float[np.ndarray, "n postures"]:
    """What `POSTURE` names."""
    apart = np.abs(_at(figure, "left", "ankle") - _at(figure, "right", "ankle"))
    fold = 1.0 - np.clip(_middle(figure, "ankle")[:, 1], 0.3, 1.0)
    return np.stack([fold, apart[:, 1], _middle(figure, "shoulder")[:, 2], apart[:, 0], apart[:, 2]], axis=1)


def _at(figure: Float[np.ndarray, "n landmarks 3"], side: str, part: str) -> Float[np.ndarray, "n 3"]:
    return figure[:, INDEX[f"{side}_{part}"]]


def _middle(figure: Float[np.ndarray, "n landmarks 3"], part: str) -> Float[np.ndarray, "n 3"]:
    return (_at(figure, "left", part) + _at(figure, "right", part)) / 2
