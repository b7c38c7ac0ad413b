"""Words of the Live page and of what it writes into the picture. Left and right are the person's own."""

from typing import Final

from alignment.texts.text import Text

LIVE: Final = {
    # The list before the start; what is not met says what to do.
    "live_body": Text("Whole body"),
    "live_body_waiting": Text("not looked at yet"),
    "live_body_nobody": Text("nobody is seen", "Step in front of the camera."),
    "live_body_missing": Text("not in the picture: {parts}", "Step back, or turn the camera."),
    "live_body_met": Text("head to toes in the picture"),
    "live_part_head": Text("head"),
    "live_part_shoulders": Text("shoulders"),
    "live_part_hips": Text("hips"),
    "live_part_knees": Text("knees"),
    "live_part_feet": Text("feet"),
    "live_facing": Text("Facing the camera"),
    "live_facing_waiting": Text("not known yet"),
    "live_facing_aside": Text("the camera looks from the side", "Turn towards it."),
    "live_facing_behind": Text("the camera looks from the other side", "Turn round."),
    "live_facing_turned": Text("turned away by about {yaw_deg:.0f}°", "Turn a little to your {side}."),
    "live_facing_met": Text("within {yaw_deg:.0f}°"),
    "live_level": Text("Level"),
    "live_level_waiting": Text("not known yet"),
    "live_level_met": Text("you stand upright in the picture, within {tilt_deg:.0f}°"),
    "live_level_unmet": Text("{tilt_deg:.0f}° off upright in the picture", "Level the camera, or stand evenly."),
    "live_distance": Text("Distance"),
    "live_distance_waiting": Text("not known yet"),
    "live_distance_near": Text("too near to move", "Step back."),
    "live_distance_far": Text("you fill only {percent:.0f} % of the picture's height", "Come nearer."),
    "live_distance_met": Text("near enough, with room to move"),
    "live_light": Text("Light"),
    "live_light_waiting": Text("not looked at yet"),
    "live_light_dim": Text("too dim", "Switch on a light, or open the curtains."),
    "live_light_glaring": Text("too bright", "Turn away from the window."),
    "live_light_met": Text("bright enough"),
}
