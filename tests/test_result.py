"""The result and its file: the agreed keys at every level, nothing lost on the way there and back, nothing foreign read."""

import json
import re
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from alignment.core import result as module
from alignment.core.measures import MEASURES
from alignment.core.result import MOMENTS, SCHEMA, Finding, Result, Verdict, column, source_of
from alignment.core.track import SourceFacts
from alignment.errors import InputError
from alignment.texts import text_of
from tests.analyses import MOVEMENTS, analyzed, filmed, result_of, row, unseen
from tests.results import make_result, make_track
from tests.synthetic import Camera

LIMIT = {"low_outside", "low", "high", "high_outside", "min_cycles", "source"}
#: The agreed keys of a result file: a set of keys, or a dict where some hold objects or lists of objects; ... for any keys.
KEYS = {
    "schema": None,
    "software": {
        "version": None,
        "mediapipe": None,
        # Added when there was a second engine.
        "engine": None,
        # Added when joints could be read anew.
        "joints": None,
        "joints_sha256": None,
        "model": None,
        "model_sha256": None,
        # Beyond the agreed ones, what part of the film and whom the numbers are of.
        "settings": {"activity", "max_fps", "quality", "camera_roll_deg", "height_m", "belt_km_h", "limits_sha256"}
        | {"start_s", "end_s", "person", "mirrored", "rate_hz", "true_fps", "pelvis_dots", "pelvis_points"}
        | {"joints"},
    },
    "source": {
        *("name", "sha256", "frames", "analyzed_frames", "fps", "duration_s", "width", "height", "rotation_deg"),
        "mirrored",
    },
    "activity": None,
    "viewpoint": {
        *("facing", "facing_probability", "yaw_deg", "yaw_se_deg", "yaw_varies", "roll_deg", "roll_se_deg"),
        *("roll_given", "distance_leg_lengths", "distance_se", "corrected"),
        # Added for tables that tell how a film was made.
        *("pitch_deg", "pitch_se_deg"),
    },
    "quality": {"grade": None, "reasons": {"code": None, "values": ..., "measures": None}},
    "cleaning": {"frames_dropped", "swaps_mended", "frames_filled", "filter_hz"},
    "cycles": {
        **dict.fromkeys(("index", "kind", "side", "start_s", "end_s", "key_s", "rejected")),
        "values": {
            *("measure", "side", "unit", "at", "time_s", "value", "standard_error", "reason", "own_error", "verdict"),
        },
    },
    "summary": {
        **dict.fromkeys(("measure", "side", "unit", "at", "mean", "sd", "n", "standard_error")),
        **dict.fromkeys(("interval_low", "interval_high", "verdict", "reason")),
        **dict.fromkeys(
            ("lowest", "highest", "worst", "worst_cycle", "inside", "near", "outside", "differ", "provisional")
        ),
        "limit": LIMIT,
    },
    "recognised": {"movement", "probability"},
    "pelvis": None,
    "sha256": None,
    "findings": {**dict.fromkeys(("code", "side", "verdict", "measure")), "values": ...},
}


def differences(found, wanted, where="result"):
    """Where the keys of a JSON value are others than agreed."""
    if isinstance(found, list):
        return [fault for one in found for fault in differences(one, wanted, f"{where}[]")]
    if wanted is ...:
        return [] if isinstance(found, dict) else [where]
    if wanted is None or found is None:
        return [where] if isinstance(found, dict) else []
    faults = [f"{where}.{key}" for key in set(found) ^ set(wanted)]
    inner = wanted if isinstance(wanted, dict) else dict.fromkeys(wanted)
    return faults + [
        fault for key in set(found) & set(inner) for fault in differences(found[key], inner[key], f"{where}.{key}")
    ]


@pytest.mark.parametrize("name", MOVEMENTS)
def test_the_file_has_exactly_the_agreed_keys_at_every_level(name):
    content = json.loads(analyzed(name).to_json())
    assert differences(content, KEYS) == []
    assert next(iter(content)) == "schema"
    assert content["schema"] == "alignment-result/2"


def test_the_comparison_of_keys_finds_what_is_missing_and_what_is_foreign():
    content = json.loads(analyzed("squat").to_json())
    del content["summary"][1]["limit"]["high"]
    content["quality"]["reasons"][0]["more"] = 1
    assert sorted(differences(content, KEYS)) == ["result.quality.reasons[].more", "result.summary[].limit.high"]


def test_a_film_without_anybody_has_the_same_keys():
    nobody = result_of(unseen(filmed("squat")))
    assert differences(json.loads(nobody.to_json()), KEYS) == []
    assert Result.from_json(nobody.to_json()) == nobody


@pytest.mark.parametrize("name", MOVEMENTS)
def test_a_null_number_has_a_reason_and_a_number_has_an_error(name):
    result = analyzed(name)
    for cycle in result.cycles:
        assert bool(cycle.values) == (cycle.rejected is None)
        for value in cycle.values:
            assert (value.value is None) == (value.standard_error is None) == (value.reason is not None), value
            assert value.value is None or value.time_s is not None
    for one in result.summary:
        numbers = (one.mean, one.standard_error, one.interval_low, one.interval_high)
        assert len({number is None for number in numbers}) == 1, one
        assert (one.n == 0) == (one.mean is None)
        assert one.mean is not None or one.reason
        assert (one.reason is None) == (one.mean is not None and one.verdict is not Verdict.UNKNOWN)


