"""The sheet of two tags to wear at the waist, and the command that writes it."""

from alignment.texts.text import Text

TEXTS = {
    "help_tags": (
        "Write the sheet of two tags to wear on the waistband, to be printed at 100 %: with them a film shows how far the hips"
        " tip. Any film in which both are seen is read so; nothing has to be switched on."
    ),
    "help_tags_out": "Where to write the PDF, or with - to the standard output.",
    "tags_in": "The sheet: {path}. Print it at 100 % on A4 or Letter.",
    "tags_not_writable": Text("The sheet cannot be written to {path}: {fault}.", "Choose another place with --out."),
    # On the sheet
    "tags_title": "Two tags for the waistband",
    "tags_print": "Print at 100 % (“actual size”), on A4 or Letter on its side.",
    "tags_ruler": "10 cm on your own ruler? Then the print is right.",
    "tags_cut": "cut along both dashed lines",
    "tags_front": "IN FRONT: this edge up",
    "tags_behind": "BEHIND: this edge up",
    "tags_left": "your LEFT",
    "tags_right": "your RIGHT",
    "tags_middle": "middle: navel or spine",
    "tags_wear": (
        "Tuck your shirt in and tape the strip flat and level onto a tight waistband: in front if you are filmed from the front, behind"
        " if from behind. Keep hands and shirt off it."
    ),
    "tags_turn": (
        "In front, the edge that says IN FRONT is up. Behind, turn the strip upside down, so that BEHIND is up. Then the square"
        " marked LEFT is on your own left side, both times."
    ),
    "tags_far": "Put the phone at most {metres} m away, level, at the height of your hips, and film in 1080p or better.",
    "tags_left_alt": "The tag for your left side: number 5",
    "tags_right_alt": "The tag for your right side: number 6",
}
