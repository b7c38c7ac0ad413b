"""A summary in; what the person is told, as codes with their numbers, the most telling first, out."""

from collections.abc import Container, Sequence
from math import sqrt
from typing import Final

from alignment.core.result.parts import (
    Cycle,
    Finding,
    OccasionFilm,
    Summary,
    Value,
    Values,
    Verdict,
    Whose,
    commonest,
    ordinal,
)
from alignment.core.skeleton import OTHER

_MOST_TELLING: Final = (Verdict.OUTSIDE, Verdict.EDGE, Verdict.WITHIN, None, Verdict.UNKNOWN)
#: What is told although nothing judges it, where nothing else can be: how deep somebody went, how far forwards they lean.
_SHOWN: Final = ("knee_flexion", "trunk_lean_forward")
#: What tells the hips in one sentence where nothing says how much is usual, and how many errors are more than error.
_HIPS: Final = ("pelvic_drop", "pelvic_change")
_BEYOND_ERROR: Final = 2.0
#: What is told of a run or a walk, in which nothing is judged: how often, where and how a foot lands, and what goes on over
#: it; of these one leg's own numbers alone, since those of both cancel.
_OF_GAIT: Final = (
    "cadence",
    "step_length",
    "foot_angle_contact",
    "overstride",
    "duty_factor",
    "double_support",
    "step_right_share",
    "step_width",
    "thigh_adduction",
    "trunk_lean",
)
_OF_A_LEG: Final = ("trunk_lean",)
#: Beyond the first of these angles a foot lands on its heel, beyond the second on its front (Altman 2012), and in between on
#: its middle; nearer to flat than `_GREY_DEG`, with all of its error, it lands on neither end.
_HEEL_DEG, _FRONT_DEG, _GREY_DEG = 8.0, -1.6, 5.0
FAR_LEG: Final = "far_leg_hidden"
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
    and the trunk's lean; a leg's own number where left against right is judged and the other leg was not seen. The hips of
    somebody who wears marks are told in one sentence (`one_of_hips`). `leg_m` is how long the person's legs are, where
    that is known; `films` are those of an occasion.
    """
    counted = [cycle for cycle in cycles if not cycle.rejected]
    if not any(row.mean is not None for row in summary):
        reasons = [row.reason or "" for row in summary]
        # That the other leg hides from there is no reason why the near one says nothing.
        why = commonest([one for one in reasons if one != FAR_LEG] or reasons)
        return (Finding("nothing", "body", Verdict.UNKNOWN, None, {"reason": why}),)
    hips = _hips(summary, counted, activity, leg_m, films)
    judged = one_of_hips([row for row in summary if row.verdict is not None], bool(hips))
    if not judged:
        gait = [
            row
            for name in _OF_GAIT
            for row in summary
            if row.measure == name and row.mean is not None and not (name in _OF_A_LEG and row.side == "body")
        ]
        told = [
            Finding(_of_gait(row), row.side, None, row.measure, row_values(row, counted, activity, leg_m, films))
            for row in gait
        ]
        if told:
            return (*told, *hips)
        return hips or (Finding("not_judged", "body", Verdict.UNKNOWN, None, {}),)
    if all(row.mean is None for row in judged):
        shown = {*_SHOWN, *(row.measure for row in judged)}.difference(_HIPS if hips else ())
        judged += [row for row in summary if row.verdict is None and row.measure in shown and row.mean is not None]
    told = [
        Finding(
            _code(row),
            row.side,
            row.verdict,
            row.measure,
            {**row_values(row, counted, activity, leg_m, films), **_other_leg(row, summary)},
        )
        for row in judged
    ]
    return tuple(sorted([*told, *hips], key=lambda one: _MOST_TELLING.index(one.verdict)))


def one_of_hips(judged: Sequence[Summary], told: bool) -> list[Summary]:
    """The judged rows with one about the hips at most that has a number: the most telling, which speaks of the others, too.

    None where the hips are `told` by a sentence of their own, which says where left and right differ.
    """
    hips = [
        row for row in judged if row.measure in _HIPS and (row.mean is not None or (told and row.side == "difference"))
    ]
    numbered = [row for row in hips if row.mean is not None]
    first = min(
        numbered, key=lambda row: (_MOST_TELLING.index(row.verdict), -abs(row.worst or row.mean or 0.0)), default=None
    )
    return [row for row in judged if row not in hips or (not told and row is first)]


def _other_leg(row: Summary, summary: Sequence[Summary]) -> Values:
    """What the sentence about the hips says of the other leg; nothing in all others."""
    if row.measure not in _HIPS or row.side not in ("left", "right"):
        return {}
    others = [one for one in summary if one.measure == row.measure and one.side in OTHER and one.side != row.side]
    told = next((one for one in others if one.mean is not None and one.verdict is not None), None)
    return (
        {} if told is None else {"other_mean": told.mean, "other_side": told.side, "other_verdict": str(told.verdict)}
    )


def _apart(summary: Sequence[Summary], counted: Sequence[Cycle]) -> tuple[Verdict | None, Values]:
    """Where left and right differ by more than is usual: that verdict, and which leg by how much more, how often."""
    for row in summary:
        if row.measure in _HIPS and row.side == "difference" and row.verdict in (Verdict.OUTSIDE, Verdict.EDGE):
            more = row.worst if row.worst is not None else row.mean or 0.0
            return row.verdict, {
                "apart_deg": abs(more),
                "apart_leg": "left" if more > 0 else "right",
                "apart_verdict": str(row.verdict),
                "apart_n": row.n if row.sharing is None else row.sharing,
                "apart_total": _total(row, counted) if row.sharing is None else row.n,
            }
    return None, {}


def _hips(
    summary: Sequence[Summary],
    counted: Sequence[Cycle],
    activity: str,
    leg_m: float | None,
    films: Sequence[OccasionFilm],
) -> tuple[Finding, ...]:
    """What the hips do where nothing judges that: level within the error, or by how much they tip at most, and when."""
    rows = {
        (row.measure, row.side): row
        for row in summary
        if row.measure in _HIPS and row.verdict is None and row.side != "difference" and row.mean is not None
    }
    told = [(cycle, value) for cycle in counted for value in cycle.values if _counts(value, rows)]
    if not told:
        return ()
    sizes = [abs(value.value or 0.0) for _, value in told]
    errors = [_BEYOND_ERROR * (value.standard_error or 0.0) for _, value in told]
    beyond = [size > error for size, error in zip(sizes, errors, strict=True)]
    worst, value = told[max(range(len(told)), key=lambda at: (beyond[at], sizes[at]))]
    row = rows[value.measure, value.side]
    film = film_of(worst.index, films) if films else None
    of_film = [cycle for cycle in counted if film is None or film_of(cycle.index, films) == film]
    values = {
        **row_values(row, counted, activity, leg_m, films),
        "worst": value.value,
        "worst_number": ordinal(worst, of_film),
        **({"worst_film": film} if films else {}),
        "measured": len(told),
        "beyond": sum(beyond),
        "within_deg": max(errors),
        "leg": None if worst.side == "both" else worst.side,
    }
    verdict, apart = _apart(summary, counted)
    values |= apart
    sides = {side: [one.value or 0.0 for cycle, one in told if cycle.side == side] for side in ("left", "right")}
    if worst.kind == "turn" and all(sides.values()):
        left, right = (sum(one) / len(one) for one in sides.values())
        # Each leg's down-stroke, its own hip going down with it or not.
        rocks = {"left_down": left, "right_down": -right, "rocks_deg": abs(left - right)}
        values["within_deg"] = sqrt(2.0) * max(errors)
        return (Finding("hips_rock", row.side, verdict, row.measure, {**values, **rocks}),)
    return (Finding("hips_tip" if values["beyond"] else "hips_level", row.side, verdict, row.measure, values),)


def _counts(value: Value, rows: Container[tuple[str, Whose]]) -> bool:
    return value.at == "key" and value.value is not None and (value.measure, value.side) in rows


def kind_of_landing(angle_deg: float) -> str:
    """On which part a foot lands that meets the ground at this angle, + toes up: Altman 2012."""
    return "heel" if angle_deg > _HEEL_DEG else "front" if angle_deg < _FRONT_DEG else "middle"


def _of_gait(row: Summary) -> str:
    """What a number of a run says: on which part a foot lands, if its interval lies clear of the next kind."""
    if row.measure != "foot_angle_contact" or row.mean is None:
        return "told"
    low, high = row.interval_low or 0.0, row.interval_high or 0.0
    if low > _GREY_DEG and row.mean > _HEEL_DEG:
        return "lands_heel"
    if high < -_GREY_DEG:
        return "lands_front"
    middle = max(-low, high) <= _GREY_DEG and _FRONT_DEG <= row.mean <= _HEEL_DEG
    return "lands_middle" if middle else "lands_unclear"


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
