"""The rendered samples: their kinematics, camera and truth against an independent stick figure; the files as committed."""

import csv
import json
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from alignment import sources
from alignment.accuracy.truth import clips_in
from alignment.core.skeleton import INDEX, LANDMARKS
from samples.render import anatomy, body, crowd, marks, pelvis, truth
from samples.render.body import Mesh
from samples.render.camera import Camera
from samples.render.clips import CLIPS, Clip
from samples.render.film import Lens, Sensor, shake_deg, write
from samples.render.gait_truth import gait_series
from samples.render.gaits import GAITS
from samples.render.kinematics import OTHER, OUTWARDS, SIDES, Rig, about, frame_of, solve, two_segments
from samples.render.marked import MARKED
from samples.render.motions import Form, Gait, Rep
from samples.render.scripts import SCRIPTS
from tests import synthetic
from tests.films import corners, marked


def _rig() -> Rig:
    """A skeleton at rest with the body model's names: arms aside, legs slightly apart, 0.84 m long."""
    middle = {
        "root": ("", (0, 0.98, 0.02)),
        "spine05": ("root", (0, 0.98, 0.02)),
        "spine04": ("spine05", (0, 1.08, 0.01)),
        "spine03": ("spine04", (0, 1.18, 0.0)),
        "spine02": ("spine03", (0, 1.28, -0.01)),
        "spine01": ("spine02", (0, 1.36, -0.01)),
        "neck01": ("spine01", (0, 1.52, 0.0)),
        "neck02": ("neck01", (0, 1.55, 0.0)),
        "neck03": ("neck02", (0, 1.58, 0.01)),
        "head": ("neck03", (0, 1.62, 0.03)),
    }
    sided = {
        "pelvis": ("root", (0, 0.98, 0.02)),
        "upperleg01": ("pelvis", (0.095, 0.93, 0.01)),
        "upperleg02": ("upperleg01", (0.10, 0.83, 0.015)),
        "lowerleg01": ("upperleg02", (0.125, 0.51, 0.035)),
        "lowerleg02": ("lowerleg01", (0.14, 0.30, 0.02)),
        "foot": ("lowerleg02", (0.155, 0.09, 0.0)),
        "toe2-1": ("foot", (0.16, 0.035, 0.14)),
        "upperarm01": ("spine01", (0.17, 1.42, 0.01)),
        "upperarm02": ("upperarm01", (0.23, 1.35, 0.01)),
        "lowerarm01": ("upperarm02", (0.35, 1.21, 0.02)),
        "lowerarm02": ("lowerarm01", (0.41, 1.14, 0.09)),
        "wrist": ("lowerarm02", (0.47, 1.08, 0.17)),
        "finger2-1": ("wrist", (0.50, 1.02, 0.22)),
        "eye": ("head", (0.03, 1.66, 0.11)),
    }
    bones = {name: (parent, np.array(head, float)) for name, (parent, head) in middle.items()}
    for suffix, out in (("L", 1.0), ("R", -1.0)):
        for name, (parent, head) in sided.items():
            whole = parent if parent in middle else f"{parent}.{suffix}"
            bones[f"{name}.{suffix}"] = (whole, np.array(head, float) * [out, 1, 1])
    labels = tuple(bones)
    parents = tuple(labels.index(parent) if parent else -1 for parent, _ in bones.values())
    return Rig(labels, parents, np.array([head for _, head in bones.values()]))


RIG = _rig()
FPS = 30
#: One way to do each activity, knees in and pelvis tilted.
FORMS = {
    "squat": Form((Rep(0.3, (8, 4), weight_right=0.65), Rep(0.25, (-5, 0), lean_deg=8)), arms="forward"),
    "single_leg_squat": Form((Rep(0.15, (0, 6), drop_deg=8),), side="right", stance=1.0, arms="hips"),
    "step_down": Form((Rep(0.24, (7, 0), drop_deg=5),), side="left", stance=1.0, rise_m=0.13),
    "stairs": Form((Rep(inwards_deg=(5, 0)), Rep(drop_deg=6), Rep(), Rep()), stance=0.9),
    "cycling": Form((Rep(inwards_deg=(4, -4)),) * 4, stance=1.0),
    "sit_to_stand": Form((Rep(inwards_deg=(6, 6)), Rep(weight_right=0.6)), arms="crossed"),
}


def acted(activity: str, form: Form | None = None):
    scripted = SCRIPTS[activity](RIG, form or FORMS[activity], FPS)
    return scripted, solve(RIG, scripted.motion)


def measured(activity: str, form: Form | None = None, camera: Camera | None = None):
    scripted, posed = acted(activity, form)
    camera = camera or Camera()
    axes = np.repeat(camera.axes[None], len(scripted.motion.time_s), axis=0)
    return scripted, truth.series(posed, scripted.motion, camera, axes)


def at_key(scripted, values: np.ndarray, number: int = 0) -> float:
    return values[round(scripted.repetitions[number]["key_s"] * FPS)]


# --- kinematics -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", FORMS)
def test_limbs_keep_their_length_and_hang_together(activity):
    _, posed = acted(activity)
    for chain in (("hip", "knee", "ankle", "toe"), ("shoulder", "elbow", "wrist")):
        for start, end in pairwise(chain):
            for side in SIDES:
                length = np.linalg.norm(posed.joint(side, end) - posed.joint(side, start), axis=1)
                assert length == pytest.approx(RIG.length(start, end), abs=1e-9)


@pytest.mark.parametrize("activity", FORMS)
def test_every_bone_is_turned_and_not_mirrored_and_ends_where_the_next_begins(activity):
    _, posed = acted(activity)
    assert np.linalg.det(posed.rotations) == pytest.approx(1.0)
    for bone, part in (
        ("upperleg01", "knee"),
        ("lowerleg01", "ankle"),
        ("upperarm01", "elbow"),
        ("lowerarm01", "wrist"),
    ):
        for side, suffix in (("left", "L"), ("right", "R")):
            end = posed.carried(f"{bone}.{suffix}", RIG.joint(side, part))
            assert end == pytest.approx(posed.joint(side, part), abs=1e-9)


