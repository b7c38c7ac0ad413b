"""The report of one analysis: what is kept of it in; buttons that make its PDFs when they are clicked, out."""

from functools import partial

import cv2
import numpy as np
import streamlit as st

from alignment.pages.clinic import stills, store
from alignment.records import Analysis, Records, Session, Subject
from alignment.records.operator import operator
from alignment.result import Course
from alignment.texts import InputError, say
from alignment.views import report
from alignment.views.stills import Stills
from alignment.views.trends import day


def show(kept: Records, subject: Subject, session: Session, analysis: Analysis) -> None:
    """Show a button for each kind of report."""
    st.subheader(say("clinic_report").message)
    before = earlier(kept, session, analysis)
    since = f" {say('clinic_report_since', date=day(before[0].facts.date)).message}" if before else ""
    st.caption(say("clinic_report_more").message + since)
    who = operator()
    name = "".join(letter if letter.isalnum() else "-" for letter in subject.code)
    kinds: tuple[report.Kind, ...] = ("full", "plain")
    with st.container(horizontal=True):
        for kind in kinds:
            st.download_button(
                say(f"clinic_report_{kind}").message,
                partial(printed, kept, subject, session, analysis, kind, who),
                file_name=f"{name}_{session.facts.date:%Y-%m-%d}_{analysis.result.activity}_{kind}.pdf",
                mime="application/pdf",
                on_click="ignore",
                key=f"clinic_report_{kind}",
                icon=":material/picture_as_pdf:",
            )


def earlier(kept: Records, session: Session, analysis: Analysis) -> tuple[Session, Analysis] | None:
    """The last analysis of the same movement in a session before this one."""
    visits = kept.sessions(session.subject_key)
    place = [one.key for one in visits].index(session.key)
    for visit in reversed(visits[:place]):
        for one in reversed(kept.analyses(visit.key)):
            if one.result.activity == analysis.result.activity:
                return visit, one
    return None


def printed(
    kept: Records, subject: Subject, session: Session, analysis: Analysis, kind: report.Kind, who: str
) -> bytes:
    """The report as PDF: numbers as they are kept, the curves behind them, and the change since the session before."""
    facts = session.facts
    about = report.About(
        subject.code, facts.date, facts.footwear, facts.complaint_side, facts.step_height_cm, facts.notes, who
    )
    found, before = earlier(kept, session, analysis), None
    if found is not None:
        visit, one = found
        versions = {one.result.software.version, analysis.result.software.version}
        # An older version's numbers are computed anew where this one's stand beside them.
        then = one.result if len(versions) == 1 or store.is_older(analysis) else store.as_now_or_kept(kept, one)
        before = report.Before(then, visit.facts.date)
    return report.report(
        analysis.result,
        _course(kept, analysis),
        pictures=_pictures(kept, analysis),
        about=about,
        before=before,
        kind=kind,
    )


def _course(kept: Records, analysis: Analysis) -> Course | None:
    """The measures over time, which are not kept but computed anew; those of another version would fit no number."""
    if store.is_older(analysis):
        return None
    try:
        curves = store.with_curves(kept, analysis).curves
    except InputError:
        return None
    return None if curves is None else curves.course


def _pictures(kept: Records, analysis: Analysis) -> tuple[report.Picture, ...]:
    """The repetitions least and most off, as far as their pictures were kept."""
    track = kept.track(analysis.key)
    wanted = Stills(analysis.result, track)
    for frame in stills.kept_frames(kept, analysis).values():
        position = int(np.abs(track.time_s - frame.time_s).argmin()) if track.frames else -1
        if position in wanted.positions:
            picture = cv2.imdecode(np.frombuffer(stills.lined(kept, analysis, frame), np.uint8), cv2.IMREAD_COLOR)
            if picture is not None:
                wanted.offer(position, np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)))
    return wanted.pictures
