"""Whether two versions of the program measure the same: landmarks replayed by each, and what they leave compared.

    alignment validate samples --no-baseline --tracks out/tracks      # the landmarks of the sample clips, once
    python tools/same_numbers.py replay out/tracks out/before         # in the checkout of the one version
    python tools/same_numbers.py replay out/tracks out/after          # in that of the other
    python tools/same_numbers.py compare out/before out/after

Equal means to the last digit: every cell of cycles.csv, every number of frames.parquet.
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pandas as pd

SAMPLES = Path("samples")


def replay(tracks: Path, out: Path) -> int:
    """Assess every track with the program of the folder that this runs in, with the camera's true roll."""
    groups = defaultdict(list)
    for path in sorted(tracks.glob("*.track.parquet")):
        truth = json.loads((SAMPLES / f"{path.name.partition('.')[0]}.truth.json").read_text(encoding="utf-8"))
        groups[truth["activity"], truth["camera"]["roll_deg"]].append(str(path))
    worst = 0
    for (activity, roll_deg), paths in groups.items():
        command = [sys.executable, "-m", "alignment", "analyze", *paths, "--activity", activity]
        command += [f"--camera-roll={roll_deg}", "--no-report", "--out", str(out)]
        worst = max(worst, subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode)
    return worst


def compare(before: Path, after: Path) -> int:
    """Print every file that differs, and how many were compared. Exit code 1 where one differs or is missing."""
    names = {path.relative_to(folder) for folder in (before, after) for path in folder.glob("**/cycles.csv")}
    names |= {name.with_name("frames.parquet") for name in names}
    differing = [name for name in sorted(names) if not _same(before / name, after / name)]
    for name in differing:
        print(f"differs: {name}")
    print(f"{len(names) - len(differing)} of {len(names)} files are equal to the last digit")
    return 1 if differing or not names else 0


def _same(one: Path, other: Path) -> bool:
    if not one.is_file() or not other.is_file():
        return False
    if one.suffix == ".csv":
        return one.read_bytes() == other.read_bytes()
    first, second = pd.read_parquet(one), pd.read_parquet(other)
    return list(first.columns) == list(second.columns) and first.equals(second)


if __name__ == "__main__":
    what, first, second = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    sys.exit({"replay": replay, "compare": compare}[what](first, second))
