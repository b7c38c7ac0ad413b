"""Many videos at once: what may be the matter, what its tables' columns mean, and how the command explains itself."""

from alignment.texts.text import Text

TEXTS = {
    # What cannot be begun.
    "batch_no_match": Text("No file or folder is called like {pattern}.", "Check the pattern; * stands for anything."),
    "batch_empty_folder": Text(
        "No video was found in {path}.", "Name a folder that holds videos, or the videos themselves."
    ),
    "batch_bad_manifest": Text(
        "The manifest {path} cannot be used: {fault}.",
        "Its first line names the columns, of which path is needed; docs/batch.md shows one.",
    ),
    "fault_batch_columns": "two columns have one name, or one has none",
    "fault_batch_no_path": "path is empty",
    "batch_twice": Text(
        "The manifest names {path} twice, in lines {first} and {line}.",
        "Remove one, or tell them apart by start_s and end_s or person.",
    ),
    "batch_url": Text(
        "{url} cannot be read: {fault}.",
        "Check the address; its protocol may need a package of its own (fsspec names it).",
    ),
    "batch_locked": Text(
        "Another run is working on {path} ({holder}).", "Wait until it has ended, or choose another folder with --out."
    ),
    "batch_holder": "process {process}, since {since}",
    "batch_holder_unknown": "which one is not known",
    "batch_no_workers": Text(
        "The processes that should do the work end at once ({how}).",
        'A script must call analyze_many below `if __name__ == "__main__":`; otherwise try --workers 1.',
    ),
    "batch_disk_full": Text(
        "The disk is full, so the run stopped; nothing in {path} was left half.",
        "Free some space and run the same command again; it goes on where it stopped.",
    ),
    # A cluster.
    "batch_no_distributed": Text(
        "Working on a cluster needs the package distributed, which is not installed.",
        "Install it with pip install 'alignment[cluster]', or leave --scheduler out.",
    ),
    "batch_no_scheduler": Text(
        "No scheduler answers at {url}: {fault}.",
        "Start one with `dask scheduler`, and give the address that it prints.",
    ),
    "batch_no_cluster_workers": Text(
        "The scheduler at {url} has had no worker for {wait_s:.0f} s.", "Start some with `dask worker {url}`."
    ),
    "batch_cluster_version": Text(
        "The cluster's workers have another version of the program ({found} instead of {wanted}), or none.",
        "Install this one where they run.",
    ),
    # Why one video has no result.
    "batch_too_long": Text(
        "It was not finished within {limit_s:g} s.",
        "Give it longer with --timeout, or only a part of it with --start and --end.",
    ),
    "batch_worker_lost": Text(
        "The process that worked on it ended before it was done ({how}).",
        "Run the same command again. If that happens once more, give it more memory (fewer --workers) or export the video anew.",
    ),
    "batch_out_of_memory": Text("There was not enough memory for it.", "Run again with fewer --workers."),
    "batch_not_begun": Text(
        "The run ended before it was done.", "Run the same command again; it goes on where it stopped."
    ),
    # What the screen says.
    "batch_working": "{done}/{total}",
    "batch_rate": "{rate:.1f} videos a minute",
    "batch_left": "{left} left",
    "batch_line": "{done} of {total} videos done, {rate}, {left}",
    "batch_failed_line": "{video}: {reason}",
    "batch_start": "Videos: {total}; done before: {kept}; to do: {missing}",
    "batch_who": "Processes: {workers}",
    "batch_who_cluster": "Cluster: {url}",
    "batch_left_aside": "Left aside, since they are not named like videos: {count} ({kinds})",
    "batch_told": "{word}: {count}",
    "batch_told_analyzed": "Analyzed",
    "batch_told_assessed": "Assessed anew from earlier landmarks",
    "batch_told_kept": "Kept from an earlier run",
    "batch_told_failed": "Failed",
    "batch_told_not_begun": "Not done yet",
    "batch_grades": "Quality: good {good}, usable {usable}, unusable {unusable}",
    "batch_tables": "Tables: {path} (cycles.csv, summary.csv, occasions.csv, failures.csv; columns.csv explains them)",
    "batch_landmarks_in": Text("Landmarks: {path}", "Run the same without --landmarks-only to assess them."),
    "batch_see_failures": "Why, and what to do: {path}",
    "batch_left_out": "Results without a report: {count}; why stands in {path}. `alignment report` tries one again.",
    # What the columns mean.
    "column_batch_video": "the video as it was named: path, or URL",
    "column_batch_key": "the row's key: the same wherever and whenever the same film's number is told",
    "column_batch_film_key": "the film's key, for joining tables: of its content, part, person and movement; -2 for a copy",
    "column_batch_film_sha256": "SHA-256 of the film's content",
    "column_batch_camera_facing": "from where the camera looks at the person: front, back, left or right",
    "column_batch_camera_yaw_deg": "how far the camera stood beside that, + towards the person's left",
    "column_batch_camera_yaw_se_deg": "standard error of that",
    "column_batch_camera_pitch_deg": "how far the camera looked down (+) or up; 0 where a level one explains the film",
    "column_batch_camera_pitch_se_deg": "standard error of that",
    "column_batch_camera_roll_deg": "how far the camera was turned, + anticlockwise as seen from behind it",
    "column_batch_camera_roll_se_deg": "standard error of that",
    "column_batch_rate_hz": "pictures a second as filmed",
    "column_batch_analyzed_rate_hz": "pictures a second that were looked at",
    "column_batch_model": "the landmark model",
    "column_batch_engine": "the library that ran it, with its version",
    "column_batch_joints": "where the legs' joints are from: the model's landmarks, or read anew in a second look",
    "column_batch_version": "the version of this program that measured",
    "column_batch_subject": "who is in it, from the manifest",
    "column_batch_session": "when or how often, from the manifest",
    "column_batch_activity": "the movement that was measured: the one said, or else the one recognized",
    "column_batch_recognised": "the movement that the landmarks look like, whatever was said; none: none of those known",
    "column_batch_recognised_probability": "how likely that is, 0 to 1",
    "column_batch_pelvis": "the marks that the pelvis was told from: tags, dots, taps; empty where nothing was worn on it",
    "column_batch_quality": "how far the video carries: good, usable (some measure is touched) or unusable",
    "column_batch_quality_reasons": "codes of what limits it, separated by ; (result.json has the sentences)",
    "column_batch_occasion": "what tells one occasion from another, from the manifest; its videos are judged as one",
    "column_batch_films": "number of videos that are judged as one",
    "column_batch_worst_video": "the video that the worst repetition is in; worst_cycle is its index there",
    "column_batch_extra": "the manifest's column {column}, as it stands there",
    "column_batch_index": "number of the repetition in its video, from 0, in order of time",
    "column_batch_kind": "rep, step, or turn of a pedal",
    "column_batch_cycle_side": "whose numbers the row holds: left, right (the person's own) or body",
    "column_batch_start_s": "start of the repetition, from the start of the film",
    "column_batch_end_s": "end of the repetition, from the start of the film",
    "column_batch_time_s": "the moment, from the start of the film; empty where the row's measures peak apart",
    "column_batch_moment": "key (see docs/results.md), peak, or knee flexion of 30° or 45° on the way down",
    "column_batch_rejected": "code of the reason why the repetition does not count; then the row has no values",
    "column_batch_measure": "name of the measure; columns.csv gives its meaning and sign under cycles.csv",
    "column_batch_summary_side": "left, right, body, or difference: left minus right",
    "column_batch_unit": "unit of the row's numbers",
    "column_batch_at": "the moment of each repetition that counts",
    "column_batch_mean": "mean over the repetitions that count; the sign is the measure's",
    "column_batch_sd": "standard deviation over them",
    "column_batch_n": "number of repetitions that count",
    "column_batch_standard_error": "standard error of the mean",
    "column_batch_interval_low": "lower end of the 95 % interval of the mean",
    "column_batch_interval_high": "upper end of the 95 % interval of the mean",
    "column_batch_verdict": "within, edge, outside or unknown; empty where nothing is judged",
    "column_batch_lowest": "smallest value of a repetition",
    "column_batch_highest": "largest value of a repetition",
    "column_batch_worst": "value farthest towards or beyond a limit; of a difference, in the mean's direction",
    "column_batch_worst_cycle": "index of that repetition",
    "column_batch_inside": "number of repetitions inside the usual range",
    "column_batch_near": "number of repetitions near its edge",
    "column_batch_outside": "number of repetitions outside it",
    "column_batch_differ": "true where the repetitions differ by more than their own errors",
    "column_batch_provisional": "true where there are fewer repetitions than the limits ask for",
    "column_batch_reason": "code of the reason why there is no number, or no verdict",
    "column_batch_low_outside": "below it: outside the usual range",
    "column_batch_low": "lower end of the usual range",
    "column_batch_high": "upper end of the usual range",
    "column_batch_high_outside": "above it: outside the usual range",
    "column_batch_min_cycles": "repetitions that a verdict needs",
    "column_batch_stage": "what was being done: waiting, fetching, reading, landmarks, assessment, overlay or writing",
    "column_batch_failed_reason": "why the video has no result, or why several are not judged as one, in a sentence",
    "column_batch_remedy": "what to do about it",
    "column_batch_table": "the file",
    "column_batch_column": "the column's name in it",
    "column_batch_column_unit": "its unit, empty where it has none",
    "column_batch_meaning": "what it holds; + and − where it has a sign",
    # The command.
    "help_batch": (
        "Analyze many videos and put all their numbers into one tidy table.\n\n"
        "Give files, folders (with all below them), patterns in quotes, URLs, or a CSV manifest with a column path and, as you"
        " like, subject, session, occasion, activity, {options}; its other columns are carried through. Videos of one person,"
        " session and occasion are judged as one. The same command again does only what is missing; a change of limits needs"
        " no model and no film.\n\n"
        "In OUT: a folder of results for each video, cycles.csv and cycles.parquet (a row per repetition, side and moment),"
        " summary.csv (a row per video, side and measure), occasions.csv (the same of videos judged as one), failures.csv (why a"
        " video has none), columns.csv (what each column means), study.xlsx (all of these as sheets) and run.json.\n\n"
        "Exit code as of `alignment analyze`: a video that cannot be used does not stop the others, and the worst counts."
    ),
    "help_batch_inputs": "Video, folder, pattern, manifest (.csv), URL, or a track.parquet of an earlier analysis.",
    "help_batch_out": "Folder or fsspec URL for results and tables; made if missing.",
    "help_batch_scheduler": "Work on the Dask cluster of this scheduler, such as tcp://10.0.0.5:8786 (docs/batch.md).",
}
