"""What Alembic runs for every migration: the steps to the asked revision, on the connection of the caller."""

from alembic import context

from alignment.records.schema.tables import METADATA, VERSION_TABLE

# The connection's transaction holds the whole migration, so that it is there or not, also on SQLite.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSION_TABLE
)
context.run_migrations()
