"""The last seconds of a movement in; how many repetitions it has had so far out, cut by the same rules as a film."""

import math
from dataclasses import dataclass, field
from typing import Final

from alignment.core import viewpoint
from alignment.core.assessment import Activity
from alignment.core.cleaning import clean
from alignment.core.cycles import Cut
from alignment.core.result import CycleSide
from alignment.core.settings import Settings
from alignment.core.track import Track
from alignment.core.viewpoint import Body, Setup
from alignment.pose.calibration import calibration_of

#: A cut is believed once so much of what follows its end was seen.
AFTER_S: Final = 0.1
#: Cuts of the same leg whose key moments are nearer than this are one and the same.
SAME_S: Final = 0.35
#: How long after its end the reason is told why something did not count.
TOLD_S: Final = 2.5
#: Fewer pictures than this cannot be cleaned or cut.
FEWEST: Final = 15


@dataclass(frozen=True)
class Counted:
    """One repetition that counts; the key moment is on the clock of the filming."""

    kind: str
    side: CycleSide
    key_s: float


@dataclass(frozen=True)
class Measured:
    """What the last seconds gave: the cleaned track, how the camera stands, and the body."""

    track: Track
    setup: Setup
    body: Body


@dataclass
class Counter:
    """Counts one activity. A repetition once counted stays counted, whatever later pictures make of it."""

    activity: Activity
    counted: list[Counted] = field(default_factory=list)
    #: Why the last one did not count, and until when to say so.
    rejected: str | None = None
    _rejected_until_s: float = 0.0

    def look(self, track: Track, since_s: float = -math.inf) -> Measured | None:
        """Count what is new in the last seconds, if it began after `since_s`; None where nothing can be measured."""
        if track.frames < FEWEST or not track.seen.any():
            return None
        measured = measured_in(track, self.activity)
        time_s = track.time_s
        now_s = float(time_s[-1])
        if now_s >= self._rejected_until_s:
            self.rejected = None
        for cut in self.activity.cut(measured.body):
            key_s, end_s = float(time_s[cut.key]), float(time_s[cut.end])
            if time_s[cut.start] < since_s or end_s > now_s - AFTER_S:
                continue
            if cut.rejected is None:
                self._count(cut, key_s)
            elif cut.rejected != "cut_off" and now_s - end_s < TOLD_S and not self._is_known(cut.side, key_s):
                self.rejected, self._rejected_until_s = cut.rejected, end_s + TOLD_S
        return measured

    def _count(self, cut: Cut, key_s: float) -> None:
        if not self._is_known(cut.side, key_s):
            self.counted.append(Counted(cut.kind, cut.side, key_s))
            self.rejected = None

    def _is_known(self, side: CycleSide, key_s: float) -> bool:
        return any(one.side == side and abs(one.key_s - key_s) < SAME_S for one in self.counted)

    def of(self, side: CycleSide) -> int:
        """How many of one leg's, or of both together."""
        return sum(one.side == side for one in self.counted)


def measured_in(track: Track, activity: Activity) -> Measured:
    """The track cleaned and the body in its own frontal plane, as in the analysis of a film."""
    cleaned, _ = clean(track, cutoff_hz=activity.cutoff_hz, max_gap_s=activity.max_gap_s)
    calibration = calibration_of(track.model.variant)
    setup = viewpoint.estimate(cleaned, activity.stance, calibration, Settings())
    return Measured(cleaned, setup, viewpoint.reconstruct(cleaned, setup))
