"""Words around landmarks that a person puts right: on a key frame, in the result, and where it cannot be done."""

from alignment.texts.text import Text

TEXTS = {
    **{
        f"landmark_{side}_{part}": Text(f"{side} {part}")
        for side in ("left", "right")
        for part in ("shoulder", "hip", "knee", "ankle", "heel", "toe")
    },
    # What a result with corrections says
    "quality_by_hand": Text(
        "Moved by hand on key frames: {places}.",
        "The numbers as the model alone gave them return when that is taken back.",
    ),
    "by_hand_in": "{landmark} in {cycle}",
    "by_hand_at": "{landmark} at {time_s:.2f} s",
    "by_hand_more": "{places} and {count} more",
    "quality_other_limits": Text(
        "Judged by this version's table of limits; the first analysis used another one.",
        "To judge by a table of your own, analyze the film again with it.",
    ),
    # The page
    "correct_lead": (
        "Where a joint is plainly not where its ring lies, put the ring on it; the numbers follow at once and are kept only with"
        " “Save”. A hand places a joint to about 1 % of a leg, which is no better than the model as a rule: move only what is"
        " plainly off."
    ),
    "correct_repetition": "Repetition",
    "correct_frame": "{name}, at {time_s:.1f} s",
    "correct_frame_moved": "{name} · moved by hand",
    "correct_between": "Between repetitions",
    "correct_no_frames": Text(
        "No pictures were kept with this analysis, so no joint can be moved.",
        "Add the analysis again together with its film, or with the folder that holds the film with lines.",
    ),
    "correct_no_picture": Text(
        "This picture cannot be read.", "Choose another repetition, or add the analysis again together with its film."
    ),
    "correct_drawn": "Only the film with lines was at hand, so the first lines are part of the picture; the rings lie over them.",
    "correct_changes": "What changes",
    "correct_nothing_moved": "Nothing is moved. Take hold of a ring and put it where the joint is.",
    "correct_has": "This analysis was corrected before:",
    "correct_moved": "{place} moved by {px:.0f} px, {percent:.1f} % of leg length",
    "correct_moved_px": "{place} moved by {px:.0f} px",
    "correct_placed": "{place} placed by hand, where the model did not see it",
    "correct_as_model": "{place} again as the model has it",
    "correct_small": Text(
        "A move of less than 1 % of a leg is within what a hand is off by itself.",
        "Leave a joint as it is unless it is plainly beside its place.",
    ),
    "correct_verdict": "{name}: {before} → {after}",
    "correct_no_verdict": "No verdict changes.",
    "correct_not_counted": Text(
        "{cycle} would no longer count, because {why}.",
        "Look whether the ring lies where the joint is, or undo the move.",
    ),
    "correct_not_found": "it is not found any more",
    "correct_counts": Text(
        "{after} repetitions would count instead of {before}.",
        "A step begins and ends with the feet, so that a moved foot may move its neighbour's bounds.",
    ),
    "correct_over_all": "Mean of all",
    "correct_stay": "{count} other numbers stay as they are.",
    "correct_all_stay": "All {count} numbers stay as they are.",
    "correct_version": Text(
        "The kept numbers are by version {before}; saving computes them anew by version {after}.",
        "What stands before each arrow is by this version, too: only what was moved makes the difference.",
    ),
    "correct_note": "Note",
    "correct_note_hint": "Why, for whoever reads this later; may stay empty",
    "correct_signed": "Kept with it: {name}, the time, and what was moved by how much.",
    "correct_unsigned": "Kept with it: the time, and what was moved by how much. No name is set; set one at the top of the page.",
    "correct_save": "Save the correction",
    "correct_drop": "Drop it",
    "correct_saved": "The correction is saved, and the numbers are those with it.",
    "correct_take_back": "Take all corrections back",
    "correct_take_back_more": "All joints of this analysis are then where the model has them. What was moved stays readable in the subject's history.",
    "correct_take_back_yes": "Take them back",
    "correct_taken_back": "All corrections are taken back, and the numbers are those of the model alone.",
    "correct_somebody": "Somebody else",
    "correct_conflict": Text(
        "{name} changed this analysis meanwhile: {what}. Nothing of yours is lost.",
        "Below is the newest state with what you moved on it. Look at it, and save once more.",
    ),
    "correct_conflict_back": "the corrections were taken back",
    # The picture with handles
    "drag_image": "Key frame with a ring on each joint",
    "drag_group": "Move and undo",
    "drag_steps": "Move the chosen joint by one pixel",
    "drag_left": "Left by one pixel",
    "drag_up": "Up by one pixel",
    "drag_down": "Down by one pixel",
    "drag_right": "Right by one pixel",
    "drag_undo": "Undo",
    "drag_model": "As the model has it",
    "drag_reset": "Reset",
    "drag_whole": "Whole picture",
    "drag_close": "Close up",
    "drag_none": "No joint is chosen.",
    "drag_as_model": "as the model has it",
    "drag_unseen": "not seen by the model; put it where it is",
    "drag_placed": "not seen by the model, placed by hand",
    "drag_moved": "moved by {px} px{percent}",
    "drag_percent": ", {percent} % of leg length",
    "drag_hint": (
        "Drag a ring, or choose it and use the arrow keys or arrow buttons: one pixel, with Shift ten. Dashed rings are joints that"
        " the model did not see. L and R are the person's own sides."
    ),
    # Why a correction cannot be used
    "correction_landmark": Text(
        "{landmark!r} is no landmark that can be moved.", "Move shoulders, hips, knees, ankles, heels or toes."
    ),
    "correction_no_frame": Text(
        "The landmarks hold no picture at {time_s:.3f} s.", "Move landmarks on a key frame of the same analysis."
    ),
    "correction_outside": Text(
        "({x_px:.0f}, {y_px:.0f}) lies outside the picture.", "Put the landmark on a point inside the picture."
    ),
    "recompute_activity": Text(
        "This version does not know the movement “{activity}” of the result.",
        "Use the version that made it, or a newer one.",
    ),
}
