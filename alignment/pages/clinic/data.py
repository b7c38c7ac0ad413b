"""A subject's notes and data: who did what, its code, an archive to take away, and its deletion with every trace."""

from typing import Final

import pandas as pd
import streamlit as st

from alignment.pages.clinic import address, exchange, store, words
from alignment.pages.clinic.address import Place
from alignment.records import ConflictError, Records, Session, Subject
from alignment.records.operator import operator
from alignment.texts import say

_HEADS: Final = ("when", "who", "what", "about")


def show(kept: Records, subject: Subject, visits: list[Session]) -> None:
    """Show what was noted about a subject, and what can be done with all of it."""
    _audit(kept, subject)
    _code(kept, subject)
    exchange.one(kept, subject)
    _deletion(kept, subject, visits)


def _audit(kept: Records, subject: Subject) -> None:
    st.subheader(say("clinic_audit").message)
    entries = kept.audit(subject.key)
    if not entries:
        st.markdown(say("clinic_audit_none").message)
        return
    nobody = say("clinic_nobody").message
    rows = [(f"{entry.time:%Y-%m-%d %H:%M}", entry.operator or nobody, entry.what, entry.about) for entry in entries]
    titles = [say(f"clinic_audit_{name}").message for name in _HEADS]
    st.dataframe(
        pd.DataFrame(rows, columns=titles),
        hide_index=True,
        column_config={titles[-1]: st.column_config.TextColumn(width="large")},
        alt=say("clinic_audit").message,
    )


def _code(kept: Records, subject: Subject) -> None:
    st.subheader(say("clinic_rename").message)
    with st.form("clinic_rename", border=False):
        code = st.text_input(
            say("clinic_rename").message, subject.code, label_visibility="collapsed", autocomplete="off"
        )
        saved = st.form_submit_button(say("clinic_rename_save").message)
    if saved:
        with store.saying():
            try:
                kept.rename_subject(subject, code, operator())
                store.done(say("clinic_renamed"))
            except ConflictError as clash:
                store.done(say("clinic_rename_clash", theirs=clash.conflicts[0].theirs))
        st.rerun()


def _deletion(kept: Records, subject: Subject, visits: list[Session]) -> None:
    st.subheader(say("clinic_erase").message)
    count = sum(len(kept.analyses(visit.key)) for visit in visits)
    code = words.plain(subject.code)
    st.markdown(say("clinic_erase_more", code=code, sessions=len(visits), analyses=count).message)
    with st.form("clinic_erase", border=False):
        typed = st.text_input(say("clinic_erase_type").message, autocomplete="off")
        sure = st.form_submit_button(say("clinic_erase_now", code=code).message, icon=":material/delete_forever:")
    if not sure:
        return
    if typed.strip() != subject.code:
        st.markdown(say("clinic_erase_other").message)
        return
    address.go(Place())
    with st.spinner(say("clinic_erasing").message), store.saying():
        kept.delete_subject(subject.key)
        store.done(say("clinic_erased", code=code))
    st.rerun()
