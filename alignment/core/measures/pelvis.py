"""What two marks on the pelvis tell, and how sure it is: conditions, errors and one decorated function for each measure."""

from collections.abc import Callable

import numpy as np
import scipy

from alignment.core.measures.conditions import LEVEL_SHARE, both_feet_down, standing_on
from alignment.core.measures.registry import Gate, measure
from alignment.core.result import Whose
from alignment.core.skeleton import SIDES, Side
from alignment.core.track import Flags, Numbers, runs
from alignment.core.viewpoint import Body, Pelvis

#: Who stands quietly does so at least this long: on stairs the feet pass each other at one level.
QUIET_S = 0.3
#: Who stands still keeps feet and hips where they are against each other within this, in leg lengths.
STILL = 0.04
#: How the pelvis stands in quiet standing is known to its own sway there, which is another one after so long.
SWAY_S = 0.5


def _tilt_deg(body: Body) -> Numbers:
    """Tilt of the line between the marks: + right one higher; NaN throughout where there are none."""
    return np.full(len(body.time_s), np.nan) if body.pelvis is None else body.pelvis.tilt_deg


def _usual_frames(body: Body) -> Flags:
    """Where the pelvis is as changes count from: in quiet standing on both feet; on a bicycle anywhere."""
    if body.pelvis is None:
        return np.zeros(len(body.time_s), dtype=bool)
    known = body.pelvis.seen & ~body.pelvis.close & ~body.pelvis.crossed
    if body.pelvis.baseline == "median":
        return known
    upright = body.standing & both_feet_down(body) if body.pelvis.baseline == "straight" else _still(body)
    quiet = np.zeros(len(known), dtype=bool)
    for start, stop in runs(upright):
        quiet[start:stop] = body.time_s[stop - 1] - body.time_s[start] >= QUIET_S - 1e-6
    return quiet & known


def _still(body: Body) -> Flags:
    """Where feet at one level and the hips keep their places against each other in the picture, for `QUIET_S` around."""
    left, right = (body.seen_at(side, "ankle") for side in SIDES)
    hips = (body.seen_at("left", "hip") + body.seen_at("right", "hip")) / 2
    places = np.concatenate([left - right, hips - (left + right) / 2], axis=1)
    window = 2 * max(1, round(QUIET_S * body.rate_hz)) + 1
    # What is not seen is not known to be still.
    filled = np.where(np.isfinite(places), places, np.inf)
    highest = scipy.ndimage.maximum_filter1d(filled, window, axis=0, mode="nearest")
    lowest = scipy.ndimage.minimum_filter1d(filled, window, axis=0, mode="nearest")
    with np.errstate(invalid="ignore"):
        strays: Numbers = (highest - lowest).max(axis=1)
        return (strays < STILL) & (np.abs(places[:, 1]) < LEVEL_SHARE)


def _absolute_errors(body: Body) -> dict[str, Numbers]:
    """What the tilt against the horizontal is off by, beside what a camera elsewhere would change."""
    pelvis = body.pelvis
    return {} if pelvis is None else {**_own_errors(pelvis), "marks_placed": pelvis.placed_deg}


def _change_errors(body: Body) -> dict[str, Numbers]:
    """What a change of the tilt is off by: where the marks were put is the same all along, where the pelvis began is not."""
    if body.pelvis is None:
        return {}
    usual = _usual_frames(body)
    tilt_deg = body.pelvis.tilt_deg[usual]
    others = max(1.0, usual.sum() / (SWAY_S * body.rate_hz)) if body.rate_hz else 1.0
    # On a bicycle the usual tilt is that of the whole movement, which sways by itself.
    sway_deg = float(tilt_deg.std() / np.sqrt(others)) if len(tilt_deg) else 0.0
    return {
        **_own_errors(body.pelvis),
        "standing_sways": np.full(len(body.time_s), sway_deg),
        "camera_moved": np.full(len(body.time_s), body.pelvis.rolling_deg),
    }


def _own_errors(pelvis: Pelvis) -> dict[str, Numbers]:
    """Errors that each moment has to itself, by the code of the reason."""
    return {
        "marks_unclear": pelvis.points_deg,
        "skin_moves": pelvis.skin_deg,
        "pelvis_turns": pelvis.turning_deg,
    }


def _baseline(body: Body, _whose: Whose) -> Flags:
    told = body.pelvis is not None and (_usual_frames(body) & ~body.pelvis.aslant).any()
    return np.full(len(body.time_s), bool(told))


def _alone(body: Body, side: Whose) -> Flags:
    """Where this leg alone carries the body; on stairs, where a free foot passes the other at one level, its step tells."""
    if body.pelvis is not None and body.pelvis.baseline == "still":
        return np.ones(len(body.time_s), dtype=bool)
    return standing_on(body, side)


def _marks(met: Callable[[Pelvis], Flags]) -> Callable[[Body, Whose], Flags]:
    """A condition of the pelvis' line; it is never met without marks."""
    return lambda body, _whose: np.zeros(len(body.time_s), bool) if body.pelvis is None else met(body.pelvis)


ALONE = Gate("not_on_this_leg_alone", _alone)
BASELINE = Gate("no_standing", _baseline)
#: What the line between the marks must be to say anything; the first that is not met is the reason.
MARKED = (
    Gate("mark_missing", _marks(lambda pelvis: pelvis.seen)),
    Gate("marks_crossed", _marks(lambda pelvis: ~pelvis.crossed)),
    Gate("marks_close", _marks(lambda pelvis: ~pelvis.close)),
    Gate("marks_aslant", _marks(lambda pelvis: ~pelvis.aslant)),
)


@measure(
    unit="deg",
    sided=False,
    gates=MARKED,
    useful_se=2.5,
    reference="Michaud 2014 (pelvic obliquity in the frontal plane)",
    mark_errors=_absolute_errors,
)
def pelvic_obliquity(body: Body) -> Numbers:
    """Tilt of the pelvis against the true horizontal, from two marks on it: + right hip higher.

    Too unsure where no vertical is known, which the camera's roll is taken from.
    """
    return _tilt_deg(body)


@measure(
    unit="deg",
    gates=(*MARKED, BASELINE, ALONE),
    useful_se=2.5,
    reference="Nakagawa 2012; Youdas 2007 (pelvis on the standing leg)",
    mark_errors=_change_errors,
)
def pelvic_drop(body: Body, side: Side) -> Numbers:
    """How far the pelvis sinks on the free leg's side, against quiet standing, from two marks on it: + other side lower.

    Undefined with both feet down, for the swing leg, and without quiet standing.
    """
    change = pelvic_change(body)
    return change if side == "right" else -change


@measure(
    unit="deg",
    sided=False,
    gates=(*MARKED, BASELINE),
    useful_se=2.5,
    reference="as pelvic_obliquity, against the person's own standing (Youdas 2007)",
    mark_errors=_change_errors,
)
def pelvic_change(body: Body) -> Numbers:
    """Tilt of the pelvis against quiet standing, on a bicycle against its own median, from two marks: + right hip higher."""
    tilt_deg, usual = _tilt_deg(body), _usual_frames(body)
    # Without a baseline the condition for it refuses the number, and says why.
    return tilt_deg - (np.median(tilt_deg[usual]) if usual.any() else 0.0)