@pytest.mark.parametrize("activity", [name for name in FORMS if name != "cycling"])
def test_feet_that_are_down_stand_still_on_their_level(activity):
    scripted, posed = acted(activity)
    for side in SIDES:
        down, ankle = scripted.motion.down[side], posed.joint(side, "ankle")
        assert down.any()
        assert ankle[down, 1] - scripted.motion.level[side][down] == pytest.approx(RIG.ankle_height, abs=1e-6)
        both = down[1:] & down[:-1]
        assert np.abs(np.diff(ankle, axis=0))[both].max() < 0.005


@pytest.mark.parametrize("activity", FORMS)
def test_nothing_jumps(activity):
    """No joint moves faster than three metres a second, and none changes its speed by a metre a second between frames."""
    _, posed = acted(activity)
    ways = np.stack([posed.joint(side, part) for side in SIDES for part in ("hip", "knee", "ankle", "wrist")])
    speed = np.diff(ways, axis=1) * FPS
    assert np.linalg.norm(speed, axis=-1).max() < 3.0
    assert np.linalg.norm(np.diff(speed, axis=1), axis=-1).max() < 1.0


def test_knees_bend_forwards():
    _, posed = acted("squat")
    for side in SIDES:
        hip, knee, ankle = (posed.joint(side, part)[:, 2] for part in ("hip", "knee", "ankle"))
        assert (knee > (hip + ankle) / 2).all()


def test_a_limb_that_cannot_reach_is_refused():
    with pytest.raises(ValueError, match="reach"):
        two_segments(np.zeros((1, 3)), np.array([[0.0, -2.0, 0.0]]), 0.5, 0.5, np.array([[0.0, 0.0, 1.0]]), np.zeros(1))


@given(st.floats(-80, 80), st.floats(-80, 80), st.floats(-80, 80))
def test_frames_and_rotations_are_proper(x, y, z):
    turned = about(0, np.array(x)) @ about(1, np.array(y)) @ about(2, np.array(z))
    assert turned @ turned.T == pytest.approx(np.eye(3), abs=1e-12)
    frame = frame_of(turned[:, 0], turned[:, 1])
    assert frame == pytest.approx(turned, abs=1e-9)


# --- motions do what was asked --------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("inwards", [-8.0, 8.0])
def test_a_leg_turned_inwards_has_its_knee_towards_the_midline(side, inwards):
    asked = (inwards, 0.0) if side == "left" else (0.0, inwards)
    scripted, found = measured("squat", Form((Rep(0.3, asked),), sway_m=0.0))
    assert np.sign(inwards) * at_key(scripted, found[side]["fppa_deg"]) > 8
    assert (
        np.sign(inwards) * (at_key(scripted, found[side]["knee_over_toe_pct"]) - found[side]["knee_over_toe_pct"][0])
        > 2
    )
    assert abs(at_key(scripted, found[OTHER[side]]["fppa_deg"])) < 2


@pytest.mark.parametrize(("side", "sign"), [("left", -1.0), ("right", 1.0)])
def test_on_one_leg_the_other_side_sinks_and_the_trunk_leans_over_it(side, sign):
    form = Form((Rep(0.14, drop_deg=9, lean_deg=7),), side=side, stance=1.0)
    scripted, found = measured("single_leg_squat", form)
    assert at_key(scripted, found["pelvic_obliquity_deg"]) == pytest.approx(sign * 9, abs=0.1)
    assert at_key(scripted, found["trunk_lean_deg"]) == pytest.approx(sign * 7, abs=0.1)
    assert [rep["side"] for rep in scripted.repetitions] == [side]


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_the_weight_goes_where_it_was_asked_to(share):
    scripted, found = measured("squat", Form((Rep(0.27, weight_right=share),), sway_m=0.0))
    assert at_key(scripted, found["weight_right_share"]) == pytest.approx(share, abs=0.05)


def test_repetitions_lie_between_leaving_and_regaining_the_standing_height_by_three_percent_of_the_leg():
    scripted, posed = acted("squat")
    height = (posed.joint("left", "hip") + posed.joint("right", "hip"))[:, 1] / 2
    fallen = (np.median(height[:30]) - height) / RIG.leg
    assert len(scripted.repetitions) == 2
    for rep in scripted.repetitions:
        start, end, key = (round(rep[name] * FPS) for name in ("start_s", "end_s", "key_s"))
        assert fallen[start - 1] < 0.03 <= fallen[start]
        assert fallen[end + 1] < 0.03 <= fallen[end]
        assert fallen[key] == fallen[start : end + 1].max()


def test_a_repetition_too_shallow_to_count_is_refused():
    with pytest.raises(ValueError, match="deep enough"):
        acted("squat", Form((Rep(0.02),)))


def test_on_stairs_the_sides_take_turns_while_the_other_foot_is_off():
    scripted, _ = acted("stairs")
    assert [rep["side"] for rep in scripted.repetitions] == ["left", "right", "left", "right"]
    for rep in scripted.repetitions:
        assert not scripted.motion.down[OTHER[rep["side"]]][round(rep["key_s"] * FPS)]
        assert scripted.motion.down[rep["side"]][round(rep["key_s"] * FPS)]


def test_a_turn_begins_with_the_pedal_at_its_top_and_its_key_is_a_quarter_later():
    scripted, posed = acted("cycling")
    for rep in scripted.repetitions:
        way = posed.joint(rep["side"], "ankle")
        period = range(round(rep["start_s"] * FPS), round(rep["end_s"] * FPS) + 1)
        assert way[period.start, 1] == pytest.approx(way[period, 1].max(), abs=0.005)
        assert way[round(rep["key_s"] * FPS), 2] == pytest.approx(way[period, 2].max(), abs=0.005)


# --- truth against the stick figure's -------------------------------------------------------------------------------


