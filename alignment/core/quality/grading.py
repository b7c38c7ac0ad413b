"""How much the film can carry: track, viewpoint, cycles and summary in; a grade with each fault and its way out, out.

A refusal lists the measures that have no number for it; a remark (a camera's yaw that was corrected, an unknown roll, a
turned subject) those that are less sure. Every measure without a number stands in at least one of them.
"""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from alignment.core.assessment import Activity
from alignment.core.camera_motion import CameraPath, Motion
from alignment.core.correction import Correction
from alignment.core.measures import NEEDS_MARKS, UPRIGHT, by_marks
from alignment.core.quality import rules
from alignment.core.quality.by_hand import by_hand
from alignment.core.result import (
    Cleaning,
    Curves,
    Cycle,
    Facing,
    Quality,
    Reason,
    Recognition,
    Summary,
    Viewpoint,
    changed_deg,
)
from alignment.core.skeleton import SIDES, Side
from alignment.core.track import Track

#: One leg may be filmed alone: that it has no repetitions is no fault of the film.
_NO_FAULT = ("no_cycles", "one_leg_only")


@dataclass(frozen=True)
class Evidence:
    """All that the grade rests on."""

    raw: Track
    curves: Curves
    viewpoint: Viewpoint
    cleaning: Cleaning
    activity: Activity
    cycles: Sequence[Cycle]
    summary: Sequence[Summary]
    camera: CameraPath
    #: Who was followed, counted from 1.
    person: int = 1
    #: What a person moved after the first analysis, and the measures whose numbers that changed.
    corrections: Sequence[Correction] = ()
    changed_by_hand: Sequence[str] = ()
    recognised: Recognition | None = None

    @property
    def counted(self) -> list[Cycle]:
        """The cycles that count."""
        return [cycle for cycle in self.cycles if not cycle.rejected]

    @property
    def given(self) -> set[str]:
        """The measures that have a number, on one side at least."""
        return {row.measure for row in self.summary if row.mean is not None}

    @property
    def wanted(self) -> tuple[str, ...]:
        """The activity's measures that such a film can show."""
        return self.activity.among(row.measure for row in self.summary)

    def measures_lost(self, *reasons: str) -> tuple[str, ...]:
        """The measures that have no number, on one side at least, for one of these reasons."""
        return self.activity.among({row.measure for row in self.summary if row.mean is None and row.reason in reasons})

    def unsure(self, code: str, *names: str) -> tuple[str, ...]:
        """Which of these measures have a number, less sure for this reason, and which have none for it."""
        return self.activity.among({*self.given.intersection(names), *self.measures_lost(code)})


def grade(evidence: Evidence) -> Quality:
    """The film's grade: unusable where nothing could be measured, good where no measure is touched by a fault."""
    reasons = list(_reasons(evidence))
    listed = {name for reason in reasons for name in reason.measures}
    reasons += _other_reasons(evidence, listed)
    if not evidence.given:
        return Quality("unusable", tuple(reasons))
    return Quality("usable" if any(reason.measures for reason in reasons) else "good", tuple(reasons))


def with_facings(found: Quality, facings: Sequence[tuple[Facing | None, int]]) -> Quality:
    """The quality of a film with stretches of several facings, each with the number of its cycles that count."""
    told = rules.reason(
        "facings",
        (),
        facings=tuple(facing for facing, _ in facings),
        counts=tuple(count for _, count in facings),
    )
    return replace(found, reasons=(told, *(one for one in found.reasons if one.code != "subject_turned")))


def grade_refused(track: Track, activity: Activity, why: str) -> Quality:
    """The quality of a film in which nothing can be measured at all."""
    duration_s = float(track.time_s[-1] - track.time_s[0]) if track.frames else 0.0
    film = rules.of_film(track, timed=activity.timed)
    return Quality("unusable", (*film, rules.reason(why, activity.measures, duration_s=duration_s)))


def _applying(*faults: Reason | None) -> Iterator[Reason]:
    return (fault for fault in faults if fault is not None)


def _reasons(evidence: Evidence) -> Iterator[Reason]:
    person = list(_person(evidence))
    hidden = any(reason.code in rules.PARTS and reason.measures for reason in person)
    film = rules.of_film(evidence.raw, timed=evidence.activity.timed)
    yield from (*film, *person, *_camera(evidence), *_movement(evidence, hidden=hidden))
    if evidence.corrections:
        changed = evidence.activity.among(evidence.given.intersection(evidence.changed_by_hand))
        yield by_hand(evidence.corrections, evidence.cycles, changed)


