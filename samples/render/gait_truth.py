"""The truth of a run or a walk, as curves for the truth file: what the joints and the script say, by plain formulas."""

from typing import Any

import numpy as np

from samples.render.kinematics import OUTWARDS, SIDES, Posed
from samples.render.motions import Gait, Scripted


def gait_series(posed: Posed, scripted: Scripted, how: Gait) -> dict[str, Any]:
    """Curves of the whole body and by side; what belongs to a stance is null outside of it."""
    time_s = scripted.motion.time_s
    leg_m, stride_s = posed.rig.leg, 120.0 / how.cadence
    hips = (posed.joint("left", "hip") + posed.joint("right", "hip")) / 2
    whole: dict[str, Any] = {
        "cadence_per_min": np.full(len(time_s), how.cadence),
        "vertical_oscillation_pct": np.full(len(time_s), 100 * np.ptp(hips[:, 1]) / leg_m),
    }
    for side in SIDES:
        stands = scripted.motion.down[side]
        hip, knee, ankle = (posed.joint(side, part) for part in ("hip", "knee", "ankle"))
        shank, thigh = ankle - knee, knee - hip
        whole[side] = {
            "contact_time_ms": np.where(stands, 1000 * how.contact_s, np.nan),
            "duty_factor_ratio": np.where(stands, how.contact_s / stride_s, np.nan),
            "foot_angle_contact_deg": -scripted.motion.toe_down_deg[side],
            "overstride_pct": 100 * (ankle - hips)[:, 2] / leg_m,
            "tibia_contact_deg": np.degrees(np.arctan2(shank[:, 2], -shank[:, 1])),
            "knee_flexion_contact_deg": _bend_deg(thigh, shank),
            "thigh_adduction_deg": -OUTWARDS[side] * np.degrees(np.arctan2(thigh[:, 0], -thigh[:, 1])),
        }
    feet = {side: posed.joint(side, "ankle")[:, 0] for side in SIDES}
    whole["step_width_pct"] = 100 * (feet["left"] - feet["right"]) / leg_m
    return whole


def _bend_deg(thigh: np.ndarray, shank: np.ndarray) -> np.ndarray:
    cosine = (thigh * shank).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shank, axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def merged(first: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Curves of both, those by side too."""
    sides = {side: {**first[side], **more[side]} for side in SIDES}
    return {**first, **more, **sides}
