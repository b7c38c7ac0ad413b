"""How far off a foot's moments are, by clips whose moments are known: a stick figure's, and what is left out."""

from pathlib import Path

import numpy as np
import pytest

from alignment.accuracy.bench import compare_with_truth
from alignment.accuracy.gaits import moments_of
from alignment.accuracy.truth import Clip, Repetition, TrueCamera, Truth
from alignment.core import pipeline
from alignment.core.activities import ACTIVITIES
from alignment.core.settings import Settings
from alignment.core.skeleton import SIDES
from alignment.pose.calibration import calibration_of
from tests.runners import runner
from tests.synthetic import Camera, film


def compared(facing: str, late_s: float = 0.0):
    """A stick figure's run beside its truth, whose contacts are said to be so much earlier than they are."""
    run = runner(rate_hz=120.0, duration_s=4.0, foot_deg=14.0)
    track = film(run.motion, Camera(facing, focal_px=1100.0))
    result = pipeline.analyze(track, ACTIVITIES["running"], calibration_of("heavy"), Settings(camera_roll_deg=0.0))
    reps = tuple(
        Repetition(side, at - late_s, at + run.contact_s, at + run.contact_s / 2)
        for side in SIDES
        for at in run.contacts_s[side]
        if at + run.contact_s < track.time_s[-1]
    )
    angle = np.full(track.frames, 14.0)
    curves = {("foot_angle_contact", side): angle for side in SIDES}
    truth = Truth("running", TrueCamera(facing, 0.0, 0.0), reps, track.time_s, curves)
    return compare_with_truth(Clip("run", Path("run.mp4"), truth), result, track.time_s, {})


def test_moments_are_held_against_the_near_legs_alone():
    one = compared("left")
    contact, toe_off = moments_of([one])
    assert (contact.moment, toe_off.moment) == ("contact", "toe_off")
    assert 4 <= contact.steps <= contact.of <= 6
    assert contact.rmse_ms < 10
    assert toe_off.rmse_ms < 25
    assert (contact.lands, contact.lands_told, toe_off.lands) == ("heel", "heel", None)
    assert one.keys["foot_angle_contact", "left"].true == pytest.approx(14.0)
    later, _ = moments_of([compared("left", late_s=0.05)])
    assert later.bias_ms == pytest.approx(contact.bias_ms + 50, abs=0.1)


def test_from_behind_no_foots_moments_are_told():
    assert moments_of([compared("back")]) == ()
