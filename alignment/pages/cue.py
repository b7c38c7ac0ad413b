"""A result of a run in; the person's own cadence a little faster, to be heard, out."""

from typing import Final

import streamlit as st

from alignment.core.result import Occasion, Result
from alignment.texts import say
from alignment.views.metronome import beat

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
