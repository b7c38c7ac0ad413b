"""The page of records over time: subjects, their sessions and analyses, what changed, and what is printed for the file.

Where it stands is told by the address, so that a page that is loaded anew goes on where it was. Whatever is shown is read
from the records each time, so that two windows see each other's entries.
"""

from typing import Final

import streamlit as st

from alignment.errors import InputError
from alignment.pages import style
from alignment.pages.address import RecordAddress
from alignment.pages.clinic import analysis, find, session, store, subject
from alignment.records import Records
from alignment.texts import say, text_of

TITLE: Final = "clinic"
ICON: Final = ":material/folder_shared:"
ORDER: Final = 35

#: Refusals that only say that what the address names is no longer there.
_GONE: Final = frozenset({"no_subject", "no_session", "no_analysis"})


def show() -> None:
    """Show the page where it stands; without records, why not and what to do."""
    st.html(f"<style>{style.asset('compare.css')}{style.asset('clinic.css')}</style>")
    here = RecordAddress.here()
    style.begin(f"clinic {here}")
    try:
        _show(store.open_once(), here)
    except InputError as fault:
        if fault.code in _GONE:
            _say_gone(here)
        else:
            _unreachable(fault)


def _show(records: Records, here: RecordAddress) -> None:
    if here.analysis:
        analysis.show(records, here)
    elif here.session:
        session.show(records, here)
    elif here.subject:
        subject.show(records, here)
    else:
        find.show(records)


def _say_gone(here: RecordAddress) -> None:
    """What the address names was deleted, perhaps in another window."""
    store.show_outcome()
    style.state_of("note", "clinic_gone")
    if here.session or here.analysis:
        st.button(say("clinic_to_subject").message, on_click=RecordAddress(here.subject).go)
    st.button(say("clinic_to_start").message, on_click=RecordAddress().go, icon=":material/arrow_back:")


def _unreachable(fault: InputError) -> None:
    st.title(say("clinic_title").message)
    style.state("failed", say("clinic_unreachable").message, text_of(fault).message, text_of(fault).remedy)
    st.caption(say("clinic_unreachable_more").message)
    st.button(say("clinic_retry").message, icon=":material/refresh:", type="primary", key="clinic_retry")
