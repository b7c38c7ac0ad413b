"""Tasks in, results out as they come: the workers of a Dask cluster. Nothing of it is imported unless one is named.

Every worker must have this version of the program, and find each video under the path or URL that it has here. What it
finds comes back as bytes, so that only whoever started the run writes results. A worker that is lost costs nothing: Dask
gives its videos to another.
"""

import gc
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from alignment.batch.process_pool import Follow
from alignment.batch.tasks import Task, TaskResult, Work, failed_result
from alignment.errors import InputError, first_line
from alignment.version import version_of
from alignment.workflow import Stage

#: A client of distributed, which has no types and is not loaded here.
_Client: TypeAlias = Any

#: How long to look for a scheduler, and then for its first worker.
_CONNECT_S: Final = 10.0
_WORKER_S: Final = 30.0
#: So many tasks for each thread of the cluster are on their way; the others wait here, where they take no memory there.
_AHEAD: Final = 2


def work_through(
    tasks: Iterable[Task], work: Work, *, scheduler: str, timeout_s: float | None = None, follow: Follow | None = None
) -> Generator[tuple[Task, TaskResult], None, None]:
    """Each task with its report, as they are finished, in no order. Closing the iterator cancels what is not done.

    A task past its time limit is given up at the next picture; who hangs within one is not noticed here. InputError where
    the scheduler or its first worker does not answer, or where workers have another version of the program.
    """
    with closing(_client(scheduler)) as client:
        _check(client, scheduler)
        waiting: dict[Any, Task] = {}
        try:
            yield from _results(client, iter(tasks), waiting, (work, timeout_s), follow)
        finally:
            client.cancel(list(waiting))


def _results(
    client: _Client,
    tasks: Iterator[Task],
    waiting: dict[Any, Task],
    how: tuple[Work, float | None],
    follow: Follow | None,
) -> Iterator[tuple[Task, TaskResult]]:
    from distributed import as_completed

    done = as_completed([], loop=client.loop)
    coming = next(tasks, None)
    while coming is not None or waiting:
        # Workers and their threads come and go.
        while coming is not None and len(waiting) < max(_AHEAD * sum(client.nthreads().values()), 1):
            future = client.submit(_remotely, coming, *how, pure=False)
            waiting[future] = coming
            done.add(future)
            if follow:
                follow(coming, Stage.WAIT, None)
            coming = next(tasks, None)
        future = next(done)
        task = waiting.pop(future)
        yield task, _report(future)
        future.release()


def _client(scheduler: str) -> _Client:
    try:
        from distributed import Client
    except ImportError:
        raise InputError("batch_no_distributed") from None
    try:
        return Client(scheduler, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as fault:
        said = first_line(fault) or type(fault).__name__
    # What was half opened closes when it is collected. If that came up while another client opens, the two would wait for
    # each other for ever; so it is collected now, and no exception keeps it alive.
    gc.collect()
    raise InputError("batch_no_scheduler", url=scheduler, fault=said)


def _check(client: _Client, scheduler: str) -> None:
    """Whether somebody is there to work, and is of this version."""
    try:
        client.wait_for_workers(1, timeout=_WORKER_S)
    except TimeoutError:
        raise InputError("batch_no_cluster_workers", url=scheduler, wait_s=_WORKER_S) from None
    try:
        found = client.run(version_of)
    except Exception as fault:
        raise InputError("batch_cluster_version", found=first_line(fault), wanted=version_of()) from fault
    others = sorted(set(found.values()) - {version_of()})
    if others:
        raise InputError("batch_cluster_version", found=", ".join(others), wanted=version_of())


def _report(future: Any) -> TaskResult:  # noqa: ANN401 - a Future of distributed, whose class is not loaded here
    """What a task gave, or why it gave nothing."""
    try:
        report: TaskResult = future.result()
    except Exception as fault:  # noqa: BLE001 - a worker can fail in ways only it knows; the others go on
        return failed_result(Stage.WAIT, "batch_worker_lost", how=f"{type(fault).__name__}: {first_line(fault)}")
    return report


# --- On the worker


def _remotely(task: Task, work: Work, timeout_s: float | None) -> TaskResult:
    """Work on one task in a folder of its own, giving up once it takes too long."""
    due_s = None if timeout_s is None else time.monotonic() + timeout_s

    def watch(_stage: Stage, _share: float | None) -> None:
        if due_s is not None and time.monotonic() > due_s:
            raise InputError("batch_too_long", limit_s=timeout_s)

    with TemporaryDirectory(prefix="alignment-") as scratch:
        return work(task, Path(scratch), watch)
