"""Measures of a run or a walk that front and back show: where the feet land sideways, and how the leg stands over them."""

from typing import Final

import numpy as np

from alignment.core import gait
from alignment.core.geometry import lean_deg
from alignment.core.measures.conditions import HIP_ABOVE_KNEE
from alignment.core.measures.gait import GAITS
from alignment.core.measures.legs import medial
from alignment.core.measures.registry import MOMENT_S, measure
from alignment.core.skeleton import OTHER, Side
from alignment.core.track import Numbers
from alignment.core.viewpoint import Body

#: Which way is outwards, to the subject's left (+) or right.
_OUTWARDS: Final[dict[Side, float]] = {"left": 1.0, "right": -1.0}


def _foot_place(body: Body, contact: gait.Contact) -> float:
    """Where a foot stands in the middle of its contact, to the subject's left; NaN where that is not seen."""
    around = np.abs(body.time_s - body.time_s[contact.middle]) <= MOMENT_S + 1e-6
    places = body.at(contact.side, "ankle")[around, 0]
    known = places[np.isfinite(places)]
    return float(np.median(known)) if len(known) else float("nan")


@measure(
    unit="pct",
    sided=False,
    useful_se=4.0,
    reference="Brindle 2014 (way between the feet sideways at contact); here between the ankles in midstance",
    activities=GAITS,
    around_s=0.0,
)
def step_width(body: Body) -> Numbers:
    """How far apart the feet stand sideways in successive steps, in % of leg length: + each on its own side, - crossed.

    A step is held against the one before and the one after it, so that who drifts aside is not taken to step aside.
    """
    curve = np.full(len(body.time_s), np.nan)
    contacts = gait.gait_of(body).contacts
    places = [_foot_place(body, one) for one in contacts]
    for number, one in enumerate(contacts):
        beside = [at for at in (number - 1, number + 1) if 0 <= at < len(contacts) and contacts[at].side != one.side]
        others = np.array([places[at] for at in beside])
        if np.isfinite(others).any():
            curve[one.frames] = 100 * _OUTWARDS[one.side] * (places[number] - np.nanmean(others))
    return curve


@measure(
    unit="pct",
    useful_se=2.5,
    reference="Souza 2016 (a foot that lands beyond the body's middle); here the ankle against the hips' middle",
    activities=GAITS,
)
def crossover(body: Body, side: Side) -> Numbers:
    """How far a foot stands beyond the body's middle, in % of leg length: + beyond it, - on its own side.

    It needs a true vertical, since a camera turned by 1° moves the foot by 2 % of a leg.
    """
    beside = (body.at(side, "ankle") - body.middle("hip"))[:, 0]
    return -100 * _OUTWARDS[side] * beside


@measure(
    unit="pct",
    sided=False,
    useful_se=4.0,
    reference="Souza 2016 (knee window: whether there is space between the knees in midstance); here between the joints",
    activities=GAITS,
)
def knee_window(body: Body) -> Numbers:
    """How far apart the knees are sideways in midstance, in % of leg length: + apart, - crossed."""
    return 100 * (body.at("left", "knee") - body.at("right", "knee"))[:, 0]


@measure(
    unit="deg",
    gates=(HIP_ABOVE_KNEE,),
    useful_se=5.0,
    reference="Dingenen 2018 (femoral adduction)",
    activities=GAITS,
)
def thigh_adduction(body: Body, side: Side) -> Numbers:
    """Lean of the thigh in the frontal plane against the vertical: 0 upright, + knee towards the midline."""
    hip, knee = (body.at(side, part)[:, :2] for part in ("hip", "knee"))
    return medial(hip, body.at(OTHER[side], "hip")) * lean_deg(knee - hip)
