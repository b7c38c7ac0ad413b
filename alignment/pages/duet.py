"""Two films side by side that run in step: films and a repetition of each in, players with common buttons out."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from alignment.pages import style
from alignment.result import Cycle
from alignment.texts import say

_LABELS: Final = ("group", "bar", "speed", "start", "play", "pause", "key")


@dataclass(frozen=True)
class Part:
    """One film with lines and the repetition of it to show; `first_s` is when the film begins, on its result's clock."""

    film: Path | None
    caption: str
    cycle: Cycle
    first_s: float
    frame_s: float
    upright: bool


@cache
def _buttons() -> Any:  # noqa: ANN401 - a component's renderer, which Streamlit does not name
    css = style.asset("player.css") + style.asset("duet.css")
    return st.components.v2.component(
        "alignment_duet", html=style.asset("duet.html"), css=css, js=style.asset("duet.js")
    )


def show(parts: tuple[Part, Part], key: str) -> None:
    """Show both films and their buttons. `key` names them on the page. A part without a film says so."""
    upright = all(part.upright for part in parts)
    with st.container(key=f"pair_{'upright' if upright else 'wide'}_{key}"):
        for number, (column, part) in enumerate(zip(st.columns(2), parts, strict=True)):
            with column:
                _film(part, f"player_{key}_{number}")
    there = [
        {
            "target": f"player_{key}_{number}",
            "first_s": part.first_s,
            "frame_s": part.frame_s,
            "start_s": part.cycle.start_s,
            "key_s": part.cycle.key_s,
            "end_s": part.cycle.end_s,
        }
        for number, part in enumerate(parts)
        if part.film is not None
    ]
    if there:
        labels = {name: say(f"duet_{name}").message for name in _LABELS}
        jump = list(st.session_state.get(_state(key), (0, "key")))
        _buttons()(key=f"{key}_duet", data={"films": there, "jump": jump, "labels": labels})


def jump(key: str, percent: float | None) -> None:
    """Move both films to this percent of their repetitions when the page is shown next; None: to their key moments."""
    number, _ = st.session_state.get(_state(key), (0, "key"))
    st.session_state[_state(key)] = (number + 1, "key" if percent is None else percent)


def _film(part: Part, place: str) -> None:
    st.markdown(part.caption)
    if part.film is None:
        style.state("empty", say("compare_no_film").message, remedy=say("compare_no_film").remedy)
        return
    with st.container(key=place):
        st.video(part.film, muted=True, alt=say("player_film").message)


def _state(key: str) -> str:
    return f"{key}_jump"
