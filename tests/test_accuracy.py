"""The accuracy bench against hand-computed figures, and the samples' accuracy against the figures reached.

`tests/data/accuracy.json` holds the figures reached on the clips whose landmarks are in `tests/data`. After a change for the
better, or of what is measured, `python -m tests.test_accuracy` makes it anew.
"""

import csv
import hashlib
import json
import re
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from alignment import accuracy, sources
from alignment.accuracy import baseline
from alignment.accuracy.matching import match
from alignment.accuracy.statistics import Samples, errors_of
from alignment.accuracy.truth import Repetition, clips_in, read_truth
from alignment.cli import main
from alignment.core.calibration import parse_calibration
from alignment.core.measures import FRONTAL, MEASURES
from alignment.core.result import Cycle, column
from alignment.core.track import Track
from alignment.errors import InputError
from alignment.outputs import save_track
from alignment.pose import mediapipe, tracking
from alignment.pose.model_files import ModelFile
from tests.synthetic import Camera, film, joints, squat, wearing
from tests.synthetic import truth as true_curves

DATA, SAMPLES = Path(__file__).parent / "data", Path(__file__).parent.parent / "samples"
DOCS = Path(__file__).parent.parent / "docs" / "accuracy"
REACHED = json.loads((DATA / "accuracy.json").read_text(encoding="utf-8")) if (DATA / "accuracy.json").exists() else {}
NAN = float("nan")


# --- the figures reached --------------------------------------------------------------------------------------------

#: What counts as no worse: a twentieth more, and in each unit at least so much.
WORSE = 1.05
LEAST = {"deg": 0.1, "pct": 0.1, "share": 0.005, "ratio": 0.01}


def report_on_the_recorded() -> accuracy.Report:
    """The report on those samples whose landmarks are recorded, as the program is now."""
    how = accuracy.How(baseline=False, tracks=DATA)
    clips = [clip for clip in clips_in(SAMPLES) if (DATA / f"{clip.name}.track.parquet").exists()]
    return accuracy.report_of([accuracy.compare(clip, how) for clip in clips], how, "clip")


@cache
def replayed() -> dict:
    return json.loads(report_on_the_recorded().to_json())


def group(report: dict, clip: str) -> dict:
    return next(one for one in report["groups"] if one["label"] == clip)


CLIPS = [one["label"] for one in REACHED.get("groups", [])]


def test_the_figures_reached_are_of_all_recorded_clips_and_all_their_measures():
    assert [one["label"] for one in replayed()["groups"]] == CLIPS
    for clip in CLIPS:
        reached, now = ([m["measure"] for m in group(r, clip)["measures"]] for r in (REACHED, replayed()))
        assert reached == now


@pytest.mark.parametrize("clip", CLIPS)
def test_no_measure_is_further_off_than_it_was(clip):
    worse = []
    for reached, now in zip(group(REACHED, clip)["measures"], group(replayed(), clip)["measures"], strict=True):
        for part, figure in (("frames", "rmse"), ("keys", "mean")):
            before, after = reached[part][figure], now[part][figure]
            if before is not None and after is not None and after > before * WORSE + LEAST[reached["unit"]]:
                worse.append(f"{reached['measure']}: {part} {figure} {after} instead of {before}")
    assert worse == []


@pytest.mark.parametrize("clip", CLIPS)
def test_nothing_is_withheld_that_was_given_and_no_interval_is_narrower_than_its_error(clip):
    worse = []
    for reached, now in zip(group(REACHED, clip)["measures"], group(replayed(), clip)["measures"], strict=True):
        name = reached["measure"]
        if now["frames"]["coverage"] < reached["frames"]["coverage"] - 0.03:
            worse.append(f"{name}: {now['frames']['coverage']:.2f} of the frames")
        if now["keys"]["n"] < reached["keys"]["n"]:
            worse.append(f"{name}: {now['keys']['n']} values instead of {reached['keys']['n']}")
        outside = now["keys"]["with_error"] - now["keys"]["inside"]
        if outside > reached["keys"]["with_error"] - reached["keys"]["inside"]:
            worse.append(f"{name}: the truth of {outside} values lies outside their intervals")
    assert worse == []


@pytest.mark.parametrize("clip", CLIPS)
def test_repetitions_and_camera_are_as_they_were(clip):
    reached, now = (group(report, clip) for report in (REACHED, replayed()))
    assert now["repetitions"]["missed"] <= reached["repetitions"]["missed"]
    assert now["repetitions"]["invented"] <= reached["repetitions"]["invented"]
    assert now["repetitions"]["key_worst_s"] <= reached["repetitions"]["key_worst_s"] + 0.02
    assert now["camera"]["facing_right"] == reached["camera"]["facing_right"]
    assert now["camera"]["yaw_worst_deg"] <= reached["camera"]["yaw_worst_deg"] + 0.3
    assert now["camera"]["yaw_inside"] >= reached["camera"]["yaw_inside"]


