"""Result folders: what is written comes back, and a folder is there whole or not at all."""

import csv
import io
import os
import re
import signal
import subprocess
import sys
import textwrap
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from alignment import outputs
from alignment.core.activities import ACTIVITIES
from alignment.core.marks import PELVIS, Marks
from alignment.core.skeleton import INDEX, LANDMARKS
from alignment.core.track import Track
from alignment.errors import InputError
from tests import synthetic
from tests.analyses import analyze
from tests.results import SHA, make_result, make_track, write_result

SIDED = {"fppa": "deg", "fppa_image": "deg", "knee_over_toe": "pct", "knee_flexion": "deg", "pelvic_drop": "deg"}


def assert_same(one: Track, other: Track):
    for field in fields(Track):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, np.ndarray):
            assert a.dtype == b.dtype, field.name
            assert a.shape == b.shape, field.name
            assert a.tobytes() == b.tobytes(), field.name
        else:
            assert a == b


# --- Tables


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("frames", "samples"), [(7, (0, 3, 6)), (5, ()), (1, (0,)), (0, ())])
def test_track_comes_back_bit_by_bit(tmp_path, frames, samples, dtype):
    track = make_track(frames, samples, dtype)
    with outputs.building(tmp_path / "a", ours=outputs.own_files()) as folder:
        write_result(folder, make_result(track, curves=False), track)
    assert_same(outputs.read_track(tmp_path / "a" / outputs.TRACK), track)


def test_marks_come_back_with_their_track(tmp_path):
    pixels = np.arange(20.0).reshape(5, 2, 2)
    pixels[2] = np.nan
    marks = Marks("dots", PELVIS, pixels, np.linspace(0, 1, 10).reshape(5, 2), 0.4)
    path = tmp_path / outputs.TRACK
    path.write_bytes(outputs.track_parquet(replace(make_track(5, (0, 3)), marks=marks)))
    read = outputs.read_track(path).part(slice(1, 4)).marks
    assert (read.kind, read.names, read.error_px) == ("dots", PELVIS, 0.4)
    assert np.array_equal(read.at("pelvis_right"), pixels[1:4, 1], equal_nan=True)
    assert np.array_equal(read.score, marks.score[1:4])
    with pytest.raises(KeyError):
        read.at("heel")


def test_a_track_from_disk_gives_the_same_result(tmp_path):
    track = synthetic.film(synthetic.squat(reps=2, inwards_deg=(5.0, -3.0)), noise_px=0.5)
    path = tmp_path / outputs.TRACK
    path.write_bytes(outputs.track_parquet(track))
    first, again = (analyze(one, ACTIVITIES["squat"]) for one in (track, outputs.read_track(path)))
    assert first.measured
    assert again.to_json() == first.to_json()
    assert outputs.frames_parquet(again.curves, "a") == outputs.frames_parquet(first.curves, "a")


def test_real_curves_fill_the_documented_columns():
    result = analyze(synthetic.film(synthetic.squat(reps=1)), ACTIVITIES["squat"])
    names = set(pq.read_schema(io.BytesIO(outputs.frames_parquet(result.curves, "a"))).names)
    sided = {f"{name}_{side}_{unit}" for name, unit in SIDED.items() for side in ("left", "right")}
    whole = {"pelvic_obliquity_deg", "trunk_lean_deg", "weight_right_share", "knee_ankle_ratio"}
    assert names >= sided | whole | {f"{name}_se" for name in sided | whole}
    head = outputs.cycles_csv(result).splitlines()[0].split(",")
    assert {"fppa_deg", "knee_over_toe_pct_se", "weight_right_share", "knee_ankle_ratio"} <= set(head)


def test_track_with_unordered_mirror_samples_is_refused():
    with pytest.raises(ValueError, match="rising order"):
        outputs.track_parquet(make_track(samples=(3, 0)))


def test_result_comes_back_without_curves(tmp_path):
    track = make_track()
    result = make_result(track)
    with outputs.building(tmp_path / "a", ours=outputs.own_files()) as folder:
        write_result(folder, result, track)
    back = outputs.read_result(tmp_path / "a")
    assert back == result
    assert back.curves is None


