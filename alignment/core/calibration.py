"""What is known of one landmark model: the text of its calibration file in, one frozen `Calibration` out.

What differs from model to model, or is a model's habit and not a person's, stands in such a file, each value with its
meaning and its origin (alignment/pose/calibration/). The core gets it as an argument.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from math import sqrt
from typing import Any, Final, Literal

import numpy as np
from jaxtyping import Float

from alignment.core.settings import MODEL, READ, Reading

SCHEMA: Final = "alignment-calibration/1"
#: Stands for the model of landmarks that another program found, from a picture's plane alone.
ELSEWHERE: Final = "elsewhere"
#: Stands for every activity that has no value of its own.
ANY: Final = "any"
#: What the whole figure tells the azimuth from: axes from the right to the left landmark, and where the feet point.
PAIRS: Final = ("shoulder", "hip", "knee", "ankle", "toe")
READINGS: Final = (*PAIRS, "feet")
#: What their weights depend on, in leg lengths: how much lower the hips are than over straight legs, how much higher one
#: ankle is, how far away the shoulders are leaned, and how far apart the ankles are, across and in depth.
POSTURE: Final = ("fold", "lift", "lean", "apart", "stagger")
#: A posture further out than this many standard deviations counts as that far out.
MOST_UNUSUAL: Final = 3.0
_CENTRE, _SPREAD = "centre", "spread"
#: Two-sided 95 % of the difference of two measurements (Weir 2005).
_DETECTABLE: Final = 1.96 * sqrt(2.0)

Frontal = Literal["front", "back"]


@dataclass(frozen=True)
class LandmarkError:
    """Standard errors of where a landmark lies, in leg lengths."""

    sideways: float
    #: Up or down against its twin of the other side, and both together.
    against_twin: float
    with_twin: float


@dataclass(frozen=True)
class AzimuthWeights:
    """How much each reading counts, plainly and for each standard deviation of a posture from the usual one."""

    plain: Float[np.ndarray, " readings"]
    by_posture: Float[np.ndarray, "readings postures"]
    centre: Float[np.ndarray, " postures"]
    spread: Float[np.ndarray, " postures"]

    def mean(
        self, readings: Float[np.ndarray, "n readings"], posture: Float[np.ndarray, "n postures"]
    ) -> Float[np.ndarray, " n"]:
        """The weighted mean of the readings of each picture."""
        unusual = np.clip((posture - self.centre) / self.spread, -MOST_UNUSUAL, MOST_UNUSUAL)
        weights = self.plain + unusual @ self.by_posture.T
        mean: np.ndarray = (weights * readings).sum(axis=1)
        return mean


@dataclass(frozen=True)
class Repeatability:
    """A measure's standard error of measurement between two films of the same movement, in the measure's unit.

    `side` is `leg`, `body` or `difference`, as in the table of limits; `sem` rests on `n` differences between a mean over
    the repetitions of one film and that of the other.
    """

    activity: str
    measure: str
    side: str
    n: int
    sem: float

    @property
    def mdc(self) -> float:
        """The minimal detectable change: two films of the same movement differ by less in 95 of 100 cases."""
        return _DETECTABLE * self.sem


@dataclass(frozen=True)
class Strays:
    """Standard deviations in degrees of how a model's readings of the azimuth stray while nobody turns."""

    #: Hips and shoulders together, each of them, the feet, and each block of time by itself besides.
    trunk_deg: float
    axis_deg: float
    feet_deg: float
    block_deg: float
    #: What a leg that looks shorter by its whole length, or a foot lifted by it, may make a trunk look turned.
    posture_deg: float
    #: How many times as much this model's stray.
    factor: float


@dataclass(frozen=True)
class Calibration:
    """What is known of one landmark model; lengths in leg lengths. Meaning and origin of each value stand in its file."""

    model: str
    #: Which reading of the legs' joints it is about.
    joints: Reading
    # Where a landmark lies.
    landmark_se: Mapping[str, LandmarkError]
    landmark_factor: float
    behind_factor: float
    sure_visibility: float
    unseen_factor: float
    joint_sd: Mapping[str, float]
    crop_px: float
    # The azimuth from the axes of hips and shoulders.
    axis_bias_deg: Mapping[str, float]
    axis_bias_se_deg: float
    axis_se_deg: Mapping[str, float]
    yaw_floor_se_deg: float
    yaw_share_se: float
    # From the feet, and how far down the camera looks at them.
    foot_reach: float
    foot_start: Literal["heel", "ankle"]
    foot_start_higher: float
    depression_se_deg: float
    feet_bias_share: float
    feet_se_deg: Mapping[Frontal, float]
    # From the whole figure: empty weights where there are none.
    whole_weight: float
    whole_se: Mapping[Frontal, tuple[float, float]]
    azimuth_weights: Mapping[Frontal, AzimuthWeights]
    strays: Strays
    # Where joints are drawn.
    hip_front: float
    toe_aside: float
    toe_base: float
    foot: float
    foot_se: float
    drawn_se: float
    trunk_drawn_se: tuple[float, float]
    lean_se: tuple[float, float]
    # What measures are off by themselves, by activity, and between two films.
    own_se: Mapping[str, Mapping[str, float]]
    repeatability: tuple[Repeatability, ...]
    #: How much of the landmarks' share of a measure's variance other repetitions of the film do not share.
    own_share: Mapping[str, float]
    #: The same of the joints as they are read anew, where they can be.
    read: "Calibration | None" = None

    def of(self, joints: Reading) -> "Calibration":
        """What is known of one reading of the joints. ValueError where nothing is."""
        if joints == self.joints:
            return self
        if self.read is None:
            raise ValueError(f"nothing is known of joints read with {self.model}")
        return self.read

    def own_variance(self, measure: str, activity: str | None, facing: str = "") -> float:
        """Variance of the model's own reading of a measure that no shifted landmark shows; more in some activities.

        And more from some sides: what one adds to its activity's stands under both names, as `cycling_back`.
        """
        kinds = (ANY, activity or "", f"{activity}_{facing}")
        return float(sum(self.own_se.get(kind, {}).get(measure, 0.0) ** 2 for kind in kinds))


