"""The figures of a report in; tables out, for the screen and as CSV files: numbers as numbers, an empty cell for none."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alignment.accuracy.figures import ClipFigures, Group, MeasureFigures, Report
from alignment.accuracy.gaits import Moments
from alignment.accuracy.pelvis import Told
from alignment.accuracy.statistics import Errors
from alignment.core.calibration import Repeatability
from alignment.core.measures import MEASURES
from alignment.core.result import column
from alignment.core.settings import MODEL
from alignment.texts import say

#: The measures whose RMSE stands in a clip's row.
_CLIP_RMSE: Final = ("fppa", "fppa_image", "knee_over_toe", "pelvic_obliquity", "trunk_lean", "weight_right_share")

_Cell = str | int | float | None
#: A group's figures of one measure, in all frames or at the key moments.
_Part = tuple[Group, MeasureFigures, Errors]


@dataclass(frozen=True)
class Table:
    """A table with a title: for each column its name and its cells, one for each row."""

    title: str
    columns: Mapping[str, Sequence[_Cell]]


def about(report: Report) -> str:
    """What was run, and what the columns mean."""
    roll = say("acc_roll_given" if report.vertical_given else "acc_roll_unknown").message
    return say("acc_about", clips=len(report.clips), model=report.model, roll=roll).message


def tables(report: Report) -> list[Table]:
    """The tables of the files, without what is empty: for each group that of all frames and that of the key moments."""
    found = []
    for group in report.groups:
        label = say("acc_group", label=group.label, clips=group.clips, frames=group.frames).message
        frames, keys = (
            [(group, one, one.frames) for one in group.measures],
            [(group, one, one.keys) for one in group.measures],
        )
        found.append(_table(f"{label}: {say('acc_frames').message}", _MEASURE | _FRAMES, frames))
        found.append(_table(f"{label}: {say('acc_keys').message}", _MEASURE | _KEYS, keys))
    found.append(_table(say("acc_pelvis").message, _PELVIS, report.pelvis))
    found.append(_table(say("acc_gaits").message, _GAITS, report.gaits))
    found.append(_table(say("acc_counts").message, _COUNTS, report.groups))
    found.append(_table(say("acc_retest").message, _TWICE, report.retest))
    found.append(_table(say("acc_each").message, _CLIPS, report.clips))
    return [table for table in found if table.columns]


def csv_files(report: Report) -> dict[str, str]:
    """Each file's name and content. The name tells the model, the split and the kind of group, so that runs keep apart."""
    joints = "joints_of_model" if report.joints == MODEL else None
    parts = (report.model, joints, report.split, None if report.by == "activity" else f"by_{report.by}")
    run = "_".join(filter(None, parts))
    measures = [(group, one) for group in report.groups for one in group.measures]
    of_marks = {f"{run}_pelvis.csv": _csv(_PELVIS, report.pelvis)} if report.pelvis else {}
    of_gaits = {f"{run}_gaits.csv": _csv(_GAITS, report.gaits)} if report.gaits else {}
    return (
        of_marks
        | of_gaits
        | {
            f"{run}_frames.csv": _csv(
                _GROUP | _MEASURE | _FRAMES, [(group, one, one.frames) for group, one in measures]
            ),
            f"{run}_key_moments.csv": _csv(
                _GROUP | _MEASURE | _KEYS, [(group, one, one.keys) for group, one in measures]
            ),
            f"{run}_repetitions_camera.csv": _csv(_COUNTS, report.groups),
            f"{run}_filmed_twice.csv": _csv(_TWICE, report.retest),
            f"{run}_clips.csv": _csv(_CLIPS, report.clips),
        }
    )


def _table(title: str, columns: Mapping[str, Callable[[Any], _Cell]], rows: Sequence[Any]) -> Table:
    cells = {name: [cell(row) for row in rows] for name, cell in columns.items()}
    return Table(title, {name: column for name, column in cells.items() if any(one is not None for one in column)})


def _decimals(unit: str) -> int:
    return 1 if unit in ("deg", "pct") else 3


def _round(value: float | None, digits: int) -> float | None:
    """Rounded, without a minus before 0."""
    return None if value is None else round(value, digits) + 0.0


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _figure(name: str) -> Callable[[_Part], _Cell]:
    return lambda part: _round(getattr(part[2], name), _decimals(part[1].unit))


def _of_baseline(name: str) -> Callable[[_Part], _Cell]:
    def cell(part: _Part) -> _Cell:
        baseline = part[2].baseline
        return None if baseline is None else _round(getattr(baseline, name), _decimals(part[1].unit))

    return cell


