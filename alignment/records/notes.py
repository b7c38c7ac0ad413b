"""What the audit is told: a change in; its note, in words, out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alignment.records import rows
from alignment.records.kinds import Correction, Session, SessionFacts
from alignment.result import Result
from alignment.texts import known, say


@dataclass(frozen=True)
class Note:
    """The note that one piece of work leaves; by its key the work is known again."""

    connection: Connection
    time: datetime
    operator: str
    key: str

    def __call__(self, subject_key: str, what: str, about: str) -> None:
        """Leave it: `what` is a code of the catalogue, without `records_did_`; `about` are words."""
        rows.note(self.connection, subject_key, self.time, self.operator, what, about, self.key)


def about_session(facts: SessionFacts) -> str:
    """Which session."""
    return say("records_about_session", date=facts.date.isoformat()).message


def about_analysis(result: Result, session: Session) -> str:
    """Which analysis."""
    return say(
        "records_about_analysis",
        activity=result.activity,
        film=result.source.name.encode("utf-8", "replace").decode("utf-8"),
        date=session.facts.date.isoformat(),
    ).message


def change(field: str, before: object, after: object) -> str:
    """One field's change."""
    return say("records_about_change", field=name_of(field), before=_shown(before), after=_shown(after)).message


def deed(before: tuple[Correction, ...], after: tuple[Correction, ...]) -> str:
    """The code of what was done to corrections."""
    if before == after:
        return "recomputed"
    return "corrected" if after else "correction_undone"


def changes_told(before: SessionFacts, after: SessionFacts) -> str:
    """What changed, in words: "footwear: shoes → barefoot; pain before: 3 → 2"."""
    was, now = rows.fields(before), rows.fields(after)
    return "; ".join(change(field, was[field], now[field]) for field in rows.FIELDS if was[field] != now[field])


def corrections_told(before: tuple[Correction, ...], after: tuple[Correction, ...]) -> str:
    """Which landmarks were placed anew, or are again as the model gave them."""
    moved = [_placed(one) for one in after if one not in before]
    places = {(one.time_s, one.landmark) for one in after}
    back = [
        say("records_about_taken_back", landmark=_joint(one), time_s=one.time_s).message
        for one in before
        if (one.time_s, one.landmark) not in places
    ]
    return "; ".join([*moved, *back])


def name_of(field: str) -> str:
    """A field's name in words."""
    code = f"records_field_{field}"
    return say(code).message if known(code) else field


def _placed(one: Correction) -> str:
    return say(
        "records_about_correction", landmark=_joint(one), time_s=one.time_s, x_px=one.x_px, y_px=one.y_px
    ).message


def _joint(one: Correction) -> str:
    return say(f"landmark_{one.landmark}").message if known(f"landmark_{one.landmark}") else one.landmark


def _shown(value: object) -> str:
    if value in (None, ""):
        return say("records_about_nothing").message
    return f"{value:g}" if isinstance(value, float) else str(value)
