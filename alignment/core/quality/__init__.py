"""How much a film can carry: after measuring (`grade`, `grade_refused`), and by a few pictures alone (`check_filming`)."""

from alignment.core.quality.by_hand import BY_HAND, MovedLandmark, by_hand, changed_measures, moved_landmark
from alignment.core.quality.filming import Filming, check_filming
from alignment.core.quality.grading import Evidence, grade, grade_refused, with_facings
from alignment.core.quality.rules import BLURRED, DARK, MIN_RATE_HZ, OTHER_LIMITS, other_limits, usable_frames

__all__ = [
    "BLURRED",
    "BY_HAND",
    "DARK",
    "MIN_RATE_HZ",
    "OTHER_LIMITS",
    "Evidence",
    "Filming",
    "MovedLandmark",
    "by_hand",
    "changed_measures",
    "check_filming",
    "grade",
    "grade_refused",
    "moved_landmark",
    "other_limits",
    "usable_frames",
    "with_facings",
]
