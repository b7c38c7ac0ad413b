"""Videos and what is wanted of them in; results one by one as they are finished, and the tables of all of them, out."""

import json
import platform
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Literal

from alignment import files, run, weights
from alignment.activities import ACTIVITIES
from alignment.batch import cluster, crew, store, tables
from alignment.batch.inputs import Inputs, gathered
from alignment.batch.plan import Job, Wanted, job
from alignment.batch.tasks import Failure, Report, Step, Task, Work, failed, failure_of, own_version
from alignment.batch.work import process
from alignment.pipeline import Settings
from alignment.result import Result
from alignment.texts import InputError

#: One video may take this long unless something else is said: an hour is some twenty minutes of film on one slow core.
TIMEOUT_S: Final = 3600.0

#: What a video's result is: new, assessed anew from earlier landmarks, or that of an earlier run.
How = Literal["analyzed", "assessed", "kept", "failed"]


@dataclass(frozen=True)
class Analyzed:
    """What became of one video: its result (without curves) or why there is none, and where its files lie.

    Both are None where only landmarks were wanted.
    """

    video: str
    how: How
    folder: str
    result: Result | None = None
    failure: Failure | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Means:
    """Who works: `workers` processes here (0: one a core), or the cluster behind `scheduler`; `timeout_s` for one video."""

    workers: int = 0
    scheduler: str | None = None
    timeout_s: float | None = TIMEOUT_S
    work: Work = process


def analyze_many(
    paths: str | Path | Iterable[str | Path],
    activity: str = "",
    *,
    out: str | Path | None = None,
    settings: Settings | None = None,
    options: run.Options | None = None,
    landmarks_only: bool = False,
    workers: int = 0,
    timeout_s: float | None = TIMEOUT_S,
    scheduler: str | None = None,
) -> Iterator[Analyzed]:
    """Each video's result as it is finished, in no order; a bad video gives a failure and stops no other.

    `paths` are files, folders, patterns, CSV manifests or fsspec URLs. With `out`, results are kept there as `alignment
    batch` keeps them, and what is there already is not done again. `options` are those of one video; no overlay by
    default. InputError where nothing can be begun. A script must call it below `if __name__ == "__main__":`, since the
    processes that work import the script.
    """
    wanted = Wanted(
        activity=activity,
        settings=settings or Settings(),
        options=replace(options or run.Options(overlay=False), workers=1),
        landmarks_only=landmarks_only,
    )
    named = [paths] if isinstance(paths, str | Path) else paths
    inputs = checked(gathered(map(str, named), tables.NAMES), activity)
    with store.opened(out) as place:
        batch = Batch(inputs, wanted, place, Means(workers, scheduler, timeout_s))
        yield from batch.run()


def checked(inputs: Inputs, activity: str) -> Inputs:
    """The same inputs. InputError where an activity is unknown, or some video has none."""
    if activity and activity not in ACTIVITIES:
        raise InputError("unknown_activity", name=activity, known=", ".join(ACTIVITIES))
    if not activity and any(not video.row.activity for video in inputs.videos):
        raise InputError("activity_needed", known=", ".join(ACTIVITIES))
    return inputs


