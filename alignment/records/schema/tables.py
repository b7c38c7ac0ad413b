"""The tables of the newest revision, as SQLAlchemy sees them; migrations make them, and a test compares both."""

from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa

#: The newest revision; `migrations/versions` leads there.
HEAD: Final = "0003"
#: Every revision that this version can bring up to the newest, the oldest first.
REVISIONS: Final = ("0001", "0002", "0003")
#: Where the revision stands. A name of our own, since a PostgreSQL may serve other programs too.
VERSION_TABLE: Final = "alignment_version"
#: Marks a SQLite file as one of records ("ALGN").
APPLICATION_ID: Final = 0x414C474E


class Utc(sa.TypeDecorator[datetime]):
    """A time in UTC, kept without its zone since not every database has one."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC, without the zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Back with the zone."""
        return None if value is None else value.replace(tzinfo=UTC)


METADATA: Final = sa.MetaData()


def _key() -> sa.Column[str]:
    """32 random hexadecimal digits, which tell nothing of anybody."""
    return sa.Column("key", sa.String(32), primary_key=True)


def _of(table: str) -> sa.Column[str]:
    """Whose it is: what belongs to a subject, a session or an analysis goes with it."""
    singular = {"subjects": "subject_key", "sessions": "session_key", "analyses": "analysis_key", "files": "file_key"}
    return sa.Column(
        singular[table], sa.String(32), sa.ForeignKey(f"{table}.key", ondelete="CASCADE"), nullable=False, index=True
    )


SUBJECTS: Final = sa.Table(
    "subjects",
    METADATA,
    _key(),
    sa.Column("code", sa.Text, nullable=False),
    # The code as it is compared: upper and lower case alike.
    sa.Column("code_folded", sa.Text, nullable=False, unique=True),
    sa.Column("created", Utc, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

SESSIONS: Final = sa.Table(
    "sessions",
    METADATA,
    _key(),
    _of("subjects"),
    sa.Column("entered", Utc, nullable=False),
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

ANALYSES: Final = sa.Table(
    "analyses",
    METADATA,
    _key(),
    _of("sessions"),
    sa.Column("added", Utc, nullable=False),
    # The text of result.json, with settings and software version.
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

#: What an analysis keeps besides its result: kind "track", "frame" or "video".
FILES: Final = sa.Table(
    "files",
    METADATA,
    _key(),
    _of("analyses"),
    sa.Column("kind", sa.Text, nullable=False),
    # The order of key frames; 0 for the others.
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("cycle", sa.Integer),
    sa.Column("time_s", sa.Double),
    sa.Column("drawn", sa.Boolean),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)

#: A file's content in pieces of a megabyte, so that no film has to be in memory as a whole.
CHUNKS: Final = sa.Table(
    "chunks",
    METADATA,
    sa.Column("file_key", sa.String(32), sa.ForeignKey("files.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

CORRECTIONS: Final = sa.Table(
    "corrections",
    METADATA,
    sa.Column("analysis_key", sa.String(32), sa.ForeignKey("analyses.key", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("time_s", sa.Double, nullable=False),
    sa.Column("landmark", sa.Text, nullable=False),
    sa.Column("x_px", sa.Double, nullable=False),
    sa.Column("y_px", sa.Double, nullable=False),
)

AUDIT: Final = sa.Table(
    "audit",
    METADATA,
    _key(),
    _of("subjects"),
    sa.Column("time", Utc, nullable=False),
    sa.Column("operator", sa.Text, nullable=False),
    # A code whose words are in the catalogue: records_did_<what>.
    sa.Column("what", sa.Text, nullable=False),
    # The sentence of version 0.1; empty since.
    sa.Column("about", sa.Text, nullable=False),
    # Values in JSON.
    sa.Column("details", sa.Text),
)

#: Subjects that were deleted: nothing but their random key, so that backups made earlier can forget them too.
ERASURES: Final = sa.Table(
    "erasures",
    METADATA,
    sa.Column("subject_key", sa.String(32), primary_key=True),
    # Whether the database file and the backups of the machine that deleted were cleaned to the end.
    sa.Column("clean", sa.Boolean, nullable=False),
)
