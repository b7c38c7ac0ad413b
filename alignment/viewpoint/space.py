"""The body in space: pixels and a setup in, the subject's own axes out; derived in docs/viewpoint.md."""

from math import cos, radians, sin

import numpy as np
from jaxtyping import Bool, Float

from alignment.geometry import along_ray, turned
from alignment.skeleton import SIDES, Side, index, of_side
from alignment.track import Track
from alignment.viewpoint.figure import PAIR, percentile
from alignment.viewpoint.legs import (
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
    guess,
    settle,
    settled,
)
from alignment.viewpoint.setup import Body, Setup, facing_of

#: First guess of the trunk's forward lean over legs folded by `bend`, as `legs` has it for thigh and shank.
TRUNK_LEAN = (0.0, 0.9)
#: Standard error of the trunk's drawn length against itself in standing, as a share: more by the square of the legs' fold,
#: since the hips of somebody who sits are drawn too high (rendered clips to tune with).
TRUNK_DRAWN_SE = (0.008, 0.22)
#: Standard error of how far forward the model sees the shoulders, in leg lengths: over straight legs, and more for each
#: radian of fold (the same clips; standing it is set to `STANDING_LEAN`).
MODEL_LEAN_SE, STANDING_LEAN = (0.01, 0.11), 0.02
#: The base of the second toe lies this share of the way back from the drawn tip of the foot to the ankle (seen from above).
TOE_BASE = 0.27
#: Both feet stand while they moved less than the first distance against each other, in leg lengths; only the one that
#: moved less from the second on.
FOOT_AWAY = (0.01, 0.03)
SAME_LEVEL, HARDLY = 0.1, 1e-6
#: Where the feet of somebody who turns stand: in so many frames of standing, the nearest in time.
NEAREST = 15


def reconstruct(track: Track, setup: Setup) -> Body:
    """The body in the subject's axes, from its pixels and its known lengths.

    Every landmark lies on its pixel's ray. What is anchored keeps its depth; from there each joint lies at its segment's
    known length. Of the two points of a ray at that length anatomy chooses: knees bend forwards, hips go back, the trunk
    leans forwards, each the more the lower the hips are. Then the camera's roll, pitch and azimuth are undone.
    """
    rays = _rays(track, setup)
    points = rays * (setup.distance / setup.scale)[:, None, None]
    # Seen from the side a segment's depth is small and its direction unknown: the body stays in the picture's plane.
    if setup.has_depth:
        hips = index(PAIR["hip"])
        points[:, hips] += rays[:, hips] * _skin(setup)[:, None, 2:]
        for part in ("hip", "ankle"):
            _level_depths(points, rays, setup, part)
        points[:, hips] -= _skin(setup)[:, None]
        bend = {side: _bend(points, setup, side) for side in SIDES}
        _place_legs(points, rays, setup, bend)
        _place_trunk(points, rays, track, setup, (bend["left"] + bend["right"]) / 2)
        _place_rest(points, rays, track, setup)
    return Body(
        time_s=track.time_s,
        space=_to_subject(points, setup),
        picture=_picture(track, setup),
        scale=setup.scale,
        standing=setup.standing,
        thigh=setup.thigh,
        shank=setup.shank,
        facing=facing_of(setup.azimuth_deg),
        frontal=setup.frontal,
        away=setup.away,
    )


def _bend(points: np.ndarray, setup: Setup, side: Side) -> Float[np.ndarray, " frames"]:
    """Roughly how far a leg is folded, in radians: the lean that two equal segments would share for the length seen."""
    hip, ankle = of_side(side, "hip", "ankle")
    seen = np.linalg.norm(points[:, hip] - points[:, ankle], axis=1)
    return np.arccos(np.clip(seen / (setup.thigh[side] + setup.shank[side]), 0.0, 1.0))


def _rays(track: Track, setup: Setup) -> Float[np.ndarray, "frames landmarks 3"]:
    """Directions from the camera through each landmark, depth 1: x right, y down, z away, with the roll undone."""
    middle = np.array([track.source.width, track.source.height]) / 2
    # The picture of a camera turned anticlockwise is turned clockwise; y points down, so + turns clockwise here.
    return _rays_through(track.pixels - middle, setup)


