"""A table of limits as CSV text in; its rows, checked, out. Limits are data with an origin: docs/assessment.md."""

import csv
import hashlib
import io
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from alignment.measures import MEASURES
from alignment.texts import InputError

RowSide = Literal["leg", "body", "stance", "difference"]
_COLUMNS = ("activity", "measure", "side", "low_outside", "low", "high", "high_outside", "sem", "min_cycles", "source")


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
        return any(bound is not None for bound in (self.low_outside, self.low, self.high, self.high_outside))


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
    """A table of limits from CSV text. InputError naming the first fault and its line."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\\ufeff")))
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError("bad_limits", path=name, fault=f"it lacks the column {missing[0]}")
    rows = []
    for row in reader:
        try:
            rows.append(_limit(row))
        except (TypeError, ValueError) as fault:
            raise InputError("bad_limits", path=name, fault=f"line {reader.line_num}: {fault}") from None
    if not rows:
        raise InputError("bad_limits", path=name, fault="it holds no row")
    return Limits(tuple(rows), hashlib.sha256(text.encode("utf-8")).hexdigest())


def _limit(row: Mapping[str, str | None]) -> Limit:
    """One row. ValueError where a word is unknown or a number is none or out of order."""
    text = {column: (row[column] or "").strip() for column in _COLUMNS}
    if text["measure"] not in MEASURES:
        raise ValueError(f"there is no measure {text['measure']!r}")
    if text["side"] not in ("leg", "body", "stance", "difference"):
        raise ValueError(f"side is {text['side']!r} instead of leg, body, stance or difference")
    bounds = [float(text[name]) if text[name] else None for name in _COLUMNS[3:7]]
    given = [bound for bound in bounds if bound is not None]
    if given != sorted(given):
        raise ValueError("the limits do not rise from low_outside to high_outside")
    low_outside, low, high, high_outside = bounds
    side: RowSide = text["side"]  # type: ignore[assignment]
    return Limit(
        activity=text["activity"],
        measure=text["measure"],
        side=side,
        low_outside=low_outside,
        low=low,
        high=high,
        high_outside=high_outside,
        sem=float(text["sem"]),
        min_cycles=int(text["min_cycles"]),
        source=text["source"],
    )
