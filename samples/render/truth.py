"""A posed body and a camera in; the measures by plain formulas and the pixels out, as the truth file of a clip.

Nothing here comes from the package that the truth is for.
"""

from typing import Any, Final

import numpy as np

from samples.render.camera import Camera
from samples.render.kinematics import OTHER, OUTWARDS, SIDES, Motion, Posed

#: A thigh seen shorter than this share of its length leaves the bend at the knee undefined.
MIN_THIGH_SHARE: Final = 0.4
#: A knee bent less is not held against its foot: the width of the stance alone would put it inside.
MIN_BEND_DEG: Final = 45.0
#: Feet whose soles differ by less than this, in metres, are at one level.
LEVEL_M: Final = 0.02
#: Share of the body's mass, and where its centre lies from the first to the second joint (de Leva 1996, mean of the sexes).
_LIMBS: Final = (
    ("shoulder", "elbow", 0.0263, 0.576),
    ("elbow", "wrist", 0.0150, 0.457),
    ("wrist", "knuckle", 0.0059, 0.77),
    ("hip", "knee", 0.1447, 0.385),
    ("knee", "ankle", 0.0457, 0.444),
    ("ankle", "toe", 0.0133, 0.3),
)
_TRUNK_MASS, _TRUNK_CENTRE, _HEAD_MASS = 0.4302, 0.595, 0.0681


def joints(posed: Posed) -> dict[tuple[str, str], np.ndarray]:
    """The ways of all joints, (frames, 3) each, by side and part."""
    parts = ("hip", "knee", "ankle", "toe", "shoulder", "elbow", "wrist", "knuckle", "eye")
    return {(side, part): posed.joint(side, part) for side in SIDES for part in parts}


def _middle(at: dict, part: str) -> np.ndarray:
    return (at["left", part] + at["right", part]) / 2


def _wrapped(degrees: np.ndarray) -> np.ndarray:
    return (degrees + 180.0) % 360.0 - 180.0


def fppa_deg(at: dict, side: str) -> np.ndarray:
    """Bend at the knee in the frontal plane, + knee towards the midline; NaN where the thigh points out of it."""
    thigh, shank = at[side, "knee"] - at[side, "hip"], at[side, "ankle"] - at[side, "knee"]
    out = OUTWARDS[side]
    bend = np.degrees(np.arctan2(out * shank[:, 0], -shank[:, 1]) - np.arctan2(out * thigh[:, 0], -thigh[:, 1]))
    share = np.hypot(thigh[:, 0], thigh[:, 1]) / np.linalg.norm(thigh, axis=1)
    return np.where(share < MIN_THIGH_SHARE, np.nan, _wrapped(bend))


def fppa_image_deg(at: dict, seen: dict, depth: dict, focal_px: float, side: str) -> np.ndarray:
    """The same in the picture, + knee towards the other hip; NaN where the thigh is seen too short at its distance."""
    thigh, shank = seen[side, "knee"] - seen[side, "hip"], seen[side, "ankle"] - seen[side, "knee"]
    out = np.sign(seen[side, "hip"] - seen[OTHER[side], "hip"])[:, 0]
    bend = np.degrees(np.arctan2(out * shank[:, 0], shank[:, 1]) - np.arctan2(out * thigh[:, 0], thigh[:, 1]))
    length = np.linalg.norm(at[side, "knee"] - at[side, "hip"], axis=1)
    whole_px = focal_px * length / ((depth[side, "hip"] + depth[side, "knee"]) / 2)
    return np.where(np.hypot(*thigh.T) / whole_px < MIN_THIGH_SHARE, np.nan, _wrapped(bend))


def knee_over_toe_pct(at: dict, side: str) -> np.ndarray:
    """Distance of the knee from the line hip-toe in the frontal plane, % of thigh + shank, + towards the midline."""
    hip, knee, toe = (at[side, part][:, :2] for part in ("hip", "knee", "toe"))
    line = toe - hip
    beside = (line[:, 0] * (knee - hip)[:, 1] - line[:, 1] * (knee - hip)[:, 0]) / np.hypot(*line.T)
    # Counter-clockwise of the line down the leg is the subject's left.
    return -100 * OUTWARDS[side] * beside / _leg_m(at, side)


def knee_over_foot_pct(at: dict, side: str, down: np.ndarray) -> np.ndarray:
    """Distance of the knee from the upright plane through ankle and toe, % of thigh + shank, + towards the midline.

    NaN where the foot is not `down` or the knee is bent by less than 45°.
    """
    foot, knee = ((at[side, part] - at[side, "ankle"])[:, ::2] for part in ("toe", "knee"))
    # From above, with x to the subject's left and z forward, x lies to the left of a foot that points forward.
    left = (foot[:, 1] * knee[:, 0] - foot[:, 0] * knee[:, 1]) / np.hypot(*foot.T)
    known = down & (knee_flexion_deg(at, side) >= MIN_BEND_DEG)
    return np.where(known, -100 * OUTWARDS[side] * left / _leg_m(at, side), np.nan)


def _leg_m(at: dict, side: str) -> np.ndarray:
    return sum(np.linalg.norm(at[side, a] - at[side, b], axis=1) for a, b in (("hip", "knee"), ("knee", "ankle")))


