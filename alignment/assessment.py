"""Curves, cycles and limits in; values per cycle, a summary with verdicts and findings out. The rules of docs/assessment.md."""

import csv
import hashlib
import io
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

import numpy as np

from alignment.cycles import Cut
from alignment.measures import MEASURES, Measure
from alignment.result import (
    MOMENTS,
    Curve,
    Curves,
    Cycle,
    Facing,
    Finding,
    LimitUsed,
    Moment,
    Summary,
    Value,
    Verdict,
    Whose,
)
from alignment.skeleton import SIDES, Side
from alignment.texts import InputError, known, say
from alignment.viewpoint import Anchor, Body

RowSide = Literal["leg", "body", "stance", "difference"]
SummarySide = Literal["left", "right", "body", "difference"]

#: A value is the median over this much time to either side of its moment. Design, section 3.
MOMENT_S = 0.05
#: Share of the cycles that must lie beyond a limit for "outside". Design, section 6.
OUTSIDE_SHARE = 2 / 3
#: Two-sided 95 % of a normal distribution.
INTERVAL = 1.96
FLEXIONS: Mapping[Moment, float] = {"flexion30": 30.0, "flexion45": 45.0}
_COLUMNS = ("activity", "measure", "side", "low_outside", "low", "high", "high_outside", "sem", "min_cycles", "source")


@dataclass(frozen=True)
class Limit:
    """One row of the table of limits; None where that side is not judged."""

    activity: str
    measure: str
    side: RowSide
    low_outside: float | None
    low: float | None
    high: float | None
    high_outside: float | None
    sem: float
    min_cycles: int
    source: str

    @property
    def judges(self) -> bool:
        """Whether there is any limit; a row without is shown and never judged."""
        return any(bound is not None for bound in (self.low_outside, self.low, self.high, self.high_outside))


@dataclass(frozen=True)
class Limits:
    """A table of limits, and the hash of the text it was read from."""

    rows: tuple[Limit, ...]
    sha256: str

    def of(self, activity: str) -> tuple[Limit, ...]:
        """The rows of one activity."""
        return tuple(row for row in self.rows if row.activity == activity)


@dataclass(frozen=True)
class Activity:
    """What someone does in the film, how to cut it into cycles, and which measures matter there."""

    name: str
    title: str
    #: How to film it, for the person.
    description: str
    cut: Callable[[Body], list[Cut]]
    #: The measures of the summary, most telling first.
    measures: tuple[str, ...]
    #: What stays at one depth; see `viewpoint`.
    anchor: Anchor = "feet"
    views: tuple[Facing, ...] = ("front", "back")
    max_fps: float = 30.0
    cutoff_hz: float = 6.0
    max_gap_s: float = 0.2
    #: Measures that cannot be told in this activity yet, with the code of the reason.
    cannot_tell: Mapping[str, str] = field(default_factory=dict)


# --- limits ---------------------------------------------------------------------------------------------------------


@cache
def shipped_limits() -> Limits:
    """The table that comes with the program."""
    return parse_limits(shipped_limits_text(), "limits.csv")


def shipped_limits_text() -> str:
    """The text of the table that comes with the program."""
    content = pkgutil.get_data("alignment", "limits.csv")
    if content is None:
        raise FileNotFoundError("limits.csv")
    return content.decode("utf-8")


