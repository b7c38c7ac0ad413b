"""Angles, lines and rays against triangles whose answer is known."""

import jaxtyping
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.core.geometry import along_ray, beside_line, between_deg, lean_deg, rotate, tilt_deg, wrapped_deg
from tests.conftest import ROOT

pytestmark = pytest.mark.checked

ANGLES = st.floats(-179.0, 179.0)


def vector(angle_deg: float, length: float = 2.0) -> np.ndarray:
    """One vector leaning `angle_deg` from straight down towards +x."""
    return length * np.array([[np.sin(np.radians(angle_deg)), -np.cos(np.radians(angle_deg))]])


@given(ANGLES)
def test_lean_is_measured_from_straight_down_towards_x(angle_deg):
    assert lean_deg(vector(angle_deg)) == pytest.approx(angle_deg, abs=1e-9)


@pytest.mark.parametrize(
    ("line", "expected_deg"),
    [((1.0, 0.0), 0.0), ((-1.0, 0.0), 0.0), ((1.0, 1.0), 45.0), ((-1.0, -1.0), 45.0), ((-1.0, 1.0), -45.0)],
)
def test_tilt_does_not_depend_on_the_direction_of_the_line(line, expected_deg):
    assert tilt_deg(np.array([line])) == pytest.approx(expected_deg)


@given(st.floats(-720.0, 720.0))
def test_wrapping_keeps_the_angle_and_its_range(angle_deg):
    wrapped = float(wrapped_deg(np.array([angle_deg]))[0])
    assert -180.0 <= wrapped < 180.0
    assert np.cos(np.radians(wrapped - angle_deg)) == pytest.approx(1.0)


@given(ANGLES, ANGLES)
def test_angle_between_is_the_difference_of_directions(first_deg, second_deg):
    expected = abs(float(wrapped_deg(np.array([first_deg - second_deg]))[0]))
    assert between_deg(vector(first_deg), vector(second_deg, 0.3)) == pytest.approx(expected, abs=1e-5)


def test_angle_between_is_unknown_for_a_vector_without_length():
    assert np.isnan(between_deg(np.zeros((1, 3)), np.ones((1, 3)))).all()


def test_distance_from_a_line_is_positive_on_its_left():
    """Seen along +y, -x lies to the left; the line is infinite, so the point may lie beyond its end."""
    start, end = np.array([1.0, 0.0]), np.array([1.0, 2.0])
    points = np.array([[0.0, 1.0], [4.0, 1.0], [1.0, 7.0], [0.5, -3.0]])
    starts, ends = np.broadcast_to(start, points.shape), np.broadcast_to(end, points.shape)
    assert beside_line(points, starts, ends) == pytest.approx([1.0, -3.0, 0.0, 0.5])


def test_distance_from_a_line_without_length_is_unknown():
    here = np.array([[1.0, 1.0]])
    assert np.isnan(beside_line(np.array([[0.0, 0.0]]), here, here)).all()


@given(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3), st.floats(0.2, 1.0), st.floats(2.0, 6.0))
def test_a_joint_is_found_on_its_ray_at_its_segments_length(x, y, length, depth):
    """The joint is put somewhere, its ray taken, and found again from the other end of the segment."""
    origin = np.array([0.1, -0.2, depth])
    direction = np.array([x, y, -np.sqrt(1 - x * x - y * y)])
    joint = origin + length * direction
    ray = joint / joint[2]
    found = along_ray(ray[None], origin[None], length, direction, np.array([length]))
    assert found[0] == pytest.approx(joint, abs=1e-9)


def test_the_way_along_a_direction_chooses_between_the_two_points_of_a_ray():
    ray, origin, towards_camera = np.array([[0.0, 0.0, 1.0]]), np.array([[0.0, 0.0, 4.0]]), np.array([0.0, 0.0, -1.0])
    assert along_ray(ray, origin, 0.5, towards_camera, np.array([0.1]))[0, 2] == pytest.approx(3.5)
    assert along_ray(ray, origin, 0.5, towards_camera, np.array([-0.1]))[0, 2] == pytest.approx(4.5)


def test_a_segment_that_looks_too_long_ends_at_the_rays_closest_point():
    """The ray x = 0 passes (1, 0, 4) at a distance of 1; the segment is 0.5 long, so it cannot be reached."""
    ray, origin = np.array([[0.0, 0.0, 1.0]]), np.array([[1.0, 0.0, 4.0]])
    found = along_ray(ray, origin, 0.5, np.array([0.0, 0.0, -1.0]), np.array([0.5]))
    assert found[0] == pytest.approx([0.0, 0.0, 4.0])


@given(ANGLES)
def test_turning_and_turning_back_changes_nothing(angle_deg):
    points = np.array([[1.0, 2.0], [-3.0, 0.5]])
    assert rotate(rotate(points, angle_deg), -angle_deg) == pytest.approx(points)


def test_turning_goes_from_x_towards_y():
    assert rotate(np.array([[1.0, 0.0]]), 90.0)[0] == pytest.approx([0.0, 1.0], abs=1e-12)


# --- the check of shapes ---------------------------------------------------------------------------------------------


def test_a_wrong_shape_is_refused_where_shapes_are_checked():
    with pytest.raises(jaxtyping.TypeCheckError):
        lean_deg(np.zeros((4, 3)))


def test_shapes_are_checked_wherever_there_are_any(pytestconfig):
    *checked, _ = pytestconfig.getoption("jaxtyping_packages").split(",")
    for path in sorted((ROOT / "alignment").rglob("*.py")):
        if "from jaxtyping import" in path.read_text(encoding="utf-8"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            assert any(f"{module}.".startswith(f"{one}.") for one in checked), module
