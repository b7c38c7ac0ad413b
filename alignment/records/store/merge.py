"""Two people changing one session at once: both get what they want, unless it is the same field."""

from alignment.records.models import FACT_COLUMNS, Conflict, ConflictError, Session, SessionFacts


def merged_facts(seen: Session, wanted: SessionFacts, now: Session) -> SessionFacts:
    """Facts with the wanted changes and those that somebody else made since. ConflictError where both changed one field."""
    was, yours, theirs = seen.facts.as_columns(), wanted.as_columns(), now.facts.as_columns()
    changed = {name for name in was if yours[name] != was[name]}
    conflicts = [
        Conflict(name, was[name], theirs[name], yours[name])
        for name in FACT_COLUMNS
        if name in changed and theirs[name] not in (was[name], yours[name])
    ]
    if conflicts:
        raise ConflictError(conflicts, now)
    return SessionFacts.from_columns({name: yours[name] if name in changed else theirs[name] for name in was})
