"""Key frames for paper: a result, its landmarks and pictures of the film with lines in; the person cut out, out."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from alignment.core.result import Result
from alignment.core.skeleton import INDEX, SIDES
from alignment.core.track import Track
from alignment.texts import say
from alignment.views.canvas import Image
from alignment.views.keyframes import KeyFrame, ends, extremes
from alignment.views.overlay import text_size_px
from alignment.views.report.facts import Picture
from alignment.views.wording import cycle_title, with_error

#: Room around the landmarks in parts of their height: the head above the ears, the feet below the toes, arms beside.
_ABOVE, _BELOW, _BESIDE = 0.2, 0.07, 0.08
#: What the overlay writes beside a knee ends this far from it, in heights of its text.
_WORDS_EM: Final = 8.5
#: Width by height of a picture, so that two stand well beside each other; wider only where the person is.
_ASPECT: Final = 0.62
_MOST_ROWS: Final = 760
_JPEG_QUALITY: Final = 86


class Stills:
    """The pictures of a film that stand in its report: the best repetition and the worst.

    They come from pictures with the lines drawn on them, one by one as these are there.
    """

    def __init__(self, result: Result, track: Track) -> None:
        self._result = result
        self._track = track
        self._frames = extremes(result) if track.frames else ()
        self._taken: dict[int, Picture] = {}

    @property
    def positions(self) -> tuple[int, ...]:
        """Which of the analyzed pictures are wanted."""
        return tuple(self._position(frame) for frame in self._frames)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What has been taken, the best first."""
        return tuple(self._taken[at] for at in self.positions if at in self._taken)

    def offer(self, position: int, painted: Image) -> None:
        """Take the painted picture of this analyzed frame if it is wanted. The strip below the film's own is left out."""
        for number, frame in enumerate(self._frames):
            if self._position(frame) == position:
                title, caption = self._words(number)
                self._taken[position] = Picture(_jpeg(self._cut_out(painted, position)), title, caption)

    def _position(self, frame: KeyFrame) -> int:
        return int(np.abs(self._track.time_s - frame.time_s).argmin())

    def _words(self, number: int) -> tuple[str, str]:
        frame = self._frames[number]
        value = frame.value
        codes: Sequence[str] = (
            [f"still_{end}" for end in ends(self._result)] if len(self._frames) > 1 else ("still_only",)
        )
        measure = say(f"measure_{value.measure}").message
        if value.side != "body":
            measure = say("still_sided", measure=measure, side=say(f"side_{value.side}").message).message
        told = with_error(value.value, value.standard_error, value.unit)
        what = say("still_what", measure=measure[:1].upper() + measure[1:], value=told, time_s=frame.time_s).message
        return cycle_title(frame.cycle, self._result.cycles), say(codes[number], what=what).message

    def _cut_out(self, painted: Image, position: int) -> Image:
        """The person with some room around, as far as the picture goes."""
        film = self._track.source
        scale = painted.shape[1] / film.width
        rows, columns = min(painted.shape[0], round(film.height * scale)), painted.shape[1]
        pixels = self._track.pixels[position] * scale
        seen = pixels[np.isfinite(pixels).all(axis=1)]
        if len(seen) < 2:
            return painted[:rows]
        (left, top), (right, bottom) = seen.min(axis=0), seen.max(axis=0)
        tall = bottom - top
        top, bottom = top - _ABOVE * tall, bottom + _BELOW * tall
        beside, words = _BESIDE * tall, _WORDS_EM * text_size_px(min(rows, columns))
        knees = pixels[[INDEX[f"{side}_knee"] for side in SIDES], 0]
        left, right = np.nanmin([left - beside, *(knees - words)]), np.nanmax([right + beside, *(knees + words)])
        wide = max(right - left, _ASPECT * (bottom - top))
        x0, x1 = _within((left + right - wide) / 2, (left + right + wide) / 2, columns)
        y0, y1 = _within(top, bottom, rows)
        return painted[y0:y1, x0:x1]


def _within(start: float, end: float, length: int) -> tuple[int, int]:
    """The stretch moved into 0 to `length`, and cut where it is longer."""
    if end - start >= length:
        return 0, length
    shift = max(0.0, -start) - max(0.0, end - length)
    return round(start + shift), max(round(end + shift), round(start + shift) + 1)


def _jpeg(picture: Image) -> bytes:
    """The picture as JPEG, reduced to what print can show."""
    if picture.shape[0] > _MOST_ROWS:
        columns = max(1, round(picture.shape[1] * _MOST_ROWS / picture.shape[0]))
        picture = cv2.resize(picture, (columns, _MOST_ROWS), interpolation=cv2.INTER_AREA)
    done, content = cv2.imencode(
        ".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    )
    if not done:
        raise ValueError("the picture could not be encoded")
    return bytes(content)