def _person(evidence: Evidence) -> Iterator[Reason]:
    raw, swaps = evidence.raw, evidence.cleaning.swaps_mended
    yield from _applying(rules.seldom_seen(raw, evidence.measures_lost("not_seen")))
    # From the side the far leg hides by itself, and what that spoils is refused already; so does a near foot now and then.
    near = tuple(side for side in SIDES if side == evidence.viewpoint.facing)
    if not near or not evidence.counted:
        yield from _hidden_part(evidence, near or SIDES)
    yield from _applying(rules.small_figure(raw))
    if swaps:
        yield rules.reason("swaps", (), frames=swaps)
    yield from _applying(rules.several_people(raw, evidence.person))


def _hidden_part(evidence: Evidence, sides: Sequence[Side]) -> Iterator[Reason]:
    """The part that is most often out of the picture, or hidden where a number was wanted. Nothing works without hips."""
    track, seen = evidence.curves.track, evidence.raw.seen
    shares = rules.hidden_shares(track, seen, sides)
    often = [code for code, share in shares.items() if share > rules.HIDDEN]
    code = often[0] if often else max(shares, key=lambda code: shares[code])
    # Without it, repetitions are not found either.
    lost = evidence.measures_lost("not_seen") if evidence.counted else evidence.measures_lost("not_seen", "no_cycles")
    # Who runs lifts a foot to where it hides: no fault of the film where nothing is lost by it.
    if (often and (lost or not (evidence.counted and evidence.activity.timed))) or (
        evidence.counted and lost and shares[code] > 0
    ):
        yield rules.hidden(code, shares[code], lost)


def _camera(evidence: Evidence) -> Iterator[Reason]:
    yield from _applying(rules.camera_moved(evidence.camera, evidence.activity.measures))
    view, views = evidence.viewpoint, evidence.activity.views
    frontal = evidence.activity.among(rules.FRONTAL)
    refusal = rules.side_view(view, views, frontal) or rules.too_far_aside(view, views, frontal)
    if refusal:
        yield refusal
        yield from _applying(rules.roll_unknown(view, evidence.unsure("roll_unknown", *UPRIGHT)))
        return
    turned_back = evidence.unsure("camera_yaw", *rules.CORRECTED)
    yield from _applying(
        rules.somewhat_aside(view, views, turned_back, changed_deg(evidence.cycles)),
        rules.subject_turned(view, evidence.unsure("subject_turned", *frontal)),
        rules.roll_unknown(view, evidence.unsure("roll_unknown", *UPRIGHT)),
    )


def _movement(evidence: Evidence, *, hidden: bool) -> Iterator[Reason]:
    """Too few pictures, or nothing that counts; `hidden` where a part out of the picture explains that already."""
    rate_hz, activity = evidence.raw.rate_hz, evidence.activity
    too_slow = rules.low_rate(rate_hz, activity.asked_fps, evidence.wanted)
    slow = rules.slow_film(rate_hz, activity.asked_fps, evidence.cleaning.filter_hz, activity.cutoff_hz)
    yield from _applying(too_slow, slow)
    counted = evidence.counted
    rejected = Counter(cycle.rejected for cycle in evidence.cycles if cycle.rejected)
    code = rejected.most_common(1)[0][0] if rejected else None
    explained = (hidden and code in (None, "not_seen")) or evidence.camera.motion is Motion.MOVED
    seen = evidence.recognised
    if seen and seen.sure and seen.movement != activity.name:
        yield rules.reason(
            "other_movement", (), activity=activity.name, movement=seen.movement, percent=100 * seen.probability
        )
    if not counted and not too_slow and not explained:
        yield rules.reason("wrong_activity", evidence.wanted, activity=activity.name, why=code)
    elif counted and rejected:
        total, kind = len(evidence.cycles), counted[0].kind
        yield rules.reason("few_cycles", (), counted=len(counted), total=total, kind=kind, why=code)
    unmarked = activity.among(by_marks())
    if evidence.raw.marks is None and unmarked:
        yield rules.reason(NEEDS_MARKS, unmarked)


def _other_reasons(evidence: Evidence, listed: Container[str]) -> Iterator[Reason]:
    """What else keeps a measure from having a number, for that reason alone."""
    missing = {row.measure: row.reason for row in evidence.summary if row.mean is None and row.reason not in _NO_FAULT}
    for code in sorted({reason for name, reason in missing.items() if reason and name not in listed}):
        measures = tuple(name for name in evidence.measures_lost(code) if name not in listed)
        yield rules.reason(code, measures, no_number=True)
