"""A raw track, an activity and settings in; the result out. The order of the stages and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

import numpy as np

from alignment.core import assessment, quality, recognition, viewpoint
from alignment.core.assessment import Activity, Limits, shipped_limits
from alignment.core.calibration import Calibration
from alignment.core.camera_motion import CAMERA_MOVED, CameraPath, Motion, camera_path
from alignment.core.cleaning import clean
from alignment.core.correction import Correction, Hand, apply_corrections
from alignment.core.cycles import Cut
from alignment.core.joints import is_read, with_read_joints
from alignment.core.measures import FRONTAL
from alignment.core.result import Cleaning, Curves, Result, Software, Viewpoint, findings, leg_m_of, source_of
from alignment.core.result.parts import Plain
from alignment.core.settings import MODEL, READ, Reading, Settings
from alignment.core.stretches import join_stretches
from alignment.core.track import Flags, Track
from alignment.core.uncertainty import measure_all
from alignment.version import version_of

#: Why nothing counts in a film that is too slow to follow a movement.
TOO_SLOW = "film_too_slow"


def analyze(
    track: Track,
    activity: Activity,
    calibration: Calibration,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    corrections: Sequence[Correction] = (),
    *,
    limits: Limits | None = None,
    asked: Mapping[str, Plain] | None = None,
) -> Result:
    """Everything that one person's landmarks can tell about one activity. Pure: the same for file, webcam and batch.

    `calibration` is what is known of the model that found the landmarks. `corrections` are landmarks that a person put
    right after an analysis; they change the repetitions in which they were made, and nothing that the whole film tells
    (docs/records.md). Verdicts go by `limits`, by default the shipped ones; `asked` is what the result tells of what was
    asked for. InputError where a correction does not fit the track.
    """
    limits = limits or shipped_limits()
    activity = activity if track.marks is None else activity.worn()
    look = partial(
        _of_one_facing,
        activity=activity,
        calibration=calibration,
        settings=settings,
        limits=limits,
        asked=asdict(settings) if asked is None else asked,
    )
    whole, stretches = look(track, corrections=corrections)
    if len(stretches) < 2:
        return whole
    parts = []
    for frames in stretches:
        own = track.part(frames)
        moved = [one for one in corrections if own.time_s[0] <= one.time_s <= own.time_s[-1]]
        parts.append((frames, look(own, corrections=moved)[0]))
    return join_stretches(whole, parts, activity, limits, calibration)


def _of_one_facing(
    track: Track,
    *,
    activity: Activity,
    calibration: Calibration,
    settings: Settings,
    corrections: Sequence[Correction],
    limits: Limits,
    asked: Mapping[str, Plain],
) -> tuple[Result, list[slice]]:
    """The result of a track in which the subject faces one way, and the stretches in which it does."""
    result = partial(Result, source=source_of(track.source, track.frames), activity=activity.name)
    why_not = quality.usable_frames(track)
    if why_not:
        software = _software(track, activity, limits, asked, MODEL)
        return _refusal(partial(result, software=software), track, activity, limits, why_not), [slice(0, track.frames)]
    camera = camera_path(track)
    cleaned, cleaning = clean(track, cutoff_hz=activity.cutoff_hz, max_gap_s=activity.max_gap_s, camera=camera)
    setup = viewpoint.estimate(
        camera.steadied(cleaned), activity.stance, calibration, settings, roll_varies_deg=camera.roll_varies_deg
    )
    as_modelled = _Moved(cleaned, setup)
    if settings.joints == READ and calibration.read and setup.heading.facing in FRONTAL and is_read(track):
        calibration = calibration.read
        cleaned, cleaning = clean(
            with_read_joints(track), cutoff_hz=activity.cutoff_hz, max_gap_s=activity.max_gap_s, camera=camera
        )
        setup = viewpoint.with_joints(
            setup, camera.steadied(cleaned), calibration, settings, roll_varies_deg=camera.roll_varies_deg
        )
    moved = _by_hand(cleaned, setup, corrections, cleaning.filter_hz, camera)
    body, by_measure = measure_all(camera.steadied(moved.track), moved.setup, activity.name, moved.hand)
    curves = Curves(moved.track, by_measure)
    too_slow = track.rate_hz < quality.MIN_RATE_HZ
    if calibration.joints == READ:
        whole = viewpoint.reconstruct(camera.steadied(as_modelled.track), as_modelled.setup)
        cuts = _cuts(activity, whole, as_modelled, camera)
    else:
        cuts = _cuts(activity, body, moved, camera)
    if too_slow:
        cuts = [replace(cut, rejected=cut.rejected or TOO_SLOW) for cut in cuts]
    view = viewpoint.viewpoint_of(setup, _frames_that_count(cuts, track.frames))
    exact = limits.seen_from(setup.heading.facing)
    cycles = assessment.judge_cycles(assessment.measure_cycles(cuts, curves), activity, exact)
    refused = assessment.reasons_for_no_value(curves, otherwise=TOO_SLOW if too_slow else "")
    summary = assessment.summarize(cycles, activity, exact, refused)
    known = {(activity.cutoff_hz, activity.max_gap_s): cleaned}
    recognised = recognition.recognize(track, calibration, settings, camera=camera, cleaned=known)
    changed = quality.changed_measures(moved.as_seen, body) if moved.as_seen else ()
    evidence = quality.Evidence(
        track,
        curves,
        view,
        cleaning,
        activity,
        cycles,
        summary,
        person=settings.person or 1,
        camera=camera,
        corrections=tuple(corrections),
        changed_by_hand=tuple(changed),
        recognised=recognised,
    )
    found = result(
        software=_software(track, activity, limits, asked, calibration.joints),
        viewpoint=view,
        quality=quality.grade(evidence),
        cleaning=cleaning,
        cycles=cycles,
        summary=summary,
        findings=findings(summary, cycles, activity.name, leg_m_of(settings.height_m)),
        recognised=recognised,
        pelvis=track.marks.kind if track.marks and body.pelvis else None,
        curves=curves,
    )
    return found, setup.heading.stretches(track.time_s)


@dataclass(frozen=True)
class _Moved:
    """The cleaned track as measured, with what a person moved in it; `as_seen` is the body without that."""

    track: Track
    setup: viewpoint.Setup
    hand: Hand | None = None
    as_seen: viewpoint.Body | None = None


def _cuts(activity: Activity, body: viewpoint.Body, moved: _Moved, camera: CameraPath) -> list[Cut]:
    """The activity's cycles. Where the camera moved, feet are told to stand or to go by what is behind them."""
    if camera.motion is not Motion.MOVED:
        return activity.cut(body)
    picture = viewpoint.picture_of(camera.in_one_picture(moved.track), moved.setup)
    cuts = activity.cut(replace(body, picture=picture, from_one_place=False))
    # What is taken to stay in one place of the picture has neither depth nor size where that place is not known.
    return [replace(cut, rejected=CAMERA_MOVED) for cut in cuts] if activity.stance.fixed_part else cuts


