"""A measure over time as a chart: a result with curves and a palette in, an Altair chart out; for app and paper alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignment.assessment import reason_text
from alignment.measures import MEASURES, sure_enough
from alignment.result import Curve, Curves, Cycle, LimitUsed, Result, Whose
from alignment.texts import say
from alignment.views.cycles import cycle_number, cycle_title, with_error
from alignment.views.palette import DASHES, SHAPES, Palette

if TYPE_CHECKING:
    import altair as alt

#: Name of the selection that a click makes, and the field that tells the time of the nearest frame.
CLICK: Final = "moment"
TIME: Final = "time_s"
#: More frames than these are thinned evenly; a chart has no more pixels.
_MOST_POINTS: Final = 1200
#: More repetitions of one side than these are shaded without a number.
_MOST_NUMBERS: Final = 20
#: The band of the error is this many standard errors to either side; the truth should lie within.
_BAND_SE: Final = 2.0
#: Room above and below what is shown, as a share of it.
_ROOM: Final = 0.12

_Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class _Plot:
    """One measure's curves with the bounds of the chart."""

    measure: str
    unit: str
    curves: tuple[Curve, ...]
    time_s: np.ndarray
    low: float
    high: float
    palette: Palette

    @property
    def whose(self) -> list[Whose]:
        return [curve.side for curve in self.curves]


def measures_of(result: Result) -> list[str]:
    """The measures that have a curve with at least one value, those of the activity's summary first."""
    if result.curves is None:
        return []
    seen = [curve.measure for curve in result.curves.by_measure.values() if np.isfinite(curve.value).any()]
    listed = [row.measure for row in result.summary if row.measure in seen]
    return list(dict.fromkeys([*listed, *seen]))


def curve_chart(result: Result, measure: str, palette: Palette, *, height_px: int = 300) -> "alt.LayerChart":
    """The measure of each leg (or of the body) over time, with its error, the usual range and the repetitions.

    A click selects the nearest frame: parameter `CLICK`, field `TIME`. What is too unsure to be told is drawn faint.
    Raises ValueError for a result without curves (one that was read back from its file) or without this measure.
    """
    import altair as alt

    if result.curves is None:
        raise ValueError("a chart needs a result with its curves")
    plot = _plot(result, result.curves, measure, palette)
    layers = [
        *_repetitions(result.cycles, plot),
        *_usual_range(result, plot),
        *_lines(plot),
        *_moments(result.cycles, plot),
        *_click(plot),
    ]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(height=height_px, width="container", padding={"left": 4, "right": 12, "top": 4, "bottom": 4})
        .configure_axis(grid=True, gridOpacity=0.35, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
        .configure_legend(orient="top", title=None, labelFontSize=13, symbolSize=90, symbolStrokeWidth=2.5)
        .configure_view(stroke=None)
    )
    return chart


def _plot(result: Result, curves: Curves, measure: str, palette: Palette) -> _Plot:
    found = tuple(curve for curve in curves.by_measure.values() if curve.measure == measure)
    values = np.concatenate([curve.value[np.isfinite(curve.value)] for curve in found] or [np.array([])])
    if not values.size:
        raise ValueError(f"no curve of {measure}")
    unsure = [_BAND_SE * curve.standard_error[sure_enough(curve)] for curve in found]
    told = [curve.value[sure_enough(curve)] for curve in found]
    ends = [*np.percentile(values, [1, 99])]
    for value, error in zip(told, unsure, strict=True):
        if value.size:
            ends += [np.percentile(value - error, 5), np.percentile(value + error, 95)]
    limit = _limit(result, measure)
    ends += [end for end in (limit.low, limit.high) if end is not None] if limit else []
    room = _ROOM * max(max(ends) - min(ends), 1e-3)
    unit = found[0].unit
    return _Plot(measure, unit, found, curves.track.time_s, min(ends) - room, max(ends) + room, palette)


def _limit(result: Result, measure: str) -> LimitUsed | None:
    """The usual range of what the curve shows: not of a difference, nor of a body's number counted towards one leg."""
    sides = ("left", "right") if MEASURES[measure].sided else ("body",)
    rows = [row.limit for row in result.summary if row.measure == measure and row.side in sides]
    return next((limit for limit in rows if limit and (limit.low is not None or limit.high is not None)), None)


def _time(plot: _Plot) -> "alt.X":
    import altair as alt

    first, last = float(plot.time_s[0]), float(plot.time_s[-1])
    return alt.X(f"{TIME}:Q", title=say("chart_time").message, scale=alt.Scale(domain=[first, last], nice=False))


