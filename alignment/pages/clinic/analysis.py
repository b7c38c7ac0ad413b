"""One analysis: its key in; what was found, key frames, repetitions and report, and the correction of a landmark, out."""

from contextlib import suppress
from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from alignment.core.result import Course
from alignment.errors import InputError
from alignment.pages import findings_panel, pictures, result_explorer, terms
from alignment.pages.address import RecordAddress
from alignment.pages.clinic import correct, header, store, words
from alignment.pages.markdown import plain
from alignment.pose.calibration import calibration_of
from alignment.records import Analysis, Records, Session, Subject
from alignment.records.operator import operator
from alignment.texts import say
from alignment.views import keyframes, report
from alignment.views.stills import Stills
from alignment.views.trends import day
from alignment.views.wording import cycle_title

CORRECT: Final = "correct"
_TABS: Final = ("result", CORRECT)
#: Of so many repetitions the pictures are shown at once.
_ROW: Final = 4


def show(records: Records, here: RecordAddress) -> None:
    """Show the analysis that the address names. InputError where it is gone, or this version cannot read it."""
    analysis = records.analysis(here.analysis)
    session = records.session(analysis.session_key)
    subject = records.subject(session.subject_key)
    when = day(session.facts.date)
    title = say("clinic_analysis_title", activity=words.movement(analysis.result), date=when).message
    back = plain(subject.code), RecordAddress(subject.key)
    header.show(title, back, (when, RecordAddress(subject.key, session.key)))
    version = say("clinic_analysis_version", version=analysis.result.software.version).message
    added = say("clinic_analysis_added", when=f"{day(analysis.added.date())}, {analysis.added:%H:%M}").message
    st.caption(" · ".join((words.about(analysis), version, added)))
    if header.choose_tab(here, _TABS, "view") == CORRECT:
        correct.show(records, analysis)
        return
    findings_panel.findings(analysis.result, page="clinic")
    _pictures(records, analysis)
    result_explorer.show_table(analysis.result)
    findings_panel.filming(analysis.result, page="clinic")
    _report(records, subject, session, analysis)
    _video(records, analysis)
    _deletion(records, subject, session, analysis)


def _pictures(records: Records, analysis: Analysis) -> None:
    """The repetitions least and most off, and all others a click away."""
    frames = store.key_frames(records, analysis)
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
            number = findings_panel.number(value.value, value.standard_error, value.unit)
            words_of_it = f"**{say(title).message}: {name}**  \n{findings_panel.measure_name(value.measure)}: {number}"
        with column:
            st.markdown(words_of_it)
            st.image(store.with_lines(records, analysis, frames[cycle.index]), width="stretch")
    if len(cycles) > len(first):
        # Not drawn before somebody wants to see them.
        name = f"clinic_all_{analysis.key}"
        if st.toggle(say("clinic_key_frames_all", count=len(cycles)).message, key=name):
            for start in range(0, len(cycles), _ROW):
                for column, cycle in zip(st.columns(_ROW), cycles[start : start + _ROW], strict=False):
                    image = store.with_lines(records, analysis, frames[cycle.index])
                    title = cycle_title(cycle, analysis.result.cycles)
                    column.image(image, caption=title, width="stretch")


def _video(records: Records, analysis: Analysis) -> None:
    """The film itself, where it was kept; read only when it is asked for."""
    if not analysis.has_video or not st.toggle(say("clinic_film_show").message, key=f"clinic_film_{analysis.key}"):
        return
    pieces = records.video(analysis.key)
    if pieces is not None:
        with st.container(key=f"player_clinic_{analysis.key}"):
            st.video(b"".join(pieces), muted=True, alt=say("player_film").message)


def _deletion(records: Records, subject: Subject, session: Session, analysis: Analysis) -> None:
    def delete() -> None:
        with store.say_refusal():
            records.delete_analysis(analysis.key, operator())
            store.say_done(say("clinic_deleted"))
            RecordAddress(subject.key, session.key).go()

    st.divider()
    with st.popover(say("clinic_delete").message, icon=":material/delete:"):
        st.markdown(say("clinic_delete_analysis_more").message)
        st.button(say("clinic_delete_analysis").message, on_click=delete, type="primary")


# --- the report of it --------------------------------------------------------------------------------------------------


def _report(records: Records, subject: Subject, session: Session, analysis: Analysis) -> None:
    st.subheader(say("clinic_report").message)
    before = _earlier(records, session, analysis)
    since = f" {say('clinic_report_since', date=day(before[0].facts.date)).message}" if before else ""
    st.caption(say("clinic_report_more").message + since)
    who = operator()
    name = words.file_name(subject.code)
    kinds: tuple[report.Kind, ...] = ("full", "plain")
    with st.container(horizontal=True):
        for kind in kinds:
            st.download_button(
                say(f"clinic_report_{kind}").message,
                partial(_pdf, records, subject, session, analysis, kind, who),
                file_name=f"{name}_{session.facts.date:%Y-%m-%d}_{analysis.result.activity}_{kind}.pdf",
                mime="application/pdf",
                on_click="ignore",
                key=f"clinic_report_{kind}",
                icon=":material/picture_as_pdf:",
            )


def _earlier(records: Records, session: Session, analysis: Analysis) -> tuple[Session, Analysis] | None:
    """The last analysis of the same movement in a session before this one."""
    visits = records.sessions(session.subject_key)
    place = [one.key for one in visits].index(session.key)
    for visit in reversed(visits[:place]):
        for one in reversed(records.analyses(visit.key)):
            if one.result.activity == analysis.result.activity:
                return visit, one
    return None


def _pdf(
    records: Records, subject: Subject, session: Session, analysis: Analysis, kind: report.Kind, who: str
) -> bytes:
    """The report as PDF: numbers as they are kept, the curves behind them, and the change since the session before."""
    facts = session.facts
    about = report.About(
        subject.code, facts.date, facts.footwear, facts.complaint_side, facts.step_height_cm, facts.notes, who
    )
    found, before = _earlier(records, session, analysis), None
    if found is not None:
        visit, one = found
        then = one.result
        # An older version's numbers are computed anew where this one's stand beside them.
        if then.software.version != analysis.result.software.version and not store.is_older(analysis):
            with suppress(InputError):
                then = store.current_result(records, one)
        before = report.Before(then, calibration_of, visit.facts.date)
    return report.report(
        analysis.result,
        _course(records, analysis),
        pictures=_report_pictures(records, analysis),
        about=about,
        before=before,
        kind=kind,
        clinical=calibration_of if terms.clinical() else None,
    )


def _course(records: Records, analysis: Analysis) -> Course | None:
    """The measures over time, which are not kept but computed anew; those of another version would fit no number."""
    if store.is_older(analysis):
        return None
    try:
        curves = store.with_curves(records, analysis).curves
    except InputError:
        return None
    return None if curves is None else curves.course


def _report_pictures(records: Records, analysis: Analysis) -> tuple[report.Picture, ...]:
    """The repetitions least and most off, as far as their pictures were kept."""
    track = records.track(analysis.key)
    wanted = Stills(analysis.result, track)
    for frame in store.key_frames(records, analysis).values():
        position = int(np.abs(track.time_s - frame.time_s).argmin()) if track.frames else -1
        if position in wanted.positions:
            image = pictures.from_jpeg(store.with_lines(records, analysis, frame))
            if image is not None:
                wanted.offer(position, image)
    return wanted.pictures
