"""A cleaned track in; how the camera stands, and the body in its own frontal plane, out. Derived in docs/viewpoint.md.

The subject's axes: x to the subject's left, y up, z forward, lengths in leg lengths (thigh + shank when standing). The
azimuth is the direction of the camera around the subject: 0 in front, +90 on the subject's left, 180 behind.
"""

from dataclasses import dataclass, replace
from math import atan2, cos, degrees, erf, radians, sin, sqrt
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from alignment.geometry import along_ray, turned, wrapped_angle_deg, wrapped_deg
from alignment.result import Facing, Viewpoint
from alignment.skeleton import INDEX, SIDES, Side, index, of_side
from alignment.track import Track

#: What stays at one depth: the planted feet, the pelvis on a saddle, or nothing (a walk on stairs).
Anchor = Literal["feet", "pelvis", "nothing"]

#: Focal length as a share of the picture's long side: 53° along it, between a phone's main lens with stabilisation
#: (60-69°) and a zoomed-in one (36°). The relative error covers both.
FOCAL_SHARE = 1.0
FOCAL_RELATIVE_SE = 0.35
#: Bias-free yaw from hips and from shoulders, and what a mean over them is still worth on rendered bodies.
YAW_HIP_SE_DEG, YAW_SHOULDER_SE_DEG, YAW_FLOOR_SE_DEG = 1.5, 2.5, 1.2
#: The model's constant left-right bias of each axis (azimuth seen minus true), for tracks without mirrored frames.
AXIS_BIAS_DEG = {"hip": {"heavy": -13.0, "full": 3.0}, "shoulder": {"heavy": 10.0, "full": 5.0}}
AXIS_BIAS_SE_DEG = 4.0
#: A phone propped up by eye.
ROLL_UNKNOWN_SE_DEG, ROLL_GIVEN_SE_DEG = 3.0, 0.5
PITCH_SE_DEG = 4.0
#: Leg (thigh + shank) and foot (ankle to toe) against the trunk (mid-hip to mid-shoulder): 1.70 by Winter 2009, from 1.4
#: (filmed from above) to 1.8 in the landmarks of standing people.
LEG_PER_TRUNK, THIGH_SHARE, FOOT_PER_LEG = 1.6, 0.52, 0.21
LENGTH_SE, LENGTH_ASSUMED_SE, FOOT_SE = 0.015, 0.12, 0.04
#: On a pedal the leg never straightens: at the lowest it is bent by 25-40° (clinical sources) and looks this much of its
#: length, give or take `PEDAL_SE`.
PEDAL_REACH, PEDAL_SE = 0.96, 0.05
#: A leg never seen longer than this share of what the trunk suggests was never straight in this film.
NEVER_STRAIGHT = 0.7
#: The subject is at the place of the exercise while the feet (the hips on a saddle) are within this many trunk lengths of
#: their usual place.
IN_PLACE = 0.35
#: Legs this close to their greatest length in the picture are straight.
STRAIGHT_SHARE = 0.97
#: First guess of a segment's forward lean for a leg folded by `bend` (radians): bend × (a + b × bend). Standing, both
#: segments share the fold; deep, the thigh takes most of it. Only to choose between two points of a ray.
SHANK_LEAN, THIGH_LEAN, TRUNK_LEAN = (0.9, -0.45), (0.85, 0.55), (0.0, 0.9)
#: A camera further round than this cosine looks from the side.
MIN_DEPTH_SHARE = 0.5
#: Beyond this the far hip hides and the frontal plane is seen too obliquely to turn it back.
MAX_YAW_DEG = 35.0
_PAIR = {part: (f"left_{part}", f"right_{part}") for part in ("hip", "shoulder", "ankle")}


