"""Cycles and limits in; a row per measure and side with its verdict out. The rules of docs/assessment.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Protocol, runtime_checkable

import numpy as np

from alignment.core.assessment.activity import Activity
from alignment.core.assessment.limits import Limit, Limits
from alignment.core.assessment.verdicts import INTERVAL, Sample, film_verdict, repetition_verdicts
from alignment.core.measures import FRONT_VIEW, FRONTAL, MEASURES, NO_BELT, Measure
from alignment.core.result import (
    Curves,
    Cycle,
    CycleSide,
    LimitUsed,
    Summary,
    SummarySide,
    Value,
    Verdict,
    Whose,
    commonest,
    round_number,
)
from alignment.core.skeleton import SIDES, Side

#: Why a measure has no value in any frame, by measure and side.
Refused = Mapping[tuple[str, Whose], str]

#: Why a mean is not told that rests on too few repetitions.
FEW_STEPS: Final = "few_steps"

#: Turns what counts towards the subject's right into what counts towards this side.
_TOWARDS: Final[tuple[tuple[Side, float], ...]] = (("left", -1.0), ("right", 1.0))


@dataclass(frozen=True)
class Row:
    """One row of the summary before it is judged: what the cycles say, and the limits if there are any."""

    measure: Measure
    side: SummarySide
    sample: Sample
    limit: Limit | None

    @property
    def judged(self) -> Limit | None:
        """The limits, where they judge anything."""
        return self.limit if self.limit is not None and self.limit.judges else None


def judge_cycles(cycles: Sequence[Cycle], activity: Activity, limits: Limits) -> tuple[Cycle, ...]:
    """The cycles with a verdict for each value at the key moment that the table judges."""
    return with_verdicts(cycles, rows_of(Counted.of(cycles), activity, limits))


def with_verdicts(cycles: Sequence[Cycle], rows: Iterable[Row]) -> tuple[Cycle, ...]:
    """The cycles with the verdicts that these rows give each of them."""
    verdicts: dict[tuple[int, str, Whose], Verdict] = {}
    for row in rows:
        if row.judged is None or row.side == "difference":
            continue
        whose: Whose = row.side if row.measure.sided else "body"
        for index, verdict in zip(row.sample.cycles, repetition_verdicts(row.sample, row.judged), strict=True):
            verdicts[int(index), row.measure.name, whose] = verdict

    def judged(cycle: Cycle, value: Value) -> Value:
        verdict = verdicts.get((cycle.index, value.measure, value.side)) if value.at == "key" else None
        return replace(value, verdict=verdict) if verdict else value

    return tuple(replace(cycle, values=tuple(judged(cycle, value) for value in cycle.values)) for cycle in cycles)


def summarize(
    cycles: Sequence[Cycle], activity: Activity, limits: Limits, refused: Refused = MappingProxyType({})
) -> tuple[Summary, ...]:
    """A row for each measure of the activity and side at the key moment, judged where the table has limits.

    `refused` says why no frame carries a measure; it is the reason of a row without cycles, which may be missing for it.
    """
    return tuple(summary_of(row) for row in rows_of(Counted.of(cycles, refused), activity, limits))


def summary_without_numbers(activity: Activity, limits: Limits, reason: str) -> tuple[Summary, ...]:
    """The rows of a film in which nothing can be measured, each with the reason."""
    return tuple(replace(row, reason=reason) for row in summarize((), activity, limits))


def reasons_for_no_value(curves: Curves, otherwise: str = "") -> Refused:
    """Why a measure has no value in any frame of the film, by measure and side; `otherwise` for all others, if given."""
    codes = {
        key: otherwise if (curve.reason == "").any() else commonest(curve.reason)
        for key, curve in curves.by_measure.items()
    }
    return {key: code for key, code in codes.items() if code}


@runtime_checkable
class Samples(Protocol):
    """Where the rows of a summary get what the cycles say: one film, or several of one occasion."""

    @property
    def cycles(self) -> Sequence[Cycle]:
        """Those that count."""

    def sample(self, name: str, whose: Whose, side: CycleSide | None = None) -> Sample:
        """One measure's values at the key moment, of all cycles or of one leg's."""

    def difference(self, name: str) -> Sample:
        """Left minus right, pair by pair."""


@dataclass(frozen=True)
class Counted:
    """A film's cycles that count, and why some measures have no value in any of them."""

    cycles: Sequence[Cycle]
    refused: Refused

    @staticmethod
    def of(cycles: Sequence[Cycle], refused: Refused = MappingProxyType({})) -> "Counted":
        """Those of these cycles that count."""
        """Those of these cycles that count."""
        return Counted([cycle for cycle in cycles if not cycle.rejected], refused)

    def sample(self, name: str, whose: Whose, side: CycleSide | None = None) -> Sample:
        """One measure's values at the key moment, of all cycles or of one leg's."""
        found = [
            (cycle.index, value)
            for cycle in self.cycles
            if side in (None, cycle.side)
            for value in cycle.values
            if (value.measure, value.side, value.at) == (name, whose, "key")
        ]
        given = [
            (value.value, value.standard_error, value.own_error or 0.0, index)
            for index, value in found
            if value.value is not None and value.standard_error is not None
        ]
        reasons = [value.reason for _, value in found if value.reason]
        reason = commonest(reasons) if reasons else self.refused.get((name, whose), "no_cycles")
        values, errors, own, indices = zip(*given, strict=True) if given else ((), (), (), ())
        return Sample(
            np.array(values, float), np.array(errors, float), np.array(own, float), np.array(indices, int), reason
        )

    def difference(self, name: str) -> Sample:
        """Left minus right, pair by pair: the first of either leg, the second, and so on, as far as both have one.

        What both sides share adds up, since a turned camera errs oppositely on the two legs; their own parts add in
        quadrature.
        """
        left, right = (self.sample(name, side) for side in SIDES)
        n = min(left.n, right.n)
        values = left.values[:n] - right.values[:n]
        own = np.hypot(left.own[:n], right.own[:n])
        errors = np.hypot(left.shared + right.shared, own)
        # One leg's cycle with the other's is none of the film's.
        cycles = np.where(left.cycles[:n] == right.cycles[:n], left.cycles[:n], -1)
        return Sample(values, errors, own, cycles, "" if n else _why_no_difference(left, right))


