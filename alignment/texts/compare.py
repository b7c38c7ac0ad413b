"""Words of the app's Compare page, and of its two films in step."""

from alignment.texts.text import Text

TEXTS = {
    "compare": "Compare",
    "compare_title": "Two films of the same movement",
    "compare_lead": (
        "A first and a later film, or two ways of doing it: side by side, repetition by repetition. A change is called real only"
        " if it is larger than two films of the same movement differ anyway."
    ),
    "compare_first": "First",
    "compare_second": "Second",
    "compare_swap": "Swap",
    # What there is to choose from
    "compare_empty": Text(
        "Nothing to compare yet.",
        "Analyze two films of the same movement, or open results that you saved: drop them below.",
    ),
    "compare_one": Text(
        "One result is here; one more is needed.",
        "Analyze another film of the same movement, or drop a result that you saved earlier.",
    ),
    "compare_to_analyze": "Analyze a film",
    "compare_bring": "Open saved results",
    "compare_drop": "Drop saved results here, or choose them",
    "compare_drop_help": (
        "The .zip that Analyze and Live offer (several at once will do), or the files of one result folder: result.json, with"
        " frames.parquet for the curves and overlay.mp4 for the film. They are kept in a temporary folder on this machine and"
        " removed when you leave."
    ),
    "compare_reading": "Reading the results …",
    "compare_let_go": "Remove saved results from this page",
    "compare_gone": Text(
        "A result that was compared here is no longer there.",
        "Films and results are removed some minutes after the last browser window with them was closed. Choose again.",
    ),
    "compare_from_run": "analyzed here",
    "compare_from_saved": "saved earlier",
    "compare_other": Text(
        "The first shows “{before}”, the second “{after}”. Only two films of the same movement can be compared.",
        "Choose another one.",
    ),
    # What came of it
    "compare_summary": "In short",
    "compare_some_changed": "{changed} of {told} numbers really changed.",
    "compare_one_changed": "One of {told} numbers really changed.",
    "compare_none_changed": "No real change in any of the {told} numbers.",
    "compare_single_changed": "The one number that stands in both really changed.",
    "compare_single_same": "No real change in the one number that stands in both.",
    "compare_real": "Real: by more than two films of the same movement differ anyway, in 95 of 100 cases.",
    "compare_none_told": "Nothing can be compared, because no number stands in both results.",
    "compare_missing": "{count} could not be compared; the table says why.",
    "compare_direction": "Whether a change is for the better, the numbers do not say; look at the films.",
    "compare_changes": "What changed",
    "compare_changes_more": (
        "Averages over the repetitions at the moment that is judged, ± standard error. A change is real beyond the MDC, the"
        " least that can be told: in 95 of 100 cases, two films of the same movement differ by less."
    ),
    "compare_head_number": "Number",
    "compare_head_change": "Change",
    "compare_head_verdict": "What that says",
    "compare_changed": "A real change",
    "compare_unchanged": "No real change",
    "compare_unknown_which": "cannot tell: {reason} ({which})",
    "compare_both_lack": "both",
    "compare_no_number": "–",
    "compare_towards_stance": "On the standing leg: + towards that leg.",
    "compare_difference": "Left leg less right leg.",
    "compare_filmed_otherwise": "The two were made differently",
    "compare_touches": "It touches: {measures}.",
    "compare_touches_all": "It touches every number.",
    "compare_how": "How each was filmed",
    # Films in step
    "compare_films": "Both in step",
    "compare_films_more": "Both run from the start to the end of the chosen repetition in the same time; the shorter one is slowed down.",
    "compare_repetition": "Repetition",
    "compare_film_part": "**{which}** · {title}, {start_s:.1f} to {end_s:.1f} s",
    "compare_counts": "The first has {before} repetitions that count, the second {after}; they are paired in their order.",
    "compare_no_film": Text(
        "No film with lines.",
        "It was not among the files. Save all files as .zip next time, or analyze the film once more.",
    ),
    "compare_no_repetition": Text(
        "No repetition to show in step: at least one of the two has none that counts on the same leg.",
        "Choose two films on the same leg, and check that whole repetitions are in the part that was analyzed.",
    ),
    "duet_group": "Both films",
    "duet_bar": "Place in the repetition",
    "duet_speed": "Speed",
    "duet_start": "Start",
    "duet_play": "Play both",
    "duet_pause": "Pause",
    "duet_key": "Judged moment",
    # Curves
    "compare_curves": "Curves over the repetition",
    "compare_percent": "% of the repetition",
    "compare_on_left": "Repetitions on the left leg",
    "compare_on_right": "Repetitions on the right leg",
    "compare_curve_key": (
        "Lines: mean of the repetitions, the first film's dashed, the second's full. Soft band: from the lowest to the highest"
        " repetition. Triangles and circles: the moment that is judged. Thin line: too unsure to be told. Click anywhere, and both"
        " films go there."
    ),
    "compare_curve_alt": "Chart over the repetition: {measure}, {whose}, both films. The table above has the numbers.",
    "compare_no_curves": Text(
        "No curves to lay over each other.",
        "The file frames.parquet was missing from at least one saved result, or no number was measured on the same leg in both.",
    ),
}
