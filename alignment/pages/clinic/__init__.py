"""The page of records over time: subjects, their sessions and analyses, what changed, and what is printed for the file.

Where it stands is told by the address, so that a page that is loaded anew goes on where it was. Whatever is shown is read
from the records each time, so that two windows see each other's entries.
"""

from typing import Final

import streamlit as st

from alignment.pages import style
from alignment.pages.clinic import address, analysis, find, session, store, subject
from alignment.pages.clinic.address import Place
from alignment.records import Records
from alignment.texts import InputError, say

TITLE: Final = say("clinic").message
ICON: Final = ":material/folder_shared:"
ORDER: Final = 35

#: Refusals that only say that what the address names is no longer there.
_GONE: Final = frozenset({"no_subject", "no_session", "no_analysis"})


def show() -> None:
    """Show the page where it stands; without records, why not and what to do."""
    st.html(f"<style>{style.asset('compare.css')}{style.asset('clinic.css')}</style>")
    place = address.here()
    style.begin(f"clinic {place}")
    try:
        _show(store.opened(), place)
    except InputError as fault:
        if fault.code in _GONE:
            _gone(place)
        else:
            _unreachable(fault)


def _show(kept: Records, place: Place) -> None:
    if place.analysis:
        analysis.show(kept, place)
    elif place.session:
        session.show(kept, place)
    elif place.subject:
        subject.show(kept, place)
    else:
        find.show(kept)


def _gone(place: Place) -> None:
    """What the address names was deleted, perhaps in another window."""
    store.outcome()
    text = say("clinic_gone")
    style.state("note", text.message, remedy=text.remedy)
    if place.session or place.analysis:
        st.button(say("clinic_to_subject").message, on_click=address.go, args=(Place(place.subject),))
    st.button(say("clinic_to_start").message, on_click=address.go, args=(Place(),), icon=":material/arrow_back:")


def _unreachable(fault: InputError) -> None:
    st.title(say("clinic_title").message)
    style.state("failed", say("clinic_unreachable").message, fault.text.message, fault.text.remedy)
    st.caption(say("clinic_unreachable_more").message)
    st.button(say("clinic_retry").message, icon=":material/refresh:", type="primary", key="clinic_retry")
