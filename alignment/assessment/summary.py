"""Cycles and limits in; a row per measure and side with its verdict out. The rules of docs/assessment.md."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from alignment.assessment.activity import Activity
from alignment.assessment.limits import Limit, Limits
from alignment.assessment.numbers import commonest, rounded
from alignment.measures import MEASURES, Measure
from alignment.result import Curves, Cycle, CycleSide, LimitUsed, Summary, Verdict, Whose
from alignment.skeleton import SIDES, Side

SummarySide = Literal["left", "right", "body", "difference"]
#: Why a measure has no value in any frame, by measure and side.
Refused = Mapping[tuple[str, Whose], str]

#: Share of the cycles that must lie beyond a limit for "outside". Design, section 6.
OUTSIDE_SHARE = 2 / 3
#: Two-sided 95 % of a normal distribution.
INTERVAL = 1.96
#: Turns what counts towards the subject's right into what counts towards this side.
_TOWARDS: Final[tuple[tuple[Side, float], ...]] = (("left", -1.0), ("right", 1.0))


@dataclass(frozen=True)
class _Sample:
    """What the cycles say of one row: values and their errors, or why there are none."""

    values: np.ndarray
    errors: np.ndarray
    reason: str


def summarized(
    cycles: Sequence[Cycle], activity: Activity, limits: Limits, refused: Refused = MappingProxyType({})
) -> tuple[Summary, ...]:
    """A row for each measure of the activity and side at the key moment, judged where the table has limits.

    `refused` says why no frame carries a measure; it is the reason of a row without cycles, which may be missing for it.
    """
    rows = {(row.measure, row.side): row for row in limits.of(activity.name)}
    counted = _Counted([cycle for cycle in cycles if not cycle.rejected], refused)
    found: list[Summary] = []
    for measure in (MEASURES[name] for name in activity.measures):
        for whose in measure.whose:
            row = rows.get((measure.name, "body" if whose == "body" else "leg"))
            found.append(_summary(measure, whose, counted.sample(measure.name, whose), row))
        if row := rows.get((measure.name, "difference")):
            found.append(_difference(measure, counted, row))
        if row := rows.get((measure.name, "stance")):
            found += _towards_stance(measure, counted, row)
    return tuple(found)


def unmeasured(activity: Activity, limits: Limits, reason: str) -> tuple[Summary, ...]:
    """The rows of a film in which nothing can be measured, each with the reason."""
    return tuple(replace(row, reason=reason) for row in summarized((), activity, limits))


def refusals(curves: Curves, otherwise: str = "") -> Refused:
    """Why a measure has no value in any frame of the film, by measure and side; `otherwise` for all others, if given."""
    codes = {
        key: otherwise if (curve.reason == "").any() else commonest(curve.reason)
        for key, curve in curves.by_measure.items()
    }
    return {key: code for key, code in codes.items() if code}


@dataclass(frozen=True)
class _Counted:
    """The cycles that count, and why some measures have no value in any of them."""

    cycles: Sequence[Cycle]
    refused: Refused

    def sample(self, name: str, whose: Whose, side: CycleSide | None = None) -> _Sample:
        """One measure's values at the key moment, of all cycles or of one leg's."""
        cycles = [cycle for cycle in self.cycles if side in (None, cycle.side)]
        values = [v for cycle in cycles for v in cycle.values if (v.measure, v.side, v.at) == (name, whose, "key")]
        given = [(v.value, v.standard_error) for v in values if v.value is not None and v.standard_error is not None]
        reasons = [v.reason for v in values if v.reason]
        reason = commonest(reasons) if reasons else self.refused.get((name, whose), "no_cycles")
        return _Sample(np.array([value for value, _ in given]), np.array([error for _, error in given]), reason)


def _towards_stance(measure: Measure, counted: _Counted, row: Limit) -> Iterator[Summary]:
    """A whole body's measure on each leg that stood alone: + towards that leg. The measure itself is + to the right."""
    for side, sign in _TOWARDS:
        if any(cycle.side == side for cycle in counted.cycles):
            sample = counted.sample(measure.name, "body", side)
            yield _summary(measure, side, replace(sample, values=sign * sample.values), row)


