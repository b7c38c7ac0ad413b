"""Landmarks as other programs write them: the same numbers as ours, less surely, or a refusal in one sentence."""

import numpy as np
import pytest
import xarray as xr

import alignment
from alignment import outputs, workflow
from alignment.batch.tasks import Task
from alignment.batch.worker import process
from alignment.cli import main
from alignment.core.skeleton import INDEX, SIDES
from alignment.errors import InputError
from alignment.request import Request
from alignment.sources.elsewhere import netcdf
from tests.analyses import filmed, result_of, without
from tests.synthetic import Camera

#: What Sports2D calls them with its usual model, and what is computed from them.
MARKERS = {
    f"{side[0].upper()}{theirs}": f"{side}_{ours}"
    for side in SIDES
    for theirs, ours in (
        *(("Hip", "hip"), ("Knee", "knee"), ("Ankle", "ankle"), ("Heel", "heel"), ("BigToe", "toe")),
        *(("Shoulder", "shoulder"), ("Elbow", "elbow"), ("Wrist", "wrist")),
    )
}
BETWEEN = {"Hip": ("left_hip", "right_hip"), "Neck": ("left_shoulder", "right_shoulder")}


def places(track, *, left_out=()):
    """Points by Sports2D's names: frames, names, x and y in pixels."""
    points = {name: track.pixels[:, INDEX[ours]] for name, ours in MARKERS.items() if name not in left_out}
    points |= {name: track.pixels[:, [INDEX[one] for one in pair]].mean(axis=1) for name, pair in BETWEEN.items()}
    return points


def write_trc(path, track, points, *, depth=0.0):
    """As Sports2D writes it: in metres by its head whatever they are, gaps empty, and empty cells at the end left out."""
    count, names = track.frames, list(points)
    head = [
        "PathFileType\t4\t(X/Y/Z)\tC:\\films\\a_px_person00.trc",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
        f"30\t30\t{count}\t{len(names)}\tm\t30\t0\t{count}",
        "Frame#\tTime\t" + "\t\t\t".join(names) + "\t\t",
        "\t\t" + "\t".join(f"{axis}{number + 1}" for number in range(len(names)) for axis in "XYZ") + "\t",
    ]
    rows = []
    for at in range(count):
        cells = [str(at), f"{track.time_s[at]:.6f}"]
        for place in (points[name][at] for name in names):
            known = np.isfinite(place).all()
            cells += [f"{place[0]:.4f}", f"{place[1]:.4f}", f"{depth * at:.4f}"] if known else ["", "", ""]
        rows.append("\t".join(cells).rstrip("\t"))
    path.write_text("\n".join(head + rows) + "\n")
    return path


@pytest.fixture(scope="module")
def track():
    return without(filmed("squat"), "toe", frames=slice(40, 60))


@pytest.fixture(scope="module")
def sports2d(track, tmp_path_factory):
    return write_trc(tmp_path_factory.mktemp("trc") / "a_px_person00.trc", track, places(track))


def read(path, **choices):
    return workflow.read_landmarks(path, Request("squat").choosing(choices))


def summary_of(track):
    return {(row.measure, row.side): row for row in result_of(track).summary}


def test_sports2d_gives_the_same_numbers_less_surely(track, sports2d):
    theirs, ours = read(sports2d), summary_of(track)
    np.testing.assert_allclose(theirs.time_s, track.time_s, atol=1e-6)
    legs = [INDEX[name] for name in MARKERS.values()]
    hip = INDEX["left_hip"]
    # The picture's size is not told, so that only places against each other are the same.
    against_hip = [one.pixels[:, legs] - one.pixels[:1, [hip]] for one in (theirs, track)]
    np.testing.assert_allclose(*against_hip, atol=2e-4)
    result = result_of(theirs)
    assert (result.viewpoint.facing, result.software.model, result.software.engine) == ("front", "elsewhere", "trc")
    assert result.viewpoint.yaw_se_deg > 10
    told = {(row.measure, row.side): row for row in result.summary}
    both = [key for key, row in told.items() if row.mean is not None and ours[key].mean is not None]
    assert ("knee_over_foot", "left") in both
    assert ("knee_flexion", "right") in both
    for key in both:
        assert told[key].standard_error > 1.3 * ours[key].standard_error, key
        assert abs(told[key].mean - ours[key].mean) < told[key].standard_error, key
    assert result.quality.reasons[0].code == "other_program"
    # What a camera a few degrees beside would change beyond use is not told.
    assert (told["fppa", "left"].mean, told["fppa", "left"].reason) == (None, "camera_unknown")
    assert ours["fppa", "left"].mean is not None


