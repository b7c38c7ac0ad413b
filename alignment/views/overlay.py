"""Draws what was measured onto the film: a result and a picture in, the picture with lines and verdicts out."""

import cv2
import numpy as np

from alignment.core.result import Result
from alignment.core.track import Track
from alignment.texts import say
from alignment.views import faces
from alignment.views.canvas import Canvas, Image
from alignment.views.figure import Figure, label
from alignment.views.footer import Footer

#: Pictures with a shorter side below this are enlarged, so that words can be read.
MIN_SIDE_PX = 480
#: But not so far that a strip becomes larger than a film can be.
_MOST_SIDE_PX = 4096
#: Height of the text in parts of the shorter side, and its bounds in px.
TEXT_SHARE, TEXT_MIN_PX, TEXT_MAX_PX = 1 / 31, 15.0, 36.0


class Painter:
    """Paints one result onto the pictures of its film.

    Built once per film, since it works out which faces to cover when. Raises ValueError for a result without curves
    (one that was read back from its file).
    """

    def __init__(self, result: Result, *, blur_faces: bool = True) -> None:
        if result.curves is None:
            raise ValueError("an overlay needs a result with its curves")
        self._result = result
        self._track = result.curves.track
        self._figure = Figure(result, result.curves)
        self._covers = faces.covers(self._track.faces, self._track.time_s) if blur_faces else None
        self._seen = self._track.seen
        self._footer: Footer | None = None

    @property
    def track(self) -> Track:
        """The landmarks that are drawn."""
        return self._track

    def paint(self, image: Image, position: int) -> Image:
        """The picture of analyzed frame `position` (RGB, the film's size or smaller) with everything drawn on it.

        The film's picture lies at the top left, enlarged if its shorter side is below `MIN_SIDE_PX`; below it a strip
        with verdicts, count and legend is added, so that it hides no foot. The image given stays as it is.
        """
        picture = image.copy()
        if self._covers is not None:
            faces.blur(picture, self._covers[position] * (picture.shape[1] / self._track.source.width))
        picture = _large_enough(picture)
        scale = picture.shape[1] / self._track.source.width
        em = text_size_px(min(picture.shape[:2]))
        canvas = Canvas(picture, em)
        if self._seen[position]:
            self._figure.draw(canvas, self._track.pixels[position] * scale, position, scale)
        else:
            label(canvas, (canvas.size[0] / 2, 2 * em), say("overlay_nobody").message, "centre")
        if self._footer is None or self._footer.width != canvas.size[0]:
            self._footer = Footer(self._result, canvas.size[0], em, self._figure.keys())
        return np.vstack([picture, self._footer.paint(float(self._track.time_s[position]))])


def text_size_px(shorter_side_px: int) -> float:
    """How large the overlay writes into a picture of this shorter side."""
    return min(TEXT_MAX_PX, max(TEXT_MIN_PX, TEXT_SHARE * shorter_side_px))


def _large_enough(picture: Image) -> Image:
    rows, columns = picture.shape[:2]
    enlarged = min(MIN_SIDE_PX / min(rows, columns), _MOST_SIDE_PX / max(rows, columns))
    if enlarged <= 1:
        return picture
    size = round(picture.shape[1] * enlarged), round(picture.shape[0] * enlarged)
    larger: Image = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC)
    return larger
