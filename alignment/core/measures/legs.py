"""How a leg is bent and where its knee is: one decorated function each."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from alignment.core.geometry import beside_line, lean_deg, wrapped_deg
from alignment.core.measures.conditions import (
    FOOT_IN_PICTURE,
    HIP_ABOVE_KNEE,
    KNEE_BENT,
    SHANK_IN_PICTURE,
    SHANK_IN_SPACE,
    THIGH_IN_PICTURE,
    THIGH_IN_SPACE,
    TURNED_OUT_ALIKE,
    bend_deg,
)
from alignment.core.measures.registry import ANYWHERE, ASIDE, measure
from alignment.core.skeleton import OTHER, Side
from alignment.core.track import Numbers
from alignment.core.viewpoint import Body


def medial(own_hip: Float[np.ndarray, "frames _"], other_hip: Float[np.ndarray, "frames _"]) -> Numbers:
    """+1 where the midline lies towards +x of this leg, -1 where it lies towards -x."""
    return np.sign(other_hip[:, 0] - own_hip[:, 0])


def _bend_deg(at: Callable[[Side, str], np.ndarray], side: Side) -> Numbers:
    """Bend at the knee in a plane (x, y up): thigh's lean minus shank's, + with the knee towards the midline."""
    hip, knee, ankle = (at(side, part)[:, :2] for part in ("hip", "knee", "ankle"))
    return medial(hip, at(OTHER[side], "hip")) * wrapped_deg(lean_deg(knee - hip) - lean_deg(ankle - knee))


@measure(
    unit="deg",
    gates=(HIP_ABOVE_KNEE, THIGH_IN_SPACE, SHANK_IN_SPACE),
    useful_se=8.0,
    reference="Willson 2006; Munro 2012 (there in the picture and with the ASIS; here with hip joint centres, corrected)",
)
def fppa(body: Body, side: Side) -> Numbers:
    """Bend at the knee between thigh and shank in the subject's frontal plane: 0 straight, + knee towards the midline.

    Undefined where the projection of thigh or shank is under 40 % of its length.
    """
    return _bend_deg(body.at, side)


@measure(
    unit="deg",
    gates=(HIP_ABOVE_KNEE, THIGH_IN_PICTURE, SHANK_IN_PICTURE),
    useful_se=8.0,
    reference="Willson 2006; Munro 2012 (there with the ASIS, here with hip joint centres)",
)
def fppa_image(body: Body, side: Side) -> Numbers:
    """The same bend as the picture shows it, uncorrected: the literature's 2-D angle; + knee towards the midline.

    Undefined where thigh or shank is seen under 40 % of its length at the frame's scale.
    """
    return _bend_deg(body.seen_at, side)


@measure(
    unit="pct",
    useful_se=4.0,
    reference="IQWiG 2024 (hip, kneecap and middle toe on one line); Ageberg 2010 (knee over foot)",
)
def knee_over_toe(body: Body, side: Side) -> Numbers:
    """Distance of the knee from the line hip-toe in the frontal plane, in % of leg length: + knee towards the midline."""
    hip, knee, toe = (body.at(side, part)[:, :2] for part in ("hip", "knee", "toe"))
    # Seen along hip -> toe, +x lies to the left.
    return 100 * medial(hip, body.at(OTHER[side], "hip")) * beside_line(knee, hip, toe)


@measure(
    unit="pct",
    gates=(KNEE_BENT, FOOT_IN_PICTURE, TURNED_OUT_ALIKE),
    useful_se=8.0,
    peak_from_deg=60.0,
    reference="Ageberg 2010 (knee over foot); Piva 2006 (the second toe decides)",
)
def knee_over_foot(body: Body, side: Side) -> Numbers:
    """Distance of the knee from the upright plane through ankle and second toe, in % of leg length: + towards the midline.

    Undefined with the knee bent by less than 45°, and where the foot's own direction is not seen.
    """
    ankle, knee, toe = (body.at(side, part)[:, ::2] for part in ("ankle", "knee", "toe"))
    # From above, forwards up: seen along ankle -> toe, the subject's left (+x) lies on the right.
    return -100 * medial(body.at(side, "hip"), body.at(OTHER[side], "hip")) * beside_line(knee, ankle, toe)


@measure(
    unit="deg",
    views=ANYWHERE,
    useful_se=20.0,
    reference="angle between the segments in space, 0 in standing: ISB 2002",
    judged_from=ASIDE,
)
def knee_flexion(body: Body, side: Side) -> Numbers:
    """Angle between thigh and shank in space: 0 straight.

    Judged from the side alone: from front and back it rests on the segments' lengths, and is up to 40° off on a bicycle.
    """
    return bend_deg(body, side)
