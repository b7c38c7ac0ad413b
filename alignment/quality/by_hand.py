"""What a person moved: corrections in; the remark that every result with them carries, with the measures it touches, out."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from alignment.assessment.naming import cycle_title
from alignment.correction import Correction
from alignment.measures import MEASURES
from alignment.quality.rules import reason
from alignment.result import Cycle, Reason
from alignment.texts import say
from alignment.viewpoint import Body

#: The code of the remark.
BY_HAND: Final = "by_hand"
#: So many landmarks are named; of the others there is the number.
_NAMED: Final = 6
#: What no result shows: half of its last digit.
_UNSHOWN: Final = {"share": 0.0005, "ratio": 0.0005}
_UNSHOWN_OTHERWISE: Final = 0.005


def by_hand(corrections: Sequence[Correction], cycles: Sequence[Cycle], measures: Iterable[str]) -> Reason:
    """Which landmarks were moved in which repetitions, and the measures whose numbers that changes."""
    ordered = sorted(corrections, key=lambda one: (one.time_s, one.landmark))
    places = list(dict.fromkeys(place_words(one, cycles) for one in ordered))
    words = ", ".join(places[:_NAMED])
    if places[_NAMED:]:
        words = say("by_hand_more", places=words, count=len(places) - _NAMED).message
    return reason(BY_HAND, measures, places=words)


def place_words(one: Correction, cycles: Sequence[Cycle]) -> str:
    """A landmark and the repetition in which it was moved: "right knee in repetition 2"; the time where it is in none."""
    landmark = say(f"landmark_{one.landmark}").message
    during = [cycle for cycle in cycles if cycle.start_s - 5e-4 <= one.time_s <= cycle.end_s + 5e-4]
    if not during:
        return say("by_hand_at", landmark=landmark, time_s=one.time_s).message
    cycle = min(during, key=lambda cycle: abs(cycle.key_s - one.time_s))
    title = cycle_title(cycle, cycles)
    return say("by_hand_in", landmark=landmark, cycle=title[0].lower() + title[1:]).message


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
