"""A subject's history as JSON, for other programs."""

import json
from dataclasses import asdict
from typing import Any

from alignment.cli.records.history import Compared, History, Visit
from alignment.core.assessment import Change
from alignment.core.result import Summary
from alignment.records import AuditNote
from alignment.views import audit


def history_json(history: History) -> str:
    """The same as one JSON object; times are in UTC."""
    subject = history.subject
    content = {
        "schema": "alignment-subject/2",
        "subject": {"key": subject.key, "code": subject.code, "created": subject.created.isoformat()},
        "sessions": [_visit_json(visit) for visit in history.visits],
        "audit": [_note_json(note) for note in history.audit],
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)


def _note_json(note: AuditNote) -> dict[str, Any]:
    about = audit.about(note.details, note.about)
    return {
        "time": note.time.isoformat(),
        **{name: getattr(note, name) for name in ("operator", "what", "details")},
        "about": about,
    }


def _visit_json(visit: Visit) -> dict[str, Any]:
    facts = {**asdict(visit.session.facts), "date": visit.session.facts.date.isoformat()}
    analyses = [_analysis_json(compared) for compared in visit.analyses]
    return {"key": visit.session.key, **facts, "analyses": analyses, "unreadable": list(visit.unreadable)}


def _analysis_json(compared: Compared) -> dict[str, Any]:
    analysis, result = compared.analysis, compared.analysis.result
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
        "since": compared.since.isoformat() if compared.since is not None else None,
        "filmed_differently": [asdict(one) for one in compared.comparison.warnings] if compared.comparison else [],
        "summary": [_row_json(row, compared.changes.get((row.measure, row.side))) for row in result.summary],
    }


def _row_json(row: Summary, change: Change | None) -> dict[str, Any]:
    own = ("measure", "side", "unit", "mean", "standard_error", "sd", "n", "reason")
    return {
        **{name: getattr(row, name) for name in own},
        "change": change.change if change is not None else None,
        "least_change": change.detectable if change is not None else None,
        "changed": change.changed if change is not None else None,
    }
