"""The tables of the newest schema, as SQLAlchemy sees them; the migrations make them, and a test holds both together."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

#: The newest revision; `migrations/versions` leads there.
HEAD: Final = "0002"
#: Every revision that this version can bring up to the newest, the oldest first.
REVISIONS: Final = ("0001", "0002")
#: Where the revision stands. A name of our own, since a PostgreSQL may serve other programs too.
VERSION_TABLE: Final = "alignment_version"
#: Marks a SQLite file as one of records ("ALGN").
APPLICATION_ID: Final = 0x414C474E


class Utc(TypeDecorator[datetime]):
    """A time in UTC, kept without its zone since not every database has one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC, without the zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Back with the zone."""
        return None if value is None else value.replace(tzinfo=UTC)


METADATA: Final = MetaData()


def _key() -> Column[str]:
    """32 random hexadecimal digits, which tell nothing of anybody."""
    return Column("key", String(32), primary_key=True)


def _of(table: str) -> Column[str]:
    """Whose it is: what belongs to a subject, a session or an analysis goes with it."""
    singular = {"subjects": "subject_key", "sessions": "session_key", "analyses": "analysis_key", "files": "file_key"}
    return Column(
        singular[table], String(32), ForeignKey(f"{table}.key", ondelete="CASCADE"), nullable=False, index=True
    )


SUBJECTS: Final = Table(
    "subjects",
    METADATA,
    _key(),
    Column("code", Text, nullable=False),
    # The code as it is compared: upper and lower case alike.
    Column("code_folded", Text, nullable=False, unique=True),
    Column("created", Utc, nullable=False),
    Column("version", Integer, nullable=False),
)

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    _key(),
    _of("subjects"),
    Column("entered", Utc, nullable=False),
    Column("date", Date, nullable=False),
    Column("footwear", Text, nullable=False),
    Column("complaint_side", Text, nullable=False),
    Column("step_height_cm", Double),
    Column("notes", Text, nullable=False),
    Column("pain_before", Integer),
    Column("pain_during", Integer),
    Column("pain_hour_after", Integer),
    Column("pain_next_morning", Integer),
    Column("version", Integer, nullable=False),
)

ANALYSES: Final = Table(
    "analyses",
    METADATA,
    _key(),
    _of("sessions"),
    Column("added", Utc, nullable=False),
    # The text of result.json, with settings and software version.
    Column("result", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

#: What an analysis keeps besides its result: kind "track", "frame" or "video".
FILES: Final = Table(
    "files",
    METADATA,
    _key(),
    _of("analyses"),
    Column("kind", Text, nullable=False),
    # The order of key frames; 0 for the others.
    Column("position", Integer, nullable=False),
    Column("cycle", Integer),
    Column("time_s", Double),
    Column("drawn", Boolean),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
)

#: A file's content in pieces of a megabyte, so that no film has to be in memory as a whole.
CHUNKS: Final = Table(
    "chunks",
    METADATA,
    Column("file_key", String(32), ForeignKey("files.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

CORRECTIONS: Final = Table(
    "corrections",
    METADATA,
    Column("analysis_key", String(32), ForeignKey("analyses.key", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("time_s", Double, nullable=False),
    Column("landmark", Text, nullable=False),
    Column("x_px", Double, nullable=False),
    Column("y_px", Double, nullable=False),
)

AUDIT: Final = Table(
    "audit",
    METADATA,
    _key(),
    _of("subjects"),
    Column("time", Utc, nullable=False),
    Column("operator", Text, nullable=False),
    # A code whose words are in the catalogue: records_did_<what>.
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
)

#: Subjects that were deleted: nothing but their random key, so that backups made earlier can forget them too.
ERASURES: Final = Table(
    "erasures",
    METADATA,
    Column("subject_key", String(32), primary_key=True),
    # Whether the database file and the backups of the machine that deleted were cleaned to the end.
    Column("clean", Boolean, nullable=False),
)
