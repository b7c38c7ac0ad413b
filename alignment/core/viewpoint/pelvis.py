"""The true tilt of the pelvis from two points that are worn on it: marks and a setup in, angle and errors out.

Derived in docs/viewpoint.md ("The pelvis' line").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from alignment.core.geometry import wrapped_deg
from alignment.core.marks import PELVIS, Marks
from alignment.core.track import Flags, Numbers, Track, Vectors
from alignment.core.viewpoint.camera import ROLL_GIVEN_SE_DEG, ROLL_UNKNOWN_SE_DEG
from alignment.core.viewpoint.heading import facing_deg
from alignment.core.viewpoint.setup import Setup

#: Marks nearer to each other in the picture say too little about a direction.
MIN_APART_PX = 25.0
#: Seen from further aside along a line of sight that goes up or down by more, a turn of the pelvis looks like a tilt.
MOST_ASIDE_DEG, MOST_SLOPING_DEG = 20.0, 5.0
#: A gap's edges bend what is read beside them: a value is the median over this much time to either side.
BESIDE_GAP_S = 0.05
#: Standard errors of one mark: how the skin moves over the bone, and how alike the two are put on.
SKIN_M, PLACED_M = 0.005, 0.005
#: How far apart tags are meant to be worn, and how far the figure's size may be wrong about that.
TAGS_M, TAGS_SHARE = 0.2, 0.25
#: How far the pelvis turns for a moment against its slow heading, as a standard deviation: our assumption for a turn by ±5°.
FAST_TURN_DEG = 4.0

Baseline = Literal["straight", "still", "median"]
_BASELINES: Final[Mapping[str, Baseline]] = {"in_passing": "still", "never": "median"}


@dataclass(frozen=True)
class Pelvis:
    """The line between the two marks in every frame; NaN where it is not known.

    `tilt_deg`: in the frontal plane against the true horizontal, + right mark higher. Its standard errors: of the points in
    the picture, of the skin over the bone, of where the marks were put, of the turn that the slow heading does not have, and
    of a camera that rolls.
    """

    tilt_deg: Numbers
    points_deg: Numbers
    skin_deg: Numbers
    placed_deg: Numbers
    turning_deg: Numbers
    rolling_deg: float
    #: In which frames both marks are seen, and were shortly before and are shortly after.
    seen: Flags
    #: Where the marks are too near to each other in the film's picture.
    close: Flags
    #: Where the left mark is on the right.
    crossed: Flags
    #: Where the line is seen from so far aside, and from so far above or below, that it says nothing.
    aslant: Flags
    #: With what a change is compared: standing on straight legs, standing still on legs that are never known to be straight
    #: (stairs), or its own median, where nobody stands (bicycle).
    baseline: Baseline


def pelvis_of(track: Track, setup: Setup) -> Pelvis | None:
    """The pelvis' line of a cleaned track; None where nobody wears marks on it.

    Both points lie on their rays, and the line between them along the subject's heading, as far as it is level.
    """
    marks = track.marks
    if marks is None or not set(PELVIS) <= set(marks.names):
        return None
    camera, azimuth = setup.camera, np.radians(setup.axis_azimuths_deg)
    middle_px = np.array([track.source.width, track.source.height]) / 2
    left, right = (camera.rays(marks.at(name) - middle_px) for name in PELVIS)
    line = _line(left, right, azimuth)
    along = np.cos(azimuth) * line[:, 0] - np.sin(azimuth) * line[:, 2]
    tilt_deg = np.degrees(np.arctan2(line[:, 1], along))
    apart_px = np.linalg.norm(marks.at(PELVIS[0]) - marks.at(PELVIS[1]), axis=1)
    apart_m = _apart_m(marks, np.linalg.norm(line, axis=1) * setup.distance / setup.lengths.scale * setup.leg_m)
    sloping_deg = np.degrees(np.arctan((left[:, 1] + right[:, 1]) / 2))
    unsure_deg = np.hypot(sloping_deg, camera.pitch_se_deg)
    aside_deg = np.abs(wrapped_deg(setup.heading.azimuths_deg - facing_deg(setup.heading.facing)))
    known_roll_deg = ROLL_GIVEN_SE_DEG if camera.roll_given else ROLL_UNKNOWN_SE_DEG
    with np.errstate(invalid="ignore"):
        close, crossed = apart_px < MIN_APART_PX, along <= 0.0
        aslant = (aside_deg > MOST_ASIDE_DEG) & (np.abs(sloping_deg) > MOST_SLOPING_DEG)
    return Pelvis(
        tilt_deg=tilt_deg,
        points_deg=_of_two(marks.error_px, apart_px),
        skin_deg=_of_two(SKIN_M, apart_m),
        placed_deg=_of_two(PLACED_M, apart_m),
        turning_deg=np.degrees(np.tan(np.radians(FAST_TURN_DEG)) * np.tan(np.radians(unsure_deg))),
        rolling_deg=float(np.sqrt(max(0.0, camera.roll_se_deg**2 - known_roll_deg**2))),
        seen=_seen_around(np.isfinite(tilt_deg), track.time_s),
        close=close,
        crossed=crossed,
        aslant=aslant,
        baseline=_BASELINES.get(setup.stance.straight, "straight"),
    )


def _line(left: Vectors, right: Vectors, azimuth_rad: Numbers) -> Vectors:
    """From the right point to the left one in the camera's level axes, in units of their mean depth.

    Neither is farther forward than the other: of two points on their rays that gives the ratio of the depths.
    """
    forward = np.stack([np.sin(azimuth_rad), np.zeros_like(azimuth_rad), np.cos(azimuth_rad)], axis=-1)
    of_left, of_right = (1 / (ray * forward).sum(axis=1) for ray in (left, right))
    return (left * of_left[:, None] - right * of_right[:, None]) / ((of_left + of_right) / 2)[:, None]


def _apart_m(marks: Marks, measured_m: Numbers) -> Numbers:
    """How far apart the marks are, as the figure's size tells; of tags about as far as they are meant to be, just that."""
    known = measured_m[np.isfinite(measured_m)]
    meant = marks.kind == "tags" and len(known) and abs(np.median(known) / TAGS_M - 1) < TAGS_SHARE
    return np.full(len(measured_m), TAGS_M) if meant else measured_m


def _of_two(error: float, apart: Numbers) -> Numbers:
    """What an error of each of two points across their line turns it by, in degrees."""
    return np.degrees(np.arctan(np.sqrt(2.0) * error / apart))


def _seen_around(seen: Flags, time_s: Numbers) -> Flags:
    """Where nothing is missing within `BESIDE_GAP_S`."""
    gaps_s = time_s[~seen]
    if not len(gaps_s):
        return seen
    after = np.clip(np.searchsorted(gaps_s, time_s), 1, max(len(gaps_s) - 1, 1))
    nearest = np.minimum(
        np.abs(time_s - gaps_s[after - 1]), np.abs(time_s - gaps_s[np.minimum(after, len(gaps_s) - 1)])
    )
    return seen & (nearest > BESIDE_GAP_S + 1e-6)
