"""Analyses in the background: a film and settings in; progress with the time left, then a result or an error, out.

A run belongs to the process and is found by its key, so that a page that is loaded anew finds it again, and the same
film with the same settings is analyzed once.
"""

import hashlib
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from alignment import run
from alignment.activities import ACTIVITIES
from alignment.pages import films
from alignment.pages.films import Film
from alignment.pipeline import Settings

#: Drawing the overlay takes this share of the time that finding the body took; measured on two cores.
_OVERLAY_SHARE: Final = {"lite": 0.6, "full": 0.5, "heavy": 0.25}
#: Nothing is said about the time left before this much of a stage is done.
_TELLING_SHARE: Final = 0.03

State = Literal["running", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class Request:
    """One film and everything that changes what comes out."""

    film: Film
    activity: str
    settings: Settings
    options: run.Options

    @property
    def key(self) -> str:
        """The same for the same request, in every session."""
        asked = self.film.key, self.activity, self.settings, self.options
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Progress:
    """How far a run is: the stage, its share and that of the whole (0 to 1), and the seconds left; None = unknown."""

    stage: run.Stage
    share: float | None
    whole: float
    left_s: float | None


class _CancelledError(Exception):
    """The person does not want it any more."""


@dataclass
class Run:
    """One analysis. Only its own thread writes to it, but for `cancel`."""

    request: Request
    place: Path
    now_s: Callable[[], float] = time.monotonic
    state: State = "running"
    outcome: run.Outcome | None = None
    fault: Exception | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _stage: run.Stage = run.Stage.MODEL
    _share: float | None = None
    _stage_s: float = 0.0
    _pose_s: float = 0.0

    def start(self) -> None:
        """Begin in a thread of its own, which does not keep the process from ending."""
        threading.Thread(target=self.work, name=f"run-{self.request.key}", daemon=True).start()

    def cancel(self) -> None:
        """Stop as soon as the next picture is done; nothing is kept."""
        self._stop.set()

    def work(self) -> None:
        """Do all of it. Whatever goes wrong is kept for the page to say."""
        asked = self.request
        self._stage_s = self.now_s()
        try:
            self.outcome = run.analyze_video(
                asked.film.path, ACTIVITIES[asked.activity], asked.settings, asked.options, self.place, self.report
            )
            self.state = "done"
        except _CancelledError:
            self.state = "cancelled"
        except Exception as fault:  # noqa: BLE001 - said on the page
            self.fault = fault
            self.state = "failed"

    def report(self, stage: run.Stage, share: float | None) -> None:
        """Take note of the progress; ends the run where it was cancelled."""
        if self._stop.is_set():
            raise _CancelledError
        if stage is not self._stage:
            now_s = self.now_s()
            if self._stage is run.Stage.POSE:
                self._pose_s = now_s - self._stage_s
            self._stage, self._stage_s = stage, now_s
        self._share = share

    @property
    def stopping(self) -> bool:
        """Whether it was cancelled and has not ended yet."""
        return self._stop.is_set() and self.state == "running"

    def progress(self) -> Progress:
        """How far it is now. The pose's part of the bar is as long as its part of the time."""
        stage, share = self._stage, self._share
        spent_s = self.now_s() - self._stage_s
        after = _OVERLAY_SHARE.get(self.request.options.variant, 0.5) if self.request.options.overlay else 0.0
        pose_part = 1 / (1 + after)
        left_s = spent_s * (1 - share) / share if share and share > _TELLING_SHARE else None
        if stage is run.Stage.POSE:
            whole = pose_part * (share or 0.0)
            left_s = None if left_s is None else left_s + after * (spent_s + left_s)
        elif stage is run.Stage.OVERLAY:
            whole = pose_part + (1 - pose_part) * (share or 0.0)
        else:
            whole = pose_part if stage is run.Stage.ASSESS else 0.0
            left_s = after * self._pose_s if stage is run.Stage.ASSESS else left_s
        return Progress(stage, share, min(whole, 1.0), left_s)


class Runs:
    """The runs of this process by their keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()

    def start(self, request: Request) -> Run:
        """The run of this request: the one that is there, unless it failed or was cancelled; else a new one."""
        with self._lock:
            known = self._runs.get(request.key)
            if known is not None and known.state in ("running", "done") and not known.stopping:
                return known
            place = Path(tempfile.mkdtemp(prefix="run-", dir=self._folder)) / request.film.path.stem
            made = self._runs[request.key] = Run(request, place)
        made.start()
        return made

    def get(self, key: str) -> Run | None:
        """The run with this key; None where it is no longer here."""
        return self._runs.get(key)

    def done(self) -> list[Run]:
        """Every run that ended with an outcome, in the order in which they were asked for."""
        with self._lock:
            return [one for one in self._runs.values() if one.state == "done" and one.outcome is not None]

    def drop(self, film_key: str) -> None:
        """Stop and forget every run of a film, with its files."""
        with self._lock:
            gone = [key for key, one in self._runs.items() if one.request.film.key == film_key]
            for key in gone:
                one = self._runs.pop(key)
                one.cancel()
                films.discard(one.place.parent)


@cache
def runs() -> Runs:
    """The one set of runs of this process; a film that leaves takes its runs with it."""
    made = Runs(films.shelf().folder)
    films.shelf().dropped.append(made.drop)
    return made