# --- statistics against numbers worked out by hand ------------------------------------------------------------------


def samples(true, value, se=None, beside=None, unsure=None) -> Samples:
    blank = [NAN] * len(true)
    return Samples(*(np.array(row, float) for row in (true, value, se or blank, beside or blank, unsure or blank)))


def test_bias_rmse_limits_and_worst_by_hand():
    """Errors 1, 2, 3: mean 2, RMSE √(14/3), standard deviation 1."""
    errors = errors_of(samples([0, 10, 20], [1, 12, 23]), with_baseline=False)
    assert (errors.of, errors.n, errors.coverage) == (3, 3, 1.0)
    assert errors.bias == pytest.approx(2.0)
    assert errors.rmse == pytest.approx((14 / 3) ** 0.5)
    assert (errors.low, errors.high) == pytest.approx((2 - 1.96, 2 + 1.96))
    assert (errors.mean, errors.worst) == pytest.approx((2.0, 3.0))
    assert errors.slope == pytest.approx(1.1)
    assert errors.correlation == pytest.approx(1.0)
    assert errors.constant_rmse == pytest.approx((200 / 3) ** 0.5)
    assert errors.baseline is None


def test_what_is_too_unsure_to_be_given_counts_only_where_it_is_said():
    """Errors 1 and −1 given, 4 withheld: RMSE 1, with it √(18/3)."""
    errors = errors_of(samples([0, 0, 0], [1, -1, NAN], unsure=[NAN, NAN, 4]), with_baseline=False)
    assert (errors.of, errors.n) == (3, 2)
    assert (errors.rmse, errors.rmse_all) == pytest.approx((1.0, 6**0.5))
    assert errors.worst == pytest.approx(1.0)


def test_the_size_of_an_error_has_no_sign():
    errors = errors_of(samples([0, 0], [-3, 1]), with_baseline=False)
    assert (errors.bias, errors.mean, errors.worst) == pytest.approx((-1.0, 2.0, 3.0))


def test_what_has_no_truth_counts_nowhere_and_what_has_no_value_lowers_the_coverage():
    errors = errors_of(samples([1, 2, NAN, 4], [1, NAN, 99, 4]), with_baseline=False)
    assert (errors.of, errors.n) == (3, 2)
    assert errors.coverage == pytest.approx(2 / 3)
    assert errors.rmse == 0.0


def test_the_interval_holds_the_truth_up_to_its_edge():
    """Errors 1.9, 2.0, −1.9 and 5 with standard errors 1, 1, 1 and none: two of three hold the truth."""
    errors = errors_of(samples([0, 0, 0, 0], [1.9, 2.0, -1.9, 5], [1, 1, 1, NAN]), with_baseline=False)
    assert (errors.with_error, errors.inside) == (3, 2)
    assert errors.inside_share == pytest.approx(2 / 3)


def test_the_baseline_is_judged_where_the_program_gave_a_value_and_everywhere():
    errors = errors_of(samples([0, 0, 0, NAN], [0, 0, NAN, 0], beside=[3, -4, 12, 1]), with_baseline=True)
    assert (errors.baseline.mean, errors.baseline.worst) == pytest.approx((3.5, 4.0))
    assert errors.baseline.rmse == pytest.approx((25 / 2) ** 0.5)
    assert errors.baseline.rmse_all == pytest.approx((169 / 3) ** 0.5)
    assert errors.baseline.n_all == 3


def test_nothing_to_judge_gives_no_figure_rather_than_nought():
    errors = errors_of(Samples.pool([]), with_baseline=True)
    assert (errors.of, errors.n, errors.coverage, errors.inside_share) == (0, 0, None, None)
    assert {errors.bias, errors.rmse, errors.low, errors.slope, errors.constant_rmse, errors.baseline.rmse} == {None}


def test_a_truth_that_never_changes_has_no_slope():
    errors = errors_of(samples([5, 5, 5], [4, 5, 6]), with_baseline=False)
    assert (errors.slope, errors.correlation, errors.constant_rmse) == (None, None, 0.0)


# --- repetitions ----------------------------------------------------------------------------------------------------


def cycle(side, start_s, end_s, key_s, rejected=None) -> Cycle:
    return Cycle(0, "rep", side, float(start_s), float(end_s), float(key_s), rejected)


