"""What people call a repetition and its numbers: a cycle in, words out."""

from collections.abc import Sequence

from alignment.assessment import amount
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


def with_error(value: float | None, error: float | None, unit: str) -> str:
    """A number with its standard error, the unit once: −3.1 ± 2.0 %."""
    return f"{amount(value, unit).rstrip('° %').replace('-', '−')} ± {amount(error, unit)}"
