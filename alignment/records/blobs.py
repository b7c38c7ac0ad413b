"""Files inside the database: bytes or a file's path in, kept in pieces; the pieces, in order, out."""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, insert, select, update

from alignment.records.schema import CHUNKS, FILES
from alignment.texts import InputError

CHUNK_BYTES: Final = 1 << 20

FileKind = Literal["track", "frame", "video"]
#: A file as a whole, where it lies, or in pieces of `CHUNK_BYTES`, the last one smaller.
Content: TypeAlias = bytes | Path | Iterator[bytes]


@dataclass(frozen=True)
class Stored:
    """A file as it is kept; `key` finds its pieces."""

    key: str
    size_bytes: int
    sha256: str


def put(
    connection: Connection, analysis_key: str, kind: FileKind, content: Content, position: int = 0, **about: object
) -> None:
    """Keep a file with an analysis; `about` are the other columns of `files`. InputError where a path cannot be read."""
    key, size, digest = uuid.uuid4().hex, 0, hashlib.sha256()
    row = {"key": key, "analysis_key": analysis_key, "kind": kind, "position": position, **about}
    connection.execute(insert(FILES), {**row, "size_bytes": 0, "sha256": ""})
    for number, data in enumerate(_pieces(content)):
        connection.execute(insert(CHUNKS), {"file_key": key, "number": number, "data": data})
        digest.update(data)
        size += len(data)
    connection.execute(update(FILES).where(FILES.c.key == key), {"size_bytes": size, "sha256": digest.hexdigest()})


def find(connection: Connection, analysis_key: str, kind: FileKind) -> Stored | None:
    """The only file of a kind that an analysis has; None where it has none."""
    query = select(FILES.c.key, FILES.c.size_bytes, FILES.c.sha256)
    row = connection.execute(query.where(FILES.c.analysis_key == analysis_key, FILES.c.kind == kind)).first()
    return None if row is None else Stored(*row)


def content(connection: Connection, file_key: str) -> bytes:
    """A file as a whole."""
    query = select(CHUNKS.c.data).where(CHUNKS.c.file_key == file_key).order_by(CHUNKS.c.number)
    return b"".join(connection.scalars(query))


def piece(connection: Connection, file_key: str, number: int) -> bytes | None:
    """One piece of a file; None after the last."""
    found: Any = connection.scalar(
        select(CHUNKS.c.data).where(CHUNKS.c.file_key == file_key, CHUNKS.c.number == number)
    )
    return None if found is None else bytes(found)


def save(path: Path, pieces: Iterable[bytes]) -> None:
    """Write pieces to a file, whole or not at all; an older one is replaced. InputError where it cannot be written."""
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.partial")
    try:
        with partial.open("wb") as file:
            for piece_ in pieces:
                file.write(piece_)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as fault:
        raise InputError("records_not_saved", path=path, fault=fault.strerror or str(fault)) from fault
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES))
        return
    if not isinstance(content, Path):
        yield from content
        return
    try:
        with content.open("rb") as file:
            while data := file.read(CHUNK_BYTES):
                yield data
    except FileNotFoundError:
        raise InputError("missing_file", path=content) from None
    except OSError:
        raise InputError("unreadable_file", path=content) from None
