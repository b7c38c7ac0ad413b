"""Tasks in, results out as they come: processes of this machine, each with its own landmarker, and someone who looks
after them.

A process that dies, is killed or takes too long costs its own video and no other: it is replaced, and its video reported
as failed. Processes are started anew, never forked, and end when whoever started them does.
"""

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from alignment.batch.tasks import Task, TaskResult, Work, failed_result
from alignment.errors import InputError
from alignment.workflow import Stage

#: Told which task has come how far.
Follow = Callable[[Task, Stage, float | None], None]

#: Processes that may die in a row before they took up any work.
_MOST_FALSE_STARTS: Final = 3
#: A process tells how far it is at most so often.
_TELL_EVERY_S: Final = 0.2
#: Each process computes in one thread: there is one for every core. glibc's arenas, one for every thread, only cost memory.
_ONE_THREAD: Final = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "MALLOC_ARENA_MAX": "2",
}


def work_through(
    tasks: Iterable[Task],
    work: Work,
    *,
    workers: int,
    scratch: Path,
    timeout_s: float | None = None,
    follow: Follow | None = None,
) -> Generator[tuple[Task, TaskResult], None, None]:
    """Each task with its report, as they are finished, in no order. `work` must be a function of a module.

    A task is taken from `tasks` only when a process is free for it. Closing the iterator ends all processes at once.
    InputError where processes end before they take up any work.
    """
    pool = _Pool(work, scratch, timeout_s, follow or (lambda _task, _stage, _share: None))
    try:
        yield from pool.work_through(iter(tasks), workers)
    finally:
        pool.end()


@dataclass
class _Worker:
    """One process, and what it is doing. It is not ready for work until it says so."""

    process: BaseProcess
    line: Connection
    ready: bool = False
    task: Task | None = None
    stage: Stage = Stage.READ
    due_s: float | None = None


class _Pool:
    """The processes at work."""

    def __init__(self, work: Work, scratch: Path, timeout_s: float | None, follow: Follow) -> None:
        self._work = work
        self._scratch = scratch
        self._timeout_s = timeout_s
        self._follow = follow
        self._workers: list[_Worker] = []
        self._false_starts = 0

    def work_through(self, tasks: Iterator[Task], count: int) -> Iterator[tuple[Task, TaskResult]]:
        coming = next(tasks, None)
        while coming is not None or any(worker.task for worker in self._workers):
            if coming is not None and len(self._workers) < count:
                self._start()
                continue
            for worker in self._stirring():
                done = self._heard(worker)
                if coming is not None and worker.ready and worker.task is None and worker in self._workers:
                    self._give(worker, coming)
                    coming = next(tasks, None)
                if done is not None:
                    yield done
            yield from self._overdue()

    def end(self) -> None:
        """End every process now. What they were doing is lost, and stands nowhere half."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            self._bury(worker)
        self._workers.clear()

    def _start(self) -> None:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._work, str(self._scratch)), daemon=True)
        with _environment(_ONE_THREAD):
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _stirring(self) -> list[_Worker]:
        """The processes that have something to say, or died; none where the next time limit comes first."""
        dues = [worker.due_s for worker in self._workers if worker.due_s is not None]
        patience_s = max(min(dues) - time.monotonic(), 0.0) if dues else None
        lines = wait([worker.line for worker in self._workers], patience_s)
        return [worker for worker in self._workers if worker.line in lines]

    def _heard(self, worker: _Worker) -> tuple[Task, TaskResult] | None:
        """Take in one message; a task and its report if that is what it was, or what the process' end leaves."""
        try:
            message = worker.line.recv()
        except (EOFError, OSError):
            return self._lost_task(worker)
        if isinstance(message, TaskResult):
            task, worker.task, worker.due_s = worker.task, None, None
            return (task, message) if task is not None else None
        if message is None:
            worker.ready, self._false_starts = True, 0
        elif worker.task is not None:
            worker.stage, share = message
            self._follow(worker.task, worker.stage, share)
        return None

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task, worker.stage = task, Stage.READ
        if self._timeout_s is not None:
            worker.due_s = time.monotonic() + self._timeout_s
        with suppress(OSError):  # it died since; that is heard next
            worker.line.send(task)

    def _lost_task(self, worker: _Worker) -> tuple[Task, TaskResult] | None:
        """Bury a process that ended by itself, and tell of the task it was at."""
        self._workers.remove(worker)
        how = _ending(self._bury(worker))
        if worker.task is not None:
            return worker.task, failed_result(worker.stage, "batch_worker_lost", how=how)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= _MOST_FALSE_STARTS:
                raise InputError("batch_no_workers", how=how)
        return None

    def _overdue(self) -> Iterator[tuple[Task, TaskResult]]:
        """End the processes that are past their time limit."""
        now_s = time.monotonic()
        for worker in [one for one in self._workers if one.due_s is not None and one.due_s <= now_s]:
            if worker.line.poll():
                continue  # done in the last moment
            self._workers.remove(worker)
            worker.process.kill()
            self._bury(worker)
            if worker.task is not None:
                yield worker.task, failed_result(worker.stage, "batch_too_long", limit_s=self._timeout_s)

    def _bury(self, worker: _Worker) -> int | None:
        """The exit code of a process that has ended; nothing of it is left."""
        worker.line.close()
        worker.process.join(5.0)
        for left in self._scratch.glob(f"worker-{worker.process.pid}-*"):
            shutil.rmtree(left, ignore_errors=True)
        code = worker.process.exitcode
        if code is not None:
            worker.process.close()
        return code


def _ending(code: int | None) -> str:
    """How a process ended, in a word."""
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return str(code)


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    """These variables for processes started in the block, except where they are set already."""
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


# --- In the process


def _serve(line: Connection, work: Work, scratch: str) -> None:
    """Work on one task after the other until the line is closed."""
    for kind in ("SIGINT", "SIGHUP"):  # the terminal sends them to everybody; whoever started us decides
        if hasattr(signal, kind):
            signal.signal(getattr(signal, kind), signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if not os.environ.get("ALIGNMENT_DEBUG"):
        _mute()
    own = Path(mkdtemp(dir=scratch, prefix=f"worker-{os.getpid()}-"))
    with suppress(EOFError, OSError):
        line.send(None)
        while True:
            task: Task = line.recv()
            line.send(work(task, own, _Teller(line).tell))


class _Teller:
    """Sends each new stage, and within one now and then how far it is."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._stage: Stage | None = None
        self._told_s = 0.0

    def tell(self, stage: Stage, share: float | None) -> None:
        now_s = time.monotonic()
        if stage != self._stage or now_s - self._told_s > _TELL_EVERY_S:
            self._stage, self._told_s = stage, now_s
            self._line.send((stage, share))


def _end_with_parent() -> None:
    """Wait for the end of whoever started us, and end as well: a killed parent cannot say so."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _mute() -> None:
    """What libraries write would fall into the progress bar; what matters of it comes as a report."""
    import cv2

    cv2.setNumThreads(1)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a name, not a path
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                os.dup2(nowhere.fileno(), stream.fileno())
