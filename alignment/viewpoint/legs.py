"""A first guess of where the legs are in; both legs and the pelvis as one, where all that is known of them agrees, out.

Derived in docs/viewpoint.md. Lengths in leg lengths, in the camera's axes.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from alignment.skeleton import Side, of_side

#: First guess of a segment's forward lean for a leg folded by `bend` (radians): bend × (a + b × bend). Standing, both
#: segments share the fold; deep, the thigh takes most of it.
SHANK_LEAN, THIGH_LEAN = (0.9, -0.45), (0.85, 0.55)
#: A leg that hangs or walks has its knee at least about this share of the thigh before the hip, and its ankle about this
#: share of the shank behind the knee.
HANGING_THIGH, HANGING_SHANK = 0.3, 0.37
#: How far off the guess is: of a leg that stands straight, more by a share of what it says, and of one that hangs.
GUESS_SE, GUESS_SHARE_SE, HANGING_SE = 0.03, 1.0, 0.4
#: A foot that stands keeps its depth this closely; nothing is known of one that does not.
STANDS_SE, AWAY_SE = 0.01, 0.5
#: So many steps, none longer than this, settle a leg to a thousandth.
STEPS, LONGEST_STEP = 5, 0.15

Numbers = Float[np.ndarray, " frames"]
Vectors = Float[np.ndarray, "frames 3"]


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


def settle(
    points: Float[np.ndarray, "frames landmarks 3"],
    legs: dict[Side, Leg],
    forward: Vectors,
    skin: Vectors,
) -> None:
    """Move ankles, knees and hips along their rays to where lengths, standing feet and the guess agree best, in place.

    Least squares over five depths in each frame (both ankles, both knees, the hips' middle), each equation by its error,
    by Gauss and Newton from where `points` are. Near straight a length hardly tells a depth, and the guess does; bent, the
    length decides. What is not seen has no say and stays as it is. `forward` is the subject's, `skin` the way from a hip
    joint to where it is drawn.
    """
    ends = {side: of_side(side, "ankle", "knee", "hip") for side in legs}
    ankle = {side: points[:, ends[side][0], 2] for side in legs}
    knee = {side: points[:, ends[side][1], 2] for side in legs}
    # Both hips have one middle; where one is not seen it is the other's.
    each = [(points[:, ends[side][2], 2] + skin[:, 2]) / leg.hip[:, 2] for side, leg in legs.items()]
    middle = np.where(np.isfinite(each[0]), np.where(np.isfinite(each[1]), (each[0] + each[1]) / 2, each[0]), each[1])
    for _ in range(STEPS):
        pulls = {side: _pull(leg, (ankle[side], knee[side], middle), forward, skin) for side, leg in legs.items()}
        slope, curve = (
            np.sum(each, axis=0) for each in zip(*((p.hip, p.hip_hip) for p in pulls.values()), strict=True)
        )
        of_hips = _step(slope, curve)
        middle = middle + of_hips
        for side, pull in pulls.items():
            of_knee = _step(pull.knee + pull.knee_hip * of_hips, pull.knee_knee)
            ankle[side] = ankle[side] + _step(pull.ankle + pull.ankle_knee * of_knee, pull.ankle_ankle)
            knee[side] = knee[side] + of_knee
    for side, leg in legs.items():
        places = (leg.ankle * ankle[side][:, None], leg.knee * knee[side][:, None], leg.hip * middle[:, None] - skin)
        for landmark, place in zip(ends[side], places, strict=True):
            points[:, landmark] = np.where(np.isfinite(place), place, points[:, landmark])


def settled(
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


@dataclass(frozen=True)
class _Pull:
    """One leg's normal equations, its ankle eliminated from its knee's and its knee from the hips'."""

    ankle: Numbers
    ankle_ankle: Numbers
    ankle_knee: Numbers
    knee: Numbers
    knee_knee: Numbers
    knee_hip: Numbers
    hip: Numbers
    hip_hip: Numbers


def _pull(leg: Leg, depths: tuple[Numbers, Numbers, Numbers], forward: np.ndarray, skin: np.ndarray) -> _Pull:
    at_ankle, at_knee, at_hip = depths
    ankle, knee = leg.ankle * at_ankle[:, None], leg.knee * at_knee[:, None]
    shank, thigh = knee - ankle, leg.hip * at_hip[:, None] - skin - knee
    shank_seen, thigh_seen = np.isfinite(shank[:, 0]).astype(float), np.isfinite(thigh[:, 0]).astype(float)
    shank, thigh = np.nan_to_num(shank), np.nan_to_num(thigh)
    ankle_ray, knee_ray, hip_ray = (np.nan_to_num(ray) for ray in (leg.ankle, leg.knee, leg.hip))
    # How much too long each segment is, and how that changes with the depths of its two ends.
    of_shank, of_thigh = ((_dot(v, v) - n * n) / (2 * n) for v, n in ((shank, leg.shank), (thigh, leg.thigh)))
    shank_knee, shank_ankle = _dot(shank, knee_ray) / leg.shank, -_dot(shank, ankle_ray) / leg.shank
    thigh_hip, thigh_knee = _dot(thigh, hip_ray) / leg.thigh, -_dot(thigh, knee_ray) / leg.thigh
    # How much farther forward than guessed the knee is, before the ankle and before the hip.
    before_ankle, before_hip = _dot(shank, forward) - leg.shank_forward, -_dot(thigh, forward) - leg.thigh_forward
    ankle_on, knee_on, hip_on = (_dot(ray, forward) for ray in (ankle_ray, knee_ray, hip_ray))
    length_shank, length_thigh = shank_seen / leg.drawn_se**2, thigh_seen / leg.drawn_se**2
    guess_shank, guess_thigh = shank_seen / leg.shank_se**2, thigh_seen / leg.thigh_se**2
    stands = 1.0 / leg.ankle_se**2
    slope_ankle = (
        length_shank * of_shank * shank_ankle
        - guess_shank * before_ankle * ankle_on
        + stands * np.nan_to_num(at_ankle - leg.ankle_depth)
    )
    slope_knee = length_shank * of_shank * shank_knee + length_thigh * of_thigh * thigh_knee
    slope_knee += (guess_shank * before_ankle + guess_thigh * before_hip) * knee_on
    slope_hip = length_thigh * of_thigh * thigh_hip - guess_thigh * before_hip * hip_on
    ankle_ankle = length_shank * shank_ankle**2 + guess_shank * ankle_on**2 + stands
    ankle_knee = length_shank * shank_ankle * shank_knee - guess_shank * ankle_on * knee_on
    knee_knee = length_shank * shank_knee**2 + length_thigh * thigh_knee**2 + (guess_shank + guess_thigh) * knee_on**2
    knee_hip = length_thigh * thigh_knee * thigh_hip - guess_thigh * knee_on * hip_on
    hip_hip = length_thigh * thigh_hip**2 + guess_thigh * hip_on**2
    slope_knee -= ankle_knee / ankle_ankle * slope_ankle
    knee_knee -= ankle_knee**2 / ankle_ankle
    at_all = np.where(knee_knee > 0, knee_knee, np.inf)
    return _Pull(
        slope_ankle,
        ankle_ankle,
        ankle_knee,
        slope_knee,
        at_all,
        knee_hip,
        slope_hip - knee_hip / at_all * slope_knee,
        hip_hip - knee_hip**2 / at_all,
    )


def _step(slope: Numbers, curve: Numbers) -> Numbers:
    """The step to the lowest point, cut where it would lead too far; none where nothing is known."""
    return np.clip(-slope / np.where(curve > 0, curve, np.inf), -LONGEST_STEP, LONGEST_STEP)


def _dot(first: Vectors, second: Vectors) -> Numbers:
    return np.einsum("ij,ij->i", first, second)
