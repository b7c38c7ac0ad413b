"""Frames in, the subject's `Track` out: finds the poses in every picture and follows one person through the film."""

import contextlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from queue import SimpleQueue
from typing import Final, Literal, TypeAlias, TypeVar

import numpy as np
from jaxtyping import Float, UInt8

from alignment.core.joints import JOINTS
from alignment.core.skeleton import LANDMARKS, SWAPPED
from alignment.core.track import MAX_PEOPLE, Frame, ModelFacts, Source, SourceFacts, Track
from alignment.errors import InputError
from alignment.pose import people
from alignment.pose.background import Background
from alignment.pose.engine import OpenEngine, OpenVideoEngine, PoseEngine
from alignment.pose.people import Person, Poses

__all__ = ["VIDEO_MODE", "Quality", "Source", "track", "track_video_mode"]

_In = TypeVar("_In")
_Out = TypeVar("_Out")
Quality: TypeAlias = Literal["standard", "best"]

#: The mirrored picture is looked at for this share of the frames, but at least and at most for so many.
_SAMPLE_SHARE: Final = 0.03
_SAMPLES: Final = (16, 64)
#: Time between them while the film's length is not known.
_SAMPLE_EVERY_S: Final = 0.5
#: A pose and its mirror image's are averaged up to this mean distance. It is 0.01 as a rule, 0.06 with legs mixed up.
_AGREE_M: Final = 0.04
#: Sharpness and the camera's motion are judged on a picture with this longer side, whatever the film's size.
_SMALL_PX: Final = 320
_MOST_WORKERS: Final = 4
#: What stands for `quality` in the facts of a track that `track_video_mode` made.
VIDEO_MODE: Final = "plain"


def track(
    frames: Source,
    open_engine: OpenEngine,
    *,
    person: int | None = None,
    quality: Quality = "standard",
    workers: int = 0,
    progress: Callable[[float], None] | None = None,
    watch: Callable[[Frame, Float[np.ndarray, "people landmarks 2"]], None] | None = None,
) -> Track:
    """The subject's landmarks in every frame of a source; all NaN where nobody was found.

    The subject is who is large, well visible and long in view, or else the `person`-th in that order, counted from 1.
    Frames in which it cannot be told who is who are NaN. With `quality` "best" each frame is averaged with its mirror
    image, in twice the time. The number of threads, `workers` (0: one a core, at most 4), changes only the time.
    `progress` is called with the time of each frame, in order, and `watch` with each frame and the places of everybody's
    landmarks in it. InputError if there are fewer people than `person`.
    """
    seen: list[_Seen] = []
    facts = frames.facts
    sampler, background = _Sampler(facts), Background(facts.width)
    with contextlib.ExitStack() as stack:
        idle, model = _open_engines(open_engine, workers or min(usable_cores(), _MOST_WORKERS), stack)
        look = partial(_look, idle=idle, size=(facts.width, facts.height), best=quality == "best")
        pictures = iter(frames)
        stack.callback(getattr(pictures, "close", lambda: None))
        tasks = ((frame, sampler.takes(i, frame.time_s)) for i, frame in enumerate(pictures))
        for one, frame, grey in stack.enter_context(contextlib.closing(_in_order(look, tasks, idle.qsize()))):
            seen.append(one)
            background.add(grey, one.poses)
            if watch:
                watch(frame, one.poses.pixels)
            if progress:
                progress(one.time_s)
    found = _assemble(seen, sampler.taken, person, frames.facts, replace(model, quality=quality))
    steps, agreement = background.steps()
    return replace(found, camera_steps=steps, camera_agreement=agreement)


def _open_engines(
    open_engine: OpenEngine, count: int, stack: contextlib.ExitStack
) -> tuple["SimpleQueue[PoseEngine]", ModelFacts]:
    """A queue of so many idle engines for threads to borrow from, closed with the stack, and the model they use."""
    idle: SimpleQueue[PoseEngine] = SimpleQueue()
    with ThreadPoolExecutor(count) as makers:
        made = [makers.submit(open_engine) for _ in range(count)]
    for future in made:
        if future.exception() is None:
            stack.callback(future.result().close)
    for future in made:
        idle.put(future.result())
    return idle, made[0].result().facts