def _landmarks(posed) -> np.ndarray:
    points = np.full((len(posed.heads), len(LANDMARKS), 3), np.nan)
    for side in SIDES:
        for part in ("hip", "knee", "ankle", "toe", "shoulder", "elbow", "wrist"):
            points[:, INDEX[f"{side}_{part}"]] = posed.joint(side, part)
    return points


@pytest.mark.parametrize("activity", FORMS)
def test_the_measures_are_those_of_independent_formulas(activity):
    _, posed = acted(activity)
    scripted, found = measured(activity)
    independent = synthetic.truth(_landmarks(posed))
    for side in SIDES:
        known = np.isfinite(found[side]["fppa_deg"])
        assert found[side]["fppa_deg"][known] == pytest.approx(independent["fppa", side][known], abs=1e-6)
        assert found[side]["knee_flexion_deg"] == pytest.approx(independent["knee_flexion", side], abs=1e-4)
        # The stick figure's legs are one unit long.
        assert found[side]["knee_over_toe_pct"] == pytest.approx(independent["knee_over_toe", side] / RIG.leg, abs=1e-6)
        over_foot = found[side]["knee_over_foot_pct"]
        known = scripted.motion.down[side] & (independent["knee_flexion", side] >= 45)
        assert np.array_equal(np.isfinite(over_foot), known)
        assert over_foot[known] == pytest.approx(independent["knee_over_foot", side][known] / RIG.leg, abs=1e-6)
    assert found["pelvic_obliquity_deg"] == pytest.approx(independent["pelvic_obliquity", "body"])
    assert found["trunk_lean_deg"] == pytest.approx(independent["trunk_lean", "body"], abs=1e-9)
    assert found["knee_ankle_ratio"] == pytest.approx(independent["knee_ankle_ratio", "body"])


@pytest.mark.parametrize("facing", ["front", "back"])
@pytest.mark.parametrize(("yaw", "roll"), [(0.0, 0.0), (17.0, 0.0), (-8.0, 4.0)])
def test_the_camera_sees_what_the_stick_figures_camera_sees(facing, yaw, roll):
    camera = Camera(facing, yaw, roll, 3.0, 0.9, 0.9, vfov_deg=40.0)
    other = synthetic.Camera(facing, yaw, roll, 3.0, 0.9, camera.focal_px, camera.width, camera.height_px)
    points = np.random.default_rng(1).uniform([-0.5, 0, -0.5], [0.5, 1.8, 0.5], (50, 3))
    assert camera.pixels(points) == pytest.approx(synthetic._project(synthetic._camera_axes(points, other), other))


def test_a_camera_that_looks_down_sees_what_it_aims_at_in_the_middle():
    camera = Camera(distance_m=3.0, height_m=1.5, aim_height_m=0.9, yaw_deg=20.0, aim=(0.1, 0.2))
    assert camera.pixels(np.array([0.1, 0.9, 0.2])) == pytest.approx([240, 427])
    assert camera.pitch_deg == pytest.approx(np.degrees(np.arctan2(0.6, 3.0)))


def test_from_the_front_the_picture_bends_as_the_body_does():
    camera = Camera(distance_m=50.0, vfov_deg=3.0, height_m=0.85)
    _, found = measured("squat", camera=camera)
    for side in SIDES:
        both = np.isfinite(found[side]["fppa_deg"]) & np.isfinite(found[side]["fppa_image_deg"])
        assert both.sum() > 60
        assert found[side]["fppa_image_deg"][both] == pytest.approx(found[side]["fppa_deg"][both], abs=2.0)


def test_the_bend_is_undefined_where_the_thigh_points_out_of_the_plane():
    _, found = measured("sit_to_stand")
    assert np.isnan(found["left"]["fppa_deg"][0])
    assert np.isnan(found["left"]["fppa_image_deg"][0])
    assert np.isfinite(found["left"]["knee_over_toe_pct"]).all()
    assert np.isfinite(found["left"]["fppa_deg"]).any()


def test_only_a_bent_knee_over_a_foot_that_is_down_is_held_against_its_foot():
    for activity, side, free in (("squat", "left", None), ("single_leg_squat", "right", "left")):
        scripted, found = measured(activity)
        own = found[side]["knee_over_foot_pct"]
        assert np.isnan(own[0])
        assert np.isfinite(at_key(scripted, own))
        assert free is None or np.isnan(at_key(scripted, found[free]["knee_over_foot_pct"]))
    assert np.isnan(measured("cycling")[1]["left"]["knee_over_foot_pct"]).all()


def test_the_share_of_weight_is_undefined_without_both_feet_at_one_level():
    for activity in ("single_leg_squat", "step_down", "stairs"):
        scripted, found = measured(activity)
        assert np.isnan(at_key(scripted, found["weight_right_share"]))
        assert np.isfinite(found["weight_right_share"][0])
    assert np.isnan(measured("cycling")[1]["weight_right_share"]).all()


def test_a_mirrored_film_keeps_the_bodys_measures_and_flips_the_pixels():
    scripted, posed = acted("squat")
    camera = Camera(yaw_deg=9.0)
    axes = np.repeat(camera.axes[None], len(scripted.motion.time_s), axis=0)
    plain, flipped = (
        truth.series(posed, scripted.motion, camera, axes, mirrored=mirrored) for mirrored in (False, True)
    )
    assert flipped["left"]["fppa_image_deg"] == pytest.approx(plain["left"]["fppa_image_deg"], nan_ok=True)
    assert flipped["left"]["knee_px"][:, 0] == pytest.approx(480 - plain["left"]["knee_px"][:, 0])


def test_missing_becomes_null():
    assert truth.plain({"a": np.array([1.0, np.nan]), "b": [{"c": 0.5}]}) == {"a": [1.0, None], "b": [{"c": 0.5}]}


def test_a_hand_shakes_about_nothing_and_a_tripod_not_at_all():
    time_s = np.arange(300) / 30
    assert not shake_deg(time_s, 0.0, 1).any()
    shaken = shake_deg(time_s, 1.0, 1)
    assert 0.2 < shaken.std() < 1.0
    camera = Camera()
    assert np.linalg.det(camera.shaken(shaken[7])) == pytest.approx(1.0)


