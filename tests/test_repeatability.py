"""What the same movement filmed twice differs by: from made-up films with known errors, and the shipped table's lookup."""

from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from alignment.accuracy.bench import Compared
from alignment.accuracy.matching import Matched
from alignment.accuracy.retest import FEWEST, pairs_of, retest
from alignment.accuracy.statistics import Samples
from alignment.accuracy.truth import Clip, TrueCamera, Truth
from alignment.core.assessment import repeatability, shipped_limits
from alignment.core.calibration import ANY, Repeatability
from alignment.core.measures import MEASURES
from alignment.pose.calibration import calibration_of
from tests.results import make_result, make_track
from tests.setups import HEAVY

NONE = Samples(*np.empty((5, 0)))


RESULT = make_result(make_track())


def film(name, again="", activity="squat", **errors):
    """A compared film whose `fppa` is off by these errors, a list for each leg; NaN where nothing is given."""
    keys = {(measure.name, whose): NONE for measure in MEASURES.values() for whose in measure.whose}
    for side, off in errors.items():
        true = np.arange(len(off), dtype=float)
        keys["fppa", side] = Samples(true, true + off, np.ones(len(off)), true, np.full(len(off), np.nan))
    truth = Truth(activity, TrueCamera(), (), np.zeros(1), {})
    return Compared(Clip(name, Path(name), truth, again=again), RESULT, Matched((), ()), np.zeros(0), {}, keys)


def fppa(rows, side, activity=ANY):
    return next((row for row in rows if (row.measure, row.side, row.activity) == ("fppa", side, activity)), None)


def test_only_clips_of_one_movement_are_pairs():
    films = [film("a"), film("b", again="a"), film("c", again="missing")]
    assert [(one.clip.name, other.clip.name) for one, other in pairs_of(films)] == [("a", "b")]


def test_errors_that_both_films_share_cancel():
    films = [film("a", left=[3, 5], right=[-2, 1]), film("b", again="a", left=[3, 5], right=[-2, 1])]
    rows = retest([*films, film("c", left=[9], right=[9]), film("d", again="c", left=[9], right=[9])])
    assert fppa(rows, "leg") == Repeatability(ANY, "fppa", "leg", n=4, sem=0.0)
    assert fppa(rows, "difference") is None  # two differences are too few


def test_the_sem_is_the_root_of_half_the_mean_square_of_the_films_mean_differences():
    # Per leg the means differ by 2, 0, 4 and -2: mean square 6.
    films = [
        film("a", left=[1, 1], right=[0, 0]),
        film("b", again="a", left=[2, 4], right=[1, -1]),
        film("c", left=[0], right=[1]),
        film("d", again="c", left=[4], right=[-1]),
    ]
    row = fppa(retest(films), "leg")
    assert row.n == 4
    assert row.sem == pytest.approx(sqrt(3), abs=0.005)
    assert row.mdc == pytest.approx(1.96 * sqrt(6), abs=0.02)


def test_a_difference_of_the_legs_is_compared_with_itself():
    # A camera a little more aside: the legs err oppositely, so their difference errs twice as much.
    films = []
    for number in range(FEWEST):
        films += [film(f"{number}", left=[0], right=[0]), film(f"{number}r", again=f"{number}", left=[1], right=[-1])]
    rows = retest(films)
    assert fppa(rows, "leg").sem == pytest.approx(sqrt(0.5), abs=0.005)
    assert fppa(rows, "difference").sem == pytest.approx(sqrt(2), abs=0.005)


def test_only_repetitions_that_both_films_gave_count():
    films = [film("a", left=[1, np.nan]), film("b", again="a", left=[2, 50])]
    films += [film("c", left=[np.nan]), film("d", again="c", left=[5])]
    films += [
        film("e", left=[1, 2]),
        film("f", again="e", left=[1]),
    ]  # another number of repetitions: not the same movement
    assert fppa(retest(films), "leg") is None
    more = [
        one
        for number in range(3)
        for one in (film(f"g{number}", left=[1]), film(f"h{number}", again=f"g{number}", left=[2]))
    ]
    row = fppa(retest([*films, *more]), "leg")
    assert (row.n, row.sem) == (4, pytest.approx(sqrt(0.5), abs=0.005))


def test_an_activity_has_its_own_row_where_enough_films_show_it():
    films = []
    for number, activity in enumerate(["squat"] * 4 + ["stairs"]):
        off = 1.0 if activity == "squat" else 5.0
        films += [
            film(f"{number}", activity=activity, left=[0]),
            film(f"{number}r", again=f"{number}", activity=activity, left=[off]),
        ]
    rows = retest(films)
    assert fppa(rows, "leg", "squat").sem == pytest.approx(sqrt(0.5), abs=0.005)
    assert fppa(rows, "leg", "stairs") is None
    assert fppa(rows, "leg").sem == pytest.approx(sqrt((4 + 25) / 5 / 2), abs=0.005)


# --- the shipped rows ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["heavy", "lite"])
def test_every_model_that_can_be_fetched_here_has_rows_of_the_main_measures(model):
    rows = calibration_of(model).repeatability
    for measure in ("fppa", "knee_over_toe", "knee_flexion"):
        assert any((row.measure, row.side, row.activity) == (measure, "leg", ANY) for row in rows), measure
    for measure in ("knee_over_toe", "knee_flexion"):
        assert any((row.measure, row.side, row.activity) == (measure, "difference", ANY) for row in rows), measure
    assert all(row.sem > 0 and row.n >= FEWEST for row in rows)


def test_a_leg_and_the_whole_body_find_their_rows():
    leg = repeatability(HEAVY, "squat", "fppa", "left")
    assert leg == repeatability(HEAVY, "squat", "fppa", "right")
    assert leg.side == "leg"
    # The trunk's lean is the whole body's, also where it is told towards a standing leg.
    assert repeatability(HEAVY, "single_leg_squat", "trunk_lean", "left").side == "body"
    assert repeatability(HEAVY, "squat", "trunk_lean", "body").side == "body"


def test_what_was_never_filmed_twice_has_no_row():
    assert repeatability(HEAVY, "stairs", "pelvic_drop", "left") is None


def test_the_table_of_limits_carries_the_programs_own_sem_where_there_is_one():
    own = [
        (row, repeatability(HEAVY, row.activity, row.measure, "body" if row.side == "stance" else row.side))
        for row in shipped_limits().rows
    ]
    assert sum(found is not None for _, found in own) >= 15
    assert [(row, found.sem) for row, found in own if found is not None and row.sem != pytest.approx(found.sem)] == []
