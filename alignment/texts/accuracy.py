"""The accuracy bench: clips with known truth, and its tables. An acc_… is a title, or says what was run."""

from alignment.texts.text import Text

TEXTS = {
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
    "fault_truth_activity": "activity {name} instead of one of {known}",
    "fault_truth_times": "series.time_s is missing or does not rise",
    "fault_truth_length": "{series} holds {found} values for {times} times",
    "fault_truth_numbers": "{series} holds something other than numbers and null",
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
    "table_not_writable": Text("The tables cannot be written to {path}: {fault}.", "Choose another place."),
    "calibration_of_other_model": Text(
        "{path} is not the calibration of the model {model}.", "Name that model's file with --repeatability."
    ),
    "fault_no_repeatability": "it holds something else than a model's calibration",
    "stage_baseline": "Finding the body for the baseline",
    "acc_about": (
        "Clips: {clips}; model: {model}; {roll}. An error is value less truth, both sides pooled. docs/accuracy.md says what each"
        " column means: rmse_with_unsure counts the values that are too unsure to be given, too; low and high are the 95 % limits"
        " of agreement; constant_rmse is that of always answering the truth's own mean; the baseline is MediaPipe's VIDEO mode"
        " and the picture's angles."
    ),
    "acc_roll_given": "the camera's true roll was given, as by somebody who levels the phone",
    "acc_roll_unknown": "the camera's roll was not given",
    "acc_group": "{label} (clips: {clips}, frames: {frames})",
    "acc_frames": "In all frames",
    "acc_keys": "At the key moment of each repetition",
    "acc_pelvis": "What marks on the pelvis tell, at the key moments and in all frames; hidden: of so many more a hand hides a mark",
    "acc_gaits": "A foot's moments from the side, in milliseconds, + told too late; and on which part it lands",
    "acc_counts": "Repetitions and camera",
    "acc_all": "all",
    "acc_each": "Each clip: repetitions, yaw in °, and RMSE over all frames",
    "acc_retest": "The same movement filmed twice",
    "acc_camera_near": "{what}, {facing}, to {yaw:.0f}° aside",
    "acc_camera_aside": "{what}, {facing}, beyond {yaw:.0f}° aside",
    "acc_camera_unknown": "camera not told",
    "acc_fixed_ankle": "on planted feet",
    "acc_fixed_hip": "on a saddle",
    "acc_fixed_nothing": "on stairs",
    "help_validate": (
        "Measure clips with known truth, and print how far off the numbers are.\n\n"
        "Each NAME.mp4 in DIR (and below) with a NAME.truth.json beside it is analyzed as a user would do it, with its"
        " activity and the camera's roll given. Beside each error stands the baseline's on the same pictures:"
        " MediaPipe's VIDEO mode and the angles of the picture's pixels."
    ),
    "help_truth_folder": "Folder of clips with known truth, such as samples.",
    "help_validate_json": "Also write all figures as JSON to this file, or with - to the standard output.",
    "help_validate_out": "Also write the tables as CSV files into this folder, made if missing.",
    "help_repeatability": "Also write what the same movement filmed twice differs by into this file, the calibration of the model.",
    "help_no_baseline": "Leave out the baseline; half the time.",
    "help_no_vertical": "Do not give the camera's roll, as if it had not been levelled.",
    "help_split": "Take only the clips that manifest.csv in DIR marks so: tune or check.",
    "help_by": "What makes a group: the activity, alone or with its split or disturbance, the camera's place, what the pelvis was told from, or each clip.",
    "help_tracks": "Folder of landmarks: those found earlier are read (one folder for each model), those missing are written.",
}
