"""`alignment records show`: one subject's sessions, their numbers, and what changed between them."""

import typer

from alignment import records
from alignment.cli import jsonfile, terminal
from alignment.cli.records.options import Code, Json, help_of, subject_of


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("show", help=help_of("show"))
    def show(code: Code, json: Json = None) -> None:
        run(code, json)


def run(code: str, json_file: str | None) -> None:
    """Show the subject. InputError where there is none."""
    from alignment.cli.records.history import history_of
    from alignment.cli.records.history_json import history_json
    from alignment.cli.records.history_table import show_history

    jsonfile.check(json_file)
    with records.open(create=False) as kept:
        history = history_of(kept, subject_of(kept, code))
    if json_file is not None:
        jsonfile.write(json_file, history_json(history))
    if json_file != jsonfile.STDOUT:
        show_history(terminal.console(), history)
