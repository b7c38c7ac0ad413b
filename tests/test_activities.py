"""One contract for every activity, present and future: how it is named, filmed, cut, measured and judged."""

import sys
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import numpy as np
import pytest

from alignment.core import activities, viewpoint
from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import Activity, shipped_limits
from alignment.core.cleaning import clean
from alignment.core.cycles import Cut
from alignment.core.measures import MEASURES, by_marks
from alignment.core.skeleton import LEG, of_side
from alignment.core.viewpoint import LENGTH_SE, Body
from alignment.texts import is_known, say
from tests import movements, synthetic
from tests.setups import setup_of
from tests.synthetic import Camera, Motion, film

#: Design, section 3, "Processing": frames a second, Hz, seconds.
PROCESSING = {"cycling": (60.0, 8.0, 0.1), "running": (240.0, 12.0, 0.1), "walking": (60.0, 6.0, 0.1)}
USUAL = (30.0, 6.0, 0.2)
every = pytest.mark.parametrize("activity", ACTIVITIES.values(), ids=ACTIVITIES)


@cache
def doing(name: str) -> Body:
    """Who does an activity as it should be done."""
    return body_of(ACTIVITIES[name], *movements.SHOWN[name])


def body_of(activity: Activity, motion: Motion, camera: Camera | None = None) -> Body:
    cleaned, _ = clean(film(motion, camera), cutoff_hz=activity.cutoff_hz, max_gap_s=activity.max_gap_s)
    setup = setup_of(cleaned, activity.stance)
    return viewpoint.reconstruct(cleaned, setup)


def without(body: Body, landmarks: list[int]) -> Body:
    """The body with some landmarks never seen."""
    space, picture = body.space.copy(), body.picture.copy()
    space[:, landmarks], picture[:, landmarks] = np.nan, np.nan
    return replace(body, space=space, picture=picture)


def first(body: Body, frames: int) -> Body:
    names = ("time_s", "space", "picture", "scale", "standing", "away")
    return replace(body, **{name: getattr(body, name)[:frames] for name in names})


# --- what every one must hold ---------------------------------------------------------------------------------------


def test_every_module_is_found_under_its_own_name():
    modules = [module.name for module in iter_modules(activities.__path__)]
    assert sorted(ACTIVITIES) == sorted(modules)
    assert list(ACTIVITIES) == sorted(ACTIVITIES)
    for name in modules:
        assert import_module(f"alignment.core.activities.{name}").ACTIVITY is ACTIVITIES[name]
        assert ACTIVITIES[name].name == name


def test_the_design_s_activities_are_there():
    assert set(movements.CYCLES) <= set(ACTIVITIES)


@every
def test_it_says_what_it_is_and_how_to_film_it(activity):
    title, how = (say(f"activity_{activity.name}{part}").message for part in ("", "_how"))
    assert title.strip() == title != ""
    assert title[0].isupper()
    assert len(how) > 60
    assert how.endswith(".")
    assert "Film " in how
    assert "phone" in how
    # The person is told every place from which it can be seen, or the best one.
    words = {"front": "front", "back": "behind", "left": "left", "right": "right"}
    assert any(words[view] in how for view in activity.views)


@every
def test_its_measures_exist(activity):
    assert activity.measures
    assert len(set(activity.measures)) == len(activity.measures)
    assert {*activity.measures, *activity.with_marks} <= set(MEASURES)


@every
def test_its_processing_is_the_design_s(activity):
    expected = PROCESSING.get(activity.name, USUAL)
    assert (activity.max_fps, activity.cutoff_hz, activity.max_gap_s) == expected
    # Film analyzed at that rate carries the cut-off.
    assert activity.max_fps >= 4 * activity.cutoff_hz


@every
def test_what_marks_tell_comes_second_where_somebody_wears_them(activity):
    worn = activity.worn()
    # What is shown besides is what nothing else tells, and nothing twice.
    assert set(activity.with_marks) <= set(by_marks()) - set(activity.measures)
    told = worn.among(by_marks())
    assert worn.measures[1 : 1 + len(told)] == told
    assert [name for name in worn.measures if name not in told] == [
        name for name in activity.measures if name not in told
    ]
    assert activity.measures[0] not in told


def test_marks_on_the_pelvis_tell_something_in_each_of_the_design_s():
    assert [name for name in movements.CYCLES if not ACTIVITIES[name].worn().among(by_marks())] == []


@every
def test_its_stance_says_what_stays_in_place(activity):
    stance = activity.stance
    assert stance.feet_planted == (stance.fixed_part == "ankle")
    assert 0.9 < stance.reach <= 1.0
    # A leg that is never straight is known less surely, and one foot alone may be lowered.
    assert stance.length_se > LENGTH_SE or stance.straight == "in_standing"
    assert stance.free_foot == "held" or stance.on_one_leg
    # What drops when one leg carries is asked for there alone.
    assert stance.on_one_leg == ("pelvic_drop" in activity.measures)


