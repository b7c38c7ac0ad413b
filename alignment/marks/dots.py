"""Coloured round dots, one on each side of the pelvis: near the hips, of one hue, each standing out of what is about it.

Each picture gives candidates; which two of them are the dots is decided once the film is over, by what stays in its place on
the subject's pelvis. Only hues that neither skin nor wood has: with red, sixteen films without dots gave false ones. Pink
stickers come near to red, so beyond magenta proper only strong colours count.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

import numpy as np
from jaxtyping import Float, UInt8

from alignment.core.marks import PELVIS, Marks
from alignment.core.track import Flags, Frame, Source, SourceFacts, Track
from alignment.marks.hips import HipFrame, hip_frame, hip_frames
from alignment.marks.reader import MarkReader, MarkType, MarkWatcher, People, Places, register
from alignment.marks.region import Body, Region, around_hips, cut, torso_px
from alignment.marks.steadiness import steadied

#: The colours that may be asked for: from and to which of OpenCV's 180 hues.
HUES: Final = {"green": (40, 85), "blue": (92, 130), "magenta": (135, 172)}
#: Standard error of a dot's middle along one axis (tests/test_marks_dots.py).
ERROR_PX: Final = 0.4

#: How far is looked from the middle of the hips, in trunk lengths; a larger part is made this small.
_REACH: Final = 0.7
_SIDE_PX: Final = 500
#: The least chroma, of 255, that is a colour.
_CHROMA: Final = 45
#: From the first of these hues on a dot is pink: no farther towards red than the second, and its saturation, of 255, is at
#: least so much. Hands and knees in shade have hues of 170 and more, lips and light skin little colour.
_PINK: Final = (160, 169)
_PINK_SATURATION: Final = 100
#: A dot's diameter in trunk lengths, which is 1 to 8 cm; and in pixels at least.
_DIAMETERS: Final = (0.02, 0.16)
_SMALLEST_PX: Final = 4.0
#: Its shorter axis over its longer one, seen aslant; and its area over that of the ellipse of its moments.
_ROUND: Final = 0.45
_FULL: Final = (0.85, 1.15)
#: The ring about it, in radii of its own, and how much of it may have half as much of the dot's colour.
_RING: Final = (1.6, 2.4)
_RING_SHARE: Final = 0.12
#: So many of a picture are kept, the largest.
_MOST: Final = 12

#: Two dots: how far apart, how far their middle from that of the hips, both in trunk lengths; how much larger one may be;
#: and how far their line may be turned from that of the hips.
_APART: Final = (0.12, 0.9)
_OFF: Final = 0.45
_LARGER: Final = 1.8
_TURNED_DEG: Final = 35.0
#: A pair is in its place within this many trunk lengths of the others' median over so much time before and after.
_PLACE: Final = 0.12
_PLACE_S: Final = 1.0
#: A hand that covers a part of one makes it smaller than the other, by more than its light or the angle does.
_COVERED: Final = 1.2
#: They are there in so many of the pictures that show the subject, or there are none.
_SHARE: Final = 0.2
_PICTURES: Final = 3


_Plane = UInt8[np.ndarray, "rows columns"]


@dataclass(frozen=True)
class _Dot:
    """A candidate: its middle in the film's pixels and its area in theirs."""

    at: tuple[float, float]
    area: float


class DotReader:
    """Finds what may be dots in one picture after another, and in the end which of it is."""

    def __init__(self, colour: str, facts: SourceFacts) -> None:
        self._hues = HUES[colour]
        self._width = facts.width
        self._found: list[list[_Dot]] = []

    def add(self, frame: Frame, people: People) -> None:
        """Look near everybody's hips."""
        dots = {one.at: one for body in people for one in _dots_on(frame, body, self._width, self._hues)}
        self._found.append(list(dots.values()))

    def marks(self, track: Track, frames: Source) -> Marks | None:  # noqa: ARG002 - every picture was looked at
        """The pair that stays in its place on the subject's pelvis; None where there is none."""
        seen = _settled(
            track, [_pairs(dots, frame) for dots, frame in zip(self._found, hip_frames(track), strict=True)]
        )
        pixels, score = steadied(track, seen, np.ones((track.frames, 2)))
        if (score > 0).all(axis=1).sum() < max(_SHARE * track.seen.sum(), min(_PICTURES, track.frames)):
            return None
        return Marks("dots", PELVIS, pixels, score, ERROR_PX)


