"""True repetitions and those that the program counted in; which is which, and which were missed or invented, out."""

from collections.abc import Sequence
from dataclasses import dataclass

from alignment.accuracy.truth import Repetition
from alignment.core.result import Cycle


@dataclass(frozen=True)
class Matched:
    """Each true repetition with the counted cycle that stands for it, None where it was missed; and the cycles left over."""

    pairs: tuple[tuple[Repetition, Cycle | None], ...]
    invented: tuple[Cycle, ...]

    @property
    def found(self) -> tuple[tuple[Repetition, Cycle], ...]:
        """The repetitions that were found, with their cycles."""
        return tuple((rep, cycle) for rep, cycle in self.pairs if cycle is not None)

    @property
    def missed(self) -> int:
        """How many true repetitions were not found."""
        return len(self.pairs) - len(self.found)


def match(repetitions: Sequence[Repetition], cycles: Sequence[Cycle]) -> Matched:
    """Pair repetitions with counted cycles of the same side that overlap in time, the nearest key moments first.

    Each belongs to one pair at most. A rejected cycle counts nowhere.
    """
    counted = [cycle for cycle in cycles if cycle.rejected is None]
    candidates = sorted(
        (abs(rep.key_s - cycle.key_s), i, j)
        for i, rep in enumerate(repetitions)
        for j, cycle in enumerate(counted)
        if rep.side == cycle.side and rep.start_s < cycle.end_s and cycle.start_s < rep.end_s
    )
    partner: dict[int, int] = {}
    for _, i, j in candidates:
        if i not in partner and j not in partner.values():
            partner[i] = j
    pairs = tuple((rep, counted[partner[i]] if i in partner else None) for i, rep in enumerate(repetitions))
    return Matched(pairs, tuple(cycle for j, cycle in enumerate(counted) if j not in partner.values()))
