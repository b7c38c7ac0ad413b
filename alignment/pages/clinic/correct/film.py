"""One analysis with all that correcting it needs: records in; landmarks, key frames and results by their corrections out."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import streamlit as st

from alignment import records
from alignment.correction import leg_px, position_of
from alignment.records import Analysis, Correction, KeyFrame, Records
from alignment.result import Cycle, Result
from alignment.track import Track

_STATE: Final = "correct_film"
#: The result without corrections, with the kept ones and with those that are tried out.
_MOST_RESULTS: Final = 4


@dataclass(frozen=True)
class Film:
    """An analysis' landmarks as the model gave them and its key frames; results are computed when they are asked for."""

    place: tuple[str, str]
    analysis: Analysis
    track: Track
    frames: tuple[KeyFrame, ...]
    _results: dict[tuple[Correction, ...], Result] = field(default_factory=dict)

    def result(self, corrections: tuple[Correction, ...]) -> Result:
        """What these corrections lead to. InputError where one does not fit the landmarks."""
        found = self._results.pop(corrections, None) or records.recompute(self.analysis, self.track, corrections)
        self._results[corrections] = found
        while len(self._results) > _MOST_RESULTS:
            self._results.pop(next(iter(self._results)))
        return found

    def cleaned(self, corrections: tuple[Correction, ...] = ()) -> Track:
        """The landmarks as they are measured, with these corrections."""
        curves = self.result(corrections).curves
        return self.track if curves is None else curves.track

    def position(self, frame: KeyFrame) -> int:
        """A key frame's place among the analyzed pictures."""
        position = position_of(self.track, frame.time_s)
        return int(np.abs(self.track.time_s - frame.time_s).argmin()) if position is None else position

    def cycle_at(self, result: Result, frame: KeyFrame) -> Cycle | None:
        """The repetition that a key frame shows, None where none is there (any longer)."""
        during = [one for one in result.cycles if one.start_s - 5e-4 <= frame.time_s <= one.end_s + 5e-4]
        own = [one for one in during if one.index == frame.cycle]
        return min(own or during, key=lambda one: abs(one.key_s - frame.time_s), default=None)

    @property
    def leg_px(self) -> float | None:
        """A straight leg in the film's pixels, None where none was seen."""
        length = leg_px(self.cleaned())
        return length if np.isfinite(length) else None


def film_of(kept: Records, analysis: Analysis) -> Film:
    """What belongs to the analysis; remembered for the one that was looked at last. InputError where it is gone."""
    place = (kept.location, analysis.key)
    film: Film | None = st.session_state.get(_STATE)
    if film is None or film.place != place:
        film = Film(place, analysis, kept.track(analysis.key), kept.key_frames(analysis.key))
        st.session_state[_STATE] = film
    return film
