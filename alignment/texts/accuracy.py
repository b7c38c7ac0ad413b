"""The accuracy bench: clips with known truth, and its tables. An acc_… is a title or the head of a column."""

from typing import Final

from alignment.texts.text import Text

ACCURACY: Final = {
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
    "fault_no_repeatability": Text("it holds something else than such a table"),
    "table_no_place": Text(
        "{path} is there already and has no place for these tables.",
        "Choose another file with --out, or add the lines {begin} and {end} where the tables belong.",
    ),
    "stage_plain": Text("Finding the body the plain way"),
    "acc_about": Text(
        "Clips: {clips}; model: {model}; {roll}. An error is value less truth, both sides pooled. Given: share of what has a"
        " truth that has a value sure enough to be given. Unsure too: the RMSE with the values that are not."
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
    "acc_retest": Text("The same movement filmed twice"),
    "acc_camera_near": Text("{what}, {facing}, to {yaw:.0f}° aside"),
    "acc_camera_aside": Text("{what}, {facing}, beyond {yaw:.0f}° aside"),
    "acc_camera_unknown": Text("camera not told"),
    "acc_anchor_feet": Text("on planted feet"),
    "acc_anchor_pelvis": Text("on a saddle"),
    "acc_anchor_nothing": Text("on stairs"),
    "acc_whose": Text("whose"),
    "acc_activity": Text("activity"),
    "acc_differences": Text("differences"),
    "acc_sem": Text("SEM"),
    "acc_mdc": Text("MDC"),
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
    "acc_rmse_all": Text("unsure too"),
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
    "acc_yaw_rmse": Text("RMSE, °"),
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
    "help_repeatability": Text(
        "Also write what the same movement filmed twice differs by to this CSV file, in place of this model's rows there."
    ),
    "help_no_naive": Text("Leave out the plain way; half the time."),
    "help_no_vertical": Text("Do not give the camera's roll, as if it had not been levelled."),
    "help_split": Text("Take only the clips that manifest.csv in DIR marks so: tune or check."),
    "help_by": Text("What makes a group: the activity, alone or with its split or disturbance, or each clip."),
    "help_tracks": Text(
        "Folder of landmarks: those found earlier are read (one folder for each model), those missing are written."
    ),
}
