"""Where the camera stood and the body in its own frontal plane, from a stick figure filmed from known places."""

from dataclasses import replace

import numpy as np
import pytest

from alignment import viewpoint
from alignment.measures import MEASURES
from alignment.skeleton import SIDES, SWAPPED
from alignment.track import Track
from alignment.viewpoint import Setup
from tests import synthetic
from tests.synthetic import Camera

CAMERAS = [
    Camera(),
    Camera(yaw_deg=12.0),
    Camera(yaw_deg=-22.0, roll_deg=4.0),
    Camera(yaw_deg=8.0, aside=0.6, roll_deg=-3.0),
    Camera(distance=2.4, height=0.6),
    Camera("back"),
    Camera("back", yaw_deg=15.0, roll_deg=-4.0),
]
MOTIONS = {
    "aligned": synthetic.squat(reps=1),
    "inwards": synthetic.squat(reps=1, inwards_deg=(25.0, 25.0)),
    "one-sided": synthetic.squat(reps=1, inwards_deg=(20.0, -10.0), lean_deg=6.0),
    "shifted": synthetic.squat(reps=1, aside=0.1, obliquity_deg=5.0, lean_deg=-4.0),
}


def name(camera: Camera) -> str:
    return (
        f"{camera.facing}{camera.yaw_deg:+.0f} roll{camera.roll_deg:+.0f} aside{camera.aside:g} at {camera.distance:g}"
    )


def known_setup(camera: Camera, frames: int) -> Setup:
    """All that the reconstruction takes as known, exactly as it is for the stick figure."""
    return Setup(
        azimuth_deg=camera.azimuth_deg,
        roll_deg=camera.roll_deg,
        pitch_deg=0.0,
        focal_px=camera.focal_px,
        aside_px=camera.focal_px * camera.aside / camera.distance,
        leg_px=camera.focal_px / camera.distance,
        thigh=dict.fromkeys(SIDES, synthetic.THIGH),
        shank=dict.fromkeys(SIDES, synthetic.SHANK),
        trunk=synthetic.TRUNK,
        foot=synthetic.FOOT,
        scale=np.ones(frames),
        standing=np.zeros(frames, dtype=bool),
        anchor="feet",
        length_se=0.01,
        azimuth_se_deg=2.0,
        roll_se_deg=0.5,
    )


def unmistakable(motion: synthetic.Motion, camera: Camera, measure: str) -> np.ndarray:
    """Frames in which a picture has one explanation only.

    A segment that leans less than its ray is inclined looks the same leaning as much further, and only a guess can choose:
    the trunk between upright and 25° forwards, and, seen from behind and above, the shank in a shallow bend.
    """
    lean_deg = np.asarray(motion.forward_lean_deg)
    trunk = (lean_deg < 1.0) | (lean_deg > 25.0)
    legs = np.asarray(motion.height) < 0.85 if camera.facing == "back" else np.ones(len(motion.time_s), dtype=bool)
    return legs & trunk if measure == "trunk_lean" else legs


def mirrored(track: Track) -> Track:
    """The film turned left for right and turned back again, as `--mirrored` does: sides and pixels change and return."""
    swapped = list(SWAPPED)
    once = replace(track, pixels=track.pixels[:, swapped] * [-1.0, 1.0] + [float(track.source.width), 0.0])
    return replace(once, pixels=once.pixels[:, swapped] * [-1.0, 1.0] + [float(track.source.width), 0.0])


@pytest.mark.parametrize("motion", MOTIONS.values(), ids=MOTIONS.keys())
@pytest.mark.parametrize("camera", CAMERAS, ids=name)
def test_known_camera_and_lengths_give_back_every_angle_to_a_hundredth_of_a_degree(camera, motion):
    track = synthetic.film(motion, camera)
    body = viewpoint.reconstruct(track, known_setup(camera, track.frames))
    for (measure, whose), expected in synthetic.truth(synthetic.joints(motion)).items():
        found = MEASURES[measure].ungated(body, whose)
        sure = unmistakable(motion, camera, measure)
        assert sure.any()
        assert found[sure] == pytest.approx(expected[sure], abs=0.01), (measure, whose)


@pytest.mark.parametrize("camera", CAMERAS, ids=name)
def test_a_film_mirrored_and_turned_back_gives_the_same_body(camera):
    track = synthetic.film(MOTIONS["one-sided"], camera)
    setup = known_setup(camera, track.frames)
    here, there = viewpoint.reconstruct(track, setup), viewpoint.reconstruct(mirrored(track), setup)
    assert there.space == pytest.approx(here.space)


