"""Findings: what a person reads of a verdict, word by word."""

import re
from dataclasses import replace

import pytest

from alignment.activities import ACTIVITIES
from alignment.assessment import (
    amount,
    findings,
    reason_text,
    shipped_limits,
    unmeasured,
)
from alignment.measures import MEASURES
from alignment.result import Cycle, LimitUsed, Summary, Verdict
from alignment.texts import ENGLISH
from tests.analyses import analyzed


def told(measure, side, mean, verdict, *, reason=None, n=3, error=1.0, counted=4, kind="rep", min_cycles=3, sd=1.0):
    """The one finding of a row that was judged."""
    unit = MEASURES[measure].unit
    low, high = (None, None) if mean is None else (mean - 1.96 * error, mean + 1.96 * error)
    limit = LimitUsed(None, None, 8.0, 12.0, min_cycles, "made up")
    numbers = (mean, sd, n, None if mean is None else error, low, high)
    judged = Summary(measure, side, unit, "key", *numbers, limit, verdict, reason)
    shown = Summary("knee_flexion", "left", "deg", "key", 60.0, 1.0, 3, 1.0, 58.0, 62.0, None, None, None)
    cycles = [Cycle(i, kind, "both", float(i), i + 1.0, i + 0.5, None) for i in range(counted)]
    (finding,) = findings([shown, judged], cycles)
    assert (finding.code, finding.side, finding.verdict) == (f"{measure}_{verdict}", side, verdict)
    return finding.message


@pytest.mark.parametrize(
    ("row_told", "message"),
    [
        (
            ("fppa", "left", 9.04, Verdict.EDGE),
            "Left: seen from the front, the knee bends 9.0° towards the other leg (± 1.0°), near the edge of the usual range"
            " (3 of 4 repetitions).",
        ),
        (
            ("fppa", "right", -12.5, Verdict.OUTSIDE),
            "Right: seen from the front, the knee bends 12.5° away from the other leg (± 1.0°), outside the usual range"
            " (3 of 4 repetitions).",
        ),
        (
            ("knee_over_toe", "left", 0.5, Verdict.WITHIN),
            "Left: hip, knee and toe stayed on one line as far as the film can tell (3 of 4 repetitions).",
        ),
        (
            ("knee_over_toe", "left", -9.0, Verdict.WITHIN),
            "Left: the knee lies 9.0 % of the leg's length off the line from hip to toe, away from the other leg (± 1.0 %),"
            " inside the usual range (3 of 4 repetitions).",
        ),
        (
            ("fppa", "difference", -13.0, Verdict.OUTSIDE),
            "Left against right: the right knee bends 13.0° further towards the other leg than the left one (± 1.0°),"
            " outside the usual range (3 of 4 repetitions of each leg).",
        ),
        (
            ("trunk_lean", "left", 9.0, Verdict.EDGE),
            "Left: the trunk leans 9.0° towards the standing leg (± 1.0°), near the edge of the usual range"
            " (3 of 4 repetitions).",
        ),
        (
            ("trunk_lean", "body", -9.0, Verdict.EDGE),
            "Whole body: the trunk leans 9.0° to the left (± 1.0°), near the edge of the usual range (3 of 4 repetitions).",
        ),
        (
            ("pelvic_drop", "right", 0.04, Verdict.WITHIN),
            "Right: the pelvis stays as level as in quiet standing (± 1.0°), inside the usual range (3 of 4 repetitions).",
        ),
    ],
)
def test_findings_are_plain_sentences_with_direction_error_and_count(row_told, message):
    assert told(*row_told) == message


def test_shares_and_ratios_are_told_without_a_direction():
    assert told("weight_right_share", "body", 0.56, Verdict.EDGE, error=0.04) == (
        "Whole body: an estimated 0.56 of the weight is over the right foot, where 0.50 is even (± 0.04), near the edge of"
        " the usual range (3 of 4 repetitions)."
    )
    assert told("knee_ankle_ratio", "body", 0.8, Verdict.OUTSIDE, error=0.02, kind="step") == (
        "Whole body: the knees are 0.80 times as far apart as the ankles (± 0.02), outside the usual range (3 of 4 steps)."
    )


