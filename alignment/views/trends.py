"""Results of one activity by date in; each measure's course per side, with what counts as a change, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alignment.core.assessment import Change, compare_results
from alignment.core.calibration import CalibrationOf
from alignment.core.result import Reason, Result, Summary
from alignment.texts import say
from alignment.views.wording import amount, reason_text, signed_amount


@dataclass(frozen=True)
class Dated:
    """One result and the day that it belongs to; `key` tells it from every other."""

    key: str
    date: date
    result: Result


@dataclass(frozen=True)
class Point:
    """One result's row of a measure. `change` is that since the reference, None at the reference itself.

    `filmed_otherwise` tells how differently it was made from the reference, as far as this measure is touched.
    """

    key: str
    date: date
    row: Summary
    change: Change | None
    filmed_otherwise: tuple[Reason, ...] = ()

    @property
    def changed(self) -> bool | None:
        """Whether it differs from the reference by more than error of measurement; None where that cannot be told."""
        return self.change.changed if self.change is not None else None


@dataclass(frozen=True)
class Course:
    """One measure of one side by date, the earliest first, seen from the result with the key `reference`."""

    measure: str
    side: str
    unit: str
    reference: str
    points: tuple[Point, ...]

    @property
    def start(self) -> Point:
        """The reference's own point."""
        return next(point for point in self.points if point.key == self.reference)

    @property
    def latest(self) -> Point:
        """The last point besides the reference; the reference itself where it is alone."""
        return next((point for point in reversed(self.points) if point.key != self.reference), self.start)


@dataclass(frozen=True)
class Band:
    """Where a number lies that has not changed: around the reference's mean, at each date (with its point's key)."""

    keys: tuple[str, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def courses(dated: Sequence[Dated], calibration_of: CalibrationOf, reference: str | None = None) -> tuple[Course, ...]:
    """Every measure and side that a result has a row of, those with numbers first.

    `dated` are results of one activity, the earliest first; changes are counted from the one with the key `reference`,
    the first where none is given. InputError for results of several activities, KeyError for a reference that is not
    among them.
    """
    if not dated:
        return ()
    by_key = {one.key: one for one in dated}
    start = by_key[reference] if reference is not None else dated[0]
    compared = {one.key: compare_results(start.result, one.result, calibration_of) for one in dated}
    names = dict.fromkeys((row.measure, row.side, row.unit) for one in reversed(dated) for row in one.result.summary)
    found = []
    for measure, side, unit in names:
        points = []
        for one in dated:
            row = next((row for row in one.result.summary if (row.measure, row.side) == (measure, side)), None)
            if row is None:
                continue
            comparison = compared[one.key]
            change = next((own for own in comparison.changes if (own.measure, own.side) == (measure, side)), None)
            otherwise = tuple(why for why in comparison.warnings if not why.measures or measure in why.measures)
            known = None if one.key == start.key else change
            points.append(Point(one.key, one.date, row, known, () if one.key == start.key else otherwise))
        if any(point.key == start.key for point in points):
            found.append(Course(measure, side, unit, start.key, tuple(points)))
    return tuple(sorted(found, key=lambda course: all(point.row.mean is None for point in course.points)))


def band(course: Course) -> Band | None:
    """The band around the reference beyond which a number counts as changed; None where nothing can be compared.

    Its half width differs from date to date with the repetitions' spread, so that a dot lies outside exactly where
    the number changed. At the reference it is as wide as at the narrowest other date.
    """
    mean = course.start.row.mean
    told = {
        point.key: point.change.detectable
        for point in course.points
        if point.change is not None and point.change.detectable is not None
    }
    if mean is None or not told:
        return None
    told[course.reference] = min(told.values())
    keys = tuple(point.key for point in course.points if point.key in told)
    return Band(keys, tuple(mean - told[key] for key in keys), tuple(mean + told[key] for key in keys))


def course_sentence(course: Course, point: Point | None = None) -> str:
    """What became of a number since the reference, in one sentence; of the latest point if none is given."""
    point, start = point or course.latest, course.start
    whose = say(f"trend_{course.side}").message
    if point.key == start.key:
        return say("trend_single", whose=whose, value=amount(start.row.mean, course.unit)).message
    change = point.change
    if change is None or change.changed is None:
        lacking = start if start.row.mean is None else point
        return say("trend_unknown", whose=whose, date=day(lacking.date), reason=reason_text(lacking.row.reason)).message
    return say(
        "trend_changed" if change.changed else "trend_same",
        whose=whose,
        since=day(start.date),
        on=day(point.date),
        before=amount(start.row.mean, course.unit),
        after=amount(point.row.mean, course.unit),
        change=signed_amount(change.change, course.unit),
        least=amount(change.detectable, course.unit),
    ).message


def day(when: date) -> str:
    """A date as people write it, the month as a word so that it cannot be mistaken: 3 Mar 2025."""
    return f"{when.day} {say('trend_months').message.split()[when.month - 1]} {when.year}"
