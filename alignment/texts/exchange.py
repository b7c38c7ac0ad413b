"""Words of what goes into records and out of them: analyses taken up, archives, and the commands for both."""

from typing import Final

from alignment.texts.text import Text

EXCHANGE: Final = {
    # An analysis taken up
    "records_two_films": Text(
        "{result} and {track} in {folder} come from two different analyses.",
        "Analyze the film once more, or give the folder as the analysis left it.",
    ),
    "records_other_film": Text(
        "{path} is not the film that was analyzed ({name}).",
        "Give that film, unchanged, or leave it out: pictures are then taken from the overlay.",
    ),
    "records_bad_overlay": Text(
        "The overlay {path} cannot be read, so no pictures can be taken from it.",
        "Remove that file, or give the film that was analyzed.",
    ),
    "records_video_missing": Text("There is no film to keep.", "Say which film was analyzed."),
    "records_video_no_file": Text(
        "{path} is a folder of pictures, and only a film in one file can be kept.",
        "Use it for the pictures alone, without keeping it.",
    ),
    "records_operator_not_kept": Text(
        "The name cannot be kept in {path}: {fault}.", "Allow writing there, or give the name each time."
    ),
    # Archives
    "archive_full": Text(
        "The disk is full while writing {path}.", "Free some space or choose another place; nothing was left half."
    ),
    "archive_not_written": Text("The archive cannot be written to {path}: {fault}.", "Choose another place."),
    "archive_exists": Text("{path} is there already.", "Choose another name, or remove that file first."),
    "archive_schema": Text(
        "{path} was made by another version of this program (schema {found} instead of {known}).",
        "Install the newest version and import it with that.",
    ),
    "archive_bad": Text(
        "{path} is not an archive of records as `alignment records export` makes it: {fault}.",
        "Nothing was imported; export once more, and give the file as it is.",
    ),
    "archive_code_taken": Text(
        "The code {code} in {path} belongs to another subject here.",
        "Nothing was imported. Rename the subject that is here, or import an archive of this subject alone with --as and"
        " another code.",
    ),
    "archive_as_code": Text(
        "--as gives one subject another code, and {path} holds {count}.", "Export that subject alone, and import that."
    ),
    "archive_other_code": Text("{code} is called {here} here, and stays so"),
    "archive_other_session": Text("{code}, session of {date}: what is written down about it differs"),
    "archive_other_analysis": Text("{code}, session of {date}: an analysis differs"),
    "fault_archive_zip": Text("it is no .zip, or a damaged one"),
    "fault_archive_missing": Text("{name} is missing in it"),
    "fault_archive_large": Text("{name} has more than {limit_mb:.0f} MB"),
    "fault_archive_twice": Text("{name} is in it twice"),
    "fault_archive_path": Text("a file in it is called {name}"),
    "fault_archive_locked": Text("it is locked with a password"),
    "fault_archive_bomb": Text("it unpacks to more than {ratio} times its size"),
    "fault_archive_field": Text("{name}, {where}: {fault}"),
    "fault_archive_keys": Text("two things in it have the same key"),
    "fault_archive_content": Text("the content of {name} is not what was exported"),
    "fault_archive_part": Text("{fault}"),
    "fault_archive_picture": Text("{name} is no picture of a film"),
    "fault_archive_landmark": Text("the analysis {name} corrects a landmark that there is not"),
    "fault_archive_code": Text("the code {code} cannot be kept as it is"),
    "fault_archive_code_twice": Text("two subjects in it are called {code}"),
    "fault_archive_nul": Text("a character in it is none that can be written"),
    "records_did_imported": Text("Imported from an archive"),
    "records_about_import": Text("new sessions: {sessions}, new analyses: {analyses}"),
}
