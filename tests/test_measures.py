"""Every measure keeps the same promises; each one's sign, range and refusals against a known figure."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core import viewpoint
from alignment.core.measures import FRONTAL, MEASURES, both_feet_down, measure, standing_on
from alignment.core.measures.pelvis import ALONE
from alignment.core.result import column
from alignment.core.skeleton import SIDES
from alignment.core.viewpoint import BOTH_FEET, Body, Stance
from alignment.texts import is_known, say
from tests import synthetic
from tests.analyses import result_of
from tests.setups import HEAVY, setup_of
from tests.synthetic import Camera, Motion

pytestmark = pytest.mark.checked

ALL = [(m, whose) for m in MEASURES.values() for whose in m.whose]
UNITS = {"deg", "pct", "share", "ratio", "per_min", "ms", "m"}


def body_of(motion: Motion, camera: Camera | None = None, stance: Stance = BOTH_FEET) -> Body:
    track = synthetic.wearing(synthetic.film(motion, camera), motion, camera)
    setup = setup_of(track, stance, camera_roll_deg=camera.roll_deg if camera else 0.0)
    return viewpoint.reconstruct(track, setup)


def bottom(body: Body) -> int:
    """The frame with the lowest hips."""
    return int(np.nanargmin(body.seen_at("left", "hip")[:, 1]))


SIZES = ("cadence", "contact_time", "duty_factor", "vertical_oscillation", "double_support", "step_length")
GAIT_FROM_AHEAD = ("step_width", "crossover", "knee_window", "thigh_adduction")
OF_GAIT = (
    *SIZES,
    *GAIT_FROM_AHEAD,
    *("step_right_share", "overstride", "heel_ahead", "tibia_contact", "knee_flexion_contact", "foot_angle_contact"),
)


@pytest.mark.parametrize(("m", "whose"), ALL, ids=lambda x: getattr(x, "name", x))
def test_every_measure_keeps_its_promises(m, whose):
    """Unit, meaning with its sign or zero, source and words exist; a number a frame; unseen in gives unknown out."""
    assert m.unit in UNITS
    meaning = say(f"meaning_{m.name}").message
    assert meaning.endswith(".")
    # How often, how long and how far in all has no sign.
    assert m.name in SIZES or any(word in meaning for word in ("+", "0 straight", "0 over", "1 knees", "0.5 even"))
    assert any(letter.isdigit() for letter in m.reference)
    assert is_known(f"measure_{m.name}")
    # What marks tell does not rest on the model's landmarks.
    assert m.mark_errors or m.useful_se > HEAVY.own_variance(m.name, "squat") ** 0.5
    assert column(m.name, m.unit, whose).endswith(m.unit)
    body = body_of(synthetic.squat(reps=1))
    assert m.curve(body, whose).shape == body.time_s.shape
    nowhere = {name: np.full_like(getattr(body, name), np.nan) for name in ("space", "picture")}
    unseen = replace(body, pelvis=None, **nowhere)
    assert np.isnan(m.curve(unseen, whose)).all()


def test_the_table_of_the_design_is_complete():
    assert set(MEASURES) == {
        "fppa",
        "fppa_image",
        "knee_over_toe",
        "knee_over_foot",
        "knee_flexion",
        "pelvic_obliquity",
        "pelvic_drop",
        "pelvic_change",
        "trunk_lean",
        "trunk_lean_forward",
        "weight_right_share",
        "knee_ankle_ratio",
        *OF_GAIT,
    }
    anywhere = {"knee_flexion", "trunk_lean_forward", *OF_GAIT}.difference(GAIT_FROM_AHEAD)
    assert {m.name for m in MEASURES.values() if m.views != FRONTAL} == anywhere
    assert {m.name for m in MEASURES.values() if m.activities} == set(OF_GAIT)


def test_a_second_measure_of_the_same_name_is_refused():
    def fppa(body: Body) -> np.ndarray:
        """Never used: 0 always."""
        return np.zeros(len(body.time_s))

    with pytest.raises(ValueError, match="two measures named fppa"):
        measure(unit="deg", sided=False, useful_se=1.0, reference="none 2000")(fppa)


@pytest.mark.parametrize("camera", [Camera(), Camera("back"), Camera(yaw_deg=10.0, roll_deg=3.0)], ids=str)
@pytest.mark.parametrize("inwards_deg", [-15.0, 20.0])
@pytest.mark.parametrize("side", SIDES)
def test_a_knee_towards_the_midline_is_positive_on_either_side(side, inwards_deg, camera):
    turns = (inwards_deg, 0.0) if side == "left" else (0.0, inwards_deg)
    body = body_of(synthetic.squat(reps=1, inwards_deg=turns), camera)
    other = "right" if side == "left" else "left"
    for name in ("fppa", "knee_over_toe"):
        assert np.sign(MEASURES[name].curve(body, side)[bottom(body)]) == np.sign(inwards_deg), name
        assert abs(MEASURES[name].curve(body, other)[bottom(body)]) < abs(
            MEASURES[name].curve(body, side)[bottom(body)]
        )


def test_an_aligned_leg_filmed_from_the_front_is_straight():
    body = body_of(synthetic.squat(reps=1))
    for side in SIDES:
        assert MEASURES["fppa"].curve(body, side) == pytest.approx(np.zeros(len(body.time_s)), abs=0.6)
        assert MEASURES["knee_over_toe"].curve(body, side) == pytest.approx(np.zeros(len(body.time_s)), abs=0.5)


def test_the_picture_shows_what_the_correction_takes_away():
    """A camera 12° to the left makes an aligned deep squat look bent by 15° and more, oppositely on the two legs."""
    body = body_of(synthetic.squat(reps=1), Camera(yaw_deg=12.0))
    seen = {side: MEASURES["fppa_image"].curve(body, side)[bottom(body)] for side in SIDES}
    corrected = {side: MEASURES["fppa"].curve(body, side)[bottom(body)] for side in SIDES}
    assert seen["left"] > 15
    assert seen["right"] < -15
    assert corrected == pytest.approx({"left": 0.0, "right": 0.0}, abs=2.0)


def test_a_thigh_that_points_at_the_camera_leaves_the_bend_undefined():
    """A seated figure with level thighs: no bend at the knee, the distance from the line stays bounded."""
    time_s = synthetic.clock(3.0)
    motion = synthetic.sit_to_stand(reps=1)
    deep = replace(motion, height=np.where(motion.height < 0.7, 0.46, motion.height))
    body = body_of(deep)
    seated = 15
    assert len(time_s)
    assert np.isnan(MEASURES["fppa"].curve(body, "left")[seated])
    assert MEASURES["fppa"].refusals(body, "left")[seated] in ("thigh_level", "thigh_towards_camera")
    assert abs(MEASURES["knee_over_toe"].curve(body, "left")[seated]) < 25


@pytest.mark.parametrize("facing", ["front", "back"])
def test_a_lower_leg_that_points_away_from_the_camera_leaves_the_bend_undefined(facing):
    """One foot is held far behind: of that lower leg under 40 % is seen, and its direction there means nothing."""
    motion = synthetic.single_leg("left", reps=1)
    lifted = motion.foot_up["right"]
    held = replace(
        motion,
        foot_up={"left": 0.0, "right": 1.5 * lifted},
        foot_forward={"left": 0.0, "right": -1.5 * lifted},
    )
    body = body_of(held, Camera(facing))
    # Where it is held up and the standing leg is still nearly straight.
    frame = int(np.flatnonzero(body.time_s >= 1.9)[0])
    for name in ("fppa", "fppa_image"):
        assert MEASURES[name].refusals(body, "right")[frame] == "shank_towards_camera"
        assert MEASURES[name].refusals(body, "left")[frame] == ""
        assert MEASURES[name].refusals(body, "right")[0] == ""


@pytest.mark.parametrize("angle_deg", [-6.0, 5.0])
@pytest.mark.parametrize("facing", ["front", "back"])
def test_tilt_of_the_pelvis_and_lean_of_the_trunk_are_positive_towards_their_sides(facing, angle_deg):
    level = body_of(synthetic.squat(reps=1, obliquity_deg=angle_deg), Camera(facing))
    assert MEASURES["pelvic_obliquity"].curve(level, "body")[bottom(level)] == pytest.approx(angle_deg, abs=0.2)
    leaning = body_of(synthetic.squat(reps=1, lean_deg=angle_deg), Camera(facing))
    assert MEASURES["trunk_lean"].curve(leaning, "body")[bottom(leaning)] == pytest.approx(angle_deg, abs=0.2)


@pytest.mark.parametrize("yaw_deg", [-15.0, 0.0, 15.0])
@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize(
    "motion", [synthetic.squat(reps=1), synthetic.cycling(duration_s=2.0)], ids=["squat", "cycling"]
)
def test_the_trunks_forward_lean_is_seen_from_either_side(motion, facing, yaw_deg):
    true = synthetic.truth(synthetic.joints(motion))["trunk_lean_forward", "body"]
    body = body_of(motion, Camera(facing, yaw_deg=yaw_deg, distance=5.0, roll_deg=3.0))
    # Seen 15 degrees off its side a lean of 40 degrees looks 1 smaller; perspective is in it, too.
    assert MEASURES["trunk_lean_forward"].curve(body, "body") == pytest.approx(true, abs=2.0)


def test_from_the_front_nothing_is_said_of_what_only_a_side_shows():
    front, side = (
        result_of(synthetic.film(synthetic.squat(), Camera(facing)), "squat") for facing in ("front", "left")
    )
    assert "trunk_lean_forward" not in {row.measure for row in front.summary}
    assert "front_view" not in {reason.code for reason in front.quality.reasons}
    row = next(row for row in side.summary if row.measure == "trunk_lean_forward")
    # At the lowest point, with the camera's roll unknown.
    assert row.mean == pytest.approx(35.0, abs=2.0)
    assert 5.0 <= row.standard_error <= 6.0
    assert row.verdict is None


@pytest.mark.parametrize("roll_deg", [-4.0, 4.0])
@pytest.mark.parametrize("facing", ["front", "back"])
def test_a_given_roll_is_taken_out_of_tilt_and_lean_and_never_was_in_the_bend(facing, roll_deg):
    motion = synthetic.squat(reps=1, obliquity_deg=3.0, inwards_deg=(15.0, 15.0))
    rolled, level = body_of(motion, Camera(facing, roll_deg=roll_deg)), body_of(motion, Camera(facing))
    for name, whose in (
        ("pelvic_obliquity", "body"),
        ("trunk_lean", "body"),
        ("fppa", "left"),
        ("fppa_image", "right"),
    ):
        curve = MEASURES[name].compute_ungated
        assert curve(rolled, whose) == pytest.approx(curve(level, whose), abs=0.05), name


@pytest.mark.parametrize("stance", SIDES)
def test_the_drop_of_the_pelvis_counts_from_standing_and_only_for_the_standing_leg(stance):
    body = body_of(synthetic.single_leg(stance, drop_deg=6.0))
    at, other = bottom(body), "left" if stance == "right" else "right"
    drop = MEASURES["pelvic_drop"].compute_ungated(body, stance)
    assert drop[at] == pytest.approx(6.0, abs=0.2)
    assert drop[5] == pytest.approx(0.0, abs=0.2)
    assert ALONE.met(body, stance)[at]
    assert not ALONE.met(body, other)[at]
    assert MEASURES["pelvic_drop"].refusals(body, other)[at] == "not_on_this_leg_alone"
    assert both_feet_down(body)[5]
    assert not standing_on(body, "body")[5]
    assert MEASURES["pelvic_drop"].refusals(body, stance)[5] == "not_on_this_leg_alone"


def test_without_quiet_standing_there_is_no_drop():
    body = body_of(synthetic.single_leg("left"))
    assert set(MEASURES["pelvic_drop"].refusals(replace(body, standing=np.zeros_like(body.standing)), "left")) == {
        "no_standing"
    }


@pytest.mark.parametrize("aside", [-0.12, 0.0, 0.1])
def test_the_weight_is_where_the_body_is_between_the_feet(aside):
    """Legs of one mass on both sides: moving everything above the ankles to the left moves its centre from 0.5 to 0.

    Between feet 0.4 apart the trunk's way of `aside` counts fully; thighs follow by their share, shanks by less.
    """
    body = body_of(synthetic.squat(reps=1, aside=aside))
    share = MEASURES["weight_right_share"].curve(body, "body")
    assert share[5] == pytest.approx(0.5, abs=0.005)
    assert share[bottom(body)] == pytest.approx(0.5 - 0.86 * aside / 0.4, abs=0.03)


def test_the_weight_is_unknown_on_one_leg():
    body = body_of(synthetic.single_leg("left"))
    assert np.isnan(MEASURES["weight_right_share"].curve(body, "body")[bottom(body)])
    assert MEASURES["weight_right_share"].refusals(body, "body")[bottom(body)] == "feet_not_level"


def test_knees_inside_the_ankles_have_a_ratio_under_one():
    narrow = body_of(synthetic.squat(reps=1, inwards_deg=(25.0, 25.0)))
    wide = body_of(synthetic.squat(reps=1, inwards_deg=(-40.0, -40.0)))
    ratio = MEASURES["knee_ankle_ratio"].curve
    assert ratio(narrow, "body")[bottom(narrow)] < 0.7 < 1.0 < ratio(wide, "body")[bottom(wide)]


@pytest.mark.parametrize("camera", [Camera(), Camera("back"), Camera(yaw_deg=15.0)], ids=str)
def test_the_knees_bend_is_read_at_the_bottom_within_four_degrees(camera):
    motion = synthetic.squat(reps=1)
    body = body_of(motion, camera)
    expected = synthetic.truth(synthetic.joints(motion))["knee_flexion", "left"]
    assert MEASURES["knee_flexion"].curve(body, "left")[bottom(body)] == pytest.approx(expected[bottom(body)], abs=4.0)