def test_repetitions_are_found_missed_and_invented():
    reps = [Repetition("both", 1.0, 3.0, 2.0), Repetition("both", 4.0, 6.0, 5.0), Repetition("both", 7.0, 9.0, 8.0)]
    cycles = [cycle("both", 1.1, 2.9, 2.05), cycle("both", 10, 12, 11), cycle("both", 7, 9, 8.2)]
    matched = match(reps, cycles)
    assert [(rep.key_s, c and c.key_s) for rep, c in matched.pairs] == [(2, 2.05), (5, None), (8, 8.2)]
    assert (len(matched.found), matched.missed) == (2, 1)
    assert [c.key_s for c in matched.invented] == [11]


def test_a_rejected_cycle_neither_finds_nor_invents():
    matched = match(
        [Repetition("both", 1.0, 3.0, 2.0)], [cycle("both", 1, 3, 2, "cut_off"), cycle("both", 5, 6, 5.5, "x")]
    )
    assert (matched.missed, matched.invented) == (1, ())


def test_the_other_leg_does_not_count():
    matched = match([Repetition("left", 1.0, 3.0, 2.0)], [cycle("right", 1, 3, 2)])
    assert (matched.missed, len(matched.invented)) == (1, 1)


def test_of_two_cycles_in_one_repetition_the_nearer_finds_it_and_the_other_is_invented():
    matched = match([Repetition("both", 1.0, 4.0, 2.5)], [cycle("both", 1, 2, 1.5), cycle("both", 2, 4, 2.6)])
    assert [c.key_s for _, c in matched.found] == [2.6]
    assert [c.key_s for c in matched.invented] == [1.5]


def test_one_cycle_over_two_repetitions_finds_the_nearer_one():
    matched = match([Repetition("both", 1.0, 3.0, 2.0), Repetition("both", 3.0, 5.0, 4.0)], [cycle("both", 1, 5, 3.8)])
    assert [c is not None for _, c in matched.pairs] == [False, True]


# --- truth files ----------------------------------------------------------------------------------------------------

SMALL = {
    "schema": "alignment-truth/1",
    "video": "small.mp4",
    "activity": "squat",
    "camera": {"facing": "front", "yaw_deg": 3.0, "roll_deg": None, "colour": "red"},
    "subject": None,
    "repetitions": [{"side": "left", "start_s": 1.0, "end_s": 2.0, "key_s": 1.5, "depth": 3}],
    "series": {
        "time_s": [0.0, 1.0, 2.0, 3.0],
        "left": {"fppa_deg": [0.0, 10.0, None, 30.0], "hip_px": [[1, 2]]},
        "right": None,
        "pelvic_obliquity_deg": [1.0, 4.0, 6.0, 1.0],
        "trunk_lean_deg": None,
    },
    "something": "else",
}


def written(folder: Path, name: str = "small", film: bool = True, **changes) -> Path:
    path = folder / f"{name}.truth.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**SMALL, **changes}), encoding="utf-8")
    if film:
        path.with_name(f"{Path(name).name}.mp4").write_bytes(b"film")
    return path


def test_a_truth_file_is_read_whatever_else_it_holds(tmp_path):
    truth, video = read_truth(written(tmp_path))
    assert (truth.activity, truth.camera.yaw_deg, truth.camera.roll_deg, video) == ("squat", 3.0, None, "small.mp4")
    assert truth.repetitions == (Repetition("left", 1.0, 2.0, 1.5),)
    told = {("fppa", "left"), ("pelvic_obliquity", "body"), ("pelvic_drop", "left"), ("pelvic_change", "body")}
    assert set(truth.curves) == told


def test_between_two_known_frames_the_truth_is_a_straight_line_and_beside_an_undefined_one_undefined(tmp_path):
    truth, _ = read_truth(written(tmp_path))
    at = truth.at("fppa", "left", np.array([0.0, 0.5, 1.0004, 1.5, 2.0, 3.0, 3.5]))
    assert at == pytest.approx([0.0, 5.0, 10.0, NAN, NAN, 30.0, NAN], nan_ok=True)
    assert np.isnan(truth.at("trunk_lean", "body", np.array([0.0, 1.0]))).all()


def test_the_drop_is_the_tilt_on_one_leg_less_that_of_standing(tmp_path):
    """Left leg: + right side lower, so the sign of "right hip higher" turns; 1° in standing is taken off."""
    truth, _ = read_truth(written(tmp_path))
    assert truth.curves["pelvic_drop", "left"] == pytest.approx([NAN, -3.0, -5.0, NAN], nan_ok=True)
    assert truth.curves["pelvic_change", "body"] == pytest.approx([0.0, 3.0, 5.0, 0.0])
    # Where nobody stands, against its own median.
    cycling, _ = read_truth(written(tmp_path, activity="cycling"))
    assert cycling.curves["pelvic_change", "body"] == pytest.approx([-1.5, 1.5, 3.5, -1.5])


