"""Tasks in, reports out as they come: the workers of a Dask cluster. Nothing of it is imported unless one is named.

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

from alignment.batch.crew import Follow
from alignment.batch.tasks import Report, Step, Task, Work, failed, own_version
from alignment.texts import InputError

#: A client of distributed, which has no types and is not loaded here.
_Client: TypeAlias = Any

#: How long to look for a scheduler, and then for its first worker.
_CONNECT_S: Final = 10.0
_WORKER_S: Final = 30.0
#: So many tasks for each thread of the cluster are on their way; the others wait here, where they take no memory there.
_AHEAD: Final = 2


def work_through(
    tasks: Iterable[Task],
    work: Work,
    *,
    scheduler: str,
    timeout_s: float | None = None,
    follow: Follow | None = None,
) -> Generator[tuple[Task, Report], None, None]:
    """Each task with its report, as they are finished, in no order. Closing the iterator cancels what is not done.

    A task past its time limit is given up at the next picture; who hangs within one is not noticed here. InputError where
    the scheduler or its first worker does not answer, or where workers have another version of the program.
    """
    with closing(_client(scheduler)) as client:
        _check(client, scheduler)
        waiting: dict[Any, Task] = {}
        try:
            yield from _worked(client, iter(tasks), waiting, (work, timeout_s), follow)
        finally:
            client.cancel(list(waiting))


def _worked(
    client: _Client,
    tasks: Iterator[Task],
    waiting: dict[Any, Task],
    how: tuple[Work, float | None],
    follow: Follow | None,
) -> Iterator[tuple[Task, Report]]:
    from distributed import as_completed

    done = as_completed([], loop=client.loop)
    coming = next(tasks, None)
    while coming is not None or waiting:
        while coming is not None and len(waiting) < max(_AHEAD * _threads(client), 1):
            future = client.submit(_remotely, coming, *how, pure=False)
            waiting[future] = coming
            done.add(future)
            if follow:
                follow(coming, Step.WAIT, None)
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
        said = (str(fault).splitlines() or [""])[0] or type(fault).__name__
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
        found = client.run(own_version)
    except Exception as fault:
        raise InputError("batch_cluster_version", found=str(fault).splitlines()[0], wanted=own_version()) from fault
    others = sorted(set(found.values()) - {own_version()})
    if others:
        raise InputError("batch_cluster_version", found=", ".join(others), wanted=own_version())


def _threads(client: _Client) -> int:
    """How many threads the cluster's workers have together, now; they may come and go."""
    return sum(client.nthreads().values())


def _report(future: Any) -> Report:  # noqa: ANN401 - a Future of distributed, whose class is not loaded here
    """What a task gave, or why it gave nothing."""
    try:
        report: Report = future.result()
    except Exception as fault:  # noqa: BLE001 - a worker can fail in ways only it knows; the others go on
        first_line = (str(fault).splitlines() or [""])[0]
        return failed(Step.WAIT, "batch_worker_lost", how=f"{type(fault).__name__}: {first_line}")
    return report


# --- On the worker


def _remotely(task: Task, work: Work, timeout_s: float | None) -> Report:
    """Work on one task in a folder of its own, giving up once it takes too long."""
    due_s = None if timeout_s is None else time.monotonic() + timeout_s

    def watch(_step: Step, _share: float | None) -> None:
        if due_s is not None and time.monotonic() > due_s:
            raise InputError("batch_too_long", limit_s=timeout_s)

    with TemporaryDirectory(prefix="alignment-") as scratch:
        return work(task, Path(scratch), watch)
