"""The outcome of one analysis: what was measured, how surely, and what cannot be told; to and from JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, dataclass_transform

import numpy as np
from jaxtyping import Float
from pydantic import ConfigDict, Field, SkipValidation, TypeAdapter, ValidationError

from alignment.texts import InputError, say
from alignment.track import SourceFacts, Track

SCHEMA = "alignment-result/1"

#: Whose number it is: one leg's, or the whole body's.
Whose = Literal["left", "right", "body"]
#: Whose cycle it is: one leg's, or both legs' together.
CycleSide = Literal["left", "right", "both"]
Moment = Literal["key", "peak", "flexion30", "flexion45"]
MOMENTS: tuple[Moment, ...] = ("key", "peak", "flexion30", "flexion45")
Facing = Literal["front", "back", "left", "right"]


class Verdict(StrEnum):
    """How a number lies to the limits of its kind."""

    WITHIN = "within"
    EDGE = "edge"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def _record(cls: type[_T]) -> type[_T]:
    """A frozen dataclass that JSON must match field by field."""
    cls.__pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True)  # type: ignore[attr-defined]
    return dataclass(frozen=True)(cls)


@_record
class SettingsUsed:
    """What was asked for, as far as it changes a number."""

    activity: str
    max_fps: float
    quality: str
    camera_roll_deg: float | None
    limits_sha256: str
    start_s: float | None = None
    end_s: float | None = None
    person: int | None = None


@_record
class Software:
    """What computed the numbers."""

    version: str
    mediapipe: str
    model: str
    model_sha256: str
    settings: SettingsUsed


@_record
class Source:
    """The film: `fps` as filmed; `analyzed_frames` may be fewer than `frames`."""

    name: str
    sha256: str | None
    frames: int
    analyzed_frames: int
    fps: float
    duration_s: float
    width: int
    height: int
    rotation_deg: int
    mirrored: bool


@_record
class Viewpoint:
    """How the camera stood (signs in docs/measures.md). `corrected` tells whether measures were turned by the yaw."""

    facing: Facing | None
    facing_probability: float
    yaw_deg: float | None
    yaw_se_deg: float | None
    yaw_varies: bool
    roll_deg: float
    roll_se_deg: float
    roll_given: bool
    pitch_deg: float | None
    distance_leg_lengths: float | None
    distance_se: float | None
    vfov_deg: float | None
    corrected: bool


@_record
class Reason:
    """One thing that limits what can be told, the way out, and the measures it touches."""

    code: str
    message: str
    remedy: str
    measures: tuple[str, ...] = ()


@_record
class Quality:
    """How far the film carries: good, usable (some measure is touched by a fault), or unusable (nothing measured)."""

    grade: Literal["good", "usable", "unusable"]
    reasons: tuple[Reason, ...] = ()


@_record
class Cleaning:
    """What was done to the landmarks, in frames of the subject's legs and trunk; `filter_hz` is null if unfiltered."""

    frames_dropped: int
    swaps_mended: int
    frames_filled: int
    filter_hz: float | None


@_record
class Value:
    """One measure at one moment of a cycle: median over ±50 ms. `reason` is a code, given where `value` is null."""

    measure: str
    side: Whose
    unit: str
    at: Moment
    time_s: float | None
    value: float | None
    standard_error: float | None
    reason: str | None


@_record
class Cycle:
    """One repetition, step or pedal turn. A rejected one says why and counts nowhere."""

    index: int
    kind: str
    side: CycleSide
    start_s: float
    end_s: float
    key_s: float
    rejected: str | None
    values: tuple[Value, ...] = ()


@_record
class LimitUsed:
    """The limits that a summary was held against; null where that side is not judged."""

    low_outside: float | None
    low: float | None
    high: float | None
    high_outside: float | None
    min_cycles: int
    source: str


@_record
class Summary:
    """A measure over all counted cycles. `verdict` is null where no limit exists; `reason` says why it is unknown."""

    measure: str
    side: Literal["left", "right", "body", "difference"]
    unit: str
    at: Moment
    mean: float | None
    sd: float | None
    n: int
    standard_error: float | None
    interval_low: float | None
    interval_high: float | None
    limit: LimitUsed | None
    verdict: Verdict | None
    reason: str | None


