"""Walking on level ground, on a treadmill or past the camera."""

from alignment.core.assessment import Activity
from alignment.core.cycles import walk_steps
from alignment.core.viewpoint import LEVEL_GROUND

ACTIVITY = Activity(
    name="walking",
    cut=walk_steps,
    stance=LEVEL_GROUND,
    views=("left", "right"),
    # Dingenen 2018.
    least_from_ahead=7,
    measures=(
        "cadence",
        "double_support",
        "step_right_share",
        "duty_factor",
        "contact_time",
        "vertical_oscillation",
        "step_length",
        "trunk_lean_forward",
        "step_width",
        "knee_window",
        "thigh_adduction",
        "pelvic_drop",
        "trunk_lean",
        "fppa",
    ),
    max_fps=60.0,
    cutoff_hz=6.0,
    max_gap_s=0.1,
)
