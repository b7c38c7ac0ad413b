"""A picture on which the person draws a line: the picture in, the ends in its pixels out."""

import base64
from functools import cache
from typing import Any

import cv2
import numpy as np
import streamlit as st
from jaxtyping import UInt8

from alignment.pages import style
from alignment.texts import say

Line = tuple[tuple[float, float], tuple[float, float]]


@cache
def _component() -> Any:  # noqa: ANN401 - a component's renderer, which Streamlit does not name
    return st.components.v2.component(
        "alignment_line", html=style.asset("line.html"), css=style.asset("line.css"), js=style.asset("line.js")
    )


def draw(image: UInt8[np.ndarray, "rows columns 3"], key: str) -> Line | None:
    """Show the picture (RGB) to draw on; start and end of the line in its pixels, None as long as there is none."""
    labels = {
        "image": say("line_image").message,
        "hint": say("line_hint").message,
        "ends": [say("line_first_end").message, say("line_second_end").message],
    }
    found = _component()(
        key=key,
        data={"image": _jpeg(image), "line": None, "labels": labels},
        default={"line": None},
        on_line_change=_taken,
    )
    shares = found.line
    if not shares:
        return None
    rows, columns = image.shape[:2]
    return (shares[0] * columns, shares[1] * rows), (shares[2] * columns, shares[3] * rows)


def _taken() -> None:
    """The page runs again by itself; nothing else is to be done."""


def _jpeg(image: UInt8[np.ndarray, "rows columns 3"]) -> str:
    done, content = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 85])
    if not done:
        raise ValueError("the picture cannot be encoded")
    return f"data:image/jpeg;base64,{base64.b64encode(content.tobytes()).decode()}"
