"""A skeleton at rest and a motion in; every bone's rotation and place in every frame out, by inverse kinematics.

Axes are the subject's: x to the subject's left, y up, z forward, metres; the floor is y = 0.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

SIDES: Final = ("left", "right")
SUFFIX: Final = {"left": "L", "right": "R"}
#: Towards this side, along x.
OUTWARDS: Final = {"left": 1.0, "right": -1.0}
OTHER: Final = {"left": "right", "right": "left"}
#: A leg never stretches beyond this share of thigh + shank, so that its plane stays defined.
MAX_REACH: Final = 0.9985
#: Where each joint is: the head of this bone.
JOINTS: Final = {
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
    "toe": "toe2-1",
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
    "knuckle": "finger2-1",
    "eye": "eye",
}
#: How much of the way from the pelvis' rotation to the chest's each bone of the spine has gone.
_SPINE: Final = {"spine05": 0.15, "spine04": 0.4, "spine03": 0.65, "spine02": 0.85, "spine01": 1.0}
#: How much of the chest's rotation the neck and the head keep: one looks where one goes.
_NECK: Final = {"neck01": 0.8, "neck02": 0.6, "neck03": 0.45, "head": 0.3}


@dataclass(frozen=True)
class Rig:
    """A skeleton at rest: names, parents (-1 for the root, parents first) and heads of its bones, shape (bones, 3)."""

    labels: tuple[str, ...]
    parents: tuple[int, ...]
    heads: np.ndarray

    def at(self, bone: str) -> np.ndarray:
        """Head of a bone at rest."""
        return self.heads[self.labels.index(bone)]

    def joint(self, side: str, part: str) -> np.ndarray:
        """A joint of one side at rest."""
        return self.at(f"{JOINTS[part]}.{SUFFIX[side]}")

    def length(self, start: str, end: str) -> float:
        """Distance of two joints of the left side, such as the thigh's: hip and knee. Bodies are symmetric."""
        return float(np.linalg.norm(self.joint("left", end) - self.joint("left", start)))

    @property
    def leg(self) -> float:
        """Thigh and shank."""
        return self.length("hip", "knee") + self.length("knee", "ankle")

    @property
    def mid_hip(self) -> np.ndarray:
        """Middle between the hips at rest."""
        return (self.joint("left", "hip") + self.joint("right", "hip")) / 2

    @property
    def ankle_height(self) -> float:
        """Ankle above the sole."""
        return float(self.joint("left", "ankle")[1])


@dataclass
class Motion:
    """What a body does, as arrays over time; sided ones by side."""

    time_s: np.ndarray
    #: Middle between the hips, (frames, 3).
    pelvis: np.ndarray
    #: Ankle joints, (frames, 3) each.
    ankle: dict[str, np.ndarray]
    #: Tilt of the hip line, + right hip higher.
    obliquity_deg: np.ndarray
    #: Lean of the chest, + to the subject's right, and forward; the pelvis' own tilt forward.
    lean_deg: np.ndarray
    pitch_deg: np.ndarray
    tilt_deg: np.ndarray
    #: How far each leg's plane is turned inwards about the line hip-ankle.
    inwards_deg: dict[str, np.ndarray]
    #: Feet turned out, and their toes down.
    toe_out_deg: dict[str, np.ndarray]
    toe_down_deg: dict[str, np.ndarray]
    #: Toes bent up against their foot.
    toes_up_deg: dict[str, np.ndarray] = field(default_factory=dict, kw_only=True)
    #: Whether the foot bears on something, and how high that is.
    down: dict[str, np.ndarray]
    level: dict[str, np.ndarray]
    #: Turned to the left: the shoulders against the pelvis, the head against the shoulders.
    twist_deg: np.ndarray = field(default_factory=lambda: np.zeros(1))
    looks_deg: np.ndarray = field(default_factory=lambda: np.zeros(1))
    #: Wrists: from the shoulder, or from the floor's origin.
    hand: dict[str, np.ndarray] = field(default_factory=dict)
    hand_from_shoulder: bool = True


