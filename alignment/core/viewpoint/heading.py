"""The direction of the camera around the subject: the four facings, and how the azimuth goes over a film."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from alignment.core.geometry import wrapped_angle_deg, wrapped_deg
from alignment.core.result import Facing
from alignment.core.track import Flags, Numbers
from alignment.core.viewpoint.subject_turn import Turn

#: Beyond this the far hip hides and the frontal plane is seen too obliquely to turn it back.
MAX_YAW_DEG = 35.0
#: Who turns further is reckoned with as if no further, and not measured.
MOST_YAW_DEG = 50.0
#: The shortest stretch of one facing that is looked at by itself.
MIN_STRETCH_S = 2.0


@dataclass(frozen=True)
class Heading:
    """The azimuth against the line of sight, which is what the model sees, and how far from it the subject turns.

    `azimuth_deg` is the mean over the frames in which the subject faces as it mostly does.
    """

    azimuth_deg: float
    se_deg: float
    turn: Turn

    @property
    def facing(self) -> Facing:
        """From which of the four sides the camera looks."""
        return facing_of(self.azimuth_deg)

    @property
    def frontal(self) -> bool:
        """Whether the camera looks at the front or the back, near enough to turn the picture into the frontal plane."""
        return self.facing in ("front", "back") and deviation_deg(self.azimuth_deg, self.facing) <= MAX_YAW_DEG

    @property
    def azimuths_deg(self) -> Numbers:
        """Azimuth in each frame; as far off the film's facing as can be reckoned with where the subject turns away."""
        if not self.turn.real:
            return np.full(len(self.turn.turned_deg), self.azimuth_deg)
        return facing_deg(self.facing) + np.clip(self._off_deg, -MOST_YAW_DEG, MOST_YAW_DEG)

    @property
    def away(self) -> Flags:
        """In which frames the subject has turned away from the film's facing, too far to turn the picture back."""
        if not self.turn.real:
            return np.zeros(len(self.turn.turned_deg), dtype=bool)
        return np.abs(self._off_deg) > MAX_YAW_DEG

    def stretches(self, time_s: Numbers) -> list[slice]:
        """The stretches of the film in which the subject faces one way, at least so long that a repetition fits in.

        One where it does not turn. Frames on the way from one to another are in none.
        """
        if not self.turn.real:
            return [slice(0, len(time_s))]
        quarter = np.rint(wrapped_deg(self.azimuth_deg + self.turn.turned_deg) / 90.0).astype(int) % 4
        edges = [0, *(np.flatnonzero(np.diff(quarter)) + 1).tolist(), len(time_s)]
        kept: list[slice] = []
        for start, stop in pairwise(edges):
            if time_s[stop - 1] - time_s[start] < MIN_STRETCH_S:
                continue
            if (
                kept
                and quarter[kept[-1].start] == quarter[start]
                and time_s[start] - time_s[kept[-1].stop - 1] < MIN_STRETCH_S
            ):
                kept[-1] = slice(kept[-1].start, stop)
            else:
                kept.append(slice(start, stop))
        return kept or [slice(0, len(time_s))]

    @property
    def _off_deg(self) -> Numbers:
        """How far each frame's azimuth is from the middle of the film's facing."""
        return wrapped_deg(self.azimuth_deg + self.turn.turned_deg - facing_deg(self.facing))


def facing_of(azimuth_deg: float) -> Facing:
    """From which of the four sides the camera looks."""
    quarter = round(wrapped_angle_deg(azimuth_deg) / 90.0)
    sides: tuple[Facing, ...] = ("front", "left", "back", "right")
    return sides[quarter % 4]


def yaw_of(azimuth_deg: float) -> float:
    """The camera's deviation from its facing in degrees: + towards the subject's left; seen from a side, + forwards."""
    facing = facing_of(azimuth_deg)
    sign = {"front": 1, "back": -1, "left": -1, "right": 1}[facing]
    return sign * wrapped_angle_deg(azimuth_deg - facing_deg(facing))


def facing_deg(facing: Facing) -> float:
    """The azimuth in the middle of a facing."""
    return {"front": 0.0, "back": 180.0, "left": 90.0, "right": -90.0}[facing]


def deviation_deg(azimuth_deg: float, facing: Facing) -> float:
    """How far an azimuth is from the middle of a facing, 0 or more."""
    return abs(wrapped_angle_deg(azimuth_deg - facing_deg(facing)))
