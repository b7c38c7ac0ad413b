"""`alignment tags`: the sheet of two tags to print and to wear on the waistband."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.text import Text as Styled

from alignment.cli import jsonfile, terminal
from alignment.files import refused_as
from alignment.texts import say

_OUT: Final = "tags.pdf"
_Out = Annotated[str, typer.Option("--out", metavar="FILE|-", help=say("help_tags_out").message)]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("tags", help=say("help_tags").message)
    def tags(out: _Out = _OUT) -> None:
        from alignment import outputs
        from alignment.views.tag_sheet import tag_sheet

        content = tag_sheet()
        if out == jsonfile.STDOUT:
            typer.echo(content, nl=False)
            return
        with refused_as("tags_not_writable", path=out):
            outputs.replace_bytes(Path(out), content)
        terminal.console().print(Styled(say("tags_in", path=out).message))
