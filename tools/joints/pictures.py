"""Pictures of people drawn at random in wide postures, and where their joints are: `python -m tools.joints.pictures OUT`.

Bodies, clothes, rooms and movements are those of the crowd (docs/rendering.md), under numbers that nothing else uses; knees,
pelvis and trunk go much further. Each is filmed by two cameras, five pictures each, at any moment of the movement.
With `--free`, people of other numbers stand on one leg: the other leg is anywhere, the pelvis tilted by up to 30°, anew in
every picture.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from samples.render import crowd
from samples.render.__main__ import Acted, act, anatomical
from samples.render.camera import Camera
from samples.render.clips import Clip
from samples.render.film import Sensor
from samples.render.kinematics import OTHER, OUTWARDS, SIDES, hips, settle, solve
from samples.render.motions import Rep
from samples.render.scene import Scene

FIRST, FIRST_FREE = 50_001, 60_001
CAMERAS: Final = 2
PICTURES: Final = 5
#: By then everybody moves.
MOVES_S: Final = 0.9
_PARTS: Final = ("hip", "knee", "ankle", "toe", "shoulder")
_KINDS: Final = {"crowd": crowd.clip_of, "climber": crowd.climber_of, "rider": crowd.rider_of}
_SHARES: Final = (0.62, 0.2, 0.18)


def clip_of(seed: int) -> tuple[np.random.Generator, Clip]:
    """Somebody drawn at random, and what further draws come from."""
    random = np.random.default_rng([seed, 77])
    clip = _KINDS[str(random.choice(list(_KINDS), p=_SHARES))](seed)
    reps = tuple(_wide(random, clip, rep) for rep in clip.form.reps)
    return random, replace(clip, form=replace(clip.form, reps=reps))


def one_leg_of(seed: int) -> tuple[np.random.Generator, Clip]:
    """Somebody drawn at random who stands on one leg."""
    number = seed
    while (clip := crowd.clip_of(number)).activity != "single_leg_squat":
        number += 1_000_003
    return np.random.default_rng([seed, 78]), clip


def freed(random: np.random.Generator, acted: Acted) -> Acted:
    """The same with the free leg anywhere and the pelvis tilted at random, anew in every picture."""
    rig, motion = acted.mesh.rig, acted.scripted.motion
    count, free = len(motion.time_s), OTHER[acted.clip.form.side]
    motion.obliquity_deg = random.normal(0, 12, count).clip(-30, 30)
    motion.lean_deg = motion.lean_deg + random.normal(0, 7, count)
    settle(rig, motion)
    aside = np.radians(random.normal(14, 22, count).clip(-22, 70))
    ahead = np.radians(random.normal(8, 25, count).clip(-45, 55))
    out, down, forward = OUTWARDS[free] * np.sin(aside), -np.cos(aside) * np.cos(ahead), np.cos(aside) * np.sin(ahead)
    reach = rig.leg * random.uniform(0.72, 0.99, count)
    motion.ankle[free] = hips(rig, motion)[free] + reach[:, None] * np.stack([out, down, forward], axis=1)
    motion.inwards_deg[free] = random.normal(0, 12, count)
    motion.toe_out_deg[free] = random.normal(10, 15, count)
    motion.toe_down_deg[free] = random.uniform(0, 55, count)
    return replace(acted, posed=solve(rig, motion))


def _wide(random: np.random.Generator, clip: Clip, rep: Rep) -> Rep:
    alone = clip.activity in ("single_leg_squat", "step_down")
    inwards = (_about(random, 2, 9, -20, 24), _about(random, 2, 9, -20, 24))
    if alone:
        inwards = (inwards[0], 0.0) if clip.form.side == SIDES[0] else (0.0, inwards[1])
    if clip.activity == "stairs":
        return replace(rep, inwards_deg=inwards, drop_deg=_about(random, 3, 8, -16, 22), lean_deg=random.normal(0, 5))
    if clip.activity == "cycling":
        inwards = (0.8 * inwards[0], 0.8 * inwards[1])
        return replace(rep, inwards_deg=inwards, drop_deg=_about(random, 1, 5, -10, 12), lean_deg=random.normal(1, 3))
    return replace(
        rep,
        inwards_deg=inwards,
        drop_deg=_about(random, 2 if alone else 0, 9, -24, 26),
        lean_deg=_about(random, 0, 6, -16, 16),
        weight_right=_about(random, 0.5, 0.11, 0.25, 0.75),
    )


def _about(random: np.random.Generator, mean: float, spread: float, low: float, high: float) -> float:
    return float(np.clip(random.normal(mean, spread), low, high))


def _camera(random: np.random.Generator, clip: Clip) -> Camera:
    """A second camera."""
    if clip.activity == "stairs":
        return replace(clip.camera, yaw_deg=random.uniform(-20, 20), roll_deg=random.normal(0, 3))
    if clip.activity == "cycling":
        yaw_deg, facing = random.uniform(-22, 22), str(random.choice(["front", "back"]))
        return replace(clip.camera, yaw_deg=yaw_deg, facing=facing, roll_deg=random.normal(0, 3))
    return replace(crowd.camera_of(random, 28.0, 0.3), roll_deg=random.normal(0, 4))


def pictures(seed: int) -> dict[str, np.ndarray]:
    """Everything kept of one body. ValueError where the movement is beyond it."""
    random, clip = one_leg_of(seed) if seed >= FIRST_FREE else clip_of(seed)
    acted = act(clip)
    if seed >= FIRST_FREE:
        acted = freed(random, acted)
    rows = [row for number in range(CAMERAS) for row in _filmed(random, clip, acted, number, seed)]
    packed = np.array([row.pop("jpg") for row in rows], dtype=object)
    return {"jpg": packed, **{key: np.array([row[key] for row in rows]) for key in rows[0]}}


def _filmed(random: np.random.Generator, clip: Clip, acted: Acted, number: int, seed: int) -> Iterator[dict]:
    camera = _camera(random, clip) if number else clip.camera
    boxes, motion = acted.scripted.boxes, acted.scripted.motion
    scene = Scene(acted.mesh, acted.filmed, camera, clip.room, boxes, min([0.0, *(low[1] for low, _ in boxes)]))
    if acted.scripted.bicycle:
        scene.bicycle(motion)
    lens = replace(clip.lens, blur_px=random.uniform(0.3, 1.2), light=random.uniform(0.5, 1.15))
    sensor = Sensor(lens, (camera.height_px, camera.width, 3), seed)
    frames = np.sort(random.choice(np.flatnonzero(motion.time_s > MOVES_S), PICTURES, replace=False))
    bodies = {"": acted.filmed, "anat_": anatomical(acted).filmed}
    axes = np.stack([camera.axes] * len(motion.time_s))
    for frame, seen in zip(frames, scene.pictures(axes, frames), strict=True):
        joints = {
            f"{name}px": camera.pixels(np.stack([[body.joint(side, part)[frame] for part in _PARTS] for side in SIDES]))
            for name, body in bodies.items()
        }
        image = cv2.cvtColor(sensor(seen), cv2.COLOR_RGB2BGR)
        quality = int(random.integers(60, 95))
        yield {
            **joints,
            "obliquity": motion.obliquity_deg[frame],
            "yaw": camera.yaw_deg,
            "back": camera.facing == "back",
            "activity": clip.activity,
            "jpg": cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1],
        }
    scene.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Render people drawn at random.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--bodies", type=int, default=600)
    parser.add_argument("--free", action="store_true", help="people on one leg, the other leg anywhere")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    first = FIRST_FREE if asked.free else FIRST
    for seed in range(first, first + asked.bodies):
        goal = asked.out / f"{seed}.npz"
        if goal.exists():
            continue
        try:
            np.savez(goal, **pictures(seed))
        except ValueError as fault:
            print(seed, fault, flush=True)


if __name__ == "__main__":
    main()
