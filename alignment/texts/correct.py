"""Words around landmarks that a person puts right: on a key frame, in the result, and where it cannot be done."""

from typing import Final

from alignment.texts.text import Text

CORRECT: Final = {
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
    "by_hand_in": Text("{landmark} in {cycle}"),
    "by_hand_at": Text("{landmark} at {time_s:.2f} s"),
    "by_hand_more": Text("{places} and {count} more"),
    "quality_other_limits": Text(
        "Judged by this version's table of limits; the first analysis used another one.",
        "To judge by a table of your own, analyze the film again with it.",
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
