"""Where the camera stood and the body in its own frontal plane, from a stick figure filmed from known places."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core import viewpoint
from alignment.core.measures import MEASURES
from alignment.core.skeleton import INDEX, SIDES, SWAPPED, index
from alignment.core.track import Track
from alignment.core.uncertainty import measure_all
from alignment.core.viewpoint import BOTH_FEET, SADDLE, STAIRS, Setup
from alignment.core.viewpoint import camera as camera_module
from alignment.core.viewpoint.heading import Heading
from alignment.core.viewpoint.lengths import Lengths
from alignment.core.viewpoint.setup import DrawnOffsets
from alignment.core.viewpoint.subject_turn import no_turn
from tests import movements, synthetic
from tests.setups import HEAVY, changed, setup_of, view_of
from tests.synthetic import Camera

pytestmark = pytest.mark.checked

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


#: A model that draws every segment as long as it is.
EXACT = replace(HEAVY, drawn_se=0.0)


def known_setup(camera: Camera, frames: int) -> Setup:
    """All that the reconstruction takes as known, exactly as it is for the stick figure."""
    lengths = Lengths(
        leg_px=camera.focal_px / camera.distance,
        thigh=dict.fromkeys(SIDES, synthetic.THIGH),
        shank=dict.fromkeys(SIDES, synthetic.SHANK),
        trunk=synthetic.TRUNK,
        foot=synthetic.FOOT,
        scale=np.ones(frames),
        standing=np.zeros(frames, dtype=bool),
        length_se=0.01,
    )
    return Setup(
        camera=camera_module.Camera(
            focal_px=camera.focal_px,
            aside_px=camera.focal_px * camera.aside / camera.distance,
            roll_deg=camera.roll_deg,
            roll_se_deg=0.5,
            roll_given=True,
            pitch_deg=camera.pitch_deg,
        ),
        heading=Heading(camera.azimuth_deg, 2.0, no_turn(frames)),
        lengths=lengths,
        pitched=lengths,
        stance=BOTH_FEET,
        calibration=EXACT,
        offsets=DrawnOffsets(synthetic.HIP_FRONT[camera.facing], synthetic.TOE_ASIDE[camera.facing]),
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
    track = synthetic.wearing(synthetic.film(motion, camera), motion, camera)
    body = viewpoint.reconstruct(track, known_setup(camera, track.frames))
    for (measure, whose), expected in synthetic.truth(synthetic.joints(motion)).items():
        if camera.facing not in MEASURES[measure].views:
            continue
        found = MEASURES[measure].compute_ungated(body, whose)
        sure = unmistakable(motion, camera, measure)
        assert sure.any()
        assert found[sure] == pytest.approx(expected[sure], abs=0.01), (measure, whose)


@pytest.mark.parametrize("stance", SIDES)
@pytest.mark.parametrize("free", [(0.25, -0.25), (0.1, 0.3)], ids=["behind", "in front"])
@pytest.mark.parametrize("camera", CAMERAS, ids=name)
def test_on_one_leg_the_standing_foot_carries_the_hips_wherever_the_other_one_is(camera, free, stance):
    """The free leg's unknown depth must not move the hips: a knee bent by 66° once read as one of 50°."""
    motion = synthetic.single_leg(stance, reps=1, inwards_deg=15.0)
    other = SIDES[1 - SIDES.index(stance)]
    lifted = np.asarray(motion.foot_up[other]) / 0.25
    motion = replace(
        motion,
        foot_up={stance: 0.0, other: free[0] * lifted},
        foot_forward={stance: 0.0, other: free[1] * lifted},
    )
    track = synthetic.film(motion, camera)
    body = viewpoint.reconstruct(track, changed(known_setup(camera, track.frames), lengths={"standing": lifted == 0}))
    truth = synthetic.truth(synthetic.joints(motion))
    away = lifted > 0.95
    bent = away & (truth["knee_flexion", stance] > 50.0)
    assert bent.any()
    for measure in ("fppa", "knee_over_toe", "knee_flexion"):
        found = MEASURES[measure].compute_ungated(body, stance)
        # Seen from behind and above, a shank near upright has two explanations.
        sure = bent if camera.facing == "back" else away
        assert found[sure] == pytest.approx(truth[measure, stance][sure], abs=0.01), measure


