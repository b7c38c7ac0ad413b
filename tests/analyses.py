"""Whole analyses of the stick figure, each made once: a movement's name and a camera in, track and result out."""

from dataclasses import replace
from functools import cache

import numpy as np

from alignment.activities import ACTIVITIES
from alignment.pipeline import Settings, analyze
from alignment.result import Result, Summary
from alignment.skeleton import INDEX, SIDES
from alignment.track import Track
from tests.movements import step_down, walk
from tests.synthetic import Camera, Motion, cycling, film, single_leg, sit_to_stand, squat, stairs, still

#: What the figure does, and what it is said to do.
MOVEMENTS = {
    "squat": ("squat", lambda: squat(inwards_deg=(10.0, -5.0))),
    "left_squat": ("single_leg_squat", lambda: single_leg("left", reps=2, inwards_deg=12.0, drop_deg=3.0)),
    "right_squat": ("single_leg_squat", lambda: single_leg("right", reps=2)),
    "step_down": ("step_down", lambda: step_down("right", reps=2)),
    "sit_to_stand": ("sit_to_stand", lambda: sit_to_stand(reps=2)),
    "stairs": ("stairs", lambda: stairs(steps=6, height=0.965)),
    "cycling": ("cycling", lambda: cycling(duration_s=4.0, sway=5.0, rate_hz=30.0)),
    "still": ("squat", still),
    "walk": ("squat", walk),
}
#: Stairs are climbed away from the camera, so that the figure does not walk out of the picture.
FACING = {"stairs": "back"}


@cache
def motion(name: str) -> Motion:
    """What the figure does."""
    return MOVEMENTS[name][1]()


def activity(name: str) -> str:
    """What the figure is said to do."""
    return MOVEMENTS[name][0]


def filmed(name: str, camera: Camera | None = None) -> Track:
    """The movement as the camera sees it; from where it is usually filmed if no camera is given."""
    return _filmed(name, camera or Camera(FACING.get(name, "front")))


def analyzed(name: str, camera: Camera | None = None, *, camera_roll_deg: float | None = None) -> Result:
    """The movement's result."""
    return _analyzed(name, camera or Camera(FACING.get(name, "front")), camera_roll_deg)


@cache
def _filmed(name: str, camera: Camera) -> Track:
    return film(motion(name), camera)


@cache
def _analyzed(name: str, camera: Camera, camera_roll_deg: float | None) -> Result:
    return result_of(_filmed(name, camera), activity(name), camera_roll_deg=camera_roll_deg)


def result_of(track: Track, name: str = "squat", **settings: object) -> Result:
    """The result of a track, said to show an activity."""
    return analyze(track, ACTIVITIES[name], Settings(**settings))


def row(result: Result, measure: str, side: str) -> Summary:
    """The summary's row of a measure and side."""
    found = [row for row in result.summary if (row.measure, row.side) == (measure, side)]
    assert len(found) == 1, f"{len(found)} rows of {measure} {side}"
    return found[0]


def unseen(track: Track, frames: object = slice(None)) -> Track:
    """The track with nobody seen in some frames."""
    pixels, metres, visibility = track.pixels.copy(), track.metres.copy(), track.visibility.copy()
    pixels[frames], metres[frames], visibility[frames] = np.nan, np.nan, 0.0
    return replace(track, pixels=pixels, metres=metres, visibility=visibility)


def without(track: Track, *parts: str, frames: object = slice(None)) -> Track:
    """The track with parts of both sides unseen in some frames, as the model leaves what it does not find."""
    pixels, metres, visibility = track.pixels.copy(), track.metres.copy(), track.visibility.copy()
    for landmark in (INDEX[f"{side}_{part}"] for side in SIDES for part in parts):
        pixels[frames, landmark], metres[frames, landmark], visibility[frames, landmark] = np.nan, np.nan, 0.0
    return replace(track, pixels=pixels, metres=metres, visibility=visibility)
