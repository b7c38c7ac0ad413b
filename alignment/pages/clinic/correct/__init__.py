"""A landmark put right on a key frame: an analysis in; handles to drag, what that changes, and the correction kept, out."""

import zlib

import streamlit as st

from alignment.pages import drag, style
from alignment.pages.clinic.correct import keeping, picture, told
from alignment.pages.clinic.correct.film import Film, film_of
from alignment.pages.clinic.correct.work import Work
from alignment.records import Analysis, KeyFrame, Records
from alignment.records.operator import operator as own_name
from alignment.result import Result
from alignment.texts import InputError, say
from alignment.views import keyframes
from alignment.views.cycles import cycle_title

__all__ = ["show"]


def show(kept: Records, analysis: Analysis, operator: str | None = None) -> None:
    """Show key frames of the analysis with handles on the joints. `operator` is whose name the note carries: this machine's.

    InputError where the analysis is gone or its landmarks cannot be used.
    """
    who = own_name() if operator is None else operator
    st.html(f"<style>{style.asset('compare.css')}{style.asset('correct.css')}</style>")
    keeping.outcome()
    film = film_of(kept, analysis)
    work = keeping.work_on(kept, analysis)
    if not film.frames:
        style.state("empty", say("correct_no_frames").message, remedy=say("correct_no_frames").remedy)
        keeping.take_back(kept, work, who)
        return
    st.markdown(say("correct_lead").message)
    with st.spinner(say("stage_assess").message):
        before = film.result(work.seen.corrections)
    frame = _chosen(film, work, before)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _handles(kept, film, work, frame, before)
    with right:
        _outcome(kept, film, work, frame, before, who)


def _chosen(film: Film, work: Work, before: Result) -> KeyFrame:
    """The key frame that the person chose; at first that of the repetition farthest off."""
    place = f"correct_frame_{work.seen.key}"
    if place not in st.session_state:
        farthest = [one.cycle.index for one in keyframes.extremes(before)][-1:]
        places = [at for at, frame in enumerate(film.frames) if frame.cycle in farthest]
        st.session_state[place] = places[0] if places else 0
    titles = [_title(film, work, before, frame) for frame in film.frames]
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
    return film.frames[chosen]


def _title(film: Film, work: Work, before: Result, frame: KeyFrame) -> str:
    cycle = film.cycle_at(before, frame)
    name = say("correct_between").message if cycle is None else cycle_title(cycle, before.cycles)
    title = say("correct_frame", name=name, time_s=frame.time_s).message
    moved = any(abs(one.time_s - frame.time_s) < 1e-4 for one in work.wanted)
    return say("correct_frame_moved", name=title).message if moved else title


def _handles(kept: Records, film: Film, work: Work, frame: KeyFrame, before: Result) -> None:
    key = work.key(frame)

    def moved() -> None:
        keeping.take(kept, key, frame)

    shown = picture.of(film, frame, before, work.seen.corrections)
    if shown is None:
        style.state("failed", say("correct_no_picture").message, remedy=say("correct_no_picture").remedy)
        return
    drag.show(shown, work.moved_at(frame.time_s, shown), key, moved)
    if frame.drawn:
        st.caption(say("correct_drawn").message)


def _outcome(kept: Records, film: Film, work: Work, frame: KeyFrame, before: Result, who: str) -> None:
    """What the moves change, and the way to keep or to drop them."""
    if work.moves:
        try:
            with st.spinner(say("stage_assess").message):
                after = film.result(work.wanted)
        except InputError as fault:
            style.failure(fault)
        else:
            told.changes(film, frame, before, after, work)
            keeping.save(kept, work, frame, who)
    else:
        st.subheader(say("correct_changes").message)
        st.markdown(say("correct_nothing_moved").message)
        told.standing(film, before, work)
    keeping.take_back(kept, work, who)
