"""A film in which somebody turns from one facing to another: each stretch's result in, one result of all of them out.

Each stretch was looked at by itself, as a film of its own. Repetitions seen from front and back are judged together, each
stretch with the error of its own place; those seen from the side are listed, and no mean takes them in.
"""

from collections.abc import Sequence
from dataclasses import replace

from alignment.core import quality
from alignment.core.assessment import Activity, Limits, judge_together
from alignment.core.calibration import Calibration
from alignment.core.result import Curve, Curves, Cycle, Result, findings


def join_stretches(
    whole: Result,
    parts: Sequence[tuple[slice, Result]],
    activity: Activity,
    limits: Limits,
    calibration: Calibration,
) -> Result:
    """One result of a film's stretches; `whole` is that of the film looked at as one, and stands where it tells as much.

    `parts` are the stretches' frames and results, in their order.
    """
    counting = [part for _, part in parts if _counted(part)]
    together = [part for part in counting if part.viewpoint.facing in activity.views] or counting[:1]
    if len(counting) < 2:
        return whole
    _, cycles, summary = judge_together(together, activity, limits, calibration)
    apart = [cycle for _, part in parts if not any(part is one for one in together) for cycle in _unjudged(part)]
    listed = sorted([*cycles, *apart], key=lambda cycle: (cycle.start_s, cycle.side))
    order = {id(cycle): index for index, cycle in enumerate(listed)}
    # The rows count the cycles that are judged, in the order in which they were.
    places = {cycle.index: order[id(cycle)] for cycle in cycles}
    told = tuple(replace(cycle, index=index) for index, cycle in enumerate(listed))
    rows = tuple(
        replace(row, worst_cycle=None if row.worst_cycle is None else places[row.worst_cycle]) for row in summary
    )
    main = max(together, key=_counted)
    return replace(
        main,
        viewpoint=replace(main.viewpoint, yaw_varies=True),
        quality=quality.with_facings(main.quality, [(part.viewpoint.facing, _counted(part)) for part in counting]),
        cleaning=whole.cleaning,
        cycles=told,
        summary=rows,
        findings=findings(rows, told, activity.name, whole.leg_m),
        recognised=whole.recognised,
        source=whole.source,
        curves=_joined_curves(whole, parts),
    )


def _counted(part: Result) -> int:
    return sum(cycle.rejected is None for cycle in part.cycles)


def _unjudged(part: Result) -> list[Cycle]:
    """Its cycles without verdicts, since nothing sums them up."""
    return [
        replace(cycle, values=tuple(replace(value, verdict=None) for value in cycle.values)) for cycle in part.cycles
    ]


def _joined_curves(whole: Result, parts: Sequence[tuple[slice, Result]]) -> Curves | None:
    """The measures over the whole film, in each stretch as it gave them."""
    if whole.curves is None:
        return None
    by_measure = dict(whole.curves.by_measure)
    for frames, part in parts:
        for key, one in (part.curves.by_measure if part.curves else {}).items():
            if key in by_measure:
                by_measure[key] = _with_part(by_measure[key], frames, one)
    return Curves(whole.curves.track, by_measure)


def _with_part(curve: Curve, frames: slice, part: Curve) -> Curve:
    names = ["value", "standard_error", "reason", "doubt"]
    if curve.own_error is not None and part.own_error is not None:
        names.append("own_error")
    changed = {}
    for name in names:
        before, own = getattr(curve, name), getattr(part, name)
        changed[name] = before.astype(max(before.dtype, own.dtype, key=lambda one: one.itemsize))
        changed[name][frames] = own
    return replace(curve, **changed)
