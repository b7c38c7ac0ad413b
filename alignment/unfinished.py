"""What lies beside its place under a hidden name until it is whole: whether somebody is still at work on it."""

import os
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Final

PARTIAL: Final = "partial"
#: Where the system tells of nobody's work, nothing is made for longer than this.
_STALE_S: Final = 24 * 3600.0


class Holder(Enum):
    """Who is at work on something: the block that asks, somebody else, or the system cannot tell."""

    US = "us"
    OTHERS = "others"
    UNKNOWN = "unknown"


def hidden(folder: Path, beginning: str, kind: str = PARTIAL) -> Path:
    """A name in this folder that nobody has: a dot, the beginning, eight digits and the kind."""
    return folder / f".{beginning}.{uuid.uuid4().hex[:8]}.{kind}"


@contextmanager
def held(path: Path) -> Iterator[Holder]:
    """Be at work on a file or folder within the block, whatever it is renamed to; the system ends that with the process.

    `OTHERS` where somebody is already, or where it is gone.
    """
    lock, holder = _locked(path)
    try:
        yield holder
    finally:
        if lock is not None:
            os.close(lock)


def _locked(path: Path) -> tuple[int | None, Holder]:
    if sys.platform == "win32":  # nobody can tell
        return None, Holder.UNKNOWN
    import fcntl

    try:
        lock = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None, Holder.OTHERS
    except OSError:
        return None, Holder.UNKNOWN
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever had it a moment ago may have taken it away, and another one have come.
        holder = Holder.US if os.path.samestat(os.fstat(lock), path.lstat()) else Holder.OTHERS
    except (BlockingIOError, FileNotFoundError):
        holder = Holder.OTHERS
    except OSError:  # some file systems know no locks
        holder = Holder.UNKNOWN
    return lock, holder


def is_nobodys(path: Path, holder: Holder) -> bool:
    """Whether what a block holds was left by a program that is gone: where the system cannot tell, after a day."""
    if holder is not Holder.UNKNOWN:
        return holder is Holder.US
    return path.lstat().st_mtime < time.time() - _STALE_S


def flush_folder(folder: Path) -> None:
    """Put a folder's names on the disk, where the system can."""
    with suppress(OSError):  # Windows opens no folder
        at = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(at)
        finally:
            os.close(at)
