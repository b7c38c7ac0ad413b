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
    # In the picture, for eyes some steps away
    "live_hint_looking": Text("Looking …"),
    "live_hint_ready": Text("Stand still"),
    "live_hint_rejected": Text("Not counted: {reason}"),
    "live_count_left": Text("Left"),
    "live_count_right": Text("Right"),
    "live_recorded": Text("{minutes}:{seconds:02d}"),
    "live_cue_knee_left_out": Text("Left knee: a little outwards"),
    "live_cue_knee_left_in": Text("Left knee: a little inwards"),
    "live_cue_knee_right_out": Text("Right knee: a little outwards"),
    "live_cue_knee_right_in": Text("Right knee: a little inwards"),
    "live_cue_trunk_left": Text("Trunk: a little to your left"),
    "live_cue_trunk_right": Text("Trunk: a little to your right"),
    "live_cue_weight_left": Text("Weight: a little more to your left"),
    "live_cue_weight_right": Text("Weight: a little more to your right"),
    "live_cue_unseen": Text("Come back into the picture"),
    # The page
    "live": Text("Live"),
    "live_title": Text("Live camera"),
    "live_lead": Text(
        "Stand before your camera: your picture comes back mirrored, with the lines drawn and the repetitions counted. Afterwards the"
        " recording is analyzed like a film, with the exact model."
    ),
    "live_private": Text(
        "Nothing is stored: the last three minutes are kept in this machine's memory until you film again or leave, unless you save them."
    ),
    "live_activity": Text("Movement"),
    "live_by_itself": Text(
        "Begin by itself when everything is right",
        "After a countdown of three seconds, so that you need not walk back. Otherwise it begins with a click.",
    ),
    "live_target": Text(
        "Show the target", "A strip around the line from hip to toe, as wide as the usual range of the knee in a squat."
    ),
    "live_sound": Text("Beep with each repetition", "A short tone from this computer."),
    "live_start": Text("Start the camera"),
    "live_refused": Text(
        "The browser asks whether this page may use the camera. If it does not ask, allow it at the symbol beside the address."
    ),
    "live_checks": Text("Before it begins"),
    "live_waiting": Text("Waiting until everything is met."),
    "live_ready": Text("Everything is met: stand still, it begins in a moment."),
    "live_begin": Text("Begin now"),
    "live_cancel": Text("Switch off"),
    "live_level_note": Text(
        "Level: one picture cannot tell a tilted camera from a tilted person, nor how far the camera looks up or down. Green means"
        " only that neither is seen."
    ),
    "live_silent": Text("Go on …"),
    "live_kept": Text("{minutes}:{seconds:02d} in memory, of at most {most:.0f} minutes."),
    "live_kept_trimmed": Text("Only the last {most:.0f} minutes are kept; the beginning was dropped."),
    "live_stop": Text("Stop and analyze"),
    "live_discard": Text("Stop and drop it"),
    "live_again": Text("Film again"),
    "live_too_short": Text("Nothing was recorded.", "Film at least one whole repetition before you stop."),
    "live_lost": Text("The camera's picture broke off; what came until then was analyzed."),
    "live_no_picture": Text(
        "No picture has come yet.",
        "Allow this page to use the camera (the symbol beside the address), and close other programs that use it.",
    ),
    "live_camera_off": Text("Camera off"),
    "live_camera_ask": Text("Please allow this page to use the camera."),
    "live_camera_denied": Text("The browser does not let this page use the camera."),
    "live_camera_missing": Text("The camera is not there or in use elsewhere."),
    "live_camera_no_api": Text("This browser offers no camera to pages."),
    "live_no_model_title": Text("The landmark model is missing"),
    "live_no_model": Text(
        "The live view needs a landmark model, and none is on this machine.",
        "Fetch it once here, or run `alignment models fetch {variant}`; after that no internet is needed.",
    ),
    "live_fetch": Text("Fetch the fast model ({size_mb:.0f} MB)"),
    "live_slow_model": Text(
        "The fast model is not on this machine, so the {variant} one looks: the picture may lag. `alignment models fetch lite` gets it."
    ),
    "live_lesser_model": Text(
        "The exact model is not on this machine, so the recording was analyzed with the {variant} one, which is two to three times less exact.",
        "Run `alignment models fetch heavy` once while connected, and film again.",
    ),
    "live_pace": Text("How fast it is"),
    "live_pace_none": Text("Not enough pictures yet."),
    "live_pace_figures": Text(
        "{analyzed_hz:.0f} pictures a second are looked at. A picture leaves {median_ms:.0f} ms after it came in; 95 of 100 leave"
        " within {p95_ms:.0f} ms. Of the last {shown}, {late} were shown with the lines of an earlier one."
    ),
    "live_pace_more": Text(
        "Measured on this machine, from the decoded picture until it is handed to the encoder; the browser's own share comes on top."
    ),
    "live_analyzing": Text("Analyzing the last {seconds:.0f} seconds like a film …"),
    "live_result_of": Text("{activity} · {seconds:.0f} seconds from the camera"),
    "live_chart_key": Text(
        "Shaded: repetitions. Points: the moment that is judged. Soft band: twice the standard error; the truth should lie within."
        " Thin line: too unsure to be told."
    ),
    "live_keep": Text("Keep it?"),
    "live_keep_more": Text(
        "What you do not save is gone when you film again or close this page. Faces that were found are blurred in what you save;"
        " look at it before you share it."
    ),
    "live_keep_all": Text("Everything measured (.zip)"),
    "live_keep_overlay": Text("Film with lines"),
    "live_keep_film": Text("Film without lines"),
    "live_take": Text("Take it to Compare and Clinic"),
    "live_taken": Text("Compare and Clinic have it now, until the app is closed or its files are removed on Compare."),
    "live_remedy_roll_unknown": Text("Level the camera before you film again."),
    "live_remedy_several_people": Text("Film one person alone."),
}
