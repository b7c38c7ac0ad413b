"""`alignment records add` at work: a result folder and what is said of the visit in; one more analysis in a session out."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from rich.text import Text as Styled

from alignment import records
from alignment.activities import ACTIVITIES
from alignment.cli import terminal
from alignment.records import ConflictError, Records, Session, SessionFacts, Subject
from alignment.records.operator import operator as usual_operator
from alignment.texts import InputError, say

_FACTS: Final = ("footwear", "complaint_side", "step_height_cm", "notes")
_PAIN: Final = ("before", "during", "hour_after", "next_morning")


@dataclass(frozen=True)
class Said:
    """What was said of the visit; None where nothing was. Without a date it is today's."""

    date: datetime.date | None = None
    footwear: str | None = None
    complaint_side: Literal["left", "right", "both"] | None = None
    step_height_cm: float | None = None
    notes: str | None = None
    pain_before: int | None = None
    pain_during: int | None = None
    pain_hour_after: int | None = None
    pain_next_morning: int | None = None

    def over(self, facts: SessionFacts) -> SessionFacts:
        """These facts, with what was said in place of what they were."""
        said = {name: value for name in _FACTS if (value := getattr(self, name)) is not None}
        pain = {name: value for name in _PAIN if (value := getattr(self, f"pain_{name}")) is not None}
        return replace(facts, **said, pain=replace(facts.pain, **pain))


@dataclass(frozen=True)
class Request:
    """What was asked for: `new` for a subject that is not there yet; `film` to take pictures from, `video` to keep too."""

    folder: Path
    subject: str
    said: Said
    new: bool = False
    film: Path | None = None
    video: Path | None = None
    operator: str | None = None


def add(request: Request) -> None:
    """Add the analysis in a folder to a subject's session of the day; both are made where they are missing.

    InputError, with nothing written, where the folder holds no analysis, or the subject is not there (or is, if new).
    """
    if request.film is not None and request.video is not None:
        raise InputError("records_film_twice")
    operator = usual_operator() if request.operator is None else request.operator
    with records.open() as kept:
        _check(kept, request)
        gathered = records.gather(request.folder, request.video or request.film, keep_video=request.video is not None)
        subject = kept.add_subject(request.subject, operator) if request.new else kept.subject(request.subject)
        session = _session(kept, subject, request.said, operator)
        if any(one.result == gathered.result for one in kept.analyses(session.key)):
            raise InputError("records_added_before", folder=request.folder, code=subject.code, date=session.facts.date)
        added = kept.add_analysis(session.key, gathered, operator)
        screen = terminal.console()
        told = say(
            "records_added",
            film=added.result.source.name,
            activity=ACTIVITIES[added.result.activity].title,
            code=subject.code,
            date=session.facts.date,
            pictures=len(gathered.key_frames),
        )
        screen.print(Styled(told.message))
        if not gathered.key_frames:
            screen.print(Styled(str(say("records_added_no_pictures"))))
        screen.print(Styled(say("records_at", where=kept.location).message))


def _check(kept: Records, request: Request) -> None:
    """Whether the subject is there, asked before the pictures are looked for. InputError where that is not as said."""
    try:
        found = kept.subject(request.subject)
    except InputError as fault:
        if fault.code == "no_subject" and not request.new:
            raise InputError("records_no_subject_yet", code=request.subject) from None
        if fault.code != "no_subject":
            raise
        return
    if request.new:
        raise InputError("records_subject_there", code=found.code)


def _session(kept: Records, subject: Subject, said: Said, operator: str) -> Session:
    """The last session of the day with what was said, or a new one."""
    day = said.date or datetime.date.today()
    of_the_day = [one for one in kept.sessions(subject.key) if one.facts.date == day]
    if not of_the_day:
        return kept.add_session(subject.key, said.over(SessionFacts(day)), operator)
    seen = of_the_day[-1]
    try:
        return kept.change_session(seen, said.over(seen.facts), operator)
    except ConflictError as fault:
        raise InputError("records_conflict", code=subject.code, fields=fault) from fault
