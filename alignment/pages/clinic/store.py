"""The records as the page uses them: opened once for the process, what takes long remembered, refusals said on the page.

Results are computed anew where an older version made them; key frames get their lines drawn from the landmarks.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, Generic, TypeVar

import numpy as np
import streamlit as st

from alignment.core.result import Result
from alignment.errors import InputError
from alignment.pages import pictures, style
from alignment.records import Analysis, Imported, KeyFrame, Records, recompute
from alignment.records import open as open_records
from alignment.texts import Text, say
from alignment.version import version_of
from alignment.views.overlay import Painter

_T = TypeVar("_T")
_FAULT: Final = "clinic_fault"
_DONE: Final = "clinic_done"
_BROUGHT: Final = "clinic_brought"


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

    def clear(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._made.clear()


_RECORDS: Final = Remembered[Records](1)
#: Results computed anew, some of them with their curves, kept key frames, and key frames with their lines as JPEG.
_RESULTS: Final = Remembered[Result](64)
_WITH_CURVES: Final = Remembered[Result](6)
_KEY_FRAMES: Final = Remembered[tuple[KeyFrame, ...]](6)
_LINED: Final = Remembered[bytes](120)


def open_once() -> Records:
    """The records of this process. InputError with a way out where they cannot be opened; asked again, it is tried again."""
    return _RECORDS.get("", open_records)


def is_older(analysis: Analysis) -> bool:
    """Whether another version of this program computed its numbers."""
    return analysis.result.software.version != version_of()


def with_curves(records: Records, analysis: Analysis) -> Result:
    """The analysis computed anew, with its corrections and curves. InputError where its landmarks do not allow it."""
    key = (records.location, analysis.key, analysis.version)
    return _WITH_CURVES.get(key, lambda: recompute(analysis, records.track(analysis.key)))


def current_result(records: Records, analysis: Analysis) -> Result:
    """The analysis' numbers as this version computes them: as they are kept, or anew from the landmarks.

    InputError where they would have to be computed anew and cannot be.
    """
    if not is_older(analysis):
        return analysis.result
    key = (records.location, analysis.key, analysis.version)
    return _RESULTS.get(key, lambda: replace(with_curves(records, analysis), curves=None))


def say_where(records: Records, code: str) -> str:
    """The catalogue's sentence of where records are kept: its own wording where that is a server."""
    return say(f"{code}_server" if style.on_server() else code, location=records.location).message


def key_frames(records: Records, analysis: Analysis) -> dict[int, KeyFrame]:
    """The pictures that were kept of an analysis, by their repetition's index."""
    key = (records.location, analysis.key, "frames")
    return {frame.cycle: frame for frame in _KEY_FRAMES.get(key, lambda: records.key_frames(analysis.key))}


def with_lines(records: Records, analysis: Analysis, frame: KeyFrame) -> bytes:
    """A key frame with its lines as JPEG: as it is where they are part of it, or where its landmarks cannot be used."""
    if frame.drawn:
        return frame.jpeg
    key = (records.location, analysis.key, analysis.version, frame.cycle)
    return _LINED.get(key, lambda: _lines_drawn(records, analysis, frame))


def _lines_drawn(records: Records, analysis: Analysis, frame: KeyFrame) -> bytes:
    try:
        result = with_curves(records, analysis)
    except InputError:
        return frame.jpeg
    image = pictures.from_jpeg(frame.jpeg)
    if image is None or result.curves is None or not result.curves.track.frames:
        return frame.jpeg
    position = int(np.abs(result.curves.track.time_s - frame.time_s).argmin())
    # Faces were blurred before the picture was kept.
    drawn = Painter(result, blur_faces=False).paint(image, position)
    # Without the strip of words below it.
    rows = round(drawn.shape[1] * image.shape[0] / image.shape[1])
    return pictures.to_jpeg(drawn[:rows], 88)


# --- what was done, and what was refused -----------------------------------------------------------------------------


def say_done(text: Text) -> None:
    """Say this when the page is shown next."""
    st.session_state[_DONE] = text


@contextmanager
def say_refusal(folder: Path | None = None) -> Iterator[None]:
    """Whatever the block is refused is said when the page is shown next, without the name of `folder`."""
    try:
        yield
    except InputError as fault:
        st.session_state[_FAULT] = fault, folder


def say_imported(what: Imported) -> None:
    """Say what an archive brought."""
    st.session_state[_BROUGHT] = what


def show_outcome() -> None:
    """Show what was done or refused since the page was shown last."""
    if (refused := st.session_state.pop(_FAULT, None)) is not None:
        style.failure(*refused)
    if (text := st.session_state.pop(_DONE, None)) is not None:
        st.toast(text.message, icon=":material/check:")
    what: Imported | None = st.session_state.pop(_BROUGHT, None)
    if what is not None:
        style.state("note", say("clinic_imported", **vars(what)).message)
        if what.differing:
            st.markdown(say("clinic_imported_differs").message)
            style.points(*(Text(str(one)) for one in what.differing))
