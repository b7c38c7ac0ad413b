"""How much the film can carry: track, viewpoint, cycles and summary in; a grade with each fault and its way out, out.

A refusal lists the measures that have no number for it; a remark (a camera's yaw that was corrected, an unknown roll, a
turned subject) those that are less sure. Every measure without a number stands in at least one of them.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from alignment.assessment import Activity, changed_deg, reason_text
from alignment.correction import Correction
from alignment.cycles import Cut
from alignment.measures import UPRIGHT
from alignment.quality import rules
from alignment.quality.by_hand import by_hand
from alignment.result import Cleaning, Curves, Cycle, Quality, Reason, Summary, Viewpoint
from alignment.texts import say
from alignment.track import Track

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
    cuts: Sequence[Cut]
    cycles: Sequence[Cycle]
    summary: Sequence[Summary]
    #: Who was followed, counted from 1.
    person: int = 1
    #: What a person moved after the first analysis, and the measures whose numbers that changed.
    corrections: Sequence[Correction] = ()
    changed_by_hand: Sequence[str] = ()

    @property
    def counted(self) -> list[Cut]:
        """The cycles that count."""
        return [cut for cut in self.cuts if not cut.rejected]

    def touched(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of these measures the activity shows, in its order."""
        among = set(names)
        return tuple(name for name in self.activity.measures if name in among)

    def lost(self, *reasons: str) -> tuple[str, ...]:
        """The measures that have no number, on one side at least, for one of these reasons."""
        return self.touched({row.measure for row in self.summary if row.mean is None and row.reason in reasons})

    def unsure(self, code: str, *names: str) -> tuple[str, ...]:
        """Which of these measures have a number, less sure for this reason, and which have none for it."""
        given = {row.measure for row in self.summary if row.mean is not None}
        return self.touched({*given.intersection(names), *self.lost(code)})


def judged(evidence: Evidence) -> Quality:
    """The film's grade: unusable where nothing could be measured, good where no measure is touched by a fault."""
    reasons = list(_reasons(evidence))
    listed = {name for reason in reasons for name in reason.measures}
    reasons += _unexplained(evidence, listed)
    if not any(row.mean is not None for row in evidence.summary):
        return Quality("unusable", tuple(reasons))
    return Quality("usable" if any(reason.measures for reason in reasons) else "good", tuple(reasons))


def refused(track: Track, activity: Activity, why: str) -> Quality:
    """The quality of a film in which nothing can be measured at all."""
    duration_s = float(track.time_s[-1] - track.time_s[0]) if track.frames else 0.0
    return Quality("unusable", (*_film(track), rules.reason(why, activity.measures, duration_s=duration_s)))


def _given(*faults: Reason | None) -> Iterator[Reason]:
    """Those of the rules that apply."""
    return (fault for fault in faults if fault is not None)


def _reasons(evidence: Evidence) -> Iterator[Reason]:
    person = list(_person(evidence))
    hidden = any(reason.code in rules.PARTS and reason.measures for reason in person)
    yield from (*_film(evidence.raw), *person, *_camera(evidence), *_movement(evidence, hidden=hidden))
    if evidence.corrections:
        given = {row.measure for row in evidence.summary if row.mean is not None}
        changed = evidence.touched(given.intersection(evidence.changed_by_hand))
        yield by_hand(evidence.corrections, evidence.cycles, changed)


def _film(track: Track) -> Iterator[Reason]:
    return _given(rules.damaged(track.source), rules.rate_assumed(track.source), rules.blurred(track.sharpness))


def _person(evidence: Evidence) -> Iterator[Reason]:
    raw, swaps = evidence.raw, evidence.cleaning.swaps_mended
    yield from _given(rules.seldom_seen(raw, evidence.lost("not_seen")))
    # From the side the far leg hides by itself, and what that spoils is refused already.
    if evidence.viewpoint.facing in ("front", "back"):
        yield from _hidden(evidence)
    yield from _given(rules.small_figure(raw))
    if swaps:
        yield rules.reason("swaps", (), frames=swaps)
    yield from _given(rules.several_people(raw, evidence.person))


def _hidden(evidence: Evidence) -> Iterator[Reason]:
    """The part that is most often out of the picture, or hidden where a number was wanted. Nothing works without hips."""
    track, seen = evidence.curves.track, evidence.raw.seen
    shares = {code: rules.hidden_share(track, seen, code) for code in rules.PARTS}
    often = [code for code, share in shares.items() if share > rules.HIDDEN]
    code = often[0] if often else max(shares, key=lambda code: shares[code])
    # Without it, repetitions are not found either.
    lost = evidence.lost("not_seen") if evidence.counted else evidence.lost("not_seen", "no_cycles")
    if often or (evidence.counted and lost and shares[code] > 0):
        yield rules.hidden(code, shares[code], lost)


def _camera(evidence: Evidence) -> Iterator[Reason]:
    view, views = evidence.viewpoint, evidence.activity.views
    frontal = evidence.touched(rules.FRONTAL)
    refusal = rules.side_view(view, views, frontal) or rules.too_far_aside(view, views, frontal)
    if refusal:
        yield refusal
        return
    turned_back = evidence.unsure("camera_yaw", *rules.CORRECTED)
    yield from _given(
        rules.somewhat_aside(view, views, turned_back, changed_deg(evidence.cycles)),
        rules.subject_turned(view, evidence.unsure("subject_turned", *frontal)),
        rules.roll_unknown(view, evidence.unsure("roll_unknown", *UPRIGHT)),
    )


def _movement(evidence: Evidence, *, hidden: bool) -> Iterator[Reason]:
    """Too few pictures, or nothing that counts; `hidden` where a part out of the picture explains that already."""
    rate_hz, activity = evidence.raw.rate_hz, evidence.activity
    too_slow = rules.low_rate(rate_hz, activity.max_fps, activity.measures)
    slow = rules.slow_film(rate_hz, activity.max_fps, evidence.cleaning.filter_hz, activity.cutoff_hz)
    yield from _given(too_slow, slow)
    counted = evidence.counted
    rejected = Counter(cut.rejected for cut in evidence.cuts if cut.rejected)
    code = rejected.most_common(1)[0][0] if rejected else None
    why = reason_text(code) if code else say("why_no_movement").message
    explained = hidden and code in (None, "not_seen")
    if not counted and not too_slow and not explained:
        yield rules.reason("wrong_activity", activity.measures, activity=activity.title.lower(), why=why)
    elif counted and rejected:
        cycles = say(f"cycles_{counted[0].kind}").message
        yield rules.reason("few_cycles", (), counted=len(counted), total=len(evidence.cuts), cycles=cycles, why=why)
    for code in sorted(set(activity.cannot_tell.values())):
        measures = evidence.touched(name for name, reason in activity.cannot_tell.items() if reason == code)
        if measures:
            yield rules.reason(code, measures, f"pelvis_{code}")


def _unexplained(evidence: Evidence, listed: Container[str]) -> Iterator[Reason]:
    """What else keeps a measure from having a number, with that reason's own way out."""
    missing = {row.measure: row.reason for row in evidence.summary if row.mean is None and row.reason not in _NO_FAULT}
    for code in sorted({reason for name, reason in missing.items() if reason and name not in listed}):
        measures = tuple(name for name in evidence.lost(code) if name not in listed)
        names = ", ".join(say(f"measure_{name}").message for name in measures)
        why = say(f"reason_{code}")
        yield Reason(code, say("quality_lost", measures=names, why=why.message).message, why.remedy, measures)
