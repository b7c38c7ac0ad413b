"""The pelvis' tilt from two marks worn on it: a stick figure whose tilt is known, seen from everywhere."""

import csv
import itertools
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from alignment import sources
from alignment.core import viewpoint
from alignment.core.camera_motion import camera_path
from alignment.core.cleaning import clean
from alignment.core.marks import PELVIS, Marks
from alignment.core.result import Result
from alignment.pose import mediapipe, tracking
from alignment.pose.model_files import ModelFile
from tests.analyses import result_of, row
from tests.setups import changed, setup_of
from tests.synthetic import Camera, cycling, film, pitched, single_leg, squat, stairs, wearing

#: Yaw, pitch and roll of the camera, and from where it looks.
PLACES = list(itertools.product((-20.0, -8.0, 0.0, 12.0, 20.0), (0.0, 9.0, 18.0), (-3.0, 0.0, 3.0), ("front", "back")))


def camera_at(yaw_deg, pitch_deg, roll_deg, facing, **more):
    return pitched(pitch_deg, facing=facing, yaw_deg=yaw_deg, roll_deg=roll_deg, **more)


def marked(motion, camera=None, **marks):
    """The figure's film with marks on the side that the camera sees."""
    camera = camera or Camera()
    return wearing(film(motion, camera), motion, camera, before=0.12 if camera.facing == "front" else -0.12, **marks)


def told(result, measure, side="body"):
    """One measure's values at the key moments."""
    return [
        value
        for cycle in result.cycles
        for value in cycle.values
        if (value.measure, value.side, value.at) == (measure, side, "key")
    ]


def with_marks(track, pixels):
    return replace(track, marks=replace(track.marks, pixels=pixels))


# --- the geometry alone --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aside", [0.0, 0.6])
@pytest.mark.parametrize("facing", ["front", "back"])
@pytest.mark.parametrize("tilt_deg", [-12.0, 0.0, 4.0])
def test_with_the_camera_known_the_tilt_is_exact_from_everywhere(tilt_deg, facing, aside):
    motion = squat(reps=1, obliquity_deg=tilt_deg)
    for yaw_deg, pitch_deg, roll_deg, _ in PLACES[::7]:
        camera = camera_at(yaw_deg, pitch_deg, roll_deg, facing, aside=aside)
        track = marked(motion, camera)
        setup = changed(
            setup_of(track, camera_roll_deg=roll_deg),
            camera={"pitch_deg": pitch_deg, "focal_px": camera.focal_px, "aside_px": 0.0},
            heading={"azimuth_deg": camera.azimuth_deg + camera.bearing_deg},
        )
        pelvis = viewpoint.pelvis_of(track, setup)
        assert pelvis.tilt_deg[[0, 60]] == pytest.approx([0.0, tilt_deg], abs=1e-6), camera


def test_errors_are_those_of_the_points_over_their_distance():
    """0.3 px at 60 px: 0.4°. 5 mm each at 24 cm: 1.7°, at 10 cm: 4°. A leg of 0.85 m, or of 0.491 times the height."""
    camera = Camera()
    for apart_m, skin_deg in ((0.24, 1.69), (0.10, 4.05)):
        track = marked(squat(reps=1), camera, apart=apart_m / 0.85)
        pelvis = viewpoint.pelvis_of(track, setup_of(track))
        assert pelvis.skin_deg[0] == pytest.approx(skin_deg, rel=0.06)
        assert np.array_equal(pelvis.placed_deg, pelvis.skin_deg)
        apart_px = np.linalg.norm(track.marks.pixels[0, 0] - track.marks.pixels[0, 1])
        assert pelvis.points_deg[0] == pytest.approx(0.405 * 60 / apart_px, rel=0.01)
        shorter = viewpoint.pelvis_of(track, replace(setup_of(track), leg_m=0.425))
        assert np.tan(np.radians(shorter.skin_deg)) == pytest.approx(2 * np.tan(np.radians(pelvis.skin_deg)))


def test_tags_are_as_far_apart_as_they_are_meant_to_be_unless_they_clearly_are_not():
    for apart_m, skin_deg in ((0.17, 2.02), (0.23, 2.02), (0.13, 3.1), (0.30, 1.35)):
        track = marked(squat(reps=1), apart=apart_m / 0.85)
        tags = replace(track, marks=replace(track.marks, kind="tags"))
        assert viewpoint.pelvis_of(tags, setup_of(tags)).skin_deg[0] == pytest.approx(skin_deg, rel=0.06)
        dots = viewpoint.pelvis_of(track, setup_of(track)).skin_deg[0]
        assert np.tan(np.radians(dots)) == pytest.approx(0.005 * np.sqrt(2) / apart_m, rel=0.06)


