"""A video file, a folder of pictures, a camera or a list in; upright, unmirrored pictures with their times out.

The only place that reads films. `open` finds out what it is given; whatever it returns can be iterated over, and all
but a camera again and again.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from alignment.core.track import Frame, Source, SourceFacts
from alignment.errors import InputError
from alignment.files import check_name, is_folder, sha256_of
from alignment.sources.camera import Camera
from alignment.sources.film import Film
from alignment.sources.folder import SUFFIXES, Folder, pictures_in
from alignment.sources.reading import Reading
from alignment.sources.sampling import SAMPLES, Sampled, Stills

__all__ = ["SAMPLES", "FrameList", "Reading", "Sampled", "Source", "Stills", "open", "sampled", "stills"]

#: Files of one picture; the last ones are no pictures for a folder, because OpenCV does not read them.
_SINGLE: Final = SUFFIXES | {".heic", ".heif", ".avif", ".jfif", ".dng"}

#: A camera's number given as text.
_CAMERA: Final = re.compile(r"\d{1,2}")
_WHOLE: Final = Reading()


@dataclass(frozen=True)
class FrameList:
    """Frames that are already there, for tests."""

    frames: Sequence[Frame]
    facts: SourceFacts

    def __iter__(self) -> Iterator[Frame]:
        return iter(self.frames)


def open(where: str | Path | int, reading: Reading = _WHOLE) -> Source:
    """The film at `where`: a file, a folder of pictures, or a camera's number, also as text where no file is so named.

    InputError with its code for whatever cannot be read.
    """
    path = Path(str(where))
    if isinstance(where, int) or (_CAMERA.fullmatch(str(where)) and not path.exists()):
        return Camera(int(str(where)), reading)
    return _folder(path, reading) if is_folder(path) else _film(path, reading)


def sample(where: str | Path, reading: Reading = _WHOLE, *, count: int = SAMPLES) -> Sampled:
    """At most `count` pictures spread evenly over the film or the folder of pictures at `where`, quickly.

    A camera has no film to spread them over. InputError as in `open`.
    """
    path = Path(str(where))
    return Sampled(_folder(path, reading) if is_folder(path) else _film(path, reading).with_length(), count)


def stills(where: str | Path, times_s: Sequence[float], reading: Reading = _WHOLE) -> Stills:
    """The pictures nearest to these rising times of the film or the folder of pictures at `where`, quickly.

    The times lie in the part that is read. InputError as in `open`.
    """
    path = Path(str(where))
    return Stills(_folder(path, reading) if is_folder(path) else _film(path, reading), times_s)


def _film(path: Path, reading: Reading) -> Film:
    check_name(path)
    if not path.exists():
        raise InputError("missing_file", path=path)
    if not path.is_file():
        raise InputError("not_a_video", path=path)
    if path.stat().st_size == 0:
        raise InputError("empty_file", path=path)
    if path.suffix.lower() in _SINGLE:
        raise InputError("single_image", path=path)
    return Film(path, reading, partial(sha256_of, path))


def _folder(path: Path, reading: Reading) -> Folder:
    check_name(path)
    try:
        pictures = pictures_in(path)
    except OSError:
        raise InputError("unreadable_file", path=path) from None
    if not pictures:
        raise InputError("empty_folder", path=path)
    listing = "".join(f"{sha256_of(picture)}  {picture.name}\n" for picture in pictures)
    return Folder(path, pictures, reading, hashlib.sha256(listing.encode(errors="surrogateescape")).hexdigest())
