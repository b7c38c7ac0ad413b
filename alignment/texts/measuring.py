"""Measures, findings, and how well the film carries them. A reason_… fills a sentence such as "cannot tell: …"."""

from typing import Final

from alignment.texts.text import Text

MEASURING: Final = {
    "measure_fppa": Text("bend at the knee seen from the front"),
    "measure_fppa_image": Text("bend at the knee in the picture"),
    "measure_knee_over_toe": Text("knee beside the line from hip to toe"),
    "measure_knee_flexion": Text("bend of the knee"),
    "measure_pelvic_obliquity": Text("tilt of the pelvis"),
    "measure_pelvic_drop": Text("drop of the pelvis on the free side"),
    "measure_trunk_lean": Text("sideways lean of the trunk"),
    "measure_weight_right_share": Text("share of the weight over the right foot (estimate)"),
    "measure_knee_ankle_ratio": Text("distance of the knees against that of the ankles"),
    "whose_left": Text("Left"),
    "whose_right": Text("Right"),
    "whose_body": Text("Whole body"),
    "whose_difference": Text("Left against right"),
    "finding_within": Text("{whose}: {fact} (± {error}), inside the usual range ({share})."),
    "finding_edge": Text("{whose}: {fact} (± {error}), near the edge of the usual range ({share})."),
    "finding_outside": Text("{whose}: {fact} (± {error}), outside the usual range ({share})."),
    "finding_unknown": Text("{whose}, {measure}: cannot tell, because {reason}."),
    "finding_too_few_cycles": Text(
        "{whose}, {measure}: cannot tell, because only {n} of the {needed} {cycles} needed could be measured."
    ),
    "finding_too_unsure": Text(
        "{whose}: {fact}, but only to within ± {error}: cannot tell whether that is inside the usual range ({share})."
    ),
    "finding_on_one_line": Text("{whose}: hip, knee and toe stayed on one line as far as the film can tell ({share})."),
    "finding_nothing": Text("Nothing can be told from this film, because {reason}."),
    "finding_not_judged": Text("The table of limits judges nothing here, so the numbers are shown and not judged."),
    "share": Text("{n} of {total} {cycles}"),
    "share_difference": Text("{n} of {total} {cycles} of each leg"),
    # What a number says, without its sign: for more than 0, less than 0 and 0.
    "fact": Text("{measure} {signed}"),
    "fact_fppa_more": Text("seen from the front, the knee bends {value} towards the other leg"),
    "fact_fppa_less": Text("seen from the front, the knee bends {value} away from the other leg"),
    "fact_fppa_none": Text("seen from the front, the leg is straight"),
    "fact_fppa_image_more": Text("in the picture, the knee bends {value} towards the other leg"),
    "fact_fppa_image_less": Text("in the picture, the knee bends {value} away from the other leg"),
    "fact_fppa_image_none": Text("in the picture, the leg is straight"),
    "fact_knee_over_toe_more": Text(
        "the knee lies {value} of the leg's length off the line from hip to toe, towards the other leg"
    ),
    "fact_knee_over_toe_less": Text(
        "the knee lies {value} of the leg's length off the line from hip to toe, away from the other leg"
    ),
    "fact_knee_over_toe_none": Text("the knee lies on the line from hip to toe"),
    "fact_knee_flexion": Text("the knee is bent by {value}"),
    "fact_pelvic_obliquity_more": Text("the hips tip by {value}, the right one higher"),
    "fact_pelvic_obliquity_less": Text("the hips tip by {value}, the left one higher"),
    "fact_pelvic_obliquity_none": Text("the hips are level"),
    "fact_pelvic_obliquity_stance_more": Text("the hips tip by {value}, the standing leg's one higher"),
    "fact_pelvic_obliquity_stance_less": Text("the hips tip by {value}, the standing leg's one lower"),
    "fact_pelvic_obliquity_stance_none": Text("the hips are level"),
    "fact_pelvic_drop_more": Text("against quiet standing, the pelvis drops {value} on the free side"),
    "fact_pelvic_drop_less": Text("against quiet standing, the pelvis rises {value} on the free side"),
    "fact_pelvic_drop_none": Text("the pelvis stays as level as in quiet standing"),
    "fact_trunk_lean_more": Text("the trunk leans {value} to the right"),
    "fact_trunk_lean_less": Text("the trunk leans {value} to the left"),
    "fact_trunk_lean_none": Text("the trunk leans to neither side"),
    "fact_trunk_lean_stance_more": Text("the trunk leans {value} towards the standing leg"),
    "fact_trunk_lean_stance_less": Text("the trunk leans {value} away from the standing leg"),
    "fact_trunk_lean_stance_none": Text("the trunk leans to neither side"),
    "fact_weight_right_share": Text("an estimated {value} of the weight is over the right foot, where 0.50 is even"),
    "fact_knee_ankle_ratio": Text("the knees are {value} times as far apart as the ankles"),
    "fact_difference_more": Text("the {measure} is {value} larger on the left"),
    "fact_difference_less": Text("the {measure} is {value} larger on the right"),
    "fact_difference_none": Text("the {measure} is alike on both sides"),
    "fact_fppa_difference_more": Text("the left knee bends {value} further towards the other leg than the right one"),
    "fact_fppa_difference_less": Text("the right knee bends {value} further towards the other leg than the left one"),
    "fact_fppa_difference_none": Text("left and right knee bend alike"),
    "fact_knee_over_toe_difference_more": Text(
        "the left knee lies {value} of the leg's length further towards the other leg than the right one"
    ),
    "fact_knee_over_toe_difference_less": Text(
        "the right knee lies {value} of the leg's length further towards the other leg than the left one"
    ),
    "fact_knee_over_toe_difference_none": Text("left and right knee lie alike"),
    "fact_pelvic_drop_difference_more": Text("the pelvis drops {value} more while the left leg stands"),
    "fact_pelvic_drop_difference_less": Text("the pelvis drops {value} more while the right leg stands"),
    "fact_pelvic_drop_difference_none": Text("the pelvis drops alike on both legs"),
    "cycles_rep": Text("repetitions"),
    "cycles_step": Text("steps"),
    "cycles_turn": Text("pedal turns"),
    # What is wrong with a table of limits
    "fault_limits_line": Text("line {line}: {fault}"),
    "fault_limits_column": Text("it lacks the column {column}"),
    "fault_limits_empty": Text("it holds no row"),
    "fault_limits_word": Text("{column} is {word!r} instead of {known}"),
    "fault_limits_cells": Text("it has more cells than the first line; put a text with commas into quotes"),
    "fault_limits_order": Text("the limits do not rise from low_outside to high_outside"),
    "fault_limits_difference": Text("a difference is judged by its size, so it has no low limits"),
    "limits_name": Text("the name of a movement"),
    "limits_number": Text("a number"),
    "limits_from_zero": Text("a number from 0 up"),
    "limits_count": Text("a whole number from 1 up"),
    "fault_limits_twice": Text("there is a row for {place} already"),
    # Why there is no value
    "reason_not_seen": Text(
        "a part of the body that it needs was not seen", "Film the whole body from head to toes, with nothing in front."
    ),
    "reason_not_reached": Text("the knee did not pass through that bend"),
    "reason_thigh_towards_camera": Text(
        "the thigh points at the camera", "Go less deep, or look at the values at 30° and 45° of the knee's bend."
    ),
    "reason_shank_towards_camera": Text(
        "the lower leg points towards the camera or away from it",
        "Look at the leg that stands; a foot held far behind cannot be judged.",
    ),
    "reason_thigh_level": Text(
        "the thigh is level or rises towards the knee",
        "Go less deep, or look at the values at 30° and 45° of the knee's bend.",
    ),
    "reason_hip_line": Text(
        "the hips are drawn square to the trunk, whatever the pelvis does", "Judge the pelvis by eye, at the waistband."
    ),
    "reason_raised_thigh": Text(
        "the hips are read wrongly beside a raised thigh", "Judge the pelvis by eye, at the waistband."
    ),
    "reason_trunk_leans": Text("the hips are read wrongly under a leaning trunk", "Keep the trunk upright."),
    "reason_feet_not_level": Text("the feet are not both down at one level", "Keep both feet flat on level ground."),
    "reason_not_on_this_leg_alone": Text(
        "the body does not stand on this leg alone", "Hold the other foot clearly off the ground."
    ),
    "reason_no_standing": Text(
        "the film shows no quiet standing to compare with",
        "Stand still on both feet for a second before the first repetition.",
    ),
    "reason_side_view": Text("the camera looks from the side", "Film from straight in front or behind."),
    "reason_camera_yaw": Text(
        "the camera stands too far to one side for this", "Film from straight in front or behind."
    ),
    "reason_subject_turned": Text("you turned too far aside for this", "Keep facing the same way."),
    "reason_roll_unknown": Text(
        "it is not known how level the camera was", "Level the phone, or give its tilt with --camera-roll."
    ),
    "reason_camera_pitch": Text(
        "it is not known how far the camera looks up or down", "Hold the phone level at hip height."
    ),
    "reason_distance": Text("it is not known how far away the camera was", "Film from three to four steps away."),
    "reason_thigh_length": Text(
        "the length of the thigh is not known well enough",
        "Stand straight and still for a second before the first repetition.",
    ),
    "reason_shank_length": Text(
        "the length of the shank is not known well enough",
        "Stand straight and still for a second before the first repetition.",
    ),
    "reason_trunk_length": Text(
        "the length of the trunk is not known well enough",
        "Stand straight and still for a second before the first repetition.",
    ),
    "reason_trunk_forward": Text(
        "how far the trunk leans forwards is not known well enough",
        "Film from straight in front, and stand still for a second before you start.",
    ),
    "reason_knee_forward": Text(
        "how far forwards the knee is in a leg near straight is not known well enough",
        "Film from straight in front or behind.",
    ),
    "reason_hip_back": Text(
        "how far back the hips are over a leg near straight is not known well enough",
        "Film from straight in front or behind.",
    ),
    "reason_foot_length": Text(
        "the direction of the foot is not known well enough", "Film the feet whole, toes to the camera."
    ),
    "reason_landmarks": Text(
        "the joints cannot be placed exactly enough in this picture",
        "Go nearer, film in good light, and use the heavy model.",
    ),
    "reason_no_cycles": Text("no complete repetition was found"),
    "reason_too_few_cycles": Text("there are too few repetitions"),
    "reason_one_leg_only": Text("only one leg's repetitions are in the film"),
    "reason_too_unsure": Text("the number is too unsure to be held against the usual range"),
    # Why a cycle does not count
    "reason_cut_off": Text("the film begins or ends in the middle of it"),
    "reason_feet_moved": Text("the feet moved"),
    "reason_one_foot_raised": Text("a foot was off the ground"),
    "reason_both_feet_down": Text("both feet were on the ground"),
    "reason_too_shallow": Text("it is too shallow"),
    "reason_too_short": Text("it is too short"),
    "reason_too_long": Text("it is too long"),
    "reason_did_not_sit": Text("it did not begin from a seat"),
    "reason_did_not_stand": Text("it did not end in standing"),
    "reason_not_a_step": Text("the foot did not move on to another step"),
    "reason_not_pedalling": Text("the feet do not go round under hips that stay"),
    "reason_sat_down": Text("it goes down to a seat"),
    "reason_legs_in_step": Text("both legs move together, which is not pedalling"),
    "reason_too_small": Text("the foot's way is too small for a pedal"),
    "reason_film_too_slow": Text("the film has too few pictures a second"),
    # How well the film carries the measures
    "reason_nobody": Text("nobody was found in it"),
    "reason_too_dark": Text("it is too dark"),
    "quality_nobody": Text(
        "Nobody was found in the film.", "Film one person, whole body from head to toes, in good light."
    ),
    "quality_seldom_seen": Text(
        "The person was found in only {percent:.0f} % of the pictures.",
        "Keep the whole body in the picture, with nobody walking in between.",
    ),
    "quality_too_short": Text(
        "The film is only {duration_s:.1f} s long.",
        "Film at least one whole repetition, with a second of standing first.",
    ),
    "quality_too_dark": Text("The film is too dark to trust the joints.", "Film in daylight or switch on the light."),
    "quality_low_rate": Text(
        "The film has only {rate_hz:.1f} pictures a second, too few to follow a movement.",
        "Film with {wanted_hz:.0f} pictures a second or more.",
    ),
    "quality_slow_film": Text(
        "The film has only {rate_hz:.1f} pictures a second, so quick changes are smoothed away (cut-off {filter_hz:.1f} Hz).",
        "Film with {wanted_hz:.0f} pictures a second or more.",
    ),
    "quality_blurred": Text(
        "Most pictures are blurred, so the joints are found coarsely or elsewhere.",
        "Clean the lens, tap on the person to focus, and keep the phone still.",
    ),
    "quality_small_figure": Text(
        "The person is only {height_px:.0f} pixels tall in the picture, so the joints are coarse.",
        "Go nearer, or film in a higher resolution.",
    ),
    "quality_side_view": Text(
        "The camera looks from the {side} side, so nothing sideways of the legs can be seen.", "{place}"
    ),
    "quality_camera_yaw": Text("The camera stood about {yaw_deg:.0f}° to your {side}.", "{place}"),
    "quality_camera_yaw_corrected": Text(
        "The camera stood about {yaw_deg:.0f}° to your {side}; the knee angles were corrected by up to {most_deg:.0f}°.",
        "{place}",
    ),
    "place_front": Text("Film from straight in front."),
    "place_back": Text("Film from straight behind."),
    "place_either": Text("Film from straight in front or behind."),
    "quality_subject_turned": Text(
        "You turned noticeably during the film; the knee angles were turned back with you, less surely.",
        "Keep facing the same way.",
    ),
    "quality_feet_out": Text(
        "The feet are out of the picture or hidden in {percent:.0f} % of the pictures.",
        "Film the whole body down to the toes, with nothing in front.",
    ),
    "quality_hips_out": Text(
        "Hips or knees are out of the picture or hidden in {percent:.0f} % of the pictures.",
        "Film the whole body, with nothing in front.",
    ),
    "quality_shoulders_out": Text(
        "The shoulders are out of the picture or hidden in {percent:.0f} % of the pictures.",
        "Film the whole body, with nothing in front.",
    ),
    "quality_roll_unknown": Text(
        "How level the camera was is not known, so tilts of pelvis and trunk are unsure by {roll_se_deg:.0f}°, and the sharing of the weight with them.",
        "Level the phone, or give its tilt with --camera-roll.",
    ),
    "quality_wrong_activity": Text(
        "Nothing in the film counts as {activity}, because {why}.",
        "Check that the right movement is chosen, and film it from the start to the end.",
    ),
    "quality_few_cycles": Text(
        "{counted} of {total} {cycles} counted; the others did not, mostly because {why}.",
        "Film more repetitions, each from start to end.",
    ),
    "why_no_movement": Text("nothing like it happens"),
    "quality_swaps": Text(
        "Left and right were exchanged in {frames} pictures and put back.", "Check the overlay: L is your left leg."
    ),
    "quality_several_people": Text(
        "Several people are in the picture; person {person} was followed.",
        "Choose another with --person, or film one person alone.",
    ),
    "quality_pelvis_hip_line": Text(
        "Tilt of the pelvis cannot be told: the hips are drawn square to the trunk, whatever the pelvis does.",
        "Judge the pelvis by eye, at the waistband.",
    ),
    "quality_pelvis_raised_thigh": Text(
        "Tilt and drop of the pelvis cannot be told where one leg is bent more than the other: the hips are drawn along with"
        " it.",
        "Judge the pelvis by eye, at the waistband.",
    ),
    "quality_lost": Text("Cannot tell: {measures}, because {why}."),
    "quality_rate_assumed": Text(
        "The film does not say how fast it was recorded; {rate_hz:g} pictures a second were assumed.",
        "Give the rate with --fps.",
    ),
    "quality_damaged": Text(
        "A part of the film could not be decoded and is missing.", "Copy or export it again from the camera."
    ),
}