def rewritten(tmp_path, metadata):
    """A track.parquet with other metadata than it was written with."""
    path = tmp_path / "track.parquet"
    path.write_bytes(outputs.track_parquet(make_track()))
    table = pq.read_table(path)
    old = {key.decode(): text.decode() for key, text in table.schema.metadata.items()}
    del old["sha256"]
    pq.write_table(table.replace_schema_metadata(metadata(old)), path)
    return path


@pytest.mark.parametrize(
    ("metadata", "fault"),
    [
        (lambda old: {**old, "schema": "alignment-track/2"}, "schema alignment-track/2 instead of alignment-track/1"),
        (lambda _: {}, "schema missing instead of"),
        (lambda old: {"schema": old["schema"]}, "about"),
        (lambda old: {**old, "about": old["about"].replace("left_knee", "left_nee")}, "other landmarks"),
        (lambda old: {**old, "about": old["about"].replace('"fps"', '"fpz"')}, "fp[sz]"),
        (lambda old: {**old, "about": re.sub(r'"axes": {.*?}', '"axes": "x"', old["about"])}, "not as it was written"),
        (lambda old: {**old, "about": "[" * 5000}, "not as it was written"),
    ],
)
def test_other_tracks_are_refused(tmp_path, metadata, fault):
    with pytest.raises(InputError, match=fault) as refusal:
        outputs.read_track(rewritten(tmp_path, metadata))
    assert refusal.value.code == "bad_track_file"


@pytest.mark.parametrize("content", [b"", b"no parquet at all", b"PAR1" + bytes(50) + b"PAR1"])
def test_files_that_are_no_parquet_are_refused(tmp_path, content):
    path = tmp_path / "track.parquet"
    path.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        outputs.read_track(path)
    assert refusal.value.code == "bad_track_file"


def test_missing_files_are_named(tmp_path):
    with pytest.raises(InputError, match=r"There is no file .*nowhere"):
        outputs.read_track(tmp_path / "nowhere" / "track.parquet")
    with pytest.raises(InputError, match=r"There is no file .*result\.json"):
        outputs.read_result(tmp_path)


def test_frames_table_has_the_documented_columns(tmp_path):
    track = make_track()
    content = outputs.frames_parquet(make_result(track).curves, "Übung 1.mp4")
    table = pq.read_table(io.BytesIO(content))
    per_landmark = [f"{name}_{of}" for name in LANDMARKS for of in ("x_px", "y_px", "visibility")]
    per_measure = ["fppa_left_deg", "fppa_left_deg_se", "weight_right_share", "weight_right_share_se"]
    assert table.column_names == ["time_s", *per_measure, *per_landmark]
    assert table.num_rows == track.frames
    np.testing.assert_array_equal(table["time_s"].to_numpy(), track.time_s)
    np.testing.assert_allclose(table["right_knee_y_px"].to_pandas(), track.pixels[:, INDEX["right_knee"], 1], rtol=1e-6)
    assert table["fppa_left_deg"].null_count == 1
    assert table["left_hip_x_px"].null_count == 1
    frame = pd.read_parquet(io.BytesIO(content))
    assert np.isnan(frame["fppa_left_deg"][2])


def test_every_column_of_frames_says_its_unit_and_meaning():
    schema = pq.read_schema(io.BytesIO(outputs.frames_parquet(make_result(make_track()).curves, "a.mp4")))
    for field in schema:
        assert field.metadata[b"unit"] in {b"s", b"deg", b"share", b"px"}, field.name
        assert len(field.metadata[b"meaning"]) > 10, field.name
    assert schema.metadata[b"schema"] == b"alignment-frames/1"