def test_a_runner_falls_freely_and_its_feet_keep_the_grounds_speed():
    how = Gait(cadence=170, contact_s=0.24, foot_deg=(12.0, -8.0), speed=2.4, length_s=2.0)
    scripted = SCRIPTS["running"](RIG, Form((), gait=how), 240.0)
    motion, posed = scripted.motion, solve(RIG, scripted.motion)
    time_s, up = motion.time_s, motion.pelvis[:, 1]
    falls = np.gradient(np.gradient(up, time_s), time_s)
    air = ~motion.down["left"] & ~motion.down["right"]
    inner = air & np.roll(air, 3) & np.roll(air, -3)
    assert inner.sum() > 50
    assert falls[inner] == pytest.approx(-9.81, abs=0.05)
    found = gait_series(posed, scripted, how)
    for rep in scripted.repetitions:
        foot_deg = how.foot_deg[rep["side"] == "right"]
        at = np.abs(time_s - rep["start_s"]).argmin()
        assert found[rep["side"]]["foot_angle_contact_deg"][at] == pytest.approx(foot_deg, abs=1.5)
        assert found[rep["side"]]["overstride_pct"][at] == pytest.approx(100 * how.ahead, abs=1.5)
        flat = (time_s > rep["start_s"] + 0.07) & (time_s < rep["key_s"])
        speeds = np.gradient(posed.joint(rep["side"], "toe")[:, 2], time_s)[flat]
        assert speeds == pytest.approx(-how.speed * RIG.leg, abs=0.02)


# --- the set --------------------------------------------------------------------------------------------------------


def test_what_is_fitted_shares_no_body_clothes_or_room_with_what_is_reported():
    def used(split):
        clips = [clip for clip in (*CLIPS.values(), *MARKED.values(), *GAITS.values()) if clip.split == split]
        return {value for clip in clips for value in (clip.body, clip.outfit, clip.room)}

    assert used("tune")
    assert used("check")
    assert not used("tune") & used("check")


def test_what_is_filmed_again_is_the_same_body_and_motion_and_nothing_else():
    every = {**CLIPS, **GAITS}
    pairs = [(every[clip.again], clip) for clip in every.values() if clip.again]
    assert {first.split for first, _ in pairs} == {"tune", "check"}
    assert {first.activity for first, _ in pairs} == set(SCRIPTS)
    for first, again in pairs:
        assert (again.body, again.form, again.activity) == (first.body, first.form, first.activity)
        assert (again.split, again.disturbance, again.fps) == (first.split, "", first.fps)
        assert not first.again
        assert again.outfit != first.outfit
        assert again.room != first.room
        assert abs(again.camera.yaw_deg - first.camera.yaw_deg) >= 4
        assert again.camera.roll_deg != first.camera.roll_deg
        assert again.camera.facing == first.camera.facing


def test_the_cameras_cover_what_phones_are_held_like():
    cameras = [clip.camera for clip in CLIPS.values() if not clip.disturbance]
    for name, low, high in (("yaw_deg", -25, 22), ("roll_deg", -4, 4), ("vfov_deg", 36, 69), ("distance_m", 2, 5)):
        values = [getattr(camera, name) for camera in cameras]
        assert (min(values), max(values)) == (low, high)


@pytest.mark.parametrize("clip", [*CLIPS.values(), *MARKED.values()], ids=lambda clip: clip.name)
def test_every_clip_of_the_plan_can_be_posed_within_the_cameras_sight(clip: Clip):
    scripted = SCRIPTS[clip.activity](RIG, clip.form, clip.fps)
    posed = solve(RIG, scripted.motion)
    ways = np.stack([posed.joint(side, part) for side in SIDES for part in ("hip", "knee", "ankle", "toe", "shoulder")])
    pixels = clip.camera.pixels(ways)
    assert pixels.min() > 0
    assert (pixels.reshape(-1, 2).max(axis=0) < [clip.camera.width, clip.camera.height_px]).all()
    eyes = clip.camera.pixels(np.stack([posed.joint(side, "eye") for side in SIDES]))
    assert eyes[..., 1].min() > 50
    assert scripted.repetitions
    assert 4 <= scripted.motion.time_s[-1] <= 9.5


def test_committed_clips_have_films_of_bearable_size_and_truth_in_the_known_form(samples):
    if not (samples / "manifest.csv").exists():
        pytest.skip("the rendered set is not here")
    with (samples / "manifest.csv").open() as file:
        rows = list(csv.DictReader(file))
    example = json.loads((samples / "squat_front.truth.json").read_text())
    assert {row["split"] for row in rows} == {"tune", "check"}
    of_name = {row["clip"]: row for row in rows}
    assert len(of_name) == len(rows)
    assert sum(path.stat().st_size for path in samples.iterdir() if path.is_file()) <= 20_000_000
    for row in rows:
        film = samples / f"{row['clip']}.mp4"
        found = json.loads(film.with_suffix(".truth.json").read_text())
        assert found["schema"] == "alignment-truth/1"
        assert found["activity"] == row["activity"]
        assert found.keys() >= example.keys()
        assert found["camera"].keys() == example["camera"].keys()
        assert found["series"].keys() == example["series"].keys()
        # The example is of the other renderer, whose files give the joints in the picture only.
        own = {"knee_over_foot_pct"} if row["clip"] in CLIPS else set()
        assert found["series"]["left"].keys() == example["series"]["left"].keys() | own
        assert all(len(values) == found["frames"] for values in found["series"]["right"].values())
        if row["clip"] in CLIPS:
            assert film.stat().st_size <= 600_000
            assert (row["split"], row["again"]) == (CLIPS[row["clip"]].split, CLIPS[row["clip"]].again)
        if row["again"]:
            assert of_name[row["again"]]["activity"] == row["activity"]
            first = json.loads((samples / f"{row['again']}.truth.json").read_text())
            assert (found["subject"], found["repetitions"]) == (first["subject"], first["repetitions"])
            for side in SIDES:
                assert found["series"][side]["fppa_deg"] == first["series"][side]["fppa_deg"]
                assert found["series"][side]["knee_px"] != first["series"][side]["knee_px"]