def track_video_mode(
    frames: Source, open_engine: OpenVideoEngine, *, progress: Callable[[float], None] | None = None
) -> Track:
    """The landmarks of one person as an engine for films gives them, to be compared with; nothing is mended or judged.

    Brightness, sharpness and faces are not looked at. `progress` is called with the time of each frame, in order.
    """
    times: list[float] = []
    found: list[Poses] = []
    facts = frames.facts
    with contextlib.closing(open_engine()) as engine:
        model = engine.facts
        for frame in frames:
            found.append(engine.detect_next(frame.image, frame.time_s, (facts.width, facts.height)))
            times.append(frame.time_s)
            if progress:
                progress(frame.time_s)
    people_found = np.array([len(poses) for poses in found], int)
    pixels, metres, visibility = _of(np.minimum(people_found, 1) - 1, found)
    return Track(
        time_s=np.array(times, float),
        pixels=pixels,
        metres=metres,
        visibility=visibility,
        mirrored_frames=np.array([], int),
        mirrored_metres=np.empty((0, len(LANDMARKS), 3)),
        brightness=np.full(len(found), np.nan),
        sharpness=np.full(len(found), np.nan),
        people=people_found,
        faces=np.full((len(found), MAX_PEOPLE, 3), np.nan),
        source=frames.facts,
        model=replace(model, quality=VIDEO_MODE),
    )


@dataclass(frozen=True)
class _Seen:
    """What is kept of one picture."""

    time_s: float
    poses: Poses
    #: Found in the mirrored picture: pixels and sides turned back, metres as the model gave them.
    mirrored: Poses | None
    brightness: float
    sharpness: float


class _Sampler:
    """Chooses the frames whose mirrored picture is looked at, evenly spread over a film of known or unknown length."""

    def __init__(self, facts: SourceFacts) -> None:
        samples = float(np.clip(_SAMPLE_SHARE * facts.duration_s * facts.fps, *_SAMPLES))
        self._every_s = facts.duration_s / samples or _SAMPLE_EVERY_S
        self._due_s: float | None = None
        self.taken: list[int] = []

    def takes(self, position: int, time_s: float) -> bool:
        """Whether this frame is one of them. Every second one is given up where they become too many."""
        if self._due_s is None:
            self._due_s = time_s
        if time_s < self._due_s:
            return False
        while self._due_s <= time_s:
            self._due_s += self._every_s
        self.taken.append(position)
        if len(self.taken) > _SAMPLES[1]:
            self.taken = self.taken[::2]
            self._due_s += self._every_s
            self._every_s *= 2
        return True


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_order(work: Callable[[_In], _Out], tasks: Iterable[_In], workers: int) -> Generator[_Out, None, None]:
    """The work's results in the order of the tasks, few of them in flight; stops at once when closed or interrupted."""
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[_Out]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) > workers + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _look(
    task: tuple[Frame, bool], idle: "SimpleQueue[PoseEngine]", size: tuple[int, int], *, best: bool
) -> tuple[_Seen, Frame, UInt8[np.ndarray, "rows columns"]]:
    """Everything wanted of one frame, with a landmarker that nobody else is using; the frame, too, and small and grey."""
    frame, sampled = task
    mirrored = None
    own = idle.get()
    try:
        poses = own.detect(frame.image, size)
        if sampled or best:
            mirrored = _turned_back(own.detect(frame.image[:, ::-1], size), size[0])
    finally:
        idle.put(own)
    if best and mirrored is not None:
        poses = _average(poses, mirrored)
    grey = _small_grey(frame.image)
    return _Seen(frame.time_s, poses, mirrored if sampled else None, *_light(grey)), frame, grey


def _turned_back(mirrored: Poses, width: int) -> Poses:
    """The mirrored picture's poses where they are in the picture itself; their metres stay as they are."""
    pixels = mirrored.pixels[:, SWAPPED] * np.array([-1, 1], np.float32) + np.array([width, 0], np.float32)
    return Poses(pixels, mirrored.metres, mirrored.visibility[:, SWAPPED])


