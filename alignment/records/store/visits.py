"""A visit in the database: an analysis with the session and the subject that it belongs to, kept in one piece of work."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812 - an argument has the word

from sqlalchemy import Connection

from alignment.errors import InputError
from alignment.records.audit import AuditWriter
from alignment.records.models import Analysis, NewAnalysis, SessionFacts, Visit
from alignment.records.schema import rows
from alignment.records.store import analyses, sessions, subjects


@dataclass(frozen=True)
class Keys:
    """What is new gets these keys."""

    subject: str
    session: str
    analysis: str


def add(
    connection: Connection,
    keys: Keys,
    code: str,
    date: Date,
    wanted: Callable[[SessionFacts], SessionFacts],
    new: NewAnalysis,
    note: Callable[[AuditWriter], AuditWriter],
    writer: AuditWriter,
    *,
    new_subject: bool,
) -> None:
    """Keep the analysis. `wanted` makes the session's facts of what they were; `note` a writer for one more note.

    InputError where the subject is not there (or is, if new), or the session holds the same analysis. ConflictError where
    somebody else changed the session meanwhile.
    """
    if new_subject:
        subjects.add(connection, keys.subject, code, note(writer))
    subject = rows.subject(connection, code, lock=True)
    of_the_day = [one for one in rows.sessions(connection, subject.key) if one.facts.date == date]
    if of_the_day:
        key = of_the_day[-1].key
        sessions.change(connection, of_the_day[-1], wanted(of_the_day[-1].facts), note(writer))
    else:
        key = keys.session
        sessions.add(connection, key, subject.key, wanted(SessionFacts(date)), note(writer))
    there = [one for one in analyses.of_session(connection, key) if isinstance(one, Analysis)]
    if any(one.result == new.result for one in there):
        raise InputError("records_there_already", code=subject.code, date=date)
    analyses.add(connection, keys.analysis, key, new, replace(note(writer), key=writer.key))


def find(connection: Connection, keys: Keys) -> Visit:
    """What was kept. InputError where it is gone."""
    analysis = analyses.find(connection, keys.analysis)
    session = rows.session(connection, analysis.session_key)
    return Visit(rows.subject(connection, session.subject_key), session, analysis)
