"""Compared clips in; the figures of each group of them out, and their JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import numpy as np

from alignment.accuracy.bench import Compared, How
from alignment.accuracy.gaits import Moments, moments_of
from alignment.accuracy.pelvis import Told, told_by_marks
from alignment.accuracy.retest import retest
from alignment.accuracy.statistics import Z_95, Errors, Samples, errors_of
from alignment.core.activities import ACTIVITIES
from alignment.core.calibration import Repeatability
from alignment.core.geometry import wrapped_angle_deg
from alignment.core.measures import MEASURES
from alignment.core.result import Whose
from alignment.core.settings import Reading
from alignment.texts import say
from alignment.version import version_of

SCHEMA: Final = "alignment-accuracy/2"
By = Literal["activity", "split", "disturbance", "clip", "camera", "pelvis"]
#: Clips filmed from no further aside than this belong together.
NEAR_YAW_DEG: Final = 12.0


def _camera_label(one: Compared) -> str:
    """What stays in place, from which side it was filmed, and whether from near that side's middle."""
    camera, activity = one.clip.truth.camera, ACTIVITIES[one.clip.truth.activity]
    if camera.facing is None or camera.yaw_deg is None:
        return say("acc_camera_unknown").message
    near = "acc_camera_near" if abs(camera.yaw_deg) <= NEAR_YAW_DEG else "acc_camera_aside"
    what = say(f"acc_fixed_{activity.stance.fixed_part or 'nothing'}").message
    return say(near, what=what, facing=camera.facing, yaw=NEAR_YAW_DEG).message


_LABEL: Final[dict[str, Callable[[Compared], str]]] = {
    "activity": lambda one: one.clip.truth.activity,
    "split": lambda one: " ".join(filter(None, (one.clip.truth.activity, one.clip.split))),
    "disturbance": lambda one: " ".join(filter(None, (one.clip.truth.activity, one.clip.disturbance))),
    "clip": lambda one: one.clip.name,
    "camera": _camera_label,
    "pelvis": lambda one: one.result.pelvis or "none",
}


@dataclass(frozen=True)
class MeasureFigures:
    """One measure, both sides pooled: in all frames, and at the repetitions' key moments."""

    measure: str
    unit: str
    frames: Errors
    keys: Errors


@dataclass(frozen=True)
class RepetitionFigures:
    """How many repetitions there are, were found, missed and invented; how far off their key moments are, in seconds."""

    true: int
    found: int
    missed: int
    invented: int
    key_mean_s: float | None
    key_worst_s: float | None


@dataclass(frozen=True)
class CameraFigures:
    """In how many clips the facing is right; of these, the yaw's error in degrees and how often within ±1.96 errors."""

    clips: int
    facing_right: int
    yaw_bias_deg: float | None
    yaw_mean_deg: float | None
    yaw_rmse_deg: float | None
    yaw_worst_deg: float | None
    yaw_inside: int


@dataclass(frozen=True)
class Group:
    """The figures of some clips together."""

    label: str
    clips: int
    frames: int
    measures: tuple[MeasureFigures, ...]
    repetitions: RepetitionFigures
    camera: CameraFigures


@dataclass(frozen=True)
class ClipFigures:
    """One clip in a line: its film's grade, repetitions, yaw found and true, and each measure's RMSE over all frames."""

    clip: str
    activity: str
    split: str
    disturbance: str
    grade: str
    repetitions: RepetitionFigures
    yaw_deg: float | None
    yaw_se_deg: float | None
    true_yaw_deg: float | None
    rmse: Mapping[str, float | None]


@dataclass(frozen=True)
class Report:
    """What was run, and the figures of every group and clip. `joints` is the reading that was wanted.

    `retest` is empty where no movement was filmed twice, `pelvis` where nobody is known to wear marks, `gaits` where
    nobody runs or walks past.
    """

    version: str
    model: str
    joints: Reading
    vertical_given: bool
    split: str | None
    by: By
    groups: tuple[Group, ...]
    clips: tuple[ClipFigures, ...]
    retest: tuple[Repeatability, ...]
    pelvis: tuple[Told, ...]
    gaits: tuple[Moments, ...] = ()

    def to_json(self) -> str:
        """All figures; null where there are too few samples to say. Derived shares are added to each measure's."""
        content = asdict(self)
        for row, own_row in zip(content["retest"], self.retest, strict=True):
            row["mdc"] = own_row.mdc
        for group, own in zip(content["groups"], self.groups, strict=True):
            for entry, figures in zip(group["measures"], own.measures, strict=True):
                for part, errors in (("frames", figures.frames), ("keys", figures.keys)):
                    entry[part] |= {"coverage": errors.coverage, "inside_share": errors.inside_share}
        return json.dumps({"schema": SCHEMA, **_round(content)}, indent=1, allow_nan=False, ensure_ascii=False)


