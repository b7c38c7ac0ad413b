"""`alignment report`: the report of a result folder, written anew with what is said of the visit."""

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.text import Text as Styled

from alignment.cli import jsonfile, options, terminal
from alignment.files import refused_as
from alignment.texts import say


def _help(code: str) -> str:
    return say(f"help_report_{code}").message


_Folder = Annotated[Path, typer.Argument(metavar="OUT/NAME", help=_help("folder"), show_default=False)]
_Plain = Annotated[bool, typer.Option("--plain", help=_help("plain"))]
_Clinical = Annotated[bool, typer.Option("--clinical", help=_help("clinical"))]
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


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("report", help=say("help_report").message)
    def report(
        folder: _Folder,
        plain: _Plain = False,
        clinical: _Clinical = False,
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
        visit = (subject, date, footwear, side or "", step_height_cm, notes, operator)
        run(folder, *visit, plain=plain, clinical=clinical, out=out, earlier=before, earlier_date=before_date)


def run(
    folder: Path,
    *visit: Any,  # noqa: ANN401 - the fields of `About`, which loads late
    plain: bool = False,
    clinical: bool = False,
    out: str | None = None,
    earlier: Path | None = None,
    earlier_date: datetime.date | None = None,
) -> None:
    """Write the report, in place of an older one, and say where. InputError where the folder holds no result.

    `visit` are the fields of `About`; `out` is a path, `jsonfile.STDOUT`, or None for the report's own place in the folder.
    """
    from alignment import outputs
    from alignment.outputs.report import report_of_folder
    from alignment.pose.calibration import calibration_of
    from alignment.views.report import About, Before, Kind

    before = None if earlier is None else Before(outputs.read_folder(earlier).result, calibration_of, earlier_date)
    kind: Kind = "plain" if plain else "full"
    content = report_of_folder(folder, about=About(*visit), before=before, kind=kind, clinical=clinical)
    if out == jsonfile.STDOUT:
        typer.echo(content, nl=False)
        return
    path = Path(out) if out else folder / (outputs.REPORT_PLAIN if plain else outputs.REPORT)
    with refused_as("report_not_writable", path=path):
        outputs.replace_bytes(path, content)
    terminal.console().print(Styled(say("report_in", path=path).message))
