"""Results in words: an outcome in; sentences, and a table in clinical terms, on a console out."""

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from alignment.core.result import Occasion, Result, Verdict, changed_deg
from alignment.pose.calibration import calibration_of
from alignment.texts import say
from alignment.views.summary_table import summary_table
from alignment.views.wording import camera_words, few_text, pelvis_text, reason_text, told_findings, told_reasons
from alignment.workflow import Outcome

#: More rejected cycles than this are summed up by their reasons.
_MOST_REJECTED_LINES = 6
_STYLES = {Verdict.WITHIN: "green", Verdict.EDGE: "yellow", Verdict.OUTSIDE: "bold magenta", Verdict.UNKNOWN: "dim"}


def outcome(console: Console, found: Outcome, folder: Path) -> None:
    """One video's findings, in clinical terms with a table, what limits them with the way out, and where the results lie."""
    result = found.result
    clinical = found.analysis.request.clinical
    _head(console, result.source.name, result, clinical=clinical)
    _cycles(console, result)
    _told(console, result, clinical=clinical)
    _rest(console, found, folder)


def film_of_occasion(console: Console, found: Outcome, folder: Path, number: int) -> None:
    """One film of several that are judged as one: how it was filmed, what counts in it, and where its own results lie."""
    result = found.result
    name = say("occasion_film", number=number, name=result.source.name).message
    _head(console, name, result, clinical=found.analysis.request.clinical)
    _cycles(console, result)
    _rest(console, found, folder)


def occasion(console: Console, found: Occasion, *, clinical: bool) -> None:
    """The findings of several films of one occasion, in clinical terms with a table."""
    console.print()
    activity = say(f"activity_{found.activity}").message
    title = say("occasion_title", films=len(found.films), activity=activity).message
    console.print(Styled(title, style="bold"))
    _counted(console, found)
    _told(console, found, clinical=clinical)


def _head(console: Console, name: str, result: Result, *, clinical: bool) -> None:
    console.print()
    title = say("summary_title", video=name, activity=say(f"activity_{result.activity}").message).message
    console.print(Styled(title, style="bold"))
    console.print(Styled(camera_words(result.viewpoint, changed_deg(result.cycles), clinical=clinical)))
    if result.pelvis is not None:
        console.print(Styled(pelvis_text(result.pelvis)))


def _told(console: Console, found: Result | Occasion, *, clinical: bool) -> None:
    if not found.measured:
        console.print(Styled(say("summary_empty").message))
    elif clinical or any(finding.code == "not_judged" for finding in found.findings):
        console.print(_summary(found))
    few = few_text(found.findings)
    if few:
        console.print(Styled(few))
    for told in told_findings(found.findings, clinical=clinical):
        console.print(Styled(f"• {told.text}"))


def _rest(console: Console, found: Outcome, folder: Path) -> None:
    clinical = found.analysis.request.clinical
    for _, words in told_reasons(found.result, clinical=clinical):
        console.print(Styled(f"! {words}"))
    if found.result.measured and not clinical:
        console.print(Styled(say("clinical_hint").message, style="dim"))
    console.print(Styled(say("results_in", folder=folder).message))
    for why in found.left_out.values():
        console.print(Styled(str(why)))


def recognition(console: Console, result: Result) -> None:
    """What the film was taken for, where nobody said it."""
    if result.recognised:
        percent, activity = 100 * result.recognised.probability, say(f"activity_{result.activity}").message
        console.print(Styled(say("activity_recognised", activity=activity, percent=percent).message))


def _counted(console: Console, found: Result | Occasion) -> None:
    for kind, counted in Counter(cycle.kind for cycle in found.cycles if cycle.rejected is None).items():
        console.print(Styled(say("cycles_counted", counted=counted, cycles=say(f"cycles_{kind}").message).message))


def _cycles(console: Console, result: Result) -> None:
    rejected = [cycle for cycle in result.cycles if cycle.rejected is not None]
    _counted(console, result)
    if len(rejected) > _MOST_REJECTED_LINES:
        for code, number in Counter(cycle.rejected for cycle in rejected).most_common():
            console.print(Styled(say("cycles_rejected_often", number=number, reason=reason_text(code)).message))
        return
    for cycle in rejected:
        why = reason_text(cycle.rejected)
        console.print(Styled(say("cycles_rejected", time_s=cycle.start_s, reason=why).message))


def _summary(result: Result | Occasion) -> Table:
    found = summary_table(result, calibration_of)
    table = Table(box=None, pad_edge=False)
    for number, head in enumerate(found.head):
        table.add_column(head, justify="left" if number < 2 or number > 6 else "right", overflow="fold")
    for row in found.rows:
        style = _STYLES.get(row.verdict, "") if row.verdict else "dim"
        table.add_row(*row.cells[:-1], Styled(row.cells[-1], style=style))
    return table
