"""Backups from before a migration, each a SQLite file for its owner only; and forgetting a deleted subject in them."""

import glob
import os
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, MetaData, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from alignment.errors import InputError
from alignment.records.database import Database, sqlite_connection, write_anew
from alignment.records.errors import FaultKind, database_error, file_error, kind_of
from alignment.records.migrations import migrate
from alignment.records.private_files import private_file, private_folder
from alignment.records.schema.tables import APPLICATION_ID, VERSION_TABLE

KEPT: Final = 5
_SUFFIX: Final = ".sqlite"
_PARTIAL: Final = ".partial"


def make(connection: Connection, database: Database, revision: str, sync: Callable[[int], None] = os.fsync) -> Path:
    """Copy everything into a file of its own, whole or not at all; of older ones the last few are kept.

    `connection` keeps others from writing meanwhile; `sync` waits until a file is on the disk. InputError where the file
    cannot be written.
    """
    folder = database.location.backups
    try:
        private_folder(folder)
        return _make(connection, database, revision, sync)
    except OSError as fault:
        raise file_error(fault, str(folder)) from fault
    except (SQLAlchemyError, sqlite3.Error) as fault:
        if kind_of(fault) is not FaultKind.FINAL:
            raise  # the whole migration is tried again
        raise database_error(fault, replace(database.location, shown=str(folder))) from fault


def _make(connection: Connection, database: Database, revision: str, sync: Callable[[int], None]) -> Path:
    folder, name = database.location.backups, _name(database)
    path = folder / f"{name}-{revision}-{datetime.now(UTC):%Y%m%dT%H%M%S}{_SUFFIX}"
    unfinished = path.with_suffix(_PARTIAL)
    _remove_partial(folder)
    try:
        private_file(unfinished)
        if database.location.file is not None:
            with closing(sqlite_connection(database.location.file)) as plain:
                plain.execute("VACUUM INTO ?", (str(unfinished),)).close()
        else:
            _copy_tables(connection, unfinished, revision)
        with unfinished.open("rb+") as file:
            sync(file.fileno())
        unfinished.replace(path)
    finally:
        _remove_partial(folder)
    # After the place's name come four digits of the revision; another place's name may begin alike.
    made = folder.glob(f"{glob.escape(name)}-[0-9][0-9][0-9][0-9]-*{_SUFFIX}")
    for old in sorted(made, key=lambda one: one.stat().st_mtime_ns)[:-KEPT]:
        old.unlink()
    return path


def _remove_partial(folder: Path) -> None:
    """Remove what is left of a backup that was not made to its end."""
    for left in folder.glob(f"*{_PARTIAL}*"):
        left.unlink(missing_ok=True)


def _name(database: Database) -> str:
    if database.location.file is not None:
        return database.location.file.stem
    return "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in database.location.shown)


def _copy_tables(connection: Connection, target: Path, revision: str) -> None:
    """A SQLite file of the same revision with the same rows, so that it can be opened as records."""
    engine = create_engine("sqlite://", creator=lambda: sqlite_connection(target))
    try:
        with engine.begin() as copy:
            copy.exec_driver_sql("BEGIN")
            migrate(copy, revision)
            here, there = MetaData(), MetaData()
            here.reflect(copy)
            there.reflect(connection, only=list(here.tables))
            for table in here.sorted_tables:
                if table.name == VERSION_TABLE:
                    continue
                rows = connection.execute(select(there.tables[table.name]).execution_options(yield_per=8))
                for some in rows.mappings().partitions():
                    copy.execute(table.insert(), [dict(row) for row in some])
    finally:
        engine.dispose()


def any_knows(database: Database, erased: Collection[str]) -> bool:
    """Whether a backup of this machine knows one of these subjects, or cannot be searched."""
    for path in _backups(database):
        try:
            if database.retry(partial(_subjects_in, path)).intersection(erased):
                return True
        except InputError:
            return True
    return False


def forget(database: Database, erased: Collection[str]) -> None:
    """Delete subjects in every backup of this machine, and write anew those that knew one of them.

    To be called alone. InputError naming one that cannot be searched, after all others were.
    """
    unread = None
    for path in _backups(database):
        try:
            if found := database.retry(partial(_subjects_in, path)).intersection(erased):
                database.retry(partial(_forget_in, path, found))
        except InputError:
            unread = path
    with suppress(OSError):
        _remove_partial(database.location.backups)
    if unread is not None:
        raise InputError("records_erase_backup", path=unread)


def _backups(database: Database) -> list[Path]:
    return sorted(database.location.backups.glob(f"*{_SUFFIX}"))


def _subjects_in(path: Path) -> set[str]:
    """The subjects in a backup; none where it is another program's file."""
    with closing(sqlite_connection(path)) as connection:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        if mark != APPLICATION_ID:
            return set()
        return {key for (key,) in connection.execute("SELECT key FROM subjects")}


def _forget_in(path: Path, keys: Collection[str]) -> None:
    with closing(sqlite_connection(path)) as connection:
        for key in keys:
            connection.execute("DELETE FROM subjects WHERE key = ?", (key,)).close()
        write_anew(connection)
