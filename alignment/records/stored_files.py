"""Files inside the database, kept in pieces: tracks, pictures, films."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, insert, select, update

from alignment.files import readable
from alignment.records.schema.tables import CHUNKS, FILES

CHUNK_BYTES: Final = 1 << 20

FileKind = Literal["track", "frame", "video"]
#: A file as a whole, where it lies, or in pieces of `CHUNK_BYTES`, the last one smaller.
Content: TypeAlias = bytes | Path | Iterator[bytes]


@dataclass(frozen=True)
class StoredFile:
    """A file as it is kept; `key` finds its pieces."""

    key: str
    size_bytes: int


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


def find(connection: Connection, analysis_key: str, kind: FileKind) -> StoredFile | None:
    """The only file of a kind that an analysis has; None where it has none."""
    query = select(FILES.c.key, FILES.c.size_bytes)
    row = connection.execute(query.where(FILES.c.analysis_key == analysis_key, FILES.c.kind == kind)).first()
    return None if row is None else StoredFile(*row)


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


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES))
        return
    if not isinstance(content, Path):
        yield from content
        return
    with readable(content), content.open("rb") as file:
        while data := file.read(CHUNK_BYTES):
            yield data
