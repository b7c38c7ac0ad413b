"""Pictures in; the network's early maps of crops of the legs out: `python -m tools.joints.features PICTURES OUT`.

Crops to train with lie about where the model's landmarks would put them, moved, scaled, turned, and with the faults that
films have; each is plain or mirrored at random, and in a mirrored one left and right change places. Bodies whose number
divides by `CHECK_EVERY` are kept for checking: their crops are made from the model's landmarks as the program does it, and
looked at both ways.
"""

import argparse
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from alignment.core.skeleton import INDEX
from alignment.pose.crop import Crop
from alignment.pose.engines import published_file
from alignment.pose.joints import crop_around, legs_crop
from alignment.pose.openvino import OpenVinoEngine
from tools.joints.encoder import encoder_of

#: Every so many bodies is one to check with.
CHECK_EVERY: Final = 8
#: Hip, knee, ankle, toe of the body model, then hip, knee and ankle where people have them; left first.
POINTS: Final = 7
#: The model's landmarks that the crop has to hold.
LEGS: Final = tuple(
    INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("hip", "knee", "ankle", "heel", "toe")
)
CROPS: Final = 2
SIDE_PX: Final = 256


def placed(points: np.ndarray, crop: Crop) -> np.ndarray:
    """Where points of the picture lie in the crop, from 0 to 1 of its sides."""
    c, s = np.cos(crop.turn_rad), np.sin(crop.turn_rad)
    return (points - [crop.x_px, crop.y_px]) @ np.array([[c, -s], [s, c]]) / crop.side_px + 0.5


def mirrored(points: np.ndarray) -> np.ndarray:
    """Points of both legs (from 0 to 1 of the crop) as in the mirror image."""
    both = points.reshape(len(points), 2, -1, 2)[:, ::-1].copy()
    both[..., 0] = 1 - both[..., 0]
    return both.reshape(points.shape)


def largest(engine: OpenVinoEngine, image: np.ndarray) -> np.ndarray | None:
    """The landmarks (px) of the tallest figure that the model finds."""
    found = engine.detect(image, (image.shape[1], image.shape[0])).pixels
    return found[int(np.argmax(np.ptp(found[..., 1], axis=1)))] if len(found) else None


def about(true: np.ndarray, random: np.random.Generator) -> Crop:
    """A crop about where the model's landmarks would put it: its hips lie higher and its toes further on than the joints."""
    legs = true.reshape(2, POINTS, 2)[:, :4].copy()
    leg_px = float(np.abs(legs[:, 3, 1] - legs[:, 0, 1]).max())
    legs[:, 0, 1] -= 0.03 * leg_px
    legs[:, 3, 1] += 0.05 * leg_px
    base = crop_around(legs.reshape(-1, 2))
    x_px, y_px = random.normal([base.x_px, base.y_px], 0.04 * base.side_px)
    side_px = base.side_px * float(np.exp(random.normal(0.02, 0.09)))
    return Crop(float(x_px), float(y_px), side_px, float(random.normal(0.0, 0.07)))


def spoilt(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The crop with other light and colours, fewer pixels, blur, noise, compression, or a thing before it."""
    seen = image.astype(np.float32)
    if random.random() < 0.7:
        seen = (seen - 128) * random.uniform(0.7, 1.3) + 128 * random.uniform(0.75, 1.2)
    if random.random() < 0.5:
        seen = seen * random.uniform(0.85, 1.15, 3).astype(np.float32)
    spoiled = seen.clip(0, 255).astype(np.uint8)
    if random.random() < 0.35:
        side = int(SIDE_PX * random.uniform(0.35, 0.9))
        small = cv2.resize(spoiled, (side, side), interpolation=cv2.INTER_AREA)
        spoiled = cv2.resize(small, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_LINEAR)
    if random.random() < 0.3:
        spoiled = cv2.GaussianBlur(spoiled, (0, 0), random.uniform(0.4, 1.6))
    if random.random() < 0.4:
        noise = random.standard_normal(spoiled.shape, np.float32) * random.uniform(1, 9)
        spoiled = (spoiled + noise).clip(0, 255).astype(np.uint8)
    if random.random() < 0.5:
        packed = cv2.imencode(".jpg", spoiled, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(25, 85))])[1]
        spoiled = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    if random.random() < 0.12:
        (x, y), (wide, high) = random.integers(0, 220, 2), random.integers(15, 60, 2)
        spoiled[y : y + high, x : x + wide] = random.integers(0, 255, 3)
    return spoiled


def picture(packed: np.ndarray) -> np.ndarray:
    """A stored picture (RGB)."""
    return cv2.cvtColor(cv2.imdecode(packed, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="The network's early maps of crops of the legs.")
    parser.add_argument("pictures", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    look, engine = encoder_of("heavy"), OpenVinoEngine(published_file("heavy", None))
    for path in sorted(asked.pictures.glob("*.npz")):
        goal = asked.out / path.name
        if goal.exists():
            continue
        kept = np.load(path, allow_pickle=True)
        images = [picture(packed) for packed in kept["jpg"]]
        truths = np.concatenate([kept["px"][:, :, :4], kept["anat_px"][:, :, :3]], axis=2).reshape(-1, 2 * POINTS, 2)
        cuts, trues, models, which = [], [], [], []
        checking = int(path.stem) % CHECK_EVERY == 0
        random = np.random.default_rng(int(path.stem))
        for i, (image, true) in enumerate(zip(images, truths, strict=True)):
            model = largest(engine, image) if checking else None
            if checking and model is None:
                continue
            for _ in range(1 if checking else CROPS):
                crop = about(true, random) if model is None else legs_crop(model)
                cut = crop.cut(image, SIDE_PX)
                cuts.append(cut if checking else spoilt(cut, random))
                trues.append(placed(true, crop))
                models.append(np.full((10, 2), np.nan) if model is None else placed(model[list(LEGS)], crop))
                which.append(i)
        if not cuts:
            continue
        cut, true, model = np.stack(cuts), np.stack(trues), np.stack(models)
        if checking:
            cut, turned = np.concatenate([cut, cut[:, :, ::-1]]), np.repeat([False, True], len(cut))
            true, model = np.concatenate([true, mirrored(true)]), np.concatenate([model, mirrored(model)])
        else:
            turned = random.random(len(cut)) < 0.5
            cut = np.where(turned[:, None, None, None], cut[:, :, ::-1], cut)
            true = np.where(turned[:, None, None], mirrored(true), true)
        fine, coarse = look(cut)
        maps = {"fine": fine.astype(np.float16), "coarse": coarse.astype(np.float16)}
        whose = {"turned": turned, "picture": np.resize(which, len(cut)), "activity": str(kept["activity"][0])}
        np.savez(goal, true=true.astype(np.float32), model=model.astype(np.float32), **maps, **whose)


if __name__ == "__main__":
    main()
