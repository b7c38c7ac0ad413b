"""A page's content in; its PDF out. What somebody typed goes in as data, so that nothing of it is ever read as markup."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from importlib.resources import files as files_of
from itertools import islice
from typing import Any, Final, TypeVar

import cv2
import numpy as np

from alignment.views.canvas import COLOURS
from alignment.views.leg_share import leg_share_svg
from alignment.views.palette import LIGHT
from alignment.views.report import glyphs, words
from alignment.views.report.facts import Picture

#: For archives (PDF/A-2a) and for readers who cannot see the page (PDF/UA-1); both forbid a letter that no font has.
_STANDARDS: Final = ("a-2a", "ua-1")
#: How files of pictures begin.
_KINDS: Final = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png"}
#: Nothing on the page depends on the day on which it was made; without a date given, this is what the file says.
_NO_DAY: Final = date(2000, 1, 1)

#: So little beyond one page is set a little denser instead, in one of the next rooms.
_HARDLY: Final = 1.25
_DENSER: Final = 2

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


def print_pdf(
    content: Callable[[_Room], Mapping[str, object]],
    rooms: Sequence[_Room],
    pictures: Sequence[Drawing],
    *,
    pages: int,
    day: date | None,
) -> bytes:
    """The PDF of a page in the first of these rooms with which it has at most so many pages (the last, if with none).

    `content` is called with a room and gives all that the page shows. The same content gives the same bytes.
    """
    beside = {f"picture-{number}.svg": picture.svg() for number, picture in enumerate(pictures)}
    jobs = (_Job(content(room), beside, day) for room in rooms)
    job = next(jobs, None)
    if job is None:
        raise ValueError("a page needs at least one room")
    while job.pages > pages and (denser := next(jobs, None)):
        job = denser
    # What hardly needs another page does without it.
    if job.pages > 1 and job.needed < _HARDLY:
        job = next((one for one in islice(jobs, _DENSER) if one.pages < job.pages), job)
    return job.pdf()


class _Job:
    """One page in one room."""

    def __init__(self, content: Mapping[str, object], beside: Mapping[str, bytes], day: date | None) -> None:
        data = _plain(content)
        data |= {"look": _look(), "day": None if day is None else [day.year, day.month, day.day]}
        printable, fonts = glyphs.printable(set(_texts(data)))
        data = _each_text(data, lambda text: _mark_direction(printable[text]))
        # The library takes files by their names in memory as well, which its type says nothing of.
        self._files: Any = {
            "main.typ": _source(f"{data['kind']}.typ"),
            **{name: _source(name) for name in ("look.typ", "plots.typ")},
            "leg_share.svg": leg_share_svg(LIGHT).encode(),
            "data.json": json.dumps(data, ensure_ascii=False).encode(),
            **beside,
        }
        self._how: dict[str, Any] = {"font_paths": fonts, "ignore_system_fonts": True}
        self._made = datetime.combine(day or _NO_DAY, datetime.min.time(), tzinfo=UTC)

    @cached_property
    def _laid_out(self) -> dict[str, float]:
        import typst

        found = typst.query(self._files, "<pages>", field="value", one=True, **self._how)
        return {name: float(number) for name, number in json.loads(found).items()}

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return int(self._laid_out["pages"])

    @property
    def needed(self) -> float:
        """How many pages it would fill if it ran on without a break."""
        return self._laid_out["needed"]

    def pdf(self) -> bytes:
        """The file; without the standards' promises where the typesetter cannot keep them."""
        import typst

        try:
            return self._compile(_STANDARDS)
        except typst.TypstError:
            return self._compile(())

    def _compile(self, standards: Sequence[str]) -> bytes:
        import typst

        how = {**self._how, "format": "pdf", "pdf_standards": list(standards), "timestamp": self._made}
        made = typst.compile(self._files, **how)
        return bytes(made)


def _source(name: str) -> bytes:
    return files_of("alignment.views.report").joinpath(name).read_bytes()


def _look() -> dict[str, Any]:
    """Typeface and colours; whatever has a colour also has a shape, a kind of line or a word."""
    marks = {str(kind or words.NOT_JUDGED): "#{:02x}{:02x}{:02x}".format(*colour) for kind, colour in COLOURS.items()}
    return {"face": glyphs.FACE, "palette": asdict(LIGHT), "marks": marks}


def _plain(content: Any) -> Any:  # noqa: ANN401 - dataclasses of dataclasses
    """Dataclasses, mappings and what they hold as JSON knows it. Rows of numbers stay as they are."""
    if is_dataclass(content):
        return {one.name: _plain(getattr(content, one.name)) for one in fields(content)}
    if isinstance(content, Mapping):
        return {name: _plain(value) for name, value in content.items()}
    if isinstance(content, tuple) and not (content and all(isinstance(one, float) for one in content)):
        return [_plain(one) for one in content]
    return content


def _texts(data: Any) -> Iterator[str]:  # noqa: ANN401 - anything that JSON holds
    """Every text in the data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        yield from (text for value in data.values() for text in _texts(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in _texts(value))


def _each_text(data: Any, change: Callable[[str], Any]) -> Any:  # noqa: ANN401 - anything that JSON holds
    """The same data with every text in it changed; names of entries stay."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {key: _each_text(value, change) for key, value in data.items()}
    return [_each_text(value, change) for value in data] if isinstance(data, list) else data


def _mark_direction(text: str) -> str:
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
