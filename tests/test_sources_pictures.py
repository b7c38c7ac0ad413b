from fractions import Fraction

import numpy as np
import pytest

from tests import films
from tests.films import assert_upright, marked, number_of, numbered, numbers, read, write


@pytest.mark.parametrize(
    ("matrix", "stored", "rotation_deg"),
    [
        ((1, 0, 0, 1), lambda upright: upright, 0),
        # Held upright, stored lying on its left side: to be turned clockwise by a quarter.
        ((0, 1, -1, 0), lambda upright: np.rot90(upright, 1), 90),
        ((-1, 0, 0, -1), lambda upright: np.rot90(upright, 2), 180),
        ((0, -1, 1, 0), lambda upright: np.rot90(upright, 3), 270),
        ((-1, 0, 0, 1), lambda upright: upright[:, ::-1], 0),
        ((1, 0, 0, -1), lambda upright: upright[::-1], 180),
        ((0, 1, 1, 0), lambda upright: upright.transpose(1, 0, 2), None),
    ],
)
@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_pictures_are_turned_upright(tmp_path, matrix, stored, rotation_deg, suffix):
    images = [np.ascontiguousarray(stored(marked(n, 96, 160))) for n in range(3)]
    path = films.with_matrix(write(tmp_path / f"a{suffix}", images), *matrix)
    frames, facts = read(path)
    assert [frame.image.shape for frame in frames] == [(160, 96, 3)] * 3
    assert_upright(frames[0].image)
    assert numbers(frames) == [0, 1, 2]
    assert (facts.width, facts.height) == (96, 160)
    assert rotation_deg is None or facts.rotation_deg == rotation_deg


def test_a_turned_film_is_reduced_and_turned_back(tmp_path):
    images = [np.ascontiguousarray(np.rot90(marked(1, 96, 160)))]
    path = films.with_matrix(write(tmp_path / "a.mp4", images), 0, 1, -1, 0)
    (frame,), facts = read(path, max_side_px=80, mirrored=True)
    assert frame.image.shape == (80, 48, 3)
    assert (facts.width, facts.height, facts.mirrored) == (96, 160, True)
    assert_upright(frame.image[:, ::-1])


@pytest.mark.parametrize(
    ("aspect", "shape"),
    [(Fraction(4, 3), (96, 171, 3)), (Fraction(3, 4), (96, 96, 3)), (Fraction(99, 1), (96, 128, 3))],
)
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_pixels_become_square(tmp_path, aspect, shape, suffix):
    (frame,), facts = read(numbered(tmp_path / f"a{suffix}", 1, "mpeg4", aspect=aspect))
    assert frame.image.shape == shape
    assert (facts.height, facts.width) == shape[:2]
    assert_upright(frame.image)


def test_large_pictures_are_reduced(tmp_path):
    path = write(tmp_path / "a.mp4", [marked(5, 3840, 2160)] * 2, options={"preset": "ultrafast"})
    frames, facts = read(path)
    assert [frame.image.shape for frame in frames] == [(720, 1280, 3)] * 2
    assert (facts.width, facts.height) == (3840, 2160)
    assert number_of(frames[0].image) == 5
    assert_upright(frames[1].image)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 2), (17, 9), (101, 77), (1300, 5)])
def test_odd_and_tiny_pictures(tmp_path, width, height):
    image = np.full((height, width, 3), (200, 100, 40), np.uint8)
    (frame,), facts = read(write(tmp_path / "a.mkv", [image], "ffv1", pix_fmt="yuv420p"))
    assert (facts.width, facts.height) == (width, height)
    assert frame.image.shape == (height, min(width, 1280), 3)
    assert np.abs(frame.image.astype(int) - (200, 100, 40)).max() <= 6


@pytest.mark.parametrize(
    "colours", [("ITU709", 1, 1), ("ITU709", 1, 2), ("ITU601", 6, 1), ("ITU601", 5, 2), ("BT2020", 9, 1)]
)
@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuv420p10le"])
def test_colours_follow_their_tags(tmp_path, colours, pix_fmt):
    path = write(
        tmp_path / "a.mp4", [marked(0, 256, 192)], "libx264", pix_fmt=pix_fmt, colours=colours, options={"crf": "5"}
    )
    (frame,), _ = read(path)
    assert_upright(frame.image, tolerance=8)


def test_a_mirrored_film_is_turned_back(tmp_path):
    path = write(tmp_path / "a.mp4", [np.ascontiguousarray(marked(n)[:, ::-1]) for n in range(4)])
    frames, facts = read(path, mirrored=True)
    assert numbers(frames) == [0, 1, 2, 3]
    assert_upright(frames[0].image)
    assert facts.mirrored


def test_a_film_that_changes_its_size_keeps_the_first(tmp_path):
    parts = [
        numbered(tmp_path / "1.h264", 3),
        write(tmp_path / "2.h264", [marked(3, 256, 192)]),
        write(tmp_path / "3.h264", [marked(4, 96, 128)]),
    ]
    path = tmp_path / "a.h264"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    frames, facts = read(path)
    assert numbers(frames) == [0, 1, 2, 3]
    assert {frame.image.shape for frame in frames} == {(96, 128, 3)}
    assert facts.damaged
