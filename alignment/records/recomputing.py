"""An analysis kept in records, its landmarks and what a person moved in; its result as this version computes it, out."""

from collections.abc import Sequence
from dataclasses import replace

from alignment import pipeline, quality
from alignment.activities import ACTIVITIES
from alignment.assessment import Limits, shipped_limits
from alignment.records.kinds import Analysis, Correction
from alignment.result import Result
from alignment.texts import InputError
from alignment.track import Track


def recompute(analysis: Analysis, track: Track, corrections: Sequence[Correction] | None = None) -> Result:
    """The analysis' result by this version, with its curves: the same film, part, person and roll, these corrections.

    `track` is as the model gave it, `corrections` None those of the analysis. Limits are the shipped ones; where the
    analysis was judged by others, `other_limits` among the reasons of quality says so. InputError where this version does
    not know the movement, or a correction does not fit the track.
    """
    used = analysis.result.software.settings
    activity = ACTIVITIES.get(analysis.result.activity)
    if activity is None:
        raise InputError("recompute_activity", activity=analysis.result.activity)
    limits = shipped_limits()
    settings = pipeline.Settings(
        camera_roll_deg=used.camera_roll_deg,
        limits=limits,
        start_s=used.start_s,
        end_s=used.end_s,
        person=used.person,
    )
    result = pipeline.analyze(track, activity, settings, analysis.corrections if corrections is None else corrections)
    return _by_other_limits(result) if _others_limits(analysis.result, limits) else result


def _others_limits(first: Result, limits: Limits) -> bool:
    """Whether the film was judged by other limits at first; what was computed anew since then says so itself."""
    other = first.software.settings.limits_sha256 != limits.sha256
    return other or any(one.code == quality.OTHER_LIMITS for one in first.quality.reasons)


def _by_other_limits(result: Result) -> Result:
    reasons = (*result.quality.reasons, quality.other_limits())
    return replace(result, quality=replace(result.quality, reasons=reasons))