def test_neither_unit_nor_where_y_points_nor_the_pictures_size_matters(track, sports2d, tmp_path):
    metres = {name: place / 400 * [1, -1] + [3.0, 2.0] for name, place in places(track).items()}
    path = write_trc(tmp_path / "a_m_person00.trc", track, metres)
    one, other = (summary_of(read(place)) for place in (sports2d, path))
    for key, row in one.items():
        assert row.mean == pytest.approx(other[key].mean, abs=0.05), key


def test_a_mirrored_film_and_a_part_of_one(track, sports2d, tmp_path):
    flipped = write_trc(tmp_path / "a.trc", track, {name: place * [-1, 1] for name, place in places(track).items()})
    turned = read(flipped, mirrored=True)
    # A selfie's markers are named by what the model took for left: the other side.
    np.testing.assert_allclose(
        turned.pixels[:, INDEX["right_knee"], 1], read(sports2d).pixels[:, INDEX["left_knee"], 1], atol=1e-3
    )
    part = read(sports2d, start_s=2.0, end_s=4.0)
    assert (part.time_s[0], part.frames) == (pytest.approx(2.0), 60)
    with pytest.raises(InputError, match="Nothing lies between"):
        read(sports2d, start_s=100.0)


@pytest.mark.parametrize("facing", ["back", "left", "right"])
def test_from_where_the_camera_looks_is_told_from_the_order_and_width_of_the_sides(tmp_path, facing):
    seen = filmed("squat", Camera(facing))
    result = result_of(read(write_trc(tmp_path / "a.trc", seen, places(seen))))
    assert result.viewpoint.facing == facing
    bend = next(row for row in result.summary if row.measure == "knee_flexion" and row.mean is not None)
    usual = next(row for row in result_of(seen).summary if (row.measure, row.side) == ("knee_flexion", bend.side))
    assert abs(bend.mean - usual.mean) < 2 * bend.standard_error


def dataset(track, *, names=None, plural=False, seconds=True, space=2):
    """Two people as movement holds them, the second of whom is the one who squats."""
    points = places(track)
    squatting = np.stack(list(points.values()), axis=-1).transpose(0, 1, 2)
    position = np.stack([squatting * np.nan, squatting], axis=-1)
    if space == 3:
        position = np.concatenate([position, position[:, :1]], axis=1)
    axes = ["time", "space", *(("keypoints", "individuals") if plural else ("keypoint", "individual"))]
    confidence = np.full((track.frames, len(points), 2), 0.7)
    return xr.Dataset(
        {"position": (axes, position), "confidence": ([axes[0], *axes[2:]], confidence)},
        coords={
            "time": track.time_s if seconds else np.arange(track.frames),
            "space": list("xyz")[:space],
            axes[2]: names or list(points),
            axes[3]: ["other", "one"],
        },
        attrs={"ds_type": "poses", "time_unit": "seconds" if seconds else "frames", "source_software": "SLEAP"}
        | ({"fps": 30.0} if seconds else {}),
    )