@dataclass(frozen=True)
class Setup:
    """What the reconstruction takes as known: each number may be shifted by its error to see what comes of it."""

    #: Against the line of sight to the subject, which is what the model sees.
    azimuth_deg: float
    roll_deg: float
    pitch_deg: float
    focal_px: float
    #: How far right of the picture's middle the subject is.
    aside_px: float
    #: Standing leg in pixels at the anchor's depth: the unit of length.
    leg_px: float
    thigh: dict[Side, float]
    shank: dict[Side, float]
    trunk: float
    foot: float
    #: Size of the figure in each frame against the standing frames; 1 where the feet or the pelvis stay in place.
    scale: Float[np.ndarray, " frames"]
    standing: Bool[np.ndarray, " frames"]
    anchor: Anchor
    length_se: float
    azimuth_se_deg: float
    roll_se_deg: float

    @property
    def distance(self) -> float:
        """From the camera to the standing subject, in leg lengths, for the focal length assumed."""
        return self.focal_px / self.leg_px

    @property
    def axis_azimuth_deg(self) -> float:
        """Azimuth against the camera's own axis: who stands off the middle is seen turned by the bearing."""
        return self.azimuth_deg + degrees(atan2(self.aside_px, self.focal_px))

    @property
    def has_depth(self) -> bool:
        """Whether the camera looks along the subject's forward direction enough to give the segments a depth."""
        return abs(cos(radians(self.axis_azimuth_deg))) >= MIN_DEPTH_SHARE

    @property
    def frontal(self) -> bool:
        """Whether the camera looks at the front or the back, near enough to turn the picture into the frontal plane."""
        return _deviation_deg(self.azimuth_deg, facing_of(self.azimuth_deg)) <= MAX_YAW_DEG and facing_of(
            self.azimuth_deg
        ) in ("front", "back")


@dataclass(frozen=True)
class Body:
    """The subject in every frame: `space` in the subject's axes, `picture` as filmed with the roll removed.

    Both in leg lengths with y up; `picture` has x to the right of the picture and is scaled to the frame's size of the
    figure. `standing` marks upright frames on straight legs.
    """

    time_s: Float[np.ndarray, " frames"]
    space: Float[np.ndarray, "frames landmarks 3"]
    picture: Float[np.ndarray, "frames landmarks 2"]
    #: Size of the figure in each frame against the standing frames.
    scale: Float[np.ndarray, " frames"]
    standing: Bool[np.ndarray, " frames"]
    thigh: dict[Side, float]
    facing: Facing
    frontal: bool

    def at(self, side: Side, part: str) -> Float[np.ndarray, "frames 3"]:
        """One landmark of one side in the subject's axes."""
        return self.space[:, INDEX[f"{side}_{part}"]]

    def seen_at(self, side: Side, part: str) -> Float[np.ndarray, "frames 2"]:
        """One landmark of one side in the picture."""
        return self.picture[:, INDEX[f"{side}_{part}"]]

    def middle(self, part: str) -> Float[np.ndarray, "frames 3"]:
        """The middle between both sides' landmarks."""
        return (self.at("left", part) + self.at("right", part)) / 2

    @property
    def rate_hz(self) -> float:
        """Frames a second (median)."""
        return 1.0 / float(np.median(np.diff(self.time_s))) if len(self.time_s) > 1 else 0.0


def facing_of(azimuth_deg: float) -> Facing:
    """From which of the four sides the camera looks."""
    quarter = round(wrapped_angle_deg(azimuth_deg) / 90.0)
    sides: tuple[Facing, ...] = ("front", "left", "back", "right")
    return sides[quarter % 4]


def yaw_of(azimuth_deg: float) -> float:
    """The camera's deviation from its facing in degrees: + towards the subject's left; seen from a side, + forwards."""
    facing = facing_of(azimuth_deg)
    centre, sign = {"front": (0, 1), "back": (180, -1), "left": (90, -1), "right": (-90, 1)}[facing]
    return sign * wrapped_angle_deg(azimuth_deg - centre)


def _deviation_deg(azimuth_deg: float, facing: Facing) -> float:
    centre = {"front": 0.0, "back": 180.0, "left": 90.0, "right": -90.0}[facing]
    return abs(wrapped_angle_deg(azimuth_deg - centre))


