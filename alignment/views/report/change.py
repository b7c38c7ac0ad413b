"""What changed since an earlier result: both results in; a line for each number that stands in both out."""

from typing import Any

from alignment.core.assessment import Change, compare_results
from alignment.core.result import Result
from alignment.texts import say
from alignment.views.report import words
from alignment.views.report.facts import Before
from alignment.views.wording import amount, reason_words, signed_amount


def changes_since(result: Result, before: Before) -> dict[str, Any]:
    """What changed since an earlier result beyond what two films of the same movement differ, by the names of full.typ."""
    comparison = compare_results(before.result, result, before.calibration_of)
    when = words.day(before.date)
    told = [one for one in comparison.changes if one.changed is not None]
    return {
        "heading": (say("report_change_since", when=when) if when else say("report_change")).message,
        "lead": _change_lead(sum(bool(one.changed) for one in told), len(told)),
        "lines": tuple(_change_line(one) for one in told),
        "warnings": tuple(words.Point(one.message, one.remedy) for one in map(reason_words, comparison.warnings)),
    }


def _change_lead(beyond: int, told: int) -> str:
    if not told:
        return say("report_change_none").message
    if told == 1:
        return say("compare_single_changed" if beyond else "compare_single_same").message
    code = "none" if not beyond else "one" if beyond == 1 else "some"
    return say(f"compare_{code}_changed", changed=beyond, told=told).message


def _change_line(one: Change) -> dict[str, Any]:
    """One number then and now, what must be exceeded, and what may be said of it."""
    return {
        "measure": words.measure_title(one.measure),
        "side": words.side_name(one.after),
        "before": amount(one.before.mean, one.unit),
        "after": amount(one.after.mean, one.unit),
        "change": signed_amount(one.change, one.unit),
        "detectable": amount(one.detectable, one.unit),
        "told": say("report_changed" if one.changed else "report_unchanged").message,
        "changed": bool(one.changed),
    }
