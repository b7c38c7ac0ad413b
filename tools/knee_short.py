"""How far short of its place the model draws a knee: pictures of people with known joints in, `knee_short` out.

    python -m tools.joints.pictures out/joints/pictures --bodies 150
    python -m tools.knee_short out/joints/pictures

A bent leg has a plane, which is turned inwards by an angle about the line from hip to ankle. What the model
draws it short of its place sideways is fitted as `knee_short` times the sine of that angle, next to what the camera's yaw
adds (docs/viewpoint.md). Printed for either facing, with the same from each half of the bodies; heavy model.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from alignment.core.skeleton import INDEX
from alignment.core.viewpoint.space import HARDLY_BENT
from alignment.pose.engines import published_file
from alignment.pose.openvino import OpenVinoEngine
from tools.joints.features import largest

_DRAWN = np.array([[INDEX[f"{side}_{part}"] for part in ("hip", "knee", "ankle")] for side in ("left", "right")])
#: Passes of the fit, each of which gives outliers less weight.
_PASSES = 10


def main(folder: Path) -> None:
    """Print the fit."""
    engine = OpenVinoEngine(published_file("heavy", None))
    legs = np.array([row for path in sorted(folder.glob("*.npz")) for row in legs_of(path, engine)])
    body, back, error, sine, ahead, bent = legs.T
    for name, chosen in (("front", back == 0), ("back", back == 1)):
        halves = [fit(*legs[chosen & (body % 2 == half)].T[2:]) for half in range(2)]
        whole = fit(error[chosen], sine[chosen], ahead[chosen], bent[chosen])
        print(
            f"{name}: {whole:.3f} ({halves[0]:.3f}, {halves[1]:.3f}; {chosen.sum()} legs, {len(set(body[chosen]))} bodies)"
        )


def legs_of(path: Path, engine: OpenVinoEngine) -> Iterator[tuple[float, ...]]:
    """Of each leg in the pictures of one body that stands: body, whether from behind, error, and what it may go with."""
    kept = np.load(path, allow_pickle=True)
    for i, packed in enumerate(kept["jpg"]):
        drawn = largest(engine, cv2.cvtColor(cv2.imdecode(packed, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB))
        if drawn is None or kept["activity"][i] == "cycling":
            continue
        for side in range(2):
            yield (float(path.stem), float(kept["back"][i]), *leg(kept, i, side, drawn[_DRAWN[side]]))


def leg(kept: np.lib.npyio.NpzFile, i: int, side: int, drawn: np.ndarray) -> tuple[float, float, float, float]:
    """How far inwards of its place the knee is drawn off the drawn line, and what that may go with, in leg lengths."""
    seen, true = kept["seen_m"][i], kept["px"][i, side, :3]
    hip, knee, ankle = seen[side, :3]
    length = np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee)
    inwards, along = unit(seen[1 - side, 0] - hip), unit(ankle - hip)
    forward = unit(np.cross(unit(seen[0, 0] - seen[1, 0]), [0.0, -1.0, 0.0]))
    off = knee - hip - ((knee - hip) @ along) * along
    bent = np.linalg.norm(off) / length
    sine = float(off @ inwards) / np.linalg.norm(off) * min(1.0, bent / HARDLY_BENT)
    square = np.array([-along[1], along[0]]) * np.sign(-along[1] * inwards[0] + along[0] * inwards[1])
    square /= np.linalg.norm(square)
    error = (drawn - true) @ square * hip[2] / kept["focal_px"][i] / length
    ahead = np.sqrt(max(1 - sine**2, 0.0)) * (forward[:2] @ square)
    return error[1] - (error[0] + error[2]) / 2, sine * (inwards[:2] @ square), ahead, bent * ahead


def fit(error: np.ndarray, sine: np.ndarray, ahead: np.ndarray, bent: np.ndarray) -> float:
    """`knee_short`: by least squares in which an outlier counts less the further out it is."""
    known = np.stack([sine, ahead, bent, np.ones(len(sine))], axis=1)
    weight = np.ones(len(error))
    for _ in range(_PASSES):
        found = np.linalg.lstsq(known * weight[:, None], error * weight, rcond=None)[0]
        rest = np.abs(error - known @ found)
        weight = 1 / np.maximum(1, rest / (1.5 * np.median(rest)))
    return -float(found[0])


def unit(vector: np.ndarray) -> np.ndarray:
    """The vector at length 1."""
    return vector / np.linalg.norm(vector)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
