"""Single pictures of films: a file and a time in, the picture out; remembered, since pages are drawn again and again."""

from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st
from jaxtyping import UInt8

from alignment import sources
from alignment.track import SourceFacts

Image = UInt8[np.ndarray, "_ _ 3"]

_LARGE_PX: Final = 900
_SMALL_PX: Final = 420
#: The last picture may lie this much before the film's stated end.
_BEFORE_END_S: Final = 0.2


@st.cache_data(max_entries=64, show_spinner=False)
def facts(path: Path) -> SourceFacts:
    """What the film says of itself. InputError where it is none that can be read."""
    return sources.open(path).facts


@st.cache_data(max_entries=64, show_spinner=False)
def still(path: Path, time_s: float, *, small: bool = False, mirrored: bool = False) -> Image:
    """The picture shown at this time (the last one where it is past the end), turned back if mirrored.

    InputError where it cannot be decoded.
    """
    latest_s = max(0.0, facts(path).duration_s - _BEFORE_END_S)
    side_px = _SMALL_PX if small else _LARGE_PX
    source = sources.open(path, start_s=min(time_s, latest_s), max_side_px=side_px, mirrored=mirrored)
    with closing(iter(source)) as frames:  # type: ignore[type-var]  # a generator, though its type says less
        return next(frames).image