def estimate(track: Track, *, camera_roll_deg: float | None, anchor: Anchor) -> tuple[Viewpoint, Setup]:
    """How the camera stands, with standard errors, and what the reconstruction needs to know.

    `track` is cleaned. `camera_roll_deg` is + when the camera is turned anticlockwise as seen from behind it; None where
    no vertical is known.
    """
    azimuth_deg, azimuth_se_deg, varies = _azimuth(track)
    facing = facing_of(azimuth_deg)
    roll_given = camera_roll_deg is not None
    lengths = _lengths(track, anchor)
    focal_px = FOCAL_SHARE * max(track.source.width, track.source.height)
    setup = Setup(
        azimuth_deg=azimuth_deg,
        roll_deg=camera_roll_deg or 0.0,
        pitch_deg=0.0,
        focal_px=focal_px,
        aside_px=_aside_px(track, camera_roll_deg or 0.0),
        foot=FOOT_PER_LEG,
        anchor=anchor,
        azimuth_se_deg=azimuth_se_deg,
        roll_se_deg=ROLL_GIVEN_SE_DEG if roll_given else ROLL_UNKNOWN_SE_DEG,
        **vars(lengths),
    )
    setup = _evened(setup, track)
    probability = _within(45.0, float(_deviation_deg(azimuth_deg, facing)), azimuth_se_deg)
    view = Viewpoint(
        facing=facing,
        facing_probability=round(probability, 3),
        yaw_deg=round(yaw_of(azimuth_deg), 1),
        yaw_se_deg=round(azimuth_se_deg, 1),
        yaw_varies=varies,
        roll_deg=setup.roll_deg,
        roll_se_deg=setup.roll_se_deg,
        roll_given=roll_given,
        pitch_deg=None,
        distance_leg_lengths=round(setup.distance, 1),
        distance_se=round(setup.distance * FOCAL_RELATIVE_SE, 1),
        vfov_deg=None,
        corrected=setup.frontal,
    )
    return view, setup


def _evened(setup: Setup, track: Track) -> Setup:
    """The setup with the legs' lengths as they are: under yaw one leg stands nearer to the camera and looks longer."""
    if not setup.standing.any() or not setup.has_depth:
        return setup
    recede = -np.tan(np.radians(setup.axis_azimuth_deg)) / (2 * setup.leg_px * setup.distance)

    def factor(side: Side, *parts: str) -> float:
        across = [np.nanmedian(_across_px(track, part)[setup.standing]) for part in parts]
        nearer = float(np.nanmean(across)) * recede
        return 1 + nearer if side == "left" else 1 - nearer

    return replace(
        setup,
        thigh={side: setup.thigh[side] * factor(side, "hip", "knee") for side in SIDES},
        shank={side: setup.shank[side] * factor(side, "knee", "ankle") for side in SIDES},
    )


def _across_px(track: Track, part: str) -> Float[np.ndarray, " frames"]:
    """How far the left landmark is right of the right one in the picture."""
    return track.pixels[:, INDEX[f"left_{part}"], 0] - track.pixels[:, INDEX[f"right_{part}"], 0]


def _aside_px(track: Track, roll_deg: float) -> float:
    """How far right of the picture's middle the hips usually are, with the roll undone."""
    middle = np.array([track.source.width, track.source.height]) / 2
    aside = turned(_middle_px(track, "hip") - middle, -roll_deg)[:, 0]
    return _percentile(aside, 50.0) if np.isfinite(aside).any() else 0.0


def _within(limit: float, mean: float, se: float) -> float:
    """Probability that a normally distributed number lies between -limit and +limit."""
    upper, lower = (limit - mean) / (se * sqrt(2)), (-limit - mean) / (se * sqrt(2))
    return 0.5 * (erf(upper) - erf(lower))


# --- the camera's azimuth -------------------------------------------------------------------------------------------


def _axis_azimuth_deg(metres: Float[np.ndarray, "n landmarks 3"], part: str) -> Float[np.ndarray, " n"]:
    """Azimuth from the axis right -> left of hips or shoulders: the subject's x in camera coordinates."""
    left, right = index(_PAIR[part])
    axis = metres[:, left] - metres[:, right]
    return np.degrees(np.arctan2(-axis[:, 2], axis[:, 0]))