def _average(poses: Poses, mirrored: Poses) -> Poses:
    """Each pose averaged with its mirror image's, where the two agree."""
    if not len(poses) or not len(mirrored):
        return poses
    apart_px = np.linalg.norm(poses.pixels[:, None] - mirrored.pixels[None], axis=-1).mean(axis=-1)
    twin = apart_px.argmin(axis=1)
    agree = apart_px.min(axis=1) < _AGREE_M * people.scale(poses.pixels, poses.metres)
    metres = mirrored.metres[:, SWAPPED] * np.array([-1, 1, 1], np.float32)

    def mean(own: np.ndarray, other: np.ndarray) -> np.ndarray:
        averaged = own.copy()
        averaged[agree] = (own[agree] + other[twin[agree]]) / 2
        return averaged

    return Poses(
        mean(poses.pixels, mirrored.pixels),
        mean(poses.metres, metres),
        mean(poses.visibility, mirrored.visibility),
        # They are an average of both pictures already.
        poses.joints,
    )


def _small_grey(image: UInt8[np.ndarray, "rows columns 3"]) -> UInt8[np.ndarray, "small_rows small_columns"]:
    """The picture in grey with a longer side of `_SMALL_PX`."""
    import cv2

    ratio = _SMALL_PX / max(image.shape[:2])
    by = cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR
    return cv2.cvtColor(cv2.resize(image, None, fx=ratio, fy=ratio, interpolation=by), cv2.COLOR_RGB2GRAY)


def _light(grey: UInt8[np.ndarray, "rows columns"]) -> tuple[float, float]:
    """Mean brightness (0 to 255) and sharpness (variance of the Laplacian) of a small grey picture."""
    import cv2

    return float(grey.mean()), float(cv2.Laplacian(grey, cv2.CV_32F).var())


def _assemble(
    seen: list[_Seen], sampled: list[int], person: int | None, facts: SourceFacts, model: ModelFacts
) -> Track:
    time_s = np.array([one.time_s for one in seen], float)
    poses = [one.poses for one in seen]
    everybody = people.tell_apart(poses, time_s)
    subject = _choose_person(everybody, person, len(seen))
    mirrored = {i: row for i in sampled if (row := _mirrored_metres(seen[i], int(subject[i]))) is not None}
    pixels, metres, visibility = _of(subject, poses)
    return Track(
        time_s=time_s,
        pixels=pixels,
        metres=metres,
        visibility=visibility,
        mirrored_frames=np.array(list(mirrored), int),
        mirrored_metres=np.array(list(mirrored.values()), float).reshape(-1, len(LANDMARKS), 3),
        brightness=np.array([one.brightness for one in seen], float),
        sharpness=np.array([one.sharpness for one in seen], float),
        people=sum(((one >= 0).astype(int) for one in everybody), np.zeros(len(seen), int)),
        faces=people.faces(poses, everybody, time_s),
        source=facts,
        model=model,
        joints=_joints_of(subject, poses),
    )


def _choose_person(everybody: list[Person], person: int | None, frames: int) -> Person:
    if not everybody:
        return np.full(frames, -1)
    if person is not None and not 1 <= person <= len(everybody):
        raise InputError("no_person_number", people=len(everybody), person=person)
    return everybody[(person or 1) - 1]


def _of(subject: Person, poses: list[Poses]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One person's pixels, metres and visibility in every frame; NaN, and not visible, where they were not found."""
    shape = len(poses), len(LANDMARKS)
    pixels, metres, visibility = np.full((*shape, 2), np.nan), np.full((*shape, 3), np.nan), np.zeros(shape)
    for i in np.flatnonzero(subject >= 0):
        one, place = poses[i], subject[i]
        pixels[i], metres[i], visibility[i] = one.pixels[place], one.metres[place], one.visibility[place]
    return pixels, metres, visibility


def _joints_of(subject: Person, poses: list[Poses]) -> np.ndarray | None:
    """One person's joints in every frame, NaN where they were not found; None where nobody read them."""
    if all(one.joints is None for one in poses):
        return None
    joints = np.full((len(poses), len(JOINTS), 3), np.nan)
    for i in np.flatnonzero(subject >= 0):
        read = poses[i].joints
        if read is not None:
            joints[i] = read[subject[i]]
    return joints


def _mirrored_metres(one: _Seen, place: int) -> np.ndarray | None:
    """World landmarks, in the mirrored picture, of the person at this place; None where they were not found there."""
    if place < 0 or one.mirrored is None or not len(one.mirrored):
        return None
    apart_m = people.metres_apart(one.poses, one.mirrored)[place]
    twin = int(apart_m.argmin())
    return one.mirrored.metres[twin] if apart_m[twin] < people.SAME_BODY_M else None
