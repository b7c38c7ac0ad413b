"""`alignment limits`: the shipped table of limits as it is, so that it can be saved, changed and given to --limits."""

from pathlib import Path

import typer

from alignment.texts import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("limits", help=say("help_limits").message)
    def limits() -> None:
        typer.echo(Path(__file__).parent.parent.joinpath("limits.csv").read_bytes(), nl=False)
