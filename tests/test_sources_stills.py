"""Single pictures of a film: the same as those of reading all of it, whatever lies between."""

import numpy as np
import pytest

from alignment import sources
from alignment.errors import InputError
from alignment.sources.clock import CLOCK_RESET_S
from alignment.sources.reading import LOST_S
from tests import films


def all_of(path, **how):
    return list(sources.open(path, sources.Reading(max_fps=240.0, **how)))


def test_stills_are_the_pictures_of_the_whole_film(samples):
    path = samples / "cycling_c1r.mp4"
    frames = all_of(path, start_s=0.5)
    chosen = [frames[at] for at in (0, 1, 40, 41, 41, 120, len(frames) - 1)]
    stills = list(sources.stills(path, [frame.time_s for frame in chosen], sources.Reading(start_s=0.5)))
    assert [still.time_s for still in stills] == [frame.time_s for frame in chosen]
    assert all((still.image == frame.image).all() for still, frame in zip(stills, chosen, strict=True))


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".avi", ".mov"])
def test_the_nearest_picture_counts(tmp_path, suffix):
    path = films.write(tmp_path / f"knee{suffix}", [films.marked(i) for i in range(12)])
    times_s = [frame.time_s for frame in all_of(path)]
    asked_s = [times_s[3] - 1e-4, times_s[3] + 1e-4, times_s[5] + 0.6 * (times_s[6] - times_s[5]), times_s[-1] + 7.0]
    assert [still.time_s for still in sources.stills(path, asked_s)] == [times_s[at] for at in (3, 3, 6, 11)]


def test_stills_of_a_folder_are_taken_at_its_rate(tmp_path):
    films.write(tmp_path / "film.mp4", [films.marked(i) for i in range(6)])
    import cv2

    for frame in all_of(tmp_path / "film.mp4"):
        (tmp_path / "pictures").mkdir(exist_ok=True)
        cv2.imwrite(str(tmp_path / "pictures" / f"{frame.index}.png"), frame.image[:, :, ::-1])
    frames = all_of(tmp_path / "pictures", rate_hz=5.0)
    (still,) = sources.stills(tmp_path / "pictures", [0.81], sources.Reading(rate_hz=5.0))
    assert still.time_s == pytest.approx(0.8)
    assert (still.image == frames[4].image).all()


def test_no_times_give_no_pictures(tmp_path):
    path = films.write(tmp_path / "knee.mp4", [films.marked(i) for i in range(3)])
    assert list(sources.stills(path, [])) == []


def test_stills_are_turned_back_and_reduced(tmp_path):
    path = films.write(tmp_path / "knee.mp4", [films.marked(i) for i in range(3)])
    (plain,) = sources.stills(path, [0.0])
    (mirrored,) = sources.stills(path, [0.0], sources.Reading(mirrored=True, max_side_px=max(plain.image.shape) // 2))
    assert mirrored.image.shape[0] == plain.image.shape[0] // 2
    half = plain.image[::2, ::2][: mirrored.image.shape[0], : mirrored.image.shape[1]]
    assert np.abs(mirrored.image[:, ::-1].astype(int) - half).mean() < 12


def test_a_seek_that_leads_astray_is_made_good_by_reading_all(tmp_path, monkeypatch):
    from alignment.sources.film import Film

    path = films.write(tmp_path / "knee.mp4", [films.marked(i) for i in range(90)])
    frames = all_of(path)
    monkeypatch.setattr(Film, "_enter", lambda film, *_: (shot for shot in [next(film._decode(None))]))
    (still,) = sources.stills(path, [frames[60].time_s])
    assert still.time_s == frames[60].time_s
    assert (still.image == frames[60].image).all()
    assert LOST_S < CLOCK_RESET_S


def test_what_is_no_film_says_so(tmp_path):
    (tmp_path / "no.mp4").write_bytes(b"no film")
    with pytest.raises(InputError) as fault:
        sources.stills(tmp_path / "no.mp4", [0.0])
    assert fault.value.code == "not_a_video"