def test_a_truth_file_tells_what_is_worn_on_the_pelvis(tmp_path):
    ways = {side: {"pelvis_mark_px": [[x, 20.5]] * 3 + [[None, None]]} for side, x in (("left", 30.0), ("right", 10.0))}
    worn = {"kind": "beads", "place": "front", "covered": {"side": "left", "start_s": 1.0, "end_s": 2.0}}
    truth, _ = read_truth(written(tmp_path, marks=worn, series={**SMALL["series"], **ways}))
    assert (truth.worn.source, truth.worn.colour, truth.worn.covered.end_s) == ("taps", None, 2.0)
    assert truth.beads_px[0].tolist() == [[30.0, 20.5], [10.0, 20.5]]
    assert np.isnan(truth.beads_px[3]).all()
    assert read_truth(written(tmp_path))[0].worn is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"marks": {"kind": "beads"}}, "pelvis_mark_px holds something other than numbers and null"),
        ({"marks": {"kind": "stickers"}}, "marks.kind"),
        ({"schema": "alignment-truth/9"}, "schema alignment-truth/9 instead of alignment-truth/1"),
        ({"activity": "juggling"}, "activity juggling instead of one of"),
        ({"repetitions": [{"side": "upper", "start_s": 1, "end_s": 2, "key_s": 1}]}, "repetitions.0.side"),
        ({"repetitions": None}, "repetitions"),
        ({"series": {}}, "series.time_s is missing or does not rise"),
        ({"series": {"time_s": [0.0, 0.0]}}, "series.time_s is missing or does not rise"),
        ({"series": {"time_s": [0.0, 1.0], "trunk_lean_deg": [1.0]}}, "trunk_lean_deg holds 1 values for 2 times"),
        ({"series": {"time_s": [0.0], "left": {"fppa_deg": ["x"]}}}, "fppa_deg holds something other than numbers"),
        ({"series": {"time_s": [0.0], "left": [1]}}, "left holds something other than numbers"),
    ],
)
def test_a_truth_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, changes, sentence):
    path = written(tmp_path, **changes)
    with pytest.raises(InputError) as refused:
        read_truth(path)
    assert refused.value.code == "bad_truth"
    assert f"{path} cannot be used: " in str(refused.value)
    assert sentence in str(refused.value)


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "a.truth.json").write_text("[]")
    (tmp_path / "b.truth.json").write_bytes(b"\xff\xfe\x00")
    for name in "ab":
        with pytest.raises(InputError, match="cannot be used"):
            read_truth(tmp_path / f"{name}.truth.json")


def test_clips_are_found_below_too_and_a_missing_film_is_named(tmp_path):
    written(tmp_path / "deep", "inner")
    written(tmp_path, "outer")
    assert [clip.name for clip in clips_in(tmp_path)] == ["deep/inner", "outer"]
    written(tmp_path, "alone", film=False, video="elsewhere.mp4")
    with pytest.raises(InputError, match=r"The film alone\.mp4 .* is missing"):
        clips_in(tmp_path)


def test_no_folder_and_no_clip_are_said(tmp_path):
    with pytest.raises(InputError, match="There is no folder"):
        clips_in(tmp_path / "nowhere")
    with pytest.raises(InputError, match="holds no clip with known truth"):
        clips_in(tmp_path)


def test_the_manifest_tells_splits_and_disturbances(tmp_path):
    for name in ("one", "two", "three"):
        written(tmp_path, name)
    with pytest.raises(InputError, match="There is no manifest"):
        clips_in(tmp_path, "tune")
    (tmp_path / "manifest.csv").write_text(
        "clip,activity,split,disturbance\none,squat,tune,\ntwo.mp4,squat,check,dark\n"
    )
    assert [(c.name, c.split, c.disturbance) for c in clips_in(tmp_path)] == [
        ("one", "tune", ""),
        ("three", "", ""),
        ("two", "check", "dark"),
    ]
    assert {clip.again for clip in clips_in(tmp_path)} == {""}
    assert [clip.name for clip in clips_in(tmp_path, "check")] == ["two"]
    with pytest.raises(InputError, match="marks no clip as best"):
        clips_in(tmp_path, "best")
    (tmp_path / "manifest.csv").write_text(
        "clip,activity,split,disturbance,again\none,squat,tune,,\ntwo,squat,tune,,one\n"
    )
    assert [(c.name, c.again) for c in clips_in(tmp_path)] == [("one", ""), ("three", ""), ("two", "one")]
    (tmp_path / "manifest.csv").write_text("name\none\n")
    with pytest.raises(InputError, match="it lacks the column clip"):
        clips_in(tmp_path)


