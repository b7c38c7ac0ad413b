"""Two people at once: what one had seen, wants, and what is there now in; what is to be written, or the conflict, out."""

from alignment.records import rows
from alignment.records.kinds import Conflict, ConflictError, Session, SessionFacts


def merged(seen: Session, wanted: SessionFacts, now: Session) -> SessionFacts:
    """Facts with the wanted changes and those that somebody else made since. ConflictError where both changed one field."""
    was, yours, theirs = rows.fields(seen.facts), rows.fields(wanted), rows.fields(now.facts)
    changed = {name for name in was if yours[name] != was[name]}
    conflicts = [
        Conflict(name, was[name], theirs[name], yours[name])
        for name in rows.FIELDS
        if name in changed and theirs[name] not in (was[name], yours[name])
    ]
    if conflicts:
        raise ConflictError(conflicts, now)
    return rows.facts({name: yours[name] if name in changed else theirs[name] for name in was})
