"""What is known at a moment of filming: the phase, the list before the start, the counts, the cue."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from alignment.core.result import CycleSide
from alignment.live.checks import Check, waiting
from alignment.live.pace import Pace
from alignment.texts import Text, say


class Phase(StrEnum):
    """How far a filming has come."""

    #: The list is looked through; nothing is kept.
    CHECKING = "checking"
    #: All is met; it begins in a moment.
    READY = "ready"
    #: Pictures are counted and kept.
    RUNNING = "running"
    STOPPED = "stopped"


@dataclass(frozen=True)
class State:
    """Everything a page or a picture shows of a filming; made anew whenever something changes."""

    phase: Phase = Phase.CHECKING
    checks: tuple[Check, ...] = ()
    #: Seconds until it begins by itself; None while nothing is counted down.
    countdown_s: float | None = None
    #: Repetitions of both legs together, or of each leg.
    counts: tuple[tuple[CycleSide, int], ...] = ()
    kind: str = "rep"
    #: Code of what to tell the person, None for silence.
    cue: str | None = None
    #: Why the last one did not count, as a code of a reason.
    rejected: str | None = None
    recorded_s: float = 0.0
    recorded_bytes: int = 0
    trimmed: bool = False
    #: Standing leg's length in the picture, in px of the size that is looked at; None while unknown.
    leg_px: float | None = None
    #: How fast somebody runs or walks now.
    pace: Pace = field(default_factory=Pace)

    @property
    def total(self) -> int:
        """All repetitions, whichever leg made them."""
        return sum(number for _, number in self.counts)


#: Before the first picture.
INITIAL: Final = State(checks=waiting())


def hint(state: State) -> Text | None:
    """The one thing to tell the person now, for eyes that are some steps away; None for silence."""
    if state.phase is Phase.CHECKING:
        unmet = next((check for check in state.checks if check.state == "unmet"), None)
        if unmet is not None:
            return unmet.text
        unknown = any(check.state == "unknown" for check in state.checks)
        return say("live_hint_looking") if unknown else None
    if state.phase is Phase.READY:
        return say("live_hint_ready")
    if state.phase is Phase.RUNNING and state.cue:
        return say(state.cue)
    if state.phase is Phase.RUNNING and state.rejected:
        return say("live_hint_rejected", reason=say(f"reason_{state.rejected}").message)
    return None


def count_words(state: State) -> list[tuple[str, int]]:
    """What is counted and how many, one entry for both legs together or for each leg."""
    what = say(f"overlay_kind_{state.kind}").message
    if not state.counts or [side for side, _ in state.counts] == ["both"]:
        return [(what, state.total)]
    return [(say(f"live_count_{side}").message, number) for side, number in state.counts]
