"""Processes that work, die, hang and are stopped: every task comes back, each fault costs its own task, nobody is left."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from alignment.batch import process_pool
from alignment.batch.tasks import Task
from alignment.errors import InputError
from alignment.request import BATCH, default_request
from alignment.workflow import Stage
from tests import batches
from tests.conftest import ROOT

PATIENCE_S = 60.0


def tasks(folder, *names):
    return [Task(name, f"{name}.mp4", str(folder / f"{name}.mp4"), default_request(BATCH, "squat")) for name in names]


def reports(folder, *names, **how):
    given = {"workers": 1, "timeout_s": PATIENCE_S, "scratch": folder / "scratch", **how}
    given["scratch"].mkdir(exist_ok=True)
    with closing(process_pool.work_through(tasks(folder, *names), batches.obey, **given)) as coming:
        return {task.key: report for task, report in coming}


def codes(found):
    return {key: report.failure and report.failure.code for key, report in found.items()}


def test_a_process_that_dies_costs_its_own_task_and_no_other(tmp_path, started_processes):
    batches.write(tmp_path, a="fine", b="die", c="bad", d="fine", e="fault", f="blank")
    steps = []
    found = reports(
        tmp_path, *"abcdef", workers=2, follow=lambda task, step, share: steps.append((task.key, step, share))
    )
    assert codes(found) == {
        "a": None,
        "b": "batch_worker_lost",
        "c": "no_frames",
        "d": None,
        "e": "unforeseen",
        "f": None,
    }
    lost = found["b"].failure
    assert lost.stage == Stage.LANDMARKS
    assert "SIGKILL" in lost.text.message
    assert not lost.of_input
    assert found["c"].failure.of_input
    assert ("a", Stage.LANDMARKS, 0.5) in steps
    assert started_processes() == []
    assert list((tmp_path / "scratch").iterdir()) == []


def test_who_takes_too_long_is_given_up_and_the_others_go_on(tmp_path, started_processes):
    batches.write(tmp_path, a="hang", b="fine")
    found = reports(tmp_path, "a", "b", timeout_s=6.0)
    assert codes(found) == {"a": "batch_too_long", "b": None}
    assert found["a"].failure.text.message == "It was not finished within 6 s."
    assert started_processes() == []


def test_closing_ends_every_process_at_once(tmp_path, started_processes):
    batches.write(tmp_path, a="fine", b="hang", c="hang")
    (tmp_path / "scratch").mkdir()
    coming = process_pool.work_through(tasks(tmp_path, *"abc"), batches.obey, workers=2, scratch=tmp_path / "scratch")
    assert next(coming)[0].key == "a"
    began_s = time.monotonic()
    coming.close()
    assert time.monotonic() - began_s < PATIENCE_S / 2
    assert started_processes() == []


def test_processes_that_cannot_begin_are_told_of_and_not_tried_for_ever(tmp_path, monkeypatch):
    def nowhere(_task, _scratch, _watch):
        """A function of a module that no other process finds."""

    nowhere.__qualname__ = "nowhere"
    monkeypatch.setattr(batches, "nowhere", nowhere, raising=False)
    nowhere.__module__ = batches.__name__
    with pytest.raises(InputError, match="end at once") as fault:
        list(process_pool.work_through(tasks(tmp_path, "a"), nowhere, workers=1, scratch=tmp_path))
    assert fault.value.code == "batch_no_workers"


PARENT = """
import sys
from pathlib import Path
from alignment.batch import process_pool
from tests import batches, test_process_pool
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    work = process_pool.work_through(
        test_process_pool.tasks(folder, "a", "b"), batches.obey, workers=2, scratch=folder,
        follow=lambda task, step, share: print(task.key, step, flush=True),
    )
    list(work)
"""


def test_processes_end_with_a_parent_that_is_killed(tmp_path):
    batches.write(tmp_path, a="hang", b="hang")
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with parent:
        begun = set()
        for line in parent.stdout:
            begun |= {line[0]} if "landmarks" in line else set()
            if len(begun) == 2:
                break
        pids = [int(path.name.split("-")[1]) for path in tmp_path.glob("worker-*")]
        assert len(pids) == 2
        parent.send_signal(signal.SIGKILL)
    deadline_s = time.monotonic() + PATIENCE_S
    while any(alive(pid) for pid in pids):
        assert time.monotonic() < deadline_s, "a process outlives its parent"
        time.sleep(0.05)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