def test_a_foot_held_up_behind_has_its_knee_bent():
    motion = synthetic.single_leg("left", reps=1)
    track = synthetic.film(motion, Camera(yaw_deg=8.0))
    lifted = np.asarray(motion.foot_up["right"]) / 0.25
    body = viewpoint.reconstruct(
        track, changed(known_setup(Camera(yaw_deg=8.0), track.frames), lengths={"standing": lifted == 0})
    )
    expected = synthetic.truth(synthetic.joints(motion))["knee_flexion", "right"][lifted == 1]
    assert expected.min() > 40.0
    assert MEASURES["knee_flexion"].compute_ungated(body, "right")[lifted == 1] == pytest.approx(expected, abs=0.01)


def test_a_shaken_camera_lifts_no_foot():
    track = synthetic.film(MOTIONS["inwards"], Camera(yaw_deg=10.0))
    setup = known_setup(Camera(yaw_deg=10.0), track.frames)
    shake_px = 15.0 * np.sin(2.0 * track.time_s)
    shaken = replace(track, pixels=track.pixels + shake_px[:, None, None])
    for measure, whose in (("knee_flexion", "left"), ("knee_flexion", "right")):
        expected = MEASURES[measure].compute_ungated(viewpoint.reconstruct(track, setup), whose)
        assert MEASURES[measure].compute_ungated(viewpoint.reconstruct(shaken, setup), whose) == pytest.approx(
            expected, abs=3.0
        )


def test_a_free_leg_that_is_not_seen_leaves_the_standing_one_as_it_is():
    motion = synthetic.single_leg("left", reps=1)
    track = synthetic.film(motion)
    lifted = np.asarray(motion.foot_up["right"]) / 0.25
    pixels = track.pixels.copy()
    for part in ("knee", "ankle"):
        pixels[lifted == 1, INDEX[f"right_{part}"]] = np.nan
    setup = changed(known_setup(Camera(), track.frames), lengths={"standing": lifted == 0})
    seen, hidden = (viewpoint.reconstruct(t, setup) for t in (track, replace(track, pixels=pixels)))
    for measure in ("fppa", "knee_over_toe", "knee_flexion"):
        expected = MEASURES[measure].compute_ungated(seen, "left")
        assert MEASURES[measure].compute_ungated(hidden, "left")[lifted == 1] == pytest.approx(
            expected[lifted == 1], abs=1e-3
        )


@pytest.mark.parametrize(
    ("camera", "down"),
    [(Camera("back", height=0.6), False), (Camera("back", yaw_deg=-8.0), False), (Camera(height=-0.8), True)],
    ids=["up from behind", "up from behind and aside", "down from the front"],
)
def test_on_stairs_both_legs_hang_from_hips_whose_depth_is_known(camera, down):
    motion = synthetic.stairs(down=down)
    track = synthetic.film(motion, replace(camera, distance=6.0))
    camera = replace(camera, distance=6.0)
    points = synthetic.joints(motion)
    hips = points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1)
    azimuth = np.radians(camera.azimuth_deg)
    depth = camera.distance - np.sin(azimuth) * hips[:, 0] - np.cos(azimuth) * hips[:, 2]
    setup = changed(known_setup(camera, track.frames), lengths={"scale": camera.distance / depth})
    setup = replace(setup, stance=STAIRS)
    body = viewpoint.reconstruct(track, setup)
    for (measure, whose), expected in synthetic.truth(points).items():
        if measure in ("fppa", "knee_flexion"):
            wrong = np.abs(MEASURES[measure].compute_ungated(body, whose) - expected) > 0.01
            # A shank as upright as the ray's inclination allows has two explanations; the usual one is taken.
            assert wrong.mean() < 0.15, (measure, whose)


