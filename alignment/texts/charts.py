"""Words on charts and in tables of repetitions."""

from typing import Final

from alignment.texts.text import Text

CHARTS: Final = {
    "chart_time": Text("Time in the film (s)"),
    "chart_unit_deg": Text("degrees"),
    "chart_unit_pct": Text("% of the leg's length"),
    "chart_unit_share": Text("share over the right foot"),
    "chart_unit_ratio": Text("ratio"),
    "chart_usual": Text("usual range"),
    "chart_kind_rep": Text("Repetition"),
    "chart_kind_step": Text("Step"),
    "chart_kind_turn": Text("Pedal turn"),
    "chart_not_counted": Text("{kind}, not counted"),
    "table_repetition": Text("Repetition"),
    "table_from": Text("From"),
    "table_to": Text("To"),
    "table_not_counted": Text("Not counted, because"),
}
