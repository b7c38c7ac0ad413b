"""Numbers, dates and sides in a report's words: values of a result in, short texts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alignment.core.measures import MEASURES
from alignment.core.result import Cycle, LimitUsed, Result, Summary, Verdict
from alignment.texts import is_known, say
from alignment.views.wording import bare_amount, measure_name, minus, told_reasons

#: The marks of the page: a verdict's, or that of a number which nothing judges.
NOT_JUDGED = "shown"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def bare(value: float | None, unit: str) -> str:
    """A number without its unit."""
    return bare_amount(value, unit)


def day(when: date | None) -> str:
    """A date as people write it, 3 May 2026; empty where there is none."""
    if when is None:
        return ""
    month = say("report_months").message.split()[when.month - 1]
    return say("report_date", day=when.day, month=month, year=when.year).message


def activity_title(result: Result) -> str:
    """What the film shows."""
    return say(f"activity_{result.activity}").message


def measure_title(measure: str) -> str:
    """A measure's name as a title."""
    return capital(measure_name(measure))


def sign_of(measure: str) -> str:
    """What the sign of a measure says, in a few words; its meaning where the catalogue has none."""
    code = f"report_sign_{measure}"
    return say(code).message if is_known(code) else say(f"meaning_{measure}").message


def is_stance(row: Summary) -> bool:
    """Whether the row is a whole body's measure counted towards the leg that stands."""
    return row.side in ("left", "right") and not MEASURES[row.measure].sided


def short_name(measure: str) -> str:
    """A measure's name and unit where there is little room."""
    code = f"report_short_{measure}"
    return say(code).message if is_known(code) else measure_title(measure)


def unit_name(unit: str) -> str:
    """What a unit is called."""
    return say(f"report_unit_{unit}" if is_known(f"report_unit_{unit}") else f"chart_unit_{unit}").message


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
    return say(f"report_remedy_{code}").message if is_known(f"report_remedy_{code}") else otherwise


@dataclass(frozen=True)
class Point:
    """One thing to know, and what to do about it."""

    text: str
    remedy: str


def points(result: Result, *, clinical: bool = False) -> list[Point]:
    """What limits a film, each with its way out as paper has it."""
    told = told_reasons(result, clinical=clinical)
    return [Point(words.message, remedy(code, words.remedy)) for code, words in told]
