import hashlib
import math
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from alignment import sources
from alignment.sources import film
from alignment.sources.camera import Camera
from alignment.sources.clock import Clock, Timing
from alignment.sources.film import Film
from alignment.sources.reading import AHEAD, Reading, Thinning, ahead
from alignment.texts import InputError
from alignment.track import Frame, SourceFacts
from tests import films
from tests.films import BOTTOM_LEFT, BOTTOM_RIGHT, TOP_LEFT, TOP_RIGHT, corners, marked, number_of, numbered, write

COUNT = 20


def read(path: Path | str, **how) -> tuple[list[Frame], SourceFacts]:
    source = sources.open(path, **how)
    return list(source), source.facts


def times(frames: list[Frame]) -> list[float]:
    return [frame.time_s for frame in frames]


def numbers(frames: list[Frame]) -> list[int]:
    return [number_of(frame.image) for frame in frames]


def assert_upright(image: np.ndarray, tolerance: float = 25) -> None:
    assert np.abs(np.subtract(corners(image), (TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT))).max() < tolerance


# Containers and codecs


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt"),
    [
        ("a.mp4", "libx264", "yuv420p"),
        ("a.mov", "libx264", "yuv420p"),
        ("a.mkv", "libx264", "yuv420p"),
        ("hevc.mp4", "libx265", "yuv420p"),
        ("ten-bit.mov", "libx265", "yuv420p10le"),
        ("a.webm", "libvpx-vp9", "yuv420p"),
        ("a.avi", "mpeg4", "yuv420p"),
        ("part2.mp4", "mpeg4", "yuv420p"),
        ("a.gif", "gif", "rgb8"),
        ("a.ts", "libx264", "yuv420p"),
        ("no-suffix", "libx264", "yuv420p"),
    ],
)
def test_every_format_gives_all_its_pictures_at_their_times(tmp_path, name, codec, pix_fmt):
    options = {"bf": "2"} if codec in ("libx264", "mpeg4") else {}
    path = numbered(
        tmp_path / ("x.mp4" if name == "no-suffix" else name), COUNT, codec, pix_fmt=pix_fmt, options=options
    )
    path = path.rename(tmp_path / name)
    frames, facts = read(path)
    assert numbers(frames) == list(range(COUNT))
    assert [frame.index for frame in frames] == list(range(COUNT))
    assert times(frames) == pytest.approx(np.arange(COUNT) / 30, abs=0.006 if codec == "gif" else 0.001)
    assert (facts.width, facts.height, facts.rotation_deg, facts.frames) == (128, 96, 0, COUNT)
    assert facts.fps == pytest.approx(30, rel=0.01)
    assert facts.duration_s == pytest.approx(COUNT / 30, abs=0.01)
    assert (facts.rate_assumed, facts.rate_varies, facts.damaged) == (False, False, False)
    assert_upright(frames[7].image, tolerance=60 if codec == "gif" else 25)
    assert all(frame.image.flags.c_contiguous and frame.image.dtype == np.uint8 for frame in frames)


def test_the_sample_is_whole(samples):
    source = sources.open(samples / "squat_front.mp4")
    before = source.facts
    frames = sum(1 for _ in source)
    assert (before.frames, before.fps, before.duration_s) == pytest.approx((390, 30, 13))
    assert (frames, source.facts.frames, source.facts.fps) == pytest.approx((390, 390, 30))
    assert source.facts.duration_s == pytest.approx(13)
    assert (source.facts.width, source.facts.height) == (720, 1280)


def test_a_film_can_be_read_again(tmp_path):
    source = sources.open(numbered(tmp_path / "a.mp4", COUNT), start_s=0.1, mirrored=True)
    first, second = list(source), list(source)
    assert times(first) == times(second)
    assert all(np.array_equal(one.image, other.image) for one, other in zip(first, second, strict=True))
    assert len(first) == COUNT - 3


