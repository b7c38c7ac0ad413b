"""One subject: its key in; sessions, the course over time, two sessions against each other, and its data, out."""

from typing import Final

import streamlit as st

from alignment.pages import style
from alignment.pages.clinic import address, data, entry, head, over_time, pair, parts, words
from alignment.pages.clinic.address import Place
from alignment.records import Analysis, Records, Session, Subject
from alignment.texts import say
from alignment.views.trends import day

NEW: Final = "new"
_PARTS: Final = ("sessions", "trend", "pair", "data")


def show(kept: Records, place: Place) -> None:
    """Show the part of a subject that the address names. InputError where the subject is gone."""
    subject = kept.subject(place.subject)
    if place.part == NEW:
        title = say("clinic_new_title", code=words.plain(subject.code)).message
        head.show(title, (head.Step(words.plain(subject.code), Place(subject.key)),))
        entry.new(kept, subject)
        return
    head.show(words.plain(subject.code), ())
    part = parts.chosen(place, _PARTS, "part")
    visits = list(reversed(kept.sessions(subject.key)))
    if part == "sessions":
        _sessions(kept, subject, visits)
    elif part == "data":
        data.show(kept, subject, visits)
    else:
        made = [(visit, one) for visit in reversed(visits) for one in kept.analyses(visit.key)]
        (over_time.show if part == "trend" else pair.show)(kept, made)


def _sessions(kept: Records, subject: Subject, visits: list[Session]) -> None:
    st.button(
        say("clinic_new_session").message,
        on_click=address.go,
        args=(Place(subject.key, part=NEW),),
        type="primary",
        icon=":material/add:",
    )
    if not visits:
        text = say("clinic_no_session")
        style.state("empty", text.message, remedy=text.remedy)
    for visit in visits:
        _card(visit, kept.analyses(visit.key))


def _card(visit: Session, made: list[Analysis]) -> None:
    facts = visit.facts
    with st.container(border=True, key=f"clinic_card_{visit.key}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"clinic_top_{visit.key}"):
            st.markdown(f"#### {day(facts.date)}")
            st.button(
                say("clinic_open").message,
                on_click=address.go,
                args=(Place(visit.subject_key, visit.key),),
                key=f"clinic_open_{visit.key}",
                icon=":material/chevron_right:",
                icon_position="right",
            )
        told = [*words.circumstances(facts), words.pains(facts.pain)]
        st.markdown(" · ".join(told))
        if facts.notes:
            st.caption(words.plain(facts.notes))
        shown = [words.movement(one.result) for one in made]
        counts = [f"{name} × {shown.count(name)}" if shown.count(name) > 1 else name for name in dict.fromkeys(shown)]
        st.markdown(", ".join(counts) if counts else f"*{say('clinic_no_analysis_short').message}*")
