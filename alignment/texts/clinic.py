"""Words of the app's Clinic page, and of a measure's course over time."""

from alignment.texts.text import Text

TEXTS = {
    "clinic": "Clinic",
    "clinic_title": "Records over time",
    "clinic_lead": (
        "For each subject the sessions with their circumstances and pain, the analyses of each session, and what really"
        " changed."
    ),
    # The start
    "clinic_search": "Find or add a subject",
    "clinic_search_hint": "Code, such as P-017",
    "clinic_search_help": "A code is enough: no name is needed, and none is asked for.",
    "clinic_add": "Add “{code}”",
    "clinic_none_like": "No code contains “{search}”.",
    "clinic_more_subjects": "{count} more; type a part of the code to find them.",
    "clinic_empty": Text(
        "No subject yet.",
        "Type a code above and add it. Then enter a session, and attach the analyses that were made in it.",
    ),
    "clinic_empty_where": (
        "A record holds sessions and analyses: numbers, landmarks and key frames with blurred faces; a film only if you say so."
        " Records are kept in {location}, and nothing leaves this machine."
    ),
    "clinic_empty_where_server": (
        "A record holds sessions and analyses: numbers, landmarks and key frames with blurred faces; a film only if you say so."
        " Records are kept on the server that ALIGNMENT_DATABASE_URL names: {location}."
    ),
    "clinic_kept": "Records are kept in {location}; nothing leaves this machine.",
    "clinic_kept_server": "Records are kept on the server that ALIGNMENT_DATABASE_URL names: {location}.",
    "clinic_sessions_count": "{count} sessions, the last on {last}",
    "clinic_sessions_one": "1 session, on {last}",
    "clinic_sessions_none": "no session yet",
    "clinic_unreachable": "The records cannot be used now",
    "clinic_unreachable_more": "All other pages work as before; nothing that was saved is lost.",
    "clinic_retry": "Try again",
    "clinic_gone": Text(
        "What this address shows is not in the records.", "It may have been deleted in another window. Choose again."
    ),
    "clinic_to_subject": "To the subject",
    "clinic_to_start": "To all subjects",
    # Who
    "clinic_operator": "Your name in the notes",
    "clinic_operator_is": "You: {name}",
    "clinic_operator_none": "You: no name yet",
    "clinic_operator_more": "Every note of what was changed carries it. Initials will do. It is kept in the settings of this machine.",
    "clinic_operator_save": "Keep",
    # A subject
    "clinic_part_sessions": "Sessions",
    "clinic_part_trend": "Over time",
    "clinic_part_pair": "Two sessions",
    "clinic_part_data": "Data",
    "clinic_parts": "Part of the record",
    "clinic_new_session": "New session",
    "clinic_no_session": Text("No session yet.", "Enter the first one; analyses are attached to it afterwards."),
    "clinic_open": "Open",
    "clinic_no_analysis_short": "no analysis yet",
    "clinic_wears": "Footwear: {footwear}",
    "clinic_complaint": "Complaint: {side}",
    "clinic_complaint_": "none noted",
    "clinic_complaint_left": "left",
    "clinic_complaint_right": "right",
    "clinic_complaint_both": "both sides",
    "clinic_step": "Step: {height:g} cm",
    "clinic_pain_short": "Pain: {pains}",
    "clinic_pain_of": "{value} {when}",
    "clinic_pain_before": "before",
    "clinic_pain_during": "during",
    "clinic_pain_hour_after": "an hour after",
    "clinic_pain_next_morning": "the next morning",
    "clinic_pain_none": "Pain: not asked",
    # Entering a session
    "clinic_new_title": "New session of {code}",
    "clinic_edit_title": "Session of {date}",
    "clinic_date": "Date",
    "clinic_footwear": "Footwear",
    "clinic_footwear_hint": "barefoot, running shoes …",
    "clinic_side": "Side of the complaint",
    "clinic_step_height": "Step height (cm)",
    "clinic_step_short": "Step height",
    "clinic_step_hint": "not measured",
    "clinic_notes": "Notes",
    "clinic_pain": "Pain from 0 (none) to 10 (the worst one can think of)",
    "clinic_pain_help": "Leave empty what was not asked; a second click empties it again. The next morning can be entered later.",
    "clinic_pain_word": "Pain",
    "clinic_ask_before": "Before the session",
    "clinic_ask_during": "While moving",
    "clinic_ask_hour_after": "An hour after",
    "clinic_ask_next_morning": "The next morning",
    "clinic_save": "Save",
    "clinic_cancel": "Cancel",
    "clinic_saved": "Saved.",
    "clinic_edit": "Edit",
    # Two people at once
    "clinic_conflict": "Somebody else has changed the same while you were writing. Nothing is lost: choose what shall stand.",
    "clinic_conflict_was": "It was: {value}",
    "clinic_conflict_theirs": "Theirs: {value}",
    "clinic_conflict_yours": "Yours: {value}",
    "clinic_conflict_save": "Save this choice",
    "clinic_conflict_drop": "Keep theirs, drop all of mine",
    "clinic_nothing": "nothing",
    "clinic_not_asked": "not asked",
    # A session
    "clinic_session_title": "{code}, {date}",
    "clinic_facts": "Circumstances",
    "clinic_fact_none": "not noted",
    "clinic_delete": "Delete",
    "clinic_delete_session": "Delete this session",
    "clinic_delete_session_alone": "The session of {date} goes with its circumstances and pain entries. The other sessions stay.",
    "clinic_delete_session_more": (
        "The session of {date} goes with its circumstances, its pain entries and {count} analyses with their landmarks and"
        " pictures. The other sessions stay."
    ),
    "clinic_delete_analysis": "Delete this analysis",
    "clinic_delete_analysis_more": "Its numbers, landmarks, key frames and, if it was kept, its film go. The session stays.",
    "clinic_deleted": "Deleted.",
    "clinic_analyses": "Analyses",
    "clinic_no_analysis": Text(
        "No analysis is attached yet.", "Attach one below, or analyze a film of this session first."
    ),
    "clinic_film_kept": "film kept",
    "clinic_corrected": "{count} landmarks corrected",
    "clinic_corrected_one": "1 landmark corrected",
    "clinic_attach": "Attach an analysis",
    "clinic_attach_what": "Analysis",
    "clinic_attach_video": "Keep the film itself, too",
    "clinic_attach_video_help": (
        "Not needed for any number. The film is kept as it was filmed, with faces; without it, single pictures with blurred"
        " faces are kept."
    ),
    "clinic_attach_video_not": "The film itself is not at hand for this one, so it cannot be kept.",
    "clinic_attach_now": "Attach",
    "clinic_attaching": "Taking landmarks and pictures into the records …",
    "clinic_attached": "Attached: {title}.",
    "clinic_attach_none": Text(
        "Nothing to attach at hand.",
        "Analyze a film (or use the camera) and come back here, or open a result that was saved earlier.",
    ),
    "clinic_attach_all": "All that was analyzed here is attached already.",
    "clinic_attach_bring": "Open saved results",
    "clinic_attach_drop": "Drop saved results here, or choose them",
    "clinic_attach_drop_help": (
        "The .zip that Analyze and Live offer, or the files result.json, track.parquet and overlay.mp4 of one result folder."
        " The landmarks in track.parquet are needed."
    ),
    "clinic_attach_no_track": Text(
        "Saved without its landmarks, so it cannot be attached: {title}.",
        "Open the .zip with all files, or the result's track.parquet with it.",
    ),
    "clinic_from_live": "Live",
    # The load rule
    "clinic_load": "Load and pain",
    "clinic_load_lead": (
        "The rule of a study with runners: pain while moving at most 2 of 10, gone within an hour, and no worse the next"
        " morning."
    ),
    "clinic_load_during_met": Text("While moving: met.", "{pain} of 10; the rule is at most 2."),
    "clinic_load_during_not": Text("While moving: not met this time.", "{pain} of 10; the rule is at most 2."),
    "clinic_load_during_none": Text("While moving: not asked.", "The rule is at most 2 of 10."),
    "clinic_load_hour_after_met": Text("An hour after: met.", "The pain was gone."),
    "clinic_load_hour_after_not": Text(
        "An hour after: not met this time.", "{pain} of 10; the rule is that it is gone."
    ),
    "clinic_load_hour_after_as_before": Text(
        "An hour after: not met this time.",
        "{pain} of 10; the rule is that it is gone. Before the session it was {before}.",
    ),
    "clinic_load_hour_after_none": Text("An hour after: not asked.", "The rule is that the pain is gone."),
    "clinic_load_next_morning_met": Text("The next morning: met.", "{pain} of 10; before the session it was {before}."),
    "clinic_load_next_morning_zero": Text("The next morning: met.", "No pain."),
    "clinic_load_next_morning_not": Text(
        "The next morning: not met this time.", "{pain} of 10, more than the {before} before the session."
    ),
    "clinic_load_next_morning_none": Text("The next morning: not asked yet.", "The rule is no worse than before."),
    "clinic_load_next_morning_unknown": Text(
        "The next morning: cannot tell.", "{pain} of 10; whether that is more than before was not asked."
    ),
    "clinic_load_source": (
        "Source: IQWiG, “How can you relieve pain at the front of the knee?”, as updated on 30 January 2024, told in our words."
        " What follows from it is for a talk with the person; the program gives no advice on treatment."
    ),
    # An analysis
    "clinic_analysis_title": "{activity}, {date}",
    "clinic_view_result": "Result",
    "clinic_view_correct": "Correct a landmark",
    "clinic_views": "View of the analysis",
    "clinic_analysis_added": "attached {when} UTC",
    "clinic_analysis_version": "version {version}",
    "clinic_key_frames": "Key frames",
    "clinic_key_frames_none": "No key frames were kept with this analysis.",
    "clinic_key_frames_all": "All {count} key frames",
    "clinic_key_frame_plain": "The lines could not be drawn on this picture, because its landmarks cannot be used.",
    "clinic_film_show": "Show the film that was kept",
    "clinic_report": "Report",
    "clinic_report_more": "A PDF for the file, and one page in plain language for the person. Made when you click.",
    "clinic_report_since": "With the change since {date}.",
    "clinic_report_full": "Report (PDF)",
    "clinic_report_plain": "For the person (PDF)",
    # Over time
    "clinic_trend_lead": (
        "Dots: means over the repetitions, with their 95 % interval. A number counts as changed only beyond the grey band around the"
        " reference: in 95 of 100 cases two films of the same movement differ by less."
    ),
    "clinic_trend_none": Text(
        "Nothing to show over time yet.", "Attach an analysis to a session; from the second one on, changes are told."
    ),
    "clinic_trend_activity": "Movement",
    "clinic_trend_reference": "Reference",
    "clinic_trend_measure": "Measure",
    "clinic_trend_every": "All at once",
    "clinic_trend_no_number": "No number of this measure was told on any date.",
    "clinic_trend_alt": "Chart by date: {measure}, {whose}. The sentence beside it says the same.",
    "clinic_trend_in_short": "In short",
    "clinic_trend_counts": "From {since} to {on}, {changed} of {told} numbers really changed.",
    "clinic_trend_counts_none": "From {since} to {on}, no real change in any of {told} numbers.",
    "clinic_trend_one": "So far there is one date with this movement; the next one is compared with it.",
    "clinic_trend_otherwise": "What was different from the reference (hollow dots: the film)",
    "clinic_trend_doubt": "The latest film was made differently from the reference, which alone may change these numbers; more below.",
    "clinic_trend_on": Text("{date}: {message}", "{remedy}"),
    "clinic_anew": "Computed anew with this version ({version}) from the landmarks that were kept: {which}. What is kept stays as it was.",
    "clinic_anew_one": "{date} (it was version {version})",
    "clinic_not_anew": Text(
        "{date}: could not be computed anew from its landmarks, so it is compared as it was made, with version {version}.",
        "A small change may come from the program.",
    ),
    # Ways out as this page offers them
    "clinic_remedy_roll_unknown": "Level the phone next time.",
    "clinic_remedy_several_people": "Film one person alone.",
    "trend_months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "trend_word": "changed",
    "trend_left": "Left leg",
    "trend_right": "Right leg",
    "trend_body": "Whole body",
    "trend_difference": "Left less right",
    "trend_single": "{whose}: {value}.",
    "trend_missing": "no number: {reason}",
    "trend_unknown": "{whose}: cannot tell, because on {date} {reason}.",
    "trend_changed": "{whose}: changed. {before} on {since}, {after} on {on} ({change}; it counts from {least} on).",
    "trend_same": "{whose}: no change beyond what two films differ. {before} on {since}, {after} on {on} ({change}; it would count from {least} on).",
    # Two sessions
    "clinic_pair_none": Text(
        "Two sessions with the same movement are needed.", "Attach an analysis of the same movement to another session."
    ),
    "clinic_pair_activity": "Movement",
    "clinic_pair_before": "Earlier",
    "clinic_pair_after": "Later",
    "clinic_pair_entry": "{date}, {film}",
    "clinic_pair_same": "Both are the same analysis; choose another one on one side.",
    "clinic_pair_frames": "Before and after",
    "clinic_pair_frames_none": "No repetition of the same leg has a key frame in both.",
    "clinic_pair_repetition": "Repetition",
    "clinic_pair_caption": "**{date}** · {title}",
    "clinic_other_footwear": Text(
        "Footwear was “{before}” the first time and “{after}” the second.",
        "Wear the same both times; shoes change how feet and knees stand.",
    ),
    "clinic_footwear_once": Text(
        "Footwear was noted only once (“{noted}”).",
        "Note it each time, so that a change of shoes is not taken for one of the legs.",
    ),
    "clinic_other_step": Text(
        "The step was {before:g} cm high the first time and {after:g} cm the second.",
        "Use the same step both times; a higher one bends the knee further.",
    ),
    # Notes and data
    "clinic_audit": "Who did what",
    "clinic_audit_none": "Nothing was noted yet.",
    "clinic_audit_when": "When (UTC)",
    "clinic_audit_who": "Who",
    "clinic_audit_what": "What",
    "clinic_audit_about": "About",
    "clinic_nobody": "no name set",
    "clinic_rename": "Code",
    "clinic_rename_save": "Change the code",
    "clinic_renamed": "The code was changed.",
    "clinic_rename_clash": "Somebody else just called this subject {theirs}; look, and change it again if need be.",
    "clinic_exchange": "Save all records, or open saved ones",
    "clinic_export": "Take the records with you",
    "clinic_export_more": (
        "One .zip with sessions, results, landmarks, pictures and kept films. It can be read back on any machine with this program."
        " It is not encrypted: whoever has it can read it."
    ),
    "clinic_export_one": "This subject (.zip)",
    "clinic_export_all": "All subjects (.zip)",
    "clinic_import": "Open saved records",
    "clinic_import_drop": "Drop a .zip that was exported here or elsewhere",
    "clinic_import_now": "Open",
    "clinic_importing": "Reading the archive …",
    "clinic_imported": "Brought in: {subjects} new subjects, {sessions} new sessions, {analyses} new analyses; {unchanged} parts were here already.",
    "clinic_imported_differs": "Here and in the archive it differs; both are kept now:",
    "clinic_erase": "Delete this subject",
    "clinic_erase_more": (
        "Everything of {code} goes for good: {sessions} sessions, {analyses} analyses with landmarks, pictures and kept films, the notes of"
        " who did what, and its copies in the backups on this machine. Archives that were exported are yours to delete."
    ),
    "clinic_erase_type": "Type the code to confirm",
    "clinic_erase_now": "Delete {code} for good",
    "clinic_erase_other": "That is not the code, so nothing was deleted.",
    "clinic_erasing": "Deleting, also in the backups …",
    "clinic_erased": "{code} was deleted, and no trace of it was left in the records or their backups.",
}
