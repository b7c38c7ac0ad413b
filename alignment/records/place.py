"""Where records are kept: a database URL in; a SQLite file that only its owner may read, or a server, out."""

import ctypes
import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from alignment.records import faults
from alignment.texts import InputError

VARIABLE: Final = "ALIGNMENT_DATABASE_URL"
_FILE: Final = "records.sqlite"
_BACKUPS: Final = "backups"
#: Kinds of file system that do not keep two machines from writing at once, by their names in the kernel's list of mounts.
_NETWORK: Final = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "ceph",
        "lustre",
        "glusterfs",
        "davfs",
    }
    | {"webdav", "sshfs", "beegfs", "gpfs", "ocfs2"}
)
_MOUNTS: Final = Path("/proc/self/mountinfo")


@dataclass(frozen=True)
class Place:
    """A place for records: `file` where it is a SQLite file, None for a server. `shown` never holds a password."""

    url: URL
    file: Path | None
    shown: str
    backups: Path


def find(url: str | None = None) -> Place:
    """The place that a URL names; without one the environment's, else the file in the user's data folder.

    InputError where the URL names neither a SQLite file nor a PostgreSQL.
    """
    data = user_data_path("alignment", appauthor=False)
    asked = url if url is not None else os.environ.get(VARIABLE, "").strip()
    if not asked:
        return _file(data / _FILE)
    try:
        parsed = make_url(asked)
    except (ArgumentError, ValueError):
        raise InputError("records_bad_url", url=_without_password(asked)) from None
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:" and not parsed.host:
        return _file(Path(parsed.database).expanduser())
    if kind in ("postgresql", "postgres") and parsed.database:
        where = f"{parsed.host or 'localhost'}{f':{parsed.port}' if parsed.port else ''}/{parsed.database}"
        return Place(parsed.set(drivername="postgresql+psycopg"), None, where, data / _BACKUPS)
    raise InputError("records_bad_url", url=parsed.render_as_string(hide_password=True))


def _file(path: Path) -> Place:
    path = path.absolute()
    return Place(URL.create("sqlite", database=str(path)), path, str(path), path.parent / _BACKUPS)


def _without_password(asked: str) -> str:
    scheme, separator, rest = asked.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def prepare(place: Place) -> None:
    """See to it that a SQLite file is there: an empty one, for its owner only, where there was none.

    InputError where it lies on a network drive, or can neither be made nor be written to.
    """
    assert place.file is not None
    kind = network_drive(place.file)
    if kind:
        raise InputError("records_network_drive", where=place.shown, kind=kind)
    try:
        private_folder(place.file.parent)
        private_file(place.file)
        with place.file.open("r+b"):
            pass
    except OSError as fault:
        raise faults.of_file(fault, place.shown) from fault


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that is there stays as it is. OSError where it cannot be."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file that only its owner may read, unless it is there already. OSError where it cannot be made."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if not path.is_file():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from None


def network_drive(path: Path) -> str:
    """The kind of network drive that a path lies on, "" for a disk of this machine or where that cannot be told."""
    nearest = next(folder for folder in (path, *path.parents) if folder.exists()).resolve()
    if sys.platform == "win32":
        remote = 4
        return "SMB" if ctypes.windll.kernel32.GetDriveTypeW(nearest.anchor) == remote else ""
    found, kind = "", ""
    for mount, name in _mounts():
        if len(mount) >= len(found) and nearest.is_relative_to(mount):
            found, kind = mount, name
    return kind if kind.removeprefix("fuse.") in _NETWORK else ""


def _mounts() -> list[tuple[str, str]]:
    """Where file systems are mounted, and their kinds, in the order of mounting; nothing but on Linux."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    mounts = []
    for line in lines:
        first, _, last = line.partition(" - ")
        # Spaces in paths are written as octal numbers.
        where = first.split(" ")[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        mounts.append((where, last.split(" ")[0]))
    return mounts
