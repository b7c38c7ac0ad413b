"""The body in space: pixels and a setup in, the subject's own axes out; derived in docs/viewpoint.md.

Each `place_` function returns places in the camera's axes, in leg lengths.
"""

import numpy as np
from jaxtyping import Float

from alignment.core.geometry import along_ray, rotate
from alignment.core.skeleton import index
from alignment.core.track import Numbers, Pixels, Track, Vectors
from alignment.core.viewpoint.body import Body
from alignment.core.viewpoint.camera import from_middle_px
from alignment.core.viewpoint.figure import PAIR, percentile
from alignment.core.viewpoint.heading import deviation_deg
from alignment.core.viewpoint.leg_places import fold_of_legs, place_legs
from alignment.core.viewpoint.legs import agreed_depth, guess
from alignment.core.viewpoint.pelvis import pelvis_of
from alignment.core.viewpoint.setup import Setup
from alignment.core.viewpoint.sightlines import Pair, Sightlines, sightlines_of

#: First guess of the trunk's forward lean over legs folded by `bend`, as `legs` has it for thigh and shank.
TRUNK_LEAN = (0.0, 0.9)
#: How far forward the shoulders of somebody who stands are set, in leg lengths.
STANDING_LEAN = 0.02

Points = Float[np.ndarray, "frames landmarks 3"]
Parts = dict[str, Pair]


def reconstruct(track: Track, setup: Setup) -> Body:
    """The body in the subject's axes, from its pixels and its known lengths.

    Every landmark lies on its pixel's ray. What carries the body keeps its depth; from there each joint lies at its
    segment's known length. Of the two points of a ray at that length anatomy chooses: knees bend forwards, hips go back,
    the trunk leans forwards, each the more the lower the hips are. Then the camera's roll, pitch and azimuth are undone.
    """
    lines, lengths = sightlines_of(track, setup), setup.lengths
    points = lines.rays * (setup.distance / lengths.scale)[:, None, None]
    # Seen from the side a segment's depth is small and its direction unknown: the body stays in the picture's plane.
    if setup.has_depth:
        points = place_body(points, lines, track, setup)
    return Body(
        time_s=track.time_s,
        space=_to_subject(points, lines.azimuth_rad),
        picture=picture_of(track, setup),
        scale=lengths.scale,
        standing=lengths.standing,
        thigh=lengths.thigh,
        shank=lengths.shank,
        facing=setup.heading.facing,
        frontal=setup.heading.frontal,
        away=setup.heading.away,
        aside_deg=deviation_deg(setup.heading.azimuth_deg, setup.heading.facing),
        belt_m_s=setup.belt_m_s,
        pelvis=pelvis_of(track, setup),
    )


def place_body(flat: Points, lines: Sightlines, track: Track, setup: Setup) -> Points:
    """Every landmark in space; `flat` has all of them at the depth that the figure's size tells."""
    hips, ankles = (flat[:, index(PAIR[part])] for part in ("hip", "ankle"))
    hips = lines.level("hip", hips + lines.of("hip") * lines.skin[:, None, 2:]) - lines.skin[:, None]
    ankles = lines.level("ankle", ankles)
    bend = fold_of_legs(hips, ankles, setup.lengths)
    legs = place_legs(hips, flat[:, index(PAIR["knee"])], ankles, bend, lines, setup)
    parts: Parts = {"hip": legs.hip, "knee": legs.knee, "ankle": legs.ankle, **place_feet(legs.ankle, lines, setup)}
    parts["shoulder"] = place_shoulders(legs.hip, (bend[:, 0] + bend[:, 1]) / 2, lines, track, setup)
    points = place_rest(parts["shoulder"], lines, track, setup)
    for part, pair in parts.items():
        points[:, index(PAIR[part])] = pair
    return points


def place_feet(ankles: Pair, lines: Sightlines, setup: Setup) -> Parts:
    """The heels under the ankles, and the base of each second toe, which the measures are about, before them."""
    heels = lines.of("heel") * ankles[..., 2:]
    azimuth = lines.azimuth_rad
    left = np.stack([np.cos(azimuth), np.zeros_like(azimuth), -np.sin(azimuth)], axis=-1)
    foot, before = setup.lengths.foot, np.full(len(ankles), setup.lengths.foot)
    toes = []
    for i, outwards in enumerate((left, -left)):
        tip = along_ray(lines.of("toe")[:, i], ankles[:, i], foot, lines.forward, before)
        # From the drawn tip back and outwards, level.
        back = setup.calibration.toe_base * (ankles[:, i] - tip) * [1.0, 0.0, 1.0]
        toes.append(tip + (back + setup.offsets.toe_aside * outwards))
    return {"heel": heels, "toe": np.stack(toes, axis=1)}


