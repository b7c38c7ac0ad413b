"""Subjects, sessions, analyses, and the files of analyses in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

#: "ALGN": marks a SQLite file as one of records.
APPLICATION_ID = 0x414C474E


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "subjects",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("code_folded", sa.Text, nullable=False, unique=True),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("key", sa.String(32), primary_key=True),
        _of("subjects", "subject_key"),
        sa.Column("entered", sa.DateTime, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("footwear", sa.Text, nullable=False),
        sa.Column("complaint_side", sa.Text, nullable=False),
        sa.Column("step_height_cm", sa.Double),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("pain_before", sa.Integer),
        sa.Column("pain_during", sa.Integer),
        sa.Column("pain_hour_after", sa.Integer),
        sa.Column("pain_next_morning", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "analyses",
        sa.Column("key", sa.String(32), primary_key=True),
        _of("sessions", "session_key"),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("key", sa.String(32), primary_key=True),
        _of("analyses", "analysis_key"),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("cycle", sa.Integer),
        sa.Column("time_s", sa.Double),
        sa.Column("drawn", sa.Boolean),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_table(
        "chunks",
        sa.Column("file_key", sa.String(32), sa.ForeignKey("files.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return
    # Films and pictures are packed already.
    op.execute("ALTER TABLE chunks ALTER COLUMN data SET STORAGE EXTERNAL")
    # The server keeps samples of columns for its plans, which would outlive a subject that is deleted.
    for table, columns in {
        "subjects": ("code", "code_folded", "created"),
        "sessions": (
            *("date", "entered", "footwear", "complaint_side", "step_height_cm", "notes"),
            *("pain_before", "pain_during", "pain_hour_after", "pain_next_morning"),
        ),
        "analyses": ("added", "result"),
        "files": ("cycle", "time_s", "sha256"),
        "chunks": ("data",),
    }.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def _of(table: str, name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.String(32), sa.ForeignKey(f"{table}.key", ondelete="CASCADE"), nullable=False, index=True)
