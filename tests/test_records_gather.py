"""What records take from a result folder: the right pictures at the right times, faces hidden, whatever the film is like."""

import shutil
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from alignment import outputs, sources
from alignment.core.result import Cycle
from alignment.core.track import SourceFacts
from alignment.errors import InputError
from alignment.outputs import track_of_parquet
from alignment.records import operator as operators
from alignment.records.from_folder import MOST_KEY_FRAMES, MOST_ROWS_PX, gather
from alignment.texts import text_of
from tests import films
from tests.results import make_result, make_track, write_result

FRAMES = 40


def cycles_at(times_s, rejected=()):
    return tuple(
        Cycle(k, "rep", "both", t - 0.1, t + 0.1, t, "too_shallow" if k in rejected else None)
        for k, t in enumerate(times_s)
    )


def track_of(film: Path, **how):
    """A track with exactly the pictures that an analysis of the film would see, and nobody's face in it."""
    source = sources.open(film, sources.Reading(**how))
    times_s = np.array([frame.time_s for frame in source])
    made = make_track(len(times_s), samples=())
    return replace(made, time_s=times_s, faces=made.faces * np.nan, source=source.facts)


def folder_for(place: Path, track, cycles, images=None) -> Path:
    """A result folder; its overlay is of these pictures, at the track's times."""
    place.mkdir()
    write_result(place, make_result(track, cycles=cycles), track)
    if images is not None:
        from alignment.outputs import video_encoder

        times_s = track.time_s.tolist()
        video_encoder.write_file(place / outputs.OVERLAY, zip(times_s, images, strict=True))
    return place


