"""Several films dropped at once: their settings, which all share, their progress, and what they show, as one if they are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from alignment import workflow
from alignment.core.result import Result
from alignment.errors import InputError
from alignment.pages import films, findings_panel, option_controls, pictures, style
from alignment.pages.address import FilmAddress, FilmsAddress
from alignment.pages.analyze import running, setup
from alignment.pages.films import Film
from alignment.pages.markdown import plain
from alignment.pages.runs import Order, Run, runs
from alignment.request import Request
from alignment.texts import say

_EVERY_S: Final = 0.5
#: So many pictures stand beside each other.
_PICTURES: Final = 3


def show(place: FilmsAddress) -> bool:
    """Show the step that the films are at. False where one of them, or of their analyses, is no longer here."""
    chosen = [films.shelf().get(key) for key in place.film_keys]
    analyses = [runs().get(key) for key in place.run_keys]
    there, begun = [film for film in chosen if film], [run for run in analyses if run]
    if len(there) < len(chosen) or len(begun) < len(analyses):
        return False
    for film in there:
        films.shelf().look(film.key, films.session())
    if not begun:
        _setup(there)
    elif any(run.state == "running" for run in begun):
        _progress(begun)
    else:
        _finished(begun, one_occasion=bool(place.occasion))
    return True


def leave() -> None:
    """Go back to the first page."""
    FilmsAddress().go()
    FilmAddress().go()


def _setup(chosen: Sequence[Film]) -> None:
    st.title(say("analyze_setup_several").message)
    st.caption(" · ".join(plain(film.name) for film in chosen))
    left, right = st.columns([3, 2], gap="large")
    with left:
        for at in range(0, len(chosen), _PICTURES):
            for column, film in zip(st.columns(_PICTURES), chosen[at : at + _PICTURES], strict=False):
                column.image(pictures.still(film.path, 0.0, small=True), caption=plain(film.name))
    with right:
        request = option_controls.with_last(Request(chosen[0].activity or ""))
        activity = setup.choose_activity(request, chosen[0])
        settings: dict[str, Any] = option_controls.choose_first(request)
        with st.expander(say("analyze_more").message, key="analyze_more_several"):
            for option in option_controls.controls("by_kind"):
                settings[option.name] = option_controls.choose(option, request)
        one_occasion = st.checkbox(say("analyze_occasion").message, help=say("analyze_occasion_help").message)
        request = replace(request.choosing(settings), activity=activity)
        orders = [Order(film, request) for film in chosen]
        st.button(
            say("analyze_start").message,
            type="primary",
            width="stretch",
            on_click=_start,
            args=(orders, one_occasion),
            disabled=not activity,
        )
        st.button(say("analyze_other").message, width="stretch", on_click=leave)


def _start(orders: Sequence[Order], one_occasion: bool) -> None:
    begun = runs().start_in_turn(orders)
    keys = (".".join(order.film.key for order in orders), ".".join(run.order.key for run in begun))
    FilmsAddress(*keys, occasion="one" if one_occasion else "").go()


def _progress(begun: Sequence[Run]) -> None:
    st.title(say("analyze_running_title").message)
    _watch([run.order.key for run in begun])


@st.fragment(run_every=_EVERY_S)
def _watch(keys: Sequence[str]) -> None:
    begun = [run for key in keys if (run := runs().get(key))]
    if not any(run.state == "running" for run in begun):
        st.rerun()
    for run in begun:
        words = running.words(run) if run.state == "running" else say(f"analyze_run_{run.state}").message
        share = run.progress().whole if run.state == "running" else 1.0
        st.progress(share, text=f"{plain(run.order.film.name)} · {words}")
    st.button(
        say("analyze_cancel").message,
        on_click=_cancel,
        args=(begun,),
        disabled=all(run.stopping for run in begun if run.state == "running"),
        key="analyze_cancel",
        icon=":material/close:",
    )
    st.caption(say("analyze_reload").message)


def _cancel(begun: Sequence[Run]) -> None:
    for run in begun:
        run.cancel()


def _finished(begun: Sequence[Run], *, one_occasion: bool) -> None:
    request = begun[0].order.request
    activity = say(f"activity_{request.activity}").message
    results = [run.outcome.result for run in begun if run.outcome is not None]
    st.title(say("analyze_several_title", count=len(begun), activity=activity).message)
    st.button(say("analyze_other").message, on_click=leave, icon=":material/add:")
    if one_occasion and results:
        _occasion(results, request)
    for number, run in enumerate(begun, start=1):
        with st.container(border=True, key=f"film_{run.order.key}"):
            st.markdown(f"**{say('occasion_film', number=number, name=plain(run.order.film.name)).message}**")
            _film(run, told=not one_occasion)


def _occasion(results: Sequence[Result], request: Request) -> None:
    """What the films show as one."""
    try:
        occasion = workflow.judge_occasion(results, request.limits)
    except InputError as fault:
        style.failure(fault)
        return
    findings_panel.findings(occasion)
    st.caption(say("analyze_occasion_told", films=len(results)).message)


def _film(run: Run, *, told: bool) -> None:
    """One film: what it shows by itself where it is not judged with others, how it was filmed, and the way to all of it."""
    if run.fault is not None:
        style.failure(run.fault, folder=run.order.film.path.parent)
    elif run.outcome is None:
        style.state("note", say("analyze_cancelled").message)
    else:
        if told:
            findings_panel.findings(run.outcome.result)
        findings_panel.filming_of(run.outcome.result, "app")
        place = FilmAddress(run.order.film.key, run.order.key)
        st.button(say("analyze_look").message, key=f"look_{run.order.key}", on_click=place.go)
