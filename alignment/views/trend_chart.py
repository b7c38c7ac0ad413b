"""A measure's course by date as a chart: a course and a palette in, an Altair chart out; for app and paper alike."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import altair as alt

from alignment.core.result import Whose
from alignment.texts import say
from alignment.views.chart_parts import Rows, chart_of, layered_chart, tips, upright, with_room
from alignment.views.palette import SHAPES, Palette
from alignment.views.trends import Course, Point, band, course_sentence, day
from alignment.views.wording import reason_text, reason_words, with_error

#: Room above and below what is shown, and before the first and after the last date, as a share of it.
_ROOM: Final = 0.12
_ROOM_DATES: Final = 0.06
#: A chart of one day is shown as if it were of so many.
_LEAST_DAYS: Final = 14
#: Results of one day stand this far apart, so that each is seen.
_APART: Final = timedelta(hours=3)
_MORNING: Final = time(9)


def bounds(courses: Sequence[Course]) -> tuple[float, float] | None:
    """Lowest and highest number that charts of these courses have to show, with room; None where there is none."""
    ends = [
        end
        for course in courses
        for point in course.points
        for end in (point.row.interval_low, point.row.interval_high, point.row.mean)
        if end is not None
    ]
    for course in courses:
        around = band(course)
        ends += [*around.low, *around.high] if around else []
    return with_room(ends, _ROOM) if ends else None


def trend_chart(
    course: Course,
    palette: Palette,
    *,
    span: tuple[float, float] | None = None,
    dates: Sequence[date] = (),
    height_px: int = 260,
) -> alt.LayerChart:
    """Dots with their 95 % interval by date, and the band in which a number counts as unchanged.

    A dot is hollow where the film was made differently from the reference. `span` are the numbers' bounds and `dates` the
    days that the chart has to show, so that charts beside each other can share both. ValueError without any number.
    """
    span = span or bounds([course])
    if span is None:
        raise ValueError("a chart needs at least one number")
    plot = _Plot(course, palette, span, _ends([*dates, *(point.date for point in course.points)]))
    return layered_chart([*plot.band(), *plot.line(), *plot.dots(), *plot.missing()], height_px)


def _ends(dates: Sequence[date]) -> tuple[datetime, datetime]:
    """The first and last moment of a chart of these days."""
    first, last = min(dates), max(dates)
    days = max((last - first).days, _LEAST_DAYS)
    room = timedelta(days=days * _ROOM_DATES + (days - (last - first).days) / 2)
    noon = time(12)
    return datetime.combine(first, noon) - room, datetime.combine(last, noon) + room


def _places(points: Sequence[Point]) -> dict[str, datetime]:
    """When each point stands in the chart: on its day, those of one day after each other."""
    seen: Counter[date] = Counter()
    places = {}
    for point in points:
        places[point.key] = datetime.combine(point.date, _MORNING) + seen[point.date] * _APART
        seen[point.date] += 1
    return places


class _Plot:
    """What all layers of one chart share."""

    def __init__(
        self, course: Course, palette: Palette, span: tuple[float, float], ends: tuple[datetime, datetime]
    ) -> None:
        self._course = course
        self._palette = palette
        self._span = span
        self._ends = ends
        self._places = _places(course.points)
        whose: Whose = "left" if course.side == "left" else "right" if course.side == "right" else "body"
        self._colour = palette.of(whose)
        self._shape = SHAPES[whose]

    def band(self) -> list[alt.Chart]:
        """Where a number lies that has not changed, to both ends of the chart, and the reference's own."""
        around = band(self._course)
        if around is None:
            return []
        rows: Rows = [
            {"date": _iso_minutes(self._places[key]), "low": low, "high": high}
            for key, low, high in zip(around.keys, around.low, around.high, strict=True)
        ]
        first, last = (_iso_minutes(moment) for moment in self._ends)
        area = chart_of([{**rows[0], "date": first}, *rows, {**rows[-1], "date": last}]).mark_area(
            color=self._palette.muted, opacity=0.16, clip=True
        )
        rule = chart_of([{"date": first, "end": last, "mean": self._course.start.row.mean}]).mark_rule(
            color=self._palette.muted, strokeDash=[2, 3], opacity=0.9, clip=True
        )
        return [
            area.encode(x=self._x(), y=self._y("low"), y2="high:Q"),
            rule.encode(x=self._x(), x2="end:T", y=self._y("mean")),
        ]

    def line(self) -> list[alt.Chart]:
        """The thin line that leads from dot to dot."""
        rows = self._dot_rows()
        base = chart_of(rows).mark_line(strokeWidth=1.4, opacity=0.55, color=self._colour)
        return [base.encode(x=self._x(), y=self._y("value"))] if len(rows) > 1 else []

    def dots(self) -> list[alt.Chart]:
        """Each mean with its interval, and the word where it changed."""
        rows = self._dot_rows()
        if not rows:
            return []
        base = chart_of(rows).encode(x=self._x())
        rules = base.mark_rule(strokeWidth=1.8, color=self._colour).encode(y=self._y("low"), y2="high:Q")
        dot = base.encode(y=self._y("value"), tooltip=tips("day", "number", "said", "otherwise"))
        look: dict[str, Any] = {"shape": self._shape, "size": 120, "opacity": 1.0, "filled": True}
        alike = dot.transform_filter("!datum.otherwise").mark_point(
            color=self._colour, stroke=self._palette.ground, strokeWidth=1.5, **look
        )
        otherwise = dot.transform_filter("datum.otherwise").mark_point(
            color=self._palette.ground, stroke=self._colour, strokeWidth=2.2, **look
        )
        word = base.transform_filter("datum.changed").mark_text(
            align="center", baseline="bottom", dy=-7, fontSize=12, fontWeight="bold", color=self._palette.ink
        )
        return [rules, alike, otherwise, word.encode(y=self._y("high"), text="word:N")]

    def missing(self) -> list[alt.Chart]:
        """A cross at the foot of the chart on each date without a number, with its reason."""
        rows = [
            {
                "date": _iso_minutes(self._places[point.key]),
                "day": day(point.date),
                "said": say("trend_missing", reason=reason_text(point.row.reason)).message,
                "value": self._span[0],
            }
            for point in self._course.points
            if point.row.mean is None
        ]
        if not rows:
            return []
        look: dict[str, Any] = {"fontSize": 18, "color": self._palette.muted, "fontWeight": "bold"}
        cross = chart_of(rows).mark_text(text="×", dy=-9, **look)
        return [cross.encode(x=self._x(), y=self._y("value"), tooltip=tips("day", "said"))]

    def _dot_rows(self) -> Rows:
        return [
            {
                "date": _iso_minutes(self._places[point.key]),
                "day": day(point.date),
                "value": point.row.mean,
                "low": point.row.mean if point.row.interval_low is None else point.row.interval_low,
                "high": point.row.mean if point.row.interval_high is None else point.row.interval_high,
                "number": with_error(point.row.mean, point.row.standard_error, self._course.unit),
                "said": course_sentence(self._course, point),
                "changed": bool(point.changed),
                "word": say("trend_word").message,
                "otherwise": " ".join(reason_words(why).message for why in point.filmed_otherwise),
            }
            for point in self._course.points
            if point.row.mean is not None
        ]

    def _x(self) -> alt.X:
        ends = [
            alt.DateTime(year=end.year, month=end.month, date=end.day, hours=end.hour, minutes=end.minute)
            for end in self._ends
        ]
        axis = alt.Axis(format="%-d %b %Y", labelOverlap="greedy", tickCount=5, labelFlush=True)
        return alt.X("date:T", title=None, scale=alt.Scale(domain=ends), axis=axis)

    def _y(self, field: str) -> alt.Y:
        return upright(field, self._course.unit, *self._span)


def _iso_minutes(moment: datetime) -> str:
    """A moment for the chart: with a time and without a zone it is the reader's own day wherever it is drawn."""
    return moment.isoformat(timespec="minutes")
