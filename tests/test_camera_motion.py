"""A camera that moves: what is measured of it, what is taken out, and what is said where that is not enough."""

import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from alignment import workflow
from alignment.core.activities import ACTIVITIES
from alignment.core.camera_motion import CAMERA_MOVED, Motion, camera_path
from alignment.core.quality import check_filming
from alignment.core.skeleton import SIDES, index
from alignment.core.track import Track
from alignment.outputs import track_of_parquet, track_parquet
from alignment.pose.background import Background
from alignment.pose.fake import NOBODY
from alignment.request import Request
from alignment.views.wording import reason_words
from tests import moving
from tests.analyses import filmed
from tests.conftest import ROOT
from tests.setups import HEAVY
from tests.synthetic import Camera, film, squat
from tests.test_check import glimpsed

SAID = ("The camera moved.", "Put the phone down somewhere and film again.")


def assessed(track: Track, activity: str = "squat"):
    return workflow.assess(track, Request(activity=activity))


def counted(result):
    return [cycle for cycle in result.cycles if cycle.rejected is None]


def at_key(result):
    """Each number at the key moments of the repetitions that count."""
    return {
        (number, value.measure, value.side): value
        for number, cycle in enumerate(counted(result))
        for value in cycle.values
        if value.at == "key" and value.value is not None
    }


def unknown(track: Track) -> Track:
    return replace(track, camera_steps=None, camera_agreement=None)


# --- measured in pictures -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def still():
    """A squat of the stick figure, in a film of the rendered clip's size."""
    return film(squat(reps=1, inwards_deg=(10.0, -5.0)), Camera(width=480, height_px=854, focal_px=854.0))


@pytest.fixture(scope="module")
def looks(still):
    """The pictures of a rendered clip with a still, a swaying and a slowly turning camera."""
    paths = {"still": moving.tripod, "sway": moving.sway, "pan": partial(moving.pan, share=0.2)}
    found = moving.looked_at(ROOT / "samples" / "squat_t1.mp4", list(paths.values()), still.frames)
    return dict(zip(paths, found, strict=True))


@pytest.mark.parametrize(("name", "motion"), [("still", Motion.STILL), ("sway", Motion.SWAYED), ("pan", Motion.SWAYED)])
def test_the_cameras_path_is_the_true_one(looks, still, name, motion):
    look = looks[name]
    found = camera_path(look.with_landmarks(still))
    assert found.motion is motion
    off_px = found.shift_px - (look.path.right_px + 1j * look.path.down_px)
    assert np.sqrt(np.mean(np.abs(off_px - off_px.mean()) ** 2)) < 1.0
    turned = look.path.turned_deg - np.median(look.path.turned_deg)
    assert found.turned_deg == pytest.approx(turned, abs=0.15)
    assert np.median(look.agreement) > 0.75


@pytest.mark.parametrize("name", ["sway", "pan"])
def test_repetitions_count_as_with_a_still_camera_and_their_numbers_are_the_same(looks, still, name):
    swayed = looks[name].with_landmarks(still)
    out, as_still = assessed(swayed), assessed(looks["still"].with_landmarks(still))
    assert len(counted(out)) == len(counted(as_still)) == 1
    before, after = at_key(as_still), at_key(out)
    assert set(after) == set(before)
    for key, value in after.items():
        assert abs(value.value - before[key].value) < 0.5 * value.standard_error, key
    assert [one.code for one in out.quality.reasons] == [one.code for one in as_still.quality.reasons]


def test_a_shaken_sample_is_steadied_to_its_standing_feet():
    name = ROOT / "samples" / "shake_mild_t.mp4"
    truth = json.loads(name.with_suffix(".truth.json").read_text(encoding="utf-8"))["series"]
    (look,) = moving.looked_at(name, [moving.tripod], 100)
    feet = np.array([truth[side]["ankle_px"] for side in SIDES], float).mean(axis=0)[:100]
    assert np.isfinite(look.steps).all()
    shaken, held = feet.std(axis=0), (feet - np.cumsum(look.steps[:, :2], axis=0)).std(axis=0)
    assert (held < 0.35 * shaken).all()


def test_one_wall_says_nothing_of_the_camera():
    background = Background(480)
    for _ in range(3):
        background.add(np.full((320, 180), 90, np.uint8), NOBODY)
    steps, agreement = background.steps()
    assert np.isnan(agreement).all()
    assert np.isnan(steps[1:]).all()


