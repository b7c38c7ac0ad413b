"""Getting up from a chair."""

from types import MappingProxyType

from alignment.assessment import Activity
from alignment.cycles import rises

ACTIVITY = Activity(
    name="sit_to_stand",
    title="Getting up from a chair",
    description=(
        "Sit still on a chair without armrests, arms crossed, feet flat; get up, stand still for a second, sit down; at"
        " least three times. Film from straight in front, the phone level at hip height, head to toes in the picture."
    ),
    cut=rises,
    measures=(
        "knee_over_toe",
        "knee_ankle_ratio",
        "weight_right_share",
        "fppa",
        "fppa_image",
        "knee_flexion",
        "trunk_lean",
    ),
    # As in squats.
    cannot_tell=MappingProxyType({"pelvic_obliquity": "hip_line"}),
)
