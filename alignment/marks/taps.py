"""Two points that somebody tapped in a picture of the film, on marks or sharp corners, found again in every other picture.

Flow from the picture before, or the hips' motion, says where to look; what looks like the tapped patch there is the point.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Literal

import numpy as np
from jaxtyping import Float, UInt8

from alignment.core.marks import PELVIS, Marks
from alignment.core.track import Frame, Source, SourceFacts, Track
from alignment.errors import InputError, phrase
from alignment.marks.hips import HipFrame, hip_frame, hip_frames
from alignment.marks.patches import (
    Grey,
    Match,
    Patch,
    Point,
    best_match,
    colour_at,
    colours_differ,
    contrast_at,
    middle_of_spot,
    patch_at,
)
from alignment.marks.reader import MarkReader, MarkType, People, register
from alignment.marks.region import Box, Region, around, cut, near_the_hips
from alignment.marks.steadiness import steadied

#: What counts as bright: all colours as people see them, or one alone.
Shade = Literal["grey", "red", "green", "blue"]
Picture = UInt8[np.ndarray, "rows columns 3"]

#: Standard error of a point along one axis: 0.1 to 0.4 px on painted beads and on those of a real film.
ERROR_PX: Final = 0.5
#: Half the side of the patch that is compared, in trunk lengths: one of these, as large as the mark is. In pixels at least.
_PATCHES: Final = (0.05, 0.08, 0.13)
_SMALLEST_PX: Final = 6
#: Where no hips are known, a trunk is taken for this share of the picture's longer side.
_TRUNK_GUESSED: Final = 0.12
#: The least contrast of what can be followed, and how much anything else near it may look like it. On the real film beads
#: have 5.5 to 13 and up to 0.91; plain cloth and skin 0.1 to 0.4; edges 0.4 to 3 and up to 0.99; the navel 3.9 and 0.95.
_CONTRAST: Final = 4.0
_ALIKE: Final = 0.94
_NEARLY: Final = 0.8
_SHADES: Final[tuple[Shade, ...]] = ("grey", "red", "green", "blue")
#: A film stores brightness more finely than colours, so it is preferred up to this factor.
_BRIGHTNESS: Final = 1.25
#: A patch is the same where it correlates by so much; where the point was lost before, by more. At 0.7 a twentieth of the
#: points that the real film gave were wrong by 1 to 20 px.
_SAME: Final = 0.8
_SAME_AGAIN: Final = 0.85
#: And where its colour differs by so many levels of 255 at most: beads of the real film by 4, one of a hundred by 13.
_COLOUR: Final = 25.0
#: How far the point may be from where it is looked for, in trunk lengths: by flow, and by the hips or the last place alone.
_NEAR: Final = 0.04
_NEAR_HIPS: Final = 0.2
#: How far a point that is followed may come to lie from its place on the hips, as these are seen, in trunk lengths.
_STRAY: Final = 0.3
#: So long after it was last seen flow is followed, and so far.
_FLOW_S: Final = 0.15
_FLOW_REACH: Final = 0.35
#: Flow leads back to where it began, within so many pixels.
_BACK_PX: Final = 1.0
#: The least distance between the points, and the greatest from the middle of the hips, in trunk lengths.
_APART: Final = 0.1
_HIPS_REACH: Final = 1.0
#: A point that was lost is as far from the other as before, up to this share.
_APART_AGAIN: Final = 0.2
#: So much memory the pictures before the first tap may take, about the hips alone: minutes of film.
_KEPT_BYTES: Final = 400_000_000
#: A tap is in the picture nearest to its time, no farther than this; and times that are the same differ by less.
_NEAREST_S: Final = 0.1
_SAME_S: Final = 1e-3


@dataclass(frozen=True)
class Tap:
    """Where somebody tapped, the person's left first, in pixels of the film; and in the picture of which time."""

    time_s: float
    points: tuple[tuple[float, float], tuple[float, float]]


def parse_taps(text: str) -> tuple[Tap, ...]:
    """The taps of `x,y,x,y@s`, several separated by `;`, in the order of their times. InputError where it says none."""
    taps = []
    for one in filter(None, (part.strip() for part in text.split(";"))):
        places, _, time = one.partition("@")
        try:
            left_x, left_y, right_x, right_y, time_s = (float(number) for number in (*places.split(","), time))
        except ValueError:
            raise InputError("bad_pelvis_points", text=one) from None
        if not np.isfinite([left_x, left_y, right_x, right_y, time_s]).all() or time_s < 0:
            raise InputError("bad_pelvis_points", text=one)
        taps.append(Tap(time_s, ((left_x, left_y), (right_x, right_y))))
    if not taps:
        raise InputError("bad_pelvis_points", text=text)
    return tuple(sorted(taps, key=lambda tap: tap.time_s))


