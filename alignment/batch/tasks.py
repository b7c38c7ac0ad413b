"""What goes to whoever works on a video, and what comes back: plain data that any process or machine can be sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from alignment.pipeline import Settings
from alignment.run import Options
from alignment.texts import InputError, Text, say


class Step(StrEnum):
    """How far a video has come; the word that failures.csv uses."""

    WAIT = "waiting"
    FETCH = "fetching"
    READ = "reading"
    LANDMARKS = "landmarks"
    ASSESS = "assessment"
    OVERLAY = "overlay"
    WRITE = "writing"


#: Told the step and the share of it that is done, 0 to 1; None where that is not known.
Watch = Callable[[Step, float | None], None]


@dataclass(frozen=True)
class Earlier:
    """What an earlier run found in a video: its landmarks (the bytes of track.parquet) and the hash of that video.

    `trusted` where the video is known not to have changed since; `finished` where its results stand as they are wanted.
    """

    track: bytes
    sha256: str
    trusted: bool
    finished: bool


@dataclass(frozen=True)
class Task:
    """One video to work on. `where` is a path or an fsspec URL that the worker can read; `key` tells tasks apart."""

    key: str
    name: str
    where: str
    activity: str
    settings: Settings
    options: Options
    landmarks_only: bool = False
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Failure:
    """Why a video has no results: at which step, a code of the catalogue, the sentence, and what to do."""

    step: Step
    code: str
    reason: str
    remedy: str

    @property
    def of_input(self) -> bool:
        """Whether the cause is something that was given, and not the program or the machine."""
        return self.code not in _UNFORESEEN


#: Failures that nobody's video or option explains.
_UNFORESEEN = frozenset({"unforeseen", "batch_worker_lost", "batch_not_begun", "batch_out_of_memory"})


@dataclass(frozen=True)
class Report:
    """What became of a task: the files to leave in the video's folder, or why there are none.

    Landmarks come back even where a later step failed. `same` says that the results of an earlier run stand.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    sha256: str = ""
    failure: Failure | None = None
    same: bool = False
    #: Why there is no PDF beside results that stand, "" where there is, or none was wanted.
    no_report: str = ""
    #: Whether landmarks of an earlier run were used.
    reused: bool = False
    seconds: float = 0.0


#: What works on a task: with a folder for whatever it must put down for a while, and someone to be told of each step.
Work = Callable[[Task, Path, Watch], Report]


def own_version() -> str:
    """The version of the program where this is called."""
    try:
        return version("alignment")
    except PackageNotFoundError:
        return "unknown"


def failed(step: Step, code: str, /, **values: object) -> Report:
    """The report of a task that failed for a catalogued reason."""
    return Report(failure=_failure(step, code, say(code, **values)))


def failure_of(step: Step, fault: Exception) -> Failure:
    """Any exception as the reason why a video failed, in words."""
    if isinstance(fault, InputError):
        return _failure(step, fault.code, fault.text)
    if isinstance(fault, MemoryError):
        return _failure(step, "batch_out_of_memory", say("batch_out_of_memory"))
    first_line = (str(fault).splitlines() or [""])[0]
    return _failure(step, "unforeseen", say("unforeseen", kind=type(fault).__name__, fault=first_line))


def _failure(step: Step, code: str, text: Text) -> Failure:
    return Failure(step, code, text.message, text.remedy)
