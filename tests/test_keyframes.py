"""Which repetitions are shown, and the table of all, against results whose numbers are chosen."""

from dataclasses import replace

import pytest

from alignment.core.result import Cycle, LimitUsed, Verdict
from alignment.texts import say
from alignment.views.keyframes import extremes, leading
from alignment.views.repetitions import table
from tests.results import make_result, make_track, summary, value


def limit(low=None, high=None):
    return LimitUsed(None, low, high, None, 3, "made up")


def result(values, *rows, rejected=()):
    """A result with a repetition for each number of one measure of the left leg."""
    cycles = tuple(
        Cycle(
            k,
            "rep",
            "both",
            2.0 * k,
            2.0 * k + 1.5,
            2.0 * k + 0.8,
            "too_shallow" if k in rejected else None,
            () if k in rejected else (value("knee_over_toe", "left", "pct", "key", number, time_s=2.0 * k + 0.75),),
        )
        for k, number in enumerate(values)
    )
    return replace(make_result(make_track(), cycles=cycles), summary=rows)


ROW = summary("knee_over_toe", "left", "pct", 1.0, limit=limit(high=3.5), verdict=Verdict.WITHIN)


@pytest.mark.parametrize(
    ("bounds", "order"),
    [
        (limit(high=3.5), (-6.0, 5.0)),
        (limit(low=1.0), (5.0, -6.0)),
        (limit(-2.0, 2.0), (1.0, -6.0)),
        (None, (1.0, -6.0)),
    ],
)
def test_most_off_is_what_the_limit_asks(bounds, order):
    row = summary("knee_over_toe", "left", "pct", 1.0, limit=bounds, verdict=Verdict.WITHIN)
    frames = extremes(result([1.0, -6.0, 5.0], row))
    assert tuple(frame.value.value for frame in frames) == order
    assert frames[0].time_s == 2.0 * frames[0].cycle.index + 0.75


def test_the_worst_verdict_leads_and_the_first_of_equals():
    rows = (
        summary("fppa", "left", "deg", 3.0),
        replace(ROW, side="right"),
        summary("knee_ankle_ratio", "body", "ratio", 0.6, limit=limit(low=1.0), verdict=Verdict.OUTSIDE),
        summary("trunk_lean", "body", "deg", 9.0, limit=limit(high=5.0), verdict=Verdict.OUTSIDE),
    )
    assert leading(result([1.0], *rows)).measure == "knee_ankle_ratio"
    assert leading(result([1.0], *rows[:2])) == rows[1]


@pytest.mark.parametrize(("side", "order"), [("left", (6.0, -4.0)), ("right", (-4.0, 6.0))])
def test_a_bodys_number_counts_towards_the_leg_that_stands(side, order):
    row = summary("trunk_lean", side, "deg", 1.0, limit=limit(high=5.0), verdict=Verdict.WITHIN)
    cycles = tuple(
        Cycle(
            k,
            "rep",
            side,
            2.0 * k,
            2.0 * k + 1.5,
            2.0 * k + 0.8,
            None,
            (value("trunk_lean", "body", "deg", "key", lean),),
        )
        for k, lean in enumerate((6.0, -4.0))
    )
    frames = extremes(replace(make_result(make_track(), cycles=cycles), summary=(row,)))
    assert tuple(frame.value.value for frame in frames) == order


def test_one_number_is_one_frame_and_none_is_none():
    assert len(extremes(result([1.0, None], ROW))) == 1
    assert extremes(result([None], ROW)) == ()
    assert extremes(result([1.0])) == ()


def test_what_does_not_count_is_not_shown():
    frames = extremes(result([1.0, 99.0, 3.0], ROW, rejected=(1,)))
    assert [frame.value.value for frame in frames] == [1.0, 3.0]


def test_the_table_has_a_row_for_every_repetition():
    found = table(result([1.25, None, 3.0], ROW, rejected=(2,)))
    side = say("side_left").message
    assert found.head == (
        "Repetition",
        "From",
        "To",
        f"Knee beside the line from hip to toe, {side}",
        "Not counted, because",
    )
    assert found.rows[0] == ("Repetition 1", "0.0 s", "1.5 s", "1.2 %", "")
    assert table(result([1.25], ROW), clinical=True).rows[0][3] == "1.2 ± 0.5 %"
    assert found.rows[1][3] == "cannot tell"
    assert found.rows[2] == ("Repetition, not counted", "4.0 s", "5.5 s", "", say("reason_too_shallow").message)
    assert found.times_s == (0.8, 2.8, 4.8)


def test_without_rejections_there_is_no_column_for_them():
    assert len(table(result([1.0], ROW)).head) == 4
