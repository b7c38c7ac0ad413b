"""What stands on the page for the person: a result and what is known besides in; plain sentences and a picture out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.assessment import amount, compare_results, fact, on_one_line
from alignment.assessment.numbers import commonest
from alignment.result import Result, Summary, Verdict
from alignment.texts import say
from alignment.views.report import words
from alignment.views.report.facts import About, Before
from alignment.views.report.glyphs import cleaned
from alignment.views.report.shared import MOST_CODE, Judged, Refused, Shown, document_title, refused

#: What lies inside the usual range comes first.
_ORDER: Final = (Verdict.WITHIN, Verdict.EDGE, Verdict.OUTSIDE)
_HEADINGS: Final = {
    Verdict.WITHIN: "report_plain_within",
    Verdict.EDGE: "report_plain_edge",
    Verdict.OUTSIDE: "report_plain_outside",
}


@dataclass(frozen=True)
class PlainRoom:
    """How much goes on the page: the size of its text in points, the picture's width in mm, and how many of what."""

    text_pt: float
    picture_mm: float
    findings: int
    remedies: int


#: From large to small; the first that fits on one page is taken.
ROOMS: Final = (
    PlainRoom(13.0, 58.0, 6, 3),
    PlainRoom(12.4, 54.0, 6, 3),
    PlainRoom(11.8, 50.0, 6, 3),
    PlainRoom(11.2, 46.0, 5, 2),
    PlainRoom(10.6, 40.0, 4, 2),
    PlainRoom(10.0, 34.0, 3, 1),
)


@dataclass(frozen=True)
class Part:
    """A heading with marked sentences below it."""

    heading: str
    sentences: tuple[Judged, ...]


@dataclass(frozen=True)
class Plain:
    """Everything on the page."""

    kind: str
    document: str
    title: str
    who: str
    looked: str
    refused: Refused | None
    parts: tuple[Part, ...]
    more: str
    change: tuple[str, ...]
    sure: tuple[str, ...]
    cannot: tuple[str, ...]
    next: tuple[str, ...]
    watch: str
    source: str
    pictures: tuple[Shown, ...]
    words: dict[str, str]
    room: PlainRoom


_WORDS: Final = ("looked", "change", "sure", "cannot", "next", "how_again", "footer", "good_to_know", "frame_key")


def plain(result: Result, pictures: Sequence[Shown], about: About, before: Before | None, room: PlainRoom) -> Plain:
    """The page for the person. InputError where `before` shows another movement."""
    judged = [row for verdict in _ORDER for row in result.summary if row.verdict is verdict]
    told = judged[: room.findings]
    parts = [
        Part(say(_HEADINGS[verdict]).message, tuple(_sentence(row) for row in told if row.verdict is verdict))
        for verdict in _ORDER
    ]
    if not judged:
        parts.append(_shown_only(result))
    left_out = len(judged) - len(told)
    return Plain(
        kind="plain",
        document=document_title(result, about),
        title=say("report_plain_title", activity=words.activity_title(result)).message,
        who=" · ".join(part for part in (cleaned(about.subject, MOST_CODE), words.day(about.date)) if part),
        looked=_looked(result) if result.measured else "",
        refused=None if result.measured else refused(result),
        parts=tuple(part for part in parts if part.sentences),
        more=say("report_plain_more", count=left_out).message if left_out > 0 else "",
        change=() if before is None else tuple(_change(result, before)),
        sure=tuple(_sure(result)) if result.measured else (),
        cannot=tuple(_cannot(result)) if result.measured else (say("report_plain_cannot_general").message,),
        next=tuple(_next(result))[: room.remedies] if result.measured else (),
        watch=say("report_plain_watch").message,
        source=say("report_plain_source").message,
        # The last one is the farthest off, which is what the sentences speak of.
        pictures=tuple(pictures[-1:]),
        words={name: say(f"report_plain_{name}").message for name in _WORDS},
        room=room,
    )


