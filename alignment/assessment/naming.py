"""What people call a repetition: a cycle among the others of its film in, words out."""

from collections.abc import Sequence

from alignment.result import Cycle
from alignment.texts import say


def cycle_number(cycle: Cycle, cycles: Sequence[Cycle]) -> str:
    """Its number among those that count on its side, with the side's letter where it has one; × where it does not count."""
    letter = "" if cycle.side == "both" else say(f"overlay_{cycle.side}").message
    if cycle.rejected is not None:
        return f"{letter}×"
    counted = [one.index for one in cycles if one.side == cycle.side and one.rejected is None]
    return f"{letter}{counted.index(cycle.index) + 1}"


def cycle_title(cycle: Cycle, cycles: Sequence[Cycle]) -> str:
    """A repetition's name: "Repetition 2", "Step L3"."""
    kind = say(f"chart_kind_{cycle.kind}").message
    if cycle.rejected is not None:
        return say("chart_not_counted", kind=kind).message
    return f"{kind} {cycle_number(cycle, cycles)}"
