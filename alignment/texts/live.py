"""Words of the Live page and of what it writes into the picture. Left and right are the person's own."""

from alignment.texts.text import Text

TEXTS = {
    # The list before the start; what is not met says what to do.
    "live_body": "Whole body",
    "live_body_waiting": "not looked at yet",
    "live_body_nobody": Text("nobody is seen", "Step in front of the camera."),
    "live_body_missing": Text("not in the picture: {parts}", "Step back, or turn the camera."),
    "live_body_met": "head to toes in the picture",
    "live_part_head": "head",
    "live_part_shoulders": "shoulders",
    "live_part_hips": "hips",
    "live_part_knees": "knees",
    "live_part_feet": "feet",
    "live_facing": "Facing the camera",
    "live_facing_waiting": "not known yet",
    "live_facing_aside": Text("the camera looks from the side", "Turn towards it."),
    "live_facing_behind": Text("the camera looks from the other side", "Turn round."),
    "live_facing_turned": Text("turned away by about {yaw_deg:.0f}°", "Turn a little to your {side}."),
    "live_facing_met": "within {yaw_deg:.0f}°",
    "live_level": "Level",
    "live_level_waiting": "not known yet",
    "live_level_met": "you stand upright in the picture, within {tilt_deg:.0f}°",
    "live_level_unmet": Text("{tilt_deg:.0f}° off upright in the picture", "Level the camera, or stand evenly."),
    "live_distance": "Distance",
    "live_distance_waiting": "not known yet",
    "live_distance_near": Text("too near to move", "Step back."),
    "live_distance_far": Text("you fill only {percent:.0f} % of the picture's height", "Come nearer."),
    "live_distance_met": "near enough, with room to move",
    "live_light": "Light",
    "live_light_waiting": "not looked at yet",
    "live_light_dim": Text("too dim", "Switch on a light, or open the curtains."),
    "live_light_glaring": Text("too bright", "Turn away from the window."),
    "live_light_met": "bright enough",
    # In the picture, for eyes some steps away
    "live_hint_looking": "Looking …",
    "live_hint_ready": "Stand still",
    "live_hint_rejected": "Not counted: {reason}",
    "live_count_left": "Left",
    "live_count_right": "Right",
    "live_recorded": "{minutes}:{seconds:02d}",
    "live_cue_knee_left_out": "Left knee: a little outwards",
    "live_cue_knee_left_in": "Left knee: a little inwards",
    "live_cue_knee_right_out": "Right knee: a little outwards",
    "live_cue_knee_right_in": "Right knee: a little inwards",
    "live_cue_trunk_left": "Trunk: a little to your left",
    "live_cue_trunk_right": "Trunk: a little to your right",
    "live_cue_weight_left": "Weight: a little more to your left",
    "live_cue_weight_right": "Weight: a little more to your right",
    "live_cue_unseen": "Come back into the picture",
    # The page
    "live": "Live",
    "live_title": "Live camera",
    "live_lead": (
        "Stand before your camera: your picture comes back mirrored, with the lines drawn and the repetitions counted. Afterwards the"
        " recording is analyzed like a film, with the exact model."
    ),
    "live_private": "Nothing is stored: the last three minutes are kept in this machine's memory until you film again or leave, unless you save them.",
    "live_activity": "Movement",
    "live_by_itself": Text(
        "Begin by itself when everything is right",
        "After a countdown of three seconds, so that you need not walk back. Otherwise it begins with a click.",
    ),
    "live_target": Text(
        "Show the target", "A strip around the line from hip to toe, as wide as the usual range of the knee in a squat."
    ),
    "live_sound": Text("Beep with each repetition", "A short tone from this computer."),
    "live_start": "Start the camera",
    "live_refused": "The browser asks whether this page may use the camera. If it does not ask, allow it at the symbol beside the address.",
    "live_checks": "Before it begins",
    "live_waiting": "Waiting until everything is met.",
    "live_ready": "Everything is met: stand still, it begins in a moment.",
    "live_begin": "Begin now",
    "live_cancel": "Switch off",
    "live_level_note": (
        "Level: one picture cannot tell a tilted camera from a tilted person, nor how far the camera looks up or down. Green means"
        " only that neither is seen."
    ),
    "live_silent": "Go on …",
    "live_kept": "{minutes}:{seconds:02d} in memory, of at most {most:.0f} minutes.",
    "live_kept_trimmed": "Only the last {most:.0f} minutes are kept; the beginning was dropped.",
    "live_stop": "Stop and analyze",
    "live_discard": "Stop and drop it",
    "live_again": "Film again",
    "live_too_short": Text("Nothing was recorded.", "Film at least one whole repetition before you stop."),
    "live_lost": "The camera's picture broke off; what came until then was analyzed.",
    "live_no_picture": Text(
        "No picture has come yet.",
        "Allow this page to use the camera (the symbol beside the address), and close other programs that use it. "
        "With Wi-Fi off and no cable some browsers start no camera call: switch Wi-Fi on; no internet is needed.",
    ),
    "live_camera_off": "Camera off",
    "live_camera_ask": "Please allow this page to use the camera.",
    "live_camera_denied": "The browser does not let this page use the camera.",
    "live_camera_missing": "The camera is not there or in use elsewhere.",
    "live_camera_no_api": "This browser offers no camera to pages.",
    "live_no_model_title": "The landmark model is missing",
    "live_no_model": Text(
        "The live view needs a landmark model, and none is on this machine.",
        "Fetch it once here, or run `alignment models fetch {variant}`; after that no internet is needed.",
    ),
    "live_fetch": "Fetch the fast model ({size_mb:.0f} MB)",
    "live_slow_model": "The fast model is not on this machine, so the {variant} one looks: the picture may lag. `alignment models fetch lite` gets it.",
    "live_lesser_model": Text(
        "The exact model is not on this machine, so the recording was analyzed with the {variant} one, which is two to three times less exact.",
        "Run `alignment models fetch heavy` once while connected, and film again.",
    ),
    "live_pace": "How fast it is",
    "live_pace_none": "Not enough pictures yet.",
    "live_pace_figures": (
        "{analyzed_hz:.0f} pictures a second are looked at. A picture leaves {median_ms:.0f} ms after it came in; 95 of 100 leave"
        " within {p95_ms:.0f} ms. Of the last {shown}, {late} were shown with the lines of an earlier one."
    ),
    "live_pace_more": "Measured on this machine, from the decoded picture until it is handed to the encoder; the browser's own share comes on top.",
    "live_analyzing": "Analyzing the last {seconds:.0f} seconds like a film …",
    "live_result_of": "{activity} · {seconds:.0f} seconds from the camera",
    "live_chart_key": (
        "Shaded: repetitions. Points: the moment that is judged. Soft band: twice the standard error; the truth should lie within."
        " Thin line: too unsure to be told."
    ),
    "live_keep": "Keep it?",
    "live_keep_more": (
        "What you do not save is gone when you film again or close this page. Faces that were found are blurred in what you save;"
        " look at it before you share it."
    ),
    "live_keep_all": "Everything measured (.zip)",
    "live_keep_overlay": "Film with lines",
    "live_keep_film": "Film without lines",
    "live_take": "Take it to Compare and Clinic",
    "live_taken": "Compare and Clinic have it now, until the app is closed or its files are removed on Compare.",
    "live_remedy_roll_unknown": "Level the camera before you film again.",
    "live_remedy_several_people": "Film one person alone.",
}