class DotWatcher:
    """Which dots are worn, in pictures as they are filmed: a pair that was in its place several times in the last second."""

    def __init__(self, colour: str, facts: SourceFacts) -> None:
        self._hues = HUES[colour]
        self._width = facts.width
        self._recent: deque[tuple[float, _Pair]] = deque()

    def look(self, frame: Frame, people: People) -> Places:
        """Both dots' middles on the first of these people."""
        while self._recent and self._recent[0][0] < frame.time_s - _PLACE_S:
            self._recent.popleft()
        pairs = _pairs(_dots_on(frame, people[0], self._width, self._hues), hip_frame(people[0])) if len(people) else []
        self._recent.extend((frame.time_s, pair) for pair in pairs)
        if not pairs:
            return np.full((2, 2), np.nan)
        time_s, those = np.array([when for when, _ in self._recent]), _Pairs.of([pair for _, pair in self._recent])
        agree = {i: those.with_place(i) for i in range(len(time_s) - len(pairs), len(time_s))}
        best = max(agree, key=lambda i: len(np.unique(time_s[agree[i]])))
        if len(np.unique(time_s[agree[best]])) < _PICTURES or those.covered(best, agree[best]):
            return np.full((2, 2), np.nan)
        return self._recent[best][1].pixels


def _dots_on(frame: Frame, body: Body, film_width: int, hues: tuple[int, int]) -> list[_Dot]:
    """What may be dots near somebody's hips."""
    box = around_hips(body, _REACH)
    region = cut(frame.image, film_width, box) if box else None
    return [] if region is None else _dots_in(region, hues, torso_px(body))


def _dots_in(region: Region, hues: tuple[int, int], trunk_px: float) -> list[_Dot]:
    """Round patches of these hues that stand out of their surround."""
    import cv2

    part = region.reduced(_SIDE_PX)
    hue, saturation, value = cv2.split(cv2.cvtColor(part.image, cv2.COLOR_RGB2HSV))
    chroma = cv2.multiply(saturation, value, scale=1 / 255)
    chroma[(hue < hues[0]) | (hue > hues[1])] = 0
    _, _, boxes, _ = cv2.connectedComponentsWithStats((chroma >= _CHROMA).astype(np.uint8), connectivity=8)
    smallest, largest = (one * trunk_px / part.step_px for one in _DIAMETERS)
    smallest = max(smallest, _SMALLEST_PX)
    sides = boxes[:, 2:4]
    fit = (
        (sides.min(axis=1) >= _ROUND * smallest)
        & (sides.max(axis=1) <= 1.2 * largest)
        & (sides.max(axis=1) >= smallest)
    )
    fit[0] = False
    fitting = sorted(np.flatnonzero(fit), key=lambda i: -boxes[i, cv2.CC_STAT_AREA])[:_MOST]
    found = (
        _dot(chroma, boxes[i], part, smallest, largest)
        for i in fitting
        if not _reddish(hue, saturation, chroma, boxes[i])
    )
    return [one for one in found if one is not None]


def _reddish(hue: _Plane, saturation: _Plane, chroma: _Plane, box: np.ndarray) -> bool:
    """Whether the strongest colour in a box is on the way from magenta to red and no sticker's pink."""
    left, top, wide, high, _ = box.tolist()
    at = np.s_[top : top + high, left : left + wide]
    core = chroma[at] >= np.percentile(chroma[at], 80)
    own = float(np.median(hue[at][core]))
    return own > _PINK[1] or (own > _PINK[0] and float(np.median(saturation[at][core])) < _PINK_SATURATION)