def _circular_median_deg(angles_deg: Float[np.ndarray, " n"]) -> float:
    """Median of angles that may lie around ±180: taken about their mean direction."""
    known = np.radians(angles_deg[np.isfinite(angles_deg)])
    if not len(known):
        return float("nan")
    centre = np.degrees(np.arctan2(np.sin(known).mean(), np.cos(known).mean()))
    return wrapped_angle_deg(float(centre + np.median(wrapped_deg(np.degrees(known) - centre))))


def _azimuth(track: Track) -> tuple[float, float, bool]:
    """Azimuth of the camera, its standard error, and whether the subject turned; NaN-free even where nobody was seen.

    Each axis carries a constant left-right bias of the model. In the mirrored picture the bias keeps its sign while the
    azimuth changes its own, so half the difference is free of it (design, section 4).
    """
    estimates: list[tuple[float, float]] = []
    for part, se_deg in (("hip", YAW_HIP_SE_DEG), ("shoulder", YAW_SHOULDER_SE_DEG)):
        seen_deg = _axis_azimuth_deg(track.metres, part)
        bias_deg, bias_se_deg = _axis_bias(track, part, se_deg)
        azimuth_deg = _circular_median_deg(seen_deg - bias_deg)
        if np.isfinite(azimuth_deg):
            estimates.append((azimuth_deg, bias_se_deg))
    if not estimates:
        return 0.0, 90.0, False
    centre = estimates[0][0]
    weights = np.array([1.0 / se**2 for _, se in estimates])
    offsets = np.array([wrapped_angle_deg(value - centre) for value, _ in estimates])
    mean_deg = wrapped_angle_deg(centre + float((weights * offsets).sum() / weights.sum()))
    apart_deg = float(np.ptp(offsets))
    turn_deg = _turn_deg(track)
    se_deg = sqrt(1.0 / weights.sum() + YAW_FLOOR_SE_DEG**2 + (apart_deg / 4) ** 2 + (turn_deg / 4) ** 2)
    return mean_deg, se_deg, turn_deg > 12.0


def _axis_bias(track: Track, part: str, se_deg: float) -> tuple[float, float]:
    """The model's bias of one axis in this film and the standard error that remains in the azimuth."""
    direct = _axis_azimuth_deg(track.metres[track.mirrored_frames], part)
    mirrored = _axis_azimuth_deg(track.mirrored_metres, part)
    # seen = azimuth + bias and mirrored = -azimuth + bias; their mean is the bias, up to half a turn.
    bias = wrapped_deg(direct + mirrored) / 2
    known = bias[np.isfinite(bias)]
    if len(known) < 3:
        # The model puts one side's joint deeper; seen from behind, the same turns the axis the other way round.
        behind = abs(_circular_median_deg(_axis_azimuth_deg(track.metres, part))) > 90
        assumed = AXIS_BIAS_DEG[part].get(track.model.variant, 0.0)
        return -assumed if behind else assumed, AXIS_BIAS_SE_DEG
    spread = float(np.percentile(known, 84) - np.percentile(known, 16)) / 2
    return float(np.median(known)), sqrt(se_deg**2 + (spread**2) / len(known))


def _turn_deg(track: Track) -> float:
    """How far the shoulders turned between the film's quarters: range of the quarters' medians."""
    seen_deg = _axis_azimuth_deg(track.metres, "shoulder")
    quarters = [_circular_median_deg(part) for part in np.array_split(seen_deg, 4) if len(part)]
    known = np.array([q for q in quarters if np.isfinite(q)])
    return float(np.ptp(wrapped_deg(known - known[0]))) if len(known) > 1 else 0.0


# --- the body's lengths ---------------------------------------------------------------------------------------------


def _segment_px(track: Track, start: str, end: str) -> Float[np.ndarray, " frames"]:
    return np.linalg.norm(track.pixels[:, INDEX[start]] - track.pixels[:, INDEX[end]], axis=1)


