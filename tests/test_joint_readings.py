"""Two readings of one film's joints: which one is measured by, and what the second one changes and leaves alone."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.joints import JOINTS, is_read, with_read_joints
from alignment.core.result import Result
from alignment.core.settings import Settings
from alignment.core.skeleton import INDEX, index
from alignment.core.track import Track
from alignment.outputs.track import track_of_parquet, track_parquet
from tests.analyses import analyze, row
from tests.synthetic import Camera, Motion, film, joints, pitched, seen_in_pixels, squat, truth

MOTION = squat(inwards_deg=(10.0, -5.0), reps=2)
#: The usual deviation that a reading states, at this figure's size.
SD_PX = 3.0


def misread(motion: Motion, camera: Camera | None = None) -> Track:
    """The model's hips and knees half a deviation too far outwards; the joints read anew, where they are."""
    camera = camera or Camera()
    track = film(motion, camera)
    at = seen_in_pixels(joints(motion)[:, index(JOINTS)], camera)
    pixels = track.pixels.copy()
    for side, outwards in (("left", 1.0), ("right", -1.0)):
        pixels[:, INDEX[f"{side}_knee"], 0] += outwards * 8.0
    read = np.concatenate([at, np.full((*at.shape[:2], 1), SD_PX)], axis=2)
    return replace(track, pixels=pixels, joints=read, model=replace(track.model, joints_sha256="1" * 64))


def measured(track: Track, wanted: str = "read") -> Result:
    return analyze(track, ACTIVITIES["squat"], Settings(camera_roll_deg=0.0, joints=wanted))


def key_errors(result: Result, motion: Motion, measure: str) -> list[float]:
    true = truth(joints(motion))
    found = []
    for cycle in result.cycles:
        at = int(np.abs(motion.time_s - cycle.key_s).argmin())
        found += [
            value.value - true[measure, value.side][at]
            for value in cycle.values
            if value.measure == measure and value.at == "key"
        ]
    return found


def test_what_is_read_is_measured_and_says_so():
    track = misread(MOTION)
    by_model, by_read = measured(track, "model"), measured(track)
    assert (by_model.software.joints, by_model.software.joints_sha256) == ("model", None)
    assert (by_read.software.joints, by_read.software.joints_sha256) == ("read", "1" * 64)
    for measure, least in (("fppa", 3.0), ("knee_over_toe", 1.0)):
        errors = [np.abs(key_errors(one, MOTION, measure)) for one in (by_model, by_read)]
        assert len(errors[1]) == 4
        assert errors[0].mean() > least
        assert errors[1].max() < 0.4 * errors[0].mean()


def test_repetitions_are_the_models():
    track = misread(MOTION)
    cycles = [[(one.start_s, one.key_s, one.end_s) for one in measured(track, by).cycles] for by in ("model", "read")]
    assert cycles[0] == cycles[1]


def test_from_the_side_the_models_are_measured():
    assert measured(misread(MOTION, Camera("left"))).software.joints == "model"


@pytest.mark.parametrize(("unsure", "by"), [(0.1, "read"), (0.4, "model")])
def test_a_film_with_too_many_unsure_joints_is_measured_by_the_models(unsure, by):
    track = misread(MOTION)
    joints_ = track.joints.copy()
    joints_[: int(unsure * track.frames), :, 2] = 100.0
    assert measured(replace(track, joints=joints_)).software.joints == by


def test_nothing_is_read_without_a_second_reading():
    track = replace(misread(MOTION), joints=None)
    assert not is_read(track)
    assert measured(track).software.joints == "model"
    with pytest.raises(ValueError, match="no joints"):
        with_read_joints(track)


def test_an_unsure_joint_is_not_seen_and_a_sure_one_is_seen_though_the_model_doubts_it():
    track = misread(MOTION)
    knee, toe = JOINTS.index("left_knee"), JOINTS.index("right_toe")
    doubted = track.joints.copy()
    doubted[5, toe, 2] = 100.0
    read = with_read_joints(replace(track, joints=doubted, visibility=np.full_like(track.visibility, 0.1)))
    assert np.isnan(read.pixels[5, INDEX["right_toe"]]).all()
    assert read.visibility[5, INDEX["right_toe"]] == 0.1
    assert (read.pixels[5, INDEX["left_knee"]] == track.joints[5, knee, :2]).all()
    assert read.visibility[5, INDEX["left_knee"]] == 1.0
    assert (read.pixels[:, INDEX["left_shoulder"]] == track.pixels[:, INDEX["left_shoulder"]]).all()


def test_joints_that_are_unsurer_than_usual_have_larger_errors():
    track = misread(MOTION)
    unsurer = track.joints.copy()
    unsurer[..., 2] *= 4
    usual, wide = (
        row(measured(replace(track, joints=one)), "knee_over_toe", "left").standard_error
        for one in (track.joints, unsurer)
    )
    assert wide > 1.5 * usual


def test_from_how_far_above_feet_are_seen_is_told_by_the_joints():
    camera = pitched(25.0)
    track = misread(MOTION, camera)
    errors = [np.abs(key_errors(measured(track, by), MOTION, "knee_over_foot")).max() for by in ("model", "read")]
    assert errors[1] < 2.0 < errors[0]


def test_both_readings_are_kept_in_the_file_of_landmarks():
    track = misread(MOTION)
    back = track_of_parquet(track_parquet(track), "track.parquet")
    assert (back.joints == track.joints).all()
    assert back.model.joints_sha256 == "1" * 64
    assert back.part(slice(3, 9)).joints.shape == (6, len(JOINTS), 3)
