"""Findings: what a person reads of a verdict, word by word."""

import re
from dataclasses import replace

import numpy as np
import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import shipped_limits, summary_without_numbers
from alignment.core.measures import MEASURES
from alignment.core.result import Cycle, LimitUsed, Summary, Verdict, findings
from alignment.texts import ENGLISH
from alignment.views.wording import amount, few_text, finding_text, reason_text, told_findings
from tests.analyses import analyzed, result_of
from tests.synthetic import Camera, cycling, film, single_leg, squat, stairs, wearing


def told(measure, side, mean, verdict, *, reason=None, n=3, error=1.0, kind="rep", activity="squat", sd=1.0, **more):
    """The one finding of a row that was judged, of four repetitions; `more` is what else stands in the row."""
    leg_m, min_cycles = more.pop("leg_m", None), more.pop("min_cycles", 3)
    unit = MEASURES[measure].unit
    low, high = (None, None) if mean is None else (mean - 1.96 * error, mean + 1.96 * error)
    limit = LimitUsed(None, None, 8.0, 12.0, min_cycles, "made up")
    numbers = (mean, sd, n, None if mean is None else error, low, high)
    judged = Summary(measure, side, unit, "key", *numbers, limit, verdict, reason, **more)
    shown = Summary("knee_flexion", "left", "deg", "key", 60.0, 1.0, 3, 1.0, 58.0, 62.0, None, None, None)
    cycles = [Cycle(i, kind, "both", float(i), i + 1.0, i + 0.5, None) for i in range(4)]
    (finding,) = (one for one in findings([shown, judged], cycles, activity, leg_m) if one.verdict is not None)
    assert (finding.measure, finding.side, finding.verdict) == (measure, side, verdict)
    return finding_text(finding)


def counts(inside, near, outside):
    return {"inside": inside, "near": near, "outside": outside}


@pytest.mark.parametrize(
    ("row_told", "more", "message"),
    [
        # The worst one is named, and of how many the verdict speaks.
        (
            ("knee_over_toe", "left", 1.0, Verdict.OUTSIDE),
            {"worst": 8.2, "worst_cycle": 1, "differ": True, **counts(3, 0, 1), "n": 4},
            "Left knee: about 1 % of leg length inwards on average, but 8 % in squat 2. Outside"
            " the usual range"
            " in 1 of 4 squats.",
        ),
        (
            ("knee_over_toe", "left", 1.0, Verdict.OUTSIDE),
            {"worst": 8.2, "worst_cycle": 1, "differ": True, **counts(3, 0, 1), "n": 4, "leg_m": 0.8},
            "Left knee: about 1 cm inwards on average, but 7 cm in squat 2. Outside the usual range in 1 of 4 squats.",
        ),
        (
            ("fppa", "left", 9.04, Verdict.EDGE),
            {"worst": 11.0, "worst_cycle": 0, "differ": False, **counts(1, 1, 1)},
            "Left knee: bent about 9° inwards on average, at most 11° (squat 1). Near the edge of the usual"
            " range, or"
            " beyond, in 2 of 3 squats.",
        ),
        (
            ("knee_over_toe", "left", -9.0, Verdict.WITHIN),
            {"worst": -8.8, "worst_cycle": 0, "differ": False, **counts(3, 0, 0)},
            "Left knee: about 9 % of leg length outwards throughout. Inside the usual range in all 3 squats.",
        ),
        (
            ("knee_over_toe", "left", 0.5, Verdict.WITHIN),
            {"worst": 0.6, "worst_cycle": 0, **counts(3, 0, 0)},
            "Left knee: hip, knee and toe in one line, as far as can be told, in all 3 squats.",
        ),
        # Fewer than are asked for say what they show.
        (
            ("knee_over_toe", "right", 8.0, Verdict.OUTSIDE),
            {"worst": 8.0, "worst_cycle": 0, **counts(0, 0, 1), "n": 1, "provisional": True},
            "Right knee: about 8 % of leg length inwards. Outside the usual range. Only one of four squats could be"
            " measured; three make it firm.",
        ),
        (
            ("knee_over_toe", "right", 4.0, Verdict.EDGE),
            {
                "worst": 5.0,
                "worst_cycle": 1,
                **counts(1, 1, 0),
                "n": 2,
                "provisional": True,
                "activity": "stairs",
                "kind": "step",
            },
            "Right knee: about 4 % of leg length inwards on average, at most 5 % (step 2). Near the edge of the usual"
            " range, or beyond, in 1 of 2 steps. Only two of four steps could be measured; three make"
            " it firm.",
        ),
        # A result of an earlier version knows the mean and no more.
        (
            ("fppa", "right", -12.5, Verdict.OUTSIDE),
            {},
            "Right knee: bent about 12° outwards on average. Outside the usual range in 3 of 4 squats.",
        ),
        (
            ("fppa", "difference", -13.0, Verdict.OUTSIDE),
            counts(1, 0, 2),
            "Left against right: the right knee bends about 13° further inwards than the left one on average. Outside"
            " the usual range"
            " in 2 of 3 squats of each leg.",
        ),
        (
            ("trunk_lean", "left", 9.0, Verdict.EDGE),
            {},
            "Trunk, standing on the left leg: leaning about 9° towards the standing leg on average. Near the edge of the"
            " usual range,"
            " or beyond, in 3 of 4 squats.",
        ),
        (
            ("trunk_lean", "body", -9.0, Verdict.EDGE),
            {},
            "Trunk: leaning about 9° to the left on average. Near the edge of the usual range, or beyond, in 3 of 4 squats.",
        ),
        (
            ("weight_right_share", "body", 0.56, Verdict.EDGE),
            {"error": 0.04},
            "Weight left or right: an estimated 56 % on the right foot on average. Near the edge of the usual range, or"
            " beyond, in 3 of 4 squats.",
        ),
        (
            ("weight_right_share", "body", 0.42, Verdict.OUTSIDE),
            {"error": 0.01},
            "Weight left or right: an estimated 58 % on the left foot on average. Outside the usual range in 3 of 4 squats.",
        ),
        (
            ("knee_ankle_ratio", "body", 0.8, Verdict.OUTSIDE),
            {"kind": "step", "activity": "made_up"},
            "Your knees come closer together than your feet. Outside the usual range in 3 of 4 steps.",
        ),
    ],
)
def test_findings_are_plain_sentences_that_name_the_worst_repetition(row_told, more, message):
    assert told(*row_told, **more) == message


