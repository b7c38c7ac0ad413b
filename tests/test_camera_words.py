"""Where the camera stood and what turning the picture back changed, in words; left and right are the person's own."""

from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from alignment.cli import show
from alignment.core.result import Cycle, Result, Value, changed_deg
from alignment.outputs import Analysis
from alignment.request import Request
from alignment.views.canvas import INK
from alignment.views.footer import Footer
from alignment.views.wording import camera_words
from alignment.workflow import Outcome
from tests.analyses import analyzed, filmed
from tests.results import make_result, make_track
from tests.synthetic import Camera

VIEW = replace(make_result(make_track(4)).viewpoint, facing="front", yaw_deg=14.0, corrected=True)


def value(measure, side, number, at="key"):
    return Value(measure, side, "deg", at, 1.0, number, 1.0, None if number is not None else "not_seen")


def cycle(*values, rejected=None):
    return Cycle(0, "rep", "both", 0.0, 2.0, 1.0, rejected, values)


@pytest.mark.parametrize(
    ("changes", "changed", "words"),
    [
        ({}, 9.2, "Camera 14° to your left; the knee results allow for that"),
        ({"yaw_deg": -14.4}, 9.2, "Camera 14° to your right; the knee results allow for that"),
        ({"yaw_deg": 0.4}, 1.0, "Camera straight in front of you"),
        ({"yaw_deg": -0.4}, None, "Camera straight in front of you"),
        ({"facing": "back"}, 9.2, "Camera behind you, 14° to your left; the knee results allow for that"),
        ({"facing": "back", "yaw_deg": 0.0}, 0.0, "Camera straight behind you"),
        ({"yaw_deg": 40.0, "corrected": False}, None, "Camera 40° to your left: too far aside to allow for it"),
        (
            {"facing": "back", "yaw_deg": -40.0, "corrected": False},
            None,
            "Camera behind you, 40° to your right: too far aside to allow for it",
        ),
        (
            {"facing": "left", "corrected": False},
            None,
            "Camera at your left side: it sees how far the knees bend, not whether they go in or out",
        ),
        (
            {"facing": "right", "corrected": False},
            3.0,
            "Camera at your right side: it sees how far the knees bend, not whether they go in or out",
        ),
        ({"facing": None, "yaw_deg": None, "corrected": False}, None, "Camera's place unknown"),
    ],
)
def test_the_cameras_place_in_words(changes, changed, words):
    assert camera_words(replace(VIEW, **changes), changed) == words


def test_in_clinical_terms_the_yaw_has_its_error():
    se_deg = VIEW.yaw_se_deg
    words = camera_words(VIEW, 9.2, clinical=True)
    assert words == f"Camera 14° ± {se_deg:.0f}° to your left; FPPA corrected by up to 9°"


def test_the_correction_is_the_largest_change_at_a_key_moment():
    cycles = [
        cycle(value("fppa", "left", 2.0), value("fppa_image", "left", -6.0)),
        cycle(value("fppa", "right", 1.0), value("fppa_image", "right", 4.0)),
        cycle(value("fppa", "left", 0.0, "peak"), value("fppa_image", "left", 30.0, "peak")),
        cycle(value("fppa", "left", None), value("fppa_image", "left", 30.0)),
    ]
    assert changed_deg(cycles) == 8.0
    assert changed_deg(cycles[2:]) is None
    assert changed_deg([]) is None


@pytest.mark.parametrize(
    ("movement", "camera", "side"),
    [("squat", Camera(yaw_deg=14.0), "left"), ("right_squat", Camera("back", yaw_deg=-14.0), "right")],
)
def test_a_result_tells_the_cameras_place_also_when_it_is_read_again(movement, camera, side):
    """Both legs err against each other under yaw: a degree of it is about two of the knee's angle in this squat.

    From behind the yaw is too unsure for a squat on both legs; the one on one leg is less deep.
    """
    result = analyzed(movement, camera, camera_roll_deg=0.0)
    changed = changed_deg(result.cycles)
    assert 14.0 < changed < 45.0
    behind = "behind you, " if camera.facing == "back" else ""
    words = camera_words(result.viewpoint, changed)
    away_deg = abs(result.viewpoint.yaw_deg)
    assert away_deg == pytest.approx(14.0, abs=1.0)
    assert words == f"Camera {behind}{away_deg:.0f}° to your {side}; the knee results allow for that"
    again = Result.from_json(result.to_json())
    assert camera_words(again.viewpoint, changed_deg(again.cycles)) == words


def test_the_printed_result_says_it(capsys, tmp_path):
    result = analyzed("squat", Camera(yaw_deg=14.0), camera_roll_deg=0.0)
    outcome = Outcome(result, filmed("squat"), Analysis(result, filmed("squat"), Request("squat")))
    show.outcome(Console(width=120), outcome, tmp_path)
    said = capsys.readouterr().out
    assert "Camera 14° to your left; the knee results allow for that\n" in said


def test_the_overlays_strip_says_it():
    """Nothing else differs between the strips of two results, so what differs is that line, and it is inside the strip."""
    here = analyzed("squat", Camera(yaw_deg=14.0), camera_roll_deg=0.0)
    other = replace(here, viewpoint=replace(here.viewpoint, yaw_deg=-14.0))
    strips = [Footer(result, 480, 16.0, []).paint(0.0) for result in (here, other)]
    rows, columns = np.nonzero((strips[0] != strips[1]).any(axis=-1))
    assert len(rows)
    assert np.ptp(rows) < 16
    assert columns.max() < 470
    assert strips[0].shape == strips[1].shape
    narrow = Footer(here, 200, 16.0, []).paint(0.0)
    assert not (np.abs(narrow[:, -3:].astype(int) - INK).max(axis=-1) > 60).any()
