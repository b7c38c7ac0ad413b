"""A menu of things that have names: names by keys in; the chosen key out, also where the one chosen before is gone."""

from collections import Counter
from collections.abc import Mapping
from zlib import crc32

import streamlit as st


def choose(label: str, titles: Mapping[str, str], key: str, *, index: int = 0) -> str:
    """Let the person choose by name; at first the one at `index`. What was chosen before may have been deleted.

    The browser knows an entry by its name alone: where the names change (clinical terms), a new menu takes over what was
    chosen in the old one.
    """
    names = distinct(titles)
    own_key = f"{key}_{crc32(repr(names).encode()):08x}"
    if own_key not in st.session_state:
        before = st.session_state.get(key)
        st.session_state[own_key] = before if before in names else list(names)[index]
    chosen: str = st.selectbox(label, list(names), format_func=lambda one: names.get(one, one), key=own_key)
    st.session_state[key] = chosen
    return chosen


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """The names, no two alike: a menu knows its entries by them."""
    counts: Counter[str] = Counter()
    names = {}
    for key, title in titles.items():
        counts[title] += 1
        names[key] = f"{title} ({counts[title]})" if counts[title] > 1 else title
    return names
