"""How the trunk leans, how the weight is shared and how far apart the knees are: one decorated function each."""

from typing import Final

import numpy as np

from alignment.core.measures.conditions import FEET_DOWN, TURNED_OUT_ALIKE
from alignment.core.measures.registry import ASIDE, measure
from alignment.core.skeleton import SIDES
from alignment.core.track import Numbers, Vectors
from alignment.core.viewpoint import Body


@measure(unit="deg", sided=False, useful_se=5.0, reference="Nakagawa 2012 (ipsilateral trunk lean)")
def trunk_lean(body: Body) -> Numbers:
    """Lean of the trunk (mid-hip to mid-shoulder) in the frontal plane against the vertical: + to the subject's right."""
    trunk = (body.middle("shoulder") - body.middle("hip"))[:, :2]
    return np.degrees(np.arctan2(-trunk[:, 0], trunk[:, 1]))


@measure(unit="deg", sided=False, views=ASIDE, useful_se=8.0, reference="Turcot 2012 (trunk flexion while getting up)")
def trunk_lean_forward(body: Body) -> Numbers:
    """Lean of the trunk (mid-hip to mid-shoulder) against the vertical, seen from the side: 0 upright, + forwards."""
    trunk = np.mean([body.seen_at(side, "shoulder") - body.seen_at(side, "hip") for side in SIDES], axis=0)
    # Who is filmed from the left faces the picture's left.
    return np.degrees(np.arctan2((-1 if body.facing == "left" else 1) * trunk[:, 0], trunk[:, 1]))


@measure(
    unit="share",
    sided=False,
    gates=(FEET_DOWN, TURNED_OUT_ALIKE),
    useful_se=0.15,
    neutral=0.5,
    reference="segment masses of de Leva 1996; quasi-static estimate, not a load",
)
def weight_right_share(body: Body) -> Numbers:
    """Where the centre of mass stands between the feet: 0 over the left, 1 over the right, 0.5 even. An estimate.

    Undefined unless both feet are down at one level, and where one foot's toe is probably misplaced.
    """
    left, right = ((body.at(side, "ankle") + body.at(side, "toe"))[:, 0] / 2 for side in SIDES)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (_centre_of_mass(body)[:, 0] - left) / (right - left)


@measure(
    unit="ratio", sided=False, useful_se=0.25, neutral=1.0, reference="Mizner 2012 (knee-to-ankle separation ratio)"
)
def knee_ankle_ratio(body: Body) -> Numbers:
    """Distance between the knees against that between the ankles, in the frontal plane: 1 knees over ankles, less inside."""
    knees = np.linalg.norm((body.at("left", "knee") - body.at("right", "knee"))[:, :2], axis=1)
    ankles = np.linalg.norm((body.at("left", "ankle") - body.at("right", "ankle"))[:, :2], axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return knees / np.where(ankles > 0, ankles, np.nan)


#: Share of the body's mass, and where its centre lies from the first to the second end: de Leva 1996, mean of the sexes;
#: trunk from mid-hip to mid-shoulder.
_SEGMENTS: Final = (
    ("shoulder", "elbow", 0.0263, 0.576),
    ("elbow", "wrist", 0.0150, 0.457),
    ("wrist", "index", 0.0059, 0.77),
    ("hip", "knee", 0.1447, 0.385),
    ("knee", "ankle", 0.0457, 0.444),
    ("heel", "toe", 0.0133, 0.42),
)
_TRUNK: Final = (0.4302, 0.595)
_HEAD_MASS: Final = 0.0681


def _centre_of_mass(body: Body) -> Vectors:
    """The body's centre of mass; segments that are not seen are left out, the trunk and the thighs must be seen."""
    total, mass = np.zeros((len(body.time_s), 3)), np.zeros((len(body.time_s), 1))
    share, along = _TRUNK
    trunk = (1 - along) * body.middle("hip") + along * body.middle("shoulder")
    parts = [(_HEAD_MASS, body.middle("ear")), (share, trunk)]
    for start, end, share, along in _SEGMENTS:
        parts += [(share, (1 - along) * body.at(side, start) + along * body.at(side, end)) for side in SIDES]
    for share, centre in parts:
        seen = np.isfinite(centre).all(axis=1, keepdims=True)
        total += np.where(seen, share * centre, 0.0)
        mass += np.where(seen, share, 0.0)
    needed = np.isfinite(body.middle("hip") + body.middle("shoulder") + body.middle("knee")).all(axis=1, keepdims=True)
    return np.where(needed, total / np.where(mass > 0, mass, 1.0), np.nan)
