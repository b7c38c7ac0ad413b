"""The camera's direction around the subject, from the model's axes of hips and shoulders and from where the feet point.

A cleaned track and the subject's lengths in; the azimuth with its standard error out. Derived in docs/viewpoint.md.
"""

from dataclasses import dataclass
from math import asin, degrees, hypot

import numpy as np
from jaxtyping import Bool, Float

from alignment.geometry import turned, wrapped_angle_deg, wrapped_deg
from alignment.skeleton import INDEX, SIDES, index
from alignment.track import Track
from alignment.viewpoint.figure import PAIR
from alignment.viewpoint.lengths import Lengths

#: Bias-free yaw from hips and from shoulders, and what is still wrong in their mean on the rendered clips to tune with:
#: some of it always, some in proportion to the yaw (5° at 18°).
YAW_HIP_SE_DEG, YAW_SHOULDER_SE_DEG, YAW_FLOOR_SE_DEG, YAW_SHARE_SE = 1.5, 2.5, 1.5, 0.15
#: The model's constant left-right bias of each axis (azimuth seen minus true), for tracks without mirrored frames.
AXIS_BIAS_DEG = {"hip": {"heavy": -13.0, "full": 3.0}, "shoulder": {"heavy": 10.0, "full": 5.0}}
AXIS_BIAS_SE_DEG = 4.0
#: Heel to toe as the heavy model marks them, in leg lengths as it marks those; fitted on the clips to tune with. It
#: differs from body to body by `FEET_SHARE_SE`.
FOOT_REACH, FEET_SHARE_SE = 0.345, 0.12
#: One foot may point further out than the other: half of that turns their mean. From behind the toes are guessed.
FEET_SE_DEG, FEET_BEHIND_SE_DEG = 2.5, 3.5
#: The model sees toes beside heels a little to one side in the picture, by this share of what it does in space.
FEET_BIAS_SHARE = 0.7
#: A raised foot hangs: its way down the picture differs by more than this from the planted one's, in leg lengths.
FEET_ALIKE = 0.1
#: Seen further from aside, feet hide each other.
FEET_MAX_YAW_DEG = 40.0
#: Less of a turn than this is how the model wavers.
TURN_DEG = 12.0
MIN_FRAMES = 3


@dataclass(frozen=True)
class Sight:
    """An azimuth and its standard error."""

    azimuth_deg: float
    se_deg: float


def azimuth_of(
    track: Track, lengths: Lengths | None = None, roll_deg: float = 0.0, roll_se_deg: float = 0.0
) -> tuple[float, float, bool]:
    """Azimuth of the camera, its standard error, and whether the subject turned; NaN-free even where nobody was seen.

    Without the subject's lengths the feet say nothing, and the axes of hips and shoulders stand alone.
    """
    axes = _of_axes(track)
    if axes is None:
        return 0.0, 90.0, False
    feet = _of_feet(track, lengths, axes.azimuth_deg, roll_deg, roll_se_deg) if lengths else None
    mean = _mean([axes, feet] if feet else [axes])
    if feet:
        # Two readings further apart than their errors allow are both less sure than they say.
        apart_deg = abs(wrapped_angle_deg(axes.azimuth_deg - feet.azimuth_deg))
        mean = Sight(mean.azimuth_deg, mean.se_deg * max(1.0, apart_deg / hypot(axes.se_deg, feet.se_deg)))
    turn_deg = _turn_deg(track)
    return mean.azimuth_deg, hypot(mean.se_deg, turn_deg / 4), turn_deg > TURN_DEG


def _mean(sights: list[Sight]) -> Sight:
    """The mean of azimuths, each weighted by its error."""
    centre = sights[0].azimuth_deg
    weights = np.array([1.0 / sight.se_deg**2 for sight in sights])
    offsets = np.array([wrapped_angle_deg(sight.azimuth_deg - centre) for sight in sights])
    mean_deg = wrapped_angle_deg(centre + float((weights * offsets).sum() / weights.sum()))
    return Sight(mean_deg, float(weights.sum() ** -0.5))


def _deviation_deg(azimuth_deg: float) -> float:
    """How far from front or back, whichever is nearer, with its sign in the picture."""
    return wrapped_angle_deg(2 * azimuth_deg) / 2


# --- the model's own axes -------------------------------------------------------------------------------------------