_GROUP: Final[dict[str, Callable[[_Part], _Cell]]] = {
    "group": lambda part: part[0].label,
    "clips": lambda part: part[0].clips,
    "frames": lambda part: part[0].frames,
}
_MEASURE: Final[dict[str, Callable[[_Part], _Cell]]] = {
    "measure": lambda part: part[1].measure,
    "unit": lambda part: part[1].unit,
}
_FRAMES: Final[dict[str, Callable[[_Part], _Cell]]] = {
    "n": lambda part: part[2].n,
    "given_pct": lambda part: _percent(part[2].coverage),
    "bias": _figure("bias"),
    "rmse": _figure("rmse"),
    "rmse_with_unsure": _figure("rmse_all"),
    "low": _figure("low"),
    "high": _figure("high"),
    "slope": lambda part: _round(part[2].slope, 2),
    "r": lambda part: _round(part[2].correlation, 2),
    "constant_rmse": _figure("constant_rmse"),
    "baseline_rmse": _of_baseline("rmse"),
    "baseline_rmse_all": _of_baseline("rmse_all"),
}
_KEYS: Final[dict[str, Callable[[_Part], _Cell]]] = {
    "n": lambda part: part[2].n,
    "of": lambda part: part[2].of,
    "given_pct": lambda part: _percent(part[2].coverage),
    "bias": _figure("bias"),
    "mean_error": _figure("mean"),
    "worst_error": _figure("worst"),
    "inside": lambda part: part[2].inside if part[2].with_error else None,
    "with_se": lambda part: part[2].with_error or None,
    "baseline_mean_error": _of_baseline("mean"),
    "baseline_worst_error": _of_baseline("worst"),
}
_COUNTS: Final[dict[str, Callable[[Group], _Cell]]] = {
    "group": lambda group: group.label,
    "repetitions": lambda group: group.repetitions.true,
    "found": lambda group: group.repetitions.found,
    "missed": lambda group: group.repetitions.missed,
    "invented": lambda group: group.repetitions.invented,
    "key_mean_s": lambda group: _round(group.repetitions.key_mean_s, 3),
    "key_worst_s": lambda group: _round(group.repetitions.key_worst_s, 3),
    "camera_clips": lambda group: group.camera.clips,
    "facing_right": lambda group: group.camera.facing_right,
    "yaw_mean_deg": lambda group: _round(group.camera.yaw_mean_deg, 1),
    "yaw_rmse_deg": lambda group: _round(group.camera.yaw_rmse_deg, 1),
    "yaw_worst_deg": lambda group: _round(group.camera.yaw_worst_deg, 1),
    "yaw_inside": lambda group: group.camera.yaw_inside,
}
_TWICE: Final[dict[str, Callable[[Repeatability], _Cell]]] = {
    "measure": lambda row: row.measure,
    "unit": lambda row: MEASURES[row.measure].unit,
    "side": lambda row: row.side,
    "activity": lambda row: row.activity,
    "n": lambda row: row.n,
    "sem": lambda row: _round(row.sem, _decimals(MEASURES[row.measure].unit)),
    "mdc": lambda row: _round(row.mdc, _decimals(MEASURES[row.measure].unit)),
}


def _hundredths(name: str) -> Callable[[Told], _Cell]:
    return lambda row: _round(getattr(row.errors, name), 2)


_PELVIS: Final[dict[str, Callable[[Told], _Cell]]] = {
    "source": lambda row: row.source,
    "clip": lambda row: row.clip or say("acc_all").message,
    "measure": lambda row: row.measure,
    "unit": lambda row: row.unit,
    "moments": lambda row: row.moments,
    "n": lambda row: row.errors.n,
    "of": lambda row: row.errors.of,
    "given_pct": lambda row: _percent(row.errors.coverage),
    "bias": _hundredths("bias"),
    "rmse": _hundredths("rmse"),
    "worst_error": _hundredths("worst"),
    "slope": _hundredths("slope"),
    "inside_pct": lambda row: _percent(row.errors.inside_share),
    "hidden": lambda row: row.hidden,
    "hidden_given": lambda row: row.hidden_given,
}


def _milliseconds(name: str) -> Callable[[Moments], _Cell]:
    return lambda row: _round(getattr(row, name), 1)


_GAITS: Final[dict[str, Callable[[Moments], _Cell]]] = {
    "clip": lambda row: row.clip,
    "activity": lambda row: row.activity,
    "split": lambda row: row.split,
    "pictures_a_second": lambda row: round(row.rate_hz),
    "moment": lambda row: row.moment,
    "steps": lambda row: row.steps,
    "of": lambda row: row.of,
    "bias_ms": _milliseconds("bias_ms"),
    "rmse_ms": _milliseconds("rmse_ms"),
    "worst_ms": _milliseconds("worst_ms"),
    "lands": lambda row: row.lands,
    "lands_told": lambda row: row.lands_told,
}


def _clip_rmse(measure: str) -> Callable[[ClipFigures], _Cell]:
    return lambda clip: _round(clip.rmse.get(measure), _decimals(MEASURES[measure].unit))


_CLIPS: Final[dict[str, Callable[[ClipFigures], _Cell]]] = {
    "clip": lambda clip: clip.clip,
    "split": lambda clip: clip.split,
    "disturbance": lambda clip: clip.disturbance,
    "repetitions": lambda clip: clip.repetitions.true,
    "found": lambda clip: clip.repetitions.found,
    "invented": lambda clip: clip.repetitions.invented,
    "true_yaw_deg": lambda clip: _round(clip.true_yaw_deg, 1),
    "yaw_deg": lambda clip: _round(clip.yaw_deg, 1),
    "yaw_se_deg": lambda clip: _round(clip.yaw_se_deg, 1),
    **{f"rmse_{column(name, MEASURES[name].unit)}": _clip_rmse(name) for name in _CLIP_RMSE},
}


def _csv(columns: Mapping[str, Callable[[Any], _Cell]], rows: Iterable[Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row) for cell in columns.values()] for row in rows)
    return text.getvalue()
