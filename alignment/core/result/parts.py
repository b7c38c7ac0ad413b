"""What a result is made of: facts about film and camera, cycles with their values, a summary, reasons and findings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeVar, dataclass_transform

import numpy as np
from pydantic import ConfigDict

from alignment.core.settings import MODEL, Reading
from alignment.core.skeleton import SIDES
from alignment.core.track import Numbers, SourceFacts, Track

#: Whose number it is: one leg's, or the whole body's.
Whose = Literal["left", "right", "body"]
#: Whose cycle it is: one leg's, or both legs' together.
CycleSide = Literal["left", "right", "both"]
Moment = Literal["key", "peak", "flexion30", "flexion45"]
MOMENTS: tuple[Moment, ...] = ("key", "peak", "flexion30", "flexion45")
Facing = Literal["front", "back", "left", "right"]
#: Whose number a row of the summary holds.
SummarySide = Literal["left", "right", "body", "difference"]
Grade = Literal["good", "usable", "unusable"]
#: A number, a name or a further code; never a sentence.
Plain = None | bool | int | float | str
#: What the words for a code are filled with.
Values = Mapping[str, Plain | tuple[Plain, ...]]


#: What is recognized with this probability may be gone by.
SURE_FROM = 0.8


class Verdict(StrEnum):
    """How a number lies to the limits of its kind."""

    WITHIN = "within"
    EDGE = "edge"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def record(cls: type[_T]) -> type[_T]:
    """A frozen dataclass that JSON must match field by field."""
    cls.__pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True)  # type: ignore[attr-defined]
    return dataclass(frozen=True)(cls)


@record
class Software:
    """What computed the numbers; `settings` is what was asked for, as far as it changes one.

    `engine` is the library that ran the model, with version and precision; `mediapipe` its version where it was MediaPipe.
    Results from before there was another engine have no `engine`. `joints` is by which reading of the legs' joints was
    measured: the model's own, or that of a head of its own on the model's maps, whose weights have this hash.
    """

    version: str
    mediapipe: str | None
    model: str
    model_sha256: str
    settings: Mapping[str, Plain]
    engine: str | None = None
    joints: Reading = MODEL
    joints_sha256: str | None = None


@record
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


@record
class Viewpoint:
    """How the camera stood (signs in docs/measures.md). `corrected` tells whether measures were turned by the yaw.

    `pitch_deg` is + looking down, 0 where a level camera explains what was seen; files of earlier versions have none.
    """

    facing: Facing | None
    facing_probability: float
    yaw_deg: float | None
    yaw_se_deg: float | None
    yaw_varies: bool
    roll_deg: float
    roll_se_deg: float
    roll_given: bool
    distance_leg_lengths: float | None
    distance_se: float | None
    corrected: bool
    pitch_deg: float | None = None
    pitch_se_deg: float | None = None


@record
class Recognition:
    """What the person most likely does, by an activity's name, `walking` or `running`; null: none of these."""

    movement: str | None
    probability: float

    @property
    def sure(self) -> bool:
        """Whether it is one of the known movements, and likely enough to go by."""
        return self.movement is not None and self.probability >= SURE_FROM


@record
class Reason:
    """One thing that limits what can be told: its code, what is known of it, and the measures it touches.

    Lifted from a file of schema 1, `values` may hold that file's own sentences, `text` and `remedy`.
    """

    code: str
    values: Values = field(default_factory=dict)
    measures: tuple[str, ...] = ()


@record
class Quality:
    """How far the film carries: good, usable (some measure is touched by a fault), or unusable (nothing measured)."""

    grade: Grade
    reasons: tuple[Reason, ...] = ()


@record
class Cleaning:
    """What was done to the landmarks, in frames of the subject's legs and trunk; `filter_hz` is null if unfiltered."""

    frames_dropped: int
    swaps_mended: int
    frames_filled: int
    filter_hz: float | None


@record
class Value:
    """One measure at one moment of a cycle: median over ±50 ms. `reason` is a code, given where `value` is null.

    `own_error` is the part of the standard error that other repetitions of the film do not share. `verdict` tells how the
    value lies to its limits; null where it is not judged: at other moments than the key one, or without limits.
    """

    measure: str
    side: Whose
    unit: str
    at: Moment
    time_s: float | None
    value: float | None
    standard_error: float | None
    reason: str | None
    own_error: float | None = None
    verdict: Verdict | None = None


