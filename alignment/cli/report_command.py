"""`alignment report`: its options and their help; what is heavy loads only inside it."""

import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from alignment.cli import options
from alignment.texts import say


def _help(code: str) -> str:
    return say(f"help_report_{code}").message


_Folder = Annotated[Path, typer.Argument(metavar="OUT/NAME", help=_help("folder"), show_default=False)]
_Plain = Annotated[bool, typer.Option("--plain", help=_help("plain"))]
_Out = Annotated[str | None, typer.Option("--out", metavar="FILE|-", help=_help("out"))]
_Subject = Annotated[str, typer.Option("--subject", metavar="CODE", help=_help("subject"))]
_Date = Annotated[
    datetime.date | None, typer.Option("--date", metavar="YYYY-MM-DD", parser=options.day, help=_help("date"))
]
_Footwear = Annotated[str, typer.Option("--footwear", metavar="TEXT", help=_help("footwear"))]
_Side = Annotated[Literal["left", "right", "both"] | None, typer.Option("--side", help=_help("side"))]
_Step = Annotated[
    float | None,
    typer.Option("--step-height-cm", metavar="CM", min=0.0, callback=options.finite, help=_help("step_height")),
]
_Notes = Annotated[str, typer.Option("--notes", metavar="TEXT", help=_help("notes"))]
_Operator = Annotated[str, typer.Option("--operator", metavar="NAME", help=_help("operator"))]
_Before = Annotated[Path | None, typer.Option("--before", metavar="OUT/NAME", help=_help("before"))]
_BeforeDate = Annotated[
    datetime.date | None,
    typer.Option("--before-date", metavar="YYYY-MM-DD", parser=options.day, help=_help("before_date")),
]


def report(
    folder: _Folder,
    plain: _Plain = False,
    out: _Out = None,
    subject: _Subject = "",
    date: _Date = None,
    footwear: _Footwear = "",
    side: _Side = None,
    step_height_cm: _Step = None,
    notes: _Notes = "",
    operator: _Operator = "",
    before: _Before = None,
    before_date: _BeforeDate = None,
) -> None:
    """Print the report of a result; the sentences of its help are in the catalogue."""
    from alignment.cli import report as work
    from alignment.views.report import About

    about = About(subject, date, footwear, side or "", step_height_cm, notes, operator)
    work.report(work.Request(folder, about, plain=plain, out=out, before=before, before_date=before_date))
