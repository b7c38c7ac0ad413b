"""Records and an archive: everything, or some subjects, out into one .zip; and back, with nothing lost on either side."""

import errno
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path, PurePath
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select

from alignment.records import archive, blobs, checks, contents, rows
from alignment.records.archive import AnalysisEntry, AuditEntry, Reader, SessionEntry, SubjectEntry, Writer
from alignment.records.records import Records
from alignment.records.schema import ANALYSES, AUDIT, CORRECTIONS, ERASURES, FILES, SESSIONS, SUBJECTS
from alignment.texts import InputError, say

_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,5}")


@dataclass(frozen=True)
class Imported:
    """What an archive brought: how much of it is new, how much was there already as it is, and in words what was there
    with other content, of which both are now kept.
    """

    subjects: int = 0
    sessions: int = 0
    analyses: int = 0
    unchanged: int = 0
    differing: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        """How much was written."""
        return self.subjects + self.sessions + self.analyses

    def __add__(self, other: "Imported") -> "Imported":
        return Imported(
            self.subjects + other.subjects,
            self.sessions + other.sessions,
            self.analyses + other.analyses,
            self.unchanged + other.unchanged,
            self.differing + other.differing,
        )


# --- Out


def export(records: Records, path: Path, subjects: Sequence[str] | None = None) -> int:
    """Write everything, or these subjects (codes or keys), into one archive, and say how many subjects that were.

    The archive shows the records as they were at one moment, is for its owner only, and is there whole or not at all; an
    older file of that name is replaced. InputError where there is no such subject, or where it cannot be written.
    """
    made = records.database.now()

    def work(connection: Connection) -> int:
        chosen = _chosen(connection, subjects)
        with archive.writing(path, made) as writer:
            entries = tuple(_subject_out(connection, writer, row) for row in chosen)
            writer.finish(archive.Manifest(archive.SCHEMA, _version(), made, entries))
        return len(chosen)

    try:
        return records.database.read(work)
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise InputError("archive_full", path=path) from fault
        raise InputError("archive_not_written", path=path, fault=fault.strerror or str(fault)) from fault


def _version() -> str:
    try:
        return installed_version("alignment")
    except PackageNotFoundError:
        return "unknown"


def _chosen(connection: Connection, subjects: Sequence[str] | None) -> list[Row[Any]]:
    query = select(SUBJECTS).order_by(SUBJECTS.c.code_folded)
    if subjects is not None:
        keys = [rows.subject(connection, one).key for one in subjects]
        query = query.where(SUBJECTS.c.key.in_(keys))
    return list(connection.execute(query))


def _subject_out(connection: Connection, writer: Writer, row: Row[Any]) -> SubjectEntry:
    sessions = connection.execute(
        select(SESSIONS)
        .where(SESSIONS.c.subject_key == row.key)
        .order_by(SESSIONS.c.date, SESSIONS.c.entered, SESSIONS.c.key)
    ).all()
    audit = connection.execute(select(AUDIT).where(AUDIT.c.subject_key == row.key).order_by(AUDIT.c.time, AUDIT.c.key))
    notes = tuple(AuditEntry(one.key, one.time, one.operator, one.what, one.about) for one in audit)
    entries = tuple(_session_out(connection, writer, one) for one in sessions)
    return SubjectEntry(row.key, row.code, row.created, row.version, entries, notes)


def _session_out(connection: Connection, writer: Writer, row: Row[Any]) -> SessionEntry:
    analyses = connection.execute(
        select(ANALYSES).where(ANALYSES.c.session_key == row.key).order_by(ANALYSES.c.added, ANALYSES.c.key)
    ).all()
    folder = f"{row.subject_key}/{row.key}"
    entries = tuple(_analysis_out(connection, writer, one, f"{folder}/{one.key}") for one in analyses)
    return _session_entry(row, entries)


def _session_entry(row: Row[Any], analyses: tuple[AnalysisEntry, ...] = ()) -> SessionEntry:
    pain = archive.PainEntry(row.pain_before, row.pain_during, row.pain_hour_after, row.pain_next_morning)
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


def _analysis_out(connection: Connection, writer: Writer, row: Row[Any], folder: str) -> AnalysisEntry:
    def put(path: str, file: Row[Any]) -> archive.Member:
        return writer.add(f"{folder}/{path}", _pieces(connection, file.key))

    kept = _files(connection, row.key)
    frames = [file for file in kept if file.kind == "frame"]
    video = next((file for file in kept if file.kind == "video"), None)
    return AnalysisEntry(
        key=row.key,
        added=row.added,
        version=row.version,
        result=writer.add(f"{folder}/result.json", [row.result.encode()], packed=True),
        track=put("track.parquet", next(file for file in kept if file.kind == "track")),
        corrections=_corrections(connection, row.key),
        key_frames=tuple(
            archive.KeyFrameEntry(file.cycle, file.time_s, bool(file.drawn), put(f"key_frame_{number:02}.jpg", file))
            for number, file in enumerate(frames, start=1)
        ),
        video=None if video is None else put(f"video{_suffix(row.result)}", video),
    )


