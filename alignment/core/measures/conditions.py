"""Conditions without which a measure means nothing, in every frame, and what they need."""

from collections.abc import Callable

import numpy as np

from alignment.core.geometry import between_deg
from alignment.core.measures.registry import Gate
from alignment.core.result import Whose
from alignment.core.skeleton import OTHER, Side
from alignment.core.track import Flags, Numbers
from alignment.core.viewpoint import Body

#: A thigh or shank seen shorter than this share of its length points at the camera: the bend at the knee then means nothing.
MIN_SEGMENT_SHARE = 0.4
#: A hip less than this share of the thigh's length above its knee leaves the leg without an upper and a lower half.
MIN_HIP_ABOVE_KNEE = 0.25
#: Both feet count as down at one level up to this difference of the ankles' heights, in leg lengths.
LEVEL_SHARE = 0.05
#: A knee bent less has its foot before it: what stands beside it then is the stance, not the knee.
MIN_BEND_DEG = 45.0
#: A foot seen under this share of its length in standing, or feet turned out so differently, are misplaced.
MIN_FOOT_SHARE = 0.5
MAX_TURN_OUT_DIFFERENCE_DEG = 25.0


def thigh_elevation_deg(body: Body, side: Side) -> Numbers:
    """Angle of the thigh against straight down, in space: 0 hanging, 90 level."""
    thigh = body.at(side, "knee") - body.at(side, "hip")
    return between_deg(thigh, np.broadcast_to(np.array([0.0, -1.0, 0.0]), thigh.shape))


def bend_deg(body: Body, side: Side) -> Numbers:
    """Angle between thigh and shank in space: 0 straight."""
    hip, knee, ankle = (body.at(side, part) for part in ("hip", "knee", "ankle"))
    return between_deg(knee - hip, ankle - knee)


def ankle_rise(body: Body, side: Side) -> Numbers:
    """How much higher this ankle is than the other, in leg lengths, against the standing frames where there are any."""
    return _against_standing(body, body.at(side, "ankle")[:, 1] - body.at(OTHER[side], "ankle")[:, 1])


def ankle_rise_in_picture(body: Body, side: Side) -> Numbers:
    """The same as the picture shows it, wherever in depth the feet are."""
    return _against_standing(body, body.seen_at(side, "ankle")[:, 1] - body.seen_at(OTHER[side], "ankle")[:, 1])


def _against_standing(body: Body, difference: Numbers) -> Numbers:
    level = body.standing & (np.abs(difference) < 2 * LEVEL_SHARE)
    return difference - (np.median(difference[level]) if level.any() else 0.0)


def both_feet_down(body: Body, _whose: Whose = "body") -> Flags:
    """Where both ankles are at one level, as far as both are seen."""
    return ~(np.abs(ankle_rise(body, "left")) > LEVEL_SHARE)


def both_feet_down_in_picture(body: Body) -> Flags:
    """The same as the picture shows it."""
    return ~(np.abs(ankle_rise_in_picture(body, "left")) > LEVEL_SHARE)


def standing_on(body: Body, side: Whose) -> Flags:
    """Where this leg alone carries the body: the feet are not level, and the hips' middle stays over this one.

    A free foot may hang above the floor (single-leg squat) or below the step (step-down), so height alone cannot tell.
    """
    if side == "body":
        return standing_on(body, "left") | standing_on(body, "right")
    hips = body.middle("hip")[:, 0]
    here = np.abs(body.at(side, "ankle")[:, 0] - hips)
    there = np.abs(body.at(OTHER[side], "ankle")[:, 0] - hips)
    return ~both_feet_down(body) & (here < there)


# A condition is also met where it is unseen, so that "not seen" stays the reason there: hence "not less".


def _in_space(start: str, end: str) -> Callable[[Body, Whose], Flags]:
    """Where enough of a segment lies in the frontal plane."""

    def met(body: Body, side: Whose) -> Flags:
        segment = body.at(leg_of(side), end) - body.at(leg_of(side), start)
        least = MIN_SEGMENT_SHARE * np.linalg.norm(segment, axis=1)
        return ~(np.linalg.norm(segment[:, :2], axis=1) - least < 0.0)

    return met


def _in_picture(start: str, end: str, lengths: Callable[[Body], dict[Side, float]]) -> Callable[[Body, Whose], Flags]:
    """Where enough of a segment is seen, by its length at the frame's scale."""

    def met(body: Body, side: Whose) -> Flags:
        segment = body.seen_at(leg_of(side), end) - body.seen_at(leg_of(side), start)
        return ~(np.linalg.norm(segment, axis=1) / lengths(body)[leg_of(side)] < MIN_SEGMENT_SHARE)

    return met


def _hip_above_knee(body: Body, side: Whose) -> Flags:
    above = body.seen_at(leg_of(side), "hip")[:, 1] - body.seen_at(leg_of(side), "knee")[:, 1]
    return ~(above / body.thigh[leg_of(side)] < MIN_HIP_ABOVE_KNEE)


def _knee_bent(body: Body, side: Whose) -> Flags:
    return ~(bend_deg(body, leg_of(side)) < MIN_BEND_DEG)


def _foot_in_picture(body: Body, side: Whose) -> Flags:
    seen = np.linalg.norm(body.seen_at(leg_of(side), "toe") - body.seen_at(leg_of(side), "ankle"), axis=1)
    upright = body.standing & np.isfinite(seen)
    return ~(seen < MIN_FOOT_SHARE * (np.median(seen[upright]) if upright.any() else 0.0))


def turn_out_deg(body: Body, side: Side) -> Numbers:
    """How far a foot points outwards, seen from above: 0 straight ahead, + away from the other foot."""
    foot = body.at(side, "toe") - body.at(side, "ankle")
    return np.degrees(np.arctan2(foot[:, 0] * (1 if side == "left" else -1), foot[:, 2]))


def _turned_out_alike(body: Body, _whose: Whose) -> Flags:
    apart = np.abs(turn_out_deg(body, "left") - turn_out_deg(body, "right"))
    return ~((apart > MAX_TURN_OUT_DIFFERENCE_DEG) & both_feet_down(body))


def leg_of(whose: Whose) -> Side:
    """The leg that a condition of one leg is asked for."""
    if whose == "body":
        raise ValueError("this condition is one leg's")
    return whose


THIGH_IN_SPACE = Gate("thigh_towards_camera", _in_space("hip", "knee"))
SHANK_IN_SPACE = Gate("shank_towards_camera", _in_space("knee", "ankle"))
THIGH_IN_PICTURE = Gate("thigh_towards_camera", _in_picture("hip", "knee", lambda body: body.thigh))
SHANK_IN_PICTURE = Gate("shank_towards_camera", _in_picture("knee", "ankle", lambda body: body.shank))
HIP_ABOVE_KNEE = Gate("thigh_level", _hip_above_knee)
KNEE_BENT = Gate("little_bend", _knee_bent)
FOOT_IN_PICTURE = Gate("foot_end_on", _foot_in_picture)
TURNED_OUT_ALIKE = Gate("feet_turned_differently", _turned_out_alike)
FEET_DOWN = Gate("feet_not_level", both_feet_down)