def _by_hand(
    cleaned: Track,
    setup: viewpoint.Setup,
    corrections: Sequence[Correction],
    filter_hz: float | None,
    camera: CameraPath,
) -> _Moved:
    """The cleaned track with the corrections, and the setup for it; both as they were where there are none."""
    if not corrections:
        return _Moved(cleaned, setup)
    moved, hand = apply_corrections(cleaned, corrections, filter_hz)
    as_seen = camera.steadied(cleaned)
    moved_setup = viewpoint.with_moved_landmarks(setup, as_seen, camera.steadied(moved))
    return _Moved(moved, moved_setup, hand, viewpoint.reconstruct(as_seen, setup))


def _frames_that_count(cuts: list[Cut], frames: int) -> Flags:
    """The frames of the cycles that count; all where none does."""
    where = np.zeros(frames, dtype=bool)
    for cut in cuts:
        if not cut.rejected:
            where[cut.start : cut.end + 1] = True
    return where if where.any() else ~where


def _refusal(result: partial[Result], track: Track, activity: Activity, limits: Limits, why_not: str) -> Result:
    """The result of a film in which nothing can be measured: no cycle, no number, the reason and the remedy."""
    summary = assessment.summary_without_numbers(activity, limits, why_not)
    return result(
        viewpoint=_NO_VIEWPOINT,
        quality=quality.grade_refused(track, activity, why_not),
        cleaning=Cleaning(0, 0, 0, None),
        cycles=(),
        summary=summary,
        findings=findings(summary, (), activity.name),
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
    distance_leg_lengths=None,
    distance_se=None,
    corrected=False,
)


def _software(
    track: Track, activity: Activity, limits: Limits, asked: Mapping[str, Plain], joints: Reading
) -> Software:
    known: dict[str, Plain] = {"activity": activity.name, "max_fps": activity.max_fps, "quality": track.model.quality}
    return Software(
        version=version_of(),
        mediapipe=track.model.engine.partition("mediapipe ")[2] or None,
        model=track.model.variant,
        model_sha256=track.model.sha256,
        settings={**asked, **known, "limits_sha256": limits.sha256},
        engine=track.model.engine,
        joints=joints,
        joints_sha256=track.model.joints_sha256 if joints == READ else None,
    )
