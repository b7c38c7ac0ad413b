"""A program that is killed at every step that it takes on the disk, and run again: what stands there each time, as JSON.

Run by itself as ``python -m tests.dying FOLDER KIND...``, since only a process with one thread can be doubled safely.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from alignment import files, outputs
from alignment.outputs import CYCLES, RESULT, exchange

#: What changes something on the disk, or waits for it.
STEPS = ("rename", "replace", "unlink", "rmdir", "mkdir", "link", "symlink", "fsync")
#: What is a person's own in a folder of results.
OWN = {"notes.txt": "mine", "mine/deep.txt": "mine, too", "result.json.txt": "no result"}


class Steps:
    """Counts the steps, and ends the process without a word at one of them, before or after it is taken."""

    def __init__(self, last: int) -> None:
        self._left = last

    def watch(self) -> None:
        for name in STEPS:
            setattr(os, name, self._counted(getattr(os, name)))
        exchange._exchanged_at_once = self._counted(exchange._exchanged_at_once)

    def _counted(self, act: Callable) -> Callable:
        def counted(*arguments, **options):
            self._count()
            done = act(*arguments, **options)
            self._count()
            return done

        return counted

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def write_folder(place: Path, version: str) -> None:
    with outputs.building(place, ours=outputs.own_files()) as folder:
        (folder / RESULT).write_text(version)
        (folder / CYCLES).write_text(version)
        (folder / ".overlay.1234abcd.part").write_text("half of a film")
        (folder / ".overlay.1234abcd.part").unlink()


def write_file(place: Path, version: str) -> None:
    files.replace_text(place, version)


def prepare_folder(place: Path, *, older: bool) -> None:
    if older:
        for name, text in OWN.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text)
        (place / "link").symlink_to("nowhere")
        write_folder(place, "old")


def told(place: Path) -> object:
    """What stands at a place: the version of a file; of a folder the versions and whether all of the person's is there."""
    if place.is_file():
        return place.read_text()
    if not place.is_dir():
        return None
    versions = sorted({(place / name).read_text() if (place / name).is_file() else "" for name in (RESULT, CYCLES)})
    own = [name for name, text in OWN.items() if (place / name).is_file() and (place / name).read_text() == text]
    return {"versions": versions, "own": own, "link": (place / "link").is_symlink()}


def run(act: Callable[[], None], last: int | None) -> bool:
    """Whether it came to its end, in a process of its own."""
    child = os.fork()
    if child == 0:
        if last is not None:
            Steps(last).watch()
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status not in (0, signal.SIGKILL):
        raise RuntimeError(f"it ended by itself, with {status}")
    return status == 0


def die_everywhere(folder: Path, kind: str, *, twice: bool) -> list[dict]:
    """Each death, what stood there then and after the next run; with `twice`, the next run dies everywhere, too."""
    write = write_file if kind == "file" else write_folder
    seen, last, again = [], 0, 0
    while True:
        case = folder / f"{last}-{again}"
        case.mkdir()
        place = case / "squat"
        if kind == "file":
            place.write_text("old")
        else:
            prepare_folder(place, older=kind == "older")
        finished = run(lambda place=place: write(place, "new"), last)
        then = told(place)
        if finished:
            return seen
        resumed = run(lambda place=place: write(place, "newer"), again) if twice else True
        if not resumed or not twice:
            run(lambda place=place: write(place, "newest"), None)
        left = sorted(path.name for path in case.iterdir() if path != place)
        seen.append({"then": then, "after": told(place), "left": left})
        last, again = (last + 1, 0) if resumed else (last, again + 1)


def main(folder: Path, *kinds: str) -> None:
    """`kinds` are "older", "none" and "file"; "-plain" behind: the system exchanges nothing; "-twice": see above."""
    os.fsync = lambda _: None  # who is killed loses nothing that the system has
    renameat2, seen = exchange._renameat2, {}
    for kind in kinds:
        place = folder / kind
        place.mkdir()
        exchange._renameat2 = (lambda: None) if "-plain" in kind else renameat2
        seen[kind] = die_everywhere(place, kind.partition("-")[0], twice="-twice" in kind)
    print(json.dumps(seen))  # noqa: T201 - it is what it is run for


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
