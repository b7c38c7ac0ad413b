"""The OpenVINO engine: crops and outputs of the networks by hand, and the whole beside MediaPipe on the same pictures."""

import subprocess
import sys
from math import radians

import numpy as np
import pytest

from alignment import sources
from alignment.core.skeleton import LANDMARKS
from alignment.pose import blazepose, mediapipe, openvino
from alignment.pose.crop import BLACK, Crop, crop_of_body, whole_picture
from alignment.pose.engines import published_file
from alignment.pose.people import Poses
from alignment.request import DEFAULT_ENGINE, OPTIONS
from tests.conftest import ROOT

GREY = np.full((200, 100, 3), 90, np.uint8)


@pytest.fixture(scope="module")
def lite() -> openvino.OpenVinoFilmEngine:
    return openvino.OpenVinoFilmEngine(published_file("lite", None))


def pictures(name: str, count: int) -> list[np.ndarray]:
    film = sources.open(ROOT / "samples" / f"{name}.mp4", sources.Reading(max_fps=2))
    return [frame.image for frame, _ in zip(film, range(count), strict=False)]


def size(image: np.ndarray) -> tuple[int, int]:
    return image.shape[1], image.shape[0]


def test_what_lies_in_a_turned_square_is_cut_out_upright() -> None:
    image = GREY.copy()
    crop = Crop(50, 100, 40, radians(30))
    (x, y), *_ = crop.to_picture(np.array([[0.5, 0.25]])).round().astype(int).tolist()
    image[y - 1 : y + 2, x - 1 : x + 2] = 255
    cut = crop.cut(image, 80)
    brightest = np.unravel_index(cut[..., 0].argmax(), cut.shape[:2])
    assert np.abs(np.array(brightest) - (20, 40)).max() <= 3


def test_outside_the_picture_is_black_or_its_edge() -> None:
    whole = whole_picture(100, 200)
    assert whole.cut(GREY, 40, BLACK)[20, 2].tolist() == [0, 0, 0]
    assert whole.cut(GREY, 40)[20, 2].tolist() == [90, 90, 90]


@pytest.mark.parametrize(("edge", "turn"), [((50, 20), 0), ((80, 50), 90), ((50, 80), 180), ((20, 50), -90)])
def test_a_body_is_upright_in_its_crop(edge: tuple[float, float], turn: float) -> None:
    crop = crop_of_body(np.array([50.0, 50.0]), np.array(edge, float), 1.25)
    assert crop.side_px == pytest.approx(75)
    assert np.cos(crop.turn_rad) == pytest.approx(np.cos(radians(turn)))
    assert crop.to_picture(np.array([[0.5, 0.1]]))[0] == pytest.approx(
        np.array([50, 50]) + np.subtract(edge, 50), abs=1e-6
    )


def test_guesses_of_one_person_are_averaged_and_two_people_kept_apart() -> None:
    boxes, scores = np.zeros((2254, 12)), np.full(2254, -20.0)
    # Cells in the first grid, 28 a side with two guesses each: twice one person, once another.
    for guess, logit, x_px in (
        (2 * 28 * 14 + 10, 2.0, 0.0),
        (2 * 28 * 14 + 11, 0.0, 2.24),
        (2 * 28 * 14 + 40, 1.0, 0.0),
    ):
        scores[guess] = logit
        boxes[guess] = [x_px, 0, 22.4, 22.4, x_px, 0, x_px, -22.4, 0, 0, 0, 0]
    first, second = blazepose.people_crops(boxes, scores, Crop(112, 112, 224), 0.3)
    weights = 1 / (1 + np.exp(-np.array([2.0, 0.0])))
    assert first.x_px == pytest.approx(5.5 * 8 + 2.24 * weights[1] / weights.sum(), abs=0.01)
    assert second.x_px == pytest.approx(20.5 * 8)
    assert first.side_px == pytest.approx(2 * 1.25 * 22.4)