# --- the baseline --------------------------------------------------------------------------------------------------

FAR = {"distance": 400.0, "focal_px": 128_000.0}


@pytest.mark.parametrize("facing", ["front", "back"])
def test_from_far_away_and_straight_ahead_the_baseline_is_right(facing):
    """There perspective and depth do nothing, so that the picture is the frontal plane."""
    motion = squat(reps=1, inwards_deg=(12.0, -8.0), obliquity_deg=6.0, lean_deg=-5.0)
    found, true = baseline.curves(film(motion, Camera(facing, **FAR))), true_curves(joints(motion))
    for key, curve in true.items():
        if key[0] in ("knee_over_foot", "trunk_lean_forward"):
            continue  # need depth, which the picture does not hold
        assert found[key] == pytest.approx(curve, abs=0.5 if key[0] == "knee_over_toe" else 0.15), key
    for side in ("left", "right"):
        assert np.array_equal(found["fppa", side], found["fppa_image", side])
    assert np.array_equal(found["pelvic_drop", "right"], found["pelvic_obliquity", "body"])


def test_the_baseline_takes_no_notice_of_the_cameras_roll_and_yaw():
    motion = squat(reps=1, inwards_deg=(10.0, 10.0))
    straight, rolled, aside = (
        baseline.curves(film(motion, Camera(roll_deg=roll, yaw_deg=yaw, **FAR)))
        for roll, yaw in ((0, 0), (4, 0), (0, 12))
    )
    tilt = rolled["pelvic_obliquity", "body"] - straight["pelvic_obliquity", "body"]
    assert tilt == pytest.approx(4.0, abs=0.1)
    assert np.abs(aside["fppa", "left"] - straight["fppa", "left"]).max() > 5


def test_the_baseline_puts_the_weight_where_the_hips_are_between_the_ankles():
    share = baseline.curves(film(squat(reps=1, aside=-0.1), Camera(**FAR)))["weight_right_share", "body"]
    assert share[0] == pytest.approx(0.5, abs=0.01)
    assert share.max() == pytest.approx(0.75, abs=0.01)


def test_where_nobody_is_found_the_baseline_says_nothing():
    track = film(squat(reps=1))
    nobody = replace(track, pixels=np.full_like(track.pixels, NAN), metres=np.full_like(track.metres, NAN))
    assert all(np.isnan(curve).all() for curve in baseline.curves(nobody).values())


@pytest.mark.model
def test_the_baseline_follows_one_person_in_every_picture(lite):
    source = sources.open(SAMPLES / "squat_front.mp4", sources.Reading(start_s=2.0, end_s=2.5))
    opens = partial(mediapipe.FilmEngine, ModelFile("lite", lite, "0" * 64))
    seen: list[float] = []
    track = tracking.track_video_mode(source, opens, progress=seen.append)
    truth, _ = read_truth(SAMPLES / "squat_front.truth.json")
    assert (track.frames, track.seen.all(), track.model.quality) == (15, True, tracking.VIDEO_MODE)
    assert seen == track.time_s.tolist()
    bend = baseline.curves(track)["fppa_image", "left"]
    assert np.abs(bend - truth.at("fppa_image", "left", track.time_s)).mean() < 10


# --- the whole command, on a stick figure ---------------------------------------------------------------------------


@cache
def seen_squatting() -> tuple[Track, dict[tuple[str, str], np.ndarray]]:
    """A stick figure's three squats as the model would give them, and the truth of them."""
    motion = squat(reps=3, inwards_deg=(10.0, 5.0))
    return film(motion, Camera(yaw_deg=4.0)), true_curves(joints(motion))


def stick(folder: Path, name: str = "stick", *, off_deg: float = 0.0, **about) -> None:
    """A clip of a stick figure squatting, its landmarks as the model would give them, and its truth, or one that is off."""
    track, known = seen_squatting()
    video = folder / f"{name}.mp4"
    video.write_bytes(name.encode())
    track = replace(track, source=replace(track.source, sha256=hashlib.sha256(name.encode()).hexdigest()))
    save_track(folder / "tracks" / f"{name}.track.parquet", track)
    save_track(folder / "tracks" / f"{name}.baseline.parquet", track)
    series: dict = {"time_s": track.time_s.tolist(), "left": {}, "right": {}}
    for (measure, whose), curve in known.items():
        part = series if whose == "body" else series[whose]
        off = off_deg if MEASURES[measure].unit == "deg" else 0.0
        part[column(measure, MEASURES[measure].unit)] = (curve + off).tolist()
    reps = [{"side": "both", "start_s": 1.0 + 3 * i, "end_s": 3.0 + 3 * i, "key_s": 2.0 + 3 * i} for i in range(3)]
    content = {
        "schema": "alignment-truth/1",
        "activity": "squat",
        "camera": {"facing": "front", "yaw_deg": 4.0, "roll_deg": 0.0},
        "repetitions": reps,
        "series": series,
        **about,
    }
    (folder / f"{name}.truth.json").write_text(json.dumps(content), encoding="utf-8")


