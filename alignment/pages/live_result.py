"""What came of a filming: its analysis under way in; finding, film, numbers and what to keep of them out."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from alignment.activities import ACTIVITIES
from alignment.measures import MEASURES
from alignment.pages import style, telling
from alignment.pages.compare.candidates import kept
from alignment.texts import say

if TYPE_CHECKING:
    from alignment.live.afterwards import Job, Outcome
    from alignment.live.filming import Filming

_EVERY_S: Final = 0.5
#: What of the session was handed on: the analysis, by its identity.
_TAKEN: Final = "live_taken"
#: Finding the body takes this share of the whole, drawing the rest.
_POSE_SHARE: Final = 0.8


def show(filming: "Filming", again: Callable[[], None]) -> None:
    """Show how far the analysis is, then what came of it. `again` lets go of it all."""
    job = filming.job
    if job is None:
        return
    if job.fault is not None:
        style.failure(job.fault)
        st.button(say("live_again").message, on_click=again, type="primary", key="live_again")
    elif job.outcome is not None:
        _outcome(filming, job, job.outcome, again)
    else:
        _watch(job, again)


@st.fragment(run_every=_EVERY_S)
def _watch(job: "Job", again: Callable[[], None]) -> None:
    from alignment.run import Stage

    if not job.running:
        st.rerun()
    share = job.share or 0.0
    whole = {Stage.POSE: _POSE_SHARE * share, Stage.ASSESS: _POSE_SHARE}.get(job.stage, _POSE_SHARE + 0.2 * share)
    seconds = job.recording.facts.duration_s
    st.markdown(say("live_analyzing", seconds=seconds).message)
    st.progress(min(whole, 1.0), text=say(str(job.stage)).message)
    st.button(say("live_discard").message, on_click=again, key="live_discard_analysis", icon=":material/close:")


def _outcome(filming: "Filming", job: "Job", outcome: "Outcome", again: Callable[[], None]) -> None:
    from alignment.live.afterwards import WANTED

    result = outcome.result
    st.caption(
        say(
            "live_result_of", activity=ACTIVITIES[result.activity].title, seconds=job.recording.facts.duration_s
        ).message
    )
    if filming.lost:
        style.state("note", say("live_lost").message)
    if outcome.variant != WANTED:
        text = say("live_lesser_model", variant=outcome.variant)
        style.state("note", text.message, remedy=text.remedy)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.video(outcome.overlay, muted=True, alt=say("player_film").message)
    with right:
        telling.findings(result, page="live")
    _numbers(outcome)
    telling.filming(result, page="live")
    _keep(job, outcome, again)


def _numbers(outcome: "Outcome") -> None:
    """A chart of a chosen measure and the table of all repetitions."""
    from alignment.views import charts, repetitions

    measures = charts.measures_of(outcome.result)
    if measures:
        chosen: str = st.selectbox(
            say("analyze_measure").message, measures, format_func=telling.measure_name, key="live_measure"
        )
        st.altair_chart(
            charts.curve_chart(outcome.result, chosen, style.palette()),
            alt=say("analyze_chart_alt", measure=telling.measure_name(chosen)).message,
        )
        st.caption(f"{MEASURES[chosen].meaning} {say('live_chart_key').message}")
    if outcome.result.cycles:
        table = repetitions.table(outcome.result)
        st.subheader(say("analyze_table").message)
        names = [str(number) for number in range(len(table.head))]
        titles = dict(zip(names, (st.column_config.TextColumn(title) for title in table.head), strict=True))
        frame = pd.DataFrame([list(row) for row in table.rows], columns=names)
        st.dataframe(frame, hide_index=True, column_config=titles, alt=say("analyze_table").message)


def _keep(job: "Job", outcome: "Outcome", again: Callable[[], None]) -> None:
    """Save what is wanted; all the rest is dropped with the next filming."""
    from alignment.live import afterwards

    st.subheader(say("live_keep").message)
    st.caption(say("live_keep_more").message)
    with st.container(horizontal=True):
        st.download_button(
            say("live_keep_all").message,
            lambda: afterwards.archive(outcome),
            file_name="live.zip",
            mime="application/zip",
            on_click="ignore",
            key="live_keep_all",
            icon=":material/folder_zip:",
        )
        st.download_button(
            say("live_keep_overlay").message,
            outcome.overlay,
            file_name="live_overlay.mp4",
            mime="video/mp4",
            on_click="ignore",
            key="live_keep_overlay",
            icon=":material/download:",
        )
        st.download_button(
            say("live_keep_film").message,
            lambda: afterwards.film_of(job.recording, outcome.track),
            file_name="live.mp4",
            mime="video/mp4",
            on_click="ignore",
            key="live_keep_film",
            icon=":material/download:",
        )
        st.button(
            say("live_take").message,
            on_click=_take,
            args=(job, outcome),
            disabled=_taken(job),
            key="live_take",
            icon=":material/compare_arrows:",
        )
    if _taken(job):
        st.caption(say("live_taken").message)
    st.button(say("live_again").message, on_click=again, type="primary", key="live_again", icon=":material/replay:")


def _take(job: "Job", outcome: "Outcome") -> None:
    """Hand the result to the pages that put results beside others, as if it had been saved and brought back."""
    from alignment.live import afterwards

    kept().add([("live.zip", io.BytesIO(afterwards.archive(outcome)))])
    st.session_state[_TAKEN] = id(job)


def _taken(job: "Job") -> bool:
    return st.session_state.get(_TAKEN) == id(job)
