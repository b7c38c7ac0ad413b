"""The whole command with the real model and real processes: bad files, and a run that is stopped and killed in all ways."""

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from alignment import outputs
from alignment.batch import analyze_many
from alignment.batch.tables import NAMES, RUN
from tests import films
from tests.conftest import ROOT

pytestmark = pytest.mark.model

PATIENCE_S = 120.0
#: Seconds of film: the part in which nothing has to be found.
SHORT = "0.4"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch, lite):
    monkeypatch.chdir(tmp_path)


def command(*arguments):
    return [
        sys.executable,
        "-m",
        "alignment",
        "batch",
        *arguments,
        "--activity",
        "squat",
        "--model",
        "lite",
        "--end",
        SHORT,
    ]


def batch(*arguments):
    """The command, to its end."""
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, check=False, env=environment(), timeout=PATIENCE_S
    )


@contextmanager
def begun(*arguments):
    """The command at work, in a process group of its own as on a terminal."""
    with subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    ) as made:
        try:
            yield made
        finally:
            made.kill()


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def table(name, out="out"):
    with (Path(out) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(out):
    return {name: (Path(out) / name).read_bytes() for name in sorted(NAMES - {RUN})}


def until(true):
    deadline_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline_s
        time.sleep(0.02)


def at_work(pid):
    """The worker processes of a run: those that hold a folder in its scratch."""
    found = Path("out/.batch").glob(f"scratch-{pid}/worker-*/video-*")
    return [int(re.match(r"worker-(\d+)", path.parent.name)[1]) for path in found]


def results(out="out"):
    return sorted(path.parent.name for path in Path(out).glob("*/result.json"))


def spoil(folder, samples):
    """Ten files that are no films to measure, each with what its reason must say."""
    good = (samples / "squat_t1.mp4").read_bytes()
    contents = {
        "empty": (b"", "is empty (0 bytes)"),
        "text": (b"not a film at all\n" * 50, "We can't open"),
        "zeros": (bytes(100_000), "We can't open"),
        "beginning": (good[:3000], "We can't open"),
        "end": (good[-50_000:], "We can't open"),
        "zip": (b"PK\x03\x04" + good[:5000], "We can't open"),
    }
    for name, (content, _) in contents.items():
        (folder / f"{name}.mp4").write_bytes(content)
    wanted = {name: said for name, (_, said) in contents.items()}
    films.sound(folder / "sound.mp4", "aac")
    picture = folder / "picture.png"
    films.write(picture, [films.marked()], codec="png", pix_fmt="rgb24")
    picture.rename(folder / "picture.mp4")
    (folder / "folder.mp4").mkdir()
    (folder / "gone.mp4").symlink_to("nowhere.mp4")
    scrambled = bytearray(films.numbered(folder / "scrambled.mp4", 5).read_bytes())
    start = scrambled.index(b"mdat") + 4
    scrambled[start:] = bytes(len(scrambled) - start)
    (folder / "scrambled.mp4").write_bytes(scrambled)
    return wanted | {
        "sound": "holds no film",
        "picture": "is a single picture",
        "gone": "There is no file",
        "scrambled": "We can't open",
    }


def test_every_good_file_is_analyzed_and_every_bad_one_has_its_reason(samples):
    Path("in").mkdir()
    wanted = spoil(Path("in"), samples)
    for name in ("squat_t1", "squat_c1"):
        shutil.copy(samples / f"{name}.mp4", f"in/{name}.mp4")
    ended = batch("in", "--overlay")
    assert ended.returncode == 2, ended.stderr
    assert results() == ["squat_c1", "squat_t1"]
    assert {row["video"] for row in table("summary.csv")} == {"in/squat_c1.mp4", "in/squat_t1.mp4"}
    found = {Path(row["video"]).stem: row["reason"] for row in table("failures.csv")}
    assert set(found) == set(wanted)
    assert [(name, found[name]) for name, said in wanted.items() if said not in found[name]] == []
    assert all(row["remedy"] and row["stage"] == "reading" for row in table("failures.csv"))
    assert (Path("out/squat_t1") / outputs.OVERLAY).stat().st_size > 1000


def test_stopped_and_killed_in_all_ways_it_still_ends_in_the_same_tables(samples):
    Path("in").mkdir()
    for number in range(4):
        shutil.copy(samples / f"squat_{'tttc'[number]}{number % 3 + 1}.mp4", f"in/{number}.mp4")
    ended = batch("in", "--out", "whole")
    assert ended.returncode == 3, ended.stderr  # nothing happens in the short part of the film

    with begun("in") as run:  # Ctrl-C goes to all processes of a terminal
        until(lambda: at_work(run.pid))
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 130, said
    assert "Stopped before the end." in said
    assert "Traceback" not in said
    assert "The run ended before it was done." in {row["reason"] for row in table("failures.csv")}

    with begun("in", "--workers", "1") as run:  # the whole run is killed after its first video
        until(lambda: results() and at_work(run.pid))
        workers = at_work(run.pid)
        run.kill()
    until(lambda: not any(Path(f"/proc/{pid}/stat").exists() for pid in workers))
    kept = results()
    assert kept

    with begun("in", "--workers", "1") as run:  # a worker is killed
        until(lambda: at_work(run.pid))
        os.kill(at_work(run.pid)[0], signal.SIGKILL)
        _, said = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 1, said
    (lost,) = table("failures.csv")
    assert "SIGKILL" in lost["reason"]
    assert len(results()) == 3

    ended = batch("in")
    assert ended.returncode == 3, ended.stderr
    assert "Kept from an earlier run: 3" in ended.stdout
    assert tables("out") == tables("whole")
    assert not [
        path for path in Path("out").rglob("*") if re.search(r"partial|\.ready|\.old|scratch|video-", path.name)
    ]


def test_a_time_limit_is_kept_and_landmarks_are_enough_for_results(samples):
    Path("in").mkdir()
    shutil.copy(samples / "squat_t1.mp4", "in/a.mp4")
    ended = batch("in", "--timeout", "0.05")
    assert ended.returncode == 2, ended.stderr
    assert "It was not finished within 0.05 s." in table("failures.csv")[0]["reason"]
    assert batch("in", "--landmarks-only").returncode == 0
    assert sorted(path.name for path in Path("out/a").iterdir()) == [outputs.ORIGIN, outputs.TRACK]
    ended = batch("in")
    assert ended.returncode == 3, ended.stderr
    assert "Assessed anew from earlier landmarks: 1" in ended.stdout


def test_the_memory_of_a_process_stays_flat(samples, started_processes):
    Path("in").mkdir()
    for number in range(16):
        shutil.copy(samples / "squat_t1.mp4", f"in/{number:02}.mp4")
    used_mb = []
    for _ in analyze_many("in", "squat", workers=1, model="lite", end_s=0.1):
        (worker,) = started_processes()
        used_mb.append(psutil.Process(worker.pid).memory_info().rss / 1e6)
    # The first ones load what all need.
    assert max(used_mb[8:]) - max(used_mb[4:8]) < 40, used_mb
