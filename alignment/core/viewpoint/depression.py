"""How far the camera looks down, from the feet of somebody who stands before it: a camera in, one with its pitch out.

Derived in docs/viewpoint.md.
"""

from dataclasses import replace
from math import asin, atan2, cos, degrees, hypot, radians, sqrt
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.calibration import Calibration
from alignment.core.geometry import rotate
from alignment.core.skeleton import index
from alignment.core.track import Track
from alignment.core.viewpoint.camera import FOCAL_RELATIVE_SE, PITCH_SE_DEG, Camera, from_middle_px
from alignment.core.viewpoint.figure import PAIR
from alignment.core.viewpoint.heading import Heading, yaw_of
from alignment.core.viewpoint.lengths import Lengths
from alignment.core.viewpoint.stance import Stance

#: A phone propped up by eye looks level to within `PITCH_SE_DEG`. What the feet say beyond what that, another lens and the
#: reading's own error explain in 95 of 100 films is a pitch: the phone lies on the floor or stands high.
UNUSUAL: Final = 1.96
#: Standard deviation of the pitch then.
PITCH_SD_DEG: Final = 8.0
#: No phone is pitched farther than this by somebody who wants a whole body in its picture.
MOST_DEG: Final = 35.0
#: Feet seen in fewer frames of standing say nothing.
MIN_FRAMES: Final = 3


def with_pitch(
    camera: Camera, track: Track, lengths: Lengths, heading: Heading, stance: Stance, calibration: Calibration
) -> Camera:
    """The camera with the pitch that its view of standing feet suggests, where a level one cannot explain it.

    Unchanged where it can, and where nobody stands on flat feet towards it: from behind the toes are guessed, and on stairs
    and pedals the feet tip.
    """
    if heading.facing != "front" or not heading.frontal or not stance.feet_planted:
        return camera
    feet = np.stack([from_middle_px(track)[:, index(PAIR[part])] for part in (calibration.foot_start, "toe", "ankle")])
    upright = rotate(feet[:, lengths.standing], -camera.roll_deg) / lengths.leg_px
    upright = upright[:, np.isfinite(upright).all(axis=(0, 2, 3))]
    if upright.shape[1] < MIN_FRAMES:
        return camera
    start, toe, ankle = np.median(upright[..., 1].mean(axis=2), axis=1)
    aside = np.median(upright[1, ..., 0] - upright[0, ..., 0], axis=0)
    seen_deg = _seen_deg(toe - start, aside, heading, lengths.leg_px / camera.focal_px, calibration)
    level_deg = degrees(atan2(ankle * lengths.leg_px, camera.focal_px))
    # Where the feet are in the picture tells it, too, up to pitch and lens.
    lens_se_deg = degrees(FOCAL_RELATIVE_SE * radians(level_deg))
    if abs(seen_deg - level_deg) < UNUSUAL * hypot(PITCH_SE_DEG, lens_se_deg, calibration.depression_se_deg):
        return camera
    usual, seen = PITCH_SD_DEG**2 + lens_se_deg**2, calibration.depression_se_deg**2
    trust = usual / (usual + seen)
    pitch_deg = float(np.clip(trust * (seen_deg - level_deg), -MOST_DEG, MOST_DEG))
    return replace(camera, pitch_deg=pitch_deg, pitch_se_deg=sqrt(trust * seen))


def _seen_deg(
    down: float, aside: Float[np.ndarray, "2"], heading: Heading, per_distance: float, calibration: Calibration
) -> float:
    """From how far above both feet are seen, by the ways along them in the picture in leg lengths: down, and each aside.

    `per_distance` is one leg length as a share of the camera's distance. Seen from a depression of d a level way towards the
    camera covers sin d of its length, and what is higher at its start cos d of that; its end is nearer and looks larger.
    """
    higher, reach = calibration.foot_start_higher, calibration.foot_reach
    if calibration.foot_start == "heel":
        reach *= cos(radians(yaw_of(heading.azimuth_deg)))
        return degrees(asin(float(np.clip((down - higher) / reach, -0.9, 0.9))))
    # How far a foot points aside is seen as it is.
    towards = np.sqrt(np.maximum(reach**2 - aside**2, (reach / 4) ** 2)).mean()
    at_one_distance = down * (1.0 - per_distance * towards)
    return degrees(asin(float(np.clip(at_one_distance / hypot(higher, towards), -0.95, 0.95))) - atan2(higher, towards))