def validated(folder: Path, *options: str) -> dict:
    """The JSON of `alignment validate` on the folder's own tracks."""
    to = folder / "figures.json"
    assert main(["validate", str(folder), "--tracks", str(folder / "tracks"), "--json", str(to), *options]) == 0
    return json.loads(to.read_text(encoding="utf-8"))


def test_clips_are_grouped_by_what_their_pelvis_was_told_from(tmp_path):
    stick(tmp_path)
    stick(tmp_path, "worn", marks={"kind": "dots", "place": "front"})
    track, motion = seen_squatting()[0], squat(reps=3, inwards_deg=(10.0, 5.0))
    own = replace(track, source=replace(track.source, sha256=hashlib.sha256(b"worn").hexdigest()))
    save_track(tmp_path / "tracks" / "worn.track.parquet", wearing(own, motion, Camera(yaw_deg=4.0)))
    groups = {one["label"]: one for one in validated(tmp_path, "--by", "pelvis")["groups"]}
    assert set(groups) == {"all", "none", "dots"}
    told = {label: {one["measure"]: one["frames"]["n"] for one in group["measures"]} for label, group in groups.items()}
    assert "pelvic_change" not in told["none"]
    assert told["none"]["pelvic_obliquity"] == 0
    # Against the horizontal it is not sure enough in every frame.
    assert told["dots"]["pelvic_change"] == track.frames > told["dots"]["pelvic_obliquity"] > track.frames / 2
    (source,) = {one["source"] for one in validated(tmp_path)["pelvis"]}
    assert source == "dots"


def figures(report: dict, measure: str) -> dict:
    return next(one for one in report["groups"][0]["measures"] if one["measure"] == measure)


def test_a_perfect_track_is_measured_almost_without_error(tmp_path):
    stick(tmp_path)
    report = validated(tmp_path)
    assert (report["schema"], report["model"], report["vertical_given"]) == ("alignment-accuracy/2", "heavy", True)
    group = report["groups"][0]
    reps = group["repetitions"]
    assert (group["label"], reps["true"], reps["found"], reps["missed"], reps["invented"]) == ("squat", 3, 3, 0, 0)
    assert reps["key_worst_s"] < 0.05
    assert (group["camera"]["facing_right"], group["camera"]["yaw_inside"]) == (1, 1)
    bend = figures(report, "fppa")
    assert bend["frames"]["rmse"] < 1.0
    assert bend["frames"]["slope"] == pytest.approx(1.0, abs=0.1)
    assert (bend["keys"]["of"], bend["keys"]["n"], bend["keys"]["inside"]) == (6, 6, 6)
    assert bend["frames"]["baseline"]["rmse"] > bend["frames"]["rmse"]


def test_a_truth_two_degrees_off_shows_as_bias(tmp_path):
    stick(tmp_path)
    exact = figures(validated(tmp_path, "--no-baseline"), "trunk_lean")
    stick(tmp_path, off_deg=2.0)
    off = figures(validated(tmp_path, "--no-baseline"), "trunk_lean")
    assert off["frames"]["bias"] == pytest.approx(exact["frames"]["bias"] - 2.0, abs=0.01)
    assert off["keys"]["bias"] == pytest.approx(exact["keys"]["bias"] - 2.0, abs=0.02)
    assert off["frames"]["baseline"] is None


def test_missed_repetitions_lower_the_coverage_at_key_moments(tmp_path):
    reps = [{"side": "both", "start_s": 1.0 + i / 2, "end_s": 1.4 + i / 2, "key_s": 1.2 + i / 2} for i in range(4)]
    stick(tmp_path, repetitions=[*reps, {"side": "left", "start_s": 4.0, "end_s": 6.0, "key_s": 5.0}])
    report = validated(tmp_path, "--no-baseline")
    counts = report["groups"][0]["repetitions"]
    assert (counts["true"], counts["found"], counts["missed"], counts["invented"]) == (5, 1, 4, 2)
    lean = figures(report, "trunk_lean")["keys"]
    assert (lean["of"], lean["n"], lean["coverage"]) == (5, 1, 0.2)


