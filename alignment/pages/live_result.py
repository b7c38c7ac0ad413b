"""What came of a filming: its analysis under way in; finding, film, numbers and what to keep of them out."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import streamlit as st

from alignment import outputs
from alignment.pages import findings_panel, result_explorer, style
from alignment.pages.compare.candidates import saved_results
from alignment.request import DEFAULT_MODEL
from alignment.texts import say
from alignment.views import charts
from alignment.workflow import Job, Outcome, Stage

if TYPE_CHECKING:
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
        _outcome(filming, job.outcome, again)
    else:
        _watch(filming, job, again)


@st.fragment(run_every=_EVERY_S)
def _watch(filming: "Filming", job: Job, again: Callable[[], None]) -> None:
    if job.state != "running":
        st.rerun()
    share = job.share or 0.0
    whole = {Stage.LANDMARKS: _POSE_SHARE * share, Stage.ASSESS: _POSE_SHARE}.get(job.stage, _POSE_SHARE + 0.2 * share)
    st.markdown(say("live_analyzing", seconds=_length_s(filming)).message)
    st.progress(min(whole, 1.0), text=say(f"stage_{job.stage}").message)
    st.button(say("live_discard").message, on_click=again, key="live_discard_analysis", icon=":material/close:")


def _outcome(filming: "Filming", outcome: Outcome, again: Callable[[], None]) -> None:
    result = outcome.result
    activity = say(f"activity_{result.activity}").message
    st.caption(say("live_result_of", activity=activity, seconds=_length_s(filming)).message)
    if filming.lost:
        style.state("note", say("live_lost").message)
    if result.software.model != DEFAULT_MODEL:
        style.state_of("note", "live_lesser_model", variant=result.software.model)
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.video(filming.files.files[outputs.OVERLAY], muted=True, alt=say("player_film").message)
    with right:
        findings_panel.findings(result, page="live")
    _numbers(outcome)
    findings_panel.filming(result, page="live")
    _keep(filming, outcome, again)


def _numbers(outcome: Outcome) -> None:
    measures = charts.measures_of(outcome.result)
    if measures:
        chosen = findings_panel.choose_measure(measures, "live_measure")
        st.altair_chart(
            charts.curve_chart(outcome.result, chosen, style.palette()),
            alt=say("analyze_chart_alt", measure=findings_panel.measure_name(chosen)).message,
        )
        st.caption(f"{findings_panel.measure_meaning(chosen)} {say('live_chart_key').message}")
    result_explorer.show_table(outcome.result)


def _keep(filming: "Filming", outcome: Outcome, again: Callable[[], None]) -> None:
    """Save what is wanted; all the rest is dropped with the next filming."""
    from alignment.live.filming import blurred_film

    st.subheader(say("live_keep").message)
    st.caption(say("live_keep_more").message)
    files, recording, taken = filming.files.files, filming.recording, st.session_state.get(_TAKEN) == id(filming)
    offered: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
        ("all", lambda: outputs.zip_files(files), "live.zip", "application/zip"),
        ("overlay", lambda: files[outputs.OVERLAY], "live_overlay.mp4", "video/mp4"),
        ("film", lambda: blurred_film(recording, outcome.track) if recording else b"", "live.mp4", "video/mp4"),
    )
    with st.container(horizontal=True):
        for name, content, file_name, mime in offered:
            st.download_button(
                say(f"live_keep_{name}").message,
                content,
                file_name=file_name,
                mime=mime,
                on_click="ignore",
                key=f"live_keep_{name}",
                icon=":material/folder_zip:" if name == "all" else ":material/download:",
            )
        st.button(
            say("live_take").message,
            on_click=_take,
            args=(filming,),
            disabled=taken,
            key="live_take",
            icon=":material/compare_arrows:",
        )
    if taken:
        st.caption(say("live_taken").message)
    st.button(say("live_again").message, on_click=again, type="primary", key="live_again", icon=":material/replay:")


def _take(filming: "Filming") -> None:
    """Hand the result to the pages that put results beside others, as if it had been saved and brought back."""
    saved_results().add([("live.zip", io.BytesIO(outputs.zip_files(filming.files.files)))])
    st.session_state[_TAKEN] = id(filming)


def _length_s(filming: "Filming") -> float:
    return filming.recording.facts.duration_s if filming.recording else 0.0
