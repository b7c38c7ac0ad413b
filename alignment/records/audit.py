"""The audit: notes of who did what about a subject, as codes and values; they are worded where they are shown."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from alignment.core.result import Result
from alignment.records.models import AuditNote, Correction, Session, SessionFacts, Shift
from alignment.records.schema.tables import AUDIT


@dataclass(frozen=True)
class AuditWriter:
    """Writes the note that one piece of work leaves; by the note's key the work is known again."""

    connection: Connection
    time: datetime
    operator: str
    key: str

    def write(self, subject_key: str, what: str, details: Mapping[str, Any]) -> None:
        """Leave the note: `what` is a code of the catalogue, without `records_did_`; `details` as JSON can hold them."""
        write_note(self.connection, subject_key, AuditNote(self.time, self.operator, what, details), self.key)


def notes(connection: Connection, subject_key: str) -> list[AuditNote]:
    """The notes about a subject, the newest first."""
    query = select(AUDIT).where(AUDIT.c.subject_key == subject_key).order_by(AUDIT.c.time.desc(), AUDIT.c.key)
    return [
        AuditNote(row.time, row.operator, row.what, json.loads(row.details or "{}"), row.about)
        for row in connection.execute(query)
    ]


def write_note(connection: Connection, subject_key: str, note: AuditNote, key: str | None = None) -> None:
    """Keep a note, under this key if it has one."""
    row = {"key": key or uuid.uuid4().hex, "subject_key": subject_key, "time": note.time, "operator": note.operator}
    details = json_of(note.details) if note.details else None
    connection.execute(insert(AUDIT), {**row, "what": note.what, "about": note.about, "details": details})


def has_note(connection: Connection, key: str) -> bool:
    """Whether this note stands: what it tells was kept."""
    return connection.scalar(select(AUDIT.c.key).where(AUDIT.c.key == key)) is not None


def json_of(details: Mapping[str, Any]) -> str:
    """The text that the database keeps of a note's values."""
    text = json.dumps(details, ensure_ascii=False, allow_nan=False)
    # Names of films may hold bytes that are no letters; no database takes them.
    return text.encode("utf-8", "replace").decode("utf-8")


# --- What notes hold


def about_session(facts: SessionFacts) -> dict[str, Any]:
    """Which session."""
    return {"date": facts.date.isoformat()}


def about_analysis(result: Result, session: Session) -> dict[str, Any]:
    """Which analysis."""
    return {"activity": result.activity, "film": result.source.name, **about_session(session.facts)}


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields whose values differ, each with both values."""
    return [
        {"field": field, "before": _plain(before[field]), "after": _plain(after[field])}
        for field in before
        if before[field] != after[field]
    ]


def correction_code(before: tuple[Correction, ...], after: tuple[Correction, ...]) -> str:
    """The code of what was done to corrections."""
    if before == after:
        return "recomputed"
    return "corrected" if after else "correction_undone"


def moved_landmarks(
    before: tuple[Correction, ...], after: tuple[Correction, ...], shifts: Sequence[Shift] = ()
) -> dict[str, Any]:
    """Which landmarks were placed anew, and how far from where the model has them; which are again as it gave them."""
    told = {one.correction: {"shift_px": one.px, "shift_leg_pct": one.leg_pct} for one in shifts}
    places = {(one.time_s, one.landmark) for one in after}
    back = [one for one in before if (one.time_s, one.landmark) not in places]
    return {
        "placed": [{**asdict(one), **told.get(one, {})} for one in after if one not in before],
        "taken_back": [{"landmark": one.landmark, "time_s": one.time_s} for one in back],
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
