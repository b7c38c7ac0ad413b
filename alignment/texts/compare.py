"""Words of the app's Compare page, and of its two films in step."""

from typing import Final

from alignment.texts.text import Text

COMPARE: Final = {
    "compare": Text("Compare"),
    "compare_title": Text("Two films of the same movement"),
    "compare_lead": Text(
        "A first and a later film, or two ways of doing it: side by side, repetition by repetition, and with how large a"
        " change must be before it is more than two films of the same movement differ anyway."
    ),
    "compare_first": Text("First"),
    "compare_second": Text("Second"),
    "compare_swap": Text("Swap"),
    # What there is to choose from
    "compare_empty": Text(
        "Nothing to compare yet.",
        "Analyze two films of the same movement, or bring results that you saved: drop them below.",
    ),
    "compare_one": Text(
        "One result is here; one more is needed.",
        "Analyze another film of the same movement, or drop a result that you saved earlier.",
    ),
    "compare_to_analyze": Text("Analyze a film"),
    "compare_bring": Text("Bring saved results"),
    "compare_drop": Text("Drop saved results here, or choose them"),
    "compare_drop_help": Text(
        "The .zip that Analyze and Live offer (several at once will do), or the files of one result folder: result.json, with"
        " frames.parquet for the curves and overlay.mp4 for the film. They are kept in a temporary folder on this machine and"
        " removed when you leave."
    ),
    "compare_reading": Text("Reading the results …"),
    "compare_let_go": Text("Remove saved results from this page"),
    "compare_gone": Text(
        "A result that was compared here is no longer there.",
        "Films and results are removed some minutes after the last browser window with them was closed. Choose again.",
    ),
    "compare_from_run": Text("analyzed here"),
    "compare_from_saved": Text("saved earlier"),
    "compare_other": Text(
        "The first shows “{before}”, the second “{after}”. Only two films of the same movement can be compared.",
        "Choose another one.",
    ),
    # What came of it
    "compare_summary": Text("In short"),
    "compare_some_changed": Text(
        "{changed} of {told} numbers changed by more than two films of the same movement differ."
    ),
    "compare_one_changed": Text("One of {told} numbers changed by more than two films of the same movement differ."),
    "compare_none_changed": Text(
        "None of the {told} numbers changed by more than two films of the same movement differ."
    ),
    "compare_single_changed": Text(
        "The one number that stands in both changed by more than two films of the same movement differ."
    ),
    "compare_single_same": Text(
        "The one number that stands in both changed by no more than two films of the same movement differ."
    ),
    "compare_none_told": Text("Nothing can be compared, because no number stands in both results."),
    "compare_missing": Text("{count} could not be compared; the table says why."),
    "compare_direction": Text("Whether a change is for the better, the numbers do not say; look at the films."),
    "compare_changes": Text("What changed"),
    "compare_changes_more": Text(
        "Means over the repetitions at the moment that is judged, ± standard error. A change counts only beyond the least one that"
        " can be told: in 95 of 100 cases, two films of the same movement differ by less."
    ),
    "compare_head_number": Text("Number"),
    "compare_head_change": Text("Change"),
    "compare_head_least": Text("Least that counts"),
    "compare_head_verdict": Text("What that says"),
    "compare_changed": Text("changed: more than two films of the same movement differ"),
    "compare_unchanged": Text("no more than two films of the same movement differ"),
    "compare_unknown_which": Text("cannot tell: {reason} ({which})"),
    "compare_both_lack": Text("both"),
    "compare_no_number": Text("–"),
    "compare_towards_stance": Text("On the standing leg: + towards that leg."),
    "compare_difference": Text("Left leg less right leg."),
    "compare_filmed_otherwise": Text("The two were made differently"),
    "compare_touches": Text("It touches: {measures}."),
    "compare_touches_all": Text("It touches every number."),
    "compare_how": Text("How each was filmed"),
    # Films in step
    "compare_films": Text("Both in step"),
    "compare_films_more": Text(
        "Both run from the start to the end of the chosen repetition in the same time; the shorter one is slowed down."
    ),
    "compare_repetition": Text("Repetition"),
    "compare_film_part": Text("**{which}** · {title}, {start_s:.1f} to {end_s:.1f} s"),
    "compare_counts": Text(
        "The first has {before} repetitions that count, the second {after}; they are paired in their order."
    ),
    "compare_no_film": Text(
        "No film with lines.",
        "It was not among the files. Save all files as .zip next time, or analyze the film once more.",
    ),
    "compare_no_repetition": Text(
        "No repetition to show in step: at least one of the two has none that counts on the same leg.",
        "Choose two films on the same leg, and check that whole repetitions are in the part that was analyzed.",
    ),
    "duet_group": Text("Both films"),
    "duet_bar": Text("Place in the repetition"),
    "duet_speed": Text("Speed"),
    "duet_start": Text("Start"),
    "duet_play": Text("Play both"),
    "duet_pause": Text("Pause"),
    "duet_key": Text("Judged moment"),
    # Curves
    "compare_curves": Text("Curves over the repetition"),
    "compare_percent": Text("% of the repetition"),
    "compare_on_left": Text("Repetitions on the left leg"),
    "compare_on_right": Text("Repetitions on the right leg"),
    "compare_curve_key": Text(
        "Lines: mean of the repetitions, the first film's dashed, the second's full. Soft band: from the lowest to the highest"
        " repetition. Triangles and circles: the moment that is judged. Thin line: too unsure to be told. Click anywhere, and both"
        " films go there."
    ),
    "compare_curve_alt": Text(
        "Chart over the repetition: {measure}, {whose}, both films. The table above has the numbers."
    ),
    "compare_no_curves": Text(
        "No curves to lay over each other.",
        "The file frames.parquet was missing from at least one saved result, or no number was measured on the same leg in both.",
    ),
}
