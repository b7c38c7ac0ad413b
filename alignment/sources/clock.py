"""The stamps of a film in; the film time of every picture, rising from 0, and the film's pace out."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Float

#: Taken where neither the film nor the user gives a rate.
ASSUMED_HZ: Final = 30.0
#: Times closer than this are one time; no container ticks as fast.
SAME_S: Final = 1e-6
#: An interval is odd where it is off the median by more than this share of it, and by more than rounding to ticks.
ODD_BY: Final = 0.25
ODD_TICKS: Final = 1.5
#: The rate varies where more than this share of the intervals is odd; a few lost pictures are no variable rate.
ODD_SHARE: Final = 0.02
#: A rate beyond these is a time base or a mistake in the header: phones film 5 to 960, slide shows less than 1.
PLAUSIBLE_HZ: Final = (0.2, 980.0)
#: A clock that falls back further than this was set anew; less is a single wrong stamp.
CLOCK_RESET_S: Final = 1.0


@dataclass(frozen=True)
class Timing:
    """How stamps become film time: seconds = (stamp - origin) * tick_s; or one picture every `interval_s`.

    `assumed` where the film has no usable stamps of its own.
    """

    origin: int
    tick_s: float
    interval_s: float
    assumed: bool = False

    @staticmethod
    def of(origin: int | None, stamps: Iterable[int], tick_s: float, *, rate_hz: float | None) -> "Timing":
        """Judged by the stamps of the first packets. `rate_hz` (or 30) counts only where they cannot be used."""
        times_s = np.sort(np.asarray(list(stamps), dtype=float)) * tick_s
        interval_s = pace(times_s, tick_s)[0] if len(times_s) > 1 else 1 / ASSUMED_HZ
        if origin is not None and PLAUSIBLE_HZ[0] <= 1 / max(interval_s, SAME_S) <= PLAUSIBLE_HZ[1]:
            return Timing(origin, tick_s, interval_s)
        return Timing(0, tick_s, 1 / (rate_hz or ASSUMED_HZ), assumed=True)

    def played_slower(self, times: float) -> "Timing":
        """The same for a film that plays so many times slower than life: its times are those of life."""
        return replace(self, tick_s=self.tick_s / times, interval_s=self.interval_s / times)

    def ticks(self, time_s: float) -> int:
        """The stamp of a film time."""
        return self.origin + round(time_s / self.tick_s)


def pace(times_s: Float[np.ndarray, " pictures"], tick_s: float) -> tuple[float, bool]:
    """The usual interval of two or more rising times in seconds, and whether the intervals vary.

    It is the mean of those near the median: containers round times to their ticks, which only the mean undoes.
    """
    intervals_s = np.diff(times_s)
    middle_s = float(np.median(intervals_s))
    odd = np.abs(intervals_s - middle_s) > max(ODD_BY * middle_s, ODD_TICKS * tick_s)
    # The middle of an even number of intervals may be near none of them.
    usual_s = middle_s if odd.all() else float(intervals_s[~odd].mean())
    return usual_s, bool(odd.mean() > ODD_SHARE)


class Clock:
    """Gives each picture in turn its film time, always later than the one before."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._shift_s = 0.0
        self._pictures = 0
        #: Film time of the last picture that had one; -inf before the first.
        self.last_s = -math.inf

    def time_s(self, stamp: int | None) -> float | None:
        """Film time of the next picture; None where its stamp says that it does not come after the last one."""
        time_s = self._by_stamp(stamp)
        self._pictures += 1
        if time_s <= self.last_s + SAME_S:
            return None
        self.last_s = time_s
        return time_s

    def _by_stamp(self, stamp: int | None) -> float:
        timing = self._timing
        if timing.assumed:
            return self._pictures * timing.interval_s
        due_s = max(self.last_s + timing.interval_s, 0.0)
        if stamp is None:
            return due_s
        time_s = (stamp - timing.origin) * timing.tick_s + self._shift_s
        if time_s < self.last_s - CLOCK_RESET_S:
            self._shift_s += due_s - time_s
            return due_s
        return time_s
