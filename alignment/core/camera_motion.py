"""How the camera moved in a film: a track in; whether it did, and the track as a still camera had seen it, out.

Derived in docs/viewpoint.md.
"""

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from math import hypot

import numpy as np
from jaxtyping import Complex

from alignment.core.track import Flags, Numbers, Pixels, Track

#: A camera that moves the picture by less than this share of its long side is still: on tripods it is up to 0.0015.
STILL = 0.003
#: So far the motion is that of a hand, and a turn of the camera about itself to within what is known of landmarks: of the
#: picture's long side (8 degrees), and per cent of growth.
HAND, HAND_GROWTH = 0.15, 5.0
#: A swaying camera's way is known where it is found in all but this share of the frames; it may be larger in as many, as
#: where somebody puts the phone down and comes back for it.
UNKNOWN_SHARE = 0.1
#: Where the background of more frames than this fits none before, it passes by; of fewer, the light or the film changed.
LOST_SHARE = 0.4
#: The code of the reason why something cannot be told, or not surely, of a film whose camera moved.
CAMERA_MOVED = "camera_moved"


class Motion(Enum):
    """What the camera did."""

    #: Nobody looked, or there is too little to see beside the people.
    UNKNOWN = "unknown"
    STILL = "still"
    #: It swayed as in a hand, or was turned a little: taken out.
    SWAYED = "swayed"
    #: It was turned or carried far, or further than can be followed.
    MOVED = "moved"


@dataclass(frozen=True)
class CameraPath:
    """Where the picture of what does not move is in each frame against its usual place.

    About the picture's middle, as complex numbers (x to the right, y down): z is seen at turn·z + shift.
    """

    motion: Motion
    middle_px: complex
    turn: Complex[np.ndarray, " frames"]
    shift_px: Complex[np.ndarray, " frames"]

    @cached_property
    def turned_deg(self) -> Numbers:
        """How far the picture is turned clockwise in each frame."""
        turned: np.ndarray = np.degrees(np.angle(self.turn))
        return turned

    @property
    def roll_varies_deg(self) -> float:
        """By how much the picture is turned now one way, now the other, where that is not taken out: standard deviation."""
        return float(self.turned_deg.std()) if self.motion is Motion.MOVED else 0.0

    def steadied(self, track: Track) -> Track:
        """The track as a camera had seen it that did not sway; as it is where it did not, or more than that."""
        return self.in_one_picture(track) if self.motion is Motion.SWAYED else track

    def as_filmed(self, track: Track) -> Track:
        """What was steadied, where it is in the film's pictures."""
        if self.motion is not Motion.SWAYED:
            return track
        return self._all_mapped(track, self.turn, self.shift_px)

    def in_one_picture(self, track: Track) -> Track:
        """The track with every place where it is in the usual picture, as far as the motion is known."""
        return self._all_mapped(track, 1 / self.turn, -self.shift_px / self.turn)

    def _all_mapped(
        self, track: Track, turn: Complex[np.ndarray, " frames"], shift: Complex[np.ndarray, " f"]
    ) -> Track:
        marks = track.marks and replace(track.marks, pixels=self._mapped(track.marks.pixels, turn, shift))
        return replace(track, pixels=self._mapped(track.pixels, turn, shift), marks=marks)

    def _mapped(self, pixels: Pixels, turn: Complex[np.ndarray, " frames"], shift: Complex[np.ndarray, " f"]) -> Pixels:
        place = pixels[..., 0] + 1j * pixels[..., 1] - self.middle_px
        place = turn[:, None] * place + shift[:, None] + self.middle_px
        return np.stack([place.real, place.imag], axis=-1)


def camera_path(track: Track) -> CameraPath:
    """The camera's path through a film; judged where the subject is seen."""
    frames, middle = track.frames, (track.source.width + 1j * track.source.height) / 2
    turn, shift = np.ones(frames, complex), np.zeros(frames, complex)
    seen, steps, agreement = track.seen, track.camera_steps, track.camera_agreement
    if steps is None or agreement is None or not seen.any() or np.isnan(agreement[seen]).mean() > 0.5:
        return CameraPath(Motion.UNKNOWN, middle, turn, shift)
    # What is not known counts as no motion.
    right, down, turned, grown = np.nan_to_num(steps).T
    turn = np.exp(np.cumsum(grown / 100.0 + 1j * np.radians(turned)))
    shift = turn * np.cumsum((right + 1j * down) / turn)
    # Against where the picture mostly is.
    usual = np.exp(np.median(np.log(np.abs(turn[seen]))) + 1j * np.median(np.angle(turn[seen])))
    usual_shift = complex(np.median(shift.real[seen]), np.median(shift.imag[seen]))
    turn, shift = turn / usual, shift - turn / usual * usual_shift
    motion = _motion(track, turn, shift, lost=np.isnan(steps).any(axis=1))
    return CameraPath(motion, middle, turn, shift)


def _motion(
    track: Track, turn: Complex[np.ndarray, " frames"], shift: Complex[np.ndarray, " frames"], lost: Flags
) -> Motion:
    width, height = track.source.width, track.source.height
    # Root mean square over the picture's corners.
    away = np.hypot(np.abs(shift), np.abs(turn - 1.0) * hypot(width, height) / 2) / max(width, height)
    far = (away > HAND) | (100.0 * np.abs(np.log(np.abs(turn))) > HAND_GROWTH)
    away, far, lost_share = away[track.seen], far[track.seen], lost[track.seen].mean()
    if lost_share > LOST_SHARE or far.mean() > UNKNOWN_SHARE:
        return Motion.MOVED
    if np.percentile(away, 95.0) <= STILL:
        return Motion.STILL
    return Motion.SWAYED if lost_share <= UNKNOWN_SHARE else Motion.MOVED
