"""Numbers, dates and sides in a report's words: values of a result in, short texts out."""

from collections.abc import Sequence
from datetime import date

from alignment.activities import ACTIVITIES
from alignment.assessment import amount, minus, reason_text
from alignment.measures import MEASURES
from alignment.result import Cycle, LimitUsed, Reason, Result, Summary, Verdict
from alignment.texts import known, say

#: The marks of the page: a verdict's, or that of a number which nothing judges.
NOT_JUDGED = "shown"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def bare(value: float | None, unit: str) -> str:
    """A number without its unit."""
    return amount(value, unit).rstrip("° %")


def day(when: date | None) -> str:
    """A date as people write it, 3 May 2026; empty where there is none."""
    if when is None:
        return ""
    return say("report_date", day=when.day, month=say(f"report_month_{when.month}").message, year=when.year).message


def activity_title(result: Result) -> str:
    """What the film shows; the bare name of a movement that this version does not know."""
    activity = ACTIVITIES.get(result.activity)
    return activity.title if activity else capital(result.activity.replace("_", " "))


def measure_name(measure: str) -> str:
    """A measure's name as a title."""
    return capital(say(f"measure_{measure}").message)


def is_stance(row: Summary) -> bool:
    """Whether the row is a whole body's measure counted towards the leg that stands."""
    return row.side in ("left", "right") and not MEASURES[row.measure].sided


def short_name(measure: str) -> str:
    """A measure's name and unit where there is little room."""
    code = f"report_short_{measure}"
    return say(code).message if known(code) else measure_name(measure)


def unit_name(unit: str) -> str:
    """What a unit is called."""
    return say(f"report_unit_{unit}" if known(f"report_unit_{unit}") else f"chart_unit_{unit}").message


def side_name(row: Summary) -> str:
    """Whose number a row holds."""
    return say(f"report_stance_{row.side}" if is_stance(row) else f"report_side_{row.side}").message


def count(kept: Sequence[Cycle]) -> str:
    """How many repetitions were counted; at least one."""
    number_of = "one" if len(kept) == 1 else "many"
    return say(f"report_plain_{kept[0].kind}_{number_of}", count=len(kept)).message


def verdict_words(row: Summary) -> str:
    """A row's verdict in the agreed words."""
    return say("verdict_none" if row.verdict is None else f"verdict_{row.verdict}").message


def mark_of(verdict: Verdict | None) -> str:
    """The name of the mark that stands before a verdict."""
    return NOT_JUDGED if verdict is None else str(verdict)


def usual(limit: LimitUsed | None, *, size_only: bool = False) -> str:
    """The usual range and, in brackets, how far its edge reaches; empty where nothing is judged.

    `size_only` is that of a difference, of which only the size counts.
    """
    if limit is None:
        return ""
    inner = _range(limit.low, limit.high, size_only=size_only)
    outer = _range(limit.low_outside, limit.high_outside, size_only=size_only)
    return say("report_usual", inner=inner, outer=outer).message if inner and outer else inner or outer


def _range(low: float | None, high: float | None, *, size_only: bool) -> str:
    """A range with as many decimals as its limits have."""
    if low is None and high is None:
        return ""
    if size_only:
        code = "size"
    elif low is not None and high is not None:
        code = "between" if low < 0 else "positive"
    else:
        code = "to" if low is None else "from"
    told = {name: "" if end is None else minus(f"{end:g}") for name, end in (("low", low), ("high", high))}
    return say(f"report_range_{code}", **told).message


def remedy(code: str, otherwise: str) -> str:
    """The way out in words that fit on paper, where the catalogue's is a command's option."""
    return say(f"report_remedy_{code}").message if known(f"report_remedy_{code}") else otherwise


def points(reasons: Sequence[Reason]) -> list[tuple[str, str]]:
    """What limits a film, each with its way out as paper has it."""
    return [(one.message, remedy(one.code, one.remedy)) for one in reasons]


def unknown(result: Result) -> list[tuple[list[str], str]]:
    """What cannot be told of what is judged: for each reason's code the measures with their sides, most telling first."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in result.summary:
        if row.verdict is Verdict.UNKNOWN:
            found.setdefault(row.reason or "", {}).setdefault(row.measure, []).append(row.side)
    return [([_with_sides(name, sides) for name, sides in named.items()], code) for code, named in found.items()]


def _with_sides(measure: str, sides: Sequence[str]) -> str:
    name = say(f"measure_{measure}").message
    if "body" in sides:
        return name
    return say(
        "report_named", measure=name, sides=", ".join(say(f"report_of_{side}").message for side in sides)
    ).message


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a row with an "and"; more than `most` are counted."""
    shown = list(names)
    if len(shown) > most:
        shown = [*shown[: most - 1], say("report_others", count=len(shown) - most + 1).message]
    if len(shown) < 2:
        return "".join(shown)
    return say("report_and", first=", ".join(shown[:-1]), last=shown[-1]).message


def because(code: str | None) -> str:
    """The sentence part for a reason's code; one that this version does not know is told by its code."""
    return reason_text(code) if code is None or known(f"reason_{code}") else code.replace("_", " ")