def test_one_line_is_not_said_of_repetitions_to_either_side_of_it():
    alike, apart = (told("knee_over_toe", "left", 0.6, Verdict.WITHIN, sd=sd) for sd in (3.9, 4.1))
    assert "in one line" in alike
    assert apart.startswith("Left knee: about 1 % of leg length inwards on average")
    assert "nside the usual range" in apart
    near = told("knee_over_toe", "left", 0.6, Verdict.WITHIN, **counts(2, 1, 0))
    assert "in one line" not in near


def test_what_cannot_be_told_says_why():
    assert told("pelvic_drop", "left", None, Verdict.UNKNOWN, reason="raised_thigh", n=0) == (
        "Hips, standing on the left leg: cannot tell, because the hips are read wrongly beside a raised thigh."
    )
    assert told(
        "fppa", "left", 40.0, Verdict.UNKNOWN, reason="too_few_cycles", n=2, kind="turn", activity="", min_cycles=20
    ) == ("Left knee: cannot tell, because only 2 of the 20 pedal turns needed could be measured.")
    assert told("weight_right_share", "body", 0.5, Verdict.UNKNOWN, reason="too_unsure", error=0.12) == (
        "Weight left or right: too uncertain in this film."
    )


def row(measure, side, mean, verdict, *, n=2, needed=3, reason=None, **more):
    """A judged row of the summary."""
    limit = LimitUsed(None, None, 8.0, 12.0, needed, "made up")
    numbers = (mean, 1.0, n, None if mean is None else 1.0, mean, mean)
    return Summary(measure, side, MEASURES[measure].unit, "key", *numbers, limit, verdict, reason, **more)


