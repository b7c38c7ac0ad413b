"""What was named on the command line in: files, folders, patterns, manifests, URLs; the list of videos out."""

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from alignment import outputs
from alignment.batch import manifest, remote
from alignment.batch.manifest import Row
from alignment.errors import InputError
from alignment.sources.folder import pictures_in

#: Endings under which films are looked for in folders. A file that is named itself may have any.
FILM_SUFFIXES: Final = frozenset(
    {".3g2", ".3gp", ".asf", ".avi", ".divx", ".f4v", ".flv", ".gif", ".m2ts", ".m2v", ".m4v", ".mkv", ".mov", ".mp4"}
    | {".mpe", ".mpeg", ".mpg", ".mts", ".mxf", ".ogv", ".qt", ".ts", ".vob", ".webm", ".wmv"}
)
_PATTERN: Final = frozenset("*?[")


@dataclass(frozen=True)
class Video:
    """One video of a batch: its name in the tables, where it can be read, and the folder of its results.

    `where` is an absolute path or a URL; `place` is relative, with /, and differs from every other video's.
    """

    name: str
    where: str
    place: str
    row: Row = field(default_factory=Row)


@dataclass(frozen=True)
class Inputs:
    """The videos in the order of the tables, the columns that manifests add, and files that were left aside."""

    videos: tuple[Video, ...]
    extras: tuple[str, ...]
    left_aside: tuple[str, ...]


def gather(arguments: Iterable[str], reserved: frozenset[str] = frozenset()) -> Inputs:
    """Every video that the arguments name, once each.

    `reserved` are names that no result folder may have. InputError where a pattern or a folder holds nothing, or where a
    manifest cannot be used.
    """
    hunt = _Hunt()
    for argument in arguments:
        hunt.take(argument)
    videos = sorted(_once(hunt.videos), key=lambda video: (video.name, video.row.line))
    extras = tuple(dict.fromkeys(column for video in videos for column in video.row.extras))
    return Inputs(tuple(_with_own_places(videos, reserved)), extras, tuple(hunt.left_aside))


class _Hunt:
    """Collects what the arguments name."""

    def __init__(self) -> None:
        self.videos: list[Video] = []
        self.left_aside: list[str] = []

    def take(self, argument: str) -> None:
        argument = remote.plain(argument)
        if remote.is_url(argument):
            self._take_url(argument)
            return
        path = Path(argument)
        if path.is_dir():
            self._take_folder(path)
        elif path.exists() or not _PATTERN & set(argument):
            self._take_file(path)
        else:
            found = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 - it takes any path as it is
            if not found:
                raise InputError("batch_no_match", pattern=argument)
            for match in map(Path, found):
                self._take_folder(match, named=False) if match.is_dir() else self._take_file(match)

    def _take_file(self, path: Path) -> None:
        if path.suffix.lower() == manifest.SUFFIX:
            self._take_manifest(path)
        else:
            self.videos.append(_local(path, _stem(path)))

    def _take_folder(self, folder: Path, *, named: bool = True) -> None:
        """All films below a folder; the folder itself where it holds the pictures of one, and no film."""
        before = len(self.videos)
        aside = []
        for path in _files_below(folder):
            if path.suffix.lower() in FILM_SUFFIXES:
                stem = PurePosixPath(path.relative_to(folder).with_suffix("").as_posix())
                self.videos.append(_local(path, stem))
            else:
                aside.append(_name(path))
        if len(self.videos) > before:
            self.left_aside += aside
        elif _has_pictures(folder):
            self.videos.append(_local(folder, PurePosixPath(folder.absolute().name)))
        elif named:
            raise InputError("batch_empty_folder", path=folder)

    def _take_manifest(self, path: Path) -> None:
        for row in manifest.read(path):
            where = remote.plain(row.path)
            if remote.is_url(where):
                self.videos.append(_at_url(where, row))
                continue
            inside = PurePosixPath(where.replace("\\", "/") if os.sep == "\\" else where)
            nested = not inside.is_absolute() and ".." not in inside.parts
            stem = inside.with_suffix("") if nested and inside.name else PurePosixPath(inside.stem or "video")
            found = path.parent / where
            if found.name == outputs.TRACK:
                stem = _stem(found)
            self.videos.append(Video(row.path, str(found.absolute()), stem.as_posix(), row))

    def _take_url(self, url: str) -> None:
        listing = remote.list_files(url, pattern=bool(_PATTERN & set(url.partition("::")[0])))
        if listing is None:
            self.videos.append(_at_url(url))
        elif listing.folder is not None:
            self._take_remote_folder(url, listing.files, listing.folder)
        elif listing.files:
            self.videos += map(_at_url, listing.files)
        else:
            raise InputError("batch_no_match", pattern=url)

    def _take_remote_folder(self, url: str, found: Sequence[str], folder: str) -> None:
        films = [one for one in found if _inside(one).suffix.lower() in FILM_SUFFIXES]
        if not films:
            raise InputError("batch_empty_folder", path=url)
        self.left_aside += [one for one in found if one not in set(films)]
        for film in films:
            stem = str(_inside(film)).removeprefix(str(_inside(folder))).strip("/")
            self.videos.append(replace(_at_url(film), place=PurePosixPath(stem).with_suffix("").as_posix()))


def _local(path: Path, stem: PurePosixPath) -> Video:
    return Video(_name(path), str(path.absolute()), stem.as_posix())


def _at_url(url: str, row: Row | None = None) -> Video:
    return Video(url, url, _inside(url).stem or "video", row or Row())


def _inside(url: str) -> PurePosixPath:
    """The path within what a URL names."""
    return PurePosixPath(url.partition("::")[0].partition("://")[2])


def _name(path: Path) -> str:
    """A path as tables show it, also where its bytes are no text."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _stem(path: Path) -> PurePosixPath:
    """The name of a film's folder; that of a track's own folder, since all tracks are called the same."""
    if path.name == outputs.TRACK and path.absolute().parent.name:
        return PurePosixPath(path.absolute().parent.name)
    return PurePosixPath(path.stem or "video")


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in order; neither hidden ones nor the results of an analysis."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if outputs.TRACK in names or outputs.RESULT in names:
            names = [name for name in names if name not in outputs.own_files()]
        yield from (Path(here) / name for name in sorted(names) if not name.startswith("."))


def _has_pictures(folder: Path) -> bool:
    try:
        return bool(pictures_in(folder))
    except OSError:
        return False


def _once(videos: list[Video]) -> Iterator[Video]:
    """Each video once, however often arguments reach it. InputError where a manifest names one twice alike."""
    seen: dict[tuple[str, str], Video] = {}
    for video in videos:
        key = (video.where, repr(video.row.choices))
        first = seen.setdefault(key, video)
        if first is video:
            yield video
        elif first.row.line and video.row.line:
            raise InputError("batch_twice", path=video.name, first=first.row.line, line=video.row.line)


def _with_own_places(videos: list[Video], reserved: frozenset[str]) -> Iterator[Video]:
    """The videos with folders of their own: one that another needs too, or lies within, gets a hash of its video."""
    keys = [video.place.casefold() for video in videos]
    shared = {key for key, count in Counter(keys).items() if count > 1} | {name.casefold() for name in reserved}
    above = {str(parent) for key in keys for parent in PurePosixPath(key).parents}
    for video, key in zip(videos, keys, strict=True):
        if key in shared | above:
            mark = hashlib.sha256(f"{video.where}{video.row.choices or ''}".encode("utf-8", "replace")).hexdigest()[:6]
            video = replace(video, place=f"{video.place}-{mark}")
        yield video
