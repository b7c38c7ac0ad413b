"""What formats of movement are made of: an analysis in; its landmarks in the picture's plane out, in metres where told."""

from dataclasses import dataclass, replace
from math import cos, radians
from typing import Final, Literal

import numpy as np
from jaxtyping import Float

from alignment.core.activities import ACTIVITIES
from alignment.core.marks import PELVIS
from alignment.core.result import Curve, Result
from alignment.core.skeleton import LANDMARKS
from alignment.core.track import Numbers, Track
from alignment.core.viewpoint.lengths import lengths_of
from alignment.errors import InputError
from alignment.outputs.output import Analysis
from alignment.version import version_of
from alignment.views.tag_sheet import APART_MM

#: What metres rest on: the person's height, or the printed strip with two tags at the waist; "" where nothing tells.
Measured = Literal["height", "belt", ""]
#: Times this close to even ones, as a share of their distance, are even.
_EVEN: Final = 0.02
#: A gap in the landmarks up to so many pictures long is bridged where times are made even, and no longer one.
_NEIGHBOURS: Final = 1.5


@dataclass(frozen=True)
class Motion:
    """Landmarks in the plane of the picture: x to the right, y up, from its lower left corner. NaN where one was not seen.

    `unit` is "px", or "m" at the person's distance where `measured_by` says what tells how large that is.
    """

    time_s: Numbers
    rate_hz: float
    points: Float[np.ndarray, "frames landmarks 2"]
    unit: Literal["px", "m"]
    measured_by: Measured
    #: By what a pixel of each picture became metres; None where none did.
    metres_per_px: Numbers | None = None
    names: tuple[str, ...] = LANDMARKS

    @property
    def plane(self) -> str:
        """What a header says of the plane, the axes and the unit, in words that no locale changes."""
        size = {"height": "; metres by the person's height", "belt": "; metres by the printed strip of tags", "": ""}
        return f"image plane: x right, y up from the picture's lower left corner, z 0{size[self.measured_by]}"

    @property
    def even(self) -> bool:
        """Whether the pictures follow each other at one rate."""
        steps = np.diff(self.time_s)
        return bool(len(steps) == 0 or np.abs(steps * self.rate_hz - 1.0).max() <= _EVEN)

    def evenly(self) -> "Motion":
        """The same at even times, on straight lines between neighbours, for formats that know a rate and no times."""
        if self.even:
            return self
        count = int(np.floor((self.time_s[-1] - self.time_s[0]) * self.rate_hz + _EVEN)) + 1
        time_s = self.time_s[0] + np.arange(count) / self.rate_hz
        flat = self.points.reshape(len(self.time_s), -1)
        drawn = np.stack([self._between(time_s, column) for column in flat.T], axis=1)
        return replace(self, time_s=time_s, points=drawn.reshape(count, len(self.names), 2), metres_per_px=None)

    def _between(self, time_s: np.ndarray, column: np.ndarray) -> np.ndarray:
        after = np.clip(np.searchsorted(self.time_s, time_s), 1, len(self.time_s) - 1)
        before = after - 1
        near = np.diff(self.time_s)[before] * self.rate_hz <= _NEIGHBOURS
        # A time that is one of the film's own needs no neighbour.
        own = np.abs(self.time_s[after] - time_s) * self.rate_hz <= _EVEN
        share = (time_s - self.time_s[before]) / (self.time_s[after] - self.time_s[before])
        drawn = column[before] + np.clip(share, 0.0, 1.0) * (column[after] - column[before])
        first = np.abs(self.time_s[before] - time_s) * self.rate_hz <= _EVEN
        return np.where(own, column[after], np.where(first, column[before], np.where(near, drawn, np.nan)))


def motion_of(analysis: Analysis) -> Motion:
    """The cleaned landmarks of an analysis. InputError where the film had no picture."""
    result, track = analysis.result, curves_track(analysis)
    scale, measured_by = _metres_per_px(result, track)
    up = np.stack([track.pixels[..., 0], result.source.height - track.pixels[..., 1]], axis=-1).astype(np.float64)
    if scale is not None:
        up *= scale[:, None, None]
    return Motion(
        np.asarray(track.time_s, dtype=np.float64),
        rate_of(track),
        up,
        "px" if scale is None else "m",
        measured_by,
        scale,
    )


def curves_track(analysis: Analysis) -> Track:
    """The cleaned track behind a result's curves. InputError where there is none, or no picture in it."""
    curves = analysis.result.curves
    if curves is None or not curves.track.frames:
        raise InputError("no_motion", name=analysis.result.source.name)
    # Marks are read before anything is cleaned.
    return replace(curves.track, marks=analysis.track.marks)


def rate_of(track: Track) -> float:
    """Analyzed pictures a second; that of the film where there is only one."""
    return round(track.rate_hz or track.source.fps, 6)


def measured(analysis: Analysis) -> list[Curve]:
    """The measures over time that have a value in some picture, in their order."""
    curves = analysis.result.curves
    found = [] if curves is None else curves.by_measure.values()
    return [one for one in found if np.isfinite(one.value).any()]


def provenance(result: Result) -> dict[str, str]:
    """What a file tells of where it comes from, in words that no locale changes."""
    return {
        "source_file": result.source.name,
        "source_sha256": result.source.sha256 or "",
        "activity": result.activity,
        "model": result.software.model,
        "engine": result.software.engine or "",
        "joints": result.software.joints,
        "measured_with": f"alignment {result.software.version}",
        "written_with": f"alignment {version_of()}",
    }


def _metres_per_px(result: Result, track: Track) -> tuple[Numbers | None, Measured]:
    """How many metres a pixel is at the person's distance in each frame, and what tells; None where nothing does."""
    activity = ACTIVITIES.get(result.activity)
    lengths = lengths_of(track, activity.stance) if activity is not None and track.seen.any() else None
    if result.leg_m is not None and lengths is not None:
        return result.leg_m / (lengths.leg_px * lengths.scale), "height"
    marks = track.marks
    if marks is None or marks.kind != "tags":
        return None, ""
    apart_px = np.linalg.norm(marks.at(PELVIS[0]) - marks.at(PELVIS[1]), axis=1)
    # Seen from aside the strip looks shorter.
    apart_px = apart_px / cos(radians(result.viewpoint.yaw_deg or 0.0))
    size = np.ones(track.frames) if lengths is None else lengths.scale
    usual_px = np.median((apart_px / size)[np.isfinite(apart_px)]) if np.isfinite(apart_px).any() else np.nan
    if not usual_px > 0:
        return None, ""
    return APART_MM / 1000.0 / (usual_px * size), "belt"
