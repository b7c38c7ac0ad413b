"""Entering what is written down about a session: what it says now in; what was written, with nobody else's lost, out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import streamlit as st

from alignment.pages import style
from alignment.pages.address import RecordAddress
from alignment.pages.clinic import store, words
from alignment.records import Conflict, ConflictError, Pain, Records, Session, SessionFacts, Subject
from alignment.records.operator import operator
from alignment.texts import say

_SIDES: Final = ("", "left", "right", "both")
_MOST_LETTERS: Final = 4000


@dataclass(frozen=True)
class _Conflict:
    """Fields that two people changed at once; `yours` is all that this one wrote, `seen` what both began with."""

    conflicts: tuple[Conflict, ...]
    seen: SessionFacts
    yours: SessionFacts
    now: Session


def show_new(records: Records, subject: Subject) -> None:
    """Show the form of a new session, with today's date."""
    back = RecordAddress(subject.key)
    given = _form(SessionFacts(date.today()), f"clinic_new_{subject.key}", back)
    if given is None:
        return
    with store.say_refusal():
        made = records.add_session(subject.key, given, operator())
        RecordAddress(subject.key, made.key).go()
        store.say_done(say("clinic_saved"))
    st.rerun()


def show_edit(records: Records, session: Session) -> None:
    """Show the form of a session as it was when it was opened, until it is saved or given up."""
    back = RecordAddress(session.subject_key, session.key)
    clash: _Conflict | None = st.session_state.get(_clash(session.key))
    if clash is not None:
        _show_conflict(records, clash, back)
        return
    seen: Session = st.session_state.setdefault(_seen_key(session.key), session)
    given = _form(seen.facts, f"clinic_edit_{seen.key}_{seen.version}", back)
    if given is not None:
        _save(records, seen, given, seen.facts, back)
        st.rerun()


def forget(session_key: str) -> None:
    """Begin anew with the next editing of this session."""
    st.session_state.pop(_seen_key(session_key), None)
    st.session_state.pop(_clash(session_key), None)


def save_next_morning(records: Records, seen: Session, pain: int) -> None:
    """Write down the pain of the next morning alone. For a widget's callback."""
    facts = replace(seen.facts, pain=replace(seen.facts.pain, next_morning=pain))
    _save(records, seen, facts, seen.facts, RecordAddress(seen.subject_key, seen.key))


def _save(records: Records, seen: Session, given: SessionFacts, began: SessionFacts, back: RecordAddress) -> None:
    """Write one session; where somebody else changed the same fields, the person chooses next what shall stand."""
    with store.say_refusal():
        try:
            records.change_session(seen, given, operator())
        except ConflictError as clash:
            if not isinstance(clash.now, Session):
                raise
            st.session_state[_clash(seen.key)] = _Conflict(clash.conflicts, began, given, clash.now)
            replace(back, part="edit").go()
        else:
            forget(seen.key)
            store.say_done(say("clinic_saved"))
            back.go()


def _seen_key(key: str) -> str:
    return f"clinic_seen_{key}"


def _clash(key: str) -> str:
    return f"clinic_clash_{key}"


# --- the form -----------------------------------------------------------------------------------------------------------


def _form(facts: SessionFacts, key: str, back: RecordAddress) -> SessionFacts | None:
    """The form with these facts in it; what was written, once it is saved."""
    with st.form(key, border=False):
        left, right = st.columns(2, gap="large")
        with left:
            given = _circumstances(facts, key)
        with right:
            pain = _pain(facts.pain, key)
        notes = st.text_area(
            say("clinic_notes").message, facts.notes, max_chars=_MOST_LETTERS, key=f"{key}_notes", height=120
        )
        with st.container(horizontal=True):
            saved = st.form_submit_button(say("clinic_save").message, type="primary", icon=":material/check:")
            dropped = st.form_submit_button(say("clinic_cancel").message)
    if dropped:
        forget(back.session)
        back.go()
        st.rerun()
    return SessionFacts(**given, notes=notes.strip(), pain=pain) if saved else None


def _circumstances(facts: SessionFacts, key: str) -> dict[str, Any]:
    when = st.date_input(say("clinic_date").message, facts.date, format="YYYY-MM-DD", key=f"{key}_date", required=True)
    footwear = st.text_input(
        say("clinic_footwear").message,
        facts.footwear,
        placeholder=say("clinic_footwear_hint").message,
        key=f"{key}_footwear",
    )
    side = st.segmented_control(
        say("clinic_side").message,
        _SIDES,
        default=facts.complaint_side,
        format_func=lambda one: say(f"clinic_complaint_{one}").message,
        key=f"{key}_side",
        required=True,
    )
    step_cm = st.number_input(
        say("clinic_step_height").message,
        min_value=0.0,
        max_value=200.0,
        value=facts.step_height_cm,
        step=1.0,
        format="%g",
        placeholder=say("clinic_step_hint").message,
        key=f"{key}_step",
    )
    return {
        "date": when if isinstance(when, date) else facts.date,
        "footwear": footwear.strip(),
        "complaint_side": side or "",
        "step_height_cm": step_cm,
    }


def _pain(pain: Pain, key: str) -> Pain:
    st.markdown(f"**{say('clinic_pain').message}**")
    asked = {when: ask_pain(when, getattr(pain, when), f"{key}_{when}") for when in words.ASKED}
    st.caption(say("clinic_pain_help").message)
    return Pain(**asked)


def ask_pain(when: str, now: int | None, key: str, on_change: Callable[[], None] | None = None) -> int | None:
    """Ask for the pain at one time, 0 to 10; None where nothing is chosen."""
    label, numbers = say(f"clinic_ask_{when}").message, list(range(11))
    chosen: int | None = st.pills(label, numbers, default=now, key=key, on_change=on_change, wrap=True)
    return chosen


# --- two people at once ---------------------------------------------------------------------------------------------------


def _show_conflict(records: Records, clash: _Conflict, back: RecordAddress) -> None:
    """Both values of each field that two people changed, for the person to choose."""
    style.state("note", say("clinic_conflict").message)
    taken: dict[str, object] = {}
    with st.form("clinic_conflict", border=False):
        for one in clash.conflicts:
            st.markdown(f"**{words.field_name(one.field)}**")
            st.caption(say("clinic_conflict_was", value=words.field_value(one.field, one.was)).message)
            values = {"yours": one.yours, "theirs": one.theirs}
            titles = {
                whose: say(f"clinic_conflict_{whose}", value=words.field_value(one.field, value)).message
                for whose, value in values.items()
            }
            whose: str = st.radio(
                words.field_name(one.field),
                list(titles),
                format_func=titles.__getitem__,
                key=f"clinic_conflict_{one.field}",
                label_visibility="collapsed",
            )
            taken[one.field] = values[whose]
        with st.container(horizontal=True):
            saved = st.form_submit_button(say("clinic_conflict_save").message, type="primary", icon=":material/check:")
            dropped = st.form_submit_button(say("clinic_conflict_drop").message)
    if dropped:
        forget(clash.now.key)
        back.go()
        st.rerun()
    if saved:
        st.session_state.pop(_clash(clash.now.key), None)
        # What stands now, with what this person wrote elsewhere and what was chosen for each field in dispute.
        began, now = clash.seen.as_columns(), clash.now.facts
        own = {name: value for name, value in clash.yours.as_columns().items() if value != began[name]}
        _save(records, clash.now, SessionFacts.from_columns({**now.as_columns(), **own, **taken}), now, back)
        st.rerun()
