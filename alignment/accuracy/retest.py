"""Clips that show one movement of one body twice in; how far the program differs from itself, per measure, out.

Before another camera, in other light and other clothes, the same movement should give the same numbers. What the truth
itself changes by (an angle in the picture depends on the camera) is taken out first: the two films' errors are compared,
not their values. A constant error of the program cancels; it does so as well when a person is measured twice.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from alignment.accuracy.bench import Compared
from alignment.core.calibration import ANY, Repeatability
from alignment.core.measures import MEASURES, Measure
from alignment.core.result import Whose

#: An activity with fewer differences has no row of its own, only its share in that of all.
FEWEST: Final = 4


def pairs_of(compared: Sequence[Compared]) -> list[tuple[Compared, Compared]]:
    """Each clip with the one whose movement and body it repeats."""
    by_name = {one.clip.name: one for one in compared}
    return [(by_name[one.clip.again], one) for one in compared if one.clip.again in by_name]


def retest(compared: Sequence[Compared]) -> tuple[Repeatability, ...]:
    """The rows of one model's calibration: of each activity with enough differences, and of all together."""
    differences: dict[tuple[str, str, str], list[float]] = {}
    for first, again in pairs_of(compared):
        for measure in MEASURES.values():
            for side, value in _differences(first, again, measure):
                for activity in (ANY, first.clip.truth.activity):
                    differences.setdefault((activity, measure.name, side), []).append(value)
    return tuple(
        Repeatability(activity, measure, side, n=len(values), sem=_sem(values, MEASURES[measure]))
        for (activity, measure, side), values in sorted(differences.items())
        if len(values) >= FEWEST
    )


def _sem(values: Sequence[float], measure: Measure) -> float:
    """Root of half the mean square: each difference holds the error of two films."""
    decimals = 3 if measure.unit in ("share", "ratio") else 2
    return round(float(np.sqrt(np.square(values).mean() / 2)), decimals)


def _differences(first: Compared, again: Compared, measure: Measure) -> Iterator[tuple[str, float]]:
    """How far the two films' mean errors over their common repetitions are apart, for each leg and left less right."""
    apart: dict[Whose, float] = {}
    for whose in measure.whose:
        one, other = first.keys[measure.name, whose], again.keys[measure.name, whose]
        if len(one.true) != len(other.true):
            continue
        change = (other.value - other.true) - (one.value - one.true)
        if np.isfinite(change).any():
            apart[whose] = float(np.nanmean(change))
    for whose, value in apart.items():
        yield ("body" if whose == "body" else "leg"), value
    if "left" in apart and "right" in apart:
        yield "difference", apart["left"] - apart["right"]
