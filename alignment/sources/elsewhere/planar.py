"""Named points in a plane in; a `Track` out, with what one picture cannot tell left open for the errors to cover.

A landmark model tells where points are in space, too, which says from where the camera looks. Here nothing does but the
order of left and right, how wide shoulders and hips look, and where the feet point: a film from about in front, from about
behind or from a side. How much that leaves open stands in the calibration `elsewhere`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import acos, cos, sin
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.calibration import ELSEWHERE
from alignment.core.skeleton import INDEX, LANDMARKS, SIDES, SWAPPED
from alignment.core.track import MAX_PEOPLE, ModelFacts, Numbers, SourceFacts, Track
from alignment.core.viewpoint.lengths import LEG_PER_TRUNK
from alignment.errors import InputError
from alignment.sources.clock import ASSUMED_HZ
from alignment.sources.reading import Reading

#: Without these, nothing of the legs can be told.
NEEDED: Final = tuple(f"{side}_{part}" for part in ("hip", "knee", "ankle", "shoulder") for side in SIDES)
#: What others call the parts; a big toe's tip is what the models here call the toe.
_PARTS: Final = {
    **{part: part for part in ("hip", "knee", "ankle", "heel", "toe", "shoulder", "elbow", "wrist", "ear", "eye")},
    **{"bigtoe": "toe", "footindex": "toe", "toes": "toe", "toetip": "toe"},
}
#: The picture's size is not known: the camera is taken to stand so many leg lengths away, give or take what is reckoned with
#: anyway, and the hips to be in its middle.
_DISTANCE_LEGS: Final = 4.0
#: Legs of metres are given so many pixels, as in a film in which the person is large enough.
_LEG_PX: Final = 400.0
#: Shoulders' and hips' joints are this far apart, in trunk lengths (medians over films from in front); seen narrower than
#: this share of it, they are turned.
_WIDTHS: Final[Mapping[str, float]] = {"shoulder": 0.67, "hip": 0.40}
_TURNED_SHARE: Final = 0.75
#: Metres of a leg, which only tells the scale of points in space.
_LEG_M: Final = 0.9


@dataclass(frozen=True)
class Found:
    """What a file holds: points by their names there. `time_s` is None where it tells none; NaN where a point is missing."""

    program: str
    names: tuple[str, ...]
    time_s: Numbers | None
    points: Float[np.ndarray, "frames points 2"]
    sure: Float[np.ndarray, "frames points"]
    rate_hz: float | None = None


def track_of(found: Found, name: str, sha256: str, reading: Reading) -> Track:
    """The landmarks as a track. InputError where a needed one is missing, or no picture is in the part that is read."""
    at = _places(found.names)
    missing = [one for one in NEEDED if one not in at or not np.isfinite(found.points[:, at[one]]).any()]
    if missing:
        raise InputError("landmarks_missing", path=name, missing=", ".join(missing))
    given_hz = found.rate_hz or reading.rate_hz
    rate_hz = given_hz or ASSUMED_HZ
    time_s = found.time_s if found.time_s is not None else np.arange(len(found.points)) / rate_hz
    part = (time_s >= reading.first_s) & (time_s < reading.last_s)
    part[part] = _thinned(time_s[part], reading.max_fps)
    if not part.any():
        end_s = float(time_s[-1])
        raise InputError(
            "bad_range", path=name, start_s=reading.first_s, end_s=reading.end_s or end_s, duration_s=end_s
        )
    time_s = time_s[part]
    pixels, sure = np.full((len(time_s), len(LANDMARKS), 2), np.nan), np.zeros((len(time_s), len(LANDMARKS)))
    for landmark, column in at.items():
        pixels[:, INDEX[landmark]] = found.points[part, column]
        sure[:, INDEX[landmark]] = found.sure[part, column]
    sure[~np.isfinite(pixels).all(axis=-1)] = 0.0
    if reading.mirrored:
        pixels, sure = (pixels * [-1.0, 1.0])[:, list(SWAPPED)], sure[:, list(SWAPPED)]
    if not np.isfinite(_legs(pixels)).any():
        raise InputError("landmarks_missing", path=name, missing=", ".join(NEEDED[:6]))
    pixels, side_px = _in_a_picture(pixels)
    size = round(side_px)
    facts = SourceFacts(
        name,
        sha256,
        rate_hz,
        size,
        size,
        mirrored=reading.mirrored,
        frames=len(time_s),
        duration_s=float(time_s[-1] - time_s[0]) + 1 / rate_hz,
        rate_assumed=given_hz is None and found.time_s is None,
    )
    unknown = np.full(len(time_s), np.nan)
    return Track(
        time_s=time_s,
        pixels=pixels,
        metres=_in_space(pixels, side_px / _DISTANCE_LEGS),
        visibility=sure,
        mirrored_frames=np.empty(0, dtype=np.int64),
        mirrored_metres=np.empty((0, len(LANDMARKS), 3)),
        brightness=unknown,
        sharpness=unknown,
        people=np.isfinite(pixels[..., 0]).any(axis=1).astype(np.int64),
        faces=np.full((len(time_s), MAX_PEOPLE, 3), np.nan),
        source=facts,
        model=ModelFacts(found.program, ELSEWHERE, sha256),
    )


def _places(names: tuple[str, ...]) -> dict[str, int]:
    """Which of the points is which landmark, by what it is called: LKnee, left_knee, knee-left, L_Knee, LeftKnee."""
    told: dict[str, int] = {}
    for number, name in enumerate(names):
        plain = re.sub(r"[^a-z]", "", name.lower())
        if plain == "nose":
            told.setdefault("nose", number)
        for pattern in (r"(?P<side>left|right|l|r)(?P<part>.+)", r"(?P<part>.+?)(?P<side>left|right|l|r)"):
            match = re.fullmatch(pattern, plain)
            if match and match["part"] in _PARTS:
                side = "left" if match["side"].startswith("l") else "right"
                told.setdefault(f"{side}_{_PARTS[match['part']]}", number)
    return told


def _thinned(time_s: np.ndarray, max_fps: float) -> np.ndarray:
    """Which pictures stay, at most about so many a second."""
    keeps, last_s = np.zeros(len(time_s), dtype=bool), -np.inf
    for number, one_s in enumerate(time_s):
        if one_s - last_s >= 0.9 / max_fps:
            keeps[number], last_s = True, one_s
    return keeps


def _in_a_picture(points: np.ndarray) -> tuple[np.ndarray, float]:
    """The points with y down in a picture whose size is made up, and the length of its sides."""
    head, foot = (
        np.nanmedian([points[:, INDEX[f"{side}_{part}"], 1] for side in SIDES]) for part in ("shoulder", "ankle")
    )
    if head > foot:
        points = points * [1.0, -1.0]
    leg = float(np.nanpercentile(_legs(points), 95.0))
    scale = 1.0 if leg >= _LEG_PX / 10 else _LEG_PX / leg
    side_px = _DISTANCE_LEGS * leg * scale
    hips = np.nanmedian(points[:, [INDEX[f"{side}_hip"] for side in SIDES]], axis=(0, 1))
    return (points - hips) * scale + side_px / 2, side_px


def _legs(points: np.ndarray) -> np.ndarray:
    """How long thigh and shank look together, of each leg in each picture."""
    return np.array([_length(points, side, "hip", "knee") + _length(points, side, "knee", "ankle") for side in SIDES])


def _length(points: np.ndarray, side: str, one: str, other: str) -> np.ndarray:
    length: np.ndarray = np.linalg.norm(points[:, INDEX[f"{side}_{one}"]] - points[:, INDEX[f"{side}_{other}"]], axis=1)
    return length


def _in_space(pixels: np.ndarray, leg_px: float) -> np.ndarray:
    """The points flat before the camera, but for hips and shoulders, which are turned as far as they look too narrow."""
    hips = _middle(pixels, "hip")[:, None]
    metres = np.concatenate([pixels - hips, np.zeros((*pixels.shape[:2], 1))], axis=-1) * (_LEG_M / leg_px)
    across = {part: _across(pixels, part) / width for part, width in _WIDTHS.items()}
    share = float(np.mean(np.abs(list(across.values()))))
    if share >= _TURNED_SHARE:
        return metres
    # Who looks to the picture's right shows the right side: the left hip is farther away.
    turned, away = acos(share), _looks_right(pixels)
    for part, width in _WIDTHS.items():
        half_m = width / 2 * _LEG_M / LEG_PER_TRUNK
        for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
            # As wide as it looks on the whole: what changes from picture to picture is no turn.
            metres[:, INDEX[f"{side}_{part}"], 0] = sign * np.sign(across[part] or 1.0) * cos(turned) * half_m
            metres[:, INDEX[f"{side}_{part}"], 2] = sign * away * sin(turned) * half_m
    return metres


def _middle(pixels: np.ndarray, part: str) -> np.ndarray:
    middle: np.ndarray = pixels[:, [INDEX[f"{side}_{part}"] for side in SIDES]].mean(axis=1)
    return middle


def _across(pixels: np.ndarray, part: str) -> float:
    """How far the left one is right of the right one, as a rule, in lengths of the trunk; + seen from the front."""
    left, right = (pixels[:, INDEX[f"{side}_{part}"], 0] for side in SIDES)
    trunk = np.linalg.norm(_middle(pixels, "shoulder") - _middle(pixels, "hip"), axis=1)
    known = np.isfinite(left - right) & (trunk > 0)
    return float(np.median(((left - right)[known]) / trunk[known])) if known.any() else 0.0


def _looks_right(pixels: np.ndarray) -> float:
    """1 where feet, or else the nose, point to the picture's right; -1 to its left."""
    hips = np.mean([pixels[:, INDEX[f"{side}_hip"], 0] for side in SIDES], axis=0)
    x = {name: pixels[:, INDEX[name], 0] for name in LANDMARKS}
    feet = [x[f"{side}_toe"] - x[f"{side}_{part}"] for side in SIDES for part in ("heel", "ankle")]
    for pointing in (np.concatenate(feet), pixels[:, INDEX["nose"], 0] - hips):
        if np.isfinite(pointing).any():
            return 1.0 if np.nanmedian(pointing) >= 0 else -1.0
    return 1.0
