"""Values at the moments of a cycle, against the stick figure's known angles and against curves made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core.assessment import (
    measure_cycles,
    reasons_for_no_value,
)
from alignment.core.cycles import Cut
from alignment.core.measures import MEASURES
from alignment.core.result import Curve, Curves
from tests.analyses import analyzed, motion
from tests.results import make_track
from tests.synthetic import Camera, joints, truth


@pytest.mark.parametrize(("name", "camera"), [("squat", None), ("squat", Camera("back")), ("sit_to_stand", None)])
def test_values_at_all_moments_agree_with_the_truth(name, camera):
    result, known = analyzed(name, camera), truth(joints(motion(name)))
    time_s, checked = motion(name).time_s, set()
    for cycle in result.cycles:
        for value in cycle.values:
            if value.value is None or (value.measure, value.side) not in known:
                continue
            around = np.abs(time_s - value.time_s) < 0.051
            true = float(np.median(known[value.measure, value.side][around]))
            assert abs(value.value - true) < value.standard_error, value
            checked.add((value.measure, value.at))
    for measure in ("fppa", "knee_over_toe", "knee_flexion", "trunk_lean", "knee_ankle_ratio"):
        assert {(measure, at) for at in ("key", "peak", "flexion30", "flexion45")} <= checked


def test_key_and_peak_lie_where_the_figure_is_deepest():
    for cycle in analyzed("squat").cycles:
        at = {value.at: value.time_s for value in cycle.values if (value.measure, value.side) == ("fppa", "left")}
        assert at["key"] == cycle.key_s == pytest.approx(2.0 + 3.0 * cycle.index, abs=0.05)
        assert at["peak"] == pytest.approx(cycle.key_s, abs=0.1)
        assert cycle.start_s < at["flexion30"] < at["flexion45"] < cycle.key_s


def test_flexions_are_passed_on_the_way_down_of_a_squat_and_up_from_a_chair():
    for name, sign in (("squat", 1), ("sit_to_stand", -1)):
        flexion = analyzed(name).curves.by_measure["knee_flexion", "left"]
        time_s = motion(name).time_s
        for cycle in analyzed(name).cycles:
            for value in cycle.values:
                if value.at.startswith("flexion") and (value.measure, value.side) == ("knee_flexion", "left"):
                    here = int(np.argmin(np.abs(time_s - value.time_s)))
                    assert flexion.value[here] == pytest.approx(float(value.at[-2:]), abs=4.0)
                    assert np.sign(flexion.value[here + 3] - flexion.value[here - 3]) == sign


FRAMES = 61
STEP_S = 1 / 30
#: A second of standing, a bend to 60° with the deepest at frame 30, and back.
BEND = np.concatenate([np.linspace(0, 60, 31), np.linspace(58, 0, 30)])


def made(values, *, reason="", error=1.0, doubt="camera_yaw", flexion=BEND, side="left", time_s=None):
    """Curves of one measure and of both knees' flexion, as given."""
    track = make_track(frames=FRAMES)
    track = replace(track, time_s=np.arange(FRAMES) * STEP_S if time_s is None else time_s)

    def curve(measure, whose, numbers, why):
        missing = np.where(np.isfinite(numbers), "", why).astype("<U32")
        known = np.isfinite(numbers)
        errors = np.where(known, np.broadcast_to(error, FRAMES), np.nan)
        return Curve(measure, whose, MEASURES[measure].unit, numbers, errors, missing, np.full(FRAMES, doubt))

    by_measure = {("fppa", side): curve("fppa", side, np.asarray(values, float), reason)}
    for leg in ("left", "right"):
        numbers = np.asarray(flexion[leg] if isinstance(flexion, dict) else flexion, float)
        by_measure["knee_flexion", leg] = curve("knee_flexion", leg, numbers, "not_seen")
    return Curves(track, by_measure)


def at(curves, moment, *, cut=None, measure="fppa", side="left"):
    cut = cut or Cut("rep", "both", 3, 30, 57)
    (cycle,) = measure_cycles([cut], curves)
    return next(v for v in cycle.values if (v.measure, v.side, v.at) == (measure, side, moment))


def test_a_value_is_the_median_over_fifty_milliseconds_to_either_side():
    values = np.zeros(FRAMES)
    values[29:32] = [5.0, 90.0, 7.0]
    value = at(made(values), "key")
    assert (value.value, value.time_s, value.standard_error, value.reason) == (7.0, 1.0, 1.0, None)
    values[27:29] = values[32:34] = 50.0
    assert at(made(values), "key").value == 7.0
    # Film of twice the rate has twice the frames in the same time.
    assert at(made(values, time_s=np.arange(FRAMES) / 60), "key").value == 50.0


