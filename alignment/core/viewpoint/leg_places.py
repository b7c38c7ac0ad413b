"""A leg's joints in space: first guesses from what carries the body and the lengths; then all agreed at once (`legs`)."""

import numpy as np

from alignment.core.geometry import along_ray
from alignment.core.skeleton import SIDES, Side
from alignment.core.track import Numbers, Vectors
from alignment.core.viewpoint.legs import (
    AWAY_SE,
    GUESS_SE,
    GUESS_SHARE_SE,
    HANGING_SE,
    HANGING_SHANK,
    HANGING_THIGH,
    SHANK_LEAN,
    STANDS_SE,
    THIGH_LEAN,
    Leg,
    LegPlaces,
    guess,
    settle,
)
from alignment.core.viewpoint.lengths import Lengths
from alignment.core.viewpoint.setup import Setup
from alignment.core.viewpoint.sightlines import Pair, Sightlines
from alignment.core.viewpoint.standing import HARDLY, Shares, place_standing_feet


def fold_of_legs(hips: Pair, ankles: Pair, lengths: Lengths) -> Shares:
    """Roughly how far each leg is folded, in radians: the lean that two equal segments would share for the length seen."""
    leg = [lengths.thigh[side] + lengths.shank[side] for side in SIDES]
    seen = [np.linalg.norm(hips[:, i] - ankles[:, i], axis=1) for i in range(2)]
    return np.stack([np.arccos(np.clip(seen[i] / leg[i], 0.0, 1.0)) for i in range(2)], axis=1)


def place_legs(hips: Pair, knees: Pair, ankles: Pair, bend: Shares, lines: Sightlines, setup: Setup) -> LegPlaces:
    """Both legs, the hips over the feet that stand and the other leg hanging from them; given as the figure's size tells."""
    places, stands = LegPlaces(ankles, knees, hips), np.zeros(bend.shape)
    planted = setup.stance.feet_planted
    if planted:
        ankles, stands = place_standing_feet(ankles, lines, setup)
        climbed = [place_from_ankle(side, ankles[:, i], bend[:, i], lines, setup) for i, side in enumerate(SIDES)]
        knees, hips = (np.stack(joint, axis=1) for joint in zip(*climbed, strict=True))
        left_share = stands[:, 0] / (stands[:, 0] + stands[:, 1])
        hips = lines.level("hip", hips, left_share) - lines.skin[:, None]
        places = LegPlaces(ankles, knees, hips)
    places = hang_legs(places, bend, stands, lines, setup)
    if planted and setup.calibration.drawn_se > 0:
        alike = _alike(bend, stands)
        known = [_known_leg(i, places, alike[:, i], stands[:, i], lines, setup) for i in range(2)]
        places = settle(places, known, lines.forward, lines.skin)
    return places


def place_from_ankle(
    side: Side, ankle: Vectors, bend: Numbers, lines: Sightlines, setup: Setup
) -> tuple[Vectors, Vectors]:
    """Knee and drawn hip of one leg from its ankle upwards."""
    i, thigh, shank = SIDES.index(side), setup.lengths.thigh[side], setup.lengths.shank[side]
    forward = lines.forward
    knee = along_ray(lines.of("knee")[:, i], ankle, shank, forward, guess(shank, bend, SHANK_LEAN))
    before_knee = -guess(thigh, bend, THIGH_LEAN)
    return knee, along_ray(lines.of("hip")[:, i], knee + lines.skin, thigh, forward, before_knee)


def hang_legs(places: LegPlaces, bend: Shares, stands: Shares, lines: Sightlines, setup: Setup) -> LegPlaces:
    """The same with knee and ankle of each leg placed from its hip downwards, as far as it does not stand."""
    knees, ankles = places.knee.copy(), places.ankle.copy()
    for i, side in enumerate(SIDES):
        if not (stands[:, i] < 1).any():
            continue
        thigh, shank = setup.lengths.thigh[side], setup.lengths.shank[side]
        before_hip = np.maximum(guess(thigh, bend[:, i], THIGH_LEAN), HANGING_THIGH * thigh)
        knee = along_ray(lines.of("knee")[:, i], places.hip[:, i], thigh, lines.forward, before_hip)
        before_knee = np.full(len(bend), HANGING_SHANK[setup.stance.free_foot] * shank)
        ankle = along_ray(lines.of("ankle")[:, i], knee, shank, lines.forward, before_knee)
        free = np.where(stands[:, i] > HARDLY, 1.0 - stands[:, i], 1.0)[:, None]
        knees[:, i] += free * (knee - knees[:, i])
        ankles[:, i] += free * (ankle - ankles[:, i])
    return LegPlaces(ankles, knees, places.hip)


def _alike(bend: Shares, stands: Shares) -> Shares:
    """The legs' folds where both stand: alike, so that what one is drawn too short counts half."""
    off = np.nan_to_num(stands[:, 0] * stands[:, 1] * (bend[:, 1] - bend[:, 0]) / 2)
    return np.stack([bend[:, 0] + off, bend[:, 1] - off], axis=1)


def _known_leg(i: int, places: LegPlaces, bend: Numbers, stands: Numbers, lines: Sightlines, setup: Setup) -> Leg:
    """What is known of one leg. `stands` tells how surely its foot does."""
    side, hangs = SIDES[i], 1.0 - stands
    thigh, shank = setup.lengths.thigh[side], setup.lengths.shank[side]
    step = np.nan_to_num(lines.step("hip")) * (1 if side == "left" else -1)
    thigh_forward = guess(thigh, bend, THIGH_LEAN)
    thigh_forward = thigh_forward + hangs * (np.maximum(thigh_forward, HANGING_THIGH * thigh) - thigh_forward)
    shank_forward = guess(shank, bend, SHANK_LEAN)
    shank_forward = shank_forward + hangs * (-HANGING_SHANK[setup.stance.free_foot] * shank - shank_forward)
    shank_se, thigh_se = (
        GUESS_SE + GUESS_SHARE_SE * np.abs(forward) + HANGING_SE * hangs for forward in (shank_forward, thigh_forward)
    )
    ankle, knee, hip = (lines.of(part)[:, i] for part in ("ankle", "knee", "hip"))
    return Leg(
        ankle=ankle / ankle[:, 2:],
        knee=knee / knee[:, 2:],
        hip=hip / hip[:, 2:] * (1 + step)[:, None],
        thigh=thigh,
        shank=shank,
        drawn_se=setup.calibration.drawn_se,
        shank_forward=shank_forward + setup.shifts.knee_forward * shank_se,
        thigh_forward=thigh_forward + setup.shifts.hip_back * thigh_se,
        shank_se=shank_se,
        thigh_se=thigh_se,
        ankle_depth=places.ankle[:, i, 2],
        ankle_se=(stands / STANDS_SE**2 + hangs / AWAY_SE**2) ** -0.5,
    )
