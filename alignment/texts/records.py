"""Words of records: what cannot be done with them and the way out, and the audit's notes."""

from alignment.texts.text import Text

TEXTS = {
    # Subjects, sessions, analyses
    "no_subject": Text("There is no subject {code}.", "Check the spelling; the list shows all subjects."),
    "subject_exists": Text("There is a subject {code} already.", "Open that one, or choose another code."),
    "subject_empty": Text("A subject needs a code.", "Give a number, letters, or both; a name is not needed."),
    "subject_too_long": Text("A code may have at most {limit} characters.", "Choose a shorter one."),
    "no_session": Text("This session is not there; it may have been deleted.", "Open the subject once more."),
    "no_analysis": Text("This analysis is not there; it may have been deleted.", "Open the session once more."),
    "records_pain": Text("Pain is a whole number from 0 to 10, and this is {value}.", "Give such a number, or none."),
    "records_step_height": Text(
        "A step of {value:g} cm cannot be.", "Give its height in centimetres, above 0 and up to {limit}, or none."
    ),
    "records_side": Text("“{value}” is no side.", "Give left, right or both, or none."),
    "records_text_too_long": Text("{field} may have at most {limit} characters.", "Shorten the text."),
    # The database
    "records_bad_url": Text(
        "{url} names no database that can hold records.",
        "Give sqlite:////folder/records.sqlite, or postgresql://user:password@host/database, in ALIGNMENT_DATABASE_URL.",
    ),
    "records_no_driver": Text(
        "What PostgreSQL needs is not installed.", "Run `pip install 'alignment[postgres]'` and try again."
    ),
    "records_no_server": Text(
        "The database at {where} does not answer: {fault}.",
        "Check ALIGNMENT_DATABASE_URL, and that the server runs and lets this user in.",
    ),
    "records_lost_server": Text(
        "The database at {where} was lost on the way: {fault}.",
        "Check the network and the server, then do it once more; whatever was confirmed before is there.",
    ),
    "records_no_rights": Text(
        "This user may not do that in the database at {where}: {fault}.",
        "Ask whoever runs the server for the right to create and change tables there.",
    ),
    "records_encoding": Text(
        "The database at {where} cannot hold every writing (its encoding is {encoding}).",
        "Create one with the encoding UTF8, and name that.",
    ),
    "records_foreign": Text(
        "{where} belongs to another program.", "Name a database of its own for records in ALIGNMENT_DATABASE_URL."
    ),
    "records_newer": Text(
        "The records at {where} were made by a newer version of this program (schema {found}).",
        "Install the newest version; until then, nothing there is touched.",
    ),
    "records_broken": Text(
        "The records at {where} cannot be read: {fault}.",
        "Close the program and put the newest file of the folder {backups} in its place, or an export.",
    ),
    "records_broken_server": Text(
        "The database at {where} cannot do this: {fault}.", "Show this sentence to whoever runs the server."
    ),
    "records_read_only": Text(
        "The records at {where} may not be written to.",
        "Allow writing to the file and its folder, or name another place in ALIGNMENT_DATABASE_URL.",
    ),
    "records_no_file": Text(
        "The records at {where} cannot be opened: {fault}.",
        "Check that the folder is there and allowed, or name another place in ALIGNMENT_DATABASE_URL.",
    ),
    "records_network_drive": Text(
        "{where} lies on a network drive ({kind}), where two programs at once would spoil the file.",
        "Keep it on a disk of this machine; several machines share a PostgreSQL by ALIGNMENT_DATABASE_URL.",
    ),
    "records_full": Text(
        "There is no room left at {where}.",
        "Free some space there and do it once more; nothing was left half, and all that was saved before is there.",
    ),
    "records_disk": Text(
        "The disk of {where} refuses ({fault}).",
        "Check it and the room on it, then do it once more; nothing was left half, and all that was saved before is there.",
    ),
    "records_busy": Text(
        "Somebody else is writing to the records at {where} since {minutes:.0f} minutes.",
        "Wait until that is done, and do it once more.",
    ),
    "records_erase_unfinished": Text(
        "The subject is deleted, but traces may be left: {fault}.",
        "Remove the cause; the rest is cleaned when the records are opened the next time.",
    ),
    "records_erase_backup": Text(
        "The backup {path} cannot be searched.", "Delete that file yourself if it may hold the subject."
    ),
    "records_erase_owner": Text(
        "The files of the server at {where} can only be cleaned by the owner of the tables.",
        "Ask whoever runs the server for VACUUM FULL of them.",
    ),
    "records_erase_open": Text(
        "Another program keeps reading {where}.", "Close it; the rest is cleaned at the next opening."
    ),
    # What the audit's notes say
    "records_did_subject_added": "Subject added",
    "records_did_subject_renamed": "Subject's code changed",
    "records_did_session_added": "Session added",
    "records_did_session_changed": "Session changed",
    "records_did_session_deleted": "Session deleted",
    "records_did_analysis_added": "Analysis added",
    "records_did_analysis_deleted": "Analysis deleted",
    "records_did_corrected": "Landmarks corrected",
    "records_did_correction_undone": "Corrections taken back",
    "records_did_recomputed": "Computed anew",
    "records_about_session": "session of {date}",
    "records_about_analysis": "{activity}, {film}, session of {date}",
    "records_about_change": "{field}: {before} → {after}",
    "records_about_correction": "{landmark} at {time_s:.2f} s to {x_px:.0f}, {y_px:.0f} px",
    "records_about_shift": "{placed}, moved by {px:.0f} px, {leg_pct:.1f} % of leg length",
    "records_about_shift_px": "{placed}, moved by {px:.0f} px",
    "records_about_taken_back": "{landmark} at {time_s:.2f} s as the model gave it",
    "records_about_nothing": "none",
    # Names of what is written down about a session
    "records_field_code": "code",
    "records_field_date": "date",
    "records_field_footwear": "footwear",
    "records_field_complaint_side": "side of complaint",
    "records_field_step_height_cm": "step height in cm",
    "records_field_notes": "notes",
    "records_field_operator": "the operator's name",
    "records_field_pain_before": "pain before",
    "records_field_pain_during": "pain while moving",
    "records_field_pain_hour_after": "pain an hour after",
    "records_field_pain_next_morning": "pain next morning",
    "records_field_corrections": "corrected landmarks",
}
