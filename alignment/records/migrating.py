"""Brings tables to this version's schema, with a backup before: a database in, the same on the newest revision out."""

import threading
from typing import Final

from sqlalchemy import Connection, inspect, text

from alignment.records import backups
from alignment.records.database import Database, sqlite_connection
from alignment.records.schema import APPLICATION_ID, HEAD, METADATA, REVISIONS, VERSION_TABLE
from alignment.texts import InputError

_UTF8: Final = "UTF8"
#: Alembic's context is one for the whole process.
_ONE_AT_A_TIME: Final = threading.Lock()


def bring_up(database: Database) -> None:
    """Make the tables, or bring older ones to the newest revision; of several at once only one does.

    InputError where the place belongs to another program or a newer version, or refuses.
    """
    if database.is_sqlite:
        database.patiently(lambda: _check_file(database))
    if database.read(lambda connection: _found(connection, database), connecting=True) != HEAD:
        database.alone(lambda connection: _migrate(connection, database))


def run(connection: Connection, revision: str) -> None:
    """Bring a connection's tables to a revision, inside its transaction."""
    with _ONE_AT_A_TIME:
        _run(connection, revision)


def _run(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "alignment.records:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _migrate(connection: Connection, database: Database) -> None:
    found = _found(connection, database)  # somebody else may have been faster
    if found == HEAD:
        return
    if found is not None:
        backups.make(connection, database, found)
    run(connection, HEAD)


def _found(connection: Connection, database: Database) -> str | None:
    """The revision of the tables, None where there are none. InputError where they are not this program's or newer."""
    tables = set(inspect(connection).get_table_names())
    if not database.is_sqlite:
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != _UTF8:
            raise InputError("records_encoding", where=database.place.shown, encoding=encoding)
    if VERSION_TABLE not in tables:
        if tables & set(METADATA.tables):
            raise InputError("records_foreign", where=database.place.shown)
        return None
    found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    if found not in REVISIONS:
        raise InputError("records_newer", where=database.place.shown, found=found)
    return str(found)


def _check_file(database: Database) -> None:
    """Whether the file is of records or empty; only then is it told to let others read while one writes."""
    assert database.place.file is not None
    connection = sqlite_connection(database.place.file)
    try:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if mark != APPLICATION_ID and (mark or tables):
            raise InputError("records_foreign", where=database.place.shown)
        connection.execute("PRAGMA journal_mode=WAL").close()
    finally:
        connection.close()