def test_a_landmark_moves_to_the_middle_of_the_heat_around_it() -> None:
    heat = np.full((64, 64, 39), -30.0)
    heat[30, 21, 0] = heat[30, 22, 0] = 30.0
    landmarks = np.zeros((39, 5))
    landmarks[:, :2] = 20.5 * 4, 31.5 * 4
    found = blazepose.body(landmarks.ravel(), 1.0, heat, np.zeros(117), Crop(32, 32, 64))
    assert found.pixels[0] == pytest.approx([21.5, 30])
    # Where it is cold, and where the landmark lies outside, it stays.
    assert found.pixels[1] == pytest.approx([20.5, 31.5])


@pytest.mark.parametrize("name", ["squat_front", "second_person_c", "cycling_c1"])
def test_the_landmarks_are_mediapipes(name: str) -> None:
    file = published_file("heavy", None)
    beside, own = mediapipe.ImageEngine(file), openvino.OpenVinoEngine(file, "f32")
    apart: list[float] = []
    for image in pictures(name, 4):
        expected, found = beside.detect(image, size(image)), own.detect(image, size(image))
        assert len(found) == len(expected) > 0
        assert found.visibility == pytest.approx(expected.visibility, abs=0.05)
        apart += np.linalg.norm(found.pixels - expected.pixels, axis=-1).ravel().tolist()
    beside.close()
    own.close()
    median, wide = np.percentile(apart, (50, 95))
    assert median < 0.02
    assert wide < 0.1


def test_a_reduced_picture_gives_pixels_of_the_film(lite: openvino.OpenVinoFilmEngine) -> None:
    (image,) = pictures("squat_front", 1)
    whole, half = lite.detect(image, size(image)), lite.detect(np.ascontiguousarray(image[::2, ::2]), size(image))
    assert np.linalg.norm(whole.pixels - half.pixels, axis=-1).mean() < 10


def test_a_film_is_followed_lost_and_found_again(lite: openvino.OpenVinoFilmEngine) -> None:
    def finds(image: np.ndarray) -> Poses:
        return lite.detect_next(image, 0.0, size(image))

    images = pictures("squat_front", 3)
    first, empty, again = finds(images[0]), finds(np.zeros_like(images[0])), finds(images[1])
    assert (len(first), len(empty), len(again)) == (1, 0, 1)
    followed = finds(images[2])
    assert np.linalg.norm(followed.pixels - lite.detect(images[2], size(images[2])).pixels, axis=-1).mean() < 10


def test_nobody_is_found_in_an_empty_picture(lite: openvino.OpenVinoFilmEngine) -> None:
    found = lite.detect(GREY, (100, 200))
    assert found.pixels.shape == (0, len(LANDMARKS), 2)


def test_two_that_look_with_a_bundle_share_it_and_it_goes_with_the_last() -> None:
    file = published_file("lite", None)
    one, other = openvino.OpenVinoEngine(file), openvino.OpenVinoEngine(file)
    key = openvino._Networks, file.path, "f32", openvino.usable_cores()
    assert openvino._in_use[key] is one._networks is other._networks
    one.close()
    assert key in openvino._in_use
    other.close()
    assert key not in openvino._in_use


def test_it_looks_unless_another_is_asked_for() -> None:
    assert DEFAULT_ENGINE == "openvino"
    assert set(OPTIONS["engine"].choices()) >= {"openvino", "mediapipe"}
    facts = openvino.OpenVinoEngine(published_file("lite", None)).facts
    assert facts.engine.startswith("openvino 20")
    assert facts.engine.endswith(" f32")


def test_two_engines_may_look_for_the_first_time_at_once() -> None:
    # Without care two of five such starts hang for ever: the library prepares something at the first look at a tensor.
    first_look_by_two = """
import threading
import numpy as np
from alignment.pose.engines import published_file
from alignment.pose.openvino import OpenVinoEngine, _run
engines = [OpenVinoEngine(published_file("lite", None)) for _ in range(2)]
together = threading.Barrier(2)
def look(engine):
    picture = np.zeros((1, 256, 256, 3), np.float32)
    together.wait()
    _run(engine._landmarks, picture)
threads = [threading.Thread(target=look, args=(engine,)) for engine in engines]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""
    started = [subprocess.Popen([sys.executable, "-c", first_look_by_two], cwd=ROOT) for _ in range(4)]
    try:
        assert [one.wait(60) for one in started] == [0, 0, 0, 0]
    finally:
        for one in started:
            one.kill()