def format_taps(taps: tuple[Tap, ...]) -> str:
    """The text that `parse_taps` reads."""
    return ";".join(f"{','.join(f'{x:.1f}' for point in tap.points for x in point)}@{tap.time_s:.3f}" for tap in taps)


@dataclass(frozen=True)
class TappedPoint:
    """A point of a tapped picture: where it is, in pixels as OpenCV counts them, what it looks like, and in which shade."""

    at: Point
    patch: Patch
    colour: Float[np.ndarray, "3"]
    shade: Shade


@dataclass(frozen=True)
class Tapped:
    """A tapped picture as others are compared with it; `places` on the hips are None where those are unknown."""

    points: tuple[TappedPoint, TappedPoint]
    trunk_px: float
    places: Float[np.ndarray, "2 2"] | None

    @property
    def across(self) -> Point:
        """From the right point to the left one."""
        return self.points[0].at - self.points[1].at


def tapped_in(image: Picture, film_width: int, tap: Tap, hips: HipFrame | None = None) -> Tapped:
    """What a tap shows of its picture. InputError where a point is outside of it or nothing there could be followed."""
    whole = _whole(image, film_width)
    trunk_px = hips.trunk_px / whole.step_px if hips else _TRUNK_GUESSED * max(image.shape)
    at = whole.from_film(np.array(tap.points))
    if np.linalg.norm(at[0] - at[1]) < _APART * trunk_px:
        raise InputError("taps_too_close", time_s=tap.time_s)
    left, right = (_point(image, at[i], trunk_px, f"tap_{PELVIS[i]}", tap.time_s) for i in (0, 1))
    places = hips.of_film(whole.to_film(np.stack([left.at, right.at]))) if hips else None
    return Tapped((left, right), trunk_px, places)


def _point(image: Picture, tapped: Point, trunk_px: float, which: str, time_s: float) -> TappedPoint:
    """The middle of what was tapped, in the shade in which it shows most: colours may be as bright as the cloth.

    Its patch is the smallest that shows nearly all that larger ones do. InputError where none shows enough.
    """
    tried = [(shade, *_patches(_grey(image, shade), tapped, trunk_px)) for shade in _SHADES]
    shows = [max((contrast for contrast, _, _ in found), default=0.0) for _, found, _ in tried]
    best = int(np.argmax([_BRIGHTNESS * shows[0], *shows[1:]]))
    shade, found, _ = tried[best]
    if not found:
        raise InputError(tried[0][2], which=phrase(which), time_s=time_s)
    at, patch = next((at, patch) for contrast, at, patch in found if contrast >= _NEARLY * shows[best])
    return TappedPoint(at, patch, colour_at(image, at, patch.half_px), shade)


def _patches(grey: Grey, tapped: Point, trunk_px: float) -> tuple[list[tuple[float, Point, Patch]], str]:
    """Patches about what was tapped that can be found again, each with its contrast and middle; and why others cannot."""
    found: list[tuple[float, Point, Patch]] = []
    fault = "tap_outside_picture"
    for size in _PATCHES:
        half_px = max(round(size * trunk_px), _SMALLEST_PX)
        if not ((tapped >= half_px) & (tapped < np.array(grey.shape[::-1]) - half_px)).all():
            break
        point = middle_of_spot(grey, tapped, half_px)
        patch = patch_at(grey, point, half_px)
        own = best_match(grey, patch.turned(0.0, 1.0), point, _NEAR_HIPS * trunk_px)
        contrast = contrast_at(grey, point, half_px)
        if contrast < _CONTRAST:
            fault = "tap_without_texture"
        elif own is None or own.elsewhere > _ALIKE * own.fit:
            fault = "tap_not_alone"
        else:
            found.append((contrast, point, patch))
    return found, fault


