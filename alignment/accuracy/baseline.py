"""A raw track in; every measure the simple way out: angles of the picture's pixels, as most programs compute them.

No camera is taken into account and nothing is refused. The signs are those of docs/measures.md.
"""

import numpy as np
from jaxtyping import Float

from alignment.core.geometry import beside_line, between_deg, lean_deg, wrapped_deg
from alignment.core.result import Whose
from alignment.core.skeleton import INDEX, OTHER, SIDES, Side
from alignment.core.track import Track

_Points = Float[np.ndarray, "frames 2"]
_Curves = dict[tuple[str, Whose], Float[np.ndarray, " frames"]]

#: The leg counts as straight where it looks longest; a few frames beyond are slips.
_STRAIGHT_PERCENTILE = 95.0


def curves(track: Track) -> _Curves:
    """Every measure in every frame, NaN where the person was not found.

    `fppa` is the picture's bend as well, `weight_right_share` where the middle of the hips is between the ankles, and
    `pelvic_drop` and `pelvic_change` the hip line without a baseline.
    """
    found: _Curves = {}
    for side in SIDES:
        found["fppa", side] = found["fppa_image", side] = _bend_deg(track, side)
        found["knee_over_toe", side] = _knee_over_toe_pct(track, side)
        found["knee_flexion", side] = _flexion_deg(track, side)
    found.update(_of_the_body(track))
    tilt = found["pelvic_obliquity", "body"]
    found["pelvic_change", "body"] = found["pelvic_drop", "right"] = tilt
    found["pelvic_drop", "left"] = -tilt
    return found


def _at(track: Track, side: Side, part: str) -> _Points:
    """A landmark in the picture with y up."""
    return track.pixels[:, INDEX[f"{side}_{part}"]] * np.array([1.0, -1.0])


def _middle(track: Track, part: str) -> _Points:
    return (_at(track, "left", part) + _at(track, "right", part)) / 2


def _medial(track: Track, side: Side) -> Float[np.ndarray, " frames"]:
    return np.sign(_at(track, OTHER[side], "hip")[:, 0] - _at(track, side, "hip")[:, 0])


def _bend_deg(track: Track, side: Side) -> Float[np.ndarray, " frames"]:
    hip, knee, ankle = (_at(track, side, part) for part in ("hip", "knee", "ankle"))
    return _medial(track, side) * wrapped_deg(lean_deg(knee - hip) - lean_deg(ankle - knee))


def _knee_over_toe_pct(track: Track, side: Side) -> Float[np.ndarray, " frames"]:
    hip, knee, ankle, toe = (_at(track, side, part) for part in ("hip", "knee", "ankle", "toe"))
    leg_px = np.linalg.norm(hip - knee, axis=1) + np.linalg.norm(knee - ankle, axis=1)
    if not np.isfinite(leg_px).any():
        return np.full(track.frames, np.nan)
    straight_px = float(np.nanpercentile(leg_px, _STRAIGHT_PERCENTILE))
    return 100 * _medial(track, side) * beside_line(knee, hip, toe) / straight_px


def _flexion_deg(track: Track, side: Side) -> Float[np.ndarray, " frames"]:
    hip, knee, ankle = (track.metres[:, INDEX[f"{side}_{part}"]] for part in ("hip", "knee", "ankle"))
    return between_deg(knee - hip, ankle - knee)


def _of_the_body(track: Track) -> _Curves:
    across = _at(track, "left", "hip") - _at(track, "right", "hip")
    trunk = _middle(track, "shoulder") - _middle(track, "hip")
    left, right = _at(track, "left", "ankle")[:, 0], _at(track, "right", "ankle")[:, 0]
    knees = np.linalg.norm(_at(track, "left", "knee") - _at(track, "right", "knee"), axis=1)
    ankles = np.linalg.norm(_at(track, "left", "ankle") - _at(track, "right", "ankle"), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (_middle(track, "hip")[:, 0] - left) / np.where(right != left, right - left, np.nan)
        ratio = knees / np.where(ankles > 0, ankles, np.nan)
    return {
        ("pelvic_obliquity", "body"): np.degrees(np.arctan2(-across[:, 1], np.abs(across[:, 0]))),
        ("trunk_lean", "body"): np.degrees(np.arctan2(-np.sign(across[:, 0]) * trunk[:, 0], trunk[:, 1])),
        ("weight_right_share", "body"): share,
        ("knee_ankle_ratio", "body"): ratio,
    }
