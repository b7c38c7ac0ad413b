"""Words of the app's Clinic page, and of a measure's course over time."""

from typing import Final

from alignment.texts.text import Text

CLINIC: Final = {
    "clinic": Text("Clinic"),
    "clinic_title": Text("Records over time"),
    "clinic_lead": Text(
        "For each subject the sessions with their circumstances and pain, the analyses of each session, and what changed"
        " by more than two films of the same movement differ."
    ),
    # The start
    "clinic_search": Text("Find or add a subject"),
    "clinic_search_hint": Text("Code, such as P-017"),
    "clinic_search_help": Text("A code is enough: no name is needed, and none is asked for."),
    "clinic_add": Text("Add “{code}”"),
    "clinic_none_like": Text("No code contains “{search}”."),
    "clinic_more_subjects": Text("{count} more; type a part of the code to find them."),
    "clinic_empty": Text(
        "No subject yet.",
        "Type a code above and add it. Then enter a session, and attach the analyses that were made in it.",
    ),
    "clinic_empty_where": Text(
        "A record holds sessions and analyses: numbers, landmarks and key frames with blurred faces; a film only if you say so."
        " Records are kept in {location}, and nothing leaves this machine."
    ),
    "clinic_empty_where_server": Text(
        "A record holds sessions and analyses: numbers, landmarks and key frames with blurred faces; a film only if you say so."
        " Records are kept on the server that ALIGNMENT_DATABASE_URL names: {location}."
    ),
    "clinic_kept": Text("Records are kept in {location}; nothing leaves this machine."),
    "clinic_kept_server": Text("Records are kept on the server that ALIGNMENT_DATABASE_URL names: {location}."),
    "clinic_sessions_count": Text("{count} sessions, the last on {last}"),
    "clinic_sessions_one": Text("1 session, on {last}"),
    "clinic_sessions_none": Text("no session yet"),
    "clinic_unreachable": Text("The records cannot be used now"),
    "clinic_unreachable_more": Text("All other pages work as before; nothing that was saved is lost."),
    "clinic_retry": Text("Try again"),
    "clinic_gone": Text(
        "What this address shows is not in the records.", "It may have been deleted in another window. Choose again."
    ),
    "clinic_to_subject": Text("To the subject"),
    "clinic_to_start": Text("To all subjects"),
    # Who
    "clinic_operator": Text("Your name in the notes"),
    "clinic_operator_is": Text("You: {name}"),
    "clinic_operator_none": Text("You: no name yet"),
    "clinic_operator_more": Text(
        "Every note of what was changed carries it. Initials will do. It is kept in the settings of this machine."
    ),
    "clinic_operator_save": Text("Keep"),
    # A subject
    "clinic_part_sessions": Text("Sessions"),
    "clinic_part_trend": Text("Over time"),
    "clinic_part_pair": Text("Two sessions"),
    "clinic_part_data": Text("Data"),
    "clinic_parts": Text("Part of the record"),
    "clinic_new_session": Text("New session"),
    "clinic_no_session": Text("No session yet.", "Enter the first one; analyses are attached to it afterwards."),
    "clinic_open": Text("Open"),
    "clinic_no_analysis_short": Text("no analysis yet"),
    "clinic_wears": Text("Footwear: {footwear}"),
    "clinic_complaint": Text("Complaint: {side}"),
    "clinic_complaint_": Text("none noted"),
    "clinic_complaint_left": Text("left"),
    "clinic_complaint_right": Text("right"),
    "clinic_complaint_both": Text("both sides"),
    "clinic_step": Text("Step: {height:g} cm"),
    "clinic_pain_short": Text("Pain: {pains}"),
    "clinic_pain_of": Text("{value} {when}"),
    "clinic_pain_before": Text("before"),
    "clinic_pain_during": Text("during"),
    "clinic_pain_hour_after": Text("an hour after"),
    "clinic_pain_next_morning": Text("the next morning"),
    "clinic_pain_none": Text("Pain: not asked"),
    # Entering a session
    "clinic_new_title": Text("New session of {code}"),
    "clinic_edit_title": Text("Session of {date}"),
    "clinic_date": Text("Date"),
    "clinic_footwear": Text("Footwear"),
    "clinic_footwear_hint": Text("barefoot, running shoes …"),
    "clinic_side": Text("Side of the complaint"),
    "clinic_step_height": Text("Step height (cm)"),
    "clinic_step_short": Text("Step height"),
    "clinic_step_hint": Text("not measured"),
    "clinic_notes": Text("Notes"),
    "clinic_pain": Text("Pain from 0 (none) to 10 (the worst one can think of)"),
    "clinic_pain_help": Text(
        "Leave empty what was not asked; a second click empties it again. The next morning can be entered later."
    ),
    "clinic_pain_word": Text("Pain"),
    "clinic_ask_before": Text("Before the session"),
    "clinic_ask_during": Text("While moving"),
    "clinic_ask_hour_after": Text("An hour after"),
    "clinic_ask_next_morning": Text("The next morning"),
    "clinic_save": Text("Save"),
    "clinic_cancel": Text("Cancel"),
    "clinic_saved": Text("Saved."),
    "clinic_edit": Text("Edit"),
    # Two people at once
    "clinic_conflict": Text(
        "Somebody else has changed the same while you were writing. Nothing is lost: choose what shall stand.",
    ),
    "clinic_conflict_was": Text("It was: {value}"),
    "clinic_conflict_theirs": Text("Theirs: {value}"),
    "clinic_conflict_yours": Text("Yours: {value}"),
    "clinic_conflict_save": Text("Save this choice"),
    "clinic_conflict_drop": Text("Keep theirs, drop all of mine"),
    "clinic_nothing": Text("nothing"),
    "clinic_not_asked": Text("not asked"),
    # A session
    "clinic_session_title": Text("{code}, {date}"),
    "clinic_facts": Text("Circumstances"),
    "clinic_fact_none": Text("not noted"),
    "clinic_delete": Text("Delete"),
    "clinic_delete_session": Text("Delete this session"),
    "clinic_delete_session_alone": Text(
        "The session of {date} goes with its circumstances and pain entries. The other sessions stay."
    ),
    "clinic_delete_session_more": Text(
        "The session of {date} goes with its circumstances, its pain entries and {count} analyses with their landmarks and"
        " pictures. The other sessions stay."
    ),
    "clinic_delete_analysis": Text("Delete this analysis"),
    "clinic_delete_analysis_more": Text(
        "Its numbers, landmarks, key frames and, if it was kept, its film go. The session stays."
    ),
    "clinic_deleted": Text("Deleted."),
    "clinic_analyses": Text("Analyses"),
    "clinic_no_analysis": Text(
        "No analysis is attached yet.", "Attach one below, or analyze a film of this session first."
    ),
    "clinic_film_kept": Text("film kept"),
    "clinic_corrected": Text("{count} landmarks corrected"),
    "clinic_corrected_one": Text("1 landmark corrected"),
    "clinic_attach": Text("Attach an analysis"),
    "clinic_attach_what": Text("Analysis"),
    "clinic_attach_video": Text("Keep the film itself, too"),
    "clinic_attach_video_help": Text(
        "Not needed for any number. The film is kept as it was filmed, with faces; without it, single pictures with blurred"
        " faces are kept."
    ),
    "clinic_attach_video_not": Text("The film itself is not at hand for this one, so it cannot be kept."),
    "clinic_attach_now": Text("Attach"),
    "clinic_attaching": Text("Taking landmarks and pictures into the records …"),
    "clinic_attached": Text("Attached: {title}."),
    "clinic_attach_none": Text(
        "Nothing to attach at hand.",
        "Analyze a film (or use the camera) and come back here, or bring a result that was saved earlier.",
    ),
    "clinic_attach_all": Text("All that was analyzed here is attached already."),
    "clinic_attach_bring": Text("Bring saved results"),
    "clinic_attach_drop": Text("Drop saved results here, or choose them"),
    "clinic_attach_drop_help": Text(
        "The .zip that Analyze and Live offer, or the files result.json, track.parquet and overlay.mp4 of one result folder."
        " The landmarks in track.parquet are needed."
    ),
    "clinic_attach_no_track": Text(
        "Saved without its landmarks, so it cannot be attached: {title}.",
        "Bring the .zip with all files, or the result's track.parquet with it.",
    ),
    "clinic_from_live": Text("Live"),
    # The load rule
    "clinic_load": Text("Load and pain"),
    "clinic_load_lead": Text(
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
    "clinic_load_source": Text(
        "Source: IQWiG, “How can you relieve pain at the front of the knee?”, as updated on 30 January 2024, told in our words."
        " What follows from it is for a talk with the person; the program gives no advice on treatment."
    ),
    # An analysis
    "clinic_analysis_title": Text("{activity}, {date}"),
    "clinic_view_result": Text("Result"),
    "clinic_view_correct": Text("Correct a landmark"),
    "clinic_views": Text("View of the analysis"),
    "clinic_analysis_added": Text("attached {when} UTC"),
    "clinic_analysis_version": Text("version {version}"),
    "clinic_key_frames": Text("Key frames"),
    "clinic_key_frames_none": Text("No key frames were kept with this analysis."),
    "clinic_key_frames_all": Text("All {count} key frames"),
    "clinic_key_frame_plain": Text(
        "The lines could not be drawn on this picture, because its landmarks cannot be used."
    ),
    "clinic_film_show": Text("Show the film that was kept"),
    "clinic_report": Text("Report"),
    "clinic_report_more": Text(
        "A PDF for the file, and one page in plain language for the person. Made when you click."
    ),
    "clinic_report_since": Text("With the change since {date}."),
    "clinic_report_full": Text("Report (PDF)"),
    "clinic_report_plain": Text("For the person (PDF)"),
    # Over time
    "clinic_trend_lead": Text(
        "Dots: means over the repetitions, with their 95 % interval. A number counts as changed only beyond the grey band around the"
        " reference: in 95 of 100 cases two films of the same movement differ by less."
    ),
    "clinic_trend_none": Text(
        "Nothing to show over time yet.", "Attach an analysis to a session; from the second one on, changes are told."
    ),
    "clinic_trend_activity": Text("Movement"),
    "clinic_trend_reference": Text("Reference"),
    "clinic_trend_measure": Text("Measure"),
    "clinic_trend_every": Text("All at once"),
    "clinic_trend_no_number": Text("No number of this measure was told on any date."),
    "clinic_trend_alt": Text("Chart by date: {measure}, {whose}. The sentence beside it says the same."),
    "clinic_trend_in_short": Text("In short"),
    "clinic_trend_counts": Text(
        "From {since} to {on}, {changed} of {told} numbers changed by more than two films of the same movement differ."
    ),
    "clinic_trend_counts_none": Text(
        "From {since} to {on}, none of {told} numbers changed by more than two films of the same movement differ."
    ),
    "clinic_trend_one": Text("So far there is one date with this movement; the next one is compared with it."),
    "clinic_trend_otherwise": Text("What was different from the reference (hollow dots: the film)"),
    "clinic_trend_doubt": Text(
        "The latest film was made differently from the reference, which alone may change these numbers; more below."
    ),
    "clinic_trend_on": Text("{date}: {message}", "{remedy}"),
    "clinic_anew": Text(
        "Computed anew with this version ({version}) from the landmarks that were kept: {which}. What is kept stays as it was.",
    ),
    "clinic_anew_one": Text("{date} (it was version {version})"),
    "clinic_not_anew": Text(
        "{date}: could not be computed anew from its landmarks, so it is compared as it was made, with version {version}.",
        "A small change may come from the program.",
    ),
    # Ways out as this page offers them
    "clinic_remedy_roll_unknown": Text("Level the phone next time."),
    "clinic_remedy_several_people": Text("Film one person alone."),
    "trend_months": Text("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    "trend_word": Text("changed"),
    "trend_left": Text("Left leg"),
    "trend_right": Text("Right leg"),
    "trend_body": Text("Whole body"),
    "trend_difference": Text("Left less right"),
    "trend_single": Text("{whose}: {value}."),
    "trend_missing": Text("no number: {reason}"),
    "trend_unknown": Text("{whose}: cannot tell, because on {date} {reason}."),
    "trend_changed": Text(
        "{whose}: changed. {before} on {since}, {after} on {on} ({change}; it counts from {least} on)."
    ),
    "trend_same": Text(
        "{whose}: no change beyond what two films differ. {before} on {since}, {after} on {on} ({change}; it would count from {least} on)."
    ),
    # Two sessions
    "clinic_pair_none": Text(
        "Two sessions with the same movement are needed.", "Attach an analysis of the same movement to another session."
    ),
    "clinic_pair_activity": Text("Movement"),
    "clinic_pair_before": Text("Earlier"),
    "clinic_pair_after": Text("Later"),
    "clinic_pair_entry": Text("{date}, {film}"),
    "clinic_pair_same": Text("Both are the same analysis; choose another one on one side."),
    "clinic_pair_frames": Text("Before and after"),
    "clinic_pair_frames_none": Text("No repetition of the same leg has a key frame in both."),
    "clinic_pair_repetition": Text("Repetition"),
    "clinic_pair_caption": Text("**{date}** · {title}"),
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
    "clinic_audit": Text("Who did what"),
    "clinic_audit_none": Text("Nothing was noted yet."),
    "clinic_audit_when": Text("When (UTC)"),
    "clinic_audit_who": Text("Who"),
    "clinic_audit_what": Text("What"),
    "clinic_audit_about": Text("About"),
    "clinic_nobody": Text("no name set"),
    "clinic_rename": Text("Code"),
    "clinic_rename_save": Text("Change the code"),
    "clinic_renamed": Text("The code was changed."),
    "clinic_rename_clash": Text(
        "Somebody else just called this subject {theirs}; look, and change it again if need be."
    ),
    "clinic_exchange": Text("Take all records away, or bring some"),
    "clinic_export": Text("Take the records with you"),
    "clinic_export_more": Text(
        "One .zip with sessions, results, landmarks, pictures and kept films. It can be read back on any machine with this program."
        " It is not encrypted: whoever has it can read it."
    ),
    "clinic_export_one": Text("This subject (.zip)"),
    "clinic_export_all": Text("All subjects (.zip)"),
    "clinic_import": Text("Bring records back"),
    "clinic_import_drop": Text("Drop a .zip that was exported here or elsewhere"),
    "clinic_import_now": Text("Bring in"),
    "clinic_importing": Text("Reading the archive …"),
    "clinic_imported": Text(
        "Brought in: {subjects} new subjects, {sessions} new sessions, {analyses} new analyses; {unchanged} parts were here already."
    ),
    "clinic_imported_differs": Text("Here and in the archive it differs; both are kept now:"),
    "clinic_erase": Text("Delete this subject"),
    "clinic_erase_more": Text(
        "Everything of {code} goes for good: {sessions} sessions, {analyses} analyses with landmarks, pictures and kept films, the notes of"
        " who did what, and its copies in the backups on this machine. Archives that were exported are yours to delete."
    ),
    "clinic_erase_type": Text("Type the code to confirm"),
    "clinic_erase_now": Text("Delete {code} for good"),
    "clinic_erase_other": Text("That is not the code, so nothing was deleted."),
    "clinic_erasing": Text("Deleting, also in the backups …"),
    "clinic_erased": Text("{code} was deleted, and no trace of it was left in the records or their backups."),
}
