"""What must change no number: a mirrored film turned back, a place at the edge, a look from behind, a tilted phone.

Every movement of the stick figure is filmed once as usual and once more otherwise. No value at a key moment may move by
more than its standard error, sides and signs included. `fppa_image` is left out: it is what the picture shows.
"""

import math
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import cv2
import numpy as np
import pytest

from alignment import sources
from alignment.core.activities import ACTIVITIES
from alignment.core.result import Result
from alignment.pose import mediapipe, tracking
from alignment.pose.model_files import ModelFile
from tests import films
from tests.analyses import FACING, activity, motion, result_of
from tests.movements import mirrored
from tests.synthetic import Camera, film, joints, truth

NAMES = ("squat", "left_squat", "step_down", "sit_to_stand", "stairs", "cycling")
YAWS_DEG = (0.0, 12.0)
ROLLS_DEG = (-4.0, 5.0)
OTHER_SIDE = {"left": "right", "right": "left", "body": "body"}

STAIRS = (
    "this figure opens its knees to 24°, so that its legs are taken for 2 % shorter and its knees for 0.05 to 0.1 leg"
    " lengths too far back, which shows to opposite sides from front and back: fppa 4.5° and -2.8°, with errors of 4.9° and"
    " 3.3° (truth 0°)"
)
#: What is not reached, by movement, yaw, and what is done otherwise. Strict: to be struck out once it is.
DEFECTS = {
    ("stairs", 12.0, "behind"): STAIRS,
}


def usual(name, yaw_deg):
    """On stairs the figure comes nearer or goes away, so that it needs more room."""
    return Camera(FACING.get(name, "front"), yaw_deg=yaw_deg, distance=8.0 if name == "stairs" else 4.0)


def otherwise(how, camera):
    """At the edge, a shoulder is an arm's length from the picture's margin."""
    aside = 0.175 * camera.distance
    return {
        "usual": camera,
        "left edge": replace(camera, aside=-aside),
        "right edge": replace(camera, aside=aside),
        "behind": replace(camera, facing="front" if camera.facing == "back" else "back"),
    }[how]


def analyzed(name: str, yaw_deg: float, how: str) -> Result:
    if how == "mirrored":
        track = film(mirrored(motion(name)), usual(name, -yaw_deg))
    else:
        track = film(motion(name), otherwise(how, usual(name, yaw_deg)))
    return replace(result_of(track, activity(name)), curves=None)


def tilted(name: str, roll_deg: float) -> Result:
    return replace(
        result_of(film(motion(name), replace(usual(name, 0.0), roll_deg=roll_deg)), activity(name)), curves=None
    )


HOWS = ("usual", "mirrored", "left edge", "right edge", "behind")
#: One edge for each yaw: what the other one gives, the mirrored film tells.
CASES = [
    (name, yaw_deg, how)
    for name in NAMES
    for yaw_deg, not_this in zip(YAWS_DEG, ("right edge", "left edge"), strict=True)
    for how in HOWS
    if how != not_this
]
TILTS = [(name, roll_deg) for name in NAMES for roll_deg in ROLLS_DEG]


@pytest.fixture(scope="module")
def results():
    return {case: analyzed(*case) for case in CASES}


@pytest.fixture(scope="module")
def tilts():
    return {case: tilted(*case) for case in TILTS}


def at_keys(result):
    """Every number of the activity's measures at the key moments: by measure, side and time, with its error."""
    shown = set(ACTIVITIES[result.activity].measures) - {"fppa_image"}
    return {
        (value.measure, value.side, cycle.key_s): (value.value, value.standard_error)
        for cycle in result.cycles
        for value in cycle.values
        if value.at == "key" and value.value is not None and value.measure in shown
    }


class Moved(NamedTuple):
    """A number that another reading of the same movement gives otherwise."""

    measure: str
    side: str
    time_s: float
    value: float
    other: float
    error: float
    other_error: float


def moved(here, there):
    """What is more than its standard error off, and which measures were compared."""
    found, compared = [], set()
    for (measure, side, time_s), (value, error) in here.items():
        twins = [
            there[key] for key in there if key[:2] == (measure, side) and abs(key[2] - time_s) <= 0.1 and key in there
        ]
        for other, other_error in twins:
            compared.add(measure)
            if abs(value - other) > max(error, other_error):
                found.append(Moved(measure, side, time_s, value, other, error, other_error))
    return found, compared


def exchanged(values):
    """The same numbers for a body whose left is its right."""
    turned = {"pelvic_obliquity": lambda v: -v, "trunk_lean": lambda v: -v, "weight_right_share": lambda v: 1 - v}
    return {
        (measure, OTHER_SIDE[side], time_s): (turned.get(measure, lambda v: v)(value), error)
        for (measure, side, time_s), (value, error) in values.items()
    }


def marked(case):
    name, yaw_deg, how = case
    marks = [pytest.mark.xfail(strict=True, reason=DEFECTS[case])] if case in DEFECTS else []
    return pytest.param(*case, marks=marks, id=f"{name}-{yaw_deg:g}-{how}".replace(" ", "_"))


