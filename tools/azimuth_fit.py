"""Fits the weights of the azimuth's readings on what `azimuth_look.py` saw, and says what is left.

    python tools/azimuth_fit.py out/azimuth alignment/pose/calibration/heavy.json

The weights belong to the heavy model. Printed are the errors of each camera's mean over its pictures, always with weights
that were fitted without the body in question.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment.core.calibration import (
    MOST_UNUSUAL,
    READINGS,
    AzimuthWeights,
    parse_calibration,
    with_azimuth_weights,
)
from alignment.core.viewpoint import posture_weights

#: How strongly weights are drawn to 0, in square degrees, and into how many parts bodies are divided to test them.
PENALTY, FOLDS = 2000.0, 10
#: A file has a body's pictures from fewer cameras than this.
MOST_CAMERAS = 100


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Fit the weights of the azimuth's readings.")
    parser.add_argument("folder", type=Path, help="what was seen")
    parser.add_argument(
        "calibration", type=Path, help="the model's calibration file, into which the weights are written"
    )
    wanted = parser.parse_args()
    fit(wanted.folder, wanted.calibration)


def fit(folder: Path, calibration: Path) -> None:
    """Fit the weights for either facing, print the errors on bodies left out, and write them into the calibration."""
    seen = [dict(np.load(path)) for path in sorted(folder.glob("*.npz"))]
    metres, mirrored, azimuth_deg, camera = (
        np.concatenate([one[key] for one in seen]) for key in ("metres", "mirrored", "azimuth_deg", "camera")
    )
    body = np.repeat(np.arange(len(seen)), [len(one["camera"]) for one in seen])
    film = MOST_CAMERAS * body + camera
    figure = posture_weights.both_ways(metres, mirrored)
    before = calibration.read_text(encoding="utf-8")
    foot_reach = parse_calibration(before).foot_reach
    found = {}
    for facing in ("front", "back"):
        behind = facing == "back"
        chosen = (np.abs(azimuth_deg) > 90) == behind
        true_deg = azimuth_deg[chosen] - (np.sign(azimuth_deg[chosen]) * 180 if behind else 0)
        readings, posture = (
            posture_weights.readings_deg(figure[chosen], foot_reach, behind=behind),
            posture_weights.posture(figure[chosen]),
        )
        weights = fitted(readings, posture, true_deg)
        found[facing] = weights
        errors = left_out(readings, posture, true_deg, body[chosen])
        hips = readings[:, READINGS.index("hip")]
        print(f"{facing}: {len(np.unique(body[chosen]))} bodies, {len(np.unique(film[chosen]))} cameras", end=", ")
        for name, error in (("hips alone", hips - true_deg), ("weighted, body left out", errors)):
            each = np.array([error[film[chosen] == one].mean() for one in np.unique(film[chosen])])
            print(f"{name}: {np.sqrt((each**2).mean()):.2f}°, worst {np.abs(each).max():.1f}°", end="; ")
        print()
    calibration.write_text(with_azimuth_weights(before, found), encoding="utf-8")


def fitted(readings: np.ndarray, posture: np.ndarray, true_deg: np.ndarray) -> AzimuthWeights:
    """Weights by ridge regression. The hips' follow from the sum: what is fitted is how the others differ from them."""
    centre, spread = posture.mean(axis=0), posture.std(axis=0)
    unusual = np.clip((posture - centre) / spread, -MOST_UNUSUAL, MOST_UNUSUAL)
    hip = READINGS.index("hip")
    apart = np.delete(readings - readings[:, [hip]], hip, axis=1)
    factors = np.column_stack([np.ones(len(unusual)), unusual])
    design = (apart[:, :, None] * factors[:, None]).reshape(len(apart), -1)
    penalty = PENALTY * np.eye(design.shape[1])
    others = np.linalg.solve(design.T @ design + penalty, design.T @ (true_deg - readings[:, hip]))
    others = others.reshape(apart.shape[1], -1)
    of_hips = np.eye(1, others.shape[1])[0] - others.sum(axis=0)
    table = np.insert(others, hip, of_hips, axis=0)
    return AzimuthWeights(table[:, 0], table[:, 1:], centre, spread)


def left_out(readings: np.ndarray, posture: np.ndarray, true_deg: np.ndarray, body: np.ndarray) -> np.ndarray:
    """Errors in degrees, each body's with weights that were fitted without it."""
    part = np.random.default_rng(1).integers(0, FOLDS, body.max() + 1)[body]
    errors = np.zeros(len(true_deg))
    for one in np.unique(part):
        out = part == one
        weights = fitted(readings[~out], posture[~out], true_deg[~out])
        errors[out] = weights.mean(readings[out], posture[out]) - true_deg[out]
    return errors


if __name__ == "__main__":
    main()