class Batch:
    """One run over all videos. `run` does what is missing; `conclude`, which it calls at its end, writes the tables."""

    def __init__(self, inputs: Inputs, wanted: Wanted, place: store.Store, means: Means) -> None:
        self._inputs = inputs
        self._wanted = wanted
        self._store = place
        self._means = means
        self.jobs = [job(video, wanted, place) for video in inputs.videos]
        #: The videos that somebody has to look at.
        self.missing = [number for number, one in enumerate(self.jobs) if not one.finished]
        self.workers = 0 if means.scheduler else max(min(means.workers or crew.cores(), len(self.missing)), 1)
        self.counts: Counter[How] = Counter()
        self._tables = tables.Tables(inputs.extras)
        self._done: set[int] = set()
        self._times: dict[str, float] = {}
        #: Videos whose results stand without a PDF, each with the reason.
        self.without_report: dict[str, str] = {}
        self._began = datetime.now(UTC)
        self._ended: Literal["not_begun", "finished", "stopped", "disk_full"] = "stopped"

    def run(self, follow: crew.Follow | None = None, fetching: weights.Progress | None = None) -> Iterator[Analyzed]:
        """Each video as it is finished; those that were before come first. `follow` is told how far each task is.

        The tables are written at the end, also where it comes early. InputError where the disk is full, or where
        nothing can be begun.
        """
        try:
            for number, one in enumerate(self.jobs):
                kept = self._kept(number) if one.finished else None
                if kept is not None:
                    yield kept
            if self.missing:
                self._fetch_model(fetching)
                yield from self._worked(follow)
            self._ended = "finished"
        except InputError:
            if not self._done:
                self._ended = "not_begun"
            raise
        finally:
            if self._ended != "not_begun":
                self._conclude()

    def _kept(self, number: int) -> Analyzed | None:
        """A video of which an earlier run left everything that is wanted; None, and it is missing, if that is unreadable."""
        one = self.jobs[number]
        result = None
        if not self._wanted.landmarks_only:
            content = self._store.read(one.video.place, files.RESULT)
            try:
                result = Result.from_json(content or b"", name=self._store.shown(one.video.place))
            except InputError:
                self.jobs[number] = replace(one, results_stand=False)
                self.missing = sorted([*self.missing, number])
                return None
        return self._told(number, "kept", result)

    def _fetch_model(self, fetching: weights.Progress | None) -> None:
        """Have the model here before many processes look for it at once. On a cluster each worker sees to itself."""
        blind = [self.jobs[number] for number in self.missing if not self.jobs[number].landmarks_stand]
        if self._means.scheduler is None and any(not run.is_track(Path(one.video.where)) for one in blind):
            weights.require(self._wanted.options.variant, progress=fetching)

    def _worked(self, follow: crew.Follow | None) -> Iterator[Analyzed]:
        numbers = {self.jobs[number].video.place: number for number in self.missing}
        coming = (self.jobs[number].task(self._store) for number in self.missing)
        with closing(self._reports(coming, follow)) as reports:
            for task, report in reports:
                number = numbers[task.key]
                report, result = self._left(self.jobs[number], report)
                self._times[task.name] = report.seconds
                if report.no_report:
                    self.without_report[task.name] = report.no_report
                if report.failure is not None:
                    yield self._failed(number, report.failure, report.seconds)
                else:
                    how: How = "kept" if report.same else "assessed" if report.reused else "analyzed"
                    yield self._told(number, how, result, report.seconds)

    def _reports(self, tasks: Iterator[Task], follow: crew.Follow | None) -> Generator[tuple[Task, Report], None, None]:
        means = self._means
        if means.scheduler is not None:
            return cluster.work_through(
                tasks, means.work, scheduler=means.scheduler, timeout_s=means.timeout_s, follow=follow
            )
        return crew.work_through(
            tasks,
            means.work,
            workers=self.workers,
            scratch=self._store.scratch,
            timeout_s=means.timeout_s,
            follow=follow,
        )

    def _left(self, one: Job, report: Report) -> tuple[Report, Result | None]:
        """Put what was found into its place; the report, changed where that fails, and the result."""
        place = one.video.place
        try:
            if report.same:
                self._store.write_table(f"{place}/{files.ORIGIN}", replace_signature(one))
            elif report.files and not (report.failure and report.reused):
                origin = one.made_from(report).to_json()
                self._store.write(place, {**report.files, files.ORIGIN: origin})
            content = self._store.read(place, files.RESULT) if report.same else report.files.get(files.RESULT)
            if content is None or self._wanted.landmarks_only or report.failure is not None:
                return report, None
            return report, Result.from_json(content, name=self._store.shown(place))
        except InputError as fault:
            return Report(failure=failure_of(Step.WRITE, fault), seconds=report.seconds), None

    def _told(self, number: int, how: How, result: Result | None, seconds: float = 0.0) -> Analyzed:
        one = self.jobs[number]
        self._done.add(number)
        self.counts[how] += 1
        if result is not None:
            self._tables.add(number, one, result)
        return Analyzed(one.video.name, how, self._store.shown(one.video.place), result, seconds=seconds)

    def _failed(self, number: int, failure: Failure, seconds: float) -> Analyzed:
        """A video without result. InputError where that is because the disk is full, since the others would fail too."""
        one = self.jobs[number]
        self._done.add(number)
        self.counts["failed"] += 1
        self._tables.add_failure(number, one.video.name, failure)
        if failure.code == "disk_full":
            self._ended = "disk_full"
            raise InputError("batch_disk_full", path=self._store.shown())
        folder = self._store.shown(one.video.place)
        return Analyzed(one.video.name, "failed", folder, failure=failure, seconds=seconds)

    # --- The end

    def _conclude(self) -> None:
        """Write the tables: of everything that is finished, and of what is not with its reason."""
        not_begun = failed(Step.WAIT, "batch_not_begun").failure
        for number, one in enumerate(self.jobs):
            if number in self._done:
                continue
            if not (one.finished and self._kept(number)) and not_begun is not None:
                self._tables.add_failure(number, one.video.name, not_begun)
        made = {} if self._wanted.landmarks_only else self._tables.results()
        made |= self._tables.failures()
        made[tables.RUN] = (json.dumps(self._account(), indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        full = self._ended == "disk_full"
        for name, content in made.items():
            with suppress(*([InputError] if full else [])):  # what made it end is told already
                self._store.write_table(name, content)

    def _account(self) -> dict[str, Any]:
        """What run.json says: who measured with what, how, and how long it took."""
        wanted = self._wanted
        now = datetime.now(UTC)
        return {
            "schema": "alignment-run/1",
            "ended": self._ended,
            "versions": {
                "alignment": own_version(),
                "python": platform.python_version(),
                **{name: _version(name) for name in ("mediapipe", "numpy", "scipy", "av", "pyarrow")},
                "platform": platform.platform(),
            },
            "model": {"variant": wanted.options.variant, "sha256": weights.MODELS[wanted.options.variant].sha256},
            "settings": {
                **wanted.landmarks,
                **wanted.assessment,
                "overlay": wanted.overlay,
                "report": wanted.options.report,
                "landmarks_only": wanted.landmarks_only,
                "timeout_s": self._means.timeout_s,
            },
            "settings_sha256": wanted.sha256,
            "workers": self.workers or None,
            "scheduler": self._means.scheduler,
            "videos": {
                "named": len(self.jobs),
                **{how: self.counts[how] for how in ("analyzed", "assessed", "kept", "failed")},
                "not_begun": len(self.jobs) - len(self._done),
            },
            "left_aside": list(self._inputs.left_aside),
            "without_report": dict(sorted(self.without_report.items())),
            "began": self._began.isoformat(timespec="seconds"),
            "finished": now.isoformat(timespec="seconds"),
            "seconds": round((now - self._began).total_seconds(), 1),
            "seconds_of": {name: round(self._times[name], 2) for name in sorted(self._times)},
        }


def replace_signature(one: Job) -> bytes:
    """The batch.json of a video that was touched but not changed."""
    if one.origin is None:
        raise ValueError("there is no earlier result")
    return replace(one.origin, signature=one.signature).to_json()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
