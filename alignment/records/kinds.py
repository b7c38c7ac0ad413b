"""What records hold, as the rest of the program sees it: subjects, sessions, analyses, key frames, notes of who did what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from alignment.correction import Correction as Correction
from alignment.result import Result

#: Where it hurts; "" where nothing was said.
ComplaintSide = Literal["", "left", "right", "both"]


@dataclass(frozen=True)
class Pain:
    """Pain from 0 (none) to 10 (the worst one can think of) around one session; None where it was not asked."""

    before: int | None = None
    during: int | None = None
    hour_after: int | None = None
    next_morning: int | None = None


@dataclass(frozen=True)
class SessionFacts:
    """What is written down about one visit."""

    date: date
    footwear: str = ""
    complaint_side: ComplaintSide = ""
    step_height_cm: float | None = None
    notes: str = ""
    pain: Pain = field(default_factory=Pain)


@dataclass(frozen=True)
class Subject:
    """One person, by a code; `key` stays when the code is changed. Times are in UTC."""

    key: str
    code: str
    created: datetime
    version: int


@dataclass(frozen=True)
class Session:
    """One visit of a subject. `version` counts its changes and tells whether somebody else was faster."""

    key: str
    subject_key: str
    facts: SessionFacts
    version: int


@dataclass(frozen=True)
class KeyFrame:
    """A picture at a repetition's key moment, faces blurred, as JPEG. `drawn` tells that the lines are part of it.

    `time_s` is on the film's clock, and is that of a frame of the track; `cycle` the repetition's index in the result.
    """

    cycle: int
    time_s: float
    jpeg: bytes
    drawn: bool


@dataclass(frozen=True)
class NewAnalysis:
    """An analysis as it comes in: `track` is a track.parquet, `video` the film itself only where it was asked for."""

    result: Result
    track: bytes
    key_frames: tuple[KeyFrame, ...] = ()
    video: Path | None = None


@dataclass(frozen=True)
class Analysis:
    """An analysis as it is kept. `result` holds the numbers as they stand, with every correction in `corrections`.

    Settings and software version are in the result. Landmarks (always as the model gave them), key frames and video are read
    when they are asked for.
    """

    key: str
    session_key: str
    added: datetime
    result: Result
    corrections: tuple[Correction, ...]
    has_video: bool
    version: int


@dataclass(frozen=True)
class Entry:
    """One note of the audit: when (UTC), who (the operator's name, "" if none is set), what was done, to what, in words."""

    time: datetime
    operator: str
    what: str
    about: str


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed at once: what it was when both began, what the other wrote, what this one wants."""

    field: str
    was: object
    theirs: object
    yours: object


class ConflictError(Exception):
    """Two people changed the same fields of one thing; nothing was written. The newest state is in `now`."""

    def __init__(self, conflicts: Iterable[Conflict], now: Session | Analysis | Subject) -> None:
        self.conflicts = tuple(conflicts)
        self.now = now
        super().__init__(", ".join(one.field for one in self.conflicts))
