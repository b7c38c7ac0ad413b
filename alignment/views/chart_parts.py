"""What every chart is made of: its look, a measure's axis and the click that selects; for app and paper alike."""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import numpy as np

from alignment.texts import say

Rows = list[dict[str, Any]]


def layered_chart(layers: Sequence[alt.Chart], height_px: int) -> alt.LayerChart:
    """The layers as one chart, as wide as its place."""
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(height=height_px, width="container", padding={"left": 4, "right": 12, "top": 4, "bottom": 4})
        .configure_axis(grid=True, gridOpacity=0.35, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
        .configure_legend(orient="top", title=None, labelFontSize=13, symbolSize=90, symbolStrokeWidth=2.5)
        .configure_view(stroke=None)
    )
    return chart


def chart_of(rows: Rows) -> alt.Chart:
    """A chart of these rows, which nothing draws yet."""
    return alt.Chart(alt.InlineData(values=rows))


def upright(field: str, unit: str, low: float, high: float) -> alt.Y:
    """The axis of a measure between these bounds, with its unit."""
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    return alt.Y(f"{field}:Q", title=say(f"chart_unit_{unit}").message, scale=scale, axis=alt.Axis(tickCount=6))


def tips(*fields: str) -> list[alt.Tooltip]:
    """What is shown of a row when it is pointed at, without the fields' names."""
    return [alt.Tooltip(f"{field}:N", title=" ") for field in fields]


def round_for_chart(value: float, unit: str) -> float | None:
    """A number as a chart needs it; None where there is none."""
    return round(float(value), 2 if unit in ("deg", "pct") else 4) if np.isfinite(value) else None


def with_room(ends: Sequence[float], share: float) -> tuple[float, float]:
    """The lowest and the highest of these with room below and above, as a share of what lies between."""
    room = share * max(max(ends) - min(ends), 1e-3)
    return min(ends) - room, max(ends) + room


def click_layers(name: str, x: alt.X, field: str, places: Iterable[float], ink: str) -> list[alt.Chart]:
    """Catch a click anywhere as the selection `name`, and mark the nearest of these places with an upright line."""
    click = alt.selection_point(name=name, encodings=["x"], nearest=True, on="click", clear=False, empty=False)
    base = chart_of([{field: place} for place in places]).encode(x=x)
    chosen = base.mark_rule(color=ink, strokeWidth=1.6).encode(
        opacity=alt.condition(click, alt.value(0.9), alt.value(0.0))
    )
    return [chosen, base.mark_point(opacity=0, size=1).add_params(click)]
