"""What both pages are made of: a result, facts and pictures in; fields, marked sentences, pictures with words out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.activities import ACTIVITIES
from alignment.result import Result
from alignment.texts import known, say
from alignment.views.report import words
from alignment.views.report.facts import About, Picture
from alignment.views.report.glyphs import cleaned

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
class Point:
    """One thing to know, and what to do about it."""

    text: str
    remedy: str


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
    points: tuple[Point, ...]
    how: str


def document_title(result: Result, about: About) -> str:
    """The title in the file's own description: what, who, when."""
    parts = (words.activity_title(result), cleaned(about.subject, MOST_CODE), words.day(about.date))
    return say("report_document", what=", ".join(part for part in parts if part)).message


def shown(pictures: Sequence[tuple[Picture, float]]) -> Iterator[Shown]:
    """Pictures, each with its width by height, as they stand on the page."""
    for number, (picture, aspect) in enumerate(pictures):
        title, caption = cleaned(picture.title, _MOST_TITLE), cleaned(picture.caption, _MOST_CAPTION)
        alt = say("report_picture_alt", what=" ".join(part for part in (title, caption) if part)).message
        yield Shown(number, aspect, title, caption, alt)


def refused(result: Result) -> Refused:
    """Why nothing can be told, with what to do about just that, and how such a movement is filmed."""
    activity = ACTIVITIES.get(result.activity)
    message = result.findings[0].message if result.findings else say("summary_empty").message
    points = [Point(*one) for one in words.points(result.quality.reasons)]
    if not points:
        codes = list(dict.fromkeys(row.reason for row in result.summary if row.reason))
        remedies = [say(f"reason_{code}").remedy for code in codes if known(f"reason_{code}")]
        points = [Point("", remedy) for remedy in dict.fromkeys(remedies) if remedy]
    return Refused(say("report_refused").message, message, tuple(points[:5]), activity.description if activity else "")
