"""What is known of a model: each value with its origin, read back as written, and refused in words where nothing is."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.calibration import ANY, Repeatability, parse_calibration, with_azimuth_weights, with_repeatability
from alignment.core.measures import ANYWHERE, MEASURES
from alignment.errors import InputError
from alignment.pose.calibration import calibrated_models, calibration_of
from alignment.pose.model_files import MODELS
from tests.analyses import analyze, filmed
from tests.setups import HEAVY


def text_of(model):
    return (files("alignment.pose.calibration") / f"{model}.json").read_text(encoding="utf-8")


TEXT = text_of("heavy")
WEIGHTS = json.loads(TEXT)["values"]["azimuth_weights"]["value"]


def with_entry(name, **changes):
    """The heavy model's file with an entry changed."""
    content = json.loads(TEXT)
    content["values"][name] |= changes
    return json.dumps(content)


def with_front(**rows):
    """The heavy model's file with other weights from the front; None leaves a reading out."""
    front = {name: row for name, row in (WEIGHTS["front"] | rows).items() if row is not None}
    return with_entry("azimuth_weights", value=WEIGHTS | {"front": front})


@pytest.mark.parametrize("model", MODELS)
def test_every_model_that_can_be_fetched_is_calibrated_under_its_own_name(model):
    known = calibration_of(model)
    assert known.model == model
    activities = {*ACTIVITIES, ANY}
    from_one_side = {f"{activity}_{facing}" for activity in ACTIVITIES for facing in ANYWHERE}
    assert set(known.own_se) <= activities | from_one_side
    assert {name for errors in known.own_se.values() for name in errors} <= set(MEASURES)
    assert all(se > 0 for errors in known.own_se.values() for se in errors.values())
    assert {row.activity for row in known.repeatability} <= activities
    assert {row.measure for row in known.repeatability} <= set(MEASURES)


def test_the_heavy_model_is_the_most_exact_and_alone_has_weights_for_the_whole_figure():
    others = [calibration_of(model) for model in calibrated_models() if model != "heavy"]
    assert all(one.landmark_factor > HEAVY.landmark_factor for one in others)
    assert set(HEAVY.azimuth_weights) == {"front", "back"}
    assert not any(one.azimuth_weights for one in others)


def test_full_says_that_its_errors_are_estimated():
    for name in ("landmark_factor", "repeatability"):
        assert "not measured" in json.loads(text_of("full"))["values"][name]["origin"]
    assert calibration_of("full").repeatability == calibration_of("lite").repeatability


def test_a_model_without_a_calibration_is_refused_with_those_that_have_one():
    track = filmed("still")
    unknown = replace(track, model=replace(track.model, variant="unheard of"))
    with pytest.raises(InputError, match="the model unheard of"):
        analyze(unknown, ACTIVITIES["squat"])
    assert calibrated_models() == ("elsewhere", "full", "heavy", "lite")


def test_an_activity_adds_to_what_a_measure_is_off_in_quadrature():
    assert HEAVY.own_variance("fppa_image", "squat") == 2.5**2
    assert HEAVY.own_variance("fppa_image", "cycling") == 2.5**2 + 7.5**2
    assert HEAVY.own_variance("fppa", "cycling") == 0.0
    assert HEAVY.own_variance("knee_flexion", "cycling", "back") == 5.0**2 + 23.0**2
    assert HEAVY.own_variance("knee_flexion", "cycling", "left") == 5.0**2


@pytest.mark.parametrize("model", MODELS)
def test_what_is_written_reads_back_and_changes_nothing_else(model):
    known, text = calibration_of(model), text_of(model)
    assert with_repeatability(text, known.repeatability) == text
    assert with_azimuth_weights(text, known.azimuth_weights) == text
    rows = (Repeatability(ANY, "fppa", "leg", 12, 1.234), Repeatability("squat", "fppa", "leg", 4, 2.0))
    read = parse_calibration(with_repeatability(text, rows))
    assert read.repeatability == rows
    assert comparable(read) == comparable(known)


def comparable(known):
    """Without what is written, and as tables instead of arrays."""
    read = known.read and replace(known.read, repeatability=(), azimuth_weights={})
    return replace(known, repeatability=(), azimuth_weights={}, read=read)


def test_rows_of_one_reading_leave_the_others_alone():
    rows = (Repeatability(ANY, "fppa", "leg", 12, 1.234),)
    changed = parse_calibration(with_repeatability(TEXT, rows, "read"))
    assert (changed.repeatability, changed.of("read").repeatability) == (HEAVY.repeatability, rows)


def test_a_reading_has_what_differs_and_otherwise_what_its_model_has():
    read = HEAVY.of("read")
    assert HEAVY.of("model") is HEAVY
    assert (read.hip_front, read.toe_base) == (0.0, 0.0)
    assert read.landmark_se["hip"].sideways < HEAVY.landmark_se["hip"].sideways
    assert read.axis_bias_deg == HEAVY.axis_bias_deg
    with pytest.raises(ValueError, match="nothing is known"):
        calibration_of("lite").of("read")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (with_front(toe=None), "instead of"),
        (with_front(hip=[10.0] * 6), "sum to"),
        (with_entry("hip_front", origin=""), "hip_front does not say"),
        (TEXT.replace('"hip_front"', '"hip_back"'), "missing or unknown"),
        (TEXT.replace("alignment-calibration/1", "alignment-limits/1"), "schema"),
    ],
)
def test_a_file_that_lacks_a_value_or_its_origin_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        parse_calibration(text)