@every
def test_the_words_around_it_exist(activity):
    kinds = {cut.kind for cut in activity.cut(doing(activity.name))}
    assert len(kinds) == 1
    assert is_known(f"cycles_{kinds.pop()}")


@every
def test_its_cuts_are_of_the_design_s_kind(activity):
    body = doing(activity.name)
    cuts = activity.cut(body)
    kind, sides = movements.CYCLES[activity.name]
    assert any(cut.rejected is None for cut in cuts)
    assert {cut.kind for cut in cuts} == {kind}
    assert {cut.side for cut in cuts} <= sides
    assert [cut.start for cut in cuts] == sorted(cut.start for cut in cuts)
    for cut in cuts:
        assert 0 <= cut.start <= cut.key <= cut.end < len(body.time_s)


@every
def test_nothing_is_cut_out_of_standing_still(activity):
    assert activity.cut(body_of(activity, synthetic.still())) == []


@every
def test_nothing_is_cut_out_of_nobody(activity):
    body = doing(activity.name)
    everything = list(range(body.space.shape[1]))
    nobody = replace(without(body, everything), standing=np.zeros(len(body.time_s), dtype=bool))
    assert activity.cut(nobody) == []


@every
@pytest.mark.parametrize("part", LEG)
@pytest.mark.parametrize("sides", [("left",), ("left", "right")])
def test_nothing_is_counted_of_legs_that_are_not_seen(activity, part, sides):
    """A hip, knee or ankle that is never seen leaves no counted cycle of its leg; heel and toe may be missing."""
    body = doing(activity.name)
    cuts = activity.cut(without(body, [i for side in sides for i in of_side(side, part)]))
    if part in ("hip", "knee", "ankle"):
        counted = [cut for cut in cuts if cut.rejected is None]
        assert not any(cut.side == "both" or cut.side in sides for cut in counted)


@every
@pytest.mark.parametrize("frames", [1, 2, 3, 12])
def test_a_few_frames_hold_no_cycle(activity, frames):
    body = first(doing(activity.name), frames)
    assert [cut for cut in activity.cut(body) if cut.rejected is None] == []


# --- the table of limits --------------------------------------------------------------------------------------------


def test_limits_name_activities_and_measures_that_exist():
    for row in shipped_limits().rows:
        assert row.activity in ACTIVITIES
        assert row.measure in MEASURES
        assert row.measure in ACTIVITIES[row.activity].measures
        # A difference is one between the legs; a leg's limit is that of a measure that each leg has.
        assert MEASURES[row.measure].sided == (row.side in ("leg", "difference"))
        assert row.source


def test_every_activity_of_ours_has_limits():
    assert all(shipped_limits().of(name) for name in activities.shipped_activities())


# --- how they are found ---------------------------------------------------------------------------------------------


@pytest.fixture
def another(tmp_path, monkeypatch):
    """Writes a module beside the activities and looks for all of them again."""
    monkeypatch.setattr(activities, "__path__", [*activities.__path__, str(tmp_path)])

    def write(name: str, content: str) -> dict[str, Activity]:
        Path(tmp_path, f"{name}.py").write_text(content)
        monkeypatch.delitem(sys.modules, f"alignment.core.activities.{name}", raising=False)
        monkeypatch.setattr(activities, name, None, raising=False)
        try:
            return activities.shipped_activities()
        finally:
            sys.modules.pop(f"alignment.core.activities.{name}", None)

    return write


COPY = "from dataclasses import replace\nfrom alignment.core.activities.squat import ACTIVITY as SQUAT\n"


def test_a_new_file_is_a_new_activity(another):
    found = another("lunge", COPY + "ACTIVITY = replace(SQUAT, name='lunge')\n")
    assert set(found) == {*ACTIVITIES, "lunge"}


def test_two_of_one_name_are_refused(another):
    with pytest.raises(ValueError, match="two activities named squat"):
        another("again", COPY + "ACTIVITY = replace(SQUAT)\n")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("import a_module_that_nobody_has\n", ModuleNotFoundError),
        ("ACTIVITY = 1 / 0\n", ZeroDivisionError),
        ("SOMETHING = 1\n", AttributeError),
        ("this is no Python\n", SyntaxError),
    ],
)
def test_a_fault_in_a_file_is_let_through(another, content, fault):
    with pytest.raises(fault):
        another("faulty", content)


def test_the_table_of_activities_cannot_be_changed():
    with pytest.raises(TypeError):
        ACTIVITIES["squat"] = ACTIVITIES["stairs"]  # type: ignore[index]
    assert Cut("rep", "both", 0, 1, 2).rejected is None
