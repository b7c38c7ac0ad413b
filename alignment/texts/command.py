"""The command line: what it says and how it explains itself."""

from typing import Final

from alignment.texts.text import Text

COMMAND: Final = {
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
        " model), overlay.mp4 (the video with lines, angles and verdicts), report.pdf (one or two pages for the file) and report_plain.pdf"
        " (one page in plain words).\n\n"
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
