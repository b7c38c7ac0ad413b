"""Everything that is kept of subjects over time: one place of records in, what it holds, and changes to it, out."""

import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from alignment.records import analyses, blobs, changes, checks, erasing, migrating, notes, place, rows
from alignment.records.database import Database
from alignment.records.kinds import (
    Analysis,
    Conflict,
    ConflictError,
    Correction,
    Entry,
    KeyFrame,
    NewAnalysis,
    Session,
    SessionFacts,
    Subject,
)
from alignment.records.notes import Note
from alignment.records.schema import SESSIONS, SUBJECTS
from alignment.result import Result
from alignment.texts import InputError
from alignment.track import Track

_T = TypeVar("_T")


class Records:
    """Subjects, their sessions and analyses in one database. Any number of threads may use one of these at once.

    Every method that changes something keeps it whole or not at all, and returns when it is safe on disk. InputError with
    the way out where something cannot be done; ConflictError where two people changed the same.
    """

    def __init__(self, url: str | None = None) -> None:
        where = place.find(url)
        if where.file is not None:
            place.prepare(where)
        #: For the modules of this package.
        self.database = Database(where)
        try:
            migrating.bring_up(self.database)
            erasing.finish(self.database)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Records":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. Using these records afterwards opens it again."""
        self.database.close()

    @property
    def location(self) -> str:
        """Where the records are, for a person: the file's path, or the server and database without the password."""
        return self.database.place.shown

    # --- subjects ------------------------------------------------------------------------------------------------

    def subjects(self, search: str = "") -> list[Subject]:
        """Subjects whose code holds `search` in any case, in the order people count: P2 before P10."""
        part = checks.folded(search)
        found = self.database.read(rows.subjects)
        return sorted(
            (one for one in found if part in checks.folded(one.code)), key=lambda one: checks.natural(one.code)
        )

    def subject(self, code_or_key: str) -> Subject:
        """One subject. InputError (no_subject) where there is none."""
        return self.database.read(lambda connection: rows.subject(connection, code_or_key))

    def add_subject(self, code: str, operator: str = "") -> Subject:
        """A new subject. InputError where the code is taken (in any case), empty or too long."""
        code, key = checks.code(code), _new_key()

        def work(connection: Connection, note: Note) -> Subject:
            _free(connection, code)
            row = {"key": key, "code": code, "code_folded": checks.folded(code)}
            connection.execute(insert(SUBJECTS), {**row, "created": note.time, "version": 1})
            note(key, "subject_added", code)
            return rows.subject(connection, key)

        return self._noted(work, operator, lambda connection: rows.subject(connection, key))

    def rename_subject(self, subject: Subject, code: str, operator: str = "") -> Subject:
        """The same subject with another code. ConflictError where somebody else renamed it since it was seen."""
        code = checks.code(code)

        def work(connection: Connection, note: Note) -> Subject:
            now = rows.subject(connection, subject.key, lock=True)
            if code == now.code:
                return now
            if now.code != subject.code:
                raise ConflictError([Conflict("code", subject.code, now.code, code)], now)
            if checks.folded(code) != checks.folded(now.code):
                _free(connection, code)
            new = {"code": code, "code_folded": checks.folded(code), "version": now.version + 1}
            connection.execute(update(SUBJECTS).where(SUBJECTS.c.key == subject.key), new)
            note(subject.key, "subject_renamed", notes.change("code", now.code, code))
            return rows.subject(connection, subject.key)

        return self._noted(work, operator, lambda connection: rows.subject(connection, subject.key))

    def delete_subject(self, key: str) -> None:
        """Delete a subject and every trace: sessions, analyses, files, notes, in backups and free pages too.

        InputError where there is none, or where a trace could not be removed yet (the subject is gone all the same).
        """
        erasing.delete_subject(self.database, key)

    # --- sessions ------------------------------------------------------------------------------------------------

    def sessions(self, subject_key: str) -> list[Session]:
        """A subject's sessions, the oldest first."""
        return self.database.read(lambda connection: rows.sessions(connection, subject_key))

    def session(self, key: str) -> Session:
        """One session. InputError (no_session) where there is none."""
        return self.database.read(lambda connection: rows.session(connection, key))

    def add_session(self, subject_key: str, facts: SessionFacts, operator: str = "") -> Session:
        """A new session. InputError where the subject is gone or a fact cannot be."""
        facts, key = checks.facts(facts), _new_key()

        def work(connection: Connection, note: Note) -> Session:
            rows.subject(connection, subject_key)
            row = {"key": key, "subject_key": subject_key, "entered": note.time, "version": 1}
            connection.execute(insert(SESSIONS), {**row, **rows.fields(facts)})
            note(subject_key, "session_added", notes.about_session(facts))
            return rows.session(connection, key)

        return self._noted(work, operator, lambda connection: rows.session(connection, key))

    def change_session(self, seen: Session, facts: SessionFacts, operator: str = "") -> Session:
        """The session with what `facts` changes of `seen`; what others changed meanwhile stays.

        ConflictError, with nothing written, where somebody else changed the same field to something else.
        """
        facts = checks.facts(facts)

        def work(connection: Connection, note: Note) -> Session:
            now = rows.session(connection, seen.key, lock=True)
            new = changes.merged(seen, facts, now)
            if new == now.facts:
                return now
            query = update(SESSIONS).where(SESSIONS.c.key == seen.key)
            connection.execute(query, {**rows.fields(new), "version": now.version + 1})
            about = f"{notes.about_session(now.facts)}: {notes.changes_told(now.facts, new)}"
            note(now.subject_key, "session_changed", about)
            return rows.session(connection, seen.key)

        return self._noted(work, operator, lambda connection: rows.session(connection, seen.key))

    def delete_session(self, key: str, operator: str = "") -> None:
        """Delete a session with its analyses. InputError where it is gone already."""

        def work(connection: Connection, note: Note) -> None:
            now = rows.session(connection, key, lock=True)
            connection.execute(delete(SESSIONS).where(SESSIONS.c.key == key))
            note(now.subject_key, "session_deleted", notes.about_session(now.facts))

        self._noted(work, operator, lambda _: None)

    # --- analyses ------------------------------------------------------------------------------------------------

    def analyses(self, session_key: str) -> list[Analysis]:
        """A session's analyses, the oldest first, without those that `unreadable` names."""
        found = self.database.read(lambda connection: analyses.every(connection, session_key))
        return [one for one in found if isinstance(one, Analysis)]

    def unreadable(self, session_key: str) -> list[InputError]:
        """Why some of a session's analyses are not among `analyses`: mostly, a newer version made them."""
        found = self.database.read(lambda connection: analyses.every(connection, session_key))
        return [one for one in found if isinstance(one, InputError)]

    def analysis(self, key: str) -> Analysis:
        """One analysis. InputError where there is none, or a version made it that this one cannot read."""
        return self.database.read(lambda connection: analyses.one(connection, key))

    def add_analysis(self, session_key: str, new: NewAnalysis, operator: str = "") -> Analysis:
        """Keep an analysis with its track, key frames and, where given, film: all or nothing.

        InputError where the session is gone, the track is none, or the film cannot be read.
        """
        _track(new.track)
        key = _new_key()
        if new.video is not None:
            self.database.make_room()

        def work(connection: Connection, note: Note) -> Analysis:
            return analyses.add(connection, session_key, key, new, note)

        return self._noted(work, operator, lambda connection: analyses.one(connection, key))

    def track(self, analysis_key: str) -> Track:
        """The landmarks as the model gave them, without corrections. InputError where the analysis is gone."""
        content = self.database.read(lambda connection: analyses.track(connection, analysis_key))
        return _track(content)

    def key_frames(self, analysis_key: str) -> tuple[KeyFrame, ...]:
        """The pictures at the repetitions' key moments, in their order. InputError where the analysis is gone."""
        return self.database.read(lambda connection: analyses.key_frames(connection, analysis_key))

    def video(self, analysis_key: str) -> Iterator[bytes] | None:
        """The film's bytes, a megabyte at a time; None where it was not kept. InputError where the analysis is gone."""
        stored = self.database.read(lambda connection: analyses.video(connection, analysis_key))
        return None if stored is None else self._pieces(stored)

    def save_video(self, analysis_key: str, path: Path) -> None:
        """Write the film to a file, whole or not at all. InputError where it was not kept or cannot be written."""
        pieces = self.video(analysis_key)
        if pieces is None:
            raise InputError("records_no_video")
        blobs.save(path, pieces)

    def correct(
        self,
        seen: Analysis,
        corrections: tuple[Correction, ...],
        result: Result,
        operator: str = "",
        note: str = "",
    ) -> Analysis:
        """The analysis with these corrections instead of its former ones, and the result that they lead to.

        A note of the audit says who, when, what and why (`note`). ConflictError where somebody else corrected it since.
        """
        remark = checks.note(note)

        def work(connection: Connection, write: Note) -> Analysis:
            return analyses.correct(connection, seen, corrections, result, write, remark)

        return self._noted(work, operator, lambda connection: analyses.one(connection, seen.key))

    def delete_analysis(self, key: str, operator: str = "") -> None:
        """Delete an analysis with its files. InputError where it is gone already."""
        self._noted(lambda connection, note: analyses.remove(connection, key, note), operator, lambda _: None)

    def audit(self, subject_key: str) -> list[Entry]:
        """Who did what about a subject, the newest first."""
        return self.database.read(lambda connection: rows.audit(connection, subject_key))

    # --- how ------------------------------------------------------------------------------------------------------

    def _pieces(self, stored: blobs.Stored) -> Iterator[bytes]:
        # A piece at a time, so that a slow reader keeps nobody from cleaning up.
        number, left = 0, stored.size_bytes
        while left > 0:
            piece = self.database.read(partial(blobs.piece, file_key=stored.key, number=number))
            if piece is None:
                raise InputError("no_analysis")
            yield piece
            number, left = number + 1, left - len(piece)

    def _noted(self, work: Callable[[Connection, Note], _T], operator: str, already: Callable[[Connection], _T]) -> _T:
        """Run work that leaves a note; where an earlier try was kept although its connection broke, what came of it."""
        who, key, time = checks.operator(operator), _new_key(), self.database.now()

        def attempt(connection: Connection) -> _T:
            if rows.noted(connection, key):
                return already(connection)
            return work(connection, Note(connection, time, who, key))

        return self.database.write(attempt)


def _track(content: bytes) -> Track:
    # Only this needs what reads result folders, which takes a while to load.
    from alignment import files
    from alignment.files.tables import track_of_parquet

    return track_of_parquet(content, name=files.TRACK)


def _new_key() -> str:
    return uuid.uuid4().hex


def _free(connection: Connection, code: str) -> None:
    """InputError where a code is taken."""
    taken = connection.scalar(select(SUBJECTS.c.code).where(SUBJECTS.c.code_folded == checks.folded(code)))
    if taken is not None:
        raise InputError("subject_exists", code=taken)
