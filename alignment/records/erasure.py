"""Deletes a subject without a trace: no row, backup or free page of the database tells of it afterwards."""

import time
from contextlib import closing, suppress
from functools import partial
from typing import Final

from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from alignment.errors import InputError
from alignment.records import backup
from alignment.records.database import SET_LOCK_TIMEOUT, Database, sqlite_connection, write_anew
from alignment.records.errors import FaultKind, kind_of
from alignment.records.schema import rows
from alignment.records.schema.tables import ERASURES, METADATA, SUBJECTS
from alignment.texts import text_of

#: How long deleting waits for others to let go of the file, so that what was written before can be cut off; and opening.
WAIT_S: Final = 30.0
_OPENING_WAIT_S: Final = 1.0
#: Whether all these tables belong to whoever is connected.
_OWNED: Final = (
    "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid = ANY(CAST(:names AS regclass[]))"
)


def delete_subject(database: Database, key: str, wait_s: float = WAIT_S) -> None:
    """Delete a subject with all that belongs to it, then clean up. InputError where there is none, or traces stay."""

    def work(connection: Connection) -> None:
        if key in _erasures(connection)[0]:
            return  # somebody else was faster, or an earlier try was kept
        found = rows.subject(connection, key, lock=True)
        connection.execute(delete(ERASURES).where(ERASURES.c.subject_key == found.key))
        connection.execute(insert(ERASURES), {"subject_key": found.key, "clean": False})
        connection.execute(delete(SUBJECTS).where(SUBJECTS.c.key == found.key))

    database.write(work)
    try:
        _clean(database, wait_s)
    except InputError as fault:
        raise InputError("records_erase_unfinished", fault=text_of(fault).message.rstrip(".")) from fault


def finish_erasures(database: Database) -> None:
    """On opening: forget in this machine's backups who was deleted meanwhile, and end a cleaning that was cut short."""
    erased, unclean = database.read(_erasures)
    with suppress(InputError):  # who deleted was told; it must keep nobody from working
        if unclean:
            _clean(database, _OPENING_WAIT_S)
        elif erased and backup.any_knows(database, erased):
            database.alone(lambda _: backup.forget(database, erased))


def _erasures(connection: Connection) -> tuple[list[str], bool]:
    """The keys of deleted subjects that were not brought back, and whether a cleaning is still to be done."""
    living = select(SUBJECTS.c.key)
    found = connection.execute(select(ERASURES).where(ERASURES.c.subject_key.not_in(living))).all()
    return [row.subject_key for row in found], any(not row.clean for row in found)


def _clean(database: Database, wait_s: float) -> None:
    """Remove every trace of deleted subjects, from the database first. InputError where one could not be removed."""
    erased, _ = database.read(_erasures)
    shrink = partial(_shrink_file if database.is_sqlite else _shrink_tables, database, wait_s)
    try:
        database.retry(shrink)
    finally:
        # Alone, so that no backup is being made of what was there before.
        database.alone(lambda _: backup.forget(database, erased))
    ticked_off = update(ERASURES).where(ERASURES.c.subject_key.in_(erased))
    database.write(lambda connection: connection.execute(ticked_off, {"clean": True}))


def _shrink_file(database: Database, wait_s: float) -> None:
    """Write the file anew without free pages, and cut off the log of what was written before."""
    assert database.location.file is not None
    with closing(sqlite_connection(database.location.file)) as connection:
        write_anew(connection)
        ends = time.monotonic() + wait_s
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > ends:
                raise InputError("records_erase_open", where=database.location.shown)
            time.sleep(0.05)


def _shrink_tables(database: Database, wait_s: float) -> None:
    """Write the server's files of the tables anew, without what was deleted."""
    tables = ", ".join(METADATA.tables)
    ends = time.monotonic() + wait_s
    with database.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.scalar(text(_OWNED), {"names": list(METADATA.tables)}):
            raise InputError("records_erase_owner", where=database.location.shown)
        # While it waits for a long reading, everybody else waits for it; so it does not wait long at a time.
        connection.execute(text("SET lock_timeout = '1s'"))
        try:
            while not _vacuum(connection, tables):
                if time.monotonic() > ends:
                    raise InputError("records_erase_open", where=database.location.shown)
                time.sleep(0.2)
        finally:
            connection.execute(text(SET_LOCK_TIMEOUT))


def _vacuum(connection: Connection, tables: str) -> bool:
    """Whether nobody kept the tables from being written anew."""
    try:
        connection.execute(text(f"VACUUM (FULL, ANALYZE) {tables}"))
    except DBAPIError as fault:
        if kind_of(fault) is not FaultKind.BUSY:
            raise
        return False
    return True