@record
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


@record
class LimitUsed:
    """The limits that a summary was held against; null where that side is not judged."""

    low_outside: float | None
    low: float | None
    high: float | None
    high_outside: float | None
    min_cycles: int
    source: str


@record
class Summary:
    """A measure over all counted cycles. `verdict` is null where no limit exists; `reason` says why it is unknown.

    `inside`, `near` and `outside` count the cycles by their own verdicts; `worst` is the value farthest towards or beyond
    a limit, `worst_cycle` the index of its cycle. `differ`: the cycles differ by more than their own errors.
    `provisional`: there are fewer of them than the limits ask for. Files of earlier versions have none of these.
    """

    measure: str
    side: SummarySide
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
    lowest: float | None = None
    highest: float | None = None
    worst: float | None = None
    worst_cycle: int | None = None
    inside: int | None = None
    near: int | None = None
    outside: int | None = None
    differ: bool | None = None
    provisional: bool = False

    @property
    def sharing(self) -> int | None:
        """How many cycles have this row's verdict or a worse one (inside: just that); None where they were not counted."""
        if self.inside is None or self.near is None or self.outside is None:
            return None
        counts = {Verdict.WITHIN: self.inside, Verdict.EDGE: self.near + self.outside, Verdict.OUTSIDE: self.outside}
        return None if self.verdict is None else counts.get(self.verdict)


@record
class Finding:
    """One thing that the person is told: its code with numbers. `measure` is null where it is of no single one.

    `verdict` is null for a number that is shown and not judged.
    """

    code: str
    side: SummarySide
    verdict: Verdict | None
    measure: str | None
    values: Values


@record
class OccasionFilm:
    """One of the films of an occasion; its cycles begin with that of index `first_cycle` among the occasion's."""

    name: str
    sha256: str | None
    first_cycle: int


@dataclass(frozen=True)
class Curve:
    """One measure over time.

    `reason` is the code for why a frame has no value, "" where it has one; `doubt` the code of what adds most to its error.
    """

    measure: str
    side: Whose
    unit: str
    value: Numbers
    standard_error: Numbers
    reason: np.ndarray
    doubt: np.ndarray
    #: The part of the standard error that other repetitions of the film do not share; None where it was not kept.
    own_error: Numbers | None = None

    @property
    def column(self) -> str:
        """Name in a table of frames: ``fppa_left_deg``, ``weight_right_share``."""
        return column(self.measure, self.unit, self.side)


@dataclass(frozen=True)
class Course:
    """Measures over time without the track behind them, as frames.parquet keeps them."""

    time_s: Numbers
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


def ordinal(cycle: Cycle, cycles: Sequence[Cycle]) -> int | None:
    """A cycle's number among those that count on its side, from 1; None where it does not count."""
    if cycle.rejected is not None:
        return None
    counted = [one.index for one in cycles if one.side == cycle.side and one.rejected is None]
    return counted.index(cycle.index) + 1


def changed_deg(cycles: Iterable[Cycle]) -> float | None:
    """How far turning the picture back into one's own frontal plane changed the knees' angles, at most, in degrees.

    At the key moments, over both legs; None where no repetition has both numbers.
    """
    changes = []
    for cycle in cycles:
        at_key = {(value.measure, value.side): value.value for value in cycle.values if value.at == "key"}
        for side in SIDES:
            own, pictured = at_key.get(("fppa", side)), at_key.get(("fppa_image", side))
            if own is not None and pictured is not None:
                changes.append(abs(own - pictured))
    return max(changes, default=None)


def commonest(codes: Iterable[str]) -> str:
    """The most frequent of these codes; that something was not seen where there is none."""
    counted = Counter(str(code) for code in codes if code)
    return counted.most_common(1)[0][0] if counted else "not_seen"


def round_number(value: float, unit: str) -> float:
    """Shares and ratios to a thousandth, degrees and percent to a hundredth."""
    # Adding 0 turns -0.0 into 0.0.
    return round(value, 3 if unit in ("share", "ratio") else 2) + 0.0