def _files(connection: Connection, analysis_key: str) -> Sequence[Row[Any]]:
    order = (FILES.c.kind, FILES.c.position)
    return connection.execute(select(FILES).where(FILES.c.analysis_key == analysis_key).order_by(*order)).all()


def _pieces(connection: Connection, file_key: str) -> Iterator[bytes]:
    number = 0
    while (piece := blobs.piece(connection, file_key, number)) is not None:
        yield piece
        number += 1


def _corrections(connection: Connection, analysis_key: str) -> tuple[archive.CorrectionEntry, ...]:
    query = select(CORRECTIONS).where(CORRECTIONS.c.analysis_key == analysis_key).order_by(CORRECTIONS.c.position)
    found = connection.execute(query)
    return tuple(archive.CorrectionEntry(one.time_s, one.landmark, one.x_px, one.y_px) for one in found)


def _suffix(result: str) -> str:
    """The ending of the film's name, so that players open the copy; "" where it has none that is safe."""
    with suppress(ValueError, KeyError, TypeError):
        suffix = PurePath(str(json.loads(result)["source"]["name"])).suffix
        return suffix if _SUFFIX.fullmatch(suffix) else ""
    return ""


# --- In


def import_archive(records: Records, path: Path, operator: str = "", as_code: str | None = None) -> Imported:
    """Take over what an archive holds, under the keys it had; what is there already as it is stays so.

    A session or an analysis that is there with other content is kept beside it. `as_code` gives the archive's only subject
    another code. InputError, with nothing written, where the archive is damaged or not of this schema, or where one of
    its codes belongs to another subject; each subject comes whole or not at all.
    """
    operator = checks.operator(operator)
    with archive.reading(path) as reader:
        subjects = _checked(reader, as_code)
        contents.check(reader)
        records.database.read(lambda connection: _check_codes(connection, subjects, path))
        found = Imported()
        for entry in subjects:
            bring = _Bring(reader, entry, operator, records.database.now())
            found += records.database.write(bring.work)
        return found


def _checked(reader: Reader, as_code: str | None) -> list[SubjectEntry]:
    """The archive's subjects as they may be kept. InputError for what nobody could have entered."""
    subjects = list(reader.manifest.subjects)
    if as_code is not None:
        if len(subjects) != 1:
            raise InputError("archive_as_code", path=reader.path, count=len(subjects))
        subjects = [replace(subjects[0], code=checks.code(as_code))]
    try:
        for subject in subjects:
            if checks.code(subject.code) != subject.code:
                raise archive.bad(reader.path, "fault_archive_code", code=subject.code[:80])
            for session in subject.sessions:
                checks.facts(rows.facts(_fields(session)))
    except InputError as fault:
        if fault.code == "archive_bad":
            raise
        raise archive.bad(reader.path, "fault_archive_part", fault=fault.text.message.rstrip(".")) from fault
    codes = [checks.folded(one.code) for one in subjects]
    twice = next((one.code for one in subjects if codes.count(checks.folded(one.code)) > 1), None)
    if twice is not None:
        raise archive.bad(reader.path, "fault_archive_code_twice", code=twice)
    return subjects


def _check_codes(connection: Connection, entries: Sequence[SubjectEntry], path: Path) -> None:
    """InputError where a code belongs to somebody else, unless the archive's subject is here under a code of its own."""
    for entry in entries:
        here = connection.scalar(select(SUBJECTS.c.key).where(SUBJECTS.c.key == entry.key))
        query = select(SUBJECTS.c.key).where(SUBJECTS.c.code_folded == checks.folded(entry.code))
        if here is None and connection.scalar(query) is not None:
            raise InputError("archive_code_taken", path=path, code=entry.code)


def _fields(session: SessionEntry) -> dict[str, Any]:
    pain = {f"pain_{name}": getattr(session.pain, name) for name in archive.PainEntry.__dataclass_fields__}
    return {name: pain[name] if name in pain else getattr(session, name) for name in rows.FIELDS}


