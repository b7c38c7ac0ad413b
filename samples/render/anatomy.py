"""A body model's skeleton and its skin at rest in; the skeleton with the joints of its legs where people have them out.

A body model's joints are made for smooth skin, not for measuring: its hips lie a quarter further apart than people's, its
ankles a little inside of the ankles' middle. The truth of the samples is that of the model's own joints; this tells what it
would be with people's (docs/rendering.md).
"""

from dataclasses import replace
from typing import Final

import numpy as np

from samples.render.kinematics import JOINTS, OUTWARDS, SIDES, SUFFIX, Posed, Rig

#: Half the distance of the hip joints' centres, and how far they are below the iliac spines: in metres, and more by a
#: share of the length from there to the inner ankle (computed tomography of 157 people; Hara 2016).
HIP_ASIDE, HIP_BELOW = (0.008, 0.086), (0.009, 0.078)
#: The skin around a joint: so far before and behind it at most.
AROUND_M: Final = 0.07
#: The bones of a leg, and the one with which each of its joints moves.
_LEG: Final = ("upperleg", "lowerleg", "foot")
_MOVED_BY: Final = {"hip": "root", "knee": "lowerleg01", "ankle": "lowerleg01"}


def anatomical(rig: Rig, vertices: np.ndarray, faces: np.ndarray, bones: np.ndarray) -> Rig:
    """The skeleton with hips, knees and ankles moved sideways to where people have them; heights and depths stay.

    Knee and ankle lie midway between their inner and outer side (Wu 2002), which at the ankle are bone under skin; the hips
    lie by the leg's length. `bones` names the one that moves each vertex most. Right and left are made alike.
    """
    aside = {"hip": hip_aside_m(rig.leg)}
    for part in ("knee", "ankle"):
        aside[part] = float(np.mean([_middle(rig.joint(side, part), side, vertices, faces, bones) for side in SIDES]))
    heads = rig.heads.copy()
    for part, metres in aside.items():
        for side in SIDES:
            heads[rig.labels.index(_label(part, side)), 0] = OUTWARDS[side] * metres
    return replace(rig, heads=heads)


def with_joints_of(posed: Posed, other: Rig) -> Posed:
    """A body in motion with the hips, knees and ankles of another skeleton at rest, carried along by its bones."""
    heads = posed.heads.copy()
    for part, bone in _MOVED_BY.items():
        for side in SIDES:
            mover = bone if bone in posed.rig.labels else f"{bone}.{SUFFIX[side]}"
            i, rotations = posed.rig.labels.index(_label(part, side)), posed.rotations[:, posed.rig.labels.index(mover)]
            heads[:, i] += rotations @ (other.joint(side, part) - posed.rig.joint(side, part))
    return replace(posed, heads=heads)


def hip_aside_m(leg_m: float) -> float:
    """How far from the midline a hip joint's centre is in somebody with this thigh + shank."""
    whole_m = (leg_m + HIP_BELOW[0]) / (1 - HIP_BELOW[1])
    return HIP_ASIDE[0] + HIP_ASIDE[1] * whole_m


def _label(part: str, side: str) -> str:
    return f"{JOINTS[part]}.{SUFFIX[side]}"


def _middle(joint: np.ndarray, side: str, vertices: np.ndarray, faces: np.ndarray, bones: np.ndarray) -> float:
    """Midway between a leg's inner and outer side at a joint's height, + outwards. ValueError without skin there."""
    leg = np.array([bone.startswith(_LEG) and bone.endswith(SUFFIX[side]) for bone in bones])
    edges = faces[leg[faces].all(axis=1)][:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    ends = vertices[edges]
    below, above = (ends[:, i, 1] - joint[1] for i in (0, 1))
    across = below * above < 0
    share = (below / np.where(across, below - above, 1.0))[across, None]
    ring = ends[across, 0] + share * (ends[across, 1] - ends[across, 0])
    ring = ring[np.abs(ring[:, 2] - joint[2]) < AROUND_M]
    if not len(ring):
        raise ValueError("no skin around a joint")
    return float(OUTWARDS[side] * (ring[:, 0].min() + ring[:, 0].max()) / 2)
