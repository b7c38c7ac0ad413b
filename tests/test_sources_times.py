import math
from pathlib import Path

import numpy as np
import pytest

from alignment import sources
from alignment.errors import InputError
from alignment.sources import film
from alignment.sources.clock import Clock, Timing
from alignment.sources.film import Film
from alignment.sources.reading import Thinning
from tests import films
from tests.films import marked, numbered, numbers, read, times, write

COUNT = 20


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_variable_rate_keeps_its_own_times(tmp_path, suffix):
    ticks = [5000 + tick for tick in (0, 33, 70, 100, 200, 230, 300, 333, 420, 450, 490, 600)]
    frames, facts = read(numbered(tmp_path / f"a{suffix}", len(ticks), ticks=ticks))
    assert times(frames) == pytest.approx((np.array(ticks) - 5000) / 1000, abs=1e-4)
    assert numbers(frames) == list(range(len(ticks)))
    assert facts.rate_varies
    assert not facts.damaged


def test_a_lost_picture_is_no_variable_rate(tmp_path):
    ticks = [40 * tick for tick in range(81) if tick != 30]
    _, facts = read(numbered(tmp_path / "a.mkv", len(ticks), ticks=ticks))
    assert facts.fps == pytest.approx(25)
    assert not facts.rate_varies


def test_avi_with_b_frames_comes_in_order(tmp_path):
    frames, _ = read(numbered(tmp_path / "a.avi", COUNT, "libx264", options={"bf": "3"}))
    assert numbers(frames) == list(range(COUNT))
    assert times(frames) == pytest.approx(np.arange(COUNT) / 30)


@pytest.mark.parametrize(("rate_hz", "expected"), [(None, 30), (50.0, 50)])
def test_a_film_without_times_takes_the_given_or_an_assumed_rate(tmp_path, rate_hz, expected):
    frames, facts = read(numbered(tmp_path / "a.h264", COUNT), rate_hz=rate_hz, max_fps=1000.0)
    assert numbers(frames) == list(range(COUNT))
    assert times(frames) == pytest.approx(np.arange(COUNT) / expected)
    assert facts.rate_assumed
    assert facts.fps == pytest.approx(expected)


@pytest.mark.parametrize("header", [(0, 0), (1, 90000), (1, 1000), (100, 1)])
def test_an_avi_without_a_sensible_rate_takes_an_assumed_one(tmp_path, header):
    path = films.with_avi_rate(numbered(tmp_path / "a.avi", COUNT, "mpeg4"), *header)
    frames, facts = read(path, rate_hz=20.0)
    assert times(frames) == pytest.approx(np.arange(COUNT) / 20)
    assert (facts.rate_assumed, facts.fps, facts.duration_s) == (True, pytest.approx(20), pytest.approx(COUNT / 20))
    assert not facts.damaged


def test_an_avi_without_a_stream_rate_still_has_its_main_one(tmp_path):
    path = films.with_avi_rate(numbered(tmp_path / "a.avi", COUNT, "mpeg4"), 0, 0, 40_000)
    _, facts = read(path)
    assert (facts.rate_assumed, facts.fps) == (False, pytest.approx(25))


def test_slow_motion_is_read_in_the_times_of_life(tmp_path):
    path = numbered(tmp_path / "a.mp4", COUNT)
    frames, facts = read(path, true_fps=120.0, max_fps=240.0)
    assert times(frames) == pytest.approx(np.arange(COUNT) / 120)
    assert (facts.fps, facts.slower) == (pytest.approx(120), pytest.approx(4.0))
    assert facts.duration_s == pytest.approx(COUNT / 120)
    # A part is named as the film plays it, and thinned as life goes.
    part, _ = read(path, true_fps=120.0, max_fps=60.0, start_s=0.2, end_s=0.5)
    assert numbers(part) == [6, 8, 10, 12, 14]
    still = sources.Stills(sources.open(path, sources.Reading(true_fps=120.0)), [10 / 120])
    assert [films.number_of(one.image) for one in still] == [10]


@pytest.mark.parametrize(("noted", "slower"), [("240", 8.0), ("30.1", 1.0), ("", 1.0), ("fast", 1.0)])
def test_the_rate_that_a_phone_notes_is_obeyed(tmp_path, noted, slower):
    plain = numbered(tmp_path / "a.mp4", COUNT)
    tags = {"com.android.capture.fps": noted} if noted else {}
    path = films.remuxed(plain, tmp_path / "b.mp4", tags, movflags="use_metadata_tags")
    _, facts = read(path)
    assert facts.slower == pytest.approx(slower)
    assert read(path, true_fps=30.0)[1].slower == 1.0


def test_a_given_rate_does_not_override_the_film_s_own_times(tmp_path):
    frames, facts = read(numbered(tmp_path / "a.mp4", 5), rate_hz=10.0)
    assert times(frames) == pytest.approx(np.arange(5) / 30)
    assert not facts.rate_assumed


def clocked(stamps: list[int | None], timing: Timing) -> list[float | None]:
    clock = Clock(timing)
    return [clock.time_s(stamp) for stamp in stamps]


def test_time_never_stands_or_runs_back():
    timing = Timing(origin=100, tick_s=0.01, interval_s=0.04)
    assert clocked([100, 104, 104, 102, 108], timing) == [0, pytest.approx(0.04), None, None, pytest.approx(0.08)]


