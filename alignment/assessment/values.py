"""Cuts and curves in; cycles with every measure at their moments, or the reason why there is none, out."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from alignment.assessment.numbers import commonest, rounded
from alignment.cycles import Cut
from alignment.measures import MEASURES, Measure
from alignment.result import MOMENTS, Curve, Curves, Cycle, Moment, Value
from alignment.skeleton import SIDES, Side

#: A value is the median over this much time to either side of its moment. Design, section 3.
MOMENT_S = 0.05
FLEXIONS: Mapping[Moment, float] = {"flexion30": 30.0, "flexion45": 45.0}


def valued(cuts: Sequence[Cut], curves: Curves) -> tuple[Cycle, ...]:
    """The cycles with every measure at their moments; rejected ones carry no values."""
    time_s = curves.track.time_s
    return tuple(
        Cycle(
            index=index,
            kind=cut.kind,
            side=cut.side,
            start_s=_seconds(time_s[cut.start]),
            end_s=_seconds(time_s[cut.end]),
            key_s=_seconds(time_s[cut.key]),
            rejected=cut.rejected,
            values=() if cut.rejected else tuple(_values(cut, curves)),
        )
        for index, cut in enumerate(cuts)
    )


def _values(cut: Cut, curves: Curves) -> Iterable[Value]:
    for (name, whose), curve in curves.by_measure.items():
        if whose != "body" and cut.side not in ("both", whose):
            continue
        for moment in MOMENTS:
            at = _position(moment, cut, curve, curves)
            yield _value(moment, at, curve, MEASURES[name], curves.track.time_s)


def _position(moment: Moment, cut: Cut, curve: Curve, curves: Curves) -> int | None:
    """The frame of a moment in a cycle; None where it is not reached."""
    if moment == "key":
        return cut.key
    part = slice(cut.start, cut.end + 1)
    if moment == "peak":
        excursion = np.abs(curve.value[part] - MEASURES[curve.measure].neutral)
        return cut.start + int(np.nanargmax(excursion)) if np.isfinite(excursion).any() else None
    legs: tuple[Side, ...] = tuple(side for side in SIDES if curve.side == side) or SIDES
    if cut.side != "both" and curve.side == "body":
        legs = tuple(side for side in SIDES if side == cut.side)
    flexion = np.mean([curves.by_measure["knee_flexion", leg].value[part] for leg in legs], axis=0)
    down = flexion[: cut.key - cut.start + 1]
    with np.errstate(invalid="ignore"):
        reached = np.flatnonzero((down[1:] >= FLEXIONS[moment]) & (down[:-1] < FLEXIONS[moment]))
    # The last crossing before the key moment: an earlier one is a wobble at the start.
    return cut.start + 1 + int(reached[-1]) if len(reached) else None


def _value(moment: Moment, at: int | None, curve: Curve, measure: Measure, time_s: np.ndarray) -> Value:
    """One measure at one moment: the median over ±50 ms, or the reason why there is none."""

    def without(reason: str, moment_s: float | None = None) -> Value:
        return Value(measure.name, curve.side, measure.unit, moment, moment_s, None, None, reason)

    if at is None:
        return without("not_reached")
    around = np.flatnonzero(np.abs(time_s - time_s[at]) <= MOMENT_S + 1e-6)
    given = around[np.isfinite(curve.value[around])]
    at_s = _seconds(time_s[at])
    if len(given) * 2 <= len(around):
        return without(commonest(curve.reason[around]), at_s)
    error = float(np.median(curve.standard_error[given]))
    if error > measure.useful_se:
        return without(commonest(curve.doubt[given]), at_s)
    value = rounded(float(np.median(curve.value[given])), measure.unit)
    return Value(measure.name, curve.side, measure.unit, moment, at_s, value, rounded(error, measure.unit), None)


def _seconds(time_s: float) -> float:
    return round(float(time_s), 3)
