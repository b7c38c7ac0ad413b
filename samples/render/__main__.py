"""Make clips: `python -m samples.render NAME ...`. With `--sheet`, one picture of each to look it over.

Beside the clips of the set there are people drawn at random: crowd_1, crowd_2, ..., rider_1, ..., climber_1, ...
"""

import argparse
import csv
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import av
import numpy as np

from samples.render import body as bodies
from samples.render import crowd, marks
from samples.render.anatomy import with_joints_of
from samples.render.clips import CLIPS, Clip
from samples.render.film import Sensor, shake_deg, write
from samples.render.gait_truth import gait_series, heels, merged
from samples.render.gaits import GAITS
from samples.render.kinematics import Posed, solve, turned
from samples.render.marked import MARKED
from samples.render.motions import Form, Rep, Scripted, smooth
from samples.render.pelvis import following
from samples.render.scene import Scene
from samples.render.scripts import SCRIPTS
from samples.render.truth import camera_block, plain, series

_DRAWN: Final = {"crowd": crowd.clip_of, "rider": crowd.rider_of, "climber": crowd.climber_of}
SAMPLES = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Acted:
    """A clip's body and what it does; `axes` are the camera's in every picture rendered.

    `posed` is in the subject's own axes, which turn with it, `turned_deg` to its left of those that it starts with.
    """

    clip: Clip
    mesh: bodies.Mesh
    scripted: Scripted
    posed: Posed
    turned_deg: np.ndarray
    axes: np.ndarray
    #: Where its marks sit at rest.
    worn: Mapping[str, marks.Place]

    @property
    def filmed(self) -> Posed:
        """The body as the camera has it before it."""
        return turned(self.posed, self.turned_deg) if self.turned_deg.any() else self.posed

    @property
    def frames(self) -> np.ndarray:
        """Which of the pictures the film keeps."""
        return kept(self.clip, len(self.axes))


def act(clip: Clip) -> Acted:
    """Pose the clip's body."""
    mesh = bodies.build(clip.body, clip.outfit)
    scripted = SCRIPTS[clip.activity](mesh.rig, clip.form, clip.fps * clip.smeared)
    worn = marks.places(clip.marks, mesh) if clip.marks else {}
    if clip.hand_over:
        marks.cover(mesh.rig, scripted.motion, worn, clip.hand_over)
    shaken = shake_deg(scripted.motion.time_s, clip.shake_deg, clip.room.seed)
    axes = np.stack([clip.camera.shaken(angles) for angles in shaken])
    time_s = scripted.motion.time_s
    turns = [turn * smooth((time_s - start_s) / (end_s - start_s)) for start_s, end_s, turn in clip.turns]
    posed = solve(mesh.rig, scripted.motion)
    return Acted(clip, mesh, scripted, posed, np.sum([0 * time_s, *turns], axis=0), axes, worn)


def anatomical(acted: Acted) -> Acted:
    """The same with the joints of the legs where people have them. The pictures stay those of the model's own joints."""
    return replace(acted, posed=with_joints_of(acted.posed, bodies.anatomical_rig(acted.clip.body)))


def stage(acted: Acted) -> Scene:
    """The scene of a clip."""
    clip = acted.clip
    boxes = [*acted.scripted.boxes, *clip.obstacles]
    floor = min([0.0, *(low[1] for low, _ in boxes)])
    scene = Scene(acted.mesh, acted.filmed, clip.camera, clip.room, boxes, floor)
    if acted.scripted.bicycle:
        scene.bicycle(acted.scripted.motion)
    if clip.marks:
        scene.wear(clip.marks, acted.worn)
    if clip.other:
        person, outfit, place = clip.other
        other = bodies.build(person, outfit)
        waiting = SCRIPTS["squat"](other.rig, Form((Rep(0.05, weight_right=0.6),) * 2, arms="hips"), clip.fps)
        scene.bystander(other, solve(other.rig, waiting.motion), place)
    return scene


