"""The camera's direction around the subject, from the model's axes of the body and from where the feet point.

A cleaned track and the subject's lengths in; the azimuth over time with its standard error out. Derived in
docs/viewpoint.md.
"""

from dataclasses import dataclass, replace
from math import hypot

import numpy as np
from jaxtyping import Float

from alignment.core.calibration import Calibration
from alignment.core.geometry import rotate, wrapped_angle_deg, wrapped_deg
from alignment.core.skeleton import INDEX, SIDES, index
from alignment.core.track import Flags, Numbers, Places, Track
from alignment.core.viewpoint.figure import PAIR, segment_px
from alignment.core.viewpoint.heading import MAX_YAW_DEG, Heading, facing_deg, facing_of
from alignment.core.viewpoint.lengths import Lengths
from alignment.core.viewpoint.posture_weights import deviations_deg
from alignment.core.viewpoint.subject_turn import FEET, Turn, no_turn, turn_of

#: The way from heel to toe differs from body to body by this share.
FEET_SHARE_SE = 0.12
#: This share of the pictures is left out at either end of what they say; so many have to show the whole figure.
WHOLE_TRIMMED, WHOLE_SEEN = 0.25, 0.5
#: Where the subject is turned further than this from where it mostly faces, the turn's own error would come in.
WHOLE_TURNED_DEG = 12.0
#: A raised foot hangs: its way down the picture differs by more than this from the planted one's, in leg lengths.
FEET_ALIKE = 0.1
#: Seen further from aside, feet hide each other.
FEET_MAX_YAW_DEG = 40.0
MIN_FRAMES = 3
#: Nobody turns this fast in front of a camera; a model that takes a back for a front for a while does.
MAX_TURN_PER_S = 300.0


@dataclass(frozen=True)
class Sight:
    """An azimuth and its standard error."""

    azimuth_deg: float
    se_deg: float


def heading_of(
    track: Track,
    calibration: Calibration,
    lengths: Lengths | None = None,
    roll_deg: float = 0.0,
    roll_se_deg: float = 0.0,
) -> Heading:
    """Azimuth of the camera, its standard error, and the subject's turn; NaN-free even where nobody was seen.

    Without the subject's lengths the feet say nothing, the axes of hips and shoulders stand alone, and no turn is told.
    """
    turn = no_turn(track.frames)
    axes = _of_axes(track, calibration, turn)
    if axes is None:
        return Heading(0.0, 90.0, turn)
    if lengths is None:
        return Heading(axes.azimuth_deg, axes.se_deg, turn)
    turn = _turn(track, calibration, lengths, axes.azimuth_deg, roll_deg)
    if turn.real and facing_of(axes.azimuth_deg) in ("left", "right"):
        # What lies sideways is not measured from there, and the axes of hips and shoulders are hardly seen.
        turn = replace(no_turn(track.frames), unsure_deg=float(turn.turned_deg.std()))
    if turn.real and np.abs(np.gradient(turn.turned_deg, track.time_s)).max() > MAX_TURN_PER_S:
        turn = no_turn(track.frames)
    axes = _of_axes(track, calibration, turn) or axes
    ways = _foot_ways(track, lengths, roll_deg)
    feet = _of_feet(track, calibration, ways, lengths.standing, axes.azimuth_deg, turn, roll_se_deg)
    mean = _less_sure_where_apart(_mean([axes, feet]), axes, feet) if feet else axes
    whole = _of_whole(track, calibration, axes.azimuth_deg, turn)
    if whole:
        mean = _less_sure_where_apart(_between(mean, whole, calibration.whole_weight), whole, mean)
    unsure_deg = max(_wander_deg(track, turn), turn.unsure_deg)
    heading = Heading(mean.azimuth_deg, hypot(mean.se_deg, unsure_deg), turn)
    return _about_usual_facing(heading, track.seen, calibration.yaw_share_se)


def _about_usual_facing(heading: Heading, seen: Flags, share_se: float) -> Heading:
    """The same with its mean where the subject faces as it mostly does, and what a share of the turn may be wrong by."""
    turn = heading.turn
    if not turn.real:
        return heading
    usual = seen & (np.abs(turn.turned_deg) <= MAX_YAW_DEG)
    mean_deg = float(turn.turned_deg[usual].mean()) if usual.any() else 0.0
    turned_deg = wrapped_deg(turn.turned_deg - mean_deg)
    turn = replace(turn, turned_deg=turned_deg, se_deg=np.hypot(turn.se_deg, share_se * np.abs(turned_deg)))
    return replace(heading, azimuth_deg=wrapped_angle_deg(heading.azimuth_deg + mean_deg), turn=turn)


