"""A subject's sessions over time: each analysis held against the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alignment.core.assessment import Change, Comparison, compare_results
from alignment.pose.calibration import calibration_of
from alignment.records import Analysis, AuditNote, Records, Session, Subject


@dataclass(frozen=True)
class Compared:
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
    analyses: tuple[Compared, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True)
class History:
    """A subject's sessions, the oldest first, and the notes of who did what, the newest first."""

    subject: Subject
    visits: tuple[Visit, ...]
    audit: tuple[AuditNote, ...]


def history_of(kept: Records, subject: Subject) -> History:
    """Everything that is shown of one subject."""
    visits: list[Visit] = []
    for session in kept.sessions(subject.key):
        analyses = tuple(_compare_with_earlier(one, visits) for one in kept.analyses(session.key))
        visits.append(Visit(session, analyses, tuple(str(one) for one in kept.unreadable(session.key))))
    return History(subject, tuple(visits), tuple(kept.audit(subject.key)))


def _compare_with_earlier(analysis: Analysis, earlier: Sequence[Visit]) -> Compared:
    """Held against the latest earlier session in which the same numbers of the same movement stand."""
    for visit in reversed(earlier):
        alike = [one.analysis for one in visit.analyses if one.analysis.result.activity == analysis.result.activity]
        compared = [compare_results(one.result, analysis.result, calibration_of) for one in alike]
        best = max(compared, key=_comparable, default=None)
        if best is not None and _comparable(best):
            return Compared(analysis, visit.session.facts.date, best)
    return Compared(analysis)


def _comparable(comparison: Comparison) -> int:
    return sum(one.changed is not None for one in comparison.changes)