def _middle_px(track: Track, part: str) -> Float[np.ndarray, "frames 2"]:
    return track.pixels[:, index(_PAIR[part])].mean(axis=1)


def trunk_scale(track: Track) -> Float[np.ndarray, " frames"]:
    """Size of the figure in each frame against its usual one, from the trunk, about 1; NaN where it is not seen.

    Widths shrink when the subject turns, the trunk's length when it leans towards the camera: the larger ratio counts.
    """
    widths = _segment_px(track, "left_shoulder", "right_shoulder") + _segment_px(track, "left_hip", "right_hip")
    length = _trunk_px(track)
    if not np.isfinite(widths).any():
        return np.full(track.frames, np.nan)
    return np.fmax(widths / np.nanmedian(widths), length / np.nanmedian(length))


@dataclass(frozen=True)
class _Lengths:
    """Segment lengths in leg lengths, the leg in pixels, the frames' scale and the standing frames."""

    leg_px: float
    thigh: dict[Side, float]
    shank: dict[Side, float]
    trunk: float
    scale: Float[np.ndarray, " frames"]
    standing: Bool[np.ndarray, " frames"]
    length_se: float


def _lengths(track: Track, anchor: Anchor) -> _Lengths:
    """The subject's lengths, from the frames in which the legs look longest."""
    size = trunk_scale(track)
    scale = np.where(np.isfinite(size), size, 1.0) if anchor == "nothing" else np.ones(track.frames)
    in_place = _in_place(track, anchor)
    thigh = {side: _segment_px(track, f"{side}_hip", f"{side}_knee") / scale for side in SIDES}
    shank = {side: _segment_px(track, f"{side}_knee", f"{side}_ankle") / scale for side in SIDES}
    leg = {side: np.where(in_place, thigh[side] + shank[side], np.nan) for side in SIDES}
    trunk = np.where(in_place, _trunk_px(track) / scale, np.nan)
    longest, shortest = np.fmax(leg["left"], leg["right"]), np.fmin(leg["left"], leg["right"])
    trunk_px, straight_px = _percentile(trunk, 90.0), _percentile(longest, 95.0)
    if not straight_px > NEVER_STRAIGHT * LEG_PER_TRUNK * trunk_px:
        return _assumed_lengths(scale, trunk_px)
    with np.errstate(invalid="ignore"):
        both_straight = shortest >= STRAIGHT_SHARE * straight_px
        one_straight = longest >= STRAIGHT_SHARE * straight_px
    standing = both_straight if both_straight.sum() >= 3 else one_straight
    pairs = {
        side: _straight_lengths(thigh[side], shank[side], in_place & (leg[side] >= STRAIGHT_SHARE * straight_px))
        or (THIGH_SHARE * straight_px, (1 - THIGH_SHARE) * straight_px)
        for side in SIDES
    }
    pedalling = anchor == "pelvis"
    leg_px = float(np.mean([sum(pair) for pair in pairs.values()]))
    return _Lengths(
        leg_px=leg_px / (PEDAL_REACH if pedalling else 1.0),
        thigh={side: pairs[side][0] / leg_px for side in SIDES},
        shank={side: pairs[side][1] / leg_px for side in SIDES},
        trunk=float(np.nanmedian(trunk[standing])) / leg_px,
        scale=scale,
        standing=standing & (not pedalling),
        length_se=PEDAL_SE if pedalling else LENGTH_SE,
    )


def _in_place(track: Track, anchor: Anchor) -> Bool[np.ndarray, " frames"]:
    """Where the subject is at the place of the exercise: who walks in from the camera's side is larger on the way."""
    if anchor == "nothing":
        return track.seen
    place = _middle_px(track, "ankle" if anchor == "feet" else "hip")
    usual = [_percentile(place[:, axis], 50.0) for axis in (0, 1)]
    with np.errstate(invalid="ignore"):
        return np.linalg.norm(place - usual, axis=1) < IN_PLACE * _percentile(_trunk_px(track), 50.0)


