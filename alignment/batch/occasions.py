"""Videos and their results in; what those of one occasion tell together, once all are finished, out."""

from collections.abc import Iterator
from dataclasses import dataclass

from alignment import workflow
from alignment.batch.plan import VideoPlan
from alignment.batch.tasks import Failure, failure_of
from alignment.core.result import Occasion, Result
from alignment.errors import InputError
from alignment.workflow import Stage


@dataclass(frozen=True, order=True)
class Which:
    """One person's movement on one occasion, as the manifest tells it; its films are judged as one."""

    subject: str
    session: str
    occasion: str
    activity: str


@dataclass(frozen=True)
class Judged:
    """The videos of an occasion, in their order, and what they tell together, or why they do not go together."""

    which: Which
    videos: tuple[str, ...]
    told: Occasion | Failure


class Occasions:
    """Collects results in any order; those without an occasion are let go."""

    def __init__(self) -> None:
        self._found: dict[Which, dict[int, tuple[VideoPlan, Result]]] = {}

    def add(self, position: int, plan: VideoPlan, result: Result) -> None:
        """Take up a video's result; `position` is its place in the order."""
        row = plan.video.row
        if row.occasion:
            which = Which(row.subject, row.session, row.occasion, result.activity)
            self._found.setdefault(which, {})[position] = (plan, result)

    def judged(self) -> Iterator[Judged]:
        """Every occasion, in the order of who, when and what."""
        for which, found in sorted(self._found.items()):
            films = [found[position] for position in sorted(found)]
            yield Judged(which, tuple(plan.video.name for plan, _ in films), _judge(films))


def _judge(films: list[tuple[VideoPlan, Result]]) -> Occasion | Failure:
    try:
        return workflow.judge_occasion([result for _, result in films], films[0][0].request.limits)
    except InputError as fault:
        return failure_of(Stage.ASSESS, fault)