def _rays_through(from_middle_px: np.ndarray, setup: Setup) -> np.ndarray:
    """Directions through points of the picture, given from its middle."""
    upright = turned(from_middle_px / setup.focal_px, -setup.roll_deg)
    rays = np.concatenate([upright, np.ones_like(upright[..., :1])], axis=-1)
    pitch = radians(setup.pitch_deg)
    if pitch:
        y, z = rays[..., 1].copy(), rays[..., 2].copy()
        rays[..., 1], rays[..., 2] = cos(pitch) * y + sin(pitch) * z, cos(pitch) * z - sin(pitch) * y
    return rays


def _forward(setup: Setup) -> Float[np.ndarray, "frames 3"]:
    """The subject's forward direction in the camera's axes."""
    azimuth = np.radians(setup.axis_azimuths_deg)
    return np.stack([-np.sin(azimuth), np.zeros_like(azimuth), -np.cos(azimuth)], axis=-1)


def _to_toe_base(to_ankle: Float[np.ndarray, "frames 3"], setup: Setup, side: Side) -> Float[np.ndarray, "frames 3"]:
    """From a foot's drawn tip to the base of its second toe, which the measures are about; level, in the camera's axes."""
    azimuth = np.radians(setup.axis_azimuths_deg)
    left = np.stack([np.cos(azimuth), np.zeros_like(azimuth), -np.sin(azimuth)], axis=-1)
    outwards = left if side == "left" else -left
    return TOE_BASE * to_ankle * [1.0, 0.0, 1.0] + setup.toe_aside * outwards


def _skin(setup: Setup) -> Float[np.ndarray, "frames 3"]:
    """From a hip joint to where the model draws it, in the camera's axes."""
    return setup.hip_front * _forward(setup)


def _place_legs(
    points: np.ndarray, rays: np.ndarray, setup: Setup, bend: dict[Side, Float[np.ndarray, " frames"]]
) -> None:
    """Put the hips over the feet that stand, hang the other leg from them, and put the toes before the ankles."""
    if setup.anchor == "feet":
        bearing = _bearing(points, rays, setup)
        for side in SIDES:
            _climb(points, rays, setup, side, bend[side])
        share = bearing["left"] / (bearing["left"] + bearing["right"])
        _level_depths(points, rays, setup, "hip", share)
        points[:, index(PAIR["hip"])] -= _skin(setup)[:, None]
    else:
        bearing = {side: np.zeros(len(points)) for side in SIDES}
    for side in SIDES:
        if (bearing[side] < 1).any():
            _hang(points, rays, setup, side, bend[side], bearing[side])
    if setup.anchor == "feet" and setup.drawn_se > 0:
        bend = _alike(bend, bearing)
        known = {side: _known_leg(points, rays, setup, side, bend[side], bearing[side]) for side in SIDES}
        settle(points, known, _forward(setup), _skin(setup))
    for side in SIDES:
        ankle, heel, toe = of_side(side, "ankle", "heel", "toe")
        before = np.full(len(points), setup.foot)
        points[:, toe] = along_ray(rays[:, toe], points[:, ankle], setup.foot, _forward(setup), before)
        points[:, heel] = rays[:, heel] * points[:, ankle, 2:]
        points[:, toe] += _to_toe_base(points[:, ankle] - points[:, toe], setup, side)


def _bearing(points: np.ndarray, rays: np.ndarray, setup: Setup) -> dict[Side, Float[np.ndarray, " frames"]]:
    """How surely each foot stands where it stood with both legs straight: 1 there, next to 0 away from it.

    A standing foot stays at one depth, that of the two ankles in standing, and is put there. A shaken camera moves both
    feet alike: what counts is how far they moved against each other, and which of them more.
    """
    ankles = index(PAIR["ankle"])
    apart = points[:, ankles[0], 1] - points[:, ankles[1], 1]
    seen = np.isfinite(apart)
    level = seen & setup.standing & (np.abs(np.where(seen, apart, np.inf)) < SAME_LEVEL)
    still = level if level.any() else seen
    if not still.any():
        return {side: np.ones(len(points)) for side in SIDES}
    watched = rays[:, ankles]
    if setup.ankles_px is not None:
        as_seen = _rays_through(setup.ankles_px, setup)
        watched = np.where(np.isfinite(as_seen), as_seen, watched)
    flat = watched[..., :2] / watched[..., 2:] * (setup.distance / setup.scale)[:, None, None]
    moved = flat - _usual(flat, still, setup)
    against = np.linalg.norm(moved[:, 0] - moved[:, 1], axis=1)
    together = np.clip((FOOT_AWAY[1] - against) / (FOOT_AWAY[1] - FOOT_AWAY[0]), 0.0, 1.0)
    size = (moved**2).sum(axis=-1) + FOOT_AWAY[0] ** 2
    stands = np.fmax(together[:, None], (np.fmin(size[:, 0], size[:, 1])[:, None] / size) ** 3)
    stands = np.where(np.isfinite(stands), stands, HARDLY)
    place = _usual(points[:, ankles, 2], still, setup)
    depth = points[:, ankles, 2] + stands * (place - points[:, ankles, 2])
    points[:, ankles] = rays[:, ankles] * (depth / rays[:, ankles, 2])[:, :, None]
    return {side: stands[:, i] for i, side in enumerate(SIDES)}


