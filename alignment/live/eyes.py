"""Pictures in, poses in them out, fast: the model in VIDEO mode, and now and then a mirrored picture in IMAGE mode.

VIDEO mode lags by a picture or two, which no eye notices, and takes half the time; what is measured in the end comes from
the recording, as for a film. The mirrored pictures tell where the camera stands (docs/viewpoint.md).
"""

import contextlib
from collections.abc import Iterator

import numpy as np
from jaxtyping import Float, UInt8

from alignment import people, pose
from alignment.people import Poses
from alignment.pose import landmarker
from alignment.skeleton import SWAPPED
from alignment.track import ModelFacts

Image = UInt8[np.ndarray, "rows columns 3"]


class Eyes:
    """The landmarkers of one filming. `look` and `look_mirrored` are each called by one thread of their own."""

    def __init__(self, model: pose.Model) -> None:
        self._model = model
        self._stack = contextlib.ExitStack()
        self._following = self._stack.enter_context(landmarker.video_landmarker(model.path))
        self._mirrored = self._stack.enter_context(landmarker.landmarkers(model.path, 1))
        self._last_ms = -1

    @property
    def facts(self) -> ModelFacts:
        """Which model looks, and how."""
        return ModelFacts(landmarker.version(), self._model.variant, self._model.sha256, pose.PLAIN)

    def look(self, image: Image, time_s: float, size: tuple[int, int]) -> Poses:
        """The pose in the next picture, in pixels of a film of this size; none where nobody is seen."""
        self._last_ms = max(round(time_s * 1000), self._last_ms + 1)
        return landmarker.detect_next(self._following, image, self._last_ms, size)

    def look_mirrored(
        self, image: Image, seen: Poses, size: tuple[int, int]
    ) -> Float[np.ndarray, "landmarks 3"] | None:
        """World landmarks of the same person in the mirrored picture, as the model gave them; None if not found there."""
        own = self._mirrored.get()
        try:
            found = landmarker.detect(own, image[:, ::-1], size)
        finally:
            self._mirrored.put(own)
        if not len(found) or not len(seen):
            return None
        pixels = found.pixels[:, SWAPPED] * np.array([-1, 1], np.float32) + np.array([size[0], 0], np.float32)
        apart_m = people.metres_apart(seen, Poses(pixels, found.metres, found.visibility[:, SWAPPED]))[0]
        twin = int(apart_m.argmin())
        return found.metres[twin] if apart_m[twin] < people.SAME_BODY_M else None

    def close(self) -> None:
        """Let go of the models."""
        self._stack.close()


@contextlib.contextmanager
def opened(model: pose.Model) -> Iterator[Eyes]:
    """Eyes that are closed at the end."""
    eyes = Eyes(model)
    try:
        yield eyes
    finally:
        eyes.close()
