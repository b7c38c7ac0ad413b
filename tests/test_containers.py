"""One squat in every kind of container, through the whole program: the numbers stay those of the plain film."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from alignment import sources
from alignment.core.activities import ACTIVITIES
from alignment.core.result import Result
from alignment.core.settings import Settings
from alignment.pose import mediapipe, tracking
from alignment.pose.model_files import ModelFile
from tests import films
from tests.analyses import analyze

pytestmark = pytest.mark.model
START_S, END_S = 3.4, 6.6
#: Encoders that take their time are told not to.
SOON_H265, SOON_VP9 = {"preset": "superfast"}, {"deadline": "realtime", "cpu-used": "8"}
MEASURES = ("knee_over_toe", "knee_ankle_ratio", "trunk_lean")


@dataclass(frozen=True)
class Plain:
    """The pictures of one repetition with their times, and what the program says of them."""

    images: list[np.ndarray]
    times_ms: list[int]
    result: Result


@pytest.fixture(scope="module")
def plain(samples, lite) -> Plain:
    source = sources.open(
        samples / "squat_front.mp4", sources.Reading(start_s=START_S, end_s=END_S, max_fps=15.0, max_side_px=640)
    )
    frames = list(source)
    times_ms = [round(1000 * (frame.time_s - START_S)) for frame in frames]
    film = sources.FrameList(frames, source.facts)
    return Plain([frame.image for frame in frames], times_ms, measured(film, lite))


def measured(source: sources.Source, lite: Path) -> Result:
    track = tracking.track(source, partial(mediapipe.ImageEngine, ModelFile("lite", lite, "0" * 64)))
    return analyze(track, ACTIVITIES["squat"], Settings(camera_roll_deg=0.0))


def key_values(result: Result) -> dict[tuple[str, str], tuple[float, float]]:
    """Value and standard error at the key moment of the only counted repetition."""
    (cycle,) = [cycle for cycle in result.cycles if not cycle.rejected]
    return {
        (v.measure, v.side): (v.value, v.standard_error)
        for v in cycle.values
        if v.at == "key" and v.measure in MEASURES and v.value is not None and v.standard_error is not None
    }


def assert_same(result: Result, expected: Result, share: float = 1.0) -> None:
    """Every number within this share of its own standard error, and the key moment within 0.1 s."""
    (cycle,) = [cycle for cycle in result.cycles if not cycle.rejected]
    (there,) = [cycle for cycle in expected.cycles if not cycle.rejected]
    # The plain film's times are those of the whole clip; containers begin at 0.
    assert cycle.key_s == pytest.approx(there.key_s - START_S, abs=0.1)
    found, known = key_values(result), key_values(expected)
    assert found.keys() == known.keys()
    for key, (value, error) in known.items():
        assert found[key][0] == pytest.approx(value, abs=share * error), key


def test_the_plain_film_has_one_repetition(plain):
    assert len(key_values(plain.result)) == 4


@pytest.mark.parametrize(
    ("name", "codec", "more"),
    [
        ("a.mp4", "libx264", {}),
        ("a.mov", "libx265", {"options": SOON_H265}),
        ("ten-bit.mp4", "libx265", {"pix_fmt": "yuv420p10le", "options": SOON_H265}),
        ("a.webm", "libvpx-vp9", {"options": SOON_VP9}),
        ("a.avi", "mpeg4", {"options": {"b": "6000000"}}),
    ],
)
def test_codecs_change_nothing_beyond_the_error(name, codec, more, plain, lite, tmp_path):
    path = films.write(tmp_path / name, plain.images, codec, ticks=plain.times_ms, **more)
    assert_same(measured(sources.open(path), lite), plain.result, 0.5)


def test_a_film_lying_on_its_side_is_turned_upright(plain, lite, tmp_path):
    """Written turned by a quarter, with the matrix in the header that turns it back, as phones do."""
    lying = [np.ascontiguousarray(np.rot90(image)) for image in plain.images]
    path = films.write(tmp_path / "lying.mp4", lying, "libx264", ticks=plain.times_ms)
    films.with_matrix(path, 0, 1, -1, 0)
    source = sources.open(path)
    assert_same(measured(source, lite), plain.result, 0.5)
    assert source.facts.rotation_deg == 90
    assert source.facts.height > source.facts.width


def test_a_mirrored_film_gives_the_unmirrored_numbers_of_either_side(plain, lite, tmp_path):
    """The left leg of a mirror image is the right one; said to be mirrored, the film says what it said before."""
    mirrored = [np.ascontiguousarray(image[:, ::-1]) for image in plain.images]
    path = films.write(tmp_path / "selfie.mp4", mirrored, "libx264", ticks=plain.times_ms)
    result = measured(sources.open(path, sources.Reading(mirrored=True)), lite)
    assert_same(result, plain.result, 0.5)
    assert result.source.mirrored
    # One knee comes far in and the other hardly moves, so that an exchange would show.
    (left, _), (right, _) = (key_values(plain.result)["knee_over_toe", side] for side in ("left", "right"))
    unsaid = key_values(measured(sources.open(path), lite))
    assert unsaid["knee_over_toe", "left"][0] == pytest.approx(right, abs=2.0)
    assert unsaid["knee_over_toe", "right"][0] == pytest.approx(left, abs=2.0)


def test_a_rate_that_varies_moves_no_key_moment(plain, lite, tmp_path):
    """A phone that leaves out every third picture while it is busy: the true times count, not the number of pictures."""
    kept = [at for at in range(len(plain.images)) if at < 15 or at % 3]
    path = films.write(
        tmp_path / "busy.mp4", [plain.images[at] for at in kept], "libx264", ticks=[plain.times_ms[at] for at in kept]
    )
    source = sources.open(path)
    assert_same(measured(source, lite), plain.result)
    assert source.facts.rate_varies


def test_a_folder_of_pictures_is_a_film(plain, lite, tmp_path):
    import cv2

    for at, image in enumerate(plain.images):
        cv2.imwrite(str(tmp_path / f"picture {at}.png"), image[:, :, ::-1])
    assert_same(measured(sources.open(tmp_path, sources.Reading(rate_hz=15.0)), lite), plain.result, 0.1)
