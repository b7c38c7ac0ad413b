"""Words on the overlay, short enough to stand in the picture. Left and right are the person's own."""

from typing import Final

from alignment.texts.text import Text

OVERLAY: Final = {
    "overlay_left": Text("L"),
    "overlay_right": Text("R"),
    "overlay_leg_left": Text("Left leg"),
    "overlay_leg_right": Text("Right leg"),
    "overlay_leg_body": Text("Both together"),
    "overlay_edge": Text("near the edge of the usual range"),
    "overlay_average": Text("on average"),
    "overlay_some_unknown": Text("as far as the film can tell"),
    "overlay_pct_in": Text("{value} % in"),
    "overlay_pct_out": Text("{value} % out"),
    "overlay_pct_none": Text("on line"),
    "overlay_deg_in": Text("{value}° in"),
    "overlay_deg_out": Text("{value}° out"),
    "overlay_deg_none": Text("straight"),
    "overlay_hips_left": Text("L hip {value}° higher"),
    "overlay_hips_right": Text("R hip {value}° higher"),
    "overlay_hips_level": Text("hips level"),
    "overlay_count": Text("{what}: {done} of {total}"),
    "overlay_count_side": Text("{what}, {side}: {done} of {total}"),
    "overlay_count_none": Text("No repetition found"),
    "overlay_kind_rep": Text("Repetitions"),
    "overlay_kind_step": Text("Steps"),
    "overlay_kind_turn": Text("Pedal turns"),
    "overlay_side_left": Text("left"),
    "overlay_side_right": Text("right"),
    "overlay_not_counted": Text("not counted: {reason}"),
    "overlay_nobody": Text("Nobody seen here"),
    "overlay_key_straight": Text("straight line"),
    "overlay_key_leg": Text("hip – knee – toe"),
    "overlay_key_pct": Text("knee off the straight line, in % of leg length; in: towards the other leg"),
    "overlay_key_corrected": Text("{meaning} (corrected for the camera's place)"),
    "overlay_key_deg": Text("bend at the knee as pictured; in: knee towards the other leg"),
    "overlay_key_hips": Text("line of the hips"),
    "overlay_key_plumb": Text("plumb line"),
    "overlay_key_upright": Text("picture's upright (tilt unknown)"),
    "overlay_key_sides": Text("the person's own left and right"),
}
