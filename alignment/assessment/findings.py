"""A summary in; plain sentences for the person out, the most telling first. All words come from the catalogue."""

from collections.abc import Sequence

from alignment.assessment.numbers import amount, commonest
from alignment.result import Cycle, Finding, Summary, Verdict
from alignment.texts import known, say

_SEVERITY = (Verdict.OUTSIDE, Verdict.EDGE, Verdict.WITHIN, Verdict.UNKNOWN)


def findings(summary: Sequence[Summary], cycles: Sequence[Cycle]) -> tuple[Finding, ...]:
    """A plain sentence for each judged row, the most telling first; one sentence if nothing could be measured."""
    counted = [cycle for cycle in cycles if not cycle.rejected]
    if not counted:
        why = commonest([row.reason or "" for row in summary])
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
