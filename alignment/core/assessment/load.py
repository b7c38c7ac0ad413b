"""Pain around one session in; whether each part of the load rule is met out.

The rule is the one of the running study that IQWiG's page reports (docs/assessment.md): while moving at most 2 of 10, gone
within an hour, no worse the next morning.
"""

from dataclasses import dataclass
from typing import Final, Literal

#: Pain while moving is accepted up to this, of 10.
MOST_WHILE_MOVING: Final = 2

LoadPart = Literal["during", "hour_after", "next_morning"]


@dataclass(frozen=True)
class Kept:
    """One part of the rule: the number it goes by (None where it was not asked), and whether it is met, None if unknown.

    `against` is the pain before the session where the part compares with it.
    """

    part: LoadPart
    pain: int | None
    met: bool | None
    against: int | None = None


def load_rule(
    before: int | None, during: int | None, hour_after: int | None, next_morning: int | None
) -> tuple[Kept, Kept, Kept]:
    """The three parts of the rule for one session, from pain of 0 (none) to 10; None where it was not asked.

    Gone within an hour is no pain at all then. No worse next morning is against the pain before the session; without
    that, only a morning without pain tells.
    """
    worse = None if next_morning is None or before is None else next_morning > before
    morning = True if next_morning == 0 else None if worse is None else not worse
    return (
        Kept("during", during, None if during is None else during <= MOST_WHILE_MOVING),
        Kept("hour_after", hour_after, None if hour_after is None else hour_after == 0, before),
        Kept("next_morning", next_morning, morning, before),
    )