def _of_axes(track: Track) -> Sight | None:
    """Azimuth from hips and shoulders; None where neither was seen.

    Each axis carries a constant left-right bias of the model. In the mirrored picture the bias keeps its sign while the
    azimuth changes its own, so half the difference is free of it (design, section 4).
    """
    sights = []
    for part, se_deg in (("hip", YAW_HIP_SE_DEG), ("shoulder", YAW_SHOULDER_SE_DEG)):
        bias_deg, bias_se_deg = _axis_bias(track, part, se_deg)
        azimuth_deg = _circular_median_deg(_axis_azimuth_deg(track.metres, part) - bias_deg)
        if np.isfinite(azimuth_deg):
            sights.append(Sight(azimuth_deg, bias_se_deg))
    if not sights:
        return None
    mean = _mean(sights)
    apart_deg = abs(wrapped_angle_deg(sights[0].azimuth_deg - sights[-1].azimuth_deg))
    # Seen from the side the share of the yaw does not matter.
    share_deg = YAW_SHARE_SE * abs(_deviation_deg(mean.azimuth_deg))
    return Sight(mean.azimuth_deg, hypot(mean.se_deg, YAW_FLOOR_SE_DEG, share_deg, apart_deg / 4))


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


def _axis_bias(track: Track, part: str, se_deg: float) -> tuple[float, float]:
    """The model's bias of one axis in this film and the standard error that remains in the azimuth."""
    direct = _axis_azimuth_deg(track.metres[track.mirrored_frames], part)
    mirrored = _axis_azimuth_deg(track.mirrored_metres, part)
    # seen = azimuth + bias and mirrored = -azimuth + bias; their mean is the bias, up to half a turn.
    bias = wrapped_deg(direct + mirrored) / 2
    known = bias[np.isfinite(bias)]
    if len(known) < MIN_FRAMES:
        # The model puts one side's joint deeper; seen from behind, the same turns the axis the other way round.
        behind = abs(_circular_median_deg(_axis_azimuth_deg(track.metres, part))) > 90
        assumed = AXIS_BIAS_DEG[part].get(track.model.variant, 0.0)
        return -assumed if behind else assumed, AXIS_BIAS_SE_DEG
    spread = float(np.percentile(known, 84) - np.percentile(known, 16)) / 2
    return float(np.median(known)), hypot(se_deg, spread / len(known) ** 0.5)


def _turn_deg(track: Track) -> float:
    """How far the shoulders turned between the film's quarters: range of the quarters' medians.

    Who walked in with the back to the camera and then turned round is measured where they face as they mostly do.
    """
    seen_deg = _axis_azimuth_deg(track.metres, "shoulder")
    off_deg = wrapped_deg(seen_deg - _circular_median_deg(seen_deg))
    quarters = [part[np.abs(part) < 90] for part in np.array_split(off_deg, 4)]
    known = [float(np.median(part)) for part in quarters if len(part)]
    return float(np.ptp(known)) if known else 0.0


# --- the feet -------------------------------------------------------------------------------------------------------


def _of_feet(track: Track, lengths: Lengths, about_deg: float, roll_deg: float, roll_se_deg: float) -> Sight | None:
    """Azimuth from where both feet together point in the picture; None where that cannot be told.

    Both turned out alike, they point forwards on average, and cover -reach × sin(azimuth) sideways. Owes nothing to the
    model's depth. `about_deg` is about the azimuth.
    """
    deviation_deg = abs(_deviation_deg(about_deg))
    behind = abs(about_deg) > 90
    left, right = (turned(way, -roll_deg) for way in _foot_ways(track, lengths))
    chosen = lengths.standing if lengths.standing.sum() >= MIN_FRAMES else track.seen
    with np.errstate(invalid="ignore"):
        chosen = chosen & (np.abs(left[:, 1] - right[:, 1]) < FEET_ALIKE)
    if deviation_deg > FEET_MAX_YAW_DEG or chosen.sum() < MIN_FRAMES:
        return None
    aside, down = np.median((left + right)[chosen] / 2, axis=0)
    sine = -(aside - FEET_BIAS_SHARE * _feet_bias(track, chosen)) / FOOT_REACH
    azimuth_deg = degrees(asin(min(max(float(sine), -0.9), 0.9)))
    se_deg = hypot(
        FEET_BEHIND_SE_DEG if behind else FEET_SE_DEG,
        FEET_SHARE_SE * deviation_deg,
        float(down) / FOOT_REACH * roll_se_deg,
    )
    return Sight(wrapped_angle_deg(180.0 - azimuth_deg) if behind else azimuth_deg, se_deg)


def _foot_ways(track: Track, lengths: Lengths) -> list[Float[np.ndarray, "frames 2"]]:
    """The way from heel to toe in the picture, left foot first, in leg lengths at each frame's scale."""
    unit = (lengths.leg_px * lengths.scale)[:, None]
    ends = [index([f"{side}_heel", f"{side}_toe"]) for side in SIDES]
    return [(track.pixels[:, toe] - track.pixels[:, heel]) / unit for heel, toe in ends]


def _feet_bias(track: Track, chosen: Bool[np.ndarray, " frames"]) -> float:
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
