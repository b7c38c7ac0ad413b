"""A first guess of where the legs are in; both legs and the pelvis as one, where all that is known of them agrees, out.

Derived in docs/viewpoint.md. Lengths in leg lengths, in the camera's axes.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from alignment.skeleton import Side, of_side
from alignment.viewpoint.setup import FreeFoot

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

Numbers = Float[np.ndarray, " frames"]
Rows = Float[np.ndarray, "legs _"]
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
    facts = _facts(list(legs.values()), forward, skin)
    ankle, knee = (np.nan_to_num([points[:, ends[side][i], 2] for side in legs]) for i in (0, 1))
    # Both hips have one middle; where one is not seen it is the other's.
    each = np.array([(points[:, ends[side][2], 2] + skin[:, 2]) / leg.hip[:, 2] for side, leg in legs.items()])
    seen = np.isfinite(each)
    middle = np.where(seen, each, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    for _ in range(STEPS):
        pull = _pull(facts, ankle, knee, middle)
        of_hips = _step(pull.hip.sum(axis=0), pull.hip_hip.sum(axis=0))
        of_knee = _step(pull.knee + pull.knee_hip * of_hips, pull.knee_knee)
        middle = middle + of_hips
        ankle += _step(pull.ankle + pull.ankle_knee * of_knee, pull.ankle_ankle)
        knee += of_knee
    for i, (side, leg) in enumerate(legs.items()):
        places = (leg.ankle * ankle[i][:, None], leg.knee * knee[i][:, None], leg.hip * middle[:, None] - skin)
        for landmark, place in zip(ends[side], places, strict=True):
            points[:, landmark] = np.where(np.isfinite(place), place, points[:, landmark])


@dataclass(frozen=True)
class _Facts:
    """What is known of both legs as the steps use it, 0 for what is not seen: a row for each leg.

    Products of the rays of ankle, knee and hip with each other, with the skin before the hips and with forwards; lengths;
    guesses; each equation's weight.
    """

    ankle_ankle: Rows
    ankle_knee: Rows
    knee_knee: Rows
    knee_hip: Rows
    hip_hip: Rows
    knee_skin: Rows
    hip_skin: Rows
    skin_skin: Numbers
    ankle_on: Rows
    knee_on: Rows
    hip_on: Rows
    skin_on: Numbers
    shank: Rows
    thigh: Rows
    shank_forward: Rows
    thigh_forward: Rows
    length_shank: Rows
    length_thigh: Rows
    guess_shank: Rows
    guess_thigh: Rows
    stands: Rows
    ankle_depth: Rows


def _facts(legs: list[Leg], forward: Vectors, skin: Vectors) -> _Facts:
    ankle, knee, hip = (_rows([getattr(leg, part) for leg in legs]) for part in ("ankle", "knee", "hip"))
    ankle_seen, knee_seen, hip_seen = (ray[..., 2] > 0 for ray in (ankle, knee, hip))
    shank_seen, thigh_seen = ankle_seen & knee_seen, knee_seen & hip_seen
    drawn = np.array([[leg.drawn_se] for leg in legs]) ** -2.0
    return _Facts(
        ankle_ankle=(ankle * ankle).sum(axis=-1),
        ankle_knee=(ankle * knee).sum(axis=-1),
        knee_knee=(knee * knee).sum(axis=-1),
        knee_hip=(knee * hip).sum(axis=-1),
        hip_hip=(hip * hip).sum(axis=-1),
        knee_skin=(knee * skin).sum(axis=-1),
        hip_skin=(hip * skin).sum(axis=-1),
        skin_skin=_dot(skin, skin),
        ankle_on=(ankle * forward).sum(axis=-1),
        knee_on=(knee * forward).sum(axis=-1),
        hip_on=(hip * forward).sum(axis=-1),
        skin_on=_dot(skin, forward),
        shank=np.array([[leg.shank] for leg in legs]),
        thigh=np.array([[leg.thigh] for leg in legs]),
        shank_forward=_rows([leg.shank_forward for leg in legs]),
        thigh_forward=_rows([leg.thigh_forward for leg in legs]),
        length_shank=shank_seen * drawn,
        length_thigh=thigh_seen * drawn,
        guess_shank=shank_seen * _rows([leg.shank_se**-2.0 for leg in legs]),
        guess_thigh=thigh_seen * _rows([leg.thigh_se**-2.0 for leg in legs]),
        stands=np.array([leg.ankle_se**-2.0 for leg in legs]),
        ankle_depth=_rows([leg.ankle_depth for leg in legs]),
    )


def _rows(values: list[np.ndarray]) -> np.ndarray:
    return np.nan_to_num(np.array(values))


@dataclass(frozen=True)
class _Pull:
    """Both legs' normal equations, the ankle eliminated from its knee's and the knee from the hips': a row for each leg."""

    ankle: Rows
    ankle_ankle: Rows
    ankle_knee: Rows
    knee: Rows
    knee_knee: Rows
    knee_hip: Rows
    hip: Rows
    hip_hip: Rows


