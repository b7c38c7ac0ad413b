"""A subject who turns in the course of the film, and those who only seem to: wavering landmarks, a trunk that wobbles."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core import viewpoint
from alignment.core.geometry import wrapped_deg
from alignment.core.measures import MEASURES
from alignment.core.skeleton import SIDES, SWAPPED, index
from alignment.core.track import Track
from alignment.core.uncertainty import measure_all
from alignment.core.viewpoint import BOTH_FEET, STAIRS, Stance
from alignment.core.viewpoint.subject_turn import EVIDENCE, Turn, no_turn, turn_of
from tests import synthetic
from tests.analyses import activity, result_of
from tests.setups import HEAVY, changed, view_of
from tests.synthetic import Camera, Motion

pytestmark = pytest.mark.checked

PARTS = {"hips": index([f"{side}_hip" for side in SIDES]), "shoulders": index([f"{side}_shoulder" for side in SIDES])}


def smooth(phase: np.ndarray) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(phase, 0.0, 1.0))


def turning_squat(by_deg: float, starts_s: float = 2.0, lasts_s: float = 6.0) -> Motion:
    """Three squats, turning to the left meanwhile."""
    motion = synthetic.squat(reps=3)
    return replace(motion, turned_deg=by_deg * np.clip((motion.time_s - starts_s) / lasts_s, 0.0, 1.0))


def landing(by_deg: float) -> Motion:
    """Stairs up, and a turn on the spot on the landing."""
    stairs = synthetic.stairs()
    time_s = synthetic.clock(stairs.time_s[-1] + 4.0)

    def held(values):
        return np.pad(values, (0, len(time_s) - len(values)), mode="edge")

    turned_deg = by_deg * smooth((time_s - stairs.time_s[-1] - 0.3) / 1.5)
    ahead, angle = np.asarray(stairs.forward)[-1], np.radians(turned_deg)
    return replace(
        stairs,
        time_s=time_s,
        **{name: held(getattr(stairs, name)) for name in ("height", "up", "forward")},
        foot_up={side: held(values) for side, values in stairs.foot_up.items()},
        foot_forward={side: held(values) for side, values in stairs.foot_forward.items()},
        turned_deg=turned_deg,
        carried_forward=ahead * (1 - np.cos(angle)),
        carried_aside=-ahead * np.sin(angle),
    )


def turned_about_y(metres: np.ndarray, angle_deg: np.ndarray) -> np.ndarray:
    angle = np.radians(angle_deg)[:, None]
    x, y, z = np.moveaxis(metres, -1, 0)
    return np.stack([np.cos(angle) * x + np.sin(angle) * z, y, np.cos(angle) * z - np.sin(angle) * x], axis=-1)


def wavering(track: Track, **off_deg: np.ndarray) -> Track:
    """The model sees hips and shoulders turned by these angles over time."""
    metres = track.metres.copy()
    for name, angle_deg in off_deg.items():
        metres[:, PARTS[name]] = turned_about_y(metres[:, PARTS[name]], angle_deg)
    mirrored = metres[track.mirrored_frames][:, list(SWAPPED)] * [-1.0, 1.0, 1.0]
    return replace(track, metres=metres, mirrored_metres=mirrored)


def straying(time_s: np.ndarray, sd_deg: float, rng: np.random.Generator) -> np.ndarray:
    """Noise that lasts for about a second."""
    keep = np.exp(-1.0 / 30.0)
    steps = rng.normal(0.0, sd_deg * np.sqrt(1 - keep**2), len(time_s))
    values = np.empty(len(time_s))
    values[0] = rng.normal(0.0, sd_deg)
    for i in range(1, len(values)):
        values[i] = keep * values[i - 1] + steps[i]
    return values


def seen(track: Track, stance: Stance = BOTH_FEET):
    return view_of(track, stance)


@pytest.mark.parametrize("camera", [Camera(), Camera(yaw_deg=-8.0), Camera("back", yaw_deg=6.0)], ids=str)
@pytest.mark.parametrize("by_deg", [-24.0, 30.0])
def test_a_slow_turn_is_followed_frame_by_frame(camera, by_deg):
    motion = turning_squat(by_deg)
    _, setup = seen(synthetic.film(motion, camera, noise_px=0.5))
    error_deg = wrapped_deg(setup.heading.azimuths_deg - (camera.azimuth_deg - motion.turned_deg))
    assert np.abs(error_deg).max() < 2.5
    assert np.sqrt((error_deg**2).mean()) < 1.0


@pytest.mark.parametrize("lasts_s", [1.2, 6.0], ids=["at once", "slowly"])
def test_the_knees_of_one_who_turns_are_measured_as_of_one_who_does_not(lasts_s):
    """Taken for one who stands half-way between, the knees would look bent sideways by 12° and more."""
    motion = turning_squat(30.0, 3.0, lasts_s)
    track = synthetic.film(motion, Camera(yaw_deg=15.0), noise_px=0.5)
    _, setup = seen(track)
    true = synthetic.truth(synthetic.joints(replace(motion, turned_deg=0.0)))
    followed, fixed = (
        viewpoint.reconstruct(track, one) for one in (setup, changed(setup, heading={"turn": no_turn(track.frames)}))
    )
    for side in SIDES:
        errors = [MEASURES["fppa"].compute_ungated(body, side) - true["fppa", side] for body in (followed, fixed)]
        after, before = (np.sqrt((error**2).mean()) for error in errors)
        assert after < 5.0
        assert after < 0.5 * before


def test_a_turn_leaves_its_mean_and_its_error_in_the_result():
    result = result_of(synthetic.film(turning_squat(30.0), Camera(yaw_deg=15.0)), camera_roll_deg=0.0)
    assert result.viewpoint.yaw_varies
    assert len([cycle for cycle in result.cycles if not cycle.rejected]) == 3
    motion = turning_squat(30.0)
    counts = np.any(
        [(motion.time_s >= c.start_s) & (motion.time_s <= c.end_s) for c in result.cycles if not c.rejected], axis=0
    )
    assert result.viewpoint.yaw_deg == pytest.approx(15.0 - motion.turned_deg[counts].mean(), abs=1.0)
    steady = result_of(synthetic.film(synthetic.squat(reps=3), Camera()), camera_roll_deg=0.0)
    assert result.viewpoint.yaw_se_deg > steady.viewpoint.yaw_se_deg


@pytest.mark.parametrize("by_deg", [60.0, -120.0, 180.0])
def test_on_a_landing_who_faces_another_way_is_unknown_there_and_measured_on_the_stairs(by_deg):
    motion = landing(by_deg)
    track = synthetic.film(motion, Camera("back", yaw_deg=5.0, distance=8.0), noise_px=0.5)
    view, setup = seen(track, STAIRS)
    assert (view.facing, view.yaw_varies) == ("back", True)
    # One foot is a step before the other throughout, which turns the line of the ankles by 60° and more.
    assert view.yaw_deg == pytest.approx(5.0, abs=view.yaw_se_deg)
    assert view.yaw_se_deg < 4.0
    _, curves = measure_all(track, setup)
    there, stairs = np.abs(motion.turned_deg) > 55.0, motion.turned_deg == 0.0
    true = synthetic.truth(synthetic.joints(replace(motion, turned_deg=0.0, carried_forward=0.0, carried_aside=0.0)))
    for side in SIDES:
        curve = curves["fppa", side]
        assert set(curve.reason[there]) == {"subject_turned"}
        assert np.isnan(curve.value[there]).all()
        known = stairs & np.isfinite(curve.value)
        assert known.sum() > 0.9 * stairs.sum()
        assert np.sqrt(((curve.value - true["fppa", side])[known] ** 2).mean()) < 4.0
        assert set(curves["knee_flexion", side].reason[there]) == {"subject_turned"}


def test_who_is_filmed_from_the_side_is_not_said_to_turn():
    view, setup = seen(synthetic.film(turning_squat(20.0), Camera("left", distance=8.0)))
    assert not view.yaw_varies
    assert not setup.heading.away.any()


@pytest.mark.parametrize("sd_deg", [3.0, 6.0])
def test_wavering_landmarks_are_no_turn(sd_deg):
    """None of 40 times; a film was said to turn for less when the quarters' medians were compared."""
    track = synthetic.film(synthetic.still(10.0))
    alarms = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        both = straying(track.time_s, 0.7 * sd_deg, rng)
        off_deg = {name: both + straying(track.time_s, 0.7 * sd_deg, rng) for name in PARTS}
        alarms += seen(wavering(track, **off_deg))[0].yaw_varies
    assert alarms == 0


