"""What changed since an earlier result: both results in; a line for each number that stands in both out."""

from dataclasses import dataclass

from alignment.assessment import Change, amount, compare_results, signed
from alignment.result import Result
from alignment.texts import say
from alignment.views.report import words
from alignment.views.report.facts import Before
from alignment.views.report.shared import Point


@dataclass(frozen=True)
class ChangeLine:
    """One number then and now, what must be exceeded, and what may be said of it."""

    measure: str
    side: str
    before: str
    after: str
    change: str
    detectable: str
    told: str
    changed: bool


@dataclass(frozen=True)
class Changed:
    """What changed since last time, and how differently the two were filmed."""

    heading: str
    lead: str
    lines: tuple[ChangeLine, ...]
    warnings: tuple[Point, ...]


def changed(result: Result, before: Before) -> Changed:
    """What changed since an earlier result, row by row, beyond what two films of the same movement differ."""
    comparison = compare_results(before.result, result)
    when = words.day(before.date)
    told = [one for one in comparison.changes if one.changed is not None]
    beyond = sum(bool(one.changed) for one in told)
    return Changed(
        heading=(say("report_change_since", when=when) if when else say("report_change")).message,
        lead=_change_lead(beyond, len(told)),
        lines=tuple(_change_line(one) for one in told),
        warnings=tuple(Point(one.message, one.remedy) for one in comparison.warnings),
    )


def _change_lead(changed_: int, told: int) -> str:
    if not told:
        return say("report_change_none").message
    if told == 1:
        return say("compare_single_changed" if changed_ else "compare_single_same").message
    code = "none" if not changed_ else "one" if changed_ == 1 else "some"
    return say(f"compare_{code}_changed", changed=changed_, told=told).message


def _change_line(one: Change) -> ChangeLine:
    return ChangeLine(
        measure=words.measure_name(one.measure),
        side=words.side_name(one.after),
        before=amount(one.before.mean, one.unit),
        after=amount(one.after.mean, one.unit),
        change=signed(one.change, one.unit),
        detectable=amount(one.detectable, one.unit),
        told=say("report_changed" if one.changed else "report_unchanged").message,
        changed=bool(one.changed),
    )