def test_the_outline_of_a_form_does_not_change_with_the_side():
    """The same on the other leg is the mirror image."""
    left, right = (
        acted("step_down", replace(FORMS["step_down"], side=side, sway_m=0.0, reps=(Rep(0.24, inwards, drop_deg=5),)))[
            1
        ]
        for side, inwards in (("left", (7, 0)), ("right", (0, 7)))
    )
    for part in ("hip", "knee", "ankle", "shoulder", "wrist"):
        assert left.joint("left", part) == pytest.approx(right.joint("right", part) * [-1, 1, 1], abs=1e-9)
    assert OUTWARDS["left"] == -OUTWARDS["right"]


# --- films ----------------------------------------------------------------------------------------------------------


def test_a_film_stored_on_its_side_is_shown_upright(tmp_path):
    path = tmp_path / "turned.mp4"
    write(path, [marked(number, 96, 160) for number in range(4)], 30, turned=True)
    source = sources.open(path)
    assert (source.facts.width, source.facts.height) == (96, 160)
    assert corners(next(iter(source)).image) == [
        pytest.approx(colour, abs=40) for colour in corners(marked(0, 96, 160))
    ]


def test_a_film_of_variable_rate_keeps_the_times_it_was_given(tmp_path):
    ticks = [0, 33, 100, 133, 233, 266]
    path = tmp_path / "variable.mp4"
    write(path, [marked(number) for number in range(6)], 30, ticks_ms=ticks)
    assert [frame.time_s for frame in sources.open(path, sources.Reading(max_fps=60.0))] == pytest.approx(
        [t / 1000 for t in ticks], abs=1e-3
    )


def test_the_sensor_darkens_and_adds_the_noise_it_was_told_to():
    shape = (120, 90, 3)
    dark = Sensor(Lens(blur_px=0.5, noise=4.0, light=0.5), shape, 1)(np.full(shape, 200.0))
    assert dark.mean() == pytest.approx(100, abs=1.5)
    assert dark.std() == pytest.approx(4.0, abs=0.3)


# --- the crowd ------------------------------------------------------------------------------------------------------

UNEVEN = Form(
    (Rep(0.25),), uneven_deg=(6.0, -2.0), stagger_m=(0.03, -0.01), twist_deg=10.0, looks_deg=-15.0, arms="hips"
)


def test_who_stands_unevenly_has_feet_and_shoulders_where_it_is_said():
    _, even = acted("squat", replace(UNEVEN, uneven_deg=(0, 0), stagger_m=(0, 0), twist_deg=0, looks_deg=0))
    _, posed = acted("squat", UNEVEN)
    for side, ahead_m, more_deg in (("left", 0.03, 6.0), ("right", -0.01, -2.0)):
        apart = posed.joint(side, "ankle")[0] - even.joint(side, "ankle")[0]
        assert apart == pytest.approx([0.0, 0.0, ahead_m], abs=1e-6)
        ways = [one.joint(side, "toe")[0] - one.joint(side, "ankle")[0] for one in (even, posed)]
        out_deg = [OUTWARDS[side] * np.degrees(np.arctan2(way[0], way[2])) for way in ways]
        assert out_deg[1] - out_deg[0] == pytest.approx(more_deg, abs=1e-6)
    hips, shoulders = (posed.joint("left", part)[0] - posed.joint("right", part)[0] for part in ("hip", "shoulder"))
    # Turned to the left, the left shoulder goes back.
    assert np.degrees(np.arctan2(-hips[2], hips[0])) == pytest.approx(0.0, abs=1e-6)
    assert np.degrees(np.arctan2(-shoulders[2], shoulders[0])) == pytest.approx(10.0, abs=0.1)
    for chain in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow")):
        length = np.linalg.norm(posed.joint("left", chain[1]) - posed.joint("left", chain[0]), axis=1)
        assert length == pytest.approx(RIG.length(*chain), abs=1e-9)


def test_the_hands_are_as_far_off_as_said():
    _, even = acted("squat", replace(UNEVEN, arms="hanging", twist_deg=0))
    _, posed = acted("squat", replace(UNEVEN, arms="hanging", twist_deg=0, hands_off_m=((-0.05, 0, 0.04), (0, 0, 0))))
    assert posed.joint("right", "wrist") == pytest.approx(even.joint("right", "wrist"), abs=1e-9)
    assert np.linalg.norm(posed.joint("left", "wrist") - even.joint("left", "wrist"), axis=1).min() > 0.02


def test_the_crowd_is_the_same_for_the_same_number_and_never_the_same_for_another():
    clips = [crowd.clip_of(seed) for seed in range(40)]
    assert clips == [crowd.clip_of(seed) for seed in range(40)]
    assert len({(clip.body, clip.camera) for clip in clips}) == 40
    assert {clip.activity for clip in clips} == {"squat", "single_leg_squat", "step_down", "sit_to_stand"}
    assert {clip.camera.facing for clip in clips} == {"front", "back"}
    assert all(clip.name == f"crowd_{seed}" and clip.split == "crowd" for seed, clip in enumerate(clips))
    assert max(abs(clip.camera.yaw_deg) for clip in clips) <= crowd.MOST_YAW_DEG


@pytest.mark.parametrize("seed", range(6))
def test_everybody_of_the_crowd_can_do_what_they_are_drawn_for(seed):
    clip = crowd.clip_of(seed)
    scripted, found = measured(clip.activity, clip.form, clip.camera)
    assert len(scripted.repetitions) == 2
    assert np.isfinite(found["left"]["knee_flexion_deg"]).all()


def test_riders_and_climbers_are_the_crowds_people_doing_something_else():
    for seed in range(20):
        somebody, rider, climber = crowd.clip_of(seed), crowd.rider_of(seed), crowd.climber_of(seed)
        assert (rider.name, climber.name) == (f"rider_{seed}", f"climber_{seed}")
        assert (rider.activity, climber.activity) == ("cycling", "stairs")
        assert somebody.body == rider.body == climber.body
        assert rider == crowd.rider_of(seed)
        assert climber == crowd.climber_of(seed)
        # Who comes down is filmed from the foot of the stairs, who goes up from behind.
        assert climber.camera.facing == ("front" if climber.form.down else "back")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("drawn", [crowd.rider_of, crowd.climber_of])