def kept(clip: Clip, count: int) -> np.ndarray:
    """Which pictures the film keeps."""
    picked = np.arange(clip.smeared // 2, count, clip.smeared)
    stays = np.random.default_rng(clip.room.seed).random(len(picked)) >= clip.dropped
    stays[0] = True
    return picked[stays]


def pictures(acted: Acted, scene: Scene) -> list[np.ndarray]:
    """The film's pictures as stored."""
    clip = acted.clip
    sensor = Sensor(clip.lens, (clip.camera.height_px, clip.camera.width, 3), clip.room.seed)
    stored = []
    for frame in acted.frames:
        first = frame - clip.smeared // 2
        around = range(max(first, 0), min(first + clip.smeared, len(acted.axes)))
        picture = sensor(np.mean(list(scene.pictures(acted.axes, around)), axis=0))
        stored.append(np.ascontiguousarray(picture[:, ::-1]) if clip.mirrored else picture)
    return stored


def truth(acted: Acted) -> dict:
    """The truth file's content."""
    clip, motion, frames = acted.clip, acted.scripted.motion, acted.frames
    whole = series(acted.posed, motion, clip.camera, acted.axes, mirrored=clip.mirrored, filmed=acted.filmed)
    for side, way in marks.pixels(acted.worn, acted.filmed, clip.camera, acted.axes).items():
        whole[side]["pelvis_mark_px"] = [clip.camera.width, 0] + way * [-1, 1] if clip.mirrored else way
    if clip.turns:
        whole["turned_deg"] = acted.turned_deg
    if clip.form.gait:
        whole = merged(whole, gait_series(acted.posed, acted.scripted, clip.form.gait, heels(acted.mesh)))
    whole = _picked(whole, frames)
    if clip.smeared > 1:
        # The film starts with the middle of its first picture's exposure.
        whole["time_s"] = np.arange(len(frames)) / clip.fps
    parameters = ("gender", "age", "height", "weight", "muscle", "proportions")
    return {
        **({"mirrored": True} if clip.mirrored else {}),
        **({"true_fps": clip.fps} if clip.plays_fps else {}),
        **({"marks": marks.block(clip.marks, clip.hand_over)} if clip.marks else {}),
        "schema": "alignment-truth/1",
        "video": f"{clip.name}.mp4",
        "activity": clip.activity,
        "fps": clip.fps,
        "frames": len(frames),
        "width": clip.camera.width,
        "height": clip.camera.height_px,
        "camera": camera_block(clip.camera, motion.pelvis[0]),
        "subject": {name: getattr(clip.body, name) for name in parameters},
        "repetitions": acted.scripted.repetitions,
        "series": plain(whole),
    }


def _picked(values: dict, frames: np.ndarray) -> dict:
    return {key: _picked(v, frames) if isinstance(v, dict) else v[frames] for key, v in values.items()}


def write_truth(acted: Acted, folder: Path) -> None:
    """Write NAME.truth.json."""
    content = json.dumps(truth(acted), separators=(",", ":"))
    (folder / f"{acted.clip.name}.truth.json").write_text(content)


def render(clip: Clip, folder: Path) -> None:
    """Write NAME.mp4 and NAME.truth.json, and the manifest again."""
    acted = act(clip)
    scene = stage(acted)
    film = pictures(acted, scene)
    scene.close()
    times_s = acted.scripted.motion.time_s[acted.frames]
    ticks = [round(1000 * float(time_s)) for time_s in times_s] if clip.dropped else None
    path = folder / f"{clip.name}.mp4"
    write(path, film, clip.plays_fps or clip.fps, ticks_ms=ticks, turned=clip.turned, most_bytes=clip.most_bytes)
    write_truth(acted, folder)
    manifest(folder)


def sheet(clip: Clip, folder: Path, count: int = 6) -> None:
    """Write NAME.png: pictures over the clip with the true joints, to be looked at."""
    acted = act(clip)
    scene = stage(acted)
    frames = np.linspace(0, len(acted.axes) - 1, count + 2).astype(int)[1:-1]
    found = series(acted.posed, acted.scripted.motion, clip.camera, acted.axes, filmed=acted.filmed)
    shown = []
    for frame, picture in zip(frames, scene.pictures(acted.axes, frames), strict=True):
        picture = picture.astype(np.uint8).copy()
        for side, colour in (("left", (0, 255, 0)), ("right", (255, 0, 0))):
            for part in ("hip", "knee", "ankle", "toe", "shoulder"):
                x, y = found[side][f"{part}_px"][frame].astype(int)
                picture[max(y - 2, 0) : max(y + 3, 0), max(x - 2, 0) : max(x + 3, 0)] = colour
        shown.append(picture)
    scene.close()
    with av.open(str(folder / f"{clip.name}.png"), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        image = np.concatenate(shown, axis=1)
        stream.height, stream.width, stream.pix_fmt = *image.shape[:2], "rgb24"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(image, "rgb24")))
        container.mux(stream.encode())


