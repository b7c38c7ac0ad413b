"""The subject's segment lengths, and the frames in which it stands, from a cleaned track."""

from dataclasses import dataclass, replace

import numpy as np

from alignment.core.skeleton import INDEX, SIDES, Side
from alignment.core.track import Flags, Numbers, Track
from alignment.core.viewpoint.figure import (
    across_px,
    middle_px,
    percentile,
    segment_px,
    steady_scale,
    trunk_px,
    trunk_scale,
)
from alignment.core.viewpoint.stance import Stance

#: Leg (thigh + shank) and foot (ankle to toe) against the trunk (mid-hip to mid-shoulder): 1.70 by Winter 2009, from 1.4
#: (filmed from above) to 1.8 in the landmarks of standing people.
LEG_PER_TRUNK, THIGH_SHARE, FOOT_PER_LEG = 1.6, 0.52, 0.24
#: Standard error of a segment's length where no leg was ever straight, as a share of it.
LENGTH_ASSUMED_SE = 0.12
#: A leg never seen longer than this share of what the trunk suggests was never straight in this film.
NEVER_STRAIGHT = 0.7
#: The subject is at the place of the exercise while the feet (the hips on a saddle) are within this many trunk lengths of
#: their usual place.
IN_PLACE = 0.35
#: Ankles this much apart in height, in trunk lengths, stand at one level.
LEVEL = 0.12
#: Legs this close to their greatest length in the picture are straight. Who only walks past nearer to the camera looks
#: larger, but at no size for long: the greatest length counts that is kept, this closely, in this share of the frames.
STRAIGHT_SHARE, KEPT_SHARE = 0.97, 0.12
#: Filmed from aside, hips a quarter of a leg apart at 2.5 leg lengths: the farther leg looks 6 % shorter at most.
ALIKE_SHARE = 0.92


@dataclass(frozen=True)
class Lengths:
    """The subject's segments in leg lengths, and the size of the figure in the picture."""

    #: Standing leg in pixels at the depth of what carries the body: the unit of length.
    leg_px: float
    thigh: dict[Side, float]
    shank: dict[Side, float]
    trunk: float
    #: Size of the figure in each frame against the standing frames; 1 where the feet or the pelvis stay in place.
    scale: Numbers
    standing: Flags
    #: Standard error of thigh and shank, as a share.
    length_se: float
    foot: float = FOOT_PER_LEG


def lengths_of(track: Track, stance: Stance) -> Lengths:
    """The subject's lengths, from the frames in which the legs look longest."""
    size = steady_scale(track) if stance.steady_size else trunk_scale(track)
    scale = np.where(np.isfinite(size), size, 1.0) if stance.fixed_part is None else np.ones(track.frames)
    in_place = _in_place(track, stance)
    if stance.feet_planted:
        in_place = _level(track, in_place)
    thigh = {side: segment_px(track, f"{side}_hip", f"{side}_knee") / scale for side in SIDES}
    shank = {side: segment_px(track, f"{side}_knee", f"{side}_ankle") / scale for side in SIDES}
    leg = {side: np.where(in_place, thigh[side] + shank[side], np.nan) for side in SIDES}
    trunk = np.where(in_place, trunk_px(track) / scale, np.nan)
    longest = np.fmax(leg["left"], leg["right"])
    usual_trunk_px = percentile(trunk, 90.0)
    # On stairs every frame has its own scale already, and no leg stays straight for long.
    straight_px = percentile(longest, 95.0) if stance.straight == "in_passing" else _kept_length(longest)
    # Where the shoulders are never seen nothing says that the leg is folded throughout.
    if straight_px <= NEVER_STRAIGHT * LEG_PER_TRUNK * usual_trunk_px or not np.isfinite(straight_px):
        return _assumed_lengths(scale, usual_trunk_px)
    own_px = {side: _own_straight_px(leg[side], straight_px) if stance.feet_planted else straight_px for side in SIDES}
    straight = {side: _straight(leg[side], own_px[side]) for side in SIDES}
    both_straight, one_straight = straight["left"] & straight["right"], straight["left"] | straight["right"]
    standing = both_straight if both_straight.sum() >= 3 else one_straight
    pairs = {
        side: _straight_lengths(thigh[side], shank[side], straight[side])
        or (THIGH_SHARE * straight_px, (1 - THIGH_SHARE) * straight_px)
        for side in SIDES
    }
    leg_px = float(np.mean([sum(pair) for pair in pairs.values()]))
    usual_trunk = percentile(trunk[standing], 50.0)
    if not stance.feet_planted:
        # On a pedal and on stairs the legs stay bent, and a knee in front looks higher or lower than it is.
        pairs = {side: (THIGH_SHARE * sum(pair), (1 - THIGH_SHARE) * sum(pair)) for side, pair in pairs.items()}
    return Lengths(
        leg_px=leg_px / stance.reach,
        thigh={side: pairs[side][0] / leg_px for side in SIDES},
        shank={side: pairs[side][1] / leg_px for side in SIDES},
        trunk=usual_trunk / leg_px if np.isfinite(usual_trunk) else 1 / LEG_PER_TRUNK,
        scale=scale,
        standing=standing & (stance.straight != "never"),
        length_se=stance.length_se,
    )


