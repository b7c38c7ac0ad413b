"""A film with buttons for single pictures and slow motion, and a way to move it to a moment: a file in, a player out."""

from pathlib import Path
from typing import Any, Final

import streamlit as st

from alignment.core.result import Result
from alignment.pages import style
from alignment.texts import say

_LABELS: Final = ("group", "bar", "speed", "play", "pause", "back", "on", "full")


def show(film: Path | bytes, key: str, *, frame_s: float, offset_s: float = 0.0) -> None:
    """Show a film. `key` is its name on the page, `frame_s` the time of one picture, `offset_s` the time it begins at."""
    place = f"player_{key}"
    with st.container(key=place):
        st.video(film, muted=True, alt=say("player_film").message)
    number, time_s = last_jump(key)
    style.component("player")(
        key=f"{place}_buttons",
        data={
            "target": place,
            "jump": None if time_s is None else [number, max(0.0, float(time_s) - offset_s)],
            "offset_s": offset_s,
            "frame_s": frame_s,
            "labels": {name: say(f"player_{name}").message for name in _LABELS},
        },
    )


def frame_s(result: Result) -> float:
    """The time of one picture of a result's film with lines."""
    source = result.source
    rate_hz = source.analyzed_frames / source.duration_s if source.duration_s else 30.0
    return 1 / max(rate_hz, 1.0)


def jump(key: str, to: float | str) -> None:
    """Move the film of this name when the page is shown next, and stop it there.

    `to` is a moment on the film's own clock; of two in step a percent of their repetitions, or "key" for the key moment.
    """
    number, _ = last_jump(key)
    st.session_state[f"{key}_jump"] = (number + 1, to)


def last_jump(key: str) -> tuple[int, Any]:
    """How often the film of this name was moved, and where to last; None where it was not."""
    jumps: tuple[int, Any] = st.session_state.get(f"{key}_jump", (0, None))
    return jumps
