"""Two results' curves laid over each other: results with curves and a palette in, an Altair chart for each leg out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import numpy as np

from alignment.core.result import Course, Cycle, CycleSide, Result, Whose
from alignment.core.skeleton import SIDES
from alignment.texts import say
from alignment.views.chart_parts import chart_of, click_layers, layered_chart, round_for_chart, tips, upright, with_room
from alignment.views.keyframes import key_frames
from alignment.views.normalized_cycles import PERCENT, NormalizedCycles, counted_cycles, normalize, percent_of_cycle
from alignment.views.palette import Palette
from alignment.views.wording import cycle_title, with_error

#: Name of the selection that a click makes, and the field that tells the percent of the repetition.
CLICK: Final = "share"
FIELD: Final = "percent"
#: Room above and below what is shown, as a share of it.
_ROOM: Final = 0.08
#: The first is drawn with dashes and triangles, the second with a full line and circles.
_DASHES: Final = ([5, 4], [1, 0])
_SHAPES: Final = ("triangle-up", "circle")


@dataclass(frozen=True)
class Filmed:
    """A result with its measures over time."""

    result: Result
    course: Course


@dataclass(frozen=True)
class Panel:
    """One chart: whose curve, in which repetitions, and what it is called."""

    whose: Whose
    cycles: CycleSide | None
    title: str


@dataclass(frozen=True)
class _Line:
    """One film's line in a chart: its name, what it shows and the repetitions that it comes from."""

    name: str
    laid: NormalizedCycles
    cycles: list[Cycle]
    result: Result


def measures_of_both(before: Filmed, after: Filmed) -> list[str]:
    """The measures that have a value in both, those of the activity's summary first."""
    seen = [
        {curve.measure for curve in one.course.by_measure.values() if np.isfinite(curve.value).any()}
        for one in (before, after)
    ]
    listed = [row.measure for row in after.result.summary]
    return [name for name in dict.fromkeys([*listed, *sorted(seen[1])]) if name in seen[0] & seen[1]]


def panels(before: Filmed, after: Filmed, measure: str) -> list[Panel]:
    """A chart for each leg, or one for the whole body; a body's has one for each leg that stood alone."""
    films = (before, after)
    together = all(cycle.side == "both" for film in films for cycle in counted_cycles(film.result))
    made: list[Panel] = []
    for side in SIDES:
        made.append(Panel(side, None if together else side, say(f"whose_{side}").message))
        if not together:
            made.append(Panel("body", side, say(f"compare_on_{side}").message))
    if together:
        made.append(Panel("body", None, say("whose_body").message))
    made = [one for one in made if all((measure, one.whose) in film.course.by_measure for film in films)]
    return [panel for panel in made if all(counted_cycles(film.result, panel.cycles) for film in films)]


def comparison_chart(
    before: Filmed, after: Filmed, measure: str, panel: Panel, palette: Palette, *, height_px: int = 260
) -> alt.LayerChart:
    """A measure of both films over 0 to 100 % of the repetition: mean, and from the lowest to the highest repetition.

    A click selects the nearest percent: parameter `CLICK`, field `FIELD`. What is too unsure to be told is drawn faint. The
    chart's bounds are those of all of the measure's panels. Raises KeyError for a measure that one of them does not have.
    """
    lines = _lines(before, after, measure, panel)
    bounds = _bounds([line for one in panels(before, after, measure) for line in _lines(before, after, measure, one)])
    unit = after.course.by_measure[measure, panel.whose].unit
    plot = _Plot(lines, unit, bounds, [palette.muted, palette.of(panel.whose)])
    click = click_layers(CLICK, plot.x(), FIELD, (float(percent) for percent in PERCENT), palette.ink)
    return layered_chart([*_bands_and_lines(plot), *_moments(plot, measure, panel, palette), *click], height_px)