def knee_flexion_deg(at: dict, side: str) -> np.ndarray:
    """Angle between thigh and shank in space, 0 straight."""
    thigh, shank = at[side, "knee"] - at[side, "hip"], at[side, "ankle"] - at[side, "knee"]
    cosine = (thigh * shank).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shank, axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def pelvic_obliquity_deg(at: dict) -> np.ndarray:
    """Tilt of the hip line, + right hip higher."""
    line = at["right", "hip"] - at["left", "hip"]
    return np.degrees(np.arctan2(line[:, 1], -line[:, 0]))


def trunk_lean_deg(at: dict) -> np.ndarray:
    """Lean of mid-hip to mid-shoulder in the frontal plane, + to the subject's right."""
    trunk = _middle(at, "shoulder") - _middle(at, "hip")
    return np.degrees(np.arctan2(-trunk[:, 0], trunk[:, 1]))


def centre_of_mass(at: dict, head: np.ndarray) -> np.ndarray:
    """The body's centre of mass, (frames, 3)."""
    hips, shoulders = _middle(at, "hip"), _middle(at, "shoulder")
    total = _TRUNK_MASS * ((1 - _TRUNK_CENTRE) * hips + _TRUNK_CENTRE * shoulders) + _HEAD_MASS * head
    mass = _TRUNK_MASS + _HEAD_MASS
    for start, end, share, along in _LIMBS:
        for side in SIDES:
            total = total + share * ((1 - along) * at[side, start] + along * at[side, end])
            mass += share
    return total / mass


def weight_right_share(at: dict, head: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Where the centre of mass is from the left mid-foot (0) to the right one (1); NaN where the feet are not `level`."""
    left, right = ((at[side, "ankle"] + at[side, "toe"])[:, 0] / 2 for side in SIDES)
    return np.where(level, (centre_of_mass(at, head)[:, 0] - left) / (right - left), np.nan)


def knee_ankle_ratio(at: dict) -> np.ndarray:
    """Distance between the knees by that between the ankles, in the frontal plane."""
    knees, ankles = ((at["left", part] - at["right", part])[:, :2] for part in ("knee", "ankle"))
    return np.hypot(*knees.T) / np.hypot(*ankles.T)


def both_down(motion: Motion) -> np.ndarray:
    """Where both feet are down at one level."""
    same = np.abs(motion.level["left"] - motion.level["right"]) < LEVEL_M
    return motion.down["left"] & motion.down["right"] & same


def series(
    posed: Posed,
    motion: Motion,
    camera: Camera,
    axes: np.ndarray,
    *,
    mirrored: bool = False,
    filmed: Posed | None = None,
) -> dict[str, Any]:
    """All measures and pixels over time; `axes` are the camera's in every frame, (frames, 3, 3).

    A mirrored film has mirrored pixels; the measures and the sides stay the body's own. So do they where the body turns:
    `posed` is in the axes that turn with it, `filmed` is what the camera has before it.
    """
    at = joints(posed)
    # The middle of the head: behind the eyes.
    head = posed.carried("head", (posed.rig.joint("left", "eye") + posed.rig.joint("right", "eye")) / 2 - [0, 0, 0.08])
    seen, depth = {}, {}
    for key, way in joints(filmed or posed).items():
        camera_axes = np.einsum("nij,nj->ni", axes, way - camera.place)
        depth[key] = camera_axes[:, 2]
        seen[key] = camera.focal_px * camera_axes[:, :2] / camera_axes[:, 2:] + [camera.width / 2, camera.height_px / 2]
    found: dict[str, Any] = {"time_s": motion.time_s}
    for side in SIDES:
        found[side] = {
            "fppa_deg": fppa_deg(at, side),
            "fppa_image_deg": fppa_image_deg(at, seen, depth, camera.focal_px, side),
            "knee_over_toe_pct": knee_over_toe_pct(at, side),
            "knee_over_foot_pct": knee_over_foot_pct(at, side, motion.down[side]),
            "knee_flexion_deg": knee_flexion_deg(at, side),
        }
        for part in ("hip", "knee", "ankle", "toe", "shoulder"):
            way = seen[side, part]
            found[side][f"{part}_px"] = np.stack([camera.width - way[:, 0], way[:, 1]], 1) if mirrored else way
    found["pelvic_obliquity_deg"] = pelvic_obliquity_deg(at)
    found["trunk_lean_deg"] = trunk_lean_deg(at)
    found["weight_right_share"] = weight_right_share(at, head, both_down(motion))
    found["knee_ankle_ratio"] = knee_ankle_ratio(at)
    return found


def camera_block(camera: Camera, body_at_first: np.ndarray) -> dict[str, Any]:
    """The truth's `camera`: the distance is from the camera to the body's middle (between the hips) at first.

    The yaw is that of the camera's place around the body's: of who is filmed beside the picture's middle, not the axis' own.
    """
    return {
        "facing": camera.facing,
        "yaw_deg": camera.yaw_of_place_deg,
        "roll_deg": camera.roll_deg,
        "pitch_deg": round(camera.pitch_deg, 2),
        "distance_m": round(float(np.linalg.norm(body_at_first - camera.place)), 3),
        "height_m": camera.height_m,
        "vfov_deg": camera.vfov_deg,
    }


def plain(value: object) -> object:
    """The same for JSON: rounded numbers in lists, None for NaN."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray):
        return [plain(inner) for inner in value.tolist()] if value.ndim < 2 else np.round(value, 2).tolist()
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, 4)
    return value
