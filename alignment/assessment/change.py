"""Two results of one activity in; what changed by more than two films of the same movement differ, out."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final

from alignment.assessment.numbers import minus, rounded
from alignment.assessment.repeatability import repeatability
from alignment.assessment.summary import INTERVAL
from alignment.measures import FRONTAL, MEASURES, UPRIGHT
from alignment.result import Reason, Result, Summary
from alignment.texts import InputError, say

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


def compare_results(before: Result, after: Result) -> Comparison:
    """What changed from one result to a later one. InputError where they show different activities."""
    if before.activity != after.activity:
        raise InputError("other_activity", before=before.activity, after=after.activity)
    older = {(row.measure, row.side): row for row in before.summary}
    rows = [(older[row.measure, row.side], row) for row in after.summary if (row.measure, row.side) in older]
    models = (before.software.model, after.software.model)
    changes = tuple(_change(one, other, models, after.activity) for one, other in rows)
    return Comparison(changes, tuple(_differences(before, after)))


def _change(before: Summary, after: Summary, models: tuple[str, str], activity: str) -> Change:
    missing = next((row for row in (after, before) if row.mean is None), None)
    if before.mean is None or after.mean is None:
        reason = missing.reason if missing else None
        return Change(after.measure, after.side, after.unit, before, after, None, None, None, reason)
    change = rounded(after.mean - before.mean, after.unit)
    detectable = rounded(_detectable(before, after, models, activity), after.unit)
    changed = abs(change) > detectable
    return Change(after.measure, after.side, after.unit, before, after, change, detectable, changed, None)


def _detectable(before: Summary, after: Summary, models: tuple[str, str], activity: str) -> float:
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


def _differences(before: Result, after: Result) -> Iterator[Reason]:
    """How differently two films were made: each with what it touches."""
    one, other = before.viewpoint, after.viewpoint
    frontal = tuple(name for name in dict.fromkeys(row.measure for row in after.summary) if _frontal(name))
    upright = tuple(name for name in frontal if name in UPRIGHT)
    if one.facing != other.facing:
        yield _reason("filmed_other_side", frontal, before=_facing(one.facing), after=_facing(other.facing))
    elif frontal and abs((one.yaw_deg or 0.0) - (other.yaw_deg or 0.0)) > _YAW_APART_DEG:
        yield _reason("filmed_other_yaw", frontal, before=one.yaw_deg or 0.0, after=other.yaw_deg or 0.0)
    distances = (one.distance_leg_lengths, other.distance_leg_lengths)
    if (
        frontal
        and None not in distances
        and not 1 / _DISTANCE_RATIO < (distances[1] or 1) / (distances[0] or 1) < _DISTANCE_RATIO
    ):
        yield _reason("filmed_other_distance", frontal, before=distances[0], after=distances[1])
    if upright and one.roll_given != other.roll_given:
        yield _reason("filmed_one_level", upright)
    if before.software.model != after.software.model:
        yield _reason("other_model", (), before=before.software.model, after=after.software.model)
    if before.software.version != after.software.version:
        yield _reason("other_version", (), before=before.software.version, after=after.software.version)


def _frontal(measure: str) -> bool:
    return MEASURES[measure].views == FRONTAL


def _facing(facing: str | None) -> str:
    return say(f"change_facing_{facing or 'unknown'}").message


def _reason(code: str, measures: tuple[str, ...], **values: object) -> Reason:
    text = say(f"change_{code}", **values)
    return Reason(f"change_{code}", minus(text.message), text.remedy, measures)
