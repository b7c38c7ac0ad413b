import hashlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from alignment import sources
from alignment.core.track import Frame, SourceFacts
from alignment.errors import InputError
from alignment.sources import film
from alignment.texts import text_of
from tests import films
from tests.films import (
    assert_upright,
    marked,
    number_of,
    numbered,
    numbers,
    read,
    times,
    write,
)

pytestmark = pytest.mark.checked

COUNT = 20


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
    source = sources.open(numbered(tmp_path / "a.mp4", COUNT), sources.Reading(start_s=0.1, mirrored=True))
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


def test_a_film_that_cannot_be_read_to_its_end_is_told(tmp_path, monkeypatch):
    path = numbered(tmp_path / "a.mp4", 30, "mpeg4")
    packets = film._packets
    monkeypatch.setattr(film, "_packets", lambda *more: chain(islice(packets(*more), 12), [None]))
    frames, facts = read(path)
    assert 0 < len(frames) <= 12
    assert numbers(frames) == list(range(len(frames)))
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
    strange = numbered(tmp_path / "strange.mkv", 5, "mpeg4")
    strange.write_bytes(strange.read_bytes().replace(b"V_MPEG4/ISO/ASP", b"V_UNKNOWN/XX/YY"))
    yield "codec of tomorrow", "unknown_codec", strange
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
        assert str(path) in text_of(refused.value).message, what
        assert text_of(refused.value).remedy, what
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
