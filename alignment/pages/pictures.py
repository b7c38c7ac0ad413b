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


@st.cache_data(max_entries=64, show_spinner=False)
def facts(path: Path) -> SourceFacts:
    """What the film says of itself. InputError where it is none that can be read."""
    return sources.open(path).facts


@st.cache_data(max_entries=64, show_spinner=False)
def still(path: Path, time_s: float, *, small: bool = False, mirrored: bool = False) -> Image:
    """The picture nearest to this time (the last one where it is past the end), turned back if mirrored.

    InputError where it cannot be decoded.
    """
    side_px = _SMALL_PX if small else _LARGE_PX
    with closing(iter(sources.stills(path, [time_s], max_side_px=side_px, mirrored=mirrored))) as frames:  # type: ignore[type-var]  # a generator
        return next(frames).image