def rows_of(counted: Samples, activity: Activity, limits: Limits) -> Iterator[Row]:
    """The rows of the summary, in its order. Nothing is said of what only a film from elsewhere shows."""
    table = {(row.measure, row.side): row for row in limits.of(activity.name)}
    # Where a film from either direction will do, each says what it can.
    unasked = (FRONT_VIEW, NO_BELT) if set(activity.views) & set(FRONTAL) else (FRONT_VIEW, "side_view", NO_BELT)
    for measure in (MEASURES[name] for name in activity.measures):
        for whose in measure.whose:
            limit = table.get((measure.name, "body" if whose == "body" else "leg"))
            sample = _enough(counted.sample(measure.name, whose), measure, activity, of_both=whose == "body")
            if sample.n or sample.reason not in unasked:
                yield Row(measure, whose, sample, limit)
        if limit := table.get((measure.name, "difference")):
            yield Row(measure, "difference", counted.difference(measure.name), limit)
        if limit := table.get((measure.name, "stance")):
            rows = _towards_stance(measure, counted, limit, activity)
            yield from (row for row in rows if row.sample.n or row.sample.reason not in unasked)


def _enough(sample: Sample, measure: Measure, activity: Activity, *, of_both: bool = False) -> Sample:
    """The sample, empty where the activity asks for more repetitions of a leg than there are, or `of_both` twice as many."""
    least = activity.least_from_ahead * (2 if of_both else 1)
    if measure.views != FRONTAL or not 0 < sample.n < least:
        return sample
    none = np.zeros(0)
    return Sample(none, none, none, np.zeros(0, int), FEW_STEPS)


def _towards_stance(measure: Measure, counted: Samples, limit: Limit, activity: Activity) -> Iterator[Row]:
    """A whole body's measure on each leg that stood alone: + towards that leg. The measure itself is + to the right."""
    for side, sign in _TOWARDS:
        if any(cycle.side == side for cycle in counted.cycles):
            sample = _enough(counted.sample(measure.name, "body", side), measure, activity)
            yield Row(measure, side, replace(sample, values=sign * sample.values), limit)


def _why_no_difference(left: Sample, right: Sample) -> str:
    """One side's own reason, or that only one leg's cycles are in the film."""
    missing = [sample.reason for sample in (left, right) if not sample.n]
    return "one_leg_only" if missing == ["no_cycles"] else missing[0]


def summary_of(row: Row) -> Summary:
    """Mean over the cycles. Its error keeps the part that all cycles share and adds their spread over the root of n.

    What each film of an occasion has to itself averages out over the places that they were filmed from.
    """
    sample, unit = row.sample, row.measure.unit
    bare = Summary(
        measure=row.measure.name,
        side=row.side,
        unit=unit,
        at="key",
        mean=None,
        sd=None,
        n=sample.n,
        standard_error=None,
        interval_low=None,
        interval_high=None,
        limit=_limit_used(row.limit),
        verdict=Verdict.UNKNOWN if row.judged else None,
        reason=sample.reason,
    )
    if not sample.n:
        return bare
    mean = float(sample.values.mean())
    sd = float(sample.values.std(ddof=1)) if sample.n > 1 else None
    error = float(np.sqrt(sample.errors.mean() ** 2 - sample.averaged_out + (sd or 0.0) ** 2 / sample.n))
    told = replace(
        bare,
        mean=round_number(mean, unit),
        sd=None if sd is None else round_number(sd, unit),
        standard_error=round_number(error, unit),
        interval_low=round_number(mean - INTERVAL * error, unit),
        interval_high=round_number(mean + INTERVAL * error, unit),
        reason=None,
        lowest=round_number(float(sample.values.min()), unit),
        highest=round_number(float(sample.values.max()), unit),
        differ=sample.differ,
    )
    return told if row.judged is None else _judged(told, row, row.judged)


def _by_size(row: Row) -> Sample:
    """The sample as its limits judge it: a difference by its size, + to the mean's side."""
    if row.side != "difference":
        return row.sample
    return replace(row.sample, values=np.copysign(1.0, row.sample.values.mean()) * row.sample.values)


def _judged(told: Summary, row: Row, limit: Limit) -> Summary:
    """The row with its verdict, how many repetitions have which, and the worst of them."""
    sample = _by_size(row)
    each = repetition_verdicts(sample, limit)
    verdict, reason = film_verdict(sample, limit)
    worst = int(np.argmax(sample.excess(limit)))
    return replace(
        told,
        verdict=verdict,
        reason=reason,
        worst=round_number(float(row.sample.values[worst]), told.unit),
        worst_cycle=int(sample.cycles[worst]) if sample.cycles[worst] >= 0 else None,
        inside=each.count(Verdict.WITHIN),
        near=each.count(Verdict.EDGE),
        outside=each.count(Verdict.OUTSIDE),
        provisional=sample.n < limit.min_cycles,
    )


def _limit_used(row: Limit | None) -> LimitUsed | None:
    if row is None:
        return None
    return LimitUsed(row.low_outside, row.low, row.high, row.high_outside, row.min_cycles, row.source)
