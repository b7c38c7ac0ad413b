"""What an activity is: how to film it, how to cut it into cycles, and which measures matter there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from alignment.core.cycles import Cut
from alignment.core.measures import FRONTAL, MEASURES, by_marks
from alignment.core.result import Facing
from alignment.core.viewpoint import BOTH_FEET, Body, Stance

#: What every phone films with if told to.
MOST_ASKED_FPS = 60.0


@dataclass(frozen=True)
class Activity:
    """What someone does in the film, how to cut it into cycles, and which measures matter there.

    What it is called and how it is filmed stand in the catalogue: `activity_<name>` and `activity_<name>_how`.
    """

    name: str
    cut: Callable[[Body], list[Cut]]
    #: The measures of the summary, most telling first.
    measures: tuple[str, ...]
    #: What is shown besides of somebody who wears marks on the pelvis.
    with_marks: tuple[str, ...] = ()
    #: What carries the body, and what the other foot does.
    stance: Stance = BOTH_FEET
    views: tuple[Facing, ...] = ("front", "back")
    #: Of what front and back alone show, no mean of fewer repetitions of a leg is told.
    least_from_ahead: int = 0
    max_fps: float = 30.0
    cutoff_hz: float = 6.0
    max_gap_s: float = 0.2

    @property
    def asked_fps(self) -> float:
        """How many pictures a second to ask for: more are used, too, but few phones film so by themselves."""
        return min(self.max_fps, MOST_ASKED_FPS)

    @property
    def told_from(self) -> tuple[Facing, ...]:
        """From where anything is told of it: its own views, and front and back where they show something else."""
        return (*self.views, *(FRONTAL if self.least_from_ahead else ()))

    @property
    def timed(self) -> bool:
        """Whether moments are told of it."""
        return any(MEASURES[name].timed for name in self.measures)

    def worn(self) -> "Activity":
        """The same of somebody who wears marks on the pelvis: what these tell comes second."""
        told = (*self.among(by_marks()), *self.with_marks)
        first, *others = (name for name in self.measures if name not in told)
        return replace(self, measures=(first, *told, *others), with_marks=())

    def among(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of these measures the activity shows, in its order."""
        wanted = set(names)
        return tuple(name for name in self.measures if name in wanted)