def test_every_rider_and_climber_can_do_what_they_are_drawn_for(drawn, seed):
    clip = drawn(seed)
    scripted, found = measured(clip.activity, clip.form, clip.camera)
    assert len(scripted.repetitions) >= 5
    assert np.isfinite(found["left"]["knee_flexion_deg"]).all()


@pytest.mark.parametrize("facing", ["front", "back"])
def test_the_yaw_is_that_of_the_cameras_place_around_the_body(facing):
    straight = Camera(facing, yaw_deg=-14.0)
    assert straight.yaw_of_place_deg == -14.0
    # From the front at 2 m, aimed 0.1 m to the body's left, the camera itself stands as far to the left.
    beside = Camera(facing, distance_m=2.0, aim=(0.1, 0.0))
    assert beside.yaw_of_place_deg == pytest.approx(np.degrees(np.arctan2(0.1, 2.0)), abs=1e-5)


# --- marks at the waist ---------------------------------------------------------------------------------------------


def _worn(worn: marks.Marks):
    """Marks on a round waist, 13 cm deep and wide, whose skin the pelvis alone moves."""
    around, height = np.meshgrid(np.linspace(0, 2 * np.pi, 120), np.linspace(-0.1, 0.25, 40))
    round_waist = [0.13 * np.sin(around), height, 0.13 * np.cos(around)]
    vertices = np.stack([axis.ravel() for axis in round_waist], axis=1) + RIG.mid_hip
    weights = np.tile(np.array(RIG.labels) == "root", (len(vertices), 1)).astype(float)
    mesh = Mesh(RIG, vertices, np.zeros((0, 3), int), sparse.csr_matrix(weights), np.zeros_like(vertices))
    return marks.places(worn, mesh)


@pytest.mark.parametrize("behind", [False, True])
def test_marks_sit_on_the_skin_each_the_others_mirror_image(behind):
    found = _worn(marks.Marks("dots", behind=behind, aside_m=0.08, off_m=0.0))
    for side, place in found.items():
        assert np.hypot(*(place.centre - RIG.mid_hip)[::2]) == pytest.approx(0.13, abs=0.003)
        assert place.normal * [1, 0, 1] == pytest.approx((place.centre - RIG.mid_hip) * [1, 0, 1] / 0.13, abs=0.05)
        assert np.sign(place.centre[0]) == OUTWARDS[side]
        assert np.sign(place.normal[2]) == (-1 if behind else 1)
    assert found["left"].centre == pytest.approx(found["right"].centre * [-1, 1, 1])


def test_marks_where_there_is_no_skin_are_refused():
    with pytest.raises(ValueError, match="no skin"):
        _worn(marks.Marks("dots", aside_m=0.4))


@pytest.mark.parametrize("activity", FORMS)
def test_the_line_between_the_marks_tilts_as_the_hips_do(activity):
    _, posed = acted(activity)
    found = _worn(marks.Marks("tags", behind=True))
    left, right = (posed.carried("root", found[side].centre) for side in SIDES)
    tilt_deg = np.degrees(np.arctan2((right - left)[:, 1], (left - right)[:, 0]))
    assert tilt_deg == pytest.approx(measured(activity)[1]["pelvic_obliquity_deg"], abs=1e-6)


def test_the_film_shows_the_marks_where_the_camera_sees_them():
    _, posed = acted("squat")
    camera, found = Camera(yaw_deg=12.0, roll_deg=-2.0), _worn(marks.Marks("beads"))
    axes = np.repeat(camera.axes[None], len(posed.heads), axis=0)
    for side, pixels in marks.pixels(found, posed, camera, axes).items():
        assert pixels == pytest.approx(camera.pixels(posed.carried("root", found[side].centre)))


@pytest.mark.parametrize("behind", [False, True])
def test_a_tag_is_worn_as_its_sheet_says_and_readable(behind):
    """In front upright, behind upside down: the strip is turned."""
    for side, place in _worn(marks.Marks("tags", behind=behind)).items():
        low_left, low_right, up_right, _ = marks.tag_corners(place, upside_down=behind)
        assert np.linalg.norm(low_right - low_left) == pytest.approx(0.08)
        upright = -1 if behind else 1
        assert np.sign((up_right - low_right)[1]) == upright
        # Seen from in front, what is on the picture's right is on the person's left; behind and upside down, again.
        assert (low_right - low_left)[0] > 0.05
        dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
        _, numbers, _ = cv2.aruco.ArucoDetector(dictionary).detectMarkers(marks.tag_picture(side))
        assert numbers.ravel().tolist() == [{"left": 5, "right": 6}[side]]


def test_a_hand_lies_before_its_mark_as_long_as_it_is_told_and_is_elsewhere_otherwise():
    scripted, _ = acted("squat", FORMS["squat"])
    found = _worn(marks.Marks("dots", aside_m=0.08))
    before = {side: way.copy() for side, way in scripted.motion.hand.items()}
    marks.cover(RIG, scripted.motion, found, marks.HandOver("left", 2.0, 3.0))
    posed, time_s = solve(RIG, scripted.motion), scripted.motion.time_s
    assert np.array_equal(before["right"], scripted.motion.hand["right"])
    away = (time_s < 1.5) | (time_s > 3.5)
    assert scripted.motion.hand["left"][away] == pytest.approx(before["left"][away])
    wrist, elbow = posed.joint("left", "wrist"), posed.joint("left", "elbow")
    palm = wrist + 0.07 * (wrist - elbow) / RIG.length("elbow", "wrist")
    off = np.linalg.norm(palm - posed.carried("root", found["left"].centre), axis=1)
    assert off[(time_s >= 2.0) & (time_s <= 3.0)] == pytest.approx(0.03, abs=0.005)
    assert off[away].min() > 0.1


