"""Subjects, sessions and analyses as they are read from the tables' rows."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, exists, select

from alignment.core.result import Result
from alignment.errors import InputError
from alignment.records.models import Analysis, Correction, KeyFrame, Session, SessionFacts, Subject
from alignment.records.schema.tables import ANALYSES, CORRECTIONS, FILES, SESSIONS, SUBJECTS
from alignment.records.user_input import folded_code

#: A row as SQLAlchemy gives it, whose own type the shape checks of the tests cannot read.
Row: TypeAlias = Any


def subjects(connection: Connection) -> list[Subject]:
    """All subjects, in no order."""
    return [_subject(row) for row in connection.execute(select(SUBJECTS))]


def subject(connection: Connection, code_or_key: str, *, lock: bool = False) -> Subject:
    """A subject by its key or its code; `lock` keeps others from changing it. InputError where there is none."""
    for wanted in (SUBJECTS.c.key == code_or_key, SUBJECTS.c.code_folded == folded_code(code_or_key)):
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


def analysis_rows(connection: Connection, session_key: str) -> Sequence[Row]:
    """The rows of a session's analyses, the oldest first, for `analysis_of`."""
    query = _analyses().where(ANALYSES.c.session_key == session_key).order_by(ANALYSES.c.added, ANALYSES.c.key)
    return connection.execute(query).all()


def analysis_row(connection: Connection, key: str, *, lock: bool = False) -> Row:
    """The row of one analysis. InputError where there is none."""
    query = _analyses().where(ANALYSES.c.key == key)
    row = connection.execute(query.with_for_update(of=ANALYSES) if lock else query).first()
    if row is None:
        raise InputError("no_analysis")
    return row


def _analyses() -> Any:  # noqa: ANN401 - a query's type tells each column
    video = exists().where(FILES.c.analysis_key == ANALYSES.c.key, FILES.c.kind == "video")
    return select(ANALYSES, video.label("has_video"))


def analysis_of(row: Row, corrections: Iterable[Correction]) -> Analysis:
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


def key_frame(row: Row, jpeg: bytes) -> KeyFrame:
    """A key frame from its row in `files`."""
    return KeyFrame(row.cycle, row.time_s, jpeg, bool(row.drawn))


def _subject(row: Row) -> Subject:
    return Subject(row.key, row.code, row.created, row.version)


def _session(row: Row) -> Session:
    return Session(row.key, row.subject_key, SessionFacts.from_columns(row._mapping), row.version)
