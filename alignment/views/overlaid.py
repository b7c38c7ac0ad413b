"""Two results' curves laid over each other: results with curves and a palette in, an Altair chart for each leg out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignment.result import Course, Cycle, CycleSide, Result, Whose
from alignment.skeleton import SIDES
from alignment.texts import say
from alignment.views.cycles import cycle_title, with_error
from alignment.views.palette import Palette
from alignment.views.percent import PERCENT, Laid, counted, lay, share_percent

if TYPE_CHECKING:
    import altair as alt

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
    laid: Laid
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
    together = all(cycle.side == "both" for film in films for cycle in counted(film.result))
    made: list[Panel] = []
    for side in SIDES:
        made.append(Panel(side, None if together else side, say(f"whose_{side}").message))
        if not together:
            made.append(Panel("body", side, say(f"compare_on_{side}").message))
    if together:
        made.append(Panel("body", None, say("whose_body").message))
    made = [one for one in made if all((measure, one.whose) in film.course.by_measure for film in films)]
    return [panel for panel in made if all(counted(film.result, panel.cycles) for film in films)]


def overlaid_chart(
    before: Filmed, after: Filmed, measure: str, panel: Panel, palette: Palette, *, height_px: int = 260
) -> "alt.LayerChart":
    """A measure of both films over 0 to 100 % of the repetition: mean, and from the lowest to the highest repetition.

    A click selects the nearest percent: parameter `CLICK`, field `FIELD`. What is too unsure to be told is drawn faint. The
    chart's bounds are those of all of the measure's panels. Raises KeyError for a measure that one of them does not have.
    """
    import altair as alt

    lines = _lines(before, after, measure, panel)
    bounds = _bounds([line for one in panels(before, after, measure) for line in _lines(before, after, measure, one)])
    unit = after.course.by_measure[measure, panel.whose].unit
    colours = [palette.muted, palette.of(panel.whose)]
    base = _Base(lines, unit, bounds, colours)
    chart: alt.LayerChart = (
        alt.layer(*_bands_and_lines(base), *_moments(base, measure, panel, palette), *_click(palette))
        .properties(height=height_px, width="container", padding={"left": 4, "right": 12, "top": 4, "bottom": 4})
        .configure_axis(grid=True, gridOpacity=0.35, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
        .configure_legend(orient="top", title=None, labelFontSize=13, symbolSize=90, symbolStrokeWidth=2.5)
        .configure_view(stroke=None)
    )
    return chart


@dataclass(frozen=True)
class _Base:
    """What all layers of a chart share."""

    lines: list[_Line]
    unit: str
    bounds: tuple[float, float]
    colours: list[str]

    @property
    def names(self) -> list[str]:
        return [line.name for line in self.lines]

    def y(self, field: str) -> "alt.Y":
        import altair as alt

        scale = alt.Scale(domain=list(self.bounds), nice=False, zero=False)
        return alt.Y(
            f"{field}:Q", title=say(f"chart_unit_{self.unit}").message, scale=scale, axis=alt.Axis(tickCount=6)
        )

    def colour(self) -> "alt.Color":
        import altair as alt

        return alt.Color("film:N", scale=alt.Scale(domain=self.names, range=self.colours), legend=_legend())


def _legend() -> "alt.Legend":
    import altair as alt

    return alt.Legend(title=None, symbolOpacity=1.0, symbolType="stroke", symbolSize=400)


def _lines(before: Filmed, after: Filmed, measure: str, panel: Panel) -> list[_Line]:
    lines = []
    for film, code in ((before, "compare_first"), (after, "compare_second")):
        cycles = counted(film.result, panel.cycles)
        laid = lay(film.course.by_measure[measure, panel.whose], film.course.time_s, cycles)
        lines.append(_Line(say(code).message, laid, cycles, film.result))
    return lines


def _bounds(lines: list[_Line]) -> tuple[float, float]:
    """What is sure sets the height, what is not where nothing else is there; a single faint excursion does not."""
    ends = [
        end
        for line in lines
        for numbers in (line.laid.low, line.laid.high)
        for end in (numbers[line.laid.sure] if line.laid.sure.any() else numbers[np.isfinite(numbers)])
    ]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    room = _ROOM * max(high - low, 1e-3)
    return float(low - room), float(high + room)


def _x() -> "alt.X":
    import altair as alt

    return alt.X(f"{FIELD}:Q", title=say("compare_percent").message, scale=alt.Scale(domain=[0, 100], nice=False))


def _rows(line: _Line, decimals: int) -> Iterator[dict[str, Any]]:
    def number(value: float, *, shown: bool = True) -> float | None:
        return round(float(value), decimals) if shown and np.isfinite(value) else None

    laid, ranged = line.laid, line.laid.count > 1
    for at, percent in enumerate(PERCENT):
        sure = bool(laid.sure[at])
        yield {
            FIELD: float(percent),
            "film": line.name,
            "mean": number(laid.mean[at]),
            "sure": number(laid.mean[at], shown=sure),
            "low": number(laid.low[at], shown=sure and ranged),
            "high": number(laid.high[at], shown=sure and ranged),
        }


def _bands_and_lines(base: _Base) -> list["alt.Chart"]:
    """Each film's range and mean; the mean faint and thin where it is too unsure."""
    import altair as alt

    decimals = 2 if base.unit in ("deg", "pct") else 4
    data = alt.InlineData(values=[row for line in base.lines for row in _rows(line, decimals)])
    dash = alt.StrokeDash("film:N", scale=alt.Scale(domain=base.names, range=list(_DASHES)), legend=_legend())
    drawn: dict[str, Any] = {"clip": True, "invalid": "break-paths-show-domains"}
    chart = alt.Chart(data).encode(x=_x())
    band = chart.mark_area(opacity=0.16, **drawn).encode(y=base.y("low"), y2="high:Q", color=base.colour())
    faint = chart.mark_line(strokeWidth=1.2, opacity=0.4, **drawn).encode(
        y=base.y("mean"), color=base.colour(), strokeDash=dash
    )
    sure = chart.mark_line(strokeWidth=2.6, **drawn).encode(y=base.y("sure"), color=base.colour(), strokeDash=dash)
    return [band, faint, sure]


