"""Running seen from the side: the stick figure's known contacts, toe-offs, angles and cadence against what is told of it."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from alignment.core import pipeline
from alignment.core.activities import ACTIVITIES
from alignment.core.result import Result
from alignment.core.settings import Settings
from alignment.core.skeleton import INDEX, SIDES
from alignment.pose.calibration import calibration_of
from alignment.views.wording import told_findings
from tests import movements
from tests.runners import WALK, Runner, runner
from tests.synthetic import Camera, film, joints

LEFT = Camera("left", focal_px=1100.0)


@cache
def analyzed(activity: str = "running", camera: Camera = LEFT, noise_px: float = 2.0, **how) -> tuple[Runner, Result]:
    run = runner(**{"duration_s": 6.0, **how})
    return run, result_of(film(run.motion, camera, noise_px=noise_px), activity)


def result_of(track, activity: str = "running") -> Result:
    return pipeline.analyze(track, ACTIVITIES[activity], calibration_of("heavy"), Settings(camera_roll_deg=0.0))


def row(result: Result, measure: str, side: str = "left"):
    return next(one for one in result.summary if one.measure == measure and one.side in (side, "body"))


def off_s(found_s, true_s) -> np.ndarray:
    """How much later than the true moment nearest to it each one is."""
    return np.array([(one - true_s)[np.abs(one - true_s).argmin()] for one in found_s])


@pytest.mark.parametrize(
    "how",
    [
        {"rate_hz": 25.0},
        {"rate_hz": 30.0, "cadence": 152.0, "contact_s": 0.28},
        {"rate_hz": 60.0},
        {"rate_hz": 120.0, "cadence": 184.0, "contact_s": 0.21},
        {"rate_hz": 60.0, "passing": True, "duration_s": 4.0, "camera": Camera("right", distance=16.0, width=1920)},
    ],
    ids=str,
)
def test_the_cadence_is_told_at_any_rate(how):
    run, result = analyzed(**how)
    cadence = row(result, "cadence")
    assert cadence.n >= 3
    assert cadence.mean == pytest.approx(run.cadence, abs=1.0)
    assert cadence.interval_low <= run.cadence <= cadence.interval_high


@pytest.mark.parametrize(
    ("how", "contact_s", "off_ground_s"),
    [
        ({"rate_hz": 60.0}, 0.012, 0.022),
        ({"rate_hz": 60.0, "foot_deg": -10.0, "ahead": 0.12}, 0.012, 0.022),
        ({"rate_hz": 120.0}, 0.010, 0.022),
        ({"rate_hz": 240.0, "foot_deg": 3.0, "duration_s": 3.0}, 0.010, 0.022),
    ],
    ids=str,
)
def test_contacts_and_toe_offs_are_found(how, contact_s, off_ground_s):
    run, result = analyzed(**how)
    counted = [one for one in result.cycles if not one.rejected]
    assert {one.side for one in counted} == {"left"}
    assert len(counted) >= len(run.contacts_s["left"]) - 2
    landed = off_s([one.start_s for one in counted], run.contacts_s["left"])
    left = off_s([one.end_s for one in counted], run.toe_offs_s["left"])
    assert np.sqrt((landed**2).mean()) < contact_s
    assert np.sqrt((left**2).mean()) < off_ground_s
    time, duty = row(result, "contact_time"), row(result, "duty_factor")
    assert abs(time.mean - 1000 * run.contact_s) < 1.96 * time.standard_error
    assert abs(duty.mean - run.contact_s * run.cadence / 120) < 1.96 * duty.standard_error


@pytest.mark.parametrize("foot_deg", [14.0, -9.0])
def test_angles_and_ways_at_contact_are_the_figures_own(foot_deg):
    run, result = analyzed(foot_deg=foot_deg, rate_hz=120.0)
    points, time_s = joints(run.motion), run.motion.time_s
    hip, knee, ankle = (points[:, INDEX[f"left_{part}"]] for part in ("hip", "knee", "ankle"))
    at = np.abs(time_s[:, None] - run.contacts_s["left"]).argmin(axis=0)
    thigh, shank = (knee - hip)[at], (ankle - knee)[at]
    cosine = (thigh * shank).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shank, axis=1)
    true = {
        "foot_angle_contact": foot_deg,
        "overstride": run.overstride_pct,
        "heel_ahead": (100 * (points[:, INDEX["left_heel"]] - (hip + points[:, INDEX["right_hip"]]) / 2)[at, 2]).mean(),
        "tibia_contact": np.degrees(np.arctan2(shank[:, 2], -shank[:, 1])).mean(),
        "knee_flexion_contact": np.degrees(np.arccos(cosine)).mean(),
        "vertical_oscillation": run.oscillation_pct,
    }
    for measure, value in true.items():
        told = row(result, measure)
        assert told.interval_low <= value <= told.interval_high, measure
        assert told.mean == pytest.approx(value, abs=4.0), measure
        assert told.verdict is None


def test_the_part_on_which_a_foot_lands_is_told_where_it_is_clear():
    said = {
        foot_deg: [one.code for one in analyzed(foot_deg=foot_deg, rate_hz=120.0)[1].findings]
        for foot_deg in (14.0, 5.0, -14.0)
    }
    assert "lands_heel" in said[14.0]
    assert "lands_unclear" in said[5.0]
    assert "lands_front" in said[-14.0]
    words = [one.text for one in told_findings(analyzed(foot_deg=14.0, rate_hz=120.0)[1].findings)]
    assert words[0].startswith("Steps: about 168 a minute")
    assert any("lands on the heel" in one for one in words)


def test_slow_film_tells_no_contact_time():
    _, result = analyzed(rate_hz=30.0)
    assert row(result, "contact_time").reason == row(result, "duty_factor").reason == "under_60_pictures"


@pytest.mark.parametrize("slowed", [2.0, 4.0, 8.0])
def test_slow_motion_is_refused_and_not_told_as_a_slow_run(slowed):
    _, result = analyzed(slowed=slowed, duration_s=6.0 * slowed, rate_hz=30.0)
    assert {one.rejected for one in result.cycles} == {"slow_motion"}
    assert row(result, "cadence").mean is None
    assert any(one.values.get("why") == "slow_motion" for one in result.quality.reasons)


def test_slow_motion_with_its_rate_is_a_run_like_any_other():
    run = runner(slowed=4.0, duration_s=24.0, rate_hz=30.0)
    track = film(run.motion, LEFT, noise_px=2.0)
    in_life = replace(track, time_s=track.time_s / 4, source=replace(track.source, fps=120.0, slower=4.0))
    result = result_of(in_life)
    assert row(result, "cadence").mean == pytest.approx(168.0, abs=1.0)
    assert "plays_slower" in [one.code for one in result.quality.reasons]


def test_a_walk_is_no_run_and_a_run_no_walk():
    walk, result = analyzed(**WALK)
    assert {one.rejected for one in result.cycles} == {"never_in_the_air"}
    assert row(result, "cadence").mean is None
    _, result = analyzed("walking", **WALK, rate_hz=30.0)
    assert row(result, "cadence").mean == pytest.approx(walk.cadence, abs=1.0)
    duty = row(result, "duty_factor")
    assert duty.interval_low <= walk.contact_s * walk.cadence / 120 <= duty.interval_high
    _, result = analyzed("walking")
    assert {one.rejected for one in result.cycles} == {"in_the_air"}


@pytest.mark.parametrize("facing", ["back", "front"])
def test_from_front_and_behind_cadence_and_the_middle_of_each_step_are_told(facing):
    run, result = analyzed(camera=Camera(facing))
    assert row(result, "cadence").mean == pytest.approx(run.cadence, abs=1.0)
    counted = [one for one in result.cycles if not one.rejected]
    assert {one.side for one in counted} == {"left", "right"}
    for one in counted:
        middles_s = run.contacts_s[one.side] + run.contact_s / 2
        assert abs(off_s([one.key_s], middles_s)[0]) < 0.04
    assert row(result, "trunk_lean", "body").interval_low < 0 < row(result, "trunk_lean", "body").interval_high
    assert "overstride" not in {one.measure for one in result.summary}


@pytest.mark.parametrize(("facing", "aside"), [("back", 0.07), ("front", 0.01)])
def test_from_front_and_behind_it_is_told_where_the_feet_stand_sideways(facing, aside):
    _, result = analyzed(camera=Camera(facing), aside=aside)
    width = row(result, "step_width", "body")
    assert width.mean == pytest.approx(200 * aside, abs=1.0)
    assert width.interval_low < 200 * aside < width.interval_high
    for side in SIDES:
        assert row(result, "crossover", side).mean == pytest.approx(-100 * aside, abs=1.5)
        assert abs(row(result, "thigh_adduction", side).mean - _thigh_inwards_deg(aside)) < 2.5
        assert row(result, "trunk_lean", side).n >= 7
    assert any(one.values.get("mean") == width.mean for one in result.findings)


def _thigh_inwards_deg(aside: float) -> float:
    """Of a stick figure whose leg goes straight from the hip to the foot, seen from the front."""
    figure = joints(runner(aside=aside).motion)
    hip, knee = (figure[:, INDEX[f"left_{part}"]] for part in ("hip", "knee"))
    lean = np.degrees(np.arctan2((hip - knee)[:, 0], (hip - knee)[:, 1]))
    return float(np.median(lean))


def test_a_mean_of_fewer_than_seven_steps_of_a_leg_is_not_told():
    _, result = analyzed(camera=Camera("back"), duration_s=3.5)
    assert row(result, "cadence").mean is not None
    assert {row(result, name, "left").reason for name in ("trunk_lean", "fppa", "thigh_adduction")} == {"few_steps"}


@pytest.mark.parametrize("right_step", [0.5, 0.44])
def test_of_a_walk_from_the_side_it_is_told_how_the_steps_share_a_stride(right_step):
    walk, result = analyzed("walking", **WALK, right_step=right_step)
    share = row(result, "step_right_share", "body")
    assert share.mean == pytest.approx(right_step, abs=0.015)
    assert share.interval_low < right_step < share.interval_high
    true = 2 * walk.contact_s * walk.cadence / 120 - 1
    both = row(result, "double_support", "body")
    assert both.mean == pytest.approx(true, abs=0.05)
    assert both.interval_low < true < both.interval_high


@pytest.mark.parametrize("facing", ["back", "front"])
def test_a_walk_on_a_belt_is_measured_from_front_and_behind_in_the_middle_of_each_stance(facing):
    walk, result = analyzed("walking", Camera(facing), **WALK, duration_s=9.0)
    assert row(result, "cadence").mean == pytest.approx(walk.cadence, abs=1.0)
    counted = [one for one in result.cycles if not one.rejected]
    assert {one.side for one in counted} == set(SIDES)
    for one in counted:
        assert abs(off_s([one.key_s], walk.contacts_s[one.side] + walk.contact_s / 2)[0]) < 0.05
    assert row(result, "trunk_lean", "left").mean == pytest.approx(0.0, abs=2.0)
    assert row(result, "fppa", "left").n >= 7
    assert "duty_factor" not in {one.measure for one in result.summary}


def test_who_steps_on_the_spot_does_not_walk():
    assert result_of(film(movements.march(), Camera()), "walking").cycles == ()


def test_a_step_has_a_length_where_the_belts_speed_is_given():
    run, result = analyzed()
    assert "step_length" not in {one.measure for one in result.summary}
    settings = Settings(camera_roll_deg=0.0, belt_km_h=10.8)
    told = pipeline.analyze(film(run.motion, LEFT), ACTIVITIES["running"], calibration_of("heavy"), settings)
    assert row(told, "step_length").mean == pytest.approx(3.0 * 60 / run.cadence, abs=0.01)


def test_a_film_whose_pictures_come_unevenly_says_so_where_moments_are_told():
    run, _ = analyzed()
    track = film(run.motion, LEFT)
    uneven = replace(track, source=replace(track.source, rate_varies=True))
    assert "rate_varies" in [one.code for one in result_of(uneven).quality.reasons]
    assert "rate_varies" not in [one.code for one in result_of(uneven, "squat").quality.reasons]


def test_a_shoe_out_of_the_picture_is_said_and_its_run_taken_for_nothing_else():
    run, _ = analyzed()
    track = film(run.motion, LEFT)
    pixels = track.pixels.copy()
    pixels[:, [INDEX[f"{side}_{part}"] for side in SIDES for part in ("heel", "toe")]] = np.nan
    result = result_of(replace(track, pixels=pixels))
    assert [one.code for one in result.quality.reasons if one.code != "needs_marks"] == ["feet_out"]
    assert (result.cycles, result.recognised.movement) == ((), None)


def test_a_run_is_recognized_where_nobody_says_what_it_is():
    _, result = analyzed()
    assert (result.recognised.movement, result.recognised.sure) == ("running", True)


@pytest.mark.parametrize("name", ["squat", "cycling", "stairs", "sit_to_stand"])
def test_nothing_else_is_a_run(name):
    motion, _ = movements.SHOWN[name]
    result = result_of(film(motion, Camera("left", distance=6.0)))
    assert [one for one in result.cycles if not one.rejected] == []


def test_the_far_leg_and_a_camera_aslant_are_refused():
    _, result = analyzed()
    assert row(result, "foot_angle_contact", "right").reason == "far_leg_hidden"
    _, aslant = analyzed(camera=replace(LEFT, yaw_deg=35.0))
    assert row(aslant, "overstride").reason == "not_square"
    assert row(aslant, "cadence").mean is not None
