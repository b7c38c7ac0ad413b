"""The table of limits: the shipped one against the owner's numbers, and every fault of one's own named by its cell."""

import hashlib

import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import (
    Limit,
    parse_limits,
    shipped_limits,
    shipped_limits_text,
)
from alignment.errors import InputError
from alignment.texts import text_of

HEAD = "activity,measure,side,low_outside,low,high,high_outside,sem,min_cycles,source\n"
#: The owner's table, with the program's own SEM where it has one; a change here changes what people are told.
SHIPPED = """
single_leg_squat fppa leg -8 -5 8 12 2.5 3
step_down fppa leg -8 -5 8 12 2.5 3
stairs fppa leg - - - - 1.39 3
squat fppa leg - - - - 3.86 3
single_leg_squat knee_over_foot leg - - 5 8 1.8 3
single_leg_squat knee_over_toe leg - - - - 0.87 3
step_down knee_over_foot leg - - 5 8 1.8 3
step_down knee_over_toe leg - - - - 0.87 3
squat knee_over_foot leg - - 5 8 2.17 3
squat knee_over_foot difference - - 7 11 3.75 3
squat knee_over_toe leg - - - - 0.95 3
sit_to_stand knee_over_foot leg - - 5 8 1.57 3
sit_to_stand knee_over_toe leg - - - - 1.17 3
stairs knee_over_toe leg - - 3.5 5.2 0.7 3
cycling knee_over_toe leg - - - - 0.87 20
cycling knee_flexion leg 25 30 40 45 5 20
squat knee_ankle_ratio body - - - - 0.049 3
sit_to_stand knee_ankle_ratio body - - - - 0.049 3
single_leg_squat pelvic_drop leg - - 8 12 2 3
step_down pelvic_drop leg - - 8 12 2 3
stairs pelvic_drop leg - - - - 2 3
single_leg_squat trunk_lean stance - - 8 10 1.24 3
squat weight_right_share body 0.425 0.45 0.55 0.575 0.041 3
sit_to_stand weight_right_share body 0.425 0.45 0.55 0.575 0.041 3
single_leg_squat fppa difference - - 8 12 4.44 3
step_down fppa difference - - 8 12 4.44 3
stairs fppa difference - - 8 12 2.29 3
stairs pelvic_drop difference - - 6 9 2.8 3
cycling knee_over_toe difference - - 2 3 1.45 20
running cadence body - - - - 0.4 7
running foot_angle_contact leg - - - - 1.65 7
running overstride leg - - - - 1.17 7
running tibia_contact leg - - - - 0.42 7
running knee_flexion_contact leg - - - - 2.68 7
running contact_time leg - - - - 13.55 7
running duty_factor leg - - - - 0.014 7
running trunk_lean body - - - - 0.48 7
running fppa leg - - - - 1.49 7
running vertical_oscillation body - - - - 0.2 7
running heel_ahead leg - - - - 1.15 7
running step_length body - - - - 0.02 7
running step_width body - - - - 0.6 7
running crossover leg - - - - 0.97 7
running knee_window body - - - - 0.6 7
running thigh_adduction leg - - - - 1.12 7
running trunk_lean stance - - - - 0.48 7
walking cadence body - - - - 0.4 7
walking duty_factor leg - - - - 0.014 7
walking double_support body - - - - 0.06 7
walking step_right_share body - - - - 0.015 7
walking contact_time leg - - - - 13.55 7
walking vertical_oscillation body - - - - 0.2 7
walking step_length body - - - - 0.02 7
walking step_width body - - - - 0.6 7
walking knee_window body - - - - 0.6 7
walking thigh_adduction leg - - - - 0.53 7
walking trunk_lean body - - - - 1.24 7
walking trunk_lean stance - - - - 1.24 7
walking fppa leg - - - - 1.01 7
"""


def test_the_shipped_table_holds_the_owners_numbers():
    def told(bound):
        return "-" if bound is None else f"{bound:g}"

    lines = [
        " ".join(
            [one.activity, one.measure, one.side]
            + [told(bound) for bound in (one.low_outside, one.low, one.high, one.high_outside)]
            + [f"{one.sem:g}", str(one.min_cycles)]
        )
        for one in shipped_limits().rows
    ]
    assert lines == SHIPPED.strip().split("\n")
    assert all(one.source for one in shipped_limits().rows)
    assert shipped_limits().sha256 == hashlib.sha256(shipped_limits_text().encode()).hexdigest()