def test_cycles_table():
    rows = list(csv.DictReader(io.StringIO(outputs.cycles_csv(make_result(make_track())))))
    assert list(rows[0]) == [
        *("index", "kind", "side", "start_s", "end_s", "time_s", "moment"),
        *("fppa_deg", "fppa_deg_se", "fppa_verdict"),
        *("knee_over_toe_pct", "knee_over_toe_pct_se", "knee_over_toe_verdict"),
        *("weight_right_share", "weight_right_share_se", "weight_right_share_verdict", "rejected"),
    ]
    assert [(row["index"], row["side"], row["moment"]) for row in rows] == [
        ("0", "left", "key"),
        ("0", "left", "peak"),
        ("0", "right", "key"),
        ("0", "body", "key"),
        ("1", "body", "key"),
    ]
    key, peak, _, body, rejected = rows
    assert (key["fppa_deg"], key["fppa_deg_se"], key["knee_over_toe_pct"], key["time_s"]) == (
        "-12.35",
        "0.46",
        "",
        "1.500",
    )
    assert (peak["fppa_deg"], peak["knee_over_toe_pct"], peak["time_s"]) == ("-14.00", "2.00", "")
    assert (body["weight_right_share"], body["fppa_deg"]) == ("0.5123", "")
    assert rejected["rejected"] == "too_shallow"
    assert rejected["start_s"] == "3.000"
    assert {text for name, text in rejected.items() if name.startswith(("fppa", "knee", "weight"))} == {""}


def test_cycles_table_without_cycles_is_its_head():
    text = outputs.cycles_csv(make_result(make_track(), cycles=()))
    assert text == "index,kind,side,start_s,end_s,time_s,moment,rejected\n"


# --- Places


def test_places_drop_the_suffix_and_keep_umlauts():
    paths = [Path("videos/Übung links.mp4"), Path("/elsewhere/a.2024.mov"), Path("out/squat/track.parquet")]
    assert outputs.places(paths, Path("out")) == [Path("out/Übung links"), Path("out/a.2024"), Path("out/squat")]


def test_places_under_a_root_keep_its_folders():
    paths = [Path("videos/anna/a.mp4"), Path("videos/b.mp4")]
    assert outputs.places(paths, Path("out"), root=Path("videos")) == [Path("out/anna/a"), Path("out/b")]


def test_colliding_places_get_a_hash_of_their_own_in_any_order():
    paths = [Path("squat.mp4"), Path("other.mp4"), Path("Squat.mov"), Path("x/squat.mp4")]
    found = outputs.places(paths, Path("out"))
    assert found[1] == Path("out/other")
    assert len(set(found)) == 4
    assert all(place.name.lower().startswith("squat-") for place in (found[0], found[2], found[3]))
    assert outputs.places(paths[::-1], Path("out")) == found[::-1]


def test_folder_of_pictures_keeps_its_dots(tmp_path):
    pictures = tmp_path / "take.1"
    pictures.mkdir()
    assert outputs.places([pictures], Path("out")) == [Path("out/take.1")]


def test_another_films_result_is_not_replaced(tmp_path):
    place, track = tmp_path / "squat", make_track()
    assert outputs.own_place(place, SHA) == place
    with outputs.building(place, ours=outputs.own_files()) as folder:
        write_result(folder, make_result(track), track)
    assert outputs.own_place(place, SHA) == place
    other = outputs.own_place(place, "cd" * 32)
    assert other.parent == tmp_path
    assert other.name.startswith("squat-")
    (place / outputs.RESULT).write_text("{")
    assert outputs.own_place(place, SHA) != place


# --- Whole or not at all


