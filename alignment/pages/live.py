"""The page with the camera: what to do before, the picture with lines and counts, and afterwards what was measured.

Every visit holds at most one `Filming`, in the memory of its session; nothing of it is written anywhere.
"""

from html import escape
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from alignment import weights
from alignment.activities import ACTIVITIES
from alignment.pages import style
from alignment.texts import InputError, say

if TYPE_CHECKING:
    from alignment.live.filming import Filming
    from alignment.live.scene import State

TITLE: Final = say("live").message
ICON: Final = ":material/videocam:"
ORDER: Final = 20

#: The fast model first; a slower one stands in where it is missing.
_MODEL: Final = "lite"
_INSTEAD: Final = ("full", "heavy")
_FILMING: Final = "live_filming"
_EVERY_S: Final = 0.4
#: Both ends of the call are on one machine: no server is asked for a way between them.
_HERE: Final[dict[str, Any]] = {"iceServers": []}
_WANTED: Final[dict[str, Any]] = {
    "video": {"width": {"ideal": 1280}, "height": {"ideal": 720}, "frameRate": {"ideal": 30, "max": 30}},
    "audio": False,
}
_LOOK: Final[dict[str, Any]] = {
    "autoPlay": True,
    "controls": False,
    "muted": True,
    "style": {"width": "100%", "maxHeight": "620px", "objectFit": "contain", "borderRadius": "0.6rem"},
}
#: A camera that shows nothing for so long was probably not allowed.
_NO_PICTURE_S: Final = 6.0


def show() -> None:
    """Show the page as far as the filming is."""
    st.title(say("live_title").message)
    filming: Filming | None = st.session_state.get(_FILMING)
    try:
        _model()
    except InputError as fault:
        _no_model(fault)
        return
    if filming is None:
        _prepare()
        _camera(None)
    elif filming.job is None:
        _film(filming)
    else:
        _camera(None)
        from alignment.pages import live_result

        live_result.show(filming, _again)


# --- before -------------------------------------------------------------------------------------------------------------


def _model() -> Any:  # noqa: ANN401 - pose.Model, which is loaded late
    from alignment.live.afterwards import model_for

    return model_for(_MODEL, _INSTEAD)


def _no_model(fault: InputError) -> None:
    style.state("refused", say("live_no_model_title").message, fault.text.message, fault.text.remedy)
    size_mb = weights.MODELS[_MODEL].size_bytes / 1e6
    if st.button(say("live_fetch", size_mb=size_mb).message, type="primary", icon=":material/download:"):
        try:
            with st.spinner(say("stage_model").message):
                weights.require(_MODEL)
        except InputError as error:
            style.failure(error)
            return
        st.rerun()


def _prepare() -> None:
    """Choose the movement and how to be led, then start the camera with a click."""
    if st.session_state.pop("live_too_short", False):
        text = say("live_too_short")
        style.state("note", text.message, remedy=text.remedy)
    st.markdown(say("live_lead").message)
    left, right = st.columns([3, 2], gap="large")
    with left:
        names = list(ACTIVITIES)
        activity: str = st.selectbox(
            say("live_activity").message,
            names,
            index=names.index("squat"),
            format_func=lambda name: ACTIVITIES[name].title,
            key="live_activity",
        )
        st.markdown(ACTIVITIES[activity].description)
    with right:
        by_itself = st.toggle(say("live_by_itself").message, value=True, help=say("live_by_itself").remedy)
        target = st.toggle(say("live_target").message, value=True, help=say("live_target").remedy)
        st.toggle(say("live_sound").message, value=False, help=say("live_sound").remedy, key="live_sound_on")
    if st.button(say("live_start").message, type="primary", icon=":material/videocam:", key="live_start"):
        from alignment.live.filming import Filming

        st.session_state["live_beeped"] = 0
        st.session_state["live_sounds"] = st.session_state["live_sound_on"]
        st.session_state[_FILMING] = Filming(activity, _model(), by_itself=by_itself, target=target)
        st.rerun()
    st.caption(say("live_private").message)


# --- while filming --------------------------------------------------------------------------------------------------------


def _film(filming: "Filming") -> None:
    if filming.variant != _MODEL:
        style.state("note", say("live_slow_model", variant=filming.variant).message)
    picture, beside = st.columns([3, 2], gap="large")
    with picture:
        _camera(filming)
    with beside:
        _beside()


def _camera(filming: "Filming | None") -> None:
    """The browser's camera; without a filming it stands by unseen, so that a call that was ended is closed properly."""
    from streamlit_webrtc import Translations, WebRtcMode, webrtc_streamer

    from alignment.live import calls

    calls.prepare()
    if filming is None:
        st.html("<style>.st-key-live_camera { display: none; }</style>")
    with st.container(key="live_camera"):
        webrtc_streamer(
            key="live",
            mode=WebRtcMode.SENDRECV,
            rtc_configuration=_HERE,
            media_stream_constraints=_WANTED,
            desired_playing_state=filming is not None,
            sink_video_track=filming.inlet if filming else None,
            source_video_track=filming.outlet if filming else None,
            video_html_attrs=_LOOK,
            translations=Translations(
                device_ask_permission=say("live_camera_ask").message,
                device_access_denied=say("live_camera_denied").message,
                device_not_available=say("live_camera_missing").message,
                media_api_not_available=say("live_camera_no_api").message,
            ),
            media_toggle_controls=False,
        )


