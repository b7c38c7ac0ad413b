"""One task in, its report out: finds a video's landmarks, or takes those found earlier, and assesses them.

The same function runs in a process on this machine and on a worker of a cluster. It writes nowhere but in its scratch
folder; what it finds goes back as bytes, so that whoever dies here leaves nothing half behind.
"""

import errno
import os
import time
import traceback
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from alignment import files, pipeline, reports, run
from alignment.activities import ACTIVITIES
from alignment.batch import remote
from alignment.batch.tasks import Failure, Report, Step, Task, Watch, failure_of
from alignment.files.tables import track_of_parquet, track_parquet
from alignment.result import Result
from alignment.sources import Source
from alignment.texts import InputError
from alignment.track import Track
from alignment.views.report import Picture

_STEPS = {
    run.Stage.MODEL: Step.LANDMARKS,
    run.Stage.POSE: Step.LANDMARKS,
    run.Stage.ASSESS: Step.ASSESS,
    run.Stage.OVERLAY: Step.OVERLAY,
}


def process(task: Task, scratch: Path, watch: Watch) -> Report:
    """Everything that is wanted of one video. Whatever goes wrong is in the report; nothing is raised."""
    began_s = time.perf_counter()
    job = _Job(task, watch)
    failure: Failure | None = None
    try:
        with TemporaryDirectory(dir=scratch, prefix="video-") as folder:
            job.do(Path(folder))
    except Exception as fault:  # noqa: BLE001 - one bad video must not stop the others; the table tells of it
        if os.environ.get("ALIGNMENT_DEBUG") and not isinstance(fault, InputError):
            traceback.print_exception(fault)
        failure = _as_named(failure_of(job.step, _in_words(fault, task)), job.path, task.name)
    return Report(
        files=job.files,
        sha256=job.sha256,
        failure=failure,
        same=job.same,
        reused=job.reused,
        no_report=job.no_report,
        seconds=time.perf_counter() - began_s,
    )


class _Job:
    """One task at work, and what is there to show for it so far."""

    def __init__(self, task: Task, watch: Watch) -> None:
        self._task = task
        self._watch = watch
        self._activity = ACTIVITIES[task.activity]
        self.step = Step.READ
        self.path = Path(task.where)
        self.files: dict[str, bytes] = {}
        self.sha256 = ""
        self.same = False
        self.reused = False
        self.no_report = ""

    def do(self, folder: Path) -> None:
        """Work on the task; `folder` is empty and goes afterwards."""
        task, earlier = self._task, self._task.earlier
        if earlier is not None and earlier.trusted and not task.options.overlay:
            self._reuse(earlier.track, earlier.sha256)
            self._assess(folder, None)
            return
        if remote.is_url(task.where):
            self._at(Step.FETCH, None)
            self.path = remote.fetched(task.where, folder)
        self._at(Step.READ, None)
        if run.is_track(self.path):
            self._read_track(self.path)
            self._assess(folder, None)
            return
        source = run.open_source(self.path, self._activity, task.settings, task.options)
        sha256 = source.facts.sha256 or ""
        if earlier is not None and earlier.sha256 == sha256:
            self.same = earlier.finished
            self._reuse(earlier.track, sha256)
        else:
            self._find(source)
        self._assess(folder, source)

    def _at(self, step: Step, share: float | None) -> None:
        self.step = step
        self._watch(step, share)

    def _stage(self, stage: run.Stage, share: float | None) -> None:
        self._at(_STEPS[stage], share)

    def _reuse(self, track: bytes, sha256: str) -> None:
        self._track = track_of_parquet(track, self._task.name)
        self.files = {files.TRACK: track}
        self.sha256, self.reused = sha256, True

    def _read_track(self, path: Path) -> None:
        self._track = files.read_track(path)
        self._keep(self._track, remote.sha256_of(path))

    def _find(self, source: Source) -> None:
        track = run.find_landmarks(source, self._task.settings, self._task.options, self._stage)
        self._track = track
        self._keep(track, track.source.sha256 or "")

    def _keep(self, track: Track, sha256: str) -> None:
        self.files = {files.TRACK: track_parquet(track)}
        self.sha256 = sha256

    def _assess(self, folder: Path, source: Source | None) -> None:
        task = self._task
        if self.same or task.landmarks_only:
            return
        self._at(Step.ASSESS, None)
        result = pipeline.analyze(self._track, self._activity, task.settings)
        made = folder / "result"
        made.mkdir()
        files.write_result(made, result, self._track)
        pictures: tuple[Picture, ...] = ()
        if source is not None and task.options.overlay:
            pictures = self._draw(made / files.OVERLAY, source, result)
        if task.options.report:
            self.no_report = str(reports.leave(made, result, pictures) or "")
        self.files = {path.name: path.read_bytes() for path in sorted(made.iterdir())}

    def _draw(self, path: Path, source: Source, result: Result) -> tuple[Picture, ...]:
        self._at(Step.OVERLAY, 0.0)
        return run.draw_overlay(path, source, result, self._task.options, self._stage)


def _in_words(fault: Exception, task: Task) -> Exception:
    """The same fault; a full disk by its name."""
    if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return InputError("disk_full", path=task.name)
    return fault


def _as_named(failure: Failure, path: Path, name: str) -> Failure:
    """The same failure with the video called as its user called it, not by where a copy lay."""
    return replace(failure, reason=failure.reason.replace(str(path), name))
