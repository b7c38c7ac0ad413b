"""Squats on both legs."""

from types import MappingProxyType

from alignment.assessment import Activity
from alignment.cycles import dips

ACTIVITY = Activity(
    name="squat",
    title="Squat",
    description=(
        "Stand still for a second, then squat at least three times, feet hip-wide and flat. Film from straight in front,"
        " the phone level at hip height, three to four steps away, head to toes in the picture."
    ),
    cut=dips,
    measures=(
        "knee_over_toe",
        "knee_ankle_ratio",
        "weight_right_share",
        "fppa",
        "fppa_image",
        "knee_flexion",
        "trunk_lean",
    ),
    # A tenth of a real tilt reaches the hip line (docs/measures.md): a number would say "level" of everybody.
    cannot_tell=MappingProxyType({"pelvic_obliquity": "hip_line"}),
)
