"""`alignment report` at work: a result folder and what is said of the visit in; a PDF in the folder or elsewhere out."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text as Styled

from alignment import files, reports
from alignment.cli import jsonfile, terminal
from alignment.texts import InputError, say
from alignment.views.report import About, Before, Kind


@dataclass(frozen=True)
class Request:
    """What was asked for: `out` is a path, `jsonfile.STDOUT`, or None for the report's own place in the folder."""

    folder: Path
    about: About
    plain: bool = False
    out: str | None = None
    before: Path | None = None
    before_date: datetime.date | None = None


def report(request: Request) -> None:
    """Write the report, in place of an older one, and say where. InputError where the folder holds no result."""
    before = None
    if request.before is not None:
        before = Before(files.read_folder(request.before).result, request.before_date)
    kind: Kind = "plain" if request.plain else "full"
    content = reports.of_folder(request.folder, about=request.about, before=before, kind=kind)
    if request.out == jsonfile.STDOUT:
        typer.echo(content, nl=False)
        return
    path = Path(request.out) if request.out else request.folder / reports.NAMES[kind]
    try:
        files.replace_bytes(path, content)
    except OSError as fault:
        raise InputError("report_not_writable", path=path, fault=fault.strerror or str(fault)) from fault
    terminal.console().print(Styled(say("report_in", path=path).message))
