"""A page's content in; its PDF out. Everything somebody typed goes in as data, so that nothing of it is ever read as markup."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeVar

import cv2
import numpy as np

from alignment.views.canvas import COLOURS
from alignment.views.palette import LIGHT
from alignment.views.report import glyphs, words
from alignment.views.report.facts import Picture

if TYPE_CHECKING:
    import typst

#: For archives (PDF/A-2a) and for readers who cannot see the page (PDF/UA-1); both forbid a letter that no font has.
_STANDARDS: Final = ("a-2a", "ua-1")
#: How files of pictures begin.
_KINDS: Final = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png"}
#: Nothing on the page depends on the day on which it was made; without a date given, this is what the file says.
_NO_DAY: Final = date(2000, 1, 1)

_Room = TypeVar("_Room")


@dataclass(frozen=True)
class Drawing:
    """A picture wrapped into a drawing: that is text, and text can be handed to the typesetter in memory."""

    picture: Picture
    width_px: int
    height_px: int

    @property
    def aspect(self) -> float:
        """Width by height."""
        return round(self.width_px / self.height_px, 4)

    def svg(self) -> bytes:
        """The drawing's text."""
        width, height, image = self.width_px, self.height_px, self.picture.image
        content = base64.b64encode(image).decode()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f'<image width="{width}" height="{height}" href="data:{_KINDS[image[:2]]};base64,{content}"/></svg>'
        ).encode()


def printed(
    content: Callable[[_Room], object],
    rooms: Sequence[_Room],
    pictures: Sequence[Drawing],
    *,
    pages: int,
    day: date | None,
) -> bytes:
    """The PDF of a page in the first of these rooms with which it has at most so many pages (the last, if with none).

    `content` is called with a room and gives a dataclass. The same content gives the same bytes.
    """
    beside = {f"picture-{number}.svg": picture.svg() for number, picture in enumerate(pictures)}
    job = None
    for room in rooms:
        job = _Job(content(room), beside, day)
        if job.pages <= pages:
            break
    if job is None:
        raise ValueError("a page needs at least one room")
    return job.pdf()


class _Job:
    """One page in one room."""

    def __init__(self, content: object, beside: Mapping[str, bytes], day: date | None) -> None:
        if not is_dataclass(content) or isinstance(content, type):
            raise TypeError("the content of a page is a dataclass")
        data = {**asdict(content), "look": _look(), "day": None if day is None else [day.year, day.month, day.day]}
        texts: set[str] = set()
        _each_text(data, lambda text: texts.add(text) or text)
        printable, self._fonts = glyphs.printable(texts)
        data = _each_text(data, lambda text: _directed(printable[text]))
        self._files = {
            "main.typ": _source(f"{data['kind']}.typ"),
            "look.typ": _source("look.typ"),
            "data.json": json.dumps(data, ensure_ascii=False).encode(),
            **beside,
        }
        self._made = datetime.combine(day or _NO_DAY, datetime.min.time(), tzinfo=UTC)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        import typst

        found = typst.query(
            self._files, "<pages>", field="value", one=True, font_paths=self._fonts, ignore_system_fonts=True
        )
        return int(json.loads(found))

    def pdf(self) -> bytes:
        """The file; without the standards' promises where the typesetter cannot keep them."""
        import typst

        try:
            return self._compiled(_STANDARDS)
        except typst.TypstError:
            return self._compiled(())

    def _compiled(self, standards: Sequence[str]) -> bytes:
        import typst

        made = typst.compile(
            self._files,
            format="pdf",
            font_paths=self._fonts,
            ignore_system_fonts=True,
            pdf_standards=list(standards),
            timestamp=self._made,
        )
        return bytes(made)


def _source(name: str) -> bytes:
    return files("alignment.views.report").joinpath(name).read_bytes()


def _look() -> dict[str, Any]:
    """Typeface and colours; whatever has a colour also has a shape, a kind of line or a word."""
    marks = {str(kind or words.NOT_JUDGED): "#{:02x}{:02x}{:02x}".format(*colour) for kind, colour in COLOURS.items()}
    return {"face": glyphs.FACE, "palette": asdict(LIGHT), "marks": marks}


def _each_text(data: Any, change: Callable[[str], Any]) -> Any:  # noqa: ANN401 - anything that JSON holds
    """The same data with every text in it changed; names of entries stay."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {key: _each_text(value, change) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_each_text(value, change) for value in data]
    return data


def _directed(text: str) -> str:
    """A text that is read from the right, marked so that it is where others surround it."""
    return f"\u2067{text}\u2069" if glyphs.right_to_left(text) else text


def drawings(pictures: Iterable[Picture]) -> list[Drawing]:
    """The pictures that can be shown: JPEG and PNG that are not damaged."""
    made = []
    for picture in pictures:
        if picture.image[:2] in _KINDS:
            pixels = cv2.imdecode(np.frombuffer(picture.image, np.uint8), cv2.IMREAD_UNCHANGED)
            if pixels is not None:
                made.append(Drawing(picture, int(pixels.shape[1]), int(pixels.shape[0])))
    return made