# --- whole analyses ------------------------------------------------------------------------------------------------


def measured(places, noise_px=0.3):
    """True and told tilts with their errors at the key moments of squats on two legs and one, the pelvis turning by 5°."""
    rng, found = np.random.default_rng(5), []
    for number, (yaw_deg, pitch_deg, roll_deg, facing) in enumerate(places):
        tilt_deg, camera = float(rng.uniform(-12, 12)), camera_at(yaw_deg, pitch_deg, roll_deg, facing)
        stance = ("both", "left", "right")[number % 3]
        if stance == "both":
            motion, name, side = squat(reps=2, obliquity_deg=tilt_deg), "pelvic_change", "body"
        else:
            motion, name, side = single_leg(stance, reps=2, drop_deg=tilt_deg), "pelvic_drop", stance
        turned_deg = 5.0 * np.sin(2 * np.pi * 1.1 * motion.time_s + number)
        track = marked(motion, camera, turned_deg=turned_deg, noise_px=noise_px, seed=number)
        result = result_of(track, "squat" if stance == "both" else "single_leg_squat")
        found += [(tilt_deg, value) for value in told(result, name, side)]
    return found


def test_changes_come_back_from_everywhere_within_their_errors():
    found = measured(PLACES[::4])
    given = [(true, one.value, one.standard_error, one.own_error) for true, one in found if one.value is not None]
    # From some 20° aside and from above nothing is told.
    assert len(given) >= 0.8 * len(found) > 30
    assert {one.reason for _, one in found if one.value is None} <= {"marks_aslant"}
    true, value, error, own = np.array(given).T
    assert np.sqrt(np.mean((value - true) ** 2)) <= 1.0
    assert 0.9 <= np.polyfit(true, value, 1)[0] <= 1.1
    assert np.mean(np.abs(value - true) <= 1.96 * error) >= 0.9
    assert (own <= error).all()
    assert error.max() <= 2.5


@pytest.mark.parametrize("facing", ["front", "back"])
def test_the_absolute_tilt_needs_a_vertical(facing):
    camera = Camera(facing, roll_deg=3.0)
    track = marked(single_leg("left", reps=2, drop_deg=7.0), camera)
    blind = told(result_of(track, "single_leg_squat"), "pelvic_obliquity")
    assert {(one.value, one.reason) for one in blind} == {(None, "roll_unknown")}
    for one in told(result_of(track, "single_leg_squat", camera_roll_deg=3.0), "pelvic_obliquity"):
        # Standing on the left leg the right side drops.
        assert one.value == pytest.approx(-7.0, abs=0.5)
        # What the film's repetitions share is in it: how the marks were put on, and the camera.
        assert 1.6 < one.own_error < one.standard_error - 0.5


def test_how_the_marks_were_put_on_cancels_in_a_change():
    motion = squat(reps=2, obliquity_deg=-5.0)
    track = marked(motion)
    higher = track.marks.pixels - [[[0.0, 0.0], [0.0, 6.0]]]
    for one in told(result_of(with_marks(track, higher)), "pelvic_change"):
        assert one.value == pytest.approx(-5.0, abs=0.4)
    curve = result_of(with_marks(track, higher), camera_roll_deg=0.0).curves.by_measure["pelvic_obliquity", "body"]
    assert curve.value[60] == pytest.approx(-1.0, abs=0.5)


def test_the_absolute_tilt_is_told_of_marks_that_are_24_cm_apart_and_never_of_the_sheets_tags():
    """5 mm of skin and 5 mm of placing at each mark: 2.9° at 20 cm, 2.4° at 24 cm, of the 2.5° that are allowed."""
    motion = single_leg("left", reps=1, drop_deg=7.0)
    for kind, apart_m, reason in (("tags", 0.20, "marks_placed"), ("dots", 0.20, "marks_placed"), ("dots", 0.25, None)):
        track = marked(motion, apart=apart_m / 0.85)
        result = result_of(
            replace(track, marks=replace(track.marks, kind=kind)), "single_leg_squat", camera_roll_deg=0.0
        )
        absolute, change = told(result, "pelvic_obliquity"), told(result, "pelvic_drop", "left")
        assert {one.reason for one in absolute} <= {reason, "skin_moves"} if reason else {None}
        assert all((one.value is None) == bool(reason) for one in absolute)
        assert [one.value for one in change] == pytest.approx([7.0], abs=0.6)


