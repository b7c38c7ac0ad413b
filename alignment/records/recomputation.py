"""The result of a kept analysis computed anew by this version, with what a person moved."""

from collections.abc import Sequence
from dataclasses import replace

from alignment import workflow
from alignment.core import quality
from alignment.core.activities import ACTIVITIES
from alignment.core.result import Result
from alignment.core.track import Track
from alignment.errors import InputError
from alignment.records.models import Analysis, Correction
from alignment.request import Request


def recompute(analysis: Analysis, track: Track, corrections: Sequence[Correction] | None = None) -> Result:
    """The analysis' result by this version, with its curves: the same film, part, person and roll, these corrections.

    `track` is as the model gave it, `corrections` None those of the analysis. Limits are the shipped ones; where the
    analysis was judged by others, `other_limits` among the reasons of quality says so. InputError where this version does
    not know the movement, or a correction does not fit the track.
    """
    if analysis.result.activity not in ACTIVITIES:
        raise InputError("recompute_activity", activity=analysis.result.activity)
    request = Request.of_settings(analysis.result.activity, analysis.result.software.settings)
    places = analysis.corrections if corrections is None else corrections
    result = workflow.assess(track, request, places)
    first_limits = analysis.result.software.settings["limits_sha256"]
    # What was computed anew by these limits since then says itself that they were others at first.
    known = any(one.code == quality.OTHER_LIMITS for one in analysis.result.quality.reasons)
    if first_limits == request.limits.sha256 and not known:
        return result
    reasons = (*result.quality.reasons, quality.other_limits())
    return replace(result, quality=replace(result.quality, reasons=reasons))
