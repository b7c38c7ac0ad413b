"""The truth of a run or a walk, as curves for the truth file: what the joints and the script say, by plain formulas."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from samples.render.body import Mesh
from samples.render.kinematics import OUTWARDS, SIDES, SUFFIX, Posed
from samples.render.motions import Gait, Scripted

#: Half of what a heel is wide at most, in metres.
HEEL_HALF_M = 0.06


def heels(mesh: Mesh) -> dict[str, np.ndarray]:
    """The rearmost point of the skin under each ankle, in the body at rest."""
    found = {}
    for side in SIDES:
        ankle = mesh.rig.joint(side, "ankle")
        off = mesh.vertices - ankle
        under = mesh.vertices[(np.abs(off[:, 0]) < HEEL_HALF_M) & (off[:, 1] < 0) & (off[:, 2] < 0)]
        found[side] = under[under[:, 2].argmin()]
    return found


def gait_series(
    posed: Posed, scripted: Scripted, how: Gait, heel: Mapping[str, np.ndarray] | None = None
) -> dict[str, Any]:
    """Curves of the whole body and by side; what belongs to a stance is null outside of it. `heel` is at rest."""
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
            "crossover_pct": -100 * OUTWARDS[side] * (ankle - hips)[:, 0] / leg_m,
        }
        if heel is not None:
            back = posed.carried(f"foot.{SUFFIX[side]}", heel[side])
            whole[side]["heel_ahead_pct"] = 100 * (back - hips)[:, 2] / leg_m
    for name, part in (("step_width_pct", "ankle"), ("knee_window_pct", "knee")):
        whole[name] = 100 * (posed.joint("left", part) - posed.joint("right", part))[:, 0] / leg_m
    if how.contact_s > stride_s / 2:
        whole["double_support_ratio"] = np.full(len(time_s), 2 * how.contact_s / stride_s - 1)
        whole["step_right_share"] = np.full(len(time_s), 0.5)
    return whole


def _bend_deg(thigh: np.ndarray, shank: np.ndarray) -> np.ndarray:
    cosine = (thigh * shank).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shank, axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def merged(first: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Curves of both, those by side too."""
    sides = {side: {**first[side], **more[side]} for side in SIDES}
    return {**first, **more, **sides}
