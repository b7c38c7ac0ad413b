"""One person's landmarks over time: frames in from a source, a `Track` out of the pose model. NaN means not seen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from alignment.core.marks import Marks

#: Of each frame: a number, a mark, a place in the picture, a vector in space, every landmark's place in the picture.
Numbers = Float[np.ndarray, " frames"]
Flags = Bool[np.ndarray, " frames"]
Places = Float[np.ndarray, "frames 2"]
Vectors = Float[np.ndarray, "frames 3"]
Pixels = Float[np.ndarray, "frames landmarks 2"]

#: Of how many people a frame's faces are kept, so that all of them can be blurred.
MAX_PEOPLE = 4
#: A track's arrays with one entry per frame.
_BY_FRAME = (
    *("time_s", "pixels", "metres", "visibility", "brightness", "sharpness", "people", "faces"),
    *("camera_steps", "camera_agreement", "joints"),
)


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
    #: How many times slower than life the film plays; times, rate and duration are those of life.
    slower: float = 1.0
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
    """Which landmark model was used, and how. `engine` names the library that ran it, with version and precision."""

    engine: str
    variant: str
    sha256: str
    quality: str = "standard"
    #: Of the weights that the legs' joints were read with; None where they were not.
    joints_sha256: str | None = None


@dataclass(frozen=True)
class Track:
    """The subject's landmarks in every analyzed frame, in pixels of the upright film and in the model's metres.

    Pixels, never normalised coordinates: x to the right, y down, of the unmirrored film. `metres` are MediaPipe's world
    landmarks: origin between the hips, x to the right of the picture, y down, z away from the camera. `mirrored_metres`
    are those of the mirrored pictures of the frames `mirrored_frames` (positions in this track), as the model gave them.
    """

    time_s: Numbers
    pixels: Pixels
    metres: Float[np.ndarray, "frames landmarks 3"]
    visibility: Float[np.ndarray, "frames landmarks"]
    mirrored_frames: Int[np.ndarray, " samples"]
    mirrored_metres: Float[np.ndarray, "samples landmarks 3"]
    brightness: Numbers
    sharpness: Numbers
    people: Int[np.ndarray, " frames"]
    #: Circles over the faces of everybody found: centre x, centre y, radius in pixels.
    faces: Float[np.ndarray, "frames people 3"]
    source: SourceFacts
    model: ModelFacts
    #: How the picture of what does not move has changed since the frame before: shifted to the right and down in pixels and
    #: turned clockwise in degrees about the picture's middle, and grown, 100 times the logarithm. NaN where that is not
    #: known, None where nobody looked.
    camera_steps: Float[np.ndarray, "frames 4"] | None = None
    #: Share of the background's corners that agree with it; NaN where there are too few to tell.
    camera_agreement: Numbers | None = None
    #: The joints of the legs read anew from a zoom on them (alignment/core/joints.py): x and y and their standard deviation,
    #: in pixels. None where nobody read them.
    joints: Float[np.ndarray, "frames joints 3"] | None = None
    #: Points that the subject wears, where any were found.
    marks: Marks | None = None

    def part(self, frames: slice) -> "Track":
        """These frames alone, their times as they are in the whole film."""
        own = {name: getattr(self, name)[frames] for name in _BY_FRAME if getattr(self, name) is not None}
        mirrored = (self.mirrored_frames >= frames.start) & (self.mirrored_frames < frames.stop)
        return replace(
            self,
            mirrored_frames=self.mirrored_frames[mirrored] - frames.start,
            mirrored_metres=self.mirrored_metres[mirrored],
            marks=self.marks and self.marks.part(frames),
            **own,
        )

    @property
    def frames(self) -> int:
        """How many frames were analyzed."""
        return len(self.time_s)

    @property
    def seen(self) -> Flags:
        """In which frames the subject was found."""
        found: np.ndarray = np.isfinite(self.pixels[:, :, 0]).any(axis=1)
        return found

    @property
    def height_px(self) -> float:
        """Usual height of the whole figure in the picture, guessed landmarks included; 1 where nobody was seen."""
        y = self.pixels[self.seen, :, 1]
        return float(np.median(np.nanmax(y, axis=1) - np.nanmin(y, axis=1))) if len(y) else 1.0

    @property
    def rate_hz(self) -> float:
        """Analyzed frames a second (median), 0 for a single picture."""
        if self.frames < 2:
            return 0.0
        return float(1.0 / np.median(np.diff(self.time_s)))


def runs(flags: Flags) -> list[tuple[int, int]]:
    """First and one-past-last positions of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def interpolate(values: Numbers) -> Numbers:
    """Gaps bridged by straight lines and the ends held; all NaN stays so."""
    known = np.isfinite(values)
    if not known.any():
        return values
    at = np.arange(len(values))
    return np.interp(at, at[known], values[known])
