"""What a measure is: one decorated function, found by its decorator, with what has to be known of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.core.result import Curve, Facing, Whose
from alignment.core.skeleton import SIDES
from alignment.core.track import Flags, Numbers
from alignment.core.viewpoint import Body

FRONTAL: Final[tuple[Facing, ...]] = ("front", "back")
#: Measures that need a true vertical.
UPRIGHT: Final = (
    "pelvic_obliquity",
    "trunk_lean",
    "weight_right_share",
    "trunk_lean_forward",
    "crossover",
    "thigh_adduction",
)
ASIDE: Final[tuple[Facing, ...]] = ("left", "right")
#: Why a measure that only a side shows has no number in a film from front or back, which is no fault of the film.
FRONT_VIEW: Final = "front_view"
#: What all repetitions of a film share of the error of what marks tell, beside the camera's part.
MARKS_SHARED: Final = ("marks_placed", "standing_sways")
#: Why a step has no length in a film of which nobody said how fast the belt goes.
NO_BELT: Final = "belt_speed_unknown"
#: Why what marks on the pelvis tell has no number in a film without any.
NEEDS_MARKS: Final = "needs_marks"
ANYWHERE: Final[tuple[Facing, ...]] = (*FRONTAL, *ASIDE)
#: A value is the median over this much time to either side of its moment. Design, section 3.
MOMENT_S: Final = 0.05


@dataclass(frozen=True)
class Gate:
    """A condition without which a measure is undefined: the code of the reason, and in which frames it is met."""

    reason: str
    met: Callable[[Body, Whose], Flags]


@dataclass(frozen=True)
class Measure:
    """A measure: how to compute it, for whom, in which unit, from where it can be seen and whose definition it is."""

    name: str
    unit: str
    sided: bool
    views: tuple[Facing, ...]
    gates: tuple[Gate, ...]
    #: A value with a larger standard error says nothing and is withheld, with the main source of the error as reason.
    useful_se: float
    #: The value from which an excursion counts.
    neutral: float
    #: From which bend of the knee on its `peak` is looked for, and is then the largest value; None for the one farthest from
    #: neutral anywhere in the repetition.
    peak_from_deg: float | None
    reference: str
    #: What it is off by where it rests on marks that are worn, by code of the reason; None where it rests on landmarks.
    mark_errors: Callable[[Body], Mapping[str, Numbers]] | None
    #: From where it is exact enough to be held against limits.
    judged_from: tuple[Facing, ...]
    compute: Callable[..., Numbers]
    #: In which activities it is taken; everywhere where none is named.
    activities: tuple[str, ...] = ()
    #: A value is the median over this much time to either side of its moment.
    around_s: float = MOMENT_S
    #: What it is off by besides what shifted landmarks and the calibration tell.
    more_error: Callable[[Body, Whose], Numbers] | None = None
    #: Whether it rests on moments alone, which a landmark that lies elsewhere throughout does not change.
    timed: bool = False

    def taken_in(self, activity: str | None) -> bool:
        """Whether it is taken in an activity."""
        return not self.activities or activity in self.activities

    @property
    def whose(self) -> tuple[Whose, ...]:
        """Whose curves there are: one for each leg, or one for the whole body."""
        return SIDES if self.sided else ("body",)

    def compute_ungated(self, body: Body, whose: Whose) -> Numbers:
        """The formula's number in every frame, whether it means anything there or not."""
        return self.compute(body) if whose == "body" else self.compute(body, whose)

    def refusals(self, body: Body, whose: Whose) -> np.ndarray:
        """Code of the first unmet condition in each frame, "" where the measure is defined."""
        reasons = np.full(len(body.time_s), "", dtype="<U32")
        for gate in reversed(self.gates):
            reasons[~gate.met(body, whose)] = gate.reason
        return reasons

    def curve(self, body: Body, whose: Whose) -> Numbers:
        """The measure in every frame, NaN where it is undefined."""
        return np.where(self.refusals(body, whose) == "", self.compute_ungated(body, whose), np.nan)


MEASURES: dict[str, Measure] = {}


def measure(
    *,
    unit: str,
    sided: bool = True,
    views: tuple[Facing, ...] = FRONTAL,
    gates: tuple[Gate, ...] = (),
    useful_se: float,
    neutral: float = 0.0,
    peak_from_deg: float | None = None,
    reference: str,
    mark_errors: Callable[[Body], Mapping[str, Numbers]] | None = None,
    judged_from: tuple[Facing, ...] = ANYWHERE,
    activities: tuple[str, ...] = (),
    around_s: float = MOMENT_S,
    more_error: Callable[[Body, Whose], Numbers] | None = None,
    timed: bool = False,
) -> Callable[[Callable[..., Numbers]], Callable[..., Numbers]]:
    """Register a function (body) or (body, side) -> numbers under its own name. ValueError if that name is taken."""

    def register(function: Callable[..., Numbers]) -> Callable[..., Numbers]:
        name = function.__name__
        if name in MEASURES:
            raise ValueError(f"there are two measures named {name}")
        MEASURES[name] = Measure(
            name,
            unit,
            sided,
            views,
            gates,
            useful_se,
            neutral,
            peak_from_deg,
            reference,
            mark_errors,
            judged_from,
            function,
            activities,
            around_s,
            more_error,
            timed,
        )
        return function

    return register


def by_marks() -> tuple[str, ...]:
    """The measures that nothing but marks on the pelvis tell."""
    return tuple(name for name, one in MEASURES.items() if one.mark_errors is not None)


def sure_enough(curve: Curve) -> Flags:
    """In which frames a curve has a number whose standard error is no larger than is useful, as in the summary."""
    with np.errstate(invalid="ignore"):
        return np.isfinite(curve.value) & (curve.standard_error <= MEASURES[curve.measure].useful_se)
