"""Which repetitions to look at: a result in, the ones where the most telling number is smallest and largest out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from alignment.core.measures import MEASURES
from alignment.core.result import Cycle, Result, Summary, Value, Verdict

#: The worst that can be said first. What cannot be told stands behind what can.
WORST_FIRST: Final = (Verdict.OUTSIDE, Verdict.EDGE, Verdict.WITHIN, Verdict.UNKNOWN, None)


@dataclass(frozen=True)
class KeyFrame:
    """One repetition, its value of one measure, and when that was taken (film time)."""

    cycle: Cycle
    value: Value
    time_s: float


def key_frames(cycles: Iterable[Cycle], measure: str, at: str = "key") -> Iterator[KeyFrame]:
    """What was measured of each repetition at this of its moments, for each side; without what has no number."""
    for cycle in cycles:
        for value in cycle.values:
            if value.measure == measure and value.at == at and value.value is not None:
                yield KeyFrame(cycle, value, cycle.key_s if value.time_s is None else value.time_s)


def extremes(result: Result) -> tuple[KeyFrame, ...]:
    """The repetition nearest to what the measure asks for and the one farthest from it, in this order, over both legs.

    The measure is that of the summary's worst verdict. Farthest is the largest value where only large ones are judged, the
    smallest where only small ones are, else the one farthest from neutral. One frame where one repetition has a value,
    none where none has.
    """
    first = leading(result)
    if first is None:
        return ()
    judged = first.limit is not None
    rows = [row for row in _numbered(result) if row.measure == first.measure and (row.limit is not None) == judged]
    off = [(_off(frame, row), frame) for row in rows for frame in _frames_of(row, result)]
    off.sort(key=lambda one: one[0])
    if not off:
        return ()
    worst = off[-1][1]
    others = [frame for _, frame in off if frame.cycle.index != worst.cycle.index]
    return (*others[:1], worst)


def ends(result: Result) -> tuple[str, str]:
    """What the two frames of `extremes` are called, as ends of codes: where nothing is judged, nobody knows the better."""
    row = leading(result)
    return ("nearest", "farthest") if row is not None and row.verdict is not None else ("smallest", "largest")


def _frames_of(row: Summary, result: Result) -> Iterator[KeyFrame]:
    """The values of the repetitions that a row of the summary speaks of."""
    sided = MEASURES[row.measure].sided
    cycles = (
        cycle for cycle in result.cycles if cycle.rejected is None and (sided or row.side in (cycle.side, "body"))
    )
    whose = row.side if sided else "body"
    return (frame for frame in key_frames(cycles, row.measure, row.at) if frame.value.side == whose)


def leading(result: Result) -> Summary | None:
    """The summary's row with the worst verdict, the activity's most telling measure first; None without any number.

    Where nothing is judged, one whose repetitions differ: of what is one number for the film none is larger.
    """
    return min(
        _numbered(result),
        key=lambda row: (WORST_FIRST.index(row.verdict), row.verdict is None and row.sd == 0.0),
        default=None,
    )


def _numbered(result: Result) -> list[Summary]:
    return [row for row in result.summary if row.mean is not None and row.side != "difference"]


def _off(frame: KeyFrame, row: Summary) -> float:
    """How far a value is from what the measure asks for; larger is farther."""
    value, limit = frame.value.value or 0.0, row.limit
    if row.side == "left" and not MEASURES[row.measure].sided:
        value = -value  # a body's number is + to the right, its row + towards the leg that stands
    high = limit is not None and (limit.high is not None or limit.high_outside is not None)
    low = limit is not None and (limit.low is not None or limit.low_outside is not None)
    if high != low:
        return value if high else -value
    return abs(value - MEASURES[row.measure].neutral)