def test_a_value_needs_more_than_half_of_its_frames():
    values = np.zeros(FRAMES)
    values[30] = np.nan
    assert at(made(values, reason="not_seen"), "key").value == 0.0
    values[29] = np.nan
    value = at(made(values, reason="thigh_towards_camera"), "key")
    assert (value.value, value.standard_error, value.reason, value.time_s) == (None, None, "thigh_towards_camera", 1.0)


def test_the_commonest_reason_is_told():
    values = np.full(FRAMES, np.nan)
    curves = made(values)
    curves.by_measure["fppa", "left"].reason[:] = "thigh_level"
    curves.by_measure["fppa", "left"].reason[30] = "not_seen"
    assert at(curves, "key").reason == "thigh_level"
    # Refused throughout, its peak is not "not reached" but refused too.
    assert at(curves, "peak").reason == "thigh_level"


def test_a_number_too_unsure_to_be_useful_is_withheld_for_its_main_doubt():
    useful = MEASURES["fppa"].useful_se
    assert at(made(np.ones(FRAMES), error=useful), "key").value == 1.0
    value = at(made(np.ones(FRAMES), error=useful + 0.01, doubt="roll_unknown"), "key")
    assert (value.value, value.standard_error, value.reason) == (None, None, "roll_unknown")


def test_a_peak_is_the_greatest_departure_to_either_side():
    values = np.zeros(FRAMES)
    values[10:20], values[40:50] = 6.0, -9.0
    value = at(made(values), "peak")
    assert value.value == -9.0
    assert 40 * STEP_S - 1e-3 <= value.time_s <= 50 * STEP_S
    # Outside of the cycle nothing counts.
    values[59] = 80.0
    assert at(made(values), "peak").value == -9.0


def test_the_last_passing_before_the_key_moment_counts():
    wobble = BEND.copy()
    wobble[5:8] = 40.0
    value = at(made(np.zeros(FRAMES), flexion=wobble), "flexion30")
    assert value.time_s == pytest.approx(15 * STEP_S, abs=0.002)
    assert at(made(np.zeros(FRAMES)), "flexion45").time_s == pytest.approx(0.733, abs=0.04)


@pytest.mark.parametrize(
    ("flexion", "reason"),
    [
        (BEND / 3, "not_reached"),
        (BEND + 50.0, "not_reached"),
        (np.full(FRAMES, np.nan), "not_seen"),
        (
            np.where((np.abs(np.arange(FRAMES) - 30) > 12) & (np.abs(np.arange(FRAMES) - 30) < 26), np.nan, BEND),
            "not_seen",
        ),
    ],
    ids=["too shallow", "never so straight", "unseen", "hidden in between"],
)
def test_a_flexion_that_is_not_passed_says_why(flexion, reason):
    value = at(made(np.zeros(FRAMES), flexion=flexion), "flexion30")
    assert (value.value, value.time_s, value.reason) == (None, None, reason)


def test_each_leg_has_its_own_flexion_and_the_body_that_of_the_standing_leg_or_the_mean():
    flexion = {"left": BEND, "right": BEND / 2 + 10.0}
    curves = made(np.zeros(FRAMES), flexion=flexion, side="right")
    right = at(curves, "flexion30", side="right").time_s
    assert right == pytest.approx(20 * STEP_S, abs=0.002)
    body = replace(curves.by_measure["fppa", "right"], measure="trunk_lean", side="body")
    curves = Curves(curves.track, {**curves.by_measure, ("trunk_lean", "body"): body})
    one_leg = Cut("rep", "left", 3, 30, 57)
    alone = at(curves, "flexion30", cut=one_leg, measure="trunk_lean", side="body").time_s
    both = at(curves, "flexion30", measure="trunk_lean", side="body").time_s
    assert alone == pytest.approx(15 * STEP_S, abs=0.002)
    assert alone < both < right
    # What the other leg does is no part of a squat on the left one.
    assert {value.side for value in measure_cycles([one_leg], curves)[0].values} == {"left", "body"}


def test_a_rejected_cycle_is_listed_with_its_reason_and_no_values():
    counted, rejected = measure_cycles(
        [Cut("rep", "both", 3, 10, 20), Cut("rep", "both", 25, 30, 40, "too_shallow")], made(np.zeros(FRAMES))
    )
    assert (counted.index, counted.rejected, bool(counted.values)) == (0, None, True)
    assert (rejected.index, rejected.rejected, rejected.values) == (1, "too_shallow", ())
    assert (rejected.start_s, rejected.key_s, rejected.end_s) == (0.833, 1.0, 1.333)


def test_what_no_frame_carries_is_refused_throughout():
    curves = made(np.full(FRAMES, np.nan), reason="side_view")
    assert reasons_for_no_value(curves) == {("fppa", "left"): "side_view"}
    assert reasons_for_no_value(curves, otherwise="film_too_slow") == {
        ("fppa", "left"): "side_view",
        ("knee_flexion", "left"): "film_too_slow",
        ("knee_flexion", "right"): "film_too_slow",
    }
