"""Whole analyses of the stick figure, each made once: a movement's name and a camera in, track and result out."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

import numpy as np

from alignment import workflow
from alignment.core import pipeline
from alignment.core.assessment import Activity
from alignment.core.correction import Correction
from alignment.core.result import Cycle, Result, Summary
from alignment.core.settings import Settings
from alignment.core.skeleton import INDEX, SIDES
from alignment.core.track import Track
from alignment.pose.calibration import calibration_of
from alignment.request import Request
from tests.movements import step_down, walk
from tests.synthetic import Camera, Motion, cycling, film, single_leg, sit_to_stand, squat, stairs, still

Shared = TypeVar("Shared")
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
    return _shared(film(motion(name), camera))


@cache
def _analyzed(name: str, camera: Camera, camera_roll_deg: float | None) -> Result:
    result = result_of(_filmed(name, camera), activity(name), camera_roll_deg=camera_roll_deg)
    for curve in result.curves.by_measure.values():
        _shared(curve)
    return result


def _shared(made: Shared) -> Shared:
    """The same, its arrays closed to writing: what one test changed would be another's fault."""
    for array in vars(made).values():
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return made


def glimpsed(track: Track, count: int = 20) -> Track:
    """What a look at a few pictures gives of this track; each of them was looked at mirrored, too."""
    at = np.unique(np.linspace(0, track.frames - 1, count).astype(int))
    mirrored = np.array([np.abs(track.mirrored_frames - one).argmin() for one in at])
    per_frame = ("time_s", "pixels", "metres", "visibility", "brightness", "sharpness", "people", "faces")
    return replace(
        track,
        **{name: getattr(track, name)[at] for name in per_frame},
        mirrored_frames=np.arange(len(at)),
        mirrored_metres=track.mirrored_metres[mirrored],
    )


def analyze(
    track: Track,
    activity: Activity,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    corrections: Sequence[Correction] = (),
) -> Result:
    """The whole analysis, with what is known of the model that found the landmarks."""
    return pipeline.analyze(track, activity, calibration_of(track.model.variant), settings, corrections)


def result_of(track: Track, name: str = "squat", **choices: object) -> Result:
    """The result of a track, said to show an activity, with these choices of a request."""
    return workflow.assess(track, Request(name).choosing(choices))


def row(result: Result, measure: str, side: str) -> Summary:
    """The summary's row of a measure and side."""
    found = [row for row in result.summary if (row.measure, row.side) == (measure, side)]
    assert len(found) == 1, f"{len(found)} rows of {measure} {side}"
    return found[0]


def without_verdicts(result: Result) -> tuple[Cycle, ...]:
    """The repetitions with their numbers alone."""
    return tuple(
        replace(cycle, values=tuple(replace(value, verdict=None) for value in cycle.values)) for cycle in result.cycles
    )


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
