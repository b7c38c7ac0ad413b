"""A subject's history on the screen: the sessions in a table, then each analysis with its numbers and how they changed."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from alignment.cli.records.history import Compared, History, Visit
from alignment.core.assessment import Change
from alignment.core.result import Summary
from alignment.records import Session
from alignment.texts import say
from alignment.views.wording import amount, reason_text, reason_words, signed_amount, with_error

_SESSION_HEADS: Final = ("date", "footwear", "side", "step", "pain", "analyses", "notes")


def show_history(console: Console, history: History) -> None:
    """The sessions in a table, then each analysis with its numbers and how they changed."""
    visits = history.visits
    if not visits:
        console.print(Styled(str(say("records_no_sessions", code=history.subject.code))))
        return
    title = say("records_title", code=history.subject.code, count=len(visits)).message
    console.print(Styled(title, style="bold"))
    console.print(_sessions(visits))
    if any(pain_words(visit.session) for visit in visits):
        console.print(Styled(say("records_pain_key").message, style="dim"))
    for visit in visits:
        for compared in visit.analyses:
            _analysis(console, visit.session, compared)
        for sentence in visit.unreadable:
            console.print(Styled(f"! {visit.session.facts.date}: {sentence}"))
    if any(compared.comparison for visit in visits for compared in visit.analyses):
        console.print()
        console.print(Styled(say("records_what_changed_means").message, style="dim"))


def _sessions(visits: Sequence[Visit]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in _SESSION_HEADS:
        table.add_column(say(f"head_records_{name}").message, overflow="fold", no_wrap=name in ("date", "pain"))
    for visit in visits:
        facts = visit.session.facts
        step = "" if facts.step_height_cm is None else f"{facts.step_height_cm:g} cm"
        side = say(f"records_side_{facts.complaint_side}").message if facts.complaint_side else ""
        count = len(visit.analyses) + len(visit.unreadable)
        cells = [str(facts.date), facts.footwear, side, step, pain_words(visit.session), str(count), facts.notes]
        table.add_row(*map(escape, cells))
    return table


def pain_words(session: Session) -> str:
    """Pain before, while moving, an hour after and next morning, each 0 to 10: "3 · 2 · – · 1"; "" if none was asked."""
    values = tuple(asdict(session.facts.pain).values())
    return " · ".join("–" if one is None else str(one) for one in values) if set(values) != {None} else ""


def _analysis(console: Console, session: Session, compared: Compared) -> None:
    result = compared.analysis.result
    console.print()
    title = say(f"activity_{result.activity}").message
    head = say("records_analysis", date=session.facts.date, activity=title, film=result.source.name).message
    console.print(Styled(head, style="bold"))
    if compared.analysis.corrections:
        console.print(Styled(say("records_corrected", count=len(compared.analysis.corrections)).message))
    shown = [row for row in result.summary if _is_shown(row, compared)]
    if shown:
        console.print(_numbers(shown, compared))
    untold = len(result.summary) - len(shown)
    if untold:
        console.print(Styled(say("records_untold", count=untold).message, style="dim"))
    if compared.comparison is not None:
        for one in compared.comparison.warnings:
            console.print(Styled(f"! {reason_words(one)}"))


def _is_shown(row: Summary, compared: Compared) -> bool:
    """What can be compared now, or could be before."""
    change = compared.changes.get((row.measure, row.side))
    return row.mean is not None or (change is not None and change.before.mean is not None)


def _numbers(rows: Sequence[Summary], compared: Compared) -> Table:
    heads = ["head_measure", "head_side", "head_mean", "head_n"]
    names = [say(code).message for code in heads]
    if compared.comparison is not None:
        names += [say("head_records_since", date=compared.since).message]
        names += [say(f"head_records_{name}").message for name in ("least", "said")]
    table = Table(box=None, pad_edge=False)
    for at, name in enumerate(names):
        table.add_column(name, justify="right" if at in (2, 3, 4, 5) else "left", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row, compared))
    return table


def _cells(row: Summary, compared: Compared) -> Iterator[Styled]:
    yield Styled(say(f"measure_{row.measure}").message)
    yield Styled(say(f"side_{row.side}").message)
    yield Styled(_mean(row))
    yield Styled(str(row.n))
    if compared.comparison is None:
        return
    change = compared.changes.get((row.measure, row.side))
    yield Styled(_change_text(change))
    yield Styled(amount(change.detectable, change.unit) if change is not None else "")
    yield _verdict(row, change)


def _mean(row: Summary) -> str:
    if row.mean is None:
        return "–"
    return with_error(row.mean, row.standard_error, row.unit)


def _change_text(change: Change | None) -> str:
    return "–" if change is None else signed_amount(change.change, change.unit)


def _verdict(row: Summary, change: Change | None) -> Styled:
    if change is None:
        return Styled(say("records_not_before").message, style="dim")
    if change.changed is None:
        lacking = row if row.mean is None else change.before
        code = "records_cannot_now" if row.mean is None else "records_cannot_before"
        return Styled(say(code, reason=reason_text(lacking.reason)).message, style="dim")
    if change.changed:
        return Styled(say("records_changed").message, style="bold")
    return Styled(say("records_unchanged").message)