@pytest.mark.parametrize("by_deg", [10.0, 20.0])
def test_a_trunk_that_turns_with_every_repetition_is_no_turn(by_deg):
    motion = synthetic.squat(reps=3)
    low = (0.985 - np.asarray(motion.height)) / 0.3
    track = wavering(synthetic.film(motion), hips=by_deg * low, shoulders=0.7 * by_deg * low)
    view, setup = seen(track)
    assert not view.yaw_varies
    assert np.ptp(setup.heading.azimuths_deg) == 0.0


@pytest.mark.parametrize("by_deg", [8.0, 15.0])
def test_a_pelvis_that_swings_with_every_step_is_no_turn(by_deg):
    motion = synthetic.stairs()
    swing = by_deg * np.sin(2 * np.pi * motion.time_s / 1.6)
    track = wavering(synthetic.film(motion, Camera("back", distance=8.0)), hips=swing, shoulders=-0.5 * swing)
    assert not seen(track, STAIRS)[0].yaw_varies


def test_feet_that_stay_speak_against_a_turn_of_the_trunk_alone():
    """Somebody looks round: hips and shoulders by 12°, the feet not at all."""
    motion = synthetic.squat(reps=3)
    away = 12.0 * smooth((motion.time_s - 4.0) / 2.0)
    turned = wavering(synthetic.film(motion), hips=away, shoulders=away)
    with_feet, setup = seen(turned)
    assert not with_feet.yaw_varies
    steady = seen(synthetic.film(motion))[1]
    assert setup.heading.se_deg >= steady.heading.se_deg


