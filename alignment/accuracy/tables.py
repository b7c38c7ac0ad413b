"""The figures of a report in; tables of words and numbers out, for a terminal and as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alignment.accuracy.figures import By, ClipFigures, Group, MeasureFigures, Report
from alignment.accuracy.statistics import Errors
from alignment.assessment import Repeatability
from alignment.measures import MEASURES
from alignment.texts import InputError, say

_NONE: Final = "–"
_DECIMALS: Final = {"deg": 1, "pct": 1, "share": 3, "ratio": 3}
_SIGN: Final = {"deg": "°", "pct": " %"}


@dataclass(frozen=True)
class Table:
    """A table with a title: words in the first column, numbers in the others."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def about(report: Report) -> str:
    """What was run, and what the columns mean."""
    roll = say("acc_roll_given" if report.vertical_given else "acc_roll_unknown").message
    lines = [say("acc_about", clips=len(report.clips), model=report.model, roll=roll), say("acc_about_constant")]
    if any(_has_plain(group) for group in report.groups):
        lines.append(say("acc_about_plain"))
    return " ".join(line.message for line in lines)


def tables(report: Report) -> list[Table]:
    """Two tables for each group, of all frames and of the key moments; then the others.

    They are: repetitions and camera; what the same movement filmed twice differs by, where there is any; a row per clip.
    """
    found = []
    for group in report.groups:
        with_plain = _has_plain(group)
        label = say("acc_group", label=group.label, clips=group.clips, frames=group.frames).message
        for code, head, row_of in (
            ("acc_frames", _FRAMES_HEAD + _PLAIN_FRAMES_HEAD * with_plain, _frames_row),
            ("acc_keys", _KEYS_HEAD + _PLAIN_KEYS_HEAD * with_plain, _keys_row),
        ):
            rows = tuple(row_of(row) for row in group.measures)
            found.append(Table(f"{label}: {say(code).message}", _words(head), rows))
    rows = tuple(_counts_row(group) for group in report.groups)
    counts = Table(say("acc_counts").message, _words(_COUNTS_HEAD), rows)
    each = Table(say("acc_each").message, _words(_CLIP_HEAD) + _CLIP_RMSE, tuple(map(_clip_row, report.clips)))
    twice = Table(say("acc_retest").message, _words(_RETEST_HEAD), tuple(map(_retest_row, report.retest)))
    return [*found, counts, *([twice] if twice.rows else []), each]


_FRAMES_HEAD: Final = (
    "acc_measure",
    "acc_n_frames",
    "acc_coverage",
    "acc_bias",
    "acc_rmse",
    "acc_rmse_all",
    "acc_limits",
    "acc_slope",
    "acc_correlation",
    "acc_constant",
)
_PLAIN_FRAMES_HEAD: Final = ("acc_plain_rmse", "acc_plain_all")
_KEYS_HEAD: Final = ("acc_measure", "acc_n_keys", "acc_coverage", "acc_bias", "acc_mean", "acc_worst", "acc_inside")
_PLAIN_KEYS_HEAD: Final = ("acc_plain_mean", "acc_plain_worst")
_COUNTS_HEAD: Final = (
    "acc_clip_group",
    "acc_reps",
    "acc_found",
    "acc_missed",
    "acc_invented",
    "acc_key_mean",
    "acc_key_worst",
    "acc_facing",
    "acc_yaw_mean",
    "acc_yaw_rmse",
    "acc_yaw_worst",
    "acc_yaw_inside",
)
_RETEST_HEAD: Final = ("acc_measure", "acc_whose", "acc_activity", "acc_differences", "acc_sem", "acc_mdc")
_CLIP_HEAD: Final = ("acc_clip", "acc_mark", "acc_found", "acc_invented", "acc_yaw_true", "acc_yaw")
#: The measures whose RMSE stands in a clip's row.
_CLIP_RMSE: Final = ("fppa", "fppa_image", "knee_over_toe", "pelvic_obliquity", "trunk_lean", "weight_right_share")


def _has_plain(group: Group) -> bool:
    return any(row.frames.plain is not None for row in group.measures)