def test_a_picture_that_fits_none_is_unknown_and_bridged_where_the_next_one_fits():
    noise = np.random.default_rng(0)
    wall, other = (noise.integers(0, 255, (40, 24), np.uint8).repeat(8, 0).repeat(8, 1) for _ in range(2))
    background = Background(192)
    for picture in (wall, other, np.roll(wall, 4, axis=1), other):
        background.add(picture, NOBODY)
    steps, agreement = background.steps()
    # Four pixels to the right over two frames, the first of which shows something else.
    assert steps[:3, 0] == pytest.approx([0.0, 2.0, 2.0], abs=0.1)
    assert np.isnan(steps[3]).all()
    assert (agreement[[0, 2]] > 0.7).all()
    assert (agreement[[1, 3]] < 0.4).all()


# --- taken out ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def swayed(still):
    """The stick figure under a hand that sways, with the camera's true motion."""
    path = moving.sway(still.time_s, still.source.width)
    return moving.with_steps(moving.moved(still, path), path)


def test_what_is_taken_out_is_put_back(swayed):
    camera = camera_path(swayed)
    steadied = camera.steadied(swayed)
    feet = index([f"{side}_ankle" for side in SIDES])
    assert np.ptp(swayed.pixels[:, feet], axis=0).min() > 10.0
    assert np.ptp(steadied.pixels[:, feet], axis=0).max() < 1e-6
    assert camera.as_filmed(steadied).pixels == pytest.approx(swayed.pixels, abs=1e-6)


def test_a_hand_that_sways_costs_repetitions_only_where_it_is_not_known():
    still = filmed("squat")
    path = moving.sway(still.time_s, still.source.width)
    shaken = moving.with_steps(moving.moved(still, path), path)
    assert len(counted(assessed(shaken))) == 3
    assert {cycle.rejected for cycle in assessed(unknown(shaken)).cycles} == {None, "feet_moved"}


def test_a_result_tells_pixels_of_the_film(swayed):
    cleaned = assessed(swayed).curves.track
    assert np.abs(cleaned.pixels - swayed.pixels).max() < 3.0
    assert np.abs(camera_path(swayed).shift_px).max() > 10.0


def test_noise_on_a_tripod_is_left_alone():
    track = filmed("squat")
    noise = np.random.default_rng(0).normal(0.0, 0.3, track.frames)
    shaken = moving.with_steps(track, moving.Path2D(noise, noise, 0.01 * noise))
    assert camera_path(shaken).motion is Motion.STILL
    assert camera_path(shaken).steadied(shaken) is shaken


# --- said -----------------------------------------------------------------------------------------------------------


def turned_far(name: str) -> Track:
    """A camera that turns by the width of its picture in the course of the film; whoever it films stays in a wide one."""
    still = filmed(name)
    path = moving.pan(still.time_s, still.source.width, share=1.5)
    moved = moving.with_steps(moving.moved(still, path), path)
    return replace(moved, source=replace(moved.source, width=3 * moved.source.width))


def test_a_camera_that_moves_is_named_and_nothing_counts_that_must_stay_in_place():
    result = assessed(turned_far("squat"))
    assert {cycle.rejected for cycle in result.cycles} == {CAMERA_MOVED}
    assert result.quality.grade == "unusable"
    words = [reason_words(one) for one in result.quality.reasons]
    assert SAID in [(one.message, one.remedy) for one in words]
    assert "wrong_activity" not in [one.code for one in result.quality.reasons]


def test_steps_are_told_by_what_is_behind_the_feet():
    track = turned_far("stairs")
    assert len(counted(assessed(unknown(track), "stairs"))) == 0
    told = assessed(track, "stairs")
    assert len(counted(told)) >= 5
    assert len(counted(assessed(filmed("stairs"), "stairs"))) == 6
    reason = next(one for one in told.quality.reasons if one.code == CAMERA_MOVED)
    assert reason.measures
    assert told.quality.grade == "usable"


@pytest.mark.parametrize(("activity", "fit"), [("squat", False), ("stairs", True)])
def test_check_names_it_from_a_few_pictures(activity, fit):
    track = glimpsed(filmed("squat"))
    lost = np.arange(track.frames) % 4 > 0
    steps = np.where(lost[:, None], np.nan, np.zeros((track.frames, 4)))
    passing = replace(track, camera_steps=steps, camera_agreement=np.where(lost, 0.1, 0.9))
    found = check_filming(passing, ACTIVITIES[activity], HEAVY)
    assert found.fit is fit
    assert SAID in [(one.message, one.remedy) for one in map(reason_words, found.quality.reasons)]


# --- kept -----------------------------------------------------------------------------------------------------------


def test_a_track_keeps_what_is_known_of_the_camera(swayed):
    kept = track_of_parquet(track_parquet(swayed), "kept")
    assert np.array_equal(kept.camera_steps, swayed.camera_steps)
    assert np.array_equal(kept.camera_agreement, swayed.camera_agreement)
    older = track_of_parquet(track_parquet(unknown(swayed)), "older")
    assert older.camera_steps is None
    assert camera_path(older).motion is Motion.UNKNOWN