def test_without_a_vertical_the_roll_is_not_given(tmp_path):
    """Told of a roll of 3° that was none, the program takes 3° off the lean; untold it takes off none."""
    stick(tmp_path, camera={"facing": "front", "yaw_deg": 4.0, "roll_deg": 3.0})
    given, without = (
        figures(validated(tmp_path, "--no-baseline", *more), "trunk_lean")["frames"]["bias"]
        for more in ((), ("--no-vertical",))
    )
    assert abs(without) < 0.2
    assert abs(given - without) == pytest.approx(3.0, abs=0.1)


def test_groups_by_activity_clip_and_disturbance(tmp_path):
    stick(tmp_path, "a")
    stick(tmp_path, "b")
    (tmp_path / "manifest.csv").write_text("clip,activity,split,disturbance\na,squat,tune,\nb,squat,check,dark\n")
    how = accuracy.How(tracks=tmp_path / "tracks")
    compared = [accuracy.compare(clip, how) for clip in clips_in(tmp_path)]

    def labels(by):
        return [(group.label, group.clips) for group in accuracy.report_of(compared, how, by).groups]

    assert labels("activity") == [("squat", 2)]
    assert labels("split") == [("all", 2), ("squat tune", 1), ("squat check", 1)]
    assert labels("clip") == [("a", 1), ("b", 1)]
    assert labels("disturbance") == [("all", 2), ("squat", 1), ("squat dark", 1)]
    assert labels("camera") == [("on planted feet, front, to 12° aside", 2)]
    report = validated(tmp_path, "--split", "check")
    assert (report["split"], [one["clip"] for one in report["clips"]]) == ("check", ["b"])


@pytest.mark.parametrize(
    ("camera", "label"),
    [
        ({"facing": "front", "yaw_deg": -12.0}, "on planted feet, front, to 12° aside"),
        ({"facing": "front", "yaw_deg": -12.5}, "on planted feet, front, beyond 12° aside"),
        ({"facing": "back", "yaw_deg": 3.0}, "on planted feet, back, to 12° aside"),
        ({}, "camera not told"),
    ],
)
def test_a_clip_belongs_to_the_place_its_camera_stood_at(tmp_path, camera, label):
    stick(tmp_path, camera=camera)
    how = accuracy.How(tracks=tmp_path / "tracks")
    (clip,) = clips_in(tmp_path)
    (group,) = accuracy.report_of([accuracy.compare(clip, how)], how, "camera").groups
    assert group.label == label


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_tables_stand_on_the_screen_and_one_a_file_in_the_folder(tmp_path, capsys):
    stick(tmp_path)
    folder = tmp_path / "new" / "tables"
    report = validated(tmp_path, "--out", str(folder))
    said = capsys.readouterr().out
    assert "Repetitions and camera" in said
    assert re.search(r"pelvic_obliquity +deg", said)
    assert "Each clip" in said
    kinds = ("clips", "filmed_twice", "frames", "key_moments", "repetitions_camera")
    assert sorted(path.name for path in folder.iterdir()) == [f"heavy_{kind}.csv" for kind in kinds]
    in_frames, at_keys = table(folder / "heavy_frames.csv")[0], table(folder / "heavy_key_moments.csv")[0]
    bend = figures(report, "fppa")
    assert (in_frames["group"], in_frames["measure"], in_frames["unit"]) == ("squat", "fppa", "deg")
    assert float(in_frames["rmse"]) == round(bend["frames"]["rmse"], 1)
    assert float(in_frames["baseline_rmse"]) == round(bend["frames"]["baseline"]["rmse"], 1)
    assert (at_keys["n"], at_keys["of"], at_keys["inside"], at_keys["given_pct"]) == ("6", "6", "6", "100")
    (camera,) = table(folder / "heavy_repetitions_camera.csv")
    assert (camera["found"], camera["facing_right"], camera["yaw_inside"]) == ("3", "1", "1")
    assert table(folder / "heavy_clips.csv")[0]["true_yaw_deg"] == "4.0"
    assert table(folder / "heavy_filmed_twice.csv") == []


def test_a_run_replaces_its_own_tables_and_no_other_runs(tmp_path):
    stick(tmp_path)
    (tmp_path / "manifest.csv").write_text("clip,activity,split,disturbance\nstick,squat,check,\n")
    folder = tmp_path / "tables"
    validated(tmp_path, "--out", str(folder))
    before = (folder / "heavy_frames.csv").read_bytes()
    (folder / "heavy_check_frames.csv").write_text("older")
    validated(tmp_path, "--out", str(folder), "--split", "check", "--no-baseline")
    validated(tmp_path, "--out", str(folder), "--by", "camera", "--no-baseline")
    assert (folder / "heavy_frames.csv").read_bytes() == before
    assert table(folder / "heavy_check_frames.csv")[0]["baseline_rmse"] == ""
    assert table(folder / "heavy_by_camera_frames.csv")[0]["group"] == "on planted feet, front, to 12° aside"