def parse_limits(text: str, name: str) -> Limits:
    """A table of limits from CSV text. InputError naming the first fault and its line."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\\ufeff")))
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError("bad_limits", path=name, fault=f"it lacks the column {missing[0]}")
    rows = []
    for row in reader:
        try:
            rows.append(_limit(row))
        except (TypeError, ValueError) as fault:
            raise InputError("bad_limits", path=name, fault=f"line {reader.line_num}: {fault}") from None
    if not rows:
        raise InputError("bad_limits", path=name, fault="it holds no row")
    return Limits(tuple(rows), hashlib.sha256(text.encode("utf-8")).hexdigest())


def _limit(row: Mapping[str, str | None]) -> Limit:
    """One row. ValueError where a word is unknown or a number is none or out of order."""
    text = {column: (row[column] or "").strip() for column in _COLUMNS}
    if text["measure"] not in MEASURES:
        raise ValueError(f"there is no measure {text['measure']!r}")
    if text["side"] not in ("leg", "body", "stance", "difference"):
        raise ValueError(f"side is {text['side']!r} instead of leg, body, stance or difference")
    bounds = [float(text[name]) if text[name] else None for name in _COLUMNS[3:7]]
    given = [bound for bound in bounds if bound is not None]
    if given != sorted(given):
        raise ValueError("the limits do not rise from low_outside to high_outside")
    low_outside, low, high, high_outside = bounds
    side: RowSide = text["side"]  # type: ignore[assignment]
    return Limit(
        activity=text["activity"],
        measure=text["measure"],
        side=side,
        low_outside=low_outside,
        low=low,
        high=high,
        high_outside=high_outside,
        sem=float(text["sem"]),
        min_cycles=int(text["min_cycles"]),
        source=text["source"],
    )


# --- values of a cycle ----------------------------------------------------------------------------------------------


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
        return without(_commonest(curve.reason[around]), at_s)
    error = float(np.median(curve.standard_error[given]))
    if error > measure.useful_se:
        return without(_commonest(curve.doubt[given]), at_s)
    value = float(np.median(curve.value[given]))
    return Value(
        measure.name, curve.side, measure.unit, moment, at_s, _rounded(value, measure), _rounded(error, measure), None
    )


def _commonest(codes: Iterable[str]) -> str:
    counted = Counter(str(code) for code in codes if code)
    return counted.most_common(1)[0][0] if counted else "not_seen"


def _seconds(time_s: float) -> float:
    return round(float(time_s), 3)


def _rounded(value: float, measure: Measure) -> float:
    """Shares and ratios to a thousandth, degrees and percent to a hundredth."""
    return round(value, 3 if measure.unit in ("share", "ratio") else 2)


# --- summary and verdicts -------------------------------------------------------------------------------------------


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
    reason = _commonest(reasons) if reasons else "no_cycles"
    return _Sample(np.array([value for value, _ in given]), np.array([error for _, error in given]), reason)


def _summary(measure: Measure, side: SummarySide, sample: _Sample, row: Limit | None) -> Summary:
    """Mean over the cycles. Its error keeps the part that all cycles share, and adds their spread over the root of n."""
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
    def rounded(value: float | None) -> float | None:
        return None if value is None else _rounded(value, measure)

    low, high = (None, None) if mean is None or error is None else (mean - INTERVAL * error, mean + INTERVAL * error)
    return Summary(
        measure=measure.name,
        side=side,
        unit=measure.unit,
        at="key",
        mean=rounded(mean),
        sd=rounded(sd),
        n=n,
        standard_error=rounded(error),
        interval_low=rounded(low),
        interval_high=rounded(high),
        limit=_limit_used(row),
        verdict=verdict,
        reason=reason,
    )


def _limit_used(row: Limit | None) -> LimitUsed | None:
    if row is None:
        return None
    return LimitUsed(row.low_outside, row.low, row.high, row.high_outside, row.min_cycles, row.source)


# --- findings -------------------------------------------------------------------------------------------------------

_SEVERITY = (Verdict.OUTSIDE, Verdict.EDGE, Verdict.WITHIN, Verdict.UNKNOWN)


def findings(summary: Sequence[Summary], cycles: Sequence[Cycle]) -> tuple[Finding, ...]:
    """A plain sentence for each judged row, the most telling first; one sentence if nothing could be measured."""
    counted = [cycle for cycle in cycles if not cycle.rejected]
    if not counted:
        why = _commonest([row.reason or "" for row in summary])
        return (Finding("nothing", "body", Verdict.UNKNOWN, say("finding_nothing", reason=reason_text(why)).message),)
    judged = [row for row in summary if row.verdict is not None]
    judged.sort(key=lambda row: _SEVERITY.index(row.verdict or Verdict.UNKNOWN))
    return tuple(_finding(row, counted[0].kind) for row in judged)


def _finding(row: Summary, kind: str) -> Finding:
    verdict = row.verdict or Verdict.UNKNOWN
    code = f"{row.measure}_{verdict}"
    wording = code if known(f"finding_{code}") and row.side != "difference" else str(verdict)
    sentence = say(
        f"finding_{wording}",
        whose=say(f"whose_{row.side}").message,
        measure=say(f"measure_{row.measure}").message,
        n=row.n,
        cycles=say(f"cycles_{kind}").message,
        value=amount(row.mean if wording != code else abs(row.mean or 0.0), row.unit),
        error=amount(row.standard_error, row.unit),
        towards=say("towards_in" if (row.mean or 0.0) >= 0 else "towards_out").message,
        reason=reason_text(row.reason),
    )
    return Finding(code, row.side, verdict, sentence.message)


def reason_text(code: str | None) -> str:
    """The sentence part for a reason's code."""
    return say(f"reason_{code}").message if code else ""


def amount(value: float | None, unit: str) -> str:
    """A number with its unit as people read it: 4.2°, 3.1 %, 0.48."""
    if value is None:
        return "–"
    return {"deg": f"{value:.1f}°", "pct": f"{value:.1f} %"}.get(unit, f"{value:.2f}")
