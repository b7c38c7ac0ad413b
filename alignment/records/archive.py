"""An archive of records: a .zip that is written whole or not at all, or read with suspicion; its files by name between."""

import hashlib
import os
import time
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from alignment.records.manifest import SCHEMA, Manifest, Member
from alignment.texts import InputError, say

MANIFEST: Final = "records.json"

_MOST_MANIFEST_BYTES: Final = 256 << 20
#: Beyond this ratio nothing was packed that belongs here: JSON shrinks to a twentieth, films and pictures hardly at all.
_MOST_PACKED: Final = 100
_CHUNK_BYTES: Final = 1 << 20
_STALE_S: Final = 24 * 3600.0


class Writer:
    """An archive while it is being written. Files come in pieces, so that no film is ever in memory as a whole."""

    def __init__(self, archive: zipfile.ZipFile, made: datetime) -> None:
        self._archive = archive
        self._made = made

    def add(self, path: str, pieces: Iterable[bytes], *, packed: bool = False) -> Member:
        """Put a file into the archive; `packed` makes it smaller where it is text."""
        info = zipfile.ZipInfo(path, self._made.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self._archive.open(info, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        return Member(path, size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, which knows every file."""
        content = TypeAdapter(Manifest).dump_json(manifest, indent=1)
        self.add(MANIFEST, [content], packed=True)


@contextmanager
def writing(path: Path, made: datetime) -> Iterator[Writer]:
    """A new archive that stands at `path`, for its owner only, when the block ends well; else nothing is left of it.

    OSError where the disk refuses.
    """
    _remove_stale(path)
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w") as archive:
                yield Writer(archive, made)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _remove_stale(path: Path) -> None:
    """Remove what a killed export left a day ago or earlier: it holds what was meant to be kept safe."""
    for entry in path.absolute().parent.glob(f".{glob_escaped(path.name)}.*.partial"):
        with suppress(OSError):
            if entry.stat().st_mtime < time.time() - _STALE_S:
                entry.unlink()


def glob_escaped(name: str) -> str:
    """A name as a pattern that only matches itself."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


# --- Read


class Reader:
    """An open archive whose manifest is sound and whose files are there at the sizes stated; their content is unread."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self._infos = _infos(path, archive)
        self.manifest = self._manifest()
        self._check_members()

    def pieces(self, member: Member) -> Iterator[bytes]:
        """A file's content, piece by piece. InputError where it is not what the manifest says."""
        digest = hashlib.sha256()
        with refusing(self.path), self._archive.open(self._infos[member.path]) as file:
            while piece := file.read(_CHUNK_BYTES):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != member.sha256:
            raise bad(self.path, "fault_archive_content", name=member.path)

    def read(self, member: Member, most_bytes: int) -> bytes:
        """A file's whole content. InputError where it is too long, or not what the manifest says."""
        if member.bytes > most_bytes:
            raise bad(self.path, "fault_archive_large", name=member.path, limit_mb=most_bytes / 1e6)
        return b"".join(self.pieces(member))

    def _manifest(self) -> Manifest:
        info = self._infos.get(MANIFEST)
        if info is None:
            raise bad(self.path, "fault_archive_missing", name=MANIFEST)
        if info.file_size > _MOST_MANIFEST_BYTES:
            raise bad(self.path, "fault_archive_large", name=MANIFEST, limit_mb=_MOST_MANIFEST_BYTES / 1e6)
        with refusing(self.path):
            content = self._archive.read(info)
        try:
            head = _adapter(dict[str, Any]).validate_json(content)
            if isinstance(head.get("schema"), str) and head["schema"] != SCHEMA:
                raise InputError("archive_schema", path=self.path, found=head["schema"][:60], known=SCHEMA)
            manifest: Manifest = _adapter(Manifest).validate_json(content, strict=True)
        except ValidationError as fault:
            first = fault.errors()[0]
            where = ".".join(map(str, first["loc"])) or say("fault_whole_file").message
            raise bad(
                self.path,
                "fault_archive_field",
                name=MANIFEST,
                where=where,
                fault=first["msg"].removeprefix("Value error, "),
            ) from None
        return manifest

    def _check_members(self) -> None:
        seen: set[str] = set()
        for member in self.manifest.members:
            info = self._infos.get(member.path)
            if info is None or member.path == MANIFEST:
                raise bad(self.path, "fault_archive_missing", name=member.path)
            if member.path in seen:
                raise bad(self.path, "fault_archive_twice", name=member.path)
            if info.file_size != member.bytes:
                raise bad(self.path, "fault_archive_content", name=member.path)
            seen.add(member.path)
        keys = [one.key for one in self.manifest.analyses]
        for subject in self.manifest.subjects:
            keys += [subject.key, *(one.key for one in subject.sessions), *(one.key for one in subject.audit)]
        if len(set(keys)) < len(keys):
            raise bad(self.path, "fault_archive_keys")


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """An archive opened. InputError where it is none, or one that no export ever made."""
    if not path.exists():
        raise InputError("missing_file", path=path)
    try:
        file = path.open("rb")
    except OSError:
        raise InputError("unreadable_file", path=path) from None
    with file:
        with refusing(path):
            archive = zipfile.ZipFile(file)
        with archive:
            yield Reader(path, archive)


def bad(path: Path, code: str, /, **values: object) -> InputError:
    """The sentence for an archive that cannot be taken, with the reason."""
    return InputError("archive_bad", path=path, fault=say(code, **values).message)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn whatever a damaged or made-up .zip leads to into a sentence."""
    try:
        yield
    # A password is a RuntimeError, an unknown way of packing a NotImplementedError, which is one too.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError, OverflowError) as fault:
        raise bad(path, "fault_archive_zip") from fault


def _infos(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by their names. InputError for what no honest archive has."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        parts = PurePosixPath(info.filename).parts
        if info.filename.startswith("/") or ".." in parts or "\\" in info.filename or ":" in info.filename:
            raise bad(path, "fault_archive_path", name=info.filename[:80])
        if info.filename in found:
            raise bad(path, "fault_archive_twice", name=info.filename[:80])
        if info.flag_bits & 1:
            raise bad(path, "fault_archive_locked")
        found[info.filename] = info
    # Files that share their bytes, or shrink a thousandfold, unpack to what no disk can hold.
    size = path.stat().st_size
    if sum(info.compress_size for info in found.values()) > size:
        raise bad(path, "fault_archive_zip")
    if sum(info.file_size for info in found.values()) > _MOST_PACKED * size:
        raise bad(path, "fault_archive_bomb", ratio=_MOST_PACKED)
    return found


@cache
def _adapter(kind: Any) -> Any:  # noqa: ANN401 - a TypeAdapter, which the shape checks of the tests cannot read
    return TypeAdapter(kind)
