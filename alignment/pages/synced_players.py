"""Two films side by side that run in step: films and a repetition of each in, players with common buttons out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from alignment.core.result import Cycle
from alignment.pages import player, style
from alignment.texts import say

_LABELS: Final = ("group", "bar", "speed", "start", "play", "pause", "key")


@dataclass(frozen=True)
class PlayedCycle:
    """One film with lines and the repetition of it to show; `first_s` is when the film begins, on its result's clock."""

    film: Path | None
    caption: str
    cycle: Cycle
    first_s: float
    frame_s: float
    upright: bool


def show(films: tuple[PlayedCycle, PlayedCycle], key: str) -> None:
    """Show both films and their buttons. `key` names them on the page. One without a film says so."""
    upright = all(one.upright for one in films)
    with st.container(key=f"pair_{'upright' if upright else 'wide'}_{key}"):
        for number, (column, one) in enumerate(zip(st.columns(2), films, strict=True)):
            with column:
                _film(one, f"player_{key}_{number}")
    there = [
        {
            "target": f"player_{key}_{number}",
            "first_s": one.first_s,
            "frame_s": one.frame_s,
            "start_s": one.cycle.start_s,
            "key_s": one.cycle.key_s,
            "end_s": one.cycle.end_s,
        }
        for number, one in enumerate(films)
        if one.film is not None
    ]
    if there:
        labels = {name: say(f"duet_{name}").message for name in _LABELS}
        number, to = player.last_jump(key)
        style.component("synced_players", "player")(
            key=f"{key}_duet", data={"films": there, "jump": [number, "key" if to is None else to], "labels": labels}
        )


def _film(one: PlayedCycle, place: str) -> None:
    st.markdown(one.caption)
    if one.film is None:
        style.state_of("empty", "compare_no_film")
        return
    with st.container(key=place):
        st.video(one.film, muted=True, alt=say("player_film").message)
