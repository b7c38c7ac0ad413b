"""Printed tags: found to a fraction of a pixel, missing where a hand is on them, and found in no film without."""

from dataclasses import replace

import numpy as np
import pytest

from alignment import sources
from alignment.marks import tags
from tests.conftest import ROOT
from tests.painted_marks import angle_errors_deg, errors_px, paint_tags, wearer

#: Films without tags.
SAMPLES = ("squat_front", "stairs_up_behind", "cycling_c1", "second_person_c", "table_t")


def read(film):
    return film.read(tags.TagReader(film.film.facts))


@pytest.mark.parametrize(
    ("edge_px", "how"),
    [
        (22.0, {}),
        (22.0, {"noise": 8.0}),
        (30.0, {"blur_px": 1.5}),
        (45.0, {"reduced": 2.0}),
        (40.0, {"worn_by": wearer(from_behind=True)}),
    ],
)
def test_they_are_found_to_a_fraction_of_a_pixel(edge_px, how):
    film = paint_tags(edge_px=edge_px, **how)
    marks = read(film)
    assert (marks.kind, marks.names) == ("tags", ("pelvis_left", "pelvis_right"))
    given = np.isfinite(marks.pixels[..., 0])
    # A fifth of a second may pass until they are looked for in every picture.
    assert given.all(axis=1)[6:].mean() > 0.95
    off = errors_px(marks, film)
    assert np.sqrt((off**2).mean()) < 1.5 * marks.error_px
    assert np.sqrt((angle_errors_deg(marks, film) ** 2).mean()) < 0.4
    assert ((marks.score > 0) == given).all()


def test_a_hand_over_one_makes_it_missing_and_no_other():
    who = wearer()
    hand = np.full((60, 2), np.nan)
    hand[20:40] = who.marks[20:40, 0] + np.abs(np.linspace(-70, 70, 20))[:, None] * [1, 0.3]
    marks = read(paint_tags(edge_px=26, worn_by=who, hand=hand))
    seen = np.isfinite(marks.pixels[..., 0])
    assert not seen[26:34, 0].any()
    assert seen[8:, 1].mean() > 0.95
    assert seen[44:].all()
    assert np.abs(errors_px(marks, paint_tags(edge_px=26, worn_by=who))).max() < 1.0


def test_other_tags_and_a_single_one_are_none():
    assert read(paint_tags(7, 8)) is None
    assert read(paint_tags(5, 5)) is None
    assert read(paint_tags(6, 8)) is None


def test_tags_on_somebody_else_are_none():
    film = paint_tags()
    elsewhere = replace(film, track=replace(film.track, pixels=film.track.pixels + [600.0, 0.0]))
    assert read(elsewhere) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_none_is_found_in_a_film_without(name):
    film = sources.open(ROOT / "samples" / f"{name}.mp4", sources.Reading(max_fps=5.0, end_s=4.0))
    reader = tags.TagReader(film.facts)
    for frame in film:
        reader.add(frame, np.empty((0, 33, 2)))
    assert not any(np.isfinite(one).any() for one in reader._found)
