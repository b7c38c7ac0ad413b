"""How fast somebody runs in; the person's own cadence a little faster, to be heard, out."""

from typing import TYPE_CHECKING, Final

import streamlit as st

from alignment.core.result import Occasion, Result
from alignment.texts import say
from alignment.views.metronome import beat

if TYPE_CHECKING:
    from alignment.live.pace import Pace

#: Of the session: the pace at which a beat was asked for.
_BEAT: Final = "cue_beat"
#: Steps a minute more, in percent: what studies tried (Heiderscheit 2011).
_MORE_PCT: Final = (5, 10)


def show(result: Result | Occasion) -> None:
    """Offer a metronome at a few percent more than the cadence of a run; nothing where there is none."""
    told = [row.mean for row in result.summary if row.measure == "cadence" and row.mean is not None]
    if result.activity != "running" or not told:
        return
    with st.expander(say("cue_title").message, icon=":material/music_note:"):
        st.markdown(say("cue_lead", cadence=f"{told[0]:.0f}").message)
        for column, more_pct in zip(st.columns(len(_MORE_PCT)), _MORE_PCT, strict=True):
            per_min = round(told[0] * (1 + more_pct / 100))
            column.markdown(say("cue_pace", more_pct=more_pct, cadence=per_min).message)
            column.audio(beat(per_min), format="audio/wav", loop=True)
        st.markdown(say("cue_compare").message)


def live(pace: "Pace") -> None:
    """Show the pace of now beside the picture, and beat a few percent more of it where that is wanted."""
    if pace.cadence is None and _BEAT not in st.session_state:
        return
    columns = st.columns(2)
    for column, code, value in zip(columns, ("cadence", "contact"), (pace.cadence, pace.contact_ms), strict=True):
        if value is not None:
            column.metric(say(f"cue_live_{code}").message, f"{value:.0f}")
    chosen = st.segmented_control(
        say("cue_live_beat").message,
        _MORE_PCT,
        format_func=lambda more_pct: say("cue_live_more", more_pct=more_pct).message,
        key="cue_more_pct",
    )
    if chosen is None:
        st.session_state.pop(_BEAT, None)
        return
    # The beat keeps to the pace at which it was asked for: a beat that follows who follows it runs away.
    base = st.session_state.setdefault(_BEAT, pace.cadence)
    if base is not None:
        per_min = round(base * (1 + chosen / 100))
        st.caption(say("cue_live_beats", cadence=per_min).message)
        st.audio(beat(per_min), format="audio/wav", autoplay=True, loop=True)
