"""`alignment batch`: many videos in, one tidy table out; what is heavy loads only inside it."""

from typing import Annotated

import typer

from alignment.cli import options
from alignment.request import BATCH, OPTIONS, Request
from alignment.texts import say


def _help(code: str) -> str:
    return say(f"help_batch_{code}").message


_Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help=_help("inputs"), show_default=False)]
_Out = Annotated[str, typer.Option("--out", metavar="DIR", help=_help("out"))]
_Scheduler = Annotated[str | None, typer.Option("--scheduler", metavar="URL", help=_help("scheduler"))]


def register(app: typer.Typer) -> None:
    """Add the command."""
    per_video = ", ".join(name for name, option in OPTIONS.items() if option.manifest)

    @app.command("batch", help=say("help_batch", options=per_video).message)
    @options.with_request(BATCH)
    def batch(inputs: _Inputs, out: _Out = "out", scheduler: _Scheduler = None, *, request: Request) -> None:
        from alignment.cli import batch_run

        raise typer.Exit(batch_run.run(inputs, request, out, scheduler))