def test_the_pictures_of_an_optimised_gif_are_complete(tmp_path):
    path = write(
        tmp_path / "a.gif",
        [marked(n) for n in range(8)],
        "gif",
        pix_fmt="rgb8",
        options={"gifflags": "+offsetting+transdiff"},
    )
    frames, _ = read(path)
    assert numbers(frames) == list(range(8))
    for frame in frames:
        assert_upright(frame.image, tolerance=60)


def test_spaces_and_umlauts_in_paths(tmp_path):
    folder = tmp_path / "Ärztin Müller"
    folder.mkdir()
    frames, facts = read(numbered(folder / "Kniebeuge – größer.mp4", 3))
    assert (len(frames), facts.name) == (3, "Kniebeuge – größer.mp4")


def test_the_hash_is_that_of_the_file(tmp_path):
    path = numbered(tmp_path / "a.mp4", 2)
    assert sources.open(path).facts.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


# Times


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


# Thinning


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


# Ranges


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
    monkeypatch.setattr(film, "_sought", lambda *_: False)
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
        sources.open(tmp_path, **how)
    assert refused.value.code == "bad_rate"


# Geometry and colour


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


# Damage and what is no film


def test_a_film_cut_short_gives_what_is_left(samples, tmp_path, capfd):
    path = films.remuxed(samples / "squat_front.mp4", tmp_path / "a.mp4", movflags="faststart")
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    frames, facts = read(path)
    assert 200 < len(frames) == facts.frames < 300
    assert facts.damaged
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_a_hole_in_a_film_is_told(samples, tmp_path, name, capfd):
    path = films.remuxed(samples / "squat_front.mp4", tmp_path / name)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = np.random.default_rng(0).bytes(3000)
    path.write_bytes(content)
    frames, facts = read(path)
    assert 350 < len(frames) < 390
    assert facts.damaged
    assert facts.duration_s == pytest.approx(13, abs=0.01)
    assert np.diff(times(frames)).min() > 0
    assert capfd.readouterr() == ("", "")


def test_a_film_missing_its_second_half_is_told_by_the_header(tmp_path):
    path = numbered(tmp_path / "a.mkv", 90, "mpeg4", options={"g": "10"})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    frames, facts = read(path)
    assert 20 < len(frames) < 70
    assert facts.damaged


def no_video(tmp_path: Path) -> Iterator[tuple[str, str, Path]]:
    def file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    whole = numbered(tmp_path / "whole.mp4", 5).read_bytes()
    media, index = whole.index(b"mdat"), whole.index(b"moov")
    picture = cv2.imencode(".png", marked())[1].tobytes()
    raw = bytearray(numbered(tmp_path / "raw.avi", 2, "rawvideo", pix_fmt="bgr24").read_bytes())
    size = raw.index(b"strf") + 12
    raw[size : size + 8] = bytes(8)
    yield "missing", "missing_file", tmp_path / "nothing.mp4"
    yield "empty", "empty_file", file("empty.mp4", b"")
    yield "text", "not_a_video", file("text.mp4", b"Dear diary, no knees today.\n" * 200)
    yield "text by name", "not_a_video", file("notes.txt", b"Dear diary, no knees today.\n" * 200)
    yield "cut before its index", "not_a_video", file("cut.mp4", whole[: index - 4])
    yield (
        "nothing decodable",
        "no_frames",
        file("dead.mp4", whole[: media + 4] + bytes(index - media - 8) + whole[index - 4 :]),
    )
    yield "pictures of no size", "no_frames", file("zero.avi", bytes(raw))
    yield "sound", "no_picture_stream", films.sound(tmp_path / "sound.m4a", "aac")
    yield (
        "sound as film",
        "no_picture_stream",
        films.sound(tmp_path / "sound.wav", "pcm_s16le").rename(tmp_path / "s.mp4"),
    )
    yield "picture", "single_image", file("one.png", picture)
    yield "photo of a phone", "single_image", file("one.HEIC", b"some")
    yield "picture as film", "single_image", file("one.mp4", picture)
    (tmp_path / "folder").mkdir()
    yield "folder without pictures", "empty_folder", tmp_path / "folder"


