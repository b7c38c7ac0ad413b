"""Two results held against each other: changed only beyond two films' difference, warned where filmed otherwise."""

from dataclasses import replace
from math import hypot

import pytest

from alignment.core.assessment import compare_results
from alignment.core.calibration import ANY, Repeatability
from alignment.core.measures import MEASURES
from alignment.errors import InputError
from alignment.pose.calibration import calibration_of
from alignment.views.wording import reason_words
from tests.results import make_result, make_track, summary
from tests.setups import HEAVY

MDC = 2.0
MADE = make_result(make_track())


def filmed_twice(mdc):
    """A calibration in which two films of the same movement differ by this much, but for the pelvis, never filmed twice."""
    sides = {name: "leg" if one.sided else "body" for name, one in MEASURES.items() if name != "pelvic_drop"}
    rows = [Repeatability(ANY, name, side, 9, mdc / 2.772) for name, side in sides.items()]
    return replace(HEAVY, repeatability=tuple(rows))


KNOWN = {"heavy": filmed_twice(MDC), "lite": filmed_twice(3 * MDC)}


def compare(before, after):
    """The comparison by a minimal detectable change of 2° with heavy, 6° with lite."""
    return compare_results(before, after, KNOWN.__getitem__)


def result(mean, *, measure="fppa", side="left", sd=0.0, **changes):
    row = replace(summary(measure, side, "deg", mean), sd=None if mean is None else sd)
    return replace(MADE, summary=(row,), **changes)


def only(comparison):
    (change,) = comparison.changes
    return change


@pytest.mark.parametrize(("after", "changed"), [(9.0, False), (9.9, False), (10.2, True), (5.7, True), (6.2, False)])
def test_changed_only_beyond_the_minimal_detectable_change(after, changed):
    change = only(compare(result(8.0), result(after)))
    assert change.change == pytest.approx(after - 8.0)
    assert change.detectable == pytest.approx(MDC, abs=0.01)
    assert change.changed is changed
    assert change.reason is None


def test_the_spread_of_repetitions_widens_what_counts():
    change = only(compare(result(8.0, sd=3.0), result(12.0, sd=3.0)))
    assert change.detectable == pytest.approx(hypot(MDC, 1.96 * hypot(3, 3) / 3**0.5), abs=0.01)
    assert change.changed is False


def test_without_a_table_the_numbers_own_errors_count():
    change = only(compare(result(8.0, measure="pelvic_drop"), result(9.0, measure="pelvic_drop")))
    assert change.detectable == pytest.approx(1.96 * hypot(0.44, 0.44), abs=0.01)


@pytest.mark.parametrize(("before", "after"), [(None, 3.0), (3.0, None), (None, None)])
def test_a_missing_number_is_no_change_and_has_its_reason(before, after):
    change = only(compare(result(before), result(after)))
    assert (change.change, change.detectable, change.changed, change.reason) == (None, None, None, "nobody")


def test_rows_that_only_one_has_are_left_out():
    assert compare(result(3.0, side="left"), result(3.0, side="right")).changes == ()


def test_other_activities_cannot_be_compared():
    with pytest.raises(InputError, match="One result shows squat, the other stairs"):
        compare(result(3.0, activity="squat"), result(3.0, activity="stairs"))


def view(**changes):
    return {"viewpoint": replace(MADE.viewpoint, **changes)}


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (view(yaw_deg=1.0), view(yaw_deg=9.0), []),
        (view(yaw_deg=-4.0), view(yaw_deg=9.0), ["change_filmed_other_yaw"]),
        (view(facing="front"), view(facing="back"), ["change_filmed_other_side"]),
        (view(facing="front"), view(facing=None), ["change_filmed_other_side"]),
        (view(distance_leg_lengths=4.0), view(distance_leg_lengths=5.0), []),
        (view(distance_leg_lengths=4.0), view(distance_leg_lengths=6.0), ["change_filmed_other_distance"]),
        (view(distance_leg_lengths=None), view(distance_leg_lengths=6.0), []),
    ],
)
def test_other_filming_is_told_with_what_it_touches(before, after, codes):
    comparison = compare(result(3.0, **before), result(3.0, **after))
    assert [warning.code for warning in comparison.warnings] == codes
    assert all(reason_words(warning).message and reason_words(warning).remedy for warning in comparison.warnings)
    if codes:
        assert comparison.warnings[0].measures == ("fppa",)


def test_a_known_vertical_matters_to_tilts_alone():
    one, other = view(roll_given=True), view(roll_given=False)
    (warning,) = compare(
        result(3.0, measure="trunk_lean", side="body", **one), result(3.0, measure="trunk_lean", side="body", **other)
    ).warnings
    assert (warning.code, warning.measures) == ("change_filmed_one_level", ("trunk_lean",))
    assert compare(result(3.0, **one), result(3.0, **other)).warnings == ()


def test_other_software_is_told():
    other = replace(MADE.software, version="9.9", model="lite")
    warnings = compare(result(3.0), result(3.0, software=other)).warnings
    assert [warning.code for warning in warnings] == ["change_other_model", "change_other_version"]


def test_another_reading_of_the_joints_is_told_and_each_has_its_own_error():
    read = replace(MADE.software, joints="read", joints_sha256="1" * 64)
    comparison = compare(result(3.0), result(3.0, software=read))
    assert [warning.code for warning in comparison.warnings] == ["change_other_joints"]
    assert reason_words(comparison.warnings[0]).remedy
    assert compare(result(3.0, software=read), result(3.0, software=read)).warnings == ()


def test_the_less_exact_model_decides():
    coarse = result(3.0, software=replace(MADE.software, model="lite"))
    for one, other in ((result(3.0), coarse), (coarse, result(3.0))):
        assert only(compare(one, other)).detectable == pytest.approx(3 * MDC, abs=0.01)


def test_a_model_of_which_nothing_is_known_is_named():
    unknown = result(3.0, software=replace(MADE.software, model="made up"))
    with pytest.raises(InputError, match="the model made up"):
        compare_results(result(3.0), unknown, calibration_of)


def test_a_number_that_the_camera_s_place_does_not_touch_has_no_warning_of_it():
    views = [
        replace(MADE.viewpoint, facing="left", yaw_deg=yaw, distance_leg_lengths=away)
        for yaw, away in ((0.0, 2.0), (20.0, 4.0))
    ]
    before, after = (result(60.0, measure="knee_flexion", viewpoint=view) for view in views)
    assert compare(before, after).warnings == ()


def test_numbers_below_0_are_written_with_a_true_minus():
    views = [replace(MADE.viewpoint, yaw_deg=yaw) for yaw in (-4.0, 9.0)]
    before, after = (result(8.0, viewpoint=view) for view in views)
    (warning,) = compare(before, after).warnings
    assert "−4°" in reason_words(warning).message
