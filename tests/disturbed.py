"""Films of the stick figure with the errors drawn that the package assumes: how far numbers then lie from the truth."""

from dataclasses import replace

import numpy as np

from alignment.activities import ACTIVITIES
from alignment.measures import MEASURES
from alignment.pipeline import analyze
from alignment.skeleton import INDEX, SIDES
from alignment.track import Track
from alignment.uncertainty import LANDMARK_SE
from alignment.viewpoint import ROLL_UNKNOWN_SE_DEG, estimate
from alignment.viewpoint.setup import FOCAL_RELATIVE_SE, PITCH_SE_DEG
from tests.synthetic import Camera, Motion, film, joints, squat, truth


def errors_in_standard_errors(seed: int) -> list[tuple[str, float]]:
    """One random squat, filmed with random errors: every measure's error at the key moment over its standard error."""
    rng = np.random.default_rng(seed)
    done = squat(
        reps=1,
        depth=rng.uniform(0.12, 0.3),
        inwards_deg=tuple(rng.uniform(-10.0, 12.0, 2)),
        obliquity_deg=rng.uniform(-3.0, 3.0),
        lean_deg=rng.uniform(-2.0, 2.0),
    )
    camera = Camera(
        facing=str(rng.choice(["front", "back"])),
        yaw_deg=rng.uniform(-15.0, 15.0),
        distance=rng.uniform(3.2, 5.0),
        height=rng.uniform(0.7, 1.2),
    )
    result = analyze(_disturbed(done, camera, rng), ACTIVITIES["squat"])
    known = truth(joints(done))
    found = []
    for value in (value for cycle in result.cycles for value in cycle.values):
        true = known.get((value.measure, value.side))
        if value.at == "key" and value.value is not None and true is not None:
            around = np.abs(done.time_s - value.time_s) < 0.051
            # What the model reads wrongly by itself is drawn too; no shifted landmark shows it.
            read = value.value + MEASURES[value.measure].own_se * rng.normal()
            found.append((value.measure, (read - float(np.median(true[around]))) / value.standard_error))
    return found


def _disturbed(done: Motion, camera: Camera, rng: np.random.Generator) -> Track:
    """The film with another lens, a tilted camera, a yaw read wrongly and landmarks beside their joints."""
    zoom = max(0.45, 1.0 + FOCAL_RELATIVE_SE * rng.normal())
    camera = replace(
        camera,
        focal_px=camera.focal_px * zoom,
        distance=camera.distance * zoom,
        roll_deg=ROLL_UNKNOWN_SE_DEG * rng.normal(),
    )
    track = film(done, camera)
    pixels = _pitched(track.pixels, camera, PITCH_SE_DEG * rng.normal())
    leg_px = camera.focal_px / camera.distance
    for part, (sideways, against, together) in LANDMARK_SE.items():
        both = together * rng.normal()
        for side in SIDES:
            shift = [sideways * rng.normal(), against * rng.normal() + both]
            pixels[:, INDEX[f"{side}_{part}"]] += leg_px * np.array(shift)
    _, setup = estimate(track, camera_roll_deg=None, anchor="feet")
    yaw_deg = setup.azimuth_se_deg * rng.normal()
    return replace(
        track,
        pixels=pixels,
        metres=_turned(track.metres, yaw_deg),
        mirrored_metres=_turned(track.mirrored_metres, -yaw_deg),
    )


def _pitched(pixels: np.ndarray, camera: Camera, pitch_deg: float) -> np.ndarray:
    """Where the same rays meet the picture of a camera that looks down by `pitch_deg`."""
    middle = np.array([camera.width, camera.height_px]) / 2
    x, y = np.moveaxis((pixels - middle) / camera.focal_px, -1, 0)
    cosine, sine = np.cos(np.radians(pitch_deg)), np.sin(np.radians(pitch_deg))
    depth = cosine + sine * y
    return middle + camera.focal_px * np.stack([x / depth, (cosine * y - sine) / depth], axis=-1)


def _turned(metres: np.ndarray, angle_deg: float) -> np.ndarray:
    """The model's metres turned about the vertical, as where it reads the figure's heading wrongly."""
    cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    x, y, z = np.moveaxis(metres, -1, 0)
    return np.stack([cosine * x - sine * z, y, sine * x + cosine * z], axis=-1)
