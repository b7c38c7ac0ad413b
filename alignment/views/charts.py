"""A measure over time as a chart: a result with curves and a palette in, an Altair chart out; for app and paper alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import numpy as np

from alignment.core.measures import MEASURES, sure_enough
from alignment.core.result import Curve, Curves, Cycle, LimitUsed, Result
from alignment.texts import say
from alignment.views.chart_parts import chart_of, click_layers, layered_chart, round_for_chart, tips, upright, with_room
from alignment.views.keyframes import key_frames
from alignment.views.palette import DASHES, SHAPES, Palette
from alignment.views.wording import cycle_number, cycle_title, reason_text, with_error

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


@dataclass(frozen=True)
class _Plot:
    """One measure's curves with the bounds of the chart."""

    curves: tuple[Curve, ...]
    time_s: np.ndarray
    usual: LimitUsed | None
    low: float
    high: float
    palette: Palette

    @property
    def frames(self) -> range:
        """The frames that are shown."""
        return range(0, len(self.time_s), max(1, -(-len(self.time_s) // _MOST_POINTS)))

    @property
    def unit(self) -> str:
        return self.curves[0].unit

    def x(self) -> alt.X:
        domain = [float(self.time_s[0]), float(self.time_s[-1])]
        return alt.X(f"{TIME}:Q", title=say("chart_time").message, scale=alt.Scale(domain=domain, nice=False))

    def y(self, field: str = "value") -> alt.Y:
        return upright(field, self.unit, self.low, self.high)

    def by_leg(self, channel: Any, values: Sequence[Any]) -> Any:  # noqa: ANN401 - any of Altair's channels
        """One value for each curve. Colour, kind of line and shape share a legend; a single curve needs none."""
        names = [say(f"whose_{curve.side}").message for curve in self.curves]
        legend = alt.Legend(title=None, symbolOpacity=1.0) if len(names) > 1 else None
        return channel("whose:N", scale=alt.Scale(domain=names, range=list(values)), legend=legend)

    def colour(self) -> alt.Color:
        colour: alt.Color = self.by_leg(alt.Color, [self.palette.of(curve.side) for curve in self.curves])
        return colour


def measures_of(result: Result) -> list[str]:
    """The measures that have a curve with at least one value, those of the activity's summary first.

    What is one number for the whole film (steps a minute) has no curve.
    """
    if result.curves is None:
        return []
    seen = [curve.measure for curve in result.curves.by_measure.values() if _has_course(curve)]
    listed = [row.measure for row in result.summary if row.measure in seen]
    return list(dict.fromkeys([*listed, *seen]))


def _has_course(curve: Curve) -> bool:
    known = curve.value[np.isfinite(curve.value)]
    return bool(len(known)) and (not MEASURES[curve.measure].activities or bool(np.ptp(known) > 0))


def curve_chart(result: Result, measure: str, palette: Palette, *, height_px: int = 300) -> alt.LayerChart:
    """The measure of each leg (or of the body) over time, with its error, the usual range and the repetitions.

    A click selects the nearest frame: parameter `CLICK`, field `TIME`. What is too unsure to be told is drawn faint.
    Raises ValueError for a result without curves (one that was read back from its file) or without this measure.
    """
    if result.curves is None:
        raise ValueError("a chart needs a result with its curves")
    plot = _plot(result, result.curves, measure, palette)
    times_s = [round(float(plot.time_s[at]), 3) for at in plot.frames]
    layers = [
        *_repetitions(result.cycles, plot),
        *_usual_range(plot),
        *_lines(plot),
        *_moments(result.cycles, measure, plot),
        *click_layers(CLICK, plot.x(), TIME, times_s, palette.ink),
    ]
    return layered_chart(layers, height_px)


def _plot(result: Result, curves: Curves, measure: str, palette: Palette) -> _Plot:
    found = tuple(curve for curve in curves.by_measure.values() if curve.measure == measure)
    values = np.concatenate([curve.value[np.isfinite(curve.value)] for curve in found] or [np.array([])])
    if not values.size:
        raise ValueError(f"no curve of {measure}")
    ends = [*np.percentile(values, [1, 99])]
    for curve in found:
        sure = sure_enough(curve)
        value, error = curve.value[sure], _BAND_SE * curve.standard_error[sure]
        if value.size:
            ends += [np.percentile(value - error, 5), np.percentile(value + error, 95)]
    usual = _limit(result, measure)
    ends += [end for end in (usual.low, usual.high) if end is not None] if usual else []
    return _Plot(found, curves.track.time_s, usual, *with_room(ends, _ROOM), palette)


def _limit(result: Result, measure: str) -> LimitUsed | None:
    """The usual range of what the curve shows: not of a difference, nor of a body's number counted towards one leg."""
    sides = ("left", "right") if MEASURES[measure].sided else ("body",)
    rows = [row.limit for row in result.summary if row.measure == measure and row.side in sides]
    return next((limit for limit in rows if limit and (limit.low is not None or limit.high is not None)), None)


def _curve_rows(plot: _Plot) -> Iterator[dict[str, Any]]:
    for curve in plot.curves:
        told, name = sure_enough(curve), say(f"whose_{curve.side}").message
        for at in plot.frames:
            value, error = round_for_chart(curve.value[at], plot.unit), _BAND_SE * float(curve.standard_error[at])
            sure = bool(told[at]) and value is not None
            yield {
                TIME: round(float(plot.time_s[at]), 3),
                "whose": name,
                "value": value,
                "sure": value if sure else None,
                "below": round_for_chart(curve.value[at] - error, plot.unit) if sure else None,
                "above": round_for_chart(curve.value[at] + error, plot.unit) if sure else None,
            }


def _lines(plot: _Plot) -> list[alt.Chart]:
    """Each curve with the band of its error; faint and thin where it is too unsure."""
    dash = plot.by_leg(alt.StrokeDash, [DASHES[curve.side] or [1, 0] for curve in plot.curves])
    base = chart_of(list(_curve_rows(plot))).encode(x=plot.x(), color=plot.colour())
    drawn: dict[str, Any] = {"clip": True, "invalid": "break-paths-show-domains"}
    band = base.mark_area(opacity=0.13, **drawn).encode(y=plot.y("below"), y2="above:Q")
    faint = base.mark_line(strokeWidth=1.2, opacity=0.4, **drawn).encode(y=plot.y(), strokeDash=dash)
    sure = base.mark_line(strokeWidth=2.4, **drawn).encode(y=plot.y("sure"), strokeDash=dash)
    return [band, faint, sure]


def _usual_range(plot: _Plot) -> list[alt.Chart]:
    """The usual range as a band with its name; to the chart's end on a side that is not judged."""
    if plot.usual is None:
        return []
    low = plot.low if plot.usual.low is None else plot.usual.low
    high = plot.high if plot.usual.high is None else plot.usual.high
    start, end = float(plot.time_s[0]), float(plot.time_s[-1])
    # The name stands inside the band, at the edge that is a limit.
    edge, down = (high, 9) if plot.usual.high is not None else (low, -9)
    row = {TIME: start, "end_s": end, "low": low, "high": high, "edge": edge, "name": say("chart_usual").message}
    base, colour = chart_of([row]).encode(x=plot.x()), plot.palette.band
    band = base.mark_rect(color=colour, opacity=0.12, clip=True)
    rule = base.mark_rule(color=colour, strokeDash=[2, 3], opacity=0.9)
    name = base.mark_text(align="left", dx=4, dy=down, fontSize=11, color=plot.palette.muted, clip=True)
    return [
        band.encode(x2="end_s:Q", y=plot.y("low"), y2="high:Q"),
        rule.encode(x2="end_s:Q", y=plot.y("edge")),
        name.encode(y=plot.y("edge"), text="name:N"),
    ]


def _repetitions(cycles: Sequence[Cycle], plot: _Plot) -> list[alt.Chart]:
    """Each repetition shaded and numbered; what does not count is framed with dashes and says why when pointed at.

    One leg's repetitions have a half of the height of their own, since both legs' may overlap.
    """
    if not cycles:
        return []
    chart = chart_of([_repetition_row(cycle, cycles, plot) for cycle in cycles])
    base = chart.encode(x=plot.x(), x2="end_s:Q", y=plot.y("top"), y2="bottom:Q", tooltip=tips("title", "why"))
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
    number = chart.encode(x=alt.X("middle_s:Q", title=say("chart_time").message), text="number:N")
    look: dict[str, Any] = {"fontSize": 12, "fontWeight": "bold", "color": plot.palette.muted, "clip": True}
    above = number.transform_filter("datum.side !== 'right'").mark_text(baseline="top", dy=4, **look)
    below = number.transform_filter("datum.side === 'right'").mark_text(baseline="bottom", dy=-4, **look)
    return [*shades, frame, above.encode(y=plot.y("top")), below.encode(y=plot.y("bottom"))]


def _repetition_row(cycle: Cycle, cycles: Sequence[Cycle], plot: _Plot) -> dict[str, Any]:
    middle = (plot.low + plot.high) / 2
    top, bottom = {"left": (plot.high, middle), "right": (middle, plot.low), "both": (plot.high, plot.low)}[cycle.side]
    crowded = sum(one.side == cycle.side for one in cycles) > _MOST_NUMBERS
    return {
        TIME: cycle.start_s,
        "end_s": cycle.end_s,
        "middle_s": (cycle.start_s + cycle.end_s) / 2,
        "top": top,
        "bottom": bottom,
        "counts": cycle.rejected is None,
        "side": cycle.side,
        "number": "" if crowded else cycle_number(cycle, cycles),
        "title": cycle_title(cycle, cycles),
        "why": reason_text(cycle.rejected),
    }


def _moments(cycles: Sequence[Cycle], measure: str, plot: _Plot) -> list[alt.Chart]:
    """The value at each repetition's key moment, which is what is judged."""
    rows = [
        {
            TIME: frame.time_s,
            "whose": say(f"whose_{frame.value.side}").message,
            "value": frame.value.value,
            "title": cycle_title(frame.cycle, cycles),
            "told": with_error(frame.value.value, frame.value.standard_error, plot.unit),
        }
        for frame in key_frames(cycles, measure)
    ]
    if not rows:
        return []
    shape = plot.by_leg(alt.Shape, [SHAPES[curve.side] for curve in plot.curves])
    points = chart_of(rows).mark_point(
        size=110, filled=True, opacity=1.0, stroke=plot.palette.ground, strokeWidth=1.5, clip=True
    )
    pointed = tips("title", "whose", "told")
    return [points.encode(x=plot.x(), y=plot.y(), color=plot.colour(), shape=shape, tooltip=pointed)]
