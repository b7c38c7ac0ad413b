"""`alignment records list`: who is there, how many sessions each has, and when the last one was."""

import datetime
import json
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from alignment import records
from alignment.cli import jsonfile, terminal
from alignment.cli.records.options import Json, help_of
from alignment.texts import say

_Search = Annotated[str, typer.Argument(metavar="TEXT", help=help_of("search"), show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("list", help=help_of("list"))
    def list_subjects(search: _Search = "", json: Json = None) -> None:
        run(search, json)


def run(search: str, json_file: str | None) -> None:
    """List the subjects whose code holds a text."""
    jsonfile.check(json_file)
    with records.open(create=False) as kept:
        found = [(subject, [one.facts.date for one in kept.sessions(subject.key)]) for subject in kept.subjects(search)]
        where = kept.location
    if json_file is not None:
        jsonfile.write(json_file, json.dumps([_as_json(*row) for row in found], indent=1, ensure_ascii=False))
    if json_file == jsonfile.STDOUT:
        return
    screen = terminal.console()
    if not found:
        code = "records_none_found" if search else "records_empty"
        screen.print(Styled(str(say(code, search=search, where=where))))
        return
    screen.print(_table(found))
    screen.print(Styled(say("records_at", where=where).message, style="dim"))


def _as_json(subject: "records.Subject", days: list[datetime.date]) -> dict[str, object]:
    return {
        "key": subject.key,
        "code": subject.code,
        "created": subject.created.isoformat(),
        "sessions": len(days),
        "last_session": str(days[-1]) if days else None,
    }


def _table(found: "list[tuple[records.Subject, list[datetime.date]]]") -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("code", "sessions", "last"):
        table.add_column(
            say(f"head_records_{name}").message, justify="right" if name == "sessions" else "left", overflow="fold"
        )
    for subject, days in found:
        table.add_row(escape(subject.code), str(len(days)), str(days[-1]) if days else "–")
    return table
