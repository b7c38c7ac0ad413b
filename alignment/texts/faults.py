"""What may be the matter with a film or a folder, and what the files' columns mean."""

from typing import Final

from alignment.texts.text import Text

#: Input that cannot be used at all.
INPUT: Final = {
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
SOURCES: Final = {
    "bad_rate": Text("{rate_hz:g} pictures a second is no rate to film at.", "Give a number above 0, such as 30."),
    "unknown_codec": Text(
        "{path} holds a film in a format that cannot be decoded here.", "Export it as .mp4 (H.264) and give that."
    ),
}

#: Files of results, and what their columns mean.
FILES: Final = {
    "bad_result_file": Text(
        "{path} is not a result that this version can read ({fault}).", "Analyze the video once more."
    ),
    "bad_track_file": Text(
        "{path} is not a track that this version can read ({fault}).", "Analyze the video itself once more."
    ),
    "bad_frames_file": Text(
        "{path} holds no curves that this version can read ({fault}).", "Analyze the video once more, or leave it out."
    ),
    "saved_no_result": Text(
        "There is no result.json in {names}.",
        "Give the .zip that the app or a result folder makes, or the files of a result folder, result.json among them.",
    ),
    "saved_several": Text("{name} holds {count} results.", "Give one result at a time."),
    "saved_bad_zip": Text("{name} is not a .zip that can be read.", "Save it once more, and give it as it is."),
    "saved_too_large": Text(
        "{name} unpacks to more than {limit_mb:.0f} MB.", "Leave the film out: give result.json and frames.parquet."
    ),
    "fault_other_film": Text("it has {found} pictures and the result {analyzed}"),
    "fault_unknown_name": Text("{name} is unknown here"),
    "fault_frames_times": Text("its times do not rise"),
    "fault_schema": Text("schema {found} instead of {known}"),
    "fault_whole_file": Text("the file"),
    "fault_file_in_the_way": Text("{path} is a file and not a folder"),
    "column_time": Text("time of the frame from the start of the film"),
    "column_se": Text("standard error of {column}"),
    "column_x": Text("{landmark} after cleaning, from the left edge of the upright, unmirrored picture"),
    "column_y": Text("{landmark} after cleaning, from the upper edge of the upright picture"),
    "column_visibility": Text("how visible {landmark} is by the model's own estimate, 0 to 1"),
}
