"""What both pages are made of: a result, facts and pictures in; fields, marked sentences, pictures with words out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from alignment.core.result import Result
from alignment.texts import say
from alignment.views.figure import has_dashed_line
from alignment.views.report import words
from alignment.views.report.facts import About
from alignment.views.report.glyphs import clean_text
from alignment.views.report.press import Drawing
from alignment.views.wording import finding_text

#: So many letters of a code stand on the page, of a picture's title, and of what is said of it.
MOST_CODE: Final = 40
_MOST_TITLE, _MOST_CAPTION = 70, 200


@dataclass(frozen=True)
class Field:
    """A fact with its name; without a value it is a line to write on."""

    name: str
    value: str


@dataclass(frozen=True)
class Judged:
    """A sentence behind the mark of its verdict."""

    mark: str
    text: str


@dataclass(frozen=True)
class Shown:
    """A picture on the page: its number among those given, width by height, what it shows, words for who cannot see it."""

    picture: int
    aspect: float
    title: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Refused:
    """Why nothing can be told, and how to film again."""

    title: str
    reason: str
    points: tuple[words.Point, ...]
    how: str


def document_title(result: Result, about: About) -> str:
    """The title in the file's own description: what, who, when."""
    parts = (words.activity_title(result), clean_text(about.subject, MOST_CODE), words.day(about.date))
    return say("report_document", what=", ".join(part for part in parts if part)).message


def shown_pictures(drawings: Iterable[Drawing]) -> Iterator[Shown]:
    """Pictures as they stand on the page."""
    for number, one in enumerate(drawings):
        title, caption = clean_text(one.picture.title, _MOST_TITLE), clean_text(one.picture.caption, _MOST_CAPTION)
        alt = say("report_picture_alt", what=" ".join(part for part in (title, caption) if part)).message
        yield Shown(number, one.aspect, title, caption, alt)


def frame_key(result: Result, code: str) -> str:
    """What the lines on the pictures are: a leg is held against its foot where that is judged, else against hip and toe."""
    if not has_dashed_line(result.viewpoint):
        return say(code, dashed="").message.strip()
    over_foot = any(row.measure == "knee_over_foot" and row.verdict is not None for row in result.summary)
    dashed = say("report_dashed_below" if over_foot else "report_dashed_line").message
    return say(code, dashed=dashed).message


def refusal(result: Result) -> Refused:
    """Why nothing can be told, with what to do about just that, and how such a movement is filmed."""
    message = finding_text(result.findings[0]) if result.findings else say("summary_empty").message
    points = words.points(result)
    if not points:
        remedies = [say(f"reason_{row.reason}").remedy for row in result.summary if row.reason]
        points = [words.Point("", remedy) for remedy in dict.fromkeys(remedies) if remedy]
    return Refused(
        say("report_refused").message, message, tuple(points[:5]), say(f"activity_{result.activity}_how").message
    )
