"""Pictures in, poses in them out, fast: the model in VIDEO mode, and now and then a mirrored picture in IMAGE mode.

VIDEO mode lags by a picture or two, which no eye notices, and takes half the time; what is measured in the end comes from
the recording, as for a film. The mirrored pictures tell where the camera stands (docs/viewpoint.md).
"""

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
from jaxtyping import Float

from alignment import people, pose
from alignment.people import Poses
from alignment.pose import landmarker
from alignment.skeleton import SWAPPED
from alignment.track import ModelFacts
from alignment.views.canvas import Image

#: Picture, its time in seconds, and width and height to give the landmarks in.
Following = Callable[[Image, float, tuple[int, int]], Poses]
#: Picture, the poses in it, and width and height that they are given in.
Mirror = Callable[[Image, Poses, tuple[int, int]], Float[np.ndarray, "landmarks 3"] | None]


def facts(model: pose.Model) -> ModelFacts:
    """Which model looks, and how."""
    return ModelFacts(landmarker.version(), model.variant, model.sha256, pose.PLAIN)


@contextlib.contextmanager
def following(model: pose.Model) -> Iterator[Following]:
    """Finds the pose in picture after picture, for one thread; nothing where nobody is seen."""
    last_ms = -1
    with landmarker.video_landmarker(model.path) as own:

        def look(image: Image, time_s: float, size: tuple[int, int]) -> Poses:
            nonlocal last_ms
            last_ms = max(round(time_s * 1000), last_ms + 1)
            return landmarker.detect_next(own, image, last_ms, size)

        yield look


@contextlib.contextmanager
def mirror(model: pose.Model) -> Iterator[Mirror]:
    """Finds the same person in the mirrored picture, for one thread: the world landmarks as the model gives them there."""
    with landmarker.landmarkers(model.path, 1) as idle:
        own = idle.get()

        def look(image: Image, seen: Poses, size: tuple[int, int]) -> Float[np.ndarray, "landmarks 3"] | None:
            found = landmarker.detect(own, image[:, ::-1], size)
            if not len(found) or not len(seen):
                return None
            pixels = found.pixels[:, SWAPPED] * np.array([-1, 1], np.float32) + np.array([size[0], 0], np.float32)
            apart_m = people.metres_apart(seen, Poses(pixels, found.metres, found.visibility[:, SWAPPED]))[0]
            twin = int(apart_m.argmin())
            return found.metres[twin] if apart_m[twin] < people.SAME_BODY_M else None

        yield look
