"""Two points over time: what jumps apart is disbelieved, short gaps are bridged, and nothing is made up beyond that."""

import numpy as np
import pytest

from alignment.marks.steadiness import bridged, steadied, without_jumps

TIME_S = np.arange(60) / 30


def pair(apart_px):
    """Two points that move together, so far apart."""
    left = np.stack([300 + 20 * np.sin(TIME_S), 400 + 30 * TIME_S], axis=1)
    return np.stack([left, left - np.stack([apart_px * np.ones(60), np.zeros(60)], axis=1)], axis=1)


def test_points_that_jump_apart_are_both_missing():
    pixels = pair(80.0)
    pixels[20:24, 1, 0] += 9.0
    kept = without_jumps(TIME_S, pixels)
    assert np.flatnonzero(np.isnan(kept[:, 0, 0])).tolist() == [20, 21, 22, 23]
    assert np.isnan(kept[20:24]).all()
    # A jump is not what was seen, though what lies about it may be bridged.
    pixels[22:24, 1, 0] -= 9.0
    assert steadied(TIME_S, pixels, np.ones((60, 2)))[1][20:23].tolist() == [[0.5, 0.5], [0.5, 0.5], [1.0, 1.0]]
    pixels[22:24, 1, 0] += 9.0
    # Less is no jump, and neither is what grows slowly: a person who comes nearer.
    pixels[20:24, 1, 0] -= 4.0
    assert np.isfinite(without_jumps(TIME_S, pixels)).all()
    assert np.isfinite(without_jumps(TIME_S, pair(80 * 1.2**TIME_S))).all()


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
    both, score = steadied(TIME_S, pixels, np.full((60, 2), 0.9))
    assert np.array_equal(both, whole, equal_nan=True)
    assert score[30, 0] == (0.5 if filled else 0.0)
    assert (score[10, 0], score[0, 0]) == (0.9, 0.0)
