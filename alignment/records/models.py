"""What records keep, as the rest of the program sees it: subjects, sessions, analyses, key frames, audit notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from alignment.core.correction import Correction as Correction
from alignment.core.result import Result

#: Where it hurts; "" where nothing was said.
ComplaintSide = Literal["", "left", "right", "both"]

_PAIN: Final = "pain_"
#: The columns of what is written down about a session.
FACT_COLUMNS: Final = (
    *("date", "footwear", "complaint_side", "step_height_cm", "notes"),
    *("pain_before", "pain_during", "pain_hour_after", "pain_next_morning"),
)


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

    def as_columns(self) -> dict[str, Any]:
        """Each fact under the name of its column, in the order of `FACT_COLUMNS`."""
        return {
            name: getattr(self.pain, name.removeprefix(_PAIN)) if name.startswith(_PAIN) else getattr(self, name)
            for name in FACT_COLUMNS
        }

    @classmethod
    def from_columns(cls, values: Mapping[str, Any]) -> "SessionFacts":
        """The inverse of `as_columns`; what else stands there is passed over."""
        pain = {name.removeprefix(_PAIN): values[name] for name in FACT_COLUMNS if name.startswith(_PAIN)}
        facts = {name: values[name] for name in FACT_COLUMNS if not name.startswith(_PAIN)}
        return cls(**facts, pain=Pain(**pain))


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
class Visit:
    """An analysis with the session and the subject that it belongs to."""

    subject: Subject
    session: Session
    analysis: Analysis


@dataclass(frozen=True)
class Shift:
    """How far a correction moves its landmark from where the model has it; None where that cannot be told."""

    correction: Correction
    px: float | None
    leg_pct: float | None


@dataclass(frozen=True)
class AuditNote:
    """One note of the audit: when (UTC), who ("" if no operator is set), the code of what was done, and its values.

    Notes of version 0.1 have no values, but a sentence in `about`, which is to be shown as it is.
    """

    time: datetime
    operator: str
    what: str
    details: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""


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
