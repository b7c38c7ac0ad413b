"""What all sources share: timed shots in; chosen, reduced, unmirrored frames out, prepared ahead of their use."""

import math
import sys
from abc import ABC, abstractmethod
from array import array
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from queue import SimpleQueue
from statistics import median_low
from threading import Event, Semaphore, Thread
from typing import Final, TypeAlias, TypeVar

import cv2
import numpy as np
from jaxtyping import UInt8

from alignment.core.track import Frame, SourceFacts
from alignment.errors import InputError
from alignment.sources.clock import SAME_S, pace

Image: TypeAlias = UInt8[np.ndarray, "_ _ 3"]

#: Pictures wait converted for the consumer; four of them hide the jitter of decoding and inference.
AHEAD: Final = 4
#: A picture is kept if this share of the wanted interval has passed, so that 31 a second stay 31 where 30 are wanted.
KEEP_SHARE: Final = 0.9
#: A picture that is sought and lies further from its time is another one.
LOST_S: Final = 0.5
#: Over so many pictures the pace is judged that decides whether any have to go.
RECENT: Final = 15

_T = TypeVar("_T")


@dataclass(frozen=True)
class Reading:
    """How to read: which part, how many pictures a second and how large, and whether the film is mirrored.

    Between `start_s` and `end_s` of film time (the latter excluded) at most about `max_fps` pictures a second are
    delivered, the long side at most `max_side_px`; `mirrored` films are turned back. `rate_hz` gives the times of a
    folder, and of a film that has none; `true_fps` is how many pictures a second the camera took, where a film plays slower.
    InputError for a rate that cannot be.
    """

    max_fps: float = 30.0
    start_s: float | None = None
    end_s: float | None = None
    mirrored: bool = False
    rate_hz: float | None = None
    true_fps: float | None = None
    max_side_px: int = 1280

    def __post_init__(self) -> None:
        for rate_hz in (self.max_fps, self.rate_hz, self.true_fps):
            if rate_hz is not None and not (math.isfinite(rate_hz) and rate_hz > 0):
                raise InputError("bad_rate", rate_hz=rate_hz)

    @property
    def first_s(self) -> float:
        """Where to begin, in film time."""
        return max(self.start_s or 0.0, 0.0)

    @property
    def last_s(self) -> float:
        """Where to stop, in film time; the picture at this very time is no longer part."""
        return math.inf if self.end_s is None else self.end_s

    def size_within(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of the delivered picture: as filmed, or reduced until the long side fits."""
        scale = min(1.0, self.max_side_px / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))

    def played_slower(self, times: float) -> "Reading":
        """The same part of a film, as it plays, in the times of life."""
        start_s, end_s = (None if one is None else one / times for one in (self.start_s, self.end_s))
        return replace(self, start_s=start_s, end_s=end_s)

    def part_of(self, duration_s: float) -> float:
        """How many seconds of a film of this length lie in the range."""
        return max(0.0, min(self.last_s, duration_s) - self.first_s)


@dataclass(frozen=True)
class Shot:
    """One picture with its film time, not converted yet. `render` gives None where it cannot be decoded."""

    time_s: float
    render: Callable[[], Image | None]


class Thinning:
    """Chooses at most about `max_fps` pictures a second, evenly; a slower film stays whole though its clock jitter."""

    def __init__(self, max_fps: float) -> None:
        self._gap_s = KEEP_SHARE / max_fps - SAME_S
        self._recent_s: deque[float] = deque(maxlen=RECENT)
        self._last_s = -math.inf
        self._kept_s = -math.inf

    def keeps(self, time_s: float) -> bool:
        """Whether the next picture, at this time, is delivered."""
        if math.isfinite(self._last_s):
            self._recent_s.append(time_s - self._last_s)
        self._last_s = time_s
        dense = bool(self._recent_s) and median_low(self._recent_s) < self._gap_s
        if dense and time_s - self._kept_s < self._gap_s:
            return False
        self._kept_s = time_s
        return True


class Recording(ABC):
    """A source that is read from outside. `facts` are estimates until it was read to its end once.

    Every iteration reads it anew, in a thread of its own that ends with the iteration. InputError "bad_range" where
    no picture lies between start and end.
    """

    #: True where pictures that nobody has time for are lost, as they come from a camera.
    live = False

    def __init__(self, reading: Reading, facts: SourceFacts, *, length_s: float = 0.0, tick_s: float = 0.0) -> None:
        self._reading = reading
        #: What the film says of itself; counted and measured after an iteration, estimated before.
        self.facts = facts
        self._length_s = length_s
        self._tick_s = tick_s
        self._damaged = False
        if reading.last_s <= reading.first_s + SAME_S:
            raise self._bad_range()

    @property
    def first_s(self) -> float:
        """Where it begins to be read, in film time."""
        return self._reading.first_s

    def glimpses(self, starts_s: Sequence[float]) -> Generator[Shot, None, None]:
        """One picture from each part of the film; the parts begin at these rising times, each ends where the next begins.

        Only the first one of a part, unless another comes cheaper.
        """
        with closing(self._in_range()) as shots:
            for start_s in starts_s:
                if (shot := since(shots, start_s)) is not None:
                    yield shot

    def nearest(self, times_s: Sequence[float]) -> Generator[Shot, None, None]:
        """The picture nearest to each of these rising times, which lie in the range; fewer where there is none at all.

        What lies between is not decoded where the film can be entered anywhere.
        """
        reader = _Reader(self._in_range())
        entered = False
        with ExitStack() as opened:
            for time_s in times_s:
                last_s = self._reading.first_s if reader.last is None else reader.last.time_s
                shots = self._enter(time_s, last_s)
                if shots is not None:
                    opened.close()
                    reader, entered = _Reader(opened.enter_context(closing(shots))), True
                shot = reader.nearest(time_s)
                due_s = min(time_s, self._length_s) if self._length_s else time_s
                if entered and (shot is None or abs(shot.time_s - due_s) > LOST_S):
                    # Its clock was set anew on the way, or its index is wrong: only reading from the beginning can tell.
                    opened.close()
                    reader, entered = _Reader(opened.enter_context(closing(self._in_range()))), False
                    shot = reader.nearest(time_s)
                if shot is None:
                    return
                yield shot

    def _enter(self, _time_s: float, _last_s: float) -> Generator[Shot, None, None] | None:
        """Pictures from the last one at or before a time with which decoding can begin, if it is later than `last_s`."""
        return None

    def deliver(self, shot: Shot) -> Image | None:
        """The picture as it is handed out, None where it cannot be decoded."""
        image = shot.render()
        return cv2.flip(image, 1) if image is not None and self._reading.mirrored else image

    @abstractmethod
    def _shots(self) -> Generator[Shot, None, None]:
        """The pictures in order of rising time, beginning at or before the range; notes losses in `_damaged`."""

    def __iter__(self) -> Iterator[Frame]:
        with closing(ahead(self._pictures(), wait=not self.live)) as pictures:
            for index, (time_s, image) in enumerate(pictures):
                yield Frame(index, time_s, image)

    def _pictures(self) -> Generator[tuple[float, Image], None, None]:
        """The wanted pictures with their times; completes the facts at the end."""
        self._damaged = False
        thinning = Thinning(self._reading.max_fps)
        times_s = array("d")
        delivered = 0
        finished = self.live
        try:
            for shot in self._in_range():
                times_s.append(shot.time_s)
                if not thinning.keeps(shot.time_s):
                    continue
                image = self.deliver(shot)
                if image is None:
                    self._damaged = True
                    continue
                delivered += 1
                yield shot.time_s, image
            finished = True
        finally:
            if finished and times_s:
                self._complete(np.asarray(times_s))
        if not times_s:
            raise self._bad_range()
        if not delivered:
            raise InputError("no_frames", path=self.facts.name)

    def _in_range(self) -> Generator[Shot, None, None]:
        with closing(self._shots()) as shots:
            for shot in shots:
                self._length_s = max(self._length_s, shot.time_s)
                if shot.time_s >= self._reading.last_s - SAME_S:
                    return
                if shot.time_s >= self._reading.first_s - SAME_S:
                    yield shot

    def _complete(self, times_s: np.ndarray) -> None:
        facts = replace(self.facts, frames=len(times_s), damaged=self._damaged)
        if len(times_s) > 1:
            interval_s, varies = pace(times_s, self._tick_s)
            facts = replace(facts, fps=1 / interval_s, rate_varies=varies)
        length_s = float(times_s[-1] - times_s[0]) + 1 / facts.fps
        self.facts = replace(facts, duration_s=length_s)

    def _bad_range(self) -> InputError:
        start_s, end_s = self._reading.first_s, self._reading.end_s
        return InputError(
            "bad_range",
            path=self.facts.name,
            start_s=start_s,
            end_s=self._length_s if end_s is None else end_s,
            duration_s=self._length_s,
        )


class _Reader:
    """Reads on to the picture nearest to a time, and remembers the two last ones."""

    def __init__(self, shots: Iterator[Shot]) -> None:
        self._shots = shots
        self._before: Shot | None = None
        self.last: Shot | None = None

    def nearest(self, time_s: float) -> Shot | None:
        """The picture nearest to a time not before the one asked for last; None where there is no picture."""
        while self.last is None or self.last.time_s < time_s:
            shot = next(self._shots, None)
            if shot is None:
                break
            self._before, self.last = self.last, shot
        known = [shot for shot in (self._before, self.last) if shot is not None]
        return min(known, key=lambda shot: abs(shot.time_s - time_s), default=None)


def since(shots: Iterator[Shot], start_s: float) -> Shot | None:
    """The next of these shots at or after a time; None where there is none."""
    return next((shot for shot in shots if shot.time_s >= start_s - SAME_S), None)


def reduce_to(image: Image, reading: Reading) -> Image:
    """The picture at the size to deliver."""
    height, width, _ = image.shape
    size = reading.size_within(width, height)
    return image if size == (width, height) else cv2.resize(image, size, interpolation=cv2.INTER_AREA)


_END: Final = object()


def ahead(items: Generator[_T, None, None], *, room: int = AHEAD, wait: bool = True) -> Generator[_T, None, None]:
    """The same items, made in a thread that runs at most `room` of them ahead of the consumer.

    A full queue makes the thread wait, or with `wait=False` drop the item. The thread ends with the iteration, also
    when that is closed early; what it raises is raised here.
    """
    line: SimpleQueue[object] = SimpleQueue()
    places = Semaphore(room)
    stopped = Event()
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for item in items:
                if places.acquire(blocking=wait):
                    line.put(item)
                if stopped.is_set():
                    break
            items.close()
        except BaseException as fault:  # noqa: BLE001 - raised again on the consumer's side
            faults.append(fault)
        finally:
            line.put(_END)

    # A daemon, so that an iteration that is never finished does not keep the program from ending.
    worker = Thread(target=work, name="pictures", daemon=True)
    worker.start()
    try:
        while (item := line.get()) is not _END:
            places.release()
            yield item  # type: ignore[misc]
    finally:
        stopped.set()
        places.release()
        if not sys.is_finalizing():  # while the interpreter ends, daemons stand still and could be waited for in vain
            worker.join()
    if faults:
        raise faults[0]
