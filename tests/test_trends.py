"""A measure's course by date: which change counts, from which reference, with which band, and how it is told and drawn."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from alignment.core.assessment import compare_results, load_rule, repeatability
from alignment.core.measures import MEASURES
from alignment.core.result import Summary
from alignment.errors import InputError
from alignment.pose.calibration import calibration_of
from alignment.texts import say
from alignment.views import trend_chart
from alignment.views.palette import DARK, LIGHT
from alignment.views.trends import Dated, band, course_sentence, courses, day
from tests.analyses import analyzed
from tests.setups import HEAVY

DAYS = [date(2025, 3, 3), date(2025, 4, 14), date(2025, 5, 26), date(2025, 5, 26)]
MEASURE, SIDE = "knee_over_toe", "left"


def summary(mean, *, sd=0.5, n=4, side=SIDE, reason=None, measure=MEASURE):
    unit = MEASURES[measure].unit
    known = mean is not None
    interval = (mean - 2.0, mean + 2.0) if known else (None, None)
    return Summary(
        measure,
        side,
        unit,
        "key",
        mean,
        sd if known else None,
        n if known else 0,
        1.0 if known else None,
        *interval,
        None,
        None,
        reason,
    )


def dated(*means, yaws_deg=None, **more):
    """One result for each mean, on `DAYS`."""
    base = analyzed("squat")
    yaws_deg = yaws_deg or [0.0] * len(means)
    return [
        Dated(
            f"analysis{number}",
            DAYS[number],
            replace(
                base,
                summary=(summary(mean, reason=None if mean is not None else "not_seen", **more),),
                viewpoint=replace(base.viewpoint, yaw_deg=yaw_deg),
            ),
        )
        for number, (mean, yaw_deg) in enumerate(zip(means, yaws_deg, strict=True))
    ]


def only(given, reference=None):
    (course,) = courses(given, calibration_of, reference)
    return course


def least():
    """What a change between two of these must exceed: that of two films, and of four repetitions that spread by 0.5."""
    row = repeatability(HEAVY, "squat", MEASURE, SIDE)
    return (row.mdc**2 + (1.96**2) * 2 * 0.5**2 / 4) ** 0.5


def test_a_change_counts_only_beyond_what_two_films_differ():
    small, large = least() - 0.05, least() + 0.05
    course = only(dated(-4.0, -4.0 + small, -4.0 + large, -4.0 - large))
    assert [point.changed for point in course.points] == [None, False, True, True]
    assert [point.key for point in course.points] == ["analysis0", "analysis1", "analysis2", "analysis3"]
    assert course.start.date == DAYS[0]
    assert course.points[2].change.change == pytest.approx(large, abs=0.006)
    assert course.points[2].change.detectable == pytest.approx(least(), abs=0.006)


def test_another_reference_turns_the_question_round():
    large = least() + 0.05
    given = dated(-4.0, -4.0 + large, -4.0 + 2 * large)
    course = only(given, "analysis1")
    assert [point.changed for point in course.points] == [True, None, True]
    # Each is told against the reference: the earlier one was lower, the later one is higher.
    assert course.points[0].change.change == pytest.approx(-large, abs=0.006)
    assert course.points[2].change.change == pytest.approx(large, abs=0.006)
    with pytest.raises(KeyError):
        courses(given, calibration_of, "none of them")


def test_a_dot_lies_outside_the_band_exactly_where_it_changed():
    given = dated(-4.0, -4.0 + least() - 0.02, -4.0 + least() + 0.02)
    # The last one's repetitions spread so widely that the same step would be no change.
    wide = replace(given[2].result.summary[0], sd=6.0)
    given.append(Dated("analysis3", DAYS[3], replace(given[2].result, summary=(wide,))))
    course = only(given)
    around = band(course)
    assert around.keys == tuple(point.key for point in course.points)
    for point, low, high in zip(course.points, around.low, around.high, strict=True):
        assert low + high == pytest.approx(2 * -4.0)
        assert (low <= point.row.mean <= high) == (not point.changed)
    assert [point.changed for point in course.points] == [None, False, True, False]
    assert around.high[0] == min(around.high)


def test_without_a_number_there_is_a_reason_and_no_band():
    course = only(dated(-4.0, None, -3.0))
    assert [point.changed for point in course.points] == [None, None, False]
    assert band(course).keys == ("analysis0", "analysis2")
    reason = say("reason_not_seen").message
    assert reason in course_sentence(course, course.points[1])
    assert day(DAYS[1]) in course_sentence(course, course.points[1])
    nothing = only(dated(None, -4.0))
    assert band(nothing) is None
    # It is the reference that lacks it.
    assert day(DAYS[0]) in course_sentence(nothing)
    assert reason in course_sentence(nothing)


def test_one_date_alone_is_no_change():
    course = only(dated(-4.0))
    assert band(course) is None
    assert course_sentence(course) == say("trend_single", whose="Left leg", value="−4.0 %").message


def test_the_words_name_both_dates_and_numbers():
    changed = course_sentence(only(dated(-4.0, 4.0)))
    assert changed.startswith("Left leg: changed. −4.0 % on 3 Mar 2025, 4.0 % on 14 Apr 2025 (+8.0 %; it counts from")
    same = course_sentence(only(dated(-4.0, -3.9)))
    assert same.startswith("Left leg: no change beyond")
    assert "+0.1 %" in same


def test_what_was_filmed_otherwise_is_told_of_what_it_touches():
    course = only(dated(-4.0, -4.0, -4.0, yaws_deg=[0.0, 5.0, 15.0]))
    assert [len(point.filmed_otherwise) for point in course.points] == [0, 0, 1]
    assert course.points[2].filmed_otherwise[0].code == "change_filmed_other_yaw"
    # The knee's bend in space does not hang on where the camera stood.
    given = dated(-4.0, -4.0, yaws_deg=[0.0, 15.0])
    bent = summary(80.0, measure="knee_flexion")
    both = [replace(one, result=replace(one.result, summary=(*one.result.summary, bent))) for one in given]
    touched = {one.measure: len(one.latest.filmed_otherwise) for one in courses(both, calibration_of)}
    assert touched == {"knee_over_toe": 1, "knee_flexion": 0}


def test_real_results_give_a_course_for_each_row_of_the_summary():
    first, later = analyzed("left_squat"), analyzed("left_squat", camera_roll_deg=0.0)
    found = courses([Dated("a", DAYS[0], first), Dated("b", DAYS[1], later)], calibration_of)
    assert {(one.measure, one.side) for one in found} == {(row.measure, row.side) for row in later.summary}
    changes = {(one.measure, one.side): one for one in compare_results(first, later, calibration_of).changes}
    for one in found:
        assert one.latest.change == changes[one.measure, one.side]
    # What has no number at all comes last.
    lacking = [all(point.row.mean is None for point in one.points) for one in found]
    assert lacking == sorted(lacking)
    assert True in lacking
    assert False in lacking


def test_nothing_gives_nothing_and_two_movements_are_refused():
    assert courses([], calibration_of) == ()
    with pytest.raises(InputError) as refused:
        courses([Dated("a", DAYS[0], analyzed("squat")), Dated("b", DAYS[1], analyzed("left_squat"))], calibration_of)
    assert refused.value.code == "other_activity"


# --- the chart -----------------------------------------------------------------------------------------------------------


def values(spec, *needed):
    """Every row of the chart's data that has these fields."""
    rows = (
        [row for layer in spec["layer"] for row in layer["data"].get("values", [])]
        if "data" in spec["layer"][0]
        else []
    )
    rows += [row for data in spec.get("datasets", {}).values() for row in data]
    return [row for row in rows if all(name in row for name in needed)]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_chart_shows_dots_intervals_band_and_what_is_missing(palette):
    course = only(dated(-4.0, None, 4.0, -4.0, yaws_deg=[0.0, 0.0, 0.0, 20.0]))
    spec = trend_chart.trend_chart(course, palette).to_dict()
    dots = {row["day"]: row for row in values(spec, "changed")}
    told_dots = values(spec, "changed")
    assert {row["value"] for row in told_dots} == {-4.0, 4.0}
    assert dots["3 Mar 2025"]["low"], dots["3 Mar 2025"]["high"] == (-6.0, -2.0)
    assert [row["changed"] for row in values(spec, "changed")[:3]] == [False, True, False]
    assert [bool(row["otherwise"]) for row in values(spec, "changed")[:3]] == [False, False, True]
    assert [row["day"] for row in values(spec, "said") if "changed" not in row] == ["14 Apr 2025"]
    area = [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    assert len(area) == 1
    assert palette.left in str(spec)


def test_two_results_of_one_day_stand_beside_each_other():
    course = only(dated(-4.0, -4.0, -4.0, -4.1))
    dates = [row["date"] for row in values(trend_chart.trend_chart(course, LIGHT).to_dict(), "changed")]
    shown = sorted(set(dates))
    assert len(shown) == 4
    assert shown[2][:10] == shown[3][:10] == "2025-05-26"
    assert all(one < other for one, other in pairwise(shown))


def test_charts_beside_each_other_share_their_bounds():
    low, high = only(dated(-4.0, -3.0)), only(dated(10.0, 11.0, side="right"))
    span = trend_chart.bounds([low, high])
    assert span[0] < -6.0
    assert span[1] > 13.0
    spec = trend_chart.trend_chart(low, LIGHT, span=span).to_dict()
    scales = [layer["encoding"]["y"]["scale"]["domain"] for layer in spec["layer"] if "scale" in layer["encoding"]["y"]]
    assert scales
    assert all(scale == list(span) for scale in scales)


def test_a_chart_needs_a_number():
    nothing = only(dated(None, None))
    assert trend_chart.bounds([nothing]) is None
    with pytest.raises(ValueError, match="at least one number"):
        trend_chart.trend_chart(nothing, LIGHT)


# --- the load rule ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pains", "wanted"),
    [
        ((0, 2, 0, 0), (True, True, True)),
        ((1, 3, 1, 2), (False, False, False)),
        ((None, None, None, None), (None, None, None)),
        # As much as before is not gone after an hour, but no worse the next morning.
        ((2, 2, 2, 2), (True, False, True)),
        # Without the pain before, only a morning without any tells.
        ((None, 2, 0, 1), (True, True, None)),
        ((None, 2, 0, 0), (True, True, True)),
        ((3, 10, 10, 2), (False, False, True)),
    ],
)
def test_each_part_of_the_load_rule_is_met_or_not_or_not_asked(pains, wanted):
    rule = load_rule(*pains)
    assert tuple(one.met for one in rule) == wanted
    assert [one.part for one in rule] == ["during", "hour_after", "next_morning"]
    assert [one.pain for one in rule] == list(pains[1:])
