"""A subject's sessions over time: records in; what changed since the session before out, as tables and as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from alignment.activities import ACTIVITIES
from alignment.assessment import Change, Comparison, amount, compare_results, reason_text, signed
from alignment.records import Analysis, Entry, Records, Session, Subject
from alignment.result import Summary
from alignment.texts import Text, say
from alignment.views.cycles import with_error

_SESSION_HEADS = ("date", "footwear", "side", "step", "pain", "analyses", "notes")


@dataclass(frozen=True)
class Told:
    """An analysis, and the one of an earlier session that it is held against, if there is one."""

    analysis: Analysis
    since: date | None = None
    comparison: Comparison | None = None

    @property
    def changes(self) -> dict[tuple[str, str], Change]:
        """By measure and side, where both have the row."""
        return {(one.measure, one.side): one for one in self.comparison.changes} if self.comparison else {}


@dataclass(frozen=True)
class Visit:
    """A session with its analyses; `unreadable` says why others cannot be shown."""

    session: Session
    told: tuple[Told, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """A subject's sessions, the oldest first, and the notes of who did what, the newest first."""

    subject: Subject
    visits: tuple[Visit, ...]
    audit: tuple[Entry, ...]


def of(kept: Records, subject: Subject) -> History:
    """Everything that is shown of one subject."""
    visits: list[Visit] = []
    for session in kept.sessions(subject.key):
        told = tuple(_told(one, visits) for one in kept.analyses(session.key))
        visits.append(Visit(session, told, tuple(str(one.text) for one in kept.unreadable(session.key))))
    return History(subject, tuple(visits), tuple(kept.audit(subject.key)))


def _told(analysis: Analysis, earlier: Sequence[Visit]) -> Told:
    """Held against the latest earlier session in which the same numbers of the same movement stand."""
    for visit in reversed(earlier):
        alike = [one.analysis for one in visit.told if one.analysis.result.activity == analysis.result.activity]
        compared = [compare_results(one.result, analysis.result) for one in alike]
        best = max(compared, key=_comparable, default=None)
        if best is not None and _comparable(best):
            return Told(analysis, visit.session.facts.date, best)
    return Told(analysis)


def _comparable(comparison: Comparison) -> int:
    return sum(one.changed is not None for one in comparison.changes)


# --- On the screen


def show(console: Console, history: History) -> None:
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
        for told in visit.told:
            _analysis(console, visit.session, told)
        for sentence in visit.unreadable:
            console.print(Styled(f"! {visit.session.facts.date}: {sentence}"))
    if any(told.comparison for visit in visits for told in visit.told):
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
        count = len(visit.told) + len(visit.unreadable)
        cells = [str(facts.date), facts.footwear, side, step, pain_words(visit.session), str(count), facts.notes]
        table.add_row(*map(escape, cells))
    return table


def pain_words(session: Session) -> str:
    """Pain before, while moving, an hour after and next morning, each 0 to 10: "3 · 2 · – · 1"; "" if none was asked."""
    values = tuple(asdict(session.facts.pain).values())
    return " · ".join("–" if one is None else str(one) for one in values) if set(values) != {None} else ""


def _analysis(console: Console, session: Session, told: Told) -> None:
    result = told.analysis.result
    console.print()
    title = ACTIVITIES[result.activity].title if result.activity in ACTIVITIES else result.activity
    head = say("records_analysis", date=session.facts.date, activity=title, film=result.source.name).message
    console.print(Styled(head, style="bold"))
    if told.analysis.corrections:
        console.print(Styled(say("records_corrected", count=len(told.analysis.corrections)).message))
    shown = [row for row in result.summary if _shown(row, told)]
    if shown:
        console.print(_numbers(shown, told))
    untold = len(result.summary) - len(shown)
    if untold:
        console.print(Styled(say("records_untold", count=untold).message, style="dim"))
    if told.comparison is not None:
        for one in told.comparison.warnings:
            console.print(Styled(f"! {Text(one.message, one.remedy)}"))


