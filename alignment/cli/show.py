"""Results in words: an outcome in, a table and sentences on a console out."""

from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from alignment.assessment import Activity, amount, camera_words, changed_deg
from alignment.result import LimitUsed, Result, Summary, Verdict
from alignment.run import Outcome
from alignment.texts import ENGLISH, Text, say

#: More rejected cycles than this are summed up by their reasons.
_MOST_REJECTED_LINES = 6
_STYLES = {Verdict.WITHIN: "green", Verdict.EDGE: "yellow", Verdict.OUTSIDE: "bold magenta", Verdict.UNKNOWN: "dim"}


def outcome(console: Console, found: Outcome, activity: Activity) -> None:
    """The summary table of one video, its findings, what limits them with the way out, and where the results lie."""
    result = found.result
    console.print()
    title = say("summary_title", video=result.source.name, activity=activity.title).message
    console.print(Styled(title, style="bold"))
    console.print(Styled(camera_words(result.viewpoint, changed_deg(result.cycles))))
    _cycles(console, result)
    if result.measured:
        console.print(_summary(result))
    else:
        console.print(Styled(say("summary_empty").message))
    for finding in result.findings:
        _point(console, "•", finding.message)
    for entry in result.quality.reasons:
        _point(console, "!", str(Text(entry.message, entry.remedy)))
    console.print(Styled(say("results_in", folder=found.folder).message))


def _cycles(console: Console, result: Result) -> None:
    rejected = [cycle for cycle in result.cycles if cycle.rejected is not None]
    for kind, counted in Counter(cycle.kind for cycle in result.cycles if cycle.rejected is None).items():
        console.print(Styled(say("cycles_counted", counted=counted, cycles=say(f"cycles_{kind}").message).message))
    if len(rejected) > _MOST_REJECTED_LINES:
        for code, number in Counter(cycle.rejected for cycle in rejected).most_common():
            console.print(Styled(say("cycles_rejected_often", number=number, reason=_reason(code)).message))
        return
    for cycle in rejected:
        why = _reason(cycle.rejected)
        console.print(Styled(say("cycles_rejected", time_s=cycle.start_s, reason=why).message))


def _summary(result: Result) -> Table:
    table = Table(box=None, pad_edge=False)
    for code in ("head_measure", "head_side", "head_mean", "head_n", "head_verdict", "head_usual"):
        is_number = code in ("head_mean", "head_n")
        table.add_column(say(code).message, justify="right" if is_number else "left", overflow="fold")
    for row in result.summary:
        table.add_row(
            say(f"measure_{row.measure}").message,
            say(f"side_{row.side}").message,
            _mean(row),
            str(row.n),
            Styled(_verdict(row), style=_STYLES.get(row.verdict, "") if row.verdict else "dim"),
            _usual(row.limit, row.unit),
        )
    return table


def _mean(row: Summary) -> str:
    if row.mean is None or row.standard_error is None:
        return "–"
    return f"{amount(row.mean, row.unit).rstrip('° %')} ± {amount(row.standard_error, row.unit)}"


def _verdict(row: Summary) -> str:
    if row.verdict is None and row.mean is not None:
        return say("verdict_none").message
    if row.verdict in (None, Verdict.UNKNOWN):
        return say("verdict_unknown_why", reason=_reason(row.reason)).message
    return say(f"verdict_{row.verdict}").message


def _usual(limit: LimitUsed | None, unit: str) -> str:
    if limit is None or (limit.low is None and limit.high is None):
        return ""
    low, high = ("" if end is None else amount(end, unit) for end in (limit.low, limit.high))
    code = "usual_between" if low and high else "usual_from" if low else "usual_to"
    return say(code, low=low, high=high).message


def _reason(code: str | None) -> str:
    """The reason's phrase; one that the catalogue does not know is told by its code."""
    known = f"reason_{code}" in ENGLISH
    return say(f"reason_{code}").message if known else str(code).replace("_", " ")


def _point(console: Console, mark: str, sentence: str) -> None:
    console.print(Styled(f"{mark} {sentence}"))