def _pull(know: _Facts, ankle: Rows, knee: Rows, hips: Numbers) -> _Pull:
    """What each equation pulls at each depth with, from ray products alone: no vector is formed."""
    # The shank times its ends' rays, and the thigh's.
    shank_on_knee = know.knee_knee * knee - know.ankle_knee * ankle
    shank_on_ankle = know.ankle_knee * knee - know.ankle_ankle * ankle
    thigh_on_hip = know.hip_hip * hips - know.hip_skin - know.knee_hip * knee
    thigh_on_knee = know.knee_hip * hips - know.knee_skin - know.knee_knee * knee
    thigh_on_skin = know.hip_skin * hips - know.skin_skin - know.knee_skin * knee
    # How much too long each segment is, and how that changes with the depths of its two ends.
    of_shank = (shank_on_knee * knee - shank_on_ankle * ankle - know.shank**2) / (2 * know.shank)
    of_thigh = (thigh_on_hip * hips - thigh_on_skin - thigh_on_knee * knee - know.thigh**2) / (2 * know.thigh)
    shank_knee, shank_ankle = shank_on_knee / know.shank, -shank_on_ankle / know.shank
    thigh_hip, thigh_knee = thigh_on_hip / know.thigh, -thigh_on_knee / know.thigh
    # How much farther forward than guessed the knee is, before the ankle and before the hip.
    knee_at = know.knee_on * knee
    before_ankle = know.guess_shank * (knee_at - know.ankle_on * ankle - know.shank_forward)
    before_hip = know.guess_thigh * (knee_at - know.hip_on * hips + know.skin_on - know.thigh_forward)
    long_shank, long_thigh = know.length_shank * of_shank, know.length_thigh * of_thigh
    slope_ankle = long_shank * shank_ankle - before_ankle * know.ankle_on + know.stands * (ankle - know.ankle_depth)
    slope_knee = long_shank * shank_knee + long_thigh * thigh_knee + (before_ankle + before_hip) * know.knee_on
    slope_hip = long_thigh * thigh_hip - before_hip * know.hip_on
    ankle_ankle = know.length_shank * shank_ankle**2 + know.guess_shank * know.ankle_on**2 + know.stands
    ankle_knee = know.length_shank * shank_ankle * shank_knee - know.guess_shank * know.ankle_on * know.knee_on
    knee_knee = know.length_shank * shank_knee**2 + know.length_thigh * thigh_knee**2
    knee_knee += (know.guess_shank + know.guess_thigh) * know.knee_on**2
    knee_hip = know.length_thigh * thigh_knee * thigh_hip - know.guess_thigh * know.knee_on * know.hip_on
    hip_hip = know.length_thigh * thigh_hip**2 + know.guess_thigh * know.hip_on**2
    of_ankle = ankle_knee / ankle_ankle
    slope_knee -= of_ankle * slope_ankle
    knee_knee = knee_knee - of_ankle * ankle_knee
    knee_knee[knee_knee <= 0] = np.inf
    of_knee = knee_hip / knee_knee
    slope_hip, hip_hip = slope_hip - of_knee * slope_knee, hip_hip - of_knee * knee_hip
    return _Pull(slope_ankle, ankle_ankle, ankle_knee, slope_knee, knee_knee, knee_hip, slope_hip, hip_hip)


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


def _step(slope: np.ndarray, curve: np.ndarray) -> np.ndarray:
    """The step to the lowest point, cut where it would lead too far; none where nothing is known."""
    return np.clip(-slope / np.where(curve > 0, curve, np.inf), -LONGEST_STEP, LONGEST_STEP)


def _dot(first: Vectors, second: Vectors) -> Numbers:
    return np.einsum("ij,ij->i", first, second)