def reading(turned_deg: np.ndarray, **names: float) -> Turn:
    time_s = np.linspace(0.0, 10.0, len(turned_deg))
    rows = {name: share * turned_deg for name, share in names.items()}
    return turn_of(time_s, rows, np.zeros((len(time_s), 3)), HEAVY.strays)


def test_the_error_of_a_turn_covers_readings_that_see_too_little_of_it():
    true = 25.0 * smooth(np.linspace(-1.0, 2.0, 300))
    turn = reading(true, hips=0.85, shoulders=0.75, feet=1.0)
    assert turn.real
    error = turn.turned_deg - (true - np.median(true))
    assert np.abs(error - error.mean()).max() < 1.96 * turn.se_deg.max()


def test_a_turn_too_small_to_tell_widens_the_error_alone():
    slight = reading(5.0 * smooth(np.linspace(-1.0, 2.0, 300)), hips=1.0, shoulders=1.0, feet=1.0)
    assert not slight.real
    assert slight.evidence < EVIDENCE
    assert (slight.turned_deg == 0.0).all()
    nothing = reading(np.zeros(300), hips=1.0, shoulders=1.0, feet=1.0)
    assert nothing.evidence < 0.0
    assert nothing.unsure_deg == 0.0


def test_nothing_read_is_no_turn():
    turn = turn_of(np.arange(5.0), {"hips": np.full(5, np.nan)}, np.full((5, 3), np.nan), HEAVY.strays)
    assert not turn.real
    assert turn_of(np.zeros(0), {}, np.zeros((0, 3)), HEAVY.strays).turned_deg.shape == (0,)


def test_a_long_film_is_read_in_longer_blocks():
    time_s = np.linspace(0.0, 1800.0, 9000)
    true = 30.0 * smooth((time_s - 600.0) / 300.0)
    turn = turn_of(time_s, {"hips": true, "shoulders": true}, np.zeros((len(time_s), 3)), HEAVY.strays)
    assert turn.real
    assert (turn.turned_deg - true).std() < 1.5


def test_a_turn_on_the_landing_is_no_step():
    track = synthetic.film(landing(120.0), Camera("back", distance=8.0), noise_px=0.5)
    result = result_of(track, activity("stairs"), camera_roll_deg=0.0)
    ends = [cycle.end_s for cycle in result.cycles if not cycle.rejected]
    assert len(ends) >= 4
    assert max(ends) < synthetic.stairs().time_s[-1] + 0.5


def test_a_coarser_model_needs_more_evidence():
    time_s = np.linspace(0.0, 10.0, 300)
    rows = dict.fromkeys(("hips", "shoulders"), 14.0 * smooth((time_s - 3.0) / 3.0))
    fine, coarse = (
        turn_of(time_s, rows, np.zeros((300, 3)), replace(HEAVY.strays, factor=factor)) for factor in (1.0, 2.0)
    )
    assert fine.evidence > coarse.evidence
    assert (fine.real, coarse.real) == (True, False)
