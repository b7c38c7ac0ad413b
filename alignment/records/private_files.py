"""Files and folders that only their owner may read, on a disk of this machine."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

from alignment.errors import InputError
from alignment.records.errors import file_error
from alignment.records.location import Location

#: Kinds of file system that do not keep two machines from writing at once, by their names in the kernel's list of mounts.
_NETWORK: Final = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre", "glusterfs"),
        *("davfs", "webdav", "sshfs", "beegfs", "gpfs", "ocfs2"),
    )
)
#: The kernel's list of mounts; only Linux has it.
MOUNTS: Final = Path("/proc/self/mountinfo")


def prepare_file(location: Location, mounts: Path = MOUNTS) -> None:
    """See to it that a SQLite file is there: an empty one, for its owner only, where there was none.

    InputError where it lies on a network drive, or can neither be made nor be written to.
    """
    assert location.file is not None
    kind = network_drive(location.file, mounts)
    if kind:
        raise InputError("records_network_drive", where=location.shown, kind=kind)
    try:
        private_folder(location.file.parent)
        private_file(location.file)
        with location.file.open("r+b"):
            pass
    except OSError as fault:
        raise file_error(fault, location.shown) from fault


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


def network_drive(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of network drive that a path lies on, "" for a disk of this machine or where that cannot be told."""
    nearest = next(folder for folder in (path, *path.parents) if folder.exists()).resolve()
    if sys.platform == "win32":
        remote = 4
        return "SMB" if ctypes.windll.kernel32.GetDriveTypeW(nearest.anchor) == remote else ""
    found, kind = "", ""
    for mount, name in _mounts(mounts):
        if len(mount) >= len(found) and nearest.is_relative_to(mount):
            found, kind = mount, name
    return kind if kind.removeprefix("fuse.") in _NETWORK else ""


def _mounts(mounts: Path) -> list[tuple[str, str]]:
    """Where file systems are mounted, and their kinds, in the order of mounting; nothing but on Linux."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        first, _, last = line.partition(" - ")
        # Spaces in paths are written as octal numbers.
        where = first.split(" ")[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        found.append((where, last.split(" ")[0]))
    return found
