"""Where a batch leaves its results: a folder of this machine or an fsspec URL in; results kept whole, and found again, out.

Only whoever started the run writes, so that what is there is whole: a folder of results takes its place in one step, or
(at a URL, where nothing can be renamed) counts only once its `batch.json` stands, which comes last.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

from platformdirs import user_cache_path

from alignment import outputs
from alignment.batch import remote
from alignment.errors import InputError, first_line
from alignment.files import is_full, replacing, write_fault
from alignment.texts import say

#: What a run needs besides its results; hidden, so that nobody takes it for some.
_STATE: Final = ".batch"
_LOCK: Final = "lock"


class Store:
    """Places for results, whose names are relative, with /. This one keeps nothing: results are only handed over."""

    def __init__(self, scratch: Path) -> None:
        #: A folder of this machine for whatever lasts as long as the run.
        self.scratch = scratch

    def display_name(self, place: str = "") -> str:
        """How a user calls the place."""
        return place

    def read(self, place: str, name: str) -> bytes | None:  # noqa: ARG002 - nothing is here
        """A file of a place; None where there is none. InputError where the place does not answer."""
        return None

    def has(self, place: str, name: str) -> bool:  # noqa: ARG002 - nothing is here
        """Whether a place has this file."""
        return False

    def write(self, place: str, content: Mapping[str, bytes]) -> None:
        """Put these files into a place instead of an earlier result, all or none. InputError where that fails."""

    def write_table(self, name: str, content: bytes) -> None:
        """Put a file beside the results, whole or not at all. InputError where that fails."""

    def read_table(self, name: str) -> bytes | None:  # noqa: ARG002 - nothing is here
        """A file beside the results; None where there is none, or it cannot be read."""
        return None

    def stream_table(self, name: str, write: Callable[[IO[bytes]], object]) -> None:
        """The same of one that is never whole in memory: `write` puts it into a stream."""


@contextmanager
def open_store(out: str | Path | None) -> Iterator[Store]:
    """The store at `out`, for one run alone; None keeps nothing. InputError where it cannot be used, or is in use."""
    where = None if out is None else remote.plain(str(out))
    with ExitStack() as stack:
        if where is None:
            yield Store(Path(stack.enter_context(TemporaryDirectory(prefix="alignment-"))))
        elif remote.is_url(where):
            mark = hashlib.sha256(where.rstrip("/").encode()).hexdigest()[:16]
            # Runs of other machines are not seen here; docs/batch.md says so.
            stack.enter_context(_lock(user_cache_path("alignment", appauthor=False) / f"batch-{mark}.lock", where))
            scratch = Path(stack.enter_context(TemporaryDirectory(prefix="alignment-")))
            yield Remote(where, scratch)
        else:
            yield stack.enter_context(_opened_folder(Path(where)))


@contextmanager
def _opened_folder(out: Path) -> Iterator["Folder"]:
    outputs.check_writable(out)
    state = out / _STATE
    new = [folder for folder in (out, *out.absolute().parents) if not folder.exists()]
    _make(state, out)
    try:
        with _lock(state / _LOCK, str(out)):
            for left in state.glob("scratch-*"):  # of a run that was killed: whoever holds the lock is alone here
                shutil.rmtree(left, ignore_errors=True)
            scratch = state / f"scratch-{os.getpid()}"
            _make(scratch, out)
            try:
                yield Folder(out, scratch.absolute())
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    finally:
        _leave_nothing_empty(state, new)


def _make(folder: Path, out: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _write_fault(fault, out) from fault


def _leave_nothing_empty(state: Path, new: list[Path]) -> None:
    """Take away the folders of a run that came to nothing."""
    if new and {entry.name for entry in state.parent.iterdir()} == {_STATE}:
        shutil.rmtree(state, ignore_errors=True)
        with suppress(OSError):
            for folder in new:
                folder.rmdir()


@contextmanager
def _lock(path: Path, out: str) -> Iterator[None]:
    """Nobody else runs on this place in the block. The system lifts the lock when its holder dies, however that is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b", buffering=0)
    except OSError as fault:
        raise _write_fault(fault, Path(out)) from fault
    with file:
        if not _try_lock(file):
            file.seek(0)
            holder = file.read().decode("utf-8", "replace").strip() or say("batch_holder_unknown").message
            raise InputError("batch_locked", path=out, holder=holder)
        since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        with suppress(OSError):  # on a full disk nobody is told who holds it, but it is held
            file.truncate(0)
            file.write(say("batch_holder", process=os.getpid(), since=since).message.encode())
        try:
            yield
        finally:
            file.truncate(0)


