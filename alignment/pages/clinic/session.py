"""One session: its key in; circumstances, pain and load, and the analyses that were made in it, out."""

from typing import Final

import streamlit as st

from alignment.pages import style
from alignment.pages.clinic import address, attach, entry, head, store, words
from alignment.pages.clinic.address import Place
from alignment.records import Analysis, Pain, Records, Session
from alignment.records.operator import operator
from alignment.texts import say
from alignment.views.trends import day

EDIT: Final = "edit"


def show(kept: Records, place: Place) -> None:
    """Show the session that the address names, or the form to change it. InputError where it is gone."""
    session = kept.session(place.session)
    subject = kept.subject(session.subject_key)
    when = day(session.facts.date)
    way = (head.Step(words.plain(subject.code), Place(subject.key)),)
    if place.part == EDIT:
        head.show(say("clinic_edit_title", date=when).message, (*way, head.Step(when, Place(subject.key, session.key))))
        entry.edit(kept, session)
        return
    entry.forget(session.key)
    head.show(say("clinic_session_title", code=words.plain(subject.code), date=when).message, way)
    made = kept.analyses(session.key)
    _buttons(kept, session, made)
    left, right = st.columns(2, gap="large")
    with left:
        _facts(session)
    with right:
        _load(kept, session)
    _analyses(kept, session, made)
    attach.show(kept, session)


def _buttons(kept: Records, session: Session, made: list[Analysis]) -> None:
    with st.container(horizontal=True):
        st.button(
            say("clinic_edit").message,
            on_click=address.go,
            args=(Place(session.subject_key, session.key, part=EDIT),),
            icon=":material/edit:",
        )
        with st.popover(say("clinic_delete").message, icon=":material/delete:"):
            when = day(session.facts.date)
            code = "clinic_delete_session_alone" if not made else "clinic_delete_session_more"
            st.markdown(say(code, date=when, count=len(made)).message)
            st.button(say("clinic_delete_session").message, on_click=_delete, args=(kept, session), type="primary")


def _delete(kept: Records, session: Session) -> None:
    with store.saying():
        kept.delete_session(session.key, operator())
        store.done(say("clinic_deleted"))
        address.go(Place(session.subject_key))


def _facts(session: Session) -> None:
    facts = session.facts
    st.subheader(say("clinic_facts").message)
    step = "" if facts.step_height_cm is None else f"{facts.step_height_cm:g} cm"
    side = say(f"clinic_complaint_{facts.complaint_side}").message
    rows = [("clinic_footwear", facts.footwear), ("clinic_side", side), ("clinic_step_short", step)]
    none = f"*{say('clinic_fact_none').message}*"
    st.markdown("  \n".join(f"{say(code).message}: {words.plain(told) or none}" for code, told in rows))
    if facts.notes:
        st.markdown(words.plain(facts.notes))


def _load(kept: Records, session: Session) -> None:
    st.subheader(say("clinic_load").message)
    pain = session.facts.pain
    told = words.pains(pain)
    st.markdown(told)
    if pain != Pain():
        style.verdict_points(words.load_rows(pain))
    st.caption(f"{say('clinic_load_lead').message} {say('clinic_load_source').message}")
    if pain != Pain() and pain.next_morning is None:
        _ask_morning(kept, session)


def _ask_morning(kept: Records, session: Session) -> None:
    """The one question that is asked a day later, without opening the form."""
    key = f"clinic_morning_{session.key}_{session.version}"

    def given() -> None:
        if st.session_state[key] is not None:
            entry.next_morning(kept, session, st.session_state[key])

    entry.ask("next_morning", None, key, given)


def _analyses(kept: Records, session: Session, made: list[Analysis]) -> None:
    st.subheader(say("clinic_analyses").message)
    unreadable = kept.unreadable(session.key)
    if not made and not unreadable:
        text = say("clinic_no_analysis")
        style.state("empty", text.message, remedy=text.remedy)
    for one in made:
        with (
            st.container(border=True, key=f"clinic_card_{one.key}"),
            st.container(horizontal=True, vertical_alignment="center", key=f"clinic_top_{one.key}"),
        ):
            st.markdown(f"**{words.movement(one.result)}**  \n{words.about(one)}")
            st.button(
                say("clinic_open").message,
                on_click=address.go,
                args=(Place(session.subject_key, session.key, one.key),),
                key=f"clinic_open_{one.key}",
                icon=":material/chevron_right:",
                icon_position="right",
            )
    style.points(fault.text for fault in unreadable)
