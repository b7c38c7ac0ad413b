"""Numbers, dates and sides in a report's words: values of a result in, short texts out."""

from collections.abc import Sequence
from datetime import date

from alignment.activities import ACTIVITIES
from alignment.assessment import amount, reason_text
from alignment.measures import MEASURES
from alignment.result import LimitUsed, Reason, Result, Summary, Verdict
from alignment.texts import known, say

#: The marks of the page: a verdict's, or that of a number which nothing judges.
NOT_JUDGED = "shown"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def number(value: float | None, unit: str) -> str:
    """A number with its unit and a true minus: −4.2°."""
    return amount(value, unit).replace("-", "−")


def bare(value: float | None, unit: str) -> str:
    """A number without its unit."""
    return number(value, unit).rstrip("° %")


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


def side_name(row: Summary) -> str:
    """Whose number a row holds."""
    return say(f"report_stance_{row.side}" if is_stance(row) else f"report_side_{row.side}").message


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
    code = (
        "size" if size_only else "between" if low is not None and high is not None else "from" if high is None else "to"
    )
    told = {name: "" if end is None else f"{end:g}".replace("-", "−") for name, end in (("low", low), ("high", high))}
    return say(f"report_range_{code}", **told).message


def remedy(code: str, otherwise: str) -> str:
    """The way out in words that fit on paper, where the catalogue's is a command's option."""
    return say(f"report_remedy_{code}").message if known(f"report_remedy_{code}") else otherwise


def points(reasons: Sequence[Reason]) -> list[tuple[str, str]]:
    """What limits a film, each with its way out as paper has it."""
    return [(one.message, remedy(one.code, one.remedy)) for one in reasons]


def because(code: str | None) -> str:
    """The sentence part for a reason's code; one that this version does not know is told by its code."""
    return reason_text(code) if code is None or known(f"reason_{code}") else code.replace("_", " ")
