"""Where the page stands, kept in its address: which subject, session and analysis, and which part of it."""

from dataclasses import dataclass, fields
from typing import Final

import streamlit as st

_LAST: Final = "clinic_last"


@dataclass(frozen=True)
class Place:
    """The keys of a subject, one of its sessions and one of its analyses, as far as the page is there.

    `part` is what of it is shown; "" for what comes first.
    """

    subject: str = ""
    session: str = ""
    analysis: str = ""
    part: str = ""


_NAMES: Final = tuple(one.name for one in fields(Place))


def here() -> Place:
    """Where the page stands: by its address, else where it stood before another page was looked at."""
    place = Place(**{name: st.query_params.get(name, "") for name in _NAMES})
    if place == Place():
        place = st.session_state.get(_LAST, place)
    go(place)
    return place


def go(place: Place) -> None:
    """Stand there from now on; at the beginning for an empty place."""
    st.session_state[_LAST] = place
    for name in _NAMES:
        value = getattr(place, name)
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
