"""Which part of a subject or an analysis is shown: the place and the parts in; the chosen one out, kept in the address."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from alignment.pages.clinic import address
from alignment.pages.clinic.address import Place
from alignment.texts import say


def chosen(place: Place, names: Sequence[str], kind: str) -> str:
    """Let the person choose among parts of this kind; the first one until then, and it alone is not told in the address."""
    key = f"clinic_{kind}_{place.analysis or place.subject}"
    now = place.part if place.part in names else names[0]
    st.session_state[key] = now

    def moved() -> None:
        part = st.session_state[key]
        address.go(replace(place, part="" if part == names[0] else part))

    st.segmented_control(
        say(f"clinic_{kind}s").message,
        names,
        format_func=lambda name: say(f"clinic_{kind}_{name}").message,
        key=key,
        on_change=moved,
        required=True,
        label_visibility="collapsed",
    )
    return now
