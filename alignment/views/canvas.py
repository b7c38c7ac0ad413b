"""Lines, labels and symbols on a picture: positions in its pixels in, anti-aliased marks on the same picture out."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np
from jaxtyping import Float, UInt8

from alignment.core.result import Verdict

Image = UInt8[np.ndarray, "_ _ 3"]
Colour = tuple[int, int, int]
Point = Float[np.ndarray, " 2"] | tuple[float | int, float | int]
Align = Literal["left", "centre", "right"]
#: A judgement's kind of mark; None where something was measured but nothing says what is usual.
Mark = Verdict | None

INK: Colour = (22, 24, 29)
PAPER: Colour = (255, 255, 255)
#: Okabe and Ito's colours, which stay apart with every kind of colour vision. Each also has a shape of its own.
COLOURS: dict[Mark, Colour] = {
    Verdict.WITHIN: (0, 158, 115),
    Verdict.EDGE: (240, 228, 66),
    Verdict.OUTSIDE: (213, 94, 0),
    Verdict.UNKNOWN: (165, 165, 165),
    None: (86, 180, 233),
}
#: OpenCV draws to a sixteenth of a pixel if told so.
_SUBPIXEL_BITS = 4
_local = threading.local()


class Canvas:
    """A picture that is drawn on in place. Sizes that follow the picture are given in `em`, the text height in px."""

    def __init__(self, image: Image, em: float) -> None:
        self.image = image
        self.em = em
        self._face = _typeface()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        return self.image.shape[1], self.image.shape[0]

    def line(self, points: Sequence[Point], colour: Colour, width: float, casing: float = 0.0) -> None:
        """A line through the points, with a dark casing of that many px on both sides. NaN points break it."""
        strokes = [(INK, width + 2 * casing), (colour, width)] if casing else [(colour, width)]
        for paint, wide in strokes:
            pen = max(1, round(wide))
            for start, end in pairwise(points):
                if _all_finite(start, end):
                    first, last = _subpixel(start), _subpixel(end)
                    cv2.line(self.image, first, last, paint, pen, cv2.LINE_AA, shift=_SUBPIXEL_BITS)

    def dashes(self, start: Point, end: Point, colour: Colour, width: float, dash: float, casing: float = 1.0) -> None:
        """A dashed line with dashes of that length in px; nothing where an end is NaN."""
        if not _all_finite(start, end):
            return
        first, last = np.asarray(start, float), np.asarray(end, float)
        length = float(np.hypot(*(last - first)))
        if length < 1:
            return
        step = (last - first) / length
        for at in np.arange(0.0, length, 1.7 * dash):
            self.line([first + step * at, first + step * min(at + dash, length)], colour, width, casing)

    def dot(self, centre: Point, radius: float, colour: Colour, casing: float = 0.0) -> None:
        """A filled disc, with a dark ring around it of that many px. Nothing where the centre is NaN."""
        if not _all_finite(centre):
            return
        discs = [(INK, radius + casing), (colour, radius)] if casing else [(colour, radius)]
        for paint, reach in discs:
            fixed_radius = round(reach * 2**_SUBPIXEL_BITS)
            cv2.circle(
                self.image, _subpixel(centre), fixed_radius, paint, cv2.FILLED, cv2.LINE_AA, shift=_SUBPIXEL_BITS
            )

    def text_width(self, text: str, size: float, weight: int = 500) -> int:
        """Width of a text in px."""
        return int(cv2.getTextSize((0, 0), text, (0, 0), self._face, round(size), weight)[2])

    def text(
        self, at: Point, text: str, size: float, colour: Colour = PAPER, weight: int = 500, align: Align = "left"
    ) -> None:
        """One line of text, `at` the left, middle or right of its height's middle."""
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * self.text_width(text, size, weight)
        # Capitals are about 0.7 of the size high, so that this puts their middle at `at`.
        origin = (round(at[0] - shift), round(at[1] + 0.35 * size))
        cv2.putText(self.image, text, origin, colour, self._face, round(size), weight)

    def panel(self, left: float, top: float, right: float, bottom: float, opacity: float = 0.78) -> None:
        """A dark rounded ground for text, cut off at the picture's edge."""
        columns, rows = self.size
        x0, y0 = max(0, round(left)), max(0, round(top))
        x1, y1 = min(columns, round(right)), min(rows, round(bottom))
        if x1 <= x0 or y1 <= y0:
            return
        part = self.image[y0:y1, x0:x1]
        ground = part.copy()
        radius = max(1, min(round(0.3 * self.em), (x1 - x0) // 2, (y1 - y0) // 2))
        cv2.rectangle(ground, (radius, 0), (x1 - x0 - 1 - radius, y1 - y0 - 1), INK, cv2.FILLED)
        cv2.rectangle(ground, (0, radius), (x1 - x0 - 1, y1 - y0 - 1 - radius), INK, cv2.FILLED)
        for x in (radius, x1 - x0 - 1 - radius):
            for y in (radius, y1 - y0 - 1 - radius):
                cv2.circle(ground, (x, y), radius, INK, cv2.FILLED, cv2.LINE_AA)
        cv2.addWeighted(ground, opacity, part, 1 - opacity, 0, dst=part)

    def mark(self, centre: Point, radius: float, kind: Mark) -> None:
        """The symbol of a judgement: its colour and a shape that says the same without the colour."""
        colour, opacity = _sprite(kind, max(2.0, round(2 * radius) / 2))
        columns, rows = self.size
        left, top = round(float(centre[0])) - len(colour) // 2, round(float(centre[1])) - len(colour) // 2
        x0, y0, x1, y1 = max(0, left), max(0, top), min(columns, left + len(colour)), min(rows, top + len(colour))
        if x1 <= x0 or y1 <= y0:
            return
        shown = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
        part = self.image[y0:y1, x0:x1]
        part[:] = np.rint(colour[shown] + part * (1 - opacity[shown]))

    def ring(self, centre: Point, radius: float, colour: Colour, width: float) -> None:
        """A circle."""
        fixed_radius, pen = round(radius * 2**_SUBPIXEL_BITS), max(1, round(width))
        cv2.circle(self.image, _subpixel(centre), fixed_radius, colour, pen, cv2.LINE_AA, shift=_SUBPIXEL_BITS)

    def fill(self, corners: Sequence[Point], colour: Colour) -> None:
        """A filled convex shape."""
        fixed = np.array([_subpixel(corner) for corner in corners], np.int32)
        cv2.fillConvexPoly(self.image, fixed, colour, cv2.LINE_AA, shift=_SUBPIXEL_BITS)


def wrap(canvas: Canvas, text: str, size: float, width: float, weight: int = 500) -> list[str]:
    """The text in lines of at most that width in px, broken between words; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and canvas.text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=64)
def _sprite(kind: Mark, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """A mark's colour (times its opacity) and opacity, drawn eight times too large so that small ones stay clear."""
    side = 2 * round(1.25 * radius) + 1
    drawn = []
    for ground in (0, 255):
        canvas = Canvas(np.full((8 * side, 8 * side, 3), ground, np.uint8), radius)
        _draw_mark(canvas, (4.0 * side, 4.0 * side), 8 * radius, kind)
        drawn.append(cv2.resize(canvas.image, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32))
    return drawn[0], 1 - (drawn[1] - drawn[0]) / 255


def _draw_mark(canvas: Canvas, centre: tuple[float, float], radius: float, kind: Mark) -> None:
    colour, pen = COLOURS[kind], 0.26 * radius

    def at(*steps: Point) -> list[tuple[float, float]]:
        return [(centre[0] + radius * across, centre[1] + radius * down) for across, down in steps]

    if kind is Verdict.WITHIN:
        canvas.dot(centre, radius, colour)
        canvas.line(at((-0.48, 0.02), (-0.12, 0.4), (0.5, -0.38)), PAPER, pen)
    elif kind is Verdict.EDGE:
        canvas.fill(at((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)), colour)
        canvas.line(at(*((0.62 * s, -0.22 * np.sin(np.pi * s)) for s in np.linspace(-1, 1, 13))), INK, 0.75 * pen)
    elif kind is Verdict.OUTSIDE:
        canvas.fill(at((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)), colour)
        canvas.line(at((0, -0.5), (0, 0.12)), PAPER, pen)
        canvas.dot(at((0, 0.52))[0], 0.6 * pen, PAPER)
    elif kind is Verdict.UNKNOWN:
        canvas.ring(centre, 0.9 * radius, colour, 0.6 * pen)
        hook = [(0.3 * np.cos(a), -0.22 + 0.3 * np.sin(a)) for a in np.linspace(-np.pi, 0.5 * np.pi, 12)]
        canvas.line(at(*hook, (0, 0.26)), colour, 0.75 * pen)
        canvas.dot(at((0, 0.54))[0], 0.5 * pen, colour)
    else:
        canvas.ring(centre, 0.88 * radius, colour, 0.8 * pen)
        canvas.dot(centre, 0.4 * radius, colour)


def _typeface() -> "cv2.FontFace":
    """OpenCV's own typeface (from version 5 on), so that ° and umlauts need no font on the machine.

    One per thread: it keeps the letters it has drawn, and nothing says that threads may share it.
    """
    if not hasattr(_local, "face"):
        _local.face = cv2.FontFace("sans")
    face: cv2.FontFace = _local.face
    return face


def _all_finite(*points: Point) -> bool:
    return bool(np.isfinite(np.asarray(points, float)).all())


def _subpixel(point: Point) -> tuple[int, int]:
    scale = 2**_SUBPIXEL_BITS
    return round(float(point[0]) * scale), round(float(point[1]) * scale)