def _summary(measure: Measure, side: SummarySide, sample: _Sample, row: Limit | None) -> Summary:
    """Mean over the cycles. Its error keeps the part that all cycles share and adds their spread over the root of n."""
    n = len(sample.values)
    if not n:
        return _unknown(measure, side, row, sample.reason)
    mean = float(sample.values.mean())
    sd = float(sample.values.std(ddof=1)) if n > 1 else None
    error = float(np.sqrt(sample.errors.mean() ** 2 + (sd or 0.0) ** 2 / n))
    verdict, reason = _verdict(sample.values, mean, error, row)
    return _row(measure, side, row, mean=mean, sd=sd, n=n, error=error, verdict=verdict, reason=reason)


def _difference(measure: Measure, counted: _Counted, row: Limit) -> Summary:
    """Left minus right, of the two means, judged by its size.

    What both sides share adds up, since a turned camera errs oppositely on the two legs; their spreads add in quadrature.
    """
    left, right = (counted.sample(measure.name, side) for side in SIDES)
    fewer = min(len(left.values), len(right.values))
    if not fewer:
        return _unknown(measure, "difference", row, _why_no_difference(left, right))
    both = (left, right)
    mean = float(left.values.mean() - right.values.mean())
    spread = sum(s.values.var(ddof=1) / len(s.values) for s in both if len(s.values) > 1)
    error = float(np.sqrt(sum(s.errors.mean() for s in both) ** 2 + spread))
    sd = float(np.sqrt(sum(s.values.var(ddof=1) for s in both))) if fewer > 1 else None
    # Pair by pair, so that "two thirds of the cycles" has a meaning for a difference too; + to the mean's side.
    pairs = np.copysign(1.0, mean) * (left.values[:fewer] - right.values[:fewer])
    verdict, reason = _verdict(pairs, abs(mean), error, row)
    return _row(measure, "difference", row, mean=mean, sd=sd, n=fewer, error=error, verdict=verdict, reason=reason)


def _why_no_difference(left: _Sample, right: _Sample) -> str:
    """One side's own reason, or that only one leg's cycles are in the film."""
    missing = [sample.reason for sample in (left, right) if not len(sample.values)]
    return "one_leg_only" if missing == ["no_cycles"] else missing[0]


def _verdict(values: np.ndarray, mean: float, error: float, row: Limit | None) -> tuple[Verdict | None, str | None]:
    """Outside only if the mean less its error is beyond the outer limit and two thirds of the cycles are. Design, 6.

    Inside only if the mean's own error does not reach beyond an outer limit: what is that unsure cannot be told.
    """
    if row is None or not row.judges:
        return None, None
    if len(values) < row.min_cycles:
        return Verdict.UNKNOWN, "too_few_cycles"
    margin = max(row.sem, error)
    if any(
        sign * (mean - outer) > margin and (sign * (values - outer) > 0).mean() >= OUTSIDE_SHARE
        for sign, outer in row.outer
    ):
        return Verdict.OUTSIDE, None
    if any(sign * (mean - inner) > 0 for sign, inner in row.inner):
        return Verdict.EDGE, None
    if any(sign * (mean - outer) + error > 0 for sign, outer in row.outer):
        return Verdict.UNKNOWN, "too_unsure"
    return Verdict.WITHIN, None


def _unknown(measure: Measure, side: SummarySide, row: Limit | None, reason: str) -> Summary:
    verdict = Verdict.UNKNOWN if row is not None and row.judges else None
    return _row(measure, side, row, mean=None, sd=None, n=0, error=None, verdict=verdict, reason=reason)


def _row(
    measure: Measure,
    side: SummarySide,
    row: Limit | None,
    *,
    mean: float | None,
    sd: float | None,
    n: int,
    error: float | None,
    verdict: Verdict | None,
    reason: str | None,
) -> Summary:
    def shown(value: float | None) -> float | None:
        return None if value is None else rounded(value, measure.unit)

    low, high = (None, None) if mean is None or error is None else (mean - INTERVAL * error, mean + INTERVAL * error)
    return Summary(
        measure=measure.name,
        side=side,
        unit=measure.unit,
        at="key",
        mean=shown(mean),
        sd=shown(sd),
        n=n,
        standard_error=shown(error),
        interval_low=shown(low),
        interval_high=shown(high),
        limit=_limit_used(row),
        verdict=verdict,
        reason=reason,
    )


def _limit_used(row: Limit | None) -> LimitUsed | None:
    if row is None:
        return None
    return LimitUsed(row.low_outside, row.low, row.high, row.high_outside, row.min_cycles, row.source)