def test_a_folder_that_cannot_be_made_is_refused_before_the_long_work(tmp_path, capsys):
    stick(tmp_path)
    (tmp_path / "tracks" / "stick.track.parquet").write_bytes(b"")
    (tmp_path / "file").write_text("by hand")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        assert main(["validate", str(tmp_path), "--tracks", str(tmp_path / "tracks"), "--out", str(out)]) == 2
        said = capsys.readouterr().err
        assert str(out) in said
        assert "stick.track.parquet" not in said
    assert (tmp_path / "file").read_text() == "by hand"


def test_the_tables_in_docs_have_the_columns_and_measures_that_are_written_now(tmp_path):
    stick(tmp_path)
    validated(tmp_path, "--out", str(tmp_path / "tables"), "--no-baseline")
    for run, clips in (("heavy_check", 30), ("heavy_tune", 33), ("lite_check", 30)):
        for made in (tmp_path / "tables").iterdir():
            stored = DOCS / made.name.replace("heavy", run)
            assert stored.read_text().splitlines()[0] == made.read_text().splitlines()[0]
        assert len(table(DOCS / f"{run}_clips.csv")) == clips
        of_all = [row["measure"] for row in table(DOCS / f"{run}_frames.csv") if row["group"] == "all"]
        # The clips are filmed from front and back, nobody in them wears marks, and nobody runs.
        frontal = [one.name for one in MEASURES.values() if set(one.views) & set(FRONTAL) and not one.activities]
        assert of_all == [name for name in frontal if name != "pelvic_change"]


def test_json_on_the_standard_output_is_alone_there(tmp_path, capsys):
    stick(tmp_path)
    assert main(["validate", str(tmp_path), "--tracks", str(tmp_path / "tracks"), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["by"] == "activity"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / "stick.mp4").write_bytes(b"another"), "are not those of the film"),
        (lambda folder: (folder / "tracks" / "stick.baseline.parquet").write_bytes(b""), "is not a track"),
        (lambda folder: (folder / "stick.mp4").unlink(), "The film stick.mp4"),
        (lambda folder: (folder / "stick.truth.json").unlink(), "holds no clip with known truth"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_code_2(tmp_path, capsys, spoil, sentence):
    stick(tmp_path)
    spoil(tmp_path)
    assert main(["validate", str(tmp_path), "--tracks", str(tmp_path / "tracks")]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said


def test_landmarks_of_another_model_are_refused(tmp_path, capsys):
    stick(tmp_path)
    assert main(["validate", str(tmp_path), "--tracks", str(tmp_path / "tracks"), "--model", "lite"]) == 2
    assert "come from the model heavy instead of lite" in capsys.readouterr().err


if __name__ == "__main__":
    (DATA / "accuracy.json").write_text(report_on_the_recorded().to_json() + "\n", encoding="utf-8")


def calibration(folder: Path, model: str) -> Path:
    """A copy of a model's calibration file."""
    place = folder / f"{model}.json"
    place.write_bytes((files("alignment.pose.calibration") / f"{model}.json").read_bytes())
    return place


def test_what_two_films_differ_by_goes_into_the_models_calibration_and_nothing_else_there(tmp_path):
    stick(tmp_path)
    place = calibration(tmp_path, "heavy")
    before = parse_calibration(place.read_text(encoding="utf-8"))
    validated(tmp_path, "--no-baseline", "--repeatability", str(place))
    after = parse_calibration(place.read_text(encoding="utf-8"))
    assert before.of("read").repeatability
    # No movement was filmed twice here.
    assert after.of("read").repeatability == ()
    assert after.repeatability == before.repeatability
    assert replace(after, azimuth_weights={}, read=None) == replace(before, azimuth_weights={}, read=None)


@pytest.mark.parametrize(
    ("content", "said"), [("lite", "is not the calibration of the model heavy"), (None, "something else")]
)
def test_another_models_calibration_and_another_file_are_left_alone(tmp_path, capsys, content, said):
    stick(tmp_path)
    place = calibration(tmp_path, content) if content else tmp_path / "heavy.json"
    if content is None:
        place.write_text("model,activity\n")
    before = place.read_bytes()
    tracks = str(tmp_path / "tracks")
    assert main(["validate", str(tmp_path), "--tracks", tracks, "--no-baseline", "--repeatability", str(place)]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert place.read_bytes() == before
