"""Analyses in the database with their files: added, corrected, removed, read."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select, update

from alignment.core.result import Result
from alignment.errors import InputError
from alignment.records import audit, stored_files
from alignment.records.audit import AuditWriter
from alignment.records.models import Analysis, Conflict, ConflictError, Correction, KeyFrame, NewAnalysis, Shift
from alignment.records.schema import rows
from alignment.records.schema.rows import Row
from alignment.records.schema.tables import ANALYSES, CORRECTIONS, FILES
from alignment.records.stored_files import StoredFile


def find(connection: Connection, key: str) -> Analysis:
    """An analysis. InputError where there is none, or a version made it that this one cannot read."""
    return rows.analysis_of(rows.analysis_row(connection, key), rows.corrections(connection, [key])[key])


def of_session(connection: Connection, session_key: str) -> list[Analysis | InputError]:
    """A session's analyses, the oldest first; in the place of one that cannot be read, why not."""
    found = rows.analysis_rows(connection, session_key)
    corrections = rows.corrections(connection, [row.key for row in found])
    return [_analysis_or_fault(row, corrections[row.key]) for row in found]


def add(connection: Connection, key: str, session_key: str, new: NewAnalysis, writer: AuditWriter) -> None:
    """Keep an analysis under this key, with its files. InputError where the session is gone, or a file cannot be read."""
    session = rows.session(connection, session_key)
    row = {"key": key, "session_key": session_key, "added": writer.time, "result": _json(new.result), "version": 1}
    connection.execute(insert(ANALYSES), row)
    stored_files.put(connection, key, "track", new.track)
    for position, frame in enumerate(new.key_frames):
        about = {"cycle": frame.cycle, "time_s": frame.time_s, "drawn": frame.drawn}
        stored_files.put(connection, key, "frame", frame.jpeg, position, **about)
    if new.video is not None:
        stored_files.put(connection, key, "video", new.video)
    writer.write(session.subject_key, "analysis_added", audit.about_analysis(new.result, session))


def correct(
    connection: Connection,
    seen: Analysis,
    corrections: tuple[Correction, ...],
    result: Result,
    remark: str,
    shifts: Sequence[Shift],
    writer: AuditWriter,
) -> None:
    """Write corrections and result in place of the former. ConflictError where somebody else corrected since."""
    row = rows.analysis_row(connection, seen.key, lock=True)
    theirs = tuple(rows.corrections(connection, [seen.key])[seen.key])
    if theirs not in (seen.corrections, corrections):
        now = rows.analysis_of(row, theirs)
        raise ConflictError([Conflict("corrections", seen.corrections, theirs, corrections)], now)
    new = {"result": _json(result), "version": row.version + 1}
    connection.execute(update(ANALYSES).where(ANALYSES.c.key == seen.key), new)
    connection.execute(delete(CORRECTIONS).where(CORRECTIONS.c.analysis_key == seen.key))
    for position, each in enumerate(corrections):
        connection.execute(insert(CORRECTIONS), {"analysis_key": seen.key, "position": position, **asdict(each)})
    session = rows.session(connection, row.session_key)
    moved = audit.moved_landmarks(theirs, corrections, shifts)
    details = {**audit.about_analysis(result, session), **moved, "remark": remark}
    writer.write(session.subject_key, audit.correction_code(theirs, corrections), details)


def remove(connection: Connection, key: str, writer: AuditWriter) -> None:
    """Delete an analysis with its files. InputError where there is none."""
    row = rows.analysis_row(connection, key, lock=True)
    session = rows.session(connection, row.session_key)
    connection.execute(delete(ANALYSES).where(ANALYSES.c.key == key))
    writer.write(session.subject_key, "analysis_deleted", audit.about_session(session.facts))


def track_content(connection: Connection, key: str) -> bytes:
    """The content of its track.parquet. InputError where there is no such analysis."""
    rows.analysis_row(connection, key)
    stored = stored_files.find(connection, key, "track")
    return b"" if stored is None else stored_files.content(connection, stored.key)


def key_frames(connection: Connection, key: str) -> tuple[KeyFrame, ...]:
    """Its pictures, in their order. InputError where there is no such analysis."""
    rows.analysis_row(connection, key)
    query = select(FILES).where(FILES.c.analysis_key == key, FILES.c.kind == "frame").order_by(FILES.c.position)
    return tuple(
        rows.key_frame(row, stored_files.content(connection, row.key)) for row in connection.execute(query).all()
    )


def video(connection: Connection, key: str) -> StoredFile | None:
    """Where its film is kept; None where it is not. InputError where there is no such analysis."""
    rows.analysis_row(connection, key)
    return stored_files.find(connection, key, "video")


def _json(result: Result) -> str:
    # Names of films may hold bytes that are no letters; no database takes them.
    return result.to_json(indent=None).encode("utf-8", "replace").decode("utf-8")


def _analysis_or_fault(row: Row, corrections: list[Correction]) -> Analysis | InputError:
    try:
        return rows.analysis_of(row, corrections)
    except InputError as fault:
        return fault
