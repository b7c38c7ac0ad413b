"""How much the film can carry: track, viewpoint, cycles and summary in; a grade with each fault and its way out, out.

A refusal lists the measures that have no number for it; a remark (a camera's yaw that was corrected, an unknown roll, a
turned subject) those that are less sure. Every measure without a number stands in at least one of them.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alignment.assessment import Activity, reason_text
from alignment.cycles import Cut
from alignment.measures import ANYWHERE, MEASURES
from alignment.result import Cleaning, Curves, Quality, Reason, Summary, Viewpoint
from alignment.skeleton import SIDES, of_side
from alignment.texts import say
from alignment.track import Track

#: Under this share of frames with the subject, or with its feet or hips, the film does not show it.
SELDOM, HIDDEN = 0.5, 0.3
#: A figure found in less than this share of the frames is the model's error.
HARDLY = 0.1
MIN_DURATION_S, MIN_FRAMES = 1.0, 10
#: Mean luma of 255; a room lit by one lamp has 60.
DARK = 35.0
#: Slower film cannot follow a movement. Design, section 3.
MIN_RATE_HZ = 10.0
SMALL_PX = 200.0
#: A camera this near to the front needs no mention.
SQUARE_DEG = 5.0
#: Measures that need a true vertical.
_UPRIGHT = ("pelvic_obliquity", "trunk_lean", "weight_right_share")
#: One leg may be filmed alone: that it has no repetitions is no fault of the film.
_NO_FAULT = ("no_cycles", "one_leg_only")
#: Measures that are turned into the frontal plane.
_CORRECTED = ("fppa", "knee_over_toe", "knee_ankle_ratio")
#: What may be out of the picture, by the code of the reason, the most needed first.
_PARTS = {"hips_out": ("hip", "knee"), "feet_out": ("ankle", "toe"), "shoulders_out": ("shoulder",)}


@dataclass(frozen=True)
class Evidence:
    """All that the grade rests on."""

    raw: Track
    curves: Curves
    viewpoint: Viewpoint
    cleaning: Cleaning
    activity: Activity
    cuts: Sequence[Cut]
    summary: Sequence[Summary]
    #: Who was followed, counted from 1.
    person: int = 1

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


def usable_frames(track: Track) -> str | None:
    """Code of the reason why nothing at all can be measured in a film, None where something can."""
    if not track.seen.any() or track.seen.mean() < HARDLY:
        return "nobody"
    if track.frames < MIN_FRAMES or track.time_s[-1] - track.time_s[0] < MIN_DURATION_S:
        return "too_short"
    if np.median(track.brightness) < DARK:
        return "too_dark"
    return None


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
    return Quality("unusable", (*_film(track), _reason(why, activity.measures, duration_s=duration_s)))


def _reason(code: str, measures: Iterable[str], text: str | None = None, **values: object) -> Reason:
    words = say(f"quality_{text or code}", **values)
    return Reason(code, words.message, words.remedy, tuple(measures))


def _reasons(evidence: Evidence) -> Iterator[Reason]:
    person = list(_person(evidence))
    hidden = any(reason.code in _PARTS and reason.measures for reason in person)
    yield from (*_film(evidence.raw), *person, *_camera(evidence), *_movement(evidence, hidden=hidden))


def _film(track: Track) -> Iterator[Reason]:
    if track.source.damaged:
        yield _reason("damaged", ())
    if track.source.rate_assumed:
        yield _reason("rate_assumed", (), rate_hz=round(track.source.fps, 2))


def _person(evidence: Evidence) -> Iterator[Reason]:
    raw = evidence.raw
    share = float(raw.seen.mean())
    if share < SELDOM:
        yield _reason("seldom_seen", evidence.lost("not_seen"), percent=100 * share)
    # From the side the far leg hides by itself, and what that spoils is refused already.
    if evidence.viewpoint.facing in ("front", "back"):
        yield from _hidden(evidence)
    y = raw.pixels[raw.seen, :, 1]
    height_px = float(np.median(np.nanmax(y, axis=1) - np.nanmin(y, axis=1)))
    if height_px < SMALL_PX:
        yield _reason("small_figure", (), height_px=height_px)
    if evidence.cleaning.swaps_mended:
        yield _reason("swaps", (), frames=evidence.cleaning.swaps_mended)
    if np.median(raw.people) > 1:
        yield _reason("several_people", (), person=evidence.person)


def _hidden(evidence: Evidence) -> Iterator[Reason]:
    """The part that is most often out of the picture, or hidden where a number was wanted. Nothing works without hips."""
    shares = {code: _hidden_share(evidence, *parts) for code, parts in _PARTS.items()}
    often = [code for code, share in shares.items() if share > HIDDEN]
    code = often[0] if often else max(shares, key=lambda code: shares[code])
    # Without it, repetitions are not found either.
    lost = evidence.lost("not_seen") if evidence.counted else evidence.lost("not_seen", "no_cycles")
    if often or (evidence.counted and lost and shares[code] > 0):
        yield _reason(code, lost, percent=max(1.0, 100 * shares[code]))


def _hidden_share(evidence: Evidence, *parts: str) -> float:
    """Share of the frames with the subject in which one of these parts is not seen on one side or the other."""
    seen = evidence.raw.seen
    needed = [landmark for side in SIDES for landmark in of_side(side, *parts)]
    whole = np.isfinite(evidence.curves.track.pixels[seen][:, needed, 0]).all(axis=1)
    return float(1.0 - whole.mean())


def _camera(evidence: Evidence) -> Iterator[Reason]:
    view, activity = evidence.viewpoint, evidence.activity
    frontal = evidence.touched(name for name, measure in MEASURES.items() if measure.views != ANYWHERE)
    place = say("place_either" if len(activity.views) > 1 else f"place_{activity.views[0]}").message
    if view.facing in ("left", "right"):
        yield _reason("side_view", frontal, side=say(f"side_{view.facing}").message, place=place)
        return
    side = say("side_left" if (view.yaw_deg or 0.0) > 0 else "side_right").message
    yaw_deg = abs(view.yaw_deg or 0.0)
    if not view.corrected:
        yield _reason("camera_yaw", frontal, yaw_deg=yaw_deg, side=side, place=place)
        return
    if yaw_deg >= SQUARE_DEG:
        yield _corrected(evidence, yaw_deg, side, place)
    if view.yaw_varies:
        yield _reason("subject_turned", evidence.unsure("subject_turned", *frontal))
    upright = evidence.unsure("roll_unknown", *_UPRIGHT)
    if upright and not view.roll_given:
        yield _reason("roll_unknown", upright, roll_se_deg=view.roll_se_deg)


def _corrected(evidence: Evidence, yaw_deg: float, side: str, place: str) -> Reason:
    """Where the camera stood, noticeably aside, and what turning the picture back changed."""
    curves = evidence.curves.by_measure
    keys = [cut.key for cut in evidence.counted]
    changes = [np.abs(curves["fppa", leg].value - curves["fppa_image", leg].value)[keys] for leg in SIDES]
    known = np.concatenate(changes)
    known = known[np.isfinite(known)]
    measures = evidence.unsure("camera_yaw", *_CORRECTED)
    text = "camera_yaw_corrected" if len(known) else "camera_yaw"
    most_deg = float(known.max()) if len(known) else 0.0
    return _reason("camera_yaw", measures, text, yaw_deg=yaw_deg, side=side, place=place, most_deg=most_deg)


def _movement(evidence: Evidence, *, hidden: bool) -> Iterator[Reason]:
    """Too few pictures, or nothing that counts; `hidden` where a part out of the picture explains that already."""
    rate_hz, activity = evidence.raw.rate_hz, evidence.activity
    if rate_hz < MIN_RATE_HZ:
        yield _reason("low_rate", activity.measures, rate_hz=rate_hz, wanted_hz=activity.max_fps)
    elif evidence.cleaning.filter_hz and evidence.cleaning.filter_hz < activity.cutoff_hz:
        filter_hz = evidence.cleaning.filter_hz
        yield _reason("slow_film", (), rate_hz=rate_hz, filter_hz=filter_hz, wanted_hz=activity.max_fps)
    counted = evidence.counted
    rejected = Counter(cut.rejected for cut in evidence.cuts if cut.rejected)
    code = rejected.most_common(1)[0][0] if rejected else None
    why = reason_text(code) if code else say("why_no_movement").message
    explained = hidden and code in (None, "not_seen")
    if not counted and rate_hz >= MIN_RATE_HZ and not explained:
        yield _reason("wrong_activity", activity.measures, activity=activity.title.lower(), why=why)
    elif counted and rejected:
        cycles = say(f"cycles_{counted[0].kind}").message
        yield _reason("few_cycles", (), counted=len(counted), total=len(evidence.cuts), cycles=cycles, why=why)
    for code in sorted(set(activity.cannot_tell.values())):
        measures = evidence.touched(name for name, reason in activity.cannot_tell.items() if reason == code)
        if measures:
            yield _reason(code, measures, f"pelvis_{code}")


def _unexplained(evidence: Evidence, listed: Container[str]) -> Iterator[Reason]:
    """What else keeps a measure from having a number, with that reason's own way out."""
    missing = {row.measure: row.reason for row in evidence.summary if row.mean is None and row.reason not in _NO_FAULT}
    for code in sorted({reason for name, reason in missing.items() if reason and name not in listed}):
        measures = tuple(name for name in evidence.lost(code) if name not in listed)
        names = ", ".join(say(f"measure_{name}").message for name in measures)
        why = say(f"reason_{code}")
        yield Reason(code, say("quality_lost", measures=names, why=why.message).message, why.remedy, measures)
