"""The roll from a drawn line against a picture turned by a known angle."""

import numpy as np
import pytest

from alignment.core.skeleton import INDEX, SIDES
from alignment.core.viewpoint.level import roll_of_line_deg
from tests.synthetic import Camera, film, still

pytestmark = pytest.mark.checked


@pytest.mark.parametrize("roll_deg", [-30.0, -3.0, 0.0, 2.5, 40.0])
@pytest.mark.parametrize("direction", [(0.0, 1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0)])
def test_a_turned_picture_of_something_upright_or_level_gives_the_roll(roll_deg, direction):
    # A positive roll turns the picture clockwise, which with y down is the usual rotation.
    angle = np.radians(roll_deg)
    along = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ direction
    start = np.array([300.0, 500.0])
    assert roll_of_line_deg(tuple(start), tuple(start + 200 * along)) == pytest.approx(roll_deg)


def test_a_line_too_short_tells_nothing():
    assert roll_of_line_deg((10.0, 10.0), (20.0, 20.0)) is None


def test_its_sign_is_that_of_a_tilted_cameras_film():
    pixels = film(still(), Camera(roll_deg=6.0)).pixels[0]
    ankles, shoulders = (
        np.mean([pixels[INDEX[f"{side}_{part}"]] for side in SIDES], axis=0) for part in ("ankle", "shoulder")
    )
    assert roll_of_line_deg(tuple(ankles), tuple(shoulders)) == pytest.approx(6.0, abs=0.5)
