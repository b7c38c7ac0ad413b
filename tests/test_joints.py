"""The joints head: its file, its mirror, and that it finds a leg's joints nearer to the truth than the landmarks do."""

import json
from importlib.resources import files
from pathlib import Path

import av
import numpy as np
import pytest

from alignment.core.joints import PARTS
from alignment.core.skeleton import LANDMARKS
from alignment.pose.crop import Crop
from alignment.pose.engines import engine_named, published_file
from alignment.pose.joints import JointsHead

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def test_the_weights_are_small_and_tell_where_they_come_from():
    folder = files("alignment.pose.joints")
    assert len((folder / "weights.npz").read_bytes()) <= 2_000_000
    facts = json.loads((folder / "weights.json").read_text())
    assert facts["encoder"]["sha256"] == published_file("heavy", None).sha256


def test_joints_are_looked_for_around_their_landmarks():
    """Where the maps are the same everywhere, the places go where the landmarks go."""
    said = np.zeros((2, 56, 32, 32), np.float32)
    near = np.broadcast_to(np.array([0.44, 0.56])[:, None, None, None], (2, 2, 7, 2))
    places, _ = JointsHead().places(said, near)
    np.testing.assert_allclose(places[1] - places[0], 0.12, atol=0.02)


def test_a_mirrored_picture_reads_mirrored():
    random = np.random.default_rng(2)
    picture = random.integers(0, 255, (256, 256, 3), np.uint8)
    pixels, mirror = np.zeros((len(LANDMARKS), 2)), np.zeros((len(LANDMARKS), 2))
    for side, other, x in (("left", "right", 150.0), ("right", "left", 90.0)):
        for part, y in (("hip", 40.0), ("knee", 120.0), ("ankle", 200.0), ("toe", 215.0)):
            pixels[LANDMARKS.index(f"{side}_{part}")] = x, y
            mirror[LANDMARKS.index(f"{other}_{part}")] = 256 - x, y

    def layers(pictures):
        # A joint is where the picture is bright.
        cells = pictures.mean(axis=-1).reshape(len(pictures), 32, 8, 32, 8).mean(axis=(2, 4)).astype(np.float32)
        said = np.zeros((len(pictures), 56, 32, 32), np.float32)
        said[:, :14] = 30 * cells[:, None]
        return said

    whole, head = Crop(128.0, 128.0, 256.0), JointsHead()
    plain = head.read(picture, pixels, whole, layers)
    turned = head.read(np.ascontiguousarray(picture[:, ::-1]), mirror, whole, layers)
    assert np.ptp(plain.pixels[..., 0]) > 20
    np.testing.assert_allclose(turned.pixels[::-1] * [-1, 1] + [256, 0], plain.pixels, atol=1e-2)
    np.testing.assert_allclose(turned.sd_px[::-1], plain.sd_px, rtol=1e-3)


@pytest.mark.model
def test_the_engine_reads_a_film_that_it_was_not_made_with(heavy):
    truth = json.loads((SAMPLES / "squat_c1.truth.json").read_text())
    frame = round(truth["repetitions"][0]["key_s"] * truth["fps"])
    with av.open(str(SAMPLES / "squat_c1.mp4")) as film:
        image = next(f for n, f in enumerate(film.decode(video=0)) if n == frame).to_ndarray(format="rgb24")
    true = np.array([[truth["series"][s][f"{p}_px"][frame] for p in PARTS] for s in ("left", "right")])
    engine = engine_named("openvino").opened_by(published_file("heavy", None), "read")()
    # A reduced picture of a film twice as large.
    found = engine.detect(image, (2 * image.shape[1], 2 * image.shape[0]))
    joints = found.joints.reshape(1, 2, len(PARTS), 3)[0]
    leg_px = np.linalg.norm(np.diff(true[:, :3], axis=1), axis=-1).sum(axis=1).max()
    assert np.linalg.norm(joints[..., :2] / 2 - true, axis=-1).mean() < 0.035 * leg_px
    assert (0.002 * leg_px < joints[..., 2] / 2).all()
    assert (joints[..., 2] / 2 < 0.05 * leg_px).all()
    assert engine.facts.joints_sha256 == JointsHead().sha256
    engine.close()


def test_only_the_model_that_the_head_was_made_for_is_read():
    openvino, mediapipe = engine_named("openvino"), engine_named("mediapipe")
    heavy, lite = published_file("heavy", None), published_file("lite", None)
    assert openvino.opened_by(heavy, "read").func is openvino.open_reading
    for engine, file, joints in ((openvino, heavy, "model"), (openvino, lite, "read"), (mediapipe, heavy, "read")):
        assert engine.opened_by(file, joints).func is engine.open
