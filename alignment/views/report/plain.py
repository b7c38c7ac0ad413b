"""What stands on the page for the person: a result and what is known besides in; plain sentences and a picture out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alignment.core.assessment import compare_results
from alignment.core.result import Result, Summary, Verdict, commonest, on_one_line, one_of_hips, row_values
from alignment.texts import say
from alignment.views.leg_share import leg_share_words, needs_leg_share
from alignment.views.report import words
from alignment.views.report.facts import About, Before
from alignment.views.report.glyphs import clean_text
from alignment.views.report.shared import MOST_CODE, Judged, Shown, document_title, frame_key, refusal
from alignment.views.wording import (
    fact,
    few_text,
    finding_text,
    head_text,
    reason_words,
    rough_amount,
    told_findings,
    whose,
)

#: What lies inside the usual range comes first.
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


_WORDS: Final = ("looked", "change", "sure", "cannot", "next", "how_again", "footer", "good_to_know")


def plain(
    result: Result, pictures: Sequence[Shown], about: About, before: Before | None, room: PlainRoom
) -> dict[str, Any]:
    """Everything on the page for the person, by the names of plain.typ. InputError where `before` shows another movement."""
    measured = result.measured
    hips = [one for one in result.findings if one.code.startswith("hips_")]
    rows = one_of_hips(result.summary, bool(hips))
    judged = [row for verdict in _HEADINGS for row in rows if row.verdict is verdict]
    told = judged[: room.findings]
    parts = [
        Part(say(heading).message, tuple(_sentence(row, result) for row in told if row.verdict is verdict))
        for verdict, heading in _HEADINGS.items()
    ]
    if hips:
        sentences = tuple(Judged(words.mark_of(one.verdict), finding_text(one)) for one in hips)
        parts.append(Part(say("report_plain_hips").message, sentences))
    elif not judged:
        parts.append(_shown_only(result, room.findings))
    left_out = len(judged) - len(told)
    return {
        "kind": "plain",
        "document": document_title(result, about),
        "title": say("report_plain_title", activity=words.activity_title(result)).message,
        "who": " · ".join(part for part in (clean_text(about.subject, MOST_CODE), words.day(about.date)) if part),
        "looked": _what_was_filmed(result) if measured else "",
        "few": few_text(result.findings) if measured else "",
        "refused": None if measured else refusal(result),
        "parts": tuple(part for part in parts if part.sentences),
        "more": say("report_plain_more", count=left_out).message if left_out > 0 else "",
        "change": () if before is None else tuple(_change(result, before)),
        "leg_share": _leg_share() if measured and needs_leg_share(result) else None,
        "sure": tuple(_sure(result)) if measured else (),
        "cannot": tuple(_cannot(result)) if measured else (say("report_plain_cannot_general").message,),
        "next": tuple(_next(result))[: room.remedies] if measured else (),
        "watch": say("report_plain_watch").message,
        "source": say("report_plain_source").message,
        # The last one is the farthest off, which is what the sentences speak of.
        "pictures": tuple(pictures[-1:]),
        "words": {
            **{name: say(f"report_plain_{name}").message for name in _WORDS},
            "frame_key": frame_key(result, "report_plain_frame_key"),
        },
        "room": room,
    }


def _leg_share() -> dict[str, str]:
    """What stands beside the picture of what a share of a leg is, and words for who cannot see it."""
    return {"words": leg_share_words(), "alt": say("leg_share_alt").message}


def _shown_only(result: Result, most: int) -> Part:
    """The most telling numbers, where nothing says what is usual: what the findings tell, else the first measure's."""
    told = [one for one in result.findings if one.measure is not None and one.verdict is None][:most]
    if told:
        sentences = tuple(Judged(words.mark_of(None), finding_text(one)) for one in told)
        return Part(say("report_plain_shown").message, sentences)
    rows = [row for row in result.summary if row.mean is not None and row.verdict is None]
    first = [row for row in rows if row.measure == rows[0].measure]
    return Part(say("report_plain_shown").message, tuple(_sentence(row, result) for row in first))


def _what_was_filmed(result: Result) -> str:
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


def _sentence(row: Summary, result: Result) -> Judged:
    """A row as a sentence without its error, which stands below for all of them."""
    counted = [cycle for cycle in result.cycles if cycle.rejected is None]
    if on_one_line(row):
        told = say("report_plain_one_line", whose=whose(row.measure, row.side)).message
    else:
        values = row_values(row, counted, result.activity, result.leg_m)
        told = say("report_plain_sentence", head=head_text(row.measure, row.side, values, row.verdict)).message
    return Judged(words.mark_of(row.verdict), told)


def _sure(result: Result) -> Iterator[str]:
    """How far the film carries, and how exact its numbers are."""
    yield say(f"report_plain_grade_{result.quality.grade}").message
    for measure, unit in (("knee_over_foot", "pct"), ("knee_over_toe", "pct"), ("fppa", "deg")):
        judged = any(row.measure == measure and row.verdict and row.mean is not None for row in result.summary)
        values = [value for cycle in result.cycles for value in cycle.values if value.measure == measure]
        errors = [value.standard_error for value in values if value.at == "key" and value.standard_error is not None]
        error = max(errors, default=0.0)
        if judged and error:
            yield say(f"report_plain_error_{measure}", error=rough_amount(2 * error, unit, result.leg_m)).message
            return


def _cannot(result: Result) -> Iterator[str]:
    """What cannot be told from this film, one sentence for each reason, and what no film tells."""
    yield from [one.text for one in told_findings(result.findings) if one.verdict is Verdict.UNKNOWN][:2]
    yield say("report_plain_cannot_general").message


def _change(result: Result, before: Before) -> Iterator[str]:
    """What changed since last time by more than two films of the same movement differ; at most three numbers."""
    comparison = compare_results(before.result, result, before.calibration_of)
    told = [one for one in comparison.changes if one.changed is not None]
    moved = [one for one in told if one.changed]
    if not told:
        yield say("report_change_none").message
    elif not moved:
        yield say("report_plain_same").message
    for one in moved[:3]:
        side = one.after.side
        then, now = (fact(one.measure, side, row.mean, one.unit, result.leg_m) for row in (one.before, one.after))
        yield say("report_plain_changed", whose=whose(one.measure, side), before=then, after=now).message
    if comparison.warnings:
        yield reason_words(comparison.warnings[0]).message


def _next(result: Result) -> Iterator[str]:
    """What to do the next time a film is made: the ways out of what limited this one."""
    unknown = [row.reason or "" for row in result.summary if row.verdict is Verdict.UNKNOWN]
    few = bool(few_text(result.findings)) or commonest(unknown) in ("too_few_cycles", "no_cycles")
    if few:
        yield say("report_plain_more_repetitions").message
    given = list(dict.fromkeys(point.remedy for point in words.points(result) if point.remedy))
    yield from given
    if not given and not few:
        yield say("report_plain_like_this").message