def _usual(values: np.ndarray, still: Bool[np.ndarray, " frames"], setup: Setup) -> np.ndarray:
    """The median over the frames that count; for somebody who turns, over those that are nearest in time."""
    if not setup.turns:
        whole: np.ndarray = np.median(values[still], axis=0)
        return whole
    rows = np.flatnonzero(still)
    first = np.clip(np.searchsorted(rows, np.arange(len(still))) - NEAREST // 2, 0, max(len(rows) - NEAREST, 0))
    near = rows[np.minimum(first[:, None] + np.arange(NEAREST), len(rows) - 1)]
    local: np.ndarray = np.median(values[near], axis=1)
    return local


def _climb(points: np.ndarray, rays: np.ndarray, setup: Setup, side: Side, bend: Float[np.ndarray, " frames"]) -> None:
    """Knee and drawn hip of one leg from its ankle upwards."""
    hip, knee, ankle = of_side(side, "hip", "knee", "ankle")
    thigh, shank, forward = setup.thigh[side], setup.shank[side], _forward(setup)
    points[:, knee] = along_ray(rays[:, knee], points[:, ankle], shank, forward, guess(shank, bend, SHANK_LEAN))
    before_knee = -guess(thigh, bend, THIGH_LEAN)
    points[:, hip] = along_ray(rays[:, hip], points[:, knee] + _skin(setup), thigh, forward, before_knee)


def _hang(
    points: np.ndarray,
    rays: np.ndarray,
    setup: Setup,
    side: Side,
    bend: Float[np.ndarray, " frames"],
    bearing: Float[np.ndarray, " frames"],
) -> None:
    """Knee and ankle of one leg from its hip downwards, as far as it does not stand."""
    hip, knee, ankle = of_side(side, "hip", "knee", "ankle")
    thigh, shank, forward = setup.thigh[side], setup.shank[side], _forward(setup)
    before_hip = np.maximum(guess(thigh, bend, THIGH_LEAN), HANGING_THIGH * thigh)
    hung_knee = along_ray(rays[:, knee], points[:, hip], thigh, forward, before_hip)
    before_knee = np.full(len(bend), HANGING_SHANK[setup.free_foot] * shank)
    hung_ankle = along_ray(rays[:, ankle], hung_knee, shank, forward, before_knee)
    free = np.where(bearing > HARDLY, 1.0 - bearing, 1.0)[:, None]
    points[:, knee] += free * (hung_knee - points[:, knee])
    points[:, ankle] += free * (hung_ankle - points[:, ankle])


def _alike(
    bend: dict[Side, Float[np.ndarray, " frames"]], bearing: dict[Side, Float[np.ndarray, " frames"]]
) -> dict[Side, Float[np.ndarray, " frames"]]:
    """The legs' folds where both stand: alike, so that what one is drawn too short counts half."""
    off = bearing["left"] * bearing["right"] * (bend["right"] - bend["left"]) / 2
    off = np.nan_to_num(off)
    return {"left": bend["left"] + off, "right": bend["right"] - off}


def _known_leg(
    points: np.ndarray,
    rays: np.ndarray,
    setup: Setup,
    side: Side,
    bend: Float[np.ndarray, " frames"],
    stands: Float[np.ndarray, " frames"],
) -> Leg:
    """What is known of one leg. `stands` tells how surely its foot does."""
    left, right = index(PAIR["hip"])
    hip, knee, ankle = of_side(side, "hip", "knee", "ankle")
    hangs = 1.0 - stands
    step = np.nan_to_num(_step(rays, setup, left, right)) * (1 if side == "left" else -1)
    thigh_forward = guess(setup.thigh[side], bend, THIGH_LEAN)
    thigh_forward += hangs * (np.maximum(thigh_forward, HANGING_THIGH * setup.thigh[side]) - thigh_forward)
    shank_forward = guess(setup.shank[side], bend, SHANK_LEAN)
    shank_forward += hangs * (-HANGING_SHANK[setup.free_foot] * setup.shank[side] - shank_forward)
    shank_se, thigh_se = (
        GUESS_SE + GUESS_SHARE_SE * np.abs(forward) + HANGING_SE * hangs for forward in (shank_forward, thigh_forward)
    )
    return Leg(
        ankle=rays[:, ankle] / rays[:, ankle, 2:],
        knee=rays[:, knee] / rays[:, knee, 2:],
        hip=rays[:, hip] / rays[:, hip, 2:] * (1 + step)[:, None],
        thigh=setup.thigh[side],
        shank=setup.shank[side],
        drawn_se=setup.drawn_se,
        shank_forward=shank_forward + setup.knee_forward * shank_se,
        thigh_forward=thigh_forward + setup.hip_back * thigh_se,
        shank_se=shank_se,
        thigh_se=thigh_se,
        ankle_depth=points[:, ankle, 2],
        ankle_se=(stands / STANDS_SE**2 + hangs / AWAY_SE**2) ** -0.5,
    )


def _level_depths(
    points: np.ndarray, rays: np.ndarray, setup: Setup, part: str, share: Float[np.ndarray, " frames"] | None = None
) -> None:
    """Put a pair of landmarks at their common depth, apart only by the subject's heading.

    For the ankles: both feet stand in the frontal plane. For the hips: the pelvis is one bone whose slow heading defines
    that plane, so that each leg's own error of depth need not tilt it. `share` is the left one's say, half if not given.
    """
    left, right = index(PAIR[part])
    step = _step(rays, setup, left, right)
    if share is None:
        middle = (points[:, left, 2] + points[:, right, 2]) / 2
    else:
        of_left, of_right = points[:, left, 2] / (1 + step), points[:, right, 2] / (1 - step)
        middle = of_right + share * (of_left - of_right)
        # A leg that is not seen has no say.
        middle = np.where(np.isfinite(of_right), np.where(np.isfinite(of_left), middle, of_right), of_left)
    for landmark, depth in ((left, middle * (1 + step)), (right, middle * (1 - step))):
        # Without its twin it stays where it is.
        depth = np.where(np.isfinite(depth), depth, points[:, landmark, 2])
        points[:, landmark] = rays[:, landmark] * (depth / rays[:, landmark, 2])[:, None]


def _step(rays: np.ndarray, setup: Setup, left: int, right: int) -> Float[np.ndarray, " frames"]:
    """How much farther than its middle the left landmark of a pair is, as a share of the middle's depth.

    From right to left the subject's x axis recedes by -tan(azimuth) of what it covers sideways; solved for two points on
    their rays.
    """
    half = np.tan(np.radians(setup.axis_azimuths_deg)) / 2
    x_left, x_right = rays[:, left, 0] / rays[:, left, 2], rays[:, right, 0] / rays[:, right, 2]
    return -half * (x_left - x_right) / (1 + half * (x_left + x_right))


def _place_trunk(
    points: np.ndarray, rays: np.ndarray, track: Track, setup: Setup, bend: Float[np.ndarray, " frames"]
) -> None:
    """Put the shoulders where the trunk's length and the model's lean, or a guess by the legs' fold, agree best.

    A trunk near upright looks as long as an upright one, and over folded legs it is drawn too short.
    """
    left, right = index(PAIR["shoulder"])
    hip = points[:, index(PAIR["hip"])].mean(axis=1)
    step = _step(rays, setup, left, right)[:, None]
    left_ray, right_ray = rays[:, left] * (1 + step), rays[:, right] * (1 - step)
    # Of two shoulders at different depths the picture's middle is not the middle: its ray is the mean of theirs.
    ray, forward = (left_ray + right_ray) / 2, _forward(setup)
    lean, lean_se = _modelled_lean(track, setup, bend)
    seen = np.isfinite(lean)
    likely = np.where(seen, lean, guess(setup.trunk, bend, TRUNK_LEAN))
    longer_se = _trunk_se(setup, bend)
    length = setup.trunk * (1 + setup.trunk_longer * longer_se)
    depth = along_ray(ray, hip, length, forward, likely)[:, 2] / ray[:, 2]
    if seen.any():
        both = settled(ray, hip, depth, (length, setup.trunk * longer_se), forward, (likely, lean_se))
        depth = np.where(seen, both, depth)
    points[:, left], points[:, right] = left_ray * depth[:, None], right_ray * depth[:, None]


def _trunk_se(setup: Setup, bend: Float[np.ndarray, " frames"]) -> Float[np.ndarray, " frames"]:
    """Standard error of the trunk's drawn length, as a share of it."""
    drawn_se = TRUNK_DRAWN_SE[0] + TRUNK_DRAWN_SE[1] * bend**2 if setup.anchor == "feet" else 0.0
    return np.hypot(drawn_se, np.full(len(bend), 2 * setup.length_se))


def _modelled_lean(
    track: Track, setup: Setup, bend: Float[np.ndarray, " frames"]
) -> tuple[Float[np.ndarray, " frames"], Float[np.ndarray, " frames"]]:
    """How far the model sees the shoulders before the hips, in leg lengths, against standing, and how sure that is.

    NaN where it cannot tell. Its trunk leans by a few constant degrees, other ones in every film; from behind it hardly
    follows.
    """
    lean_se = MODEL_LEAN_SE[0] + MODEL_LEAN_SE[1] * bend
    if not setup.standing.any() or facing_of(setup.azimuth_deg) != "front":
        return np.full(len(bend), np.nan), lean_se
    trunk_m = track.metres[:, index(PAIR["shoulder"])].mean(axis=1) - track.metres[:, index(PAIR["hip"])].mean(axis=1)
    lean = _forward_of(trunk_m, setup) * setup.trunk / percentile(np.linalg.norm(trunk_m, axis=1), 50.0)
    upright = percentile(lean[setup.standing], 50.0)
    return lean - upright + STANDING_LEAN + setup.trunk_forward * lean_se, lean_se


def _forward_of(metres: Float[np.ndarray, "frames 3"], setup: Setup) -> Float[np.ndarray, " frames"]:
    """The part of the model's vectors along the subject's forward direction."""
    azimuth = np.radians(setup.azimuths_deg)
    return -(np.sin(azimuth) * metres[:, 0] + np.cos(azimuth) * metres[:, 2])


def _place_rest(points: np.ndarray, rays: np.ndarray, track: Track, setup: Setup) -> None:
    """Put head and arms at the shoulders' depth, give or take what the model's own depth says."""
    shoulders = index(PAIR["shoulder"])
    placed = {i for side in SIDES for i in of_side(side, "hip", "knee", "ankle", "heel", "toe", "shoulder")}
    rest = [i for i in range(points.shape[1]) if i not in placed]
    trunk_m = np.linalg.norm(
        track.metres[:, shoulders].mean(axis=1) - track.metres[:, index(PAIR["hip"])].mean(axis=1), axis=1
    )
    leg_m = percentile(trunk_m, 50.0) / max(setup.trunk, 1e-6)
    relative = (track.metres[:, rest, 2] - track.metres[:, shoulders, 2].mean(axis=1)[:, None]) / leg_m
    depth = points[:, shoulders, 2].mean(axis=1)[:, None] + relative
    points[:, rest] = rays[:, rest] * depth[:, :, None]


def _to_subject(points: Float[np.ndarray, "frames landmarks 3"], setup: Setup) -> np.ndarray:
    """From the camera's axes (right, down, away) to the subject's (left, up, forward)."""
    azimuth = np.radians(setup.axis_azimuths_deg)[:, None]
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    right, away = np.sin(azimuth), np.cos(azimuth)
    return np.stack([away * x - right * z, -y, -right * x - away * z], axis=-1)


def _picture(track: Track, setup: Setup) -> np.ndarray:
    """The picture with its roll undone, y up, in leg lengths at each frame's scale."""
    middle = np.array([track.source.width, track.source.height]) / 2
    upright = turned(track.pixels - middle, -setup.roll_deg) / (setup.leg_px * setup.scale[:, None, None])
    return upright * [1.0, -1.0]
