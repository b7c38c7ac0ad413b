"""All that is kept of subjects over time, in one database: what it holds, and changes to it."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection

from alignment.core.result import Result
from alignment.core.track import Track
from alignment.errors import InputError
from alignment.records import audit, erasure, stored_files
from alignment.records.audit import AuditWriter
from alignment.records.database import Database
from alignment.records.models import (
    Analysis,
    AuditNote,
    Correction,
    KeyFrame,
    NewAnalysis,
    Session,
    SessionFacts,
    Shift,
    Subject,
    Visit,
)
from alignment.records.private_files import prepare_file
from alignment.records.schema import rows
from alignment.records.store import analyses, sessions, subjects, visits
from alignment.records.stored_files import StoredFile
from alignment.records.upgrade import upgrade
from alignment.records.user_input import (
    cleaned_code,
    cleaned_facts,
    cleaned_operator,
    cleaned_remark,
    code_order,
    folded_code,
)

_T = TypeVar("_T")


class Records:
    """Subjects, their sessions and analyses in one database. Any number of threads may use one of these at once.

    Every method that changes something keeps it whole or not at all, and returns when it is safe on disk. InputError with
    the way out where something cannot be done; ConflictError where two people changed the same.
    """

    def __init__(self, database: Database, folder: "TemporaryDirectory[str] | None" = None) -> None:
        """`folder` goes when they are closed."""
        #: For the modules of this package.
        self.database = database
        self._folder = folder
        try:
            if database.location.file is not None:
                prepare_file(database.location)
            upgrade(database)
            erasure.finish_erasures(database)
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
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def location(self) -> str:
        """Where the records are, for a person: the file's path, or the server and database without the password."""
        return self.database.location.shown

    # --- subjects ------------------------------------------------------------------------------------------------

    def subjects(self, search: str = "") -> list[Subject]:
        """Subjects whose code holds `search` in any case, in the order people count: P2 before P10."""
        part = folded_code(search)
        found = self.database.read(rows.subjects)
        return sorted((one for one in found if part in folded_code(one.code)), key=lambda one: code_order(one.code))

    def subject(self, code_or_key: str) -> Subject:
        """One subject. InputError (no_subject) where there is none."""
        return self.database.read(lambda connection: rows.subject(connection, code_or_key))

    def add_subject(self, code: str, operator: str = "") -> Subject:
        """A new subject. InputError where the code is taken (in any case), empty or too long."""
        code, key = cleaned_code(code), _new_key()
        work = partial(subjects.add, key=key, code=code)
        return self._run_audited(work, operator, lambda connection: rows.subject(connection, key))

    def rename_subject(self, subject: Subject, code: str, operator: str = "") -> Subject:
        """The same subject with another code. ConflictError where somebody else renamed it since it was seen."""
        work = partial(subjects.rename, seen=subject, code=cleaned_code(code))
        return self._run_audited(work, operator, lambda connection: rows.subject(connection, subject.key))

    def delete_subject(self, key: str, wait_s: float = erasure.WAIT_S) -> None:
        """Delete a subject and every trace: sessions, analyses, files, notes, in backups and free pages too.

        Programs that keep reading are waited for so long. InputError where there is none, or where a trace could not be
        removed yet (the subject is gone all the same).
        """
        erasure.delete_subject(self.database, key, wait_s)

    # --- sessions ------------------------------------------------------------------------------------------------

    def sessions(self, subject_key: str) -> list[Session]:
        """A subject's sessions, the oldest first."""
        return self.database.read(lambda connection: rows.sessions(connection, subject_key))

    def session(self, key: str) -> Session:
        """One session. InputError (no_session) where there is none."""
        return self.database.read(lambda connection: rows.session(connection, key))

    def add_session(self, subject_key: str, facts: SessionFacts, operator: str = "") -> Session:
        """A new session. InputError where the subject is gone or a fact cannot be."""
        key = _new_key()
        work = partial(sessions.add, key=key, subject_key=subject_key, facts=cleaned_facts(facts))
        return self._run_audited(work, operator, lambda connection: rows.session(connection, key))

    def change_session(self, seen: Session, facts: SessionFacts, operator: str = "") -> Session:
        """The session with what `facts` changes of `seen`; what others changed meanwhile stays.

        ConflictError, with nothing written, where somebody else changed the same field to something else.
        """
        work = partial(sessions.change, seen=seen, facts=cleaned_facts(facts))
        return self._run_audited(work, operator, lambda connection: rows.session(connection, seen.key))

    def delete_session(self, key: str, operator: str = "") -> None:
        """Delete a session with its analyses. InputError where it is gone already."""
        self._run_audited(partial(sessions.remove, key=key), operator, lambda _: None)

    # --- analyses ------------------------------------------------------------------------------------------------

    def analyses(self, session_key: str) -> list[Analysis]:
        """A session's analyses, the oldest first, without those that `unreadable` names."""
        found = self.database.read(lambda connection: analyses.of_session(connection, session_key))
        return [one for one in found if isinstance(one, Analysis)]

    def unreadable(self, session_key: str) -> list[InputError]:
        """Why some of a session's analyses are not among `analyses`: mostly, a newer version made them."""
        found = self.database.read(lambda connection: analyses.of_session(connection, session_key))
        return [one for one in found if isinstance(one, InputError)]

    def analysis(self, key: str) -> Analysis:
        """One analysis. InputError where there is none, or a version made it that this one cannot read."""
        return self.database.read(lambda connection: analyses.find(connection, key))

    def add_analysis(self, session_key: str, new: NewAnalysis, operator: str = "") -> Analysis:
        """Keep an analysis with its track, key frames and, where given, film: all or nothing.

        InputError where the session is gone, the track is none, or the film cannot be read.
        """
        _track(new.track)
        key = _new_key()
        if new.video is not None:
            self.database.make_room()
        work = partial(analyses.add, key=key, session_key=session_key, new=new)
        return self._run_audited(work, operator, lambda connection: analyses.find(connection, key))

    def add_visit(
        self, code: str, facts: Mapping[str, Any], new: NewAnalysis, operator: str = "", *, new_subject: bool = False
    ) -> Visit:
        """Keep an analysis in the last session of its day, or in a new one, of a subject, or of a new one: all or nothing.

        `facts` are the session's date and what was said of it, as columns; what was not said stays as it was. InputError
        where the subject is not there (or is, if new), or the analysis is there already.
        """
        _track(new.track)
        if new_subject:
            code = cleaned_code(code)
        if new.video is not None:
            self.database.make_room()
        keys = visits.Keys(_new_key(), _new_key(), _new_key())

        def wanted(before: SessionFacts) -> SessionFacts:
            return cleaned_facts(SessionFacts.from_columns({**before.as_columns(), **facts}))

        def note(writer: AuditWriter) -> AuditWriter:
            return replace(writer, time=self.database.now(), key=_new_key())

        work = partial(
            visits.add,
            keys=keys,
            code=code,
            date=facts["date"],
            wanted=wanted,
            new=new,
            new_subject=new_subject,
            note=note,
        )
        return self._run_audited(work, operator, partial(visits.find, keys=keys))

    def track(self, analysis_key: str) -> Track:
        """The landmarks as the model gave them, without corrections. InputError where the analysis is gone."""
        content = self.database.read(lambda connection: analyses.track_content(connection, analysis_key))
        return _track(content)

    def key_frames(self, analysis_key: str) -> tuple[KeyFrame, ...]:
        """The pictures at the repetitions' key moments, in their order. InputError where the analysis is gone."""
        return self.database.read(lambda connection: analyses.key_frames(connection, analysis_key))

    def video(self, analysis_key: str) -> Iterator[bytes] | None:
        """The film's bytes, a megabyte at a time; None where it was not kept. InputError where the analysis is gone."""
        stored = self.database.read(lambda connection: analyses.video(connection, analysis_key))
        return None if stored is None else self._pieces(stored)

    def correct(
        self,
        seen: Analysis,
        corrections: tuple[Correction, ...],
        result: Result,
        operator: str = "",
        note: str = "",
        shifts: Sequence[Shift] = (),
    ) -> Analysis:
        """The analysis with these corrections instead of its former ones, and the result that they lead to.

        A note of the audit says who, when, what, how far (`shifts`) and why (`note`). ConflictError where somebody else
        corrected it since.
        """
        remark = cleaned_remark(note)
        work = partial(
            analyses.correct, seen=seen, corrections=corrections, result=result, remark=remark, shifts=shifts
        )
        return self._run_audited(work, operator, lambda connection: analyses.find(connection, seen.key))

    def delete_analysis(self, key: str, operator: str = "") -> None:
        """Delete an analysis with its files. InputError where it is gone already."""
        self._run_audited(partial(analyses.remove, key=key), operator, lambda _: None)

    def audit(self, subject_key: str) -> list[AuditNote]:
        """Who did what about a subject, the newest first."""
        return self.database.read(lambda connection: audit.notes(connection, subject_key))

    # --- how ------------------------------------------------------------------------------------------------------

    def _pieces(self, stored: StoredFile) -> Iterator[bytes]:
        # A piece at a time, so that a slow reader keeps nobody from cleaning up.
        number, left = 0, stored.size_bytes
        while left > 0:
            piece = self.database.read(partial(stored_files.piece, file_key=stored.key, number=number))
            if piece is None:
                raise InputError("no_analysis")
            yield piece
            number, left = number + 1, left - len(piece)

    def _run_audited(self, work: Callable[..., None], operator: str, read: Callable[[Connection], _T]) -> _T:
        """Run work that leaves a note, unless an earlier try was kept although its connection broke; what came of it."""
        who, key, time = cleaned_operator(operator), _new_key(), self.database.now()

        def attempt(connection: Connection) -> _T:
            if not audit.has_note(connection, key):
                work(connection, writer=AuditWriter(connection, time, who, key))
            return read(connection)

        return self.database.write(attempt)


def _track(content: bytes) -> Track:
    # Only this needs what reads result folders, which takes a while to load.
    from alignment import outputs
    from alignment.outputs import track_of_parquet

    return track_of_parquet(content, name=outputs.TRACK)


def _new_key() -> str:
    return uuid.uuid4().hex
