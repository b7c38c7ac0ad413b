"""Options that several commands of records share, and the subject that one of them names."""

from pathlib import Path
from typing import Annotated

import typer

from alignment import records
from alignment.errors import InputError
from alignment.texts import say


def help_of(code: str) -> str:
    """The help of a command of records, or of one of its options."""
    return say(f"help_records_{code}").message


Code = Annotated[str, typer.Argument(metavar="CODE", help=help_of("code"), show_default=False)]
Json = Annotated[str | None, typer.Option("--json", metavar="FILE|-", help=help_of("json"))]
Operator = Annotated[str | None, typer.Option("--operator", metavar="NAME", help=help_of("operator"))]
Archive = Annotated[Path, typer.Argument(metavar="FILE.zip", help=help_of("archive"), show_default=False)]


def subject_of(kept: "records.Records", code: str) -> "records.Subject":
    """The subject with this code. Where there is none, the InputError tells of the command that lists them."""
    try:
        return kept.subject(code)
    except InputError as fault:
        if fault.code != "no_subject":
            raise
        raise InputError("records_no_subject_listed", code=code) from None


def operator_or_usual(name: str | None) -> str:
    """The operator as given, else the one set on this machine."""
    from alignment.records.operator import operator

    return operator() if name is None else name
