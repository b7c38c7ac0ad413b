"""What people call a repetition: a cycle among the others of its film in, words out."""

from collections.abc import Sequence

from alignment.core.result import Cycle, CycleSide, ordinal
from alignment.texts import is_known, say


def cycle_number(cycle: Cycle, cycles: Sequence[Cycle]) -> str:
    """Its number among those that count on its side, with the side's letter where it has one; × where it does not count."""
    return _number(cycle.side, ordinal(cycle, cycles))


def cycle_title(cycle: Cycle, cycles: Sequence[Cycle]) -> str:
    """A repetition's name: "Repetition 2", "Step L3"."""
    return title_of(cycle.kind, cycle.side, ordinal(cycle, cycles))


def cycles_noun(activity: str | None, kind: str | None, count: int) -> str:
    """What so many repetitions of a movement are called: "squats", "step"; by their kind where it has no name of its own."""
    one = count == 1
    codes = (f"cycle_{name}" if one else f"cycles_{name}" for name in (activity, kind, "rep"))
    return say(next(code for code in codes if is_known(code))).message


def title_of(kind: str, side: CycleSide, number: int | None) -> str:
    """The name of a side's repetition with this number; None where it does not count."""
    name = say(f"chart_kind_{kind}").message
    if number is None:
        return say("chart_not_counted", kind=name).message
    return f"{name} {_number(side, number)}"


def _number(side: CycleSide, number: int | None) -> str:
    letter = "" if side == "both" else say(f"overlay_{side}").message
    return f"{letter}{'×' if number is None else number}"