@dataclass(frozen=True)
class Posed:
    """A body in motion: each bone's rotation from rest (frames, bones, 3, 3) and head (frames, bones, 3)."""

    rig: Rig
    rotations: np.ndarray
    heads: np.ndarray

    def joint(self, side: str, part: str) -> np.ndarray:
        """A joint's way, (frames, 3)."""
        return self.heads[:, self.rig.labels.index(f"{JOINTS[part]}.{SUFFIX[side]}")]

    def bone(self, label: str) -> np.ndarray:
        """The way of a bone's head, (frames, 3)."""
        return self.heads[:, self.rig.labels.index(label)]

    def carried(self, bone: str, point: np.ndarray) -> np.ndarray:
        """Where a point given at rest goes with a bone, (frames, 3)."""
        i = self.rig.labels.index(bone)
        return self.heads[:, i] + self.rotations[:, i] @ (point - self.rig.heads[i])


def about(axis: int, degrees: np.ndarray) -> np.ndarray:
    """Rotations about x, y or z (0, 1, 2), right-handed, (frames, 3, 3)."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    rotation = np.zeros((*np.shape(degrees), 3, 3))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    rotation[..., axis, axis] = 1.0
    rotation[..., first, first] = rotation[..., second, second] = cos
    rotation[..., second, first], rotation[..., first, second] = sin, -sin
    return rotation


def unit(vectors: np.ndarray) -> np.ndarray:
    """The vectors at length 1."""
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def square_to(vectors: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """What of the vectors is square to a unit direction, at length 1."""
    return unit(vectors - direction * (vectors * direction).sum(-1, keepdims=True))


def two_segments(
    start: np.ndarray, end: np.ndarray, upper: float, lower: float, towards: np.ndarray, turned_deg: np.ndarray
) -> np.ndarray:
    """The middle joint of a two-segment limb that bends towards a direction, its plane turned right-handed about start-end.

    Shapes (frames, 3). ValueError where the limb cannot reach.
    """
    line = end - start
    length = np.linalg.norm(line, axis=-1, keepdims=True)
    if (length > upper + lower + 1e-9).any() or (length < abs(upper - lower) - 1e-9).any():
        raise ValueError("a limb does not reach where it should")
    along = line / length
    share = (upper**2 - lower**2 + length**2) / (2 * length)
    off = np.sqrt(np.clip(upper**2 - share**2, 0.0, None))
    bend = square_to(towards, along)
    turn = np.radians(turned_deg)[:, None]
    return start + share * along + off * (np.cos(turn) * bend + np.sin(turn) * np.cross(along, bend))


def frame_of(direction: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """Rotation matrices whose columns are a direction, what of the axis is square to it, and the third, (..., 3, 3)."""
    first = unit(direction)
    second = square_to(axis, first)
    return np.stack([first, second, np.cross(first, second)], axis=-1)


def pelvis_rotation(motion: Motion) -> np.ndarray:
    """The pelvis' rotation from rest, (frames, 3, 3)."""
    return about(2, -motion.obliquity_deg) @ about(0, motion.tilt_deg)


def hips(rig: Rig, motion: Motion) -> dict[str, np.ndarray]:
    """Where the hips are, (frames, 3) each."""
    turned = pelvis_rotation(motion)
    return {side: motion.pelvis + turned @ (rig.joint(side, "hip") - rig.mid_hip) for side in SIDES}


def settle(rig: Rig, motion: Motion) -> None:
    """Lower the pelvis where a foot that is down would be out of reach, and draw feet that are not down within reach."""
    most = MAX_REACH * rig.leg
    too_high = np.zeros(len(motion.time_s))
    for side, hip in hips(rig, motion).items():
        apart = hip - motion.ankle[side]
        reach = np.sqrt(np.clip(most**2 - apart[:, 0] ** 2 - apart[:, 2] ** 2, 0.0, None))
        too_high = np.maximum(too_high, np.where(motion.down[side], apart[:, 1] - reach, 0.0))
    motion.pelvis[:, 1] -= too_high
    for side, hip in hips(rig, motion).items():
        apart = motion.ankle[side] - hip
        length = np.linalg.norm(apart, axis=1, keepdims=True)
        motion.ankle[side] = hip + apart * np.minimum(1.0, most / length)


