"""All that the reconstruction takes as known of one film: `Setup`; and the same with each number off by its error."""

from dataclasses import dataclass, field, replace
from math import cos, radians

import numpy as np
from jaxtyping import Float

from alignment.core.calibration import ELSEWHERE, Calibration
from alignment.core.skeleton import SIDES, index
from alignment.core.track import Numbers, Track
from alignment.core.viewpoint.camera import FOCAL_RELATIVE_SE, Camera, from_middle_px
from alignment.core.viewpoint.figure import PAIR, trunk_scale
from alignment.core.viewpoint.heading import Heading
from alignment.core.viewpoint.lengths import Lengths
from alignment.core.viewpoint.stance import Stance

#: A usual leg, where nobody said how tall the person is.
LEG_M = 0.85
#: A camera further round than this cosine looks from the side.
MIN_DEPTH_SHARE = 0.5


@dataclass(frozen=True)
class DrawnOffsets:
    """Where the model draws hips and toes against the joints, as seen from this film's facing, in leg lengths."""

    #: How far before the joint a hip is drawn.
    hip_front: float = 0.0
    #: How far the second toe is outside of the line from the ankle to the foot's drawn tip.
    toe_aside: float = 0.0


@dataclass(frozen=True)
class GuessShifts:
    """By how many of its standard errors each guess of the posture is shifted."""

    #: How much farther forward the shoulders are than expected, and the trunk longer than drawn.
    trunk_forward: float = 0.0
    trunk_longer: float = 0.0
    #: How much farther than guessed the knees are before the ankles, and the hips behind the knees.
    knee_forward: float = 0.0
    hip_back: float = 0.0


@dataclass(frozen=True)
class Setup:
    """What the reconstruction takes as known: each number may be shifted by its error to see what comes of it."""

    camera: Camera
    heading: Heading
    lengths: Lengths
    stance: Stance
    calibration: Calibration
    offsets: DrawnOffsets
    #: The lengths for a camera that looks farther down by the pitch's standard error: upright ones look shorter to it.
    pitched: Lengths
    shifts: GuessShifts = field(default_factory=GuessShifts)
    #: Both ankles as the model saw them, left first, from the picture's middle, where a person has moved landmarks: only
    #: what one eye saw from frame to frame tells whether a foot moved. None where the track itself does.
    ankles_px: Float[np.ndarray, "frames 2 2"] | None = None
    #: How long the subject's legs are, in metres: only errors that are known in metres need it.
    leg_m: float = LEG_M
    #: How fast the belt of a treadmill goes, where somebody said so.
    belt_m_s: float | None = None

    @property
    def distance(self) -> float:
        """From the camera to the standing subject, in leg lengths, for the focal length assumed."""
        return self.camera.focal_px / self.lengths.leg_px

    @property
    def axis_azimuths_deg(self) -> Numbers:
        """Azimuth in each frame against the camera's own axis."""
        return self.heading.azimuths_deg + self.camera.bearing_deg

    @property
    def has_depth(self) -> bool:
        """Whether the camera looks along the subject's forward direction enough to give the segments a depth."""
        return sees_depth(self.camera, self.heading)

    def last_frames(self, frames: int) -> "Setup":
        """The same for the film's last frames alone."""
        turn, lengths = self.heading.turn, self.lengths
        turn = replace(turn, turned_deg=turn.turned_deg[-frames:], se_deg=turn.se_deg[-frames:])
        lengths = replace(lengths, scale=lengths.scale[-frames:], standing=lengths.standing[-frames:])
        ankles_px = None if self.ankles_px is None else self.ankles_px[-frames:]
        return replace(self, heading=replace(self.heading, turn=turn), lengths=lengths, ankles_px=ankles_px)


def sees_depth(camera: Camera, heading: Heading) -> bool:
    """Whether a camera looks along the subject's forward direction enough to give the segments a depth."""
    return abs(cos(radians(heading.azimuth_deg + camera.bearing_deg))) >= MIN_DEPTH_SHARE


def with_moved_landmarks(setup: Setup, seen: Track, moved: Track) -> Setup:
    """The setup that `seen` gave, for the same track with landmarks that a person moved.

    Camera, lengths and which foot stands stay as the whole film tells them, so that what is moved in one repetition
    changes no other. Where the figure has a size of its own in every frame (stairs), it follows its trunk there.
    """
    lengths = setup.lengths
    if setup.stance.fixed_part is None:
        size = trunk_scale(moved, usual=seen)
        lengths = replace(lengths, scale=np.where(np.isfinite(size), size, lengths.scale))
    return replace(setup, lengths=lengths, ankles_px=from_middle_px(seen)[:, index(PAIR["ankle"])])


def perturbations(setup: Setup) -> dict[str, Setup]:
    """The setup with each uncertain number shifted by its standard error, by the name of what is uncertain."""
    camera, heading, lengths, shifts = setup.camera, setup.heading, setup.lengths, setup.shifts
    turn, longer = heading.turn, 1 + lengths.length_se
    turned = replace(turn, turned_deg=turn.turned_deg + turn.se_deg)
    thigh, shank = ({side: part[side] * longer for side in SIDES} for part in (lengths.thigh, lengths.shank))
    # Landmarks in a plane tell of the camera's place nothing that could be wrong: it is not known.
    aside = "camera_unknown" if setup.calibration.model == ELSEWHERE else "camera_yaw"
    found = {
        aside: replace(setup, heading=replace(heading, azimuth_deg=heading.azimuth_deg + heading.se_deg)),
        "roll_unknown": replace(setup, camera=replace(camera, roll_deg=camera.roll_deg + camera.roll_se_deg)),
        "camera_pitch": _looking_down(setup),
        "distance": replace(setup, camera=replace(camera, focal_px=camera.focal_px * (1 + FOCAL_RELATIVE_SE))),
        "thigh_length": replace(setup, lengths=replace(lengths, thigh=thigh)),
        "shank_length": replace(setup, lengths=replace(lengths, shank=shank)),
        "trunk_length": replace(setup, shifts=replace(shifts, trunk_longer=shifts.trunk_longer + 1.0)),
        "trunk_forward": replace(setup, shifts=replace(shifts, trunk_forward=shifts.trunk_forward + 1.0)),
        "knee_forward": replace(setup, shifts=replace(shifts, knee_forward=shifts.knee_forward + 1.0)),
        "hip_back": replace(setup, shifts=replace(shifts, hip_back=shifts.hip_back + 1.0)),
        "foot_length": replace(setup, lengths=replace(lengths, foot=lengths.foot + setup.calibration.foot_se)),
    }
    if not turn.real:
        return found
    return {"subject_turned": replace(setup, heading=replace(heading, turn=turned)), **found}


def _looking_down(setup: Setup) -> Setup:
    """The setup for a camera that looks farther down by the pitch's standard error."""
    camera, lengths = setup.camera, setup.lengths
    pitched = replace(setup.pitched, scale=lengths.scale, standing=lengths.standing)
    return replace(setup, camera=replace(camera, pitch_deg=camera.pitch_deg + camera.pitch_se_deg), lengths=pitched)
