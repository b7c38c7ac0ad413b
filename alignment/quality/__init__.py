"""How much a film can carry: after measuring (`judged`, `refused`), and by a few pictures alone (`check_filming`)."""

from alignment.quality.by_hand import BY_HAND, by_hand, changed_measures, place_words
from alignment.quality.filming import Filming, check_filming
from alignment.quality.grade import Evidence, judged, refused
from alignment.quality.rules import BLURRED, DARK, MIN_RATE_HZ, OTHER_LIMITS, other_limits, usable_frames

__all__ = [
    "BLURRED",
    "BY_HAND",
    "DARK",
    "MIN_RATE_HZ",
    "OTHER_LIMITS",
    "Evidence",
    "Filming",
    "by_hand",
    "changed_measures",
    "check_filming",
    "judged",
    "other_limits",
    "place_words",
    "refused",
    "usable_frames",
]