def _seen(picture: np.ndarray, clip: Clip, near: dict) -> dict[str, np.ndarray]:
    """Where a plain reader finds each mark in a picture: tags anywhere, spots of a colour near where they should be."""
    if clip.marks.kind == "tags":
        dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
        found, numbers, _ = cv2.aruco.ArucoDetector(dictionary).detectMarkers(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
        of_number = dict(zip(np.ravel(numbers).tolist() if numbers is not None else [], found, strict=True))
        return {side: of_number[n][0].mean(axis=0) for side, n in marks.TAG_NUMBERS.items() if n in of_number}
    wanted = cv2.cvtColor(np.uint8([[clip.marks.colour]]), cv2.COLOR_RGB2HSV)[0, 0].astype(int)
    spots = {}
    for side, place in near.items():
        column, row = np.round(place).astype(int) - 16
        hue, full, bright = np.moveaxis(
            cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)[row : row + 33, column : column + 33], 2, 0
        )
        alike = np.abs((hue.astype(int) - wanted[0] + 90) % 180 - 90) < 12
        mask = (full < 70) & (bright > 165) if clip.marks.kind == "beads" else alike & (full > 110) & (bright > 50)
        if mask.sum() >= 20:
            spots[side] = np.argwhere(mask).mean(axis=0)[::-1] + [column, row]
    return spots


def test_a_finer_surface_is_the_same_surface():
    vertices = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 1]])
    faces = np.array([[0, 1, 2], [1, 3, 2]])
    weights = sparse.csr_matrix(np.array([[1.0, 0], [0.5, 0.5], [0, 1], [0.2, 0.8]]))
    finer, cut, moved, bones = body._finer(vertices, faces, weights, np.array(["a", "a", "b", "b"]))

    def square(points, corners):
        a, b, c = (points[corners[:, i]] for i in range(3))
        return np.cross(b - a, c - a)

    assert square(finer, cut).sum(axis=0) == pytest.approx(square(vertices, faces).sum(axis=0))
    assert np.linalg.norm(square(finer, cut), axis=1).sum() == pytest.approx(
        np.linalg.norm(square(vertices, faces), axis=1).sum()
    )
    assert len(finer) == len(bones) == 4 + 5
    assert moved.sum(axis=1) == pytest.approx(1.0)
    assert moved[4].toarray()[0] == pytest.approx([0.75, 0.25])


def test_cloth_is_woven_light_and_dark_about_its_colour():
    points = np.random.default_rng(0).uniform(-0.3, 0.3, (4000, 3))
    for weave in ("checks", "flecks"):
        assert body.woven(points, weave).mean() == pytest.approx(1.0, abs=0.06)
        assert body.woven(points, weave).std() > 0.09
    with pytest.raises(ValueError, match="stripes"):
        body.woven(points, "stripes")


@pytest.mark.parametrize("clip", MARKED.values(), ids=lambda clip: clip.name)
def test_committed_clips_show_their_marks_where_the_truth_says(samples, clip: Clip):
    film = samples / "marked" / f"{clip.name}.mp4"
    found = json.loads(film.with_suffix(".truth.json").read_text())
    assert found["marks"] == marks.block(clip.marks, clip.hand_over)
    series = found["series"]
    way = {side: np.array(series[side]["pelvis_mark_px"]) for side in SIDES}
    assert way["left"].shape == (found["frames"], 2)
    covered = found["marks"].get("covered", {"side": "", "start_s": 0.0, "end_s": 0.0})
    wanted = {0, *(round(rep["key_s"] * found["fps"]) for rep in found["repetitions"])}
    wanted.add(round((covered["start_s"] + covered["end_s"]) / 2 * found["fps"]))
    hidden = 0
    for frame in sources.open(film):
        if frame.index not in wanted:
            continue
        near = {side: way[side][frame.index] for side in SIDES}
        seen = _seen(frame.image, clip, near)
        for side in SIDES:
            if side == covered["side"] and covered["start_s"] <= frame.time_s <= covered["end_s"]:
                assert side not in seen
                hidden += 1
            else:
                # A pixel's middle is half a pixel from its corner. Light and the cloth around colour a spot's rim.
                most_px = 2.0 if clip.marks.kind == "beads" else 1.5
                assert seen[side] + 0.5 == pytest.approx(near[side], abs=most_px)
    assert bool(hidden) == (clip.hand_over is not None)
    rise = way["left"][:, 1] - way["right"][:, 1]
    seen_deg = np.degrees(np.arctan2(rise, np.abs(way["left"][:, 0] - way["right"][:, 0])))
    assert np.corrcoef(seen_deg, series["pelvic_obliquity_deg"])[0, 1] > 0.95
    assert np.ptp(series["pelvic_obliquity_deg"]) > 9


def test_the_marked_clips_are_small_and_no_part_of_the_other_set(samples):
    rows = list(csv.DictReader((samples / "marked" / "manifest.csv").read_text().splitlines()))
    assert {row["clip"]: (row["activity"], row["split"]) for row in rows} == {
        clip.name: (clip.activity, clip.split) for clip in MARKED.values()
    }
    sizes = [path.stat().st_size for path in (samples / "marked").iterdir()]
    assert max(sizes) <= 350_000
    assert sum(sizes) <= 4_000_000
    for split in ("tune", "check"):
        assert len(clips_in(samples / "marked", split)) == 5
        assert not [clip.name for clip in clips_in(samples, split) if clip.name.startswith("marked")]


# --- joints where people have them ----------------------------------------------------------------------------------