@pytest.mark.parametrize("name", ["squat", "cycling", "still"])
def test_reading_gives_back_what_was_written(name):
    result = analyzed(name)
    read = Result.from_json(result.to_json())
    assert read == result
    assert read.curves is None
    assert read.to_json() == result.to_json()
    assert Result.from_json(result.to_json(indent=None).encode()) == result


def test_no_number_that_is_none_is_written():
    result = analyzed("squat")
    broken = replace(result, summary=(replace(result.summary[0], mean=float("nan")),))
    with pytest.raises(ValueError, match="not JSON compliant"):
        broken.to_json()
    for name in MOVEMENTS:
        text = analyzed(name).to_json()
        assert not re.search(r"NaN|Infinity", text)
        assert not re.search(r'"(mean|value|interval_low|interval_high)": -0\.0\b', text)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: text.replace("result/2", "result/3"), "schema alignment-result/3 instead of alignment-result/2"),
        (lambda text: text.replace('"schema"', '"scheme"'), "schema: Field required"),
        (lambda text: text.replace('"activity": "squat",\n "v', '"activity": "squat", "more": 1,\n "v'), "more: "),
        (lambda text: text.replace('"measures": ', '"more": "", "measures": ', 1), "quality.reasons.0.more: "),
        (lambda text: text.replace('"grade": "usable"', '"grade": "fine"'), "quality.grade: "),
        (lambda text: text.replace('"verdict": "edge"', '"verdict": "fine"'), "verdict: "),
        (lambda text: re.sub(r'"mean": [-0-9.]+', '"mean": NaN', text, count=1), "summary.0.mean: "),
        (lambda text: re.sub(r'"mean": [-0-9.]+', '"mean": 1e999', text, count=1), "summary.0.mean: "),
        (lambda text: re.sub(r'"mean": [-0-9.]+,', "", text, count=1), "summary.0.mean: Field required"),
        (lambda text: text[:-40], "the file: Invalid JSON"),
        (lambda _: "", "the file: Invalid JSON"),
        (lambda _: "[]", "the file: "),
        (lambda _: "[" * 5000, "the file: "),
        (lambda _: b"\xff\xfe{}", "the file: "),
    ],
)
def test_a_foreign_or_broken_file_is_refused_in_one_sentence(change, fault):
    content = change(analyzed("squat").to_json())
    with pytest.raises(InputError) as caught:
        Result.from_json(content, "old.json")
    assert caught.value.code == "bad_result_file"
    assert text_of(caught.value).message.startswith("old.json is not a result that this version can read (")
    assert fault in text_of(caught.value).message
    assert text_of(caught.value).remedy == "Analyze the video once more."


def test_the_changes_above_do_change_the_file():
    text = analyzed("squat").to_json()
    for part in ('"grade": "usable"', '"verdict": "edge"', '"activity": "squat",\n "v', '"measures": '):
        assert part in text


def test_everything_in_a_result_is_frozen():
    kinds = {
        kind for kind in vars(module).values() if is_dataclass(kind) and kind.__module__.startswith(module.__name__)
    }
    assert len(kinds) > 12
    for kind in kinds:
        assert kind.__dataclass_params__.frozen, kind
    with pytest.raises(FrozenInstanceError):
        analyzed("squat").activity = "stairs"
    assert {one.name for one in fields(Finding)} == set(KEYS["findings"])


def test_measured_tells_whether_any_number_stands_in_the_summary():
    assert analyzed("squat").measured
    assert not analyzed("still").measured
    assert not make_result(make_track(), measured=False).measured
    assert make_result(make_track()).measured


def test_columns_are_named_by_measure_side_and_unit_once():
    assert column("fppa", "deg", "left") == "fppa_left_deg"
    assert column("weight_right_share", "share", "body") == "weight_right_share"
    assert column("knee_ankle_ratio", "ratio", "body") == "knee_ankle_ratio"
    assert column("knee_over_toe", "pct") == "knee_over_toe_pct"
    names = [curve.column for curve in analyzed("squat").curves.by_measure.values()]
    assert len(set(names)) == len(names) == sum(len(one.whose) for one in MEASURES.values() if one.taken_in("squat"))
    assert {"pelvic_drop_left_deg", "pelvic_obliquity_deg", "trunk_lean_deg", "knee_flexion_right_deg"} <= set(names)


def test_the_source_is_told_in_rounded_numbers():
    facts = SourceFacts("a.mp4", None, 29.970029, 720, 1280, 90, True, 391, 13.04637)
    source = source_of(facts, 200)
    assert (source.fps, source.duration_s, source.frames, source.analyzed_frames) == (29.97, 13.046, 391, 200)
    assert (source.rotation_deg, source.mirrored, source.sha256) == (90, True, None)


def test_moments_and_sides_of_values_are_the_agreed_ones():
    values = [value for cycle in analyzed("left_squat").cycles for value in cycle.values]
    assert {value.at for value in values} == set(MOMENTS) == {"key", "peak", "flexion30", "flexion45"}
    # A squat on the left leg says nothing of the right one.
    assert {value.side for value in values} == {"left", "body"}
    assert row(analyzed("left_squat"), "fppa", "right").reason == "no_cycles"
    assert SCHEMA in analyzed("squat", Camera(yaw_deg=25.0)).to_json()
