"""What a report is told besides the result: who and when, pictures, an earlier result; plain data, every part optional."""

import datetime
from dataclasses import dataclass
from typing import Literal

from alignment.core.calibration import CalibrationOf
from alignment.core.result import Result

#: The page for the file, one or two sides of A4; or one page in plain words for the person.
Kind = Literal["full", "plain"]


@dataclass(frozen=True)
class About:
    """What is known about the film beyond the film; what is empty or None is left as a line to write on, or left out."""

    subject: str = ""
    date: datetime.date | None = None
    footwear: str = ""
    complaint_side: Literal["", "left", "right", "both"] = ""
    step_height_cm: float | None = None
    notes: str = ""
    operator: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture of the film, with its lines if possible, as JPEG or PNG: what it shows in a few words, and more about it.

    `title` stands on both reports ("Repetition 3"), `caption` (numbers) only on the full one.
    """

    image: bytes
    title: str
    caption: str = ""


@dataclass(frozen=True)
class Before:
    """An earlier result of the same movement, how to know what is known of its model, and when it was filmed."""

    result: Result
    calibration_of: CalibrationOf
    date: datetime.date | None = None
