"""Clips with truth in; crops of the legs at key moments and while standing out: `python -m tools.joints.moments FOLDER OUT`.

With `--beads TRUTH.csv FILM`, the frames of a real film whose pelvis is known from beads on it.
"""

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from alignment.pose.engines import published_file
from alignment.pose.joints import legs_crop
from alignment.pose.openvino import OpenVinoEngine
from tools.joints.features import LEGS, SIDE_PX, largest, placed

#: Pictures around a key moment, and until when somebody stands in the clips of the set.
AROUND, STANDS_S = (-2, 0, 2), 0.8
#: Pelves tilt by so much in what the program measures.
USUAL_DEG = 15
PARTS, SIDES = ("hip", "knee", "ankle", "toe"), ("left", "right")


def frames_of(film: Path, wanted: set[int]) -> Iterator[tuple[int, np.ndarray]]:
    """The wanted pictures of a film, upright (RGB)."""
    with av.open(str(film)) as container:
        for number, frame in enumerate(container.decode(container.streams.video[0])):
            if number > max(wanted):
                return
            if number in wanted:
                image = frame.to_ndarray(format="rgb24")
                yield number, np.ascontiguousarray(np.rot90(image, frame.rotation // 90))


def of_clip(path: Path, engine: OpenVinoEngine) -> Iterator[dict]:
    """A clip's moments."""
    truth = json.loads(path.read_text())
    series = truth["series"]
    time_s = np.array(series["time_s"], float)
    wanted = {int(k): ("both", "still") for k in np.flatnonzero(time_s < STANDS_S)[::6]}
    for rep in truth["repetitions"]:
        key = int(np.argmin(abs(time_s - rep["key_s"])))
        wanted.update({k: (rep["side"], "key") for k in (key + off for off in AROUND) if 0 <= k < len(time_s)})
    for k, image in frames_of(path.parent / truth["video"], set(wanted)):
        points = largest(engine, image)
        if points is None:
            continue
        true = np.array(
            [[series[side][f"{part}_px"][k] or (np.nan, np.nan) for part in PARTS] for side in SIDES], float
        )
        tilt = series.get("pelvic_obliquity_deg")
        yield {
            "clip": path.name.removesuffix(".truth.json"),
            "activity": truth["activity"],
            "side": wanted[k][0],
            "tag": wanted[k][1],
            "obl": np.nan if tilt is None else tilt[k],
            **_seen(image, points, true.reshape(-1, 2)),
        }


def of_beads(table: Path, film: Path, engine: OpenVinoEngine) -> Iterator[dict]:
    """The frames whose pelvis is known, and nothing else."""
    with table.open() as file:
        rows = {int(row["frame"]): row for row in csv.DictReader(file) if all(row.values())}
    for k, image in frames_of(film, set(rows)):
        points = largest(engine, image)
        if points is None:
            continue
        # Beads lie on the skin in front of the hips: they tell the tilt, not where a joint is.
        true = np.full((8, 2), np.nan)
        tilt_deg = float(rows[k]["obliquity_deg_right_higher"])
        far = f"beads, {'up to' if abs(tilt_deg) <= USUAL_DEG else 'beyond'} {USUAL_DEG}°"
        about = {"clip": film.stem, "activity": far, "side": "both", "tag": "key"}
        yield {**about, "obl": tilt_deg, **_seen(image, points, true)}


def _seen(image: np.ndarray, points: np.ndarray, true: np.ndarray) -> dict:
    crop = legs_crop(points)
    return {
        "cut": crop.cut(image, SIDE_PX),
        "crop": (crop.x_px, crop.y_px, crop.side_px),
        "y": placed(true, crop),
        "mp": placed(points[list(LEGS)], crop),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Key moments of clips, for figures.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", help="only the manifest's clips of this split without a disturbance")
    parser.add_argument("--beads", type=Path, help="the table of a real film's beads; FOLDER is the film")
    asked = parser.parse_args()
    engine = OpenVinoEngine(published_file("heavy", None))
    if asked.beads:
        rows = list(of_beads(asked.beads, asked.folder, engine))
    else:
        paths = sorted(asked.folder.glob("*.truth.json"))
        if asked.split:
            with (asked.folder / "manifest.csv").open() as file:
                plain = [row for row in csv.DictReader(file) if row["disturbance"] in ("", "again")]
            names = {f"{row['clip']}.truth.json" for row in plain if row["split"] == asked.split}
            paths = [path for path in paths if path.name in names]
        rows = [row for path in paths for row in of_clip(path, engine)]
    np.savez(asked.out, **{key: np.array([row[key] for row in rows]) for key in rows[0]})


if __name__ == "__main__":
    main()
