"""Marks on the pelvis while filming: pictures and poses in; where both are, and how their line tilts, out."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from alignment.core.track import Frame, SourceFacts
from alignment.live.state import Phase
from alignment.marks import LiveReader, People, Places
from alignment.marks.region import torso_px
from alignment.marks.steadiness import JUMP
from alignment.views.canvas import Image

#: Both marks are as far apart, in trunks, as they usually were in the last second.
_USUAL_S: Final = 1.0
#: Who stands still moves the middle between the marks by no more than this, in trunks, for a second, in so many pictures.
_STILL_S: Final = 1.0
_STILL: Final = 0.04
_PICTURES: Final = 8
#: Where nobody stands, on a bicycle, the tilt is against its median over so much time.
_MEDIAN_S: Final = 10.0


@dataclass(frozen=True)
class HipLine:
    """Where both marks are, the person's left first, in px of the picture looked at.

    `tilt_deg` is the line's turn in the picture against standing, on a bicycle against its median, + right mark higher; None
    before that is known.
    """

    places: Places
    tilt_deg: float | None
    against: Literal["standing", "median"]


@dataclass(frozen=True)
class _Seen:
    time_s: float
    tilt_deg: float
    middle: np.ndarray
    apart: float
    trunk_px: float


class HipWatcher:
    """Follows the marks through one filming; one thread looks."""

    def __init__(self, asked: Mapping[str, Any], *, seated: bool) -> None:
        self._asked = dict(asked)
        self._seated = seated
        self._reader: LiveReader | None = None
        self._size = 0, 0
        self._recent: deque[_Seen] = deque()
        self._standing_deg: float | None = None

    def look(self, image: Image, time_s: float, people: People, size: tuple[int, int], phase: Phase) -> HipLine | None:
        """The next picture's line; None where the marks are not both seen. `people` are px of a picture of this size."""
        if self._reader is None or size != self._size:
            facts = SourceFacts("camera", None, fps=30.0, width=size[0], height=size[1])
            self._reader, self._size = LiveReader(self._asked, facts), size
            self._recent.clear()
        places = self._reader.look(Frame(0, time_s, image), people)
        if not len(people) or not np.isfinite(places).all():
            return None
        trunk_px = torso_px(people[0])
        across = places[0] - places[1]
        # With a positive tilt the right mark is higher, whether seen from the front or from behind; pixels count downwards.
        tilt_deg = float(np.degrees(np.arctan2(across[1], abs(across[0]))))
        seen = _Seen(time_s, tilt_deg, places.mean(axis=0), float(np.hypot(*across)) / trunk_px, trunk_px)
        while self._recent and self._recent[0].time_s < time_s - _MEDIAN_S:
            self._recent.popleft()
        self._recent.append(seen)
        if abs(seen.apart / np.median([one.apart for one in self._since(time_s - _USUAL_S)]) - 1) > JUMP:
            return None
        against_deg = self._against(time_s, phase)
        told_deg = None if against_deg is None else tilt_deg - against_deg
        return HipLine(places, told_deg, "median" if self._seated else "standing")

    def _against(self, time_s: float, phase: Phase) -> float | None:
        """The tilt that is none: while standing still before it begins, or where nobody stands the usual one."""
        if self._seated:
            return float(np.median([one.tilt_deg for one in self._recent])) if self._lasted(time_s, _STILL_S) else None
        if phase is not Phase.RUNNING and self._lasted(time_s, _STILL_S):
            lately = self._since(time_s - _STILL_S)
            moved = np.ptp([one.middle for one in lately], axis=0).max() / np.median([one.trunk_px for one in lately])
            if len(lately) >= _PICTURES and moved <= _STILL:
                self._standing_deg = float(np.median([one.tilt_deg for one in lately]))
        return self._standing_deg

    def _since(self, time_s: float) -> list[_Seen]:
        return [one for one in self._recent if one.time_s >= time_s]

    def _lasted(self, time_s: float, seconds: float) -> bool:
        """Whether the marks have been looked for so long."""
        return self._recent[0].time_s <= time_s - 0.9 * seconds
