"""Repetitions of two films laid over each other: against curves that are known, and as a chart that can be drawn."""

import json
from dataclasses import replace

import numpy as np
import pytest
import vl_convert

from alignment.core.measures import MEASURES
from alignment.core.result import Cycle
from alignment.texts import say
from alignment.views import comparison_chart
from alignment.views.comparison_chart import Filmed, Panel
from alignment.views.normalized_cycles import PERCENT, matching_cycles, normalize, percent_of_cycle
from alignment.views.palette import DARK, LIGHT
from tests.analyses import analyzed
from tests.results import curve, make_result, make_track

TIME_S = np.arange(0.0, 10.0, 0.05)


def cycle(index, start_s, end_s, side="both", rejected=None):
    return Cycle(index, "rep", side, float(start_s), float(end_s), (start_s + end_s) / 2, rejected)


def ramp(value):
    return curve("fppa", "left", "deg", np.asarray(value, dtype=float))


def test_each_repetition_is_stretched_to_its_own_time():
    # The value is the time itself: a repetition from 2 to 4 s reads 2 to 4, one from 5 to 9 s reads 5 to 9.
    laid = normalize(ramp(TIME_S), TIME_S, [cycle(0, 2.0, 4.0), cycle(1, 5.0, 9.0)])
    share = PERCENT / 100
    np.testing.assert_allclose(laid.low, 2 + 2 * share, atol=1e-9)
    np.testing.assert_allclose(laid.high, 5 + 4 * share, atol=1e-9)
    np.testing.assert_allclose(laid.mean, (7 + 6 * share) / 2, atol=1e-9)
    assert laid.sure.all()
    assert laid.count == 2


def test_a_gap_in_most_repetitions_stays_a_gap():
    value = TIME_S.copy()
    value[(TIME_S > 2.4) & (TIME_S < 2.6)] = np.nan
    one, three = [cycle(0, 2.0, 4.0)], [cycle(0, 2.0, 4.0), cycle(1, 5.0, 7.0), cycle(2, 7.0, 9.0)]
    assert np.isnan(normalize(ramp(value), TIME_S, one).mean[25])
    assert normalize(ramp(value), TIME_S, three).mean[25] == pytest.approx((5.5 + 7.5) / 2)
    assert np.isfinite(normalize(ramp(value), TIME_S, one).mean[50])


def test_what_is_too_unsure_is_drawn_and_not_called_sure():
    unsure = replace(ramp(TIME_S), standard_error=np.full(len(TIME_S), MEASURES["fppa"].useful_se + 0.1))
    laid = normalize(unsure, TIME_S, [cycle(0, 2.0, 4.0)])
    assert np.isfinite(laid.mean).all()
    assert not laid.sure.any()


def test_outside_the_film_there_is_nothing():
    laid = normalize(ramp(TIME_S), TIME_S, [cycle(0, 9.0, 11.0)])
    assert np.isfinite(laid.mean[40])
    assert np.isnan(laid.mean[60])
    assert np.isnan(normalize(ramp(TIME_S), TIME_S, []).mean).all()


def test_repetitions_are_paired_by_leg_and_number_without_those_that_do_not_count():
    result = make_result(make_track())
    before = (
        cycle(0, 0, 1, "left"),
        cycle(1, 1, 2, "left", "too_shallow"),
        cycle(2, 2, 3, "right"),
        cycle(3, 3, 4, "left"),
    )
    after = (cycle(0, 0, 1, "right"), cycle(1, 1, 2, "left"), cycle(2, 2, 3, "right"))
    pairs = matching_cycles(replace(result, cycles=before), replace(result, cycles=after))
    assert [(one.index, other.index) for one, other in pairs] == [(0, 1), (2, 0)]
    assert percent_of_cycle(before[3], 3.25) == pytest.approx(25.0)


def filmed(name, camera=None):
    result = analyzed(name, camera)
    return Filmed(result, result.curves.course)


def spec(before, after, measure, panel, palette=LIGHT):
    return comparison_chart.comparison_chart(before, after, measure, panel, palette).to_dict()


def test_the_chart_holds_both_films_with_the_same_bounds_for_both_legs():
    one = filmed("squat")
    panels = comparison_chart.panels(one, one, "knee_over_toe")
    assert panels == [Panel("left", None, say("whose_left").message), Panel("right", None, say("whose_right").message)]
    left, right = (spec(one, one, "knee_over_toe", panel) for panel in panels)
    domains = {
        tuple(layer["encoding"]["y"]["scale"]["domain"]) for made in (left, right) for layer in made["layer"][:3]
    }
    assert len(domains) == 1
    rows = [row for rows in left["datasets"].values() for row in rows if "mean" in row]
    assert {row["film"] for row in rows} == {say("compare_first").message, say("compare_second").message}
    course = one.course.by_measure["knee_over_toe", "left"]
    laid = normalize(course, one.course.time_s, one.result.cycles)
    shown = [row["mean"] for row in rows if row["film"] == say("compare_second").message]
    assert shown == pytest.approx(list(laid.mean), abs=0.006, nan_ok=True)


def test_a_bodys_measure_has_a_chart_for_each_leg_that_stood_alone():
    one = filmed("left_squat")
    assert comparison_chart.panels(one, one, "trunk_lean") == [Panel("body", "left", say("compare_on_left").message)]
    assert [panel.whose for panel in comparison_chart.panels(filmed("squat"), filmed("squat"), "trunk_lean")] == [
        "body"
    ]
    assert comparison_chart.panels(one, filmed("right_squat"), "fppa") == []


def test_only_measures_of_both_are_offered_the_activitys_first():
    one, nothing = filmed("squat"), filmed("still")
    offered = comparison_chart.measures_of_both(one, one)
    assert offered[0] == one.result.summary[0].measure
    assert "pelvic_drop" not in offered
    assert set(comparison_chart.measures_of_both(one, nothing)) <= set(offered)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_chart_becomes_a_picture_without_a_number_that_is_none(palette):
    one = filmed("left_squat")
    (panel,) = [panel for panel in comparison_chart.panels(one, one, "knee_over_toe") if panel.whose == "left"]
    chart = comparison_chart.comparison_chart(one, one, "knee_over_toe", panel, palette)
    text = json.dumps(chart.to_dict(), allow_nan=False)
    assert comparison_chart.CLICK in text
    assert vl_convert.vegalite_to_svg(text.replace('"container"', "400")).startswith("<svg")
