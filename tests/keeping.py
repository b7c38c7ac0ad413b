"""What tests of records share: a place for them, a small analysis, and Python in a process of its own."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from alignment.outputs import track_parquet
from alignment.records import KeyFrame, NewAnalysis, SessionFacts
from tests.results import make_result, make_track

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 2)
FACTS = SessionFacts(TODAY)


def analysis(video: Path | None = None, seed: int = 0, frames: int = 2) -> NewAnalysis:
    """A small analysis, another one for each seed."""
    track = make_track(seed=seed)
    pictures = tuple(KeyFrame(k, k / 2, f"picture {k} of {seed}".encode(), bool(k % 2)) for k in range(frames))
    return NewAnalysis(make_result(track, curves=False), track_parquet(track), pictures, video)


def start(script: str, *arguments: object, before: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    """A Python of its own running a script that can import the tests; `before` are words ahead of its command."""
    return subprocess.Popen(
        [*before, sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(script: str, *arguments: object, before: tuple[str, ...] = ()) -> str:
    """What such a script prints; AssertionError with its last words where it fails."""
    return done(start(script, *arguments, before=before))


def done(process: "subprocess.Popen[str]") -> str:
    """What it prints by its end."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def own_mounts() -> tuple[str, ...]:
    """The words that give a process mounts of its own, gone with it; none where that is not allowed."""
    words = ("unshare", "--mount", *(() if os.geteuid() == 0 else ("--map-root-user",)))
    try:
        tried = subprocess.run(
            [*words, "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return ()
    return () if tried.returncode else words