def _shown(row: Summary, told: Told) -> bool:
    """What can be told now, or could be before."""
    change = told.changes.get((row.measure, row.side))
    return row.mean is not None or (change is not None and change.before.mean is not None)


def _numbers(rows: Sequence[Summary], told: Told) -> Table:
    heads = ["head_measure", "head_side", "head_mean", "head_n"]
    names = [say(code).message for code in heads]
    if told.comparison is not None:
        names += [say("head_records_since", date=told.since).message]
        names += [say(f"head_records_{name}").message for name in ("least", "said")]
    table = Table(box=None, pad_edge=False)
    for at, name in enumerate(names):
        table.add_column(name, justify="right" if at in (2, 3, 4, 5) else "left", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row, told))
    return table


def _cells(row: Summary, told: Told) -> Iterator[Styled]:
    yield Styled(say(f"measure_{row.measure}").message)
    yield Styled(say(f"side_{row.side}").message)
    yield Styled(_mean(row))
    yield Styled(str(row.n))
    if told.comparison is None:
        return
    change = told.changes.get((row.measure, row.side))
    yield Styled(_signed(change))
    yield Styled(amount(change.detectable, change.unit) if change is not None else "")
    yield _said(row, change)


def _mean(row: Summary) -> str:
    if row.mean is None:
        return "–"
    return with_error(row.mean, row.standard_error, row.unit)


def _signed(change: Change | None) -> str:
    return "–" if change is None else signed(change.change, change.unit)


def _said(row: Summary, change: Change | None) -> Styled:
    if change is None:
        return Styled(say("records_not_before").message, style="dim")
    if change.changed is None:
        lacking = row if row.mean is None else change.before
        code = "records_cannot_now" if row.mean is None else "records_cannot_before"
        return Styled(say(code, reason=reason_text(lacking.reason)).message, style="dim")
    if change.changed:
        return Styled(say("records_changed").message, style="bold")
    return Styled(say("records_unchanged").message)


# --- As JSON


def as_json(history: History) -> str:
    """The same as one JSON object; times are in UTC."""
    subject = history.subject
    content = {
        "schema": "alignment-subject/1",
        "subject": {"key": subject.key, "code": subject.code, "created": subject.created.isoformat()},
        "sessions": [_visit_json(visit) for visit in history.visits],
        "audit": [{**asdict(entry), "time": entry.time.isoformat()} for entry in history.audit],
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)


def _visit_json(visit: Visit) -> dict[str, Any]:
    facts = {**asdict(visit.session.facts), "date": visit.session.facts.date.isoformat()}
    analyses = [_analysis_json(told) for told in visit.told]
    return {"key": visit.session.key, **facts, "analyses": analyses, "unreadable": list(visit.unreadable)}


def _analysis_json(told: Told) -> dict[str, Any]:
    analysis, result = told.analysis, told.analysis.result
    return {
        "key": analysis.key,
        "added": analysis.added.isoformat(),
        "activity": result.activity,
        "film": result.source.name,
        "software": result.software.version,
        "model": result.software.model,
        "quality": result.quality.grade,
        "has_video": analysis.has_video,
        "corrections": len(analysis.corrections),
        "since": told.since.isoformat() if told.since is not None else None,
        "filmed_differently": [asdict(one) for one in told.comparison.warnings] if told.comparison else [],
        "summary": [_row_json(row, told.changes.get((row.measure, row.side))) for row in result.summary],
    }


def _row_json(row: Summary, change: Change | None) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "side": row.side,
        "unit": row.unit,
        "mean": row.mean,
        "standard_error": row.standard_error,
        "sd": row.sd,
        "n": row.n,
        "reason": row.reason,
        "change": change.change if change is not None else None,
        "least_change": change.detectable if change is not None else None,
        "changed": change.changed if change is not None else None,
    }
