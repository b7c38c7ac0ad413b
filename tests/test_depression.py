"""How far the camera looks down: found by standing feet, and what it then costs the numbers."""

from functools import cache

import numpy as np
import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.pipeline import analyze
from alignment.core.viewpoint import ONE_FOOT, STAIRS, perturbations
from alignment.core.viewpoint.camera import PITCH_SE_DEG
from tests.setups import HEAVY, setup_of
from tests.synthetic import film, joints, pitched, squat, still, truth

PITCHED = (-25.0, -20.0, 20.0, 25.0)
NEAR_LEVEL = (-10.0, 0.0, 10.0)


@cache
def errors(pitch_deg: float) -> dict[str, list[tuple[float, float]]]:
    """Each measure's error at the key moment of a squat, with its standard error."""
    done = squat(reps=1, inwards_deg=(8.0, -4.0))
    known, found = truth(joints(done)), {}
    for cycle in analyze(film(done, pitched(pitch_deg)), ACTIVITIES["squat"], HEAVY).cycles:
        for value in cycle.values:
            true = known.get((value.measure, value.side))
            if value.at == "key" and value.value is not None and true is not None:
                around = np.abs(done.time_s - value.time_s) < 0.051
                off = value.value - float(np.median(true[around]))
                found.setdefault(value.measure, []).append((off, value.standard_error))
    return found


@pytest.mark.parametrize("pitch_deg", PITCHED)
def test_standing_feet_tell_a_pitch_that_no_level_camera_explains(pitch_deg):
    camera = setup_of(film(still(), pitched(pitch_deg))).camera
    # Drawn towards level by a fifth, as a camera is rarely so far from it.
    assert camera.pitch_deg == pytest.approx(0.8 * pitch_deg, abs=0.2 * abs(pitch_deg) + 1.5)
    assert abs(camera.pitch_deg - pitch_deg) < 1.3 * camera.pitch_se_deg < 6.0


@pytest.mark.parametrize("pitch_deg", NEAR_LEVEL)
def test_a_camera_that_may_be_level_is_taken_for_level(pitch_deg):
    camera = setup_of(film(still(), pitched(pitch_deg))).camera
    assert (camera.pitch_deg, camera.pitch_se_deg) == (0.0, PITCH_SE_DEG)


@pytest.mark.parametrize(("facing", "stance"), [("back", ONE_FOOT), ("front", STAIRS)])
def test_what_feet_do_not_tell_is_left_open(facing, stance):
    camera = setup_of(film(still(), pitched(20.0, facing=facing)), stance).camera
    assert (camera.pitch_deg, camera.pitch_se_deg) == (0.0, PITCH_SE_DEG)


@pytest.mark.parametrize("pitch_deg", PITCHED + NEAR_LEVEL)
def test_from_the_floor_and_from_above_every_number_is_within_its_error(pitch_deg):
    found = errors(pitch_deg)
    assert {"knee_over_toe", "knee_over_foot", "knee_flexion", "trunk_lean"} <= set(found)
    for measure, pairs in found.items():
        if measure != "fppa_image":
            assert all(abs(off) < standard_error for off, standard_error in pairs), measure


def test_looking_farther_down_makes_upright_segments_longer():
    setup = setup_of(film(still(), pitched(20.0)))
    assert setup.pitched.leg_px > 1.02 * setup.lengths.leg_px
    assert perturbations(setup)["camera_pitch"].lengths.leg_px == setup.pitched.leg_px
