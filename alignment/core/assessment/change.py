"""Two results of one activity in; what changed by more than two films of the same movement differ, out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import hypot, sqrt
from types import MappingProxyType
from typing import Final

from alignment.core.assessment.verdicts import INTERVAL
from alignment.core.calibration import ANY, Calibration, CalibrationOf, Repeatability
from alignment.core.measures import FRONTAL, MEASURES, UPRIGHT
from alignment.core.result import Reason, Result, Summary, Values, Viewpoint, round_number
from alignment.errors import InputError

#: Cameras further apart than this stood differently: a correction is only as good as its yaw, and distance is perspective.
_YAW_APART_DEG: Final = 10.0
_DISTANCE_RATIO: Final = 1.4


@dataclass(frozen=True)
class Change:
    """One row of two summaries: `after` less `before`, and what it must exceed to be more than error of measurement.

    `changed` is None where one of the two has no number; `reason` is then that one's code.
    """

    measure: str
    side: str
    unit: str
    before: Summary
    after: Summary
    change: float | None
    detectable: float | None
    changed: bool | None
    reason: str | None


@dataclass(frozen=True)
class Comparison:
    """Every row that both summaries have, and how differently the two were filmed or computed."""

    changes: tuple[Change, ...]
    warnings: tuple[Reason, ...]


def compare_results(before: Result, after: Result, calibration_of: CalibrationOf) -> Comparison:
    """What changed from one result to a later one.

    InputError where they show different activities, or nothing is known of the model of one.
    """
    if before.activity != after.activity:
        raise InputError("other_activity", before=before.activity, after=after.activity)
    older = {(row.measure, row.side): row for row in before.summary}
    rows = [(older[row.measure, row.side], row) for row in after.summary if (row.measure, row.side) in older]
    models = _known(before, calibration_of), _known(after, calibration_of)
    changes = tuple(_change(one, other, models, after.activity) for one, other in rows)
    return Comparison(changes, tuple(_differences(before, after)))


def _known(result: Result, calibration_of: CalibrationOf) -> Calibration:
    return calibration_of(result.software.model).of(result.software.joints)


def repeatability(calibration: Calibration, activity: str, measure: str, side: str) -> Repeatability | None:
    """How far the same movement filmed twice differs: of this activity, else of all; None where it was never measured.

    `side` may be a leg's.
    """
    legs = side in ("left", "right")
    kind = side if not legs else "leg" if MEASURES[measure].sided else "body"
    rows = {(row.activity, row.side): row for row in calibration.repeatability if row.measure == measure}
    return rows.get((activity, kind)) or rows.get((ANY, kind))


def _change(before: Summary, after: Summary, models: tuple[Calibration, Calibration], activity: str) -> Change:
    row = partial(Change, after.measure, after.side, after.unit, before, after)
    if before.mean is None or after.mean is None:
        return row(None, None, None, after.reason if after.mean is None else before.reason)
    change = round_number(after.mean - before.mean, after.unit)
    detectable = round_number(_detectable(before, after, models, activity), after.unit)
    return row(change, detectable, abs(change) > detectable, None)


def _detectable(before: Summary, after: Summary, models: tuple[Calibration, Calibration], activity: str) -> float:
    """The least change that is more than error: that of the filming, and of means over few repetitions that differ.

    The filming's comes from the same movement filmed twice, in which every repetition is as meant; a person's vary, and
    their spread over the root of their number adds in quadrature. Where a measure was never filmed twice, the two
    numbers' own errors stand in; these hold what both films share as well, and are wider.
    """
    rows = [repeatability(model, activity, after.measure, after.side) for model in models]
    spread = sqrt(sum((row.sd or 0.0) ** 2 / row.n for row in (before, after)))
    if any(row is None for row in rows):
        return INTERVAL * hypot(before.standard_error or 0.0, after.standard_error or 0.0)
    return hypot(max(row.mdc for row in rows if row is not None), INTERVAL * spread)


def filmed_alike(one: Viewpoint, other: Viewpoint) -> bool:
    """Whether two films may have been made from the same place, as far as it can be told."""
    return one.facing == other.facing and not _other_yaw(one, other) and not _other_distance(one, other)


def _other_yaw(one: Viewpoint, other: Viewpoint) -> bool:
    return abs((one.yaw_deg or 0.0) - (other.yaw_deg or 0.0)) > _YAW_APART_DEG


def _other_distance(one: Viewpoint, other: Viewpoint) -> bool:
    near, far = one.distance_leg_lengths, other.distance_leg_lengths
    return near is not None and far is not None and not 1 / _DISTANCE_RATIO < far / near < _DISTANCE_RATIO


def _differences(before: Result, after: Result) -> Iterator[Reason]:
    one, other = before.viewpoint, after.viewpoint
    names = dict.fromkeys(row.measure for row in after.summary)
    frontal = tuple(name for name in names if MEASURES[name].views == FRONTAL)
    upright = tuple(name for name in names if name in UPRIGHT)
    if one.facing != other.facing:
        yield _reason("filmed_other_side", frontal, {"before": one.facing, "after": other.facing})
    elif frontal and _other_yaw(one, other):
        yield _reason("filmed_other_yaw", frontal, {"before": one.yaw_deg or 0.0, "after": other.yaw_deg or 0.0})
    if frontal and _other_distance(one, other):
        near, far = one.distance_leg_lengths, other.distance_leg_lengths
        yield _reason("filmed_other_distance", frontal, {"before": near, "after": far})
    if upright and one.roll_given != other.roll_given:
        yield _reason("filmed_one_level", upright)
    if before.software.model != after.software.model:
        yield _reason("other_model", (), {"before": before.software.model, "after": after.software.model})
    elif before.software.joints != after.software.joints:
        yield _reason("other_joints", frontal)
    if before.software.version != after.software.version:
        yield _reason("other_version", (), {"before": before.software.version, "after": after.software.version})


def _reason(code: str, measures: tuple[str, ...], values: Values = MappingProxyType({})) -> Reason:
    return Reason(f"change_{code}", values, measures)
