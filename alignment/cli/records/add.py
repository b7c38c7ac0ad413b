"""`alignment records add`: one more analysis, from a result folder, in a session of a subject."""

import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer
from rich.text import Text as Styled

from alignment import records
from alignment.cli import options, terminal
from alignment.cli.records.options import Operator, help_of, operator_or_usual
from alignment.errors import InputError
from alignment.texts import say

_PAIN_OPTION: Final = {"metavar": "0-10", "min": 0, "max": 10}
_Folder = Annotated[Path, typer.Argument(metavar="OUT/NAME", help=help_of("folder"), show_default=False)]
_SubjectCode = Annotated[str, typer.Option("--subject", metavar="CODE", help=help_of("subject"), show_default=False)]
_New = Annotated[bool, typer.Option("--new", help=help_of("new"))]
_Date = Annotated[
    datetime.date | None, typer.Option("--date", metavar="YYYY-MM-DD", parser=options.day, help=help_of("date"))
]
_Footwear = Annotated[str | None, typer.Option("--footwear", metavar="TEXT", help=help_of("footwear"))]
_Side = Annotated[Literal["left", "right", "both"] | None, typer.Option("--side", help=help_of("side"))]
_Step = Annotated[
    float | None,
    typer.Option("--step-height-cm", metavar="CM", min=0.0, callback=options.finite, help=help_of("step_height")),
]
_Notes = Annotated[str | None, typer.Option("--notes", metavar="TEXT", help=help_of("notes"))]
_Before = Annotated[int | None, typer.Option("--pain-before", **_PAIN_OPTION, help=help_of("pain_before"))]
_During = Annotated[int | None, typer.Option("--pain-during", **_PAIN_OPTION, help=help_of("pain_during"))]
_After = Annotated[int | None, typer.Option("--pain-hour-after", **_PAIN_OPTION, help=help_of("pain_hour_after"))]
_Morning = Annotated[int | None, typer.Option("--pain-next-morning", **_PAIN_OPTION, help=help_of("pain_next_morning"))]
_Film = Annotated[Path | None, typer.Option("--film", metavar="FILM", help=help_of("film"))]
_Video = Annotated[Path | None, typer.Option("--video", metavar="FILM", help=help_of("video"))]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("add", help=help_of("add"))
    def add(
        folder: _Folder,
        subject: _SubjectCode,
        new: _New = False,
        date: _Date = None,
        footwear: _Footwear = None,
        side: _Side = None,
        step_height_cm: _Step = None,
        notes: _Notes = None,
        pain_before: _Before = None,
        pain_during: _During = None,
        pain_hour_after: _After = None,
        pain_next_morning: _Morning = None,
        film: _Film = None,
        video: _Video = None,
        operator: Operator = None,
    ) -> None:
        said = {"footwear": footwear, "complaint_side": side, "step_height_cm": step_height_cm, "notes": notes}
        said |= {"pain_before": pain_before, "pain_during": pain_during}
        said |= {"pain_hour_after": pain_hour_after, "pain_next_morning": pain_next_morning}
        facts = {name: value for name, value in said.items() if value is not None}
        day = date or datetime.date.today()
        run(folder, subject, {"date": day, **facts}, new=new, film=film, video=video, operator=operator)


def run(
    folder: Path,
    code: str,
    facts: dict[str, Any],
    *,
    new: bool = False,
    film: Path | None = None,
    video: Path | None = None,
    operator: str | None = None,
) -> None:
    """Add the analysis in a folder to a subject's session of the day; both are made where they are missing.

    `facts` are the date and what was said of the visit, as columns; `new` is for a subject that is not there yet; pictures
    come from `film`, and from `video`, which is kept too. InputError, with nothing written, where the folder holds no
    analysis, or the subject is not there (or is, if new).
    """
    if film is not None and video is not None:
        raise InputError("records_film_twice")
    operator = operator_or_usual(operator)
    with records.open(create=False) as kept:
        _check_subject(kept, code, new=new)
    gathered = records.gather(folder, video or film, keep_video=video is not None)
    with records.open() as kept:
        try:
            visit = kept.add_visit(code, facts, gathered, operator, new_subject=new)
        except records.ConflictError as fault:
            raise InputError("records_conflict", code=code, fields=fault) from fault
        except InputError as fault:
            if fault.code != "records_there_already":
                raise
            raise InputError("records_added_before", folder=folder, **fault.values) from None
        screen = terminal.console()
        told = say(
            "records_added",
            film=visit.analysis.result.source.name,
            activity=say(f"activity_{visit.analysis.result.activity}").message,
            code=visit.subject.code,
            date=visit.session.facts.date,
            pictures=len(gathered.key_frames),
        )
        screen.print(Styled(told.message))
        if not gathered.key_frames:
            screen.print(Styled(str(say("records_added_no_pictures"))))
        screen.print(Styled(say("records_at", where=kept.location).message))


def _check_subject(kept: "records.Records", code: str, *, new: bool) -> None:
    """Whether the subject is there, asked before the pictures are looked for. InputError where that is not as said."""
    try:
        found = kept.subject(code)
    except InputError as fault:
        if fault.code == "no_subject" and not new:
            raise InputError("records_no_subject_yet", code=code) from None
        if fault.code != "no_subject":
            raise
        return
    if new:
        raise InputError("records_subject_there", code=found.code)
