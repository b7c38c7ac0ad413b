"""Between rows and what the program works with: a connection and keys in; subjects, sessions, analyses, notes out."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, exists, insert, select

from alignment.records import checks
from alignment.records.kinds import Analysis, Correction, Entry, KeyFrame, Pain, Session, SessionFacts, Subject
from alignment.records.schema import ANALYSES, AUDIT, CORRECTIONS, FILES, SESSIONS, SUBJECTS
from alignment.result import Result
from alignment.texts import InputError, known, say

#: A row as SQLAlchemy gives it, whose own type the shape checks of the tests cannot read.
Found: TypeAlias = Any

#: The parts of what is written down about a session, by their columns' names.
FIELDS = (
    "date",
    "footwear",
    "complaint_side",
    "step_height_cm",
    "notes",
    "pain_before",
    "pain_during",
    "pain_hour_after",
    "pain_next_morning",
)
_PAIN = "pain_"


def fields(facts: SessionFacts) -> dict[str, Any]:
    """What is written down about a session, field by field."""
    return {
        name: getattr(facts.pain, name.removeprefix(_PAIN)) if name.startswith(_PAIN) else getattr(facts, name)
        for name in FIELDS
    }


def facts(values: dict[str, Any]) -> SessionFacts:
    """The inverse of `fields`."""
    pain = {name.removeprefix(_PAIN): values[name] for name in FIELDS if name.startswith(_PAIN)}
    return SessionFacts(**{name: values[name] for name in FIELDS if not name.startswith(_PAIN)}, pain=Pain(**pain))


def subjects(connection: Connection) -> list[Subject]:
    """All subjects, in no order."""
    return [_subject(row) for row in connection.execute(select(SUBJECTS))]


def subject(connection: Connection, code_or_key: str, *, lock: bool = False) -> Subject:
    """A subject by its key or its code; `lock` keeps others from changing it. InputError where there is none."""
    for wanted in (SUBJECTS.c.key == code_or_key, SUBJECTS.c.code_folded == checks.folded(code_or_key)):
        query = select(SUBJECTS).where(wanted)
        row = connection.execute(query.with_for_update() if lock else query).first()
        if row is not None:
            return _subject(row)
    raise InputError("no_subject", code=code_or_key)


def session(connection: Connection, key: str, *, lock: bool = False) -> Session:
    """A session by its key. InputError where there is none."""
    query = select(SESSIONS).where(SESSIONS.c.key == key)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise InputError("no_session")
    return _session(row)


def sessions(connection: Connection, subject_key: str) -> list[Session]:
    """A subject's sessions, the oldest first."""
    order = (SESSIONS.c.date, SESSIONS.c.entered, SESSIONS.c.key)
    return [
        _session(row)
        for row in connection.execute(select(SESSIONS).where(SESSIONS.c.subject_key == subject_key).order_by(*order))
    ]


def analysis_rows(connection: Connection, session_key: str) -> Sequence[Found]:
    """The rows of a session's analyses, the oldest first, for `analysis_of`."""
    query = _analyses().where(ANALYSES.c.session_key == session_key).order_by(ANALYSES.c.added, ANALYSES.c.key)
    return connection.execute(query).all()


def analysis_row(connection: Connection, key: str, *, lock: bool = False) -> Found:
    """The row of one analysis. InputError where there is none."""
    query = _analyses().where(ANALYSES.c.key == key)
    row = connection.execute(query.with_for_update(of=ANALYSES) if lock else query).first()
    if row is None:
        raise InputError("no_analysis")
    return row


def _analyses() -> Any:  # noqa: ANN401 - a query's type tells each column
    video = exists().where(FILES.c.analysis_key == ANALYSES.c.key, FILES.c.kind == "video")
    return select(ANALYSES, video.label("has_video"))


def analysis_of(row: Found, corrections: Iterable[Correction]) -> Analysis:
    """An analysis. InputError where its result is none that this version can read."""
    return Analysis(
        key=row.key,
        session_key=row.session_key,
        added=row.added,
        result=Result.from_json(row.result),
        corrections=tuple(corrections),
        has_video=bool(row.has_video),
        version=row.version,
    )


def corrections(connection: Connection, analysis_keys: Iterable[str]) -> dict[str, list[Correction]]:
    """The corrections of some analyses, in their order."""
    found: dict[str, list[Correction]] = {key: [] for key in analysis_keys}
    query = select(CORRECTIONS).where(CORRECTIONS.c.analysis_key.in_(found)).order_by(CORRECTIONS.c.position)
    for row in connection.execute(query):
        found[row.analysis_key].append(Correction(row.time_s, row.landmark, row.x_px, row.y_px))
    return found


def key_frame(row: Found, jpeg: bytes) -> KeyFrame:
    """A key frame from its row in `files`."""
    return KeyFrame(row.cycle, row.time_s, jpeg, bool(row.drawn))


def audit(connection: Connection, subject_key: str) -> list[Entry]:
    """The notes about a subject, the newest first."""
    query = select(AUDIT).where(AUDIT.c.subject_key == subject_key).order_by(AUDIT.c.time.desc(), AUDIT.c.key)
    return [Entry(row.time, row.operator, _did(row.what), row.about) for row in connection.execute(query)]


def note(
    connection: Connection,
    subject_key: str,
    time: datetime,
    operator: str,
    what: str,
    about: str,
    key: str | None = None,
) -> None:
    """Write down who did what; `what` is a code of the catalogue, without `records_did_`."""
    row = {"key": key or uuid.uuid4().hex, "subject_key": subject_key, "time": time, "operator": operator}
    connection.execute(insert(AUDIT), {**row, "what": what, "about": about})


def noted(connection: Connection, key: str) -> bool:
    """Whether this note stands: what it tells was kept."""
    return connection.scalar(select(AUDIT.c.key).where(AUDIT.c.key == key)) is not None


def _did(what: str) -> str:
    # A newer version may have noted what this one has no words for.
    return say(f"records_did_{what}").message if known(f"records_did_{what}") else what


def _subject(row: Found) -> Subject:
    return Subject(row.key, row.code, row.created, row.version)


def _session(row: Found) -> Session:
    return Session(row.key, row.subject_key, facts(dict(row._mapping)), row.version)
