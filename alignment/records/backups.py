"""Backups from before a migration: a database in, a SQLite file for its owner only out; and forgetting a subject in them."""

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, MetaData, create_engine, select

from alignment.records.database import Database, sqlite_connection
from alignment.records.place import private_file, private_folder
from alignment.records.schema import APPLICATION_ID, VERSION_TABLE
from alignment.texts import InputError, say

KEPT: Final = 5
_SUFFIX: Final = ".sqlite"
_PARTIAL: Final = ".partial"


def make(connection: Connection, database: Database, revision: str) -> Path:
    """Copy everything into a file of its own, whole or not at all; of older ones the last few are kept.

    `connection` keeps others from writing meanwhile. OSError, sqlite3.Error or a driver's where it cannot be done.
    """
    folder = database.place.backups
    private_folder(folder)
    name = _name(database)
    path = folder / f"{name}-{revision}-{datetime.now(UTC):%Y%m%dT%H%M%S}{_SUFFIX}"
    partial = path.with_suffix(_PARTIAL)
    for left in folder.glob(f"*{_PARTIAL}"):  # of a migration that was killed
        left.unlink(missing_ok=True)
    try:
        private_file(partial)
        if database.place.file is not None:
            _copy_file(database.place.file, partial)
        else:
            _copy_tables(connection, partial, revision)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(folder.glob(f"{name}-*{_SUFFIX}"), key=lambda one: one.stat().st_mtime_ns)[:-KEPT]:
        old.unlink()
    return path


def _name(database: Database) -> str:
    if database.place.file is not None:
        return database.place.file.stem
    return "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in database.place.shown)


def _copy_file(source: Path, target: Path) -> None:
    with closing(sqlite_connection(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),)).close()


def _copy_tables(connection: Connection, target: Path, revision: str) -> None:
    """A SQLite file of the same revision with the same rows, so that it can be opened as records."""
    from alignment.records import migrating

    engine = create_engine("sqlite://", creator=lambda: sqlite_connection(target))
    try:
        with engine.begin() as copy:
            copy.exec_driver_sql("BEGIN")
            migrating.run(copy, revision)
            here, there = MetaData(), MetaData()
            here.reflect(copy)
            there.reflect(connection, only=list(here.tables))
            for table in here.sorted_tables:
                if table.name == VERSION_TABLE:
                    continue
                rows = connection.execution_options(yield_per=8).execute(select(there.tables[table.name]))
                for some in rows.mappings().partitions():
                    copy.execute(table.insert(), [dict(row) for row in some])
    finally:
        engine.dispose()


def forget(database: Database, erased: Collection[str]) -> None:
    """Delete subjects in every backup of this machine, and write anew those that knew one of them.

    InputError where one cannot be read, and so not be searched.
    """
    folder = database.place.backups
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            _forget_in(path, erased)
        except sqlite3.Error as fault:
            told = say("records_erase_backup", path=path).message
            raise InputError("records_erase_unfinished", fault=told) from fault
    if erased:
        for left in folder.glob(f"*{_PARTIAL}"):
            left.unlink(missing_ok=True)


def _forget_in(path: Path, erased: Collection[str]) -> None:
    with closing(sqlite_connection(path)) as connection:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        if mark != APPLICATION_ID:
            return  # of another program
        known = {key for (key,) in connection.execute("SELECT key FROM subjects")}
        for key in known.intersection(erased):
            connection.execute("DELETE FROM subjects WHERE key = ?", (key,)).close()
        if known.intersection(erased):
            connection.execute("VACUUM").close()
