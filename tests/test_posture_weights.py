"""The weighted mean of six readings of the azimuth: exact on a figure without errors, in any posture, with any weights."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core.calibration import READINGS, Calibration
from alignment.core.skeleton import INDEX, SIDES, SWAPPED
from alignment.core.track import Track
from alignment.core.viewpoint import BOTH_FEET, posture_weights
from alignment.core.viewpoint.azimuth import heading_of
from alignment.core.viewpoint.heading import Heading
from alignment.core.viewpoint.lengths import Lengths, lengths_of
from alignment.pose.calibration import calibration_of
from tests import synthetic
from tests.setups import HEAVY, view_of
from tests.synthetic import Camera, film

pytestmark = pytest.mark.checked

MOTIONS = {
    "squat": synthetic.squat(reps=1),
    "single_leg": synthetic.single_leg("left", reps=1),
    "standing": synthetic.still(),
}


def deviations(track: Track, *, behind: bool = False) -> np.ndarray:
    seen = track.mirrored_frames
    weights = HEAVY.azimuth_weights["back" if behind else "front"]
    return posture_weights.deviations_deg(
        track.metres[seen], track.mirrored_metres, weights, HEAVY.foot_reach, behind=behind
    )


def azimuth_heading(track: Track, lengths: Lengths, calibration: Calibration = HEAVY) -> Heading:
    return heading_of(track, calibration, lengths)


@pytest.mark.parametrize("facing", ["front", "back"])
@pytest.mark.parametrize("yaw_deg", [-20.0, 0.0, 7.0])
def test_every_reading_of_a_standing_figure_is_its_azimuth(facing, yaw_deg):
    track = film(MOTIONS["standing"], Camera(facing, yaw_deg=yaw_deg))
    figure = posture_weights.both_ways(track.metres[track.mirrored_frames], track.mirrored_metres)
    azimuth_deg = yaw_deg if facing == "front" else -yaw_deg
    found = posture_weights.readings_deg(figure, HEAVY.foot_reach, behind=facing == "back")
    assert found.shape == (len(track.mirrored_frames), len(READINGS))
    assert found == pytest.approx(np.full(found.shape, azimuth_deg), abs=0.2)
    assert deviations(track, behind=facing == "back") == pytest.approx(azimuth_deg, abs=0.2)


@pytest.mark.parametrize("motion", ["squat", "standing"])
def test_the_weights_sum_to_one_in_every_posture(motion):
    """Alike readings have their own value as mean, however the figure bends."""
    track = film(MOTIONS[motion], Camera(yaw_deg=15.0))
    figure = posture_weights.both_ways(track.metres[track.mirrored_frames], track.mirrored_metres)
    readings = posture_weights.readings_deg(figure, HEAVY.foot_reach, behind=False)
    assert readings == pytest.approx(np.repeat(readings[:, :1], readings.shape[1], axis=1), abs=0.01)
    assert deviations(track) == pytest.approx(readings[:, 0], abs=0.05)


def test_what_the_model_always_puts_to_one_side_is_gone():
    """All of the left side 5 cm too deep, in the picture as in its mirror image."""
    track = film(MOTIONS["squat"], Camera(yaw_deg=8.0))
    left = [INDEX[f"left_{part}"] for part in ("shoulder", "hip", "knee", "ankle", "heel", "toe")]
    metres, mirrored = track.metres.copy(), track.mirrored_metres.copy()
    metres[:, left, 2] += 0.05
    mirrored[:, left, 2] += 0.05
    biased = deviations(replace(track, metres=metres, mirrored_metres=mirrored))
    assert biased == pytest.approx(deviations(track), abs=0.3)
    one_way = replace(
        track, metres=metres, mirrored_metres=metres[track.mirrored_frames][:, list(SWAPPED)] * [-1, 1, 1]
    )
    assert np.median(np.abs(deviations(one_way) - deviations(track))) > 3.0


def test_a_lifted_foot_counts_less():
    """The free foot, 0.25 leg lengths behind, turns the line of the ankles by 40° and more; the mean by a few."""
    track = film(MOTIONS["single_leg"])
    seen = track.mirrored_frames
    figure = posture_weights.both_ways(track.metres[seen], track.mirrored_metres)
    ankles = posture_weights.readings_deg(figure, HEAVY.foot_reach, behind=False)[:, READINGS.index("ankle")]
    lifted = np.abs(ankles) > 40.0
    assert lifted.sum() >= 5
    assert np.abs(deviations(track)[lifted]).max() < 0.3 * np.abs(ankles[lifted]).min()


def test_a_part_that_is_not_seen_leaves_the_picture_out():
    track = film(MOTIONS["standing"])
    metres = track.metres.copy()
    metres[track.mirrored_frames[2], INDEX["right_toe"]] = np.nan
    assert np.isnan(deviations(replace(track, metres=metres))).tolist() == [
        i == 2 for i in range(len(track.mirrored_frames))
    ]


# --- in the azimuth -------------------------------------------------------------------------------------------------


def turned_figure(track: Track, by_deg: float) -> Track:
    """The model's figures in space turned about the vertical, the pixels as they were."""
    turn = np.radians(by_deg)
    rotation = np.array([[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]])
    return replace(track, metres=track.metres @ rotation.T, mirrored_metres=track.mirrored_metres @ rotation)


def test_the_whole_figure_gives_the_azimuth_and_readings_that_differ_widen_its_error():
    track = film(MOTIONS["squat"], Camera(yaw_deg=10.0))
    lengths = lengths_of(track, BOTH_FEET)
    heading = azimuth_heading(track, lengths)
    assert heading.azimuth_deg == pytest.approx(10.0, abs=0.5)
    other = turned_figure(track, 12.0)
    assert abs(deviations(other).mean() - 10.0) == pytest.approx(12.0, abs=1.0)
    apart = azimuth_heading(other, lengths)
    # The feet in the picture still say 10°.
    assert 10.0 < apart.azimuth_deg < deviations(other).mean() or deviations(other).mean() < apart.azimuth_deg < 10.0
    assert apart.se_deg > 1.3 * heading.se_deg


def test_where_few_pictures_show_the_feet_the_axes_stand_alone():
    """Of a figure whose toes are mostly out of the picture nothing is told by the whole of it."""
    track = film(MOTIONS["squat"], Camera(yaw_deg=10.0))
    metres = track.metres.copy()
    toes = [INDEX[f"{side}_toe"] for side in SIDES]
    hidden = track.mirrored_frames[: len(track.mirrored_frames) // 2 + 1]
    metres[np.ix_(hidden, toes)] = np.nan
    lengths = lengths_of(track, BOTH_FEET)
    without, whole = azimuth_heading(replace(track, metres=metres), lengths), azimuth_heading(track, lengths)
    others = azimuth_heading(track, lengths, calibration_of("lite"))
    assert without.azimuth_deg == pytest.approx(10.0, abs=0.5)
    assert without.se_deg == pytest.approx(others.se_deg, abs=1e-3)
    assert without.se_deg != pytest.approx(whole.se_deg, abs=1e-2)


def test_the_program_says_how_sure_the_yaw_is_from_front_and_from_behind():
    """From behind the toes are guessed: the error stated is larger, and grows faster with the yaw."""
    errors = {
        (facing, yaw_deg): view_of(film(MOTIONS["standing"], Camera(facing, yaw_deg=yaw_deg)))[0].yaw_se_deg
        for facing in ("front", "back")
        for yaw_deg in (0.0, 20.0)
    }
    assert errors["front", 0.0] < errors["back", 0.0] < errors["back", 20.0]
    assert errors["front", 0.0] < errors["front", 20.0] < errors["back", 20.0]
