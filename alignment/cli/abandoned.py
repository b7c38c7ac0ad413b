"""Folders that a killed program left: the beginning of their names in; those that nobody uses any more gone."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_LOCK: Final = "in-use"


@contextmanager
def held(folder: Path) -> Iterator[tuple[int, ...]]:
    """Mark a folder as used within the block, and as long as a process lives that these files were passed to."""
    if sys.platform == "win32":
        yield ()
        return
    import fcntl

    lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield (lock,)
    finally:
        os.close(lock)


def sweep(beginning: str) -> None:
    """Remove this user's temporary folders whose names begin so and that no process uses."""
    for folder in Path(tempfile.gettempdir()).glob(f"{beginning}*"):
        with suppress(OSError):
            if not folder.is_symlink() and _is_ours(folder) and _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    return sys.platform == "win32" or folder.lstat().st_uid == os.getuid()


def _is_abandoned(folder: Path) -> bool:
    """Whether nobody holds it any more. OSError where it is held, or never was, as in the moment in which it is made."""
    if sys.platform == "win32":  # nobody can tell
        return False
    import fcntl

    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(lock)
    return True
