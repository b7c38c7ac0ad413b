"""How far the camera is rolled, from two feet that stand on one floor: a setup without a given roll in, one with it out."""

from dataclasses import replace
from math import atan2, degrees, hypot, radians, sin, sqrt
from typing import Final

import numpy as np

from alignment.core.track import Track
from alignment.core.viewpoint.heading import yaw_of
from alignment.core.viewpoint.setup import Setup
from alignment.core.viewpoint.space import reconstruct

#: Standard error of the floor under both ankles: shoes and an uneven stance. On the clips to tune with the two ankles lie
#: 0.2 to 2.1° off the level.
FLOOR_SE_DEG: Final = 1.5
#: From aside one foot stands nearer to a camera that looks down on it, and looks lower: how far down the line of sight to
#: the feet goes is known to within this angle (pitch and lens are guessed). 2.9° at 16° aside on the clips to tune with.
LOOKING_DOWN_SE_DEG: Final = 10.0
#: Nobody holds a phone so crooked: one foot is raised.
MOST_DEG: Final = 10.0
#: Ankles nearer to each other than this, in leg lengths, span no line.
MIN_APART: Final = 0.1


def with_level_feet(setup: Setup, track: Track) -> Setup:
    """The setup with the roll for which both ankles stand at one height, as far as that is surer than a phone held by eye.

    Unchanged where the roll is given, where one foot carries the body, and where no standing on two level feet is seen.
    """
    camera, standing = setup.camera, setup.lengths.standing
    if camera.roll_given or setup.stance.carrier != "both_feet" or not setup.heading.frontal or not standing.any():
        return setup
    body = reconstruct(track, setup)
    across, up, _ = np.nanmedian((body.at("left", "ankle") - body.at("right", "ankle"))[standing], axis=0)
    if not across > MIN_APART:
        return setup
    # A positive roll turns the picture clockwise: what is level falls towards its right, where from in front the left is.
    towards = -1.0 if setup.heading.facing == "front" else 1.0
    seen_deg = towards * degrees(atan2(up, across))
    if abs(seen_deg) > MOST_DEG:
        return setup
    ankle = setup.calibration.landmark_se["ankle"].against_twin * setup.calibration.landmark_factor
    aside = sin(radians(yaw_of(setup.heading.azimuth_deg)))
    seen_se_deg = hypot(FLOOR_SE_DEG, degrees(sqrt(2.0) * ankle / across), LOOKING_DOWN_SE_DEG * aside)
    trust = camera.roll_se_deg**2 / (camera.roll_se_deg**2 + seen_se_deg**2)
    rolled = replace(
        camera, roll_deg=camera.roll_deg + trust * seen_deg, roll_se_deg=camera.roll_se_deg * sqrt(1.0 - trust)
    )
    return replace(setup, camera=rolled)
