"""Running, on a treadmill or past the camera."""

from alignment.core.assessment import Activity
from alignment.core.cycles import run_steps
from alignment.core.viewpoint import LEVEL_GROUND

ACTIVITY = Activity(
    name="running",
    cut=run_steps,
    stance=LEVEL_GROUND,
    views=("left", "right"),
    # Dingenen 2018.
    least_from_ahead=7,
    measures=(
        "cadence",
        "foot_angle_contact",
        "overstride",
        "heel_ahead",
        "tibia_contact",
        "knee_flexion_contact",
        "contact_time",
        "duty_factor",
        "vertical_oscillation",
        "step_length",
        "trunk_lean_forward",
        "step_width",
        "crossover",
        "knee_window",
        "thigh_adduction",
        "pelvic_drop",
        "trunk_lean",
        "fppa",
    ),
    max_fps=240.0,
    cutoff_hz=12.0,
    max_gap_s=0.1,
)