@pytest.mark.parametrize(("name", "yaw_deg", "how"), [marked(case) for case in CASES if case[2] in HOWS[2:]])
def test_another_place_of_the_camera_moves_no_value_by_more_than_its_error(results, name, yaw_deg, how):
    here, there = results[name, yaw_deg, "usual"], results[name, yaw_deg, how]
    found, compared = moved(at_keys(here), at_keys(there))
    # From behind and aside the yaw is too unsure for a deep bend.
    needed = {"fppa", "knee_over_toe"} - (unsure_of_the_yaw(there) if (how, yaw_deg) == ("behind", 12.0) else set())
    assert needed <= compared
    assert found == []


def unsure_of_the_yaw(result):
    """The measures that are withheld at all key moments because the camera's yaw is not known well enough."""
    reasons = {}
    for value in (value for cycle in result.cycles for value in cycle.values if value.at == "key"):
        reasons.setdefault(value.measure, set()).add(value.reason)
    return {measure for measure, codes in reasons.items() if codes == {"camera_yaw"}}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("yaw_deg", YAWS_DEG)
def test_the_mirrored_movement_from_the_mirrored_place_gives_the_same_numbers_for_the_other_side(
    results, name, yaw_deg
):
    here, there = results[name, yaw_deg, "usual"], results[name, yaw_deg, "mirrored"]
    assert there.viewpoint.yaw_deg == pytest.approx(-here.viewpoint.yaw_deg, abs=0.1)
    found, compared = moved(at_keys(here), exchanged(at_keys(there)))
    assert {"fppa", "knee_over_toe"} <= compared
    assert found == []
    sided = {(measure, side) for measure, side, _ in at_keys(here)}
    assert {(measure, OTHER_SIDE[side]) for measure, side, _ in at_keys(there)} == sided


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("roll_deg", ROLLS_DEG)
def test_an_unknown_tilt_of_the_phone_is_within_its_error(tilts, name, roll_deg):
    """95 of 100 phones are propped up within twice the error; values that need a vertical carry it."""
    result = tilts[name, roll_deg]
    view = result.viewpoint
    assert not view.roll_given
    assert abs(view.roll_deg - roll_deg) <= 2 * view.roll_se_deg
    expected = truth(joints(motion(name)))
    for (measure, side, time_s), (value, error) in at_keys(result).items():
        if measure in ("pelvic_obliquity", "trunk_lean"):
            true = float(np.interp(time_s, motion(name).time_s, expected[measure, side]))
            assert abs(value - true) <= 2 * error, (measure, time_s, value, true, error)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("roll_deg", ROLLS_DEG)
def test_an_unknown_tilt_of_the_phone_moves_no_knee_by_more_than_its_error(results, tilts, name, roll_deg):
    here, there = at_keys(results[name, 0.0, "usual"]), at_keys(tilts[name, roll_deg])
    found, compared = moved(here, there)
    assert {"fppa", "knee_over_toe"} <= compared
    assert [one for one in found if one.measure in ("fppa", "knee_over_toe", "knee_flexion", "knee_ankle_ratio")] == []


# --- a film's pixels ------------------------------------------------------------------------------------------------


@pytest.mark.model
def test_a_mirrored_film_said_to_be_mirrored_gives_the_same_numbers(samples, lite, tmp_path):
    """Every picture flipped. Turned back, nothing changes; not turned back, left and right are exchanged."""
    pictures = [
        cv2.resize(frame.image, (360, 640), interpolation=cv2.INTER_AREA)
        for frame in sources.open(samples / "squat_t1.mp4", sources.Reading(max_fps=15.0, end_s=4.0))
    ]
    plain = films.write(tmp_path / "plain.mp4", pictures, rate=15)
    flipped = films.write(tmp_path / "flipped.mp4", [picture[:, ::-1].copy() for picture in pictures], rate=15)
    opens = partial(mediapipe.ImageEngine, ModelFile("lite", lite, "0" * 64))

    def found(path, *, turn_back=False):
        return result_of(tracking.track(sources.open(path, sources.Reading(mirrored=turn_back)), opens), "squat")

    here, back, exchanged_sides = found(plain), found(flipped, turn_back=True), found(flipped)
    assert (here.source.mirrored, back.source.mirrored) == (False, True)
    assert len(at_keys(here)) >= 5
    for there in (at_keys(back), exchanged(at_keys(exchanged_sides))):
        values, compared = moved(at_keys(here), there)
        assert {"knee_over_toe", "knee_flexion", "weight_right_share"} <= compared
        # The model reads the flipped pictures anew, so two readings are compared, each with its own error.
        assert [one for one in values if abs(one.value - one.other) > math.hypot(one.error, one.other_error)] == []
    assert back.viewpoint.yaw_deg == pytest.approx(here.viewpoint.yaw_deg, abs=here.viewpoint.yaw_se_deg)
    assert exchanged_sides.viewpoint.yaw_deg == pytest.approx(-here.viewpoint.yaw_deg, abs=here.viewpoint.yaw_se_deg)
