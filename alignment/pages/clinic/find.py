"""The page's beginning: a part of a code in; the subjects that it fits, or a new one, out; and archives to take or bring."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st

from alignment.pages import films, style
from alignment.pages.address import RecordAddress
from alignment.pages.clinic import header, store
from alignment.pages.markdown import plain
from alignment.records import Records, Subject, export, import_archive
from alignment.records.operator import operator
from alignment.texts import say
from alignment.views.trends import day

#: So many subjects are listed; the rest is found by typing.
_MOST_LISTED: Final = 12
_SEARCH: Final = "clinic_search"
_UPLOAD: Final = "clinic_import"


def show(records: Records) -> None:
    """Show what was found for what is being typed."""
    header.show(say("clinic_title").message)
    st.markdown(say("clinic_lead").message)
    everybody = records.subjects()
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
    found = records.subjects(search) if search else everybody
    if search and not any(one.code.casefold() == search.casefold() for one in found):
        if everybody and not found:
            st.markdown(say("clinic_none_like", search=plain(search)).message)
        st.button(
            say("clinic_add", code=plain(search)).message,
            on_click=_add,
            args=(records, search),
            type="primary",
            icon=":material/person_add:",
            key="clinic_add",
        )
    if not everybody:
        text = say("clinic_empty")
        style.state("empty", text.message, store.say_where(records, "clinic_empty_where"), text.remedy)
    _list(records, found)
    if everybody:
        st.caption(plain(store.say_where(records, "clinic_kept")))
    _archives(records, there=bool(everybody))


def _list(records: Records, found: list[Subject]) -> None:
    for one in found[:_MOST_LISTED]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"clinic_line_{one.key}"):
            st.button(
                plain(one.code),
                on_click=RecordAddress(one.key).go,
                key=f"clinic_subject_{one.key}",
                type="tertiary",
                icon=":material/folder_shared:",
            )
            st.caption(_visits(records, one))
    if len(found) > _MOST_LISTED:
        st.caption(say("clinic_more_subjects", count=len(found) - _MOST_LISTED).message)


def _visits(records: Records, subject: Subject) -> str:
    visits = records.sessions(subject.key)
    if not visits:
        return say("clinic_sessions_none").message
    last = day(visits[-1].facts.date)
    if len(visits) == 1:
        return say("clinic_sessions_one", last=last).message
    return say("clinic_sessions_count", count=len(visits), last=last).message


def _add(records: Records, code: str) -> None:
    with store.say_refusal():
        subject = records.add_subject(code, operator())
        st.session_state.pop(_SEARCH, None)
        RecordAddress(subject.key).go()


# --- archives -----------------------------------------------------------------------------------------------------------


def _archives(records: Records, *, there: bool) -> None:
    """Show what takes all subjects away, where there are any, and what brings an archive back."""
    with st.expander(say("clinic_exchange" if there else "clinic_import").message, icon=":material/swap_vert:"):
        if there:
            st.markdown(f"**{say('clinic_export').message}**")
            show_export(records, "clinic_export_all", f"records_{date.today():%Y-%m-%d}.zip", None)
            st.markdown(f"**{say('clinic_import').message}**")
        _import(records)


def show_export(records: Records, code: str, name: str, subjects: Sequence[str] | None) -> None:
    """Show the button that takes these subjects away as a .zip of this name; all subjects without any named."""
    st.caption(say("clinic_export_more").message)
    st.download_button(
        say(code).message,
        lambda: _archive(records, subjects),
        file_name=name,
        mime="application/zip",
        on_click="ignore",
        key=code,
        icon=":material/folder_zip:",
    )


def _archive(records: Records, subjects: Sequence[str] | None) -> bytes:
    """These subjects (all without any named) as one .zip. InputError where one is gone."""
    with tempfile.TemporaryDirectory(prefix="export-", dir=films.shelf().folder) as folder:
        path = Path(folder) / "records.zip"
        export(records, path, subjects)
        return path.read_bytes()


def _import(records: Records) -> None:
    # A new key empties the field, and lets go of the copy that Streamlit holds in memory.
    number = st.session_state.setdefault(f"{_UPLOAD}_number", 0)
    given = st.file_uploader(say("clinic_import_drop").message, type=["zip"], key=f"{_UPLOAD}_{number}")
    if given is None or not st.button(say("clinic_import_now").message, type="primary", key="clinic_import_now"):
        return
    st.session_state[f"{_UPLOAD}_number"] = number + 1
    with (
        st.spinner(say("clinic_importing").message),
        tempfile.TemporaryDirectory(prefix="import-", dir=films.shelf().folder) as folder,
        store.say_refusal(Path(folder)),
    ):
        path = Path(folder) / Path(given.name).name
        with path.open("wb") as file:
            shutil.copyfileobj(given, file)
        store.say_imported(import_archive(records, path, operator()))
    st.rerun()
