"""A table of limits as CSV text in; its rows, checked, out. Limits are data with an origin: docs/assessment.md."""

import csv
import hashlib
import io
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import isfinite, nan
from typing import Final, Literal

from alignment.core.measures import MEASURES, Measure
from alignment.core.result import Facing
from alignment.errors import InputError, Phrase, phrase

RowSide = Literal["leg", "body", "stance", "difference"]
#: The sign of its side, and a limit.
Bound = tuple[float, float]
_BOUNDS: Final = ("low_outside", "low", "high", "high_outside")
_COLUMNS: Final = ("activity", "measure", "side", *_BOUNDS, "sem", "min_cycles", "source")


class _TableError(Exception):
    """A table of limits cannot be used: what is wrong with it, as a phrase."""

    def __init__(self, fault: Phrase) -> None:
        self.phrase = fault
        super().__init__(fault)


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
        return _signed_bounds((1.0, self.high_outside), (-1.0, self.low_outside))

    @property
    def inner(self) -> tuple[Bound, ...]:
        """The limits of the usual range; the outer one where a side has no other."""
        high = self.high_outside if self.high is None else self.high
        low = self.low_outside if self.low is None else self.low
        return _signed_bounds((1.0, high), (-1.0, low))


def _signed_bounds(*bounds: tuple[float, float | None]) -> tuple[Bound, ...]:
    return tuple((sign, bound) for sign, bound in bounds if bound is not None)


@dataclass(frozen=True)
class Limits:
    """A table of limits, and the hash of the text it was read from."""

    rows: tuple[Limit, ...]
    sha256: str

    def seen_from(self, *facings: Facing | None) -> "Limits":
        """The rows that judge what a film from one of these shows exactly enough; None is a film that shows nothing."""
        known = set(facings) - {None}
        rows = (row for row in self.rows if not known or known.intersection(MEASURES[row.measure].judged_from))
        return replace(self, rows=tuple(rows))

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
    except (_TableError, csv.Error) as fault:
        what = fault.phrase if isinstance(fault, _TableError) else str(fault)
        raise InputError("bad_limits", path=name, fault=what) from None
    return Limits(rows, hashlib.sha256(text.encode("utf-8")).hexdigest())


def _rows(reader: "csv.DictReader[str]") -> Iterator[Limit]:
    """The table's rows. _TableError for the first fault, csv.Error where it is no CSV."""
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise _fault("column", column=missing[0])
    places: set[tuple[str, str, str]] = set()
    for row in reader:
        try:
            limit = _limit(row)
        except _TableError as fault:
            raise _fault("line", line=reader.line_num, fault=fault.phrase) from None
        place = (limit.activity, limit.measure, limit.side)
        if place in places:
            raise _fault("line", line=reader.line_num, fault=_fault("twice", place=", ".join(place)).phrase)
        places.add(place)
        yield limit
    if not places:
        raise _fault("empty")


def _fault(code: str, **values: object) -> _TableError:
    return _TableError(phrase(f"fault_limits_{code}", **values))


def _limit(row: Mapping[str | None, object]) -> Limit:
    """One row. _TableError where a word is unknown or a number is none or out of order."""
    if row.get(None):
        raise _fault("cells")
    text = {column: str(row[column]).strip() for column in _COLUMNS}
    if not text["activity"]:
        raise _wrong(text, "activity", phrase("limits_name"))
    measure = MEASURES.get(text["measure"])
    if measure is None:
        raise _wrong(text, "measure", ", ".join(MEASURES))
    side = _side(text, measure)
    low_outside, low, high, high_outside = _bounds(text)
    if side == "difference" and (low is not None or low_outside is not None):
        raise _fault("difference")
    sem, min_cycles = _number(text, "sem"), _number(text, "min_cycles")
    if sem < 0:
        raise _wrong(text, "sem", phrase("limits_from_zero"))
    if min_cycles < 1 or min_cycles != int(min_cycles):
        raise _wrong(text, "min_cycles", phrase("limits_count"))
    bounds = (low_outside, low, high, high_outside)
    return Limit(text["activity"], measure.name, side, *bounds, sem, int(min_cycles), text["source"])


def _side(text: Mapping[str, str], measure: Measure) -> RowSide:
    """Whose numbers a row judges. _TableError where the measure has none such."""
    # Towards the standing leg or away from it: that is a sign, which a number about 0 has.
    of_body: tuple[RowSide, ...] = ("body", "stance") if measure.neutral == 0 else ("body",)
    sides: tuple[RowSide, ...] = ("leg", "difference") if measure.sided else of_body
    for side in sides:
        if side == text["side"]:
            return side
    raise _wrong(text, "side", " / ".join(sides))


def _bounds(text: Mapping[str, str]) -> list[float | None]:
    """A row's four limits, None where empty. _TableError where they do not rise."""
    bounds = [_number(text, column) if text[column] else None for column in _BOUNDS]
    given = [bound for bound in bounds if bound is not None]
    if given != sorted(given):
        raise _fault("order")
    return bounds


def _number(text: Mapping[str, str], column: str) -> float:
    """A cell's finite number. _TableError where it is none."""
    try:
        number = float(text[column])
    except ValueError:
        number = nan
    if not isfinite(number):
        raise _wrong(text, column, phrase("limits_number"))
    return number


def _wrong(text: Mapping[str, str], column: str, known: str | Phrase) -> _TableError:
    return _fault("word", column=column, word=text[column], known=known)
