"""The options of a request: option_… for the command line's help, control_… for the app, wanted_… for what a value must be."""

from alignment.texts.text import Text

TEXTS = {
    "control_camera_roll_deg": "How level was the camera?",
    "control_camera_roll_deg_help": (
        "A tilted phone cannot be told from a tilted person. If the tilt is known, the hips' level, the trunk's lean and the"
        " sharing of the weight get surer."
    ),
    "control_mirrored": "The film is mirrored",
    "control_mirrored_help": "As a phone's front camera may save it: writing reads backwards. Left and right are exchanged.",
    "control_model": "Landmark model",
    "control_height_m": "How tall are you, in metres?",
    "control_height_m_help": "May be left out. With it, results say centimetres instead of a share of your leg's length.",
    "control_height_m_unset": "not told",
    "control_pelvis_dots": "Coloured dots on the hips",
    "control_pelvis_dots_blue": "blue",
    "control_pelvis_dots_green": "green",
    "control_pelvis_dots_help": (
        "Two round stickers of 3 to 5 cm, one on each side of the pelvis, in a colour that nothing near them has. They tell how"
        " level the hips are."
    ),
    "control_pelvis_dots_magenta": "pink",
    "control_pelvis_dots_unset": "none",
    "control_pelvis_points": "Follow two points on the hips",
    "control_pelvis_points_help": (
        "Two stickers, beads or sharp corners, one on each side of the pelvis, tell how level the hips are. Plain cloth does not."
    ),
    "control_person": "Person",
    "control_person_help": "Where several people are in the film: 1 is the one most in view, 2 the next, and so on.",
    "control_person_unset": "the one most in view",
    "control_quality": "Look at every picture twice",
    "control_quality_help": "Also mirrored, and averaged: more exact from straight in front, and takes twice as long.",
    "option_activity": "Which movement it shows: {known}. Recognized if not given.",
    "option_batch_activity": "Which movement they show, where the manifest does not say: {known}. Recognized in each if not given.",
    "option_batch_overlay": "Also draw each video's overlay; slower, and none by default.",
    "option_batch_report_off": "Write no reports: a fifth of a second for each video, and half of what assessing anew takes.",
    "option_batch_workers": "Processes on this machine; 0: one for each core.",
    "option_blur_faces_off": "Leave faces visible in the overlay video.",
    "option_camera_roll_deg": (
        "How far the camera was turned, in degrees: + anticlockwise as seen from behind it, so that the picture turns"
        " clockwise. Makes the numbers of hips and trunk, which need a true vertical, more certain."
    ),
    "option_check_activity": "Which movement it shows, if its needs are to be judged too: {known}.",
    "option_clinical": "Say everything in clinical terms, with standard errors and least detectable changes; report.pdf as well.",
    "option_batch_clinical": "Write report.pdf in clinical terms, with least detectable changes.",
    "option_end_s": "Stop at this time, in seconds from the start of the film. A camera records until then.",
    "option_engine": "What looks for the body: {known}.",
    "option_landmarks_only": "Only find the landmarks, which takes nearly all of the time; the same command without it then assesses them.",
    "option_limits": "Table of limits to use instead of the shipped one (see `alignment limits`).",
    "option_mirrored": "The film is a mirror image (a selfie camera's): left and right are swapped back.",
    "option_joints": "read: hips, knees, ankles and toes from a second look at the legs, where engine and model can; model: the model's own.",
    "option_model": "Landmark model: {known}; `alignment models list` compares them.",
    "option_out_of_range": Text("{option} is {value} instead of {wanted}.", "Give another value."),
    "option_overlay_off": "Draw no overlay video; faster.",
    "option_height_m": (
        "How tall the person is, in metres: sentences then say centimetres instead of a share of the leg's length. Changes no"
        " number."
    ),
    "option_pelvis_dots": (
        "Look for two round dots of this colour, one on each side of the pelvis, which tell how level it is: {known}."
    ),
    "option_pelvis_points": (
        "Two points on the pelvis to follow through the film, the person's left first: x,y,x,y@s in pixels of the film and seconds"
        " from its start. On stickers, beads or sharp corners, not on plain cloth. Several, separated by ;, hold from their times on."
    ),
    "option_person": (
        "Follow this person instead of the first, counted from 1 in the order of how large, how long and how well they are"
        " seen."
    ),
    "option_quality": "standard, or best: averages each frame with its mirror image, somewhat more exact in twice the time.",
    "option_rate_hz": "Pictures a second of a folder of pictures or of a film that holds no times of its own.",
    "option_report_off": "Write no report.pdf and no report_plain.pdf.",
    "option_start_s": "Begin at this time, in seconds from the start of the film.",
    "option_timeout_s": "Give up a video after this many seconds; 0: never.",
    "option_workers": "Threads that look for landmarks; 0 lets the program choose.",
    "wanted_number": "a number",
    "wanted_number_between": "a number from {low:g} to {high:g}",
    "wanted_number_from": "a number from {low:g} up",
    "wanted_whole": "a whole number",
    "wanted_whole_between": "a whole number from {low:g} to {high:g}",
    "wanted_whole_from": "a whole number from {low:g} up",
}
