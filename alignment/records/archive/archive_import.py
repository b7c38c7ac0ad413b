"""Imports an archive: what is missing is written, what is there with other content is kept beside it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from alignment.errors import InputError, Phrase, phrase
from alignment.records import audit, stored_files
from alignment.records.archive.contents import check_contents, result_text
from alignment.records.archive.entries import correction_entries, file_rows, session_entry
from alignment.records.archive.manifest import AnalysisEntry, AuditEntry, SessionEntry, SubjectEntry
from alignment.records.archive.reader import Reader, archive_reader, bad_archive, part_faults
from alignment.records.models import AuditNote, Pain, SessionFacts
from alignment.records.schema.tables import ANALYSES, CORRECTIONS, ERASURES, SESSIONS, SUBJECTS
from alignment.records.store.records import Records
from alignment.records.user_input import cleaned_code, cleaned_facts, cleaned_operator, folded_code


@dataclass(frozen=True)
class Imported:
    """What an archive brought: how much of it is new, how much was there already as it is, and what was there
    with other content, of which both are now kept.
    """

    subjects: int = 0
    sessions: int = 0
    analyses: int = 0
    unchanged: int = 0
    differing: tuple[Phrase, ...] = ()

    @property
    def new(self) -> int:
        """How much was written."""
        return self.subjects + self.sessions + self.analyses

    def __add__(self, other: "Imported") -> "Imported":
        return Imported(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Imported)))


def import_archive(records: Records, path: Path, operator: str = "", as_code: str | None = None) -> Imported:
    """Take over what an archive holds, under the keys it had; what is there already as it is stays so.

    A session or an analysis that is there with other content is kept beside it. `as_code` gives the archive's only subject
    another code. InputError, with nothing written, where the archive is damaged or not of this schema, or where one of
    its codes belongs to another subject; each subject comes whole or not at all.
    """
    operator = cleaned_operator(operator)
    with archive_reader(path) as reader:
        subjects = _cleaned_subjects(reader, as_code)
        check_contents(reader)
        records.database.read(lambda connection: _check_codes(connection, subjects, path))
        found = Imported()
        for entry in subjects:
            subject = SubjectImport(reader, entry, operator, records.database.now())
            found += records.database.write(subject.run)
        return found


def _cleaned_subjects(reader: Reader, as_code: str | None) -> list[SubjectEntry]:
    """The archive's subjects as they may be kept. InputError for what nobody could have entered."""
    subjects = list(reader.manifest.subjects)
    if as_code is not None:
        if len(subjects) != 1:
            raise InputError("archive_as_code", path=reader.path, count=len(subjects))
        subjects = [replace(subjects[0], code=cleaned_code(as_code))]
    with part_faults(reader.path):
        for subject in subjects:
            if cleaned_code(subject.code) != subject.code:
                raise bad_archive(reader.path, "fault_archive_code", code=subject.code[:80])
            _check_facts(reader, subject)
    for code, count in Counter(folded_code(one.code) for one in subjects).items():
        if count > 1:
            raise bad_archive(reader.path, "fault_archive_code_twice", code=code)
    return subjects


def _check_facts(reader: Reader, subject: SubjectEntry) -> None:
    """InputError where something is written down that would be kept otherwise than it stands there."""
    for session in subject.sessions:
        facts = _facts(session)
        if cleaned_facts(facts) != facts:
            raise bad_archive(reader.path, "fault_archive_facts", code=subject.code, date=session.date)


def _check_codes(connection: Connection, entries: Sequence[SubjectEntry], path: Path) -> None:
    """InputError where a code belongs to somebody else, unless the archive's subject is here under a code of its own."""
    for entry in entries:
        here = connection.scalar(select(SUBJECTS.c.key).where(SUBJECTS.c.key == entry.key))
        query = select(SUBJECTS.c.key).where(SUBJECTS.c.code_folded == folded_code(entry.code))
        if here is None and connection.scalar(query) is not None:
            raise InputError("archive_code_taken", path=path, code=entry.code)


def _facts(session: SessionEntry) -> SessionFacts:
    pain = Pain(*(getattr(session.pain, name) for name in Pain.__dataclass_fields__))
    return SessionFacts(
        session.date, session.footwear, session.complaint_side, session.step_height_cm, session.notes, pain
    )


