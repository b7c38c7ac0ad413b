"""The second step: a film in; the part, the movement and the settings that the person chooses, and a run of them, out."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import streamlit as st

from alignment import workflow
from alignment.core.activities import ACTIVITIES
from alignment.core.result import Recognition
from alignment.core.viewpoint.level import roll_of_line_deg
from alignment.errors import InputError
from alignment.pages import line_picker, option_controls, pictures, tap_picker
from alignment.pages.address import FilmAddress
from alignment.pages.films import Film
from alignment.pages.markdown import plain
from alignment.pages.runs import Order, runs
from alignment.request import Option, Request
from alignment.texts import say

#: A shorter part holds no movement.
_SHORTEST_S: Final = 0.5
_ROLLS: Final = ("unknown", "number", "line")
#: Where the last order is remembered.
_ASKED: Final = "analyze_asked"


def again(order: Order) -> None:
    """Go back to a film's settings as they were asked for."""
    st.session_state[_ASKED] = order
    FilmAddress(film=order.film.key).go()


def show(film: Film, failed: Order | None) -> None:
    """Show the film's settings, as they were asked for before: by the run that failed, or by the last one looked at."""
    before = failed or st.session_state.get(_ASKED)
    asked = before.request if before and before.film == film else None
    request = asked or option_controls.with_last(Request(film.activity or ""))
    st.title(say("analyze_setup_title").message)
    about = pictures.facts(film.path)
    shown = f"{about.width} × {about.height}, {about.fps:.0f} / s, {about.duration_s:.1f} s"
    st.caption(f"{plain(film.name)} · {shown}")
    left, right = st.columns([3, 2], gap="large")
    with left:
        start_s, end_s = _part(film, about.duration_s, request)
    with right:
        activity = choose_activity(request, film)
        chosen: dict[str, Any] = {"start_s": start_s, "end_s": end_s, **option_controls.choose_first(request)}
        more = option_controls.controls("by_kind")
        more_was_chosen = any(request[one.name] != one.default for one in more)
        # With a key of its own it is no other fold that the page before had at its place, and which was closed.
        with st.expander(say("analyze_more").message, expanded=more_was_chosen, key=f"analyze_more_{film.key}"):
            for option in more:
                chosen[option.name] = option_controls.choose(option, request)
        for option in option_controls.controls("line"):
            chosen[option.name] = _angle(option, film, request.choosing(chosen))
        for option in option_controls.controls("taps"):
            chosen[option.name] = tap_picker.choose(option, film, request.choosing(chosen))
        order = Order(film, replace(request.choosing(chosen), activity=activity))
        st.button(
            say("analyze_start").message,
            type="primary",
            width="stretch",
            on_click=_start,
            args=(order,),
            disabled=not activity,
        )
        st.button(say("analyze_other").message, width="stretch", on_click=FilmAddress().go)


def _start(order: Order) -> None:
    FilmAddress(film=order.film.key, run=runs().start(order).order.key).go()


def _part(film: Film, duration_s: float, request: Request) -> tuple[float | None, float | None]:
    """The part to analyze, None for the film's own ends, with the pictures at both ends."""
    last_s = round(duration_s, 1)
    chosen = (request.start_s or 0.0, last_s if request.end_s is None else request.end_s)
    start_s, end_s = 0.0, last_s
    if last_s > 2 * _SHORTEST_S:
        start_s, end_s = st.slider(
            say("analyze_part").message,
            0.0,
            last_s,
            chosen,
            0.1,
            format="%.1f s",
            help=say("analyze_part_help").message,
        )
    end_s = min(max(end_s, start_s + _SHORTEST_S), last_s)
    first, last = st.container(key="still_ends").columns(2)
    with first:
        _preview(film, start_s, say("analyze_first", time_s=start_s).message)
    with last:
        _preview(film, end_s, say("analyze_last", time_s=end_s).message)
    return start_s or None, end_s if end_s < last_s else None


def _preview(film: Film, time_s: float, caption: str) -> None:
    """The picture at this time. A film that was cut may lack it, which the analysis says."""
    try:
        st.image(pictures.still(film.path, time_s), caption=caption)
    except InputError:
        st.caption(say("analyze_no_picture", what=caption).message)


def choose_activity(request: Request, film: Film) -> str:
    """Show the movements, and how to film the one that the person chooses; its name, "" while there is none.

    The one asked for before, known, or recognized in the film is chosen at first.
    """
    names = list(ACTIVITIES)
    seen = None
    if not request.activity:
        with st.spinner(say("analyze_recognising").message):
            seen = _recognised(str(film.path))
    first = request.activity or (seen.movement if seen and seen.sure else None)
    chosen: str | None = st.selectbox(
        say("analyze_activity").message,
        names,
        index=names.index(first) if first in names else None,
        format_func=lambda name: say(f"activity_{name}").message,
        placeholder=say("analyze_choose_activity").message,
    )
    if seen and seen.sure and seen.movement:
        percent, activity = 100 * seen.probability, say(f"activity_{seen.movement}").message.lower()
        st.caption(say("analyze_recognised", activity=activity, percent=percent).message)
    elif not request.activity:
        st.caption(say("analyze_not_recognised").message)
    if chosen:
        st.caption(say("analyze_how", how=say(f"activity_{chosen}_how").message).message)
    return chosen or ""


@st.cache_data(show_spinner=False, max_entries=50)
def _recognised(path: str) -> Recognition | None:
    """What the film seems to show; None where that cannot be told now, which the analysis will explain."""
    try:
        return workflow.recognize_film(Path(path), Request())
    except InputError:
        return None


def _angle(option: Option, film: Film, request: Request) -> float | None:
    """An angle in degrees, given or drawn along something upright or level in the film; None where it is not known."""
    before, time_s, mirrored = request[option.name], request.start_s or 0.0, request.mirrored
    way = st.segmented_control(
        say(f"control_{option.name}").message,
        _ROLLS,
        default="unknown" if before is None else "number",
        format_func=lambda name: say(f"analyze_roll_{name}").message,
        help=say(f"control_{option.name}_help").message,
        required=True,
    )
    if way == "number":
        return float(st.number_input(say("analyze_roll_deg").message, -45.0, 45.0, before or 0.0, 0.1, format="%.1f"))
    if way == "line":
        picture = pictures.still(film.path, time_s, mirrored=mirrored)
        ends = line_picker.draw(picture, key=f"line_{film.key}_{time_s:.1f}_{mirrored}")
        roll_deg = roll_of_line_deg(*ends) if ends else None
        code = "analyze_roll_none" if roll_deg is None else "analyze_roll_found"
        st.caption(say(code, roll_deg=0.0 if roll_deg is None else roll_deg).message)
        return None if roll_deg is None else round(roll_deg, 2)
    st.caption(say("analyze_roll_unknown_more").message)
    return None
