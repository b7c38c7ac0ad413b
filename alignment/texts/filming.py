"""Where the camera stands, and the verdict on the filming alone. Left and right are the person's own."""

from alignment.texts.text import Text

TEXTS = {
    "camera_unknown": "Camera's place unknown",
    "camera_front": "Camera straight in front of you",
    "camera_back": "Camera straight behind you",
    "camera_front_aside": "Camera {aside} to your {side}",
    "camera_back_aside": "Camera behind you, {aside} to your {side}",
    "camera_side": "Camera at your {side} side",
    "camera_corrected": "{where}; the knee results allow for that",
    "camera_too_far": "{where}: too far aside to allow for it",
    "camera_from_side": "{where}: it sees how far the knees bend, not whether they go in or out",
    # The verdict on the filming
    "filming_good": "This film is good for everything.",
    "filming_usable": "This film will do. What it cannot tell, or less surely, stands below.",
    "filming_unusable": "From this film nothing can be measured.",
    "head_who": "Who",
    "head_legs": "Legs",
    "head_camera": "View",
    "head_roll": "Its tilt",
    "head_distance": "Distance",
    "head_light": "Light",
    "head_sharpness": "Sharpness",
    "head_rate": "Rate",
    "head_length": "Length",
    "filming_nobody": "nobody found in {pictures} pictures",
    "filming_one": "one person, seen in {percent:.0f} % of {pictures} pictures",
    "filming_several": "{people} people; person {person} is followed, seen in {percent:.0f} % of {pictures} pictures",
    "filming_legs": "whole from hip to toe in {left:.0f} % (left) and {right:.0f} % (right) of them",
    "filming_camera": "{where}, give or take {se_deg:.0f}°",
    "filming_roll_given": "{roll_deg:g}° (given)",
    "filming_roll_unknown": "not given; {roll_deg:.0f}° ± {roll_se_deg:.0f}° is reckoned with",
    "filming_distance": "{legs:.1f} ± {se:.1f} leg lengths; the person fills {percent:.0f} % of the picture's height",
    "filming_light": "{brightness:.0f} of 255 (too dark below {dark:.0f})",
    "filming_sharpness": "{sharpness:.0f} (blurred below {blurred:.0f})",
    "filming_rate": "{rate_hz:.1f} pictures a second",
    "filming_length": "{length_s:.1f} s",
    "check_needs_film": Text(
        "A camera or a track cannot be checked, since its pictures are not kept.",
        "Give a video or a folder of pictures.",
    ),
    "help_check": (
        "Say within seconds whether a video is filmed well enough, before it is analyzed, and what to change.\n\n"
        "Looks at a few pictures spread over the film: who is in it, whether the legs are whole, where the camera stands,"
        " distance, light, sharpness and rate.\n\n"
        "Exit code: 0 fit; 3 nothing can be measured; 2 wrong use or unusable input; 1 unforeseen error;"
        " 130 stopped by Ctrl-C or SIGTERM."
    ),
    "help_check_video": "Video file or folder of pictures.",
    "help_check_json": "Also write the verdict as JSON to this file, or with - to the standard output and nothing else there.",
}
