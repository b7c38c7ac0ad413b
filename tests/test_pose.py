"""The landmark model on frames of a rendered sample whose joints are known, and what is made of its answers."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import cv2
import numpy as np
import pytest

from alignment import sources
from alignment.core.skeleton import LANDMARKS, LEG, SIDES, SWAPPED, index
from alignment.core.track import MAX_PEOPLE, Frame, ModelFacts, SourceFacts
from alignment.errors import InputError
from alignment.pose import mediapipe, tracking
from alignment.pose.fake import NOBODY, FakeEngine
from alignment.pose.model_files import ModelFile
from alignment.pose.people import Poses
from alignment.sources import FrameList

pytestmark = pytest.mark.checked

LEGS = index(f"{side}_{part}" for side in SIDES for part in LEG)
FACTS = SourceFacts(name="made up", sha256=None, fps=10.0, width=640, height=480)


def opens(path: Path, variant="heavy"):
    return partial(mediapipe.ImageEngine, ModelFile(variant, path, "0" * 64))


def blank(count, brightness=90):
    image = np.full((48, 64, 3), brightness, np.uint8)
    return FrameList([Frame(i, i / 10, image) for i in range(count)], FACTS)


def flipped(film):
    return FrameList([replace(frame, image=frame.image[:, ::-1]) for frame in film], film.facts)


def unmirrored(pixels, width):
    return np.stack([width - pixels[:, SWAPPED, 0], pixels[:, SWAPPED, 1]], axis=-1)


@pytest.fixture(scope="module")
def squat(samples):
    """Every eighth frame of the first squat, with its times: standing, going down, deepest and up again."""
    whole = sources.open(samples / "squat_front.mp4", sources.Reading(end_s=4.0))
    frames = [frame for frame in whole if frame.index % 8 == 0]
    return FrameList([replace(frame, index=i) for i, frame in enumerate(frames)], whole.facts)


@pytest.fixture(scope="module")
def tracked(squat, heavy):
    return tracking.track(squat, opens(heavy))


def test_importing_is_light():
    code = "import sys, alignment.pose; print([name for name in ('mediapipe', 'cv2', 'av') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# What needs no model: a stand-in gives the poses.


@pytest.fixture
def stand_in():
    """Makes detection a function of the image, of which a test gives the poses: `stand_in.poses = …`."""
    return FakeEngine(facts=ModelFacts("fake 0", "none", "0" * 64))


def test_results_come_in_order_whatever_takes_how_long(stand_in):
    def poses(image):
        time.sleep(0.02 if image[0, 0, 0] % 3 == 0 else 0.001)
        return NOBODY

    stand_in.poses = poses
    frames = [Frame(i, i / 10, np.full((4, 4, 3), i, np.uint8)) for i in range(30)]
    told = []
    track = tracking.track(FrameList(frames, FACTS), stand_in, workers=4, progress=told.append)
    assert told == track.time_s.tolist() == [i / 10 for i in range(30)]
    assert track.brightness == pytest.approx(np.arange(30), abs=0.6)
    assert stand_in.open_count == 0


def test_few_pictures_wait(stand_in):
    """A source far faster than the model is not read far ahead."""
    given, done = [], []

    class Fast:
        facts = FACTS

        def __iter__(self):
            for i in range(60):
                given.append(i)
                yield Frame(i, i / 10, np.zeros((4, 4, 3), np.uint8))

    ahead = []
    tracking.track(
        Fast(), stand_in, workers=2, progress=lambda t: (done.append(t), ahead.append(len(given) - len(done)))
    )
    assert max(ahead) <= 4


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("where", ["source", "model", "progress"])
def test_a_fault_ends_threads_landmarkers_and_source_at_once(stand_in, fault, where):
    ended = []

    class Breaking:
        facts = FACTS

        def __iter__(self):
            try:
                for i in range(1000):
                    if where == "source" and i == 7:
                        raise fault
                    yield Frame(i, i / 10, np.full((4, 4, 3), min(i, 255), np.uint8))
            finally:
                ended.append(True)

    def poses(image):
        looked_at.append(image)
        time.sleep(0.005)
        if where == "model" and image[0, 0, 0] == 7:
            raise fault
        return NOBODY

    def progress(time_s):
        if where == "progress" and time_s > 0.6:
            raise fault

    stand_in.poses, looked_at = poses, []
    before = threading.active_count()
    with pytest.raises(fault):
        tracking.track(Breaking(), stand_in, workers=3, progress=progress)
    assert len(looked_at) < 200
    assert ended == [True]
    assert threading.active_count() == before
    assert stand_in.open_count == 0


def test_nobody_is_a_track_of_nothing(stand_in):
    track = tracking.track(blank(5), stand_in)
    assert track.frames == 5
    assert not track.seen.any()
    assert np.isnan(track.metres).all()
    assert (track.visibility == 0).all()
    assert track.people.tolist() == [0] * 5
    assert track.faces.shape == (5, MAX_PEOPLE, 3)
    assert np.isnan(track.faces).all()
    assert track.mirrored_metres.shape == (0, len(LANDMARKS), 3)
    assert track.model.variant == "none"
    assert tracking.track(blank(3), stand_in, person=2).frames == 3


def test_no_frames_is_an_empty_track(stand_in):
    track = tracking.track(blank(0), stand_in)
    assert track.frames == 0
    assert track.pixels.shape == (0, len(LANDMARKS), 2)
    assert track.rate_hz == 0


def test_facts_are_those_after_the_last_frame(stand_in):
    class Growing:
        facts = FACTS

        def __iter__(self):
            yield from blank(4)
            self.facts = replace(FACTS, frames=4, duration_s=0.4)

    assert tracking.track(Growing(), stand_in).source == replace(FACTS, frames=4, duration_s=0.4)


def two_people(stand_in, size=(640, 480)):
    """A large person on the left, a small one on the right, in every frame."""
    from tests.test_people import body

    points = body()[:, :2]
    pixels = np.stack([points * 250 + (200, 470), points * 150 + (500, 400)]).astype(np.float32)
    metres = np.stack([body(), body() + 0.01]).astype(np.float32)

    def poses(image):
        mirrored = image[0, 0, 0] > image[0, -1, 0]
        there = unmirrored(pixels, size[0])[::-1].astype(np.float32) if mirrored else pixels
        deep = np.array([1, 1, -1], np.float32)
        return Poses(there, metres[::-1] * deep if mirrored else metres, np.full((2, 33), 0.8, np.float32))

    stand_in.poses = poses
    slope = np.broadcast_to(np.arange(64, dtype=np.uint8)[None, :, None], (48, 64, 3))
    return pixels, metres, lambda count, facts=FACTS: FrameList([Frame(i, i / 10, slope) for i in range(count)], facts)


def test_the_person_asked_for_is_followed_and_found_again_in_the_mirror(stand_in):
    pixels, metres, film = two_people(stand_in)
    for person, which in ((None, 0), (1, 0), (2, 1)):
        track = tracking.track(film(8), stand_in, person=person)
        assert track.pixels == pytest.approx(np.broadcast_to(pixels[which], (8, 33, 2)))
        assert track.people.tolist() == [2] * 8
        assert np.isfinite(track.faces).all(axis=2).sum(axis=1).tolist() == [2] * 8
        assert len(track.mirrored_frames) > 0
        for row in track.mirrored_metres:
            assert row == pytest.approx(metres[which] * (1, 1, -1))


@pytest.mark.parametrize("person", [-1, 0, 3])
def test_there_is_no_such_person(stand_in, person):
    _, _, film = two_people(stand_in)
    with pytest.raises(InputError) as error:
        tracking.track(film(8), stand_in, person=person)
    assert error.value.code == "no_person_number"
    assert "from 1 to 2" in str(error.value)


@pytest.mark.parametrize(
    ("frames", "rate", "known", "least", "most"),
    [
        (390, 30, True, 16, 16),
        (1500, 30, True, 43, 47),
        (9000, 30, True, 60, 64),
        (10, 5, True, 10, 10),
        (390, 30, False, 16, 64),
        (9000, 30, False, 32, 64),
    ],
)
def test_mirrored_samples_are_spread_over_the_whole_film(frames, rate, known, least, most):
    facts = replace(FACTS, fps=float(rate), duration_s=frames / rate if known else 0.0)
    sampler = tracking._Sampler(facts)
    asked = sum(sampler.takes(i, i / rate) for i in range(frames))
    assert least <= len(sampler.taken) <= most
    assert asked <= max(2 * most, 0.12 * frames)
    gaps = np.diff(sampler.taken)
    assert gaps.max() - gaps.min() <= 1
    assert sampler.taken[0] <= gaps.max()
    assert frames - sampler.taken[-1] <= gaps.max() + 1


def test_mirror_images_are_averaged_where_they_agree():
    from tests.test_people import body

    points = body().astype(np.float32)
    pixels = points[None, :, :2] * 250 + np.array([300, 400], np.float32)
    own = Poses(pixels, points[None], np.full((1, 33), 0.9, np.float32))
    moved = Poses(pixels + np.array([4, -2], np.float32), points[None, SWAPPED] * (-1, 1, 1), own.visibility - 0.2)
    mean = tracking._average(own, moved)
    assert mean.pixels == pytest.approx(pixels + np.array([2, -1]))
    assert mean.metres == pytest.approx(points[None])
    assert mean.visibility == pytest.approx(np.full((1, 33), 0.8))
    far = Poses(pixels + np.array([60, 0], np.float32), moved.metres, moved.visibility)
    assert tracking._average(own, far).pixels == pytest.approx(pixels)
    exchanged = pixels.copy()
    exchanged[:, LEGS] = pixels[:, SWAPPED][:, LEGS]
    legs_mixed_up = Poses(exchanged, moved.metres, moved.visibility)
    assert tracking._average(own, legs_mixed_up).pixels == pytest.approx(pixels)


def light_of(image):
    return tracking._light(tracking._small_grey(image))


def test_brightness_and_sharpness_do_not_depend_on_the_films_size():
    rng = np.random.default_rng(0)
    coarse = np.kron(rng.integers(0, 255, (45, 80, 1), np.uint8), np.ones((8, 8, 3), np.uint8))
    twice = np.kron(coarse, np.ones((2, 2, 1), np.uint8))
    light, sharp = light_of(coarse)
    assert light_of(twice) == pytest.approx((light, sharp), rel=0.02)
    assert light == pytest.approx(coarse.mean(), abs=1)
    assert light_of(cv2.GaussianBlur(coarse, (0, 0), 8))[1] < 0.2 * sharp
    assert light_of(np.full((30, 20, 3), 40, np.uint8)) == (40, 0)


def test_only_the_libraries_chatter_is_kept_off_standard_error(capfd):
    with mediapipe._quiet_stderr:
        os.write(2, b"W0000 00:00:1795350654.194759    7353 feedback.cc:114] Disabling support.\n")
        os.write(2, b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\nSomething of ours\n")
        os.write(2, b"E0000 00:00:1795350654.194759    7353 graph.cc:114] An error.\n")
    os.write(2, b"Afterwards\n")
    said = capfd.readouterr().err.splitlines()
    assert said == ["Something of ours", "E0000 00:00:1795350654.194759    7353 graph.cc:114] An error.", "Afterwards"]


def test_standard_error_is_back_after_a_fault(capfd):
    with pytest.raises(ValueError, match="fault"), mediapipe._quiet_stderr:
        raise ValueError("fault")
    os.write(2, b"Heard\n")
    assert capfd.readouterr().err == "Heard\n"


# With the model.


@pytest.mark.model
def test_pixels_are_near_the_truth(tracked, samples):
    series = json.loads((samples / "squat_front.truth.json").read_text())["series"]
    rows = [round(time_s * 30) for time_s in tracked.time_s]
    assert tracked.seen.all()
    for part, tolerance_px in (("knee", 8), ("ankle", 15), ("hip", 20)):
        for side in ("left", "right"):
            truth = np.array(series[side][f"{part}_px"], float)[rows]
            error = tracked.pixels[:, index([f"{side}_{part}"])[0]] - truth
            assert np.sqrt(np.square(error).mean()) < tolerance_px


@pytest.mark.model
def test_what_is_known_of_each_frame(tracked, squat):
    assert tracked.people.tolist() == [1] * tracked.frames
    assert tracked.time_s.tolist() == [frame.time_s for frame in squat.frames]
    nose = tracked.pixels[:, 0]
    assert (np.hypot(*(tracked.faces[:, 0, :2] - nose).T) < tracked.faces[:, 0, 2]).all()
    assert np.isnan(tracked.faces[:, 1:]).all()
    means = [frame.image.mean() for frame in squat.frames]
    assert tracked.brightness == pytest.approx(means, abs=8)
    assert (tracked.sharpness > 0).all()
    legs = index(["left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle"])
    assert tracked.visibility[:, legs].min() > 0.5
    assert tracked.metres[:, legs[:2]].mean(axis=1) == pytest.approx(np.zeros((tracked.frames, 3)), abs=0.02)
    assert tracked.model == ModelFacts(f"mediapipe {version('mediapipe')}", "heavy", "0" * 64, "standard")


@pytest.mark.model
def test_a_reduced_picture_gives_the_films_pixels(tracked, squat, heavy):
    """The model's own picture is smaller still, so halving the frames changes little."""
    halved = FrameList([replace(frame, image=frame.image[::2, ::2].copy()) for frame in squat.frames[:3]], squat.facts)
    small = tracking.track(halved, opens(heavy))
    assert small.pixels[:, 23:] == pytest.approx(tracked.pixels[:3, 23:], abs=10)


