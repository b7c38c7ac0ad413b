"""What stands in the report for the file: a result and what is known besides in; every text and number of the page out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alignment.assessment import camera_words, changed_deg, minus
from alignment.result import Course, Cycle, Result, Verdict
from alignment.texts import known, say
from alignment.views.report import curves, numbers, words
from alignment.views.report.change import Changed, changed
from alignment.views.report.facts import About, Before
from alignment.views.report.glyphs import cleaned
from alignment.views.report.origin import origin
from alignment.views.report.shared import MOST_CODE, Field, Judged, Point, Refused, Shown, document_title, refused

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


@dataclass(frozen=True)
class Full:
    """Everything on the page."""

    kind: str
    document: str
    title: str
    subtitle: str
    fields: tuple[Field, ...]
    notes: str
    refused: Refused | None
    findings: tuple[Judged, ...]
    more_findings: str
    lead: str
    table: numbers.Table | None
    filmed: str
    points: tuple[Point, ...]
    more_points: str
    pictures: tuple[Shown, ...]
    no_pictures: str
    charts: tuple[curves.Chart, ...]
    no_charts: str
    change: Changed | None
    cannot: tuple[str, ...]
    origin: tuple[Field, ...]
    words: dict[str, str]
    room: Room


def full(
    result: Result, course: Course | None, pictures: Sequence[Shown], about: About, before: Before | None, room: Room
) -> Full:
    """The page for the file. InputError where `before` shows another movement."""
    findings = list(_findings(result)) if result.measured else []
    points = [Point(*one) for one in words.points(result.quality.reasons)]
    charts = curves.charts(result, course)[: room.charts] if course is not None else ()
    left_out = len(findings) - room.findings, len(points) - room.points
    return Full(
        kind="full",
        document=document_title(result, about),
        title=words.activity_title(result),
        subtitle=say("report_subtitle").message,
        fields=_fields(about),
        notes=cleaned(about.notes, room.notes, lines=True),
        refused=None if result.measured else refused(result),
        findings=tuple(findings[: room.findings]),
        more_findings=say("report_more_findings", count=left_out[0]).message if left_out[0] > 0 else "",
        lead=_lead(result),
        table=numbers.table(result) if result.measured else None,
        filmed=filmed(result),
        points=() if not result.measured else tuple(points[: room.points]),
        more_points=say("report_more_points", count=left_out[1]).message if left_out[1] > 0 and result.measured else "",
        pictures=tuple(pictures),
        no_pictures=say("report_no_pictures").message if result.measured and not pictures else "",
        charts=charts,
        no_charts=_no_charts(result, course, charts),
        change=None if before is None else changed(result, before),
        cannot=_cannot(result) if result.measured else (),
        origin=tuple(origin(result)),
        words=_headings(),
        room=room,
    )


#: Headings and heads of columns.
_WORDS: Final = (
    "in_short", "numbers", "filming", "key_frames", "curves", "cannot", "origin", "notes", "sources",
    "column_side", "column_mean", "column_sd", "column_n", "column_interval", "column_usual", "column_verdict",
    "numbers_key", "charts_key", "frames_key", "legend_left", "legend_right", "legend_body", "footer", "how_again",
    "column_measure", "column_before", "column_after", "column_change", "column_detectable", "column_told",
)  # fmt: skip


def _findings(result: Result) -> Iterator[Judged]:
    """What was found, sentence by sentence; what cannot be told in one for each reason."""
    told = [one for one in result.findings if one.verdict is not Verdict.UNKNOWN]
    unknown = words.unknown(result)
    yield from (Judged(str(one.verdict), one.message) for one in told)
    for names, code in unknown:
        text = say("quality_lost", measures=words.listed(names, 4), why=words.because(code)).message
        yield Judged(str(Verdict.UNKNOWN), text)
    if not told and not unknown:
        yield from (Judged(str(one.verdict), one.message) for one in result.findings)


def _headings() -> dict[str, str]:
    """The page's own words; the typesetter, who alone counts pages, fills in their numbers."""
    own = {name: say(f"report_{name}").message for name in _WORDS}
    return {**own, "page": say("report_page", page="{page}", pages="{pages}").message}


def _fields(about: About) -> tuple[Field, ...]:
    """Who and when; subject and date always, so that they can be written in by hand."""
    height = say("report_height", height_cm=about.step_height_cm).message if about.step_height_cm is not None else ""
    side = say(f"report_complaint_{about.complaint_side}").message if about.complaint_side else ""
    given = {
        "subject": cleaned(about.subject, MOST_CODE),
        "date": words.day(about.date),
        "footwear": cleaned(about.footwear, _MOST_WORDS),
        "complaint": side,
        "step_height": height,
        "operator": cleaned(about.operator, _MOST_WORDS),
    }
    return tuple(
        Field(say(f"report_field_{name}").message, value)
        for name, value in given.items()
        if value or name in ("subject", "date")
    )


def filmed(result: Result) -> str:
    """Where the camera stood, how far, how level, and how far the film carries."""
    view = result.viewpoint
    parts = [say(f"analyze_grade_{result.quality.grade}").message]
    parts.append(f"{camera_words(view, changed_deg(result.cycles))}.")
    if view.distance_leg_lengths is not None:
        distance, error = f"{view.distance_leg_lengths:.1f}", view.distance_se
        parts.append(
            say("report_distance", distance=distance).message
            if error is None
            else say("report_distance_error", distance=distance, error=f"{error:.1f}").message
        )
    if view.facing is None:
        return " ".join(parts)
    code = "report_roll_given" if view.roll_given else "report_roll_unknown"
    roll = minus(f"{view.roll_deg + 0.0:.1f}")
    parts.append(say(code, roll=roll, error=f"{view.roll_se_deg:.0f}").message)
    return " ".join(parts)


def _lead(result: Result) -> str:
    """How many repetitions count, which do not and why, and what moment is judged."""
    if not result.cycles:
        return ""
    kept = [cycle for cycle in result.cycles if cycle.rejected is None]
    parts = [_counted(kept)] if kept else []
    rejected = Counter(words.because(cycle.rejected) for cycle in result.cycles if cycle.rejected is not None)
    if rejected:
        why = "; ".join(
            say("report_rejected_why", count=n, reason=reason).message for reason, n in rejected.most_common(3)
        )
        parts.append(say("report_rejected", count=rejected.total(), why=why).message)
    moment = f"report_moment_{result.activity}"
    parts.append(say(moment if known(moment) else "report_moment").message)
    return " ".join(parts)


def _counted(kept: list[Cycle]) -> str:
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
    if measures & {"pelvic_drop", "pelvic_obliquity"} or result.activity == "squat":
        codes.insert(0, "pelvis")
    if "weight_right_share" in measures:
        codes.append("weight")
    if not result.viewpoint.roll_given:
        codes.append("tilt")
    codes.append("errors")
    return tuple(say(f"report_cannot_{code}").message for code in codes)
