"""How far off the joints head and the model's landmarks are: `python -m tools.joints.figures OUT.csv NAME=MOMENTS.npz ...`.

Per set and movement: each joint's median error; slope, correlation and root mean square error of the knee's distance from
the lines hip-toe and hip-ankle in the picture; and of the hips' tilt, against standing in the same clip if the set has it.
Nothing is fitted here.
"""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from alignment.core.skeleton import LANDMARKS
from alignment.pose.crop import Crop
from alignment.pose.joints import JointsHead
from alignment.pose.joints.head import mirrored
from tools.joints.encoder import encoder_of, layers_on_maps
from tools.joints.features import CHECK_EVERY, LEGS, POINTS

HIP, KNEE, ANKLE, TOE = range(4)
#: Bodies with higher numbers stand on one leg (tools/joints/pictures.py, which needs the renderer).
FREE = 60_000
NAMES = ("hip", "knee", "ankle", "toe")


def read(moments: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """What the head reads of the crops, and its standard deviations: from 0 to 1 of the crop."""
    head, look = JointsHead(), encoder_of("heavy")
    say = layers_on_maps(head.weights)

    def layers(pictures: np.ndarray) -> np.ndarray:
        return say(*look(pictures * 255))

    places, sds = [], []
    for cut, model in zip(moments["cut"], moments["mp"], strict=True):
        # The crop is cut already: its own pixels are the picture.
        side = cut.shape[0]
        pixels = np.zeros((len(LANDMARKS), 2))
        pixels[list(LEGS)] = model * side
        reading = head.read(cut, pixels, Crop(side / 2, side / 2, float(side)), layers)
        places.append(reading.pixels / side)
        sds.append(reading.sd_px / side)
    return np.array(places), np.array(sds)


def of_bodies(folder: Path) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Moments, places and standard deviations of the bodies kept for checking, from their maps (tools/joints/features.py).

    The truth of the tilt is that of the hips in the picture, not against standing.
    """
    head, parts = JointsHead(), []
    say = layers_on_maps(head.weights)
    for path in sorted(folder.glob("*.npz")):
        if int(path.stem) % CHECK_EVERY:
            continue
        with np.load(path) as kept:
            maps = [kept[name].astype(np.float32) for name in ("fine", "coarse")]
            model, true, count = kept["model"], kept["true"], len(kept["true"]) // 2
            near = model.reshape(-1, 2, 5, 2)[:, :, [0, 1, 2, 4, 0, 1, 2]].astype(float)
            places, sds = head.places(say(*maps), near)
            turned = np.stack([mirrored(one) for one in places[count:]])
            hips = true.reshape(-1, 2, POINTS, 2)[:count, :, :4]
            parts.append(
                {
                    "y": hips.reshape(count, 8, 2),
                    "mp": model[:count],
                    "obl": tilt_deg(hips),
                    "activity": np.repeat(
                        "one leg, other anywhere" if int(path.stem) > FREE else str(kept["activity"]), count
                    ),
                    "clip": np.repeat(path.stem, count),
                    "side": np.repeat("both", count),
                    "tag": np.repeat("key", count),
                    "places": ((places[:count] + turned) / 2)[:, :, :4],
                    "sds": ((sds[:count] + sds[count:, ::-1]) / 2)[:, :, :4],
                }
            )
    whole = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    return whole, whole.pop("places"), whole.pop("sds")


def leg_of(points: np.ndarray) -> np.ndarray:
    """Thigh and shank as long as the longer leg appears, by picture."""
    return np.linalg.norm(np.diff(points[:, :, :3], axis=2), axis=-1).sum(-1).max(1)


def beside(points: np.ndarray, end: int, leg: np.ndarray) -> np.ndarray:
    """The knee's distance from the line from hip to `end`, % of the leg, + towards the other leg; (pictures, 2)."""
    line, knee = points[:, :, end] - points[:, :, HIP], points[:, :, KNEE] - points[:, :, HIP]
    across = (line[..., 0] * knee[..., 1] - line[..., 1] * knee[..., 0]) / np.linalg.norm(line, axis=-1)
    out = np.sign(points[:, 0, HIP, 0] - points[:, 1, HIP, 0])
    return 100 * across * np.stack([out, -out], 1) / leg[:, None]


def tilt_deg(points: np.ndarray) -> np.ndarray:
    """The hips' line against the picture's level, + right hip higher."""
    line = points[:, 0, HIP] - points[:, 1, HIP]
    return np.degrees(np.arctan2(line[:, 1], np.abs(line[:, 0])))


def compared(true: np.ndarray, found: np.ndarray) -> tuple[int, float, float, float, float]:
    """How many, the truth's spread, slope, correlation, root mean square error."""
    fine = np.isfinite(true) & np.isfinite(found)
    true, found = true[fine], found[fine]
    if len(true) < 4 or true.std() == 0:
        return len(true), *(np.nan,) * 4
    slope, r = np.polyfit(true, found, 1)[0], np.corrcoef(true, found)[0, 1]
    return len(true), true.std(), slope, r, np.sqrt(np.mean((found - true) ** 2))


def against_standing(moments: dict[str, np.ndarray], values: np.ndarray) -> np.ndarray:
    """The values less what they are while the same clip's person stands; by themselves where nobody stands."""
    still = moments["tag"] == "still"
    less = np.array(
        [np.mean(values[still & (moments["clip"] == clip)]) if still.any() else 0.0 for clip in moments["clip"]]
    )
    return values - less


def rows_of(
    name: str, moments: dict[str, np.ndarray], places: np.ndarray, sds: np.ndarray
) -> Iterator[dict[str, object]]:
    """The table's rows of one set."""
    own = moments["mp"].reshape(-1, 2, 5, 2)[:, :, [0, 1, 2, 4]]
    true = moments["y"].reshape(-1, 2, 4, 2)
    leg = leg_of(true)
    leg = np.where(np.isfinite(leg), leg, leg_of(own))
    key = moments["tag"] == "key"
    judged = np.stack([moments["side"] != "right", moments["side"] != "left"], 1)
    for activity in [*sorted(set(moments["activity"])), "all"]:
        use = key & ((moments["activity"] == activity) | (activity == "all"))
        for reading, points in (("model", own), ("read", places)):
            error = 100 * np.linalg.norm(points - true, axis=-1) / leg[:, None, None]
            row: dict[str, object] = {"set": name, "movement": activity, "reading": reading, "pictures": int(use.sum())}
            row |= {f"{part}_pct": np.nanmedian(error[use][:, :, i]) for i, part in enumerate(NAMES)}
            for what, end in (("toe", TOE), ("ankle", ANKLE)):
                pair = [beside(which, end, leg)[use][judged[use]] for which in (true, points)]
                row |= dict(
                    zip((f"{what}_{part}" for part in ("n", "sd", "slope", "r", "rmse")), compared(*pair), strict=True)
                )
            tilts = [against_standing(moments, values)[use] for values in (moments["obl"], tilt_deg(points))]
            row |= dict(
                zip((f"tilt_{part}" for part in ("n", "sd", "slope", "r", "rmse")), compared(*tilts), strict=True)
            )
            if reading == "read":
                off = np.abs(places - true)[use] / sds[use][..., None]
                row["within_1.96_sd"] = np.nanmean(np.where(np.isfinite(off), off < 1.96, np.nan))
            yield row


def _plain(value: object) -> object:
    """Numbers with two decimals; nothing for what there is not."""
    if not isinstance(value, float | np.floating):
        return value
    return "" if np.isnan(value) else f"{value:.2f}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Figures of the joints head.")
    parser.add_argument("out", type=Path)
    parser.add_argument("sets", nargs="+", metavar="NAME=MOMENTS", help="a file of moments, or a folder of maps")
    asked = parser.parse_args()
    rows = []
    for item in asked.sets:
        name, _, path = item.partition("=")
        if Path(path).is_dir():
            rows += list(rows_of(name, *of_bodies(Path(path))))
        else:
            with np.load(path, allow_pickle=True) as kept:
                moments = dict(kept)
            rows += list(rows_of(name, moments, *read(moments)))
    with asked.out.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*rows[1]], lineterminator="\n", restval="")
        writer.writeheader()
        for row in rows:
            plain = {key: _plain(value) for key, value in row.items()}
            writer.writerow(plain)
            print(*plain.values())


if __name__ == "__main__":
    main()
