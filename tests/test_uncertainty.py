"""Standard errors: they grow with what is less known, and as often as they promise the truth lies inside them."""

from collections import defaultdict
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from alignment.core.calibration import Calibration
from alignment.core.measures import MEASURES, measure
from alignment.core.skeleton import INDEX, SIDES
from alignment.core.uncertainty import measure_all
from alignment.core.viewpoint import SADDLE, perturbations, reconstruct
from alignment.pose.calibration import calibration_of
from tests.analyses import analyzed, row, unseen
from tests.disturbed import errors_in_standard_errors
from tests.setups import HEAVY, changed, setup_of
from tests.synthetic import Camera, cycling, film, squat, still, wearing

TRACK = film(squat(reps=1, inwards_deg=(10.0, -5.0)), Camera(yaw_deg=8.0))
MARKED = wearing(TRACK, squat(reps=1, inwards_deg=(10.0, -5.0)), Camera(yaw_deg=8.0))
KEY = 60
SETUP = setup_of(TRACK, camera_roll_deg=None)
_, CURVES = measure_all(TRACK, SETUP)


#: Where an error stands in the setup.
PARTS = {
    "azimuth_se_deg": ("heading", "se_deg"),
    "roll_se_deg": ("camera", "roll_se_deg"),
    "length_se": ("lengths", "length_se"),
}


@cache
def curves_with(**errors):
    """Every measure's curve where the setup is less or more sure."""
    setup = SETUP
    for name, error in errors.items():
        part, field = PARTS[name]
        setup = changed(setup, **{part: {field: error}})
    return measure_all(TRACK, setup)[1]


def error_at_key(name, side, **setup):
    """A measure's standard error at the deepest point."""
    return float(curves_with(**setup)[name, side].standard_error[KEY])


def error_in(track, name, side):
    """The same in another track."""
    return float(measure_all(track, SETUP)[1][name, side].standard_error[KEY])


def usual(name, side):
    return float(CURVES[name, side].standard_error[KEY])


def test_what_an_activity_adds_to_one_measures_error_adds_in_quadrature_to_it_alone():
    own_se = HEAVY.own_se | {"juggling": {"fppa_image": 6.0}}
    setup = replace(SETUP, calibration=replace(HEAVY, own_se=own_se))
    _, curves = measure_all(TRACK, setup, "juggling")
    widened = curves["fppa_image", "left"].standard_error[KEY]
    assert widened == pytest.approx(np.hypot(usual("fppa_image", "left"), 6.0))
    assert curves["fppa", "left"].standard_error[KEY] == usual("fppa", "left")


# --- what makes it grow --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fppa", "knee_over_toe"])
def test_an_uncertain_yaw_widens_the_knees_error(name):
    narrow, wide = (error_at_key(name, "left", azimuth_se_deg=se) for se in (0.0, 6.0))
    assert narrow < usual(name, "left") < wide
    assert wide > 1.5 * narrow
    # The picture's angle is what it is, wherever the camera stands.
    assert error_at_key("fppa_image", "left", azimuth_se_deg=6.0) == usual("fppa_image", "left")


@pytest.mark.parametrize("name", ["trunk_lean", "weight_right_share"])
def test_an_unknown_roll_widens_what_needs_a_vertical(name):
    given, unknown = (error_at_key(name, "body", roll_se_deg=se) for se in (0.5, 3.0))
    assert unknown > 1.15 * given
    # The knees' own angles do not need one.
    knees = [error_at_key("fppa", "left", roll_se_deg=se) for se in (0.5, 3.0)]
    assert knees[1] == pytest.approx(knees[0], rel=0.01)


def test_a_roll_enters_the_pelvis_line_one_to_one_and_no_change_of_it():
    line, against = MEASURES["pelvic_obliquity"], MEASURES["pelvic_change"]
    for se in (3.0, 6.0):
        rolled = reconstruct(MARKED, perturbations(changed(SETUP, camera={"roll_se_deg": se}))["roll_unknown"])
        level = reconstruct(MARKED, SETUP)
        change = line.compute_ungated(rolled, "body") - line.compute_ungated(level, "body")
        assert abs(change[KEY]) == pytest.approx(se, rel=0.02)
        change = against.compute_ungated(rolled, "body") - against.compute_ungated(level, "body")
        assert abs(change[KEY]) < 0.02 * se


def test_a_hardly_visible_knee_is_placed_less_surely():
    visibility = TRACK.visibility.copy()
    visibility[:, INDEX["left_knee"]] = 0.2
    hidden = replace(TRACK, visibility=visibility)
    _, curves = measure_all(hidden, SETUP)
    assert curves["fppa", "left"].standard_error[KEY] > 1.1 * usual("fppa", "left")
    assert curves["fppa_image", "right"].standard_error[KEY] == usual("fppa_image", "right")
    # Above the model's own doubt it makes no difference.
    visibility[:, INDEX["left_knee"]] = 0.7
    assert error_in(replace(TRACK, visibility=visibility), "fppa", "left") == usual("fppa", "left")


