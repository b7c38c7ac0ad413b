"""The upper edge of the page: the way back, whose name stands in the notes, the title, and the tabs below it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from alignment.pages.address import RecordAddress
from alignment.pages.clinic import store
from alignment.pages.markdown import plain
from alignment.records.operator import operator, set_operator
from alignment.texts import say

#: A step of the way back: what it is called, and where it leads.
Step = tuple[str, RecordAddress]


def show(title: str, *way: Step) -> None:
    """Show the way back, the operator's name and the title, and what was done last."""
    with st.container(horizontal=True, vertical_alignment="center", key="clinic_head"):
        steps = ((say("clinic").message, RecordAddress()), *way) if way or title != say("clinic_title").message else ()
        for number, (name, leads_to) in enumerate(steps):
            st.button(f"{name} ›", on_click=leads_to.go, type="tertiary", key=f"clinic_back_{number}")
        _operator()
    store.show_outcome()
    st.title(title)


def _operator() -> None:
    name = operator()
    label = say("clinic_operator_is", name=plain(name)) if name else say("clinic_operator_none")
    with st.popover(label.message, icon=":material/person:", type="tertiary"), st.form("clinic_who", border=False):
        given = st.text_input(say("clinic_operator").message, name)
        st.caption(say("clinic_operator_more").message)
        if st.form_submit_button(say("clinic_operator_save").message):
            with store.say_refusal():
                set_operator(given)
            st.rerun()


def open_button(key: str, leads_to: RecordAddress) -> None:
    """Show the button at the right of a card; `key` names what it opens."""
    label, icon = say("clinic_open").message, ":material/chevron_right:"
    st.button(label, on_click=leads_to.go, key=f"clinic_open_{key}", icon=icon, icon_position="right")


def choose_tab(address: RecordAddress, names: Sequence[str], kind: str) -> str:
    """Let the person choose a tab of this kind; the first one until then, and it alone is not told in the address."""
    key = f"clinic_{kind}_{address.analysis or address.subject}"
    now = address.part if address.part in names else names[0]
    st.session_state[key] = now

    def change_tab() -> None:
        part = st.session_state[key]
        replace(address, part="" if part == names[0] else part).go()

    st.segmented_control(
        say(f"clinic_{kind}s").message,
        names,
        format_func=lambda name: say(f"clinic_{kind}_{name}").message,
        key=key,
        on_change=change_tab,
        required=True,
        label_visibility="collapsed",
    )
    return now
