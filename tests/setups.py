"""What is known of camera and body in a test's film: a cleaned track in, the setup and its viewpoint out."""

from dataclasses import replace
from typing import Any

from alignment.core import viewpoint
from alignment.core.calibration import Calibration
from alignment.core.result import Viewpoint
from alignment.core.settings import Settings
from alignment.core.track import Track
from alignment.core.viewpoint import BOTH_FEET, Setup, Stance
from alignment.pose.calibration import calibration_of

HEAVY = calibration_of("heavy")


def setup_of(
    track: Track,
    stance: Stance = BOTH_FEET,
    *,
    camera_roll_deg: float | None = 0.0,
    calibration: Calibration | None = None,
) -> Setup:
    """The setup of a track, by the calibration of its own model if none is given."""
    known = calibration or calibration_of(track.model.variant)
    return viewpoint.estimate(track, stance, known, Settings(camera_roll_deg=camera_roll_deg))


def view_of(track: Track, stance: Stance = BOTH_FEET, **known: Any) -> tuple[Viewpoint, Setup]:
    """The setup with what a result says of it."""
    setup = setup_of(track, stance, **known)
    return viewpoint.viewpoint_of(setup), setup


def changed(setup: Setup, **parts: dict[str, Any]) -> Setup:
    """The setup with some numbers of its parts changed: changed(setup, camera={"roll_deg": 2.0})."""
    return replace(setup, **{part: replace(getattr(setup, part), **numbers) for part, numbers in parts.items()})
