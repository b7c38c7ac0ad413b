"""A table of limits as CSV text in; its rows, checked, out. Limits are data with an origin: docs/assessment.md."""

import csv
import hashlib
import io
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite, nan
from typing import Final, Literal

from alignment.measures import MEASURES, Measure
from alignment.texts import InputError, say

RowSide = Literal["leg", "body", "stance", "difference"]
#: The sign of its side, and a limit.
Bound = tuple[float, float]
_BOUNDS: Final = ("low_outside", "low", "high", "high_outside")
_COLUMNS: Final = ("activity", "measure", "side", *_BOUNDS, "sem", "min_cycles", "source")


@dataclass(frozen=True)
class Limit:
    """One row of the table of limits; None where that side is not judged."""

    activity: str
    measure: str
    side: RowSide
    low_outside: float | None
    low: float | None
    high: float | None
    high_outside: float | None
    sem: float
    min_cycles: int
    source: str

    @property
    def judges(self) -> bool:
        """Whether there is any limit; a row without is shown and never judged."""
        return bool(self.inner)

    @property
    def outer(self) -> tuple[Bound, ...]:
        """The limits beyond which a number lies outside, each with the sign of its side: + above, - below."""
        return _given((1.0, self.high_outside), (-1.0, self.low_outside))

    @property
    def inner(self) -> tuple[Bound, ...]:
        """The limits of the usual range; the outer one where a side has no other."""
        high = self.high_outside if self.high is None else self.high
        low = self.low_outside if self.low is None else self.low
        return _given((1.0, high), (-1.0, low))


def _given(*bounds: tuple[float, float | None]) -> tuple[Bound, ...]:
    return tuple((sign, bound) for sign, bound in bounds if bound is not None)


@dataclass(frozen=True)
class Limits:
    """A table of limits, and the hash of the text it was read from."""

    rows: tuple[Limit, ...]
    sha256: str

    def of(self, activity: str) -> tuple[Limit, ...]:
        """The rows of one activity."""
        return tuple(row for row in self.rows if row.activity == activity)


@cache
def shipped_limits() -> Limits:
    """The table that comes with the program."""
    return parse_limits(shipped_limits_text(), "limits.csv")


def shipped_limits_text() -> str:
    """The text of the table that comes with the program."""
    content = pkgutil.get_data("alignment", "limits.csv")
    if content is None:
        raise FileNotFoundError("limits.csv")
    return content.decode("utf-8")


def parse_limits(text: str, name: str) -> Limits:
    """A table of limits from CSV text. InputError naming the first fault, its line and column."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval="", strict=True)
    try:
        rows = tuple(_rows(reader))
    except (ValueError, csv.Error) as fault:
        raise InputError("bad_limits", path=name, fault=fault) from None
    return Limits(rows, hashlib.sha256(text.encode("utf-8")).hexdigest())


def _rows(reader: "csv.DictReader[str]") -> Iterator[Limit]:
    """The table's rows. ValueError (csv.Error where it is no CSV) in words for the first fault."""
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise _fault("column", column=missing[0])
    places: set[tuple[str, str, str]] = set()
    for row in reader:
        try:
            limit = _limit(row)
        except ValueError as fault:
            raise _fault("line", line=reader.line_num, fault=fault) from None
        place = (limit.activity, limit.measure, limit.side)
        if place in places:
            raise _fault("line", line=reader.line_num, fault=_fault("twice", place=", ".join(place)))
        places.add(place)
        yield limit
    if not places:
        raise _fault("empty")


def _fault(code: str, **values: object) -> ValueError:
    return ValueError(say(f"fault_limits_{code}", **values).message)


def _limit(row: Mapping[str | None, object]) -> Limit:
    """One row. ValueError where a word is unknown or a number is none or out of order."""
    if row.get(None):
        raise _fault("cells")
    text = {column: str(row[column]).strip() for column in _COLUMNS}
    if not text["activity"]:
        raise _wrong(text, "activity", say("limits_name").message)
    measure = MEASURES.get(text["measure"])
    if measure is None:
        raise _wrong(text, "measure", ", ".join(MEASURES))
    side = _side(text, measure)
    low_outside, low, high, high_outside = _bounds(text)
    if side == "difference" and (low is not None or low_outside is not None):
        raise _fault("difference")
    sem, min_cycles = _number(text, "sem"), _number(text, "min_cycles")
    if sem < 0:
        raise _wrong(text, "sem", say("limits_from_zero").message)
    if min_cycles < 1 or min_cycles != int(min_cycles):
        raise _wrong(text, "min_cycles", say("limits_count").message)
    return Limit(
        activity=text["activity"],
        measure=measure.name,
        side=side,
        low_outside=low_outside,
        low=low,
        high=high,
        high_outside=high_outside,
        sem=sem,
        min_cycles=int(min_cycles),
        source=text["source"],
    )


def _side(text: Mapping[str, str], measure: Measure) -> RowSide:
    """Whose numbers a row judges. ValueError where the measure has none such."""
    sides: tuple[RowSide, ...] = ("leg", "difference") if measure.sided else ("body",)
    # Towards the standing leg or away from it: that is a sign, which a number about 0 has.
    if not measure.sided and measure.neutral == 0:
        sides = ("body", "stance")
    side = next((side for side in sides if side == text["side"]), None)
    if side is None:
        raise _wrong(text, "side", " / ".join(sides))
    return side


def _bounds(text: Mapping[str, str]) -> list[float | None]:
    """A row's four limits, None where empty. ValueError where they do not rise."""
    bounds = [_number(text, column) if text[column] else None for column in _BOUNDS]
    given = [bound for bound in bounds if bound is not None]
    if given != sorted(given):
        raise _fault("order")
    return bounds


def _number(text: Mapping[str, str], column: str) -> float:
    """A cell's finite number. ValueError where it is none."""
    try:
        number = float(text[column])
    except ValueError:
        number = nan
    if not isfinite(number):
        raise _wrong(text, column, say("limits_number").message)
    return number


def _wrong(text: Mapping[str, str], column: str, known: str) -> ValueError:
    return _fault("word", column=column, word=text[column], known=known)