@pytest.mark.parametrize("yaw_deg", [-20.0, 20.0])
def test_the_models_own_lean_steadies_a_trunk_that_looks_too_short(yaw_deg):
    """Bent over, a trunk drawn 3 % too short would lean farther forwards, and under yaw aside."""
    motion, camera = MOTIONS["aligned"], Camera(yaw_deg=yaw_deg)
    track = synthetic.film(motion, camera)
    pixels = track.pixels.copy()
    low = np.asarray(motion.height) < 0.97
    shoulders = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
    pixels[np.ix_(low, shoulders, [1])] += 0.03 * synthetic.TRUNK * camera.focal_px / camera.distance
    # The model's figure leans back by a constant angle, as it does in films.
    track = replace(track, pixels=pixels, metres=turned_about_x(track.metres, 12.0))
    setup = known_setup(camera, track.frames)
    alone = viewpoint.reconstruct(track, setup)
    helped = viewpoint.reconstruct(track, changed(setup, lengths={"standing": ~low}))
    errors = [np.abs(MEASURES["trunk_lean"].compute_ungated(body, "body")[low]) for body in (alone, helped)]
    assert errors[0].max() > 3.0
    assert errors[1].max() < 0.6 * errors[0].max()


def turned_about_x(metres: np.ndarray, angle_deg: float) -> np.ndarray:
    angle = np.radians(angle_deg)
    x, y, z = metres[..., 0], metres[..., 1], metres[..., 2]
    return np.stack([x, np.cos(angle) * y - np.sin(angle) * z, np.sin(angle) * y + np.cos(angle) * z], axis=-1)


def test_straight_legs_drawn_a_little_too_long_do_not_lean_with_the_camera():
    """A segment that looks longer than it is used to be laid square to its ray: filmed from above and behind, forwards."""
    camera = Camera("back", yaw_deg=20.0, height=1.4)
    time_s = synthetic.clock(1.0)
    motion = synthetic.Motion(time_s, height=np.full(len(time_s), 0.998), half_stance=0.11)
    track = synthetic.film(motion, camera)
    pixels, leg_px = track.pixels.copy(), camera.focal_px / camera.distance
    pixels[:, index(["left_hip", "right_hip"]), 1] -= 0.015 * leg_px
    pixels[:, index(["left_knee", "right_knee"]), 1] -= 0.0075 * leg_px
    setup = known_setup(camera, track.frames)
    exact, settled = (
        viewpoint.reconstruct(replace(track, pixels=pixels), one) for one in (setup, replace(setup, calibration=HEAVY))
    )
    # In truth the hips are over the ankles.
    assert np.abs((exact.at("left", "hip") - exact.at("left", "ankle"))[:, 2]).min() > 0.1
    assert np.abs((settled.at("left", "hip") - settled.at("left", "ankle"))[:, 2]).max() < 0.03


@pytest.mark.parametrize("camera", [Camera(yaw_deg=-22.0), Camera("back", yaw_deg=15.0)], ids=name)
def test_bent_legs_are_decided_by_their_lengths_and_not_by_the_guess(camera):
    motion = MOTIONS["one-sided"]
    track = synthetic.film(motion, camera)
    body = viewpoint.reconstruct(track, replace(known_setup(camera, track.frames), calibration=HEAVY))
    low = np.asarray(motion.height) < 0.75
    truth = synthetic.truth(synthetic.joints(motion))
    for side in SIDES:
        assert MEASURES["fppa"].compute_ungated(body, side)[low] == pytest.approx(truth["fppa", side][low], abs=0.6)
        assert MEASURES["knee_flexion"].compute_ungated(body, side)[low] == pytest.approx(
            truth["knee_flexion", side][low], abs=2.0
        )


