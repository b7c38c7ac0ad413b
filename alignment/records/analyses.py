"""Analyses in the database: a connection and an analysis in; its rows and files written, changed, read, removed, out."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select, update

from alignment.records import blobs, notes, rows
from alignment.records.kinds import Analysis, Conflict, ConflictError, Correction, KeyFrame, NewAnalysis
from alignment.records.notes import Note
from alignment.records.rows import Found
from alignment.records.schema import ANALYSES, CORRECTIONS, FILES
from alignment.result import Result
from alignment.texts import InputError


def one(connection: Connection, key: str) -> Analysis:
    """An analysis. InputError where there is none, or a version made it that this one cannot read."""
    return rows.analysis_of(rows.analysis_row(connection, key), rows.corrections(connection, [key])[key])


def every(connection: Connection, session_key: str) -> list[Analysis | InputError]:
    """A session's analyses, the oldest first; in the place of one that cannot be read, why not."""
    found = rows.analysis_rows(connection, session_key)
    corrections = rows.corrections(connection, [row.key for row in found])
    return [_readable(row, corrections[row.key]) for row in found]


def add(connection: Connection, session_key: str, key: str, new: NewAnalysis, note: Note) -> Analysis:
    """Keep an analysis under this key, with its files. InputError where the session is gone, or a file cannot be read."""
    session = rows.session(connection, session_key)
    row = {"key": key, "session_key": session_key, "added": note.time, "result": _json(new.result), "version": 1}
    connection.execute(insert(ANALYSES), row)
    blobs.put(connection, key, "track", new.track)
    for position, frame in enumerate(new.key_frames):
        about = {"cycle": frame.cycle, "time_s": frame.time_s, "drawn": frame.drawn}
        blobs.put(connection, key, "frame", frame.jpeg, position, **about)
    if new.video is not None:
        blobs.put(connection, key, "video", new.video)
    note(session.subject_key, "analysis_added", notes.about_analysis(new.result, session))
    return one(connection, key)


def correct(
    connection: Connection,
    seen: Analysis,
    corrections: tuple[Correction, ...],
    result: Result,
    note: Note,
    remark: str,
) -> Analysis:
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
    told = [notes.about_analysis(result, session), notes.corrections_told(theirs, corrections), remark]
    note(session.subject_key, notes.deed(theirs, corrections), ": ".join(part for part in told if part))
    return one(connection, seen.key)


def remove(connection: Connection, key: str, note: Note) -> None:
    """Delete an analysis with its files. InputError where there is none."""
    row = rows.analysis_row(connection, key, lock=True)
    session = rows.session(connection, row.session_key)
    connection.execute(delete(ANALYSES).where(ANALYSES.c.key == key))
    note(session.subject_key, "analysis_deleted", notes.about_session(session.facts))


def track(connection: Connection, key: str) -> bytes:
    """The content of its track.parquet. InputError where there is no such analysis."""
    rows.analysis_row(connection, key)
    stored = blobs.find(connection, key, "track")
    return b"" if stored is None else blobs.content(connection, stored.key)


def key_frames(connection: Connection, key: str) -> tuple[KeyFrame, ...]:
    """Its pictures, in their order. InputError where there is no such analysis."""
    rows.analysis_row(connection, key)
    query = select(FILES).where(FILES.c.analysis_key == key, FILES.c.kind == "frame").order_by(FILES.c.position)
    return tuple(rows.key_frame(row, blobs.content(connection, row.key)) for row in connection.execute(query).all())


def video(connection: Connection, key: str) -> blobs.Stored | None:
    """Where its film is kept; None where it is not. InputError where there is no such analysis."""
    rows.analysis_row(connection, key)
    return blobs.find(connection, key, "video")


def _json(result: Result) -> str:
    # Names of films may hold bytes that are no letters; no database takes them.
    return result.to_json(indent=None).encode("utf-8", "replace").decode("utf-8")


def _readable(row: Found, corrections: list[Correction]) -> Analysis | InputError:
    try:
        return rows.analysis_of(row, corrections)
    except InputError as fault:
        return fault
