"""Two points over time: what jumps apart is disbelieved, short gaps are bridged, and nothing is made up beyond that."""

from dataclasses import replace

import numpy as np
import pytest

from alignment.core.track import SourceFacts
from alignment.marks.steadiness import bridged, figure_px, steadied, without_jumps
from tests.painted_marks import FPS, HEIGHT, WIDTH, track_of, wearer

TIME_S = np.arange(60) / 30


def pair(apart_px):
    """Two points that move together, so far apart."""
    left = np.stack([300 + 20 * np.sin(TIME_S), 400 + 30 * TIME_S], axis=1)
    return np.stack([left, left - np.stack([apart_px * np.ones(60), np.zeros(60)], axis=1)], axis=1)


def tracked(who):
    """What a model sees of somebody, with some noise."""
    facts = SourceFacts("painted", None, FPS, WIDTH, HEIGHT, frames=len(who.size), duration_s=len(who.size) / FPS)
    return track_of(who, facts, np.random.default_rng(2))


STANDING = tracked(replace(wearer(), size=np.ones(60)))


def test_points_that_jump_apart_are_both_missing():
    pixels = pair(80.0)
    pixels[20:24, 1, 0] += 9.0
    kept = without_jumps(TIME_S, pixels, np.ones(60))
    assert np.flatnonzero(np.isnan(kept[:, 0, 0])).tolist() == [20, 21, 22, 23]
    assert np.isnan(kept[20:24]).all()
    # A jump is not what was seen, though what lies about it may be bridged.
    pixels[22:24, 1, 0] -= 9.0
    assert steadied(STANDING, pixels, np.ones((60, 2)))[1][20:23].tolist() == [[0.5, 0.5], [0.5, 0.5], [1.0, 1.0]]
    pixels[22:24, 1, 0] += 9.0
    # Less is no jump.
    pixels[20:24, 1, 0] -= 4.0
    assert np.isfinite(without_jumps(TIME_S, pixels, np.ones(60))).all()


def test_who_walks_towards_the_camera_grows_and_the_marks_do_not_jump():
    """From 3.6 m to 1.2 m at a walk: at either end of the film and of a gap the points are soon much farther apart."""
    walking = replace(wearer(), size=1.2 / (3.6 - 1.2 * TIME_S))
    track, pixels = tracked(walking), walking.marks.copy()
    pixels[25:35] = np.nan
    seen = np.isfinite(pixels[:, 0, 0])
    assert np.isnan(without_jumps(TIME_S, pixels, np.ones(60))[seen]).any()
    kept, score = steadied(track, pixels, np.ones((60, 2)))
    assert np.array_equal(kept[seen], pixels[seen])
    assert (score[seen] == 1).all()
    assert figure_px(track) == pytest.approx(189 * walking.size, rel=0.07)
    # One that jumps by 12 % of their distance meanwhile, at whichever end, is missing.
    for at in (0, 20, 40, 59):
        wrong = pixels.copy()
        wrong[at, 1] += 0.12 * (pixels[at, 1] - pixels[at, 0])
        assert np.isnan(without_jumps(TIME_S, wrong, figure_px(track))[at]).all()


def test_nobody_seen_has_no_size():
    track = replace(STANDING, pixels=np.full_like(STANDING.pixels, np.nan))
    assert (figure_px(track) == 1).all()


@pytest.mark.parametrize(("gap", "filled"), [(1, True), (2, True), (3, False)])
def test_gaps_of_up_to_a_tenth_of_a_second_are_bridged(gap, filled):
    true = pair(80.0)
    pixels = true.copy()
    pixels[30 : 30 + gap, 0] = np.nan
    pixels[:5] = pixels[-2:] = np.nan
    whole = bridged(TIME_S, pixels)
    assert np.isfinite(whole[30 : 30 + gap, 0]).all() == filled
    assert np.isnan(whole[:5]).all()
    assert np.isnan(whole[-2:]).all()
    assert np.nanmax(np.abs(whole - true)) < 0.1
    both, score = steadied(STANDING, pixels, np.full((60, 2), 0.9))
    assert np.array_equal(both, whole, equal_nan=True)
    assert score[30, 0] == (0.5 if filled else 0.0)
    assert (score[10, 0], score[0, 0]) == (0.9, 0.0)
