"""A landmark put right on a key frame: an analysis in; handles to drag, what that changes, and the correction kept, out."""

import zlib
from typing import Final

import streamlit as st

from alignment.core.result import Result
from alignment.errors import InputError
from alignment.pages import joint_editor, style
from alignment.pages.clinic.correct import summary
from alignment.pages.clinic.correct.draft import Draft, EditedAnalysis, edited_analysis, picture
from alignment.pages.markdown import plain
from alignment.records import Analysis, ConflictError, Correction, KeyFrame, Records
from alignment.records.operator import operator as own_name
from alignment.texts import Text, say
from alignment.views import keyframes
from alignment.views.wording import cycle_title

__all__ = ["show"]

_DRAFTS: Final = "correct_drafts"
_SAID: Final = "correct_said"
_NOTE: Final = "correct_note"
#: What the audit calls a change of corrections.
_DEEDS: Final = ("corrected", "correction_undone", "recomputed")


def show(records: Records, analysis: Analysis, operator: str | None = None) -> None:
    """Show key frames of the analysis with handles on the joints. `operator` is whose name the note carries: this machine's.

    InputError where the analysis is gone or its landmarks cannot be used.
    """
    who = own_name() if operator is None else operator
    st.html(f"<style>{style.asset('compare.css')}{style.asset('correct.css')}</style>")
    _show_outcome()
    edited = edited_analysis(records, analysis)
    draft = _current_draft(records, analysis)
    if not edited.frames:
        style.state_of("empty", "correct_no_frames")
        _show_take_back(records, draft, who)
        return
    st.markdown(say("correct_lead").message)
    with st.spinner(say("stage_assessment").message):
        before = edited.result(draft.analysis.corrections)
    frame = _choose_frame(edited, draft, before)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _handles(records, edited, draft, frame, before)
    with right:
        _outcome(records, edited, draft, frame, before, who)


def _choose_frame(edited: EditedAnalysis, draft: Draft, before: Result) -> KeyFrame:
    """The key frame that the person chose; at first that of the repetition farthest off."""
    place = f"correct_frame_{draft.analysis.key}"
    if place not in st.session_state:
        farthest = [one.cycle.index for one in keyframes.extremes(before)][-1:]
        places = [at for at, frame in enumerate(edited.frames) if frame.cycle in farthest]
        st.session_state[place] = places[0] if places else 0
    titles = [_title(edited, draft, before, frame) for frame in edited.frames]
    # A list with other titles is another list, which would begin with its first one.
    key = f"{place}_{zlib.crc32(repr(titles).encode())}"
    chosen = st.selectbox(
        say("correct_repetition").message,
        range(len(titles)),
        index=st.session_state[place],
        format_func=titles.__getitem__,
        key=key,
    )
    st.session_state[place] = chosen
    return edited.frames[chosen]


def _title(edited: EditedAnalysis, draft: Draft, before: Result, frame: KeyFrame) -> str:
    cycle = edited.cycle_at(before, frame)
    name = say("correct_between").message if cycle is None else cycle_title(cycle, before.cycles)
    title = say("correct_frame", name=name, time_s=frame.time_s).message
    moved = any(abs(one.time_s - frame.time_s) < 1e-4 for one in draft.corrections)
    return say("correct_frame_moved", name=title).message if moved else title


def _handles(records: Records, edited: EditedAnalysis, draft: Draft, frame: KeyFrame, before: Result) -> None:
    key = draft.widget_key(frame)
    shown = picture(edited, frame, before, draft.analysis.corrections)
    if shown is None:
        style.state_of("failed", "correct_no_picture")
        return
    joint_editor.show(shown, draft.moved_points(frame.time_s, shown), key, lambda: _note_moves(records, key, frame))
    if frame.drawn:
        st.caption(say("correct_drawn").message)


def _outcome(records: Records, edited: EditedAnalysis, draft: Draft, frame: KeyFrame, before: Result, who: str) -> None:
    """What the moves change, and the way to keep or to drop them."""
    if draft.moves:
        try:
            with st.spinner(say("stage_assessment").message):
                after = edited.result(draft.corrections)
        except InputError as fault:
            style.failure(fault)
        else:
            summary.show_changes(edited, frame, before, after, draft)
            _show_save(records, draft, frame, who)
    else:
        st.subheader(say("correct_changes").message)
        st.markdown(say("correct_nothing_moved").message)
        summary.show_corrections(edited, before, draft)
    _show_take_back(records, draft, who)


# --- kept, dropped or taken back --------------------------------------------------------------------------------------


def _current_draft(records: Records, analysis: Analysis) -> Draft:
    """What was moved on this analysis and not kept. As long as nothing is, its newest state is the one that is seen."""
    draft = _draft(records, analysis.key)
    if draft is None or (not draft.moves and draft.analysis != analysis):
        draft = Draft(analysis)
        _remember(records, draft)
    return draft


