"""Walking on level ground, on a treadmill or past the camera."""

from alignment.core.assessment import Activity
from alignment.core.cycles import walk_steps
from alignment.core.viewpoint import LEVEL_GROUND

ACTIVITY = Activity(
    name="walking",
    cut=walk_steps,
    stance=LEVEL_GROUND,
    views=("left", "right"),
    measures=("cadence", "duty_factor", "contact_time", "vertical_oscillation", "trunk_lean_forward", "pelvic_drop"),
    max_fps=60.0,
    cutoff_hz=6.0,
    max_gap_s=0.1,
)