def test_a_lighter_model_is_less_sure():
    errors = {}
    for model in ("full", "lite"):
        _, curves = measure_all(TRACK, replace(SETUP, calibration=calibration_of(model)))
        errors[model] = curves["fppa_image", "left"].standard_error[KEY]
    heavy = usual("fppa_image", "left")
    assert errors["lite"] == errors["full"] > 1.2 * heavy
    assert errors["lite"] < calibration_of("lite").landmark_factor * heavy * 1.01


def test_a_figure_smaller_than_the_models_crop_is_coarser():
    def at(width, height_px, focal_px):
        track = film(squat(reps=1), Camera(width=width, height_px=height_px, focal_px=focal_px))
        setup = setup_of(track, camera_roll_deg=None)
        stated = float(measure_all(track, setup)[1]["fppa_image", "left"].standard_error[KEY])
        # Without the model's own misreading, which no size changes.
        return float(np.sqrt(stated**2 - HEAVY.own_variance("fppa_image", "squat")))

    usual_size, double, quarter = at(720, 1280, 1280.0), at(1440, 2560, 2560.0), at(180, 320, 320.0)
    assert double == pytest.approx(usual_size, rel=1e-6)
    assert quarter > 1.2 * usual_size


def test_legs_never_seen_straight_make_lengths_a_guess():
    pedalling = setup_of(film(cycling(duration_s=2.0)), SADDLE, camera_roll_deg=None)
    assert pedalling.lengths.length_se > 2 * SETUP.lengths.length_se
    assert error_at_key("knee_flexion", "left", length_se=pedalling.lengths.length_se) > usual("knee_flexion", "left")


# --- how it comes about --------------------------------------------------------------------------------------------


def test_the_shares_add_in_quadrature_and_the_largest_names_the_doubt():
    alone = dict.fromkeys(("azimuth_se_deg", "roll_se_deg", "length_se"), 0.0)
    base = error_at_key("trunk_lean", "body", **alone)
    yaw = error_at_key("trunk_lean", "body", **{**alone, "azimuth_se_deg": 20.0})
    roll = error_at_key("trunk_lean", "body", **{**alone, "roll_se_deg": 5.0})
    both = error_at_key("trunk_lean", "body", **{**alone, "azimuth_se_deg": 20.0, "roll_se_deg": 5.0})
    assert both**2 - base**2 == pytest.approx((yaw**2 - base**2) + (roll**2 - base**2), rel=1e-6)
    _, curves = measure_all(MARKED, changed(SETUP, camera={"roll_se_deg": 8.0}))
    assert curves["pelvic_obliquity", "body"].doubt[KEY] == "roll_unknown"
    curves = curves_with(azimuth_se_deg=15.0)
    assert curves["fppa", "left"].doubt[KEY] == "camera_yaw"
    assert CURVES["fppa_image", "left"].doubt[KEY] == "landmarks"


def test_how_a_knee_bends_is_guessed_near_standing_and_hardly_matters_at_the_bottom():
    for code in ("knee_forward", "hip_back"):
        moved = reconstruct(TRACK, perturbations(SETUP)[code])
        change = np.abs(
            MEASURES["fppa"].compute_ungated(moved, "left")
            - MEASURES["fppa"].compute_ungated(reconstruct(TRACK, SETUP), "left")
        )
        assert change[5] > 2 * change[KEY]
        assert change[KEY] < 0.2


def numbers_of(value, name="setup"):
    """Every number of a setup and its parts, by its name; a part is told by its dictionary."""
    if isinstance(value, Calibration) or not hasattr(value, "__dict__"):
        return {name: value}
    return {key: one for part, inner in vars(value).items() for key, one in numbers_of(inner, f"{name}.{part}").items()}


def test_every_doubt_changes_something_and_its_own_number_only():
    shifted = perturbations(SETUP)
    assert len(shifted) == 11
    for code, setup in shifted.items():
        before, after = numbers_of(SETUP), numbers_of(setup)
        changed = [name for name in before if not np.array_equal(before[name], after[name])]
        # Upright lengths look shorter to a camera that looks farther down.
        changed = [name for name in changed if code != "camera_pitch" or not name.startswith("setup.lengths.")]
        assert len(changed) == 1, code
        moved = reconstruct(TRACK, setup)
        before = reconstruct(TRACK, SETUP)
        assert np.nanmax(np.abs(moved.space - before.space)) > 1e-4, code


