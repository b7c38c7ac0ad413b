"""The page's beginning: a part of a code in; the subjects that it fits, or a new one, out."""

from typing import Final

import streamlit as st

from alignment.pages import style
from alignment.pages.clinic import address, exchange, head, store, words
from alignment.pages.clinic.address import Place
from alignment.records import Records, Subject
from alignment.records.operator import operator
from alignment.texts import say
from alignment.views.trends import day

#: So many subjects are listed; the rest is found by typing.
_MOST_LISTED: Final = 12
_SEARCH: Final = "clinic_search"


def show(kept: Records) -> None:
    """Show what was found for what is being typed."""
    head.show(say("clinic_title").message)
    st.markdown(say("clinic_lead").message)
    everybody = kept.subjects()
    search = st.text_input(
        say("clinic_search").message,
        key=_SEARCH,
        type="search",
        live=True,
        placeholder=say("clinic_search_hint").message,
        help=say("clinic_search_help").message,
        icon=":material/search:",
        autocomplete="off",
    ).strip()
    found = kept.subjects(search) if search else everybody
    if search and not any(one.code.casefold() == search.casefold() for one in found):
        if everybody and not found:
            st.markdown(say("clinic_none_like", search=words.plain(search)).message)
        st.button(
            say("clinic_add", code=words.plain(search)).message,
            on_click=_add,
            args=(kept, search),
            type="primary",
            icon=":material/person_add:",
            key="clinic_add",
        )
    if not everybody:
        _empty(kept)
    _listed(kept, found)
    if everybody:
        st.caption(words.plain(store.where(kept, "clinic_kept")))
    exchange.everything(kept, there=bool(everybody))


def _empty(kept: Records) -> None:
    text = say("clinic_empty")
    style.state("empty", text.message, store.where(kept, "clinic_empty_where"), text.remedy)


def _listed(kept: Records, found: list[Subject]) -> None:
    for one in found[:_MOST_LISTED]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"clinic_line_{one.key}"):
            st.button(
                words.plain(one.code),
                on_click=address.go,
                args=(Place(one.key),),
                key=f"clinic_subject_{one.key}",
                type="tertiary",
                icon=":material/folder_shared:",
            )
            st.caption(_visits(kept, one))
    if len(found) > _MOST_LISTED:
        st.caption(say("clinic_more_subjects", count=len(found) - _MOST_LISTED).message)


def _visits(kept: Records, subject: Subject) -> str:
    visits = kept.sessions(subject.key)
    if not visits:
        return say("clinic_sessions_none").message
    last = day(visits[-1].facts.date)
    if len(visits) == 1:
        return say("clinic_sessions_one", last=last).message
    return say("clinic_sessions_count", count=len(visits), last=last).message


def _add(kept: Records, code: str) -> None:
    with store.saying():
        subject = kept.add_subject(code, operator())
        st.session_state.pop(_SEARCH, None)
        address.go(Place(subject.key))
