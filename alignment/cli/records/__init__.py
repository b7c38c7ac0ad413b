"""`alignment records`: sessions of one person over time, from the command line. Each command has a file of its own."""

import typer

from alignment.cli.records import add, delete, export, import_archive, list_subjects, show
from alignment.texts import say


def register(app: typer.Typer) -> None:
    """Add the commands."""
    records = typer.Typer(help=say("help_records").message, no_args_is_help=True)
    app.add_typer(records, name="records")
    for command in (list_subjects, show, add, export, import_archive, delete):
        command.register(records)
