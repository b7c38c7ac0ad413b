"""An archive being read: its manifest is sound and its files are there before anything is taken from it."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from alignment.errors import InputError, phrase
from alignment.records.archive.manifest import MANIFEST, NUL_FAULT, SCHEMA, SCHEMAS, Manifest, Member
from alignment.texts import text_of

_MOST_MANIFEST_BYTES: Final = 256 << 20
#: Beyond this ratio nothing was packed that belongs here: JSON shrinks to a twentieth, films and pictures hardly at all.
_MOST_PACKED: Final = 100
_CHUNK_BYTES: Final = 1 << 20


class Reader:
    """An open archive whose manifest is sound and whose files are there at the sizes stated; their content is unread."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, most_manifest_bytes: int = _MOST_MANIFEST_BYTES) -> None:
        self.path = path
        self._archive = archive
        self._infos = _infos(path, archive)
        self.manifest = self._manifest(most_manifest_bytes)
        self._check_members()

    def pieces(self, member: Member) -> Iterator[bytes]:
        """A file's content, piece by piece. InputError where it is not what the manifest says."""
        digest = hashlib.sha256()
        with _zip_faults(self.path), self._archive.open(self._infos[member.path]) as file:
            while piece := file.read(_CHUNK_BYTES):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != member.sha256:
            raise bad_archive(self.path, "fault_archive_content", name=member.path)

    def read(self, member: Member, most_bytes: int) -> bytes:
        """A file's whole content. InputError where it is too long, or not what the manifest says."""
        if member.bytes > most_bytes:
            raise bad_archive(self.path, "fault_archive_large", name=member.path, limit_mb=most_bytes / 1e6)
        return b"".join(self.pieces(member))

    def _manifest(self, most_bytes: int) -> Manifest:
        info = self._infos.get(MANIFEST)
        if info is None:
            raise bad_archive(self.path, "fault_archive_missing", name=MANIFEST)
        if info.file_size > most_bytes:
            raise bad_archive(self.path, "fault_archive_large", name=MANIFEST, limit_mb=most_bytes / 1e6)
        with _zip_faults(self.path):
            content = self._archive.read(info)
        try:
            head = _adapter(dict[str, Any]).validate_json(content)
            if isinstance(head.get("schema"), str) and head["schema"] not in SCHEMAS:
                raise InputError("archive_schema", path=self.path, found=head["schema"][:60], known=SCHEMA)
            manifest: Manifest = _adapter(Manifest).validate_json(content, strict=True)
        except ValidationError as fault:
            first = fault.errors()[0]
            where = ".".join(map(str, first["loc"])) or phrase("fault_whole_file")
            told = phrase(first["type"]) if first["type"] == NUL_FAULT else first["msg"].removeprefix("Value error, ")
            raise bad_archive(self.path, "fault_archive_field", name=MANIFEST, where=where, fault=told) from None
        return manifest

    def _check_members(self) -> None:
        seen: set[str] = set()
        for member in self.manifest.members:
            info = self._infos.get(member.path)
            if info is None or member.path == MANIFEST:
                raise bad_archive(self.path, "fault_archive_missing", name=member.path)
            if member.path in seen:
                raise bad_archive(self.path, "fault_archive_twice", name=member.path)
            if info.file_size != member.bytes:
                raise bad_archive(self.path, "fault_archive_content", name=member.path)
            seen.add(member.path)
        keys = [one.key for one in self.manifest.analyses]
        for subject in self.manifest.subjects:
            keys += [subject.key, *(one.key for one in subject.sessions), *(one.key for one in subject.audit)]
        if len(set(keys)) < len(keys):
            raise bad_archive(self.path, "fault_archive_keys")


@contextmanager
def archive_reader(path: Path, most_manifest_bytes: int = _MOST_MANIFEST_BYTES) -> Iterator[Reader]:
    """An archive opened. InputError where it is none, or one that no export ever made."""
    if not path.exists():
        raise InputError("missing_file", path=path)
    try:
        file = path.open("rb")
    except OSError:
        raise InputError("unreadable_file", path=path) from None
    with file:
        with _zip_faults(path):
            archive = zipfile.ZipFile(file)
        with archive:
            yield Reader(path, archive, most_manifest_bytes)


def bad_archive(path: Path, code: str, /, **values: object) -> InputError:
    """The InputError for an archive that cannot be taken, with the reason."""
    return InputError("archive_bad", path=path, fault=phrase(code, **values))


@contextmanager
def part_faults(path: Path) -> Iterator[None]:
    """Turn what is wrong with a part of an archive into an InputError for the whole."""
    try:
        yield
    except InputError as fault:
        if fault.code == "archive_bad":
            raise
        raise bad_archive(path, "fault_archive_part", fault=text_of(fault).message.rstrip(".")) from fault


@contextmanager
def _zip_faults(path: Path) -> Iterator[None]:
    """Turn whatever a damaged or made-up .zip leads to into an InputError."""
    try:
        yield
    # A password is a RuntimeError, an unknown way of packing a NotImplementedError, which is one too.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError, OverflowError) as fault:
        raise bad_archive(path, "fault_archive_zip") from fault


def _infos(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by their names. InputError for what no honest archive has."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        parts = PurePosixPath(info.filename).parts
        if info.filename.startswith("/") or ".." in parts or "\\" in info.filename or ":" in info.filename:
            raise bad_archive(path, "fault_archive_path", name=info.filename[:80])
        if info.filename in found:
            raise bad_archive(path, "fault_archive_twice", name=info.filename[:80])
        if info.flag_bits & 1:
            raise bad_archive(path, "fault_archive_locked")
        found[info.filename] = info
    # Files that share their bytes, or shrink a thousandfold, unpack to what no disk can hold.
    size = path.stat().st_size
    if sum(info.compress_size for info in found.values()) > size:
        raise bad_archive(path, "fault_archive_zip")
    if sum(info.file_size for info in found.values()) > _MOST_PACKED * size:
        raise bad_archive(path, "fault_archive_bomb", ratio=_MOST_PACKED)
    return found


@cache
def _adapter(kind: Any) -> Any:  # noqa: ANN401 - a TypeAdapter, which the shape checks of the tests cannot read
    return TypeAdapter(kind)
