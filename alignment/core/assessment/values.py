"""Cuts and curves in; cycles with every measure at their moments, or the reason why there is none, out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np
from jaxtyping import Float

from alignment.core.cycles import Cut
from alignment.core.measures import MEASURES, Measure
from alignment.core.result import MOMENTS, Curve, Curves, Cycle, Moment, Value, commonest, round_number
from alignment.core.skeleton import SIDES

FLEXIONS: Mapping[Moment, float] = {"flexion30": 30.0, "flexion45": 45.0}


def measure_cycles(cuts: Sequence[Cut], curves: Curves) -> tuple[Cycle, ...]:
    """The cycles with every measure at their moments; rejected ones carry no values."""
    time_s = curves.track.time_s
    return tuple(
        Cycle(
            index=index,
            kind=cut.kind,
            side=cut.side,
            start_s=_seconds(cut.moments_s[0] if cut.moments_s else time_s[cut.start]),
            end_s=_seconds(cut.moments_s[1] if cut.moments_s else time_s[cut.end]),
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


def _position(moment: Moment, cut: Cut, curve: Curve, curves: Curves) -> int | str:
    """The frame of a moment in a cycle, or the code of the reason why there is none."""
    if moment == "key":
        return cut.key_of(curve.measure)
    if moment == "peak":
        return _peak(cut, curve, curves)
    return _passing(FLEXIONS[moment], cut, _flexion_of(cut, curve, curves))


def _peak(cut: Cut, curve: Curve, curves: Curves) -> int | str:
    """Where a measure is farthest from its neutral value; or, of one that counts on a bent knee, where it is largest."""
    part, measure = slice(cut.start, cut.end + 1), MEASURES[curve.measure]
    excursion = np.abs(curve.value[part] - measure.neutral)
    if measure.peak_from_deg is not None:
        with np.errstate(invalid="ignore"):
            bent = _flexion_of(cut, curve, curves) >= measure.peak_from_deg
        if not bent.any():
            return "not_reached"
        excursion = np.where(bent, curve.value[part], np.nan)
    if not np.isfinite(excursion).any():
        return commonest(curve.reason[part])
    return cut.start + int(np.nanargmax(excursion))


def _flexion_of(cut: Cut, curve: Curve, curves: Curves) -> Float[np.ndarray, " part"]:
    """Flexion during a cycle of the leg a curve belongs to; of the standing leg, or both legs' mean, for a whole body's."""
    whose = cut.side if curve.side == "body" else curve.side
    legs = [side for side in SIDES if whose in (side, "both")]
    flexions = [curves.by_measure["knee_flexion", leg].value[cut.start : cut.end + 1] for leg in legs]
    return np.mean(flexions, axis=0)


def _passing(flexion_deg: float, cut: Cut, flexion: Float[np.ndarray, " part"]) -> int | str:
    """Where the knee passes a flexion: the last time up to the key moment, else the first time after it.

    The last time, since an earlier one is a wobble at the start; after it where the knee only straightens (from a chair).
    """
    seen = np.isfinite(flexion)
    with np.errstate(invalid="ignore"):
        beyond = flexion >= flexion_deg
    passed = 1 + np.flatnonzero((beyond[1:] != beyond[:-1]) & seen[1:] & seen[:-1])
    if len(passed):
        before = passed[passed <= cut.key - cut.start]
        after = int(before[-1] if len(before) else passed[0])
        nearer = min((after - 1, after), key=lambda at: abs(flexion[at] - flexion_deg))
        return cut.start + nearer
    reached = beyond[seen].any() and not beyond[seen].all()
    return "not_seen" if reached or not seen.any() else "not_reached"


def _value(moment: Moment, at: int | str, curve: Curve, measure: Measure, time_s: np.ndarray) -> Value:
    """One measure at one moment: the median over ±50 ms, or the reason why there is none."""
    value_of = partial(Value, measure.name, curve.side, measure.unit, moment)
    if isinstance(at, str):
        return value_of(None, None, None, at)
    around = np.flatnonzero(np.abs(time_s - time_s[at]) <= measure.around_s + 1e-6)
    given = around[np.isfinite(curve.value[around])]
    at_s = _seconds(time_s[at])
    if len(given) * 2 <= len(around):
        return value_of(at_s, None, None, commonest(curve.reason[around]))
    error = float(np.median(curve.standard_error[given]))
    if error > measure.useful_se:
        return value_of(at_s, None, None, commonest(curve.doubt[given]))
    value = round_number(float(np.median(curve.value[given])), measure.unit)
    own = None if curve.own_error is None else round_number(float(np.median(curve.own_error[given])), measure.unit)
    return value_of(at_s, value, round_number(error, measure.unit), None, own)


def _seconds(time_s: float) -> float:
    return round(float(time_s), 3)