def test_what_is_not_seen_leaves_the_other_leg_where_it_is():
    camera = Camera(yaw_deg=12.0)
    track = synthetic.film(MOTIONS["inwards"], camera)
    setup = replace(known_setup(camera, track.frames), calibration=HEAVY)
    pixels = track.pixels.copy()
    pixels[40:60, index(["right_knee", "right_ankle"])] = np.nan
    whole, part = (viewpoint.reconstruct(one, setup) for one in (track, replace(track, pixels=pixels)))
    assert MEASURES["fppa"].compute_ungated(part, "left") == pytest.approx(
        MEASURES["fppa"].compute_ungated(whole, "left"), abs=0.5
    )
    assert np.isnan(MEASURES["fppa"].compute_ungated(part, "right")[40:60]).all()
    assert np.isfinite(part.space[:, INDEX["right_hip"]]).all()


def test_under_yaw_the_farther_leg_is_as_long_as_the_nearer_one():
    """Near the camera it looks 5 % shorter, and was taken for one that is never straight."""
    camera = Camera(yaw_deg=-25.0, distance=2.2)
    track = synthetic.film(replace(MOTIONS["aligned"], half_stance=0.16), camera)
    setup = setup_of(track)
    assert setup.lengths.standing[:25].all()
    for lengths in (setup.lengths.thigh, setup.lengths.shank):
        assert lengths["left"] == pytest.approx(lengths["right"], rel=0.02)


@pytest.mark.parametrize("yaw_deg", [-20.0, 20.0])
def test_a_trunk_drawn_too_short_over_folded_legs_does_not_lie_down(yaw_deg):
    """The hips of who sits deep are drawn too high, which looks like a trunk that leans forwards, and under yaw aside."""
    motion, camera = MOTIONS["aligned"], Camera(yaw_deg=yaw_deg)
    track = synthetic.film(motion, camera)
    pixels = track.pixels.copy()
    bottom = (0.985 - np.asarray(motion.height)) / 0.3
    shoulders = index(["left_shoulder", "right_shoulder"])
    pixels[:, shoulders, 1] += (0.25 * synthetic.TRUNK * camera.focal_px / camera.distance * bottom)[:, None]
    setup = setup_of(track)
    _, curves = measure_all(replace(track, pixels=pixels), setup)
    lean = curves["trunk_lean", "body"]
    assert np.nanmax(np.abs(lean.value)) < 4.5
    assert (np.abs(lean.value) < lean.standard_error).all()


@pytest.mark.parametrize("facing", ["front", "back"])
def test_the_models_hips_lie_before_the_joints_as_seen_from_the_front(facing):
    track = synthetic.film(synthetic.squat(reps=1), Camera(facing))
    setup = setup_of(track)
    assert setup.offsets.hip_front == synthetic.HIP_FRONT[facing]
    assert setup.offsets.toe_aside == synthetic.TOE_ASIDE[facing]


def test_a_foot_put_forwards_does_not_lengthen_the_legs():
    """Near the camera it looks a good deal longer than the legs in standing."""
    motion = synthetic.single_leg("left", reps=2, depth=0.2)
    sunk = (0.985 - np.asarray(motion.height)) / 0.21
    motion = replace(
        motion, foot_up={"left": 0.0, "right": -0.08 * sunk}, foot_forward={"left": 0.0, "right": 0.3 * sunk}
    )
    camera = Camera(distance=2.4)
    setup = setup_of(synthetic.film(motion, camera))
    assert setup.lengths.leg_px == pytest.approx(camera.focal_px / camera.distance, rel=0.02)


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
        curve = MEASURES[measure].compute_ungated
        assert curve(there, "left") == pytest.approx(curve(here, "right"), abs=1e-6), measure
    assert MEASURES["trunk_lean"].compute_ungated(there, "body") == pytest.approx(
        -MEASURES["trunk_lean"].compute_ungated(here, "body"), abs=1e-6
    )