def _words(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(say(code).message for code in codes)


def _frames_row(row: MeasureFigures) -> tuple[str, ...]:
    errors, unit = row.frames, row.unit
    limits = _NONE if errors.low is None else f"{_number(errors.low, unit)} to {_number(errors.high, unit)}"
    cells = (
        _name(row.measure, unit),
        str(errors.n),
        _percent(errors.coverage),
        _number(errors.bias, unit),
        _number(errors.rmse, unit),
        _number(errors.rmse_all, unit),
        limits,
        _plainly(errors.slope, 2),
        _plainly(errors.correlation, 2),
        _number(errors.constant_rmse, unit),
    )
    plain = errors.plain
    return cells + (() if plain is None else (_number(plain.rmse, unit), _number(plain.rmse_all, unit)))


def _keys_row(row: MeasureFigures) -> tuple[str, ...]:
    errors, unit = row.keys, row.unit
    cells = (
        _name(row.measure, unit),
        f"{errors.n} of {errors.of}",
        _percent(errors.coverage),
        _number(errors.bias, unit),
        _number(errors.mean, unit),
        _number(errors.worst, unit),
        _inside(errors),
    )
    plain = errors.plain
    return cells + (() if plain is None else (_number(plain.mean, unit), _number(plain.worst, unit)))


def _counts_row(group: Group) -> tuple[str, ...]:
    reps, camera = group.repetitions, group.camera
    return (
        group.label,
        str(reps.true),
        str(reps.found),
        str(reps.missed),
        str(reps.invented),
        _plainly(reps.key_mean_s, 3),
        _plainly(reps.key_worst_s, 3),
        f"{camera.facing_right} of {camera.clips}",
        _number(camera.yaw_mean_deg, "deg"),
        _number(camera.yaw_rmse_deg, "deg"),
        _number(camera.yaw_worst_deg, "deg"),
        f"{camera.yaw_inside} of {camera.facing_right}",
    )


def _clip_row(clip: ClipFigures) -> tuple[str, ...]:
    reps = clip.repetitions
    yaw = _number(clip.yaw_deg, "deg")
    return (
        clip.clip,
        " ".join(filter(None, (clip.split, clip.disturbance))) or _NONE,
        f"{reps.found} of {reps.true}",
        str(reps.invented),
        _number(clip.true_yaw_deg, "deg"),
        yaw if clip.yaw_se_deg is None else f"{yaw}±{_number(clip.yaw_se_deg, 'deg')}",
        *(_number(clip.rmse.get(measure), MEASURES[measure].unit) for measure in _CLIP_RMSE),
    )


def _retest_row(row: Repeatability) -> tuple[str, ...]:
    unit = MEASURES[row.measure].unit
    name = _name(row.measure, unit)
    return (name, row.side, row.activity, str(row.n), _number(row.sem, unit), _number(row.mdc, unit))


def _name(measure: str, unit: str) -> str:
    return f"{measure}{f' ({_SIGN[unit].strip()})' if unit in _SIGN else ''}"


def _inside(errors: Errors) -> str:
    return _NONE if not errors.with_error else f"{errors.inside} of {errors.with_error}"


def _percent(share: float | None) -> str:
    return _NONE if share is None else f"{100 * share:.0f} %"


def _number(value: float | None, unit: str) -> str:
    return _plainly(value, _DECIMALS.get(unit, 3))


def _plainly(value: float | None, decimals: int) -> str:
    if value is None:
        return _NONE
    text = f"{value:.{decimals}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


# --- Markdown -------------------------------------------------------------------------------------------------------


def markdown(report: Report) -> str:
    """The report's line and tables as Markdown, between two comments that name the model and the kind of group."""
    begin, end = marks(report.model, report.by, report.split)
    parts = [begin, about(report)]
    for table in tables(report):
        head = f"| {' | '.join(table.head)} |"
        rule = f"|---|{'---:|' * (len(table.head) - 1)}"
        rows = "\n".join(f"| {' | '.join(row)} |" for row in table.rows)
        parts.append(f"**{table.title}**\n\n{head}\n{rule}\n{rows}")
    return "\n\n".join([*parts, end]) + "\n"


def placed(report: Report, older: str, name: str) -> str:
    """An older file's text with this report in place of the one between the same two comments. InputError without them."""
    between = marks(report.model, report.by, report.split)
    check_place(older, name, between)
    before, _, rest = older.partition(between[0])
    return f"{before}{markdown(report).rstrip()}{rest.partition(between[1])[2]}"


def check_place(older: str, name: str, between: tuple[str, str]) -> None:
    """Ask, before the long work, whether a file has both of these comments in this order. InputError where it has not."""
    if between[1] not in older.partition(between[0])[2]:
        raise InputError("table_no_place", path=name, begin=between[0], end=between[1])


def marks(model: str, by: By, split: str | None) -> tuple[str, str]:
    """The comments before and after the tables of such a report."""
    what = " ".join(["accuracy", model, f"by {by}", *filter(None, [split])])
    return f"<!-- {what} -->", f"<!-- end of {what} -->"
