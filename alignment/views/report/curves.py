"""Curves of a report: a result and its measures over time in; small charts over the repetition, as numbers, out."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

import numpy as np

from alignment.core.measures import MEASURES
from alignment.core.result import Course, CycleSide, LimitUsed, Result, Whose
from alignment.core.skeleton import SIDES
from alignment.texts import say
from alignment.views.keyframes import key_frames
from alignment.views.normalized_cycles import PERCENT, NormalizedCycles, counted_cycles, normalize, percent_of_cycle
from alignment.views.report import words
from alignment.views.wording import amount, minus

#: Room above and below what is shown, as a share of it.
_ROOM: Final = 0.08
_MOST_TICKS: Final = 5
#: Every second percent is enough for a chart of three centimetres.
_AT: Final = np.arange(0, len(PERCENT), 2)

#: A curve that changes by no more is none.
_FLAT: Final = 1e-6
#: A point in a chart: shares of its width from the left and of its height from the top.
Point = tuple[float, float]
#: Such points one after the other: x, y, x, y …
Path = tuple[float, ...]


@dataclass(frozen=True)
class Trace:
    """The mean of the repetitions of one leg, or of the body on one leg; `area` from the lowest to the highest of them.

    `faint` is the whole mean, `sure` what of it is sure enough to be told; both broken where there is no value. `moment` is
    the mean of the moments that are judged.
    """

    whose: Whose
    label: str
    faint: tuple[Path, ...]
    sure: tuple[Path, ...]
    area: tuple[Path, ...]
    moment: Point | None


@dataclass(frozen=True)
class Chart:
    """One measure. A tick is a share of the height from the top, and its label; `usual` the usual range's top and bottom."""

    title: str
    alt: str
    ticks: tuple[tuple[float, str], ...]
    zero: float | None
    usual: tuple[float, float] | None
    traces: tuple[Trace, ...]


@dataclass(frozen=True)
class _Part:
    """What one trace shows: whose curve, in which repetitions."""

    whose: Whose
    cycles: CycleSide | None
    colour: Whose


def charts(result: Result, course: Course) -> tuple[Chart, ...]:
    """A chart for each measure that has a curve in the repetitions, those that are judged first."""
    rows = sorted(result.summary, key=lambda row: not words.usual(row.limit))
    found = [(name, _repetition_curves(result, course, name)) for name in dict.fromkeys(row.measure for row in rows)]
    return tuple(_chart(result, name, laid) for name, laid in found if laid)


def _repetition_curves(
    result: Result, course: Course, measure: str
) -> list[tuple[_Part, NormalizedCycles, Point | None]]:
    """The repetitions of a measure laid over each other, for each leg or the body on each leg."""
    made = []
    for part in _parts(result, measure):
        curve, cycles = course.by_measure.get((measure, part.whose)), counted_cycles(result, part.cycles)
        if curve is None or not cycles or not len(course.time_s):
            continue
        laid = normalize(curve, course.time_s, cycles)
        if _has_course(laid.mean):
            made.append((part, laid, _moment(result, measure, part)))
    return made


def _has_course(mean: np.ndarray) -> bool:
    """Whether a measure changes within a repetition: what is one number for each, or for the film, has no curve."""
    known = mean[np.isfinite(mean)]
    return bool(len(known)) and float(np.ptp(known)) > _FLAT


def _parts(result: Result, measure: str) -> list[_Part]:
    together = all(cycle.side == "both" for cycle in counted_cycles(result))
    if MEASURES[measure].sided:
        return [_Part(side, None if together else side, side) for side in SIDES]
    return [_Part("body", None, "body")] if together else [_Part("body", side, side) for side in SIDES]


def _moment(result: Result, measure: str, part: _Part) -> Point | None:
    """Mean share of the repetition and mean value at the moments that are judged; None without any."""
    at = [
        (percent_of_cycle(frame.cycle, frame.time_s), frame.value.value or 0.0)
        for frame in key_frames(counted_cycles(result, part.cycles), measure)
        if frame.value.side == part.whose
    ]
    return (float(np.mean([x for x, _ in at])), float(np.mean([y for _, y in at]))) if at else None


