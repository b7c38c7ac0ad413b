"""The second step: a film in; the part, the movement and the settings that the person chooses, and a run of them, out."""

from typing import Final

import streamlit as st

from alignment import weights
from alignment.activities import ACTIVITIES
from alignment.assessment import shipped_limits
from alignment.pages import line, pictures
from alignment.pages.analyze import address
from alignment.pages.films import Film
from alignment.pages.runs import Request, runs
from alignment.pipeline import Settings
from alignment.pose import Quality
from alignment.run import Options
from alignment.texts import InputError, say
from alignment.viewpoint.level import roll_of_line_deg

#: A shorter part holds no movement.
_SHORTEST_S: Final = 0.5
_MODELS: Final = ("heavy", "full", "lite")
_ROLLS: Final = ("unknown", "number", "line")
#: Where the last request is remembered.
_ASKED: Final = "analyze_asked"


def again(request: Request) -> None:
    """Go back to a film's settings as they were asked for."""
    st.session_state[_ASKED] = request
    address.go(address.Place(film=request.film.key))


def show(film: Film, failed: Request | None) -> None:
    """Show the film's settings, as they were asked for before: by the run that failed, or by the last one looked at."""
    before = failed or st.session_state.get(_ASKED)
    asked = before if before and before.film == film else None
    st.title(say("analyze_setup_title").message)
    about = pictures.facts(film.path)
    shown = f"{about.width} × {about.height}, {about.fps:.0f} / s, {about.duration_s:.1f} s"
    st.caption(f"{film.name} · {shown}")
    left, right = st.columns([3, 2], gap="large")
    with left:
        start_s, end_s = _part(film, about.duration_s, asked)
    with right:
        activity = _activity(film, asked)
        with st.expander(say("analyze_more").message, expanded=_told_more(asked)):
            variant, quality = _model(asked)
            person = _person(asked)
            mirrored = st.toggle(
                say("analyze_mirrored").message,
                value=asked.options.mirrored if asked else False,
                help=say("analyze_mirrored_help").message,
            )
        roll_deg = _roll(film, start_s or 0.0, asked, mirrored=mirrored)
        settings = Settings(
            limits=shipped_limits(), camera_roll_deg=roll_deg, start_s=start_s, end_s=end_s, person=person
        )
        options = Options(variant=variant, quality=quality, mirrored=mirrored)
        request = Request(film, activity, settings, options)
        st.button(say("analyze_start").message, type="primary", width="stretch", on_click=_start, args=(request,))
        st.button(say("analyze_other").message, width="stretch", on_click=address.go, args=(address.Place(),))


def _start(request: Request) -> None:
    address.go(address.Place(film=request.film.key, run=runs().start(request).request.key))


def _told_more(asked: Request | None) -> bool:
    return asked is not None and asked.options != Options()


def _part(film: Film, duration_s: float, asked: Request | None) -> tuple[float | None, float | None]:
    """The part to analyze, None for the film's own ends, with the pictures at both ends."""
    last_s = round(duration_s, 1)
    chosen = (0.0, last_s)
    if asked:
        before = asked.settings
        chosen = (before.start_s or 0.0, last_s if before.end_s is None else before.end_s)
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


def _activity(film: Film, asked: Request | None) -> str:
    names = list(ACTIVITIES)
    preset = asked.activity if asked else film.activity or "squat"
    chosen: str = st.selectbox(
        say("analyze_activity").message,
        names,
        index=names.index(preset),
        format_func=lambda name: ACTIVITIES[name].title,
    )
    st.caption(say("analyze_how", how=ACTIVITIES[chosen].description).message)
    return chosen


def _model(asked: Request | None) -> tuple[str, Quality]:
    states = {status.model.variant: status for status in weights.status()}
    hints = []
    for name in _MODELS:
        model = states[name].model
        here = states[name].state == "present"
        fetched = "" if here else " · " + say("analyze_fetched", size=model.size_bytes / 1e6).message
        hints.append(model.hint + fetched)
    variant: str = st.radio(
        say("analyze_model").message,
        _MODELS,
        index=_MODELS.index(asked.options.variant if asked else "heavy"),
        format_func=lambda name: say(f"analyze_model_{name}").message,
        captions=hints,
    )
    best = st.toggle(
        say("analyze_best").message,
        value=asked is not None and asked.options.quality == "best",
        help=say("analyze_best_help").message,
    )
    return variant, "best" if best else "standard"


def _person(asked: Request | None) -> int | None:
    found: int | None = st.number_input(
        say("analyze_person").message,
        min_value=1,
        max_value=4,
        value=asked.settings.person if asked else None,
        placeholder=say("analyze_person_auto").message,
        help=say("analyze_person_help").message,
    )
    return found


def _roll(film: Film, time_s: float, asked: Request | None, *, mirrored: bool) -> float | None:
    """The camera's roll in degrees as given or drawn, None where it is not known."""
    before = asked.settings.camera_roll_deg if asked else None
    way = st.segmented_control(
        say("analyze_roll").message,
        _ROLLS,
        default="unknown" if before is None else "number",
        format_func=lambda name: say(f"analyze_roll_{name}").message,
        help=say("analyze_roll_help").message,
        required=True,
    )
    if way == "number":
        return float(st.number_input(say("analyze_roll_deg").message, -45.0, 45.0, before or 0.0, 0.1, format="%.1f"))
    if way == "line":
        picture = pictures.still(film.path, time_s, mirrored=mirrored)
        ends = line.draw(picture, key=f"line_{film.key}_{time_s:.1f}_{mirrored}")
        roll_deg = roll_of_line_deg(*ends) if ends else None
        code = "analyze_roll_none" if roll_deg is None else "analyze_roll_found"
        st.caption(say(code, roll_deg=0.0 if roll_deg is None else roll_deg).message)
        return None if roll_deg is None else round(roll_deg, 2)
    st.caption(say("analyze_roll_unknown_more").message)
    return None
