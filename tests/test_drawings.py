"""The drawings of docs/viewpoint.md: made by the tool that stands beside them, from the formulas that the page gives."""

import importlib.util
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.synthetic import Camera, _camera_axes, _project

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("drawings", ROOT / "tools" / "drawings.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawings_are_those_that_the_tool_makes_and_the_page_shows_them(tool, tmp_path):
    assert tool.main(str(tmp_path)) == 0
    page = (ROOT / "docs" / "viewpoint.md").read_text(encoding="utf-8")
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(tool.DRAWINGS)
    for name in made:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text == (ROOT / "docs" / name).read_text(encoding="utf-8"), f"python tools/drawings.py makes {name} anew"
        assert f"]({name})" in page
        assert ElementTree.fromstring(text).tag.endswith("svg")


def test_the_roots_lie_at_their_length_on_their_ray(tool):
    ray, joint, length = np.array([3.0, -0.4]), np.array([3.2, -0.9]), 0.6
    near, far = tool.roots(tuple(ray), tuple(joint), length)
    assert near < far
    assert [np.linalg.norm(s * ray - joint) for s in (near, far)] == pytest.approx([length, length])


@pytest.mark.parametrize("flexion_deg", [30.0, 60.0, 90.0])
@pytest.mark.parametrize("yaw_deg", [2.0, 10.0, 20.0])
def test_the_formula_says_how_far_sideways_an_aligned_leg_looks_bent(tool, flexion_deg, yaw_deg):
    """A leg in the sagittal plane, both segments leaning alike, projected by the stick figure's pinhole from far away."""
    lean = np.radians(flexion_deg / 2)
    hip, knee, ankle = [0, 2 * np.cos(lean), 0], [0, np.cos(lean), np.sin(lean)], [0, 0, 0]
    camera = Camera(yaw_deg=yaw_deg, distance=500.0, focal_px=1e5)
    hip_px, knee_px, ankle_px = _project(_camera_axes(np.array([hip, knee, ankle], float), camera), camera)
    thigh, shank = knee_px - hip_px, ankle_px - knee_px
    turns_deg = np.degrees(np.arctan2(thigh[0], thigh[1]) - np.arctan2(shank[0], shank[1]))
    # To the picture's left, from where the subject's left is on the right: the left knee looks bent inwards.
    assert turns_deg == pytest.approx(-tool.looks_bent_deg(flexion_deg, yaw_deg), rel=0.01)


def test_the_page_and_the_drawing_give_the_same_example(tool):
    page = " ".join((ROOT / "docs" / "viewpoint.md").read_text(encoding="utf-8").split())
    assert round(tool.looks_bent_deg(60.0, 10.0)) == 11
    assert "looks bent sideways by 11° from a camera 10° off the front" in page
