"""Small pictures in; how the camera moved from each to the next, as what is seen beside the people tells, out."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from jaxtyping import Bool, Float, UInt8

from alignment.pose.people import Poses

Grey = UInt8[np.ndarray, "rows columns"]
Points = Float[np.ndarray, "points 2"]

#: So many corners are followed, so far apart, from this share of the best one's strength on.
_POINTS: Final = 120
_APART_PX: Final = 6
_STRENGTH: Final = 0.01
#: Weaker ones are a wall's shading and the codec's noise, which go with nothing: as `cornerMinEigenVal` has it. The square
#: root, in grey levels of 255, is 0.5 to 1.5 there, 2 to 3 in a dark room, 5 to 70 elsewhere.
_WEAKEST: Final = (2.0 / 255.0) ** 2
_BLOCK_PX: Final = 5
#: Fewer say nothing.
_MIN_POINTS: Final = 12
#: Nothing is taken from around a person: hands and what they carry, the hair above the landmarks of the face, the shadow at
#: the feet. Left, above, right and below, in sizes of the figure.
_AROUND: Final = (0.05, 0.12, 0.05, 0.05)
#: Corners agree that lie this near to where the common motion puts them.
_AGREE_PX: Final = 1.0
#: The motion is believed where this share of the corners agrees; below the other shares the corners are chosen anew.
_BELIEVED: Final = 0.4
_WORN: Final = 0.6
_LEFT: Final = 0.5
#: A smaller picture has no corners to speak of.
_MIN_SIDE_PX: Final = 32


class Step(NamedTuple):
    """From one picture to the next: the row of `Track.camera_steps`, and the share of the corners that agree."""

    motion: Float[np.ndarray, "4"]
    agreement: float


@dataclass(frozen=True)
class _Pose:
    """What the camera's motion since the first picture does to one: z becomes turn·z + shift, from the middle, as complex
    numbers (x to the right, y down).
    """

    turn: complex = 1 + 0j
    shift: complex = 0j

    def __call__(self, points: np.ndarray) -> np.ndarray:
        moved = self.turn * (points[:, 0] + 1j * points[:, 1]) + self.shift
        return np.stack([moved.real, moved.imag], axis=1)

    def after(self, first: "_Pose") -> "_Pose":
        """First the other one, then this one."""
        return _Pose(self.turn * first.turn, self.turn * first.shift + self.shift)

    def since(self, first: "_Pose") -> "_Pose":
        """What leads from the first one to this one."""
        turn = self.turn / first.turn
        return _Pose(turn, self.shift - turn * first.shift)


@dataclass(frozen=True)
class _Picture:
    grey: Grey
    people: Float[np.ndarray, "people 4"]
    pose: _Pose


@dataclass(frozen=True)
class _Match:
    pose: _Pose | None
    agreement: float
    points: int


class Background:
    """Follows the background of a film of this width and height, picture by picture.

    Each picture is compared with an earlier one as long as enough of that is in it, so that errors do not add up: a camera
    on a tripod stays where it is. One that matches neither that one nor the one just before it is unknown.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._key: _Picture | None = None
        self._corners: Points = np.empty((0, 2))
        self._before: _Picture | None = None
        self._steps: list[Step] = []
        #: Pictures since the last one that is known.
        self._lost = 0

    def add(self, grey: Grey, poses: Poses) -> None:
        """The next picture, and who is in it (in the film's pixels)."""
        ratio = grey.shape[1] / self._width
        people = _surroundings(poses.pixels * ratio)
        if self._before is None or self._key is None:
            picture = _Picture(grey, people, _Pose())
            self._steps.append(Step(np.zeros(4), 1.0 if self._choose(picture) else float("nan")))
        else:
            match = self._match(self._key, self._before, grey, people)
            picture = _Picture(grey, people, match.pose or self._before.pose)
            self._note(self._before, picture, match, ratio)
            if match.pose and (match.agreement < _WORN or match.points < _LEFT * len(self._corners)):
                self._choose(picture)
        self._before = picture

    def steps(self) -> tuple[Float[np.ndarray, "frames 4"], Float[np.ndarray, " frames"]]:
        """All steps so far, as `Track` has them."""
        return (
            np.array([step.motion for step in self._steps], float).reshape(-1, 4),
            np.array([step.agreement for step in self._steps], float),
        )

    def _choose(self, picture: _Picture) -> bool:
        """Take this picture as the one to compare with; whether it has enough corners."""
        self._key, self._corners = picture, _corners(picture)
        return len(self._corners) >= _MIN_POINTS

    def _match(self, key: _Picture, before: _Picture, grey: Grey, people: Float[np.ndarray, "people 4"]) -> _Match:
        """The picture against the one to compare with, or else against the one just before it, which is then that one."""
        found = _follow(key, self._corners, grey, people, before.pose)
        if found.pose is not None or before is key:
            return found
        corners = _corners(before)
        again = _follow(before, corners, grey, people, before.pose)
        if again.pose is None:
            return found
        self._key, self._corners = before, corners
        # The pictures between are not joined to those before them.
        self._lost = 0
        return again

    def _note(self, before: _Picture, picture: _Picture, match: _Match, ratio: float) -> None:
        """One step more; over pictures that could not be told, but whose ends can, it is shared out evenly."""
        if match.pose is None:
            self._lost += 1
            self._steps.append(Step(np.full(4, np.nan), match.agreement))
            return
        step = _row(picture.pose.since(before.pose), ratio) / (self._lost + 1)
        for number in range(1, self._lost + 1):
            self._steps[-number] = Step(step, self._steps[-number].agreement)
        self._steps.append(Step(step, match.agreement))
        self._lost = 0


