"""The third step: a run in; its progress with the time left and a button to stop it, until it ends, out."""

import math
from typing import Final

import streamlit as st

from alignment.pages import pictures
from alignment.pages.markdown import plain
from alignment.pages.runs import Run, runs
from alignment.texts import say

_EVERY_S: Final = 0.5


def show(run: Run) -> None:
    """Show how far the run is, and go on to its result by itself."""
    order, request = run.order, run.order.request
    st.title(say("analyze_running_title").message)
    st.caption(f"{plain(order.film.name)} · {say(f'activity_{request.activity}').message}")
    left, right = st.columns([1, 2], gap="large", vertical_alignment="center")
    left.image(pictures.still(order.film.path, request.start_s or 0.0, small=True))
    with right:
        _watch(order.key)


@st.fragment(run_every=_EVERY_S)
def _watch(key: str) -> None:
    run = runs().get(key)
    if run is None or run.state != "running":
        st.rerun()
    st.progress(run.progress().whole, text=words(run))
    st.button(
        say("analyze_cancel").message,
        on_click=run.cancel,
        disabled=run.stopping,
        key="analyze_cancel",
        icon=":material/close:",
    )
    st.caption(say("analyze_reload").message)


def words(run: Run) -> str:
    """How far a run is: the stage, its share and the time left."""
    if run.stopping:
        return say("analyze_stopping").message
    now = run.progress()
    stage = say(f"stage_{now.stage}").message
    percent = say("analyze_percent", percent=100 * now.share).message if now.share is not None else ""
    return " · ".join(part for part in (stage, percent, time_left(now.left_s)) if part)


def time_left(left_s: float | None) -> str:
    """The time left in words, rounded up so that it does not flicker; empty where it is not known."""
    if left_s is None:
        return ""
    if left_s < 60:
        return say("analyze_left_s", seconds=max(5, 5 * math.ceil(left_s / 5))).message
    return say("analyze_left_min", minutes=math.ceil(left_s / 60)).message
