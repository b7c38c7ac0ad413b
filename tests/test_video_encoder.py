import errno
import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from alignment.errors import InputError
from alignment.outputs import video_encoder
from alignment.texts import text_of

RED, GREEN, GREY = (200, 30, 40), (0, 158, 115), (120, 120, 120)


def picture(colour=GREY, rows=64, columns=96):
    return np.full((rows, columns, 3), colour, np.uint8)


def moving(count, rate_hz=30.0, rows=64, columns=96):
    """A bright bar that goes to the right by two pixels a frame."""
    for i in range(count):
        image = picture(rows=rows, columns=columns)
        image[:, 2 * i % columns : 2 * i % columns + 8] = 255
        yield i / rate_hz, image


def read(path):
    with av.open(str(path)) as file:
        frames = list(file.decode(video=0))
        return [float(frame.pts * frame.time_base) for frame in frames], [f.to_ndarray(format="rgb24") for f in frames]


def test_it_is_a_film_that_browsers_play(tmp_path):
    path = tmp_path / "overlay.mp4"
    assert video_encoder.write_file(path, moving(10)) == 10
    with av.open(str(path)) as file:
        codec = file.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt, codec.width, codec.height) == ("h264", "yuv420p", 96, 64)
        assert not file.streams.audio
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize("rate_hz", [5.0, 12.5, 24.0, 30000 / 1001, 30.0, 60.0, 240.0])
def test_even_times_are_kept(tmp_path, rate_hz):
    video_encoder.write_file(tmp_path / "a.mp4", moving(24, rate_hz))
    times, _ = read(tmp_path / "a.mp4")
    np.testing.assert_allclose(times, np.arange(24) / rate_hz, atol=0.5 / video_encoder.CLOCK_HZ + 1e-9)


def test_uneven_times_are_kept_and_begin_at_nought(tmp_path):
    steps = np.random.default_rng(3).choice([1 / 60, 1 / 30, 1 / 24, 0.2, 1.5], 60)
    times = 4.2 + np.concatenate([[0.0], np.cumsum(steps)])
    video_encoder.write_file(tmp_path / "a.mp4", ((t, image) for t, (_, image) in zip(times, moving(61), strict=True)))
    found, _ = read(tmp_path / "a.mp4")
    np.testing.assert_allclose(found, times - times[0], atol=0.5 / video_encoder.CLOCK_HZ + 1e-9)


def test_every_picture_stays_in_its_place(tmp_path):
    video_encoder.write_file(tmp_path / "a.mp4", moving(40))
    _, images = read(tmp_path / "a.mp4")
    bars = [float(np.mean(np.flatnonzero(image[32, :, 1] > 190))) for image in images]
    np.testing.assert_allclose(bars, 2.0 * np.arange(40) + 3.5, atol=1.0)


@pytest.mark.parametrize(("count", "rate_hz"), [(20, 10.0), (2, 10.0), (31, 50.0)])
def test_the_last_picture_lasts_as_long_as_the_one_before(tmp_path, count, rate_hz):
    video_encoder.write_file(tmp_path / "a.mp4", moving(count, rate_hz))
    with av.open(str(tmp_path / "a.mp4")) as file:
        assert file.duration / av.time_base == pytest.approx(count / rate_hz, abs=0.002)


def test_a_single_picture_is_a_film_too(tmp_path):
    assert video_encoder.write_file(tmp_path / "a.mp4", [(0.0, picture())]) == 1
    times, images = read(tmp_path / "a.mp4")
    assert times == [0.0]
    assert images[0].shape == (64, 96, 3)


@pytest.mark.parametrize("colour", [RED, GREEN, GREY, (240, 228, 66), (86, 180, 233)])
def test_colours_are_kept(tmp_path, colour):
    video_encoder.write_file(tmp_path / "a.mp4", [(0.0, picture(colour)), (0.1, picture(colour))])
    with av.open(str(tmp_path / "a.mp4")) as file:
        frame = next(file.decode(video=0))
        # 1 is BT.709 and the range 16 to 235, which players have to know.
        assert (int(frame.colorspace), int(frame.color_range)) == (1, 1)
        shown = frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray()
    np.testing.assert_allclose(shown[32, 48].astype(int), colour, atol=4)


