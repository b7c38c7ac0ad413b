"""An engine for tests and trials: poses that are made up from the picture, with no model and no library."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from alignment.core.skeleton import LANDMARKS
from alignment.core.track import ModelFacts
from alignment.pose.engine import Picture
from alignment.pose.engines import Engine
from alignment.pose.model_files import ModelFile, Progress
from alignment.pose.people import Poses

NOBODY: Final = Poses(
    np.empty((0, len(LANDMARKS), 2), np.float32),
    np.empty((0, len(LANDMARKS), 3), np.float32),
    np.empty((0, len(LANDMARKS)), np.float32),
)
FACTS: Final = ModelFacts("fake", "heavy", "0" * 64)


def see_nobody(_image: Picture) -> Poses:
    """No pose in any picture."""
    return NOBODY


class FakeEngine:
    """Finds in each picture the poses that a function makes of it. `open_count` tells how many have not been closed."""

    def __init__(self, poses: Callable[[Picture], Poses] = see_nobody, facts: ModelFacts = FACTS) -> None:
        self.facts = facts
        self.open_count = 0
        self.poses = poses

    def __call__(self) -> "FakeEngine":
        """Open it once more, which is all that an `OpenEngine` does."""
        self.open_count += 1
        return self

    def detect(self, image: Picture, size: tuple[int, int]) -> Poses:  # noqa: ARG002 - made up in the film's pixels
        """The poses made of this picture."""
        return self.poses(image)

    def detect_next(self, image: Picture, time_s: float, size: tuple[int, int]) -> Poses:  # noqa: ARG002 - as above
        """The same, whatever came before."""
        return self.poses(image)

    def close(self) -> None:
        """One fewer is open."""
        self.open_count -= 1

    def engine(self, name: str) -> Engine:
        """It as an engine for the registry; it needs no model's file."""
        return Engine(name, lambda file: self._of(file), lambda file: self._of(file), file=_no_file)

    def _of(self, file: ModelFile) -> "FakeEngine":
        self.facts = ModelFacts(self.facts.engine, file.variant, file.sha256)
        return self()


def _no_file(model: str, _progress: Progress | None) -> ModelFile:
    return ModelFile(model, Path("no.task"), "0" * 64)
