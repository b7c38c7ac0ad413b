"""The sheet of two tags to wear at the waist: nothing in; a PDF of one page to print at 100 % out.

Its page is as wide as Letter and as high as A4, both on their sides, so that it fits on either without being made smaller.
"""

import json
from datetime import UTC, datetime
from importlib.resources import files as files_of
from math import floor, radians, tan
from typing import Any, Final

import cv2

from alignment.texts import say
from alignment.views.palette import LIGHT
from alignment.views.report import glyphs

#: The numbers of the person's own left and right tag, in OpenCV's dictionary of 50 tags of 4 × 4 cells.
NUMBERS: Final = {"left": 5, "right": 6}
DICTIONARY: Final = cv2.aruco.DICT_4X4_50
#: The black square's edge, the white around it (one cell; a little less where Letter ends), and from middle to middle.
EDGE_MM, WHITE_MM, APART_MM = 60.0, 10.0, 200.0
#: Four cells and the black border's two.
CELLS: Final = 6
#: Tags were found on a cyclist's waistband down to this edge in the picture.
LEAST_EDGE_PX: Final = 22.0
#: A phone sees so much across a picture's long side, of which so many pixels are looked at (`sources.Reading`).
_SEES_DEG, _LONG_SIDE_PX = 65.0, 1280
#: Nothing in the file depends on the day.
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def farthest_m() -> float:
    """How far a phone may stand for the tags to be found, in half metres: the same upright as on its side."""
    focal_px = _LONG_SIDE_PX / 2 / tan(radians(_SEES_DEG) / 2)
    return floor(2 * focal_px * EDGE_MM / 1000 / LEAST_EDGE_PX) / 2


def tag_sheet() -> bytes:
    """The PDF: a strip with the two tags, how to wear it, and a ruler to check the print. Always the same bytes."""
    import typst

    words = {name: say(f"tags_{name}").message for name in _WORDS}
    words["far"] = say("tags_far", metres=f"{farthest_m():g}").message
    printable, fonts = glyphs.printable(set(words.values()))
    content = {
        "words": {name: printable[text] for name, text in words.items()},
        "tags": {side: _cells(number) for side, number in NUMBERS.items()},
        "size": {"edge": EDGE_MM, "white": WHITE_MM, "apart": APART_MM, "cells": CELLS},
        "look": {"face": glyphs.FACE, "ink": LIGHT.ink, "muted": LIGHT.muted},
    }
    files: Any = {
        "main.typ": files_of("alignment.views.tag_sheet").joinpath("sheet.typ").read_bytes(),
        "data.json": json.dumps(content, ensure_ascii=False).encode(),
    }
    made = typst.compile(
        files,
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=True,
        timestamp=_MADE,
        pdf_standards=["a-2a", "ua-1"],
    )
    return bytes(made)


_WORDS: Final = (
    "title", "print", "ruler", "front", "behind", "left", "right", "middle", "cut", "wear", "turn", "left_alt", "right_alt"
)  # fmt: skip


def _cells(number: int) -> list[int]:
    """A tag's cells row by row, 0 black and 255 white."""
    tag = cv2.aruco.generateImageMarker(cv2.aruco.getPredefinedDictionary(DICTIONARY), number, CELLS)
    return [int(cell) for cell in tag.ravel()]
