"""Results in the formats of other programs, each read back by the format's own library: units, signs, names, rate, gaps."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec

import ezc3d
import numpy as np
import openpyxl
import pytest
import xarray as xr

import alignment
from alignment import outputs
from alignment.cli import main
from alignment.core.marks import PELVIS, Marks
from alignment.core.skeleton import INDEX, LANDMARKS, SIDES
from alignment.errors import InputError
from alignment.outputs import c3d, exported
from alignment.outputs.motion import motion_of
from alignment.request import FORMATS, Request, formats_of
from tests.analyses import filmed, result_of, without

GAP = slice(40, 60)
HEIGHT_M = 1.7


@pytest.fixture(scope="module")
def track():
    """A film in which the toes are hidden for a while."""
    return without(filmed("squat"), "toe", frames=GAP)


@pytest.fixture(scope="module")
def in_pixels(track):
    return outputs.Analysis(result_of(track), track, Request("squat"))


@pytest.fixture(scope="module")
def in_metres(in_pixels):
    result = in_pixels.result
    settings = {**result.software.settings, "height_m": HEIGHT_M}
    return replace(in_pixels, result=replace(result, software=replace(result.software, settings=settings)))


#: What OpenSim reads in such files. In a process of its own: it keeps a log where it is loaded, and lets go of what it gave.
READING = """
import json, sys
import numpy as np
import opensim

