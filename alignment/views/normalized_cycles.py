"""Repetitions laid over each other: a curve and repetitions in; their mean and range over 0 to 100 % of a repetition out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float

from alignment.core.measures import sure_enough
from alignment.core.result import Curve, Cycle, CycleSide, Result

#: From the start of a repetition to its end.
PERCENT: Final = np.linspace(0.0, 100.0, 101)
#: A mean is told where at least this share of the repetitions has a value.
_LEAST_SHARE: Final = 0.5

Numbers = Float[np.ndarray, "101"]


@dataclass(frozen=True)
class NormalizedCycles:
    """The mean of repetitions at each percent, from the lowest to the highest of them; NaN where too few have a value.

    `sure`: whether as many of them are sure enough to be told. `count`: how many repetitions there are.
    """

    mean: Numbers
    low: Numbers
    high: Numbers
    sure: Bool[np.ndarray, "101"]
    count: int


def counted_cycles(result: Result, side: CycleSide | None = None) -> list[Cycle]:
    """The repetitions that count, of one side if it is given, in order of time."""
    return [one for one in result.cycles if one.rejected is None and side in (None, one.side)]


def matching_cycles(before: Result, after: Result) -> list[tuple[Cycle, Cycle]]:
    """The repetitions of two results that belong together: the first of each side, the second, and so on."""
    sides = dict.fromkeys(one.side for one in counted_cycles(before))
    pairs = [
        pair for side in sides for pair in zip(counted_cycles(before, side), counted_cycles(after, side), strict=False)
    ]
    return sorted(pairs, key=lambda pair: pair[0].start_s)


def percent_of_cycle(cycle: Cycle, time_s: float) -> float:
    """Where a moment lies within a repetition: 0 at its start, 100 at its end."""
    return 100.0 * (time_s - cycle.start_s) / (cycle.end_s - cycle.start_s)


def normalize(curve: Curve, time_s: Float[np.ndarray, " frames"], cycles: Sequence[Cycle]) -> NormalizedCycles:
    """These repetitions of a curve, each stretched to 0 to 100 % of its own time, laid over each other."""
    if not cycles:
        nothing = np.full(len(PERCENT), np.nan)
        return NormalizedCycles(nothing, nothing, nothing, np.zeros(len(PERCENT), dtype=bool), 0)
    values = np.stack([_stretch(curve.value, time_s, cycle) for cycle in cycles])
    given = np.where(sure_enough(curve), curve.value, np.nan)
    sure = np.isfinite(np.stack([_stretch(given, time_s, cycle) for cycle in cycles]))
    there = np.isfinite(values)
    enough = there.mean(axis=0) >= _LEAST_SHARE
    mean = np.where(there, values, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    low = np.where(there, values, np.inf).min(axis=0)
    high = np.where(there, values, -np.inf).max(axis=0)
    mean, low, high = (np.where(enough, numbers, np.nan) for numbers in (mean, low, high))
    return NormalizedCycles(mean, low, high, enough & (sure.mean(axis=0) >= _LEAST_SHARE), len(cycles))


def _stretch(value: np.ndarray, time_s: np.ndarray, cycle: Cycle) -> np.ndarray:
    """A curve's values at each percent of a repetition; a gap stays one, and so does what lies outside the film."""
    at_s = cycle.start_s + PERCENT / 100 * (cycle.end_s - cycle.start_s)
    return np.interp(at_s, time_s, value, left=np.nan, right=np.nan)
