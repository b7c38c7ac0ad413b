"""Which movement a film shows: the stick figure's and the rendered clips' own, real films', and none of those known."""

import csv
from dataclasses import replace

import pytest

from alignment import workflow
from alignment.cli import analyze as cli_analyze
from alignment.core.recognition import recognize
from alignment.core.settings import Settings
from alignment.errors import InputError
from alignment.outputs import FolderSink, MemorySink, read_track, save_track
from alignment.pose.calibration import calibration_of
from alignment.request import Request
from alignment.views.wording import reason_words
from tests import movements, synthetic
from tests.analyses import MOVEMENTS, filmed, result_of
from tests.synthetic import Camera, film

SHOWN = {name: activity for name, (activity, _) in MOVEMENTS.items() if name not in ("still", "walk")}


def run(speed_per_s=2.5, step_s=0.375):
    """Level running: both feet in the air for a part of each step."""
    walk_s, walk_ground = movements.STRIDE_S, movements.GROUND
    movements.STRIDE_S, movements.GROUND = 2 * step_s, 0.35
    try:
        time_s = synthetic.clock(4.0)
        gait = movements._gait(time_s, speed_per_s, lift=0.25)
    finally:
        movements.STRIDE_S, movements.GROUND = walk_s, walk_ground
    return replace(gait, carried_forward=speed_per_s * time_s - 6.0)


#: Nothing that is known, and who walks or runs towards the camera or away.
OTHERS = {
    "still": (synthetic.still(), Camera(), None),
    "bow": (movements.bow(), Camera(), None),
    "march": (movements.march(), Camera(), None),
    "walk to the camera": (movements.walk(), Camera(distance=6.0), "walking"),
    "walk away": (movements.walk(start=-1.5), Camera("back", distance=6.0), "walking"),
    "walk, seen from above": (movements.walk(), Camera(distance=6.0, height=1.8, pitch_deg=15.0), "walking"),
    "run": (run(), Camera(distance=8.0), "running"),
    "walk in and squat": (movements.walk_in_and_squat(), Camera(), "squat"),
}


def recognized(track):
    return recognize(track, calibration_of(track.model.variant), Settings())


@pytest.mark.parametrize("name", SHOWN)
def test_every_activity_is_recognized(name):
    found = recognized(filmed(name))
    assert found.movement == SHOWN[name]
    assert found.sure


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_activity_is_not_taken_for_one(name):
    motion, camera, expected = OTHERS[name]
    found = recognized(film(motion, camera))
    assert found.movement == expected
    assert found.sure == (expected in ("walking", "squat"))


def test_a_contradiction_is_said():
    result = result_of(filmed("squat"), "cycling")
    said = next(one for one in result.quality.reasons if one.code == "other_movement")
    assert said.values["movement"] == "squat"
    assert "squat" in reason_words(said).message
    assert not [one for one in result_of(filmed("squat")).quality.reasons if one.code == "other_movement"]


def test_without_an_activity_the_recognized_one_is_measured(tmp_path, capfd):
    save_track(tmp_path / "film.track.parquet", filmed("left_squat"))
    code = cli_analyze.run(
        cli_analyze.Job([str(tmp_path / "film.track.parquet")], Request(report=False), tmp_path / "out")
    )
    assert code == workflow.MEASURED
    assert "Recognized: Single-leg squat (99 % sure)" in capfd.readouterr().out


def test_a_walk_to_the_camera_is_recognized_and_not_measured():
    outcome = workflow.finish(film(movements.walk(), Camera(distance=6.0)), Request(), MemorySink())
    assert (outcome.result.activity, outcome.exit_code) == ("walking", workflow.NOTHING_MEASURED)


def test_what_is_not_recognized_is_asked_for_and_its_landmarks_are_kept(tmp_path):
    track = film(synthetic.still())
    sink = FolderSink(tmp_path / "out")
    with pytest.raises(InputError) as refused:
        workflow.finish(track, Request(), sink)
    assert refused.value.code == "movement_not_recognised"
    kept = read_track(sink.folder / "track.parquet")
    assert (kept.pixels[~(kept.pixels != kept.pixels)] == track.pixels[~(track.pixels != track.pixels)]).all()


@pytest.mark.clips
def test_real_films_are_recognized(real_films):
    """None is taken for another movement; squats are recognized in all films but the one without lower legs."""
    with (real_films / "expected.csv").open(encoding="utf-8") as file:
        rows = {row["track"]: row for row in csv.DictReader(file)}
    found = {name: recognized(read_track(real_films / f"{name}.track.parquet")) for name in rows}
    squats = {name for name, row in rows.items() if row["activity"] == "squat" and int(row["reps"])} - {"squat_backcut"}
    assert {name for name, one in found.items() if one.sure and one.movement == "squat"} == squats
    assert {name for name, one in found.items() if one.sure and one.movement == "walking"} == {
        "walk_front",
        "walk_back",
    }
    for name in ("none_pushup", "single_leg_kneeup", "single_leg_lunges"):
        assert not found[name].sure


@pytest.mark.parametrize("frames", [1, 2, 5, 6])
def test_a_film_of_a_few_pictures_is_taken_for_no_movement(frames):
    track = filmed("squat").part(slice(0, frames))
    assert not recognize(track, calibration_of(track.model.variant), Settings()).sure
