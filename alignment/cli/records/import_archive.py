"""`alignment records import`: takes over an archive, and says what was new and what differed."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.text import Text as Styled

from alignment import records
from alignment.cli import terminal
from alignment.cli.records.options import Archive, Operator, help_of, operator_or_usual
from alignment.texts import say

_As = Annotated[str | None, typer.Option("--as", metavar="CODE", help=help_of("as"))]
_COUNTS: Final = ("subjects", "sessions", "analyses", "unchanged")


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("import", help=help_of("import"))
    def import_archive(archive: Archive, as_code: _As = None, operator: Operator = None) -> None:
        run(archive, as_code, operator)


def run(path: Path, as_code: str | None, operator: str | None) -> None:
    """Take over the archive; `as_code` is another code for its only subject."""
    with records.open() as kept:
        found = records.import_archive(kept, path, operator_or_usual(operator), as_code)
    screen = terminal.console()
    code = "archive_imported" if found.new else "archive_nothing_new"
    screen.print(Styled(say(code, **{name: getattr(found, name) for name in _COUNTS}).message))
    if found.differing:
        screen.print(Styled(say("archive_differing").message))
        for one in found.differing:
            screen.print(Styled(f"• {one}"))
