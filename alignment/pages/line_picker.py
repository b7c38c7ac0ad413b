"""A picture on which the person draws a line: the picture in, the ends in its pixels out."""

import numpy as np
from jaxtyping import UInt8

from alignment.pages import pictures, style
from alignment.texts import say

Line = tuple[tuple[float, float], tuple[float, float]]


def draw(image: UInt8[np.ndarray, "rows columns 3"], key: str) -> Line | None:
    """Show the picture (RGB) to draw on; start and end of the line in its pixels, None as long as there is none."""
    labels = {
        "image": say("line_image").message,
        "hint": say("line_hint").message,
        "ends": [say("line_first_end").message, say("line_second_end").message],
    }
    found = style.component("line_picker")(
        key=key,
        data={"image": style.data_url(pictures.to_jpeg(image, 85), "image/jpeg"), "line": None, "labels": labels},
        default={"line": None},
        on_line_change=_run_again,
    )
    shares = found.line
    if not shares:
        return None
    rows, columns = image.shape[:2]
    return (shares[0] * columns, shares[1] * rows), (shares[2] * columns, shares[3] * rows)


def _run_again() -> None:
    """The page runs again by itself; nothing else is to be done."""