@pytest.mark.parametrize("camera", [c for c in CAMERAS if c.yaw_deg == 0], ids=name)
def test_the_pictures_own_angle_is_that_of_the_pixels(camera):
    """fppa_image needs no reconstruction: thigh against shank as drawn, whatever the roll."""
    track = synthetic.film(MOTIONS["one-sided"], camera)
    body = viewpoint.reconstruct(track, known_setup(camera, track.frames))
    for side in SIDES:
        hip, knee, ankle = (track.pixels[:, INDEX[f"{side}_{part}"]] for part in ("hip", "knee", "ankle"))
        thigh, shank = knee - hip, ankle - knee
        bend = np.abs(np.degrees(np.arctan2(thigh[:, 0], thigh[:, 1]) - np.arctan2(shank[:, 0], shank[:, 1])))
        assert np.abs(MEASURES["fppa_image"].compute_ungated(body, side)) == pytest.approx(bend, abs=0.01)


@pytest.mark.parametrize("camera", CAMERAS, ids=name)
def test_the_cameras_place_is_found_from_the_landmarks_alone(camera):
    track = synthetic.film(MOTIONS["aligned"], camera, noise_px=0.5)
    view, _setup = view_of(track, camera_roll_deg=camera.roll_deg)
    assert view.facing == camera.facing
    assert view.facing_probability > 0.95
    # The figure stands at 0.985 of its legs' length, which makes its feet look longer by as much.
    assert view.yaw_deg == pytest.approx(camera.yaw_deg, abs=0.015 * abs(camera.yaw_deg) + 0.2)
    assert view.corrected
    assert view.roll_given
    assert view.distance_leg_lengths == pytest.approx(camera.distance, rel=0.03)


TORSO = index([f"{side}_{part}" for side in SIDES for part in ("hip", "shoulder")])
FEET = {part: index([f"{side}_{part}" for side in SIDES]) for part in ("heel", "toe")}


@pytest.mark.parametrize("bias_deg", [-14.0, 10.0])
@pytest.mark.parametrize("camera", [Camera(yaw_deg=10.0), Camera("back", yaw_deg=-8.0)], ids=name)
def test_a_models_constant_bias_cancels_against_the_mirrored_pictures(camera, bias_deg):
    """The model reads every torso turned by the same angle; in the mirrored picture the figure itself turns round."""
    track = synthetic.film(MOTIONS["aligned"], camera)
    metres, mirror = track.metres.copy(), track.mirrored_metres.copy()
    metres[:, TORSO] = turned_about_y(metres[:, TORSO], bias_deg)
    mirror[:, TORSO] = turned_about_y(mirror[:, TORSO], bias_deg)
    view, setup = view_of(replace(track, metres=metres, mirrored_metres=mirror))
    plain = setup_of(track)
    assert view.yaw_deg == pytest.approx(camera.yaw_deg, abs=0.3)
    assert setup.heading.se_deg == pytest.approx(plain.heading.se_deg, abs=0.1)


@pytest.mark.parametrize("camera", [Camera(yaw_deg=10.0), Camera("back", yaw_deg=-8.0)], ids=name)
def test_toes_seen_beside_their_place_in_the_picture_cancel_too(camera):
    """The model puts all toes to the picture's right, in space and, by a share of that, in the pixels."""
    track = synthetic.film(MOTIONS["aligned"], camera)
    metres, mirror, pixels = track.metres.copy(), track.mirrored_metres.copy(), track.pixels.copy()
    metres[:, FEET["toe"], 0] += 0.03 * 0.85
    mirror[:, FEET["toe"], 0] += 0.03 * 0.85
    pixels[:, FEET["toe"], 0] += 0.03 * HEAVY.feet_bias_share * 1280.0 / camera.distance
    biased = replace(track, metres=metres, mirrored_metres=mirror, pixels=pixels)
    assert yaw_and_se(biased)[0] == pytest.approx(camera.yaw_deg, abs=0.4)
    assert abs(yaw_and_se(replace(track, pixels=pixels))[0] - camera.yaw_deg) > 0.8