def test_what_cannot_be_told_for_one_reason_is_one_sentence_and_stands_last():
    rows = [
        row("knee_over_foot", "left", None, Verdict.UNKNOWN, reason="side_view"),
        row("knee_over_foot", "right", None, Verdict.UNKNOWN, reason="side_view"),
        row("knee_over_foot", "difference", 4.0, Verdict.UNKNOWN, reason="too_unsure"),
        row("weight_right_share", "body", 0.5, Verdict.UNKNOWN, reason="too_unsure"),
        row("trunk_lean", "body", 1.0, Verdict.WITHIN),
    ]
    cycles = [Cycle(i, "rep", "both", float(i), i + 1.0, i + 0.5, None) for i in range(2)]
    sentences = [one.text for one in told_findings(findings(rows, cycles, "squat"))]
    assert sentences == [
        "Trunk: leaning about 1° to the right on average. Inside the usual range in both squats.",
        "Left knee, right knee: cannot tell, because the camera looks from the side.",
        "Left against right, weight left or right: too uncertain in this film.",
    ]


@pytest.mark.parametrize(
    ("kind", "activity", "sides", "counts", "needed", "message"),
    [
        ("rep", "squat", ("body",), (2,), 3, "Only two squats: here is what they show; three make it firm."),
        ("rep", "squat", ("body",), (1,), 3, "Only one squat: here is what it shows; three make it firm."),
        (
            "step",
            "stairs",
            ("left", "right"),
            (3, 3),
            4,
            "Only three steps a leg: here is what they show; four make it firm.",
        ),
        (
            "step",
            "stairs",
            ("right",),
            (3,),
            4,
            "Only three steps on the right leg: here is what they show; four make it firm.",
        ),
        (
            *("step", "stairs", ("left", "right"), (1, 2), 4),
            "Only one or two steps a leg: here is what they show; four make it firm.",
        ),
        (
            "turn",
            "cycling",
            ("left", "right"),
            (14, 14),
            20,
            "Only 14 pedal turns a leg: here is what they show; 20 make it firm.",
        ),
    ],
)
def test_too_few_repetitions_are_said_once_for_all(kind, activity, sides, counts, needed, message):
    """The sentences themselves say nothing of it; one that stands alone does."""
    rows = [
        row(
            "knee_over_toe" if side != "body" else "trunk_lean",
            side,
            1.0,
            Verdict.WITHIN,
            n=n,
            needed=needed,
            provisional=True,
        )
        for side, n in zip(sides, counts, strict=True)
    ]
    legs = ["both"] * counts[0] if kind == "rep" else [s for s, n in zip(sides, counts, strict=True) for _ in range(n)]
    cycles = [Cycle(i, kind, leg, float(i), i + 1.0, i + 0.5, None) for i, leg in enumerate(legs)]
    found = findings(rows, cycles, activity)
    assert few_text(found) == message
    assert not any("firm" in one.text for one in told_findings(found))
    assert finding_text(found[0]).endswith("make it firm.")
    enough = findings([row("trunk_lean", "body", 1.0, Verdict.WITHIN)], cycles, activity)
    assert few_text(enough) == ""


def test_what_was_measured_too_seldom_is_named_where_the_rest_is_firm():
    rows = [
        row("knee_over_foot", "left", 16.0, Verdict.OUTSIDE, n=4),
        row("weight_right_share", "body", 0.49, Verdict.WITHIN, n=1, provisional=True),
    ]
    cycles = [Cycle(i, "rep", "both", float(i), i + 1.0, i + 0.5, None) for i in range(4)]
    assert few_text(findings(rows, cycles, "squat")) == (
        "Weight left or right: measured in only one of four squats; three make it firm."
    )


def test_in_clinical_terms_a_finding_has_its_name_error_and_count():
    rows = [
        row("fppa", "left", 9.04, Verdict.EDGE, worst=11.0, worst_cycle=1, inside=0, near=2, outside=0),
        row("knee_over_foot", "right", None, Verdict.UNKNOWN, reason="side_view"),
    ]
    cycles = [Cycle(i, "rep", "both", float(i), i + 1.0, i + 0.5, None) for i in range(2)]
    told = [one.text for one in told_findings(findings(rows, cycles, "squat"), clinical=True)]
    assert told == [
        "FPPA, left: 9.0 ± 1.0° (mean ± SE, n = 2), worst +11.0° in squat 2; near the edge of the usual range, or beyond,"
        " in both squats.",
        "Knee over foot, right: cannot tell, because the camera looks from the side.",
    ]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("verdict", [Verdict.WITHIN, Verdict.EDGE, Verdict.OUTSIDE])
