"""The manifest of an archive, `records.json`: each kind of entry with the bounds that its fields must keep."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, JsonValue
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

#: The name of the manifest in the archive.
MANIFEST: Final = "records.json"
#: What is written, and everything that can be read. Version 1 had sentences in place of the audit's values.
SCHEMA: Final = "alignment-records/2"
SCHEMAS: Final = ("alignment-records/1", SCHEMA)
#: The type of the fault that a text holds a NUL, which is its code in the catalogue too.
NUL_FAULT: Final = "fault_archive_nul"

_MOST_LETTERS: Final = 4_000_000
_CONFIG: Final = ConfigDict(extra="forbid", allow_inf_nan=False)


def _text(text: str) -> str:
    # PostgreSQL keeps no text with it, and nobody writes it.
    if "\0" in text:
        raise PydanticCustomError(NUL_FAULT, "a text holds a NUL")
    return text


def _values(details: dict[str, Any]) -> dict[str, Any]:
    # ValueError by itself where a number is none.
    if len(json.dumps(details, allow_nan=False)) > _MOST_LETTERS:
        raise ValueError(f"longer than {_MOST_LETTERS} letters")
    return details


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Key = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Words = Annotated[str, Field(max_length=_MOST_LETTERS), AfterValidator(_text)]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(9000, 1, 1, tzinfo=UTC)), AfterValidator(_utc)
]
Count = Annotated[int, Field(ge=0, lt=1 << 31)]
Pixels = Annotated[float, Field(ge=-1e9, le=1e9)]
Seconds = Annotated[float, Field(ge=-1e9, le=1e9)]
Details = Annotated[dict[str, JsonValue], AfterValidator(_values)]
Grade = Annotated[int, Field(ge=0, le=10)] | None


@dataclass(frozen=True, config=_CONFIG)
class Member:
    """A file in the archive: where it lies, how long it is, and its SHA-256."""

    path: Annotated[str, Field(max_length=300)]
    bytes: Annotated[int, Field(ge=0, lt=1 << 48)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, config=_CONFIG)
class KeyFrameEntry:
    """A picture at a repetition's key moment."""

    cycle: Count
    time_s: Seconds
    drawn: bool
    file: Member


@dataclass(frozen=True, config=_CONFIG)
class CorrectionEntry:
    """A landmark that was moved."""

    time_s: Seconds
    landmark: Words
    x_px: Pixels
    y_px: Pixels


@dataclass(frozen=True, config=_CONFIG)
class AnalysisEntry:
    """An analysis: its result as it stands, the landmarks as the model gave them, what was corrected, pictures, film."""

    key: Key
    added: Moment
    version: Count
    result: Member
    track: Member
    corrections: tuple[CorrectionEntry, ...]
    key_frames: tuple[KeyFrameEntry, ...]
    video: Member | None


@dataclass(frozen=True, config=_CONFIG)
class PainEntry:
    """Pain from 0 to 10; null where it was not asked."""

    before: Grade
    during: Grade
    hour_after: Grade
    next_morning: Grade


@dataclass(frozen=True, config=_CONFIG)
class SessionEntry:
    """A visit, what was written down about it, and its analyses."""

    key: Key
    entered: Moment
    date: date
    footwear: Words
    complaint_side: Literal["", "left", "right", "both"]
    step_height_cm: Annotated[float, Field(gt=0, le=1000)] | None
    notes: Words
    pain: PainEntry
    version: Count
    analyses: tuple[AnalysisEntry, ...]


@dataclass(frozen=True, config=_CONFIG)
class AuditEntry:
    """A note of who did what, and when; `about` is the sentence of version 0.1, empty since."""

    key: Key
    time: Moment
    operator: Words
    what: Words
    about: Words
    details: Details = Field(default_factory=dict)


@dataclass(frozen=True, config=_CONFIG)
class SubjectEntry:
    """A subject with all that belongs to it."""

    key: Key
    code: Annotated[str, Field(min_length=1), AfterValidator(_text)]
    created: Moment
    version: Count
    sessions: tuple[SessionEntry, ...]
    audit: tuple[AuditEntry, ...]


@dataclass(frozen=True, config=_CONFIG)
class Manifest:
    """What `records.json` holds."""

    schema: Literal["alignment-records/1", "alignment-records/2"]
    software: Words
    exported: Moment
    subjects: tuple[SubjectEntry, ...]

    @property
    def analyses(self) -> Iterator[AnalysisEntry]:
        """All of them."""
        for subject in self.subjects:
            for session in subject.sessions:
                yield from session.analyses

    @property
    def members(self) -> Iterator[Member]:
        """Every file that must be there."""
        for one in self.analyses:
            yield from (one.result, one.track, *(frame.file for frame in one.key_frames))
            if one.video is not None:
                yield one.video
