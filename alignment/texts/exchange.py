"""Words of what goes into records and out of them: analyses taken up, archives, and the commands for both."""

from alignment.texts.text import Text

TEXTS = {
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
    "archive_other_code": "{code} is called {here} here, and stays so",
    "archive_other_session": "{code}, session of {date}: what is written down about it; both are kept",
    "archive_other_analysis": "{code}, session of {date}: an analysis; both are kept",
    "fault_archive_zip": "it is no .zip, or a damaged one",
    "fault_archive_missing": "{name} is missing in it",
    "fault_archive_large": "{name} has more than {limit_mb:.0f} MB",
    "fault_archive_twice": "{name} is in it twice",
    "fault_archive_path": "a file in it is called {name}",
    "fault_archive_locked": "it is locked with a password",
    "fault_archive_bomb": "it unpacks to more than {ratio} times its size",
    "fault_archive_field": "{name}, {where}: {fault}",
    "fault_archive_keys": "two things in it have the same key",
    "fault_archive_content": "the content of {name} is not what was exported",
    "fault_archive_part": "{fault}",
    "fault_archive_picture": "{name} is no picture of a film",
    "fault_archive_landmark": "the analysis {name} corrects a landmark that there is not",
    "fault_archive_code": "the code {code} cannot be kept as it is",
    "fault_archive_facts": "what is written down about {code}, session of {date}, cannot be kept as it is",
    "fault_archive_code_twice": "two subjects in it are called {code}",
    "fault_archive_nul": "a character in it is none that can be written",
    "records_did_imported": "Imported from an archive",
    "records_about_import": "new sessions: {sessions}, new analyses: {analyses}",
    # The commands
    "fault_no_date": "{text} is no date like 2026-03-31",
    "records_film_twice": Text("--film and --video each name the film.", "Give one of them: --video keeps it as well."),
    "records_no_subject_yet": Text(
        "There is no subject {code}.",
        "Check the spelling with `alignment records list`, or add the subject with --new.",
    ),
    "records_no_subject_listed": Text("There is no subject {code}.", "`alignment records list` shows all subjects."),
    "records_subject_there": Text("There is a subject {code} already.", "Leave --new out, or choose another code."),
    "records_there_already": Text("This analysis is in {code}'s session of {date} already.", "Take another session."),
    "records_added_before": Text(
        "The analysis in {folder} is in {code}'s session of {date} already.",
        "Nothing was added. Give --date for another session.",
    ),
    "records_conflict": Text(
        "Somebody else changed {code}'s session at the same time ({fields}).", "Nothing was added; do it once more."
    ),
    "records_added": "Added to {code}, session of {date}: {film} ({activity}), pictures: {pictures}",
    "records_added_no_pictures": Text(
        "No pictures of the repetitions were kept: there is no overlay.mp4 in the folder, or no repetition counts.",
        "--film takes them from the film.",
    ),
    "records_at": "Records: {where}",
    "records_empty": Text(
        "No subjects yet (records: {where}).",
        "`alignment records add OUT/NAME --subject CODE --new` adds the first one, with an analysis.",
    ),
    "records_none_found": Text("No subject's code holds “{search}”.", "`alignment records list` shows all subjects."),
    "records_no_sessions": Text(
        "{code} has no sessions yet.", "`alignment records add OUT/NAME --subject {code}` adds an analysis to one."
    ),
    "records_title": "{code}, sessions: {count}",
    "records_analysis": "{date}, {activity}: {film}",
    "records_corrected": "Landmarks placed by hand: {count}",
    "records_untold": "Numbers that cannot be told: {count} (--json has the reasons)",
    "records_changed": "changed",
    "records_unchanged": "no real change",
    "records_not_before": "not measured before",
    "records_cannot_now": "cannot tell now: {reason}",
    "records_cannot_before": "could not tell before: {reason}",
    "records_what_changed_means": (
        "“changed”: by more than two films of the same movement differ in 95 of 100 cases. Whether it is for the better, the numbers do"
        " not say."
    ),
    "records_side_left": "left",
    "records_side_right": "right",
    "records_side_both": "both",
    "head_records_code": "Code",
    "head_records_sessions": "Sessions",
    "head_records_last": "Last session",
    "head_records_date": "Session",
    "head_records_footwear": "Footwear",
    "head_records_side": "Complaint",
    "head_records_step": "Step",
    "head_records_pain": "Pain*",
    "head_records_analyses": "Analyses",
    "head_records_notes": "Notes",
    "head_records_since": "Since {date}",
    "head_records_least": "Least that counts",
    "head_records_said": "What that says",
    "records_pain_key": "* 0 to 10: before · while moving · an hour after · next morning",
    "archive_nothing": Text(
        "There is nothing to export (records: {where}).", "`alignment records add` adds an analysis."
    ),
    "archive_written": Text(
        "Exported subjects: {count} ({size_mb:.1f} MB): {path}",
        "It is not locked: keep it where only those who may read it can.",
    ),
    "archive_imported": "Imported: new subjects {subjects}, new sessions {sessions}, new analyses {analyses}. There already: {unchanged}",
    "archive_nothing_new": "Everything in it is here already; nothing was written.",
    "archive_differing": "What differs from what is here:",
    "records_delete_warning": Text(
        "{code} goes with all that belongs to it: sessions {sessions}, analyses {analyses}, and every trace in this machine's"
        " backups.",
        "Nothing can bring it back, but an archive exported before.",
    ),
    "records_delete_type": "Type {code} to delete: ",
    "records_delete_unasked": Text(
        "Deleting {code} has to be confirmed, and nobody can be asked here.", "Add --yes to delete without asking."
    ),
    "records_delete_otherwise": Text("That was not {code}, so nothing was deleted.", "Type the code as it is shown."),
    "records_deleted": "Deleted: {code}, sessions {sessions}, analyses {analyses}",
    # Their help
    "help_records": (
        "Sessions over time: who was measured when, and what changed.\n\n"
        "They are kept in a file of your own on this machine, or in the PostgreSQL that ALIGNMENT_DATABASE_URL names."
    ),
    "help_records_list": "List the subjects, with the number of their sessions and the date of the last one.",
    "help_records_show": (
        "Show a subject's sessions: what was written down, and each measure with its change since the session before.\n\n"
        "It says “changed” only beyond the least change that can be told from two films of the same movement."
    ),
    "help_records_add": (
        "Add an analysis to a subject's session of the day, which is made where there is none.\n\n"
        "Kept are the result, the landmarks, and a picture of each repetition with faces blurred. What is said of the visit replaces"
        " what the session said before; what is left out stays.\n\n"
        "Exit code: 0 added; 2 no such folder or subject, or no access to the records."
    ),
    "help_records_export": (
        "Write everything, or the subjects named, into one .zip: a readable list, and all files as they are.\n\n"
        "It is there whole or not at all. It is not locked with a password."
    ),
    "help_records_import": "Read an archive back, or from another machine. What is here already stays as it is; what differs is kept beside it.",
    "help_records_delete": "Delete a subject with every trace: sessions, analyses, files, backups on this machine. Nothing can bring it back.",
    "help_records_code": "The subject's code, in upper or lower case.",
    "help_records_codes": "Codes of the subjects; all if none is named.",
    "help_records_search": "Only codes that hold this text, in upper or lower case.",
    "help_records_json": "Also write it as JSON to this file, or with - to the standard output and nothing else there.",
    "help_records_operator": "Your name, for the note of who did it; the one set on this machine if not given.",
    "help_records_folder": "The folder that an analysis left, with result.json and track.parquet.",
    "help_records_subject": "Whose it is: the subject's code.",
    "help_records_new": "The subject is not there yet: add it.",
    "help_records_date": "Day of the session, such as 2026-03-31; today if not given.",
    "help_records_footwear": "What was worn on the feet.",
    "help_records_side": "Side of the complaint.",
    "help_records_step_height": "Height of the step, in centimetres.",
    "help_records_notes": "Whatever else is worth knowing.",
    "help_records_pain_before": "Pain before, from 0 (none) to 10.",
    "help_records_pain_during": "Pain while moving, from 0 (none) to 10.",
    "help_records_pain_hour_after": "Pain an hour after, from 0 (none) to 10.",
    "help_records_pain_next_morning": "Pain the next morning, from 0 (none) to 10.",
    "help_records_film": (
        "Take the pictures from the film that was analyzed, without lines; else they are taken from overlay.mp4. The film itself is"
        " not kept."
    ),
    "help_records_video": "The same, and keep the film itself, as it is: faces in it are not blurred.",
    "help_records_archive": "The archive.",
    "help_records_as": "Give the archive's only subject this code instead of its own.",
    "help_records_yes": "Delete without asking.",
}
