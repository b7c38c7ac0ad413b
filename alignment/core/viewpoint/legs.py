"""A first guess of where the legs are in; both legs and the pelvis as one, where all that is known of them agrees, out.

Derived in docs/viewpoint.md. Lengths in leg lengths, in the camera's axes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from alignment.core.track import Numbers, Vectors
from alignment.core.viewpoint.sightlines import Pair
from alignment.core.viewpoint.stance import FreeFoot

#: First guess of a segment's forward lean for a leg folded by `bend` (radians): bend × (a + b × bend). Standing, both
#: segments share the fold; deep, the thigh takes most of it.
SHANK_LEAN, THIGH_LEAN = (0.9, -0.45), (0.85, 0.55)
#: A leg that hangs or walks has its knee at least about this share of the thigh before the hip, and its ankle about this
#: share of the shank before the knee (a foot lowered to the floor in front, as from a step: anywhere under the knee).
HANGING_THIGH = 0.3
HANGING_SHANK: dict[FreeFoot, float] = {"held": -0.37, "lowered": 0.0}
#: How far off the guess is: of a leg that stands straight, more by a share of what it says, and of one that hangs.
GUESS_SE, GUESS_SHARE_SE, HANGING_SE = 0.03, 1.0, 0.4
#: A foot that stands keeps its depth this closely; nothing is known of one that does not.
STANDS_SE, AWAY_SE = 0.01, 0.5
#: So many steps, none longer than this, settle a leg to a thousandth.
STEPS, LONGEST_STEP = 5, 0.15

Rows = Float[np.ndarray, "legs _"]
#: Of both ankles, both knees, and the middle of the hips.
Depths = tuple[Rows, Rows, Numbers]


class LegPlaces(NamedTuple):
    """Where the joints of both legs are, the left one first."""

    ankle: Pair
    knee: Pair
    hip: Pair


@dataclass(frozen=True)
class Leg:
    """What is known of one leg: its joints' rays at depth 1, its lengths, its guessed reach, the errors of all that."""

    ankle: Vectors
    knee: Vectors
    #: Times the depth of the hips' middle, less the skin, this is the hip joint.
    hip: Vectors
    thigh: float
    shank: float
    drawn_se: float
    #: How far the knee is before the ankle, and before the hip.
    shank_forward: Numbers
    thigh_forward: Numbers
    shank_se: Numbers
    thigh_se: Numbers
    ankle_depth: Numbers
    ankle_se: Numbers


def guess(length: float, bend: Numbers, lean: tuple[float, float]) -> Numbers:
    """About how far forward a segment of this length reaches in a leg folded so far (radians)."""
    return length * np.sin(np.clip(bend * (lean[0] + lean[1] * bend), 0.0, np.pi / 2))


