"""Sessions in the database: added, changed, removed."""

from sqlalchemy import Connection, delete, insert, update

from alignment.records import audit
from alignment.records.audit import AuditWriter
from alignment.records.models import Session, SessionFacts
from alignment.records.schema import rows
from alignment.records.schema.tables import SESSIONS
from alignment.records.store.merge import merged_facts


def add(connection: Connection, key: str, subject_key: str, facts: SessionFacts, writer: AuditWriter) -> None:
    """Keep a new session with this key. InputError where the subject is gone."""
    rows.subject(connection, subject_key)
    row = {"key": key, "subject_key": subject_key, "entered": writer.time, "version": 1}
    connection.execute(insert(SESSIONS), {**row, **facts.as_columns()})
    writer.write(subject_key, "session_added", audit.about_session(facts))


def change(connection: Connection, seen: Session, facts: SessionFacts, writer: AuditWriter) -> None:
    """Write what `facts` changes of `seen`. ConflictError where somebody else changed the same field."""
    now = rows.session(connection, seen.key, lock=True)
    new = merged_facts(seen, facts, now)
    if new == now.facts:
        return
    query = update(SESSIONS).where(SESSIONS.c.key == seen.key)
    connection.execute(query, {**new.as_columns(), "version": now.version + 1})
    changes = audit.field_changes(now.facts.as_columns(), new.as_columns())
    writer.write(now.subject_key, "session_changed", {**audit.about_session(now.facts), "changes": changes})


def remove(connection: Connection, key: str, writer: AuditWriter) -> None:
    """Delete a session with its analyses. InputError where there is none."""
    now = rows.session(connection, key, lock=True)
    connection.execute(delete(SESSIONS).where(SESSIONS.c.key == key))
    writer.write(now.subject_key, "session_deleted", audit.about_session(now.facts))
