"""What stands for the model in tests: engines whose poses are made up, put where the real one is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from alignment.core.skeleton import SWAPPED
from alignment.core.track import Track
from alignment.pose.engines import ENGINES
from alignment.pose.fake import FakeEngine
from alignment.pose.people import Poses
from alignment.request import DEFAULT_ENGINE
from tests import films


@contextmanager
def engine_replaced(fake: FakeEngine) -> Iterator[FakeEngine]:
    """Within the block this engine looks wherever nobody asks for another one."""
    real = ENGINES[DEFAULT_ENGINE]
    ENGINES[DEFAULT_ENGINE] = fake.engine(DEFAULT_ENGINE)
    try:
        yield fake
    finally:
        ENGINES[DEFAULT_ENGINE] = real


def poses_of(track: Track, people: int = 1) -> Callable[[np.ndarray], Poses]:
    """Poses for numbered pictures (`films.marked`): those of the track's frame, fitted to the picture, turned with it.

    More `people` stand beside the first, each smaller by a third.
    """

    def poses(image: np.ndarray) -> Poses:
        mirrored = np.abs(np.subtract(films.corners(image)[0], films.TOP_LEFT)).sum() > 100
        at = films.number_of(image[:, ::-1] if mirrored else image) % track.frames
        scale = image.shape[1] / track.source.width
        sizes = (2 / 3) ** np.arange(people)[:, None, None]
        pixels = track.pixels[at] * scale * sizes + [0, image.shape[0] / 4] * (1 - sizes)
        metres, visibility = np.stack([track.metres[at]] * people), np.stack([track.visibility[at]] * people)
        if mirrored:
            pixels = (pixels * [-1, 1] + [image.shape[1], 0])[:, list(SWAPPED)]
            metres = metres[:, list(SWAPPED)] * [-1, 1, 1]
            visibility = visibility[:, list(SWAPPED)]
        return Poses(pixels.astype(np.float32), metres.astype(np.float32), visibility.astype(np.float32))

    return poses
