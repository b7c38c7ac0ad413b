"""`alignment export`: a result or a study once more, in the formats of other programs."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text as Styled

from alignment.cli import terminal
from alignment.errors import InputError
from alignment.request import known_formats
from alignment.texts import say


def _help(code: str, **values: str) -> str:
    return say(f"help_export_{code}", **values).message


_Folder = Annotated[Path, typer.Argument(metavar="RESULT|STUDY", help=_help("folder"), show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the command."""
    known = _help("to", known=", ".join(known_formats()))

    @app.command("export", help=say("help_export").message)
    def export(
        folder: _Folder, to: Annotated[str, typer.Option("--to", metavar="FORMATS", help=known, show_default=False)]
    ) -> None:
        raise typer.Exit(run(folder, to))


def run(folder: Path, to: str) -> int:
    """Write each result that a folder is or holds, say where, and return the worst exit code. A bad one stops no other.

    InputError where there is no result, or a format is none that there is.
    """
    from alignment import outputs
    from alignment.batch import tables
    from alignment.request import formats_of

    formats = formats_of(to)
    if not formats:
        raise InputError("unknown_format", name=to, known=", ".join(outputs.format_names()))
    places = [folder] if (folder / outputs.RESULT).is_file() else sorted(folder.glob(f"**/{outputs.RESULT}"))
    if not places:
        raise InputError("export_nothing", path=folder)
    codes = []
    for place in places:
        try:
            written = outputs.export(place if place == folder else place.parent, formats)
            codes.append(0)
        except Exception as fault:  # noqa: BLE001 - said to the user, and the others still run
            codes.append(terminal.explain(fault))
            continue
        for path in written:
            _say_where(path)
    if "xlsx" in formats and (folder / tables.COLUMNS).is_file():
        _say_where(tables.write_workbook(folder))
    return terminal.worst(codes)


def _say_where(path: Path) -> None:
    terminal.console().print(Styled(say("export_in", path=path).message), soft_wrap=True)
