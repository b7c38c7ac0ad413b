"""What finds poses in pictures, whatever library does it."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import UInt8

from alignment.core.track import ModelFacts
from alignment.pose.people import Poses

Picture = UInt8[np.ndarray, "rows columns 3"]


@runtime_checkable
class _Engine(Protocol):
    @property
    def facts(self) -> ModelFacts:
        """Which model looks."""

    def close(self) -> None:
        """Let go of whatever it holds."""


@runtime_checkable
class PoseEngine(_Engine, Protocol):
    """Finds the poses in one picture after another, each by itself. It serves one thread at a time; several may be open."""

    def detect(self, image: Picture, size: tuple[int, int]) -> Poses:
        """All poses in an RGB picture, which may be reduced, in pixels of a film of this width and height."""


@runtime_checkable
class VideoEngine(_Engine, Protocol):
    """Finds the pose in pictures that follow one another, with what it remembers of the ones before."""

    def detect_next(self, image: Picture, time_s: float, size: tuple[int, int]) -> Poses:
        """The pose in the next RGB picture of a film, in pixels of a film of this width and height."""


#: Opens one more engine for one more thread.
OpenEngine = Callable[[], PoseEngine]
OpenVideoEngine = Callable[[], VideoEngine]