def test_every_row_of_the_shipped_table_is_used():
    for one in shipped_limits().rows:
        assert one.measure in ACTIVITIES[one.activity].measures


@pytest.mark.parametrize("change", [str, lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_table_saved_by_other_programs_reads_alike(change):
    assert parse_limits(change(shipped_limits_text()), "mine.csv").rows == shipped_limits().rows


def test_columns_may_stand_in_any_order_and_more_may_follow():
    head = "source,note,sem,min_cycles,side,measure,activity,high_outside,high,low,low_outside"
    text = f"{head}\nmine,x,1,2,leg,fppa,squat,,7,,\n"
    assert parse_limits(text, "mine.csv").rows == (
        Limit("squat", "fppa", "leg", None, None, 7.0, None, 1.0, 2, "mine"),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "it lacks the column activity"),
        (HEAD, "it holds no row"),
        (HEAD.replace(",high,", ","), "it lacks the column high"),
        (HEAD.replace(",", ";"), "it lacks the column activity"),
        (
            HEAD + "squat,fppa,leg,,,1,2,1,3,s\nsquat,bend,leg,,,1,2,1,3,s\n",
            "line 3: measure is 'bend' instead of fppa, ",
        ),
        (HEAD + "squat,fppa,body,,,1,2,1,3,s\n", "line 2: side is 'body' instead of leg / difference"),
        (HEAD + "squat,trunk_lean,leg,,,1,2,1,3,s\n", "line 2: side is 'leg' instead of body / stance"),
        (HEAD + "squat,weight_right_share,stance,,,1,2,1,3,s\n", "line 2: side is 'stance' instead of body"),
        (HEAD + "squat,fppa,leg,-5,-8,1,2,1,3,s\n", "line 2: the limits do not rise"),
        (HEAD + "squat,fppa,leg,,,5,2,1,3,s\n", "line 2: the limits do not rise"),
        (HEAD + "squat,fppa,leg,,,eight,12,1,3,s\n", "line 2: high is 'eight' instead of a number"),
        (HEAD + "squat,fppa,leg,,,nan,12,1,3,s\n", "line 2: high is 'nan' instead of a number"),
        (HEAD + "squat,fppa,leg,,,8,inf,1,3,s\n", "line 2: high_outside is 'inf' instead of a number"),
        (HEAD + "squat,fppa,leg,,,8,12,-1,3,s\n", "line 2: sem is '-1' instead of a number from 0 up"),
        (HEAD + "squat,fppa,leg,,,8,12,,3,s\n", "line 2: sem is '' instead of a number"),
        (HEAD + "squat,fppa,leg,,,8,12,1,2.5,s\n", "line 2: min_cycles is '2.5' instead of a whole number from 1 up"),
        (HEAD + "squat,fppa,leg,,,8,12,1,0,s\n", "line 2: min_cycles is '0' instead of a whole number from 1 up"),
        (HEAD + ",fppa,leg,,,8,12,1,3,s\n", "line 2: activity is '' instead of the name of a movement"),
        (HEAD + "squat,fppa,difference,-9,-3,,,1,3,s\n", "line 2: a difference is judged by its size"),
        (
            HEAD + "squat,fppa,leg,,,8,12,1,3,s\n\nsquat,fppa,leg,,,7,12,1,3,s\n",
            "line 4: there is a row for squat, fppa, leg",
        ),
        (HEAD + "squat,fppa,leg,,,8,12,1,3,a,b\n", "line 2: it has more cells than the first line"),
        (HEAD + 'squat,fppa,leg,,,8,12,1,3,"a\n', "unexpected end of data"),
    ],
)
def test_a_fault_in_a_table_is_named_with_its_line_and_column(text, fault):
    with pytest.raises(InputError) as caught:
        parse_limits(text, "mine.csv")
    assert caught.value.code == "bad_limits"
    assert text_of(caught.value).message.startswith(f"The table of limits mine.csv cannot be used: {fault}")
    assert text_of(caught.value).remedy == "Compare it with the one that `alignment limits` prints."