def _note_moves(records: Records, key: str, frame: KeyFrame) -> None:
    draft = next((one for one in _drafts(records) if one.widget_key(frame) == key), None)
    points = joint_editor.moved_points(key)
    if draft is None or points is None:
        return
    model = edited_analysis(records, draft.analysis).model_points(frame)
    _remember(records, draft.with_moves(frame.time_s, points, model))


def _show_save(records: Records, draft: Draft, frame: KeyFrame, who: str) -> None:
    """Show the note to add, and the buttons that keep or drop what was moved."""
    st.text_area(say("correct_note").message, key=_NOTE, placeholder=say("correct_note_hint").message, max_chars=2000)
    st.caption(say("correct_signed", name=plain(who)).message if who else say("correct_unsigned").message)
    with st.container(horizontal=True):
        st.button(
            say("correct_save").message,
            type="primary",
            icon=":material/check:",
            on_click=_save,
            args=(records, draft.analysis.key, frame, who),
        )
        st.button(say("correct_drop").message, on_click=_drop, args=(records, draft.analysis.key))


def _show_take_back(records: Records, draft: Draft, who: str) -> None:
    """Show the way back to what the model gave, where something is corrected."""
    if not draft.analysis.corrections:
        return
    with st.popover(say("correct_take_back").message, icon=":material/undo:"):
        st.markdown(say("correct_take_back_more").message)
        key = f"correct_back_{draft.analysis.key}"
        st.button(
            say("correct_take_back_yes").message,
            type="primary",
            key=key,
            on_click=_take_back,
            args=(records, draft, who),
        )


def _show_outcome() -> None:
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, InputError):
        style.failure(said)
    elif said is not None:
        text: Text = said
        style.state("note", text.message, remedy=text.remedy)


# --- what the buttons do -----------------------------------------------------------------------------------------------


def _save(records: Records, key: str, frame: KeyFrame, who: str) -> None:
    before = _draft(records, key)
    if before is None:
        return
    # A handle may have been let go of a moment ago.
    _note_moves(records, before.widget_key(frame), frame)
    draft = _draft(records, key) or before
    if draft.moves and _keep(records, draft, draft.corrections, who, st.session_state.get(_NOTE, "")):
        st.session_state[_SAID] = say("correct_saved")


def _take_back(records: Records, draft: Draft, who: str) -> None:
    if _keep(records, Draft(draft.analysis, resets=draft.resets), (), who, ""):
        st.session_state[_SAID] = say("correct_taken_back")


def _keep(records: Records, draft: Draft, wanted: tuple[Correction, ...], who: str, note: str) -> bool:
    """Keep these corrections, and say so; False where that cannot be, with everything left as it is and the reason said."""
    try:
        edited = edited_analysis(records, draft.analysis)
        result = edited.result(wanted)
        newest = records.correct(draft.analysis, wanted, result, who, note.strip(), summary.shifts(edited, wanted))
    except ConflictError as fault:
        if isinstance(fault.now, Analysis):
            _conflict(records, draft, fault.now)
        return False
    except InputError as fault:
        st.session_state[_SAID] = fault
        return False
    _remember(records, Draft(newest, resets=draft.resets + 1))
    st.session_state[_NOTE] = ""
    return True


def _conflict(records: Records, draft: Draft, now: Analysis) -> None:
    """Somebody else was faster: show the newest state with the moves on it, and say who it was."""
    entries = records.audit(records.session(now.session_key).subject_key)
    name = next((one.operator for one in entries if one.what in _DEEDS), "") or say("correct_somebody").message
    edited = edited_analysis(records, now)
    theirs = summary.moves_in_words(edited, now.result.cycles, now.corrections, draft.analysis.corrections)
    what = "; ".join(theirs) or say("correct_conflict_back").message
    st.session_state[_SAID] = say("correct_conflict", name=name, what=what)
    _remember(records, draft.rebased_on(now))


def _drop(records: Records, key: str) -> None:
    draft = _draft(records, key)
    if draft is not None:
        _remember(records, Draft(draft.analysis, resets=draft.resets + 1))


# --- what is remembered ------------------------------------------------------------------------------------------------


def _drafts(records: Records) -> list[Draft]:
    every: dict[tuple[str, str], Draft] = st.session_state.setdefault(_DRAFTS, {})
    return [draft for (location, _), draft in every.items() if location == records.location]


def _draft(records: Records, key: str) -> Draft | None:
    return next((draft for draft in _drafts(records) if draft.analysis.key == key), None)


def _remember(records: Records, draft: Draft) -> None:
    st.session_state.setdefault(_DRAFTS, {})[records.location, draft.analysis.key] = draft
