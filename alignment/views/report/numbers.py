"""The table of a report: a result's summary in; a group of lines for each measure, and the sources of the limits, out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Final

from alignment.core.assessment import shipped_limits
from alignment.core.calibration import CalibrationOf
from alignment.core.measures import MEASURES
from alignment.core.result import LimitUsed, Result, Summary
from alignment.texts import say
from alignment.views.report import words
from alignment.views.summary_table import mdc
from alignment.views.wording import amount, measure_name, reason_text

#: How far the picture of a range reaches beyond its outermost limit, in parts of the way there from the neutral value.
_BEYOND: Final = 1.7
#: A source may point at another activity's row: "as squat; low confidence".
_SAME_AS: Final = re.compile(r"as (?P<activity>\w+)(?P<rest>;.*)?")


@dataclass(frozen=True)
class Scale:
    """A number and its 95 % interval beside the usual range, as shares of a line from left to right, neutral in its middle.

    A range that is open to one side ends at the line's end. `value` is −1 or 2 where it lies beyond the line.
    """

    value: float
    interval: tuple[float, float]
    usual: tuple[float, float]
    edge: tuple[float, float]


@dataclass(frozen=True)
class Line:
    """One side's number, or why there is none (`cannot`)."""

    side: str
    mean: str = ""
    sd: str = ""
    n: str = ""
    interval: str = ""
    usual: str = ""
    source: int | None = None
    scale: Scale | None = None
    mark: str = words.NOT_JUDGED
    verdict: str = ""
    cannot: str = ""


@dataclass(frozen=True)
class Group:
    """A measure: its name with unit, what its sign means, and a line for each side."""

    title: str
    unit: str
    sign: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """All measures of a result, and the sources of their limits in the order of their numbers, which begin at 1."""

    groups: tuple[Group, ...]
    sources: tuple[str, ...]


def table(result: Result, clinical: CalibrationOf | None = None) -> Table:
    """A group for each measure of the summary, in its order; see `report` for `clinical`."""
    sources: list[str] = []
    rows = groupby(result.summary, key=lambda row: row.measure)
    groups = tuple(_group(measure, list(of_it), result, sources, clinical) for measure, of_it in rows)
    return Table(groups, tuple(sources))


def _group(
    measure: str, rows: list[Summary], result: Result, sources: list[str], clinical: CalibrationOf | None
) -> Group:
    lines = [_line(row, result, sources) for row in rows]
    unit, sign = words.unit_name(rows[0].unit), words.sign_of(measure)
    least = None if clinical is None else mdc(result, rows[0], clinical)
    if least is not None:
        sign = say("report_sign_mdc", sign=sign, mdc=amount(least, rows[0].unit)).message
    name = words.capital(measure_name(measure, clinical=clinical is not None))
    return Group(name, unit, sign, tuple(_merge(_said_once(lines))))


def _line(row: Summary, result: Result, sources: list[str]) -> Line:
    side = words.side_name(row)
    if row.mean is None:
        return Line(side, cannot=say("verdict_unknown_why", reason=reason_text(row.reason)).message)
    difference = row.side == "difference"
    usual = words.usual(row.limit, size_only=difference)
    why = row.reason in ("too_few_cycles", "too_unsure")
    return Line(
        side=side,
        mean=f"{words.bare(row.mean, row.unit)} ± {words.bare(row.standard_error, row.unit)}",
        sd=words.bare(row.sd, row.unit),
        n=str(row.n),
        interval=_interval(row),
        usual=usual,
        source=_source_number(row, result, sources) if usual else None,
        scale=_scale(row),
        mark=words.mark_of(row.verdict),
        verdict=say(f"report_verdict_{row.reason}").message if why else words.verdict_words(row),
    )


def _interval(row: Summary) -> str:
    low, high = words.bare(row.interval_low, row.unit), words.bare(row.interval_high, row.unit)
    return say("usual_between", low=low, high=high).message


def _said_once(lines: list[Line]) -> Iterator[Line]:
    """A range that the line above has as well is not said again."""
    above: tuple[str, int | None] = ("", None)
    for line in lines:
        own = (line.usual, line.source)
        yield replace(line, usual="", source=None) if own == above else line
        above = own if line.usual else above


def _merge(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines beside each other without a number for the same reason, as one."""
    for cannot, alike in groupby(lines, key=lambda line: line.cannot):
        same = list(alike)
        if cannot and len(same) > 1:
            sides = [same[0].side, *(one.side[:1].lower() + one.side[1:] for one in same[1:])]
            yield replace(same[0], side=", ".join(sides))
        else:
            yield from same


def _scale(row: Summary) -> Scale | None:
    """Where a number lies to its limits; None where nothing is judged."""
    limit, mean = row.limit, row.mean
    if limit is None or mean is None or row.interval_low is None or row.interval_high is None:
        return None
    neutral = 0.0 if row.side == "difference" or words.is_stance(row) else MEASURES[row.measure].neutral
    if row.side == "difference" and limit.high is not None:
        # Judged by its size, so the range reaches as far to the left.
        outside = limit.high if limit.high_outside is None else limit.high_outside
        limit = replace(limit, low=-limit.high, low_outside=-outside, high_outside=outside)
    bounds = [one for one in (limit.low_outside, limit.low, limit.high, limit.high_outside) if one is not None]
    if not bounds:
        return None
    reach = _BEYOND * max(abs(one - neutral) for one in bounds) or 1.0

    def at(value: float | None, otherwise: float) -> float:
        if value is None:
            return otherwise
        return round(min(max((value - neutral + reach) / (2 * reach), 0.0), 1.0), 4)

    def first(*given: float | None) -> float | None:
        return next((one for one in given if one is not None), None)

    return Scale(
        value=at(mean, 0.0) if abs(mean - neutral) <= reach else -1.0 if mean < neutral else 2.0,
        interval=(at(row.interval_low, 0.0), at(row.interval_high, 1.0)),
        usual=(at(first(limit.low, limit.low_outside), 0.0), at(first(limit.high, limit.high_outside), 1.0)),
        edge=(at(first(limit.low_outside, limit.low), 0.0), at(first(limit.high_outside, limit.high), 1.0)),
    )


def _source_number(row: Summary, result: Result, sources: list[str]) -> int | None:
    """The number of a limit's source among those of the page, to which it is added; None where the table names none."""
    if row.limit is None or not row.limit.source:
        return None
    source = _spelled_out(row.limit, row, result)
    if source not in sources:
        sources.append(source)
    return sources.index(source) + 1


def _spelled_out(limit: LimitUsed, row: Summary, result: Result) -> str:
    """A limit's source in its own words, also where the shipped table points at another activity's row."""
    kind = "difference" if row.side == "difference" else "stance" if words.is_stance(row) else "leg"
    kind = "body" if row.side == "body" else kind
    shipped = result.software.settings["limits_sha256"] == shipped_limits().sha256
    source = _full_source(limit.source, row.measure, kind) if shipped else limit.source
    return source.replace("+-", "±").rstrip(".")


@cache
def _full_source(source: str, measure: str, side: str) -> str:
    """The source that an "as …" of the shipped table stands for, with what that says besides."""
    told = _SAME_AS.fullmatch(source)
    rows = shipped_limits().rows if told else ()
    for row in rows:
        if told and (row.activity, row.measure, row.side) == (told["activity"], measure, side) and row.source != source:
            return _full_source(row.source, measure, side).rstrip(".") + (told["rest"] or "")
    return source