def test_everything_that_is_no_film_says_so_in_one_sentence(tmp_path, capfd):
    for what, code, path in no_video(tmp_path):
        with pytest.raises(InputError) as refused:
            read(path)
        assert (what, refused.value.code) == (what, code)
        assert str(path) in refused.value.text.message, what
        assert refused.value.text.remedy, what
    assert capfd.readouterr() == ("", "")


def test_a_sound_file_s_cover_is_no_film(tmp_path):
    path = tmp_path / "song.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuvj420p"
        stream.disposition = av.stream.Disposition.attached_pic
        container.mux(stream.encode(av.VideoFrame.from_ndarray(marked(), "rgb24").reformat(format="yuvj420p")))
        container.mux(stream.encode())
    with pytest.raises(InputError) as refused:
        sources.open(path)
    assert refused.value.code == "no_picture_stream"


@pytest.mark.parametrize("folder", [False, True])
def test_what_may_not_be_read_says_so(tmp_path, monkeypatch, folder):
    def refuse(self, *more):
        raise PermissionError(13, "Permission denied")

    path = numbered(tmp_path / "a.mp4", 2)
    monkeypatch.setattr(Path, "iterdir" if folder else "open", refuse)
    with pytest.raises(InputError) as refused:
        sources.open(tmp_path if folder else path)
    assert refused.value.code == "unreadable_file"


def test_one_picture_is_a_film_of_one(tmp_path):
    frames, facts = read(numbered(tmp_path / "a.mp4", 1))
    assert times(frames) == [0]
    assert (facts.frames, facts.duration_s, facts.damaged) == (1, pytest.approx(1 / 30), False)


def test_a_playlist_does_not_reach_the_network(tmp_path, monkeypatch):
    path = tmp_path / "list.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(InputError) as refused:
        sources.open(path)
    assert refused.value.code == "not_a_video"


# The thread that reads ahead


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

    got = []
    with pytest.raises(KeyError, match="lost"):
        got.extend(ahead(items()))  # extend keeps nothing of what fails
    for item in (faulty := ahead(items())):
        got.append(item)
        if item == 2:
            break
    faulty.close()
    assert got[-3:] == [0, 1, 2]
    assert picture_threads() == []


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


# Folders of pictures


def folder_of(path: Path, names: list[str], size: tuple[int, int] = (128, 96)) -> Path:
    path.mkdir()
    for number, name in enumerate(names):
        content = cv2.imencode(Path(name).suffix, cv2.cvtColor(marked(number, *size), cv2.COLOR_RGB2BGR))[1]
        (path / name).write_bytes(content.tobytes())
    return path


def test_a_folder_is_read_in_natural_order(tmp_path):
    folder = folder_of(tmp_path / "Übung 1", ["b2.png", "b10.JPG", "b11.webp", "c1.bmp", "c1a.tif", "d.jpeg"])
    (folder / "._b2.png").write_bytes(b"not a picture")
    (folder / "notes.txt").write_text("no picture")
    frames, facts = read(folder)
    assert numbers(frames) == [0, 1, 2, 3, 4, 5]
    assert times(frames) == pytest.approx(np.arange(6) / 30)
    assert (facts.name, facts.fps, facts.frames, facts.width, facts.height) == ("Übung 1", 30, 6, 128, 96)
    assert (facts.rate_assumed, facts.rate_varies, facts.damaged) == (True, False, False)
    for frame in frames:
        assert_upright(frame.image)


def test_a_folder_takes_the_given_rate_and_range(tmp_path):
    folder = folder_of(tmp_path / "f", [f"{n}.png" for n in range(20)], size=(320, 160))
    frames, facts = read(folder, rate_hz=10.0, start_s=0.5, end_s=1.0, max_side_px=160, mirrored=True)
    assert times(frames) == pytest.approx([0.5, 0.6, 0.7, 0.8, 0.9])
    assert {frame.image.shape for frame in frames} == {(80, 160, 3)}
    assert [number_of(frame.image[:, ::-1]) for frame in frames] == [5, 6, 7, 8, 9]
    assert (facts.fps, facts.width, facts.frames) == (pytest.approx(10), 320, 5)
    with pytest.raises(InputError, match=r"2\.0 s long"):
        read(folder, rate_hz=10.0, start_s=3.0)