def yaw_and_se(track: Track) -> tuple[float, float]:
    """From axes and feet alone, as for a model without weights for the whole figure (tests/test_posture_weights.py)."""
    view, setup = view_of(axes_and_feet(track))
    return view.yaw_deg, setup.heading.se_deg


def axes_and_feet(track: Track) -> Track:
    return replace(track, model=replace(track.model, variant="lite"))


def flattened(track: Track, factor: float) -> Track:
    """The model sees every depth too small, as it does under some clothes and arms."""
    flat = [1.0, 1.0, factor]
    return replace(track, metres=track.metres * flat, mirrored_metres=track.mirrored_metres * flat)


def with_turned_foot(track: Track, side: str, out_deg: float, camera: Camera) -> Track:
    """One foot points further outwards, about its ankle; the camera as it is."""
    motion = MOTIONS["aligned"]
    points = synthetic.joints(motion)
    angle = np.radians(out_deg) * synthetic.OUTWARDS[side]
    ankle = points[:, INDEX[f"{side}_ankle"]]
    for part in ("heel", "toe"):
        way = points[:, INDEX[f"{side}_{part}"]] - ankle
        x = np.cos(angle) * way[:, 0] + np.sin(angle) * way[:, 2]
        z = np.cos(angle) * way[:, 2] - np.sin(angle) * way[:, 0]
        points[:, INDEX[f"{side}_{part}"]] = ankle + np.stack([x, way[:, 1], z], axis=1)
    return replace(track, pixels=synthetic.seen_in_pixels(points, camera))


@pytest.mark.parametrize("yaw_deg", [-20.0, -10.0, 15.0])
@pytest.mark.parametrize("factor", [0.75, 1.3])
def test_the_feet_pull_a_yaw_back_that_the_model_sees_too_small_or_too_large(yaw_deg, factor):
    track = flattened(synthetic.film(MOTIONS["aligned"], Camera(yaw_deg=yaw_deg)), factor)
    read_deg = np.degrees(np.arctan(factor * np.tan(np.radians(yaw_deg))))
    found_deg, se_deg = yaw_and_se(track)
    assert abs(found_deg - yaw_deg) < 0.75 * abs(read_deg - yaw_deg)
    assert abs(found_deg - yaw_deg) < 1.96 * se_deg


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("camera", [Camera(), Camera(yaw_deg=14.0), Camera("back", yaw_deg=-6.0)], ids=name)
def test_feet_that_point_out_unevenly_stay_inside_the_error(camera, side):
    track = with_turned_foot(synthetic.film(MOTIONS["aligned"], camera), side, 10.0, camera)
    found_deg, se_deg = yaw_and_se(track)
    assert 0.3 < abs(found_deg - camera.yaw_deg) < 1.96 * se_deg


def test_feet_that_point_elsewhere_than_the_body_make_the_yaw_unsure():
    track = synthetic.film(MOTIONS["aligned"], Camera())
    turned_round = replace(track, pixels=synthetic.film(MOTIONS["aligned"], Camera(yaw_deg=25.0)).pixels)
    (found_deg, se_deg), (_, agreed_se_deg) = yaw_and_se(turned_round), yaw_and_se(track)
    assert 4.0 < found_deg < 21.0
    assert se_deg > 3 * agreed_se_deg


def test_both_feet_out_alike_change_nothing():
    camera = Camera(yaw_deg=10.0)
    points = synthetic.to_the_tips(synthetic.joints(MOTIONS["aligned"]))
    for side in SIDES:
        points[:, INDEX[f"{side}_toe"], 0] += synthetic.OUTWARDS[side] * 0.06
    track = replace(synthetic.film(MOTIONS["aligned"], camera), pixels=synthetic.seen_in_pixels(points, camera))
    assert yaw_and_se(track)[0] == pytest.approx(10.0, abs=0.2)