def test_on_stairs_the_drop_is_against_standing_before_them():
    motion = stairs(steps=6, height=0.965)
    tilted = replace(motion, obliquity_deg=np.where((motion.time_s > 1.0) & (motion.time_s < 5.8), 6.0, 0.0))
    result = result_of(marked(tilted, Camera("back")), "stairs")
    assert row(result, "pelvic_drop", "left").mean == pytest.approx(-6.0, abs=0.5)
    assert row(result, "pelvic_drop", "right").mean == pytest.approx(6.0, abs=0.5)
    walking = (motion.time_s > 1.5) & (motion.time_s < 5.5)
    passing = result_of(marked(tilted, Camera("back")).part(slice(*np.flatnonzero(walking)[[0, -1]])), "stairs")
    # The feet pass each other at one level, which is no standing.
    assert {row(passing, "pelvic_drop", side).reason for side in ("left", "right")} <= {"no_standing", "no_cycles"}


@pytest.mark.parametrize("facing", ["front", "back"])
def test_on_a_bicycle_the_pelvis_rocks_about_its_own_median(facing):
    motion = cycling(duration_s=6.0, rate_hz=30.0)
    # The right pedal's down-stroke is where the left one comes up.
    rocking = replace(motion, obliquity_deg=2.0 + 4.0 * np.sin(2 * np.pi * 1.25 * motion.time_s))
    result = result_of(marked(rocking, Camera(facing)), "cycling")
    by_leg = {side: [] for side in ("left", "right")}
    for cycle in result.cycles:
        by_leg[cycle.side] += [one.value for one in cycle.values if (one.measure, one.at) == ("pelvic_change", "key")]
    left, right = (np.array(by_leg[side]) for side in ("left", "right"))
    assert left == pytest.approx(4.0, abs=0.5)
    assert right == pytest.approx(-4.0, abs=0.5)


def test_the_result_says_what_the_pelvis_was_told_from():
    track = marked(squat(reps=1))
    for kind in ("tags", "dots", "taps"):
        result = result_of(replace(track, marks=replace(track.marks, kind=kind)))
        assert result.pelvis == kind
        assert Result.from_json(result.to_json()).pelvis == kind
    assert result_of(film(squat(reps=1))).pelvis is None


# --- cannot tell ---------------------------------------------------------------------------------------------------


def hidden(track, during_s, name=0):
    pixels = track.marks.pixels.copy()
    pixels[(track.time_s >= during_s[0] - 1e-6) & (track.time_s <= during_s[1] + 1e-6), name] = np.nan
    return with_marks(track, pixels)


def test_a_mark_missing_at_the_key_moment_gives_no_number_there_and_only_there():
    track = marked(squat(reps=3, obliquity_deg=5.0))
    # The lowest moments are at 2, 5 and 8 s; a gap of 0.1 s is bridged.
    short, long = hidden(track, (1.97, 2.03)), hidden(track, (4.8, 5.0))
    assert [one.reason for one in told(result_of(short), "pelvic_change")] == [None, None, None]
    result = result_of(long)
    assert [one.reason for one in told(result, "pelvic_change")] == [None, "mark_missing", None]
    values = result.curves.by_measure["pelvic_change", "body"]
    # 50 ms beside the gap say nothing either.
    beside = np.isfinite(values.value)[(track.time_s > 4.71) & (track.time_s < 5.09)]
    assert beside.tolist() == [True] + [False] * 9 + [True]
    # The legs know nothing of it.
    assert [one.value for one in told(result, "fppa", "left")] == [
        one.value for one in told(result_of(track), "fppa", "left")
    ]


def test_nothing_is_extrapolated():
    track = hidden(marked(squat(reps=1, obliquity_deg=5.0)), (3.0, 9.0), name=1)
    cleaned, _ = clean(track, cutoff_hz=6.0, max_gap_s=0.2)
    assert np.isnan(cleaned.marks.at("pelvis_right")[track.time_s >= 3.0]).all()
    assert np.isfinite(cleaned.marks.at("pelvis_left")).all()


def reason_with(track, name="squat", measure="pelvic_change", side="body", **choices):
    result = result_of(track, name, **choices)
    (reason,) = {one.reason for one in told(result, measure, side)}
    assert row(result, measure, side).reason == reason
    assert reason in {one.code for one in result.quality.reasons}
    return reason


