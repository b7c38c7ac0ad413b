"""Which reading of the legs' joints a film is measured by: the landmark model's own, or that of a zoom on the legs.

The model's hip goes along with a thigh that turns, and its toe is the foot's tip: it shows less of a deviation than there is
(docs/joints.md). Where the joints were read anew, they stand for the model's in what is measured. How the camera stands,
what is done and when are told by the model's landmarks as ever.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from jaxtyping import Bool, Float

from alignment.core.skeleton import SIDES, index
from alignment.core.track import Track

#: What is read of each leg: the joints, and the base of the second toe.
PARTS: Final = ("hip", "knee", "ankle", "toe")
#: In the order in which a track keeps them.
JOINTS: Final = tuple(f"{side}_{part}" for side in SIDES for part in PARTS)
_LANDMARKS: Final = index(JOINTS)
#: A joint whose standard deviation is larger, as a share of the figure's height, was not seen.
MOST_UNSURE: Final = 0.025
#: Where a leg's joints were read in fewer of the frames in which the model believes it sees that leg, the film has no
#: second reading.
LEAST_READ: Final = 0.8
SEEN_VISIBILITY: Final = 0.5


def is_read(track: Track) -> bool:
    """Whether there are enough joints to go by, of the legs that the model sees."""
    if track.joints is None:
        return False
    seen = np.isfinite(track.pixels[:, _LANDMARKS, 0]) & (track.visibility[:, _LANDMARKS] >= SEEN_VISIBILITY)
    return bool(seen.any()) and float(_sure(track)[seen].mean()) >= LEAST_READ


def with_read_joints(track: Track) -> Track:
    """The track with the joints read in place of the model's. ValueError without any.

    They are unseen where they are too unsure; where they are sure enough it does not matter that the model doubts its own.
    """
    if track.joints is None:
        raise ValueError("no joints were read in this film")
    pixels, visibility, sure = track.pixels.copy(), track.visibility.copy(), _sure(track)
    pixels[:, _LANDMARKS] = np.where(sure[..., None], track.joints[..., :2], np.nan)
    visibility[:, _LANDMARKS] = np.where(sure, 1.0, visibility[:, _LANDMARKS])
    return replace(track, pixels=pixels, visibility=visibility)


def joint_sd_px(track: Track) -> Float[np.ndarray, "frames landmarks"]:
    """Standard deviation of each landmark's place as it was read (px); NaN for those that were not."""
    found = np.full(track.visibility.shape, np.nan)
    if track.joints is not None:
        found[:, _LANDMARKS] = track.joints[..., 2]
    return found


def _sure(track: Track) -> Bool[np.ndarray, "frames joints"]:
    if track.joints is None:
        return np.zeros((track.frames, len(JOINTS)), dtype=bool)
    with np.errstate(invalid="ignore"):
        return track.joints[..., 2] <= MOST_UNSURE * track.height_px
