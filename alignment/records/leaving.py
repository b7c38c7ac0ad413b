"""A subject on its way out: a connection and an archive being written in; its entry for the manifest, files written, out."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import PurePath
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, select

from alignment.records import blobs, manifest
from alignment.records.archive import Writer
from alignment.records.manifest import AnalysisEntry, AuditEntry, SessionEntry, SubjectEntry
from alignment.records.schema import ANALYSES, AUDIT, CORRECTIONS, FILES, SESSIONS

#: A row of a table; what SQLAlchemy calls so cannot be checked by type while testing.
Row: TypeAlias = Any

_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,5}")


def subject(connection: Connection, writer: Writer, row: Row) -> SubjectEntry:
    """Write a subject's files into the archive; its entry."""
    sessions = connection.execute(
        select(SESSIONS)
        .where(SESSIONS.c.subject_key == row.key)
        .order_by(SESSIONS.c.date, SESSIONS.c.entered, SESSIONS.c.key)
    ).all()
    audit = connection.execute(select(AUDIT).where(AUDIT.c.subject_key == row.key).order_by(AUDIT.c.time, AUDIT.c.key))
    notes = tuple(AuditEntry(one.key, one.time, one.operator, one.what, one.about) for one in audit)
    entries = tuple(_session_out(connection, writer, one) for one in sessions)
    return SubjectEntry(row.key, row.code, row.created, row.version, entries, notes)


def _session_out(connection: Connection, writer: Writer, row: Row) -> SessionEntry:
    analyses = connection.execute(
        select(ANALYSES).where(ANALYSES.c.session_key == row.key).order_by(ANALYSES.c.added, ANALYSES.c.key)
    ).all()
    folder = f"{row.subject_key}/{row.key}"
    entries = tuple(_analysis_out(connection, writer, one, f"{folder}/{one.key}") for one in analyses)
    return session_entry(row, entries)


def session_entry(row: Row, analyses: tuple[AnalysisEntry, ...] = ()) -> SessionEntry:
    """A session's entry, from its row."""
    pain = manifest.PainEntry(row.pain_before, row.pain_during, row.pain_hour_after, row.pain_next_morning)
    return SessionEntry(
        key=row.key,
        entered=row.entered,
        date=row.date,
        footwear=row.footwear,
        complaint_side=row.complaint_side,
        step_height_cm=row.step_height_cm,
        notes=row.notes,
        pain=pain,
        version=row.version,
        analyses=analyses,
    )


def _analysis_out(connection: Connection, writer: Writer, row: Row, folder: str) -> AnalysisEntry:
    def put(path: str, file: Row) -> manifest.Member:
        return writer.add(f"{folder}/{path}", _pieces(connection, file.key))

    kept = files_of(connection, row.key)
    frames = [file for file in kept if file.kind == "frame"]
    video = next((file for file in kept if file.kind == "video"), None)
    return AnalysisEntry(
        key=row.key,
        added=row.added,
        version=row.version,
        result=writer.add(f"{folder}/result.json", [row.result.encode()], packed=True),
        track=put("track.parquet", next(file for file in kept if file.kind == "track")),
        corrections=corrections(connection, row.key),
        key_frames=tuple(
            manifest.KeyFrameEntry(file.cycle, file.time_s, bool(file.drawn), put(f"key_frame_{number:02}.jpg", file))
            for number, file in enumerate(frames, start=1)
        ),
        video=None if video is None else put(f"video{_suffix(row.result)}", video),
    )


def files_of(connection: Connection, analysis_key: str) -> Sequence[Row]:
    """The rows of an analysis' files, key frames in their order."""
    order = (FILES.c.kind, FILES.c.position)
    return connection.execute(select(FILES).where(FILES.c.analysis_key == analysis_key).order_by(*order)).all()


def _pieces(connection: Connection, file_key: str) -> Iterator[bytes]:
    number = 0
    while (piece := blobs.piece(connection, file_key, number)) is not None:
        yield piece
        number += 1


def corrections(connection: Connection, analysis_key: str) -> tuple[manifest.CorrectionEntry, ...]:
    """The entries of an analysis' corrections, in their order."""
    query = select(CORRECTIONS).where(CORRECTIONS.c.analysis_key == analysis_key).order_by(CORRECTIONS.c.position)
    found = connection.execute(query)
    return tuple(manifest.CorrectionEntry(one.time_s, one.landmark, one.x_px, one.y_px) for one in found)


def _suffix(result: str) -> str:
    """The ending of the film's name, so that players open the copy; "" where it has none that is safe."""
    with suppress(ValueError, KeyError, TypeError):
        suffix = PurePath(str(json.loads(result)["source"]["name"])).suffix
        return suffix if _SUFFIX.fullmatch(suffix) else ""
    return ""
