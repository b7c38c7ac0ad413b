"""Where outputs go: a folder, memory, or one .zip on a stream; whole or not at all."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

from alignment.outputs.exchange import mend
from alignment.outputs.folder import building, check_writable, own_place
from alignment.outputs.output import own_files


class FolderSink:
    """A folder of results; beside another film's, its name gets a hash. `folder` is where they lie in the end."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._partial = place
        self.folder = place

    def check(self) -> None:
        """InputError where the folder could not be written to."""
        check_writable(self._place)

    @contextmanager
    def receiving(self, identity: str) -> Iterator[None]:
        """A new folder that takes the place of an older one when the block ends well."""
        ours = own_files()
        mend(self._place, ours)
        self.folder = own_place(self._place, identity)
        with building(self.folder, ours=ours) as self._partial:
            yield

    @contextmanager
    def open(self, name: str) -> Iterator[BufferedIOBase]:
        """The file itself."""
        with (self._partial / name).open("wb") as file:
            yield file

    def path(self, name: str) -> Path:
        """Where the file is while the folder is being filled."""
        return self._partial / name

    def drop(self, name: str) -> None:
        """Remove what is there of it."""
        (self._partial / name).unlink(missing_ok=True)


class MemorySink:
    """Files in memory, by their names."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._begun: dict[str, bytes] = {}

    def check(self) -> None:
        """There is always room."""

    @contextmanager
    def receiving(self, identity: str) -> Iterator[None]:  # noqa: ARG002 - there is one film
        """The files are in `files` when the block ends well."""
        self._begun = {}
        yield
        self.files = self._begun

    @contextmanager
    def open(self, name: str) -> Iterator[BufferedIOBase]:
        """A buffer, kept when the block ends well."""
        content = io.BytesIO()
        yield content
        self._begun[name] = content.getvalue()

    def path(self, name: str) -> None:
        """Nothing here has a path."""

    def drop(self, name: str) -> None:
        """Forget it."""
        self._begun.pop(name, None)


class ZipSink(MemorySink):
    """One .zip of all files, inside a folder of this name, written to a stream at the end."""

    def __init__(self, stream: BufferedIOBase, folder: str = "") -> None:
        super().__init__()
        self._stream = stream
        self._folder = folder

    @contextmanager
    def receiving(self, identity: str) -> Iterator[None]:
        """The archive is written when the block ends well."""
        with super().receiving(identity):
            yield
        self._stream.write(zip_files(self.files, self._folder))


def zip_files(files: dict[str, bytes], folder: str = "") -> bytes:
    """Files by their names as one .zip, inside a folder if that has a name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{folder}/{name}" if folder else name, data)
    return content.getvalue()
