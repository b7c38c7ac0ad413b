"""The first step: a film, or several, dropped or picked in; the page at their settings out."""

from typing import Final

import streamlit as st

from alignment.core.activities import ACTIVITIES
from alignment.errors import InputError
from alignment.pages import films, pictures, style
from alignment.pages.address import FilmAddress, FilmsAddress
from alignment.pages.films import Film
from alignment.pages.markdown import plain
from alignment.pages.runs import runs
from alignment.texts import say

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
    given = st.file_uploader(label, accept_multiple_files=True, key=f"{_UPLOAD}_{number}")
    if not given:
        st.caption(say("analyze_drop_help", limit=limit).message)
        return
    with st.spinner(say("analyze_reading").message):
        try:
            added = [films.shelf().add(one.name, one) for one in given]
        except InputError as refused:
            style.failure(refused)
            return
        faults = {film: fault for film in added if (fault := _fault(film))}
    if not faults:
        st.session_state[_UPLOAD] = number + 1
        keys = list(dict.fromkeys(film.key for film in added))
        (FilmAddress(keys[0]) if len(keys) == 1 else FilmsAddress(".".join(keys))).go()
        st.rerun()
    for film, fault in faults.items():
        style.failure(fault, folder=film.path.parent)
        films.shelf().remove(film.key)


def _earlier() -> None:
    done = runs().finished()
    if not done:
        return
    st.subheader(say("analyze_earlier").message)
    with st.container(horizontal=True):
        for run in done[: -_EARLIER - 1 : -1]:
            asked = run.order
            label = f"{plain(asked.film.name)} · {say(f'activity_{asked.request.activity}').message}"
            go = FilmAddress(asked.film.key, asked.key).go
            st.button(label, key=f"earlier_{asked.key}", on_click=go, icon=":material/history:")


def _fault(film: Film) -> InputError | None:
    """Why this is no film that can be used; None where it is one."""
    try:
        pictures.still(film.path, 0.0)
    except InputError as fault:
        return fault
    return None


def _cards(samples: tuple[Film, ...]) -> None:
    for column, film in zip(st.columns(_AT_ONCE), samples, strict=False):
        with column.container(border=True, key=f"sample_{film.key}"):
            st.image(pictures.still(film.path, pictures.facts(film.path).duration_s * 0.4, small=True), width="stretch")
            st.markdown(f"**{plain(_title(film))}**")
            st.caption(plain(film.path.stem))
            label = say("analyze_pick").message
            st.button(label, key=f"pick_{film.key}", on_click=FilmAddress(film.key).go, width="stretch")


def _list(samples: tuple[Film, ...]) -> None:
    names = {film.key: f"{_title(film)}: {film.path.stem}" for film in samples}
    key = st.selectbox(say("analyze_sample").message, list(names), format_func=names.__getitem__)
    st.button(say("analyze_pick").message, key="pick_listed", on_click=FilmAddress(key).go)


def _title(film: Film) -> str:
    activity = ACTIVITIES.get(film.activity or "")
    return say(f"activity_{activity.name}").message if activity else film.name
