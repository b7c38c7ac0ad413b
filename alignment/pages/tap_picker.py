"""Two points on the hips to follow: a film in; what the person put there, and saw followed, out as an option's text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st

from alignment import sources, workflow
from alignment.errors import InputError
from alignment.marks import taps
from alignment.marks.taps import Tap
from alignment.pages import joint_editor, pictures, style
from alignment.pages.films import Film
from alignment.pages.joint_editor import Handle, Picture, Point
from alignment.request import Option, Request
from alignment.texts import say
from alignment.views.canvas import COLOURS, Canvas

#: So much film after the tap is looked at, and so many pictures of it are shown.
_AFTER_S: Final = 1.5
_SHOWN: Final = 3
#: Where the points lie at first where nobody is seen, in shares of the picture: the left is to the right, from the front.
_FIRST: Final = ((0.58, 0.5), (0.42, 0.5))
_NAMES: Final = ("left", "right")
#: How much of the picture is shown about the points, in distances between them; and the size of what is shown.
_ABOUT: Final = 1.2
_SIDE_PX: Final = 360


def choose(option: Option, film: Film, request: Request) -> str | None:
    """Show the control; the text of all points that were accepted, None where they are not wanted or there are none."""
    label = say(f"control_{option.name}").message
    before = request[option.name]
    if not st.toggle(label, value=before is not None, help=say(f"control_{option.name}_help").message):
        return None
    kept = _Kept(film, taps.parse_taps(before) if before else ())
    kept.show()
    about = pictures.facts(film.path)
    first_s, last_s = request.start_s or 0.0, about.duration_s if request.end_s is None else request.end_s
    time_s = first_s
    if round(last_s - first_s, 1) > 0.1:
        times_s = (round(first_s, 1), round(last_s - 0.1, 1))
        time_s = st.slider(say("tap_moment").message, *times_s, times_s[0], 0.1, format="%.1f s")
    tap = _place(film, time_s, request)
    if tap is not None:
        _check(film, tap, request, kept)
    return kept.text


@dataclass(frozen=True)
class _Kept:
    """The points that were accepted for a film, in this visit or before."""

    film: Film
    before: tuple[Tap, ...]

    @property
    def _key(self) -> str:
        return f"taps_{self.film.key}"

    @property
    def taps(self) -> tuple[Tap, ...]:
        found: tuple[Tap, ...] = st.session_state.get(self._key, self.before)
        return found

    @property
    def text(self) -> str | None:
        """As the option has it."""
        return taps.format_taps(self.taps) if self.taps else None

    def keep(self, tap: Tap) -> None:
        """Take it, in place of one in the same picture."""
        others = [one for one in self.taps if abs(one.time_s - tap.time_s) > 0.05]
        st.session_state[self._key] = tuple(sorted((*others, tap), key=lambda one: one.time_s))

    def drop(self, tap: Tap) -> None:
        """Forget it."""
        st.session_state[self._key] = tuple(one for one in self.taps if one != tap)

    def show(self) -> None:
        """Each with a way to be rid of it."""
        for tap in self.taps:
            st.button(
                say("tap_drop", time_s=tap.time_s).message,
                icon=":material/close:",
                key=f"tap_drop_{self.film.key}_{tap.time_s:.3f}",
                on_click=self.drop,
                args=(tap,),
            )


def _place(film: Film, time_s: float, request: Request) -> Tap | None:
    """Show the picture with both points to be moved; where they were put, None as long as one was not.

    At first they are about where the pelvis is seen to be, in the picture's middle where nobody is.
    """
    about, mirrored = pictures.facts(film.path), request.mirrored
    image = pictures.still(film.path, time_s, mirrored=mirrored)
    size = about.width, about.height
    with st.spinner(say("tap_finding").message):
        seen = _hips(film.path, time_s, request.person, mirrored)
    first = [_inside(at, size) for at in seen or [_at(share, size) for share in _FIRST]]
    handles = [
        Handle(name, say(f"tap_{name}").message, say(f"tap_{name}_mark").message, at, None, placed=False)
        for name, at in zip(_NAMES, first, strict=True)
    ]
    shown = Picture(
        pictures.to_jpeg(image, 90), size, (0.0, 0.0, float(about.width), float(about.height)), handles, [_NAMES], None
    )
    key = f"tap_{film.key}_{time_s:.1f}_{mirrored}"
    joint_editor.show(shown, {}, key, _run_again, words="tap")
    moved = joint_editor.moved_points(key) or {}
    # Where the hips were seen, a ring may lie right from the beginning; moving one then says so of the other.
    right = bool(seen) and (bool(moved) or _lie_right(key))
    if len(moved) < len(_NAMES) and not right:
        return None
    left_at, right_at = (moved.get(name, at) for name, at in zip(_NAMES, first, strict=True))
    return Tap(time_s, (left_at, right_at))


def _lie_right(key: str) -> bool:
    """Whether the person said that both rings lie right as they are; a button to say so."""
    said = f"{key}_right"
    if not st.session_state.get(said):
        st.button(say("tap_lie_right").message, key=f"{said}_button", on_click=_say, args=(said,))
    return bool(st.session_state.get(said))


def _say(said: str) -> None:
    st.session_state[said] = True


def _at(share: tuple[float, float], size: tuple[int, int]) -> tuple[float, float]:
    return share[0] * size[0], share[1] * size[1]


def _inside(at: Point, size: tuple[int, int]) -> Point:
    """The place itself, or the nearest one in the picture."""
    return min(max(at[0], 0.0), size[0] - 1.0), min(max(at[1], 0.0), size[1] - 1.0)


@st.cache_data(show_spinner=False, max_entries=64)
def _hips(path: Path, time_s: float, person: int | None, mirrored: bool) -> list[Point] | None:
    """About where both sides of the pelvis are in this picture; None where nobody is seen, or no model is here."""
    try:
        found = workflow.hips_at(path, time_s, Request(person=person, mirrored=mirrored))
    except InputError:
        return None
    return None if found is None else [(float(x), float(y)) for x, y in found]


def _check(film: Film, tap: Tap, request: Request, kept: _Kept) -> None:
    """Show how the points are followed for a moment, and let the person take them; why not, where they cannot be."""
    try:
        with st.spinner(say("tap_following").message):
            seen = _followed(film.path, tap, request.mirrored)
    except InputError as fault:
        style.failure(fault, film.path.parent)
        return
    lost = sum(not found for _, _, found in seen)
    st.caption(say("tap_lost" if lost else "tap_followed", lost=lost, shown=len(seen)).message)
    for column, (image, later_s, found) in zip(st.columns(len(seen)), seen, strict=True):
        told = say("tap_later" if found else "tap_later_lost", later_s=later_s).message
        column.image(image, caption=told, width="stretch")
    st.button(say("tap_accept").message, type="secondary", width="stretch", on_click=kept.keep, args=(tap,))


@st.cache_data(show_spinner=False, max_entries=32)
def _followed(path: Path, tap: Tap, mirrored: bool) -> list[tuple[np.ndarray, float, bool]]:
    """Three later pictures about the points, how much later, and whether both were found. InputError as in `followed`."""
    reading = sources.Reading(start_s=max(tap.time_s - 0.1, 0.0), end_s=tap.time_s + _AFTER_S, mirrored=mirrored)
    frames = sources.open(path, reading)
    width = frames.facts.width
    across_px = float(np.hypot(*np.subtract(*tap.points)))
    middle = np.mean(tap.points, axis=0)
    shown = []
    for frame, rows in taps.followed(frames, tap, _SHOWN):
        found = bool(np.isfinite(rows).all())
        middle = rows[:, :2].mean(axis=0) if found else middle
        shown.append((_drawn(frame.image, width, rows[:, :2], middle, across_px), frame.time_s - tap.time_s, found))
    return shown


def _drawn(image: np.ndarray, width: int, points: np.ndarray, middle: np.ndarray, across_px: float) -> np.ndarray:
    """The part of a picture about the points, each in a ring."""
    half = _ABOUT * across_px
    corner = middle - half
    part = pictures.part(image, width, (corner[0], corner[1], middle[0] + half, middle[1] + half), _SIDE_PX)
    canvas = Canvas(part, _SIDE_PX / 20)
    for point in points[np.isfinite(points[:, 0])]:
        at = (point - corner) * _SIDE_PX / (2 * half)
        canvas.ring(at, 11, (22, 24, 29), 5)
        canvas.ring(at, 11, COLOURS[None], 3)
    return part


def _run_again() -> None:
    """The page runs again by itself; nothing else is to be done."""
