"""The body in its frontal plane in; one curve per measure out: one decorated function each, found by its decorator.

Conventions: angles in degrees, lengths in leg lengths, shares from 0 to 1; one number a frame; NaN where the measure is
undefined or its landmarks were not seen. "Towards the midline" is where the other hip is.
"""

from importlib import import_module
from typing import Final

from alignment.core.measures.conditions import (
    ankle_rise,
    ankle_rise_in_picture,
    both_feet_down,
    both_feet_down_in_picture,
    standing_on,
)
from alignment.core.measures.registry import (
    ANYWHERE,
    FRONT_VIEW,
    FRONTAL,
    MARKS_SHARED,
    MEASURES,
    MOMENT_S,
    NEEDS_MARKS,
    NO_BELT,
    UPRIGHT,
    Measure,
    by_marks,
    measure,
    sure_enough,
)

#: The files of measures, in the order in which results have them.
_FILES: Final = ("legs", "pelvis", "trunk", "gait", "gait_frontal")
for _file in _FILES:
    import_module(f"{__name__}.{_file}")

__all__ = [
    "ANYWHERE",
    "FRONTAL",
    "FRONT_VIEW",
    "MARKS_SHARED",
    "MEASURES",
    "MOMENT_S",
    "NEEDS_MARKS",
    "NO_BELT",
    "UPRIGHT",
    "Measure",
    "ankle_rise",
    "ankle_rise_in_picture",
    "both_feet_down",
    "both_feet_down_in_picture",
    "by_marks",
    "measure",
    "standing_on",
    "sure_enough",
]