def test_each_reason_why_the_pelvis_cannot_be_told_is_reached():
    motion = squat(reps=2, obliquity_deg=5.0)
    level = marked(motion)
    assert reason_with(hidden(level, (0.0, 99.0))) == "mark_missing"
    assert reason_with(with_marks(level, level.marks.pixels[:, ::-1])) == "marks_crossed"
    far = Camera(distance=12.0, focal_px=1280.0)
    assert reason_with(marked(motion, far, apart=0.2)) == "marks_close"
    assert reason_with(marked(motion, pitched(18.0, yaw_deg=25.0))) == "marks_aslant"
    assert reason_with(marked(motion, apart=0.14)) == "skin_moves"
    assert reason_with(replace(level, marks=replace(level.marks, error_px=5.0))) == "marks_unclear"
    one_leg = single_leg("left", reps=2, drop_deg=5.0)
    held = marked(one_leg).part(slice(57, 240))
    assert reason_with(held, "single_leg_squat", "pelvic_drop", "left") == "no_standing"


def test_a_swaying_camera_is_taken_out_of_the_marks():
    motion = squat(reps=1, obliquity_deg=5.0)
    track = marked(motion)
    # The picture sways and is turned; all that is seen goes with it.
    way = 25.0 * np.sin(2 * np.pi * 0.5 * track.time_s)
    turned = np.radians(2.0) * np.sin(2 * np.pi * 0.4 * track.time_s)
    middle = np.array([track.source.width, track.source.height]) / 2

    def swayed(pixels):
        place = (pixels - middle) @ np.array([1.0, 1j])
        place = np.exp(1j * turned)[:, None] * place + way[:, None]
        return np.stack([place.real, place.imag], axis=-1) + middle

    steps = np.zeros((track.frames, 4))
    shaken = replace(
        track,
        pixels=swayed(track.pixels),
        marks=replace(track.marks, pixels=swayed(track.marks.pixels)),
        camera_agreement=np.ones(track.frames),
    )
    # A step turns what was there before about the picture's middle, and moves it.
    before = np.concatenate([[0.0], way[:-1]]) * np.exp(1j * np.diff(turned, prepend=turned[0]))
    steps[:, 0], steps[:, 1] = (way - before).real, (way - before).imag
    steps[:, 2] = np.degrees(np.diff(turned, prepend=turned[0]))
    shaken = replace(shaken, camera_steps=steps)
    path = camera_path(shaken)
    steadied = path.steadied(shaken)
    assert np.ptp(steadied.marks.pixels[:30], axis=0).max() < 1.0
    assert path.as_filmed(steadied).marks.pixels == pytest.approx(shaken.marks.pixels)
    for one in told(result_of(shaken), "pelvic_change"):
        assert one.value == pytest.approx(5.0, abs=0.4)


# --- a real pelvis ---------------------------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.clips
def test_a_real_mans_pelvis_is_told_from_the_beads_that_he_wears(clips, real_films, heavy):
    """He balances, tilts by up to 32° within half a second and turns meanwhile, before a camera that looks 18° down."""
    film_of_him = sources.open(clips / "p2s_balance_cam02.mp4", sources.Reading(max_fps=60.0))
    track = tracking.track(film_of_him, partial(mediapipe.ImageEngine, ModelFile("heavy", heavy, "0" * 64)))
    pixels, true_deg = np.full((track.frames, 2, 2), np.nan), np.full(track.frames, np.nan)
    with (real_films / "p2s_asis_truth.csv").open(encoding="utf-8") as file:
        for one in csv.DictReader(file):
            frame = int(one["frame"])
            beads = [[one[f"cam02_{side}asis_{axis}"] for axis in "xy"] for side in "lr"]
            pixels[frame] = [[float(number or "nan") for number in bead] for bead in beads]
            true_deg[frame] = float(one["obliquity_deg_right_higher"] or "nan")
    marks = Marks("taps", PELVIS, pixels, np.isfinite(pixels[..., 0]).astype(float), 1.0)
    result = result_of(replace(track, marks=marks), "single_leg_squat", camera_roll_deg=0.0)
    curve = result.curves.by_measure["pelvic_obliquity", "body"]
    given = np.isfinite(true_deg) & np.isfinite(curve.value) & (curve.standard_error <= 3.0)
    off_deg = (curve.value - true_deg)[given]
    assert given.sum() >= 0.9 * np.isfinite(true_deg).sum() > 70
    assert np.sqrt(np.mean(off_deg**2)) <= 2.0
    assert np.polyfit(true_deg[given], curve.value[given], 1)[0] == pytest.approx(1.0, abs=0.05)
    assert np.mean(np.abs(off_deg) <= 1.96 * curve.standard_error[given]) >= 0.9
