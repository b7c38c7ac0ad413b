"""A kept analysis computed anew: without corrections the same field by field, with its settings, and saying what differs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alignment import outputs, records, workflow
from alignment.core.assessment import parse_limits, shipped_limits, shipped_limits_text
from alignment.core.result import Result
from alignment.errors import InputError
from alignment.records import Analysis, Correction
from alignment.request import Request
from tests.analyses import activity, analyzed, filmed, result_of, without_verdicts
from tests.synthetic import film, squat

ONE = film(squat(reps=1, inwards_deg=(10.0, -5.0)))
PLACE = Correction(2.0, "left_knee", 400.0, 720.0)


def kept(result: Result, *corrections: Correction) -> Analysis:
    """The analysis as records give it back: its result from JSON, without curves."""
    read = Result.from_json(result.to_json())
    return Analysis("k", "s", datetime.now(UTC), read, corrections, has_video=False, version=1)


@pytest.mark.parametrize("name", ["squat", "left_squat", "stairs", "cycling", "sit_to_stand", "walk"])
def test_an_analysis_without_corrections_gives_the_same_result(name):
    track = filmed(name)
    # As records keep it.
    track = outputs.track_of_parquet(outputs.track_parquet(track), "track.parquet")
    first = result_of(track, activity(name))
    again = records.recompute(kept(first), track)
    assert again == first == analyzed(name)
    assert again.to_json() == first.to_json()
    assert set(again.curves.by_measure) == set(first.curves.by_measure)


def test_what_was_asked_for_at_first_is_asked_for_again():
    first = result_of(ONE, camera_roll_deg=1.5, start_s=0.5, end_s=4.0, person=2)
    again = records.recompute(kept(first), ONE)
    assert again == first
    assert again.software.settings["camera_roll_deg"] == 1.5
    assert again != result_of(ONE)


def test_a_film_in_which_nothing_could_be_measured_stays_one():
    track = replace(ONE, brightness=ONE.brightness * 0.0)
    first = result_of(track)
    assert not first.measured
    assert records.recompute(kept(first), track) == first


def test_the_analysis_own_corrections_stand_unless_others_are_given():
    first = result_of(ONE)
    put_right = workflow.assess(ONE, Request("squat"), (PLACE,))
    assert put_right != first
    analysis = kept(put_right, PLACE)
    assert records.recompute(analysis, ONE) == put_right
    # Taken back, everything is as the model gave it, however often it was moved before.
    assert records.recompute(analysis, ONE, ()) == first
    other = replace(PLACE, x_px=390.0)
    assert records.recompute(analysis, ONE, (other,)) == workflow.assess(ONE, Request("squat"), (other,))


def test_other_limits_than_the_shipped_ones_are_noted_and_stay_so():
    strict = parse_limits(shipped_limits_text().replace(",5,8,", ",0.5,1.0,"), "mine.csv")
    first = result_of(ONE, limits=strict)
    again = records.recompute(kept(first), ONE)
    assert again.software.settings["limits_sha256"] == shipped_limits().sha256
    assert [one.code for one in again.quality.reasons].count("other_limits") == 1
    assert again.quality.grade == first.quality.grade
    assert without_verdicts(again) == without_verdicts(first)
    assert records.recompute(kept(again), ONE) == again
    usual = records.recompute(kept(result_of(ONE)), ONE)
    assert "other_limits" not in [one.code for one in usual.quality.reasons]


def test_a_movement_that_this_version_does_not_know_is_refused():
    analysis = kept(replace(result_of(ONE), activity="cartwheel"))
    with pytest.raises(InputError) as fault:
        records.recompute(analysis, ONE)
    assert fault.value.code == "recompute_activity"
    assert "cartwheel" in str(fault.value)


def test_asking_twice_is_no_other_thing():
    """A module of the function's name would take its place once it is loaded."""
    for _ in range(2):
        assert records.recompute(kept(analyzed("squat")), filmed("squat")) == analyzed("squat")
