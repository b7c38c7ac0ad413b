"""One analysis: its key in; what was found, key frames, repetitions and report, and the correction of a landmark, out."""

from typing import Final

import pandas as pd
import streamlit as st

from alignment.pages import telling
from alignment.pages.clinic import address, correct, head, parts, printing, stills, store, words
from alignment.pages.clinic.address import Place
from alignment.records import Analysis, Records, Session, Subject
from alignment.records.operator import operator
from alignment.result import Cycle
from alignment.texts import say
from alignment.views import keyframes, repetitions
from alignment.views.cycles import cycle_title, with_error
from alignment.views.trends import day

CORRECT: Final = "correct"
_VIEWS: Final = ("result", CORRECT)
#: Of so many repetitions the pictures are shown at once.
_ROW: Final = 4


def show(kept: Records, place: Place) -> None:
    """Show the analysis that the address names. InputError where it is gone, or this version cannot read it."""
    analysis = kept.analysis(place.analysis)
    session = kept.session(analysis.session_key)
    subject = kept.subject(session.subject_key)
    when = day(session.facts.date)
    title = say("clinic_analysis_title", activity=words.movement(analysis.result), date=when).message
    way = (
        head.Step(words.plain(subject.code), Place(subject.key)),
        head.Step(when, Place(subject.key, session.key)),
    )
    head.show(title, way)
    version = say("clinic_analysis_version", version=analysis.result.software.version).message
    added = say("clinic_analysis_added", when=f"{day(analysis.added.date())}, {analysis.added:%H:%M}").message
    st.caption(" · ".join((words.about(analysis), version, added)))
    if parts.chosen(place, _VIEWS, "view") == CORRECT:
        correct.show(kept, analysis)
        return
    telling.findings(analysis.result, page="clinic")
    _pictures(kept, analysis)
    _table(analysis)
    telling.filming(analysis.result, page="clinic")
    printing.show(kept, subject, session, analysis)
    _video(kept, analysis)
    _deletion(kept, subject, session, analysis)


def _pictures(kept: Records, analysis: Analysis) -> None:
    """The repetitions least and most off, and all others a click away."""
    frames = stills.kept_frames(kept, analysis)
    st.subheader(say("clinic_key_frames").message)
    if not frames:
        st.markdown(say("clinic_key_frames_none").message)
        return
    told = {one.cycle.index: one for one in keyframes.extremes(analysis.result) if one.cycle.index in frames}
    cycles = [one for one in analysis.result.cycles if one.index in frames]
    first = [one.cycle for one in told.values()] or cycles[:1]
    columns = st.container(key=f"still_frames_{len(first)}").columns(max(1, len(first)))
    titles = ("analyze_nearest", "analyze_farthest") if len(told) > 1 else ("analyze_only",)
    for column, cycle, title in zip(columns, first, titles, strict=False):
        name, value = cycle_title(cycle, analysis.result.cycles), told[cycle.index].value if told else None
        words_of_it = f"**{name}**"
        if value is not None:
            number = with_error(value.value, value.standard_error, value.unit)
            words_of_it = f"**{say(title).message}: {name}**  \n{telling.measure_name(value.measure)}: {number}"
        with column:
            st.markdown(words_of_it)
            st.image(stills.lined(kept, analysis, frames[cycle.index]), width="stretch")
    if len(cycles) > len(first):
        # Not drawn before somebody wants to see them.
        name = f"clinic_all_{analysis.key}"
        if st.toggle(say("clinic_key_frames_all", count=len(cycles)).message, key=name):
            _all_pictures(kept, analysis, cycles)


def _all_pictures(kept: Records, analysis: Analysis, cycles: list[Cycle]) -> None:
    frames = stills.kept_frames(kept, analysis)
    for start in range(0, len(cycles), _ROW):
        row = cycles[start : start + _ROW]
        for column, cycle in zip(st.columns(_ROW), row, strict=False):
            column.image(
                stills.lined(kept, analysis, frames[cycle.index]),
                caption=cycle_title(cycle, analysis.result.cycles),
                width="stretch",
            )


def _table(analysis: Analysis) -> None:
    if not analysis.result.cycles:
        return
    table = repetitions.table(analysis.result)
    st.subheader(say("analyze_table").message)
    names = [str(number) for number in range(len(table.head))]
    titles = {
        name: st.column_config.TextColumn(title, pinned=name == "0")
        for name, title in zip(names, table.head, strict=True)
    }
    rows = pd.DataFrame([list(row) for row in table.rows], columns=names)
    st.dataframe(rows, hide_index=True, column_config=titles, alt=say("analyze_table").message)


def _video(kept: Records, analysis: Analysis) -> None:
    """The film itself, where it was kept; read only when it is asked for."""
    if not analysis.has_video or not st.toggle(say("clinic_film_show").message, key=f"clinic_film_{analysis.key}"):
        return
    pieces = kept.video(analysis.key)
    if pieces is not None:
        with st.container(key=f"player_clinic_{analysis.key}"):
            st.video(b"".join(pieces), muted=True, alt=say("player_film").message)


def _deletion(kept: Records, subject: Subject, session: Session, analysis: Analysis) -> None:
    def delete() -> None:
        with store.saying():
            kept.delete_analysis(analysis.key, operator())
            store.done(say("clinic_deleted"))
            address.go(Place(subject.key, session.key))

    st.divider()
    with st.popover(say("clinic_delete").message, icon=":material/delete:"):
        st.markdown(say("clinic_delete_analysis_more").message)
        st.button(say("clinic_delete_analysis").message, on_click=delete, type="primary")