@pytest.mark.parametrize("motion", MOTIONS.values(), ids=MOTIONS.keys())
@pytest.mark.parametrize("yaw_deg", [-14.0, 0.0, 9.0])
def test_the_mirrored_motion_filmed_from_the_mirrored_place_exchanges_the_sides(motion, yaw_deg):
    """What the left leg does in the film is what the right leg does in its mirror image, signs included."""
    other = replace(
        motion,
        aside=-np.asarray(motion.aside),
        obliquity_deg=-np.asarray(motion.obliquity_deg),
        lean_deg=-np.asarray(motion.lean_deg),
        inwards_deg={"left": motion.inwards_deg["right"], "right": motion.inwards_deg["left"]},
    )
    here = viewpoint.reconstruct(
        synthetic.film(motion, Camera(yaw_deg=yaw_deg)), known_setup(Camera(yaw_deg=yaw_deg), len(motion.time_s))
    )
    there = viewpoint.reconstruct(
        synthetic.film(other, Camera(yaw_deg=-yaw_deg)), known_setup(Camera(yaw_deg=-yaw_deg), len(motion.time_s))
    )
    for measure in ("fppa", "fppa_image", "knee_over_toe", "knee_flexion"):
        curve = MEASURES[measure].ungated
        assert curve(there, "left") == pytest.approx(curve(here, "right"), abs=1e-6), measure
    assert MEASURES["trunk_lean"].ungated(there, "body") == pytest.approx(
        -MEASURES["trunk_lean"].ungated(here, "body"), abs=1e-6
    )


@pytest.mark.parametrize("camera", [c for c in CAMERAS if c.yaw_deg == 0], ids=name)
def test_the_pictures_own_angle_is_that_of_the_pixels(camera):
    """fppa_image needs no reconstruction: thigh against shank as drawn, whatever the roll."""
    track = synthetic.film(MOTIONS["one-sided"], camera)
    body = viewpoint.reconstruct(track, known_setup(camera, track.frames))
    from alignment.skeleton import INDEX

    for side in SIDES:
        hip, knee, ankle = (track.pixels[:, INDEX[f"{side}_{part}"]] for part in ("hip", "knee", "ankle"))
        thigh, shank = knee - hip, ankle - knee
        bend = np.abs(np.degrees(np.arctan2(thigh[:, 0], thigh[:, 1]) - np.arctan2(shank[:, 0], shank[:, 1])))
        assert np.abs(MEASURES["fppa_image"].ungated(body, side)) == pytest.approx(bend, abs=0.01)


@pytest.mark.parametrize("camera", CAMERAS, ids=name)
def test_the_cameras_place_is_found_from_the_landmarks_alone(camera):
    track = synthetic.film(MOTIONS["aligned"], camera, noise_px=0.5)
    view, _setup = viewpoint.estimate(track, camera_roll_deg=camera.roll_deg, anchor="feet")
    assert view.facing == camera.facing
    assert view.facing_probability > 0.95
    assert view.yaw_deg == pytest.approx(camera.yaw_deg, abs=0.2)
    assert view.corrected
    assert view.roll_given
    assert view.distance_leg_lengths == pytest.approx(camera.distance, rel=0.03)


@pytest.mark.parametrize("bias_deg", [-14.0, 10.0])
@pytest.mark.parametrize("camera", [Camera(yaw_deg=10.0), Camera("back", yaw_deg=-8.0)], ids=name)
def test_a_models_constant_bias_cancels_against_the_mirrored_pictures(camera, bias_deg):
    """The model reads every figure turned by the same angle; in the mirrored picture the figure itself turns round."""
    track = synthetic.film(MOTIONS["aligned"], camera)
    biased = replace(
        track,
        metres=turned_about_y(track.metres, bias_deg),
        mirrored_metres=turned_about_y(track.mirrored_metres, bias_deg),
    )
    view, setup = viewpoint.estimate(biased, camera_roll_deg=0.0, anchor="feet")
    assert view.yaw_deg == pytest.approx(camera.yaw_deg, abs=0.3)
    assert setup.azimuth_se_deg < 3.0


def turned_about_y(metres: np.ndarray, angle_deg: float) -> np.ndarray:
    angle = np.radians(angle_deg)
    x, y, z = metres[..., 0], metres[..., 1], metres[..., 2]
    return np.stack([np.cos(angle) * x + np.sin(angle) * z, y, np.cos(angle) * z - np.sin(angle) * x], axis=-1)


@pytest.mark.parametrize(
    ("azimuth_deg", "facing", "yaw_deg"),
    [
        (0.0, "front", 0.0),
        (30.0, "front", 30.0),
        (-30.0, "front", -30.0),
        (180.0, "back", 0.0),
        (170.0, "back", 10.0),
        (-170.0, "back", -10.0),
        (90.0, "left", 0.0),
        (80.0, "left", 10.0),
        (-90.0, "right", 0.0),
        (-80.0, "right", 10.0),
    ],
)
def test_yaw_is_the_deviation_from_the_facing(azimuth_deg, facing, yaw_deg):
    """Front and back: + towards the subject's left. Seen from a side there is no such direction: + forwards."""
    assert viewpoint.facing_of(azimuth_deg) == facing
    assert viewpoint.yaw_of(azimuth_deg) == pytest.approx(yaw_deg)