def _tube(middle: np.ndarray, radius: float, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """A round leg about the line through a point, as triangles."""
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([radius * np.cos(around), 0 * around, radius * np.sin(around)], axis=1)
    points = np.concatenate([ring + [middle[0], height, middle[2]] for height in (low, high)])
    i = np.arange(24)
    j = (i + 1) % 24
    return points, np.concatenate([np.stack([i, j, i + 24], 1), np.stack([j, j + 24, i + 24], 1)])


def _skinned(off: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Skin around the shanks of `RIG` whose middle is so far outside of the joints."""
    vertices, faces, bones = [], [], []
    for side in SIDES:
        for part, label in (("knee", "lowerleg01"), ("ankle", "foot")):
            joint = RIG.joint(side, part)
            points, triangles = _tube(joint + [OUTWARDS[side] * off, 0, 0], 0.05, joint[1] - 0.03, joint[1] + 0.04)
            faces.append(triangles + sum(map(len, vertices)))
            vertices.append(points)
            bones += [f"{label}.{'L' if side == 'left' else 'R'}"] * len(points)
    return np.concatenate(vertices), np.concatenate(faces), np.array(bones)


@pytest.mark.parametrize("off", [0.0, 0.006, -0.004])
def test_knees_and_ankles_lie_midway_between_the_skin_of_their_sides_and_hips_by_the_legs_length(off):
    moved = anatomy.anatomical(RIG, *_skinned(off))
    for side in SIDES:
        for part in ("knee", "ankle"):
            assert moved.joint(side, part) == pytest.approx(
                RIG.joint(side, part) + [OUTWARDS[side] * off, 0, 0], abs=1e-9
            )
        assert moved.joint(side, "hip")[0] == pytest.approx(OUTWARDS[side] * anatomy.hip_aside_m(RIG.leg))
    assert moved.heads[:, 1:] == pytest.approx(RIG.heads[:, 1:])


def test_peoples_hips_are_a_fifth_of_a_leg_apart():
    """Hara 2016: a leg of 900 mm from the iliac spine to the ankle has its hip 8 + 0.086 · 900 = 85.4 mm off the midline."""
    leg_m = 0.900 * (1 - 0.078) - 0.009
    assert anatomy.hip_aside_m(leg_m) == pytest.approx(0.0854)
    assert 2 * anatomy.hip_aside_m(0.83) / 0.83 == pytest.approx(0.207, abs=0.001)


def test_without_skin_around_a_joint_its_place_is_not_made_up():
    vertices, faces, bones = _skinned(0.0)
    with pytest.raises(ValueError, match="no skin"):
        anatomy.anatomical(RIG, vertices + [0, 0.5, 0], faces, bones)


def test_other_joints_go_where_their_bones_go():
    """At rest they are their own skeleton's; a knee keeps its distance from the shank's bone in every picture."""
    _, posed = acted("squat")
    other = anatomy.anatomical(RIG, *_skinned(0.006))
    moved = anatomy.with_joints_of(posed, other)
    for side in SIDES:
        shift = other.joint(side, "knee") - RIG.joint(side, "knee")
        bone = posed.rig.labels.index(f"lowerleg01.{'L' if side == 'left' else 'R'}")
        assert moved.joint(side, "knee") == pytest.approx(posed.joint(side, "knee") + posed.rotations[:, bone] @ shift)
    apart = np.linalg.norm(moved.joint("left", "hip") - moved.joint("right", "hip"), axis=1)
    assert apart == pytest.approx(2 * anatomy.hip_aside_m(RIG.leg))


def _trunk() -> Mesh:
    """Skin around the trunk of `RIG` that hangs on spine and thighs, as a body model's does, and a hand."""
    around = np.radians(np.arange(7.5, 360.0, 15.0))
    ring = np.stack([0.16 * np.cos(around), 0 * around, 0.10 * np.sin(around)], axis=1)
    vertices = np.concatenate([ring + [0.0, height, RIG.mid_hip[2]] for height in np.arange(0.75, 1.35, 0.01)])
    chain = ("upperleg01", "spine05", "spine04", "spine03", "spine02")
    heights = [0.85, *(RIG.at(bone)[1] for bone in chain[1:])]
    weights = np.zeros((len(vertices) + 1, len(RIG.labels)))
    for bone, own in zip(chain, np.eye(len(chain)), strict=True):
        share = np.interp(vertices[:, 1], heights, own)
        for suffix, there in (("L", vertices[:, 0] > 0), ("R", vertices[:, 0] < 0)):
            label = bone if bone in RIG.labels else f"{bone}.{suffix}"
            weights[np.flatnonzero(there), RIG.labels.index(label)] = share[there]
    weights[-1, RIG.labels.index("wrist.L")] = 1.0
    vertices = np.concatenate([vertices, RIG.joint("left", "knuckle")[None]])
    return Mesh(RIG, vertices, np.zeros((0, 3), int), sparse.csr_matrix(weights), np.zeros_like(vertices))


@pytest.mark.parametrize("activity", FORMS)
def test_skin_over_the_pelvis_tilts_as_discs_on_its_bone_do(activity):
    reps = tuple(replace(rep, drop_deg=9, lean_deg=7) for rep in FORMS[activity].reps)
    _, posed = acted(activity, replace(FORMS[activity], reps=reps))
    hanging = _trunk()
    held = replace(hanging, weights=pelvis.bound(RIG, hanging.vertices, hanging.weights))
    for slope, off_deg in pelvis.following(held, posed).values():
        assert slope == pytest.approx(1.0, abs=0.05)
        assert off_deg <= 0.5
    assert max(off_deg for _, off_deg in pelvis.following(hanging, posed).values()) > 1


def test_the_pelvis_takes_its_skin_from_spine_and_thighs_and_no_other():
    trunk = _trunk()
    before, after = trunk.weights.toarray(), pelvis.bound(RIG, trunk.vertices, trunk.weights).toarray()
    assert after.sum(axis=1) == pytest.approx(1.0)
    assert (after >= 0).all()
    above = (trunk.vertices[:, 1] - RIG.mid_hip[1]) / pelvis.trunk_m(RIG)
    hand = len(above) - 1
    assert 0.1 < above[hand] < pelvis.WAIST
    same = (above < -0.15) | (above > 0.55)
    same[hand] = True
    assert (after[same] == before[same]).all()
    held = (above > 0.12) & (above < pelvis.WAIST)
    held[hand] = False
    assert after[held, RIG.labels.index("root")] == pytest.approx(1.0)
