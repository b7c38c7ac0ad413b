"""What every command needs: a console to write to, and each error as one sentence with its exit code."""

import os
import re
import traceback
from contextlib import suppress
from typing import Any, Final

import typer
from rich.console import Console
from rich.text import Text as Styled

from alignment.cli.stopping import STOPPED
from alignment.errors import InputError, first_line
from alignment.texts import Text, say, text_of

UNFORESEEN: Final = 1
UNUSABLE: Final = 2
#: Of several exit codes the first in this order counts.
WORST_FIRST: Final = (STOPPED, UNFORESEEN, UNUSABLE, 3, 0)

#: How the loader words it where OpenCV or mediapipe needs a library that a bare system does not have.
_MISSING_LIBRARY: Final = re.compile(r"(lib\S+): cannot open shared object file")

#: Tables keep this width where nothing says how wide the terminal is.
_WIDTH: Final = 120
#: What typer raises for wrong use, in any of its versions: the oldest ancestor that has a sentence to show.
_USAGE_ERROR: Final[Any] = [kind for kind in typer.BadParameter.__mro__ if hasattr(kind, "format_message")][-1]


def console(*, stderr: bool = False) -> Console:
    """A console for the standard output or the error output as it is now."""
    made = Console(stderr=stderr, highlight=False, soft_wrap=True)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, soft_wrap=True, width=_WIDTH)


def worst(codes: list[int]) -> int:
    """The exit code that counts for several videos; 0 for none."""
    return min(codes, key=WORST_FIRST.index, default=0)


def explain(fault: Exception) -> int:
    """Say on the error output what went wrong and what to do, and return the exit code that this kind of fault has."""
    if isinstance(fault, InputError):
        _say_error(text_of(fault))
        return UNUSABLE
    if isinstance(fault, _USAGE_ERROR):
        context = getattr(fault, "ctx", None)
        command = context.command_path if context else "alignment"
        sentence = fault.format_message().rstrip(".")
        if sentence:  # there is none where the help was shown for want of a command
            _say_error(say("usage", fault=sentence, command=command))
        return UNUSABLE
    library = _MISSING_LIBRARY.match(str(fault))
    if library and isinstance(fault, OSError | ImportError):
        _say_error(say("system_library_missing", library=library[1]))
        return UNUSABLE
    if isinstance(fault, OSError) and fault.strerror:
        _trace(fault)
        _say_error(say("system_refused", fault=fault.strerror))
        return UNUSABLE
    _trace(fault)
    _say_error(say("unforeseen", kind=type(fault).__name__, fault=first_line(fault)))
    return UNFORESEEN


def _trace(fault: Exception) -> None:
    if os.environ.get("ALIGNMENT_DEBUG"):
        with suppress(OSError):
            console(stderr=True).print(Styled("".join(traceback.format_exception(fault))))


def _say_error(text: Text) -> None:
    with suppress(OSError):  # where nothing can be said, the exit code still tells
        console(stderr=True).print(Styled.assemble((say("error").message, "bold red"), f" {text}"))
