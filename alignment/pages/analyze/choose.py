"""The first step: a film dropped or picked in, the page at that film's settings out."""

from typing import Final

import streamlit as st

from alignment.activities import ACTIVITIES
from alignment.pages import films, pictures, style
from alignment.pages.analyze import address
from alignment.pages.films import Film
from alignment.pages.runs import runs
from alignment.texts import InputError, say

_UPLOAD: Final = "analyze_upload"
#: So many samples are shown with a picture; the others are a click away.
_AT_ONCE: Final = 4
#: So many earlier results are offered.
_EARLIER: Final = 6


def show(*, gone: bool) -> None:
    """Show what can be chosen. `gone`: what the address names is no longer here."""
    st.title(say("analyze_title").message)
    st.markdown(say("analyze_lead").message)
    if gone:
        style.state("note", say("analyze_gone").message, say("analyze_gone").remedy)
    _upload()
    _earlier()
    samples = films.samples()
    if samples:
        st.subheader(say("analyze_samples").message)
        st.caption(say("analyze_samples_more").message)
        _cards(samples[:_AT_ONCE])
    if len(samples) > _AT_ONCE:
        with st.expander(say("analyze_samples_all", count=len(samples)).message):
            _list(samples)


def _upload() -> None:
    # A new key empties the field, and lets go of the copy that Streamlit holds in memory.
    number = st.session_state.setdefault(_UPLOAD, 0)
    label, limit = say("analyze_drop").message, int(st.get_option("server.maxUploadSize"))
    given = st.file_uploader(label, key=f"{_UPLOAD}_{number}")
    if given is None:
        st.caption(say("analyze_drop_help", limit=limit).message)
        return
    with st.spinner(say("analyze_reading").message):
        film = films.shelf().add(given.name, given)
        fault = _fault(film)
    if fault is None:
        st.session_state[_UPLOAD] = number + 1
        _take(film)
        st.rerun()
    style.failure(fault, folder=film.path.parent)
    films.shelf().remove(film.key)


def _earlier() -> None:
    """Results that are still here."""
    done = runs().done()
    if not done:
        return
    st.subheader(say("analyze_earlier").message)
    with st.container(horizontal=True):
        for run in done[: -_EARLIER - 1 : -1]:
            asked = run.request
            label = f"{asked.film.name} · {ACTIVITIES[asked.activity].title}"
            place = address.Place(asked.film.key, asked.key)
            st.button(label, key=f"earlier_{asked.key}", on_click=address.go, args=(place,), icon=":material/history:")


def _fault(film: Film) -> InputError | None:
    """Why this is no film that can be used; None where it is one."""
    try:
        pictures.still(film.path, 0.0)
    except InputError as fault:
        return fault
    return None


def _take(film: Film) -> None:
    address.go(address.Place(film=film.key))


def _cards(samples: tuple[Film, ...]) -> None:
    for column, film in zip(st.columns(_AT_ONCE), samples, strict=False):
        with column.container(border=True, key=f"sample_{film.key}"):
            st.image(pictures.still(film.path, pictures.facts(film.path).duration_s * 0.4, small=True), width="stretch")
            st.markdown(f"**{_title(film)}**")
            st.caption(film.path.stem)
            label = say("analyze_pick").message
            st.button(label, key=f"pick_{film.key}", on_click=_take, args=(film,), width="stretch")


def _list(samples: tuple[Film, ...]) -> None:
    names = {film.key: f"{_title(film)}: {film.path.stem}" for film in samples}
    key = st.selectbox(say("analyze_sample").message, list(names), format_func=names.__getitem__)
    film = next(film for film in samples if film.key == key)
    st.button(say("analyze_pick").message, key="pick_listed", on_click=_take, args=(film,))


def _title(film: Film) -> str:
    activity = ACTIVITIES.get(film.activity or "")
    return activity.title if activity else film.name
