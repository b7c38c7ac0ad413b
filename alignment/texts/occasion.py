"""Several films of one occasion, judged as one: what is said of them, and why some do not go together."""

from alignment.texts.text import Text

TEXTS = {
    "occasion_title": "{films} films of one occasion: {activity}",
    "occasion_nth": "{nth} of film {film}",
    "occasion_film": "Film {number}: {name}",
    "help_one_occasion": (
        "The videos show one person on one occasion: judge their repetitions as one, and tell one list of findings."
    ),
    "occasion_empty": Text("There is no result to judge.", "Give at least one film that was analyzed."),
    "occasion_other_activity": Text(
        "{film} was analyzed as {found}, the other films of the occasion as {known}.",
        "Judge only films of one movement as one occasion.",
    ),
    "occasion_other_model": Text(
        "{film} was measured with the model {found}, the other films of the occasion with {known}.",
        "Analyze all of them with the same model.",
    ),
    "occasion_other_limits": Text(
        "{film} was judged by another table of limits.", "Analyze all films of an occasion with the same table."
    ),
    "occasion_other_height": Text(
        "The films of one occasion tell of several heights ({heights}), so of several people.",
        "Give the same height for all of them, or judge them apart.",
    ),
    "occasion_same_film": Text(
        "{film} was given twice, and its repetitions would count twice.", "Give each film of an occasion once."
    ),
}
