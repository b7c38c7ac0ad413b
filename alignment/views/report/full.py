"""What stands in the report for the file: a result and what is known besides in; every text and number of the page out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alignment.core.calibration import CalibrationOf
from alignment.core.result import Course, Cycle, Result
from alignment.texts import is_known, say
from alignment.views.report import curves, numbers, words
from alignment.views.report.change import changes_since
from alignment.views.report.facts import About, Before
from alignment.views.report.glyphs import clean_text
from alignment.views.report.origin import origin
from alignment.views.report.shared import MOST_CODE, Field, Judged, Shown, document_title, frame_key, refusal
from alignment.views.wording import few_text, filming_text, reason_text, told_findings

_MOST_WORDS, _MOST_NOTES = 60, 700


@dataclass(frozen=True)
class Room:
    """How much goes on the page: size of its text in points, height of pictures and charts in mm, and how many of what."""

    text_pt: float
    picture_mm: float
    chart_mm: float
    charts: int
    findings: int
    points: int
    notes: int


#: From roomy to dense; the first with which everything fits is taken.
ROOMS: Final = (
    Room(9.6, 76.0, 24.0, 6, 8, 6, _MOST_NOTES),
    Room(9.2, 70.0, 21.0, 6, 7, 6, 600),
    Room(8.9, 62.0, 19.0, 6, 6, 5, 500),
    Room(8.6, 56.0, 17.0, 6, 5, 4, 350),
    Room(8.3, 48.0, 17.0, 4, 4, 3, 240),
    Room(8.0, 40.0, 15.0, 4, 3, 2, 120),
)


def full(
    result: Result,
    course: Course | None,
    pictures: Sequence[Shown],
    about: About,
    before: Before | None,
    clinical: CalibrationOf | None,
    room: Room,
) -> dict[str, Any]:
    """Everything on the page for the file, by the names of full.typ. InputError where `before` shows another movement."""
    measured = result.measured
    findings = list(_findings(result, clinical=clinical is not None)) if measured else []
    points = words.points(result, clinical=clinical is not None) if measured else []
    charts = curves.charts(result, course)[: room.charts] if course is not None else ()
    return {
        "kind": "full",
        "document": document_title(result, about),
        "title": words.activity_title(result),
        "subtitle": say("report_subtitle").message,
        "fields": _fields(about),
        "notes": clean_text(about.notes, room.notes, lines=True),
        "refused": None if measured else refusal(result),
        "findings": tuple(findings[: room.findings]),
        "more_findings": _more("report_more_findings", len(findings) - room.findings),
        "lead": _lead(result),
        "table": numbers.table(result, clinical) if measured else None,
        "filmed": filming_text(result, clinical=clinical is not None),
        "points": tuple(points[: room.points]),
        "more_points": _more("report_more_points", len(points) - room.points),
        "pictures": tuple(pictures),
        "no_pictures": say("report_no_pictures").message if measured and not pictures else "",
        "charts": charts,
        "no_charts": _no_charts(result, course, charts),
        "change": None if before is None else changes_since(result, before),
        "cannot": _cannot(result) if measured else (),
        "origin": tuple(origin(result)),
        "words": {**_headings(), "frames_key": frame_key(result, "report_frames_key")},
        "room": room,
    }


def _more(code: str, count: int) -> str:
    """How many there was no room for; empty where all are shown."""
    return say(code, count=count).message if count > 0 else ""


#: Headings and heads of columns.
_WORDS: Final = (
    "in_short", "numbers", "filming", "key_frames", "curves", "cannot", "origin", "notes", "sources",
    "column_side", "column_mean", "column_sd", "column_n", "column_interval", "column_usual", "column_verdict",
    "numbers_key", "charts_key", "legend_left", "legend_right", "legend_body", "footer", "how_again",
    "column_measure", "column_before", "column_after", "column_change", "column_detectable", "column_told",
)  # fmt: skip


def _findings(result: Result, *, clinical: bool) -> Iterator[Judged]:
    """What was found, sentence by sentence; what cannot be told in one for each reason."""
    few = few_text(result.findings)
    if few:
        yield Judged(words.NOT_JUDGED, few)
    yield from (
        Judged(words.mark_of(one.verdict), one.text) for one in told_findings(result.findings, clinical=clinical)
    )


def _headings() -> dict[str, str]:
    """The page's own words; the typesetter, who alone counts pages, fills in their numbers."""
    own = {name: say(f"report_{name}").message for name in _WORDS}
    return {**own, "page": say("report_page", page="{page}", pages="{pages}").message}


def _fields(about: About) -> tuple[Field, ...]:
    """Who and when; subject and date always, so that they can be written in by hand."""
    height = say("report_height", height_cm=about.step_height_cm).message if about.step_height_cm is not None else ""
    side = say(f"report_complaint_{about.complaint_side}").message if about.complaint_side else ""
    given = {
        "subject": clean_text(about.subject, MOST_CODE),
        "date": words.day(about.date),
        "footwear": clean_text(about.footwear, _MOST_WORDS),
        "complaint": side,
        "step_height": height,
        "operator": clean_text(about.operator, _MOST_WORDS),
    }
    return tuple(
        Field(say(f"report_field_{name}").message, value)
        for name, value in given.items()
        if value or name in ("subject", "date")
    )


def _lead(result: Result) -> str:
    """How many repetitions count, which do not and why, and what moment is judged."""
    if not result.cycles:
        return ""
    kept = [cycle for cycle in result.cycles if cycle.rejected is None]
    parts = [_count_text(kept)] if kept else []
    rejected = Counter(reason_text(cycle.rejected) for cycle in result.cycles if cycle.rejected is not None)
    if rejected:
        why = "; ".join(
            say("report_rejected_why", count=n, reason=reason).message for reason, n in rejected.most_common(3)
        )
        parts.append(say("report_rejected", count=rejected.total(), why=why).message)
    moment = f"report_moment_{result.activity}"
    parts.append(say(moment if is_known(moment) else "report_moment").message)
    return " ".join(parts)


def _count_text(kept: list[Cycle]) -> str:
    by_side = Counter(cycle.side for cycle in kept)
    if set(by_side) == {"both"}:
        return f"{words.count(kept)}."
    what = say(f"cycles_{kept[0].kind}").message
    return say("report_counted_sides", cycles=words.capital(what), left=by_side["left"], right=by_side["right"]).message


def _no_charts(result: Result, course: Course | None, charts: Sequence[curves.Chart]) -> str:
    if not result.measured or charts:
        return ""
    return say("report_no_course" if course is None else "report_no_curve").message


def _cannot(result: Result) -> tuple[str, ...]:
    """What the numbers of this film, and such numbers at all, cannot tell."""
    codes = ["grade", "kneecap"]
    measures = {row.measure for row in result.summary}
    if result.pelvis is None and (measures & {"pelvic_drop", "pelvic_obliquity"} or result.activity == "squat"):
        codes.insert(0, "pelvis")
    if "weight_right_share" in measures:
        codes.append("weight")
    if not result.viewpoint.roll_given:
        codes.append("tilt")
    codes.append("errors")
    return tuple(say(f"report_cannot_{code}").message for code in codes)
