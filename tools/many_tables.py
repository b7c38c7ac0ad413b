"""How long the tables of many videos take and how much memory: `python -m tools.many_tables out/squat 100 10000`.

Takes the result in a folder for that of every video, each with another hash; docs/batch.md tells what it gave.
"""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from alignment import outputs
from alignment.batch.tables import Tables


def main() -> None:
    """Each number of videos in a process of its own, since memory that was used once stays with its process."""
    folder, *counts = sys.argv[1:]
    if len(counts) > 1:
        for count in counts:
            subprocess.run([sys.executable, "-m", "tools.many_tables", folder, count], check=True)
        return
    import resource

    one = outputs.read_result(Path(folder))
    tables, began_s = Tables(()), time.perf_counter()
    for number in range(int(counts[0])):
        plan: Any = SimpleNamespace(video=SimpleNamespace(name=f"{number}.mp4", row=_Row()))
        tables.add(number, plan, replace(one, source=replace(one.source, sha256=f"{number:064x}")))
    added_s, sizes = time.perf_counter() - began_s, {}
    with TemporaryDirectory() as out:
        for name, write in tables.results().items():
            with (Path(out) / name).open("wb") as file:
                write(file)
                sizes[name] = file.seek(0, os.SEEK_END)
    took_s = time.perf_counter() - began_s - added_s
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"{counts[0]} videos: taken up in {added_s:.1f} s, written in {took_s:.1f} s, at most {most_mb:.0f} MB", sizes
    )


class _Row:
    subject, session, extras = "S", "1", {}


if __name__ == "__main__":
    main()
