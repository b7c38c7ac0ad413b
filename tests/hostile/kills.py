"""Runs that are killed: at each step on the disk (`tests.dying`), and at any time while an older result is replaced."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests import dying

#: At each of these steps, and again at each step of the run that mends it.
KINDS = ("older-twice", "older-plain-twice", "none-twice", "file-twice")
#: How many runs are killed at a time that nobody chose, and what the person keeps beside the results.
TIMES = 60
NOTES = {"notes.txt": "mine", "mine/deep.txt": "mine, too"}


def at_every_step(work: Path) -> tuple[int, list[str]]:
    """How many deaths there were, and what is amiss after the next run, or at once where the system can exchange."""
    place = work / "steps"
    place.mkdir()
    command = [sys.executable, "-m", "tests.dying", str(place), *KINDS]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    amiss = []
    for kind, deaths in told.items():
        for number, one in enumerate(deaths):
            whole = kind == "older-twice" and one["then"]["own"] != list(dying.OWN)
            lost = kind.startswith("older") and one["after"]["own"] != list(dying.OWN)
            half = isinstance(one["after"], dict) and len(one["after"]["versions"]) != 1
            if whole or lost or half or one["left"]:
                amiss.append(f"{kind}, death {number}: {one}")
    return sum(map(len, told.values())), amiss


def at_any_time(base: Path, work: Path) -> tuple[int, list[str]]:
    """The same for whole analyses, each of which replaces an older result with things of the person in its folder."""
    place, amiss, killed = work / "times", [], 0
    place.mkdir()
    os.chdir(place)
    shutil.copy(base / "track.parquet", place / "track.parquet")
    begun_s = time.monotonic()
    _finish(_begin())
    length_s = time.monotonic() - begun_s
    folder = place / "out" / "times"
    for name, text in NOTES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    for number in range(TIMES):
        child = _begin()
        time.sleep(random.Random(number).uniform(0, length_s))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        amiss += [f"killed {number}: {one}" for one in _wrong(folder)]
    _finish(_begin())
    left = sorted(
        path.name for path in (place / "out").rglob("*") if path.suffix in (".partial", ".ready", ".old", ".part")
    )
    return killed, amiss + [f"after the last run: {one}" for one in [*_wrong(folder), *left]]


def _begin() -> int:
    """An analysis under way, as a process of its own."""
    child = os.fork()
    if child == 0:
        from alignment.cli import main

        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os._exit(main(["analyze", "track.parquet", "--activity", "squat", "--no-overlay", "--no-report"]))
    return child


def _finish(child: int) -> None:
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("it did not come to its end")


def _wrong(folder: Path) -> Iterator[str]:
    from alignment import outputs
    from alignment.errors import InputError

    for name, text in NOTES.items():
        if not (folder / name).is_file() or (folder / name).read_text() != text:
            yield f"{name} is gone"
    try:
        outputs.read_folder(folder)
        outputs.read_track(folder / outputs.TRACK)
    except InputError as fault:
        yield str(fault)
