"""Where the camera stands, and the verdict on the filming alone. Left and right are the person's own."""

from typing import Final

from alignment.texts.text import Text

FILMING: Final = {
    "camera_unknown": Text("Camera's place unknown"),
    "camera_front": Text("Camera straight in front of you"),
    "camera_back": Text("Camera straight behind you"),
    "camera_front_aside": Text("Camera {aside_deg}° to your {side}"),
    "camera_back_aside": Text("Camera behind you, {aside_deg}° to your {side}"),
    "camera_side": Text("Camera at your {side} side"),
    "camera_corrected": Text("{where}; knee angles corrected by up to {changed_deg:.0f}°"),
    "camera_too_far": Text("{where}: too far aside to correct for"),
    "camera_from_side": Text("{where}: only the knees' bend can be seen"),
    # The verdict on the filming
    "filming_good": Text("This filming is fit for every measure."),
    "filming_usable": Text("This filming is usable; some numbers are less sure."),
    "filming_unusable": Text("From this filming the legs cannot be measured from the front."),
    "head_who": Text("Who"),
    "head_legs": Text("Legs"),
    "head_camera": Text("View"),
    "head_roll": Text("Its tilt"),
    "head_distance": Text("Distance"),
    "head_light": Text("Light"),
    "head_sharpness": Text("Sharpness"),
    "head_rate": Text("Rate"),
    "head_length": Text("Length"),
    "filming_nobody": Text("nobody found in {pictures} pictures"),
    "filming_one": Text("one person, seen in {percent:.0f} % of {pictures} pictures"),
    "filming_several": Text(
        "{people} people; person {person} is followed, seen in {percent:.0f} % of {pictures} pictures"
    ),
    "filming_legs": Text("whole from hip to toe in {left:.0f} % (left) and {right:.0f} % (right) of them"),
    "filming_camera": Text("{where}, give or take {se_deg:.0f}°"),
    "filming_roll_given": Text("{roll_deg:g}° (given)"),
    "filming_roll_unknown": Text("unknown; 0° ± {roll_se_deg:.0f}° is assumed"),
    "filming_distance": Text(
        "{legs:.1f} ± {se:.1f} leg lengths; the person fills {percent:.0f} % of the picture's height"
    ),
    "filming_light": Text("{brightness:.0f} of 255 (too dark below {dark:.0f})"),
    "filming_sharpness": Text("{sharpness:.0f} (blurred below {blurred:.0f})"),
    "filming_rate": Text("{rate_hz:.1f} pictures a second"),
    "filming_length": Text("{length_s:.1f} s"),
    "check_needs_film": Text(
        "A camera or a track cannot be checked, since its pictures are not kept.",
        "Give a video or a folder of pictures.",
    ),
    "help_check": Text(
        "Say within seconds whether a video is filmed well enough, before it is analyzed, and what to change.\n\n"
        "Looks at a few pictures spread over the film: who is in it, whether the legs are whole, where the camera stands,"
        " distance, light, sharpness and rate.\n\n"
        "Exit code: 0 fit; 3 the legs cannot be measured from the front; 2 wrong use or unusable input; 1 unforeseen error;"
        " 130 stopped by Ctrl-C or SIGTERM."
    ),
    "help_check_video": Text("Video file or folder of pictures."),
    "help_check_activity": Text("Which movement it shows, if its needs are to be judged too: {known}."),
    "help_check_json": Text(
        "Also write the verdict as JSON to this file, or with - to the standard output and nothing else there."
    ),
}
