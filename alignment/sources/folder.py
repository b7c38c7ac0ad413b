"""A folder with the pictures of one film in; the pictures out in their natural order, at a given or assumed rate."""

import re
from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from alignment.core.track import SourceFacts
from alignment.errors import InputError
from alignment.files import read_content
from alignment.sources.clock import ASSUMED_HZ
from alignment.sources.reading import Image, Reading, Recording, Shot, reduce_to

SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})


def pictures_in(folder: Path) -> list[Path]:
    """The folder's pictures in natural order: frame2 before frame10. Hidden files are none."""
    found = [p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and p.name[0] != "." and p.is_file()]
    return sorted(found, key=_natural)


def _natural(path: Path) -> tuple[list[tuple[int, str]], str]:
    parts = re.split(r"(\d+)", path.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name


class Folder(Recording):
    """A folder of pictures of one size, turned upright as their EXIF marks say.

    InputError at once where none of them can be decoded; while reading where their sizes differ.
    """

    def __init__(self, folder: Path, pictures: list[Path], reading: Reading, sha256: str) -> None:
        self._folder = folder
        self._pictures_at = pictures
        rate_hz = reading.rate_hz or ASSUMED_HZ
        first = next((image for image in map(_read, pictures) if image is not None), None)
        if first is None:
            raise InputError("no_frames", path=folder)
        part_s = reading.part_of(len(pictures) / rate_hz)
        facts = SourceFacts(
            name=folder.absolute().name,
            sha256=sha256,
            fps=rate_hz,
            width=first.shape[1],
            height=first.shape[0],
            mirrored=reading.mirrored,
            frames=round(part_s * rate_hz),
            duration_s=part_s,
            rate_assumed=True,
        )
        super().__init__(reading, facts, length_s=len(pictures) / rate_hz)
        self._rate_hz = rate_hz

    def _shots(self) -> Generator[Shot, None, None]:
        for index, path in enumerate(self._pictures_at):
            yield Shot(index / self._rate_hz, partial(self._render, path))

    def _render(self, path: Path) -> Image | None:
        image = _read(path)
        if image is None:
            return None
        height, width, _ = image.shape
        if (width, height) != (self.facts.width, self.facts.height):
            first = f"{self.facts.width} × {self.facts.height}"
            raise InputError("picture_sizes", path=self._folder, first=first, other=f"{width} × {height}")
        return reduce_to(image, self._reading)


def _read(path: Path) -> Image | None:
    """A picture file as shown, in RGB; None where it cannot be decoded. InputError where it cannot be read."""
    content = read_content(path)
    # Decoded from memory: OpenCV opens no path with umlauts on every system.
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) if content else None
    except cv2.error:  # its header promises more than any camera takes (`alignment/__init__.py`)
        return None
    return None if image is None else cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