def test_odd_sizes_are_made_even_by_repeating_the_edge(tmp_path):
    image = picture(rows=63, columns=95)
    image[:, -3:] = RED
    video_encoder.write_file(tmp_path / "a.mp4", [(i / 30, image) for i in range(3)])
    _, images = read(tmp_path / "a.mp4")
    assert images[0].shape == (64, 96, 3)
    np.testing.assert_allclose(images[0][10, -1].astype(int), RED, atol=12)
    np.testing.assert_allclose(images[0][-1, 10].astype(int), GREY, atol=6)


def test_a_size_that_changes_on_the_way_is_brought_to_the_first(tmp_path):
    video_encoder.write_file(
        tmp_path / "a.mp4", [(0.0, picture()), (0.1, picture(rows=128, columns=192)), (0.2, picture())]
    )
    times, images = read(tmp_path / "a.mp4")
    assert len(times) == 3
    assert {image.shape for image in images} == {(64, 96, 3)}


def test_times_closer_than_the_clock_still_give_every_picture(tmp_path):
    video_encoder.write_file(
        tmp_path / "a.mp4", [(0.0, picture()), (0.0, picture()), (1e-7, picture()), (0.5, picture())]
    )
    times, _ = read(tmp_path / "a.mp4")
    assert times == pytest.approx([0.0, 1 / video_encoder.CLOCK_HZ, 2 / video_encoder.CLOCK_HZ, 0.5])


def test_nothing_about_its_source_is_told(tmp_path):
    video_encoder.write_file(tmp_path / "a.mp4", moving(5))
    with av.open(str(tmp_path / "a.mp4")) as file:
        assert set(file.metadata) <= {"major_brand", "minor_version", "compatible_brands", "encoder"}


def test_no_picture_leaves_no_file(tmp_path):
    assert video_encoder.write_file(tmp_path / "a.mp4", []) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("after", [0, 1, 3, 30])
@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, OSError])
def test_a_fault_in_the_middle_leaves_nothing_new(tmp_path, fault, after):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"an older film")

    def pictures():
        yield from moving(after)
        raise fault("stop")

    with pytest.raises(fault, match="stop"):
        video_encoder.write_file(path, pictures())
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"an older film"


def test_the_name_appears_only_with_the_whole_film(tmp_path):
    path = tmp_path / "a.mp4"

    def pictures():
        for time_s, image in moving(8):
            assert not path.exists()
            yield time_s, image

    video_encoder.write_file(path, pictures())
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(InputError) as told:
        video_encoder.write_file(tmp_path / "none" / "a.mp4", moving(3))
    assert told.value.code == "out_not_writable"
    assert str(tmp_path / "none") in text_of(told.value).message


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path):
    # The device that is always full stands in for the temporary file.
    full = tmp_path / "part"
    full.symlink_to("/dev/full")
    noise = np.random.default_rng(1).integers(0, 255, (40, 128, 128, 3)).astype(np.uint8)
    with pytest.raises(InputError) as told:
        video_encoder.write_file(tmp_path / "a.mp4", ((i / 30, image) for i, image in enumerate(noise)), temporary=full)
    assert told.value.code == "disk_full"
    assert isinstance(told.value.__cause__, OSError)
    assert told.value.__cause__.errno == errno.ENOSPC
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_spaces_and_umlauts(tmp_path):
    folder = tmp_path / "Übung am Knie"
    folder.mkdir()
    assert video_encoder.write_file(folder / "Größe 1.mp4", moving(3)) == 3
    assert [path.name for path in folder.iterdir()] == ["Größe 1.mp4"]


def test_the_clock_hits_the_usual_rates():
    for rate in (24, 25, 30, 50, 60, Fraction(30000, 1001)):
        assert (video_encoder.CLOCK_HZ / Fraction(rate)).denominator == 1


def test_importing_the_views_stays_light():
    import subprocess
    import sys

    code = "import sys, alignment.views.overlay; sys.exit('av' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parent.parent).returncode == 0


def test_a_film_in_memory_is_an_ordinary_one():
    """As the live page makes it: the same codec, size, colours and times, without touching the disk."""
    content = io.BytesIO()
    pictures = [(k / 10, np.full((51, 67, 3), 20 * k, np.uint8)) for k in range(8)]
    assert video_encoder.write_stream(content, pictures) == 8
    with av.open(io.BytesIO(content.getvalue())) as film:
        stream = film.streams.video[0]
        frames = list(film.decode(stream))
    assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 68, 52)
    assert np.allclose([frame.time for frame in frames], np.arange(8) / 10, atol=1e-3)
    assert video_encoder.write_stream(io.BytesIO(), []) == 0