def report_of(compared: Sequence[Compared], how: How, by: By = "activity", split: str | None = None) -> Report:
    """The figures of the clips together in each group, in the order of their first appearance; before them, of all."""
    groups: dict[str, list[Compared]] = {}
    for one in compared:
        groups.setdefault(_LABEL[by](one), []).append(one)
    if len(groups) > 1 and by != "clip":
        groups = {say("acc_all").message: list(compared), **groups}
    return Report(
        version=version_of(),
        model=how.variant,
        joints=how.joints,
        vertical_given=how.vertical,
        split=split,
        by=by,
        groups=tuple(_group(label, some, with_baseline=how.baseline) for label, some in groups.items()),
        clips=tuple(_clip(one) for one in compared),
        retest=retest(compared),
        pelvis=told_by_marks(compared),
        gaits=moments_of(compared),
    )


def _group(label: str, compared: Sequence[Compared], *, with_baseline: bool) -> Group:
    return Group(
        label=label,
        clips=len(compared),
        frames=sum(one.result.source.analyzed_frames for one in compared),
        measures=_measures(compared, with_baseline=with_baseline),
        repetitions=_repetitions(compared),
        camera=_camera(compared),
    )


def _measures(compared: Sequence[Compared], *, with_baseline: bool) -> tuple[MeasureFigures, ...]:
    """The figures of each measure that some clip has a truth for; `pelvic_change` only where somebody wears marks."""
    worn = any(one.result.pelvis for one in compared)

    def errors(name: str, whose: Sequence[Whose], part: Literal["frames", "keys"]) -> Errors:
        samples = (getattr(one, part)[name, side] for one in compared for side in whose)
        return errors_of(Samples.pool(samples), with_baseline=with_baseline)

    rows = (
        MeasureFigures(m.name, m.unit, errors(m.name, m.whose, "frames"), errors(m.name, m.whose, "keys"))
        for m in MEASURES.values()
        if worn or m.name != "pelvic_change"
    )
    return tuple(row for row in rows if row.frames.of)


def _repetitions(compared: Sequence[Compared]) -> RepetitionFigures:
    found = [pair for one in compared for pair in one.matched.found]
    apart_s = [abs(cycle.key_s - rep.key_s) for rep, cycle in found]
    return RepetitionFigures(
        true=sum(len(one.matched.pairs) for one in compared),
        found=len(found),
        missed=sum(one.matched.missed for one in compared),
        invented=sum(len(one.matched.invented) for one in compared),
        key_mean_s=float(np.mean(apart_s)) if apart_s else None,
        key_worst_s=max(apart_s, default=None),
    )


def _camera(compared: Sequence[Compared]) -> CameraFigures:
    known = [one for one in compared if one.clip.truth.camera.facing is not None]
    right = [one for one in known if one.result.viewpoint.facing == one.clip.truth.camera.facing]
    errors, inside = [], 0
    for one in right:
        seen, true_deg = one.result.viewpoint, one.clip.truth.camera.yaw_deg
        if seen.yaw_deg is None or true_deg is None:
            continue
        errors.append(wrapped_angle_deg(seen.yaw_deg - true_deg))
        inside += seen.yaw_se_deg is not None and abs(errors[-1]) <= Z_95 * seen.yaw_se_deg
    return CameraFigures(
        clips=len(known),
        facing_right=len(right),
        yaw_bias_deg=float(np.mean(errors)) if errors else None,
        yaw_mean_deg=float(np.mean(np.abs(errors))) if errors else None,
        yaw_rmse_deg=float(np.sqrt(np.mean(np.square(errors)))) if errors else None,
        yaw_worst_deg=float(np.max(np.abs(errors))) if errors else None,
        yaw_inside=int(inside),
    )


def _clip(one: Compared) -> ClipFigures:
    view = one.result.viewpoint
    return ClipFigures(
        clip=one.clip.name,
        activity=one.clip.truth.activity,
        split=one.clip.split,
        disturbance=one.clip.disturbance,
        grade=one.result.quality.grade,
        repetitions=_repetitions([one]),
        yaw_deg=view.yaw_deg,
        yaw_se_deg=view.yaw_se_deg,
        true_yaw_deg=one.clip.truth.camera.yaw_deg,
        rmse={row.measure: row.frames.rmse for row in _measures([one], with_baseline=False)},
    )


def _round(content: Any) -> Any:  # noqa: ANN401 - anything that JSON can hold
    if isinstance(content, dict):
        return {key: _round(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_round(value) for value in content]
    return round(content, 4) if isinstance(content, float) else content
