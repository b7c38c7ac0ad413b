"""`alignment records export`: everything, or some subjects, into a new archive."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text as Styled

from alignment import records
from alignment.cli import terminal
from alignment.cli.records.options import Archive, help_of
from alignment.errors import InputError, phrase
from alignment.texts import say

_Codes = Annotated[list[str] | None, typer.Argument(metavar="CODE", help=help_of("codes"), show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("export", help=help_of("export"))
    def export(archive: Archive, codes: _Codes = None) -> None:
        run(archive, codes or None)


def run(path: Path, codes: Sequence[str] | None) -> None:
    """Write the archive. InputError where the file is there already or cannot be written."""
    if path.exists() or path.is_symlink():
        raise InputError("archive_exists", path=path)
    if not path.absolute().parent.is_dir():
        raise InputError("archive_not_written", path=path, fault=phrase("fault_folder_missing", path=path.parent))
    with records.open(create=False) as kept:
        if not kept.subjects():
            raise InputError("archive_nothing", where=kept.location)
        count = records.export(kept, path, codes)
    told = say("archive_written", count=count, path=path, size_mb=path.stat().st_size / 1e6)
    terminal.console().print(Styled(str(told)))
