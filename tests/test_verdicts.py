"""Summaries and verdicts: each rule of docs/assessment.md as a case, its boundaries included."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import (
    Limit,
    Limits,
    judge_cycles,
    shipped_limits,
    summarize,
    summary_without_numbers,
)
from alignment.core.assessment.verdicts import Sample, film_verdict
from alignment.core.measures import MEASURES
from alignment.core.result import Cycle, Value, Verdict
from tests.analyses import analyzed, motion, row
from tests.synthetic import joints, truth

TWO_SIDED = (-8.0, -5.0, 8.0, 12.0)
HIGH_ONLY = (None, None, 3.5, 5.2)
LOW_ONLY = (0.9, 1.0, None, None)
OUTER_ONLY = (-8.0, None, None, 12.0)
RATIO = {"measure": "knee_ankle_ratio", "row_side": "body", "sem": 0.05}


def key_value(measure, side, number, error, own_error=None):
    """A value at the key moment; none, and not seen, where the number is None."""
    unit, reason = MEASURES[measure].unit, "not_seen" if number is None else None
    number = None if number is None else float(number)
    return Value(measure, side, unit, "key", 1.0, number, error, reason, own_error)


def cycle(index, side, *values):
    """A counted cycle with these (measure, side, number, error, own part of it) at its key moment."""
    values = tuple(key_value(*value) for value in values)
    return Cycle(index, "rep", side, float(index), index + 0.9, index + 0.5, None, values)


def judge(
    numbers, bounds, *, measure="fppa", row_side="leg", sem=3.0, error=0.1, own=0.05, min_cycles=3, cycle_side="both"
):
    """The summary's row of one measure's numbers, held against limits."""
    whose = "left" if MEASURES[measure].sided else "body"
    cycles = [cycle(i, cycle_side, (measure, whose, number, error, own)) for i, number in enumerate(numbers)]
    limit = Limit("squat", measure, row_side, *bounds, sem, min_cycles, "made up")
    activity = replace(ACTIVITIES["squat"], measures=(measure,))
    side = {"stance": cycle_side}.get(row_side, whose)
    rows = summarize(cycles, activity, Limits((limit,), ""))
    return next(one for one in rows if one.side == side and one.limit is not None)


@pytest.mark.parametrize(
    ("numbers", "bounds", "options", "verdict", "reason"),
    [
        # Both sides, inner limits -5 and 8, outer -8 and 12.
        ([0, 0, 0], TWO_SIDED, {}, "within", None),
        ([8, 8, 8], TWO_SIDED, {}, "within", None),
        # Near the edge only by more than the largest of three strays by itself.
        ([8.04, 8.04, 8.04], TWO_SIDED, {}, "within", None),
        ([8.06, 8.06, 8.06], TWO_SIDED, {}, "edge", None),
        ([-5, -5, -5], TWO_SIDED, {}, "within", None),
        ([-5.06, -5.06, -5.06], TWO_SIDED, {}, "edge", None),
        ([12, 12, 12], TWO_SIDED, {}, "edge", None),
        # Outside only by more than the table's standard error of measurement.
        ([15, 15, 15], TWO_SIDED, {}, "edge", None),
        ([15.01, 15.01, 15.01], TWO_SIDED, {}, "outside", None),
        ([-11, -11, -11], TWO_SIDED, {}, "edge", None),
        ([-11.01, -11.01, -11.01], TWO_SIDED, {}, "outside", None),
        # The program's own error counts where it is wider.
        ([15.5, 15.5, 15.5], TWO_SIDED, {"error": 3.6}, "edge", None),
        ([15.7, 15.7, 15.7], TWO_SIDED, {"error": 3.6}, "outside", None),
        # And so far beyond the usual range as chance takes even the largest of them in few films.
        ([20.0, 20.0, 20.0], TWO_SIDED, {"error": 7.5, "own": 0.1}, "edge", None),
        ([20.8, 20.8, 20.8], TWO_SIDED, {"error": 7.5, "own": 0.1}, "outside", None),
        ([13.4] * 2, (None, None, 8.0, 9.0), {"sem": 1.0, "error": 3.0, "own": 3.0}, "edge", None),
        ([15.0] * 2, (None, None, 8.0, 9.0), {"sem": 1.0, "error": 3.0, "own": 3.0}, "outside", None),
        ([15.0] * 20, (None, None, 8.0, 9.0), {"sem": 1.0, "error": 3.0, "own": 3.0}, "edge", None),
        ([12.5, 12.5, 12.5], TWO_SIDED, {"sem": 0.4}, "outside", None),
        # One repetition is enough if it differs from the others by more than twice its own error; two are in any case.
        ([0, 0, 60], TWO_SIDED, {"sem": 0.1}, "outside", None),
        ([11.9, 11.9, 12.5], TWO_SIDED, {"sem": 0.1, "error": 0.45, "own": 0.4}, "edge", None),
        ([11.9, 12.5, 12.5], TWO_SIDED, {"sem": 0.1, "error": 0.45, "own": 0.4}, "outside", None),
        ([11, 11, 11, 30, 30, 30], TWO_SIDED, {"sem": 0.1}, "outside", None),
        # An average hides nothing.
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 16], TWO_SIDED, {}, "outside", None),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 9], TWO_SIDED, {}, "edge", None),
        # Few are judged all the same, and told as what they are.
        ([40, 40], TWO_SIDED, {}, "outside", None),
        ([40], TWO_SIDED, {}, "outside", None),
        ([0], TWO_SIDED, {}, "within", None),
        # Limits on one side only: the other side is not judged.
        ([-30, -30, -30], HIGH_ONLY, {"measure": "knee_over_toe"}, "within", None),
        ([3.6, 3.6, 3.6], HIGH_ONLY, {"measure": "knee_over_toe"}, "edge", None),
        ([9, 9, 9], HIGH_ONLY, {"measure": "knee_over_toe"}, "outside", None),
        ([1.0, 1.0, 1.0], LOW_ONLY, {**RATIO, "error": 0.05}, "within", None),
        ([0.94, 0.94, 0.94], LOW_ONLY, RATIO, "edge", None),
        ([1.9, 1.9, 1.9], LOW_ONLY, RATIO, "within", None),
        # An outer limit without an inner one has an edge of its own.
        ([-8, -8, -8], OUTER_ONLY, {"error": 0.0, "own": 0.0}, "within", None),
        ([-9, -9, -9], OUTER_ONLY, {}, "edge", None),
        ([13, 13, 13], OUTER_ONLY, {}, "edge", None),
        ([-12, -12, -12], OUTER_ONLY, {}, "outside", None),
        # A number whose own error reaches beyond an outer limit is not known to be inside.
        ([0, 0, 0], TWO_SIDED, {"error": 8.0}, "within", None),
        ([0, 0, 0], TWO_SIDED, {"error": 8.01}, "unknown", "too_unsure"),
        ([7, 7, 7], TWO_SIDED, {"error": 5.1}, "unknown", "too_unsure"),
        ([9, 9, 9], TWO_SIDED, {"error": 7.0}, "edge", None),
        # What is each repetition's own shrinks in their mean.
        ([0, 0, 0], TWO_SIDED, {"error": 9.0, "own": 7.0}, "within", None),
        # A row without limits is shown, never judged.
        ([99, 99, 99], (None, None, None, None), {}, None, None),
        ([99], (None, None, None, None), {}, None, None),
    ],
)
def test_a_verdict_follows_the_rules(numbers, bounds, options, verdict, reason):
    found = judge(numbers, bounds, **options)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.n == len(numbers)
    assert found.provisional == (len(numbers) < 3 and verdict is not None)
    assert found.mean == pytest.approx(np.mean(numbers), abs=0.01)
    assert (found.limit.low_outside, found.limit.low, found.limit.high, found.limit.high_outside) == bounds


def test_no_value_gives_no_number_and_the_reason():
    activity = replace(ACTIVITIES["squat"], measures=("fppa",))
    limits = Limits((Limit("squat", "fppa", "leg", *TWO_SIDED, 3.0, 3, "made up"),), "")
    cycles = [cycle(i, "both", ("fppa", "left", None, None)) for i in range(3)]
    left, right = summarize(cycles, activity, limits)
    assert (left.mean, left.sd, left.n, left.standard_error, left.interval_low) == (None, None, 0, None, None)
    assert (left.verdict, left.reason) == (Verdict.UNKNOWN, "not_seen")
    assert (right.verdict, right.reason) == (Verdict.UNKNOWN, "no_cycles")
    refused = {("fppa", "right"): "side_view"}
    assert summarize(cycles, activity, limits, refused)[1].reason == "side_view"
    for one in summarize((), activity, Limits((), "")):
        assert (one.verdict, one.limit, one.reason) == (None, None, "no_cycles")
    assert {one.reason for one in summary_without_numbers(activity, limits, "nobody")} == {"nobody"}


def test_the_summary_tells_mean_spread_error_and_interval():
    found = judge([1.0, 2.0, 6.0], TWO_SIDED, error=2.0)
    sd = np.std([1, 2, 6], ddof=1)
    error = np.sqrt(2.0**2 + sd**2 / 3)
    assert (found.mean, found.sd, found.n, found.unit, found.at) == (3.0, round(sd, 2), 3, "deg", "key")
    assert found.standard_error == pytest.approx(error, abs=0.005)
    assert (found.interval_low, found.interval_high) == pytest.approx((3 - 1.96 * error, 3 + 1.96 * error), abs=0.005)
    assert judge([1.0], TWO_SIDED, error=2.0).sd is None
    assert judge([0.5], LOW_ONLY, measure="knee_ankle_ratio", row_side="body").mean == 0.5


def differ(left, right, *, error=0.1, sem=4.2, min_cycles=3, bounds=(None, None, 8.0, 12.0)):
    cycles = [cycle(i, "left", ("fppa", "left", number, error, 0.05)) for i, number in enumerate(left)]
    cycles += [cycle(9 + i, "right", ("fppa", "right", number, error, 0.05)) for i, number in enumerate(right)]
    limit = Limit("squat", "fppa", "difference", *bounds, sem, min_cycles, "made up")
    rows = summarize(cycles, replace(ACTIVITIES["squat"], measures=("fppa",)), Limits((limit,), ""))
    return next(one for one in rows if one.side == "difference")


@pytest.mark.parametrize(
    ("left", "right", "options", "verdict", "reason"),
    [
        ([5, 5, 5], [1, 1, 1], {}, "within", None),
        ([9.1, 9.1, 9.1], [1, 1, 1], {}, "edge", None),
        # By its size, whichever side is larger.
        ([1, 1, 1], [9.1, 9.1, 9.1], {}, "edge", None),
        ([1, 1, 1], [17.3, 17.3, 17.3], {}, "outside", None),
        ([17.1, 17.1, 17.1], [1, 1, 1], {}, "edge", None),
        # As many pairs as the rarer side has.
        ([5, 5, 5, 5], [1, 1], {}, "within", None),
        ([20, 20, 20, 20], [1, 1, 1], {}, "outside", None),
        ([5, 5, 5, 30], [1, 1, 1], {}, "within", None),
        # Pairs that differ the other way do not count as such.
        ([100, 100, -13, -13, -13], [0, 0, 0, 0, 0], {}, "outside", None),
        ([-10, -13, 9, 9, 9], [0, 0, 0, 0, 0], {}, "edge", None),
        ([5, 5, 5], [], {}, "unknown", "one_leg_only"),
        ([], [], {}, "unknown", "no_cycles"),
        ([5, 5, 5], [1, 1, 1], {"error": 6.0}, "unknown", "too_unsure"),
        ([5, 5, 5], [1, 1, 1], {"bounds": (None,) * 4}, None, None),
    ],
)
def test_a_difference_is_judged_by_its_size(left, right, options, verdict, reason):
    found = differ(left, right, **options)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_difference_is_left_minus_right_and_carries_both_errors():
    found = differ([2.0, 4.0, 6.0], [1.0, 1.0, 1.0, 1.0], error=1.5)
    assert (found.mean, found.n) == (3.0, 3)
    assert found.sd == pytest.approx(2.0)
    assert found.standard_error == pytest.approx(np.sqrt((1.5 + 1.5) ** 2 + 2.0**2 / 3), abs=0.01)
    # Nothing is left out for being paired with nothing.
    assert differ([2.0, 4.0, 6.0], [1.0, 1.0]).mean == 2.0
    assert differ([1.0] * 3, [2.0] * 3).mean == -1.0


@pytest.mark.parametrize(
    ("side", "lean_deg", "towards_deg", "verdict"),
    [
        ("right", 9.0, 9.0, "edge"),
        ("left", -9.0, 9.0, "edge"),
        ("left", 9.0, -9.0, "within"),
        ("right", -30.0, -30.0, "within"),
        ("right", 12.0, 12.0, "outside"),
        ("left", -12.0, 12.0, "outside"),
    ],
)
def test_a_trunk_lean_counts_towards_the_standing_leg(side, lean_deg, towards_deg, verdict):
    options = {"measure": "trunk_lean", "row_side": "stance", "sem": 1.5, "cycle_side": side}
    found = judge([lean_deg] * 3, (None, None, 8.0, 10.0), **options)
    assert (found.side, found.mean, found.verdict) == (side, towards_deg, verdict)


def test_each_standing_leg_has_its_own_row_and_the_whole_body_one_without_limits():
    cycles = [cycle(i, "left", ("trunk_lean", "body", -4.0, 1.0)) for i in range(3)]
    cycles += [cycle(3 + i, "right", ("trunk_lean", "body", 6.0, 1.0)) for i in range(2)]
    activity = replace(ACTIVITIES["single_leg_squat"], measures=("trunk_lean",))
    rows = summarize(cycles, activity, shipped_limits())
    assert [(one.side, one.mean, one.n, one.verdict) for one in rows] == [
        ("body", 0.0, 5, None),
        ("left", 4.0, 3, "within"),
        ("right", 6.0, 2, "within"),
    ]
    assert [one.provisional for one in rows] == [False, False, True]
    only_left = summarize(cycles[:3], activity, shipped_limits())
    assert [one.side for one in only_left] == ["body", "left"]


def test_the_figures_verdicts_follow_from_its_known_posture():
    # Its left knee leans in by 12° about the line from hip to ankle.
    found = row(analyzed("squat"), "knee_over_foot", "left")
    assert found.n == 3
    known = truth(joints(motion("squat")))["knee_over_foot", "left"].max()
    assert found.mean == pytest.approx(known, abs=found.standard_error)
    assert found.verdict is (
        Verdict.OUTSIDE if known > found.limit.high_outside + found.standard_error else Verdict.EDGE
    )
    assert found.limit.high < known
    assert row(analyzed("squat"), "knee_over_foot", "right").verdict is Verdict.WITHIN
    assert row(analyzed("squat"), "knee_over_toe", "left").verdict is None


def test_each_repetition_has_its_verdict_and_the_worst_is_named():
    numbers = [1.0, 9.0, 20.0, 9.5]
    cycles = [cycle(i, "both", ("fppa", "left", number, 1.0, 0.4)) for i, number in enumerate(numbers)]
    limits = Limits((Limit("squat", "fppa", "leg", *TWO_SIDED, 3.0, 3, "made up"),), "")
    activity = replace(ACTIVITIES["squat"], measures=("fppa",))
    judged = judge_cycles(cycles, activity, limits)
    assert [one.values[0].verdict for one in judged] == ["within", "edge", "outside", "edge"]
    assert [replace(one.values[0], verdict=None) for one in judged] == [one.values[0] for one in cycles]
    left, right = summarize(judged, activity, limits)
    assert (left.verdict, left.lowest, left.highest, left.worst, left.worst_cycle) == ("outside", 1.0, 20.0, 20.0, 2)
    assert (left.inside, left.near, left.outside, left.differ) == (1, 2, 1, True)
    assert (right.inside, right.worst_cycle, right.differ) == (None, None, None)
    # By another table another verdict; by one that does not judge, none.
    silent = Limits((Limit("squat", "fppa", "leg", None, None, None, None, 3.0, 3, "made up"),), "")
    assert {one.values[0].verdict for one in judge_cycles(cycles, activity, silent)} == {None}


def test_repetitions_differ_only_by_more_than_their_own_errors():
    alike, apart = (judge([0.0, 1.0, 2.0], TWO_SIDED, error=4.0, own=own) for own in (1.0, 0.4))
    assert (alike.differ, apart.differ) == (False, True)
    assert not judge([5.0], TWO_SIDED).differ


#: Standard errors as films have them: what all repetitions share and what is each one's own, in % of leg length.
ERRORS = [(1.2, 0.3), (1.2, 0.6), (1.0, 1.0), (0.6, 1.3)]


@pytest.mark.parametrize(("shared", "own"), ERRORS)
@pytest.mark.parametrize("n", [1, 2, 3, 8, 20])
def test_what_is_usual_is_seldom_called_outside_and_what_is_good_mostly_inside(shared, own, n):
    """Films of n repetitions whose true value is at the end of the usual range, and well inside."""
    limit = Limit("squat", "knee_over_toe", "leg", *HIGH_ONLY, 0.93, 3, "made up")
    random = np.random.default_rng(n)
    strays = shared * random.normal(size=(800, 1)) + own * random.normal(size=(800, n))
    errors = np.full(n, np.hypot(shared, own))

    def verdicts(true):
        samples = (Sample(true + one, errors, np.full(n, own), np.arange(n)) for one in strays)
        return [film_verdict(one, limit)[0] for one in samples]

    assert verdicts(limit.high).count(Verdict.OUTSIDE) <= 0.055 * len(strays)
    assert verdicts(1.5).count(Verdict.WITHIN) >= 0.8 * len(strays)
