"""Cycles and limits in; a row per measure and side with its verdict out. The rules of docs/assessment.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from alignment.assessment.activity import Activity
from alignment.assessment.limits import Limit, Limits
from alignment.assessment.numbers import commonest, rounded
from alignment.measures import MEASURES, Measure
from alignment.result import Cycle, LimitUsed, Summary, Verdict, Whose
from alignment.skeleton import SIDES

SummarySide = Literal["left", "right", "body", "difference"]

#: Share of the cycles that must lie beyond a limit for "outside". Design, section 6.
OUTSIDE_SHARE = 2 / 3
#: Two-sided 95 % of a normal distribution.
INTERVAL = 1.96


@dataclass(frozen=True)
class _Sample:
    """What the cycles say of one row: values and their errors, or why there are none."""

    values: np.ndarray
    errors: np.ndarray
    reason: str


def summarized(cycles: Sequence[Cycle], activity: Activity, limits: Limits) -> tuple[Summary, ...]:
    """A row for each measure of the activity and side at the key moment, judged where the table has limits."""
    rows = limits.of(activity.name)
    counted = [cycle for cycle in cycles if not cycle.rejected]
    found = []
    for name in activity.measures:
        measure = MEASURES[name]
        for whose in measure.whose:
            row = next(
                (r for r in rows if r.measure == name and r.side == ("body" if whose == "body" else "leg")), None
            )
            sample = _sample(counted, name, whose)
            found.append(_summary(measure, whose, sample, row))
        found += _special_rows(measure, counted, rows)
    return tuple(found)


def unmeasured(activity: Activity, limits: Limits, reason: str) -> tuple[Summary, ...]:
    """The rows of a film in which nothing can be measured, each with the reason."""
    return tuple(replace(row, reason=reason) for row in summarized((), activity, limits))


def _special_rows(measure: Measure, counted: Sequence[Cycle], rows: Sequence[Limit]) -> Iterable[Summary]:
    """Left-right differences, and whole-body measures judged towards the standing leg."""
    for row in rows:
        if row.measure != measure.name:
            continue
        if row.side == "difference":
            yield _difference(measure, counted, row)
        elif row.side == "stance":
            for side in SIDES:
                alone = [cycle for cycle in counted if cycle.side == side]
                if alone:
                    sample = _sample(alone, measure.name, "body")
                    # Whole-body leans count towards the subject's right.
                    sign = 1.0 if side == "right" else -1.0
                    yield _summary(measure, side, _Sample(sign * sample.values, sample.errors, sample.reason), row)


def _sample(counted: Sequence[Cycle], name: str, whose: Whose) -> _Sample:
    values = [v for cycle in counted for v in cycle.values if v.measure == name and v.side == whose and v.at == "key"]
    given = [(v.value, v.standard_error) for v in values if v.value is not None and v.standard_error is not None]
    reasons = [v.reason for v in values if v.reason]
    reason = commonest(reasons) if reasons else "no_cycles"
    return _Sample(np.array([value for value, _ in given]), np.array([error for _, error in given]), reason)


def _summary(measure: Measure, side: SummarySide, sample: _Sample, row: Limit | None) -> Summary:
    """Mean over the cycles. Its error keeps the part that all cycles share and adds their spread over the root of n."""
    n = len(sample.values)
    if not n:
        return _unknown(measure, side, row, sample.reason)
    mean = float(sample.values.mean())
    sd = float(sample.values.std(ddof=1)) if n > 1 else None
    error = float(np.sqrt(sample.errors.mean() ** 2 + (sd or 0.0) ** 2 / n))
    verdict, reason = _verdict(sample.values, error, row)
    return _row(measure, side, row, mean=mean, sd=sd, n=n, error=error, verdict=verdict, reason=reason)


def _difference(measure: Measure, counted: Sequence[Cycle], row: Limit) -> Summary:
    """Left minus right, of the two means; the errors of both sides add in quadrature."""
    left, right = (_sample(counted, measure.name, side) for side in SIDES)
    fewer = min(len(left.values), len(right.values))
    if not fewer:
        return _unknown(measure, "difference", row, left.reason if not len(left.values) else right.reason)
    both = (left, right)
    mean = float(left.values.mean() - right.values.mean())
    spread = sum(s.values.var(ddof=1) / len(s.values) for s in both if len(s.values) > 1)
    error = float(np.sqrt(sum(s.errors.mean() ** 2 for s in both) + spread))
    sd = float(np.sqrt(sum(s.values.var(ddof=1) for s in both))) if fewer > 1 else None
    # Pair by pair, so that "two thirds of the cycles" has a meaning for a difference too.
    pairs = np.abs(left.values[:fewer] - right.values[:fewer])
    verdict, reason = _verdict(pairs, error, row, mean=abs(mean))
    return _row(measure, "difference", row, mean=mean, sd=sd, n=fewer, error=error, verdict=verdict, reason=reason)


def _verdict(
    values: np.ndarray, error: float, row: Limit | None, *, mean: float | None = None
) -> tuple[Verdict | None, str | None]:
    """Outside only if the mean less its error is beyond the outer limit and two thirds of the cycles are. Design, 6."""
    if row is None or not row.judges:
        return None, None
    if len(values) < row.min_cycles:
        return Verdict.UNKNOWN, "too_few_cycles"
    mean = float(values.mean()) if mean is None else mean
    margin = max(row.sem, error)
    for bound, sign in ((row.high_outside, 1.0), (row.low_outside, -1.0)):
        if bound is None:
            continue
        beyond = (sign * (values - bound) > 0).mean()
        if sign * (mean - bound) - margin > 0 and beyond >= OUTSIDE_SHARE:
            return Verdict.OUTSIDE, None
    inner = ((row.high if row.high is not None else row.high_outside, 1.0), (row.low, -1.0))
    if any(bound is not None and sign * (mean - bound) > 0 for bound, sign in inner):
        return Verdict.EDGE, None
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
