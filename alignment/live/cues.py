"""What was measured in the last moment in; at most one short cue out, and only where the number is sure enough.

A cue says where to move, never how good it was. It appears when a number lies beyond the usual range by more than its own
standard error, twice in a row, and goes when it has been back inside for a while: it does not flicker.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from alignment.core.assessment import Activity, Limit, Limits
from alignment.core.measures import MEASURES, standing_on
from alignment.core.result import Whose
from alignment.core.skeleton import SIDES, Side
from alignment.core.uncertainty import measure_all
from alignment.core.viewpoint import Body
from alignment.live.counter import Measured
from alignment.live.recent_poses import last

#: A value of now is the median of the last moments.
NOW_S: Final = 0.3
#: A leg straighter than this is between two repetitions.
BENT_DEG: Final = 25.0
#: How long a cue is said at least, and after it is over.
AT_LEAST_S, AFTERWARDS_S = 2.0, 1.2
#: Measures that can be followed while moving, and how the cue for them begins.
_CUED: Final = {
    "knee_over_foot": "knee",
    "knee_over_toe": "knee",
    "fppa": "knee",
    "trunk_lean": "trunk",
    "weight_right_share": "weight",
}


@dataclass(frozen=True)
class Excursion:
    """A number beyond its usual range: the cue's code, by how many standard errors, and whether that is sure enough."""

    code: str
    errors: float

    @property
    def sure(self) -> bool:
        """Whether it is beyond by more than its standard error."""
        return self.errors > 1.0


@dataclass
class CueSelector:
    """The cue that is shown, chosen anew with each look."""

    shown: str | None = None
    _since_s: float = 0.0
    _last_s: float = 0.0
    _before: frozenset[str] = frozenset()

    def look(self, now_s: float, excursions: tuple[Excursion, ...]) -> str | None:
        """The cue's code at this time, None for silence. Excursions that are not sure keep a cue, and start none."""
        beyond = {one.code for one in excursions}
        sure = sorted((one for one in excursions if one.sure), key=lambda one: -one.errors)
        if self.shown in beyond:
            self._last_s = now_s
        elif self.shown and now_s - self._since_s >= AT_LEAST_S and now_s - self._last_s >= AFTERWARDS_S:
            self.shown = None
        if self.shown is None:
            repeated = [one.code for one in sure if one.code in self._before]
            if repeated:
                self.shown, self._since_s, self._last_s = repeated[0], now_s, now_s
        self._before = frozenset(one.code for one in sure)
        return self.shown


def excursions(measured: Measured, activity: Activity, limits: Limits) -> tuple[Excursion, ...]:
    """Every cued number of the last moment that lies beyond its usual range."""
    now = last(measured.track, NOW_S)
    if not now.frames or not measured.setup.heading.frontal or not np.isfinite(now.pixels[-1, :, 0]).any():
        return ()
    rows = [row for row in limits.of(activity.name) if row.measure in _CUED and row.judges]
    candidates = [found for row in rows for found in _beyond(measured.body, now.frames, row, activity)]
    if not candidates:
        return ()
    # The errors cost as much as all the rest, so they are worked out only where something might be said.
    _, curves = measure_all(now, measured.setup.last_frames(now.frames), activity.name)
    strongest: dict[str, float] = {}
    for code, measure, whose, excess in candidates:
        error = _now(curves[measure, whose].standard_error)
        if error <= MEASURES[measure].useful_se:
            strongest[code] = max(strongest.get(code, 0.0), excess / error)
    return tuple(Excursion(code, errors) for code, errors in strongest.items())


def _beyond(body: Body, frames: int, row: Limit, activity: Activity) -> Iterator[tuple[str, str, Whose, float]]:
    """Cue, measure, whose and by how much, for each side of a row whose number is beyond its usual range."""
    if row.side == "difference":
        return
    sides: tuple[Whose, ...] = SIDES if row.side in ("leg", "stance") else ("body",)
    for side in sides:
        whose: Whose = side if row.side == "leg" else "body"
        if not _applies(body, frames, side, activity):
            continue
        value = _now(MEASURES[row.measure].curve(body, whose)[-frames:])
        sign = -1.0 if row.side == "stance" and side == "left" else 1.0
        for towards, bound in row.inner:
            excess = towards * (sign * value - bound)
            if np.isfinite(excess) and excess > 0:
                yield _code(row.measure, side, towards * sign), row.measure, whose, excess


def _applies(body: Body, frames: int, side: Whose, activity: Activity) -> bool:
    """Whether this leg is bent, and carries the body where the movement is made on one leg."""
    legs: tuple[Side, ...] = SIDES if side == "body" else (side,)
    bent = any(_now(MEASURES["knee_flexion"].curve(body, leg)[-frames:]) > BENT_DEG for leg in legs)
    return bent and (not activity.stance.on_one_leg or side == "body" or bool(standing_on(body, side)[-1]))


def _code(measure: str, side: Whose, towards: float) -> str:
    """Which way to move: back from where the number went. + is towards the midline for a knee, else to one's right."""
    kind = _CUED[measure]
    if kind == "knee":
        return f"live_cue_knee_{side}_{'out' if towards > 0 else 'in'}"
    return f"live_cue_{kind}_{'left' if towards > 0 else 'right'}"


def _now(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else float("nan")