@st.fragment(run_every=_EVERY_S)
def _beside() -> None:
    """List, counts and buttons beside the picture, kept up to date by themselves."""
    from alignment.live.scene import Stage

    filming: Filming | None = st.session_state.get(_FILMING)
    if filming is None or filming.job is not None:
        st.rerun()
    engine = filming.engine
    state = engine.state
    if engine.fault is not None:
        style.failure(engine.fault)
        st.button(say("live_again").message, on_click=_again, key="live_again")
        return
    if state.stage is Stage.STOPPED:
        _finish()
        st.rerun()
    if state.stage is Stage.RUNNING:
        _running(state)
    else:
        _checking(filming, state)
    _pace(filming)


def _checking(filming: "Filming", state: "State") -> None:
    from alignment.live.scene import Stage

    st.subheader(say("live_checks").message)
    st.html(_list(state))
    if filming.engine.figures is None and filming.age_s > _NO_PICTURE_S:
        text = say("live_no_picture")
        style.state("note", text.message, remedy=text.remedy)
    ready = state.stage is Stage.READY
    st.html(
        f'<div role="status" class="al-live-hint">{escape(say("live_ready" if ready else "live_waiting").message)}</div>'
    )
    with st.container(horizontal=True):
        st.button(say("live_begin").message, on_click=filming.engine.begin, type="primary", key="live_begin")
        st.button(say("live_cancel").message, on_click=_again, key="live_cancel")
    st.caption(say("live_level_note").message)


def _list(state: "State") -> str:
    """The list before the start: symbol, name and words of each line."""
    from alignment.result import Verdict

    kinds = {"met": Verdict.WITHIN, "unmet": Verdict.OUTSIDE, "unknown": Verdict.UNKNOWN}
    rows = []
    for check in state.checks:
        words = f"<b>{escape(say(f'live_{check.code}').message)}</b>: {escape(check.text.message)}"
        remedy = f'<br><span class="al-remedy">{escape(check.text.remedy)}</span>' if check.text.remedy else ""
        rows.append(
            f'<div class="al-row" data-check="{check.code}" data-state="{check.state}">'
            f"{style.mark(kinds[check.state])}<span>{words}{remedy}</span></div>"
        )
    return "".join(rows)


def _tell(words: str) -> None:
    """The one thing to do now; a screen reader says it, too."""
    st.html(f'<div role="status" style="font-size: 1.25rem; font-weight: 600; min-height: 2em">{escape(words)}</div>')


def _running(state: "State") -> None:
    from alignment.live.recording import MOST_S
    from alignment.live.scene import count_words, hint

    for column, (words, number) in zip(st.columns(2), count_words(state), strict=False):
        column.metric(words, number)
    text = hint(state)
    st.html(
        f'<div role="status" class="al-live-hint">{escape(str(text) if text else say("live_silent").message)}</div>'
    )
    minutes, seconds = divmod(int(state.recorded_s), 60)
    kept = say(
        "live_kept_trimmed" if state.trimmed else "live_kept", minutes=minutes, seconds=seconds, most=MOST_S / 60
    )
    st.caption(kept.message)
    with st.container(horizontal=True):
        st.button(say("live_stop").message, on_click=_finish, type="primary", icon=":material/stop:", key="live_stop")
        st.button(say("live_discard").message, on_click=_again, key="live_discard")
    _sound(state)


def _sound(state: "State") -> None:
    """A beep for each new repetition, if that was asked for."""
    from alignment.live.filming import beep

    if st.session_state.get("live_sounds") and state.total:
        st.html("<style>.st-key-live_beep { height: 0; overflow: hidden; }</style>")
        with st.container(key="live_beep"):
            st.audio(beep(state.total), format="audio/wav", autoplay=True)


def _pace(filming: "Filming") -> None:
    figures = filming.engine.figures
    with st.expander(say("live_pace").message):
        if figures is None:
            st.caption(say("live_pace_none").message)
            return
        st.markdown(say("live_pace_figures", **vars(figures)).message)
        st.caption(say("live_pace_more").message)


def _finish() -> None:
    """End the filming; too short a one is over without a result."""
    filming: Filming | None = st.session_state.get(_FILMING)
    if filming is not None and filming.finish() is None:
        st.session_state["live_too_short"] = True
        _again()


def _again() -> None:
    """Back to the beginning; what was kept is let go of."""
    filming: Filming | None = st.session_state.pop(_FILMING, None)
    if filming is not None:
        filming.close()
