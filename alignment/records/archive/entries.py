"""Entries of the manifest from rows of the tables, without the files that they name."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from alignment.records.archive.manifest import AnalysisEntry, CorrectionEntry, PainEntry, SessionEntry
from alignment.records.schema.rows import Row
from alignment.records.schema.tables import CORRECTIONS, FILES


def session_entry(row: Row, analyses: tuple[AnalysisEntry, ...] = ()) -> SessionEntry:
    """A session's entry, from its row."""
    pain = PainEntry(row.pain_before, row.pain_during, row.pain_hour_after, row.pain_next_morning)
    own = ("key", "entered", "date", "footwear", "complaint_side", "step_height_cm", "notes", "version")
    return SessionEntry(pain=pain, analyses=analyses, **{name: getattr(row, name) for name in own})


def correction_entries(connection: Connection, analysis_key: str) -> tuple[CorrectionEntry, ...]:
    """The entries of an analysis' corrections, in their order."""
    query = select(CORRECTIONS).where(CORRECTIONS.c.analysis_key == analysis_key).order_by(CORRECTIONS.c.position)
    found = connection.execute(query)
    return tuple(CorrectionEntry(one.time_s, one.landmark, one.x_px, one.y_px) for one in found)


def file_rows(connection: Connection, analysis_key: str) -> Sequence[Row]:
    """The rows of an analysis' files, key frames in their order."""
    order = (FILES.c.kind, FILES.c.position)
    return connection.execute(select(FILES).where(FILES.c.analysis_key == analysis_key).order_by(*order)).all()