@_record
class Finding:
    """One plain sentence for the person."""

    code: str
    side: Literal["left", "right", "body", "difference"]
    verdict: Verdict
    message: str


@dataclass(frozen=True)
class Curve:
    """One measure over time.

    `reason` is the code for why a frame has no value, "" where it has one; `doubt` the code of what adds most to its error.
    """

    measure: str
    side: Whose
    unit: str
    value: Float[np.ndarray, " frames"]
    standard_error: Float[np.ndarray, " frames"]
    reason: np.ndarray
    doubt: np.ndarray

    @property
    def column(self) -> str:
        """Name in a table of frames: ``fppa_left_deg``, ``weight_right_share``."""
        return column(self.measure, self.unit, self.side)


@dataclass(frozen=True)
class Course:
    """Measures over time without the track behind them, as frames.parquet keeps them."""

    time_s: Float[np.ndarray, " frames"]
    by_measure: Mapping[tuple[str, Whose], Curve]


@dataclass(frozen=True)
class Curves:
    """The analyzed frames behind a result: cleaned track and measures over time; in memory and Parquet only."""

    track: Track
    by_measure: Mapping[tuple[str, Whose], Curve]

    @property
    def course(self) -> Course:
        """The measures over time alone."""
        return Course(self.track.time_s, self.by_measure)


@_record
class Result:
    """Everything one film could tell."""

    software: Software
    source: Source
    activity: str
    viewpoint: Viewpoint
    quality: Quality
    cleaning: Cleaning
    cycles: tuple[Cycle, ...]
    summary: tuple[Summary, ...]
    findings: tuple[Finding, ...]
    schema: str = SCHEMA
    curves: Annotated[Curves | None, SkipValidation, Field(exclude=True)] = field(
        default=None, compare=False, repr=False
    )

    @property
    def measured(self) -> bool:
        """Whether at least one number stands in the summary."""
        return any(row.mean is not None for row in self.summary)

    def to_json(self, *, indent: int | None = 1) -> str:
        """The result file's text. ValueError if a number is not finite."""
        content = _adapter(Result).dump_python(self, mode="json")
        return json.dumps(
            {"schema": content.pop("schema"), **content}, indent=indent, allow_nan=False, ensure_ascii=False
        )

    @staticmethod
    def from_json(text: str | bytes, name: str = "result.json") -> "Result":
        """Read a result file back, without its curves. InputError where it is not one of this schema."""
        schema: str = _validated(_Head, text, name).schema
        if schema != SCHEMA:
            raise InputError(
                "bad_result_file", path=name, fault=say("fault_schema", found=schema, known=SCHEMA).message
            )
        result: Result = _validated(Result, text, name)
        return result


@dataclass(frozen=True)
class _Head:
    """What tells a result file from any other, read before the rest, which another schema may shape differently."""

    schema: str


def _validated(kind: type, text: str | bytes, name: str) -> Any:  # noqa: ANN401 - of the kind asked for
    try:
        return _adapter(kind).validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"])) or say("fault_whole_file").message
        raise InputError("bad_result_file", path=name, fault=f"{where}: {first['msg']}") from None


def column(measure: str, unit: str, side: str | None = None) -> str:
    """Column name of a measure: name, side unless the whole body's, unit unless the name already ends in it."""
    parts = [measure, *([side] if side and side != "body" else [])]
    return "_".join(parts if measure.endswith(f"_{unit}") else [*parts, unit])


def source_of(facts: SourceFacts, analyzed_frames: int) -> Source:
    """The film's entry in a result."""
    return Source(
        name=facts.name,
        sha256=facts.sha256,
        frames=facts.frames,
        analyzed_frames=analyzed_frames,
        fps=round(facts.fps, 3),
        duration_s=round(facts.duration_s, 3),
        width=facts.width,
        height=facts.height,
        rotation_deg=facts.rotation_deg,
        mirrored=facts.mirrored,
    )


@cache
def _adapter(kind: type) -> Any:  # noqa: ANN401 - a TypeAdapter, which the shape checks of the tests cannot read
    return TypeAdapter(kind)