@dataclass(frozen=True)
class SubjectImport:
    """One subject of an archive on its way into a database; `run` may be run again, since it looks at what is there."""

    reader: Reader
    entry: SubjectEntry
    operator: str
    now: datetime

    def run(self, connection: Connection) -> Imported:
        """Write what is missing, and say what that was."""
        found = self._subject(connection)
        for session in self.entry.sessions:
            found += self._session(connection, session)
        for note in self.entry.audit:
            self._note(connection, note)
        if found.new:
            details = {"sessions": found.sessions, "analyses": found.analyses}
            audit.write_note(connection, self.entry.key, AuditNote(self.now, self.operator, "imported", details))
        return found

    def _subject(self, connection: Connection) -> Imported:
        entry = self.entry
        _check_codes(connection, [entry], self.reader.path)
        row = connection.execute(select(SUBJECTS).where(SUBJECTS.c.key == entry.key).with_for_update()).first()
        if row is not None:
            renamed = phrase("archive_other_code", code=entry.code, here=row.code)
            return Imported(unchanged=1, differing=() if row.code == entry.code else (renamed,))
        values = {"key": entry.key, "code": entry.code, "code_folded": folded_code(entry.code)}
        connection.execute(insert(SUBJECTS), {**values, "created": entry.created, "version": entry.version})
        # Whoever brings a deleted subject back wants its backups kept again.
        connection.execute(delete(ERASURES).where(ERASURES.c.subject_key == entry.key))
        return Imported(subjects=1)

    def _session(self, connection: Connection, entry: SessionEntry) -> Imported:
        row = connection.execute(select(SESSIONS).where(SESSIONS.c.key == entry.key)).first()
        found, key = Imported(unchanged=1), entry.key
        here = None if row is None else replace(session_entry(row), version=entry.version, analyses=entry.analyses)
        if row is not None and (row.subject_key != self.entry.key or here != entry):
            key = _derived_key(entry.key, self.entry.key, _facts(entry).as_columns(), entry.entered)
            row = connection.execute(select(SESSIONS).where(SESSIONS.c.key == key)).first()
            about = phrase("archive_other_session", code=self.entry.code, date=entry.date)
            found = Imported(unchanged=1, differing=(about,)) if row is not None else Imported(differing=(about,))
        if row is None:
            values = {**_facts(entry).as_columns(), "key": key, "subject_key": self.entry.key, "entered": entry.entered}
            connection.execute(insert(SESSIONS), {**values, "version": entry.version})
            found = Imported(sessions=1, differing=found.differing)
        for analysis in entry.analyses:
            found += self._analysis(connection, analysis, entry, key)
        return found

    def _analysis(
        self, connection: Connection, entry: AnalysisEntry, session: SessionEntry, session_key: str
    ) -> Imported:
        text = result_text(self.reader, entry)
        theirs = _content(entry, text)
        key, differing = entry.key, tuple[Phrase, ...]()
        here = self._here(connection, key)
        if here is not None and here != theirs:
            key = _derived_key(entry.key, self.entry.key, theirs)
            differing = (phrase("archive_other_analysis", code=self.entry.code, date=session.date),)
            here = self._here(connection, key)
        if here is not None:
            return Imported(unchanged=1, differing=differing)
        values = {"key": key, "session_key": session_key, "added": entry.added}
        connection.execute(insert(ANALYSES), {**values, "result": text, "version": entry.version})
        self._files(connection, key, entry)
        for position, one in enumerate(entry.corrections):
            moved = {"time_s": one.time_s, "landmark": one.landmark, "x_px": one.x_px, "y_px": one.y_px}
            connection.execute(insert(CORRECTIONS), {"analysis_key": key, "position": position, **moved})
        return Imported(analyses=1, differing=differing)

    def _here(self, connection: Connection, key: str) -> object:
        """What an analysis with this key holds; None where there is none."""
        query = select(ANALYSES, SESSIONS.c.subject_key).join(SESSIONS).where(ANALYSES.c.key == key)
        row = connection.execute(query).first()
        if row is None:
            return None
        if row.subject_key != self.entry.key:
            return row.subject_key  # like nothing that could arrive
        kept = file_rows(connection, key)
        return (
            row.added,
            row.result,
            correction_entries(connection, key),
            [file.sha256 for file in kept if file.kind == "track"],
            [(file.cycle, file.time_s, bool(file.drawn), file.sha256) for file in kept if file.kind == "frame"],
            [file.sha256 for file in kept if file.kind == "video"],
        )

    def _files(self, connection: Connection, key: str, entry: AnalysisEntry) -> None:
        stored_files.put(connection, key, "track", self.reader.pieces(entry.track))
        for position, frame in enumerate(entry.key_frames):
            about = {"cycle": frame.cycle, "time_s": frame.time_s, "drawn": frame.drawn}
            stored_files.put(connection, key, "frame", self.reader.pieces(frame.file), position, **about)
        if entry.video is not None:
            stored_files.put(connection, key, "video", self.reader.pieces(entry.video))

    def _note(self, connection: Connection, entry: AuditEntry) -> None:
        if not audit.has_note(connection, entry.key):
            note = AuditNote(entry.time, entry.operator, entry.what, entry.details, entry.about)
            audit.write_note(connection, self.entry.key, note, entry.key)


def _content(entry: AnalysisEntry, text: str) -> object:
    """What an arriving analysis holds, in the form of `SubjectImport._here`."""
    return (
        entry.added,
        text,
        entry.corrections,
        [entry.track.sha256],
        [(frame.cycle, frame.time_s, frame.drawn, frame.file.sha256) for frame in entry.key_frames],
        [] if entry.video is None else [entry.video.sha256],
    )


def _derived_key(*of: object) -> str:
    """A key for what stands beside something else of its own key; the same whenever the same archive comes again."""
    return hashlib.sha256(repr(of).encode()).hexdigest()[:32]
