"""The camera's direction around the subject, from the model's axes of hips and shoulders; derived in docs/viewpoint.md."""

from math import sqrt

import numpy as np
from jaxtyping import Float

from alignment.geometry import wrapped_angle_deg, wrapped_deg
from alignment.skeleton import index
from alignment.track import Track
from alignment.viewpoint.figure import PAIR

#: Bias-free yaw from hips and from shoulders, and what is still wrong in their mean on the rendered clips to tune with:
#: some of it always, some in proportion to the yaw (5° at 18°).
YAW_HIP_SE_DEG, YAW_SHOULDER_SE_DEG, YAW_FLOOR_SE_DEG, YAW_SHARE_SE = 1.5, 2.5, 1.5, 0.15
#: The model's constant left-right bias of each axis (azimuth seen minus true), for tracks without mirrored frames.
AXIS_BIAS_DEG = {"hip": {"heavy": -13.0, "full": 3.0}, "shoulder": {"heavy": 10.0, "full": 5.0}}
AXIS_BIAS_SE_DEG = 4.0


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


def azimuth_of(track: Track) -> tuple[float, float, bool]:
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
    # Yaw is the deviation from front or back, whichever is nearer; seen from the side it does not matter.
    share_deg = YAW_SHARE_SE * min(abs(wrapped_angle_deg(2 * mean_deg)) / 2, 45.0)
    parts_deg = (YAW_FLOOR_SE_DEG, share_deg, apart_deg / 4, turn_deg / 4)
    se_deg = sqrt(1.0 / weights.sum() + sum(part**2 for part in parts_deg))
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
