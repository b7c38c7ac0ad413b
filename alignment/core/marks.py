"""Points that somebody wears on the body, where they were seen: what readers of tags, dots and taps give."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Float

#: What a point was read from: "tags", "dots", "taps" or a kind that an extension registers.
MarkKind = str
#: The pelvis' two points, the person's own left first.
PELVIS: Final = ("pelvis_left", "pelvis_right")


@dataclass(frozen=True)
class Marks:
    """Named points on the body in every frame, in pixels of the upright film; NaN where one was not seen for certain.

    `score` is from 0 (not seen) to 1, `error_px` the standard error of a place along one axis of the picture.
    """

    kind: MarkKind
    names: tuple[str, ...]
    pixels: Float[np.ndarray, "frames marks 2"]
    score: Float[np.ndarray, "frames marks"]
    error_px: float

    def part(self, frames: slice) -> "Marks":
        """These frames alone."""
        return replace(self, pixels=self.pixels[frames], score=self.score[frames])

    def at(self, name: str) -> Float[np.ndarray, "frames 2"]:
        """Where one point is. KeyError where there is none of this name."""
        if name not in self.names:
            raise KeyError(name)
        return self.pixels[:, self.names.index(name)]
