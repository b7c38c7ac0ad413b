"""A camera's number in; its pictures out as they come, with the time since the first one."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, Protocol

import cv2
import numpy as np

from alignment.core.track import Frame, SourceFacts
from alignment.errors import InputError
from alignment.sources.clock import ASSUMED_HZ
from alignment.sources.reading import Image, Reading, Recording, Shot, reduce_to

_QUIET: Final = 0


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that is used here."""

    def read(self) -> tuple[bool, np.ndarray | None]:
        """Whether a picture came, and the picture (BGR)."""

    def get(self, property_id: int, /) -> float:
        """One of the camera's settings, 0 where it does not tell."""

    def release(self) -> None:
        """Give the camera free for others."""


class Camera(Recording):
    """A camera, read once until `end_s`, until it stops, or until the caller does; nothing is kept.

    A picture that the caller has no time for is dropped; the times of the others stay true. The camera is released when
    the reading ends. InputError "no_camera" where it does not open or gives no picture.
    """

    live = True

    def __init__(self, number: int, reading: Reading, capture: Callable[[int], Capture] | None = None) -> None:
        with _without_chatter():
            self._capture = (capture or cv2.VideoCapture)(number)
            arrived, image = self._capture.read()
        if not arrived or image is None:
            self._capture.release()
            raise InputError("no_camera", index=number)
        rate_hz = self._capture.get(cv2.CAP_PROP_FPS)
        height, width = image.shape[:2]
        facts = SourceFacts(
            name=f"camera {number}",
            sha256=None,
            fps=rate_hz if 0 < rate_hz < np.inf else ASSUMED_HZ,
            width=width,
            height=height,
            mirrored=reading.mirrored,
        )
        self._read = False
        try:
            super().__init__(reading, facts)
        except InputError:
            self._capture.release()
            raise

    def __iter__(self) -> Iterator[Frame]:
        if self._read:
            raise RuntimeError("A camera keeps nothing, so it cannot be read a second time.")
        self._read = True
        return super().__iter__()

    def _shots(self) -> Generator[Shot, None, None]:
        first_s = None
        try:
            while True:
                arrived, image = self._capture.read()
                now_s = time.monotonic()
                if not arrived or image is None:
                    return
                first_s = now_s if first_s is None else first_s
                yield Shot(now_s - first_s, partial(self._render, image))
        finally:
            self._capture.release()

    def _render(self, image: np.ndarray) -> Image:
        return reduce_to(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), self._reading)


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep OpenCV from telling the terminal about every driver it tried."""
    before = cv2.utils.logging.setLogLevel(_QUIET)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(before)
