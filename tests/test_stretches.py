"""Somebody who turns from one facing to another: each stretch is looked at by itself, what faces is judged together."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core.result import Result
from alignment.views.wording import reason_words
from tests.analyses import result_of
from tests.movements import after, walk_in_and_squat
from tests.synthetic import Camera, Motion, clock, film, squat

KNEES = (10.0, -5.0)
JUDGED = [("knee_over_foot", side) for side in ("left", "right")]


def turning(to_deg: float) -> Motion:
    """Turns about the vertical within a second, + to its left."""
    time_s = clock(1.2)
    share = np.clip(time_s - 0.1, 0.0, 1.0)
    return Motion(time_s, height=np.full(len(time_s), 0.97), turned_deg=to_deg * (3 * share**2 - 2 * share**3))


def turned(to_deg: float) -> Motion:
    """Three squats, a turn, two squats."""
    return after(
        squat(inwards_deg=KNEES), turning(to_deg), replace(squat(reps=2, inwards_deg=KNEES), turned_deg=to_deg)
    )


def rows(result):
    return {(row.measure, row.side): row for row in result.summary}


@pytest.fixture(scope="module")
def alone():
    return rows(result_of(film(squat(inwards_deg=KNEES), Camera())))


@pytest.mark.parametrize(("to_deg", "facing"), [(90.0, "right"), (-90.0, "left")])
def test_repetitions_from_the_side_are_listed_and_not_pooled(alone, to_deg, facing):
    result = result_of(film(turned(to_deg), Camera()))
    assert [cycle.rejected for cycle in result.cycles] == [None] * 5
    told = next(one for one in result.quality.reasons if one.code == "facings")
    assert told.values == {"facings": ("front", facing), "counts": (3, 2)}
    assert f"3 seen from the front, 2 from your {facing} side" in reason_words(told).message
    for key in JUDGED:
        row = rows(result)[key]
        assert row.n == 3
        assert row.mean == pytest.approx(alone[key].mean, abs=0.5)
        assert row.verdict == alone[key].verdict
    aside = [value for cycle in result.cycles[3:] for value in cycle.values]
    # The near knee's bend is what the side shows.
    assert ("knee_flexion", facing) in {(one.measure, one.side) for one in aside if one.value is not None}
    assert not [one for one in aside if one.value is not None and one.measure.startswith(("fppa", "knee_over"))]
    assert not [one for one in aside if one.verdict]


def test_front_and_back_are_judged_together_each_with_its_own_camera(alone):
    result = result_of(film(turned(180.0), Camera()))
    told = next(one for one in result.quality.reasons if one.code == "facings")
    assert told.values == {"facings": ("front", "back"), "counts": (3, 2)}
    for key in JUDGED:
        row = rows(result)[key]
        assert row.n == 5
        assert row.inside + row.near + row.outside == 5
        assert row.mean == pytest.approx(alone[key].mean, abs=1.0)
        assert result.cycles[row.worst_cycle].index == row.worst_cycle
    assert [cycle.start_s for cycle in result.cycles] == sorted(cycle.start_s for cycle in result.cycles)
    left, times = result.curves.by_measure["knee_over_toe", "left"].value, result.curves.course.time_s
    for cycle in result.cycles:
        assert np.isfinite(left[(times > cycle.start_s) & (times < cycle.end_s)]).any()
    assert Result.from_json(result.to_json()) == replace(result, curves=None)


def test_who_only_walks_in_keeps_the_result_of_the_whole_film():
    result = result_of(film(walk_in_and_squat(from_camera=True), Camera()))
    assert not [one for one in result.quality.reasons if one.code == "facings"]
