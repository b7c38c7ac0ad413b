"""The command line: arguments in; words, files and an exit code out. Everything else loads inside `main`."""

import os
import sys
import warnings
from collections.abc import Sequence

from alignment.cli import stopping


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on these arguments (those of the process if None) and return the exit code.

    Whatever goes wrong becomes one sentence with a remedy on the error output. After Ctrl-C the process must end.
    """
    if arguments is None:
        _hush()
    with stopping.stop_on_signals():
        try:
            from alignment.cli.commands import run

            code = run(arguments)
        except KeyboardInterrupt:
            code = stopping.STOPPED
    if code == stopping.STOPPED:
        from alignment.texts import say

        sys.stderr.write(f"{say('interrupted')}\n")
    return code


def _hush() -> None:
    """Keep from the user what libraries tell programmers, here and in processes that are started; unless it is asked for."""
    if not sys.warnoptions and not os.environ.get("ALIGNMENT_DEBUG"):
        warnings.simplefilter("ignore")
        os.environ["PYTHONWARNINGS"] = "ignore"
