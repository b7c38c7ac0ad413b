"""How fast it is: when pictures came in and went out in; how many a second, and how long each took, out."""

import threading
from collections import deque
from dataclasses import dataclass

import numpy as np

#: So many of the last pictures are told of.
KEPT = 300


@dataclass(frozen=True)
class Latency:
    """Pictures a second that were looked at, and milliseconds from coming in to going out: usual, and of 95 in 100."""

    analyzed_hz: float
    median_ms: float
    p95_ms: float
    shown: int
    #: Of those shown, how many with landmarks of an earlier picture, because their own were late.
    late: int


class LatencyMeter:
    """Measured in the server: from a decoded picture's arrival until it is handed to the encoder."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._analyzed_s: deque[float] = deque(maxlen=KEPT)
        self._taken_s: deque[tuple[float, bool]] = deque(maxlen=KEPT)

    def analyzed(self, now_s: float) -> None:
        """A picture was looked at."""
        with self._lock:
            self._analyzed_s.append(now_s)

    def shown(self, took_s: float, *, late: bool) -> None:
        """A picture went out this long after it came."""
        with self._lock:
            self._taken_s.append((took_s, late))

    def latency(self) -> Latency | None:
        """Of the last pictures; None before there are enough to tell."""
        with self._lock:
            analyzed, taken = list(self._analyzed_s), list(self._taken_s)
        if len(analyzed) < 10 or len(taken) < 10:
            return None
        took_ms = 1000 * np.array([took_s for took_s, _ in taken])
        return Latency(
            analyzed_hz=(len(analyzed) - 1) / (analyzed[-1] - analyzed[0]),
            median_ms=float(np.median(took_ms)),
            p95_ms=float(np.percentile(took_ms, 95)),
            shown=len(taken),
            late=sum(late for _, late in taken),
        )
