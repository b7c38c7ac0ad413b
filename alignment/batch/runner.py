"""Videos and what is wanted of them in; results one by one as they are finished, and the tables of all of them, out."""

import hashlib
import io
import json
import platform
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from alignment import outputs, workflow
from alignment.batch import cluster, process_pool, store, tables
from alignment.batch.inputs import Inputs, gather
from alignment.batch.occasions import Occasions
from alignment.batch.plan import VideoPlan, landmarks_rest_on, numbers_rest_on, plan_video, wanted_files
from alignment.batch.tasks import Failure, Task, TaskResult, Work, failure_of
from alignment.batch.worker import process
from alignment.core.result import Result
from alignment.errors import InputError
from alignment.pose import model_files
from alignment.pose.engines import engine_named
from alignment.pose.tracking import usable_cores
from alignment.request import BATCH, Request, default_request
from alignment.version import version_of
from alignment.workflow import Stage

if TYPE_CHECKING:
    import pandas as pd

#: What gives tasks to processes: `process_pool.work_through`.
Pool = Callable[..., Generator[tuple[Task, TaskResult], None, None]]
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


class Study(Iterator[Analyzed]):
    """Many videos: one after the other as each is finished, and then all of them as data frames, as the files have them.

    Asking for a data frame waits for the videos that are left.
    """

    def __init__(self, run: Callable[["Study"], Generator[Analyzed, None, None]]) -> None:
        self._videos = run(self)
        self._batch: Batch | None = None

    def __next__(self) -> Analyzed:
        return next(self._videos)

    def close(self) -> None:
        """Stop; the tables of a folder tell what is missing."""
        self._videos.close()

    @property
    def cycles(self) -> "pd.DataFrame":
        """A row per video, repetition, side and moment: cycles.csv."""
        return self._tables["cycles"]

    @property
    def summary(self) -> "pd.DataFrame":
        """A row per video, measure and side: summary.csv."""
        return self._tables["summary"]

    @property
    def occasions(self) -> "pd.DataFrame":
        """A row per occasion, measure and side: occasions.csv."""
        return self._tables["occasions"]

    @property
    def failures(self) -> "pd.DataFrame":
        """A row per video that has no result, with the reason and what to do: failures.csv."""
        return self._tables["failures"]

    @property
    def columns(self) -> "pd.DataFrame":
        """What each column of these means, its unit and sign: columns.csv."""
        return self._tables["columns"]

    @cached_property
    def _tables(self) -> "dict[str, pd.DataFrame]":
        for _ in self._videos:
            pass
        if self._batch is None:
            raise ValueError("nothing was begun")
        return self._batch.tables.data_frames()

    def begun(self, batch: "Batch") -> None:
        """Called by the run once it knows its videos."""
        self._batch = batch


def analyze_many(
    paths: str | Path | Iterable[str | Path],
    activity: str = "",
    *,
    out: str | Path | None = None,
    scheduler: str | None = None,
    **options: Any,  # noqa: ANN401 - of each option's kind
) -> Study:
    """Each video's result as it is finished, in no order, then all as data frames. A bad video stops no other.

    `paths` are files, folders, patterns, CSV manifests or fsspec URLs. With `out`, results are kept there as `alignment
    batch` keeps them, and what is there already is not done again. `options` are the fields of `Request`, with the defaults
    of `alignment batch`; `workers` counts processes here, none of which is needed where `scheduler` names a Dask cluster.
    InputError, with the first video, where nothing can be begun. A script must call it below `if __name__ == "__main__":`,
    since the processes that work import the script.
    """

    def run(study: Study) -> Generator[Analyzed, None, None]:
        request = default_request(BATCH, activity).choosing(options).check()
        named = [paths] if isinstance(paths, str | Path) else paths
        inputs = gather(map(str, named), tables.NAMES)
        with store.open_store(out) as place:
            batch = Batch(inputs, request, place, scheduler=scheduler)
            study.begun(batch)
            yield from batch.run()

    return Study(run)