def _dot(chroma: _Plane, box: np.ndarray, part: Region, smallest: float, largest: float) -> _Dot | None:
    """The patch in this box as a dot; None where it is not round, or where its colour goes on about it."""
    left, top, wide, high, _ = box.tolist()
    margin = round(_RING[1] * max(wide, high))
    x0, y0 = max(left - margin, 0), max(top - margin, 0)
    near = chroma[y0 : top + high + margin, x0 : left + wide + margin].astype(float)
    own = near[top - y0 : top - y0 + high, left - x0 : left - x0 + wide]
    peak = float(np.percentile(own[own >= _CHROMA], 80))
    # How much of each pixel is the dot's, its soft edge included.
    y, x = np.mgrid[: near.shape[0], : near.shape[1]]
    inside = (abs(x - (left - x0 + wide / 2 - 0.5)) <= wide / 2 + 1) & (
        abs(y - (top - y0 + high / 2 - 0.5)) <= high / 2 + 1
    )
    share = np.where(inside, np.minimum(near / peak, 1), 0)
    area = share.sum()
    middle = np.array([(share * x).sum(), (share * y).sum()]) / area
    spread = np.stack([x - middle[0], y - middle[1]])
    # Its shape is that of its half-height, which blur does not change.
    most = spread[:, share >= 0.5]
    short, long = np.sqrt(np.maximum(np.linalg.eigvalsh(np.cov(most, ddof=0)), 1e-9))
    full, diameter = most.shape[1] / (4 * np.pi * short * long), 2 * np.sqrt(area / np.pi)
    away = np.hypot(*spread) / (diameter / 2)
    ring = (away > _RING[0]) & (away < _RING[1])
    if (
        not smallest <= diameter <= largest
        or short < _ROUND * long
        or not _FULL[0] <= full <= _FULL[1]
        or (near[ring] >= peak / 2).mean() > _RING_SHARE
    ):
        return None
    at = part.to_film(middle + np.array([x0, y0])).tolist()
    return _Dot((at[0], at[1]), float(area * part.step_px**2))


@dataclass(frozen=True)
class _Pair:
    """Two candidates, the person's left first: where in the film, where on the pelvis, and left over right in area."""

    pixels: Float[np.ndarray, "2 2"]
    place: Float[np.ndarray, "2 2"]
    ratio: float


def _pairs(dots: list[_Dot], frame: HipFrame | None) -> list[_Pair]:
    """All pairs of dots that could be worn on these hips."""
    if frame is None:
        return []
    pairs = []
    for left, right in permutations(dots, 2):
        pixels = np.array([left.at, right.at])
        place = frame.of_film(pixels)
        across, down = place[0] - place[1]
        ratio = left.area / right.area
        if (
            _APART[0] <= np.hypot(across, down) <= _APART[1]
            and across > 0
            and abs(np.degrees(np.arctan2(down, across))) <= _TURNED_DEG
            and np.linalg.norm(place.mean(axis=0)) <= _OFF
            and 1 / _LARGER <= ratio <= _LARGER
        ):
            pairs.append(_Pair(pixels, place, ratio))
    return pairs


def _settled(track: Track, pairs: list[list[_Pair]]) -> Float[np.ndarray, "frames 2 2"]:
    """Of each picture the pair that is where pairs are at that time, no dot of it partly covered; missing where none is."""
    pixels = np.full((track.frames, 2, 2), np.nan)
    every = [(i, pair) for i, those in enumerate(pairs) for pair in those]
    if not every:
        return pixels
    at, time_s = np.array([i for i, _ in every]), track.time_s[[i for i, _ in every]]
    those = _Pairs.of([pair for _, pair in every])
    agree = [those.with_place(i) & (np.abs(time_s - time_s[i]) <= _PLACE_S) for i in range(len(every))]
    support = np.array([len(np.unique(at[same])) for same in agree])
    for i in np.unique(at):
        best = max(np.flatnonzero(at == i).tolist(), key=lambda k: support[k])
        if support[best] >= min(_PICTURES, track.frames) and not those.covered(best, agree[best]):
            pixels[i] = every[best][1].pixels
    return pixels


@dataclass(frozen=True)
class _Pairs:
    """Many pairs: their places and the logarithms of their ratios."""

    places: Float[np.ndarray, "pairs 4"]
    ratios: Float[np.ndarray, " pairs"]

    @staticmethod
    def of(pairs: Sequence[_Pair]) -> "_Pairs":
        """These ones."""
        return _Pairs(np.stack([one.place.ravel() for one in pairs]), np.log([one.ratio for one in pairs]))

    def with_place(self, i: int) -> Flags:
        """Which are where this one is on the pelvis."""
        flags: np.ndarray = np.abs(self.places - self.places[i]).max(axis=1) < _PLACE
        return flags

    def covered(self, i: int, agree: Flags) -> bool:
        """Whether one dot of this one is smaller, against the other, than in those that agree with it."""
        return bool(abs(self.ratios[i] - np.median(self.ratios[agree])) > np.log(_COVERED))


def _open(asked: Mapping[str, Any], facts: SourceFacts) -> MarkReader | None:
    colour = asked.get("pelvis_dots")
    return DotReader(colour, facts) if colour else None


def _watch(asked: Mapping[str, Any], facts: SourceFacts) -> MarkWatcher | None:
    colour = asked.get("pelvis_dots")
    return DotWatcher(colour, facts) if colour else None


DOTS: Final = register(MarkType("dots", 20, _open, _watch))
