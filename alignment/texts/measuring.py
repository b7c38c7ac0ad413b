"""Measures, findings, and how well the film carries them. A reason_… fills a sentence such as "cannot tell: …"."""

from alignment.texts.text import Text

TEXTS = {
    "measure_fppa": "bend at the knee seen from the front",
    "measure_fppa_image": "bend at the knee in the picture",
    "measure_knee_over_toe": "knee beside the line from hip to toe",
    "measure_knee_over_foot": "knee beside its foot",
    "measure_knee_flexion": "bend of the knee",
    "measure_pelvic_obliquity": "tilt of the pelvis",
    "measure_pelvic_drop": "drop of the pelvis on the free side",
    "measure_pelvic_change": "change in the tilt of the pelvis",
    "measure_trunk_lean": "sideways lean of the trunk",
    "measure_trunk_lean_forward": "forward lean of the trunk",
    "measure_weight_right_share": "weight on the right foot (estimate)",
    "measure_knee_ankle_ratio": "distance of the knees against that of the ankles",
    "plain_fppa": "How far the knee bends sideways, looked at from straight ahead: 0 is straight; above 0 it points towards the other leg.",
    "plain_fppa_image": "How far the knee bends sideways in the picture, wherever the camera stood: above 0 it points towards the other leg.",
    "plain_knee_over_toe": "How far the knee is beside the line from hip to toe, in % of the leg's length: above 0 it is towards the other leg.",
    "plain_knee_over_foot": "How far the knee is beside its own foot, in % of the leg's length: above 0 it is towards the other leg.",
    "plain_knee_flexion": "How far the knee is bent: 0 is a straight leg.",
    "plain_pelvic_obliquity": "How far the hips tip: above 0 the right hip is higher.",
    "plain_pelvic_drop": "How far the hip of the lifted leg sinks, compared with standing: above 0 it is lower.",
    "plain_pelvic_change": "How far the hips tip, compared with standing still, on a bicycle with how they mostly are: above 0 the right hip is higher.",
    "plain_trunk_lean": "How far the trunk leans sideways: above 0 to the person's right.",
    "plain_trunk_lean_forward": "How far the trunk leans forwards: 0 is upright.",
    "plain_weight_right_share": "How much of the weight is on the right foot: 0.5 is even. Estimated from where the body is; nothing is weighed.",
    "plain_knee_ankle_ratio": "How far apart the knees are, compared with the ankles: 1 is as far; less means that the knees are closer together.",
    "whose_left": "Left",
    "whose_right": "Right",
    "whose_body": "Whole body",
    "whose_difference": "Left against right",
    "finding_within": "{head}. Inside the usual range in {share}.",
    "finding_within_one": "{head}. Inside the usual range.",
    "finding_edge": "{head}. Near the edge of the usual range, or beyond, in {share}.",
    "finding_edge_one": "{head}. Near the edge of the usual range.",
    "finding_outside": "{head}. Outside the usual range in {share}.",
    "finding_outside_one": "{head}. Outside the usual range.",
    "finding_shown": "{head}. What is usual here is not known.",
    "finding_unknown": "{whose}: cannot tell, because {reason}.",
    "finding_too_few_cycles": "{whose}: cannot tell, because only {n} of the {needed} {cycles} needed could be measured.",
    "finding_too_unsure": "{whose}: too uncertain in this film.",
    "finding_on_one_line": "{whose}: hip, knee and toe in one line, as far as can be told, in {share}.",
    "finding_nothing": "Nothing can be told, because {reason}.",
    "finding_not_judged": "The table of limits judges nothing here, so the numbers are shown and not judged.",
    "pelvis_from_marks": "The hips were told from two marks worn on the pelvis.",
    "pelvis_from_tags": "The hips were told from two printed tags worn on the pelvis.",
    "pelvis_from_dots": "The hips were told from two coloured dots worn on the pelvis.",
    "pelvis_from_taps": "The hips were told from two points on the pelvis that somebody tapped.",
    # The hips of somebody who wears marks, where nothing says how much is usual
    "finding_hips_level": "Hips: level within {within}° in {share}.",
    "finding_hips_lower": "Hips: the {hip} one is {value}° lower than in quiet standing in {nth}{more}.",
    "finding_hips_drops": "Hips: the {hip} one drops {value}° in {nth}{more}.",
    "finding_hips_rises": "Hips: the {hip} one rises {value}° in {nth}{more}.",
    "hips_others": "; otherwise level within {within}°",
    "hips_beyond": "; they tip by more than the error in {share}",
    "finding_hips_rock": "Hips: they rock by {value}° with the pedals: the left one goes {left_way} {left_deg}° as the left leg pushes, the right one {right_way} {right_deg}° as the right leg does.",
    "finding_hips_rock_little": "Hips: they rock by less than {within}° with the pedals, which is within the error.",
    "hips_apart": "They drop up to {value}° more on the {leg} leg than on the other: {verdict} in {share}.",
    "hips_other_leg": "On the {leg} leg {fact}: {verdict}.",
    "hips_down": "down",
    "hips_up": "up",
    "hips_on_leg": "{nth} on the {leg} leg",
    "told": "{whose}: {told}",
    "share_some": "{n} of {total} {cycles}",
    "share_both": "both {cycles}",
    "share_all": "all {total} {cycles}",
    "share_difference_some": "{n} of {total} {cycles} of each leg",
    "share_difference_both": "both {cycles} of each leg",
    "share_difference_all": "all {total} {cycles} of each leg",
    # Fewer repetitions than make it firm
    "few_one": "Only {some} {cycles}{where}: here is what it shows; {needed} make it firm.",
    "few_many": "Only {some} {cycles}{where}: here is what they show; {needed} make it firm.",
    "few_measured": "Only {some} of {total} {cycles}{where} could be measured; {needed} make it firm.",
    "few_measured_of": "{what}: measured in only {some} of {total} {cycles}{where}; {needed} make it firm.",
    "few_or": " or ",
    "few_both": "",
    "few_each": " a leg",
    "few_left": " on the left leg",
    "few_right": " on the right leg",
    "number_words": "no one two three four five six seven eight nine ten eleven twelve",
    # What the repetitions come to, and the one farthest towards a limit
    "told_mean": "{fact} on average",
    "told_alike": "{fact} throughout",
    "told_worst": "{fact} on average, at most {worst} ({nth})",
    "told_worst_other": "{fact} on average, {worst} in {nth}",
    "told_worst_differs": "{fact} on average, but {worst} in {nth}",
    "nth_rep": "repetition {number}",
    "nth_step": "step {number}",
    "nth_turn": "turn {number}",
    "nth_squat": "squat {number}",
    "nth_single_leg_squat": "squat {number}",
    # The picture of what a share of a leg is
    "leg_share": "{percent}\u00a0% of leg length: as far as this knee stands inside its foot. In somebody {height_m:.2f}\u00a0m tall that is {cm}\u00a0cm.",
    "leg_share_alt": "A leg from the front: its length from hip to ankle is 100 %, its knee stands 10 % of that inside the foot.",
    "leg_share_height_live": "Say how tall you are before you film again, and results are in centimetres.",
    "leg_share_height": "Say how tall you are when you analyze the film, and results are in centimetres.",
    "rough": "about {amount}",
    "rough_pct": "about {value} % of leg length",
    "short_cm": "{value} cm",
    # Of what a sentence speaks
    "subject_fppa_left": "Left knee",
    "subject_fppa_right": "Right knee",
    "subject_fppa_image_left": "Left knee in the picture",
    "subject_fppa_image_right": "Right knee in the picture",
    "subject_knee_over_foot_left": "Left knee",
    "subject_knee_over_foot_right": "Right knee",
    "subject_knee_over_toe_left": "Left knee",
    "subject_knee_over_toe_right": "Right knee",
    "subject_knee_flexion_left": "Left knee",
    "subject_knee_flexion_right": "Right knee",
    "subject_trunk_lean_left": "Trunk, standing on the left leg",
    "subject_trunk_lean_right": "Trunk, standing on the right leg",
    "subject_trunk_lean_body": "Trunk",
    "subject_trunk_lean_forward_body": "Trunk",
    "subject_pelvic_drop_left": "Hips, standing on the left leg",
    "subject_pelvic_drop_right": "Hips, standing on the right leg",
    "subject_pelvic_drop_difference": "Hips, left leg against right",
    "subject_pelvic_obliquity_body": "Hips",
    "subject_pelvic_change_body": "Hips",
    "subject_weight_right_share_body": "Weight left or right",
    "subject_knee_ankle_ratio_body": "Knees and feet",
    # What is said as a whole sentence of its own
    "whole_knee_ankle_ratio_more": "Your knees stay wider apart than your feet",
    "whole_knee_ankle_ratio_less": "Your knees come closer together than your feet",
    "whole_knee_ankle_ratio_none": "Your knees stay as far apart as your feet",
    # What a number says, without its sign: for more than its neutral value, for less, and for about that.
    "fact": "{measure} {signed}",
    "fact_fppa_more": "bent {value} inwards",
    "fact_fppa_less": "bent {value} outwards",
    "fact_fppa_none": "not bent sideways",
    "fact_fppa_image_more": "bent {value} inwards",
    "fact_fppa_image_less": "bent {value} outwards",
    "fact_fppa_image_none": "not bent sideways",
    "fact_knee_over_toe_more": "{value} inwards",
    "fact_knee_over_toe_less": "{value} outwards",
    "fact_knee_over_toe_none": "in line with hip and toe",
    "fact_knee_over_foot_more": "{value} inside the foot",
    "fact_knee_over_foot_less": "{value} outside the foot",
    "fact_knee_over_foot_none": "over the foot",
    "fact_knee_flexion": "bent {value}",
    "fact_pelvic_obliquity_more": "tipped {value}, the right one higher",
    "fact_pelvic_obliquity_less": "tipped {value}, the left one higher",
    "fact_pelvic_obliquity_none": "level",
    "fact_pelvic_obliquity_stance_more": "tipped {value}, the standing leg's one higher",
    "fact_pelvic_obliquity_stance_less": "tipped {value}, the standing leg's one lower",
    "fact_pelvic_obliquity_stance_none": "level",
    "fact_pelvic_drop_more": "{value} lower on the free side than in quiet standing",
    "fact_pelvic_drop_less": "{value} higher on the free side than in quiet standing",
    "fact_pelvic_drop_none": "as level as in quiet standing",
    "fact_pelvic_change_more": "tipped {value} from how they stand, the right one higher",
    "fact_pelvic_change_less": "tipped {value} from how they stand, the left one higher",
    "fact_pelvic_change_none": "as level as in quiet standing",
    "fact_trunk_lean_more": "leaning {value} to the right",
    "fact_trunk_lean_less": "leaning {value} to the left",
    "fact_trunk_lean_none": "leaning to neither side",
    "fact_trunk_lean_stance_more": "leaning {value} towards the standing leg",
    "fact_trunk_lean_stance_less": "leaning {value} away from the standing leg",
    "fact_trunk_lean_stance_none": "leaning to neither side",
    "fact_trunk_lean_forward_more": "leaning {value} forwards",
    "fact_trunk_lean_forward_less": "leaning {value} backwards",
    "fact_trunk_lean_forward_none": "upright",
    "fact_weight_right_share_more": "an estimated {percent} % on the right foot",
    "fact_weight_right_share_less": "an estimated {other_percent} % on the left foot",
    "fact_weight_right_share_none": "even, as far as that can be estimated",
    "fact_difference_more": "the {measure} is {value} larger on the left",
    "fact_difference_less": "the {measure} is {value} larger on the right",
    "fact_difference_none": "the {measure} is alike on both sides",
    "fact_fppa_difference_more": "the left knee bends {value} further inwards than the right one",
    "fact_fppa_difference_less": "the right knee bends {value} further inwards than the left one",
    "fact_fppa_difference_none": "left and right knee bend alike",
    "fact_knee_over_toe_difference_more": "the left knee {value} further inwards than the right one",
    "fact_knee_over_toe_difference_less": "the right knee {value} further inwards than the left one",
    "fact_knee_over_toe_difference_none": "left and right knee alike",
    "fact_knee_over_foot_difference_more": "the left knee {value} further inwards than the right one",
    "fact_knee_over_foot_difference_less": "the right knee {value} further inwards than the left one",
    "fact_knee_over_foot_difference_none": "left and right knee alike",
    "fact_pelvic_drop_difference_more": "the pelvis drops {value} more while the left leg stands",
    "fact_pelvic_drop_difference_less": "the pelvis drops {value} more while the right leg stands",
    "fact_pelvic_drop_difference_none": "the pelvis drops alike on both legs",
    "cycle_rep": "repetition",
    "cycle_step": "step",
    "cycle_turn": "pedal turn",
    "cycle_squat": "squat",
    "cycle_single_leg_squat": "squat",
    "cycles_squat": "squats",
    "cycles_single_leg_squat": "squats",
    "cycles_rep": "repetitions",
    "cycles_step": "steps",
    "cycles_turn": "pedal turns",
    # What is wrong with a table of limits
    "fault_limits_line": "line {line}: {fault}",
    "fault_limits_column": "it lacks the column {column}",
    "fault_limits_empty": "it holds no row",
    "fault_limits_word": "{column} is {word!r} instead of {known}",
    "fault_limits_cells": "it has more cells than the first line; put a text with commas into quotes",
    "fault_limits_order": "the limits do not rise from low_outside to high_outside",
    "fault_limits_difference": "a difference is judged by its size, so it has no low limits",
    "limits_name": "the name of a movement",
    "limits_number": "a number",
    "limits_from_zero": "a number from 0 up",
    "limits_count": "a whole number from 1 up",
    "fault_limits_twice": "there is a row for {place} already",
    # Why there is no value
    "reason_not_seen": Text(
        "a part of the body that it needs was not seen", "Film the whole body from head to toes, with nothing in front."
    ),
    "reason_not_reached": "the knee did not pass through that bend",
    "reason_little_bend": Text("the knee is bent too little for it", "Go deeper, if you can without pain."),
    "reason_foot_end_on": Text(
        "the foot is seen too short to tell where it points",
        "Film from hip height, with the feet whole in the picture.",
    ),
    "reason_feet_turned_differently": Text(
        "the feet seem to be turned out so differently that one toe is probably misplaced",
        "Film in shoes that stand out from the floor, with the feet whole in the picture.",
    ),
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
        "the program sees the hips square to the trunk, whatever they do", "Watch whether your waistband stays level."
    ),
    "reason_raised_thigh": Text(
        "the hips are read wrongly beside a raised thigh", "Watch whether your waistband stays level."
    ),
    "reason_needs_marks": Text(
        "the body alone does not show it: wear two marks",
        "Put two marks on your pelvis: the Learn page shows how, `alignment tags` prints them.",
    ),
    "reason_mark_missing": Text(
        "a mark on the pelvis was not seen then", "Tuck in your shirt, and keep hands and arms off the marks."
    ),
    "reason_marks_crossed": Text(
        "the left and the right mark are exchanged",
        "Tag 5 belongs on your own left side, and your left is tapped first.",
    ),
    "reason_marks_close": Text(
        "the marks are too near to each other in the picture", "Go nearer, or put the marks farther apart."
    ),
    "reason_marks_aslant": Text(
        "the camera looks at the marks aslant, from the side and from above or below",
        "Film from straight in front or behind, with the phone at hip height.",
    ),
    "reason_marks_unclear": Text(
        "the marks are too small in the picture to place exactly", "Go nearer, or put the marks farther apart."
    ),
    "reason_skin_moves": Text(
        "the marks are so near to each other that skin and cloth move them too much",
        "Put the marks farther apart.",
    ),
    "reason_marks_placed": Text(
        "it is not known whether both marks are put on at one height",
        "Put the marks farther apart, both at one height; or look at the change against standing.",
    ),
    "reason_pelvis_turns": Text(
        "the camera looks up or down too steeply, so that a turn of the hips looks like a tilt",
        "Hold the phone level at hip height.",
    ),
    "reason_standing_sways": Text(
        "the hips hardly kept still in standing", "Stand still on both feet for a second before the first repetition."
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
    "reason_front_view": Text("only a film from the side shows it", "Film from the side as well."),
    "reason_far_leg_hidden": Text("the other leg hides it from there", "Film the other side as well."),
    "reason_camera_yaw": Text(
        "the camera stands too far to one side for this", "Film from straight in front or behind."
    ),
    "reason_camera_unknown": Text(
        "another program's landmarks do not tell from where exactly the camera looked", "Analyze the film itself."
    ),
    "reason_subject_turned": Text("you turned too far aside for this", "Keep facing the same way."),
    "reason_roll_unknown": Text(
        "it is not known whether the phone was level", "Level the phone, or say how far it was tilted."
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
    "reason_no_cycles": "no complete repetition was found",
    "reason_too_few_cycles": "there are too few repetitions",
    "reason_one_leg_only": "only one leg's repetitions are in the film",
    "reason_too_unsure": "it is too uncertain in this film",
    # Why a cycle does not count
    "reason_cut_off": "the film begins or ends in the middle of it",
    "reason_camera_moved": Text("the camera moved", "Put the phone down somewhere and film again."),
    "reason_feet_moved": "the feet moved",
    "reason_one_foot_raised": "a foot was off the ground",
    "reason_both_feet_down": "both feet were on the ground",
    "reason_too_shallow": "it is too shallow",
    "reason_too_short": "it is too short",
    "reason_too_long": "it is too long",
    "reason_did_not_sit": "it did not begin from a seat",
    "reason_did_not_stand": "it did not end in standing",
    "reason_not_a_step": "the foot did not move on to another step",
    "reason_level_ground": "the way is level, so this looks like walking and not like stairs",
    "reason_not_pedalling": "the feet do not go round while the hips stay",
    "reason_sat_down": "it goes down to a seat",
    "reason_legs_in_step": "both legs move together, which is not pedalling",
    "reason_too_small": "the foot's way is too small for a pedal",
    "reason_film_too_slow": "the film has too few pictures a second",
    # How well the film carries the measures
    "reason_nobody": "nobody was found in it",
    "reason_too_dark": "it is too dark",
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
    "quality_too_dark": Text("The film is too dark to see your joints.", "Film in daylight or switch on the light."),
    "quality_low_rate": Text(
        "The film has only {rate_hz:.1f} pictures a second, too few to follow a movement.",
        "Film with {wanted_hz:.0f} pictures a second or more.",
    ),
    "quality_slow_film": Text(
        "The film has only {rate_hz:.0f} pictures a second, so quick changes are smoothed away.",
        "Film with {wanted_hz:.0f} pictures a second or more.",
    ),
    "quality_blurred": Text(
        "Most pictures are blurred, so your joints are hard to find.",
        "Clean the lens, tap on the person to focus, and keep the phone still.",
    ),
    "quality_small_figure": Text(
        "You are small in the picture (only {height_px:.0f} pixels tall), so your joints are hard to place.",
        "Go nearer, or film in a higher resolution.",
    ),
    "quality_camera_moved": Text("The camera moved.", "Put the phone down somewhere and film again."),
    "quality_side_view": Text(
        "The camera looks from your {side} side, so it cannot see whether your knees go inwards or outwards.", "{place}"
    ),
    "quality_camera_yaw": Text("The camera stood about {yaw_deg:.0f}° to your {side}.", "{place}"),
    "quality_camera_yaw_corrected": Text(
        "The camera stood about {yaw_deg:.0f}° to your {side}. The knee results allow for that.",
        "{place}",
    ),
    "place_front": "Film from straight in front.",
    "place_back": "Film from straight behind.",
    "place_either": "Film from straight in front or behind.",
    "quality_subject_turned": Text(
        "You turned during the film. The knee results allow for that, but they are less sure.",
        "Keep facing the same way.",
    ),
    "quality_facings": Text(
        "You turned during the film: {facings}. Whether the knees go in or out is judged from front and back only.",
        "Keep facing the same way.",
    ),
    "facings_front": "{count} seen from the front",
    "facings_back": "{count} from behind",
    "facings_left": "{count} from your left side",
    "facings_right": "{count} from your right side",
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
        "We don't know whether the phone was level. For the knees that is fine.",
        "Level the phone, or say how far it was tilted, and leaning and weight become surer.",
    ),
    "quality_wrong_activity": Text(
        "We found nothing that counts as {activity}, because {why}.",
        "Check that the right movement is chosen, and film it from the start to the end.",
    ),
    "quality_other_movement": Text(
        "This looks like another movement: {movement}, not {activity} ({percent:.0f} % sure).",
        "Choose the movement that the film shows.",
    ),
    "quality_few_cycles": Text(
        "{counted} of {total} {cycles} count. The others do not, mostly because {why}.",
        "Film more repetitions, each from start to end.",
    ),
    "why_no_movement": "nothing like it happens",
    "quality_swaps": Text(
        "The program mixed up left and right in {frames} pictures, and put them back.",
        "Check it in the film with lines: L is your left leg.",
    ),
    "quality_several_people": Text(
        "Several people are in the picture; person {person} was followed.",
        "Choose another with --person, or film one person alone.",
    ),
    "quality_needs_marks": Text(
        "Whether your hips stay level cannot be told from the body alone: wear two marks.",
        "Put two marks on your pelvis: the Learn page shows how, `alignment tags` prints them.",
    ),
    "quality_pelvis_hip_line": Text(
        "Whether your hips stay level cannot be told: the program sees them square to the trunk, whatever they do.",
        "Watch whether your waistband stays level.",
    ),
    "quality_pelvis_raised_thigh": Text(
        "Whether your hips stay level cannot be told while one leg is bent more than the other: the program sees them move"
        " along with it.",
        "Watch whether your waistband stays level.",
    ),
    "quality_lost": "{why}.",
    "clinical_quality_lost": "Cannot tell: {measures}, because {why}.",
    "quality_other_program": Text(
        "The landmarks are another program's ({program}). How surely they are placed, and from where exactly the camera looked, is"
        " not known: errors are wider.",
        "Analyze the film itself, if you have it.",
    ),
    "quality_rate_assumed": Text(
        "The film does not say how fast it was recorded; {rate_hz:g} pictures a second were assumed.",
        "Give the rate with --fps.",
    ),
    "quality_damaged": Text(
        "A part of the film could not be decoded and is missing.", "Copy or export it again from the camera."
    ),
}
