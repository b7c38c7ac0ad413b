"""Words of the report: the page for the file and the one for the person. Paper has no options, so remedies name none."""

from typing import Final

from alignment.texts.text import Text

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

REPORT: Final = {
    # What both pages share
    **{f"report_month_{number}": Text(name) for number, name in enumerate(_MONTHS, start=1)},
    "report_date": Text("{day} {month} {year}"),
    "report_document": Text("Alignment report: {what}"),
    "report_letter_missing": Text("[one character that no font here can show]"),
    "report_letters_missing": Text("[{count} characters that no font here can show]"),
    "report_picture_alt": Text("A picture of the film with the legs' lines. {what}"),
    "report_refused": Text("Nothing could be measured"),
    "report_remedy_roll_unknown": Text("Level the phone, or draw a line along a door frame when the film is analyzed."),
    "report_remedy_several_people": Text("Choose another person when the film is analyzed, or film one person alone."),
    "report_remedy_rate_assumed": Text("Film with the phone's own camera app, which writes the rate into the film."),
    "report_remedy_swaps": Text("Check the film with lines: L is the person's left leg."),
    "report_named": Text("{measure} ({sides})"),
    "report_of_left": Text("left"),
    "report_of_right": Text("right"),
    "report_of_difference": Text("left against right"),
    # The page for the file
    "report_subtitle": Text("Alignment of the legs, measured from a film"),
    "report_field_subject": Text("Subject"),
    "report_field_date": Text("Date"),
    "report_field_footwear": Text("Footwear"),
    "report_field_complaint": Text("Complaint"),
    "report_field_step_height": Text("Step height"),
    "report_field_operator": Text("Operator"),
    "report_complaint_left": Text("left side"),
    "report_complaint_right": Text("right side"),
    "report_complaint_both": Text("both sides"),
    "report_height": Text("{height_cm:g} cm"),
    "report_notes": Text("Notes"),
    "report_in_short": Text("In short"),
    "report_more_findings": Text("{count} more in the table."),
    "report_numbers": Text("The numbers"),
    "report_counted_sides": Text("{cycles} counted: {left} left, {right} right."),
    "report_rejected": Text("{count} not counted ({why})."),
    "report_rejected_why": Text("{count} × {reason}"),
    "report_moment": Text("All numbers are those at the moment that is judged."),
    "report_moment_squat": Text("All numbers are those at the deepest point."),
    "report_moment_single_leg_squat": Text("All numbers are those at the deepest point."),
    "report_moment_step_down": Text("All numbers are those at the deepest point."),
    "report_moment_stairs": Text("All numbers are those in the middle of standing on one leg."),
    "report_moment_cycling": Text("All numbers are those a quarter turn after the pedal's top."),
    "report_moment_sit_to_stand": Text("All numbers are those with the hips halfway up."),
    "report_side_left": Text("Left"),
    "report_side_right": Text("Right"),
    "report_side_body": Text("Whole body"),
    "report_side_difference": Text("Left − right"),
    "report_stance_left": Text("On the left leg"),
    "report_stance_right": Text("On the right leg"),
    "report_usual": Text("{inner} ({outer})"),
    "report_range_between": Text("{low} to {high}"),
    "report_range_positive": Text("{low}–{high}"),
    "report_range_from": Text("≥ {low}"),
    "report_range_to": Text("≤ {high}"),
    "report_range_size": Text("±{high}"),
    "report_verdict_too_few_cycles": Text("cannot tell: too few"),
    "report_verdict_too_unsure": Text("cannot tell: too unsure"),
    "report_unit_share": Text("share"),
    "report_short_fppa": Text("Bend from the front, °"),
    "report_short_fppa_image": Text("Bend in the picture, °"),
    "report_short_knee_over_toe": Text("Knee off the line, % of leg"),
    "report_short_knee_flexion": Text("Bend of the knee, °"),
    "report_short_pelvic_obliquity": Text("Tilt of the pelvis, °"),
    "report_short_pelvic_drop": Text("Drop of the pelvis, °"),
    "report_short_trunk_lean": Text("Lean of the trunk, °"),
    "report_short_weight_right_share": Text("Weight over the right foot"),
    "report_short_knee_ankle_ratio": Text("Knees against ankles"),
    "report_sign_fppa": Text("0 straight, + towards the other leg; in the person's own frontal plane"),
    "report_sign_fppa_image": Text("0 straight, + towards the other leg; as pictured, uncorrected"),
    "report_sign_knee_over_toe": Text("0 on the line, + towards the other leg"),
    "report_sign_knee_flexion": Text("0 straight"),
    "report_sign_pelvic_obliquity": Text("+ right hip higher"),
    "report_sign_pelvic_drop": Text("against standing, + free side lower"),
    "report_sign_trunk_lean": Text("+ to the person's right; on one leg, + towards it"),
    "report_sign_weight_right_share": Text("0.50 even; from where the body's mass stands, nothing is weighed"),
    "report_sign_knee_ankle_ratio": Text("1 knees over ankles, less: knees inside"),
    "report_column_side": Text("Side"),
    "report_column_mean": Text("Mean ± SE"),
    "report_column_sd": Text("SD"),
    "report_column_n": Text("n"),
    "report_column_interval": Text("95 % interval"),
    "report_column_usual": Text("Usual range (edge)"),
    "report_column_verdict": Text("Verdict"),
    "report_numbers_key": Text(
        "Mean ± standard error; SD: spread of the n repetitions. In the drawing, the dot is the mean, the line its 95 % interval, dark the"
        " usual range, light its edge. Left and right are the person's own."
    ),
    "report_sources": Text("Where the usual ranges come from"),
    "report_filming": Text("How it was filmed"),
    "report_distance": Text("The camera was about {distance} leg lengths away."),
    "report_distance_error": Text("The camera was {distance} ± {error} leg lengths away."),
    "report_roll_given": Text("Its tilt of {roll}° is known and taken into account."),
    "report_roll_unknown": Text("How level it stood is not known (0 ± {error}° is assumed)."),
    "report_more_points": Text("{count} smaller points are not listed here."),
    "report_key_frames": Text("Key frames"),
    "report_frames_key": Text(
        "Dashed: the straight line from hip to toe. Coloured: by way of the knee. L and R are the person's own."
    ),
    "report_no_pictures": Text("No picture of the film was kept with this result."),
    "report_curves": Text("Over the repetition"),
    "report_no_course": Text("No curves: only the summary of this result was kept, not its measures over time."),
    "report_no_curve": Text("No curves: no number could be measured over a whole repetition."),
    "report_legend_left": Text("Left leg, or on it"),
    "report_legend_right": Text("Right leg, or on it"),
    "report_legend_body": Text("Whole body"),
    "report_charts_key": Text(
        "Across: 0 to 100 % of a repetition. Lines: the mean of all; soft band: from the lowest to the highest; thin: too unsure to be"
        " told. Dots: the moment that is judged. Green: the usual range."
    ),
    "report_chart_alt": Text(
        "Chart of the mean over the repetition: {measure}, from {low} to {high}. The table has the numbers."
    ),
    "report_change": Text("Change since last time"),
    "report_change_since": Text("Change since {when}"),
    "report_change_none": Text("No number stands in both results, so no change can be told."),
    "report_changed": Text("changed"),
    "report_unchanged": Text("within the error"),
    "report_column_measure": Text("Measure"),
    "report_column_before": Text("Then"),
    "report_column_after": Text("Now"),
    "report_column_change": Text("Change"),
    "report_column_detectable": Text("Detectable from"),
    "report_column_told": Text("Beyond the error?"),
    "report_cannot": Text("What these numbers cannot tell"),
    "report_cannot_pelvis": Text(
        "The level of the hips: the landmark model draws them square to the trunk, whatever the pelvis does."
    ),
    "report_cannot_grade": Text(
        "Whether a number is good or bad for this person. Usual ranges come from small groups, and people without any complaint lie outside"
        " them as well."
    ),
    "report_cannot_kneecap": Text(
        "Where the kneecap is: “knee” is the joint's centre as the model sees it, under clothes and skin."
    ),
    "report_cannot_weight": Text("Forces: the share of the weight is an estimate from the body's posture."),
    "report_cannot_tilt": Text("A tilted person from a tilted camera, as long as the camera's own tilt is not known."),
    "report_cannot_errors": Text(
        "More than the errors say, and these come from rendered people: loose clothes, dim light and real skin can make them larger."
    ),
    "report_origin": Text("Where the numbers come from"),
    "report_field_film": Text("Film"),
    "report_field_pictures": Text("Pictures"),
    "report_field_software": Text("Program"),
    "report_field_model": Text("Landmark model"),
    "report_field_limits": Text("Usual ranges"),
    "report_field_settings": Text("Settings"),
    "report_with_hash": Text("{name} (SHA-256 {sha256}…)"),
    "report_film_facts": Text(
        "{width} × {height}, {fps:.4g} a second, {duration_s:.1f} s; {analyzed} of {frames} analyzed"
    ),
    "report_software": Text("Alignment {version}, MediaPipe {mediapipe}"),
    "report_limits_shipped": Text("the program's table"),
    "report_limits_own": Text("a table of one's own"),
    "report_setting_quality": Text("{quality} quality, at most {max_fps:g} pictures a second"),
    "report_setting_part": Text("{start_s:.1f} to {end_s:.1f} s of the film"),
    "report_setting_person": Text("person {person}"),
    "report_setting_mirrored": Text("mirrored film, turned back"),
    "report_setting_filter": Text("smoothed at {filter_hz:g} Hz"),
    "report_how_again": Text("How to film it"),
    "report_footer": Text(
        "Observes and describes movement, for information, education and research. It is no medical device and finds no illness."
    ),
    "report_page": Text("Page {page} of {pages}"),
    # The page for the person
    "report_plain_title": Text("{activity}: what your film shows"),
    "report_plain_looked": Text("What was looked at"),
    "report_plain_film": Text("A film of {seconds} seconds."),
    "report_plain_counted": Text(
        "{what}. For each, the program looked at how hip, knee and toe stand to one another, and how sure it can be of that."
    ),
    "report_plain_rep_one": Text("One repetition was counted"),
    "report_plain_rep_many": Text("{count} repetitions were counted"),
    "report_plain_step_one": Text("One step was counted"),
    "report_plain_step_many": Text("{count} steps were counted"),
    "report_plain_turn_one": Text("One turn of a pedal was counted"),
    "report_plain_turn_many": Text("{count} turns of the pedals were counted"),
    "report_plain_depth": Text("At the deepest point your knees were bent by about {bend}°."),
    "report_plain_within": Text("Inside the usual range"),
    "report_plain_edge": Text("Near the edge of the usual range"),
    "report_plain_outside": Text("Outside the usual range"),
    "report_plain_shown": Text("Measured; nothing says what is usual here"),
    "report_plain_whose_left": Text("Left leg"),
    "report_plain_whose_right": Text("Right leg"),
    "report_plain_whose_difference": Text("Left and right"),
    "report_plain_sentence": Text("{whose}: {fact}."),
    "report_plain_sentence_body": Text("{fact}."),
    "report_plain_one_line": Text("hip, knee and toe stay on one line, as far as the film can tell"),
    "report_plain_more": Text("{count} more stand in the full report."),
    "report_plain_change": Text("Since last time"),
    "report_plain_same": Text("No number changed by more than two films of the same movement differ anyway."),
    "report_plain_changed": Text(
        "{what}: {before} then, {after} now. That is more than two films of the same movement differ."
    ),
    "report_plain_sure": Text("How sure this is"),
    "report_plain_grade_good": Text("You were filmed well."),
    "report_plain_grade_usable": Text("The film can be used, but some numbers are less sure than they could be."),
    "report_plain_grade_unusable": Text("The film does not carry the numbers."),
    "report_plain_error_knee_over_toe": Text(
        "How far a knee is off the line is known to within {error} of the leg's length; 1 % of it is a little less than a centimetre."
    ),
    "report_plain_error_fppa": Text("How far a knee bends to the side is known to within {error}."),
    "report_plain_cannot": Text("What the film cannot tell"),
    "report_plain_unknown": Text("The {measures}, because {reason}."),
    "report_others": Text("{count} others"),
    "report_and": Text("{first} and {last}"),
    "report_plain_cannot_general": Text(
        "Whether something hurts, why, or what will become of it. Many people who have no complaint move outside the usual range."
    ),
    "report_plain_next": Text("What to do next"),
    "report_plain_more_repetitions": Text("Do more repetitions, each from its start to its end."),
    "report_plain_like_this": Text("Film it just like this one, so that the two can be compared."),
    "report_plain_how_again": Text("How to film it again"),
    "report_plain_good_to_know": Text("Good to know"),
    "report_plain_watch": Text(
        "The line from hip over knee to toe is worth minding where the kneecap carries much: on stairs, squatting, cycling, running, getting"
        " up. Whether something suits you is for a talk with a doctor or physiotherapist."
    ),
    "report_plain_source": Text(
        "After what Germany's Institute for Quality and Efficiency in Health Care (IQWiG) tells patients, as of 30 January 2024, in our words."
    ),
    "report_plain_frame_key": Text("Dashed: the straight line from hip to toe. Coloured: by way of the knee."),
    "report_plain_footer": Text(
        "Made by a program that observes and describes movement. It is no medical device and finds no illness."
    ),
    # Key frames
    "still_nearest": Text("Least off. {what}"),
    "still_farthest": Text("Most off. {what}"),
    "still_only": Text("{what}"),
    "still_sided": Text("{measure}, {side}"),
    "still_what": Text("{measure}: {value}, at {time_s:.1f} s."),
    # Writing it
    "help_no_report": Text("Write no report.pdf and no report_plain.pdf."),
    "help_batch_no_report": Text(
        "Write no reports: a fifth of a second for each video, and half of what assessing anew takes."
    ),
    "help_report": Text(
        "Print the report of a result: one or two pages with every number and its error, key frames, curves and what the numbers"
        " cannot tell; with --plain one page in plain words for the person.\n\n"
        "OUT/NAME is a result folder of `alignment analyze`, where report.pdf (report_plain.pdf) is written anew with what is said"
        " here of the person and the day. Nothing of that is kept anywhere else; `alignment records` keeps it."
    ),
    "help_report_folder": Text("Result folder: result.json, and what else of it is there."),
    "help_report_plain": Text("The page in plain words for the person."),
    "help_report_out": Text("Write it to this file, or with - to the standard output, instead of the result folder."),
    "help_report_subject": Text("The person's code."),
    "help_report_date": Text("Day of the film; without it, a line to write on is left."),
    "help_report_footwear": Text("What was worn on the feet."),
    "help_report_side": Text("Side of the complaint."),
    "help_report_step_height": Text("Height of the step in centimetres."),
    "help_report_notes": Text("Any notes; they stand on the full report."),
    "help_report_operator": Text("Who filmed."),
    "help_report_before": Text(
        "Result folder of an earlier film of the same movement: what changed since then is told."
    ),
    "help_report_before_date": Text("Day of that earlier film."),
    "report_in": Text("Report: {path}"),
    "report_not_writable": Text("The report cannot be written to {path}: {fault}.", "Choose another file with --out."),
    "report_failed": Text(
        "The report could not be written ({fault}).", "Everything else is there; `alignment report` tries again."
    ),
}
