"""The upper part of the page: everything that can be compared in; the two that the person chose out."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from alignment import pages
from alignment.errors import InputError
from alignment.pages import menu, style, upload_field
from alignment.pages.compare.candidates import Candidate, candidates, default_pair, saved_results
from alignment.texts import say

_FAULT: Final = "compare_fault"
#: The two choices by their names in the address; what was chosen last stands under the same names in the session.
_PAIR: Final = ("before", "after")
_LAST: Final = "compare_last"

Pair = tuple[Candidate, Candidate]


def show(there: Sequence[Candidate]) -> Pair | None:
    """Show what can be chosen; the chosen two, None where there are not two yet."""
    if len(there) < 2:
        for name in _PAIR:
            st.query_params.pop(name, None)
        st.markdown(say("compare_lead").message)
        text = say("compare_one" if there else "compare_empty")
        style.state("empty", text.message, there[0].title if there else "", text.remedy)
        pages.link("analyze", say("compare_to_analyze").message, ":material/directions_walk:")
        _saved_field()
        return None
    chosen = _choose_pair({one.key: one for one in there}, default_pair(there))
    with st.expander(say("compare_bring").message, icon=":material/upload_file:"):
        _saved_field()
    return chosen


def _saved_field() -> None:
    """The field that brings saved results, and the way to let go of them."""
    _upload()
    if saved_results().all():
        st.button(say("compare_let_go").message, on_click=saved_results().clear, icon=":material/delete:")


def _choose_pair(there: dict[str, Candidate], first: Pair) -> Pair:
    before = st.session_state.get(_LAST, {})
    asked = {name: st.query_params.get(name) or before.get(name) for name in _PAIR}
    if any(key and key not in there for key in asked.values()):
        style.state_of("note", "compare_gone")
    if not all(key in there for key in asked.values()) or asked["before"] == asked["after"]:
        asked = {name: one.key for name, one in zip(_PAIR, first, strict=True)}
    for name, key in asked.items():
        if st.session_state.get(f"compare_{name}") not in there:
            st.session_state[f"compare_{name}"] = key
    titles = menu.distinct({key: one.title for key, one in there.items()})
    left, swap, right = st.columns([10, 3, 10], vertical_alignment="bottom")
    keys = {}
    for column, name, code in ((left, "before", "compare_first"), (right, "after", "compare_second")):
        keys[name] = column.selectbox(
            say(code).message,
            list(there),
            format_func=titles.__getitem__,
            key=f"compare_{name}",
            on_change=_keep_apart,
            args=(name,),
        )
    swap.button(say("compare_swap").message, on_click=_swap, icon=":material/swap_horiz:", width="stretch")
    st.session_state[_LAST] = keys
    st.query_params.update(keys)
    return there[keys["before"]], there[keys["after"]]


def _keep_apart(changed: str) -> None:
    """Whoever chooses the same one twice wants the two the other way round."""
    other = next(name for name in _PAIR if name != changed)
    if st.session_state[f"compare_{other}"] == st.session_state[f"compare_{changed}"]:
        st.session_state[f"compare_{other}"] = st.session_state[_LAST][changed]


def _swap() -> None:
    first, second = (f"compare_{name}" for name in _PAIR)
    st.session_state[first], st.session_state[second] = st.session_state[second], st.session_state[first]


def _upload() -> None:
    given = upload_field.show("compare", "compare_drop")
    if fault := st.session_state.pop(_FAULT, None):
        style.failure(fault)
    if not given:
        return
    try:
        with st.spinner(say("compare_reading").message):
            _show_next(saved_results().add(given))
    except InputError as refused:
        st.session_state[_FAULT] = refused
    st.rerun()


def _show_next(added: Sequence[Candidate]) -> None:
    """What was brought is wanted: two make the pair; one is put beside what it can be compared with, if there is such."""
    one, last = added[-1], st.session_state.get(_LAST, {}).get("after")
    like = {other.key: other for other in candidates() if other.result.activity == one.result.activity}
    others = [added[-2]] if len(added) > 1 else [other for key, other in like.items() if key != one.key]
    if not others:
        return
    other = like[last] if len(added) == 1 and last in like and last != one.key else others[-1]
    # An analysis made here is the later one; of two saved ones, the one that was brought later.
    pair = (one.key, other.key) if other.origin == "run" else (other.key, one.key)
    for name, key in zip(_PAIR, pair, strict=True):
        st.session_state.pop(f"compare_{name}", None)
        st.query_params[name] = key
    st.session_state[_LAST] = dict(zip(_PAIR, pair, strict=True))
