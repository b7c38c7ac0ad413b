"""Pictures in, poses in them out, fast: one person is followed, and now and then a mirrored picture is looked at by itself.

Following takes half the time (and MediaPipe's lags by a picture or two, which no eye notices); what is measured in the end
comes from the recording, as for a film. The mirrored pictures tell where the camera stands (docs/viewpoint.md).
"""

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
from jaxtyping import Float

from alignment.core.skeleton import SWAPPED
from alignment.pose import people
from alignment.pose.engine import VideoEngine
from alignment.pose.engines import engine_named
from alignment.pose.model_files import ModelFile
from alignment.pose.people import Poses
from alignment.request import DEFAULT_ENGINE
from alignment.views.canvas import Image

#: Picture, the poses in it, and width and height that they are given in.
DetectMirrored = Callable[[Image, Poses, tuple[int, int]], Float[np.ndarray, "landmarks 3"] | None]


def video_detector(model: ModelFile) -> "contextlib.closing[VideoEngine]":
    """Finds the pose in picture after picture, for one thread; nothing where nobody is seen."""
    opened = engine_named(DEFAULT_ENGINE).open_video
    if opened is None:
        raise ValueError("this engine cannot follow a film")
    return contextlib.closing(opened(model))


@contextlib.contextmanager
def mirrored_detector(model: ModelFile) -> Iterator[DetectMirrored]:
    """Finds the same person in the mirrored picture, for one thread: the world landmarks as the model gives them there."""
    with contextlib.closing(engine_named(DEFAULT_ENGINE).open(model)) as own:

        def look(image: Image, seen: Poses, size: tuple[int, int]) -> Float[np.ndarray, "landmarks 3"] | None:
            found = own.detect(image[:, ::-1], size)
            if not len(found) or not len(seen):
                return None
            pixels = found.pixels[:, SWAPPED] * np.array([-1, 1], np.float32) + np.array([size[0], 0], np.float32)
            apart_m = people.metres_apart(seen, Poses(pixels, found.metres, found.visibility[:, SWAPPED]))[0]
            twin = int(apart_m.argmin())
            return found.metres[twin] if apart_m[twin] < people.SAME_BODY_M else None

        yield look
