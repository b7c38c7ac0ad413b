"""Exports records: everything, or some subjects, as they are at one moment, into one archive."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from sqlalchemy import Connection, select

from alignment.errors import InputError
from alignment.files import is_full
from alignment.records import stored_files
from alignment.records.archive.entries import correction_entries, file_rows, session_entry
from alignment.records.archive.manifest import (
    SCHEMA,
    AnalysisEntry,
    AuditEntry,
    KeyFrameEntry,
    Manifest,
    Member,
    SessionEntry,
    SubjectEntry,
)
from alignment.records.archive.writer import Writer, archive_writer, new_file
from alignment.records.schema import rows
from alignment.records.schema.rows import Row
from alignment.records.schema.tables import ANALYSES, AUDIT, SESSIONS, SUBJECTS
from alignment.records.store.records import Records
from alignment.version import version_of

_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,5}")


def export(
    records: Records, path: Path, subjects: Sequence[str] | None = None, create: Callable[[Path], BinaryIO] = new_file
) -> int:
    """Write everything, or these subjects (codes or keys), into one archive, and say how many subjects that were.

    The archive shows the records as they were at one moment, is for its owner only, and is there whole or not at all; an
    older file of that name is replaced. `create` makes and opens the new file. InputError where there is no such subject,
    or where it cannot be written.
    """
    made = records.database.now()

    def work(connection: Connection) -> int:
        chosen = _subject_rows(connection, subjects)
        with archive_writer(path, made, create) as writer:
            entries = tuple(_subject(connection, writer, row) for row in chosen)
            writer.finish(Manifest(SCHEMA, version_of(), made, entries))
        return len(chosen)

    try:
        return records.database.read(work)
    except OSError as fault:
        if is_full(fault):
            raise InputError("archive_full", path=path) from fault
        raise InputError("archive_not_written", path=path, fault=fault.strerror or str(fault)) from fault


def _subject_rows(connection: Connection, subjects: Sequence[str] | None) -> list[Row]:
    query = select(SUBJECTS).order_by(SUBJECTS.c.code_folded)
    if subjects is not None:
        keys = [rows.subject(connection, one).key for one in subjects]
        query = query.where(SUBJECTS.c.key.in_(keys))
    return list(connection.execute(query))


def _subject(connection: Connection, writer: Writer, row: Row) -> SubjectEntry:
    """Write a subject's files into the archive; its entry."""
    sessions = connection.execute(
        select(SESSIONS)
        .where(SESSIONS.c.subject_key == row.key)
        .order_by(SESSIONS.c.date, SESSIONS.c.entered, SESSIONS.c.key)
    ).all()
    audit = connection.execute(select(AUDIT).where(AUDIT.c.subject_key == row.key).order_by(AUDIT.c.time, AUDIT.c.key))
    notes = tuple(
        AuditEntry(one.key, one.time, one.operator, one.what, one.about, json.loads(one.details or "{}"))
        for one in audit
    )
    entries = tuple(_session(connection, writer, one) for one in sessions)
    return SubjectEntry(row.key, row.code, row.created, row.version, entries, notes)


def _session(connection: Connection, writer: Writer, row: Row) -> SessionEntry:
    analyses = connection.execute(
        select(ANALYSES).where(ANALYSES.c.session_key == row.key).order_by(ANALYSES.c.added, ANALYSES.c.key)
    ).all()
    folder = f"{row.subject_key}/{row.key}"
    entries = tuple(_analysis(connection, writer, one, f"{folder}/{one.key}") for one in analyses)
    return session_entry(row, entries)


def _analysis(connection: Connection, writer: Writer, row: Row, folder: str) -> AnalysisEntry:
    def put(path: str, file: Row) -> Member:
        return writer.add(f"{folder}/{path}", _pieces(connection, file.key))

    kept = file_rows(connection, row.key)
    frames = [file for file in kept if file.kind == "frame"]
    video = next((file for file in kept if file.kind == "video"), None)
    return AnalysisEntry(
        key=row.key,
        added=row.added,
        version=row.version,
        result=writer.add(f"{folder}/result.json", [row.result.encode()], packed=True),
        track=put("track.parquet", next(file for file in kept if file.kind == "track")),
        corrections=correction_entries(connection, row.key),
        key_frames=tuple(
            KeyFrameEntry(file.cycle, file.time_s, bool(file.drawn), put(f"key_frame_{number:02}.jpg", file))
            for number, file in enumerate(frames, start=1)
        ),
        video=None if video is None else put(f"video{_suffix(row.result)}", video),
    )


def _pieces(connection: Connection, file_key: str) -> Iterator[bytes]:
    number = 0
    while (piece := stored_files.piece(connection, file_key, number)) is not None:
        yield piece
        number += 1


def _suffix(result: str) -> str:
    """The ending of the film's name, so that players open the copy; "" where it has none that is safe."""
    with suppress(ValueError, KeyError, TypeError):
        suffix = PurePath(str(json.loads(result)["source"]["name"])).suffix
        return suffix if _SUFFIX.fullmatch(suffix) else ""
    return ""
