"""Values of the audit's notes, in place of sentences; the sentences of older notes stay."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("audit", sa.Column("details", sa.Text))
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE audit ALTER COLUMN details SET STATISTICS 0")