@dataclass(frozen=True)
class _Bring:
    """One subject on its way in; `work` may be run again, since it looks at what is there."""

    reader: Reader
    entry: SubjectEntry
    operator: str
    now: datetime

    def work(self, connection: Connection) -> Imported:
        """Write what is missing, and say what that was."""
        found = self._subject(connection)
        for session in self.entry.sessions:
            found += self._session(connection, session)
        for note in self.entry.audit:
            self._note(connection, note)
        if found.new:
            about = say("records_about_import", sessions=found.sessions, analyses=found.analyses).message
            rows.note(connection, self.entry.key, self.now, self.operator, "imported", about)
        return found

    def _subject(self, connection: Connection) -> Imported:
        entry = self.entry
        _check_codes(connection, [entry], self.reader.path)
        row = connection.execute(select(SUBJECTS).where(SUBJECTS.c.key == entry.key).with_for_update()).first()
        if row is not None:
            renamed = say("archive_other_code", code=entry.code, here=row.code).message
            return Imported(unchanged=1, differing=() if row.code == entry.code else (renamed,))
        values = {"key": entry.key, "code": entry.code, "code_folded": checks.folded(entry.code)}
        connection.execute(insert(SUBJECTS), {**values, "created": entry.created, "version": entry.version})
        # Whoever brings a deleted subject back wants its backups kept again.
        connection.execute(delete(ERASURES).where(ERASURES.c.subject_key == entry.key))
        return Imported(subjects=1)

    def _session(self, connection: Connection, entry: SessionEntry) -> Imported:
        row = connection.execute(select(SESSIONS).where(SESSIONS.c.key == entry.key)).first()
        found, key = Imported(unchanged=1), entry.key
        if row is not None and not self._same_session(row, entry):
            key = _derived(entry.key, self.entry.key, _fields(entry), entry.entered)
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.key == key)).first()
            about = say("archive_other_session", code=self.entry.code, date=entry.date).message
            found = Imported(unchanged=1, differing=(about,)) if row is not None else Imported(differing=(about,))
        if row is None:
            values = {**_fields(entry), "key": key, "subject_key": self.entry.key, "entered": entry.entered}
            connection.execute(insert(SESSIONS), {**values, "version": entry.version})
            found = Imported(sessions=1, differing=found.differing)
        for analysis in entry.analyses:
            found += self._analysis(connection, analysis, entry, key)
        return found

    def _same_session(self, row: Row[Any], entry: SessionEntry) -> bool:
        here = replace(_session_entry(row), version=entry.version, analyses=entry.analyses)
        return row.subject_key == self.entry.key and here == entry

    def _analysis(
        self, connection: Connection, entry: AnalysisEntry, session: SessionEntry, session_key: str
    ) -> Imported:
        text = contents.result_text(self.reader, entry)
        arriving = _content(entry, text)
        key, differing = entry.key, tuple[str, ...]()
        here = self._here(connection, key)
        if here is not None and here != arriving:
            key = _derived(entry.key, self.entry.key, arriving)
            differing = (say("archive_other_analysis", code=self.entry.code, date=session.date).message,)
            here = self._here(connection, key)
        if here is not None:
            return Imported(unchanged=1, differing=differing)
        values = {"key": key, "session_key": session_key, "added": entry.added}
        connection.execute(insert(ANALYSES), {**values, "result": text, "version": entry.version})
        self._files(connection, key, entry)
        for position, one in enumerate(entry.corrections):
            place = {"time_s": one.time_s, "landmark": one.landmark, "x_px": one.x_px, "y_px": one.y_px}
            connection.execute(insert(CORRECTIONS), {"analysis_key": key, "position": position, **place})
        return Imported(analyses=1, differing=differing)

    def _here(self, connection: Connection, key: str) -> object:
        """What an analysis with this key holds; None where there is none."""
        query = select(ANALYSES, SESSIONS.c.subject_key).join(SESSIONS).where(ANALYSES.c.key == key)
        row = connection.execute(query).first()
        if row is None:
            return None
        if row.subject_key != self.entry.key:
            return row.subject_key  # like nothing that could arrive
        kept = _files(connection, key)
        return (
            row.added,
            row.result,
            _corrections(connection, key),
            [file.sha256 for file in kept if file.kind == "track"],
            [(file.cycle, file.time_s, bool(file.drawn), file.sha256) for file in kept if file.kind == "frame"],
            [file.sha256 for file in kept if file.kind == "video"],
        )

    def _files(self, connection: Connection, key: str, entry: AnalysisEntry) -> None:
        blobs.put(connection, key, "track", self.reader.pieces(entry.track))
        for position, frame in enumerate(entry.key_frames):
            about = {"cycle": frame.cycle, "time_s": frame.time_s, "drawn": frame.drawn}
            blobs.put(connection, key, "frame", self.reader.pieces(frame.file), position, **about)
        if entry.video is not None:
            blobs.put(connection, key, "video", self.reader.pieces(entry.video))

    def _note(self, connection: Connection, entry: AuditEntry) -> None:
        if not rows.noted(connection, entry.key):
            rows.note(connection, self.entry.key, entry.time, entry.operator, entry.what, entry.about, entry.key)


def _content(entry: AnalysisEntry, text: str) -> object:
    """What an arriving analysis holds, in the form of `_Bring._here`."""
    return (
        entry.added,
        text,
        entry.corrections,
        [entry.track.sha256],
        [(frame.cycle, frame.time_s, frame.drawn, frame.file.sha256) for frame in entry.key_frames],
        [] if entry.video is None else [entry.video.sha256],
    )


def _derived(*of: object) -> str:
    """A key for what stands beside something else of its own key; the same whenever the same archive comes again."""
    return hashlib.sha256(repr(of).encode()).hexdigest()[:32]
