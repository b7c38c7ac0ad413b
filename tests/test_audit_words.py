"""Notes of who did what, in words; also those that this version has no words for."""

import pytest

from alignment.texts import ENGLISH
from alignment.views import audit

PLACED = {"time_s": 1.75, "landmark": "left_knee", "x_px": 101.25, "y_px": 0.3}
BACK = {"time_s": 3.2, "landmark": "tail"}


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"code": "P07"}, "P07"),
        ({"date": "2026-03-02"}, "session of 2026-03-02"),
        ({"activity": "squat", "film": "a.mp4", "date": "2026-03-02"}, "squat, a.mp4, session of 2026-03-02"),
        ({"sessions": 2, "analyses": 3}, "new sessions: 2, new analyses: 3"),
        (
            {
                "changes": [
                    {"field": "pain_before", "before": None, "after": 0},
                    {"field": "step_height_cm", "before": 18.0, "after": 17.5},
                    {"field": "of a newer version", "before": "", "after": "x"},
                ]
            },
            "pain before: none → 0; step height in cm: 18 → 17.5; of a newer version: none → x",
        ),
        (
            {"date": "2026-03-02", "placed": [PLACED], "taken_back": [BACK], "remark": "on the trousers"},
            "session of 2026-03-02: left knee at 1.75 s to 101, 0 px; tail at 3.20 s as the model gave it: on the trousers",
        ),
        (
            {"placed": [{**PLACED, "shift_px": 30.2, "shift_leg_pct": 3.0}]},
            "left knee at 1.75 s to 101, 0 px, moved by 30 px, 3.0 % of leg length",
        ),
        (
            {"placed": [{**PLACED, "shift_px": 30.2, "shift_leg_pct": None}]},
            "left knee at 1.75 s to 101, 0 px, moved by 30 px",
        ),
        ({"placed": [{**PLACED, "shift_px": None, "shift_leg_pct": None}]}, "left knee at 1.75 s to 101, 0 px"),
        ({"taken_back": [], "placed": [], "remark": "", "date": "2026-03-02"}, "session of 2026-03-02"),
    ],
)
def test_values_are_told_in_words(details, words):
    assert audit.about(details) == words


@pytest.mark.parametrize(
    "details",
    [
        {"camera": "moved"},
        {"film": "a.mp4"},
        {"changes": [1]},
        {"changes": 5},
        {"changes": [{"field": "notes"}]},
        {"placed": [{**PLACED, "time_s": "soon"}]},
        {"placed": [{**PLACED, "x_px": None}]},
    ],
)
def test_what_there_are_no_words_for_is_shown_as_it_is(details):
    assert audit.about(details) == str(details).replace("'", '"').replace("None", "null")


def test_the_sentence_of_version_0_1_is_shown_as_it_is():
    assert audit.about({}, "session of {date}: 100 %") == "session of {date}: 100 %"
    assert audit.about({}) == ""


def test_every_deed_has_its_words():
    deeds = [code.removeprefix("records_did_") for code in ENGLISH if code.startswith("records_did_")]
    assert len(deeds) == 11
    assert all(audit.deed(code) == ENGLISH[f"records_did_{code}"].message for code in deeds)
    assert audit.deed("of_a_newer_version") == "of_a_newer_version"