@pytest.mark.parametrize("change", ["hidden", "hanging"])
def test_a_hidden_or_a_hanging_foot_leaves_the_axes_alone_and_the_yaw_less_sure(change):
    track = synthetic.film(MOTIONS["aligned"], Camera(yaw_deg=12.0))
    pixels = track.pixels.copy()
    pixels[:, FEET["toe"][0]] += np.nan if change == "hidden" else [30.0, 60.0]
    (found_deg, se_deg), (_, whole_se_deg) = yaw_and_se(replace(track, pixels=pixels)), yaw_and_se(track)
    assert found_deg == pytest.approx(12.0, abs=0.1)
    assert se_deg > 1.2 * whole_se_deg


def test_a_foot_that_hangs_part_of_the_time_does_not_count_then():
    track = synthetic.film(MOTIONS["aligned"], Camera(yaw_deg=12.0))
    pixels = track.pixels.copy()
    pixels[:20, FEET["toe"][0]] += [30.0, 60.0]
    assert yaw_and_se(replace(track, pixels=pixels)) == pytest.approx(yaw_and_se(track), abs=0.05)


def test_without_a_vertical_the_feet_say_less_of_the_yaw():
    """A roll tilts the way from heel to toe, which runs down the picture as well."""
    camera = Camera(yaw_deg=8.0, roll_deg=4.0)
    track = axes_and_feet(synthetic.film(MOTIONS["aligned"], camera))
    view, setup = view_of(track, camera_roll_deg=None)
    level = setup_of(track, camera_roll_deg=4.0)
    assert setup.heading.se_deg > level.heading.se_deg
    assert abs(view.yaw_deg - 8.0) < setup.heading.se_deg


@pytest.mark.parametrize("camera", CAMERAS, ids=name)
def test_the_mirror_image_of_a_film_has_the_opposite_yaw(camera):
    """Everything exchanged: what the camera saw on one side it sees on the other, and the yaw changes its sign alone."""
    track = synthetic.film(MOTIONS["one-sided"], camera)
    swapped = list(SWAPPED)
    mirror_image = replace(
        track,
        pixels=track.pixels[:, swapped] * [-1.0, 1.0] + [float(track.source.width), 0.0],
        metres=track.metres[:, swapped] * [-1.0, 1.0, 1.0],
        mirrored_metres=track.mirrored_metres[:, swapped] * [-1.0, 1.0, 1.0],
    )
    here, _ = view_of(track, camera_roll_deg=camera.roll_deg)
    there, _ = view_of(mirror_image, camera_roll_deg=-camera.roll_deg)
    assert (there.yaw_deg, there.yaw_se_deg) == pytest.approx((-here.yaw_deg, here.yaw_se_deg), abs=0.11)


def test_who_comes_with_the_back_to_the_camera_is_measured_where_they_turn_to():
    track = synthetic.film(movements.walk_in_and_squat(from_camera=True), Camera(yaw_deg=12.0))
    view, setup = view_of(track)
    assert view.facing == "front"
    assert view.yaw_deg == pytest.approx(12.0, abs=1.0)
    assert setup.heading.se_deg < 6.0


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
    view, setup = view_of(track)
    assert view.facing == facing
    assert not view.corrected
    body = viewpoint.reconstruct(track, setup)
    expected = synthetic.truth(synthetic.joints(motion))["knee_flexion", facing]
    assert MEASURES["knee_flexion"].curve(body, facing) == pytest.approx(expected, abs=4.0)


def test_too_oblique_a_camera_is_not_corrected():
    view, setup = view_of(synthetic.film(MOTIONS["aligned"], Camera(yaw_deg=40.0)))
    assert view.facing == "front"
    assert not view.corrected
    assert not setup.heading.frontal


