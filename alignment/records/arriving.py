"""A subject on its way in: an archive's entry and a connection in; what is missing written, what differs kept beside it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from alignment.records import blobs, checks, contents, leaving, manifest, rows
from alignment.records.archive import Reader
from alignment.records.manifest import AnalysisEntry, AuditEntry, SessionEntry, SubjectEntry
from alignment.records.schema import ANALYSES, CORRECTIONS, ERASURES, SESSIONS, SUBJECTS
from alignment.texts import InputError, say


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


def check_codes(connection: Connection, entries: Sequence[SubjectEntry], path: Path) -> None:
    """InputError where a code belongs to somebody else, unless the archive's subject is here under a code of its own."""
    for entry in entries:
        here = connection.scalar(select(SUBJECTS.c.key).where(SUBJECTS.c.key == entry.key))
        query = select(SUBJECTS.c.key).where(SUBJECTS.c.code_folded == checks.folded(entry.code))
        if here is None and connection.scalar(query) is not None:
            raise InputError("archive_code_taken", path=path, code=entry.code)


def fields(session: SessionEntry) -> dict[str, Any]:
    """What is written down about a session, by the columns' names."""
    pain = {f"pain_{name}": getattr(session.pain, name) for name in manifest.PainEntry.__dataclass_fields__}
    return {name: pain[name] if name in pain else getattr(session, name) for name in rows.FIELDS}


@dataclass(frozen=True)
class Bring:
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
        check_codes(connection, [entry], self.reader.path)
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
            key = _derived(entry.key, self.entry.key, fields(entry), entry.entered)
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.key == key)).first()
            about = say("archive_other_session", code=self.entry.code, date=entry.date).message
            found = Imported(unchanged=1, differing=(about,)) if row is not None else Imported(differing=(about,))
        if row is None:
            values = {**fields(entry), "key": key, "subject_key": self.entry.key, "entered": entry.entered}
            connection.execute(insert(SESSIONS), {**values, "version": entry.version})
            found = Imported(sessions=1, differing=found.differing)
        for analysis in entry.analyses:
            found += self._analysis(connection, analysis, entry, key)
        return found

    def _same_session(self, row: leaving.Row, entry: SessionEntry) -> bool:
        here = replace(leaving.session_entry(row), version=entry.version, analyses=entry.analyses)
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
        kept = leaving.files_of(connection, key)
        return (
            row.added,
            row.result,
            leaving.corrections(connection, key),
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
    """What an arriving analysis holds, in the form of `Bring._here`."""
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
