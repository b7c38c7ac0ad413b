"""A Dask cluster of a scheduler and two workers on this machine: the same tables, also when a worker is killed."""

import gc
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import Client

from alignment.batch import Batch, cluster, store
from alignment.batch.inputs import gather
from alignment.batch.tables import NAMES, RUN
from alignment.batch.tasks import Task, TaskResult, failure_of
from alignment.errors import InputError
from alignment.pose.fake import FakeEngine
from alignment.request import BATCH, default_request
from alignment.workflow import Stage
from tests import batches
from tests.conftest import ROOT
from tests.fakes import engine_replaced

DASK = [sys.executable, "-c", "import sys; from dask.__main__ import main; sys.exit(main())"]
HOST = "127.0.0.1"


class Cluster:
    """Processes that end with the tests."""

    def __init__(self, stack, folder):
        self._stack = stack
        self._folder = folder
        self.url = self._start("scheduler", "--port", "0", "--no-show").split("Scheduler at:")[1].split()[0]
        self.workers = []

    def add_worker(self):
        """One process with one thread; without a nanny, which would start it anew."""
        self._start("worker", self.url, "--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        self.workers.append(self._started)
        return self._started

    def _start(self, kind, *options):
        """Start it, and return the line with which it says that it is there."""
        command = [*DASK, kind, "--host", HOST, "--no-dashboard", *options]
        log = (self._folder / f"{kind}-{time.monotonic_ns()}.log").open("w+")
        self._stack.callback(log.close)
        made = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)})
        self._stack.callback(made.wait)
        self._stack.callback(made.kill)
        self._started = made
        wanted = {"scheduler": "Scheduler at:", "worker": "Starting established connection"}[kind]
        deadline_s = time.monotonic() + 90
        while True:
            told = Path(log.name).read_text()
            line = next((line for line in told.splitlines() if wanted in line), "")
            if line:
                return line
            assert made.poll() is None, told
            assert time.monotonic() < deadline_s, told
            time.sleep(0.1)


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path_factory.mktemp("dask"))


@pytest.fixture
def workers(dask):
    """Two workers, whatever became of earlier ones."""
    while len(dask.workers) < 2:
        dask.add_worker()
    return dask.workers


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with engine_replaced(FakeEngine()):
        yield


SQUAT = default_request(BATCH, "squat")


def run(out, *, scheduler=None, workers=0):
    """One run with the made-up work, yielding each video."""
    request = replace(SQUAT, workers=workers)
    with store.open_store(out) as place:
        yield from Batch(gather(["in"], NAMES), request, place, scheduler=scheduler, work=batches.obey).run()


def tables(out):
    return {name: (Path(out) / name).read_bytes() for name in sorted(NAMES - {RUN})}


def test_a_killed_worker_loses_no_video_and_changes_no_byte(dask, workers):
    slow = {f"v{number}": f"slow 0.4 {number}"[:8] for number in range(4)}
    batches.write(Path("in"), a="fine", c="bad", d="blank", e="fault", **slow)
    list(run("whole", workers=1))
    found = {}
    for done in run("out", scheduler=dask.url):
        found[done.video] = done.how
        if len(found) == 3:
            workers.pop().send_signal(signal.SIGKILL)
    assert sorted(found) == sorted(f"in/{name}.mp4" for name in ("a", "c", "d", "e", *slow))
    assert {name for name, how in found.items() if how == "failed"} == {"in/c.mp4", "in/e.mp4"}
    assert tables("out") == tables("whole")
    again = {done.video: done.how for done in run("out", scheduler=dask.url)}
    assert sorted(again.values()) == ["failed"] * 2 + ["kept"] * 6


def test_a_bad_video_costs_no_other(dask, workers):
    batches.write(Path("in"), a="fine", b="bad")
    found = cluster.work_through(
        [Task(name, name, f"{Path.cwd()}/in/{name}.mp4", SQUAT) for name in ("a", "b")],
        batches.obey,
        scheduler=dask.url,
    )
    assert {task.key: report.failure and report.failure.code for task, report in found} == {"a": None, "b": "no_frames"}


def test_the_time_limit_holds_on_a_cluster(dask, workers):
    batches.write(Path("in"), a="slow 0.5")
    found = cluster.work_through(
        [Task("a", "a", f"{Path.cwd()}/in/a.mp4", SQUAT)],
        patient,
        scheduler=dask.url,
        timeout_s=0.2,
    )
    ((_, report),) = found
    assert report.failure.code == "batch_too_long"


def patient(task, scratch, watch):
    """Work that tells of every step, and is stopped at one."""

    try:
        for _ in range(50):
            time.sleep(0.05)
            watch(Stage.LANDMARKS, 0.1)
    except InputError as fault:
        return TaskResult(failure=failure_of(Stage.LANDMARKS, fault))
    return TaskResult()


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr(cluster, "_CONNECT_S", 0.3)
    batches.write(Path("in"), a="fine")
    with pytest.raises(InputError, match=r"No scheduler answers at tcp://127\.0\.0\.1:9"):
        list(run("out", scheduler="tcp://127.0.0.1:9"))
    with pytest.raises(InputError, match="No scheduler answers at nonsense"):
        list(run("out", scheduler="nonsense"))
    # One that was left half open would stand in the way of the next for ever.
    assert [one.status for one in gc.get_objects() if isinstance(one, Client) and one.status != "closed"] == []


def test_workers_of_another_version_are_told(dask, workers, monkeypatch):
    batches.write(Path("in"), a="fine")
    monkeypatch.setattr("alignment.version.metadata.version", lambda _package: "9.9.9")
    with pytest.raises(InputError, match=r"another version of the program \(.* instead of 9\.9\.9\)") as fault:
        list(run("out", scheduler=dask.url))
    assert fault.value.code == "batch_cluster_version"


def test_the_package_is_asked_for_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    batches.write(Path("in"), a="fine")
    with pytest.raises(InputError, match="needs the package distributed"):
        list(run("out", scheduler="tcp://127.0.0.1:9"))
