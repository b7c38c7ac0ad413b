"""How far the landmarks of other engines lie from MediaPipe's, and what each costs: films in, a table and tracks out.

    python tools/compare_engines.py OUT FILM...

Every film is read by each engine in turn, in one thread. OUT/<engine>/<film>.track.parquet keeps the landmarks, which
`alignment validate --tracks` takes; OUT/engines.csv has a row per film and engine.
"""

import csv
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

from alignment import outputs, sources
from alignment.accuracy.truth import read_truth
from alignment.core.activities import ACTIVITIES
from alignment.core.track import Track
from alignment.pose import mediapipe, openvino, tracking
from alignment.pose.engines import published_file

_ENGINES = {
    "mediapipe": mediapipe.ImageEngine,
    "openvino_f32": partial(openvino.OpenVinoEngine, precision="f32"),
    "openvino_bf16": partial(openvino.OpenVinoEngine, precision="bf16"),
}
_HEAD = (
    "film",
    "engine",
    "frames",
    "found",
    "median_px",
    "p95_px",
    "median_pct_of_crop",
    "median_mm",
    "cpu_ms_a_frame",
)


def main(out: Path, films: list[Path]) -> None:
    """Compare the engines on these films."""
    file = published_file("heavy", None)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "engines.csv").open("a", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(_HEAD)
        for film in films:
            reference: Track | None = None
            for name, engine in _ENGINES.items():
                track, cpu_ms = _track(film, partial(engine, file))
                reference = reference or track
                rows.writerow([film.stem, name, track.frames, *_difference(reference, track), round(cpu_ms, 2)])
                table.flush()
                (out / name).mkdir(exist_ok=True)
                outputs.save_track(out / name / f"{film.stem}.track.parquet", track)


def _track(film: Path, engine: partial) -> tuple[Track, float]:
    truth, _ = read_truth(film.with_suffix(".truth.json"))
    reading = sources.Reading(max_fps=ACTIVITIES[truth.activity].max_fps, mirrored=truth.mirrored)
    began = time.process_time()
    track = tracking.track(sources.open(film, reading), engine, workers=1)
    return track, (time.process_time() - began) * 1000 / max(track.frames, 1)


def _difference(reference: Track, other: Track) -> list[float]:
    """Share of frames in which both found the person; how far apart the landmarks are."""
    both = np.isfinite(reference.pixels[:, 0, 0]) & np.isfinite(other.pixels[:, 0, 0])
    apart = np.linalg.norm(reference.pixels - other.pixels, axis=-1)[both]
    tall = np.ptp(reference.pixels[both][..., 1], axis=1)[:, None] * 1.25
    space = np.linalg.norm(reference.metres - other.metres, axis=-1)[both] * 1000
    median, wide = np.percentile(apart, (50, 95))
    return [
        round(float(one), 4) for one in (both.mean(), median, wide, 100 * np.median(apart / tall), np.median(space))
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
