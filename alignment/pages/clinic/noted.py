"""What was written down about two sessions in; what of it differs and may change a number, out."""

from collections.abc import Iterator
from typing import Final

from alignment.records import SessionFacts
from alignment.result import Reason
from alignment.texts import say

#: On these a higher step asks for more.
_STEPPED: Final = frozenset({"step_down", "stairs"})


def differences(before: SessionFacts, after: SessionFacts, activity: str) -> Iterator[Reason]:
    """Other footwear, footwear that was noted but once, and another height of the step where one is climbed."""
    one, other = before.footwear, after.footwear
    if one and other and one.casefold() != other.casefold():
        yield _reason("other_footwear", before=one, after=other)
    elif bool(one) != bool(other):
        yield _reason("footwear_once", noted=one or other)
    steps = before.step_height_cm, after.step_height_cm
    if activity in _STEPPED and None not in steps and steps[0] != steps[1]:
        yield _reason("other_step", before=steps[0], after=steps[1])


def _reason(code: str, **values: object) -> Reason:
    text = say(f"clinic_{code}", **values)
    return Reason(f"clinic_{code}", text.message, text.remedy)
