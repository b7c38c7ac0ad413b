"""The body of the last seconds in; how many steps a minute it takes now, and how long a foot is on the ground, out."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alignment.core.assessment import Activity
from alignment.core.measures import MEASURES
from alignment.core.skeleton import SIDES
from alignment.core.viewpoint import Body

#: Of so many seconds: some ten strides, and soon enough to hear whether one keeps to a beat.
NOW_S: Final = 8.0
_OF_EACH_FRAME: Final = ("time_s", "space", "picture", "scale", "standing", "away")


@dataclass(frozen=True)
class Pace:
    """Steps a minute, and milliseconds of a foot on the ground; None where that cannot be told."""

    cadence: float | None = None
    contact_ms: float | None = None


def pace_now(body: Body, activity: Activity) -> Pace:
    """Of the last seconds; nothing in movements that have no pace."""
    if not activity.timed or not len(body.time_s):
        return Pace()
    first = int(np.searchsorted(body.time_s, body.time_s[-1] - NOW_S))
    now = replace(body, pelvis=None, **{name: getattr(body, name)[first:] for name in _OF_EACH_FRAME})
    near = [side for side in SIDES if side == now.facing]
    contact_ms = _usual(MEASURES["contact_time"].curve(now, near[0])) if near else None
    return Pace(_usual(MEASURES["cadence"].curve(now, "body")), contact_ms)


def _usual(values: np.ndarray) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else None
