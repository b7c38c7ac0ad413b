"""The last seconds of a filming in, a few times a second; its state out: phase, list, countdown, counts, cue."""

from dataclasses import dataclass, field, replace
from typing import Final

from alignment.core.assessment import Activity, Limits, shipped_limits
from alignment.core.result import CycleSide
from alignment.core.track import Track
from alignment.live.checks import all_met, checklist
from alignment.live.counter import Counter
from alignment.live.cues import CueSelector, excursions
from alignment.live.pace import Pace, pace_now
from alignment.live.recent_poses import last
from alignment.live.state import INITIAL, Phase, State

#: How long everything must be met before the countdown begins, how long that lasts, and what may interrupt it.
MET_S: Final = 1.0
COUNTDOWN_S: Final = 3.0
PATIENCE_S: Final = 0.8
#: Who is not seen for so long is called back.
UNSEEN_S: Final = 1.5
UNSEEN: Final = "live_cue_unseen"


@dataclass
class StateMachine:
    """Leads one filming from the list to the end. Times are those of the tracks that it is given."""

    activity: Activity
    #: Whether it begins when all is met; otherwise it waits for `begin`.
    by_itself: bool = True
    limits: Limits = field(default_factory=shipped_limits)
    state: State = INITIAL
    counter: Counter = field(init=False)
    _cue: CueSelector = field(default_factory=CueSelector)
    _met_s: float | None = None
    _unmet_s: float | None = None
    _ready_s: float = 0.0
    _since_s: float | None = None
    _begin: bool = False

    def __post_init__(self) -> None:
        self.counter = Counter(self.activity)

    def begin(self) -> None:
        """Begin with the next update, whatever the list says."""
        self._begin = True

    def stop(self) -> None:
        """The end; nothing changes any more."""
        self.state = replace(self.state, phase=Phase.STOPPED, cue=None, rejected=None, countdown_s=None)

    def update(self, track: Track) -> State:
        """The state after these last seconds."""
        if self.state.phase is Phase.STOPPED or not track.frames:
            return self.state
        now_s = float(track.time_s[-1])
        if self.state.phase is Phase.RUNNING:
            self._count(track, now_s)
        else:
            self._check(track, now_s)
        return self.state

    def _check(self, track: Track, now_s: float) -> None:
        checks = checklist(track, self.activity)
        met = all_met(checks)
        if met:
            self._met_s, self._unmet_s = self._met_s if self._met_s is not None else now_s, None
        else:
            self._unmet_s = self._unmet_s if self._unmet_s is not None else now_s
        if self._unmet_s is not None and now_s - self._unmet_s >= PATIENCE_S:
            self._met_s = None
        phase, left_s = Phase.CHECKING, None
        if self.by_itself and self._met_s is not None and now_s - self._met_s >= MET_S:
            if self.state.phase is not Phase.READY:
                self._ready_s = now_s
            phase, left_s = Phase.READY, COUNTDOWN_S - (now_s - self._ready_s)
        self.state = replace(self.state, phase=phase, checks=checks, countdown_s=left_s)
        if self._begin or (left_s is not None and left_s <= 0):
            # What was done while standing ready counts, too.
            self._since_s = self._ready_s if phase is Phase.READY else now_s
            self.state = replace(self.state, phase=Phase.RUNNING, countdown_s=None, counts=self._counts())

    def _count(self, track: Track, now_s: float) -> None:
        measured = self.counter.look(track, self._since_s if self._since_s is not None else now_s)
        seen = last(track, UNSEEN_S).seen
        cue = self._cue.look(now_s, excursions(measured, self.activity, self.limits) if measured else ())
        if not seen.any():
            cue = UNSEEN
        self.state = replace(
            self.state,
            cue=cue,
            rejected=self.counter.rejected,
            counts=self._counts(),
            kind=self.counter.counted[-1].kind if self.counter.counted else self.state.kind,
            pace=pace_now(measured.body, self.activity) if measured else Pace(),
            leg_px=measured.setup.lengths.leg_px if measured else self.state.leg_px,
        )

    def _counts(self) -> tuple[tuple[CycleSide, int], ...]:
        """Of both legs together, or of each; both legs are told as soon as one of them has any."""
        counter = self.counter
        if counter.of("left") or counter.of("right"):
            return (("left", counter.of("left")), ("right", counter.of("right")))
        return (("both", counter.of("both")),)
