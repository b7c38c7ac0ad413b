"""`alignment records`: its commands, their options and their help; what is heavy loads only inside them."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from alignment.cli import options
from alignment.texts import say

app = typer.Typer(help=say("help_records").message, no_args_is_help=True)


def _help(code: str) -> str:
    return say(f"help_records_{code}").message


_PAIN: Final = {"metavar": "0-10", "min": 0, "max": 10}
_Code = Annotated[str, typer.Argument(metavar="CODE", help=_help("code"), show_default=False)]
_Json = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=_help("json"))]
_Operator = Annotated[str | None, typer.Option("--operator", metavar="NAME", help=_help("operator"))]
_Search = Annotated[str, typer.Argument(metavar="TEXT", help=_help("search"), show_default=False)]
_Folder = Annotated[Path, typer.Argument(metavar="OUT/NAME", help=_help("folder"), show_default=False)]
_Subject = Annotated[str, typer.Option("--subject", metavar="CODE", help=_help("subject"), show_default=False)]
_New = Annotated[bool, typer.Option("--new", help=_help("new"))]
_Date = Annotated[date | None, typer.Option("--date", metavar="YYYY-MM-DD", parser=options.day, help=_help("date"))]
_Footwear = Annotated[str | None, typer.Option("--footwear", metavar="TEXT", help=_help("footwear"))]
_Side = Annotated[Literal["left", "right", "both"] | None, typer.Option("--side", help=_help("side"))]
_Step = Annotated[
    float | None,
    typer.Option("--step-height-cm", metavar="CM", min=0.0, callback=options.finite, help=_help("step_height")),
]
_Notes = Annotated[str | None, typer.Option("--notes", metavar="TEXT", help=_help("notes"))]
_Before = Annotated[int | None, typer.Option("--pain-before", **_PAIN, help=_help("pain_before"))]
_During = Annotated[int | None, typer.Option("--pain-during", **_PAIN, help=_help("pain_during"))]
_After = Annotated[int | None, typer.Option("--pain-hour-after", **_PAIN, help=_help("pain_hour_after"))]
_Morning = Annotated[int | None, typer.Option("--pain-next-morning", **_PAIN, help=_help("pain_next_morning"))]
_Film = Annotated[Path | None, typer.Option("--film", metavar="FILM", help=_help("film"))]
_Video = Annotated[Path | None, typer.Option("--video", metavar="FILM", help=_help("video"))]
_Archive = Annotated[Path, typer.Argument(metavar="FILE.zip", help=_help("archive"), show_default=False)]
_Codes = Annotated[list[str] | None, typer.Argument(metavar="CODE", help=_help("codes"), show_default=False)]
_As = Annotated[str | None, typer.Option("--as", metavar="CODE", help=_help("as"))]
_Yes = Annotated[bool, typer.Option("--yes", help=_help("yes"))]


@app.command("list", help=_help("list"))
def list_subjects(search: _Search = "", json: _Json = None) -> None:
    """List the subjects."""
    from alignment.cli import keeping

    keeping.list_subjects(search, json)


@app.command(help=_help("show"))
def show(code: _Code, json: _Json = None) -> None:
    """Show one subject's sessions and what changed between them."""
    from alignment.cli import keeping

    keeping.show(code, json)


@app.command(help=_help("add"))
def add(
    folder: _Folder,
    subject: _Subject,
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
    operator: _Operator = None,
) -> None:
    """Add an analysis to a subject's session."""
    from alignment.cli import adding

    said = adding.Said(
        date=date,
        footwear=footwear,
        complaint_side=side,
        step_height_cm=step_height_cm,
        notes=notes,
        pain_before=pain_before,
        pain_during=pain_during,
        pain_hour_after=pain_hour_after,
        pain_next_morning=pain_next_morning,
    )
    adding.add(adding.Request(folder, subject, said, new=new, film=film, video=video, operator=operator))


@app.command("export", help=_help("export"))
def export(archive: _Archive, codes: _Codes = None) -> None:
    """Write an archive."""
    from alignment.cli import keeping

    keeping.export(archive, codes or None)


@app.command("import", help=_help("import"))
def import_archive(archive: _Archive, as_code: _As = None, operator: _Operator = None) -> None:
    """Read an archive."""
    from alignment.cli import keeping

    keeping.import_archive(archive, as_code, operator)


@app.command(help=_help("delete"))
def delete(code: _Code, yes: _Yes = False) -> None:
    """Delete a subject with every trace."""
    from alignment.cli import keeping

    keeping.delete(code, asked=not yes)