def test_one_line_is_not_said_of_repetitions_to_either_side_of_it():
    alike, apart = (told("knee_over_toe", "left", 0.3, Verdict.WITHIN, sd=sd) for sd in (3.9, 4.1))
    assert "stayed on one line" in alike
    assert apart.startswith("Left: the knee lies 0.3 %")
    assert "inside the usual range" in apart


def test_what_cannot_be_told_says_why():
    assert told("pelvic_drop", "left", None, Verdict.UNKNOWN, reason="raised_thigh", n=0) == (
        "Left, drop of the pelvis on the free side: cannot tell, because the hips are read wrongly beside a raised thigh."
    )
    assert told("fppa", "left", 40.0, Verdict.UNKNOWN, reason="too_few_cycles", n=2, kind="turn", min_cycles=20) == (
        "Left, bend at the knee seen from the front: cannot tell, because only 2 of the 20 pedal turns needed could be"
        " measured."
    )
    assert told("weight_right_share", "body", 0.5, Verdict.UNKNOWN, reason="too_unsure", error=0.12) == (
        "Whole body: an estimated 0.50 of the weight is over the right foot, where 0.50 is even, but only to within ± 0.12:"
        " cannot tell whether that is inside the usual range (3 of 4 repetitions)."
    )


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("verdict", [Verdict.WITHIN, Verdict.EDGE, Verdict.OUTSIDE])
def test_every_measure_verdict_and_side_gives_a_sentence(measure, verdict):
    sides = ("left", "right", "difference") if MEASURES[measure].sided else ("body",)
    words = {"within": "inside the usual range", "edge": "near the edge of the usual range"}
    for side in sides:
        for mean in (7.26, -7.26, 0.0):
            message = told(measure, side, mean, verdict)
            assert re.fullmatch(r"(Left|Right|Whole body|Left against right): [a-z][^:]*\.", message), message
            assert words.get(verdict, "outside the usual range") in message or "on one line" in message
            # A size stands there with its direction in words, not as a sign, where the catalogue has such words.
            assert "-" not in message or f"fact_{measure}_more" not in ENGLISH


@pytest.mark.parametrize("code", sorted(code[7:] for code in ENGLISH if code.startswith("reason_")))
def test_every_reason_ends_the_same_sentence(code):
    if code in ("too_few_cycles", "too_unsure"):
        return
    message = told("fppa", "left", None, Verdict.UNKNOWN, reason=code, n=0)
    assert message == f"Left, bend at the knee seen from the front: cannot tell, because {reason_text(code)}."


def test_the_most_telling_finding_stands_first():
    order = {"within": "left", "outside": "right", "unknown": "body", "edge": "difference"}
    rows = [
        Summary("fppa", side, "deg", "key", 1.0, 1.0, 3, 1.0, 0.0, 2.0, None, Verdict(verdict), None)
        for verdict, side in order.items()
    ]
    cycles = [Cycle(i, "rep", "both", float(i), i + 1.0, i + 0.5, None) for i in range(3)]
    assert [one.verdict for one in findings(rows, cycles)] == ["outside", "edge", "within", "unknown"]


def test_nothing_measured_and_nothing_judged_are_one_sentence_each():
    nothing = unmeasured(ACTIVITIES["squat"], shipped_limits(), "nobody")
    (one,) = findings(nothing, ())
    assert (one.code, one.verdict) == ("nothing", Verdict.UNKNOWN)
    assert one.message == "Nothing can be told from this film, because nobody was found in it."
    result = analyzed("squat")
    bare = [replace(one, verdict=None, limit=None) for one in result.summary]
    (one,) = findings(bare, result.cycles)
    assert (one.code, one.verdict) == ("not_judged", Verdict.UNKNOWN)
    assert "shown and not judged" in one.message


def test_amounts_are_told_with_their_unit():
    assert [amount(4.249, "deg"), amount(3.06, "pct"), amount(0.5, "share"), amount(1.0, "ratio")] == [
        *("4.2°", "3.1 %", "0.50", "1.00")
    ]
    assert amount(-0.04, "deg") == "0.0°"
    assert amount(None, "deg") == "–"
    assert reason_text(None) == ""
