"""Moves kept, dropped or taken back: what a person has moved in; the correction in the records, and what to say, out."""

from typing import Final

import streamlit as st

from alignment.pages import drag, style
from alignment.pages.clinic.correct import picture, told
from alignment.pages.clinic.correct.film import film_of
from alignment.pages.clinic.correct.work import Work
from alignment.records import Analysis, ConflictError, Correction, KeyFrame, Records
from alignment.texts import InputError, Text, say

_WORK: Final = "correct_work"
_SAID: Final = "correct_said"
_NOTE: Final = "correct_note"
#: What the audit calls a change of corrections.
_DEEDS: Final = ("corrected", "correction_undone", "recomputed")


def work_on(kept: Records, analysis: Analysis) -> Work:
    """What was moved on this analysis and not kept. As long as nothing is, its newest state is the one that is seen."""
    work = _work(kept, analysis.key)
    if work is None or (not work.moves and work.seen != analysis):
        work = Work(analysis)
        _remember(kept, work)
    return work


def take(kept: Records, key: str, frame: KeyFrame) -> None:
    """Note where the handles of a key frame are now."""
    work = next((one for one in _all(kept) if one.key(frame) == key), None)
    places = drag.taken(key)
    if work is None or places is None:
        return
    model = picture.model_places(film_of(kept, work.seen), frame)
    _remember(kept, work.with_moves(frame.time_s, places, model))


def save(kept: Records, work: Work, frame: KeyFrame, who: str) -> None:
    """Show the note to add, and the buttons that keep or drop what was moved."""
    st.text_area(say("correct_note").message, key=_NOTE, placeholder=say("correct_note_hint").message, max_chars=2000)
    st.caption(say("correct_signed", name=who).message if who else say("correct_unsigned").message)
    with st.container(horizontal=True):
        st.button(
            say("correct_save").message,
            type="primary",
            icon=":material/check:",
            on_click=_save,
            args=(kept, work.seen.key, frame, who),
        )
        st.button(say("correct_drop").message, on_click=_drop, args=(kept, work.seen.key))


def take_back(kept: Records, work: Work, who: str) -> None:
    """Show the way back to what the model gave, where something is corrected."""
    if not work.seen.corrections:
        return
    with st.popover(say("correct_take_back").message, icon=":material/undo:"):
        st.markdown(say("correct_take_back_more").message)
        key = f"correct_back_{work.seen.key}"
        st.button(
            say("correct_take_back_yes").message, type="primary", key=key, on_click=_take_back, args=(kept, work, who)
        )


def outcome() -> None:
    """Show what came of the last button."""
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, InputError):
        style.failure(said)
    elif said is not None:
        text: Text = said
        style.state("note", text.message, remedy=text.remedy)


# --- what the buttons do -----------------------------------------------------------------------------------------------


def _save(kept: Records, key: str, frame: KeyFrame, who: str) -> None:
    before = _work(kept, key)
    if before is None:
        return
    # A handle may have been let go of a moment ago.
    take(kept, before.key(frame), frame)
    work = _work(kept, key) or before
    if work.moves and _keep(kept, work, work.wanted, who, st.session_state.get(_NOTE, "")):
        st.session_state[_SAID] = say("correct_saved")


def _take_back(kept: Records, work: Work, who: str) -> None:
    if _keep(kept, Work(work.seen, turn=work.turn), (), who, ""):
        st.session_state[_SAID] = say("correct_taken_back")


def _keep(kept: Records, work: Work, wanted: tuple[Correction, ...], who: str, note: str) -> bool:
    """Keep these corrections, and say so; False where that cannot be, with everything left as it is and the reason said."""
    try:
        film = film_of(kept, work.seen)
        result = film.result(wanted)
        remark = _remark(told.moves_told(film, result.cycles, wanted, work.seen.corrections), note)
        newest = kept.correct(work.seen, wanted, result, who, remark)
    except ConflictError as fault:
        if isinstance(fault.now, Analysis):
            _conflict(kept, work, fault.now)
        return False
    except InputError as fault:
        st.session_state[_SAID] = fault
        return False
    _remember(kept, Work(newest, turn=work.turn + 1))
    st.session_state[_NOTE] = ""
    return True


def _remark(moved: list[str], note: str) -> str:
    parts = [*moved, *([note.strip()] if note.strip() else [])]
    return "; ".join(parts)


def _conflict(kept: Records, work: Work, now: Analysis) -> None:
    """Somebody else was faster: show the newest state with the moves on it, and say who it was."""
    entries = kept.audit(kept.session(now.session_key).subject_key)
    deeds = {say(f"records_did_{code}").message for code in _DEEDS}
    name = next((one.operator for one in entries if one.what in deeds), "") or say("correct_somebody").message
    film = film_of(kept, now)
    theirs = told.moves_told(film, now.result.cycles, now.corrections, work.seen.corrections)
    what = "; ".join(theirs) or say("correct_conflict_back").message
    st.session_state[_SAID] = say("correct_conflict", name=name, what=what)
    _remember(kept, work.on(now))


def _drop(kept: Records, key: str) -> None:
    work = _work(kept, key)
    if work is not None:
        _remember(kept, Work(work.seen, turn=work.turn + 1))


# --- what is remembered ------------------------------------------------------------------------------------------------


def _all(kept: Records) -> list[Work]:
    every: dict[tuple[str, str], Work] = st.session_state.setdefault(_WORK, {})
    return [work for (location, _), work in every.items() if location == kept.location]


def _work(kept: Records, key: str) -> Work | None:
    return next((work for work in _all(kept) if work.seen.key == key), None)


def _remember(kept: Records, work: Work) -> None:
    st.session_state.setdefault(_WORK, {})[kept.location, work.seen.key] = work