def test_an_error_is_given_exactly_where_a_value_is():
    _, curves = measure_all(unseen(TRACK, frames=slice(40, 50)), SETUP)
    for curve in curves.values():
        assert np.array_equal(np.isfinite(curve.value), np.isfinite(curve.standard_error))
        assert np.array_equal(np.isfinite(curve.value), curve.reason == "")
        assert (curve.reason[40:50] != "").all()
        assert (curve.standard_error[np.isfinite(curve.standard_error)] > 0).all()


def test_a_refused_measure_has_the_reason_in_every_frame():
    _, curves = measure_all(TRACK, SETUP)
    refused = curves["pelvic_obliquity", "body"]
    assert np.isnan(refused.value).all()
    assert set(refused.reason) == {"needs_marks"}
    assert np.isfinite(curves["fppa", "left"].value).any()


def test_a_share_without_a_denominator_is_no_number_and_raises_no_warning():
    # Seen from the side both feet are at one place of the picture, and the weight between them is nowhere.
    track = film(still(), Camera("left"))
    setup = setup_of(track, camera_roll_deg=None)
    body, curves = measure_all(track, setup)
    assert not np.isfinite(MEASURES["weight_right_share"].compute_ungated(body, "body")).all()
    assert set(curves["weight_right_share", "body"].reason) <= {"side_view", "not_seen"}


# --- new measures --------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh():
    """The measures, to register more among them; what is registered is forgotten afterwards."""
    before = dict(MEASURES)
    yield MEASURES
    MEASURES.clear()
    MEASURES.update(before)


def test_a_new_measure_has_its_error_without_another_line(fresh):
    @measure(unit="ratio", sided=False, useful_se=1.0, neutral=1.0, reference="made up here")
    def hip_width(body):
        """Distance between the hips in the frontal plane, in leg lengths."""
        return np.linalg.norm((body.at("left", "hip") - body.at("right", "hip"))[:, :2], axis=1)

    _, curves = measure_all(TRACK, SETUP)
    curve = curves["hip_width", "body"]
    assert curve.value[KEY] == pytest.approx(0.22, abs=0.01)
    # Two hips that are each unsure sideways.
    assert curve.standard_error[KEY] == pytest.approx(HEAVY.landmark_se["hip"].sideways * np.sqrt(2), rel=0.3)
    assert (curve.unit, curve.column) == ("ratio", "hip_width_ratio")


def test_a_new_measure_of_a_leg_has_one_curve_a_side(fresh):
    @measure(unit="deg", useful_se=5.0, reference="made up here")
    def thigh_lean(body, side):
        """Lean of the thigh in the frontal plane: + knee outwards."""
        thigh = body.at(side, "knee") - body.at(side, "hip")
        return np.degrees(np.arctan2(np.abs(thigh[:, 0]), -thigh[:, 1]))

    _, curves = measure_all(TRACK, SETUP)
    for side in SIDES:
        assert curves["thigh_lean", side].standard_error[KEY] > 0.5


def test_two_measures_of_one_name_are_refused(fresh):
    def fppa(body, side):
        """Another bend at the knee."""

    with pytest.raises(ValueError, match="there are two measures named fppa"):
        measure(unit="deg", useful_se=1.0, reference="made up here")(fppa)
    assert fresh["fppa"].compute is not fppa


# --- what it is worth ----------------------------------------------------------------------------------------------


def test_the_truth_lies_inside_the_interval_as_often_as_promised():
    drawn = [errors_in_standard_errors(seed) for seed in range(60)]
    errors = defaultdict(list)
    for name, error in (one for film_errors in drawn for one in film_errors):
        errors[name].append(error)
    assert set(errors) >= {"fppa", "knee_over_toe", "knee_flexion", "trunk_lean", "knee_ankle_ratio"}
    together = np.abs(np.concatenate([np.array(one) for one in errors.values()]))
    assert len(together) > 300
    assert 0.90 <= (together < 1.96).mean() <= 0.99
    for name, one in errors.items():
        inside = (np.abs(one) < 1.96).mean()
        assert inside >= 0.88, (name, inside)
        # No measure is read to one side of the truth.
        assert abs(np.mean(one)) < 0.5, (name, np.mean(one))


def test_the_result_carries_the_errors_of_its_values():
    result = analyzed("squat")
    curve = result.curves.by_measure["fppa", "left"]
    (key,) = (v for v in result.cycles[0].values if (v.measure, v.side, v.at) == ("fppa", "left", "key"))
    around = np.abs(result.curves.track.time_s - key.time_s) < 0.051
    assert key.standard_error == pytest.approx(np.median(curve.standard_error[around]), abs=0.006)
    assert row(result, "fppa", "left").standard_error >= key.standard_error - 0.01