def _moments(base: _Base, measure: str, panel: Panel, palette: Palette) -> list["alt.Chart"]:
    """The value at each repetition's key moment, which is what is held against the other film."""
    import altair as alt

    layers = []
    for line, shape, colour in zip(base.lines, _SHAPES, base.colours, strict=True):
        rows = list(_key_rows(line, measure, panel.whose))
        if rows:
            # Its own colour, so that the legend shows the kinds of line alone.
            points = alt.Chart(alt.InlineData(values=rows)).mark_point(
                size=90,
                filled=True,
                shape=shape,
                color=colour,
                opacity=1.0,
                stroke=palette.ground,
                strokeWidth=1.2,
                clip=True,
            )
            tips = [alt.Tooltip(f"{name}:N", title=" ") for name in ("film", "title", "told")]
            layers.append(points.encode(x=_x(), y=base.y("value"), tooltip=tips))
    return layers


def _key_rows(line: _Line, measure: str, whose: Whose) -> Iterator[dict[str, Any]]:
    for cycle in line.cycles:
        for value in cycle.values:
            if (value.measure, value.side, value.at) == (measure, whose, "key") and value.value is not None:
                yield {
                    FIELD: share_percent(cycle, cycle.key_s if value.time_s is None else value.time_s),
                    "film": line.name,
                    "value": value.value,
                    "title": cycle_title(cycle, line.result.cycles),
                    "told": with_error(value.value, value.standard_error, value.unit),
                }


def _click(palette: Palette) -> list["alt.Chart"]:
    """Catches a click anywhere and marks the nearest percent with an upright line."""
    import altair as alt

    click = alt.selection_point(name=CLICK, encodings=["x"], nearest=True, on="click", clear=False, empty=False)
    base = alt.Chart(alt.InlineData(values=[{FIELD: float(percent)} for percent in PERCENT])).encode(x=_x())
    catcher = base.mark_point(opacity=0, size=1).add_params(click)
    chosen = base.mark_rule(color=palette.ink, strokeWidth=1.6).encode(
        opacity=alt.condition(click, alt.value(0.9), alt.value(0.0))
    )
    return [chosen, catcher]