def solve(rig: Rig, motion: Motion) -> Posed:
    """The body that does the motion. ValueError where a leg does not reach its foot."""
    n = len(motion.time_s)
    rotations, placed = _leaning(rig, motion), {}
    for side in SIDES:
        _leg(rig, motion, side, rotations, placed)
    heads = _chain(rig, motion, rotations, placed, n)
    for side in SIDES:
        _arm(rig, motion, side, rotations, heads)
    return _posed(rig, motion, rotations, placed, n)


def _leaning(rig: Rig, motion: Motion) -> dict[str, np.ndarray]:
    """The trunk, its chest turned so far that the line mid-hip to mid-shoulder leans as it should."""
    chest_deg = motion.lean_deg.copy()
    # The lower spine stays with the pelvis: each time about half of what is missing is made up for.
    for _ in range(10):
        rotations = _trunk(motion, chest_deg)
        heads = _posed(rig, motion, rotations, {}, len(chest_deg)).heads
        left, right = (heads[:, rig.labels.index(f"{JOINTS['shoulder']}.{SUFFIX[side]}")] for side in SIDES)
        trunk = (left + right) / 2 - motion.pelvis
        chest_deg = chest_deg + motion.lean_deg - np.degrees(np.arctan2(-trunk[:, 0], trunk[:, 1]))
    return _trunk(motion, chest_deg)


def _trunk(motion: Motion, chest_deg: np.ndarray) -> dict[str, np.ndarray]:
    roll_pelvis, rotations = -motion.obliquity_deg, {"root": pelvis_rotation(motion)}
    for bone, share in _SPINE.items():
        roll = roll_pelvis + share * (chest_deg - roll_pelvis)
        rotations[bone] = about(2, roll) @ about(0, motion.tilt_deg + share * (motion.pitch_deg - motion.tilt_deg))
    for bone, share in _NECK.items():
        rotations[bone] = about(2, share * motion.lean_deg) @ about(0, share * motion.pitch_deg)
    if motion.twist_deg.any() or motion.looks_deg.any():
        for bone, share in _SPINE.items():
            rotations[bone] = about(1, share * motion.twist_deg) @ rotations[bone]
        for bone in _NECK:
            rotations[bone] = about(1, motion.twist_deg + motion.looks_deg) @ rotations[bone]
    return rotations


def _leg(rig: Rig, motion: Motion, side: str, rotations: dict, placed: dict) -> None:
    hip, ankle = hips(rig, motion)[side], motion.ankle[side]
    thigh, shank = rig.length("hip", "knee"), rig.length("knee", "ankle")
    # Down the leg, turning right-handed takes forward to the subject's right.
    inwards = OUTWARDS[side] * motion.inwards_deg[side]
    forward = np.array([0.0, 0.0, 1.0])
    knee = two_segments(hip, ankle, thigh, shank, np.broadcast_to(forward, hip.shape), inwards)
    hinge = np.cross(knee - hip, ankle - knee)
    rest_hip, rest_knee, rest_ankle = (rig.joint(side, part) for part in ("hip", "knee", "ankle"))
    rest_hinge = np.cross(rest_ankle - rest_hip, forward)
    suffix = SUFFIX[side]
    for bones, posed, rest in (
        (("upperleg01", "upperleg02"), knee - hip, rest_knee - rest_hip),
        (("lowerleg01", "lowerleg02"), ankle - knee, rest_ankle - rest_knee),
    ):
        turned = frame_of(posed, -hinge) @ frame_of(rest, rest_hinge).T
        rotations.update({f"{bone}.{suffix}": turned for bone in bones})
    rotations[f"foot.{suffix}"] = about(1, OUTWARDS[side] * motion.toe_out_deg[side]) @ about(
        0, motion.toe_down_deg[side]
    )
    if side in motion.toes_up_deg:
        bent = rotations[f"foot.{suffix}"] @ about(0, -motion.toes_up_deg[side])
        toes = [one for one in rig.labels if one.startswith("toe") and one.endswith(f"-1.{suffix}")]
        rotations.update(dict.fromkeys(toes, bent))
    placed.update({f"upperleg01.{suffix}": hip, f"lowerleg01.{suffix}": knee, f"foot.{suffix}": ankle})


