"""What a person moved: corrections in; the remark that every result with them carries, with the measures it touches, out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from alignment.core.correction import Correction
from alignment.core.measures import MEASURES
from alignment.core.quality.rules import reason
from alignment.core.result import Cycle, CycleSide, Reason, ordinal
from alignment.core.viewpoint import Body

#: The code of the remark.
BY_HAND: Final = "by_hand"
#: What no result shows: half of its last digit.
_UNSHOWN: Final = {"share": 0.0005, "ratio": 0.0005}
_UNSHOWN_OTHERWISE: Final = 0.005


@dataclass(frozen=True)
class MovedLandmark:
    """A landmark and the repetition in which it was moved, by its kind, side and number; the time where it is in none.

    The number is None where the repetition does not count.
    """

    landmark: str
    kind: str | None = None
    side: CycleSide | None = None
    number: int | None = None
    time_s: float | None = None


def by_hand(corrections: Sequence[Correction], cycles: Sequence[Cycle], measures: Iterable[str]) -> Reason:
    """Which landmarks were moved in which repetitions, and the measures whose numbers that changes."""
    ordered = sorted(corrections, key=lambda one: (one.time_s, one.landmark))
    moved = dict.fromkeys(moved_landmark(one, cycles) for one in ordered)
    columns = {part.name: tuple(getattr(one, part.name) for one in moved) for part in fields(MovedLandmark)}
    return reason(BY_HAND, measures, **columns)


def moved_landmark(one: Correction, cycles: Sequence[Cycle]) -> MovedLandmark:
    """In which repetition a landmark was moved."""
    during = [cycle for cycle in cycles if cycle.start_s - 5e-4 <= one.time_s <= cycle.end_s + 5e-4]
    if not during:
        return MovedLandmark(one.landmark, time_s=one.time_s)
    cycle = min(during, key=lambda cycle: abs(cycle.key_s - one.time_s))
    return MovedLandmark(one.landmark, cycle.kind, cycle.side, ordinal(cycle, cycles))


def changed_measures(before: Body, after: Body) -> set[str]:
    """The measures of which some frame's number, as a result shows it, is another one in two bodies of one film."""
    return {
        measure.name
        for measure in MEASURES.values()
        for whose in measure.whose
        if _differ(measure.curve(before, whose), measure.curve(after, whose), measure.unit)
    }


def _differ(one: np.ndarray, other: np.ndarray, unit: str) -> bool:
    unshown = _UNSHOWN.get(unit, _UNSHOWN_OTHERWISE)
    return not np.allclose(one, other, rtol=0.0, atol=unshown, equal_nan=True)