def test_every_measure_verdict_and_side_gives_a_sentence(measure, verdict):
    sides = ("left", "right", "difference") if MEASURES[measure].sided else ("body",)
    words = {"within": "Inside the usual range", "edge": "Near the edge of the usual range"}
    for side in sides:
        for mean in (7.26, -7.26, 0.0):
            message = told(measure, side, mean, verdict)
            assert re.fullmatch(r"[A-Z][a-z ,]+: [a-z0-9][^:]*\.|Your knees [^:]*\.", message), message
            assert words.get(verdict, "Outside the usual range") in message or "in one line" in message
            # A size stands there with its direction in words, not as a sign, where the catalogue has such words.
            assert "-" not in message or f"fact_{measure}_more" not in ENGLISH


@pytest.mark.parametrize("code", sorted(code[7:] for code in ENGLISH if code.startswith("reason_")))
def test_every_reason_ends_the_same_sentence(code):
    if code in ("too_few_cycles", "too_unsure"):
        return
    message = told("fppa", "left", None, Verdict.UNKNOWN, reason=code, n=0)
    assert message == f"Left knee: cannot tell, because {reason_text(code)}."


def test_the_most_telling_finding_stands_first():
    order = {"within": "left", "outside": "right", "unknown": "body", "edge": "difference"}
    rows = [
        Summary("fppa", side, "deg", "key", 1.0, 1.0, 3, 1.0, 0.0, 2.0, None, Verdict(verdict), None)
        for verdict, side in order.items()
    ]
    cycles = [Cycle(i, "rep", "both", float(i), i + 1.0, i + 0.5, None) for i in range(3)]
    assert [one.verdict for one in findings(rows, cycles, "squat")] == ["outside", "edge", "within", "unknown"]


def test_the_leg_that_was_seen_is_told_where_only_left_against_right_is_judged():
    left = Summary("knee_over_toe", "left", "pct", "key", -3.0, None, 1, 3.5, -9.9, 3.9, None, None, None)
    right = Summary("knee_over_toe", "right", "pct", "key", None, None, 0, None, None, None, None, None, "not_seen")
    apart = replace(
        right, side="difference", limit=LimitUsed(None, None, 5.0, 8.0, 20, "made up"), verdict=Verdict.UNKNOWN
    )
    cycles = [Cycle(0, "turn", "left", 0.0, 1.0, 0.5, None)]
    told = [finding_text(one) for one in findings([left, right, apart], cycles, "cycling")]
    assert told[0] == "Left knee: about 3 % of leg length outwards. What is usual here is not known."
    assert len(told) == 2
    assert told[1].startswith("Left against right: cannot tell")


def test_nothing_measured_and_nothing_judged_are_one_sentence_each():
    nothing = summary_without_numbers(ACTIVITIES["squat"], shipped_limits(), "nobody")
    (one,) = findings(nothing, (), "squat")
    assert (one.code, one.verdict) == ("nothing", Verdict.UNKNOWN)
    assert finding_text(one) == "Nothing can be told, because nobody was found in it."
    result = analyzed("squat")
    bare = [replace(one, verdict=None, limit=None) for one in result.summary]
    (one,) = findings(bare, result.cycles, "squat")
    assert (one.code, one.verdict) == ("not_judged", Verdict.UNKNOWN)
    assert "shown and not judged" in finding_text(one)


def test_amounts_are_told_with_their_unit():
    assert [amount(4.249, "deg"), amount(3.06, "pct"), amount(0.5, "share"), amount(1.0, "ratio")] == [
        *("4.2°", "3.1 %", "0.50", "1.00")
    ]
    assert amount(-0.04, "deg") == "0.0°"
    assert amount(None, "deg") == "–"
    assert reason_text(None) == ""


# --- hips that marks told -------------------------------------------------------------------------------------------


def hips(motion, name, camera=None, *, clinical=False, **choices):
    """What is said of the hips of a figure with marks on its pelvis."""
    return of_hips(result_of(marked_figure(motion, camera), name, **choices), clinical=clinical)


def of_hips(result, *, clinical=False):
    told = [one.text for one in told_findings(result.findings, clinical=clinical)]
    return [one for one in told if re.search("[Hh]ips|elvi[sc]", one)]