def _arm(rig: Rig, motion: Motion, side: str, rotations: dict, heads: dict) -> None:
    suffix, out = SUFFIX[side], OUTWARDS[side]
    upper, lower = rig.length("shoulder", "elbow"), rig.length("elbow", "wrist")
    shoulder = heads[f"{JOINTS['shoulder']}.{suffix}"]
    apart = motion.hand[side] - (0.0 if motion.hand_from_shoulder else shoulder)
    length = np.linalg.norm(apart, axis=1, keepdims=True)
    wrist = shoulder + apart * np.minimum(1.0, 0.985 * (upper + lower) / length)
    back = np.broadcast_to(np.array([0.45 * out, -0.35, -1.0]), wrist.shape)
    elbow = two_segments(shoulder, wrist, upper, lower, back, np.zeros(len(wrist)))
    rest_shoulder, rest_elbow, rest_wrist = (rig.joint(side, part) for part in ("shoulder", "elbow", "wrist"))
    rest_hinge = np.cross(rest_elbow - rest_shoulder, rest_wrist - rest_elbow)
    hinge = np.cross(elbow - shoulder, wrist - elbow)
    for bones, posed, rest in (
        (("upperarm01", "upperarm02"), elbow - shoulder, rest_elbow - rest_shoulder),
        (("lowerarm01", "lowerarm02"), wrist - elbow, rest_wrist - rest_elbow),
    ):
        turned = frame_of(posed, hinge) @ frame_of(rest, rest_hinge).T
        rotations.update({f"{bone}.{suffix}": turned for bone in bones})


def _chain(rig: Rig, motion: Motion, rotations: dict, placed: dict, n: int) -> dict[str, np.ndarray]:
    """Head of every bone, (frames, 3): carried by its parent, except where it is placed."""
    posed = _posed(rig, motion, rotations, placed, n)
    return {label: posed.heads[:, i] for i, label in enumerate(rig.labels)}


def _posed(rig: Rig, motion: Motion, rotations: dict, placed: dict, n: int) -> Posed:
    turned, heads = np.zeros((n, len(rig.labels), 3, 3)), np.zeros((n, len(rig.labels), 3))
    for i, (label, parent) in enumerate(zip(rig.labels, rig.parents, strict=True)):
        if parent < 0:
            turned[:, i] = rotations["root"]
            heads[:, i] = motion.pelvis + turned[:, i] @ (rig.heads[i] - rig.mid_hip)
            continue
        turned[:, i] = rotations.get(label, turned[:, parent])
        heads[:, i] = placed.get(label, heads[:, parent] + turned[:, parent] @ (rig.heads[i] - rig.heads[parent]))
    return Posed(rig, turned, heads)


def turned(posed: Posed, degrees: np.ndarray) -> Posed:
    """The body turned about the vertical through the middle between its feet, + to its left, in each frame."""
    rotation = about(1, degrees)
    place = (posed.joint("left", "ankle") + posed.joint("right", "ankle")) / 2 * [1.0, 0.0, 1.0]
    heads = np.einsum("nij,nbj->nbi", rotation, posed.heads - place[:, None]) + place[:, None]
    return Posed(posed.rig, rotation[:, None] @ posed.rotations, heads)
