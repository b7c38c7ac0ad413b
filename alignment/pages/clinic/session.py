"""One session: its key in; circumstances, pain and load, and the analyses that were made in it, out."""

from typing import Final

import streamlit as st

from alignment.pages import style
from alignment.pages.address import RecordAddress
from alignment.pages.clinic import attach, header, session_form, store, words
from alignment.pages.markdown import plain
from alignment.records import Analysis, Pain, Records, Session
from alignment.records.operator import operator
from alignment.texts import say, text_of
from alignment.views.trends import day

EDIT: Final = "edit"


def show(records: Records, here: RecordAddress) -> None:
    """Show the session that the address names, or the form to change it. InputError where it is gone."""
    session = records.session(here.session)
    subject = records.subject(session.subject_key)
    when = day(session.facts.date)
    back = plain(subject.code), RecordAddress(subject.key)
    if here.part == EDIT:
        header.show(say("clinic_edit_title", date=when).message, back, (when, RecordAddress(subject.key, session.key)))
        session_form.show_edit(records, session)
        return
    session_form.forget(session.key)
    header.show(say("clinic_session_title", code=plain(subject.code), date=when).message, back)
    made = records.analyses(session.key)
    _buttons(records, session, made)
    left, right = st.columns(2, gap="large")
    with left:
        _facts(session)
    with right:
        _load(records, session)
    _analyses(records, session, made)
    attach.show(records, session)


def _buttons(records: Records, session: Session, made: list[Analysis]) -> None:
    with st.container(horizontal=True):
        st.button(
            say("clinic_edit").message,
            on_click=RecordAddress(session.subject_key, session.key, part=EDIT).go,
            icon=":material/edit:",
        )
        with st.popover(say("clinic_delete").message, icon=":material/delete:"):
            when = day(session.facts.date)
            code = "clinic_delete_session_alone" if not made else "clinic_delete_session_more"
            st.markdown(say(code, date=when, count=len(made)).message)
            st.button(say("clinic_delete_session").message, on_click=_delete, args=(records, session), type="primary")


def _delete(records: Records, session: Session) -> None:
    with store.say_refusal():
        records.delete_session(session.key, operator())
        store.say_done(say("clinic_deleted"))
        RecordAddress(session.subject_key).go()


def _facts(session: Session) -> None:
    facts = session.facts
    st.subheader(say("clinic_facts").message)
    step = "" if facts.step_height_cm is None else f"{facts.step_height_cm:g} cm"
    side = say(f"clinic_complaint_{facts.complaint_side}").message
    rows = [("clinic_footwear", facts.footwear), ("clinic_side", side), ("clinic_step_short", step)]
    none = f"*{say('clinic_fact_none').message}*"
    st.markdown("  \n".join(f"{say(code).message}: {plain(told) or none}" for code, told in rows))
    if facts.notes:
        st.markdown(plain(facts.notes))


def _load(records: Records, session: Session) -> None:
    st.subheader(say("clinic_load").message)
    pain = session.facts.pain
    st.markdown(words.pains(pain))
    if pain != Pain():
        style.verdict_points(words.load_rows(pain))
    st.caption(f"{say('clinic_load_lead').message} {say('clinic_load_source').message}")
    if pain != Pain() and pain.next_morning is None:
        _ask_morning(records, session)


def _ask_morning(records: Records, session: Session) -> None:
    """The one question that is asked a day later, without opening the form."""
    key = f"clinic_morning_{session.key}_{session.version}"

    def save() -> None:
        if st.session_state[key] is not None:
            session_form.save_next_morning(records, session, st.session_state[key])

    session_form.ask_pain("next_morning", None, key, save)


def _analyses(records: Records, session: Session, made: list[Analysis]) -> None:
    st.subheader(say("clinic_analyses").message)
    unreadable = records.unreadable(session.key)
    if not made and not unreadable:
        style.state_of("empty", "clinic_no_analysis")
    for one in made:
        with (
            st.container(border=True, key=f"clinic_card_{one.key}"),
            st.container(horizontal=True, vertical_alignment="center", key=f"clinic_top_{one.key}"),
        ):
            st.markdown(f"**{words.movement(one.result)}**  \n{words.about(one)}")
            header.open_button(one.key, RecordAddress(session.subject_key, session.key, one.key))
    style.points(*map(text_of, unreadable))
