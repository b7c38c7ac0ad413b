"""Tapped points: followed to a fraction of a pixel, missing under a hand, refused on plain cloth; beads of a real film."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from alignment import sources, workflow
from alignment.errors import InputError
from alignment.marks import taps
from alignment.pose.fake import FakeEngine
from alignment.request import Request
from alignment.sources import FrameList
from alignment.workflow import CancelledError, Stage
from tests.painted_marks import FPS, angle_errors_deg, errors_px, paint_beads, track_of, wearer


def tap(film, at=20, off=(0.0, 0.0)):
    """A tap on the beads in one picture, beside them by so much."""
    points = film.wearer.marks[at] + off
    return taps.Tap(at / FPS, tuple(map(tuple, points.tolist())))


def read(film, *tapped):
    return film.read(taps.TapReader(tapped, film.film.facts))


@pytest.mark.parametrize(
    ("at", "how"),
    [
        (0, {}),
        (30, {}),
        (59, {"noise": 8.0}),
        (20, {"edge_px": 7.0}),
        (20, {"edge_px": 14.0, "reduced": 1.5}),
        (20, {"blur_px": 1.5}),
        (20, {"worn_by": wearer(from_behind=True)}),
    ],
)
def test_they_are_followed_before_and_after_the_tap(at, how):
    film = paint_beads(**how)
    marks = read(film, tap(film, at))
    assert (marks.kind, marks.names) == ("taps", ("pelvis_left", "pelvis_right"))
    assert np.isfinite(marks.pixels).all(axis=(1, 2)).mean() > 0.9
    assert np.sqrt((errors_px(marks, film) ** 2).mean()) < marks.error_px
    assert np.sqrt((angle_errors_deg(marks, film) ** 2).mean()) < 0.5
    assert ((marks.score > 0) == np.isfinite(marks.pixels[..., 0])).all()


def test_a_finger_misses_by_two_pixels_and_the_bead_is_followed():
    film = paint_beads()
    marks = read(film, tap(film, off=(1.5, -1.5)))
    assert np.sqrt((errors_px(marks, film) ** 2).mean()) < marks.error_px


def test_a_hand_makes_them_missing_and_never_wrong():
    who = wearer(3.0)
    hand = np.full((90, 2), np.nan)
    hand[25:65] = who.marks[25:65, 0] + np.abs(np.linspace(-70, 70, 40))[:, None] * [1, 0.3]
    film = paint_beads(worn_by=who, hand=hand)
    marks = read(film, tap(film, 5))
    given = np.isfinite(marks.pixels[..., 0])
    assert not given[40:50, 0].any()
    assert given[:, 1].mean() > 0.9
    assert given[:24].all(axis=1).mean() > 0.9
    assert given[70:].all(axis=1).mean() > 0.9
    assert np.abs(errors_px(marks, film)).max() < 1.5


def test_a_later_tap_holds_from_its_picture_on():
    film = paint_beads()
    one, other = tap(film, 5), tap(film, 40)
    alone, both = read(film, one), read(film, one, other)
    assert np.array_equal(both.pixels[:40], alone.pixels[:40], equal_nan=True)
    assert not np.array_equal(both.pixels[40:], alone.pixels[40:], equal_nan=True)


@pytest.mark.parametrize(
    ("code", "points", "time_s"),
    [
        ("tap_without_texture", ((300.0, 420.0), (200.0, 420.0)), 0.5),
        ("tap_outside_picture", ((481.0, 300.0), (200.0, 300.0)), 0.5),
        ("taps_too_close", ((240.0, 300.0), (245.0, 300.0)), 0.5),
        ("tap_outside_film", ((300.0, 300.0), (200.0, 300.0)), 7.0),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_reason(code, points, time_s):
    film = paint_beads()
    with pytest.raises(InputError) as refused:
        read(film, taps.Tap(time_s, points))
    assert refused.value.code == code
    assert f"{time_s:.2f} s" in str(refused.value)


def test_what_looks_the_same_beside_it_is_refused():
    stripes = np.tile(np.where(np.arange(480) // 6 % 2, 60, 200), (640, 1))
    squares = np.where(np.arange(640)[:, None] // 6 % 2, stripes, 260 - stripes).astype(np.uint8)
    image = np.repeat(squares[..., None], 3, axis=2)
    with pytest.raises(InputError) as refused:
        taps.tapped_in(image, 480, taps.Tap(0.0, ((300.0, 300.0), (180.0, 300.0))))
    assert refused.value.code == "tap_not_alone"


def test_the_text_of_an_option_is_read_and_written():
    text = "210.0,300.0,110.5,301.0@1.500;212.0,310.0,111.0,311.0@0.250"
    read = taps.parse_taps(text)
    assert [one.time_s for one in read] == [0.25, 1.5]
    assert read[1].points == ((210.0, 300.0), (110.5, 301.0))
    assert taps.parse_taps(taps.format_taps(read)) == read
    for bad in ("", ";", "1,2,3,4", "1,2,3@1", "1,2,3,x@1", "1,2,3,4@-1", "1,2,3,nan@1", "1,2,3,4,5@1"):
        with pytest.raises(InputError) as refused:
            Request("squat", pelvis_points=bad).check()
        assert refused.value.code == "bad_pelvis_points"


def test_following_can_be_cancelled():
    film = paint_beads(worn_by=wearer(1.0))
    request = Request("squat", pelvis_points=taps.format_taps((tap(film, 5),)))

    def progress(stage, share):
        if stage is Stage.LANDMARKS and share is None:
            raise CancelledError

    with pytest.raises(CancelledError):
        workflow.find_landmarks(film.film, request, FakeEngine(), progress)


def test_they_are_followed_without_anybody_seen_and_come_before_tags():
    film = paint_beads()
    request = Request("squat", pelvis_points=taps.format_taps((tap(film),)))
    track = workflow.find_landmarks(film.film, request, FakeEngine())
    assert track.marks.kind == "taps"
    # Back from the tap as well, where no hips say where to look.
    assert np.isfinite(track.marks.pixels[:20]).all(axis=(1, 2)).mean() > 0.9
    assert np.isfinite(track.marks.pixels[20:]).all(axis=(1, 2)).mean() > 0.9
    with pytest.raises(InputError) as refused:
        workflow.analyze(0, replace(request, end_s=3.0), FakeEngine())
    assert refused.value.code == "camera_has_no_taps"


@pytest.fixture(scope="module")
def truth(real_films):
    """Where the beads on both front spines are in every second picture; missing where the two cameras do not agree."""
    with (real_films / "p2s_asis_truth.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::2]
    names = [f"cam02_{side}_{axis}" for side in ("lasis", "rasis") for axis in "xy"]
    missing = ["nan"] * 4
    pixels = [[row[name] for name in names] if row["obliquity_deg_right_higher"] else missing for row in rows]
    # As OpenCV counts: whole numbers in the middle of a pixel.
    return np.array(pixels, float).reshape(-1, 2, 2) + 0.5


@pytest.fixture(scope="module")
def film(clips):
    film = sources.open(clips / "p2s_balance_cam02.mp4")
    return FrameList(list(film), film.facts)


@pytest.mark.parametrize("at", [0, 28, 35, 42, 48])
@pytest.mark.parametrize("finger_px", [0.0, 1.5])
def test_beads_of_a_real_film_are_followed_to_half_a_pixel(film, truth, at, finger_px):
    beside = np.random.default_rng(at).normal(0, finger_px, (2, 2))
    tapped = taps.Tap(film.frames[at].time_s, tuple(map(tuple, (truth[at] + beside).tolist())))
    reader = taps.TapReader((tapped,), film.facts)
    track = _standing_at(truth, film)
    for frame, body in zip(film, track.pixels, strict=True):
        reader.add(frame, body[None])
    marks = reader.marks(track, film)
    off = (marks.pixels - truth)[np.isfinite(truth).all(axis=(1, 2))]
    given = np.isfinite(off).all(axis=(1, 2))
    assert given.mean() > 0.6
    assert np.sqrt((off[given] ** 2).mean()) < marks.error_px
    turned = _angles_deg(marks.pixels) - _angles_deg(truth)
    assert np.sqrt(np.nanmean(turned**2)) < 0.5


def _angles_deg(pixels):
    across = pixels[:, 0] - pixels[:, 1]
    return np.degrees(np.arctan2(-across[:, 1], across[:, 0]))


def _standing_at(points, film):
    """Landmarks of somebody whose hips are a little below these points, between those that are known."""
    known = np.isfinite(points[:, 0, 0])
    at, frames = np.flatnonzero(known), np.arange(len(points))
    middle = np.stack([np.interp(frames, at, points[at].mean(axis=1)[:, axis]) for axis in (0, 1)], axis=1)
    size = np.full(len(points), 230 / 183)
    who = replace(wearer(), middle=middle + [0, 30], tilt_deg=0 * size, size=size)
    times_s = np.array([frame.time_s for frame in film])
    return replace(track_of(who, film.facts, np.random.default_rng(1)), time_s=times_s)
