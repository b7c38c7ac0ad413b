"""The command line: what it says and how it explains itself."""

from alignment.texts.text import Text

TEXTS = {
    "usage": Text("{fault}.", "`{command} --help` shows how it is used."),
    "system_refused": Text(
        "The system refused something that the program needs ({fault}).",
        "See whether there is room on the disk and for the output, then run it again; ALIGNMENT_DEBUG=1 shows where it was.",
    ),
    "unforeseen": Text(
        "Something unforeseen went wrong ({kind}: {fault}).", "Run again with ALIGNMENT_DEBUG=1 to see where."
    ),
    "interrupted": Text("Stopped before the end.", "Nothing was left half; what was finished before stays."),
    "error": "Error:",
    "activity_needed": Text("Which movement it shows was not said.", "Add --activity with one of: {known}."),
    "activity_recognised": "Recognized: {activity} ({percent:.0f} % sure). If it is something else, say so with --activity.",
    "movement_not_recognised": Text(
        "Which movement the film shows could not be recognized.", "Say it with --activity, one of: {known}."
    ),
    "landmarks_kept": "What was found so far is kept, so that `alignment analyze {path} --activity …` takes seconds.",
    "no_sample": Text(
        "The sample video is not part of this installation.",
        "Install the package anew, or analyze a video of your own.",
    ),
    "json_not_writable": Text("The result cannot be written to {path}: {fault}.", "Choose another file with --json."),
    "fault_folder_missing": "there is no folder {path}",
    "fault_is_folder": "it is a folder",
    "fault_not_text": "it is not a UTF-8 text",
    "fault_not_finite": "{value} is not a finite number",
    "stage_waiting": "Waiting",
    "stage_fetching": "Fetching the film",
    "stage_reading": "Reading the film",
    "stage_writing": "Writing the results",
    "stage_model": "Fetching the model",
    "stage_landmarks": "Finding the body",
    "stage_assessment": "Measuring",
    "stage_overlay": "Drawing the overlay",
    "verdict_within": "inside the usual range",
    "verdict_edge": "near its edge",
    "verdict_outside": "outside the usual range",
    "verdict_unknown": "cannot tell",
    "verdict_unknown_why": "cannot tell: {reason}",
    "verdict_none": "shown, not judged",
    "head_measure": "Measure",
    "head_side": "Side",
    "head_mean": "Mean ± SE",
    "head_n": "n",
    "head_verdict": "Verdict",
    "head_usual": "Usual range",
    "side_left": "left",
    "side_right": "right",
    "side_body": "body",
    "side_difference": "left − right",
    "usual_between": "{low} to {high}",
    "usual_from": "{low} or more",
    "usual_to": "{high} or less",
    "summary_title": "{video}: {activity}",
    "summary_empty": "Nothing could be measured.",
    "cycles_counted": "Counted {cycles}: {counted}",
    "cycles_rejected_often": "Not counted ({number} ×): {reason}",
    "cycles_rejected": "Not counted at {time_s:.1f} s: {reason}",
    "no_overlay_without_pictures": "No overlay was drawn, since tracks and cameras keep no pictures.",
    "camera_needs_end": Text("A camera records until it is told to stop.", "Say after how many seconds with --end."),
    "results_in": "Results: {folder}",
    "took": "Took {seconds:.0f} s.",
    "filming": "How to film: {how}",
    "model_present": "here: {path}",
    "model_missing_here": "not here; `alignment models fetch {variant}` gets it",
    "model_wrong_here": Text("not the tested file: {path}", "`alignment models fetch {variant}` gets a fresh copy."),
    "model_fetched": "{variant}: {path}",
    "head_model": "Model",
    "head_size": "Size",
    "head_hint": "Speed and exactness",
    "head_where": "Where",
    "help": (
        "Measures from ordinary video, for each leg and repetition, how far hip, knee and toe are from one line, how the hips"
        " tip and how the weight is shared, how sure each number is, and what cannot be told.\n\n"
        "It observes and describes movement, for information, education and research; it is no medical device."
    ),
    "help_analyze": (
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
    "help_demo": "Analyze the sample video that comes with the program, and say where the results lie.",
    "help_models": "The landmark model's files: which are here, and how to get them.",
    "help_models_list": "List the models, how fast and exact they are, and where they lie on this machine.",
    "help_models_fetch": "Fetch models and verify them; the one that videos use by default if none is named.",
    "help_limits": "Print the table of limits that verdicts use: a starting point for --limits.",
    "help_activities": "List the movements that can be analyzed, and how to film each.",
    "help_version": "Print the version and stop.",
    "help_videos": "Video file, folder of pictures, a camera's number (0 is the first) or an earlier track.parquet.",
    "help_out": "Folder for the results; made if missing.",
    "help_json": (
        "Also write the result as JSON to this file, or with - to the standard output and nothing else there; several"
        " videos give a list."
    ),
    "help_variants": "Models to fetch: {known}.",
}
