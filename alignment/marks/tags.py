"""Printed tags on the waistband: ArUco 4x4_50, number 5 on the person's left, 6 on the right; their middles are the points.

They are looked for in every film. Until one is found that is done a few times a second, near the hips alone where these are
known, so that films without tags pay next to nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from alignment.core.marks import PELVIS, Marks
from alignment.core.track import Frame, Source, SourceFacts, Track
from alignment.marks.reader import MarkReader, MarkType, MarkWatcher, People, Places, register
from alignment.marks.region import Box, Region, around, around_hips, cut, near_the_hips
from alignment.marks.steadiness import steadied

Corners = Float[np.ndarray, "4 2"]

#: The tags' numbers, the person's left first.
IDS: Final = (5, 6)
#: Standard error of a tag's middle along one axis: 0.05 to 0.3 px on pictures with known places (tests/test_marks_tags.py).
ERROR_PX: Final = 0.2
#: How often is looked while none was found.
_EVERY_S: Final = 0.2
#: How far tags may lie from the middle of the hips, in trunk lengths.
_REACH: Final = 0.8
#: Small parts are enlarged to about so many pixels a side, twice at most: edges of 14 to 30 px are read twice as exactly.
_SIDE_PX: Final = 500
_ENLARGED: Final = 2.0
#: How far tags may move from one picture to the next, in edges of their own.
_MOVES: Final = 2.0
#: A single hit is no tag: the pair has to be there in so many pictures.
_PICTURES: Final = 3


class TagFinder:
    """Finds both tags in one picture after another."""

    def __init__(self, facts: SourceFacts) -> None:
        self._width = facts.width
        self._detector = _detector()
        self._due_s = -np.inf
        #: Whether any was ever found, and where to look for them next.
        self._ever = False
        self._next: Box | None = None

    def find(self, frame: Frame, people: People) -> Places:
        """Look where they were in the picture before, else near everybody's hips, or all over where nobody is seen."""
        corners = self._look(frame, [self._next]) if self._next else {}
        near_hips = [box for one in people if (box := around_hips(one, _REACH))]
        if len(corners) < len(IDS) and (frame.time_s >= self._due_s or (self._ever and near_hips)):
            self._due_s = frame.time_s + _EVERY_S
            corners = self._look(frame, near_hips or [None]) | corners
        self._ever |= bool(corners)
        self._next = _box_about(list(corners.values())) if corners else None
        return np.array([_middle(corners[one]) if one in corners else (np.nan, np.nan) for one in IDS])

    def _look(self, frame: Frame, boxes: Sequence[Box | None]) -> dict[int, Corners]:
        """The corners of our tags in these parts of the picture, by their numbers."""
        import cv2

        corners: dict[int, Corners] = {}
        for region in (cut(frame.image, self._width, box) for box in boxes):
            if region is None:
                continue
            grey = cv2.cvtColor(region.image, cv2.COLOR_RGB2GRAY)
            ratio = min(max(_SIDE_PX / max(grey.shape), 1.0), _ENLARGED)
            part = Region(grey, region.origin_px, region.step_px).enlarged(ratio)
            seen, numbers, _ = self._detector.detectMarkers(part.image)
            for four, number in zip(seen, () if numbers is None else numbers.ravel().tolist(), strict=True):
                if number in IDS:
                    corners[number] = part.to_film(four[0].astype(float))
        return corners


class TagReader:
    """Where both tags are in a film."""

    def __init__(self, facts: SourceFacts) -> None:
        self._finder = TagFinder(facts)
        self._found: list[Places] = []

    def add(self, frame: Frame, people: People) -> None:
        """Look at the next picture."""
        self._found.append(self._finder.find(frame, people))

    def marks(self, track: Track, frames: Source) -> Marks | None:  # noqa: ARG002 - every picture was looked at
        """Where the tags' middles were; None where the pair of them was not seen several times."""
        seen = near_the_hips(track, np.array(self._found).reshape(-1, 2, 2), 2 * _REACH)
        pixels, score = steadied(track, seen, np.ones((track.frames, 2)))
        if (score > 0).all(axis=1).sum() < min(_PICTURES, track.frames):
            return None
        return Marks("tags", PELVIS, pixels, score, ERROR_PX)


class TagWatcher:
    """Where both tags are in pictures as they are filmed."""

    def __init__(self, facts: SourceFacts) -> None:
        self._finder = TagFinder(facts)
        self._pictures = 0

    def look(self, frame: Frame, people: People) -> Places:
        """Both tags' middles, once the pair of them was seen several times."""
        places = self._finder.find(frame, people)
        self._pictures += bool(np.isfinite(places).all())
        return places if self._pictures >= _PICTURES else np.full((2, 2), np.nan)


def _detector() -> Any:  # noqa: ANN401 - OpenCV's
    import cv2

    settings = cv2.aruco.DetectorParameters()
    # Lines through a tag's edges, which meet in its corners: five times as exact as corners looked for one by one.
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_CONTOUR
    # No bit may be wrong: a hand that covers one makes a tag missing, and patterns of cloth make none.
    settings.errorCorrectionRate = 0.0
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), settings)


def _middle(corners: Corners) -> Float[np.ndarray, "2"]:
    """Where a square's diagonals meet, which is its middle from any direction."""
    a, b, c, d = corners
    share = np.linalg.solve(np.stack([c - a, b - d], axis=1), b - a)[0]
    return a + share * (c - a)


def _box_about(tags: Sequence[Corners]) -> Box:
    """Where the tags can have moved to until the next picture: by twice an edge."""
    edge_px = max(float(np.linalg.norm(one - np.roll(one, 1, axis=0), axis=1).max()) for one in tags)
    return around(np.concatenate(tags), _MOVES * edge_px)


def _open(_asked: Mapping[str, Any], facts: SourceFacts) -> MarkReader:
    return TagReader(facts)


def _watch(_asked: Mapping[str, Any], facts: SourceFacts) -> MarkWatcher:
    return TagWatcher(facts)


TAGS: Final = register(MarkType("tags", 30, _open, _watch))
