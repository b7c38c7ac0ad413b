"""Corrected landmarks, notes of who did what, and the keys of deleted subjects."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "corrections",
        sa.Column("analysis_key", sa.String(32), sa.ForeignKey("analyses.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("time_s", sa.Double, nullable=False),
        sa.Column("landmark", sa.Text, nullable=False),
        sa.Column("x_px", sa.Double, nullable=False),
        sa.Column("y_px", sa.Double, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column(
            "subject_key", sa.String(32), sa.ForeignKey("subjects.key", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("time", sa.DateTime, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("subject_key", sa.String(32), primary_key=True),
        sa.Column("clean", sa.Boolean, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, columns in {
        "corrections": ("time_s", "landmark", "x_px", "y_px"),
        "audit": ("time", "operator", "what", "about"),
    }.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