def _turn(track: Track, calibration: Calibration, lengths: Lengths, about_deg: float, roll_deg: float) -> Turn:
    """How the subject turns, from hips, shoulders and feet; `about_deg` is about the azimuth."""
    hips, shoulders = (
        wrapped_deg(_axis_azimuth_deg(track.metres, part) - _axis_bias(track, calibration, part, 0.0)[0] - about_deg)
        for part in ("hip", "shoulder")
    )
    between = np.where(np.isfinite(hips), hips, shoulders)
    between = between + np.nan_to_num(wrapped_deg(shoulders - hips)) / 2
    ways = _foot_ways(track, lengths, roll_deg)
    feet = _feet_deg(ways, calibration.foot_reach, about_deg + between) - about_deg
    cut_deg = _gap_deg(between)
    usual_deg = float(np.nanmedian((between - cut_deg) % 360.0))
    readings = {
        name: (reading - cut_deg) % 360.0 - usual_deg
        for name, reading in (("hips", hips), ("shoulders", shoulders), (FEET, feet))
    }
    legs = [segment_px(track, f"{s}_hip", f"{s}_knee") + segment_px(track, f"{s}_knee", f"{s}_ankle") for s in SIDES]
    left, right = track.pixels[:, index(PAIR["ankle"]), 1].T
    unit = (lengths.leg_px * lengths.scale)[:, None]
    return turn_of(track.time_s, readings, np.stack([*legs, left - right], axis=-1) / unit, calibration.strays)


def _gap_deg(angles_deg: Float[np.ndarray, " n"]) -> float:
    """The direction in which none of the angles lies, in the middle of the widest gap: where to cut the circle open."""
    known = np.sort(angles_deg[np.isfinite(angles_deg)] % 360.0)
    if not len(known):
        return -180.0
    gaps = np.diff(known, append=known[0] + 360.0)
    widest = int(np.argmax(gaps))
    return float(known[widest] + gaps[widest] / 2)


def _mean(sights: list[Sight]) -> Sight:
    """The mean of azimuths, each weighted by its error."""
    centre = sights[0].azimuth_deg
    weights = np.array([1.0 / sight.se_deg**2 for sight in sights])
    offsets = np.array([wrapped_angle_deg(sight.azimuth_deg - centre) for sight in sights])
    mean_deg = wrapped_angle_deg(centre + float((weights * offsets).sum() / weights.sum()))
    return Sight(mean_deg, float(weights.sum() ** -0.5))


def _between(one: Sight, other: Sight, weight: float) -> Sight:
    """The azimuth this far on the way from the one to the other, with the other's error."""
    way_deg = wrapped_angle_deg(other.azimuth_deg - one.azimuth_deg)
    return Sight(wrapped_angle_deg(one.azimuth_deg + weight * way_deg), other.se_deg)


def _less_sure_where_apart(best: Sight, one: Sight, other: Sight) -> Sight:
    """The best, less sure where two readings are further apart than their errors allow."""
    apart_deg = abs(wrapped_angle_deg(one.azimuth_deg - other.azimuth_deg))
    return Sight(best.azimuth_deg, best.se_deg * max(1.0, apart_deg / hypot(one.se_deg, other.se_deg)))


def _of_whole(track: Track, calibration: Calibration, about_deg: float, turn: Turn) -> Sight | None:
    """Azimuth from the whole figure in the pictures seen both ways round, where the turn is 0.

    None from the sides, for a model without weights, and where too few pictures show all of it. `about_deg` is about the
    azimuth.
    """
    facing = facing_of(about_deg)
    if facing == "left" or facing == "right" or facing not in calibration.azimuth_weights:
        return None
    seen, weights = track.mirrored_frames, calibration.azimuth_weights[facing]
    off_deg = deviations_deg(
        track.metres[seen], track.mirrored_metres, weights, calibration.foot_reach, behind=facing == "back"
    )
    known = np.isfinite(off_deg) & (np.abs(turn.turned_deg[seen]) < WHOLE_TURNED_DEG)
    off_deg = np.sort((off_deg - turn.turned_deg[seen])[known])
    if len(off_deg) < max(MIN_FRAMES, WHOLE_SEEN * len(seen)):
        return None
    trimmed = int(WHOLE_TRIMMED * len(off_deg))
    off = float(off_deg[trimmed : len(off_deg) - trimmed].mean())
    always_deg, share = calibration.whole_se[facing]
    se_deg = hypot(always_deg, share * off)
    return Sight(wrapped_angle_deg(facing_deg(facing) + off), se_deg)


