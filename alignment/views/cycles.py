"""What people call a repetition and its numbers: a cycle in, words out."""

from alignment.assessment import amount
from alignment.assessment.naming import cycle_number, cycle_title

__all__ = ["cycle_number", "cycle_title", "with_error"]


def with_error(value: float | None, error: float | None, unit: str) -> str:
    """A number with its standard error, the unit once: −3.1 ± 2.0 %."""
    return f"{amount(value, unit).rstrip('° %')} ± {amount(error, unit)}"
