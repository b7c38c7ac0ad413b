"""How much the film can carry: track, viewpoint and cycles in; a grade with each fault and its way out, out."""

from collections import Counter
from collections.abc import Iterable, Sequence
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
_FEET = ("knee_over_toe", "weight_right_share", "knee_ankle_ratio", "fppa", "fppa_image", "knee_flexion")


@dataclass(frozen=True)
class Evidence:
    """All that the grade rests on."""

    raw: Track
    curves: Curves
    viewpoint: Viewpoint
    cleaning: Cleaning
    activity: Activity
    cuts: Sequence[Cut]


def usable_frames(track: Track) -> str | None:
    """Code of the reason why nothing at all can be measured in a film, None where something can."""
    if not track.seen.any():
        return "nobody"
    if track.seen.mean() < 0.1:
        return "nobody"
    if track.frames < MIN_FRAMES or track.time_s[-1] - track.time_s[0] < MIN_DURATION_S:
        return "too_short"
    if np.median(track.brightness) < DARK:
        return "too_dark"
    return None


def judged(evidence: Evidence, summary: Sequence[Summary]) -> Quality:
    """The film's grade: unusable where nothing could be measured, good where nothing needs saying."""
    reasons = tuple(_reasons(evidence))
    if not any(row.mean is not None for row in summary):
        return Quality("unusable", reasons)
    return Quality("usable" if any(reason.measures for reason in reasons) else "good", reasons)


def refused(track: Track, why: str) -> Quality:
    """The quality of a film in which nothing can be measured at all."""
    duration_s = float(track.time_s[-1] - track.time_s[0]) if track.frames else 0.0
    return Quality("unusable", (*_film(track), _reason(why, MEASURES, duration_s=duration_s)))


def _reason(code: str, measures: Iterable[str], text: str | None = None, **values: object) -> Reason:
    words = say(f"quality_{text or code}", **values)
    return Reason(code, words.message, words.remedy, tuple(measures))


def _reasons(evidence: Evidence) -> Iterable[Reason]:
    yield from _film(evidence.raw)
    yield from _person(evidence)
    yield from _camera(evidence)
    yield from _movement(evidence)


def _film(track: Track) -> Iterable[Reason]:
    if track.source.damaged:
        yield _reason("damaged", ())
    if track.source.rate_assumed:
        yield _reason("rate_assumed", (), rate_hz=round(track.source.fps, 2))


def _person(evidence: Evidence) -> Iterable[Reason]:
    raw, cleaned = evidence.raw, evidence.curves.track
    share = float(raw.seen.mean())
    if share < SELDOM:
        yield _reason("seldom_seen", MEASURES, percent=100 * share)
    for code, parts, measures in (
        ("hips_out", ("hip", "knee"), tuple(MEASURES)),
        ("feet_out", ("ankle", "toe"), _FEET),
    ):
        needed = [landmark for side in SIDES for landmark in of_side(side, *parts)]
        hidden = 1.0 - float(np.isfinite(cleaned.pixels[cleaned.seen][:, needed, 0]).all(axis=1).mean())
        # From the side the far leg hides by itself, and what that spoils is refused already.
        if hidden > HIDDEN and evidence.viewpoint.facing in ("front", "back"):
            yield _reason(code, measures, percent=100 * hidden)
            break
    y = raw.pixels[raw.seen, :, 1]
    height_px = float(np.median(np.nanmax(y, axis=1) - np.nanmin(y, axis=1)))
    if height_px < SMALL_PX:
        yield _reason("small_figure", (), height_px=height_px)
    if evidence.cleaning.swaps_mended:
        yield _reason("swaps", (), frames=evidence.cleaning.swaps_mended)
    if np.median(raw.people) > 1:
        yield _reason("several_people", ())


def _camera(evidence: Evidence) -> Iterable[Reason]:
    view, activity = evidence.viewpoint, evidence.activity
    frontal = tuple(name for name, measure in MEASURES.items() if measure.views != ANYWHERE)
    place = say("place_either" if len(activity.views) > 1 else f"place_{activity.views[0]}").message
    yaw_deg = view.yaw_deg or 0.0
    to_left = (yaw_deg > 0) == (view.facing in ("front", "back"))
    if view.facing in ("left", "right"):
        side = say(f"side_{view.facing}").message
        yield _reason("side_view", frontal, side=side, place=place)
    elif not view.corrected:
        side = say("side_left" if to_left else "side_right").message
        yield _reason("camera_yaw", frontal, yaw_deg=abs(yaw_deg), side=side, place=place)
    else:
        yield from _corrected(evidence, abs(yaw_deg), "side_left" if to_left else "side_right", place)
    if view.yaw_varies and view.facing in ("front", "back"):
        yield _reason("subject_turned", frontal, turn_deg=2 * (view.yaw_se_deg or 0.0))
    if not view.roll_given and view.facing in ("front", "back"):
        yield _reason("roll_unknown", _UPRIGHT, roll_se_deg=view.roll_se_deg)


def _corrected(evidence: Evidence, yaw_deg: float, side: str, place: str) -> Iterable[Reason]:
    """Where the camera stood and what turning the picture back changed, if it stood noticeably aside."""
    if yaw_deg < SQUARE_DEG:
        return
    curves = evidence.curves.by_measure
    keys = [cut.key for cut in evidence.cuts if not cut.rejected]
    changes = [np.abs(curves["fppa", leg].value - curves["fppa_image", leg].value)[keys] for leg in SIDES]
    known = np.concatenate(changes) if keys else np.array([])
    known = known[np.isfinite(known)]
    measures = ("fppa", "knee_over_toe", "knee_ankle_ratio")
    text = "camera_yaw_corrected" if len(known) else "camera_yaw"
    most_deg = float(known.max()) if len(known) else 0.0
    words = say(side).message
    yield _reason("camera_yaw", measures, text, yaw_deg=yaw_deg, side=words, place=place, most_deg=most_deg)


def _movement(evidence: Evidence) -> Iterable[Reason]:
    rate_hz = evidence.raw.rate_hz
    if rate_hz < MIN_RATE_HZ:
        yield _reason("low_rate", MEASURES, rate_hz=rate_hz)
    elif evidence.cleaning.filter_hz and evidence.cleaning.filter_hz < evidence.activity.cutoff_hz:
        yield _reason("slow_film", (), rate_hz=rate_hz, filter_hz=evidence.cleaning.filter_hz)
    counted = [cut for cut in evidence.cuts if not cut.rejected]
    rejected = Counter(cut.rejected for cut in evidence.cuts if cut.rejected)
    why = reason_text(rejected.most_common(1)[0][0]) if rejected else say("why_no_movement").message
    if not counted and rate_hz >= MIN_RATE_HZ:
        yield _reason("wrong_activity", MEASURES, activity=evidence.activity.title.lower(), why=why)
    elif counted and rejected:
        yield _reason("few_cycles", (), counted=len(counted), rejected=sum(rejected.values()), why=why)
    for code in sorted(set(evidence.activity.cannot_tell.values())):
        measures = [name for name, reason in evidence.activity.cannot_tell.items() if reason == code]
        yield _reason(code, measures, f"pelvis_{code}")