def _deviation_deg(azimuth_deg: float) -> float:
    """How far from front or back, whichever is nearer, with its sign in the picture."""
    return wrapped_angle_deg(2 * azimuth_deg) / 2


# --- the model's own axes -------------------------------------------------------------------------------------------


def _of_axes(track: Track, calibration: Calibration, turn: Turn) -> Sight | None:
    """Azimuth from hips and shoulders where the turn is 0; None where neither was seen.

    Each axis carries a constant left-right bias of the model. In the mirrored picture the bias keeps its sign while the
    azimuth changes its own, so half the difference is free of it (design, section 4).
    """
    sights = []
    for part in ("hip", "shoulder"):
        bias_deg, bias_se_deg = _axis_bias(track, calibration, part, calibration.axis_se_deg[part])
        azimuth_deg = _circular_median_deg(_axis_azimuth_deg(track.metres, part) - bias_deg - turn.turned_deg)
        if np.isfinite(azimuth_deg):
            sights.append(Sight(azimuth_deg, bias_se_deg))
    if not sights:
        return None
    mean = _mean(sights)
    apart_deg = abs(wrapped_angle_deg(sights[0].azimuth_deg - sights[-1].azimuth_deg))
    # Seen from the side the share of the yaw does not matter.
    share_deg = calibration.yaw_share_se * abs(_deviation_deg(mean.azimuth_deg))
    return Sight(mean.azimuth_deg, hypot(mean.se_deg, calibration.yaw_floor_se_deg, share_deg, apart_deg / 4))


def _axis_azimuth_deg(metres: Float[np.ndarray, "n landmarks 3"], part: str) -> Float[np.ndarray, " n"]:
    """Azimuth from the axis right -> left of hips or shoulders: the subject's x in camera coordinates."""
    left, right = index(PAIR[part])
    axis = metres[:, left] - metres[:, right]
    return np.degrees(np.arctan2(-axis[:, 2], axis[:, 0]))


def _circular_median_deg(angles_deg: Float[np.ndarray, " n"]) -> float:
    """Median of angles that may lie around ±180: taken about their mean direction."""
    known = np.radians(angles_deg[np.isfinite(angles_deg)])
    if not len(known):
        return float("nan")
    centre = np.degrees(np.arctan2(np.sin(known).mean(), np.cos(known).mean()))
    return wrapped_angle_deg(float(centre + np.median(wrapped_deg(np.degrees(known) - centre))))


def _axis_bias(track: Track, calibration: Calibration, part: str, se_deg: float) -> tuple[float, float]:
    """The model's bias of one axis in this film and the standard error that remains in the azimuth."""
    direct = _axis_azimuth_deg(track.metres[track.mirrored_frames], part)
    mirrored = _axis_azimuth_deg(track.mirrored_metres, part)
    # seen = azimuth + bias and mirrored = -azimuth + bias; their mean is the bias, up to half a turn.
    bias = wrapped_deg(direct + mirrored) / 2
    known = bias[np.isfinite(bias)]
    if len(known) < MIN_FRAMES:
        # The model puts one side's joint deeper; seen from behind, the same turns the axis the other way round.
        behind = abs(_circular_median_deg(_axis_azimuth_deg(track.metres, part))) > 90
        assumed = calibration.axis_bias_deg[part]
        return -assumed if behind else assumed, calibration.axis_bias_se_deg
    spread = float(np.percentile(known, 84) - np.percentile(known, 16)) / 2
    return float(np.median(known)), hypot(se_deg, spread / len(known) ** 0.5)


def _wander_deg(track: Track, turn: Turn) -> float:
    """Standard error of the shoulders' mean direction from how much the film's quarters differ, beside a turn.

    A quarter of the range of the quarters' medians; four numbers have a range of about two standard deviations.
    """
    seen_deg = _axis_azimuth_deg(track.metres, "shoulder") - turn.turned_deg
    off_deg = wrapped_deg(seen_deg - _circular_median_deg(seen_deg))
    # Who turned away is not measured there.
    near = (np.abs(off_deg) < 90) & (np.abs(turn.turned_deg) < MAX_YAW_DEG)
    quarters = [part[one] for part, one in zip(np.array_split(off_deg, 4), np.array_split(near, 4), strict=True)]
    known = [float(np.median(part)) for part in quarters if len(part)]
    return float(np.ptp(known)) / 4 if known else 0.0


