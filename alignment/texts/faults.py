"""What may be the matter with a film or a folder, and what the files' columns mean."""

from alignment.texts.text import Text

TEXTS = {
    # Input that cannot be used at all
    "missing_file": Text("There is no file {path}.", "Check the spelling and the folder."),
    "unreadable_file": Text("{path} may not be read.", "Allow reading it, or copy it to a folder of your own."),
    "empty_file": Text("{path} is empty (0 bytes).", "Copy the video once more from the phone or camera."),
    "empty_folder": Text("The folder {path} holds no pictures.", "Give a video, or a folder of .jpg or .png pictures."),
    "not_a_video": Text(
        "We can't open {path}.",
        "It may be damaged: export it again from your phone. Films end in .mp4, .mov, .mkv, .webm, .avi or .gif.",
    ),
    "too_many_pixels": Text(
        "{path} says that its pictures have {width} × {height} pixels, which is more than any camera films.",
        "It may be damaged: export it again from your phone.",
    ),
    "name_not_text": Text(
        "The name {path} is not in UTF-8, so neither a result nor a message could show it.", "Rename it."
    ),
    "name_refused": Text("The system refuses the name {path}: {fault}.", "Take a shorter one."),
    "film_not_encoded": Text(
        "The film with lines cannot be made: pictures of {width} × {height} pixels over {seconds:.0f} seconds.",
        "Add --no-overlay; numbers need no film.",
    ),
    "not_a_file": Text(
        "{path} is no ordinary file, so nothing is written to it.",
        "Name a file; with - as its name, text goes to the screen.",
    ),
    "no_picture_stream": Text("{path} holds no film, only other data such as sound.", "Give the film itself."),
    "no_frames": Text(
        "We can't open {path}: none of its pictures can be read.",
        "It may be damaged or cut short: export it again from your phone.",
    ),
    "single_image": Text(
        "{path} is a single picture, and only a film shows a movement.",
        "Give a video, or a folder with all its pictures.",
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
    "nothing_to_plot": Text("This film has no numbers of the measure {name}.", "It has these: {known}."),
    "unknown_engine": Text("There is no engine {name}.", "Choose one of: {known}."),
    "bad_pelvis_points": Text(
        "{text} names no two points.",
        "Write x,y,x,y@s: the person's left point, then the right one, in pixels of the film, and the time of that picture in"
        " seconds; several are separated by ;.",
    ),
    "camera_has_no_taps": Text(
        "Nothing can be tapped in a camera's pictures yet.", "Record a film and tap the points in it."
    ),
    "tap_outside_film": Text(
        "No picture of the part that is analyzed lies at {time_s:.2f} s, where points were tapped.",
        "Tap them in that part.",
    ),
    "tap_outside_picture": Text(
        "The {which} point, tapped at {time_s:.2f} s, lies outside the picture or at its very edge.",
        "Tap it inside the picture.",
    ),
    "tap_without_texture": Text(
        "The {which} point, tapped at {time_s:.2f} s, is on something plain or on an edge, which cannot be followed.",
        "Tap a sticker, a bead or a sharp corner. Without one, stick something on and film again.",
    ),
    "tap_not_alone": Text(
        "The {which} point, tapped at {time_s:.2f} s, looks like other places near it and would be mixed up with them.",
        "Tap a sticker, a bead or a sharp corner that there is only one of.",
    ),
    "taps_too_close": Text(
        "The two points tapped at {time_s:.2f} s are too close together.", "Tap one on each side of the pelvis."
    ),
    "tap_pelvis_left": "left",
    "tap_pelvis_right": "right",
    "unknown_pelvis_dots": Text("There are no {name} dots.", "Choose one of: {known}."),
    "unknown_joints": Text("There is no reading of the joints called {name}.", "Choose one of: {known}."),
    "unknown_quality": Text("There is no quality {name}.", "Choose one of: {known}."),
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
    # Input that is no film to read
    "bad_rate": Text("{rate_hz:g} pictures a second is no rate to film at.", "Give a number above 0, such as 30."),
    "unknown_codec": Text(
        "We can't open {path}: it is in a format that is not known here.", "Export it as .mp4 (H.264) and give that."
    ),
    # Files of results, and what their columns mean
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
    "fault_other_film": "it has {found} pictures and the result {analyzed}",
    "fault_unknown_name": "{name} is unknown here",
    "fault_checksum": "it is not as it was written",
    "fault_unpacks_large": "it unpacks to more than any film gives",
    "fault_not_plausible": "{name}: no film gives {value}",
    "fault_frames_times": "its times do not rise",
    "fault_schema": "schema {found} instead of {known}",
    "fault_whole_file": "the file",
    "fault_at": "{where}: {fault}",
    "fault_file_in_the_way": "{path} is a file and not a folder",
    "column_time": "time of the frame from the start of the film",
    "column_se": "standard error of {column}",
    "column_verdict": "how {column} of this repetition lies to its limits: within, edge or outside; empty where it is not judged",
    "column_x": "{landmark} after cleaning, from the left edge of the upright, unmirrored picture",
    "column_y": "{landmark} after cleaning, from the upper edge of the upright picture",
    "column_visibility": "how visible {landmark} is by the model's own estimate, 0 to 1",
}
