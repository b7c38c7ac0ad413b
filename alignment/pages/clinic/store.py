"""The records as the page uses them: opened once for the process, what takes long remembered, refusals said on the page."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Generic, TypeVar

import streamlit as st

from alignment import records
from alignment.pages.style import failure, on_server, points, state
from alignment.records import Analysis, Imported, KeyFrame, Records
from alignment.result import Result
from alignment.texts import InputError, Text, say

_T = TypeVar("_T")
_FAULT: Final = "clinic_fault"
_DONE: Final = "clinic_done"
_BROUGHT: Final = "clinic_brought"
#: So many results computed anew, some of them with their curves, and pictures with lines are remembered.
_MOST_RESULTS: Final = 64
_MOST_CURVES: Final = 6
_MOST_PICTURES: Final = 120


class Remembered(Generic[_T]):
    """What was made last, by its key; two threads that ask for the same make it once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[object, _T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], _T]) -> _T:
        """What belongs to the key, made where it is not known. What `make` raises is not remembered."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
                while len(self._made) > self._most:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]


class _Opened:
    """The records of this process, opened when they are first asked for."""

    def __init__(self) -> None:
        self._records: Records | None = None
        self._lock = threading.Lock()

    def get(self) -> Records:
        with self._lock:
            if self._records is None:
                self._records = records.open()
            return self._records


@cache
def _opened() -> _Opened:
    return _Opened()


@cache
def _results() -> Remembered[Result]:
    return Remembered(_MOST_RESULTS)


@cache
def _with_curves() -> Remembered[Result]:
    return Remembered(_MOST_CURVES)


@cache
def frames() -> Remembered[tuple[KeyFrame, ...]]:
    """Key frames as they were kept, of the analyses that were looked at last."""
    return Remembered(_MOST_CURVES)


@cache
def pictures() -> Remembered[bytes]:
    """Pictures with lines that were drawn, as JPEG."""
    return Remembered(_MOST_PICTURES)


def opened() -> Records:
    """The records. InputError with a way out where they cannot be opened; asked again, it is tried again."""
    return _opened().get()


@cache
def own_version() -> str:
    """The version of the program, as results carry it."""
    try:
        return version("alignment")
    except PackageNotFoundError:
        return "unknown"


def is_older(analysis: Analysis) -> bool:
    """Whether another version of this program computed its numbers."""
    return analysis.result.software.version != own_version()


def with_curves(kept: Records, analysis: Analysis) -> Result:
    """The analysis computed anew, with its corrections and curves. InputError where its landmarks do not allow it."""
    key = (kept.location, analysis.key, analysis.version)
    return _with_curves().get(key, lambda: records.recompute(analysis, kept.track(analysis.key)))


def as_now(kept: Records, analysis: Analysis) -> Result:
    """The analysis' numbers as this version computes them: as they are kept, or anew from the landmarks.

    InputError where they would have to be computed anew and cannot be.
    """
    if not is_older(analysis):
        return analysis.result
    key = (kept.location, analysis.key, analysis.version)
    return _results().get(key, lambda: replace(with_curves(kept, analysis), curves=None))


def as_now_or_kept(kept: Records, analysis: Analysis) -> Result:
    """The same, and the numbers as they are kept where they cannot be computed anew."""
    try:
        return as_now(kept, analysis)
    except InputError:
        return analysis.result


def where(kept: Records, code: str) -> str:
    """The catalogue's sentence of where records are kept: its own wording where that is a server."""
    return say(f"{code}_server" if on_server() else code, location=kept.location).message


# --- what was done, and what was refused -----------------------------------------------------------------------------


def done(text: Text) -> None:
    """Say this when the page is shown next."""
    st.session_state[_DONE] = text


@contextmanager
def saying(folder: Path | None = None) -> Iterator[None]:
    """Whatever the block is refused is said when the page is shown next, without the name of `folder`."""
    try:
        yield
    except InputError as fault:
        st.session_state[_FAULT] = fault, folder


def brought(what: Imported) -> None:
    """Say what an archive brought."""
    st.session_state[_BROUGHT] = what


def outcome() -> None:
    """Show what was done or refused since the page was shown last."""
    if (refused := st.session_state.pop(_FAULT, None)) is not None:
        failure(*refused)
    if (text := st.session_state.pop(_DONE, None)) is not None:
        st.toast(text.message, icon=":material/check:")
    what: Imported | None = st.session_state.pop(_BROUGHT, None)
    if what is not None:
        counts = {name: getattr(what, name) for name in ("subjects", "sessions", "analyses", "unchanged")}
        state("note", say("clinic_imported", **counts).message)
        if what.differing:
            st.markdown(say("clinic_imported_differs").message)
            points(Text(one) for one in what.differing)
