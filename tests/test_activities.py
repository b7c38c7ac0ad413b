"""One contract for every activity, present and future: how it is named, filmed, cut, measured and judged."""

import sys
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import numpy as np
import pytest

from alignment import activities, viewpoint
from alignment.activities import ACTIVITIES
from alignment.assessment import Activity, shipped_limits
from alignment.cleaning import clean
from alignment.cycles import Cut
from alignment.measures import MEASURES
from alignment.skeleton import LEG, of_side
from alignment.texts import known, say
from alignment.viewpoint import Body
from tests import movements, synthetic
from tests.synthetic import Camera, Motion, film

#: Design, section 3, "Processing": frames a second, Hz, seconds.
PROCESSING = {"cycling": (60.0, 8.0, 0.1)}
USUAL = (30.0, 6.0, 0.2)
#: Design, section 3, "Cycles": what a cycle is called, and whose it may be.
CYCLES = {
    "squat": ("rep", {"both"}),
    "single_leg_squat": ("rep", {"left", "right"}),
    "step_down": ("rep", {"left", "right"}),
    "sit_to_stand": ("rep", {"both"}),
    "stairs": ("step", {"left", "right"}),
    "cycling": ("turn", {"left", "right"}),
}
SHOWN: dict[str, tuple[Motion, Camera]] = {
    "squat": (synthetic.squat(), Camera()),
    "single_leg_squat": (synthetic.single_leg(), Camera()),
    "step_down": (movements.step_down(), Camera()),
    "sit_to_stand": (synthetic.sit_to_stand(), Camera()),
    "stairs": (synthetic.stairs(), Camera("back", distance=6.0, height=1.2)),
    "cycling": (synthetic.cycling(), Camera()),
}
every = pytest.mark.parametrize("activity", ACTIVITIES.values(), ids=ACTIVITIES)


@cache
def doing(name: str) -> Body:
    """Who does an activity as it should be done."""
    return body_of(ACTIVITIES[name], *SHOWN[name])


def body_of(activity: Activity, motion: Motion, camera: Camera | None = None) -> Body:
    cleaned, _ = clean(film(motion, camera), cutoff_hz=activity.cutoff_hz, max_gap_s=activity.max_gap_s)
    _, setup = viewpoint.estimate(cleaned, camera_roll_deg=0.0, anchor=activity.anchor)
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
        assert import_module(f"alignment.activities.{name}").ACTIVITY is ACTIVITIES[name]
        assert ACTIVITIES[name].name == name


def test_the_design_s_activities_are_there():
    assert set(CYCLES) <= set(ACTIVITIES)


@every
def test_it_says_what_it_is_and_how_to_film_it(activity):
    assert activity.title.strip() == activity.title != ""
    assert activity.title[0].isupper()
    assert len(activity.description) > 60
    assert activity.description.endswith(".")
    assert "Film " in activity.description
    assert "phone" in activity.description
    # The person is told every place from which it can be seen, or the best one.
    words = {"front": "front", "back": "behind", "left": "left", "right": "right"}
    assert any(words[view] in activity.description for view in activity.views)


@every
def test_its_measures_exist(activity):
    assert activity.measures
    assert len(set(activity.measures)) == len(activity.measures)
    assert set(activity.measures) <= set(MEASURES)


@every
def test_its_processing_is_the_design_s(activity):
    expected = PROCESSING.get(activity.name, USUAL)
    assert (activity.max_fps, activity.cutoff_hz, activity.max_gap_s) == expected
    # Film analyzed at that rate carries the cut-off.
    assert activity.max_fps >= 4 * activity.cutoff_hz


@every
def test_what_it_adds_to_the_errors_is_that_of_known_measures(activity):
    assert set(activity.own_se) <= set(MEASURES)
    assert all(se > 0 for se in activity.own_se.values())


@every
def test_what_it_cannot_tell_has_a_reason_in_words(activity):
    for measure, code in activity.cannot_tell.items():
        assert measure in MEASURES
        assert say(f"reason_{code}").message


@every
def test_the_words_around_it_exist(activity):
    kinds = {cut.kind for cut in activity.cut(doing(activity.name))}
    assert len(kinds) == 1
    assert known(f"cycles_{kinds.pop()}")


@every
def test_its_cuts_are_of_the_design_s_kind(activity):
    body = doing(activity.name)
    cuts = activity.cut(body)
    kind, sides = CYCLES[activity.name]
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


@every
def test_every_activity_has_limits(activity):
    assert shipped_limits().of(activity.name)


# --- how they are found ---------------------------------------------------------------------------------------------


@pytest.fixture
def another(tmp_path, monkeypatch):
    """Writes a module beside the activities and looks for all of them again."""
    monkeypatch.setattr(activities, "__path__", [*activities.__path__, str(tmp_path)])

    def write(name: str, content: str) -> dict[str, Activity]:
        Path(tmp_path, f"{name}.py").write_text(content)
        monkeypatch.delitem(sys.modules, f"alignment.activities.{name}", raising=False)
        monkeypatch.setattr(activities, name, None, raising=False)
        try:
            return dict(activities._found())
        finally:
            sys.modules.pop(f"alignment.activities.{name}", None)

    return write


COPY = "from dataclasses import replace\nfrom alignment.activities.squat import ACTIVITY as SQUAT\n"


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
