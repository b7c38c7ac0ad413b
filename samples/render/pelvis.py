"""A skeleton and its skin at rest in; the skin over the pelvis bound to the pelvis out, and how truly spots on it follow.

A body model hangs the skin over crests, spines and sacrum on spine and thighs, which turn less than the pelvis does, or the
other way. In people it lies on the bone: up to the waistband it moves with the pelvis, and the trunk bends above.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from samples.render.kinematics import SIDES, Posed, Rig

if TYPE_CHECKING:
    from samples.render.body import Mesh

#: The waistband's height above the middle between the hips, by the shoulders'.
WAIST: Final = 0.30
#: From where to where the pelvis takes the skin over from the thighs, and leaves it to the spine: by the same measure. The
#: sacrum reaches further down than the groin: behind, the first is lower by this share of the way back.
_FROM_THIGHS, _TO_SPINE, _LOWER_BEHIND = (-0.02, 0.12), (WAIST + 0.02, WAIST + 0.25), 0.5
_PULL: Final = ("spine", "upperleg")
#: Spots on the skin: how far out, by the hip's own way from the midline (None: where the body is widest), how high, by the
#: shoulders' height, and whether before or behind.
SPOTS: Final = {
    "front spines": (1.05, 0.17, 1.0),
    "crests": (None, 0.25, 0.0),
    "back spines": (0.45, 0.17, -1.0),
    "sacrum": (0.2, 0.08, -1.0),
    "waistband": (None, WAIST, 0.0),
}


def trunk_m(rig: Rig) -> float:
    """How high the shoulders are above the middle between the hips at rest."""
    return float(rig.joint("left", "shoulder")[1] - rig.mid_hip[1])


def bound(rig: Rig, vertices: np.ndarray, weights: sparse.csr_matrix) -> sparse.csr_matrix:
    """The weights with the skin over the pelvis moved by the pelvis alone; hands that hang beside it stay the arms'."""
    _, height, ahead = ((vertices - rig.mid_hip) / trunk_m(rig)).T
    above_thighs = np.interp(height - _LOWER_BEHIND * np.minimum(ahead, 0.0), _FROM_THIGHS, [0.0, 1.0])
    share = above_thighs * np.interp(height, _TO_SPINE, [1.0, 0.0])
    taken = weights.multiply(np.outer(share, _labelled(rig, _PULL))).tocsr()
    root = _labelled(rig, ("root",)).astype(float)
    return sparse.csr_matrix(weights - taken + sparse.csr_matrix(taken.sum(axis=1)) @ sparse.csr_matrix(root))


def _labelled(rig: Rig, beginnings: tuple[str, ...]) -> np.ndarray:
    return np.array([label.startswith(beginnings) for label in rig.labels])


def of_trunk(rig: Rig, weights: sparse.csr_matrix) -> np.ndarray:
    """Which vertices pelvis, spine and thighs alone move: no arm's, no head's."""
    return weights @ _labelled(rig, ("root", "pelvis", *_PULL)).astype(float) > 0.99


def spots(rig: Rig, vertices: np.ndarray, weights: sparse.csr_matrix) -> dict[str, list[int]]:
    """The vertices nearest to the spots: the left and the right one of each name."""
    trunk = of_trunk(rig, weights)
    found: dict[str, list[int]] = {}
    for name, (aside, high, facing) in SPOTS.items():
        for side in SIDES:
            hip = rig.joint(side, "hip")
            out, up, ahead = ((vertices - rig.mid_hip) * [np.sign(hip[0]), 1.0, 1.0]).T
            off = np.abs(up - high * trunk_m(rig))
            off = off - 0.5 * out if aside is None else np.hypot(off, out - aside * abs(hip[0]))
            there = trunk & (out > 0.0) & (facing * ahead >= 0.0)
            found.setdefault(name, []).append(int(np.flatnonzero(there)[np.argmin(off[there])]))
    return found


def following(mesh: "Mesh", posed: Posed) -> dict[str, tuple[float, float]]:
    """Of each pair of spots: their line's tilt by the hip line's, and how many degrees it is off a rigid disc's at most.

    The slope is NaN where the hips stay level within a degree.
    """
    hips_deg = _tilt_deg(posed.joint("left", "hip"), posed.joint("right", "hip"))
    found = {}
    for name, pair in spots(mesh.rig, mesh.vertices, mesh.weights).items():
        few = replace(mesh, vertices=mesh.vertices[pair], weights=mesh.weights[pair])
        skin_deg = _tilt_deg(*np.stack([few.posed(posed, frame) for frame in range(len(hips_deg))], axis=1))
        disc_deg = _tilt_deg(*(posed.carried("root", vertex) for vertex in few.vertices))
        slope = np.polyfit(hips_deg, skin_deg, 1)[0] if np.ptp(hips_deg) > 1.0 else np.nan
        found[name] = (float(slope), float(np.abs(skin_deg - disc_deg).max()))
    return found


def _tilt_deg(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Tilt of a line in the frontal plane, + right higher."""
    line = left - right
    return np.degrees(np.arctan2(-line[:, 1], line[:, 0]))
