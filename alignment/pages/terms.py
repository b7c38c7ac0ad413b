"""Whether results are read in clinical terms: a switch beside each of them in; what was chosen, on every page, out."""

from typing import Final

import streamlit as st

from alignment.texts import say

_CHOSEN: Final = "clinical_terms"


def clinical() -> bool:
    """Whether this visit reads results in clinical terms; plain words until somebody switches."""
    return bool(st.session_state.get(_CHOSEN, False))


def switch(place: str) -> None:
    """Show the switch; `place` tells it from those elsewhere. What is chosen holds on every page."""
    key = f"{_CHOSEN}_{place}"

    def keep() -> None:
        st.session_state[_CHOSEN] = st.session_state[key]

    st.toggle(say("clinical").message, clinical(), help=say("clinical_help").message, key=key, on_change=keep)


def heading(title: str, place: str) -> None:
    """Show the heading of what was found, with the switch at its end."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(title, width="content")
        with st.container(width="content"):
            switch(place)