@pytest.mark.parametrize("facing", ["left", "right"])
def test_from_the_side_the_knees_bend_is_read_in_the_pictures_plane(facing):
    motion = MOTIONS["aligned"]
    track = synthetic.film(motion, Camera(facing, distance=8.0))
    view, setup = viewpoint.estimate(track, camera_roll_deg=0.0, anchor="feet")
    assert view.facing == facing
    assert not view.corrected
    body = viewpoint.reconstruct(track, setup)
    expected = synthetic.truth(synthetic.joints(motion))["knee_flexion", facing]
    assert MEASURES["knee_flexion"].curve(body, facing) == pytest.approx(expected, abs=4.0)


def test_too_oblique_a_camera_is_not_corrected():
    view, setup = viewpoint.estimate(
        synthetic.film(MOTIONS["aligned"], Camera(yaw_deg=40.0)), camera_roll_deg=0.0, anchor="feet"
    )
    assert view.facing == "front"
    assert not view.corrected
    assert not setup.frontal


def test_who_turns_is_noticed_and_makes_the_yaw_less_sure():
    track = synthetic.film(synthetic.still())
    angle = np.linspace(0.0, 40.0, track.frames)
    turning = np.stack([turned_about_y(m, a) for m, a in zip(track.metres, angle, strict=True)])
    view, setup = viewpoint.estimate(replace(track, metres=turning), camera_roll_deg=0.0, anchor="feet")
    steady, steady_setup = viewpoint.estimate(track, camera_roll_deg=0.0, anchor="feet")
    assert view.yaw_varies
    assert not steady.yaw_varies
    assert setup.azimuth_se_deg > steady_setup.azimuth_se_deg + 3.0


def test_an_unknown_vertical_leaves_a_wide_error():
    track = synthetic.film(MOTIONS["aligned"])
    unknown, _ = viewpoint.estimate(track, camera_roll_deg=None, anchor="feet")
    given, _ = viewpoint.estimate(track, camera_roll_deg=2.0, anchor="feet")
    assert (unknown.roll_given, given.roll_given) == (False, True)
    assert given.roll_deg == 2.0
    assert unknown.roll_se_deg > 4 * given.roll_se_deg


def test_lengths_are_taken_where_the_exercise_is_and_not_on_the_way_there():
    """Somebody walks past the camera first, twice as large and elsewhere in the picture."""
    track = synthetic.film(synthetic.squat(reps=1))
    pixels = track.pixels.copy()
    pixels[:20] = (pixels[:20] - 360.0) * 2.0 + 600.0
    _, setup = viewpoint.estimate(replace(track, pixels=pixels), camera_roll_deg=0.0, anchor="feet")
    _, expected = viewpoint.estimate(track, camera_roll_deg=0.0, anchor="feet")
    assert setup.leg_px == pytest.approx(expected.leg_px, rel=0.01)
    assert not setup.standing[:20].any()


def test_on_a_pedal_no_leg_is_straight_and_its_length_is_less_sure():
    motion = synthetic.cycling(duration_s=4.0)
    _, setup = viewpoint.estimate(synthetic.film(motion), camera_roll_deg=0.0, anchor="pelvis")
    assert not setup.standing.any()
    assert setup.length_se > 2 * viewpoint.LENGTH_SE
    assert setup.leg_px == pytest.approx(1280.0 / 4.25, rel=0.06)


def test_a_leg_folded_throughout_has_the_usual_proportions_to_the_trunk():
    """Sitting all the time: the thighs point at the camera, and only the trunk tells the size."""
    time_s = synthetic.clock(3.0)
    seated = synthetic.Motion(time_s, height=np.full(len(time_s), 0.5), behind=0.45)
    _, setup = viewpoint.estimate(synthetic.film(seated), camera_roll_deg=0.0, anchor="feet")
    assert setup.length_se == viewpoint.LENGTH_ASSUMED_SE
    assert not setup.standing.any()
    assert setup.leg_px == pytest.approx(synthetic.TRUNK * viewpoint.LEG_PER_TRUNK * 1280.0 / 4.45, rel=0.02)


def test_nobody_seen_gives_numbers_that_say_nothing_and_no_error():
    track = synthetic.film(synthetic.still(1.0))
    empty = replace(
        track,
        pixels=np.full_like(track.pixels, np.nan),
        metres=np.full_like(track.metres, np.nan),
        mirrored_metres=np.full_like(track.mirrored_metres, np.nan),
    )
    _view, setup = viewpoint.estimate(empty, camera_roll_deg=None, anchor="feet")
    assert setup.azimuth_se_deg >= 90.0
    assert np.isnan(viewpoint.reconstruct(empty, setup).space[:, :, 0]).all()