def test_missing_stamps_are_filled_in():
    timing = Timing(origin=0, tick_s=0.01, interval_s=0.04)
    assert clocked([None, 4, None, 12], timing) == pytest.approx([0, 0.04, 0.08, 0.12])


def test_a_clock_set_anew_runs_on():
    timing = Timing(origin=0, tick_s=0.01, interval_s=0.04)
    assert clocked([0, 500, 504, 0, 4, 8], timing) == pytest.approx([0, 5, 5.04, 5.08, 5.12, 5.16])


def test_equal_stamps_are_no_times():
    timing = Timing.of(7, [7] * 30, 0.01, rate_hz=None)
    assert (timing.assumed, timing.interval_s) == (True, pytest.approx(1 / 30))


@pytest.mark.parametrize(
    ("filmed", "kept"), [(240, 30), (120, 30), (60, 30), (50, 25), (31, 31), (30, 30), (25, 25), (5, 5)]
)
def test_faster_films_are_thinned_evenly(filmed, kept):
    thinning = Thinning(30.0)
    chosen = [index / filmed for index in range(4 * filmed) if thinning.keeps(index / filmed)]
    assert len(chosen) == 4 * kept
    assert np.diff(chosen) == pytest.approx(1 / kept)


def test_a_slow_film_with_a_jittering_clock_stays_whole():
    jitter_s = np.random.default_rng(1).uniform(-0.006, 0.006, 300)
    thinning = Thinning(30.0)
    kept = [thinning.keeps(time_s) for time_s in np.arange(300) / 30 + jitter_s]
    assert kept.count(False) <= 2


def test_pictures_left_out_are_not_converted(tmp_path, monkeypatch):
    rendered = []
    render = Film._render
    monkeypatch.setattr(Film, "_render", lambda self, *more: rendered.append(1) or render(self, *more))
    frames, facts = read(numbered(tmp_path / "a.mp4", 48, rate=240))
    assert numbers(frames) == [0, 8, 16, 24, 32, 40]
    assert len(rendered) == 6
    assert (facts.frames, facts.fps) == (48, pytest.approx(240))


@pytest.fixture(scope="module")
def long_film(tmp_path_factory) -> Path:
    images = [marked(number % 256) for number in range(390)]
    return write(tmp_path_factory.mktemp("films") / "long.mp4", images, options={"bf": "3", "g": "45"})


@pytest.mark.parametrize(("start_s", "end_s"), [(5.0, 5.5), (2.51, 2.9), (0.4, 0.9), (12.7, None), (None, 0.3)])
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
def test_a_range_holds_the_same_pictures_as_the_whole(long_film, tmp_path, name, start_s, end_s):
    path = films.remuxed(long_film, tmp_path / name)
    frames, facts = read(path, start_s=start_s, end_s=end_s)
    whole = [f for f in sources.open(path) if (start_s or 0) <= f.time_s < (end_s or 99)]
    assert times(frames) == times(whole)
    assert numbers(frames)[0] == math.ceil((start_s or 0) * 30) % 256
    assert numbers(frames)[-1] == (math.ceil((end_s or 13) * 30) - 1) % 256
    assert all(np.array_equal(one.image, other.image) for one, other in zip(frames, whole, strict=True))
    assert facts.frames == len(frames)
    assert facts.duration_s == pytest.approx(len(frames) / 30, abs=0.002)
    assert not facts.damaged


def test_a_late_start_does_not_decode_everything_before(long_film, monkeypatch):
    decoded = []
    pictures = film._pictures
    monkeypatch.setattr(film, "_pictures", lambda packet: decoded.append(1) or pictures(packet))
    frames, _ = read(long_film, start_s=8.0, end_s=8.5)
    assert numbers(frames) == list(range(240, 255))
    assert len(decoded) < 120


def test_what_cannot_be_sought_is_read_from_the_beginning(tmp_path, monkeypatch):
    path = numbered(tmp_path / "a.mp4", 90)
    monkeypatch.setattr(film, "_seek", lambda *_: False)
    frames, _ = read(path, start_s=2.0)
    assert numbers(frames) == list(range(60, 90))


def test_a_start_offset_counts_from_the_first_picture(tmp_path):
    path = numbered(tmp_path / "a.mkv", 90, ticks=[10_000 + 40 * n for n in range(90)])
    frames, _ = read(path, start_s=2.0, end_s=2.2)
    assert numbers(frames) == [50, 51, 52, 53, 54]
    assert times(frames) == pytest.approx([2.0, 2.04, 2.08, 2.12, 2.16])


@pytest.mark.parametrize(("start_s", "end_s"), [(0.5, 0.5), (0.6, 0.2), (5.0, None), (7.0, 9.0), (None, 0.0)])
def test_an_empty_range_is_refused(tmp_path, start_s, end_s):
    path = numbered(tmp_path / "a.mp4", COUNT)
    with pytest.raises(InputError, match=r"which is 0\.7 s long") as refused:
        read(path, start_s=start_s, end_s=end_s)
    assert refused.value.code == "bad_range"


@pytest.mark.parametrize("how", [{"max_fps": 0.0}, {"rate_hz": -1.0}, {"rate_hz": math.nan}])
def test_an_impossible_rate_is_refused(tmp_path, how):
    with pytest.raises(InputError) as refused:
        sources.open(tmp_path, sources.Reading(**how))
    assert refused.value.code == "bad_rate"