def settle(start: LegPlaces, legs: Sequence[Leg], forward: Vectors, skin: Vectors) -> LegPlaces:
    """Ankles, knees and hips on their rays where lengths, standing feet and the guess agree best; `legs` left, right.

    Least squares over five depths in each frame (both ankles, both knees, the hips' middle), each equation by its error,
    by Gauss and Newton from `start`. Near straight a length hardly tells a depth, and the guess does; bent, the length
    decides. What is not seen has no say and stays as it is. `forward` is the subject's, `skin` the way from a hip joint to
    where it is drawn.
    """
    better = _better_depths(legs, forward, skin)
    ankle, knee = (np.nan_to_num(pair[..., 2].T) for pair in (start.ankle, start.knee))
    # Both hips have one middle; where one is not seen it is the other's.
    each = np.array([(start.hip[:, i, 2] + skin[:, 2]) / leg.hip[:, 2] for i, leg in enumerate(legs)])
    seen = np.isfinite(each)
    middle = np.where(seen, each, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    for _ in range(STEPS):
        ankle, knee, middle = better(ankle, knee, middle)
    found = LegPlaces(
        ankle=np.stack([leg.ankle * ankle[i][:, None] for i, leg in enumerate(legs)], axis=1),
        knee=np.stack([leg.knee * knee[i][:, None] for i, leg in enumerate(legs)], axis=1),
        hip=np.stack([leg.hip * middle[:, None] - skin for leg in legs], axis=1),
    )
    return LegPlaces(*(np.where(np.isfinite(new), new, old) for new, old in zip(found, start, strict=True)))


def _better_depths(legs: Sequence[Leg], forward: Vectors, skin: Vectors) -> Callable[[Rows, Rows, Numbers], Depths]:
    """One step of Gauss and Newton: depths of ankles, knees and hips' middle in, better ones out; a row for each leg.

    It needs products of the rays of ankle, knee and hip with each other, with the skin before the hips and with forwards
    alone: no vector is formed. What is not seen is 0.
    """
    ankle_ray, knee_ray, hip_ray = (_rows([getattr(leg, part) for leg in legs]) for part in ("ankle", "knee", "hip"))
    ankle_ankle, ankle_knee = (ankle_ray * ankle_ray).sum(axis=-1), (ankle_ray * knee_ray).sum(axis=-1)
    knee_knee, knee_hip = (knee_ray * knee_ray).sum(axis=-1), (knee_ray * hip_ray).sum(axis=-1)
    hip_hip = (hip_ray * hip_ray).sum(axis=-1)
    knee_skin, hip_skin, skin_skin = (knee_ray * skin).sum(axis=-1), (hip_ray * skin).sum(axis=-1), _dot(skin, skin)
    ankle_on, knee_on, hip_on = ((ray * forward).sum(axis=-1) for ray in (ankle_ray, knee_ray, hip_ray))
    skin_on = _dot(skin, forward)
    shank, thigh = np.array([[leg.shank] for leg in legs]), np.array([[leg.thigh] for leg in legs])
    shank_forward, thigh_forward = (
        _rows([leg.shank_forward for leg in legs]),
        _rows([leg.thigh_forward for leg in legs]),
    )
    usual_depth = _rows([leg.ankle_depth for leg in legs])
    # Each equation's weight.
    ankle_seen, knee_seen, hip_seen = (ray[..., 2] > 0 for ray in (ankle_ray, knee_ray, hip_ray))
    shank_seen, thigh_seen = ankle_seen & knee_seen, knee_seen & hip_seen
    drawn = np.array([[leg.drawn_se] for leg in legs]) ** -2.0
    length_shank, length_thigh = shank_seen * drawn, thigh_seen * drawn
    guess_shank = shank_seen * _rows([leg.shank_se**-2.0 for leg in legs])
    guess_thigh = thigh_seen * _rows([leg.thigh_se**-2.0 for leg in legs])
    stands = np.array([leg.ankle_se**-2.0 for leg in legs])

    def better(ankle: Rows, knee: Rows, hips: Numbers) -> Depths:
        # The shank times its ends' rays, and the thigh's.
        shank_on_knee, shank_on_ankle = knee_knee * knee - ankle_knee * ankle, ankle_knee * knee - ankle_ankle * ankle
        thigh_on_hip = hip_hip * hips - hip_skin - knee_hip * knee
        thigh_on_knee = knee_hip * hips - knee_skin - knee_knee * knee
        thigh_on_skin = hip_skin * hips - skin_skin - knee_skin * knee
        # How much too long each segment is, and how that changes with the depths of its two ends.
        of_shank = (shank_on_knee * knee - shank_on_ankle * ankle - shank**2) / (2 * shank)
        of_thigh = (thigh_on_hip * hips - thigh_on_skin - thigh_on_knee * knee - thigh**2) / (2 * thigh)
        shank_knee, shank_ankle = shank_on_knee / shank, -shank_on_ankle / shank
        thigh_hip, thigh_knee = thigh_on_hip / thigh, -thigh_on_knee / thigh
        # How much farther forward than guessed the knee is, before the ankle and before the hip.
        knee_at = knee_on * knee
        before_ankle = guess_shank * (knee_at - ankle_on * ankle - shank_forward)
        before_hip = guess_thigh * (knee_at - hip_on * hips + skin_on - thigh_forward)
        # The normal equations.
        long_shank, long_thigh = length_shank * of_shank, length_thigh * of_thigh
        slope_ankle = long_shank * shank_ankle - before_ankle * ankle_on + stands * (ankle - usual_depth)
        slope_knee = long_shank * shank_knee + long_thigh * thigh_knee + (before_ankle + before_hip) * knee_on
        slope_hip = long_thigh * thigh_hip - before_hip * hip_on
        curve_ankle = length_shank * shank_ankle**2 + guess_shank * ankle_on**2 + stands
        with_knee = length_shank * shank_ankle * shank_knee - guess_shank * ankle_on * knee_on
        curve_knee = length_shank * shank_knee**2 + length_thigh * thigh_knee**2
        curve_knee += (guess_shank + guess_thigh) * knee_on**2
        with_hip = length_thigh * thigh_knee * thigh_hip - guess_thigh * knee_on * hip_on
        curve_hip = length_thigh * thigh_hip**2 + guess_thigh * hip_on**2
        # The ankle eliminated from its knee's, the knee from the hips'.
        of_ankle = with_knee / curve_ankle
        slope_knee -= of_ankle * slope_ankle
        curve_knee = curve_knee - of_ankle * with_knee
        curve_knee[curve_knee <= 0] = np.inf
        of_knee = with_hip / curve_knee
        slope_hip, curve_hip = slope_hip - of_knee * slope_knee, curve_hip - of_knee * with_hip
        hips_by = _step(slope_hip.sum(axis=0), curve_hip.sum(axis=0))
        knee_by = _step(slope_knee + with_hip * hips_by, curve_knee)
        return ankle + _step(slope_ankle + with_knee * knee_by, curve_ankle), knee + knee_by, hips + hips_by

    return better


def _rows(values: list[np.ndarray]) -> np.ndarray:
    return np.nan_to_num(np.array(values))


def agreed_depth(
    ray: Vectors,
    origin: Vectors,
    depth: Numbers,
    length: tuple[Numbers, Numbers],
    forward: Vectors,
    reach: tuple[Numbers, Numbers],
) -> Numbers:
    """Where along a ray a segment's length and its expected reach forward agree best, each with its error, from `depth`."""
    (long, long_se), (ahead, ahead_se) = length, reach
    on = _dot(ray, forward)
    for _ in range(STEPS):
        segment = ray * depth[:, None] - origin
        along = _dot(segment, ray) / long
        slope = (_dot(segment, segment) - long**2) / (2 * long) * along / long_se**2
        slope = slope + (_dot(segment, forward) - ahead) * on / ahead_se**2
        depth = depth + _step(slope, along**2 / long_se**2 + on**2 / ahead_se**2)
    return depth


def _step(slope: np.ndarray, curve: np.ndarray) -> np.ndarray:
    """The step to the lowest point, cut where it would lead too far; none where nothing is known."""
    return np.clip(-slope / np.where(curve > 0, curve, np.inf), -LONGEST_STEP, LONGEST_STEP)


def _dot(first: Vectors, second: Vectors) -> Numbers:
    return np.einsum("ij,ij->i", first, second)
