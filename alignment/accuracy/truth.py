"""A folder of clips with known truth in; each clip's film, camera, repetitions and true curves out."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from jaxtyping import Float
from pydantic import TypeAdapter, ValidationError

from alignment.core.activities import ACTIVITIES
from alignment.core.measures import MEASURES
from alignment.core.result import CycleSide, Facing, Whose, column
from alignment.core.skeleton import SIDES
from alignment.errors import InputError
from alignment.files import read_text
from alignment.texts import say

SCHEMA: Final = "alignment-truth/1"
SUFFIX: Final = ".truth.json"
MANIFEST: Final = "manifest.csv"
#: A frame this near to one of the truth's times is that one; between two of them the truth is drawn straight.
_SAME_S: Final = 0.002


@dataclass(frozen=True)
class Repetition:
    """One true repetition, step or pedal turn."""

    side: CycleSide
    start_s: float
    end_s: float
    key_s: float


@dataclass(frozen=True)
class TrueCamera:
    """How the camera truly stood (signs in docs/measures.md); None where the file does not say."""

    facing: Facing | None = None
    yaw_deg: float | None = None
    roll_deg: float | None = None


@dataclass(frozen=True)
class Covered:
    """From when until when one of the marks is hidden."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Worn:
    """The marks that are worn on the pelvis: tags, dots of a colour, or beads, which somebody would tap."""

    kind: Literal["tags", "dots", "beads"]
    colour: str | None = None
    covered: Covered | None = None

    @property
    def source(self) -> str:
        """What a result says that the pelvis was told from."""
        return "taps" if self.kind == "beads" else self.kind


@dataclass(frozen=True)
class Truth:
    """What a clip truly shows. Curves hold NaN where a measure is undefined; a measure without any is not in them."""

    activity: str
    camera: TrueCamera
    repetitions: tuple[Repetition, ...]
    time_s: Float[np.ndarray, " times"]
    curves: Mapping[tuple[str, Whose], Float[np.ndarray, " times"]]
    #: Whether the film is a mirror image.
    mirrored: bool = False
    #: How many pictures a second the camera took, where the film plays them slower.
    true_fps: float | None = None
    #: What is worn on the pelvis; None where nothing is known to be.
    worn: Worn | None = None
    #: Where the left and the right bead are in the film's pixels; None where others or none are worn.
    beads_px: Float[np.ndarray, "times 2 2"] | None = None

    @property
    def has_moments(self) -> bool:
        """Whether it shows when a foot meets and leaves the ground: somebody who runs or walks, from the side."""
        return self.camera.facing in SIDES and ACTIVITIES[self.activity].timed

    @property
    def shown(self) -> tuple[Repetition, ...]:
        """The repetitions that can be counted: from the side, of somebody who runs or walks, the near leg's."""
        near = self.camera.facing if self.has_moments else None
        return tuple(rep for rep in self.repetitions if near in (None, rep.side))

    def at(self, measure: str, whose: Whose, time_s: Float[np.ndarray, " frames"]) -> Float[np.ndarray, " frames"]:
        """The true values at these times; NaN where undefined, unknown, or outside the truth's own times."""
        curve = self.curves.get((measure, whose))
        if curve is None:
            return np.full(len(time_s), np.nan)
        after = np.clip(np.searchsorted(self.time_s, time_s), 1, max(len(curve) - 1, 1)) - 1
        nearest = np.minimum(after + (time_s - self.time_s[after] > self._half_step(after)), len(curve) - 1)
        between = np.interp(time_s, self.time_s, curve, left=np.nan, right=np.nan)
        return np.where(np.abs(time_s - self.time_s[nearest]) <= _SAME_S, curve[nearest], between)

    def _half_step(self, after: np.ndarray) -> np.ndarray:
        return (self.time_s[np.minimum(after + 1, len(self.time_s) - 1)] - self.time_s[after]) / 2


@dataclass(frozen=True)
class Clip:
    """A film beside its truth, and the row of the manifest that tells what it is for."""

    name: str
    video: Path
    truth: Truth
    split: str = ""
    disturbance: str = ""
    #: The clip whose body does the same motion here, filmed again.
    again: str = ""


@dataclass(frozen=True)
class _File:
    """The parts of a truth file that count here; what else it holds is passed over."""

    activity: str
    repetitions: list[Repetition]
    series: dict[str, Any]
    video: str | None = None
    camera: TrueCamera = field(default_factory=TrueCamera)
    mirrored: bool = False
    true_fps: float | None = None
    marks: Worn | None = None


@dataclass(frozen=True)
class _Head:
    schema: str


def clips_in(folder: Path, split: str | None = None) -> list[Clip]:
    """Every clip with known truth in a folder and below, by name; those of one split of the manifest, if asked.

    InputError where the folder, a truth file or the manifest cannot be used, a film is missing, or nothing is left.
    """
    if not folder.is_dir():
        raise InputError("no_truth_folder", path=folder)
    rows = _manifest(folder / MANIFEST)
    if split is not None and not rows:
        raise InputError("no_manifest", path=folder / MANIFEST)
    found = []
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        name = path.relative_to(folder).as_posix().removesuffix(SUFFIX)
        row = rows.get(name, rows.get(Path(name).name, {}))
        if split is None or row.get("split") == split:
            found.append(_clip(path, name, row))
    if not found:
        raise InputError("no_truth", path=folder) if split is None else InputError("no_split", path=folder, split=split)
    return found