def entries(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def build(place, text, *, failing_with=None):
    with outputs.building(place, ours=outputs.own_files()) as folder:
        (folder / outputs.RESULT).write_text(text)
        if failing_with is not None:
            raise failing_with


def test_a_failure_leaves_nothing_not_even_new_parents(tmp_path):
    with pytest.raises(RuntimeError, match="mid-way"):
        build(tmp_path / "new" / "deep" / "squat", "half", failing_with=RuntimeError("mid-way"))
    assert entries(tmp_path) == []


def test_a_failure_leaves_the_older_result_untouched(tmp_path):
    place = tmp_path / "squat"
    place.mkdir()
    (place / outputs.RESULT).write_text("old")
    with pytest.raises(KeyboardInterrupt):
        build(place, "new", failing_with=KeyboardInterrupt())
    assert entries(tmp_path) == ["squat", "squat/result.json"]
    assert (place / outputs.RESULT).read_text() == "old"


def test_a_new_result_replaces_the_older_one_and_keeps_what_is_not_ours(tmp_path):
    place = tmp_path / "squat"
    (place / "nested").mkdir(parents=True)
    (place / "nested" / outputs.RESULT).write_text("another film's")
    (place / "notes.txt").write_text("mine")
    (place / outputs.RESULT).write_text("old")
    (place / outputs.OVERLAY).write_text("old")
    with outputs.building(place, ours=outputs.own_files()) as folder:
        (folder / outputs.RESULT).write_text("new")
        assert (place / outputs.RESULT).read_text() == "old"
    assert entries(tmp_path) == [
        "squat",
        "squat/nested",
        "squat/nested/result.json",
        "squat/notes.txt",
        "squat/result.json",
    ]
    assert (place / outputs.RESULT).read_text() == "new"
    assert (place / "nested" / outputs.RESULT).read_text() == "another film's"


def test_swap_that_fails_half_way_puts_the_older_result_back(tmp_path, monkeypatch):
    place = tmp_path / "squat"
    place.mkdir()
    (place / outputs.RESULT).write_text("old")
    rename = Path.rename

    def failing(self, target):
        if self.suffix in (".partial", ".ready"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(InputError, match="Input/output error"):
        build(place, "new")
    assert entries(tmp_path) == ["squat", "squat/result.json"]
    assert (place / outputs.RESULT).read_text() == "old"


def test_full_disk_is_said_so(tmp_path):
    with pytest.raises(InputError, match="The disk is full") as refusal:
        build(tmp_path / "out" / "squat", "half", failing_with=OSError(28, "No space left on device"))
    assert refusal.value.code == "disk_full"
    assert entries(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("name", [outputs.RESULT, outputs.CYCLES, outputs.TRACK, outputs.FRAMES])
def test_full_disk_met_while_writing(tmp_path, name):
    def write():
        track = make_track()
        with outputs.building(tmp_path / "squat", ours=outputs.own_files()) as folder:
            (folder / name).symlink_to("/dev/full")
            write_result(folder, make_result(track), track)

    with pytest.raises(InputError, match="The disk is full"):
        write()
    assert entries(tmp_path) == []


def test_a_file_in_the_way_is_said_so(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="is a file and not a folder"):
        outputs.check_writable(tmp_path / "out" / "squat")
    with pytest.raises(InputError, match="cannot be written"):
        build(tmp_path / "out" / "squat", "new")
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_closed_to_us_is_said_so(tmp_path, monkeypatch):
    outputs.check_writable(tmp_path / "squat")
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != tmp_path)
    with pytest.raises(InputError, match="Permission denied"):
        outputs.check_writable(tmp_path / "squat")


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_wait_for_the_swap(tmp_path, number):
    """A signal in the middle of the swap is obeyed only when the new result stands whole."""
    place = tmp_path / "squat"
    place.mkdir()
    (place / outputs.RESULT).write_text("old")
    script = textwrap.dedent(f"""
        import os, pathlib, signal, sys
        from alignment import outputs
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        from alignment.outputs import exchange
        exchanged = exchange.exchange
        def with_signal(one, other):
            os.kill(os.getpid(), {int(number)})
            exchanged(one, other)
        exchange.exchange = with_signal
        place = pathlib.Path({str(place)!r})
        try:
            with outputs.building(place, ours=outputs.own_files()) as folder:
                (folder / outputs.RESULT).write_text("new")
        except KeyboardInterrupt:
            sys.exit(130)
    """)
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (130, "")
    assert entries(tmp_path) == ["squat", "squat/result.json"]
    assert (place / outputs.RESULT).read_text() == "new"


def test_negative_zeros_stay_negative(tmp_path):
    track = replace(make_track(), mirrored_metres=np.full((3, 33, 3), -0.0))
    path = tmp_path / "track.parquet"
    path.write_bytes(outputs.track_parquet(track))
    assert np.signbit(outputs.read_track(path).mirrored_metres).all()
