"""Words on charts and in tables of repetitions."""

TEXTS = {
    "chart_time": "Time in the film (s)",
    "chart_unit_deg": "degrees",
    "chart_unit_pct": "% of the leg's length",
    "chart_unit_share": "share of the right side",
    "chart_unit_ratio": "ratio",
    "chart_usual": "usual range",
    "chart_kind_rep": "Repetition",
    "chart_kind_step": "Step",
    "chart_kind_turn": "Pedal turn",
    "chart_not_counted": "{kind}, not counted",
    "table_repetition": "Repetition",
    "table_from": "From",
    "table_to": "To",
    "table_not_counted": "Not counted, because",
}
