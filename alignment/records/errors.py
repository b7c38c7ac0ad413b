"""Errors of databases and disks: whether trying again may help, and which InputError tells the user about them."""

import errno
import os
import sqlite3
import uuid
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from alignment.errors import InputError
from alignment.records.location import Location


class FaultKind(Enum):
    """What a database's refusal means."""

    #: Somebody else is at it; waiting helps.
    BUSY = auto()
    #: The server went away, perhaps for a moment.
    LOST = auto()
    #: Somebody else was faster; looking anew tells what is to be said.
    CLASH = auto()
    #: Trying again helps nothing.
    FINAL = auto()


_SQLITE_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
#: What the disk, the folder or its rights refuse.
_SQLITE_DISK: Final = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL})
_SQLITE_BROKEN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
#: Serialization, deadlock, lock not to be had, too many connections, starting up.
_SERVER_BUSY: Final = frozenset({"40001", "40P01", "55P03", "55006", "53300", "57P03"})
#: Ended by the administrator, crashed, idle too long.
_SERVER_LOST: Final = frozenset({"57P01", "57P02", "57P05", "25P03"})
_SERVER_RIGHTS: Final = frozenset({"42501", "25006"})
_SERVER_FULL: Final = frozenset({"53100"})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
#: So much must go into a folder that is not full.
_ROOM_BYTES: Final = 1 << 18


def kind_of(fault: Exception) -> FaultKind:
    """Whether trying again may help."""
    if isinstance(fault, PoolTimeoutError):
        return FaultKind.BUSY
    if isinstance(fault, IntegrityError):
        return FaultKind.CLASH
    original = _driver_error(fault)
    if isinstance(original, sqlite3.Error):
        return FaultKind.BUSY if _sqlite_code(original) in _SQLITE_BUSY else FaultKind.FINAL
    if not isinstance(fault, DBAPIError):
        return FaultKind.FINAL
    state = _state(fault)
    if state in _SERVER_BUSY:
        return FaultKind.BUSY
    lost = state in _SERVER_LOST or state.startswith("08") or fault.connection_invalidated
    # A connection that could not be made, or broke without a word, has no state.
    nameless = not state and isinstance(fault, OperationalError | InterfaceError)
    return FaultKind.LOST if lost or nameless else FaultKind.FINAL


def database_error(fault: Exception, location: Location, *, connecting: bool = False) -> Exception:
    """The InputError for what waiting does not mend; the exception itself where it is a fault of this program."""
    if isinstance(fault, OSError):
        return file_error(fault, location.shown)
    original = _driver_error(fault)
    if isinstance(original, sqlite3.Error):
        return _sqlite_error(original, location) or fault
    if not isinstance(fault, DBAPIError):
        return fault
    state, line = _state(fault), first_line(fault)
    if state in _SERVER_RIGHTS:
        return InputError("records_no_rights", where=location.shown, fault=line)
    if state in _SERVER_FULL:
        return InputError("records_full", where=location.shown)
    if kind_of(fault) is FaultKind.LOST:
        return InputError(
            "records_no_server" if connecting else "records_lost_server", where=location.shown, fault=line
        )
    if state[:2] in ("53", "54", "57", "58", "XX"):  # short of something, stopped, its disk, broken tables
        return InputError("records_broken_server", where=location.shown, fault=line)
    return fault


def file_error(fault: OSError, where: str) -> InputError:
    """The InputError for what the system refused with a file of records or its folder."""
    if fault.errno in _FULL:
        return InputError("records_full", where=where)
    if fault.errno in _REFUSED:
        return InputError("records_read_only", where=where)
    return InputError("records_no_file", where=where, fault=fault.strerror or str(fault))


def first_line(fault: Exception) -> str:
    """What a driver says, in one line without a full stop."""
    original = _driver_error(fault)
    lines = [line.strip(" -\t") for line in str(original).splitlines() if line.strip()]
    # With several addresses the driver counts its attempts first, and tells of the last one at the end.
    chosen = lines[-1] if lines and lines[0].startswith("Multiple connection attempts") else next(iter(lines), "")
    return chosen.rstrip(".") or type(original).__name__


def _sqlite_error(fault: sqlite3.Error, location: Location) -> InputError | None:
    code = _sqlite_code(fault)
    folder = location.file.parent if location.file is not None else location.backups
    if code == sqlite3.SQLITE_FULL:
        return InputError("records_full", where=location.shown)
    if code in _SQLITE_BROKEN:
        return InputError("records_broken", where=location.shown, fault=first_line(fault), backups=location.backups)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return InputError("records_read_only", where=location.shown)
    if code in _SQLITE_DISK:
        found = _refusal(folder)  # SQLite does not tell which of them it was
        if found is not None:
            return file_error(found, location.shown)
        if code == sqlite3.SQLITE_IOERR:
            return InputError("records_disk", where=location.shown, fault=fault)
        return InputError("records_no_file", where=location.shown, fault=fault)
    return None


def _refusal(folder: Path) -> OSError | None:
    """What the system says to a new file of some size in a folder; None if it takes it."""
    probe = folder / f".{uuid.uuid4().hex}.probe"
    try:
        with probe.open("xb") as file:
            file.write(bytes(_ROOM_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        return fault
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return None


def _driver_error(fault: Exception) -> BaseException:
    """The driver's own exception."""
    return fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault


def _sqlite_code(fault: sqlite3.Error) -> int:
    """The primary code, without its detail; 0 where the fault is not SQLite's own."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF


def _state(fault: DBAPIError) -> str:
    return getattr(fault.orig, "sqlstate", None) or ""
