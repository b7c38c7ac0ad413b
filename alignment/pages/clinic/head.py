"""The upper edge of the page: where it stands and the way back, and whose name stands in the notes."""

from dataclasses import dataclass

import streamlit as st

from alignment.pages.clinic import address, store
from alignment.pages.clinic.address import Place
from alignment.records.operator import operator, set_operator
from alignment.texts import say


@dataclass(frozen=True)
class Step:
    """One step of the way back: what it is called, and where it leads."""

    name: str
    place: Place


def show(title: str, way: tuple[Step, ...] = ()) -> None:
    """Show the way back, the operator's name and the title, and what was done last."""
    with st.container(horizontal=True, vertical_alignment="center", key="clinic_head"):
        steps = (Step(say("clinic").message, Place()), *way) if way or title != say("clinic_title").message else ()
        for number, step in enumerate(steps):
            st.button(
                f"{step.name} ›",
                on_click=address.go,
                args=(step.place,),
                type="tertiary",
                key=f"clinic_back_{number}",
            )
        _who()
    store.outcome()
    st.title(title)


def _who() -> None:
    name = operator()
    label = say("clinic_operator_is", name=name) if name else say("clinic_operator_none")
    with st.popover(label.message, icon=":material/person:", type="tertiary"), st.form("clinic_who", border=False):
        given = st.text_input(say("clinic_operator").message, name)
        st.caption(say("clinic_operator_more").message)
        if st.form_submit_button(say("clinic_operator_save").message):
            with store.saying():
                set_operator(given)
            st.rerun()
