"""The app's end: with the program that started it, however that ended, and with it the films that were given to the app."""

import os
import shutil
import signal
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

#: Set by whoever holds the other end of the standard input for as long as it lives.
VARIABLE: Final = "ALIGNMENT_APP_STARTED_BY"
#: How the name of the folder begins that is made for one app alone.
FOLDER: Final = "alignment-app-"
#: What is given to what is under way.
_DOWN_S: Final = 5.0


def end_with_it() -> None:
    """From now on this process ends when the program that started it does. Nothing happens where none says that it did."""
    if os.environ.pop(VARIABLE, None):
        threading.Thread(target=_wait, name="parent", daemon=True).start()


def _wait() -> None:
    with suppress(OSError):
        while os.read(0, 1):  # nothing is ever said, and the end comes when nobody can say anything any more
            pass
    leave = threading.Timer(_DOWN_S, _leave)
    leave.daemon = True
    leave.start()
    os.kill(os.getpid(), signal.SIGTERM)
    # Only now: the other end tidies up by itself where it can.
    _remove_folder()


def _leave() -> None:
    _remove_folder()
    os._exit(1)


def _remove_folder() -> None:
    folder = Path(tempfile.gettempdir())
    if folder.name.startswith(FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