def pelvis(clip: Clip) -> None:
    """Print how truly the skin over the pelvis follows it: see `following`."""
    acted = act(clip)
    for spot, (slope, off_deg) in following(acted.mesh, acted.posed).items():
        sys.stdout.write(f"{clip.name:<22}{spot:<14}{slope:8.2f}{off_deg:8.2f}°\n")


def manifest(folder: Path) -> None:
    """Write manifest.csv: the clips that are there, what each is for, and whose motion it shows again."""
    rows = [("squat_front", "squat", "tune", "", ""), ("squat_yaw12", "squat", "tune", "", "")]
    rows += [("squat_tilt", "squat", "tune", "", ""), ("stairs_up_behind", "stairs", "tune", "", "")]
    clips = [*CLIPS.values(), *MARKED.values(), *GAITS.values()]
    clips += [*(named(path.stem) for kind in _DRAWN for path in sorted(folder.glob(f"{kind}_*.mp4")))]
    rows += [(clip.name, clip.activity, clip.split, clip.disturbance, clip.again) for clip in clips]
    with (folder / "manifest.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("clip", "activity", "split", "disturbance", "again"))
        writer.writerows(row for row in rows if (folder / f"{row[0]}.mp4").exists())


def named(name: str) -> Clip:
    """The clip of the set with this name, or of somebody drawn at random. KeyError if there is none."""
    kind, _, number = name.rpartition("_")
    return _DRAWN[kind](int(number)) if kind in _DRAWN and number.isdecimal() else {**CLIPS, **MARKED, **GAITS}[name]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m samples.render", description="Render clips with known truth.")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=", ".join([*CLIPS, *MARKED, *GAITS, *(f"{kind}_1, ..." for kind in _DRAWN)]),
    )
    parser.add_argument(
        "--out", type=Path, help="folder for the clips (default: samples, samples/marked for those with marks)"
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--sheet", action="store_true", help="only a picture of each clip, with the true joints")
    only.add_argument("--truth", action="store_true", help="only the truth again, beside the films that are there")
    only.add_argument("--anatomical", action="store_true", help="only the truth, of joints where people have them")
    only.add_argument("--pelvis", action="store_true", help="only how truly the skin over the pelvis follows it")
    wanted = parser.parse_args()
    try:
        clips = [named(name) for name in wanted.names]
    except KeyError as unknown:
        parser.error(f"there is no clip {unknown}")
    if not clips:
        parser.error("name the clips")
    for clip in clips:
        folder = wanted.out or (SAMPLES / "marked" if clip.marks else SAMPLES)
        folder.mkdir(parents=True, exist_ok=True)
        if wanted.sheet:
            sheet(clip, folder)
        elif wanted.truth:
            write_truth(act(clip), folder)
        elif wanted.anatomical:
            write_truth(anatomical(act(clip)), folder)
        elif wanted.pelvis:
            pelvis(clip)
        else:
            render(clip, folder)


if __name__ == "__main__":
    main()
