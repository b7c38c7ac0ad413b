"""Words of the app's Analyze page, of its player and of the picture on which a line is drawn."""

from typing import Final

from alignment.texts.text import Text

ANALYZE: Final = {
    "analyze": Text("Analyze"),
    "analyze_title": Text("How straight are your legs when they work?"),
    "analyze_lead": Text(
        "Film squats, stairs, a step-down, getting up from a chair or cycling from straight in front (going up stairs: from"
        " behind), head to toes in the picture, the phone level at hip height. Drop the film here; each leg and each"
        " repetition is measured, with how sure each number is."
    ),
    "analyze_gone": Text(
        "That film or analysis is no longer here.",
        "Films are removed some minutes after the last browser window with them was closed, and when the app ends. Choose it again.",
    ),
    "analyze_drop": Text("Drop a film here, or choose one"),
    "analyze_drop_help": Text(
        "Up to {limit} MB: .mp4, .mov, .mkv, .webm, .avi or .gif. It is kept in a temporary folder on this machine and removed"
        " some minutes after you close this window."
    ),
    "analyze_reading": Text("Reading the film …"),
    "analyze_earlier": Text("Earlier results"),
    "analyze_samples": Text("Or try a sample"),
    "analyze_samples_more": Text("Rendered people whose true angles are known; nobody real is in them."),
    "analyze_samples_all": Text("All {count} samples"),
    "analyze_sample": Text("Sample"),
    "analyze_pick": Text("Take this one"),
    # Settings
    "analyze_setup_title": Text("What does the film show?"),
    "analyze_part": Text("Part to analyze"),
    "analyze_part_help": Text(
        "Leave out walking in and out of the picture. Keep a second of quiet standing before the first repetition."
    ),
    "analyze_first": Text("First picture, at {time_s:.1f} s"),
    "analyze_last": Text("Last picture, at {time_s:.1f} s"),
    "analyze_no_picture": Text("{what}: cannot be decoded"),
    "analyze_activity": Text("Movement"),
    "analyze_how": Text("How to film it: {how}"),
    "analyze_more": Text("More settings"),
    "analyze_model": Text("Landmark model"),
    "analyze_model_heavy": Text("Exact (heavy)"),
    "analyze_model_full": Text("Middle (full)"),
    "analyze_model_lite": Text("Fast (lite)"),
    "analyze_fetched": Text("not here yet: {size:.0f} MB are fetched once when you start; the film is not sent"),
    "analyze_best": Text("Look at every picture twice"),
    "analyze_best_help": Text(
        "Also mirrored, and averaged: more exact from straight in front, and takes twice as long."
    ),
    "analyze_mirrored": Text("The film is mirrored"),
    "analyze_mirrored_help": Text(
        "As a phone's front camera may save it: writing reads backwards. Left and right are exchanged."
    ),
    "analyze_person": Text("Person"),
    "analyze_person_auto": Text("the one most in view"),
    "analyze_person_help": Text(
        "Where several people are in the film: 1 is the one most in view, 2 the next, and so on."
    ),
    "analyze_roll": Text("How level was the camera?"),
    "analyze_roll_help": Text(
        "A tilted phone cannot be told from a tilted person. If the tilt is known, the hips' level, the trunk's lean and the"
        " sharing of the weight get surer."
    ),
    "analyze_roll_unknown": Text("Not known"),
    "analyze_roll_number": Text("In degrees"),
    "analyze_roll_line": Text("Draw a line"),
    "analyze_roll_unknown_more": Text("Fine for the knees; tilts of pelvis and trunk stay unsure."),
    "analyze_roll_deg": Text("Tilt in degrees: + where the picture is turned clockwise"),
    "analyze_roll_none": Text("No line yet: the tilt counts as not known."),
    "analyze_roll_found": Text("The camera was tilted by {roll_deg:+.1f}°; this is taken into account."),
    "analyze_start": Text("Analyze"),
    "analyze_other": Text("Another film"),
    "line_image": Text("Picture of the film to draw a line on"),
    "line_hint": Text(
        "Draw along something that is upright or level in truth: a door frame, a window, a shelf. Long lines are more exact. The ends"
        " can be dragged, or moved with the arrow keys."
    ),
    "line_first_end": Text("First end of the line"),
    "line_second_end": Text("Second end of the line"),
    # Progress
    "analyze_running_title": Text("Analyzing …"),
    "analyze_percent": Text("{percent:.0f} %"),
    "analyze_left_s": Text("about {seconds} s left"),
    "analyze_left_min": Text("about {minutes} min left"),
    "analyze_cancel": Text("Cancel"),
    "analyze_stopping": Text("Stopping …"),
    "analyze_reload": Text("It goes on if you reload this page or look at another one."),
    "analyze_cancelled": Text("The analysis was cancelled; nothing of it was kept."),
    # The result
    "analyze_result_title": Text("{activity}: what the film shows"),
    "analyze_from_to": Text("{start_s:.1f} to {end_s:.1f} s"),
    "analyze_again": Text("Change settings"),
    "analyze_remove": Text("Remove film and result"),
    "analyze_findings": Text("In short"),
    "analyze_findings_more": Text("{count} more"),
    "analyze_cannot": Text("Cannot tell"),
    "analyze_findings_each": Text("Each of them"),
    "analyze_cannot_judge": Text("What has a usual range cannot be told from this film, because {reason}."),
    "analyze_no_curve": Text("No number over time could be measured in this film."),
    "analyze_no_film": Text("There is no film with lines."),
    "analyze_no_repetition": Text(
        "No repetition was found, so that nothing is counted or judged.",
        "Check that the right movement is chosen, and that whole repetitions are in the part.",
    ),
    "analyze_measure": Text("Measure"),
    "analyze_every": Text("All at once"),
    "analyze_click": Text("Click into the chart: the film goes to that moment."),
    "analyze_chart_key": Text(
        "Click anywhere in a chart, and the film goes there. Shaded: repetitions. Points: the moment that is judged. Soft band: twice"
        " the standard error; the truth should lie within. Thin line: too unsure to be told."
    ),
    "analyze_chart_alt": Text("Chart over time: {measure}. The table below has the numbers of each repetition."),
    "analyze_definitions": Text("What the numbers mean"),
    "analyze_definitions_lead": Text(
        "Left and right are the person's own. A number's standard error stands behind ±; the truth should lie within twice that to either side."
    ),
    "analyze_source": Text("Source: {source}."),
    "analyze_key_frames": Text("Two repetitions to look at"),
    "analyze_key_frames_more": Text("By the most telling number: {measure}, at the moment that is judged."),
    "analyze_nearest": Text("Least off"),
    "analyze_farthest": Text("Most off"),
    "analyze_only": Text("The only one with a number"),
    "analyze_show": Text("Show in the film"),
    "analyze_table": Text("Every repetition"),
    "analyze_table_more": Text(
        "Numbers at the moment that is judged, ± standard error. Choose a row, and the film goes there."
    ),
    "analyze_filming": Text("How it was filmed, and what to change"),
    "analyze_grade_good": Text("This film carries every measure."),
    "analyze_grade_usable": Text("This film is usable; some numbers are less sure or missing."),
    "analyze_grade_unusable": Text("This film does not carry the measures."),
    "analyze_nothing_to_change": Text("Nothing to change: film the next one like this."),
    "analyze_files": Text("Take it with you"),
    "analyze_files_more": Text(
        "Results leave this app only if you save them. Faces that were found are blurred in the film."
    ),
    "analyze_zip": Text("All files (.zip)"),
    "analyze_file_result": Text("Everything measured, as JSON"),
    "analyze_file_cycles": Text("A row per repetition, for a spreadsheet"),
    "analyze_file_frames": Text("A row per picture"),
    "analyze_file_track": Text("The landmarks, to assess the film anew without it"),
    "analyze_file_overlay": Text("The film with lines, faces blurred"),
    "analyze_file_report": Text("The report for the file: numbers, key frames and curves as PDF"),
    "analyze_file_report_plain": Text("One page in plain words as PDF"),
    "player_film": Text("The film with the legs' lines, angles and verdicts"),
    "player_group": Text("Film"),
    "player_speed": Text("Speed"),
    "player_play": Text("Play"),
    "player_pause": Text("Pause"),
    "player_back": Text("One picture back"),
    "player_on": Text("One picture on"),
    "player_bar": Text("Place in the film"),
    "player_full": Text("Full screen"),
}
