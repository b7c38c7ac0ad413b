"""Analyses in the background: a film and settings in; progress with the time left, then a result or an error, out.

A run belongs to the process and is found by its key, so that a page that is loaded anew finds it again, and the same
film with the same settings is analyzed once.
"""

import hashlib
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from alignment import workflow
from alignment.core.track import Track
from alignment.outputs import FolderSink
from alignment.pages import films
from alignment.pages.films import Film
from alignment.request import Request
from alignment.workflow import Job, Outcome, Stage

#: Drawing the overlay takes this share of the time that finding the body took; measured on two cores.
_OVERLAY_SHARE: Final = {"lite": 0.6, "full": 0.5, "heavy": 0.25}
#: Nothing is said about the time left before this much of a stage is done.
_TELLING_SHARE: Final = 0.03


@dataclass(frozen=True)
class Order:
    """One film and everything that is wanted of it."""

    film: Film
    request: Request

    @property
    def key(self) -> str:
        """The same for the same order, in every session."""
        return hashlib.sha256(repr((self.film, self.request)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Progress:
    """How far a run is: the stage, its share and that of the whole (0 to 1), and the seconds left; None = unknown."""

    stage: Stage
    share: float | None
    whole: float
    left_s: float | None


class Run(Job):
    """One order at work; its files lie in `sink.folder` in the end."""

    def __init__(
        self,
        order: Order,
        place: Path,
        now_s: Callable[[], float] = time.monotonic,
        analyze: Callable[..., Outcome] = workflow.analyze,
        known_track: Callable[[], Track | None] = lambda: None,
    ) -> None:
        self.order = order
        self.sink = FolderSink(place)
        self.scratch = place.parent
        self._clock_s = now_s

        def work(report: workflow.Progress) -> Outcome:
            return analyze(order.film.path, order.request, None, self.sink, report, track=known_track())

        super().__init__(work, name=f"run-{order.key}", now_s=now_s)

    def progress(self) -> Progress:
        """How far it is now. The landmarks' part of the bar is as long as their part of the time."""
        stage, share, request = self.stage, self.share, self.order.request
        spent_s = self._clock_s() - self.stage_began_s
        after = _OVERLAY_SHARE.get(request.model, 0.5) if request.overlay else 0.0
        landmarks_part = 1 / (1 + after)
        left_s = spent_s * (1 - share) / share if share and share > _TELLING_SHARE else None
        if stage is Stage.LANDMARKS:
            whole = landmarks_part * (share or 0.0)
            left_s = None if left_s is None else left_s + after * (spent_s + left_s)
        elif stage is Stage.OVERLAY:
            whole = landmarks_part + (1 - landmarks_part) * (share or 0.0)
        else:
            whole = landmarks_part if stage is Stage.ASSESS else 0.0
            left_s = after * self.landmarks_took_s if stage is Stage.ASSESS else left_s
        return Progress(stage, share, min(whole, 1.0), left_s)


class Runs:
    """The runs of this process by their keys."""

    def __init__(self, folder: Path, analyze: Callable[..., Outcome] = workflow.analyze) -> None:
        self._folder = folder
        self._analyze = analyze
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()

    def start(self, order: Order) -> Run:
        """The run of this order: the one that is there, unless it failed or was cancelled; else a new one."""
        made, new = self._made(order)
        if new:
            made.start()
        return made

    def start_in_turn(self, orders: Sequence[Order]) -> list[Run]:
        """The runs of these orders; those that are new begin one after another, since each uses the whole machine."""
        made = [self._made(order) for order in orders]
        waiting = [run for run, new in made if new]
        for run in waiting:
            run.stage = Stage.WAIT

        def work() -> None:
            for run in waiting:
                run.work()

        threading.Thread(target=work, name="runs-in-turn", daemon=True).start()
        return [run for run, _ in made]

    def _made(self, order: Order) -> tuple[Run, bool]:
        """The run of this order, and whether it is a new one that has yet to be started."""
        with self._lock:
            known = self._runs.get(order.key)
            if known is not None and known.state in ("running", "done") and not known.stopping:
                return known, False
            place = Path(tempfile.mkdtemp(prefix="run-", dir=self._folder)) / order.film.path.stem
            made = Run(order, place, analyze=self._analyze, known_track=lambda: self._known_track(order))
            self._runs[order.key] = made
        return made, True

    def _known_track(self, order: Order) -> Track | None:
        """The landmarks that an earlier run found in the same film, if this one would find the same."""
        of_film = (run for run in self.finished() if run.order.film == order.film)
        for run in of_film:
            track = run.outcome.track if run.outcome else None
            if track and workflow.same_landmarks(run.order.request, order.request, track.source.fps):
                return track
        return None

    def get(self, key: str) -> Run | None:
        """The run with this key; None where it is no longer here."""
        return self._runs.get(key)

    def finished(self) -> list[Run]:
        """Every run that ended with an outcome, in the order in which they were asked for."""
        with self._lock:
            return [one for one in self._runs.values() if one.state == "done" and one.outcome is not None]

    def is_busy(self, film_key: str) -> bool:
        """Whether a run of this film is not done yet."""
        with self._lock:
            return any(one.state == "running" for one in self._runs.values() if one.order.film.key == film_key)

    def drop(self, film_key: str) -> None:
        """Stop and forget every run of a film, with its files."""
        with self._lock:
            gone = [key for key, one in self._runs.items() if one.order.film.key == film_key]
            for key in gone:
                one = self._runs.pop(key)
                one.cancel()
                films.discard(one.scratch)


@cache
def runs() -> Runs:
    """The one set of runs of this process; a film that leaves takes its runs with it."""
    made = Runs(films.shelf().folder)
    films.shelf().dropped.append(made.drop)
    films.shelf().busy.append(made.is_busy)
    return made
