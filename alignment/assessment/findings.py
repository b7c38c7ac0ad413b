"""A summary in; plain sentences for the person out, the most telling first. All words come from the catalogue."""

from collections.abc import Sequence
from typing import Final

from alignment.assessment.numbers import amount, commonest
from alignment.measures import MEASURES
from alignment.result import Cycle, Finding, Summary, Verdict
from alignment.texts import known, say

_SEVERITY: Final = (Verdict.OUTSIDE, Verdict.EDGE, Verdict.WITHIN, Verdict.UNKNOWN)
#: Reasons that are told with their numbers.
_NUMBERED: Final = ("too_few_cycles", "too_unsure")


def findings(summary: Sequence[Summary], cycles: Sequence[Cycle]) -> tuple[Finding, ...]:
    """A plain sentence for each judged row, the most telling first; one sentence where nothing is measured or judged."""
    counted = [cycle for cycle in cycles if not cycle.rejected]
    if not any(row.mean is not None for row in summary):
        why = reason_text(commonest([row.reason or "" for row in summary]))
        return (Finding("nothing", "body", Verdict.UNKNOWN, say("finding_nothing", reason=why).message),)
    judged = [row for row in summary if row.verdict is not None]
    if not judged:
        return (Finding("not_judged", "body", Verdict.UNKNOWN, say("finding_not_judged").message),)
    judged.sort(key=lambda row: _SEVERITY.index(row.verdict or Verdict.UNKNOWN))
    return tuple(_finding(row, counted) for row in judged)


def _finding(row: Summary, counted: Sequence[Cycle]) -> Finding:
    verdict = row.verdict or Verdict.UNKNOWN
    cycles = say(f"cycles_{counted[0].kind}").message
    sentence = say(
        f"finding_{_wording(row, verdict)}",
        whose=say(f"whose_{row.side}").message,
        measure=say(f"measure_{row.measure}").message,
        fact=fact(row),
        error=amount(row.standard_error, row.unit),
        share=_share(row, counted, cycles),
        n=row.n,
        needed=row.limit.min_cycles if row.limit else 0,
        cycles=cycles,
        reason=reason_text(row.reason),
    )
    return Finding(f"{row.measure}_{verdict}", row.side, verdict, sentence.message)


def _wording(row: Summary, verdict: Verdict) -> str:
    """Which of the catalogue's sentences fits a row."""
    if verdict is Verdict.UNKNOWN and row.reason in _NUMBERED:
        return str(row.reason)
    return "on_one_line" if on_one_line(row) else str(verdict)


def on_one_line(row: Summary) -> bool:
    """Whether a row says that hip, knee and toe stayed on one line: a leg's distance of about 0 in every repetition."""
    if row.verdict is not Verdict.WITHIN or row.measure != "knee_over_toe" or row.side == "difference":
        return False
    return (row.interval_low or 0.0) <= 0.0 <= (row.interval_high or 0.0) and _alike(row)


def _alike(row: Summary) -> bool:
    """Whether the repetitions differ so little that what is said of their mean holds for each of them."""
    bounds = [bound for bound in (row.limit.low, row.limit.high) if bound is not None] if row.limit else []
    return row.sd is None or (bool(bounds) and row.sd <= min(map(abs, bounds)) / 2)


def _share(row: Summary, counted: Sequence[Cycle], cycles: str) -> str:
    """Of how many cycles a row speaks."""
    sides = ("left", "right") if row.side == "difference" else (row.side,)
    totals = [sum(side in ("body", cycle.side) or cycle.side == "both" for cycle in counted) for side in sides]
    code = "share_difference" if row.side == "difference" else "share"
    return say(code, n=row.n, total=min(totals), cycles=cycles).message


def fact(row: Summary) -> str:
    """A row's mean in words: the catalogue's phrase for this measure, kind of row and direction, or the nearest to it."""
    measure = say(f"measure_{row.measure}").message
    value = amount(abs(row.mean or 0.0), row.unit)
    direction = "none" if value == amount(0.0, row.unit) else "more" if (row.mean or 0.0) > 0 else "less"
    stance = row.side in ("left", "right") and not MEASURES[row.measure].sided
    kind = "_difference" if row.side == "difference" else "_stance" if stance else ""
    codes = (f"fact_{row.measure}{kind}_{direction}", f"fact_{row.measure}{kind}", f"fact{kind}_{direction}", "fact")
    code = next(code for code in codes if known(code))
    return say(code, measure=measure, value=value, signed=amount(row.mean, row.unit)).message


def reason_text(code: str | None) -> str:
    """The sentence part for a reason's code."""
    return say(f"reason_{code}").message if code else ""
