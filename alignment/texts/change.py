"""Two results held against each other: what may be said of the change, and how differently the two were filmed."""

from alignment.texts.text import Text

TEXTS = {
    "other_activity": Text("One result shows {before}, the other {after}.", "Choose two results of the same movement."),
    "change_facing_front": "in front",
    "change_facing_back": "behind",
    "change_facing_left": "on the left",
    "change_facing_right": "on the right",
    "change_facing_unknown": "where it cannot be told",
    "change_filmed_other_side": Text(
        "The camera stood {before} the first time and {after} the second.",
        "Film both times from the same side; a change may come from the camera.",
    ),
    "change_filmed_other_yaw": Text(
        "The camera stood {before:.0f}° aside the first time and {after:.0f}° the second.",
        "Film both times from straight in front; a change may come from the camera.",
    ),
    "change_filmed_other_distance": Text(
        "The camera was {before:.1f} leg lengths away the first time and {after:.1f} the second.",
        "Film both times from the same distance.",
    ),
    "change_filmed_one_level": Text(
        "Only one of the two was filmed with a known vertical.",
        "Give the camera's roll both times, or neither time, before tilts are compared.",
    ),
    "change_other_model": Text(
        "The first was measured with the model {before}, the second with {after}.", "Analyze both with the same model."
    ),
    "change_other_joints": Text(
        "One of the two was measured by a second look at the legs, the other by the landmark model's own joints.",
        "Analyze both films once more, in the same way.",
    ),
    "change_other_version": Text(
        "The first was measured with version {before} of this program, the second with {after}.",
        "Analyze the first film once more with this version.",
    ),
}
