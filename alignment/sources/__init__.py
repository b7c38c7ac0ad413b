"""A video file, a folder of pictures, a camera or a list in; upright, unmirrored pictures with their times out.

The only place that reads films. `open` finds out what it is given; whatever it returns can be iterated over, and all
but a camera again and again.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alignment.sources.camera import Camera
from alignment.sources.film import Film
from alignment.sources.folder import SUFFIXES, Folder, pictures_in
from alignment.sources.reading import Reading
from alignment.sources.sampling import SAMPLES, Sampled, Stills
from alignment.texts import InputError
from alignment.track import Frame, Source, SourceFacts

__all__ = ["SAMPLES", "FrameList", "Sampled", "Source", "Stills", "open", "sampled", "stills"]

#: Files of one picture; the last ones are no pictures for a folder, because OpenCV does not read them.
_SINGLE: Final = SUFFIXES | {".heic", ".heif", ".avif", ".jfif", ".dng"}

#: A camera's number given as text.
_CAMERA: Final = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class FrameList:
    """Frames that are already there, for tests."""

    frames: Sequence[Frame]
    facts: SourceFacts

    def __iter__(self) -> Iterator[Frame]:
        return iter(self.frames)


def open(
    where: str | Path | int,
    *,
    max_fps: float = 30.0,
    start_s: float | None = None,
    end_s: float | None = None,
    mirrored: bool = False,
    rate_hz: float | None = None,
    max_side_px: int = 1280,
) -> Source:
    """The film at `where`: a file, a folder of pictures, or a camera's number, also as text where no file is so named.

    Between `start_s` and `end_s` of film time (the latter excluded) at most about `max_fps` pictures a second are
    delivered, the long side at most `max_side_px`; `mirrored` films are turned back. `rate_hz` gives the times of a
    folder, and of a film that has none. InputError with its code for whatever cannot be read.
    """
    reading = Reading(max_fps, start_s, end_s, mirrored, rate_hz, max_side_px)
    path = Path(str(where))
    if isinstance(where, int) or (_CAMERA.fullmatch(str(where)) and not path.exists()):
        return Camera(int(str(where)), reading)
    return _folder(path, reading) if path.is_dir() else _film(path, reading)


def sampled(
    where: str | Path,
    *,
    count: int = SAMPLES,
    start_s: float | None = None,
    end_s: float | None = None,
    mirrored: bool = False,
    rate_hz: float | None = None,
    max_side_px: int = 1280,
) -> Sampled:
    """At most `count` pictures spread evenly over the film or the folder of pictures at `where`, quickly.

    The rest as in `open`. A camera has no film to spread them over.
    """
    path = Path(str(where))
    reading = Reading(start_s=start_s, end_s=end_s, mirrored=mirrored, rate_hz=rate_hz, max_side_px=max_side_px)
    return Sampled(_folder(path, reading) if path.is_dir() else _film(path, reading).with_length(), count)


def stills(
    where: str | Path,
    times_s: Sequence[float],
    *,
    start_s: float | None = None,
    end_s: float | None = None,
    mirrored: bool = False,
    rate_hz: float | None = None,
    max_side_px: int = 1280,
) -> Stills:
    """The pictures nearest to these rising times of the film or the folder of pictures at `where`, quickly.

    The rest as in `open`; the times lie between `start_s` and `end_s`.
    """
    path = Path(str(where))
    reading = Reading(start_s=start_s, end_s=end_s, mirrored=mirrored, rate_hz=rate_hz, max_side_px=max_side_px)
    return Stills(_folder(path, reading) if path.is_dir() else _film(path, reading), times_s)


def _film(path: Path, reading: Reading) -> Film:
    if not path.exists():
        raise InputError("missing_file", path=path)
    if not path.is_file():
        raise InputError("not_a_video", path=path)
    if path.stat().st_size == 0:
        raise InputError("empty_file", path=path)
    sha256 = _sha256(path)
    if path.suffix.lower() in _SINGLE:
        raise InputError("single_image", path=path)
    return Film(path, reading, sha256)


def _folder(path: Path, reading: Reading) -> Folder:
    try:
        pictures = pictures_in(path)
    except OSError:
        raise InputError("unreadable_file", path=path) from None
    if not pictures:
        raise InputError("empty_folder", path=path)
    listing = "".join(f"{_sha256(picture)}  {picture.name}\n" for picture in pictures)
    return Folder(path, pictures, reading, hashlib.sha256(listing.encode(errors="surrogateescape")).hexdigest())


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise InputError("unreadable_file", path=path) from None
