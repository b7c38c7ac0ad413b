"""The front door: what `alignment.analyze` gives to Python and to a notebook."""

import subprocess
import sys
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

import alignment
from alignment import outputs
from alignment.errors import InputError
from alignment.film_result import FilmResult
from alignment.views.wording import told_findings
from tests.analyses import analyzed, filmed
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def track(tmp_path_factory):
    path = tmp_path_factory.mktemp("front") / "figure" / outputs.TRACK
    outputs.save_track(path, filmed("squat"))
    return path


@pytest.fixture(scope="module")
def found(track):
    return alignment.analyze(track, "squat", camera_roll_deg=1)


def test_it_is_the_whole_result_and_its_findings(found):
    assert found.result.viewpoint.roll_deg == 1.0
    assert found.findings == [one.text for one in told_findings(found.result.findings)]
    assert str(found) == "\n".join(found.findings)
    assert found.findings


def test_its_tables_hold_the_result_s_numbers(found):
    key = found.cycles.query("moment == 'key' and side == 'left'")
    assert len(key) == 3
    (value,) = (
        one.value
        for one in found.result.cycles[0].values
        if (one.measure, one.side, one.at) == ("knee_over_toe", "left", "key")
    )
    assert key["knee_over_toe_pct"].iloc[0] == pytest.approx(value)
    curve = found.result.curves.by_measure["fppa", "left"]
    np.testing.assert_array_equal(found.frames["fppa_left_deg"], curve.value)
    np.testing.assert_array_equal(found.frames["fppa_left_deg_se"], curve.standard_error)
    assert found.frames["time_s"].is_monotonic_increasing
    assert isinstance(found.frames, pd.DataFrame)


def test_its_summary_and_film_are_data_frames_with_types(found):
    assert len(found.summary) == len(found.result.summary)
    row = found.summary.query("measure == 'knee_over_toe' and side == 'left'").iloc[0]
    told = next(one for one in found.result.summary if (one.measure, one.side) == ("knee_over_toe", "left"))
    assert (row["mean"], row["n"], row["unit"], row["provisional"]) == (told.mean, told.n, "pct", told.provisional)
    assert found.summary["mean"].dtype == np.float64
    unjudged = [one.verdict is None for one in found.result.summary]
    assert any(unjudged)
    assert found.summary["verdict"].isna().to_list() == unjudged
    assert (found.film["camera_roll_deg"], found.film["camera_facing"]) == (1.0, "front")
    assert set(found.summary["film_key"]) == {found.film["film_key"]}


def test_what_was_left_in_a_folder_is_read_back_with_its_curves(track, found, tmp_path):
    alignment.analyze(track, "squat", out=tmp_path / "out", report=False, camera_roll_deg=1)
    kept = alignment.read_result(str(tmp_path / "out" / "result.json"))
    assert kept.result == found.result
    pd.testing.assert_frame_equal(kept.summary, found.summary)
    pd.testing.assert_frame_equal(kept.frames, found.frames, check_exact=False, rtol=1e-6)
    assert kept.plot("fppa").to_dict()
    assert [path.name for path in kept.export(tmp_path / "more", "mot")] == ["measures.mot"]
    with pytest.raises(InputError, match="no format bvh"):
        kept.export(tmp_path, "bvh")
    (tmp_path / "out" / "frames.parquet").unlink()
    bare = alignment.read_result(tmp_path / "out")
    assert bare.result == found.result
    assert bare.frames.empty
    with pytest.raises(InputError, match="no picture"):
        bare.export(tmp_path, "mot")


def test_others_programs_are_told_the_types():
    assert (files("alignment") / "py.typed").is_file()


def test_it_draws_the_most_telling_measure_or_the_one_named(found):
    assert found.plot().to_dict() == found.plot("knee_over_foot").to_dict()
    assert found.plot("fppa").to_dict() != found.plot().to_dict()
    with pytest.raises(InputError, match="no numbers of the measure pelvic_drop") as refused:
        found.plot("pelvic_drop")
    assert "knee_over_foot" in str(refused.value)


def test_a_notebook_shows_findings_and_numbers_with_nothing_to_break_out_of():
    result = analyzed("squat")
    name = "<img src=x onerror=alert(1)>.mp4"
    shown = FilmResult(replace(result, source=replace(result.source, name=name)))
    html = shown._repr_html_()
    assert "&lt;img" in html
    assert "<img" not in html
    assert html.count("<li>") == len(shown.findings)
    assert html.count("<tr>") == 1 + sum(row.mean is not None for row in result.summary)


def test_files_are_left_where_a_folder_is_named_and_nowhere_else(track, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    alignment.analyze(track, "squat")
    assert list(tmp_path.iterdir()) == []
    found = alignment.analyze(str(track), "squat", out="out", report=False)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "cycles.csv",
        "frames.parquet",
        "result.json",
        "track.parquet",
    ]
    assert alignment.read_result(tmp_path / "out").result == found.result


def test_what_there_is_not_is_said_so(track):
    with pytest.raises(InputError, match="no activity yoga"):
        alignment.analyze(track, "yoga")
    with pytest.raises(TypeError, match="there is no option 'lens'"):
        alignment.analyze(track, "squat", lens=3)
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        alignment.analyse  # noqa: B018


def test_importing_the_package_costs_nothing():
    code = "import sys, alignment; sys.exit(any(name in sys.modules for name in ('numpy', 'pandas', 'av', 'cv2')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
