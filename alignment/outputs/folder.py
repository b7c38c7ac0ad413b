"""Where a result belongs, and how it gets there whole or not at all: a place in, a folder to fill out."""

import errno
import hashlib
import json
import os
import shutil
import signal
import threading
from collections.abc import Container, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from alignment.errors import InputError, phrase
from alignment.files import check_name, is_folder, write_fault
from alignment.outputs.exchange import mend, new_name, take_place
from alignment.unfinished import Holder, flush_folder, held

RESULT: Final = "result.json"
FRAMES: Final = "frames.parquet"
CYCLES: Final = "cycles.csv"
TRACK: Final = "track.parquet"
OVERLAY: Final = "overlay.mp4"
REPORT: Final = "report.pdf"
REPORT_PLAIN: Final = "report_plain.pdf"
#: What a batch made a folder from: the video's hash, settings and version. It must not outlive the rest.
ORIGIN: Final = "batch.json"


def places(inputs: Sequence[Path], out: Path, root: Path | None = None) -> list[Path]:
    """The result folder of each input: `out`/<path without suffix>, relative to `root`, else to the input's own folder.

    Inputs that would share a folder get a short hash of their path, whatever their order.
    """
    names = [_name(path, root) for path in inputs]
    keys = [name.as_posix().casefold() for name in names]
    return [
        out / (_with_hash(name, str(path.absolute())) if keys.count(key) > 1 else name)
        for path, name, key in zip(inputs, names, keys, strict=True)
    ]


def own_place(place: Path, sha256: str) -> Path:
    """`place`, or a folder beside it with a hash where `place` already holds the result of another film."""
    kept = place / RESULT
    if not kept.exists() or _film_sha256(kept) == sha256:
        return place
    return _with_hash(place, sha256)


def _name(path: Path, root: Path | None) -> Path:
    if path.name == TRACK and path.absolute().parent.name:
        return Path(path.absolute().parent.name)
    if root is not None:
        relative = path.absolute().relative_to(root.absolute())
    else:
        relative = Path(path.name if path.name not in ("", "..") else path.resolve().name)
    return relative if is_folder(path) else relative.with_suffix("")


def _with_hash(place: Path, of: str) -> Path:
    return place.with_name(f"{place.name}-{hashlib.sha256(of.encode()).hexdigest()[:6]}")


def _film_sha256(path: Path) -> str | None:
    try:
        content = json.loads(path.read_bytes())
        return str(content["source"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def check_writable(place: Path) -> None:
    """Whether a result could be written to `place`, asked before the long work. InputError where it cannot."""
    check_name(place)
    nearest = next(folder for folder in (place, *place.absolute().parents) if folder.exists() or folder.is_symlink())
    if not nearest.is_dir():
        raise InputError("out_not_writable", path=place, fault=phrase("fault_file_in_the_way", path=nearest))
    # What is new is made beside what is there.
    written = {nearest, place.resolve().parent} if nearest == place else {nearest}
    if not all(os.access(folder, os.W_OK | os.X_OK) for folder in written):
        raise InputError("out_not_writable", path=place, fault=os.strerror(errno.EACCES))


@contextmanager
def building(place: Path, *, ours: Container[str]) -> Iterator[Path]:
    """A new folder beside `place` that takes its place when the block ends well, and vanishes when it does not.

    Until then an older result at `place` stays as it was; afterwards it is gone, except for files that are not `ours`.
    What a killed program left there is mended first. InputError where the disk is full or does not let itself be written to.
    """
    place = Path(os.path.realpath(place)) if place.is_symlink() else place
    new_parents = [folder for folder in place.absolute().parents if not folder.exists()]
    try:
        with ExitStack() as stack:
            partial = _new_folder(place, stack)
            mend(place, ours)
            yield partial
            _flush(partial)
            with _signals_held():
                take_place(partial, place, ours)
    except OSError as fault:
        raise write_fault(fault, place) from fault
    finally:
        with _signals_held(), suppress(OSError):
            for folder in new_parents:
                folder.rmdir()  # refuses, and so ends, at the first folder that holds something


def _new_folder(place: Path, stack: ExitStack) -> Path:
    """A folder beside a place that everybody can see is being filled, and that is gone when the stack is closed."""
    while True:
        partial = new_name(place)
        partial.mkdir(parents=True)
        stack.callback(_remove_held, partial)
        # In the moment before, another program may have taken it for something that was left.
        if stack.enter_context(held(partial)) is not Holder.OTHERS:
            return partial


def _remove_held(partial: Path) -> None:
    with _signals_held():
        shutil.rmtree(partial, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Put the files' content on the disk before their names, so that a power cut cannot leave empty files."""
    for entry in folder.iterdir():
        with entry.open("rb") as file:
            os.fsync(file.fileno())
    flush_folder(folder)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal wait until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    kinds = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = [signal.signal(kind, lambda number, _: waiting.append(number)) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler if handler is not None else signal.SIG_DFL)
        for number in waiting[:1]:
            signal.raise_signal(number)