def _try_lock(file: IO[bytes]) -> bool:
    """Whether the lock on this file is ours now."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        lock: Any = msvcrt
        try:
            file.seek(1 << 20)  # beyond what it tells
            lock.locking(file.fileno(), lock.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        # Some network file systems know no locks: then nobody is kept out.
        return fault.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


class Folder(Store):
    """A folder of this machine, or one that it shares."""

    def __init__(self, out: Path, scratch: Path) -> None:
        super().__init__(scratch)
        self._out = out
        #: What a killed run had begun, in each folder that was looked into.
        self._left: dict[Path, frozenset[str]] = {}

    def display_name(self, place: str = "") -> str:
        """The path."""
        return str(self._out / place)

    def read(self, place: str, name: str) -> bytes | None:
        """A file of a place; None where there is none."""
        self._mend(self._out / place)
        try:
            return (self._out / place / name).read_bytes()
        except OSError:
            return None

    def has(self, place: str, name: str) -> bool:
        """Whether a place has this file."""
        self._mend(self._out / place)
        return (self._out / place / name).is_file()

    def write(self, place: str, content: Mapping[str, bytes]) -> None:
        """Put these files into a place instead of an earlier result, all or none. InputError where that fails."""
        with outputs.building(self._out / place, ours=outputs.own_files()) as folder:
            for name, data in content.items():
                (folder / name).write_bytes(data)

    def write_table(self, name: str, content: bytes) -> None:
        """Put a file beside the results, whole or not at all. InputError where that fails."""
        try:
            outputs.replace_bytes(self._out / name, content)
        except OSError as fault:
            raise _write_fault(fault, self._out / name) from fault

    def read_table(self, name: str) -> bytes | None:
        """A file beside the results; None where there is none, or it cannot be read."""
        try:
            return (self._out / name).read_bytes()
        except OSError:
            return None

    def stream_table(self, name: str, write: Callable[[IO[bytes]], object]) -> None:
        """Put what is written into a file beside the results, whole or not at all. InputError where that fails."""
        try:
            with replacing(self._out / name) as file:
                write(file)
        except OSError as fault:
            raise _write_fault(fault, self._out / name) from fault

    def _mend(self, folder: Path) -> None:
        """End what a killed run had begun at a place; what each folder holds is looked up once."""
        parent = folder.parent
        if parent not in self._left:
            self._left[parent] = outputs.left_in(parent)
        if outputs.is_left(folder, self._left[parent]):
            outputs.mend(folder, outputs.own_files())


class Remote(Store):
    """A URL of any protocol that fsspec knows."""

    def __init__(self, url: str, scratch: Path) -> None:
        super().__init__(scratch)
        self._url = url.rstrip("/")
        self._system, self._root = remote.file_system(url)

    def display_name(self, place: str = "") -> str:
        """The URL."""
        return f"{self._url}/{place}" if place else self._url

    def read(self, place: str, name: str) -> bytes | None:
        """A file of a place; None where there is none. InputError where the place does not answer."""
        try:
            return bytes(self._system.cat_file(self._path(place, name)))
        except FileNotFoundError:
            return None
        except Exception as fault:
            raise remote.unreachable(self.display_name(place), fault) from fault

    def has(self, place: str, name: str) -> bool:
        """Whether a place has this file. InputError where it does not answer."""
        try:
            return bool(self._system.exists(self._path(place, name)))
        except Exception as fault:
            raise remote.unreachable(self.display_name(place), fault) from fault

    def write(self, place: str, content: Mapping[str, bytes]) -> None:
        """Put these files into a place, batch.json last: without it nothing there counts. InputError where that fails."""
        try:
            self._system.makedirs(self._path(place), exist_ok=True)
            for name in (outputs.ORIGIN, *sorted(set(outputs.by_filename()) - set(content))):
                if self._system.exists(self._path(place, name)):
                    self._system.rm_file(self._path(place, name))
            for name in sorted(content, key=lambda name: name == outputs.ORIGIN):
                self._system.pipe_file(self._path(place, name), content[name])
        except Exception as fault:
            raise _write_fault(fault, self.display_name(place)) from fault

    def write_table(self, name: str, content: bytes) -> None:
        """Put a file beside the results. InputError where that fails."""
        try:
            self._system.makedirs(self._root, exist_ok=True)
            self._system.pipe_file(self._path(name), content)
        except Exception as fault:
            raise _write_fault(fault, self.display_name(name)) from fault

    def read_table(self, name: str) -> bytes | None:
        """A file beside the results; None where there is none, or it cannot be read."""
        with suppress(Exception):
            return bytes(self._system.cat_file(self._path(name)))
        return None

    def stream_table(self, name: str, write: Callable[[IO[bytes]], object]) -> None:
        """Put what is written into a file beside the results. InputError where that fails."""
        try:
            self._system.makedirs(self._root, exist_ok=True)
            with self._system.open(self._path(name), "wb") as file:
                write(file)
        except Exception as fault:
            raise _write_fault(fault, self.display_name(name)) from fault

    def _path(self, *parts: str) -> str:
        return "/".join((self._root.rstrip("/"), *parts))


def _write_fault(fault: Exception, path: Path | str) -> InputError:
    """The same for whatever a file system raises; they differ in that."""
    if isinstance(fault, OSError) and (fault.strerror or is_full(fault)):
        return write_fault(fault, path)
    return InputError("out_not_writable", path=path, fault=first_line(fault) or type(fault).__name__)
