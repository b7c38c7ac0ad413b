"""Words of what goes into records and out of them: analyses taken up, archives, and the commands for both."""

from typing import Final

from alignment.texts.text import Text

EXCHANGE: Final = {
    # An analysis taken up
    "records_two_films": Text(
        "{result} and {track} in {folder} come from two different analyses.",
        "Analyze the film once more, or give the folder as the analysis left it.",
    ),
    "records_other_film": Text(
        "{path} is not the film that was analyzed ({name}).",
        "Give that film, unchanged, or leave it out: pictures are then taken from the overlay.",
    ),
    "records_bad_overlay": Text(
        "The overlay {path} cannot be read, so no pictures can be taken from it.",
        "Remove that file, or give the film that was analyzed.",
    ),
    "records_video_missing": Text("There is no film to keep.", "Say which film was analyzed."),
    "records_video_no_file": Text(
        "{path} is a folder of pictures, and only a film in one file can be kept.",
        "Use it for the pictures alone, without keeping it.",
    ),
    "records_operator_long": Text("The name is too long.", "Use {most} letters at most."),
    "records_operator_not_kept": Text(
        "The name cannot be kept in {path}: {fault}.", "Allow writing there, or give the name each time."
    ),
}
