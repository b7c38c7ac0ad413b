"""How far the same movement filmed twice differs: the shipped table as CSV text in, its rows and their lookup out.

The table is measured, not chosen: `alignment.accuracy.retest` makes it from bodies that do the same movement before two
cameras (docs/assessment.md).
"""

import csv
import io
import pkgutil
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import cache
from math import sqrt
from typing import Final

from alignment.measures import MEASURES

#: Stands for every activity that has too few pairs of its own.
ANY: Final = "any"
#: Two-sided 95 % of the difference of two measurements (Weir 2005).
_DETECTABLE: Final = 1.96 * sqrt(2.0)


@dataclass(frozen=True)
class Repeatability:
    """A measure's standard error of measurement between two films of the same movement, in the measure's unit.

    `side` is `leg`, `body` or `difference`, as in the table of limits; `sem` rests on `n` differences between a mean over
    the repetitions of one film and that of the other.
    """

    model: str
    activity: str
    measure: str
    side: str
    n: int
    sem: float

    @property
    def mdc(self) -> float:
        """The minimal detectable change: two films of the same movement differ by less in 95 of 100 cases."""
        return _DETECTABLE * self.sem


def repeatability(model: str, activity: str, measure: str, side: str) -> Repeatability | None:
    """The shipped row for a measure: of this activity, else of all together; None where it was never measured.

    `side` may be a leg's. A model without rows of its own is taken for the less exact one.
    """
    legs = side in ("left", "right")
    kind = side if not legs else "leg" if MEASURES[measure].sided else "body"
    rows = {(row.model, row.activity, row.measure, row.side): row for row in shipped_repeatability()}
    models = {row.model for row in shipped_repeatability()}
    used = model if model in models else "lite"
    return rows.get((used, activity, measure, kind)) or rows.get((used, ANY, measure, kind))


@cache
def shipped_repeatability() -> tuple[Repeatability, ...]:
    """The table that comes with the program."""
    content = pkgutil.get_data("alignment", "repeatability.csv")
    if content is None:
        raise FileNotFoundError("repeatability.csv")
    return parse_repeatability(content.decode("utf-8"))


def parse_repeatability(text: str) -> tuple[Repeatability, ...]:
    """The rows of such a table. ValueError or KeyError where it is none."""
    return tuple(
        Repeatability(
            row["model"], row["activity"], row["measure"], row["side"], n=int(row["n"]), sem=float(row["sem"])
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def repeatability_csv(rows: Iterable[Repeatability]) -> str:
    """These rows as such a table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(one.name for one in fields(Repeatability))
    writer.writerows(astuple(row) for row in rows)
    return out.getvalue()
