"""A menu of things that have names: names by keys in; the chosen key out, also where the one chosen before is gone."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st


def choose(label: str, titles: Mapping[str, str], key: str, *, index: int = 0) -> str:
    """Let the person choose by name; at first the one at `index`. What was chosen before may have been deleted."""
    if st.session_state.get(key) not in titles:
        st.session_state.pop(key, None)
    names = distinct(titles)
    chosen: str = st.selectbox(label, list(names), index=index, format_func=lambda one: names.get(one, one), key=key)
    return chosen


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """The names, no two alike: a menu knows its entries by them."""
    counts: Counter[str] = Counter()
    names = {}
    for key, title in titles.items():
        counts[title] += 1
        names[key] = f"{title} ({counts[title]})" if counts[title] > 1 else title
    return names