def read_truth(path: Path) -> tuple[Truth, str | None]:
    """A truth file's content and the name that it gives its film. InputError where it is not one of this schema."""
    text = read_text(path, "bad_truth")
    schema: str = _parse(_Head, text, path).schema
    if schema != SCHEMA:
        raise _bad(path, say("fault_schema", found=schema, known=SCHEMA).message)
    content: _File = _parse(_File, text, path)
    if content.activity not in ACTIVITIES:
        raise _bad(path, say("fault_truth_activity", name=content.activity, known=", ".join(ACTIVITIES)).message)
    time_s = _numbers(content.series.get("time_s"), path, "time_s")
    if time_s is None or not len(time_s) or not np.all(np.diff(time_s) > 0):
        raise _bad(path, say("fault_truth_times").message)
    curves = dict(_curves(content.series, len(time_s), path))
    reps = tuple(content.repetitions)
    return Truth(
        activity=content.activity,
        camera=content.camera,
        repetitions=reps,
        time_s=time_s,
        curves={**_changes(curves, content.activity, reps, time_s), **curves},
        mirrored=content.mirrored,
        true_fps=content.true_fps,
        worn=content.marks,
        beads_px=_beads_px(content.series, len(time_s), path)
        if content.marks and content.marks.kind == "beads"
        else None,
    ), content.video


def _clip(path: Path, name: str, row: Mapping[str, str]) -> Clip:
    truth, video = read_truth(path)
    names = [f"{Path(name).name}.mp4", *([Path(video).name] if video else [])]
    films = [path.with_name(film) for film in names if path.with_name(film).is_file()]
    if not films:
        raise InputError("truth_without_film", path=path, film=names[0])
    split, disturbance, again = (row.get(key) or "" for key in ("split", "disturbance", "again"))
    return Clip(name, films[0], truth, split, disturbance, again)


def _manifest(path: Path) -> dict[str, dict[str, str]]:
    """The manifest's rows by their clip's name without its ending; none where there is no manifest."""
    if not path.is_file():
        return {}
    rows = csv.DictReader(read_text(path, "bad_truth").splitlines())
    if "clip" not in (rows.fieldnames or ()):
        raise InputError("bad_manifest", path=path, fault=say("fault_limits_column", column="clip").message)
    return {(row["clip"] or "").removesuffix(".mp4"): row for row in rows}


def _curves(series: Mapping[str, Any], times: int, path: Path) -> Any:  # noqa: ANN401 - pairs of key and curve
    for measure in MEASURES.values():
        for whose in measure.whose:
            part = series if whose == "body" else series.get(whose) or {}
            if not isinstance(part, Mapping):
                raise _bad(path, say("fault_truth_numbers", series=whose).message)
            name = column(measure.name, measure.unit)
            curve = _numbers(part.get(name), path, name)
            if curve is None:
                continue
            if len(curve) != times:
                raise _bad(path, say("fault_truth_length", series=name, found=len(curve), times=times).message)
            yield (measure.name, whose), curve


def _beads_px(series: Mapping[str, Any], times: int, path: Path) -> Float[np.ndarray, "times 2 2"]:
    """Where both beads are, the person's left first; NaN for null."""
    name = "pelvis_mark_px"
    try:
        sides = [
            _adapter(list[tuple[float | None, float | None]]).validate_python(series[side][name]) for side in SIDES
        ]
        return np.stack([np.array(one, float).reshape(times, 2) for one in sides], axis=1)
    except (KeyError, TypeError, ValueError):
        raise _bad(path, say("fault_truth_numbers", series=name).message) from None


def _changes(
    curves: Mapping[tuple[str, Whose], np.ndarray], activity: str, reps: tuple[Repetition, ...], time_s: np.ndarray
) -> dict[tuple[str, Whose], np.ndarray]:
    """The pelvis' tilt less what it is between the repetitions, where nobody stands less its median; its drop on one leg."""
    tilt = curves.get(("pelvic_obliquity", "body"))
    during = {rep: (time_s >= rep.start_s) & (time_s <= rep.end_s) for rep in reps}
    nobody_stands = ACTIVITIES[activity].stance.straight == "never"
    usual = ~np.any(list(during.values()), axis=0) if during and not nobody_stands else np.full(len(time_s), True)
    if tilt is None or not np.isfinite(tilt[usual]).any():
        return {}
    change = tilt - np.nanmedian(tilt[usual])
    drops: dict[tuple[str, Whose], np.ndarray] = {("pelvic_change", "body"): change}
    for side in SIDES:
        own = [when for rep, when in during.items() if rep.side == side]
        if own:
            drops["pelvic_drop", side] = np.where(np.any(own, axis=0), change if side == "right" else -change, np.nan)
    return drops


def _numbers(values: object, path: Path, name: str) -> Float[np.ndarray, " times"] | None:
    """A series with NaN for null; None where the file has none."""
    if values is None:
        return None
    try:
        numbers = _adapter(list[float | None]).validate_python(values)
    except ValidationError:
        raise _bad(path, say("fault_truth_numbers", series=name).message) from None
    return np.array([np.nan if number is None else number for number in numbers], float)


def _parse(kind: type, text: str, path: Path) -> Any:  # noqa: ANN401 - of the kind asked for
    try:
        return _adapter(kind).validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"])) or say("fault_whole_file").message
        raise _bad(path, f"{where}: {first['msg']}") from None


def _bad(path: Path, fault: str) -> InputError:
    return InputError("bad_truth", path=path, fault=fault)


@cache
def _adapter(kind: Any) -> Any:  # noqa: ANN401 - a TypeAdapter, which the shape checks of the tests cannot read
    return TypeAdapter(kind)