def _shown_only(result: Result) -> Part:
    """The most telling numbers, where nothing says what is usual."""
    rows = [row for row in result.summary if row.mean is not None and row.verdict is None]
    first = [row for row in rows if row.measure == rows[0].measure]
    return Part(say("report_plain_shown").message, tuple(_sentence(row) for row in first))


def _looked(result: Result) -> str:
    """What was looked at: the film, how often the movement was seen, how deep."""
    kept = [cycle for cycle in result.cycles if cycle.rejected is None]
    film = say("report_plain_film", seconds=round(result.source.duration_s)).message
    if not kept:
        return film
    parts = [film, say("report_plain_counted", what=words.count(kept)).message]
    bends = [row.mean for row in result.summary if row.measure == "knee_flexion" and row.mean is not None]
    if bends and result.activity in ("squat", "single_leg_squat", "step_down"):
        parts.append(say("report_plain_depth", bend=round(sum(bends) / len(bends))).message)
    return " ".join(parts)


def _sentence(row: Summary) -> Judged:
    """A row as a sentence without its error, which stands below for all of them."""
    told = say("report_plain_one_line").message if on_one_line(row) else fact(row)
    whose = "" if row.side == "body" else say(f"report_plain_whose_{row.side}").message
    code = "report_plain_sentence" if whose else "report_plain_sentence_body"
    return Judged(words.mark_of(row.verdict), words.capital(say(code, whose=whose, fact=told).message))


def _sure(result: Result) -> Iterator[str]:
    """How far the film carries, and how exact its numbers are."""
    yield say(f"report_plain_grade_{result.quality.grade}").message
    errors = {
        measure: max(
            (
                row.standard_error or 0.0
                for row in result.summary
                if row.measure == measure and row.verdict and row.mean is not None
            ),
            default=0.0,
        )
        for measure in ("knee_over_toe", "fppa")
    }
    if errors["knee_over_toe"]:
        error = amount(2 * errors["knee_over_toe"], "pct")
        yield say("report_plain_error_knee_over_toe", error=error).message
    elif errors["fppa"]:
        yield say("report_plain_error_fppa", error=amount(2 * errors["fppa"], "deg")).message


def _cannot(result: Result) -> Iterator[str]:
    """What cannot be told from this film, one sentence for each reason, and what no film tells."""
    for names, code in words.unknown(result)[:2]:
        yield say("report_plain_unknown", measures=words.listed(names), reason=words.because(code)).message
    yield say("report_plain_cannot_general").message


def _named(row: Summary) -> str:
    name = words.measure_name(row.measure)
    side = say(f"report_of_{row.side}").message
    return name if row.side == "body" else say("report_named", measure=name, sides=side).message


def _change(result: Result, before: Before) -> Iterator[str]:
    """What changed since last time by more than two films of the same movement differ; at most three numbers."""
    comparison = compare_results(before.result, result)
    told = [one for one in comparison.changes if one.changed is not None]
    moved = [one for one in told if one.changed]
    if not told:
        yield say("report_change_none").message
    elif not moved:
        yield say("report_plain_same").message
    for one in moved[:3]:
        then, now = amount(one.before.mean, one.unit), amount(one.after.mean, one.unit)
        yield say("report_plain_changed", what=_named(one.after), before=then, after=now).message
    if comparison.warnings:
        yield comparison.warnings[0].message


def _next(result: Result) -> Iterator[str]:
    """What to do the next time a film is made: the ways out of what limited this one."""
    unknown = [row.reason or "" for row in result.summary if row.verdict is Verdict.UNKNOWN]
    few = commonest(unknown) in ("too_few_cycles", "no_cycles")
    if few:
        yield say("report_plain_more_repetitions").message
    given = list(dict.fromkeys(remedy for _, remedy in words.points(result.quality.reasons) if remedy))
    yield from given
    if not given and not few:
        yield say("report_plain_like_this").message
