"""One task in, its result out: finds a video's landmarks, or takes those found earlier, and assesses them.

The same function runs in a process on this machine and on a worker of a cluster. It writes nowhere but in its scratch
folder; what it finds goes back as bytes, so that whoever dies here leaves nothing half behind.
"""

import os
import time
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from alignment import extensions, outputs, workflow
from alignment.batch import remote
from alignment.batch.tasks import Failure, Task, TaskResult, failure_of
from alignment.core.track import Source, Track
from alignment.errors import InputError
from alignment.files import is_full, sha256_of
from alignment.outputs import FolderSink
from alignment.workflow import Progress, Stage


def process(task: Task, scratch: Path, progress: Progress) -> TaskResult:
    """Everything that is wanted of one video. Whatever goes wrong is in the result; nothing is raised."""
    began_s = time.perf_counter()
    work = _Work(task, progress)
    failure: Failure | None = None
    try:
        extensions.load(task.extensions)
        with TemporaryDirectory(dir=scratch, prefix="video-") as folder:
            work.do(Path(folder))
    except Exception as fault:  # noqa: BLE001 - one bad video must not stop the others; the table tells of it
        if os.environ.get("ALIGNMENT_DEBUG") and not isinstance(fault, InputError):
            traceback.print_exception(fault)
        named = InputError("disk_full", path=task.name) if is_full(fault) else fault
        failure = _named_as_given(failure_of(work.stage, named), work.path, task.name)
    return replace(work.result, failure=failure, seconds=time.perf_counter() - began_s)


class _Work:
    """One task at work, and what is there to show for it so far."""

    def __init__(self, task: Task, progress: Progress) -> None:
        self._task = task
        self._progress = progress
        self.stage = Stage.READ
        self.path = Path(task.where)
        self.result = TaskResult()

    def do(self, folder: Path) -> None:
        """Work on the task; `folder` is empty and goes afterwards."""
        task, earlier = self._task, self._task.earlier
        if earlier is not None and earlier.trusted and not task.request.overlay:
            self._assess(folder, self._found_earlier(earlier.track, earlier.sha256), None)
            return
        if remote.is_url(task.where):
            self._report(Stage.FETCH, None)
            self.path = remote.fetch(task.where, folder)
        self._report(Stage.READ, None)
        if workflow.is_track(self.path):
            track = workflow.read_landmarks(self.path, task.request)
            self._keep(track, sha256_of(self.path))
            self._assess(folder, track, None)
            return
        film = workflow.open_source(self.path, task.request)
        sha256 = film.facts.sha256 or ""
        if earlier is not None and earlier.sha256 == sha256:
            self.result = replace(self.result, same=earlier.finished)
            track = self._found_earlier(earlier.track, sha256)
        else:
            track = workflow.find_landmarks(film, task.request, progress=self._report)
            self._keep(track, track.source.sha256 or "")
        self._assess(folder, track, film)

    def _report(self, stage: Stage, share: float | None) -> None:
        self.stage = stage
        self._progress(stage, share)

    def _found_earlier(self, content: bytes, sha256: str) -> Track:
        self.result = replace(self.result, files={outputs.TRACK: content}, sha256=sha256, reused=True)
        return outputs.track_of_parquet(content, self._task.name)

    def _keep(self, track: Track, sha256: str) -> None:
        self.result = replace(self.result, files={outputs.TRACK: outputs.track_parquet(track)}, sha256=sha256)

    def _assess(self, folder: Path, track: Track, film: Source | None) -> None:
        request = self._task.request
        if self.result.same or request.landmarks_only:
            return
        sink = FolderSink(folder / "result")
        outcome = workflow.finish(track, request, sink, frames=film, progress=self._report)
        self.result = replace(
            self.result,
            files={path.name: path.read_bytes() for path in sorted(sink.folder.iterdir())},
            left_out={name: str(why) for name, why in outcome.left_out.items()},
        )


def _named_as_given(failure: Failure, path: Path, name: str) -> Failure:
    """The same failure with the video called as its user called it, not by where a copy lay."""
    values: Mapping[str, object] = {
        key: str(value).replace(str(path), name) if str(path) in str(value) else value
        for key, value in failure.values.items()
    }
    return replace(failure, values=values)
