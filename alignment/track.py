"""One person's landmarks over time: frames in from a source, a `Track` out of the pose model. NaN means not seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

#: Of how many people a frame's faces are kept, so that all of them can be blurred.
MAX_PEOPLE = 4


@dataclass(frozen=True)
class Frame:
    """One picture and its time; `image` (RGB) may be smaller than the film, landmarks are in the film's pixels."""

    index: int
    time_s: float
    image: UInt8[np.ndarray, "rows columns 3"]


@dataclass(frozen=True)
class SourceFacts:
    """What the film itself says. Sizes are those of the upright picture, after its rotation mark is obeyed."""

    name: str
    sha256: str | None
    fps: float
    width: int
    height: int
    #: How far the stored picture had to be turned clockwise to stand upright: 0, 90, 180 or 270.
    rotation_deg: int = 0
    mirrored: bool = False
    frames: int = 0
    duration_s: float = 0.0
    #: True where the film holds no times of its own, and `fps` was assumed or given.
    rate_assumed: bool = False
    #: True where the intervals between pictures differ (a phone's variable rate).
    rate_varies: bool = False
    #: True where the film ended before its own header says, or a part of it could not be decoded.
    damaged: bool = False


@runtime_checkable
class Source(Protocol):
    """Frames with their times, in order; `facts` hold the size from the start, and all the rest after the last frame."""

    @property
    def facts(self) -> SourceFacts:
        """What the film says of itself."""
        ...

    def __iter__(self) -> Iterator[Frame]: ...


@dataclass(frozen=True)
class ModelFacts:
    """Which landmark model was used, and how."""

    mediapipe: str
    variant: str
    sha256: str
    quality: str = "standard"


@dataclass(frozen=True)
class Track:
    """The subject's landmarks in every analyzed frame, in pixels of the upright film and in the model's metres.

    Pixels, never normalised coordinates: x to the right, y down, of the unmirrored film. `metres` are MediaPipe's world
    landmarks: origin between the hips, x to the right of the picture, y down, z away from the camera. `mirrored_metres`
    are those of the mirrored pictures of the frames `mirrored_frames` (positions in this track), as the model gave them.
    """

    time_s: Float[np.ndarray, " frames"]
    pixels: Float[np.ndarray, "frames landmarks 2"]
    metres: Float[np.ndarray, "frames landmarks 3"]
    visibility: Float[np.ndarray, "frames landmarks"]
    mirrored_frames: Int[np.ndarray, " samples"]
    mirrored_metres: Float[np.ndarray, "samples landmarks 3"]
    brightness: Float[np.ndarray, " frames"]
    sharpness: Float[np.ndarray, " frames"]
    people: Int[np.ndarray, " frames"]
    #: Circles over the faces of everybody found: centre x, centre y, radius in pixels.
    faces: Float[np.ndarray, "frames people 3"]
    source: SourceFacts
    model: ModelFacts

    @property
    def frames(self) -> int:
        """How many frames were analyzed."""
        return len(self.time_s)

    @property
    def seen(self) -> Bool[np.ndarray, " frames"]:
        """In which frames the subject was found."""
        found: np.ndarray = np.isfinite(self.pixels[:, :, 0]).any(axis=1)
        return found

    @property
    def rate_hz(self) -> float:
        """Analyzed frames a second (median), 0 for a single picture."""
        if self.frames < 2:
            return 0.0
        return float(1.0 / np.median(np.diff(self.time_s)))
