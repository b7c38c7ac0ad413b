"""The body in space: pixels and a setup in, the subject's own axes out; derived in docs/viewpoint.md."""

from math import cos, radians, sin

import numpy as np
from jaxtyping import Float

from alignment.geometry import along_ray, turned
from alignment.skeleton import SIDES, Side, index, of_side
from alignment.track import Track
from alignment.viewpoint.figure import PAIR, percentile
from alignment.viewpoint.setup import Body, Setup, facing_of

#: First guess of a segment's forward lean for a leg folded by `bend` (radians): bend × (a + b × bend). Standing, both
#: segments share the fold; deep, the thigh takes most of it. Only to choose between two points of a ray.
SHANK_LEAN, THIGH_LEAN, TRUNK_LEAN = (0.9, -0.45), (0.85, 0.55), (0.0, 0.9)


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
        for part in ("hip", "ankle"):
            _level_depths(points, rays, setup, part)
        bend = {side: _bend(points, setup, side) for side in SIDES}
        for side in SIDES:
            _place_leg(points, rays, setup, side, bend[side])
        _level_depths(points, rays, setup, "hip")
        _place_trunk(points, rays, setup, (bend["left"] + bend["right"]) / 2)
        _place_rest(points, rays, track, setup)
    return Body(
        time_s=track.time_s,
        space=_to_subject(points, setup),
        picture=_picture(track, setup),
        scale=setup.scale,
        standing=setup.standing,
        thigh=setup.thigh,
        facing=facing_of(setup.azimuth_deg),
        frontal=setup.frontal,
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
    upright = turned((track.pixels - middle) / setup.focal_px, -setup.roll_deg)
    rays = np.concatenate([upright, np.ones_like(upright[..., :1])], axis=-1)
    pitch = radians(setup.pitch_deg)
    if pitch:
        y, z = rays[..., 1].copy(), rays[..., 2].copy()
        rays[..., 1], rays[..., 2] = cos(pitch) * y + sin(pitch) * z, cos(pitch) * z - sin(pitch) * y
    return rays


def _forward(setup: Setup) -> Float[np.ndarray, "3"]:
    """The subject's forward direction in the camera's axes."""
    azimuth = radians(setup.axis_azimuth_deg)
    return np.array([-sin(azimuth), 0.0, -cos(azimuth)])


def _guess(
    length: float, bend: Float[np.ndarray, " frames"], lean: tuple[float, float]
) -> Float[np.ndarray, " frames"]:
    """About how far forward a segment of this length reaches in a leg folded so far."""
    return length * np.sin(np.clip(bend * (lean[0] + lean[1] * bend), 0.0, np.pi / 2))


def _place_leg(
    points: np.ndarray, rays: np.ndarray, setup: Setup, side: Side, bend: Float[np.ndarray, " frames"]
) -> None:
    """Put one leg's joints at their depths, from the anchored end to the free one."""
    hip, knee, ankle, heel, toe = of_side(side, "hip", "knee", "ankle", "heel", "toe")
    thigh, shank, forward = setup.thigh[side], setup.shank[side], _forward(setup)
    # How far the knee lies before the ankle and before the hip, as a first guess.
    before_ankle = _guess(shank, bend, SHANK_LEAN)
    before_hip = _guess(thigh, bend, THIGH_LEAN)
    if setup.anchor == "feet":
        points[:, knee] = along_ray(rays[:, knee], points[:, ankle], shank, forward, before_ankle)
        points[:, hip] = along_ray(rays[:, hip], points[:, knee], thigh, forward, -before_hip)
    else:
        points[:, knee] = along_ray(rays[:, knee], points[:, hip], thigh, forward, before_hip)
        points[:, ankle] = along_ray(rays[:, ankle], points[:, knee], shank, forward, -before_ankle)
    points[:, toe] = along_ray(rays[:, toe], points[:, ankle], setup.foot, forward, np.full(len(bend), setup.foot))
    points[:, heel] = rays[:, heel] * points[:, ankle, 2:]


def _level_depths(points: np.ndarray, rays: np.ndarray, setup: Setup, part: str) -> None:
    """Put a pair of landmarks at their common depth, apart only by the subject's heading.

    For the ankles: both feet stand in the frontal plane. For the hips: the pelvis is one bone whose slow heading defines
    that plane, so that each leg's own error of depth need not tilt it.
    """
    left, right = index(PAIR[part])
    middle = (points[:, left, 2] + points[:, right, 2]) / 2
    step = middle * _step(rays, setup, left, right)
    points[:, left] = rays[:, left] * ((middle + step) / rays[:, left, 2])[:, None]
    points[:, right] = rays[:, right] * ((middle - step) / rays[:, right, 2])[:, None]


def _step(rays: np.ndarray, setup: Setup, left: int, right: int) -> Float[np.ndarray, " frames"]:
    """How much farther than its middle the left landmark of a pair is, as a share of the middle's depth.

    From right to left the subject's x axis recedes by -tan(azimuth) of what it covers sideways; solved for two points on
    their rays.
    """
    half = np.tan(np.radians(setup.axis_azimuth_deg)) / 2
    x_left, x_right = rays[:, left, 0] / rays[:, left, 2], rays[:, right, 0] / rays[:, right, 2]
    return -half * (x_left - x_right) / (1 + half * (x_left + x_right))


def _place_trunk(points: np.ndarray, rays: np.ndarray, setup: Setup, bend: Float[np.ndarray, " frames"]) -> None:
    """Put the shoulders where the trunk has its length, leaning forwards the more the legs are folded."""
    left, right = index(PAIR["shoulder"])
    hip = points[:, index(PAIR["hip"])].mean(axis=1)
    lean = _guess(setup.trunk, bend, TRUNK_LEAN)
    step = _step(rays, setup, left, right)[:, None]
    left_ray, right_ray = rays[:, left] * (1 + step), rays[:, right] * (1 - step)
    # Of two shoulders at different depths the picture's middle is not the middle: its ray is the mean of theirs.
    middle = along_ray((left_ray + right_ray) / 2, hip, setup.trunk, _forward(setup), lean)[:, 2:]
    points[:, left], points[:, right] = left_ray * middle, right_ray * middle


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
    azimuth = radians(setup.axis_azimuth_deg)
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    return np.stack([cos(azimuth) * x - sin(azimuth) * z, -y, -sin(azimuth) * x - cos(azimuth) * z], axis=-1)


def _picture(track: Track, setup: Setup) -> np.ndarray:
    """The picture with its roll undone, y up, in leg lengths at each frame's scale."""
    middle = np.array([track.source.width, track.source.height]) / 2
    upright = turned(track.pixels - middle, -setup.roll_deg) / (setup.leg_px * setup.scale[:, None, None])
    return upright * [1.0, -1.0]
