"""Single pictures of films, and JPEG: a file and a time in, the picture out; remembered, since pages are drawn often."""

from contextlib import closing
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import streamlit as st
from jaxtyping import UInt8

from alignment import sources
from alignment.core.track import SourceFacts

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
    reading = sources.Reading(max_side_px=side_px, mirrored=mirrored)
    with closing(iter(sources.stills(path, [time_s], reading))) as frames:  # type: ignore[type-var]  # a generator
        return next(frames).image


def part(image: Image, film_width: int, box: tuple[float, float, float, float], side_px: int) -> Image:
    """The square that these edges (left, top, right, bottom in the film's pixels) leave of a picture, this large."""
    scale = side_px * film_width / image.shape[1] / (box[2] - box[0])
    left, top = (side_px * edge / (box[2] - box[0]) for edge in box[:2])
    matrix = np.array([[scale, 0, -left], [0, scale, -top]])
    return cv2.warpAffine(image, matrix, (side_px, side_px), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def to_jpeg(image: Image, quality: int) -> bytes:
    """A picture (RGB) as JPEG."""
    done, content = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture cannot be encoded")
    return content.tobytes()


def from_jpeg(content: bytes) -> Image | None:
    """The picture (RGB) in a JPEG; None where it cannot be read."""
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    return None if image is None else np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
