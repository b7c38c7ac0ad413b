"""Squats on both legs."""

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
        "pelvic_obliquity",
        "trunk_lean",
    ),
)
