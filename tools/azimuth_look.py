"""Looks with the landmark model at pictures of people drawn at random, for `azimuth_fit.py`.

    python tools/azimuth_look.py out/azimuth --first 30000 --seconds 1500

Needs the extra `render` and the heavy model. It may run several times at once, with other first numbers and a step, and goes
on where it was stopped. The numbers must not be those of clips that are reported on: 30000 and up were fitted on.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment.pose import landmarker, model_files
from samples.render import crowd
from samples.render.__main__ import act
from samples.render.camera import Camera
from samples.render.clips import Clip
from samples.render.film import Sensor
from samples.render.scene import Scene

if TYPE_CHECKING:
    from mediapipe.tasks.python.vision import PoseLandmarker

VARIANT = "heavy"
#: Cameras a body is looked at from, and pictures each: standing, and moving.
CAMERAS, STANDING, MOVING = 3, 3, 5
MOST_YAW_DEG, BEHIND, ON_STAIRS = 30.0, 0.25, 0.15
MOST_BODIES = 10_000


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Look at pictures of people drawn at random, a file a body.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=30000, help="the first one's number")
    parser.add_argument("--step", type=int, default=1, help="from one number to the next")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long to look")
    wanted = parser.parse_args()
    seeds = range(wanted.first, wanted.first + MOST_BODIES * wanted.step, wanted.step)
    look(wanted.folder, seeds, wanted.seconds)


def look(folder: Path, seeds: range, seconds: float) -> None:
    """Write what the model sees of one body after the other, until the time is over."""
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + seconds
    with landmarker.landmarkers(model_files.require(VARIANT), 1) as idle:
        model = idle.get()
        for seed in seeds:
            if time.monotonic() > until:
                break
            path = folder / f"{seed}.npz"
            try:
                rows = [] if path.exists() else list(looks(seed, model))
            except ValueError as fault:
                print(f"{seed}: {fault}")
                continue
            if rows:
                np.savez_compressed(path, **{key: np.array([row[key] for row in rows]) for key in rows[0]})
                print(f"{seed}: {len(rows)} pictures", flush=True)


def looks(seed: int, model: "PoseLandmarker") -> Iterator[dict[str, Any]]:
    """What the model sees of one body from several cameras."""
    random = np.random.default_rng([seed, 1])
    clip = crowd.clip_of(seed)
    if random.random() < ON_STAIRS:
        clip = replace(clip, activity="stairs", form=crowd.on_stairs(random, clip.form))
    acted = act(clip)
    time_s, hips = acted.scripted.motion.time_s, acted.scripted.motion.pelvis
    for number in range(CAMERAS):
        camera = camera_of(random, clip)
        scene = Scene(acted.mesh, acted.filmed, camera, clip.room, acted.scripted.boxes, floor_of(acted.scripted.boxes))
        standing = random.choice(np.flatnonzero(time_s < 0.9), STANDING, replace=False)
        moving = np.sort(random.choice(np.flatnonzero(time_s > 1.0), MOVING, replace=False))
        frames = np.concatenate([standing, moving])
        sensor = Sensor(clip.lens, (camera.height_px, camera.width, 3), seed)
        axes = np.stack([camera.axes] * len(time_s))
        for frame, picture in zip(frames, scene.pictures(axes, frames), strict=True):
            image = np.ascontiguousarray(sensor(picture))
            both = [
                landmarker.detect(model, one, (camera.width, camera.height_px))
                for one in (image, np.ascontiguousarray(image[:, ::-1]))
            ]
            if all(len(poses) for poses in both):
                metres, mirrored = (poses.metres[largest(poses.pixels)] for poses in both)
                away = camera.place - hips[frame]
                yield {
                    "metres": metres,
                    "mirrored": mirrored,
                    "azimuth_deg": np.degrees(np.arctan2(away[0], away[2])),
                    "camera": number,
                }
        scene.close()


def largest(pixels: np.ndarray) -> int:
    """The largest figure."""
    return int(np.argmax(np.ptp(pixels[..., 1], axis=1)))


def floor_of(boxes: list) -> float:
    """Where the lowest thing stands."""
    return min([0.0, *(low[1] for low, _ in boxes)])


def camera_of(random: np.random.Generator, clip: Clip) -> Camera:
    """A camera somewhere before or behind the body; on stairs from below, with room for the way."""
    camera = crowd.camera_of(random, MOST_YAW_DEG, BEHIND)
    if clip.activity != "stairs":
        return camera
    there = crowd.at_the_stairs(clip.form)
    return replace(there, yaw_deg=camera.yaw_deg, roll_deg=camera.roll_deg, aim=camera.aim)


if __name__ == "__main__":
    main()