def test_an_unknown_vertical_leaves_a_wide_error():
    track = synthetic.film(MOTIONS["aligned"])
    unknown, _ = view_of(track, camera_roll_deg=None)
    given, _ = view_of(track, camera_roll_deg=2.0)
    assert (unknown.roll_given, given.roll_given) == (False, True)
    assert given.roll_deg == 2.0
    assert unknown.roll_se_deg > 3 * given.roll_se_deg


def test_lengths_are_taken_where_the_exercise_is_and_not_on_the_way_there():
    """Somebody walks past the camera first, twice as large and elsewhere in the picture."""
    track = synthetic.film(synthetic.squat(reps=1))
    pixels = track.pixels.copy()
    pixels[:20] = (pixels[:20] - 360.0) * 2.0 + 600.0
    setup = setup_of(replace(track, pixels=pixels))
    expected = setup_of(track)
    assert setup.lengths.leg_px == pytest.approx(expected.lengths.leg_px, rel=0.01)
    assert not setup.lengths.standing[:20].any()


def test_who_comes_from_the_cameras_side_does_not_look_larger_for_it():
    track = synthetic.film(movements.walk_in_and_squat(from_camera=True, reps=1))
    setup = setup_of(track)
    assert setup.lengths.leg_px == pytest.approx(1280.0 / 4.0 * 0.985, rel=0.01)
    assert not setup.lengths.standing[track.time_s < 2.0].any()


@pytest.mark.parametrize("stance", [BOTH_FEET, SADDLE, STAIRS], ids=lambda stance: stance.carrier)
def test_hidden_shoulders_leave_the_legs_their_length(stance):
    track = synthetic.film(synthetic.squat(reps=1))
    pixels = track.pixels.copy()
    pixels[:, index(["left_shoulder", "right_shoulder"])] = np.nan
    setup = setup_of(replace(track, pixels=pixels), stance)
    whole = setup_of(track, stance)
    assert setup.lengths.leg_px == pytest.approx(whole.lengths.leg_px, rel=0.02)
    assert (setup.lengths.standing == whole.lengths.standing).mean() > 0.9


def test_no_yaw_is_minus_nothing():
    view, _ = view_of(synthetic.film(MOTIONS["aligned"], Camera("back")))
    assert str(view.yaw_deg) == "0.0"


def test_on_a_pedal_no_leg_is_straight_and_its_length_is_less_sure():
    motion = synthetic.cycling(duration_s=4.0)
    setup = setup_of(synthetic.film(motion), SADDLE)
    assert not setup.lengths.standing.any()
    assert setup.lengths.length_se > 2 * viewpoint.LENGTH_SE
    assert setup.lengths.leg_px == pytest.approx(1280.0 / 4.25, rel=0.06)


def test_a_leg_folded_throughout_has_the_usual_proportions_to_the_trunk():
    """Sitting all the time: the thighs point at the camera, and only the trunk tells the size."""
    time_s = synthetic.clock(3.0)
    seated = synthetic.Motion(time_s, height=np.full(len(time_s), 0.5), behind=0.45)
    setup = setup_of(synthetic.film(seated))
    assert setup.lengths.length_se == viewpoint.LENGTH_ASSUMED_SE
    assert not setup.lengths.standing.any()
    assert setup.lengths.leg_px == pytest.approx(synthetic.TRUNK * viewpoint.LEG_PER_TRUNK * 1280.0 / 4.45, rel=0.02)


def test_nobody_seen_gives_numbers_that_say_nothing_and_no_error():
    track = synthetic.film(synthetic.still(1.0))
    empty = replace(
        track,
        pixels=np.full_like(track.pixels, np.nan),
        metres=np.full_like(track.metres, np.nan),
        mirrored_metres=np.full_like(track.mirrored_metres, np.nan),
    )
    setup = setup_of(empty, camera_roll_deg=None)
    assert setup.heading.se_deg >= 90.0
    assert np.isnan(viewpoint.reconstruct(empty, setup).space[:, :, 0]).all()
