"""The azimuth from the model's figure in space, seen both ways round: metres in, a weighted mean of six readings out.

Shoulders, hips, knees, ankles, toes and the way the feet point each tell it, and each errs in its own way with the
posture: a lifted foot takes its ankle along, folded hips turn the pelvis too far. So the weights, which sum to 1, depend on
the posture. They were fitted on rendered people who stand unevenly (tools/azimuth_fit.py; docs/viewpoint.md).
"""

import csv
import io
import pkgutil
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float

from alignment.skeleton import INDEX, SIDES, SWAPPED

#: Heel to toe as the heavy model marks them, in leg lengths as it marks those; fitted on the clips to tune with.
FOOT_REACH = 0.345
#: The readings, in the table's order: axes from the right to the left landmark, and where the feet point.
PAIRS = ("shoulder", "hip", "knee", "ankle", "toe")
READINGS = (*PAIRS, "feet")
#: What the weights depend on, in leg lengths: how much lower the hips are than over straight legs, how much higher one
#: ankle is, how far away the shoulders are leaned, and how far apart the ankles are, across and in depth.
POSTURE = ("fold", "lift", "lean", "apart", "stagger")
#: A posture further out than this many standard deviations counts as that far out.
MOST_UNUSUAL = 3.0
#: An axis is at least so wide, in leg lengths: feet one behind the other have no direction across.
LEAST_WIDTH = 0.03
_SEGMENTS = (("hip", "knee"), ("knee", "ankle"))
_CENTRE, _SPREAD = "centre", "spread"


@dataclass(frozen=True)
class Weights:
    """How much each reading counts, plainly and for each standard deviation of a posture from the usual one."""

    plain: Float[np.ndarray, " readings"]
    by_posture: Float[np.ndarray, "readings postures"]
    centre: Float[np.ndarray, " postures"]
    spread: Float[np.ndarray, " postures"]

    def mean(
        self, readings: Float[np.ndarray, "n readings"], posture: Float[np.ndarray, "n postures"]
    ) -> Float[np.ndarray, " n"]:
        """The weighted mean of the readings of each picture."""
        unusual = np.clip((posture - self.centre) / self.spread, -MOST_UNUSUAL, MOST_UNUSUAL)
        weights = self.plain + unusual @ self.by_posture.T
        mean: np.ndarray = (weights * readings).sum(axis=1)
        return mean


def deviations_deg(
    metres: Float[np.ndarray, "n landmarks 3"],
    mirrored_metres: Float[np.ndarray, "n landmarks 3"],
    variant: str,
    *,
    behind: bool,
) -> Float[np.ndarray, " n"] | None:
    """How much larger the azimuth is than straight in front or behind, in each picture; NaN where a part is not seen.

    `mirrored_metres` are the model's of the mirrored picture. None for a model without weights.
    """
    weights = shipped_weights().get((variant, "back" if behind else "front"))
    if weights is None:
        return None
    figure = both_ways(metres, mirrored_metres)
    return weights.mean(readings_deg(figure, behind=behind), posture(figure))


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


def readings_deg(figure: Float[np.ndarray, "n landmarks 3"], *, behind: bool) -> Float[np.ndarray, "n readings"]:
    """What each of `READINGS` says the azimuth is, from straight in front or behind, in degrees."""
    # From behind the left side is on the picture's left.
    facing = -1.0 if behind else 1.0
    across = [facing * (_at(figure, "left", part) - _at(figure, "right", part)) for part in PAIRS]
    axes = [np.degrees(np.arctan2(-axis[:, 2], np.maximum(axis[:, 0], LEAST_WIDTH))) for axis in across]
    forwards = facing * (_middle(figure, "toe") - _middle(figure, "heel"))[:, 0]
    feet = np.degrees(np.arcsin(np.clip(-forwards / FOOT_REACH, -0.9, 0.9)))
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


@cache
def shipped_weights() -> dict[tuple[str, str], Weights]:
    """The weights that come with the program, by model and facing."""
    content = pkgutil.get_data("alignment", "azimuth_weights.csv")
    if content is None:
        raise FileNotFoundError("azimuth_weights.csv")
    return parse_weights(content.decode("utf-8"))


def parse_weights(text: str) -> dict[tuple[str, str], Weights]:
    """The table of `weights_csv` read back. ValueError where a reading is missing or the weights do not sum to 1."""
    tables: dict[tuple[str, str], dict[str, list[float]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        numbers = [float(row[column]) for column in ("plain", *POSTURE)]
        tables.setdefault((row["model"], row["facing"]), {})[row["reading"]] = numbers
    return {key: _weights_of(rows) for key, rows in tables.items()}


def _weights_of(rows: dict[str, list[float]]) -> Weights:
    if set(rows) != {*READINGS, _CENTRE, _SPREAD}:
        raise ValueError(f"weights for {sorted(rows)} instead of {sorted((*READINGS, _CENTRE, _SPREAD))}")
    table = np.array([rows[reading] for reading in READINGS])
    if not np.allclose(table.sum(axis=0), [1.0] + [0.0] * len(POSTURE), atol=1e-3):
        raise ValueError(f"weights that sum to {table.sum(axis=0)} instead of 1, and 0 for each posture")
    return Weights(table[:, 0], table[:, 1:], np.array(rows[_CENTRE][1:]), np.array(rows[_SPREAD][1:]))


def weights_csv(weights: dict[tuple[str, str], Weights]) -> str:
    """The weights as CSV text: a row per model, facing and reading, and two for the usual posture and its spread."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("model", "facing", "reading", "plain", *POSTURE))
    for (model, facing), one in weights.items():
        rows = dict(zip(READINGS, np.column_stack([one.plain, one.by_posture]), strict=True))
        rows |= {_CENTRE: np.array([0.0, *one.centre]), _SPREAD: np.array([0.0, *one.spread])}
        for reading, numbers in rows.items():
            writer.writerow((model, facing, reading, *(f"{number:.4f}" for number in numbers)))
    return out.getvalue()