class TapFollower:
    """Follows both points of a tapped picture from one picture to the next; hips lead back to a point that was lost."""

    def __init__(self, tapped: Tapped) -> None:
        self._tapped = tapped
        #: Where each was seen last, in which picture, and when.
        self._at = np.stack([point.at for point in tapped.points])
        self._greys: list[Grey | None] = [None, None]
        self._times_s = np.full(2, -np.inf)
        #: From the right one to the left one when both were seen last, in trunk lengths.
        self._across = tapped.across / tapped.trunk_px

    def compare_with(self, tapped: Tapped) -> None:
        """Hold what comes against another tapped picture, and begin anew where the points are in it."""
        if tapped is not self._tapped:
            self._tapped = tapped
            self._at = np.stack([point.at for point in tapped.points])
            self._times_s = np.full(2, -np.inf)

    def follow(self, whole: Region, time_s: float, hips: HipFrame | None) -> np.ndarray:
        """Both points in the film's pixels and how well each fits, as rows x, y, fit; NaN where one was not found.

        All pictures are the same part of the film, which may run either way: times only have to rise.
        """
        image = whole.image
        guesses, trunk_px = self._at, self._tapped.trunk_px
        if hips and self._tapped.places is not None:
            guesses, trunk_px = whole.from_film(hips.to_film(self._tapped.places)), hips.trunk_px / whole.step_px
        by_shade = {shade: _grey(image, shade) for shade in {point.shade for point in self._tapped.points}}
        greys = [by_shade[point.shade] for point in self._tapped.points]
        rows = np.full((2, 3), np.nan)
        for i, point in enumerate(self._tapped.points):
            found = self._find(greys[i], i, guesses[i], time_s, trunk_px)
            # A hand may show the same shape, and is none the less a hand.
            if found and colours_differ(point.colour, colour_at(image, found.at, point.patch.half_px)) <= _COLOUR:
                rows[i] = *found.at, found.fit
        if hips and self._tapped.places is not None:
            rows[np.linalg.norm(rows[:, :2] - guesses, axis=1) > _STRAY * trunk_px] = np.nan
        across = (rows[0, :2] - rows[1, :2]) / trunk_px
        if abs(np.linalg.norm(across) / np.linalg.norm(self._across) - 1) > _APART_AGAIN:
            rows[time_s - self._times_s > _FLOW_S] = np.nan
        if np.isfinite(rows).all():
            self._across = across
        for i in np.flatnonzero(np.isfinite(rows[:, 0])).tolist():
            self._at[i], self._greys[i], self._times_s[i] = rows[i, :2], greys[i], time_s
        return np.column_stack([whole.to_film(rows[:, :2]), rows[:, 2]])

    def _find(self, grey: Grey, i: int, guess: Point, time_s: float, trunk_px: float) -> Match | None:
        """Where a point is seen: near where flow takes it, or else alone of its kind near another guess."""
        turn_deg = _direction_deg(self._across) - _direction_deg(self._tapped.across)
        patch = self._tapped.points[i].patch.turned(turn_deg, trunk_px / self._tapped.trunk_px)
        by_flow = self._by_flow(grey, i, trunk_px) if time_s - self._times_s[i] <= _FLOW_S else None
        if by_flow is not None:
            match = best_match(grey, patch, by_flow, _NEAR * trunk_px)
            if match is not None and match.fit >= _SAME:
                return match
        match = best_match(grey, patch, guess, _NEAR_HIPS * trunk_px)
        return match if match is not None and match.fit >= _SAME_AGAIN and match.alone else None

    def _by_flow(self, grey: Grey, i: int, trunk_px: float) -> Point | None:
        """Where flow takes a point from the picture in which it was seen last; None where it does not lead back as well."""
        import cv2

        before, at = self._greys[i], self._at[i]
        box = around(at[None], _FLOW_REACH * trunk_px)
        old = None if before is None else cut(before, before.shape[1], box)
        new = cut(grey, grey.shape[1], box)
        if old is None or new is None:
            return None
        side = 2 * self._tapped.points[i].patch.half_px + 1
        flow = partial(cv2.calcOpticalFlowPyrLK, winSize=(side, side), maxLevel=3)
        start = (at - np.asarray(old.origin_px)).astype(np.float32)[None]
        there, ok, _ = flow(old.image, new.image, start, None)
        back, ok_back, _ = flow(new.image, old.image, there, None)
        if not (ok.all() and ok_back.all()) or np.linalg.norm(back - start) > _BACK_PX:
            return None
        return there[0].astype(float) + np.asarray(old.origin_px)


def followed(frames: Source, tap: Tap, shown: int = 3) -> list[tuple[Frame, np.ndarray]]:
    """Some of the pictures after a tap, evenly spread, with both points in them as `TapFollower.follow` gives them.

    For somebody to see whether the points are followed before the whole film is looked at; nobody's hips help here.
    InputError where they could not be.
    """
    film_width = frames.facts.width
    taken: list[tuple[Frame, np.ndarray]] = []
    before: Frame | None = None
    follower: TapFollower | None = None
    for frame in frames:
        if follower is None and frame.time_s >= tap.time_s:
            near = frame if before is None else min(before, frame, key=lambda one: abs(one.time_s - tap.time_s))
            follower = TapFollower(tapped_in(_in_time(tap, near).image, film_width, tap))
            follower.follow(_whole(near.image, film_width), near.time_s, None)
        if follower is not None:
            taken.append((frame, follower.follow(_whole(frame.image, film_width), frame.time_s, None)))
        before = frame
    if not taken:
        raise InputError("tap_outside_film", time_s=tap.time_s)
    return [taken[round(i)] for i in np.linspace(0, len(taken) - 1, shown + 1)[1:]]


