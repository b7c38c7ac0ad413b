"""A new folder in, in the place of an older one out: in one step where the system can, else mended at the next start.

Under hidden names beside the place lie, while it is done and where a program was killed: `.partial`, a folder that is
being filled; `.ready`, which is whole, or the older one once they are exchanged; `.old`, the older one where the system
exchanges nothing. What is not the program's own in a folder is the person's, and is never removed.
"""

import ctypes
import filecmp
import hashlib
import os
import re
import shutil
import sys
import uuid
from collections.abc import Container, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from alignment.unfinished import PARTIAL, Holder, flush_folder, held, hidden, is_nobodys

_READY: Final = "ready"
_OLD: Final = "old"
_LEFT: Final = re.compile(rf"\.(?P<beginning>.+)\.[0-9a-f]{{8}}\.({_OLD}|{_READY}|{PARTIAL})", re.DOTALL)
#: Letters of a name that leave room for what is added, at four bytes a letter.
_LONGEST: Final = 50
#: From Linux' <fcntl.h> and <linux/fs.h>.
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def new_name(place: Path) -> Path:
    """A hidden name beside a place, for the folder that is to take it."""
    return hidden(place.parent, _beginning(place))


def left_in(parent: Path) -> frozenset[str]:
    """Of what names something was left in a folder, or is being made: only there `mend` has something to do."""
    found = [_LEFT.fullmatch(entry.name) for entry in parent.iterdir()] if parent.is_dir() else []
    return frozenset(match["beginning"] for match in found if match)


def is_left(place: Path, left: Container[str]) -> bool:
    """Whether something of this place is among those names."""
    return _beginning(place) in left


def _beginning(place: Path) -> str:
    name = place.name
    return name if len(name) <= _LONGEST else hashlib.sha256(name.encode()).hexdigest()[:16]


def take_place(partial: Path, place: Path, ours: Container[str]) -> None:
    """Put a whole folder where an older one may stand, with what is not `ours` in it; where that fails, all is as before."""
    if not place.exists():
        partial.rename(place)
        flush_folder(place.parent)
        return
    ready = partial.with_suffix(f".{_READY}")
    # Under its next name the older folder is still somebody's.
    with held(place):
        partial.rename(ready)
        try:
            _link_own(place, ready, ours)
            exchange(ready, place)
            flush_folder(place.parent)
            try:
                _move_own(ready, place, ours)
            except OSError:
                exchange(ready, place)
                _move_own(ready, place, ours)
                raise
            flush_folder(place)
        finally:
            _remove(ready, ours)


def mend(place: Path, ours: Container[str]) -> None:
    """End what a killed program began at a place: a whole folder stands there afterwards, with the person's files in it."""
    if not place.parent.is_dir():
        return
    found = {entry: _LEFT.fullmatch(entry.name) for entry in place.parent.iterdir()}
    lefts = [entry for entry, match in found.items() if match and match["beginning"] == _beginning(place)]
    for left in sorted(lefts, key=lambda entry: (entry.suffix != f".{_OLD}", entry.name)):
        with suppress(OSError), held(left) as holder:
            # An older folder is out of its place for a moment only.
            misses = holder is Holder.UNKNOWN and left.suffix == f".{_OLD}" and not place.exists()
            if misses or is_nobodys(left, holder):
                _mend(left, place, ours)


def _mend(left: Path, place: Path, ours: Container[str]) -> None:
    if left.suffix == f".{PARTIAL}":
        shutil.rmtree(left)
    elif left.suffix == f".{_OLD}" and not place.exists():
        left.rename(place)
    else:
        if place.is_dir():
            _move_own(left, place, ours)
            flush_folder(place)
        _remove(left, ours)


def _own(folder: Path, ours: Container[str]) -> Iterator[Path]:
    """What is the person's in a folder."""
    return (entry for entry in list(folder.iterdir()) if entry.name not in ours)


def _link_own(place: Path, ready: Path, ours: Container[str]) -> None:
    """Have what is the person's in both folders, so that it is at the place at any moment.

    A file can be in two; for a folder stands a link that leads to it from the moment in which the two are exchanged.
    """
    for entry in _own(place, ours):
        with suppress(OSError, NotImplementedError):
            if entry.is_symlink() or not entry.is_dir():
                os.link(entry, ready / entry.name, follow_symlinks=False)
            else:
                (ready / entry.name).symlink_to(_way_to(ready / entry.name))


def _way_to(entry: Path) -> str:
    return f"../{entry.parent.with_suffix(f'.{_READY}').name}/{entry.name}"


def _stands_for(link: Path, entry: Path) -> bool:
    return link.is_symlink() and os.readlink(link) == _way_to(entry)  # noqa: PTH115 - a Path would tidy it up


def _move_own(left: Path, place: Path, ours: Container[str]) -> None:
    """Have what is the person's at the place alone; what is there under its name with another content stays, too."""
    for entry in _own(left, ours):
        there = place / entry.name
        if _stands_for(entry, entry) or _same(entry, there):
            entry.unlink()
        elif _stands_for(there, entry):
            if _exchanged_at_once(entry, there):
                entry.unlink()
            else:
                there.unlink()
                entry.rename(there)
        elif not os.path.lexists(there):
            entry.rename(there)
        else:
            entry.rename(place / f"{entry.stem} ({uuid.uuid4().hex[:8]}){entry.suffix}")


def _same(one: Path, other: Path) -> bool:
    """Whether two names are one file, or one content."""
    if not os.path.lexists(other):
        return False
    if os.path.samestat(one.lstat(), other.lstat()):
        return True
    plain = all(path.is_file() and not path.is_symlink() for path in (one, other))
    return plain and filecmp.cmp(one, other, shallow=False)


def _remove(left: Path, ours: Container[str]) -> None:
    """Remove a folder, unless something of the person's is still in it."""
    with suppress(OSError):
        if not any(_own(left, ours)):
            shutil.rmtree(left)


def exchange(one: Path, other: Path) -> None:
    """Give each of two folders the other's name: in one step where the system can, else by way of `.old`."""
    if _exchanged_at_once(one, other):
        return
    aside = one.with_suffix(f".{_OLD}")
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)


def _exchanged_at_once(one: Path, other: Path) -> bool:
    call = _renameat2()
    if call is None:
        return False
    # Where it is refused, the other way says why.
    return bool(call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


@cache
def _renameat2() -> Any:  # noqa: ANN401 - a function of the C library
    if sys.platform != "linux":
        return None
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    if call is not None:
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return call