def _in_place(track: Track, stance: Stance) -> Flags:
    """Where the subject is at the place of the exercise: who walks in from the camera's side is larger on the way."""
    if stance.fixed_part is None:
        return track.seen
    place = middle_px(track, stance.fixed_part)
    usual = [percentile(place[:, axis], 50.0) for axis in (0, 1)]
    with np.errstate(invalid="ignore"):
        return np.linalg.norm(place - usual, axis=1) < IN_PLACE * _usual_trunk_px(track)


def _usual_trunk_px(track: Track) -> float:
    """The trunk's length as a rule; where the shoulders are never seen, what the legs suggest."""
    usual_px = percentile(trunk_px(track), 50.0)
    if np.isfinite(usual_px):
        return usual_px
    legs_px = np.fmax(*(segment_px(track, f"{side}_hip", f"{side}_ankle") for side in SIDES))
    return percentile(legs_px, 90.0) / LEG_PER_TRUNK


def _kept_length(leg_px: Numbers) -> float:
    """The greatest length of a leg that is kept for a while; NaN where none was seen."""
    known = np.sort(leg_px[np.isfinite(leg_px)])
    alike = np.arange(1, len(known) + 1) - np.searchsorted(known, STRAIGHT_SHARE * known)
    kept = np.flatnonzero(alike >= KEPT_SHARE * len(known))
    return percentile(known[: kept[-1] + 1] if len(kept) else known, 95.0)


def _own_straight_px(leg_px: Numbers, straight_px: float) -> float:
    """How long this leg looks when straight: under yaw the farther one looks shorter. The longer one's if it never is."""
    own_px = _kept_length(leg_px)
    return own_px if own_px >= ALIKE_SHARE * straight_px else straight_px


def _straight(leg_px: Numbers, straight_px: float) -> Flags:
    """Where a leg looks as long as a straight one at the place of the exercise: not folded, and not nearer."""
    with np.errstate(invalid="ignore"):
        return (leg_px >= STRAIGHT_SHARE * straight_px) & (leg_px <= straight_px / STRAIGHT_SHARE)


def _level(track: Track, in_place: Flags) -> Flags:
    """Those frames in which both feet are at one level, if there are any: a foot put forwards looks larger."""
    higher = np.abs(track.pixels[:, INDEX["left_ankle"], 1] - track.pixels[:, INDEX["right_ankle"], 1])
    with np.errstate(invalid="ignore"):
        level = in_place & (higher < LEVEL * _usual_trunk_px(track))
    return level if level.sum() >= 3 else in_place


def _assumed_lengths(scale: Numbers, usual_trunk_px: float) -> Lengths:
    """The usual proportions, for a film in which no leg is ever straight (cycling)."""
    return Lengths(
        leg_px=LEG_PER_TRUNK * usual_trunk_px if np.isfinite(usual_trunk_px) else 1.0,
        thigh=dict.fromkeys(SIDES, THIGH_SHARE),
        shank=dict.fromkeys(SIDES, 1 - THIGH_SHARE),
        trunk=1 / LEG_PER_TRUNK,
        scale=scale,
        standing=np.zeros(len(scale), dtype=bool),
        length_se=LENGTH_ASSUMED_SE,
    )


def _straight_lengths(thigh_px: Numbers, shank_px: Numbers, straight: Flags) -> tuple[float, float] | None:
    """Thigh and shank of one leg, medians where it is straight; None where it never is."""
    if straight.sum() < 3:
        return None
    return float(np.median(thigh_px[straight])), float(np.median(shank_px[straight]))


def equalize_legs(lengths: Lengths, track: Track, axis_azimuths_deg: Numbers, distance: float) -> Lengths:
    """The legs' lengths as they are: under yaw one leg stands nearer to the camera and looks longer."""
    if not lengths.standing.any():
        return lengths
    recede = -np.tan(np.radians(axis_azimuths_deg)) / (2 * lengths.leg_px * distance)

    def factor(side: Side, *parts: str) -> float:
        across = [percentile((across_px(track, part) * recede)[lengths.standing], 50.0) for part in parts]
        known = [one for one in across if np.isfinite(one)]
        nearer = float(np.mean(known)) if known else 0.0
        return 1 + nearer if side == "left" else 1 - nearer

    return replace(
        lengths,
        thigh={side: lengths.thigh[side] * factor(side, "hip", "knee") for side in SIDES},
        shank={side: lengths.shank[side] * factor(side, "knee", "ankle") for side in SIDES},
    )