def marked_figure(motion, camera=None):
    camera = camera or Camera()
    return wearing(film(motion, camera), motion, camera, before=0.12 if camera.facing == "front" else -0.12)


def tipped(motion, tilt_deg, first_s=1.5, last_s=99.0):
    when = (motion.time_s > first_s) & (motion.time_s < last_s)
    return replace(motion, obliquity_deg=np.where(when, tilt_deg, 0.0))


def test_hips_on_stairs_are_one_sentence():
    motion, back = stairs(steps=8, height=0.965), Camera("back")
    assert hips(motion, "stairs", back) == ["Hips: level within 4° in all 8 steps."]
    assert hips(tipped(motion, 6.0, 3.5, 4.6), "stairs", back) == [
        "Hips: the left one drops 6° in step 3 on the right leg; they tip by more than the error in 2 of 8 steps."
    ]
    # Where limits say that left and right differ, that is in it.
    leaning = result_of(marked_figure(tipped(motion, 6.0, last_s=6.6), back), "stairs")
    (one,) = of_hips(leaning)
    assert re.fullmatch(
        r"Hips: the left one drops 6° in step \d on the right leg.* They drop up to (9|1\d)° more on the right leg than on"
        r" the other: outside the usual range in .* steps of each leg\.",
        one,
    )
    (one,) = of_hips(leaning, clinical=True)
    assert re.search(
        r"Left–right difference up to (9|1\d)°, more on the right leg; outside the usual range in .* steps", one
    )


def test_hips_on_two_legs_are_told_against_standing():
    (one,) = hips(squat(reps=2, obliquity_deg=-6.0), "squat")
    assert one.startswith("Hips: the right one is 6° lower than in quiet standing in squat ")
    assert one.endswith("; they tip by more than the error in both squats.")
    assert hips(squat(reps=2, obliquity_deg=1.5), "squat") == ["Hips: level within 4° in both squats."]


def test_hips_on_one_leg_are_judged_by_the_limits():
    (one,) = hips(single_leg("left", reps=3, drop_deg=3.0), "single_leg_squat")[:1]
    assert one == (
        "Hips, standing on the left leg: about 3° lower on the free side than in quiet standing throughout."
        " Inside the usual range in all 3 squats."
    )


def test_hips_of_somebody_who_stands_on_either_leg_are_one_sentence_too():
    result = result_of(marked_figure(single_leg("left", reps=3, drop_deg=3.0)), "single_leg_squat")
    left = next(row for row in result.summary if (row.measure, row.side) == ("pelvic_drop", "left"))
    right = replace(left, side="right", mean=13.0, worst=14.0, verdict=Verdict.OUTSIDE, outside=3, inside=0)
    (one,) = told_findings(findings([left, right], result.cycles, "single_leg_squat"))
    assert one.verdict is Verdict.OUTSIDE
    assert one.text.startswith("Hips, standing on the right leg: about 13° lower on the free side")
    assert one.text.endswith(
        "On the left leg about 3° lower on the free side than in quiet standing: inside the usual range."
    )
    # A leg of which nothing is known is told with what else is not.
    unknown = replace(right, mean=None, verdict=Verdict.UNKNOWN, reason="mark_missing")
    assert len(told_findings(findings([left, unknown], result.cycles, "single_leg_squat"))) == 2


@pytest.mark.parametrize("facing", ["front", "back"])
def test_hips_on_a_bicycle_rock_or_not(facing):
    motion = cycling(duration_s=6.0, rate_hz=30.0)
    rocking = [replace(motion, obliquity_deg=by * np.sin(2 * np.pi * 1.25 * motion.time_s)) for by in (5.0, 1.0)]
    much, little = (hips(one, "cycling", Camera(facing))[0] for one in rocking)
    assert re.fullmatch(
        r"Hips: they rock by (9|10)° with the pedals: the left one goes down 5° as the left leg pushes, the right one down"
        r" 5° as the right leg does\.",
        much,
    )
    assert hips(rocking[0], "cycling", Camera(facing), clinical=True)[0] == much
    assert re.fullmatch(r"Hips: they rock by less than [456]° with the pedals, which is within the error\.", little)
