"""One subject: its key in; sessions, the course over time, two sessions against each other, and its notes and data, out.

Its data: who did what, its code, an archive to take away, and its deletion with every trace.
"""

from typing import Final

import pandas as pd
import streamlit as st

from alignment.pages import style
from alignment.pages.address import RecordAddress
from alignment.pages.clinic import find, header, session_form, store, trends, words
from alignment.pages.markdown import plain
from alignment.records import Analysis, ConflictError, Records, Session, Subject
from alignment.records.operator import operator
from alignment.texts import say
from alignment.views import audit
from alignment.views.trends import day

NEW: Final = "new"
_AUDIT: Final = ("when", "who", "what", "about")
_TABS: Final = ("sessions", "trend", "pair", "data")


def show(records: Records, here: RecordAddress) -> None:
    """Show the part of a subject that the address names. InputError where the subject is gone."""
    subject = records.subject(here.subject)
    if here.part == NEW:
        title = say("clinic_new_title", code=plain(subject.code)).message
        header.show(title, (plain(subject.code), RecordAddress(subject.key)))
        session_form.show_new(records, subject)
        return
    header.show(plain(subject.code))
    tab = header.choose_tab(here, _TABS, "part")
    visits = list(reversed(records.sessions(subject.key)))
    if tab == "sessions":
        _sessions(records, subject, visits)
    elif tab == "data":
        _data(records, subject, visits)
    else:
        made = [(visit, one) for visit in reversed(visits) for one in records.analyses(visit.key)]
        (trends.show if tab == "trend" else trends.show_pair)(records, made)


def _sessions(records: Records, subject: Subject, visits: list[Session]) -> None:
    st.button(
        say("clinic_new_session").message,
        on_click=RecordAddress(subject.key, part=NEW).go,
        type="primary",
        icon=":material/add:",
    )
    if not visits:
        style.state_of("empty", "clinic_no_session")
    for visit in visits:
        _card(visit, records.analyses(visit.key))


def _card(visit: Session, made: list[Analysis]) -> None:
    facts = visit.facts
    with st.container(border=True, key=f"clinic_card_{visit.key}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"clinic_top_{visit.key}"):
            st.markdown(f"#### {day(facts.date)}")
            header.open_button(visit.key, RecordAddress(visit.subject_key, visit.key))
        told = [*words.circumstances(facts), words.pains(facts.pain)]
        st.markdown(" · ".join(told))
        if facts.notes:
            st.caption(plain(facts.notes))
        shown = [words.movement(one.result) for one in made]
        counts = [f"{name} × {shown.count(name)}" if shown.count(name) > 1 else name for name in dict.fromkeys(shown)]
        st.markdown(", ".join(counts) if counts else f"*{say('clinic_no_analysis_short').message}*")


# --- notes and data ---------------------------------------------------------------------------------------------------


def _data(records: Records, subject: Subject, visits: list[Session]) -> None:
    _audit(records, subject)
    _code(records, subject)
    st.subheader(say("clinic_export").message)
    find.show_export(records, "clinic_export_one", f"{words.file_name(subject.code)}.zip", [subject.key])
    _deletion(records, subject, visits)


def _audit(records: Records, subject: Subject) -> None:
    st.subheader(say("clinic_audit").message)
    entries = records.audit(subject.key)
    if not entries:
        st.markdown(say("clinic_audit_none").message)
        return
    nobody = say("clinic_nobody").message
    rows = []
    for one in entries:
        deed, about = audit.deed(one.what), audit.about(one.details, one.about)
        rows.append((f"{one.time:%Y-%m-%d %H:%M}", one.operator or nobody, deed, about))
    titles = [say(f"clinic_audit_{name}").message for name in _AUDIT]
    st.dataframe(
        pd.DataFrame(rows, columns=titles),
        hide_index=True,
        column_config={titles[-1]: st.column_config.TextColumn(width="large")},
        alt=say("clinic_audit").message,
    )


def _code(records: Records, subject: Subject) -> None:
    st.subheader(say("clinic_rename").message)
    with st.form("clinic_rename", border=False):
        code = st.text_input(
            say("clinic_rename").message, subject.code, label_visibility="collapsed", autocomplete="off"
        )
        saved = st.form_submit_button(say("clinic_rename_save").message)
    if saved:
        with store.say_refusal():
            try:
                records.rename_subject(subject, code, operator())
                store.say_done(say("clinic_renamed"))
            except ConflictError as clash:
                store.say_done(say("clinic_rename_clash", theirs=plain(str(clash.conflicts[0].theirs))))
        st.rerun()


def _deletion(records: Records, subject: Subject, visits: list[Session]) -> None:
    st.subheader(say("clinic_erase").message)
    count = sum(len(records.analyses(visit.key)) for visit in visits)
    code = plain(subject.code)
    st.markdown(say("clinic_erase_more", code=code, sessions=len(visits), analyses=count).message)
    with st.form("clinic_erase", border=False):
        typed = st.text_input(say("clinic_erase_type").message, autocomplete="off")
        sure = st.form_submit_button(say("clinic_erase_now", code=code).message, icon=":material/delete_forever:")
    if not sure:
        return
    if typed.strip() != subject.code:
        st.markdown(say("clinic_erase_other").message)
        return
    RecordAddress().go()
    with st.spinner(say("clinic_erasing").message), store.say_refusal():
        records.delete_subject(subject.key)
        store.say_done(say("clinic_erased", code=code))
    st.rerun()