def picture(jpeg: bytes) -> np.ndarray:
    return cv2.cvtColor(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Numbered pictures, a key picture every seventh."""
    path = tmp_path_factory.mktemp("film") / "knee.mp4"
    return films.write(path, [films.marked(i) for i in range(FRAMES)], options={"g": "7"})


def test_pictures_of_the_film_are_those_of_the_key_moments(film, tmp_path):
    track = track_of(film)
    key_s = [0.0, 10 / 30 + 0.004, 11 / 30, 39 / 30]
    new = gather(folder_for(tmp_path / "knee", track, cycles_at(key_s)), film)
    assert [films.number_of(picture(one.jpeg)) for one in new.key_frames] == [0, 10, 11, 39]
    assert [one.time_s for one in new.key_frames] == [float(track.time_s[at]) for at in (0, 10, 11, 39)]
    assert [one.cycle for one in new.key_frames] == [0, 1, 2, 3]
    assert not any(one.drawn for one in new.key_frames)
    assert new.video is None


def test_result_and_track_are_taken_as_they_are(film, tmp_path):
    folder = folder_for(tmp_path / "knee", track_of(film), cycles_at([0.5]))
    new = gather(folder, film, keep_video=True)
    assert new.result == outputs.read_result(folder)
    assert new.track == (folder / outputs.TRACK).read_bytes()
    assert new.video == film


def test_what_does_not_count_is_not_shown(film, tmp_path):
    cycles = cycles_at([0.2, 0.5, 0.9], rejected={1})
    new = gather(folder_for(tmp_path / "knee", track_of(film), cycles), film)
    assert [one.cycle for one in new.key_frames] == [0, 2]


def test_of_many_repetitions_some_are_shown_from_the_first_to_the_last(film, tmp_path):
    track = track_of(film)
    cycles = cycles_at(np.linspace(0, 1.2, 3 * MOST_KEY_FRAMES).tolist())
    new = gather(folder_for(tmp_path / "knee", track, cycles), film)
    shown = [one.cycle for one in new.key_frames]
    assert len(shown) == MOST_KEY_FRAMES
    assert (shown[0], shown[-1]) == (0, 3 * MOST_KEY_FRAMES - 1)
    assert set(np.diff(shown)) <= {2, 3, 4}


def test_a_part_of_the_film_keeps_the_film_s_time(film, tmp_path):
    track = track_of(film, start_s=0.5, end_s=1.0)
    folder = folder_for(tmp_path / "knee", track, cycles_at([20 / 30]), (films.marked(i) for i in range(15, 30)))
    for new, drawn in ((gather(folder, film), False), (gather(folder), True)):
        (one,) = new.key_frames
        assert films.number_of(picture(one.jpeg)) == 20
        assert one.time_s in track.time_s.tolist()
        assert one.drawn == drawn


def test_a_turned_and_mirrored_film_stands_upright_and_unmirrored(tmp_path):
    stored = [np.ascontiguousarray(np.rot90(films.marked(n, 96, 160))) for n in range(12)]
    turned = films.with_matrix(films.write(tmp_path / "turned.mp4", stored), 0, 1, -1, 0)
    track = track_of(turned, mirrored=True)
    (one,) = gather(folder_for(tmp_path / "knee", track, cycles_at([0.2])), turned).key_frames
    assert picture(one.jpeg).shape == (160, 96, 3)
    assert films.number_of(picture(one.jpeg)[:, ::-1]) == 6
    films.assert_upright(picture(one.jpeg)[:, ::-1])


def test_a_folder_of_pictures_will_do_but_cannot_be_kept(tmp_path):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(8):
        cv2.imwrite(str(pictures / f"{number}.png"), films.marked(number)[:, :, ::-1])
    track = track_of(pictures, rate_hz=12.5)
    folder = folder_for(tmp_path / "knee", track, cycles_at([5 / 12.5]))
    assert films.number_of(picture(gather(folder, pictures).key_frames[0].jpeg)) == 5
    with pytest.raises(InputError) as fault:
        gather(folder, pictures, keep_video=True)
    assert fault.value.code == "records_video_no_file"


def test_large_pictures_are_reduced_to_the_height_agreed(tmp_path):
    wide = films.write(tmp_path / "wide.mp4", [films.marked(i, 2000, 1200) for i in range(2)])
    tall = films.write(tmp_path / "tall.mp4", [films.marked(i, 600, 1300) for i in range(2)])
    for path, size in ((wide, (MOST_ROWS_PX, 1600)), (tall, (MOST_ROWS_PX, 443))):
        (one,) = gather(folder_for(tmp_path / path.stem, track_of(path), cycles_at([0.0])), path).key_frames
        assert picture(one.jpeg).shape[:2] == size


def checkered(width=240, height=320):
    """A picture in which every blur shows."""
    image = np.zeros((height, width, 3), np.uint8)
    image[(np.add.outer(np.arange(height) // 2, np.arange(width) // 2) % 2).astype(bool)] = 255
    return image


@pytest.mark.parametrize("drawn", [False, True])
def test_faces_are_hidden_in_the_film_s_pictures_and_in_an_overlay_s(tmp_path, drawn):
    path = films.write(tmp_path / "knee.mp4", [checkered()] * 4, options={"crf": "12"})
    track = track_of(path)
    track.faces[0, 0] = (80.0, 60.0, 30.0)  # missing in the later frames, which stay covered
    overlay = [np.vstack([np.kron(checkered(), np.ones((2, 2, 1), np.uint8)), np.full((50, 480, 3), 9, np.uint8)])] * 4
    folder = folder_for(tmp_path / "knee", track, cycles_at([2 / 30]), overlay if drawn else None)
    (one,) = gather(folder, None if drawn else path).key_frames
    image = picture(one.jpeg)
    scale = 2 if drawn else 1
    assert one.drawn == drawn
    assert image.shape == (320 * scale, 240 * scale, 3)  # without the strip of words
    face = image[40 * scale : 80 * scale, 60 * scale : 100 * scale]
    beside = image[200 * scale : 240 * scale, 60 * scale : 100 * scale]
    assert face.std() < 30 < 100 < beside.std()


def test_without_film_and_overlay_there_are_no_pictures(film, tmp_path):
    folder = folder_for(tmp_path / "knee", track_of(film), cycles_at([0.5]))
    assert gather(folder).key_frames == ()
    assert gather(folder).track == (folder / outputs.TRACK).read_bytes()


def test_a_result_in_which_nothing_counts_has_no_pictures(film, tmp_path):
    folder = folder_for(tmp_path / "knee", track_of(film), (), (films.marked(i) for i in range(FRAMES)))
    assert gather(folder).key_frames == gather(folder, film).key_frames == ()


def refusal(*arguments, **options) -> str:
    with pytest.raises(InputError) as fault:
        gather(*arguments, **options)
    assert text_of(fault.value).remedy
    return fault.value.code


def test_what_cannot_be_taken_up_says_so(film, tmp_path):
    track = track_of(film)
    folder = folder_for(tmp_path / "knee", track, cycles_at([0.5]))
    other = films.write(tmp_path / "other.mp4", [films.marked(i) for i in range(FRAMES - 1)])
    assert refusal(folder, other) == "records_other_film"
    assert refusal(folder, tmp_path / "gone.mp4") == "missing_file"
    assert refusal(folder, keep_video=True) == "records_video_missing"
    assert refusal(tmp_path / "nowhere") == "missing_file"
    (folder / outputs.OVERLAY).write_bytes(b"no film")
    assert refusal(folder) == "records_bad_overlay"
    assert len(gather(folder, film).key_frames) == 1
    (folder / outputs.TRACK).write_bytes(b"PAR1")
    assert refusal(folder) == "bad_track_file"
    (folder / outputs.TRACK).unlink()
    assert refusal(folder) == "missing_file"


def test_parts_of_two_analyses_are_not_mixed(film, tmp_path):
    folder = folder_for(tmp_path / "knee", track_of(film), cycles_at([0.5]))
    shutil.copy(folder_for(tmp_path / "part", track_of(film, end_s=1.0), ()) / outputs.TRACK, folder / outputs.TRACK)
    assert refusal(folder, film) == "records_two_films"


def test_a_result_with_words_of_another_version_is_refused(film, tmp_path):
    folder = folder_for(tmp_path / "knee", track_of(film), cycles_at([0.5]))
    result = replace(make_result(track_of(film)), activity="handstand", curves=None)
    (folder / outputs.RESULT).write_text(result.to_json())
    assert refusal(folder) == "bad_result_file"


def test_a_camera_s_result_has_no_film_to_be_compared_with(film, tmp_path):
    camera = SourceFacts("camera 0", None, 30.0, 128, 96)
    track = replace(track_of(film), source=camera)
    folder = folder_for(tmp_path / "camera_0", track, cycles_at([0.5]))
    assert gather(folder).key_frames == ()
    assert refusal(folder, film) == "records_other_film"


def test_a_sample_s_pictures_come_within_seconds(samples, tmp_path):
    track = track_of(samples / "squat_front.mp4", max_side_px=64)
    folder = folder_for(tmp_path / "squat", track, cycles_at([2.0, 5.0, 9.0, 12.9]))
    new = gather(folder, samples / "squat_front.mp4")
    assert track_of_parquet(new.track, "track").frames == 390
    assert [picture(one.jpeg).shape for one in new.key_frames] == [(960, 540, 3)] * 4


# --- The operator


def test_the_operator_s_name_is_kept_on_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert operators.operator() == ""
    assert operators.set_operator("  Zoë\nMüller ") == "Zoë Müller"
    assert operators.operator() == "Zoë Müller"
    operators.set_operator("")
    assert operators.operator() == ""
    assert list((tmp_path / "config").rglob("operator")) == []


def test_a_name_that_cannot_be_kept_says_so(tmp_path, monkeypatch):
    (tmp_path / "config").write_text("in the way")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert operators.operator() == ""
    for name, code in (("Zoë", "records_operator_not_kept"), ("Z" * 201, "records_text_too_long")):
        with pytest.raises(InputError) as fault:
            operators.set_operator(name)
        assert fault.value.code == code
