"""Where the page stands, kept in its address: which film, which run; and again after another page was looked at."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

_LAST: Final = "analyze_last"


@dataclass(frozen=True)
class Place:
    """The keys of a film and of a run, as far as the page is there."""

    film: str | None = None
    run: str | None = None


def here() -> Place:
    """Where the page stands: by its address, else where it stood before another page was looked at."""
    place = Place(st.query_params.get("film"), st.query_params.get("run"))
    if place == Place():
        place = st.session_state.get(_LAST, place)
    go(place)
    return place


def go(place: Place) -> None:
    """Stand there from now on; at the beginning for an empty place."""
    st.session_state[_LAST] = place
    for name, value in (("film", place.film), ("run", place.run)):
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value