class Batch:
    """One run over all videos. `run` does what is missing; `conclude`, which it calls at its end, writes the tables."""

    def __init__(
        self,
        inputs: Inputs,
        request: Request,
        place: store.Store,
        *,
        scheduler: str | None = None,
        work: Work = process,
        pool: Pool | None = None,
    ) -> None:
        """`work` is done by the processes of `pool` (of this machine if not given), or on the cluster behind `scheduler`."""
        self._inputs = inputs
        self._request = request
        self._store = place
        self._scheduler = scheduler
        self._work = work
        self._pool = pool or process_pool.work_through
        self.plans = [plan_video(video, request, place) for video in inputs.videos]
        #: The videos that somebody has to look at.
        self.missing = [number for number, one in enumerate(self.plans) if not one.finished]
        self.workers = 0 if scheduler else max(min(request.workers or usable_cores(), len(self.missing)), 1)
        self.counts: Counter[How] = Counter()
        self.tables = tables.Tables(inputs.extras)
        self._occasions = Occasions()
        self._done: set[int] = set()
        self._times: dict[str, float] = {}
        #: Videos whose results stand without some output, each with its name and the reason.
        self.left_out: dict[str, dict[str, str]] = {}
        self._began = datetime.now(UTC)
        self._ended: Literal["not_begun", "finished", "stopped", "disk_full"] = "stopped"

    def run(
        self, follow: process_pool.Follow | None = None, fetching: model_files.Progress | None = None
    ) -> Iterator[Analyzed]:
        """Each video as it is finished; those that were before come first. `follow` is told how far each task is.

        The tables are written at the end, also where it comes early. InputError where the disk is full, or where
        nothing can be begun.
        """
        try:
            for number, one in enumerate(self.plans):
                kept = self._read_earlier(number) if one.finished else None
                if kept is not None:
                    yield kept
            if self.missing:
                self._fetch_model(fetching)
                yield from self._run_missing(follow)
            self._ended = "finished"
        except InputError:
            if not self._done:
                self._ended = "not_begun"
            raise
        finally:
            if self._ended != "not_begun":
                self._conclude()

    def _read_earlier(self, number: int) -> Analyzed | None:
        """A video of which an earlier run left everything that is wanted; None, and it is missing, if that is unreadable."""
        one = self.plans[number]
        result = None
        if not self._request.landmarks_only:
            content = self._store.read(one.video.place, outputs.RESULT)
            try:
                result = Result.from_json(content or b"", name=self._store.display_name(one.video.place))
            except InputError:
                self.plans[number] = replace(one, results_stand=False)
                self.missing = sorted([*self.missing, number])
                return None
        return self._finish(number, "kept", result)

    def _fetch_model(self, fetching: model_files.Progress | None) -> None:
        """Have the model here before many processes look for it at once. On a cluster each worker sees to itself."""
        blind = [self.plans[number] for number in self.missing if not self.plans[number].landmarks_stand]
        if self._scheduler is None and any(not workflow.is_track(Path(one.video.where)) for one in blind):
            engine_named(self._request.engine).file(self._request.model, fetching)

    def _run_missing(self, follow: process_pool.Follow | None) -> Iterator[Analyzed]:
        numbers = {self.plans[number].video.place: number for number in self.missing}
        coming = (self.plans[number].task(self._store) for number in self.missing)
        with closing(self._finished_tasks(coming, follow)) as finished:
            for task, done in finished:
                number = numbers[task.key]
                done, result = self._keep(self.plans[number], done)
                self._times[task.name] = done.seconds
                if done.left_out:
                    self.left_out[task.name] = dict(done.left_out)
                how: How = "kept" if done.same else "assessed" if done.reused else "analyzed"
                yield self._finish(number, "failed" if done.failure else how, result, done.failure, done.seconds)

    def _finished_tasks(
        self, tasks: Iterator[Task], follow: process_pool.Follow | None
    ) -> Generator[tuple[Task, TaskResult], None, None]:
        timeout_s = self._request.timeout_s or None
        if self._scheduler is not None:
            return cluster.work_through(
                tasks, self._work, scheduler=self._scheduler, timeout_s=timeout_s, follow=follow
            )
        return self._pool(
            tasks, self._work, workers=self.workers, scratch=self._store.scratch, timeout_s=timeout_s, follow=follow
        )

    def _keep(self, one: VideoPlan, done: TaskResult) -> tuple[TaskResult, Result | None]:
        """Put what was found into its place; the task's result, changed where that fails, and the film's."""
        place = one.video.place
        try:
            if done.same:
                self._store.write_table(f"{place}/{outputs.ORIGIN}", touched_origin(one))
            elif done.files and not (done.failure and done.reused):
                origin = one.made_from(done).to_json()
                self._store.write(place, {**done.files, outputs.ORIGIN: origin})
            content = self._store.read(place, outputs.RESULT) if done.same else done.files.get(outputs.RESULT)
            if content is None or self._request.landmarks_only or done.failure is not None:
                return done, None
            return done, Result.from_json(content, name=self._store.display_name(place))
        except InputError as fault:
            return TaskResult(failure=failure_of(Stage.WRITE, fault), seconds=done.seconds), None

    def _finish(
        self, number: int, how: How, result: Result | None, failure: Failure | None = None, seconds: float = 0.0
    ) -> Analyzed:
        """Take up what became of a video. InputError where the disk is full, since the others would fail too."""
        one = self.plans[number]
        self._done.add(number)
        self.counts[how] += 1
        if result is not None:
            self.tables.add(number, one, result)
            self._occasions.add(number, one, result)
        if failure is not None:
            self.tables.add_failure(number, one.video.name, failure)
            if failure.code == "disk_full":
                self._ended = "disk_full"
                raise InputError("batch_disk_full", path=self._store.display_name())
        return Analyzed(one.video.name, how, self._store.display_name(one.video.place), result, failure, seconds)

    # --- The end

    def _conclude(self) -> None:
        """Write the tables: of everything that is finished, and of what is not with its reason."""
        for number, one in enumerate(self.plans):
            if number not in self._done and not (one.finished and self._read_earlier(number)):
                self.tables.add_failure(number, one.video.name, Failure(Stage.WAIT, "batch_not_begun"))
        for number, judged in enumerate(self._occasions.judged(), start=len(self.plans)):
            if isinstance(judged.told, Failure):
                self.tables.add_failure(number, "; ".join(judged.videos), judged.told)
            else:
                self.tables.add_occasion(judged, judged.told)
        made = {} if self._request.landmarks_only else self.tables.results()
        made |= self.tables.failures()
        full = self._ended == "disk_full"
        digest = hashlib.sha256()
        workbook = made.pop(tables.STUDY, None)
        for name, write in made.items():
            self._put(name, partial(_hashing, write, digest), anyway=full)
        # A workbook takes longer than all other tables together, and is made from the same rows.
        if workbook is not None and not self._stands(digest.hexdigest()):
            self._put(tables.STUDY, workbook, anyway=full)
        account = json.dumps({**self._account(), "tables_sha256": digest.hexdigest()}, indent=1, ensure_ascii=False)
        self._put(tables.RUN, partial(_write, f"{account}\n".encode("utf-8", "replace")), anyway=full)

    def _put(self, name: str, write: tables.Write, *, anyway: bool) -> None:
        """Leave a table; `anyway` where what keeps it from being left is told already."""
        with suppress(*([InputError] if anyway else [])):
            self._store.stream_table(name, write)

    def _stands(self, digest: str) -> bool:
        """Whether the workbook is there that was made from tables with this hash."""
        try:
            earlier = json.loads(self._store.read_table(tables.RUN) or b"{}")
        except ValueError:
            return False
        return bool(earlier.get("tables_sha256") == digest and self._store.has("", tables.STUDY))

    def _account(self) -> dict[str, Any]:
        """What run.json says: who measured with what, how, and how long it took."""
        request = self._request
        now = datetime.now(UTC)
        return {
            "schema": "alignment-run/2",
            "ended": self._ended,
            "versions": {
                "alignment": version_of(),
                "python": platform.python_version(),
                **{name: version_of(name) for name in ("mediapipe", "numpy", "scipy", "av", "pyarrow")},
                "platform": platform.platform(),
            },
            "model": {"variant": request.model, "sha256": model_files.MODELS[request.model].sha256},
            "settings": {
                **landmarks_rest_on(request),
                **numbers_rest_on(request),
                **wanted_files(request),
                "landmarks_only": request.landmarks_only,
                "timeout_s": request.timeout_s or None,
            },
            "workers": self.workers or None,
            "scheduler": self._scheduler,
            "videos": {
                "named": len(self.plans),
                **{how: self.counts[how] for how in ("analyzed", "assessed", "kept", "failed")},
                "not_begun": len(self.plans) - len(self._done),
            },
            "left_aside": list(self._inputs.left_aside),
            "left_out": dict(sorted(self.left_out.items())),
            "began": self._began.isoformat(timespec="seconds"),
            "finished": now.isoformat(timespec="seconds"),
            "seconds": round((now - self._began).total_seconds(), 1),
            "seconds_of": {name: round(self._times[name], 2) for name in sorted(self._times)},
        }


def _write(content: bytes, stream: IO[bytes]) -> None:
    stream.write(content)


class _Hashed(io.RawIOBase):
    """A stream that hashes what it passes on."""

    def __init__(self, stream: IO[bytes], digest: "hashlib._Hash") -> None:
        super().__init__()
        self._stream, self._digest = stream, digest

    def writable(self) -> bool:
        """It takes bytes."""
        return True

    def write(self, content: Any) -> int:  # noqa: ANN401 - bytes, or anything that holds some
        """Hash the bytes and pass them on."""
        self._digest.update(content)
        return self._stream.write(content)


def _hashing(write: tables.Write, digest: "hashlib._Hash", stream: IO[bytes]) -> None:
    write(_Hashed(stream, digest))  # type: ignore[arg-type]


def touched_origin(one: VideoPlan) -> bytes:
    """The batch.json of a video that was touched but not changed."""
    if one.origin is None:
        raise ValueError("there is no earlier result")
    return replace(one.origin, signature=one.signature).to_json()