def test_photos_are_turned_as_their_mark_says(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    lying = np.ascontiguousarray(np.rot90(marked(3, 96, 160)))
    jpeg = cv2.imencode(".jpg", cv2.cvtColor(lying, cv2.COLOR_RGB2BGR))[1].tobytes()
    (folder / "a.jpg").write_bytes(films.with_orientation(jpeg, 6))
    (frame,), facts = read(folder)
    assert (facts.width, facts.height) == (96, 160)
    assert_upright(frame.image)


def test_pictures_of_different_size_are_refused(tmp_path):
    folder = folder_of(tmp_path / "f", ["1.png", "2.png"])
    cv2.imwrite(str(folder / "3.png"), marked(0, 64, 48))
    with pytest.raises(InputError, match="128 × 96 and 64 × 48") as refused:
        read(folder)
    assert refused.value.code == "picture_sizes"
    assert picture_threads() == []


def test_a_broken_picture_leaves_a_gap(tmp_path):
    folder = folder_of(tmp_path / "f", ["1.png", "2.png", "3.png"])
    (folder / "2.png").write_bytes(b"")
    frames, facts = read(folder)
    assert times(frames) == pytest.approx([0, 2 / 30])
    assert facts.damaged


def test_a_folder_of_broken_pictures_is_refused(tmp_path):
    (tmp_path / "1.png").write_bytes(b"not a picture")
    with pytest.raises(InputError) as refused:
        sources.open(tmp_path)
    assert refused.value.code == "no_frames"


def test_the_hash_of_a_folder_tells_names_and_contents(tmp_path):
    folder = folder_of(tmp_path / "f", ["1.png", "2.png"])
    hashes = {sources.open(folder).facts.sha256}
    (folder / "2.png").rename(folder / "3.png")
    hashes.add(sources.open(folder).facts.sha256)
    (folder / "1.png").write_bytes((folder / "3.png").read_bytes())
    hashes.add(sources.open(folder).facts.sha256)
    assert len(hashes) == 3
    assert sources.open(folder).facts.sha256 in hashes


# Cameras


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


# Lists, and real films


def test_a_list_is_a_source():
    frames = [Frame(n, n / 30, marked(n)) for n in range(3)]
    source = sources.FrameList(frames, SourceFacts("list", None, 30.0, 128, 96))
    assert list(source) == frames == list(source)
    assert isinstance(source, sources.Source)


@pytest.mark.clips
@pytest.mark.parametrize(
    ("name", "frames", "fps", "size"),
    [
        ("front_chair_bodypose3d.mp4", 187, 20, (720, 720)),
        ("front_no_depth_gif.gif", 60, 12.5, (240, 427)),
        ("front_olympic_gif.gif", 57, 12.5, (240, 427)),
        ("humanoid_robot.mp4", 781, 30, (640, 480)),
        ("no_person_car.mp4", 377, 12.5, (768, 432)),
        ("p2s_balance_cam02.mp4", 100, 60, (1080, 1920)),
        ("side_gym_mit.mp4", 614, 29.97, (608, 1080)),
        ("side_trainer_two_people.mp4", 225, 15, (452, 254)),
        ("sports2d_demo_multi_backlight.mp4", 230, 30, (1768, 994)),
        ("tfjs_pose_squats.mp4", 65, 5, (720, 1280)),
        ("treadmill_side_portrait.mp4", 360, 30, (720, 1280)),
        ("two_people_occlusion_p2s_cam01.mp4", 100, 60, (1088, 1920)),
    ],
)
def test_real_clips_are_whole(clips, name, frames, fps, size):
    got, facts = read(clips / name)
    assert (facts.frames, facts.fps, (facts.width, facts.height)) == (frames, pytest.approx(fps, rel=1e-3), size)
    assert facts.duration_s == pytest.approx(frames / fps, rel=1e-3)
    assert (facts.rate_assumed, facts.rate_varies, facts.damaged) == (False, False, False)
    assert len(got) == (50 if fps == 60 else frames)
    assert max(got[0].image.shape) <= 1280
