"""An archive being written: a .zip that is there whole or not at all, for its owner only."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter

from alignment.files import replacing
from alignment.records.archive.manifest import MANIFEST, Manifest, Member


def new_file(path: Path) -> BinaryIO:
    """A new file that only its owner may read, open. OSError where the disk refuses."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


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
def archive_writer(path: Path, made: datetime, create: Callable[[Path], BinaryIO] = new_file) -> Iterator[Writer]:
    """A new archive that stands at `path`, for its owner only, when the block ends well; else nothing is left of it.

    OSError where the disk refuses.
    """
    with replacing(path, create) as file, zipfile.ZipFile(file, "w") as archive:
        yield Writer(archive, made)
