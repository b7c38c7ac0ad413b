"""What every command needs: a console, the stop signals, and each error as one sentence with its exit code."""

import os
import re
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

import typer
from rich.console import Console
from rich.text import Text as Styled

from alignment.texts import InputError, Text, say

UNFORESEEN: Final = 1
UNUSABLE: Final = 2
STOPPED: Final = 130
#: Of several exit codes the first in this order counts.
WORST_FIRST: Final = (STOPPED, UNFORESEEN, UNUSABLE, 3, 0)

#: How the loader words it where OpenCV or mediapipe needs a library that a bare system does not have.
_MISSING_LIBRARY: Final = re.compile(r"(lib\S+): cannot open shared object file")

#: Tables keep this width where nothing says how wide the terminal is.
_WIDTH: Final = 120
#: Tidying up takes less than this.
_TIDYING_S: Final = 3.0
#: What typer raises for wrong use, in any of its versions: the oldest ancestor that has a sentence to show.
_USAGE_ERROR: Final[Any] = [kind for kind in typer.BadParameter.__mro__ if hasattr(kind, "format_message")][-1]


def console(*, stderr: bool = False) -> Console:
    """A console for the standard output or the error output as it is now."""
    made = Console(stderr=stderr, highlight=False, soft_wrap=True)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, soft_wrap=True, width=_WIDTH)


def worst(codes: list[int]) -> int:
    """The exit code that counts for several videos; 0 for none."""
    return min(codes, key=WORST_FIRST.index, default=0)


def guarded(work: Callable[[], int]) -> int:
    """Do the work and return its exit code; whatever it raises becomes one sentence with a remedy, and its code."""
    with _stop_signals():
        try:
            code = work()
        except (KeyboardInterrupt, typer.Abort):
            code = STOPPED
        except Exception as fault:  # noqa: BLE001 - the last resort of the program: the user gets a sentence
            code = explain(fault)
    if code == STOPPED:
        console(stderr=True).print(Styled(str(say("interrupted"))))
    return code


def explain(fault: Exception) -> int:
    """Say on the error output what went wrong and what to do, and return the exit code that this kind of fault has."""
    if isinstance(fault, InputError):
        _say_error(fault.text)
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
    if os.environ.get("ALIGNMENT_DEBUG"):
        console(stderr=True).print(Styled("".join(traceback.format_exception(fault))))
    first_line = (str(fault).splitlines() or [""])[0]
    _say_error(say("unforeseen", kind=type(fault).__name__, fault=first_line))
    return UNFORESEEN


def _say_error(text: Text) -> None:
    console(stderr=True).print(Styled.assemble((say("error").message, "bold red"), f" {text}"))


@contextmanager
def _stop_signals() -> Iterator[None]:
    """Within the block SIGTERM and a closed terminal stop the program as Ctrl-C does, so that it tidies up.

    Only the first signal counts, since some programs send two, unless tidying up takes long; what follows it in the
    process' last moments is ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kinds = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # What whoever started us chose to ignore (nohup, a job in the background) stays ignored.
    before = {kind: signal.getsignal(kind) for kind in kinds if signal.getsignal(kind) is not signal.SIG_IGN}
    stopped_at: float | None = None

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped_at
        if stopped_at is None or time.monotonic() > stopped_at + _TIDYING_S:
            stopped_at = time.monotonic()
            raise KeyboardInterrupt

    for kind in before:
        signal.signal(kind, stop)
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler if stopped_at is None else signal.SIG_IGN)
