"""Brings a database's tables to this version's schema, with a backup before."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import Connection, inspect, text

from alignment.errors import InputError
from alignment.records import backup
from alignment.records.database import Database, sqlite_connection
from alignment.records.migrations import migrate
from alignment.records.schema.tables import APPLICATION_ID, HEAD, METADATA, REVISIONS, VERSION_TABLE

_UTF8: Final = "UTF8"
#: Makes a backup of a database on a revision, and says where it is.
MakeBackup: TypeAlias = Callable[[Connection, Database, str], Path]


def upgrade(database: Database, make_backup: MakeBackup = backup.make) -> None:
    """Make the tables, or bring older ones to the newest revision; of several at once only one does.

    InputError where the place belongs to another program or a newer version, or refuses.
    """
    if database.is_sqlite:
        database.retry(lambda: _check_file(database))
    if database.read(lambda connection: _revision(connection, database), connecting=True) != HEAD:
        database.alone(lambda connection: _upgrade(connection, database, make_backup))


def _upgrade(connection: Connection, database: Database, make_backup: MakeBackup) -> None:
    found = _revision(connection, database)  # somebody else may have been faster
    if found == HEAD:
        return
    if found is not None:
        make_backup(connection, database, found)
    migrate(connection, HEAD)


def _revision(connection: Connection, database: Database) -> str | None:
    """The revision of the tables, None where there are none. InputError where they are not this program's or newer."""
    tables = set(inspect(connection).get_table_names())
    if not database.is_sqlite:
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != _UTF8:
            raise InputError("records_encoding", where=database.location.shown, encoding=encoding)
    if VERSION_TABLE not in tables:
        if tables & set(METADATA.tables):
            raise InputError("records_foreign", where=database.location.shown)
        return None
    found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    if found not in REVISIONS:
        raise InputError("records_newer", where=database.location.shown, found=found)
    return str(found)


def _check_file(database: Database) -> None:
    """Whether the file is of records or empty; only then is it told to let others read while one writes."""
    assert database.location.file is not None
    connection = sqlite_connection(database.location.file)
    try:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if mark != APPLICATION_ID and (mark or tables):
            raise InputError("records_foreign", where=database.location.shown)
        connection.execute("PRAGMA journal_mode=WAL").close()
    finally:
        connection.close()