def _chart(result: Result, measure: str, laid: list[tuple[_Part, NormalizedCycles, Point | None]]) -> Chart:
    limit, unit = _limit(result, measure), MEASURES[measure].unit
    low, high = _bounds(laid, limit)
    across = _Across(low, high)
    name = words.measure_title(measure)
    return Chart(
        title=words.short_name(measure),
        alt=say("report_chart_alt", measure=name, low=amount(low, unit), high=amount(high, unit)).message,
        ticks=tuple((across.y(value), label) for value, label in _ticks(low, high)),
        zero=across.y(MEASURES[measure].neutral) if low < MEASURES[measure].neutral < high else None,
        usual=across.band(limit),
        traces=tuple(_trace(part, one, moment, across) for part, one, moment in laid),
    )


def _limit(result: Result, measure: str) -> LimitUsed | None:
    """The usual range of what the chart shows: not of a difference, nor of a body's number counted towards one leg."""
    rows = [row for row in result.summary if row.measure == measure and row.side != "difference"]
    return next((row.limit for row in rows if not words.is_stance(row) and words.usual(row.limit)), None)


def _bounds(laid: list[tuple[_Part, NormalizedCycles, Point | None]], limit: LimitUsed | None) -> tuple[float, float]:
    """What is sure sets the height, what is not where nothing else is there; and the limits of the usual range."""
    ends: list[float] = []
    for _, one, moment in laid:
        shown = one.sure if one.sure.any() else np.isfinite(one.mean)
        ends += [float(numbers[shown].min()) for numbers in (one.low, one.mean)]
        ends += [float(numbers[shown].max()) for numbers in (one.high, one.mean)]
        ends += [moment[1]] if moment else []
    ends += [end for end in (limit.low, limit.high) if end is not None] if limit else []
    room = _ROOM * max(max(ends) - min(ends), 1e-3)
    return min(ends) - room, max(ends) + room


@dataclass(frozen=True)
class _Across:
    """Places in a chart of these bounds."""

    low: float
    high: float

    def y(self, value: float) -> float:
        """Share of the height from the top; what is beyond the chart is at its edge."""
        return round(min(max((self.high - value) / (self.high - self.low), 0.0), 1.0), 4)

    def path(self, at: np.ndarray, values: np.ndarray) -> Path:
        """The values at these places of the repetition."""
        return tuple(place for one in at for place in (round(PERCENT[one] / 100, 4), self.y(float(values[one]))))

    def band(self, limit: LimitUsed | None) -> tuple[float, float] | None:
        if limit is None:
            return None
        low = limit.low_outside if limit.low is None else limit.low
        high = limit.high_outside if limit.high is None else limit.high
        return (0.0 if high is None else self.y(high), 1.0 if low is None else self.y(low))


def _trace(part: _Part, laid: NormalizedCycles, moment: Point | None, across: _Across) -> Trace:
    stance = part.whose == "body" and part.cycles is not None
    code = f"report_stance_{part.cycles}" if stance else f"report_side_{part.whose}"
    areas = []
    if laid.count > 1:
        for run in _runs(laid.sure & np.isfinite(laid.low) & np.isfinite(laid.high)):
            there, back = _AT[run], _AT[run][::-1]
            areas.append(across.path(there, laid.high) + across.path(back, laid.low))
    return Trace(
        whose=part.colour,
        label=say(code).message,
        faint=tuple(across.path(_AT[run], laid.mean) for run in _runs(np.isfinite(laid.mean))),
        sure=tuple(across.path(_AT[run], laid.mean) for run in _runs(laid.sure)),
        area=tuple(areas),
        moment=None if moment is None else (round(moment[0] / 100, 4), across.y(moment[1])),
    )


def _runs(there: np.ndarray) -> Iterator[slice]:
    """The stretches of at least two of the places `_AT` where it is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], there[_AT].astype(np.int8), [0]])))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start > 1:
            yield slice(int(start), int(end))


def _ticks(low: float, high: float) -> Iterator[tuple[float, str]]:
    """Round numbers between the bounds, at most `_MOST_TICKS`, with as many decimals as they need."""
    rough = (high - low) / _MOST_TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    decimals = max(0, -floor(log10(step) + 1e-9))
    for count in range(ceil(low / step), floor(high / step) + 1):
        yield count * step, minus(f"{count * step + 0.0:.{decimals}f}")