opensim.Logger.setLevelString("off")
told = {}
for path in sys.argv[1:]:
    table = opensim.TimeSeriesTableVec3(path) if path.endswith(".trc") else opensim.TimeSeriesTable(path)
    flat = table.flatten() if path.endswith(".trc") else table
    matrix = flat.getMatrix()
    np.savez(path + ".npz", time=np.array(table.getIndependentColumn()), values=np.array(matrix.to_numpy()))
    keys = table.getTableMetaDataKeys()
    told[path] = {"labels": table.getColumnLabels(), **{key: table.getTableMetaDataString(key) for key in keys}}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def in_opensim(in_pixels, in_metres, tmp_path_factory):
    """What OpenSim tells of each file and of its head, and the numbers that it reads."""
    if find_spec("opensim") is None:
        pytest.skip("OpenSim is not installed")
    folder = tmp_path_factory.mktemp("opensim")
    (folder / "m").mkdir()
    paths = {
        "px": written("trc", in_pixels, folder),
        "m": written("trc", in_metres, folder / "m"),
        "mot": written("mot", in_pixels, folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", READING, *paths.values()], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return {name: (told[path], np.load(f"{path}.npz")) for name, path in paths.items()}


def written(name, analysis, folder):
    sink = outputs.MemorySink()
    with sink.receiving(""):
        outputs.OUTPUTS[name].write(analysis, sink)
    ((filename, content),) = sink.files.items()
    (folder / filename).write_bytes(content)
    return str(folder / filename)


def upwards(analysis):
    """What the picture's plane holds: x right, y up from its lower left corner, in pixels."""
    pixels, height = analysis.result.curves.track.pixels, analysis.result.source.height
    return np.stack([pixels[..., 0], height - pixels[..., 1]], axis=-1)


def standing_leg(points):
    """Thigh and shank in the first picture, in which the figure stands."""
    hip, knee, ankle = (points[0, INDEX[f"left_{part}"]] for part in ("hip", "knee", "ankle"))
    return np.linalg.norm(hip - knee) + np.linalg.norm(knee - ankle)


def test_trc_is_read_by_opensim(in_opensim, in_pixels, in_metres):
    told, read = in_opensim["px"]
    assert (told["Units"], told["DataRate"], told["NumFrames"], told["NumMarkers"]) == ("px", "30", "301", "33")
    assert "image plane: x right, y up" in told["header"]
    assert tuple(told["labels"]) == LANDMARKS
    np.testing.assert_allclose(read["time"], in_pixels.track.time_s, atol=1e-6)
    places = read["values"].reshape(-1, len(LANDMARKS), 3)
    np.testing.assert_allclose(places[..., :2], upwards(in_pixels), atol=6e-4)
    assert np.isnan(places[GAP, INDEX["left_toe"]]).all()
    assert set(places[..., 2][np.isfinite(places[..., 2])]) == {0.0}
    # Filmed from the front: the head above the feet, and the person's left on the picture's right.
    assert places[0, INDEX["nose"], 1] > places[0, INDEX["left_ankle"], 1]
    assert places[0, INDEX["left_hip"], 0] > places[0, INDEX["right_hip"], 0]

    told, read = in_opensim["m"]
    assert told["Units"] == "m"
    assert "metres by the person's height" in told["header"]
    metres = read["values"].reshape(-1, len(LANDMARKS), 3)
    assert standing_leg(metres) == pytest.approx(in_metres.result.leg_m, rel=0.02)


def test_mot_is_read_by_opensim(in_opensim, in_pixels):
    told, read = in_opensim["mot"]
    assert (told["inDegrees"], told["unit_knee_over_toe_left_pct"]) == ("yes", "pct")
    assert told["plane"] == "the person's own frontal plane; fppa_image in the picture's"
    curves = {one.column: one for one in in_pixels.result.curves.by_measure.values() if np.isfinite(one.value).any()}
    assert told["labels"] == list(curves)
    np.testing.assert_allclose(read["time"], in_pixels.track.time_s, atol=1e-6)
    for values, curve in zip(read["values"].T, curves.values(), strict=True):
        np.testing.assert_allclose(values, curve.value, atol=1e-4)
    knee = read["values"][:, told["labels"].index("knee_over_toe_left_pct")]
    assert np.isnan(knee[GAP]).all()
    assert np.isfinite(knee[: GAP.start]).all()


@pytest.mark.parametrize("unit", ["px", "m"])
def test_c3d_is_read_by_ezc3d(in_pixels, in_metres, tmp_path, unit):
    analysis = in_pixels if unit == "px" else in_metres
    file = ezc3d.c3d(written("c3d", analysis, tmp_path))
    point, own = file["parameters"]["POINT"], file["parameters"]["ALIGNMENT"]
    assert (point["RATE"]["value"], point["UNITS"]["value"], point["FRAMES"]["value"]) == ([30.0], [unit], [301])
    assert tuple(point["LABELS"]["value"]) == LANDMARKS
    assert own["PLANE"]["value"] == [motion_of(analysis).plane]
    assert own["TIMES"]["value"] == ["as filmed"]
    read = np.moveaxis(file["data"]["points"], (0, 1, 2), (2, 1, 0))
    np.testing.assert_allclose(read[..., :2], motion_of(analysis).points, rtol=1e-5)
    assert np.isnan(read[GAP, INDEX["right_toe"], :3]).all()
    assert (file["data"]["meta_points"]["residuals"][0, INDEX["right_toe"], GAP] == -1).all()
    if unit == "m":
        assert standing_leg(read[..., :2]) == pytest.approx(analysis.result.leg_m, rel=0.02)


def test_netcdf_is_read_by_xarray_alone_and_is_a_dataset_of_movement(in_metres, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))  # movement keeps a log there
    inputs = pytest.importorskip("movement.validators.datasets", reason="movement is not installed").ValidPosesInputs
    with xr.open_dataset(written("netcdf", in_metres, tmp_path)) as found:
        data = found.load()
    # Until version 0.16 movement called its axes in the plural.
    older = {"keypoint": "keypoints", "individual": "individuals"} if "keypoints" in inputs.DIM_NAMES else {}
    inputs.validate(data.rename(older))
    assert data["position"].rename(older).dims == inputs.DIM_NAMES
    assert (data.attrs["ds_type"], data.attrs["fps"], data.attrs["time_unit"]) == ("poses", 30.0, "seconds")
    assert tuple(data["keypoint"].values) == LANDMARKS
    assert (list(data["space"].values), list(data["individual"].values)) == (["x", "y"], ["person"])
    track = in_metres.result.curves.track
    np.testing.assert_array_equal(data["time"], track.time_s)
    places = data["position"].sel(individual="person").transpose("time", "keypoint", "space")
    np.testing.assert_array_equal(places, track.pixels)
    assert (data["position"].attrs["units"], data["position"].attrs["axes"]) == ("px", "image plane: x right, y down")
    assert np.isnan(places.sel(keypoint="left_toe")[GAP]).all()
    np.testing.assert_allclose(data["confidence"][..., 0], track.visibility, rtol=1e-6)
    curve = in_metres.result.curves.by_measure["fppa", "left"]
    np.testing.assert_array_equal(data["fppa_left_deg"], curve.value)
    np.testing.assert_array_equal(data["fppa_left_deg_se"], curve.standard_error)
    assert data["fppa_left_deg"].attrs["units"] == "deg"
    metres = places.values * data["metres_per_pixel"].values[:, None, None]
    assert standing_leg(metres) == pytest.approx(in_metres.result.leg_m, rel=0.02)


def test_metres_come_from_a_printed_strip_of_tags_too(in_pixels):
    """It is 20 cm from tag to tag; loose dots may be anywhere."""
    hips = in_pixels.track.pixels[:, [INDEX[f"{side}_hip"] for side in SIDES]]
    score = np.ones((in_pixels.track.frames, 2))
    worn = {
        kind: replace(in_pixels, track=replace(in_pixels.track, marks=Marks(kind, PELVIS, hips, score, 0.2)))
        for kind in ("tags", "dots")
    }
    by_belt = motion_of(worn["tags"])
    assert (by_belt.unit, by_belt.measured_by) == ("m", "belt")
    apart = by_belt.points[:, INDEX["left_hip"]] - by_belt.points[:, INDEX["right_hip"]]
    assert np.median(np.linalg.norm(apart, axis=1)) == pytest.approx(0.2, rel=0.02)
    assert (motion_of(worn["dots"]).unit, motion_of(in_pixels).unit) == ("px", "px")


def test_a_film_of_varying_rate_is_put_on_even_times_where_a_format_knows_none(in_pixels):
    """One picture is late by half an interval, three are lost: what lies far from both neighbours is a gap."""
    motion = motion_of(in_pixels)
    line = np.arange(motion.points.shape[0])[:, None, None] * np.ones((1, 33, 2))
    kept = np.delete(np.arange(301), [100, 101, 102])
    late = motion.time_s.copy()
    late[10] += 0.5 / 30
    uneven = replace(motion, time_s=late[kept], points=line[kept] + (late - motion.time_s)[kept, None, None] * 30)
    assert motion.even
    assert motion.evenly() is motion
    even = uneven.evenly()
    assert even.even
    np.testing.assert_allclose(even.time_s, motion.time_s, atol=1e-9)
    wanted = np.arange(301.0)
    wanted[[10, 100, 101, 102]] = even.points[10, 0, 0], np.nan, np.nan, np.nan
    np.testing.assert_allclose(even.points[:, 0, 0], wanted, atol=0.03)
    assert even.points[10, 0, 0] == pytest.approx(10, abs=0.03)


def test_a_films_workbook_holds_what_its_files_hold(in_metres):
    sink = outputs.MemorySink()
    with sink.receiving(""):
        outputs.OUTPUTS["xlsx"].write(in_metres, sink)
    book = openpyxl.load_workbook(io.BytesIO(sink.files["result.xlsx"]))
    assert book.sheetnames == ["film", "summary", "cycles", "frames", "columns"]
    tables = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
    film = dict(zip(*tables["film"], strict=True))
    assert (film["rate_hz"], film["activity"], film["model"]) == (30.0, "squat", "heavy")
    assert len(tables["summary"]) == len(in_metres.result.summary) + 1
    head, first = tables["summary"][:2]
    row = dict(zip(head, first, strict=True))
    assert row["mean"] == in_metres.result.summary[0].mean
    assert row["film_key"] == film["film_key"] == row["key"].partition(":")[0]
    frames = np.array(tables["frames"][1:], dtype=float)
    at = tables["frames"][0].index("fppa_left_deg")
    np.testing.assert_allclose(frames[:, at], in_metres.result.curves.by_measure["fppa", "left"].value, rtol=1e-6)
    told = {(row[0], row[1]) for row in tables["columns"][1:]}
    assert told == {(name, head) for name, rows in tables.items() if name != "columns" for head in rows[0]}
    assert all(row[3] for row in tables["columns"])


# --- Export


@pytest.fixture(scope="module")
def study(in_metres, tmp_path_factory):
    """A folder with two results, made with the formats, and a broken one; what the formats were there."""
    root = tmp_path_factory.mktemp("study")
    request = Request("squat").choosing({"to": ",".join(FORMATS), "report": False, "overlay": False})
    analysis = replace(in_metres, request=request)
    made = [one for one in outputs.wanted_outputs(request) if one.applies(analysis)]
    assert {one.name for one in made} == {"result", "cycles", "track", "frames", *FORMATS}
    for name in ("a", "b"):
        sink = outputs.FolderSink(root / name)
        with sink.receiving(""):
            for output in made:
                output.write(analysis, sink)
    (root / "c").mkdir()
    (root / "c" / outputs.RESULT).write_text("{}")
    files = {one.filename: (root / "a" / one.filename).read_bytes() for one in made if one.name in FORMATS}
    for name in files:
        (root / "a" / name).unlink()
        (root / "b" / name).unlink()
    return root, files


def test_a_result_is_exported_as_its_analysis_would_have_been(study, in_metres, capsys):
    root, files = study
    assert main(["export", str(root / "a"), "--to", ",".join(FORMATS)]) == 0
    said = capsys.readouterr().out
    for name, content in files.items():
        assert name in said
        assert len((root / "a" / name).read_bytes()) == pytest.approx(len(content), rel=0.01), name
    assert (root / "a" / "landmarks.trc").read_bytes().splitlines()[:5] == files["landmarks.trc"].splitlines()[:5]
    kept, first = (motion_of(one) for one in (exported.analysis_of_folder(root / "a"), in_metres))
    assert (kept.unit, kept.rate_hz, kept.measured_by) == (first.unit, first.rate_hz, first.measured_by)
    # frames.parquet keeps single precision.
    np.testing.assert_allclose(kept.points, first.points, rtol=1e-5)


def test_a_study_is_exported_result_by_result_and_a_bad_one_stops_no_other(study, capsys):
    root, _ = study
    assert main(["export", str(root), "--to", "trc,xlsx"]) == 2
    assert all((root / name / "landmarks.trc").is_file() and (root / name / "result.xlsx").is_file() for name in "ab")
    assert "result.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "bvh"], "There is no format bvh. Name some of: trc, mot, c3d, netcdf, xlsx."),
        (["--to", ","], "There is no format"),
    ],
)
def test_what_cannot_be_exported_is_said_with_what_can(study, capsys, arguments, said):
    root, _ = study
    assert main(["export", str(root / "a"), *arguments]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_folder_without_a_result_is_said_so(tmp_path, capsys):
    assert main(["export", str(tmp_path), "--to", "trc"]) == 2
    assert "There is no result in" in capsys.readouterr().err


def test_a_format_whose_package_is_missing_says_what_to_install(in_pixels, monkeypatch):
    monkeypatch.setattr(c3d, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'alignment\[c3d\]'"):
        c3d.c3d(in_pixels)


def test_formats_are_asked_for_by_name_where_files_are_left(track, tmp_path):
    assert formats_of(" trc, mot,,trc") == ("trc", "mot")
    with pytest.raises(InputError, match="no format bvh"):
        Request("squat").choosing({"to": "trc,bvh"})
    place = tmp_path / "figure" / outputs.TRACK
    outputs.save_track(place, track)
    alignment.analyze(place, "squat", out=tmp_path / "out", to="mot", report=False)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        [outputs.RESULT, outputs.CYCLES, outputs.FRAMES, outputs.TRACK, "measures.mot"]
    )
    found = exported.analysis_of_folder(tmp_path / "out")
    np.testing.assert_allclose(found.result.curves.track.pixels, result_of(track).curves.track.pixels, rtol=1e-6)


def test_a_format_of_an_extension_is_one_output_and_is_asked_for_as_ours(study, capsys):
    root, _ = study
    made = outputs.register(outputs.ContentOutput("rate", "rate.txt", "text/plain", lambda _made: b"30", option="to"))
    try:
        assert made in outputs.wanted_outputs(Request("squat").choosing({"to": "rate"}))
        assert made not in outputs.wanted_outputs(Request("squat"))
        assert main(["export", str(root / "a"), "--to", "rate"]) == 0
        assert (root / "a" / "rate.txt").read_bytes() == b"30"
        assert main(["export", "--help"]) == 0
        assert "xlsx, rate" in " ".join(capsys.readouterr().out.split())
    finally:
        del outputs.OUTPUTS["rate"]
