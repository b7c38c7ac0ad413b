"""`alignment records delete`: deletes a subject with every trace, after its code was typed again."""

import sys
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.text import Text as Styled

from alignment import records
from alignment.cli import terminal
from alignment.cli.records.options import Code, help_of, subject_of
from alignment.errors import InputError
from alignment.texts import say

_Yes = Annotated[bool, typer.Option("--yes", help=help_of("yes"))]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("delete", help=help_of("delete"))
    def delete(code: Code, yes: _Yes = False) -> None:
        run(code, asked=not yes)


def run(code: str, *, asked: bool, keyboard: TextIO | None = None, screen: Console | None = None) -> None:
    """Delete the subject; where it is to be `asked` for, only if its code is typed at the keyboard.

    InputError where there is none, where nobody can be asked, or where the answer is another one; nothing is deleted then.
    """
    with records.open(create=False) as kept:
        subject = subject_of(kept, code)
        sessions = kept.sessions(subject.key)
        analyses = sum(len(kept.analyses(one.key)) + len(kept.unreadable(one.key)) for one in sessions)
        about = {"code": subject.code, "sessions": len(sessions), "analyses": analyses}
        if asked:
            _ask(subject, about, keyboard or sys.stdin, screen or terminal.console(stderr=True))
        kept.delete_subject(subject.key)
    terminal.console().print(Styled(say("records_deleted", **about).message))


def _ask(subject: "records.Subject", about: dict[str, object], keyboard: TextIO, screen: Console) -> None:
    if not (keyboard.isatty() and screen.file.isatty()):
        raise InputError("records_delete_unasked", code=subject.code)
    screen.print(Styled(str(say("records_delete_warning", **about))))
    question = Styled(say("records_delete_type", code=subject.code).message)
    try:
        # Only the standard input comes with the editing of a line.
        answer = screen.input(question, stream=None if keyboard is sys.stdin else keyboard).strip()
    except EOFError:
        screen.print()
        answer = ""
    if answer != subject.code:
        raise InputError("records_delete_otherwise", code=subject.code)
