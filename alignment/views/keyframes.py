"""Which repetitions to look at: a result in, the ones where the most telling number is smallest and largest out."""

from dataclasses import dataclass
from typing import Final

from alignment.measures import MEASURES
from alignment.result import Cycle, Result, Summary, Value, Verdict

_WORST_FIRST: Final = (Verdict.OUTSIDE, Verdict.EDGE, Verdict.WITHIN, Verdict.UNKNOWN, None)


@dataclass(frozen=True)
class KeyFrame:
    """One repetition, its value of the most telling measure, and when that was taken (film time)."""

    cycle: Cycle
    value: Value
    time_s: float


def extremes(result: Result) -> tuple[KeyFrame, ...]:
    """The repetition nearest to what the measure asks for and the one farthest from it, in this order.

    The measure is that of the summary's worst verdict, one leg's where it is a leg's. Farthest is the largest value where
    only large ones are judged, the smallest where only small ones are, else the one farthest from neutral. One frame
    where one repetition has a value, none where none has.
    """
    row = leading(result)
    if row is None:
        return ()
    frames = sorted((frame for cycle in result.cycles for frame in _frames(cycle, row)), key=lambda one: _off(one, row))
    return tuple(frames[:1] + frames[-1:]) if len(frames) > 1 else tuple(frames)


def leading(result: Result) -> Summary | None:
    """The summary's row with the worst verdict, the activity's most telling measure first; None without any number."""
    rows = [row for row in result.summary if row.mean is not None and row.side != "difference"]
    return min(rows, key=lambda row: _WORST_FIRST.index(row.verdict), default=None)


def _frames(cycle: Cycle, row: Summary) -> list[KeyFrame]:
    if cycle.rejected is not None:
        return []
    sides = {row.side} if MEASURES[row.measure].sided else {"body"}
    stands = row.side in ("left", "right") and not MEASURES[row.measure].sided
    if stands and cycle.side != row.side:
        return []
    return [
        KeyFrame(cycle, value, cycle.key_s if value.time_s is None else value.time_s)
        for value in cycle.values
        if value.measure == row.measure and value.at == row.at and value.side in sides and value.value is not None
    ]


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