@dataclass(frozen=True)
class _Plot:
    """What all layers of a chart share."""

    lines: list[_Line]
    unit: str
    bounds: tuple[float, float]
    colours: list[str]

    def x(self) -> alt.X:
        return alt.X(f"{FIELD}:Q", title=say("compare_percent").message, scale=alt.Scale(domain=[0, 100], nice=False))

    def y(self, field: str) -> alt.Y:
        return upright(field, self.unit, *self.bounds)

    def by_film(self, channel: Any, values: Sequence[Any]) -> Any:  # noqa: ANN401 - any of Altair's channels
        """One value for each film; colour and kind of line share a legend."""
        scale = alt.Scale(domain=[line.name for line in self.lines], range=list(values))
        legend = alt.Legend(title=None, symbolOpacity=1.0, symbolType="stroke", symbolSize=400)
        return channel("film:N", scale=scale, legend=legend)


def _lines(before: Filmed, after: Filmed, measure: str, panel: Panel) -> list[_Line]:
    lines = []
    for film, code in ((before, "compare_first"), (after, "compare_second")):
        cycles = counted_cycles(film.result, panel.cycles)
        laid = normalize(film.course.by_measure[measure, panel.whose], film.course.time_s, cycles)
        lines.append(_Line(say(code).message, laid, cycles, film.result))
    return lines


def _bounds(lines: list[_Line]) -> tuple[float, float]:
    """What is sure sets the height, what is not where nothing else is there; a single faint excursion does not."""
    ends = [
        float(end)
        for line in lines
        for numbers in (line.laid.low, line.laid.high)
        for end in (numbers[line.laid.sure] if line.laid.sure.any() else numbers[np.isfinite(numbers)])
    ]
    return with_room(ends or (0.0, 1.0), _ROOM)


def _rows(line: _Line, unit: str) -> Iterator[dict[str, Any]]:
    laid = line.laid
    for at, percent in enumerate(PERCENT):
        sure = bool(laid.sure[at])
        ranged = sure and laid.count > 1
        yield {
            FIELD: float(percent),
            "film": line.name,
            "mean": round_for_chart(laid.mean[at], unit),
            "sure": round_for_chart(laid.mean[at], unit) if sure else None,
            "low": round_for_chart(laid.low[at], unit) if ranged else None,
            "high": round_for_chart(laid.high[at], unit) if ranged else None,
        }


def _bands_and_lines(plot: _Plot) -> list[alt.Chart]:
    """Each film's range and mean; the mean faint and thin where it is too unsure."""
    dash = plot.by_film(alt.StrokeDash, _DASHES)
    base = chart_of([row for line in plot.lines for row in _rows(line, plot.unit)])
    base = base.encode(x=plot.x(), color=plot.by_film(alt.Color, plot.colours))
    drawn: dict[str, Any] = {"clip": True, "invalid": "break-paths-show-domains"}
    band = base.mark_area(opacity=0.16, **drawn).encode(y=plot.y("low"), y2="high:Q")
    faint = base.mark_line(strokeWidth=1.2, opacity=0.4, **drawn).encode(y=plot.y("mean"), strokeDash=dash)
    sure = base.mark_line(strokeWidth=2.6, **drawn).encode(y=plot.y("sure"), strokeDash=dash)
    return [band, faint, sure]


def _moments(plot: _Plot, measure: str, panel: Panel, palette: Palette) -> list[alt.Chart]:
    """The value at each repetition's key moment, which is what is held against the other film."""
    layers = []
    for line, shape, colour in zip(plot.lines, _SHAPES, plot.colours, strict=True):
        rows = list(_key_rows(line, measure, panel.whose))
        if rows:
            # Its own colour, so that the legend shows the kinds of line alone.
            look: dict[str, Any] = {"shape": shape, "color": colour, "stroke": palette.ground, "strokeWidth": 1.2}
            points = chart_of(rows).mark_point(size=90, filled=True, opacity=1.0, clip=True, **look)
            layers.append(points.encode(x=plot.x(), y=plot.y("value"), tooltip=tips("film", "title", "told")))
    return layers


def _key_rows(line: _Line, measure: str, whose: Whose) -> Iterator[dict[str, Any]]:
    for frame in key_frames(line.cycles, measure):
        value = frame.value
        if value.side == whose:
            yield {
                FIELD: percent_of_cycle(frame.cycle, frame.time_s),
                "film": line.name,
                "value": value.value,
                "title": cycle_title(frame.cycle, line.result.cycles),
                "told": with_error(value.value, value.standard_error, value.unit),
            }
