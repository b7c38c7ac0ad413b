"""Marks on the pelvis while filming, painted: followed, their tilt told against standing, drawn. No model, no camera."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from alignment.core.skeleton import LANDMARKS
from alignment.live import drawing
from alignment.live.hips import HipLine, HipWatcher
from alignment.live.state import Phase, State
from alignment.views.figure import hips_words
from tests.painted_marks import paint_dots, paint_tags, wearer

SIZE = 480, 640


def stands_then_tilts(from_behind=False):
    """Somebody who stands still with a pelvis that is 2° aslant for 1.5 s, and then tilts it by up to 10°."""
    who = wearer(3.0, from_behind=from_behind)
    tilt_deg = 2.0 + 10.0 * np.sin(np.pi * np.clip((np.arange(90) - 45) / 30, 0, 2))
    return replace(who, middle=np.repeat(who.middle[:1], 90, axis=0), tilt_deg=tilt_deg, size=np.ones(90))


def looked_at(painted, watcher, begin_s=9.0):
    """What is seen in each picture of a film that begins at this time."""
    return [
        watcher.look(
            frame.image, frame.time_s, body[None], SIZE, Phase.CHECKING if frame.time_s < begin_s else Phase.RUNNING
        )
        for frame, body in zip(painted.film, painted.track.pixels, strict=True)
    ]


@pytest.mark.parametrize(
    ("worn", "told", "from_behind"),
    [
        (paint_tags, {}, False),
        (partial(paint_dots, (40, 170, 70)), {"pelvis_dots": "green"}, True),
        (partial(paint_dots, (200, 50, 180), reduced=1.2), {"pelvis_dots": "magenta"}, False),
    ],
)
def test_marks_on_the_pelvis_are_followed_while_filming(worn, told, from_behind):
    who = stands_then_tilts(from_behind)
    painted, watcher = worn(worn_by=who), HipWatcher(told, seated=False)
    lines = looked_at(painted, watcher, begin_s=1.4)
    # First seen a few times, then stood for a second.
    assert [one is None for one in lines[:2]] == [True, True]
    assert all(one is not None and one.tilt_deg is None for one in lines[10:25])
    given = [(i, one) for i, one in enumerate(lines[35:], 35) if one is not None]
    assert len(given) > 0.95 * 55
    places = np.array([one.places for _, one in given])
    assert np.abs(places - who.marks[[i for i, _ in given]]).max() < 1.5
    # A tilt to the picture's right lifts the right hip of who is seen from the front.
    true = (who.tilt_deg - 2.0) * (-1 if from_behind else 1)
    off = np.array([one.tilt_deg - true[i] for i, one in given])
    assert np.sqrt(np.mean(off**2)) < 0.5


def test_without_marks_nothing_is_followed_and_on_a_bicycle_nobody_has_to_stand():
    who = stands_then_tilts()
    painted = paint_dots((200, 50, 180), worn_by=who)
    assert set(looked_at(painted, HipWatcher({"pelvis_dots": "green"}, seated=False))) == {None}
    lines = looked_at(painted, HipWatcher({"pelvis_dots": "magenta"}, seated=True), begin_s=0.0)
    assert lines[-1].against == "median"
    assert lines[67].tilt_deg == pytest.approx(who.tilt_deg[67] - np.median(who.tilt_deg[2:68]), abs=0.6)


def test_the_marks_line_is_drawn_mirrored_with_its_angle():
    image = np.zeros((360, 640, 3), np.uint8)
    points = np.full((len(LANDMARKS), 2), np.nan)
    line = HipLine(np.array([[420.0, 200.0], [300.0, 180.0]]), None, "standing")
    plain = drawing.draw(image, points, State(), hips=line)
    # Between 220 and 340 from the left in the mirror.
    drawn = np.flatnonzero((plain > 200).all(axis=2).any(axis=0))
    assert 205 < drawn.min() < 220
    assert 340 < drawn.max() < 355
    told = drawing.draw(image, points, State(), hips=replace(line, tilt_deg=6.0))
    assert (told != plain).any()
    assert (told[200:] == plain[200:]).all()
    assert hips_words(6.0, "standing") == "R hip 6° higher than in standing"