# --- the feet -------------------------------------------------------------------------------------------------------


def _of_feet(
    track: Track,
    calibration: Calibration,
    ways: list[Places],
    standing: Flags,
    axes_deg: float,
    turn: Turn,
    roll_se_deg: float,
) -> Sight | None:
    """Azimuth from where both feet together point in the picture, where the turn is 0; None where that cannot be told.

    Owes nothing to the model's depth. `axes_deg` is about the azimuth.
    """
    about_deg = axes_deg + turn.turned_deg
    chosen = standing if standing.sum() >= MIN_FRAMES else track.seen
    chosen = chosen & np.isfinite(_feet_deg(ways, calibration.foot_reach, about_deg))
    if chosen.sum() < MIN_FRAMES:
        return None
    bias = calibration.feet_bias_share * _feet_bias(track, chosen)
    feet_deg = _feet_deg(ways, calibration.foot_reach, about_deg, bias)
    down = np.mean([way[chosen, 1] for way in ways], axis=0)
    se_deg = hypot(
        calibration.feet_se_deg["back" if abs(axes_deg) > 90 else "front"],
        FEET_SHARE_SE * abs(_deviation_deg(axes_deg)),
        float(np.median(down)) / calibration.foot_reach * roll_se_deg,
    )
    return Sight(_circular_median_deg((feet_deg - turn.turned_deg)[chosen]), se_deg)


def _feet_deg(ways: list[Places], foot_reach: float, about_deg: Numbers, bias: float = 0.0) -> Numbers:
    """Azimuth from both feet in each frame; NaN where one hangs, or where `about_deg` is too far from front and back.

    Both turned out alike, they point forwards on average, and cover -reach × sin(azimuth) sideways. `bias` is how far
    right of the heels the toes are drawn of feet that point straight ahead, in leg lengths.
    """
    left, right = ways
    sine = -((left + right)[:, 0] / 2 - bias) / foot_reach
    off_deg = np.degrees(np.arcsin(np.clip(sine, -0.9, 0.9)))
    behind = np.abs(wrapped_deg(about_deg)) > 90
    with np.errstate(invalid="ignore"):
        alike = np.abs(left[:, 1] - right[:, 1]) < FEET_ALIKE
        plain = np.abs(wrapped_deg(2 * about_deg) / 2) <= FEET_MAX_YAW_DEG
    return np.where(alike & plain, wrapped_deg(np.where(behind, 180.0 - off_deg, off_deg)), np.nan)


def _foot_ways(track: Track, lengths: Lengths, roll_deg: float) -> list[Places]:
    """The way from heel to toe in the picture, roll undone, left foot first, in leg lengths at each frame's scale."""
    unit = (lengths.leg_px * lengths.scale)[:, None]
    ends = [index([f"{side}_heel", f"{side}_toe"]) for side in SIDES]
    return [rotate((track.pixels[:, toe] - track.pixels[:, heel]) / unit, -roll_deg) for heel, toe in ends]


def _feet_bias(track: Track, chosen: Flags) -> float:
    """How far right of the heels the model puts the toes of feet that point nowhere aside, in leg lengths in space.

    In the mirrored picture this keeps its sign while the feet change theirs; 0 without mirrored frames.
    """
    sampled = chosen[track.mirrored_frames]
    sampled = sampled if sampled.sum() >= MIN_FRAMES else np.ones_like(sampled)
    direct = _feet_aside(track.metres[track.mirrored_frames[sampled]])
    # Sides are exchanged in the mirrored picture, which their mean does not notice.
    both = (direct + _feet_aside(track.mirrored_metres[sampled])) / 2
    known = both[np.isfinite(both)]
    return float(np.median(known)) if len(known) >= MIN_FRAMES else 0.0


def _feet_aside(metres: Float[np.ndarray, "n landmarks 3"]) -> Float[np.ndarray, " n"]:
    """How far right of the heels the toes are in the picture, mean of both feet, in leg lengths, from the metres."""

    def way(start: str, end: str) -> Float[np.ndarray, "sides n 3"]:
        return np.stack([metres[:, INDEX[f"{side}_{end}"]] - metres[:, INDEX[f"{side}_{start}"]] for side in SIDES])

    leg = np.linalg.norm(way("hip", "knee"), axis=-1) + np.linalg.norm(way("knee", "ankle"), axis=-1)
    aside: np.ndarray = way("heel", "toe")[..., 0].mean(axis=0) / leg.mean(axis=0)
    return aside
