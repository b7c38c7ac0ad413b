"""The page with the camera: what to do before, the picture with lines and counts, and afterwards what was measured.

Every visit holds at most one `Filming`, in the memory of its session; nothing of it is written anywhere.
"""

from html import escape
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from alignment.core.activities import ACTIVITIES
from alignment.errors import InputError
from alignment.live.recording import MOST_S
from alignment.live.state import Phase, State, count_words, hint
from alignment.pages import cue, live_result, option_controls, style
from alignment.pose import model_files
from alignment.request import Request
from alignment.texts import say, text_of

if TYPE_CHECKING:
    from alignment.live.filming import Filming
    from alignment.pose.model_files import ModelFile

TITLE: Final = "live"
ICON: Final = ":material/videocam:"
ORDER: Final = 20

#: The fast model; a slower one stands in where it is missing.
_MODEL: Final = "lite"
_FILMING: Final = "live_filming"
#: Set while a call that the person gave up is being ended.
_STOPPING: Final = "live_stopping"
_EVERY_S: Final = 0.4
#: Both ends of the call are on one machine: no server is asked for a way between them.
_HERE: Final[dict[str, Any]] = {"iceServers": []}
_WANTED: Final[dict[str, Any]] = {
    "video": {
        "width": {"ideal": 1280},
        "height": {"ideal": 720},
        "frameRate": {"ideal": 30, "max": 30},
        # Otherwise the browser cuts a picture of another shape down to the wanted one, and with it the feet.
        "resizeMode": {"ideal": "none"},
    },
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
    """Show the page as far as the filming is. The camera keeps its place, or the browser would begin its call anew."""
    st.title(say("live_title").message)
    from alignment.live.filming import LIVE_MODELS, model_here

    try:
        model = model_here(LIVE_MODELS)
    except InputError as fault:
        _no_model(fault)
        return
    filming: Filming | None = st.session_state.get(_FILMING)
    head = st.container()
    picture, beside = st.columns([3, 2], gap="large")
    if filming is None or not filming.on:
        with head:
            if st.session_state.pop("live_too_short", False):
                style.state_of("note", "live_too_short")
            st.markdown(say("live_lead").message)
        with beside:
            filming = _choose(model)
    if filming.job is not None:
        st.html("<style>.st-key-live_camera { display: none; }</style>")
    with picture:
        called = _camera(filming)
        _release_button(called)
        if not filming.on:
            st.caption(say("live_refused").message)
    if called and not filming.on and not st.session_state.get(_STOPPING):
        filming.begin()
        st.rerun()
    if filming.job is not None:
        live_result.show(filming, _again)
    elif filming.on:
        with head:
            if filming.variant != _MODEL:
                style.state("note", say("live_slow_model", variant=filming.variant).message)
        with beside:
            _beside()


# --- before -------------------------------------------------------------------------------------------------------------


def _no_model(fault: InputError) -> None:
    style.state("refused", say("live_no_model_title").message, text_of(fault).message, text_of(fault).remedy)
    size_mb = model_files.MODELS[_MODEL].size_bytes / 1e6
    if st.button(say("live_fetch", size_mb=size_mb).message, type="primary", icon=":material/download:"):
        try:
            with st.spinner(say("stage_model").message):
                model_files.require(_MODEL)
        except InputError as error:
            style.failure(error)
            return
        st.rerun()


def _choose(model: "ModelFile") -> "Filming":
    """Choose the movement and how to be led; a filming that begins with the click that starts the camera."""
    from alignment.live.filming import Choices, Filming

    names = list(ACTIVITIES)
    activity: str = st.selectbox(
        say("live_activity").message,
        names,
        index=names.index("squat"),
        format_func=lambda name: say(f"activity_{name}").message,
        key="live_activity",
    )
    st.caption(say(f"activity_{activity}_how").message)
    by_itself, target, sound = (
        st.toggle(say(f"live_{name}").message, value=on, help=say(f"live_{name}").remedy, key=f"live_{name}_on")
        for name, on in (("by_itself", True), ("target", True), ("sound", False))
    )
    told = option_controls.choose_live(option_controls.with_last(Request(activity)))
    st.caption(say("live_private").message)
    choices = Choices(activity, by_itself, target, sound, told)
    filming: Filming | None = st.session_state.get(_FILMING)
    if filming is None or filming.choices != choices:
        if filming is not None:
            filming.close()
        filming = st.session_state[_FILMING] = Filming(choices, model)
    return filming


# --- while filming --------------------------------------------------------------------------------------------------------


def _camera(filming: "Filming") -> bool:
    """The browser's camera with its button to start; whether the call has begun."""
    from streamlit_webrtc import Translations, WebRtcMode, webrtc_streamer

    from alignment.live import webrtc

    webrtc.raise_bitrate()
    webrtc.stay_here()
    with st.container(key="live_camera"):
        call = webrtc_streamer(
            key="live",
            mode=WebRtcMode.SENDRECV,
            rtc_configuration=_HERE,
            media_stream_constraints=_WANTED,
            desired_playing_state=False if filming.job is not None or st.session_state.get(_STOPPING) else None,
            sink_video_track=filming.inlet,
            source_video_track=filming.outlet,
            video_html_attrs=_LOOK,
            translations=Translations(
                start=say("live_start").message,
                stop=say("live_camera_off").message,
                device_ask_permission=say("live_camera_ask").message,
                device_access_denied=say("live_camera_denied").message,
                device_not_available=say("live_camera_missing").message,
                media_api_not_available=say("live_camera_no_api").message,
            ),
            media_toggle_controls=False,
        )
    return bool(call.state.playing or call.state.signalling)


def _release_button(called: bool) -> None:
    """Leave the camera's button to the person again, once the call that was given up has ended."""
    if st.session_state.get(_STOPPING) and not called:
        del st.session_state[_STOPPING]
        st.rerun()


@st.fragment(run_every=_EVERY_S)
def _beside() -> None:
    """List, counts and buttons beside the picture, kept up to date by themselves."""
    filming: Filming | None = st.session_state.get(_FILMING)
    if filming is None or filming.job is not None:
        st.rerun()
    engine = filming.engine
    state = engine.state
    if engine.fault is not None:
        style.failure(engine.fault)
        st.button(say("live_again").message, on_click=_again, key="live_again")
        return
    if state.phase is Phase.STOPPED:
        _finish()
        st.rerun()
    if state.phase is Phase.RUNNING:
        _running(filming, state)
    else:
        _checking(filming, state)
    _latency(filming)


def _checking(filming: "Filming", state: State) -> None:
    st.subheader(say("live_checks").message)
    st.html(_list(state))
    if filming.engine.latency is None and filming.age_s > _NO_PICTURE_S:
        style.state_of("note", "live_no_picture")
    ready = state.phase is Phase.READY
    _hint(say("live_ready" if ready else "live_waiting").message)
    with st.container(horizontal=True):
        st.button(say("live_begin").message, on_click=filming.engine.begin, type="primary", key="live_begin")
        st.button(say("live_cancel").message, on_click=_again, key="live_cancel")
    st.caption(say("live_level_note").message)


def _list(state: State) -> str:
    rows = []
    for check in state.checks:
        words = f"<b>{escape(say(f'live_{check.code}').message)}</b>: {escape(check.text.message)}"
        remedy = f'<br><span class="al-remedy">{escape(check.text.remedy)}</span>' if check.text.remedy else ""
        rows.append(
            f'<div class="al-row" data-check="{check.code}" data-state="{check.state}">'
            f"{style.mark(check.mark)}<span>{words}{remedy}</span></div>"
        )
    return "".join(rows)


def _hint(words: str) -> None:
    """The one thing to do now; a screen reader says it, too."""
    st.html(f'<div role="status" class="al-live-hint">{escape(words)}</div>')


def _running(filming: "Filming", state: State) -> None:
    for column, (words, number) in zip(st.columns(2), count_words(state), strict=False):
        column.metric(words, number)
    cue.live(state.pace)
    text = hint(state)
    _hint(str(text) if text else say("live_silent").message)
    minutes, seconds = divmod(int(state.recorded_s), 60)
    kept = say(
        "live_kept_trimmed" if state.trimmed else "live_kept", minutes=minutes, seconds=seconds, most=MOST_S / 60
    )
    st.caption(kept.message)
    with st.container(horizontal=True):
        st.button(say("live_stop").message, on_click=_finish, type="primary", icon=":material/stop:", key="live_stop")
        st.button(say("live_discard").message, on_click=_again, key="live_discard")
    if filming.choices.sound:
        _sound(state)


def _sound(state: State) -> None:
    from alignment.live.filming import beep

    if state.total:
        st.html("<style>.st-key-live_beep { height: 0; overflow: hidden; }</style>")
        with st.container(key="live_beep"):
            st.audio(beep(state.total), format="audio/wav", autoplay=True)


def _latency(filming: "Filming") -> None:
    latency = filming.engine.latency
    with st.expander(say("live_pace").message):
        if latency is None:
            st.caption(say("live_pace_none").message)
            return
        st.markdown(say("live_pace_figures", **vars(latency)).message)
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
        st.session_state[_STOPPING] = filming.on and filming.job is None
        filming.close()
