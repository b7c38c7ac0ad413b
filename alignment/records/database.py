"""An open database: every piece of work is done whole or not at all, and tried again where somebody else was in between."""

import random
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError

from alignment.errors import InputError
from alignment.records.errors import FaultKind, database_error, kind_of
from alignment.records.location import Location

_T = TypeVar("_T")

#: How long writing waits for others before it gives up: longer than it takes to save a long film on a slow disk.
BUSY_S: Final = 600.0
#: How long a server may be away before that is told.
LOST_S: Final = 20.0
#: How often somebody else may be faster before it must be a fault of this program.
CLASHES: Final = 10
#: SQLite waits so long by itself, during which Ctrl-C is not heard.
_SQLITE_WAIT_S: Final = 1.0
_FILE: Final = "alignment_file"
_WRITES: Final = "alignment_writes"
#: What is said to SQLite: what was kept outlasts a power cut, what was deleted is overwritten, nothing is sorted on disk.
_PRAGMAS: Final = (
    "foreign_keys=ON",
    "secure_delete=ON",
    "synchronous=FULL",
    "journal_size_limit=16777216",
    "temp_store=MEMORY",
)
#: A server waits so long for a lock, before it is asked once more.
SET_LOCK_TIMEOUT: Final = "SET lock_timeout = '60s'"
#: A number that nobody else uses as a lock: "ALGNRECS".
_LOCK: Final = 0x414C474E52454353


class Database:
    """An open database. Threads and processes may share the place; each piece of work has a connection of its own."""

    def __init__(self, location: Location, busy_s: float = BUSY_S) -> None:
        self.location = location
        self.engine = _sqlite_engine(location.file) if location.file is not None else _server_engine(location)
        self._busy_s = busy_s
        self._last = datetime.min.replace(tzinfo=UTC)
        self._clock = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine."""
        return self.location.file is not None

    def read(self, work: Callable[[Connection], _T], *, connecting: bool = False) -> _T:
        """What `work` returns; it sees one state of the database, whatever others write meanwhile."""
        return self.retry(lambda: self._read_once(work), connecting=connecting)

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """What `work` returns after everything it did is kept; nothing is, where it raises.

        `work` may be run several times, each time on a state without its earlier tries; only where a connection broke
        while its last word was under way, the try may have been kept, and `work` has to see that. InputError with the
        reason where it cannot be done.
        """
        return self.retry(lambda: self._write_once(work))

    def alone(self, work: Callable[[Connection], _T]) -> _T:
        """Like `write`, while nobody else migrates, backs up or cleans either."""

        def locked(connection: Connection) -> _T:
            if not self.is_sqlite:  # a file has but one writer anyway
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            return work(connection)

        return self.write(locked)

    def now(self) -> datetime:
        """The time (UTC), later than at every call before."""
        with self._clock:
            self._last = max(datetime.now(UTC), self._last + timedelta(microseconds=1))
            return self._last

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _read_once(self, work: Callable[[Connection], _T]) -> _T:
        with self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                return work(connection)

    def _write_once(self, work: Callable[[Connection], _T]) -> _T:
        with self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                return work(connection)

    def retry(self, attempt: Callable[[], _T], *, connecting: bool = False) -> _T:
        """What `attempt` returns, tried again like reading and writing; by itself for what no transaction can hold."""
        began, lost, clashes = time.monotonic(), None, 0
        while True:
            try:
                return attempt()
            except (SQLAlchemyError, sqlite3.Error) as fault:
                kind, now = kind_of(fault), time.monotonic()
                lost = (lost or now) if kind is FaultKind.LOST else None
                clashes += kind is FaultKind.CLASH
                if kind is FaultKind.BUSY and now - began > self._busy_s:
                    raise InputError("records_busy", where=self.location.shown, minutes=(now - began) / 60) from fault
                give_up = (lost is not None and (connecting or now - lost > LOST_S)) or clashes > CLASHES
                if kind is FaultKind.FINAL or give_up:
                    error = database_error(fault, self.location, connecting=connecting)
                    if isinstance(error, InputError) and error.code in ("records_full", "records_disk"):
                        self.make_room()
                    raise error from fault
            time.sleep(random.uniform(0.005, 0.5 if lost else 0.1))

    def make_room(self) -> None:
        """Bring what was written into the file and cut off its log, as far as others and the disk let it.

        After work that failed for want of room, the log holds what nobody needs. It can only be cut off if little of it is
        needed still, which is why this comes before writing much, too.
        """
        if self.location.file is not None:
            with suppress(sqlite3.Error), closing(sqlite_connection(self.location.file)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def sqlite_connection(path: Path) -> sqlite3.Connection:
    """A plain connection to a SQLite file that is there, which overwrites what it deletes. sqlite3.Error where it fails."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=_SQLITE_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def write_anew(connection: sqlite3.Connection) -> None:
    """Write a SQLite file anew, without its free pages."""
    # All of it goes through a temporary file once; it may be larger than the memory.
    connection.execute("PRAGMA temp_store=FILE").close()
    connection.execute("VACUUM").close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _sqlite_engine(path: Path) -> Engine:
    # Any number of threads may wait for their turn to write; none is refused a connection.
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite_connection(path),
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=-1,
        hide_parameters=True,  # what people wrote belongs into no log
    )

    @event.listens_for(engine, "connect")
    def _connect(_connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401 - the pool's own
        record.info[_FILE] = _identity(path)

    @event.listens_for(engine, "checkout")
    def _checkout(_connection: sqlite3.Connection, record: Any, _proxy: object) -> None:  # noqa: ANN401
        # A file that was moved away or replaced is not the one that everybody else writes to.
        if record.info.get(_FILE) != _identity(path):
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        # Who begins to read and writes later may find that somebody else was faster; who says so at once never does.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _server_engine(location: Location) -> Engine:
    arguments = {"connect_timeout": 10, "application_name": "alignment", "tcp_user_timeout": 30_000}
    try:
        engine = create_engine(
            location.url,
            connect_args=arguments,
            pool_pre_ping=True,
            pool_timeout=5,
            isolation_level="READ COMMITTED",
            hide_parameters=True,
        )
    except ModuleNotFoundError:
        raise InputError("records_no_driver") from None

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's own
        with connection.cursor() as cursor:
            cursor.execute("SET client_encoding = 'UTF8'")
            cursor.execute(SET_LOCK_TIMEOUT)
        connection.commit()

    return engine
