"""Squats on both legs."""

from alignment.core.assessment import Activity
from alignment.core.cycles import dips
from alignment.core.viewpoint import BOTH_FEET

ACTIVITY = Activity(
    name="squat",
    cut=dips,
    stance=BOTH_FEET,
    measures=(
        "knee_over_foot",
        "knee_over_toe",
        "knee_ankle_ratio",
        "weight_right_share",
        "fppa",
        "fppa_image",
        "knee_flexion",
        "trunk_lean",
        "trunk_lean_forward",
    ),
    with_marks=("pelvic_change",),
)
