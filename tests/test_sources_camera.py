import subprocess
import sys
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from alignment import sources
from alignment.errors import InputError
from alignment.sources.camera import Camera
from alignment.sources.reading import AHEAD, Reading, ahead
from tests.films import marked, number_of, numbered, times


def picture_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("pictures")]


def test_stopping_early_ends_the_thread(tmp_path):
    source = sources.open(numbered(tmp_path / "a.mp4", 60))
    frames = iter(source)
    next(frames)
    assert len(picture_threads()) == 1
    frames.close()
    assert picture_threads() == []
    assert sum(1 for _ in source) == 60


def test_a_failing_consumer_ends_the_thread(tmp_path):
    source = sources.open(numbered(tmp_path / "a.mp4", 60))

    def consume():
        for frame in source:
            raise ZeroDivisionError(frame.index)

    with pytest.raises(ZeroDivisionError):
        consume()
    assert picture_threads() == []


def test_faults_of_the_thread_arrive_after_what_was_made_before():
    def items():
        yield from range(3)
        raise KeyError("lost")

    line = ahead(items())
    assert [next(line) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(KeyError, match="lost"):
        next(line)
    assert picture_threads() == []


def test_an_unfinished_iteration_does_not_keep_the_program_alive(tmp_path):
    program = "import sys; from alignment import sources; frames = iter(sources.open(sys.argv[1])); next(frames)"
    path = numbered(tmp_path / "a.mp4", 60)
    subprocess.run([sys.executable, "-c", program, str(path)], timeout=120, check=True, cwd=Path(__file__).parents[1])


def test_only_a_few_pictures_wait():
    made = []
    closed = threading.Event()

    def items():
        try:
            for number in range(1000):
                made.append(number)
                yield number
        finally:
            closed.set()

    line = ahead(items())
    for taken in range(1, 50):
        assert next(line) == taken - 1
        assert len(made) <= taken + AHEAD + 1
    line.close()
    assert closed.is_set()


class FakeCapture:
    """A camera that shows numbered pictures, one every 40 ms of a clock that it sets itself."""

    def __init__(self, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = count
        self.shown = 0
        self.released = False
        monkeypatch.setattr("alignment.sources.camera.time.monotonic", lambda: 1000 + 0.04 * self.shown)

    def read(self):
        if self.shown == self.count:
            return False, None
        self.shown += 1
        return True, cv2.cvtColor(marked(self.shown), cv2.COLOR_RGB2BGR)

    def get(self, _property_id):
        return 0.0

    def release(self):
        self.released = True


def camera(capture: FakeCapture, **how) -> Camera:
    return Camera(0, Reading(**how), capture=lambda _: capture)


def test_a_camera_gives_pictures_with_true_times(monkeypatch):
    capture = FakeCapture(AHEAD + 1, monkeypatch)
    source = camera(capture, mirrored=True)
    frames = list(source)
    # The first picture only tells the size.
    assert [number_of(frame.image[:, ::-1]) for frame in frames] == list(range(2, AHEAD + 2))
    assert times(frames) == pytest.approx(0.04 * np.arange(AHEAD))
    assert capture.released
    facts = source.facts
    assert (facts.name, facts.sha256, facts.width, facts.height, facts.mirrored) == ("camera 0", None, 128, 96, True)
    assert (facts.frames, facts.fps) == (AHEAD, pytest.approx(25))
    with pytest.raises(RuntimeError, match="second time"):
        iter(source)


def test_a_camera_stops_at_the_end_and_drops_what_nobody_takes(monkeypatch):
    capture = FakeCapture(10_000, monkeypatch)
    source = camera(capture, end_s=20.0)
    frames = list(source)
    assert capture.shown < 600
    assert capture.released
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert 1 <= len(frames) <= 500 == source.facts.frames
    assert all(number_of(f.image) == round(f.time_s / 0.04 + 2) % 256 for f in frames)


def test_a_camera_is_released_when_the_caller_stops(monkeypatch):
    capture = FakeCapture(10_000_000, monkeypatch)
    source = camera(capture)
    frames = iter(source)
    next(frames)
    frames.close()
    assert capture.released
    assert picture_threads() == []
    assert source.facts.frames > 0


def test_a_camera_that_shows_nothing_is_refused(monkeypatch):
    capture = FakeCapture(0, monkeypatch)
    with pytest.raises(InputError, match="Camera 0") as refused:
        camera(capture)
    assert refused.value.code == "no_camera"
    assert capture.released


def test_a_camera_is_released_where_the_range_is_empty(monkeypatch):
    capture = FakeCapture(10, monkeypatch)
    with pytest.raises(InputError):
        camera(capture, start_s=2.0, end_s=1.0)
    assert capture.released


@pytest.mark.parametrize("where", [87, "87"])
def test_a_missing_camera_is_told_without_chatter(tmp_path, monkeypatch, capfd, where):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="Camera 87"):
        sources.open(where)
    assert capfd.readouterr() == ("", "")