def _height(plot: _Plot, field: str = "value") -> "alt.Y":
    import altair as alt

    unit = say(f"chart_unit_{plot.unit}").message
    scale = alt.Scale(domain=[plot.low, plot.high], nice=False, zero=False)
    return alt.Y(f"{field}:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=6))


def _colour(plot: _Plot) -> "alt.Color":
    import altair as alt

    colours = [plot.palette.of(whose) for whose in plot.whose]
    return alt.Color("whose:N", scale=alt.Scale(domain=_names(plot), range=colours), legend=_legend(plot))


def _legend(plot: _Plot) -> "alt.Legend | None":
    """Colour, kind of line and shape share it; a single curve needs none."""
    import altair as alt

    return alt.Legend(title=None, symbolOpacity=1.0) if len(plot.whose) > 1 else None


def _names(plot: _Plot) -> list[str]:
    return [say(f"whose_{whose}").message for whose in plot.whose]


def _data(rows: _Rows) -> "alt.InlineData":
    import altair as alt

    return alt.InlineData(values=rows)


def _number(value: float, unit: str) -> float | None:
    if not np.isfinite(value):
        return None
    return round(float(value), 2 if unit in ("deg", "pct") else 4)


def _curve_rows(plot: _Plot) -> Iterator[dict[str, Any]]:
    step = max(1, -(-len(plot.time_s) // _MOST_POINTS))
    for curve in plot.curves:
        told, name = sure_enough(curve), say(f"whose_{curve.side}").message
        for at in range(0, len(plot.time_s), step):
            value, error = _number(curve.value[at], plot.unit), _BAND_SE * float(curve.standard_error[at])
            sure = bool(told[at]) and value is not None
            yield {
                TIME: round(float(plot.time_s[at]), 3),
                "whose": name,
                "value": value,
                "sure": value if sure else None,
                "below": _number(curve.value[at] - error, plot.unit) if sure else None,
                "above": _number(curve.value[at] + error, plot.unit) if sure else None,
            }


def _lines(plot: _Plot) -> list["alt.Chart"]:
    """Each curve with the band of its error; faint and thin where it is too unsure."""
    import altair as alt

    data = _data(list(_curve_rows(plot)))
    dashes = [DASHES[whose] or [1, 0] for whose in plot.whose]
    dash = alt.StrokeDash("whose:N", scale=alt.Scale(domain=_names(plot), range=dashes), legend=_legend(plot))
    base = alt.Chart(data).encode(x=_time(plot))
    band = base.mark_area(opacity=0.13, clip=True, invalid="break-paths-show-domains").encode(
        y=_height(plot, "below"), y2="above:Q", color=_colour(plot)
    )
    faint = base.mark_line(strokeWidth=1.2, opacity=0.4, clip=True, invalid="break-paths-show-domains").encode(
        y=_height(plot), color=_colour(plot), strokeDash=dash
    )
    sure = base.mark_line(strokeWidth=2.4, clip=True, invalid="break-paths-show-domains").encode(
        y=_height(plot, "sure"), color=_colour(plot), strokeDash=dash
    )
    return [band, faint, sure]


def _usual_range(result: Result, plot: _Plot) -> list["alt.Chart"]:
    """The usual range as a band with its name; to the chart's end on a side that is not judged."""
    import altair as alt

    limit = _limit(result, plot.measure)
    if limit is None:
        return []
    low = plot.low if limit.low is None else limit.low
    high = plot.high if limit.high is None else limit.high
    start, end = float(plot.time_s[0]), float(plot.time_s[-1])
    edge, down = (high, 9) if limit.high is not None else (low, -9)
    data = _data(
        [{TIME: start, "end_s": end, "low": low, "high": high, "edge": edge, "name": say("chart_usual").message}]
    )
    base = alt.Chart(data).encode(x=_time(plot))
    band = base.mark_rect(color=plot.palette.band, opacity=0.12, clip=True).encode(
        x2="end_s:Q", y=_height(plot, "low"), y2="high:Q"
    )
    rule = base.mark_rule(color=plot.palette.band, strokeDash=[2, 3], opacity=0.9).encode(
        x2="end_s:Q", y=_height(plot, "edge")
    )
    # The name stands inside the band, at the edge that is a limit.
    name = base.mark_text(align="left", dx=4, dy=down, fontSize=11, color=plot.palette.muted, clip=True).encode(
        y=_height(plot, "edge"), text="name:N"
    )
    return [band, rule, name]


def _repetitions(cycles: Sequence[Cycle], plot: _Plot) -> list["alt.Chart"]:
    """Each repetition shaded and numbered; what does not count is framed with dashes and says why when pointed at.

    One leg's repetitions have a half of the height of their own, since both legs' may overlap.
    """
    import altair as alt

    rows = [_repetition_row(cycle, cycles, plot) for cycle in cycles]
    if not rows:
        return []
    tips = [alt.Tooltip("title:N", title=" "), alt.Tooltip("why:N", title=" ")]
    base = alt.Chart(_data(rows)).encode(
        x=_time(plot), x2="end_s:Q", y=_height(plot, "top"), y2="bottom:Q", tooltip=tips
    )
    colours = {"both": plot.palette.muted, "left": plot.palette.left, "right": plot.palette.right}
    shades = [
        base.transform_filter(f"datum.counts && datum.side === '{side}'").mark_rect(
            color=colour, opacity=0.16, stroke=plot.palette.ground, strokeWidth=2, strokeOpacity=1, clip=True
        )
        for side, colour in colours.items()
        if any(cycle.side == side for cycle in cycles)
    ]
    frame = base.transform_filter("!datum.counts").mark_rect(
        filled=False, stroke=plot.palette.muted, strokeDash=[3, 3], opacity=0.7, clip=True
    )
    number = alt.Chart(_data(rows)).encode(x=alt.X("middle_s:Q", title=say("chart_time").message), text="number:N")
    look: dict[str, Any] = {"fontSize": 12, "fontWeight": "bold", "color": plot.palette.muted, "clip": True}
    above = number.transform_filter("datum.side !== 'right'").mark_text(baseline="top", dy=4, **look)
    below = number.transform_filter("datum.side === 'right'").mark_text(baseline="bottom", dy=-4, **look)
    return [*shades, frame, above.encode(y=_height(plot, "top")), below.encode(y=_height(plot, "bottom"))]


def _repetition_row(cycle: Cycle, cycles: Sequence[Cycle], plot: _Plot) -> dict[str, Any]:
    counts = cycle.rejected is None
    middle = (plot.low + plot.high) / 2
    lane = {"left": (plot.high, middle), "right": (middle, plot.low), "both": (plot.high, plot.low)}[cycle.side]
    title, crowded = cycle_title(cycle, cycles), sum(one.side == cycle.side for one in cycles) > _MOST_NUMBERS
    return {
        TIME: cycle.start_s,
        "end_s": cycle.end_s,
        "middle_s": (cycle.start_s + cycle.end_s) / 2,
        "top": lane[0],
        "bottom": lane[1],
        "counts": counts,
        "side": cycle.side,
        "number": "" if crowded else cycle_number(cycle, cycles),
        "title": title,
        "why": "" if counts else reason_text(cycle.rejected),
    }


def _moments(cycles: Sequence[Cycle], plot: _Plot) -> list["alt.Chart"]:
    """The value at each repetition's key moment, which is what is judged."""
    import altair as alt

    rows = [
        {
            TIME: value.time_s if value.time_s is not None else cycle.key_s,
            "whose": say(f"whose_{value.side}").message,
            "value": value.value,
            "title": cycle_title(cycle, cycles),
            "told": with_error(value.value, value.standard_error, plot.unit),
        }
        for cycle in cycles
        for value in cycle.values
        if value.measure == plot.measure and value.at == "key" and value.value is not None
    ]
    if not rows:
        return []
    shapes = [SHAPES[whose] for whose in plot.whose]
    shape = alt.Shape("whose:N", scale=alt.Scale(domain=_names(plot), range=shapes), legend=_legend(plot))
    tips = [alt.Tooltip("title:N", title=" "), alt.Tooltip("whose:N", title=" "), alt.Tooltip("told:N", title=" ")]
    points = alt.Chart(_data(rows)).mark_point(
        size=110, filled=True, opacity=1.0, stroke=plot.palette.ground, strokeWidth=1.5, clip=True
    )
    return [points.encode(x=_time(plot), y=_height(plot), color=_colour(plot), shape=shape, tooltip=tips)]


def _click(plot: _Plot) -> list["alt.Chart"]:
    """Catches a click anywhere and marks the nearest frame with an upright line."""
    import altair as alt

    step = max(1, -(-len(plot.time_s) // _MOST_POINTS))
    data = _data([{TIME: round(float(time_s), 3)} for time_s in plot.time_s[::step]])
    click = alt.selection_point(name=CLICK, encodings=["x"], nearest=True, on="click", clear=False, empty=False)
    base = alt.Chart(data).encode(x=_time(plot))
    catcher = base.mark_point(opacity=0, size=1).add_params(click)
    chosen = base.mark_rule(color=plot.palette.ink, strokeWidth=1.6).encode(
        opacity=alt.condition(click, alt.value(0.9), alt.value(0.0))
    )
    return [chosen, catcher]
