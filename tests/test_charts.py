"""The chart of a measure against the result that it shows: what is drawn, where, and that it becomes a picture."""

import json
from dataclasses import replace

import numpy as np
import pytest
import vl_convert

from alignment.core.measures import MEASURES
from alignment.core.result import Cycle
from alignment.texts import say
from alignment.views import charts
from alignment.views.palette import DARK, LIGHT
from alignment.views.wording import cycle_number, cycle_title, with_error
from tests.analyses import analyzed
from tests.results import make_result, make_track


def rows(spec, field):
    """The rows of the first layer's data that has this field."""
    every = [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"]]
    return next(values for values in every if field in values[0])


def spec_of(result, measure, palette=LIGHT):
    return charts.curve_chart(result, measure, palette).to_dict()


def test_the_activitys_measures_come_first_and_only_those_with_a_value():
    result = analyzed("squat")
    found = charts.measures_of(result)
    listed = list(dict.fromkeys(row.measure for row in result.summary))
    assert found[: len(listed)] == [name for name in listed if name in found]
    assert "pelvic_drop" not in found  # both feet are down throughout
    assert charts.measures_of(replace(result, curves=None)) == []


def test_the_curves_are_those_of_the_result():
    result = analyzed("squat")
    curve = result.curves.by_measure["knee_over_toe", "left"]
    drawn = [row for row in rows(spec_of(result, "knee_over_toe"), "sure") if row["whose"] == say("whose_left").message]
    assert len(drawn) == len(curve.value)
    assert [row["value"] for row in drawn] == pytest.approx(list(curve.value), abs=0.006, nan_ok=True)
    unsure = curve.standard_error > MEASURES["knee_over_toe"].useful_se
    assert [row["sure"] is None for row in drawn] == list(unsure | np.isnan(curve.value))


def test_a_gap_stays_a_gap():
    drawn = rows(spec_of(analyzed("right_squat"), "weight_right_share"), "sure")  # undefined on one leg
    assert any(row["value"] is None for row in drawn)
    assert any(row["value"] is not None for row in drawn)
    json.dumps(drawn, allow_nan=False)


def test_repetitions_are_shaded_from_start_to_end_with_their_numbers():
    result = analyzed("squat")
    shaded = rows(spec_of(result, "fppa"), "end_s")
    counted = [row for row in shaded if row.get("counts")]
    assert [(row["time_s"], row["end_s"]) for row in counted] == [
        (cycle.start_s, cycle.end_s) for cycle in result.cycles if cycle.rejected is None
    ]
    assert [row["number"] for row in counted] == [str(k + 1) for k in range(len(counted))]


def test_what_does_not_count_says_why():
    result = analyzed("squat")
    last = result.cycles[-1]
    result = replace(result, cycles=(*result.cycles[:-1], replace(last, rejected="too_shallow", values=())))
    shaded = rows(spec_of(result, "fppa"), "end_s")[-1]
    assert not shaded["counts"]
    assert shaded["why"] == say("reason_too_shallow").message


def test_each_legs_repetitions_have_a_half_of_their_own():
    shaded = rows(spec_of(analyzed("cycling"), "knee_over_toe"), "counts")
    halves = {row["side"]: (row["bottom"], row["top"]) for row in shaded}
    assert halves["left"][0] == halves["right"][1]
    assert halves["right"][0] < halves["right"][1] < halves["left"][1]


def test_the_usual_range_is_that_of_the_table():
    result = analyzed("squat")
    (band,) = rows(spec_of(result, "weight_right_share"), "name")
    limit = next(row.limit for row in result.summary if row.measure == "weight_right_share")
    assert (band["low"], band["high"]) == (limit.low, limit.high)
    text = json.dumps(spec_of(result, "knee_flexion"))
    assert say("chart_usual").message not in text  # nothing judges it


def test_a_range_counted_towards_the_standing_leg_is_not_drawn_on_the_bodys_curve():
    result = analyzed("left_squat")
    rows_of = [row for row in result.summary if row.measure == "trunk_lean" and row.limit is not None]
    assert {row.side for row in rows_of} == {"left"}
    assert say("chart_usual").message not in json.dumps(spec_of(result, "trunk_lean"))


def test_the_points_are_the_values_at_the_key_moment():
    result = analyzed("squat")
    told = [value for cycle in result.cycles for value in cycle.values if value.measure == "fppa" and value.at == "key"]
    drawn = rows(spec_of(result, "fppa"), "told")
    assert [row["value"] for row in drawn] == [value.value for value in told if value.value is not None]


def test_a_click_selects_the_time_of_the_nearest_frame():
    spec = spec_of(analyzed("squat"), "fppa")
    (click,) = [one for one in spec["params"] if one["name"] == charts.CLICK]
    assert click["select"]["type"] == "point"
    assert click["select"]["nearest"] is True
    assert click["select"]["encodings"] == ["x"]
    catcher = next(layer for layer in spec["layer"] if layer.get("name") in click["views"])
    assert catcher["encoding"]["x"]["field"] == charts.TIME


def test_a_long_film_is_thinned():
    result = make_result(make_track(9000))
    drawn = rows(spec_of(result, "fppa"), "sure")
    assert 600 < len(drawn) <= 1200
    assert drawn[-1]["time_s"] > result.curves.track.time_s[-1] - 1


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("measure", ["knee_over_toe", "weight_right_share"])
def test_it_becomes_a_picture_without_a_browser(measure, palette):
    chart = charts.curve_chart(analyzed("squat"), measure, palette).properties(width=500)
    drawn = vl_convert.vegalite_to_svg(chart.to_json())
    colours = {palette.left, palette.right} if measure == "knee_over_toe" else {palette.body}
    assert all(colour in drawn for colour in colours)
    assert say("chart_time").message in drawn
    assert "NaN" not in drawn


def test_without_curves_there_is_no_chart():
    result = analyzed("squat")
    with pytest.raises(ValueError, match="curves"):
        charts.curve_chart(replace(result, curves=None), "fppa", LIGHT)
    with pytest.raises(ValueError, match="pelvic_drop"):
        charts.curve_chart(result, "pelvic_drop", LIGHT)


@pytest.mark.parametrize(
    ("whose", "against"), [("left", "right"), ("left", "ground"), ("right", "ground"), ("muted", "ground")]
)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_stand_out(palette, whose, against):
    def luminance(colour):
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))

    one, other = sorted((luminance(getattr(palette, whose)), luminance(getattr(palette, against))))
    # WCAG asks 3 of a graphic against its ground; the two legs differ in dashes and shape, too.
    assert (other + 0.05) / (one + 0.05) >= (3.0 if against == "ground" else 1.0)
    assert getattr(palette, whose) != getattr(palette, against)


def test_repetitions_are_named_by_side_and_number():
    def cycle(index, side, rejected=None, kind="step"):
        return Cycle(index, kind, side, float(index), index + 0.8, index + 0.4, rejected)

    cycles = [cycle(0, "left"), cycle(1, "right"), cycle(2, "left", "cut_off"), cycle(3, "left")]
    assert [cycle_number(one, cycles) for one in cycles] == ["L1", "R1", "L×", "L2"]
    assert cycle_title(cycles[3], cycles) == "Step L2"
    assert cycle_title(cycles[2], cycles) == "Step, not counted"
    both = [cycle(0, "both", kind="rep")]
    assert cycle_title(both[0], both) == "Repetition 1"


def test_a_number_has_its_unit_once():
    assert with_error(-3.14, 2.0, "pct") == "−3.1 ± 2.0 %"
    assert with_error(12.0, 0.44, "deg") == "12.0 ± 0.4°"
    assert with_error(0.5, 0.091, "share") == "0.50 ± 0.09"
