"""The subject in every frame, as the reconstruction leaves it and the measures take it."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from alignment.core.result import Facing
from alignment.core.skeleton import INDEX, Side
from alignment.core.track import Flags, Numbers, Pixels, Places, Vectors
from alignment.core.viewpoint.pelvis import Pelvis


@dataclass(frozen=True)
class Body:
    """The subject in every frame: `space` in the subject's axes, `picture` as filmed with the roll removed.

    Both in leg lengths with y up; `picture` has x to the right of the picture and is scaled to the frame's size of the
    figure. `standing` marks upright frames on straight legs.
    """

    time_s: Numbers
    space: Float[np.ndarray, "frames landmarks 3"]
    picture: Pixels
    #: Size of the figure in each frame against the standing frames.
    scale: Numbers
    standing: Flags
    thigh: dict[Side, float]
    shank: dict[Side, float]
    facing: Facing
    frontal: bool
    #: In which frames the subject has turned too far away.
    away: Flags
    #: Whether `space` is seen from one place throughout, so that places in different frames can be held against each other.
    from_one_place: bool = True
    #: How far round the camera is from the middle of its facing, 0 or more.
    aside_deg: float = 0.0
    #: How fast the belt of a treadmill goes, where somebody said so.
    belt_m_s: float | None = None
    #: The line between the marks on the pelvis, where somebody wears them.
    pelvis: Pelvis | None = None

    def at(self, side: Side, part: str) -> Vectors:
        """One landmark of one side in the subject's axes."""
        return self.space[:, INDEX[f"{side}_{part}"]]

    def seen_at(self, side: Side, part: str) -> Places:
        """One landmark of one side in the picture."""
        return self.picture[:, INDEX[f"{side}_{part}"]]

    def middle(self, part: str) -> Vectors:
        """The middle between both sides' landmarks."""
        return (self.at("left", part) + self.at("right", part)) / 2

    @property
    def rate_hz(self) -> float:
        """Frames a second (median)."""
        return 1.0 / float(np.median(np.diff(self.time_s))) if len(self.time_s) > 1 else 0.0