def _assumed_lengths(scale: Float[np.ndarray, " frames"], trunk_px: float) -> _Lengths:
    """The usual proportions, for a film in which no leg is ever straight (cycling)."""
    return _Lengths(
        leg_px=LEG_PER_TRUNK * trunk_px if np.isfinite(trunk_px) else 1.0,
        thigh=dict.fromkeys(SIDES, THIGH_SHARE),
        shank=dict.fromkeys(SIDES, 1 - THIGH_SHARE),
        trunk=1 / LEG_PER_TRUNK,
        scale=scale,
        standing=np.zeros(len(scale), dtype=bool),
        length_se=LENGTH_ASSUMED_SE,
    )


def _trunk_px(track: Track) -> Float[np.ndarray, " frames"]:
    return np.linalg.norm(_middle_px(track, "shoulder") - _middle_px(track, "hip"), axis=1)


def _straight_lengths(
    thigh_px: Float[np.ndarray, " frames"],
    shank_px: Float[np.ndarray, " frames"],
    straight: Bool[np.ndarray, " frames"],
) -> tuple[float, float] | None:
    """Thigh and shank of one leg, medians where it is straight; None where it never is."""
    if straight.sum() < 3:
        return None
    return float(np.median(thigh_px[straight])), float(np.median(shank_px[straight]))


def _percentile(values: Float[np.ndarray, " frames"], share: float) -> float:
    known = values[np.isfinite(values)]
    return float(np.percentile(known, share)) if len(known) else float("nan")


# --- the body in space ----------------------------------------------------------------------------------------------


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
    left, right = index(_PAIR[part])
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
    left, right = index(_PAIR["shoulder"])
    hip = points[:, index(_PAIR["hip"])].mean(axis=1)
    lean = _guess(setup.trunk, bend, TRUNK_LEAN)
    step = _step(rays, setup, left, right)[:, None]
    left_ray, right_ray = rays[:, left] * (1 + step), rays[:, right] * (1 - step)
    # Of two shoulders at different depths the picture's middle is not the middle: its ray is the mean of theirs.
    middle = along_ray((left_ray + right_ray) / 2, hip, setup.trunk, _forward(setup), lean)[:, 2:]
    points[:, left], points[:, right] = left_ray * middle, right_ray * middle


def _place_rest(points: np.ndarray, rays: np.ndarray, track: Track, setup: Setup) -> None:
    """Put head and arms at the shoulders' depth, give or take what the model's own depth says."""
    shoulders = index(_PAIR["shoulder"])
    placed = {i for side in SIDES for i in of_side(side, "hip", "knee", "ankle", "heel", "toe", "shoulder")}
    rest = [i for i in range(points.shape[1]) if i not in placed]
    leg_m = (
        np.nanmedian(
            np.linalg.norm(
                track.metres[:, shoulders].mean(axis=1) - track.metres[:, index(_PAIR["hip"])].mean(axis=1),
                axis=1,
            )
        )
        / max(setup.trunk, 1e-6)
        if track.seen.any()
        else 1.0
    )
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


# --- what it is not sure of -----------------------------------------------------------------------------------------


def doubts(setup: Setup) -> dict[str, Setup]:
    """The setup with each uncertain number shifted by its standard error, by the name of what is uncertain."""
    longer = 1 + setup.length_se
    return {
        "camera_yaw": replace(setup, azimuth_deg=setup.azimuth_deg + setup.azimuth_se_deg),
        "roll_unknown": replace(setup, roll_deg=setup.roll_deg + setup.roll_se_deg),
        "camera_pitch": replace(setup, pitch_deg=setup.pitch_deg + PITCH_SE_DEG),
        "distance": replace(setup, focal_px=setup.focal_px * (1 + FOCAL_RELATIVE_SE)),
        "thigh_length": replace(setup, thigh={side: setup.thigh[side] * longer for side in SIDES}),
        "shank_length": replace(setup, shank={side: setup.shank[side] * longer for side in SIDES}),
        "trunk_length": replace(setup, trunk=setup.trunk * (1 + 2 * setup.length_se)),
        "foot_length": replace(setup, foot=setup.foot + FOOT_SE),
    }
