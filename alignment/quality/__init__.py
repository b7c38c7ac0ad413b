"""How much a film can carry: after measuring (`judged`, `refused`), and by a few pictures alone (`check_filming`)."""

from alignment.quality.filming import Filming, check_filming
from alignment.quality.grade import Evidence, judged, refused
from alignment.quality.rules import BLURRED, DARK, MIN_RATE_HZ, usable_frames

__all__ = [
    "BLURRED",
    "DARK",
    "MIN_RATE_HZ",
    "Evidence",
    "Filming",
    "check_filming",
    "judged",
    "refused",
    "usable_frames",
]