@pytest.mark.model
def test_any_number_of_threads_gives_the_same(squat, lite):
    one, two, four = (tracking.track(squat, opens(lite, "lite"), workers=workers) for workers in (1, 2, 4))
    for other in (two, four):
        for name in ("pixels", "metres", "visibility", "mirrored_frames", "mirrored_metres", "faces", "sharpness"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.model
def test_a_mirrored_film_shows_the_mirrored_person(squat, tracked, heavy):
    turned = tracking.track(flipped(squat), opens(heavy))
    legs = index([f"{side}_{part}" for side in ("left", "right") for part in ("hip", "knee", "ankle")])
    apart = np.abs(unmirrored(turned.pixels, 720)[:, legs] - tracked.pixels[:, legs])
    assert np.median(apart) < 4
    assert len(tracked.mirrored_frames) == tracked.frames
    np.testing.assert_array_equal(tracked.mirrored_metres, turned.metres[tracked.mirrored_frames])
    np.testing.assert_array_equal(turned.mirrored_metres, tracked.metres[turned.mirrored_frames])


@pytest.mark.model
def test_best_is_the_mean_of_both_pictures(squat, lite):
    few = FrameList(squat.frames[:6], squat.facts)
    plain, best = (tracking.track(few, opens(lite), quality=quality) for quality in ("standard", "best"))
    turned = tracking.track(flipped(few), opens(lite))
    assert best.pixels == pytest.approx((plain.pixels + unmirrored(turned.pixels, 720)) / 2, abs=1e-3)
    back = turned.metres[:, SWAPPED] * (-1, 1, 1)
    assert best.metres == pytest.approx((plain.metres + back) / 2, abs=1e-5)
    assert best.model.quality == "best"
    np.testing.assert_array_equal(best.mirrored_metres, plain.mirrored_metres)


@pytest.mark.model
def test_nobody_in_the_picture(lite):
    assert not tracking.track(blank(3), opens(lite)).seen.any()


@pytest.mark.model
def test_a_fresh_process_says_nothing_on_its_own(lite, samples):
    code = (
        "import sys; from pathlib import Path; from alignment import sources\n"
        "from alignment.pose import mediapipe, tracking; from alignment.pose.model_files import ModelFile\n"
        "film = sources.open(sys.argv[1], sources.Reading(end_s=0.2))\n"
        "model = ModelFile('lite', Path(sys.argv[2]), '')\n"
        "track = tracking.track(film, lambda: mediapipe.ImageEngine(model))\n"
        "print('ours', file=sys.stderr); print(track.seen.all())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, samples / "squat_front.mp4", lite], capture_output=True, text=True, check=True
    )
    assert done.stderr == "ours\n"
    assert done.stdout == "True\n"


@pytest.mark.model
@pytest.mark.clips
@pytest.mark.parametrize(
    ("name", "left", "right"), [("side_trainer_two_people.mp4", 0.2, 0.6), ("side_gym_mit.mp4", 0.3, 0.7)]
)
def test_real_films_keep_the_person_in_front_of_the_camera(clips, lite, name, left, right):
    """The cyclist and not who stands by, the person and not the mirror image: by where the hips are in the picture."""
    track = tracking.track(sources.open(clips / name, sources.Reading(max_fps=2.0)), opens(lite))
    hips = track.pixels[:, index(["left_hip", "right_hip"]), 0].mean(axis=1) / track.source.width
    assert track.seen.mean() > 0.9
    assert (hips[track.seen] > left).all()
    assert (hips[track.seen] < right).all()


@pytest.mark.model
@pytest.mark.clips
def test_cars_are_nobody(clips, heavy):
    assert not tracking.track(
        sources.open(clips / "no_person_car.mp4", sources.Reading(start_s=14.0, end_s=20.0)), opens(heavy)
    ).seen.any()
