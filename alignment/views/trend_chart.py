"""A measure's course by date as a chart: a course and a palette in, an Altair chart out; for app and paper alike."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from alignment.assessment import reason_text
from alignment.result import Whose
from alignment.texts import say
from alignment.views.cycles import with_error
from alignment.views.palette import SHAPES, Palette
from alignment.views.trends import Course, Point, band, day, told

if TYPE_CHECKING:
    import altair as alt

#: Room above and below what is shown, and before the first and after the last date, as a share of it.
_ROOM: Final = 0.12
_ROOM_DATES: Final = 0.06
#: A chart of one day is shown as if it were of so many.
_LEAST_DAYS: Final = 14
#: Results of one day stand this far apart, so that each is seen.
_APART: Final = timedelta(hours=3)
_MORNING: Final = time(9)

_Rows = list[dict[str, Any]]


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
    if not ends:
        return None
    room = _ROOM * max(max(ends) - min(ends), 1e-3)
    return min(ends) - room, max(ends) + room


def trend_chart(
    course: Course,
    palette: Palette,
    *,
    span: tuple[float, float] | None = None,
    dates: Sequence[date] = (),
    height_px: int = 260,
) -> "alt.LayerChart":
    """Dots with their 95 % interval by date, and the band in which a number counts as unchanged.

    A dot is hollow where the film was made differently from the reference. `span` are the numbers' bounds and `dates` the
    days that the chart has to show, so that charts beside each other can share both. ValueError without any number.
    """
    import altair as alt

    span = span or bounds([course])
    if span is None:
        raise ValueError("a chart needs at least one number")
    ends = _ends([*dates, *(point.date for point in course.points)])
    frame = _Frame(course, palette, span, ends)
    layers = [*frame.band(), *frame.line(), *frame.dots(), *frame.missing()]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(height=height_px, width="container", padding={"left": 4, "right": 12, "top": 4, "bottom": 4})
        .configure_axis(grid=True, gridOpacity=0.35, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
        .configure_view(stroke=None)
    )
    return chart


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


class _Frame:
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

    def band(self) -> list["alt.Chart"]:
        """Where a number lies that has not changed, to both ends of the chart, and the reference's own."""
        import altair as alt

        around = band(self._course)
        if around is None:
            return []
        rows: _Rows = [
            {"date": _written(self._places[key]), "low": low, "high": high}
            for key, low, high in zip(around.keys, around.low, around.high, strict=True)
        ]
        rows = [{**rows[0], "date": _written(self._ends[0])}, *rows, {**rows[-1], "date": _written(self._ends[1])}]
        base = alt.Chart(alt.InlineData(values=rows)).encode(x=self._x())
        area = base.mark_area(color=self._palette.muted, opacity=0.16, clip=True)
        level = {"date": rows[0]["date"], "end": rows[-1]["date"], "mean": self._course.start.row.mean}
        rule = alt.Chart(alt.InlineData(values=[level])).mark_rule(
            color=self._palette.muted, strokeDash=[2, 3], opacity=0.9, clip=True
        )
        return [
            area.encode(y=self._y("low"), y2="high:Q"),
            rule.encode(x=self._x(), x2="end:T", y=self._y("mean")),
        ]

    def line(self) -> list["alt.Chart"]:
        """The thin line that leads from dot to dot."""
        import altair as alt

        base = alt.Chart(self._data(self._told())).mark_line(strokeWidth=1.4, opacity=0.55, color=self._colour)
        return [base.encode(x=self._x(), y=self._y("value"))] if len(self._told()) > 1 else []

    def dots(self) -> list["alt.Chart"]:
        """Each mean with its interval, and the word where it changed."""
        import altair as alt

        if not self._told():
            return []
        base = alt.Chart(self._data(self._told())).encode(x=self._x())
        rules = base.mark_rule(strokeWidth=1.8, color=self._colour).encode(y=self._y("low"), y2="high:Q")
        look: dict[str, Any] = {"shape": self._shape, "size": 120, "opacity": 1.0}
        tips = [alt.Tooltip(f"{name}:N", title=" ") for name in ("day", "number", "said", "otherwise")]
        alike = base.transform_filter("!datum.otherwise").mark_point(
            filled=True, color=self._colour, stroke=self._palette.ground, strokeWidth=1.5, **look
        )
        otherwise = base.transform_filter("datum.otherwise").mark_point(
            filled=True, color=self._palette.ground, stroke=self._colour, strokeWidth=2.2, **look
        )
        word = base.transform_filter("datum.changed").mark_text(
            align="center", baseline="bottom", dy=-7, fontSize=12, fontWeight="bold", color=self._palette.ink
        )
        return [
            rules,
            *(points.encode(y=self._y("value"), tooltip=tips) for points in (alike, otherwise)),
            word.encode(y=self._y("high"), text="word:N"),
        ]

    def missing(self) -> list["alt.Chart"]:
        """A cross at the foot of the chart on each date without a number, with its reason."""
        import altair as alt

        rows = [
            {
                "date": _written(self._places[point.key]),
                "day": day(point.date),
                "said": told_missing(point),
                "value": self._span[0],
            }
            for point in self._course.points
            if point.row.mean is None
        ]
        if not rows:
            return []
        tips = [alt.Tooltip(f"{name}:N", title=" ") for name in ("day", "said")]
        cross = alt.Chart(self._data(rows)).mark_text(
            text="×", fontSize=18, dy=-9, color=self._palette.muted, fontWeight="bold"
        )
        return [cross.encode(x=self._x(), y=self._y("value"), tooltip=tips)]

    def _told(self) -> _Rows:
        unit = self._course.unit
        return [
            {
                "date": _written(self._places[point.key]),
                "day": day(point.date),
                "value": point.row.mean,
                "low": point.row.mean if point.row.interval_low is None else point.row.interval_low,
                "high": point.row.mean if point.row.interval_high is None else point.row.interval_high,
                "number": with_error(point.row.mean, point.row.standard_error, unit),
                "said": told(self._course, point),
                "changed": bool(point.changed),
                "word": say("trend_word").message,
                "otherwise": " ".join(why.message for why in point.filmed_otherwise),
            }
            for point in self._course.points
            if point.row.mean is not None
        ]

    def _x(self) -> "alt.X":
        import altair as alt

        ends = [_vega(moment) for moment in self._ends]
        axis = alt.Axis(format="%-d %b %Y", labelOverlap="greedy", tickCount=5, labelFlush=True)
        return alt.X("date:T", title=None, scale=alt.Scale(domain=ends), axis=axis)

    def _y(self, field: str) -> "alt.Y":
        import altair as alt

        unit = say(f"chart_unit_{self._course.unit}").message
        scale = alt.Scale(domain=list(self._span), nice=False, zero=False)
        return alt.Y(f"{field}:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=6))

    @staticmethod
    def _data(rows: _Rows) -> "alt.InlineData":
        import altair as alt

        return alt.InlineData(values=rows)


def told_missing(point: Point) -> str:
    """Why a point has no number."""
    return say("trend_missing", reason=reason_text(point.row.reason)).message


def _written(moment: datetime) -> str:
    """A moment for the chart: with a time and without a zone it is the reader's own day wherever it is drawn."""
    return moment.isoformat(timespec="minutes")


def _vega(moment: datetime) -> "alt.DateTime":
    import altair as alt

    return alt.DateTime(year=moment.year, month=moment.month, date=moment.day, hours=moment.hour, minutes=moment.minute)
