"""Places that are no folders of this machine: an fsspec URL in; its files listed, fetched, read and written out."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from alignment.errors import InputError, first_line

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_CHUNK_BYTES: Final = 1 << 20
#: What stores call the marks that tell one content of a file from another; a size alone does not.
_MARKS: Final = (
    "ETag",
    "etag",
    "md5Hash",
    "CRC",
    "LastModified",
    "last_modified",
    "updated",
    "mtime",
    "modified",
    "created",
)


def is_url(where: str) -> bool:
    """Whether this names something through a protocol; file:// counts as a path, see `plain`."""
    return "://" in where or "::" in where


def plain(where: str) -> str:
    """The path that a file:// URL means; anything else as it is."""
    if where.startswith("file://") and "::" not in where:
        return unquote(urlsplit(where).path)
    return where


def file_system(url: str) -> tuple["AbstractFileSystem", str]:
    """The file system behind a URL, and the path in it. InputError where the protocol is unknown or does not answer."""
    import fsspec

    try:
        system, path = fsspec.url_to_fs(url)
    except Exception as fault:
        raise unreachable(url, fault) from fault
    return system, str(path)


def unreachable(url: str, fault: Exception) -> InputError:
    """Whatever a file system raised (they differ in that), as a fault of what was given."""
    return InputError("batch_url", url=url, fault=first_line(fault) or type(fault).__name__)


@dataclass(frozen=True)
class Listing:
    """URLs of files: all below `folder`, or all that a pattern meets where that is None."""

    files: tuple[str, ...]
    folder: str | None


def list_files(url: str, *, pattern: bool) -> Listing | None:
    """What a pattern meets, or what lies below a folder; None for a single file. InputError where that cannot be known."""
    system, path = file_system(url)
    try:
        found = system.glob(path) if pattern else system.find(path) if system.isdir(path) else None
    except Exception as fault:
        raise unreachable(url, fault) from fault
    if found is None:
        return None
    return Listing(tuple(sorted(_url_of(str(one), url) for one in found)), None if pattern else _url_of(path, url))


def _url_of(path: str, like: str) -> str:
    """The URL of a path that was found behind the URL `like`: its protocol, and whatever it was chained to."""
    first, chained, rest = like.partition("::")
    return f"{first.partition('://')[0]}://{path}{chained}{rest}"


def fetch(url: str, folder: Path) -> Path:
    """A copy of one remote file in `folder`, under its own name. InputError where it cannot be had."""
    import shutil

    import fsspec

    name = PurePosixPath(url.partition("::")[0].partition("://")[2]).name or "video"
    path = folder / name
    try:
        with fsspec.open(url, "rb") as remote, path.open("wb") as file:
            shutil.copyfileobj(remote, file, _CHUNK_BYTES)
    except FileNotFoundError:
        raise InputError("missing_file", path=url) from None
    except OSError as fault:
        if fault.errno is not None and fault.filename is None:
            raise
        raise unreachable(url, fault) from fault
    except Exception as fault:
        raise unreachable(url, fault) from fault
    return path


def signature(url: str) -> str:
    """What changes with a remote file's content, without reading it; empty where its store does not tell."""
    try:
        system, path = file_system(url)
        known = system.info(path)
    except Exception:  # noqa: BLE001 - not known is an answer here: the file is then read
        return ""
    marks = {name: str(known[name]) for name in _MARKS if known.get(name)}
    return f"url:{known.get('size')}:{marks}" if marks else ""