@pytest.mark.parametrize(("engine", "plural"), [("h5netcdf", False), ("scipy", True)])
def test_movements_datasets_are_read_person_by_person(track, sports2d, tmp_path, engine, plural):
    path = tmp_path / "poses.nc"
    names = [f"{ours[0]}_{ours.partition('_')[2]}" for ours in MARKERS.values()] + list(BETWEEN)
    dataset(track, names=names, plural=plural).to_netcdf(path, engine=engine)
    theirs = read(path, person=2)
    np.testing.assert_allclose(theirs.pixels, read(sports2d).pixels, atol=1e-3)
    assert theirs.model.engine == "SLEAP"
    assert theirs.visibility[0, INDEX["left_knee"]] == 0.7
    assert theirs.visibility[50, INDEX["left_toe"]] == 0.0
    with pytest.raises(InputError, match=r"There is no person 3 in .*, but 2"):
        read(path, person=3)
    with pytest.raises(InputError, match=r"lacks landmarks .*: left_hip, right_hip"):
        read(path)


def test_a_dataset_without_times_gets_the_rate_that_is_given_or_assumed(track, tmp_path):
    path = tmp_path / "poses.nc"
    dataset(track, seconds=False).to_netcdf(path)
    given, assumed = (read(path, person=2, **rate) for rate in ({"rate_hz": 60.0}, {}))
    assert (given.source.rate_assumed, assumed.source.rate_assumed) == (False, True)
    assert given.time_s[-1] == pytest.approx(assumed.time_s[-1] / 2, abs=0.05)


def test_what_is_missing_is_refused_in_one_sentence(track, tmp_path, monkeypatch):
    def refusal(path, **choices):
        with pytest.raises(InputError) as refused:
            read(path, **choices)
        return str(refused.value)

    lacking = write_trc(tmp_path / "b.trc", track, places(track, left_out=("LKnee", "RShoulder")))
    assert "lacks landmarks that the legs cannot be told without: left_knee, right_shoulder." in refusal(lacking)
    assert "lie in space" in refusal(write_trc(tmp_path / "c.trc", track, places(track), depth=0.5))
    dataset(track, space=3).to_netcdf(tmp_path / "c.nc")
    assert "lie in space" in refusal(tmp_path / "c.nc", person=2)
    for name, content in (
        ("d.trc", b"\x00\xff"),
        ("e.trc", b"PathFileType\n\n\n\n\n\n"),
        ("f.nc", b"CDF"),
        ("g.nc", b""),
    ):
        (tmp_path / name).write_bytes(content)
        assert "cannot be read" in refusal(tmp_path / name), name
    xr.Dataset({"speed": ("time", [1.0])}).to_netcdf(tmp_path / "h.nc")
    assert "no positions" in refusal(tmp_path / "h.nc")
    assert "There is no file" in refusal(tmp_path / "i.trc")
    monkeypatch.setattr(netcdf, "find_spec", lambda _: None)
    assert "pip install 'alignment[netcdf]'" in refusal(tmp_path / "h.nc")


def test_the_command_and_a_batch_take_them_and_what_they_leave_is_taken_again(sports2d, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["analyze", str(sports2d), "--activity", "squat", "--to", "trc,xlsx"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Counted repetitions: 3" in said
    assert "because another program's landmarks do not tell from where exactly the camera looked" in said
    out = tmp_path / "out" / sports2d.stem
    kept = alignment.read_result(out)
    assert (kept.result.software.model, kept.result.source.name) == ("elsewhere", sports2d.name)
    assert (out / "report.pdf").is_file()
    again = alignment.analyze(out / outputs.TRACK, "squat")
    assert again.result.summary == kept.result.summary
    done = process(
        Task("a", "a.trc", str(sports2d), Request("squat", overlay=False, report=False, to="mot")),
        tmp_path,
        lambda *_: None,
    )
    assert done.failure is None
    assert {outputs.RESULT, "measures.mot"} <= set(done.files)
    # What is written for others can be read again.
    assert summary_of(read(out / "landmarks.trc")).keys() == {(row.measure, row.side) for row in kept.result.summary}
