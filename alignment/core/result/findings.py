"""A summary in; what the person is told, as codes with their numbers, the most telling first, out."""

from collections.abc import Sequence
from typing import Final

from alignment.core.result.parts import Cycle, Finding, OccasionFilm, Summary, Values, Verdict, commonest, ordinal

_MOST_TELLING: Final = (Verdict.OUTSIDE, Verdict.EDGE, Verdict.WITHIN, None, Verdict.UNKNOWN)
#: What is told although nothing judges it, where nothing else can be: how deep somebody went, how far forwards they lean.
_SHOWN: Final = ("knee_flexion", "trunk_lean_forward")
#: Reasons that are told with their numbers.
_NUMBERED: Final = ("too_few_cycles", "too_unsure")
#: Thigh and shank together, from joint to joint, as a share of a person's height: Winter 2009.
_LEG_PER_HEIGHT: Final = 0.491


def leg_m_of(height_m: float | None) -> float | None:
    """How long the legs of somebody so tall are; None where that is not known."""
    return None if height_m is None else _LEG_PER_HEIGHT * height_m


def findings(
    summary: Sequence[Summary],
    cycles: Sequence[Cycle],
    activity: str,
    leg_m: float | None = None,
    films: Sequence[OccasionFilm] = (),
) -> tuple[Finding, ...]:
    """One for each judged row, the most telling first; a single one where nothing is measured or judged.

    Where no judged row has a number, those that are only shown come first: from the side, the bend of the nearer knee
    and the trunk's lean; a leg's own number where left against right is judged and the other leg was not seen. `leg_m` is
    how long the person's legs are, where that is known; `films` are those of an occasion.
    """
    counted = [cycle for cycle in cycles if not cycle.rejected]
    if not any(row.mean is not None for row in summary):
        why = commonest([row.reason or "" for row in summary])
        return (Finding("nothing", "body", Verdict.UNKNOWN, None, {"reason": why}),)
    judged = [row for row in summary if row.verdict is not None]
    if not judged:
        return (Finding("not_judged", "body", Verdict.UNKNOWN, None, {}),)
    if all(row.mean is None for row in judged):
        shown = {*_SHOWN, *(row.measure for row in judged)}
        judged += [row for row in summary if row.verdict is None and row.measure in shown and row.mean is not None]
    judged.sort(key=lambda row: _MOST_TELLING.index(row.verdict))
    return tuple(
        Finding(_code(row), row.side, row.verdict, row.measure, row_values(row, counted, activity, leg_m, films))
        for row in judged
    )


def _code(row: Summary) -> str:
    if row.verdict is None:
        return "shown"
    if row.verdict is Verdict.UNKNOWN:
        return str(row.reason) if row.reason in _NUMBERED else str(Verdict.UNKNOWN)
    if row.provisional:
        return "provisional"
    return "on_one_line" if on_one_line(row) else str(row.verdict)


def row_values(
    row: Summary,
    counted: Sequence[Cycle],
    activity: str,
    leg_m: float | None,
    films: Sequence[OccasionFilm] = (),
) -> Values:
    """A row's numbers, as the sentence about it needs them; the worst repetition is numbered within its film."""
    worst = next((cycle for cycle in counted if cycle.index == row.worst_cycle), None)
    film = None if worst is None or not films else film_of(worst.index, films)
    of_film = [cycle for cycle in counted if film is None or film_of(cycle.index, films) == film]
    return {
        "mean": row.mean,
        "standard_error": row.standard_error,
        "unit": row.unit,
        "n": row.n,
        "total": _total(row, counted),
        "needed": row.limit.min_cycles if row.limit else None,
        "activity": activity,
        "kind": counted[0].kind if counted else None,
        "reason": row.reason,
        "worst": row.worst,
        "worst_number": None if worst is None else ordinal(worst, of_film),
        **({"worst_film": film} if films else {}),
        "sharing": row.sharing,
        "differ": row.differ,
        "leg_m": leg_m,
        # Whether each repetition is one leg's.
        "a_leg": any(cycle.side != "both" for cycle in counted),
    }


def film_of(index: int, films: Sequence[OccasionFilm]) -> int:
    """The number, from 1, of the film that an occasion's cycle is from."""
    return sum(film.first_cycle <= index for film in films)


def on_one_line(row: Summary) -> bool:
    """Whether a row says that hip, knee and toe stayed on one line: a leg's distance of about 0 in every repetition."""
    if row.verdict is not Verdict.WITHIN or row.measure != "knee_over_toe" or row.side == "difference":
        return False
    return not row.near and (row.interval_low or 0.0) <= 0.0 <= (row.interval_high or 0.0) and _alike(row)


def _alike(row: Summary) -> bool:
    """Whether the repetitions differ so little that what is said of their mean holds for each of them."""
    bounds = [bound for bound in (row.limit.low, row.limit.high) if bound is not None] if row.limit else []
    return row.sd is None or (bool(bounds) and row.sd <= min(map(abs, bounds)) / 2)


def _total(row: Summary, counted: Sequence[Cycle]) -> int:
    """Of how many cycles a row speaks; of each leg's, where of both."""
    sides = ("left", "right") if row.side == "difference" else (row.side,)
    return min(sum(side in ("body", cycle.side) or cycle.side == "both" for cycle in counted) for side in sides)
