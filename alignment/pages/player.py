"""A film with buttons for single pictures and slow motion, and a way to move it to a moment: a file in, a player out."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from alignment.pages import style
from alignment.texts import say

_LABELS: Final = ("group", "bar", "speed", "play", "pause", "back", "on", "full")


@cache
def _buttons() -> Any:  # noqa: ANN401 - a component's renderer, which Streamlit does not name
    return st.components.v2.component(
        "alignment_player", html=style.asset("player.html"), css=style.asset("player.css"), js=style.asset("player.js")
    )


def show(film: Path | bytes, key: str, *, frame_s: float, offset_s: float = 0.0) -> None:
    """Show a film. `key` is its name on the page, `frame_s` the time of one picture, `offset_s` the time it begins at."""
    place = f"player_{key}"
    with st.container(key=place):
        st.video(film, muted=True, alt=say("player_film").message)
    number, time_s = st.session_state.get(_state(key), (0, None))
    _buttons()(
        key=f"{place}_buttons",
        data={
            "target": place,
            "jump": None if time_s is None else [number, max(0.0, time_s - offset_s)],
            "offset_s": offset_s,
            "frame_s": frame_s,
            "labels": {name: say(f"player_{name}").message for name in _LABELS},
        },
    )


def jump(key: str, time_s: float) -> None:
    """Move the film of this name to a moment (on the film's own clock) when the page is shown next, and stop it there."""
    number, _ = st.session_state.get(_state(key), (0, None))
    st.session_state[_state(key)] = (number + 1, float(time_s))


def _state(key: str) -> str:
    return f"{key}_jump"