#: From a model's name to what is known of it. InputError where nothing is.
CalibrationOf = Callable[[str], Calibration]


def parse_calibration(text: str) -> Calibration:
    """The calibration that such a file holds. ValueError or KeyError where a value or its origin is missing or unknown.

    What differs where the joints are read anew stands under `read`.
    """
    content = json.loads(text)
    if content["schema"] != SCHEMA:
        raise ValueError(f"schema {content['schema']} instead of {SCHEMA}")
    own = _calibration(content["model"], MODEL, content["values"])
    if not content.get(READ):
        return own
    return replace(own, read=_calibration(content["model"], READ, content["values"] | content[READ]))


def _calibration(model: str, joints: Reading, entries: Mapping[str, Any]) -> Calibration:
    names = {one.name for one in fields(Calibration)} - {"model", "joints", "read"}
    if set(entries) != names:
        raise ValueError(f"missing or unknown: {sorted(set(entries) ^ names)}")
    for name, entry in entries.items():
        if not (entry["meaning"] and entry["origin"]):
            raise ValueError(f"{name} does not say what it means and where it comes from")
    values: dict[str, Any] = {name: entry["value"] for name, entry in entries.items()}
    return Calibration(
        model=model,
        joints=joints,
        **values
        | {
            "landmark_se": {part: LandmarkError(*errors) for part, errors in values["landmark_se"].items()},
            "whole_se": {facing: tuple(errors) for facing, errors in values["whole_se"].items()},
            "azimuth_weights": {facing: _weights_of(rows) for facing, rows in values["azimuth_weights"].items()},
            "strays": Strays(**values["strays"]),
            "trunk_drawn_se": tuple(values["trunk_drawn_se"]),
            "lean_se": tuple(values["lean_se"]),
            "repeatability": tuple(Repeatability(*row) for row in values["repeatability"]),
        },
    )


def _weights_of(rows: Mapping[str, list[float]]) -> AzimuthWeights:
    if set(rows) != {*READINGS, _CENTRE, _SPREAD}:
        raise ValueError(f"weights for {sorted(rows)} instead of {sorted((*READINGS, _CENTRE, _SPREAD))}")
    table = np.array([rows[reading] for reading in READINGS])
    if not np.allclose(table.sum(axis=0), [1.0] + [0.0] * len(POSTURE), atol=1e-3):
        raise ValueError(f"weights that sum to {table.sum(axis=0)} instead of 1, and 0 for each posture")
    return AzimuthWeights(table[:, 0], table[:, 1:], np.array(rows[_CENTRE]), np.array(rows[_SPREAD]))


def with_azimuth_weights(text: str, weights: Mapping[Frontal, AzimuthWeights]) -> str:
    """A calibration file's text with these weights: for each reading the plain one, then one for each posture."""
    tables = {}
    for facing, one in weights.items():
        rows = dict(zip(READINGS, np.column_stack([one.plain, one.by_posture]), strict=True))
        rows |= {_CENTRE: one.centre, _SPREAD: one.spread}
        tables[facing] = {name: [round(float(number), 4) for number in row] for name, row in rows.items()}
    return _with_value(text, "azimuth_weights", tables)


def with_repeatability(text: str, rows: Iterable[Repeatability], joints: Reading = MODEL) -> str:
    """A calibration file's text with these rows for a reading of the joints."""
    return _with_value(text, "repeatability", [list(astuple(row)) for row in rows], joints)


def _with_value(text: str, name: str, value: object, joints: Reading = MODEL) -> str:
    """A calibration file's text with another value; ValueError or KeyError where it is no such file."""
    content = json.loads(text)
    entries = content[READ if joints == READ else "values"]
    entries[name] = {**content["values"][name], **entries.get(name, {}), "value": value}
    written = json.dumps(content, indent=2, ensure_ascii=False)
    # A row of numbers and words is one line.
    rows = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda row: "[" + " ".join(row[1].split()) + "]", written)
    parse_calibration(rows)
    return rows + "\n"