def place_shoulders(hips: Pair, bend: Numbers, lines: Sightlines, track: Track, setup: Setup) -> Pair:
    """The shoulders where the trunk's length and the model's lean, or a guess by the legs' fold, agree best.

    A trunk near upright looks as long as an upright one, and over folded legs it is drawn too short.
    """
    hip, rays, trunk = hips.mean(axis=1), lines.of("shoulder"), setup.lengths.trunk
    step = lines.step("shoulder")[:, None]
    left_ray, right_ray = rays[:, 0] * (1 + step), rays[:, 1] * (1 - step)
    # Of two shoulders at different depths the picture's middle is not the middle: its ray is the mean of theirs.
    ray = (left_ray + right_ray) / 2
    lean, lean_se = _modelled_lean(track, setup, bend)
    seen = np.isfinite(lean)
    likely = np.where(seen, lean, guess(trunk, bend, TRUNK_LEAN))
    longer_se = _trunk_se(setup, bend)
    length = trunk * (1 + setup.shifts.trunk_longer * longer_se)
    depth = along_ray(ray, hip, length, lines.forward, likely)[:, 2] / ray[:, 2]
    if seen.any():
        both = agreed_depth(ray, hip, depth, (length, trunk * longer_se), lines.forward, (likely, lean_se))
        depth = np.where(seen, both, depth)
    return np.stack([left_ray * depth[:, None], right_ray * depth[:, None]], axis=1)


def _trunk_se(setup: Setup, bend: Numbers) -> Numbers:
    """Standard error of the trunk's drawn length, as a share of it."""
    always, folded = setup.calibration.trunk_drawn_se
    drawn_se = always + folded * bend**2 if setup.stance.feet_planted else 0.0
    return np.hypot(drawn_se, np.full(len(bend), 2 * setup.lengths.length_se))


def _modelled_lean(track: Track, setup: Setup, bend: Numbers) -> tuple[Numbers, Numbers]:
    """How far the model sees the shoulders before the hips, in leg lengths, against standing, and how sure that is.

    NaN where it cannot tell. Its trunk leans by a few constant degrees, other ones in every film; from behind it hardly
    follows.
    """
    always, folded = setup.calibration.lean_se
    lean_se, standing = always + folded * bend, setup.lengths.standing
    if not standing.any() or setup.heading.facing != "front":
        return np.full(len(bend), np.nan), lean_se
    trunk_m = _trunk_m(track)
    lean = _forward_of(trunk_m, setup) * setup.lengths.trunk / percentile(np.linalg.norm(trunk_m, axis=1), 50.0)
    upright = percentile(lean[standing], 50.0)
    return lean - upright + STANDING_LEAN + setup.shifts.trunk_forward * lean_se, lean_se


def _trunk_m(track: Track) -> Vectors:
    """From the middle of the hips to that of the shoulders in the model's metres."""
    return track.metres[:, index(PAIR["shoulder"])].mean(axis=1) - track.metres[:, index(PAIR["hip"])].mean(axis=1)


def _forward_of(metres: Vectors, setup: Setup) -> Numbers:
    """The part of the model's vectors along the subject's forward direction."""
    azimuth = np.radians(setup.heading.azimuths_deg)
    return -(np.sin(azimuth) * metres[:, 0] + np.cos(azimuth) * metres[:, 2])


def place_rest(shoulders: Pair, lines: Sightlines, track: Track, setup: Setup) -> Points:
    """Head and arms at the shoulders' depth, give or take what the model's own depth says; trunk and legs likewise."""
    leg_m = percentile(np.linalg.norm(_trunk_m(track), axis=1), 50.0) / max(setup.lengths.trunk, 1e-6)
    of_shoulders_m = track.metres[:, index(PAIR["shoulder"]), 2].mean(axis=1)
    relative = (track.metres[..., 2] - of_shoulders_m[:, None]) / leg_m
    depth = shoulders[..., 2].mean(axis=1)[:, None] + relative
    return lines.rays * depth[:, :, None]


def _to_subject(points: Points, azimuth_rad: Numbers) -> Points:
    """From the camera's axes (right, down, away) to the subject's (left, up, forward)."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    right, away = np.sin(azimuth_rad)[:, None], np.cos(azimuth_rad)[:, None]
    return np.stack([away * x - right * z, -y, -right * x - away * z], axis=-1)


def picture_of(track: Track, setup: Setup) -> Pixels:
    """The picture with its roll undone, y up, in leg lengths at each frame's scale."""
    size_px = setup.lengths.leg_px * setup.lengths.scale[:, None, None]
    return rotate(from_middle_px(track), -setup.camera.roll_deg) / size_px * [1.0, -1.0]