def _row(pose: _Pose, ratio: float) -> Float[np.ndarray, "4"]:
    """A motion in the film's pixels, degrees and per cent."""
    shift = pose.shift / ratio
    return np.array([shift.real, shift.imag, np.degrees(np.angle(pose.turn)), 100.0 * np.log(abs(pose.turn))])


def _surroundings(people: Float[np.ndarray, "people landmarks 2"]) -> Float[np.ndarray, "people 4"]:
    """Each person's box, with what is around it: left, top, right, bottom."""
    low, high = people.min(axis=1), people.max(axis=1)
    box = np.concatenate([low, high], axis=1)
    return box + (high - low).max(axis=1, keepdims=True) * _AROUND * np.array([-1, -1, 1, 1])


def _beside(points: Points, people: Float[np.ndarray, "people 4"]) -> Bool[np.ndarray, " points"]:
    """Which points lie beside everybody."""
    inside = (points[None] > people[:, None, :2]) & (points[None] < people[:, None, 2:])
    return np.array(~inside.all(axis=2).any(axis=0))


def _corners(picture: _Picture) -> Points:
    """Corners of the background, from the picture's middle."""
    import cv2

    grey = picture.grey
    if min(grey.shape) < _MIN_SIDE_PX:
        return np.empty((0, 2))
    mask = np.full(grey.shape, 255, np.uint8)
    for left, top, right, bottom in np.clip(picture.people, 0, max(grey.shape)).astype(int):
        mask[top:bottom, left:right] = 0
    found = cv2.goodFeaturesToTrack(grey, _POINTS, _STRENGTH, _APART_PX, mask=mask, blockSize=_BLOCK_PX)
    if found is None:
        return np.empty((0, 2))
    across, down = found.reshape(-1, 2).astype(int).T
    strong = cv2.cornerMinEigenVal(grey, _BLOCK_PX)[down, across] >= _WEAKEST
    return found.reshape(-1, 2)[strong] - _middle(grey)


def _middle(grey: Grey) -> Float[np.ndarray, "2"]:
    return np.array([grey.shape[1], grey.shape[0]]) / 2


def _follow(
    first: _Picture, corners: Points, grey: Grey, people: Float[np.ndarray, "people 4"], guess: _Pose
) -> _Match:
    """Where a picture's corners are in a later one; its pose where enough of them agree on one motion."""
    import cv2

    middle = _middle(grey)
    likely = guess.since(first.pose)(corners) + middle
    usable = _beside(likely, people)
    usable &= ((likely > 4) & (likely < 2 * middle - 5)).all(axis=1)
    if usable.sum() < _MIN_POINTS:
        return _Match(None, float("nan"), int(usable.sum()))
    start = (corners[usable] + middle).astype(np.float32)
    found, status, _ = cv2.calcOpticalFlowPyrLK(
        first.grey,
        grey,
        start,
        likely[usable].astype(np.float32),
        winSize=(15, 15),
        maxLevel=3,
        criteria=(cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 20, 0.01),
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
    )
    kept = status.ravel() == 1
    matrix, agree = None, np.zeros(0)
    if kept.sum() >= _MIN_POINTS / 2:
        matrix, agree = cv2.estimateAffinePartial2D(
            start[kept] - middle,
            found[kept] - middle,
            method=cv2.RANSAC,
            ransacReprojThreshold=_AGREE_PX,
            maxIters=300,
        )
    agreement = float(agree.sum() / usable.sum()) if matrix is not None else 0.0
    if matrix is None or agreement < _BELIEVED:
        return _Match(None, agreement, int(usable.sum()))
    motion = _Pose(complex(matrix[0, 0], matrix[1, 0]), complex(matrix[0, 2], matrix[1, 2]))
    return _Match(motion.after(first.pose), agreement, int(usable.sum()))
