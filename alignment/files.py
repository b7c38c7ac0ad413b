"""Files of this machine: read as a whole, hashed, and written whole or not at all."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from alignment import unfinished
from alignment.errors import InputError, phrase

#: How the names begin of files that are not whole yet.
_BEGINNING: Final = "alignment"


def read_content(path: Path) -> bytes:
    """The content of a file. InputError where it is not there or cannot be read."""
    with readable(path):
        return path.read_bytes()


def read_text(path: Path, bad: str) -> str:
    """The text of a file. InputError where it is not there or cannot be read; `bad` is the code for what is no text."""
    try:
        with readable(path):
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(bad, path=path, fault=phrase("fault_not_text")) from None


def sha256_of(path: Path) -> str:
    """The hash of a file. InputError where it is not there or cannot be read."""
    with readable(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """What the system refuses while a file is read in the block, as an InputError.

    What is no ordinary file (a pipe, a device) is not opened: it may never end, or wait for ever.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("unreadable_file", path=path)
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("missing_file", path=path) from None
    except OSError:
        raise InputError("unreadable_file", path=path) from None


def is_folder(path: Path) -> bool:
    """Whether a folder stands there; not where the system refuses the name."""
    with suppress(OSError):
        return path.is_dir()
    return False


def check_name(path: Path) -> None:
    """InputError where no result or message could show a name, or where the system refuses it."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InputError("name_not_text", path=os.fsencode(path).decode(errors="backslashreplace")) from None
    try:
        path.exists()
    except OSError as fault:  # too long, or links in a circle
        raise InputError("name_refused", path=path, fault=fault.strerror or str(fault)) from None


def _create(path: Path) -> BinaryIO:
    return path.open("wb")


@contextmanager
def replacing(path: Path, create: Callable[[Path], BinaryIO] = _create) -> Iterator[BinaryIO]:
    """A new file that stands at `path`, in place of an older one, when the block ends well; else nothing is left of it.

    A link stays, and what it leads to is replaced. `create` makes and opens the file. OSError where the disk refuses,
    InputError where something else than a file stands there.
    """
    path = replaceable(path)
    _remove_left(path.parent)
    partial = unfinished.hidden(path.parent, _BEGINNING)
    try:
        with ExitStack() as stack:
            with create(partial) as file:
                stack.enter_context(unfinished.held(partial))
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        unfinished.flush_folder(path.parent)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _remove_left(folder: Path) -> None:
    """Remove what a killed program left half in a folder."""
    for left in folder.glob(f".{_BEGINNING}.*.{unfinished.PARTIAL}"):
        with suppress(OSError), unfinished.held(left) as holder:
            if unfinished.is_nobodys(left, holder) and not left.is_dir():
                left.unlink()


def replaceable(path: Path) -> Path:
    """The file, there or not yet, that is written for this name: where its links lead.

    InputError where a device, a pipe or a folder stands there. OSError where the system cannot tell.
    """
    try:
        kind = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        kind = stat.S_IFREG
    if not stat.S_ISREG(kind):
        raise InputError("not_a_file", path=path)
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; an older one is replaced. OSError where the disk refuses."""
    with replacing(path) as file:
        file.write(content)


def replace_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all; an older one is replaced. OSError where the disk refuses."""
    replace_bytes(path, text.encode("utf-8"))


def is_full(fault: BaseException) -> bool:
    """Whether a disk refused for want of room."""
    return isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def refused_as(code: str, /, **values: object) -> Iterator[None]:
    """What the system refuses in the block, as an InputError of this code, with the system's words as `fault`."""
    try:
        yield
    except OSError as fault:
        raise InputError(code, **values, fault=fault.strerror or str(fault)) from fault


def write_fault(fault: OSError, path: Path | str) -> InputError:
    """The InputError for results that could not be written to a place."""
    if is_full(fault):
        return InputError("disk_full", path=path)
    return InputError("out_not_writable", path=path, fault=fault.strerror or str(fault))
