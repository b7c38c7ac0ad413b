"""What goes to whoever works on a video, and what comes back: plain data that any process or machine can be sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from alignment.errors import InputError, first_line
from alignment.request import Request
from alignment.texts import Text, say
from alignment.workflow import Progress, Stage


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
    request: Request
    earlier: Earlier | None = None
    #: Modules that whoever works must import first, since they register what the request names.
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """Why a video has no results: at which stage, and the catalogue's code with the values of its sentence."""

    stage: Stage
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """The sentence, and what to do."""
        return say(self.code, **self.values)

    @property
    def of_input(self) -> bool:
        """Whether the cause is something that was given, and not the program or the machine."""
        return self.code not in _UNFORESEEN


#: Failures that nobody's video or option explains.
_UNFORESEEN = frozenset({"unforeseen", "batch_worker_lost", "batch_not_begun", "batch_out_of_memory"})


@dataclass(frozen=True)
class TaskResult:
    """What became of a task: the files to leave in the video's folder, or why there are none.

    Landmarks come back even where a later stage failed. `same` says that the results of an earlier run stand.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    sha256: str = ""
    failure: Failure | None = None
    same: bool = False
    #: Outputs that could not be made beside results that stand, by name, and why not.
    left_out: Mapping[str, str] = field(default_factory=dict)
    #: Whether landmarks of an earlier run were used.
    reused: bool = False
    seconds: float = 0.0


#: What works on a task: with a folder for whatever it must put down for a while, and someone to be told of each stage.
Work = Callable[[Task, Path, Progress], TaskResult]


def failed_result(stage: Stage, code: str, /, **values: object) -> TaskResult:
    """The result of a task that failed for a catalogued reason."""
    return TaskResult(failure=Failure(stage, code, values))


def failure_of(stage: Stage, fault: Exception) -> Failure:
    """Any exception as the reason why a video failed."""
    if isinstance(fault, InputError):
        return Failure(stage, fault.code, fault.values)
    if isinstance(fault, MemoryError):
        return Failure(stage, "batch_out_of_memory")
    return Failure(stage, "unforeseen", {"kind": type(fault).__name__, "fault": first_line(fault)})