class TapReader:
    """Keeps the tapped pictures while the film is read, and then goes through it once more."""

    def __init__(self, taps: tuple[Tap, ...], facts: SourceFacts) -> None:
        self._taps = taps
        self._width = facts.width
        #: The nearest picture to each tap so far, where in the film it is, and who was seen in it.
        self._kept: list[tuple[int, Frame, People] | None] = [None] * len(taps)
        self._pictures = 0

    def add(self, frame: Frame, people: People) -> None:
        """Keep the picture if it is the nearest to a tap. InputError where nothing in it could be followed."""
        for i, tap in enumerate(self._taps):
            kept = self._kept[i]
            if kept is None or abs(frame.time_s - tap.time_s) < abs(kept[1].time_s - tap.time_s):
                self._kept[i] = self._pictures, frame, people
            elif kept[0] == self._pictures - 1:
                # Said now, and not after the whole film was gone through.
                tapped_in(_in_time(tap, kept[1]).image, self._width, tap, _nearest_hips(tap, kept[2]))
        self._pictures += 1

    def marks(self, track: Track, frames: Source) -> Marks | None:
        """Where the points were, followed from each tap to the next, and from the first one back to the film's beginning."""
        hips = hip_frames(track)
        tapped = []
        for tap, kept in zip(self._taps, self._kept, strict=True):
            if kept is None:
                return None
            tapped.append(tapped_in(_in_time(tap, kept[1]).image, self._width, tap, hips[kept[0]]))
        starts_s = np.array([tap.time_s for tap in self._taps])
        first = next(kept[0] for kept in self._kept if kept is not None)
        near_hips = _about([one for one in hips[: first + 1] if one is not None])
        follower, before = TapFollower(tapped[0]), deque[tuple[int, float, Region]]()
        rows = np.full((track.frames, 2, 3), np.nan)
        for i, frame in zip(range(track.frames), frames, strict=False):
            whole = _whole(frame.image, self._width)
            if i <= first:
                part = cut(frame.image, self._width, near_hips) or whole
                before.append((i, frame.time_s, replace(part, image=part.image.copy())))
                while len(before) * part.image.nbytes > _KEPT_BYTES:
                    before.popleft()
            if i >= first:
                holds = int(np.searchsorted(starts_s, frame.time_s + _SAME_S, side="right")) - 1
                follower.compare_with(tapped[max(holds, 0)])
                rows[i] = follower.follow(whole, frame.time_s, hips[i])
        if before:
            back = TapFollower(_in_part(tapped[0], before[-1][2]))
            for i, time_s, part in reversed(before):
                found = back.follow(part, -time_s, hips[i])
                rows[i] = found if i < first else rows[i]
        pixels, score = steadied(track, near_the_hips(track, rows[:, :, :2], _HIPS_REACH), rows[:, :, 2])
        return Marks("taps", PELVIS, pixels, score, ERROR_PX)


def _about(hips: Sequence[HipFrame]) -> Box | None:
    """The part of a film in which the points can be while the hips are in these places; None where no hips are known."""
    if not hips:
        return None
    margin_px = (_HIPS_REACH + _NEAR_HIPS) * max(one.trunk_px for one in hips)
    return around(np.stack([one.middle for one in hips]), margin_px)


def _in_part(tapped: Tapped, part: Region) -> Tapped:
    """The tapped points in a part of their picture."""
    left, right = (replace(one, at=one.at - np.array(part.origin_px) / part.step_px) for one in tapped.points)
    return replace(tapped, points=(left, right))


def _in_time(tap: Tap, frame: Frame) -> Frame:
    """The frame itself. InputError where it is of another time."""
    if abs(frame.time_s - tap.time_s) > _NEAREST_S:
        raise InputError("tap_outside_film", time_s=tap.time_s)
    return frame


def _nearest_hips(tap: Tap, people: People) -> HipFrame | None:
    """The hips nearest to a tap; None where nobody is seen."""
    middle = np.mean(tap.points, axis=0)
    seen = [one for one in map(hip_frame, people.astype(float)) if one is not None]
    return min(seen, key=lambda one: float(np.linalg.norm(one.middle - middle)), default=None)


def _direction_deg(line: Point) -> float:
    return float(np.degrees(np.arctan2(line[1], line[0])))


def _whole(image: np.ndarray, film_width: int) -> Region:
    return Region(image, (0.0, 0.0), film_width / image.shape[1])


def _grey(image: Picture, shade: Shade) -> Grey:
    import cv2

    return (
        cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        if shade == "grey"
        else cv2.extractChannel(image, _SHADES.index(shade) - 1)
    )


def _open(asked: Mapping[str, Any], facts: SourceFacts) -> MarkReader | None:
    text = asked.get("pelvis_points")
    return TapReader(parse_taps(text), facts) if text else None


TAPS: Final = register(MarkType("taps", 10, _open))
