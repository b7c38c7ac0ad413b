"""Readers of marks on rendered films, the hips as the truth has them: woven cloth, light and shade, a hand over a mark."""

import csv
import json

import numpy as np
import pytest

from alignment import sources
from alignment.core.skeleton import INDEX, LANDMARKS
from alignment.marks import dots, tags, taps
from alignment.sources import FrameList
from tests.conftest import ROOT
from tests.painted_marks import blank_track

FOLDER = ROOT / "samples" / "marked"
CLIPS = [row["clip"] for row in csv.DictReader((FOLDER / "manifest.csv").read_text().splitlines())]
SIDES = ("left", "right")
PARTS = ("hip", "shoulder", "knee", "ankle")
#: Films of people who wear none, in clothes and rooms of several colours.
BARE = (
    "squat_t1",
    "squat_c3",
    "stairs_up_behind",
    "single_leg_squat_t2",
    "step_down_c1",
    "cycling_t1",
    "sit_to_stand_c2",
    "dark_strong_c",
    "mirrored_c",
)
#: A point covered by a hand for so long before and after may be seen in part.
EDGE_S = 0.3


def pixels_of(series, part):
    """Where a part of both sides is, in every picture."""
    missing = (np.nan, np.nan)
    return np.array([[at or missing for at in series[side][f"{part}_px"]] for side in SIDES], float).swapaxes(0, 1)


def rendered(folder, name, **reading):
    """A film, its truth, and what a model sees: joints beside their places by four pixels."""
    truth = json.loads((folder / f"{name}.truth.json").read_text())
    film = sources.open(folder / f"{name}.mp4", sources.Reading(max_fps=truth["fps"], **reading))
    frames = list(film)
    hips, *others = (pixels_of(truth["series"], part)[: len(frames)] for part in PARTS)
    body = np.repeat(hips.mean(axis=1, keepdims=True), len(LANDMARKS), axis=1)
    for part, places in zip(PARTS, (hips, *others), strict=True):
        body[:, [INDEX[f"{side}_{part}"] for side in SIDES]] = places
    body += np.random.default_rng(2).normal(0, 4.0, body.shape)
    times_s = np.array([frame.time_s for frame in frames])
    return FrameList(frames, film.facts), truth, blank_track(times_s, body, film.facts)


@pytest.fixture(scope="module", params=CLIPS)
def clip(request):
    return rendered(FOLDER, request.param)


def read(clip, reader):
    film, _, track = clip
    for frame, body in zip(film, track.pixels, strict=True):
        reader.add(frame, body[None])
    return reader.marks(track, film)


def readings(clip):
    """What the reader of a clip's marks makes of them, which is the only one to find any, and that of taps."""
    film, truth, _ = clip
    looking = [tags.TagReader(film.facts), *(dots.DotReader(colour, film.facts) for colour in dots.HUES)]
    found = [marks for marks in (read(clip, reader) for reader in looking) if marks is not None]
    kind = truth["marks"]["kind"]
    assert [marks.kind for marks in found] == ([] if kind == "beads" else [kind])
    first = pixels_of(truth["series"], "pelvis_mark")[0]
    tap = taps.Tap(film.frames[0].time_s, tuple(map(tuple, first.tolist())))
    return [*found, read(clip, taps.TapReader((tap,), film.facts))]


@pytest.mark.parametrize("name", BARE)
def test_none_is_found_in_a_film_without_any(name):
    film = rendered(ROOT / "samples", name, end_s=3.0)
    readers = [tags.TagReader(film[0].facts), *(dots.DotReader(colour, film[0].facts) for colour in dots.HUES)]
    assert [read(film, reader) for reader in readers] == [None] * 4


def angle_deg(pixels):
    across = pixels[:, 0] - pixels[:, 1]
    return np.degrees(np.unwrap(np.arctan2(across[:, 1], across[:, 0])))


def test_marks_are_read_to_half_a_degree_and_missing_under_a_hand(clip):
    film, truth, _ = clip
    true = pixels_of(truth["series"], "pelvis_mark")
    times_s = np.array([frame.time_s for frame in film])
    hand = truth["marks"].get("covered")
    covered = np.zeros(len(times_s), bool)
    if hand:
        covered = (times_s >= hand["start_s"] - EDGE_S) & (times_s <= hand["end_s"] + EDGE_S)
        inside = (times_s >= hand["start_s"] + EDGE_S) & (times_s <= hand["end_s"] - EDGE_S)
    for marks in readings(clip):
        given = np.isfinite(marks.pixels).all(axis=(1, 2))
        assert given[~covered].mean() > 0.8, marks.kind
        if hand:
            assert not np.isfinite(marks.pixels[inside, SIDES.index(hand["side"])]).any(), marks.kind
        off = angle_deg(marks.pixels[given]) - angle_deg(true[given])
        # A tap is moved to what can be followed near it: that is as far beside the mark's middle all through the film.
        off -= np.median(off) if marks.kind == "taps" else 0.0
        assert np.sqrt((off**2).mean()) < 0.5, marks.kind
        slope = np.polyfit(angle_deg(true[given]), angle_deg(marks.pixels[given]), 1)[0]
        assert slope == pytest.approx(1.0, abs=0.1), marks.kind
