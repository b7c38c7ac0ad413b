"""A raw track, an activity and settings in; the result out. The order of the stages and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from jaxtyping import Bool

from alignment import assessment, quality, viewpoint
from alignment.assessment import Activity, Limits, shipped_limits
from alignment.cleaning import clean
from alignment.correction import Correction, Hand, corrected
from alignment.cycles import Cut
from alignment.result import Cleaning, Curves, Result, SettingsUsed, Software, Viewpoint, source_of
from alignment.track import Track
from alignment.uncertainty import measure_all

#: Why nothing counts in a film that is too slow to follow a movement.
TOO_SLOW = "film_too_slow"


@dataclass(frozen=True)
class Settings:
    """What is asked for beyond the activity. The last three only record how the film was read."""

    #: + when the camera is turned anticlockwise as seen from behind it, in degrees; None where no vertical is known.
    camera_roll_deg: float | None = None
    limits: Limits = field(default_factory=shipped_limits)
    start_s: float | None = None
    end_s: float | None = None
    person: int | None = None


def analyze(
    track: Track, activity: Activity, settings: Settings | None = None, corrections: Sequence[Correction] = ()
) -> Result:
    """Everything that one person's landmarks can tell about one activity. Pure: the same for file, webcam and batch.

    `corrections` are landmarks that a person put right after an analysis; they change the repetitions in which they were
    made, and nothing that the whole film tells (docs/records.md). InputError where one does not fit the track.
    """
    settings = settings or Settings()
    why_not = quality.usable_frames(track)
    if why_not:
        return _refused(track, activity, settings, why_not)
    cleaned, cleaning = clean(track, cutoff_hz=activity.cutoff_hz, max_gap_s=activity.max_gap_s)
    view, setup = viewpoint.estimate(
        cleaned, camera_roll_deg=settings.camera_roll_deg, anchor=activity.anchor, free_foot=activity.free_foot
    )
    moved = _by_hand(cleaned, setup, corrections, cleaning.filter_hz)
    body, by_measure = measure_all(moved.track, moved.setup, activity.cannot_tell, moved.hand, activity.own_se)
    curves = Curves(moved.track, by_measure)
    too_slow = track.rate_hz < quality.MIN_RATE_HZ
    cuts = _uncounted(activity.cut(body), TOO_SLOW) if too_slow else activity.cut(body)
    view = viewpoint.counted(view, setup, _counted(cuts, track.frames))
    cycles = assessment.valued(cuts, curves)
    refused = assessment.refusals(curves, otherwise=TOO_SLOW if too_slow else "")
    summary = assessment.summarized(cycles, activity, settings.limits, refused)
    changed = quality.changed_measures(moved.as_seen, body) if moved.as_seen else ()
    evidence = quality.Evidence(
        track,
        curves,
        view,
        cleaning,
        activity,
        cuts,
        cycles,
        summary,
        person=settings.person or 1,
        corrections=tuple(corrections),
        changed_by_hand=tuple(changed),
    )
    return Result(
        software=_software(track, activity, settings),
        source=source_of(track.source, track.frames),
        activity=activity.name,
        viewpoint=view,
        quality=quality.judged(evidence),
        cleaning=cleaning,
        cycles=cycles,
        summary=summary,
        findings=assessment.findings(summary, cycles),
        curves=curves,
    )


@dataclass(frozen=True)
class _Moved:
    """The cleaned track as measured, with what a person moved in it; `as_seen` is the body without that."""

    track: Track
    setup: viewpoint.Setup
    hand: Hand | None = None
    as_seen: viewpoint.Body | None = None


def _by_hand(
    cleaned: Track, setup: viewpoint.Setup, corrections: Sequence[Correction], filter_hz: float | None
) -> _Moved:
    """The cleaned track with the corrections, and the setup for it; both as they were where there are none."""
    if not corrections:
        return _Moved(cleaned, setup)
    moved, hand = corrected(cleaned, corrections, filter_hz)
    return _Moved(moved, viewpoint.held(setup, cleaned, moved), hand, viewpoint.reconstruct(cleaned, setup))


def _uncounted(cuts: list[Cut], why: str) -> list[Cut]:
    """The cycles, all rejected: for their own reason or for this one."""
    return [replace(cut, rejected=cut.rejected or why) for cut in cuts]


def _counted(cuts: list[Cut], frames: int) -> Bool[np.ndarray, " frames"]:
    """The frames of the cycles that count; all where none does."""
    where = np.zeros(frames, dtype=bool)
    for cut in cuts:
        if not cut.rejected:
            where[cut.start : cut.end + 1] = True
    return where if where.any() else ~where


def _refused(track: Track, activity: Activity, settings: Settings, why_not: str) -> Result:
    """The result of a film in which nothing can be measured: no cycle, no number, the reason and the remedy."""
    summary = assessment.unmeasured(activity, settings.limits, why_not)
    return Result(
        software=_software(track, activity, settings),
        source=source_of(track.source, track.frames),
        activity=activity.name,
        viewpoint=_NO_VIEWPOINT,
        quality=quality.refused(track, activity, why_not),
        cleaning=Cleaning(0, 0, 0, None),
        cycles=(),
        summary=summary,
        findings=assessment.findings(summary, ()),
        curves=Curves(track, {}),
    )


_NO_VIEWPOINT = Viewpoint(
    facing=None,
    facing_probability=0.0,
    yaw_deg=None,
    yaw_se_deg=None,
    yaw_varies=False,
    roll_deg=0.0,
    roll_se_deg=viewpoint.ROLL_UNKNOWN_SE_DEG,
    roll_given=False,
    pitch_deg=None,
    distance_leg_lengths=None,
    distance_se=None,
    vfov_deg=None,
    corrected=False,
)


def _software(track: Track, activity: Activity, settings: Settings) -> Software:
    try:
        own_version = version("alignment")
    except PackageNotFoundError:
        own_version = "unknown"
    return Software(
        version=own_version,
        mediapipe=track.model.mediapipe,
        model=track.model.variant,
        model_sha256=track.model.sha256,
        settings=SettingsUsed(
            activity=activity.name,
            max_fps=activity.max_fps,
            quality=track.model.quality,
            camera_roll_deg=settings.camera_roll_deg,
            limits_sha256=settings.limits.sha256,
            start_s=settings.start_s,
            end_s=settings.end_s,
            person=settings.person,
        ),
    )
