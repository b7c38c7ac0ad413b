"""The body in its frontal plane in; one curve per measure out: one decorated function each, found by its decorator.

Conventions: angles in degrees, lengths in leg lengths, shares from 0 to 1; one number a frame; NaN where the measure is
undefined or its landmarks were not seen. "Towards the midline" is where the other hip is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy
from jaxtyping import Float

from alignment.core import gait
from alignment.core.geometry import beside_line, between_deg, lean_deg, wrapped_deg
from alignment.core.result import Curve, Facing, Whose
from alignment.core.skeleton import OTHER, SIDES, Side
from alignment.core.track import Flags, Numbers, Vectors, runs
from alignment.core.viewpoint import Body, Pelvis

#: A thigh or shank seen shorter than this share of its length points at the camera: the bend at the knee then means nothing.
MIN_SEGMENT_SHARE = 0.4
#: A hip less than this share of the thigh's length above its knee leaves the leg without an upper and a lower half.
MIN_HIP_ABOVE_KNEE = 0.25
#: Both feet count as down at one level up to this difference of the ankles' heights, in leg lengths.
LEVEL_SHARE = 0.05
#: Who stands quietly does so at least this long: on stairs the feet pass each other at one level.
QUIET_S = 0.3
#: Who stands still keeps feet and hips where they are against each other within this, in leg lengths.
STILL = 0.04
#: How the pelvis stands in quiet standing is known to its own sway there, which is another one after so long.
SWAY_S = 0.5
#: A knee bent less has its foot before it: what stands beside it then is the stance, not the knee.
MIN_BEND_DEG = 45.0
#: A foot seen under this share of its length in standing, or feet turned out so differently, are misplaced.
MIN_FOOT_SHARE = 0.5
MAX_TURN_OUT_DIFFERENCE_DEG = 25.0
FRONTAL: Final[tuple[Facing, ...]] = ("front", "back")
#: Measures that need a true vertical.
UPRIGHT: Final = ("pelvic_obliquity", "trunk_lean", "weight_right_share", "trunk_lean_forward")
ASIDE: Final[tuple[Facing, ...]] = ("left", "right")
#: Why a measure that only a side shows has no number in a film from front or back, which is no fault of the film.
FRONT_VIEW: Final = "front_view"
#: What all repetitions of a film share of the error of what marks tell, beside the camera's part.
MARKS_SHARED: Final = ("marks_placed", "standing_sways")
#: Why what marks on the pelvis tell has no number in a film without any.
NEEDS_MARKS: Final = "needs_marks"
ANYWHERE: Final[tuple[Facing, ...]] = (*FRONTAL, *ASIDE)
#: A value is the median over this much time to either side of its moment. Design, section 3.
MOMENT_S: Final = 0.05


@dataclass(frozen=True)
class Gate:
    """A condition without which a measure is undefined: the code of the reason, and in which frames it is met."""

    reason: str
    met: Callable[[Body, Whose], Flags]


@dataclass(frozen=True)
class Measure:
    """A measure: how to compute it, for whom, in which unit, from where it can be seen and whose definition it is."""

    name: str
    unit: str
    sided: bool
    views: tuple[Facing, ...]
    gates: tuple[Gate, ...]
    #: A value with a larger standard error says nothing and is withheld, with the main source of the error as reason.
    useful_se: float
    #: The value from which an excursion counts.
    neutral: float
    #: From which bend of the knee on its `peak` is looked for, and is then the largest value; None for the one farthest from
    #: neutral anywhere in the repetition.
    peak_from_deg: float | None
    reference: str
    #: What it is off by where it rests on marks that are worn, by code of the reason; None where it rests on landmarks.
    mark_errors: Callable[[Body], Mapping[str, Numbers]] | None
    #: From where it is exact enough to be held against limits.
    judged_from: tuple[Facing, ...]
    compute: Callable[..., Numbers]
    #: In which activities it is taken; everywhere where none is named.
    activities: tuple[str, ...] = ()
    #: A value is the median over this much time to either side of its moment.
    around_s: float = MOMENT_S
    #: What it is off by besides what shifted landmarks and the calibration tell.
    more_error: Callable[[Body, Whose], Numbers] | None = None
    #: Whether it rests on moments alone, which a landmark that lies elsewhere throughout does not change.
    timed: bool = False

    def taken_in(self, activity: str | None) -> bool:
        """Whether it is taken in an activity."""
        return not self.activities or activity in self.activities

    @property
    def whose(self) -> tuple[Whose, ...]:
        """Whose curves there are: one for each leg, or one for the whole body."""
        return SIDES if self.sided else ("body",)

    def compute_ungated(self, body: Body, whose: Whose) -> Numbers:
        """The formula's number in every frame, whether it means anything there or not."""
        return self.compute(body) if whose == "body" else self.compute(body, whose)

    def refusals(self, body: Body, whose: Whose) -> np.ndarray:
        """Code of the first unmet condition in each frame, "" where the measure is defined."""
        reasons = np.full(len(body.time_s), "", dtype="<U32")
        for gate in reversed(self.gates):
            reasons[~gate.met(body, whose)] = gate.reason
        return reasons

    def curve(self, body: Body, whose: Whose) -> Numbers:
        """The measure in every frame, NaN where it is undefined."""
        return np.where(self.refusals(body, whose) == "", self.compute_ungated(body, whose), np.nan)


MEASURES: dict[str, Measure] = {}


def measure(
    *,
    unit: str,
    sided: bool = True,
    views: tuple[Facing, ...] = FRONTAL,
    gates: tuple[Gate, ...] = (),
    useful_se: float,
    neutral: float = 0.0,
    peak_from_deg: float | None = None,
    reference: str,
    mark_errors: Callable[[Body], Mapping[str, Numbers]] | None = None,
    judged_from: tuple[Facing, ...] = ANYWHERE,
    activities: tuple[str, ...] = (),
    around_s: float = MOMENT_S,
    more_error: Callable[[Body, Whose], Numbers] | None = None,
    timed: bool = False,
) -> Callable[[Callable[..., Numbers]], Callable[..., Numbers]]:
    """Register a function (body) or (body, side) -> numbers under its own name. ValueError if that name is taken."""

    def register(function: Callable[..., Numbers]) -> Callable[..., Numbers]:
        name = function.__name__
        if name in MEASURES:
            raise ValueError(f"there are two measures named {name}")
        MEASURES[name] = Measure(
            name,
            unit,
            sided,
            views,
            gates,
            useful_se,
            neutral,
            peak_from_deg,
            reference,
            mark_errors,
            judged_from,
            function,
            activities,
            around_s,
            more_error,
            timed,
        )
        return function

    return register


def by_marks() -> tuple[str, ...]:
    """The measures that nothing but marks on the pelvis tell."""
    return tuple(name for name, one in MEASURES.items() if one.mark_errors is not None)


def sure_enough(curve: Curve) -> Flags:
    """In which frames a curve has a number whose standard error is no larger than is useful, as in the summary."""
    with np.errstate(invalid="ignore"):
        return np.isfinite(curve.value) & (curve.standard_error <= MEASURES[curve.measure].useful_se)


# --- conditions -----------------------------------------------------------------------------------------------------


def thigh_elevation_deg(body: Body, side: Side) -> Numbers:
    """Angle of the thigh against straight down, in space: 0 hanging, 90 level."""
    thigh = body.at(side, "knee") - body.at(side, "hip")
    return between_deg(thigh, np.broadcast_to(np.array([0.0, -1.0, 0.0]), thigh.shape))


def ankle_rise(body: Body, side: Side) -> Numbers:
    """How much higher this ankle is than the other, in leg lengths, against the standing frames where there are any."""
    return _against_standing(body, body.at(side, "ankle")[:, 1] - body.at(OTHER[side], "ankle")[:, 1])


def ankle_rise_in_picture(body: Body, side: Side) -> Numbers:
    """The same as the picture shows it, wherever in depth the feet are."""
    return _against_standing(body, body.seen_at(side, "ankle")[:, 1] - body.seen_at(OTHER[side], "ankle")[:, 1])


def _against_standing(body: Body, difference: Numbers) -> Numbers:
    level = body.standing & (np.abs(difference) < 2 * LEVEL_SHARE)
    return difference - (np.median(difference[level]) if level.any() else 0.0)


def both_feet_down(body: Body, _whose: Whose = "body") -> Flags:
    """Where both ankles are at one level, as far as both are seen."""
    return ~(np.abs(ankle_rise(body, "left")) > LEVEL_SHARE)


def both_feet_down_in_picture(body: Body) -> Flags:
    """The same as the picture shows it."""
    return ~(np.abs(ankle_rise_in_picture(body, "left")) > LEVEL_SHARE)


def standing_on(body: Body, side: Whose) -> Flags:
    """Where this leg alone carries the body: the feet are not level, and the hips' middle stays over this one.

    A free foot may hang above the floor (single-leg squat) or below the step (step-down), so height alone cannot tell.
    """
    if side == "body":
        return standing_on(body, "left") | standing_on(body, "right")
    hips = body.middle("hip")[:, 0]
    here = np.abs(body.at(side, "ankle")[:, 0] - hips)
    there = np.abs(body.at(OTHER[side], "ankle")[:, 0] - hips)
    return ~both_feet_down(body) & (here < there)


# A condition is also met where it is unseen, so that "not seen" stays the reason there: hence "not less".


def _in_space(start: str, end: str) -> Callable[[Body, Whose], Flags]:
    """Where enough of a segment lies in the frontal plane."""

    def met(body: Body, side: Whose) -> Flags:
        segment = body.at(_leg(side), end) - body.at(_leg(side), start)
        least = MIN_SEGMENT_SHARE * np.linalg.norm(segment, axis=1)
        return ~(np.linalg.norm(segment[:, :2], axis=1) - least < 0.0)

    return met


def _in_picture(start: str, end: str, lengths: Callable[[Body], dict[Side, float]]) -> Callable[[Body, Whose], Flags]:
    """Where enough of a segment is seen, by its length at the frame's scale."""

    def met(body: Body, side: Whose) -> Flags:
        segment = body.seen_at(_leg(side), end) - body.seen_at(_leg(side), start)
        return ~(np.linalg.norm(segment, axis=1) / lengths(body)[_leg(side)] < MIN_SEGMENT_SHARE)

    return met


def _hip_above_knee(body: Body, side: Whose) -> Flags:
    above = body.seen_at(_leg(side), "hip")[:, 1] - body.seen_at(_leg(side), "knee")[:, 1]
    return ~(above / body.thigh[_leg(side)] < MIN_HIP_ABOVE_KNEE)


def _baseline(body: Body, _whose: Whose) -> Flags:
    told = body.pelvis is not None and (_usual_frames(body) & ~body.pelvis.aslant).any()
    return np.full(len(body.time_s), bool(told))


def _alone(body: Body, side: Whose) -> Flags:
    """Where this leg alone carries the body; on stairs, where a free foot passes the other at one level, its step tells."""
    if body.pelvis is not None and body.pelvis.baseline == "still":
        return np.ones(len(body.time_s), dtype=bool)
    return standing_on(body, side)


def _marks(met: Callable[[Pelvis], Flags]) -> Callable[[Body, Whose], Flags]:
    """A condition of the pelvis' line; it is never met without marks."""
    return lambda body, _whose: np.zeros(len(body.time_s), bool) if body.pelvis is None else met(body.pelvis)


def _knee_bent(body: Body, side: Whose) -> Flags:
    return ~(knee_flexion(body, _leg(side)) < MIN_BEND_DEG)


def _foot_in_picture(body: Body, side: Whose) -> Flags:
    seen = np.linalg.norm(body.seen_at(_leg(side), "toe") - body.seen_at(_leg(side), "ankle"), axis=1)
    upright = body.standing & np.isfinite(seen)
    return ~(seen < MIN_FOOT_SHARE * (np.median(seen[upright]) if upright.any() else 0.0))


def turn_out_deg(body: Body, side: Side) -> Numbers:
    """How far a foot points outwards, seen from above: 0 straight ahead, + away from the other foot."""
    foot = body.at(side, "toe") - body.at(side, "ankle")
    return np.degrees(np.arctan2(foot[:, 0] * (1 if side == "left" else -1), foot[:, 2]))


def _turned_out_alike(body: Body, _whose: Whose) -> Flags:
    apart = np.abs(turn_out_deg(body, "left") - turn_out_deg(body, "right"))
    return ~((apart > MAX_TURN_OUT_DIFFERENCE_DEG) & both_feet_down(body))


def _leg(whose: Whose) -> Side:
    if whose == "body":
        raise ValueError("this condition is one leg's")
    return whose


THIGH_IN_SPACE = Gate("thigh_towards_camera", _in_space("hip", "knee"))
SHANK_IN_SPACE = Gate("shank_towards_camera", _in_space("knee", "ankle"))
THIGH_IN_PICTURE = Gate("thigh_towards_camera", _in_picture("hip", "knee", lambda body: body.thigh))
SHANK_IN_PICTURE = Gate("shank_towards_camera", _in_picture("knee", "ankle", lambda body: body.shank))
HIP_ABOVE_KNEE = Gate("thigh_level", _hip_above_knee)
KNEE_BENT = Gate("little_bend", _knee_bent)
FOOT_IN_PICTURE = Gate("foot_end_on", _foot_in_picture)
TURNED_OUT_ALIKE = Gate("feet_turned_differently", _turned_out_alike)
FEET_DOWN = Gate("feet_not_level", both_feet_down)
ALONE = Gate("not_on_this_leg_alone", _alone)
BASELINE = Gate("no_standing", _baseline)
#: What the line between the marks must be to say anything; the first that is not met is the reason.
MARKED = (
    Gate("mark_missing", _marks(lambda pelvis: pelvis.seen)),
    Gate("marks_crossed", _marks(lambda pelvis: ~pelvis.crossed)),
    Gate("marks_close", _marks(lambda pelvis: ~pelvis.close)),
    Gate("marks_aslant", _marks(lambda pelvis: ~pelvis.aslant)),
)


# --- what marks on the pelvis tell ------------------------------------------------------------------------------------


def _tilt_deg(body: Body) -> Numbers:
    """Tilt of the line between the marks: + right one higher; NaN throughout where there are none."""
    return np.full(len(body.time_s), np.nan) if body.pelvis is None else body.pelvis.tilt_deg


def _usual_frames(body: Body) -> Flags:
    """Where the pelvis is as changes count from: in quiet standing on both feet; on a bicycle anywhere."""
    if body.pelvis is None:
        return np.zeros(len(body.time_s), dtype=bool)
    known = body.pelvis.seen & ~body.pelvis.close & ~body.pelvis.crossed
    if body.pelvis.baseline == "median":
        return known
    upright = body.standing & both_feet_down(body) if body.pelvis.baseline == "straight" else _still(body)
    quiet = np.zeros(len(known), dtype=bool)
    for start, stop in runs(upright):
        quiet[start:stop] = body.time_s[stop - 1] - body.time_s[start] >= QUIET_S - 1e-6
    return quiet & known


def _still(body: Body) -> Flags:
    """Where feet at one level and the hips keep their places against each other in the picture, for `QUIET_S` around."""
    left, right = (body.seen_at(side, "ankle") for side in SIDES)
    hips = (body.seen_at("left", "hip") + body.seen_at("right", "hip")) / 2
    places = np.concatenate([left - right, hips - (left + right) / 2], axis=1)
    window = 2 * max(1, round(QUIET_S * body.rate_hz)) + 1
    # What is not seen is not known to be still.
    filled = np.where(np.isfinite(places), places, np.inf)
    highest = scipy.ndimage.maximum_filter1d(filled, window, axis=0, mode="nearest")
    lowest = scipy.ndimage.minimum_filter1d(filled, window, axis=0, mode="nearest")
    with np.errstate(invalid="ignore"):
        strays: Numbers = (highest - lowest).max(axis=1)
        return (strays < STILL) & (np.abs(places[:, 1]) < LEVEL_SHARE)


def _absolute_errors(body: Body) -> dict[str, Numbers]:
    """What the tilt against the horizontal is off by, beside what a camera elsewhere would change."""
    pelvis = body.pelvis
    return {} if pelvis is None else {**_own_errors(pelvis), "marks_placed": pelvis.placed_deg}


def _change_errors(body: Body) -> dict[str, Numbers]:
    """What a change of the tilt is off by: where the marks were put is the same all along, where the pelvis began is not."""
    if body.pelvis is None:
        return {}
    usual = _usual_frames(body)
    tilt_deg = body.pelvis.tilt_deg[usual]
    others = max(1.0, usual.sum() / (SWAY_S * body.rate_hz)) if body.rate_hz else 1.0
    # On a bicycle the usual tilt is that of the whole movement, which sways by itself.
    sway_deg = float(tilt_deg.std() / np.sqrt(others)) if len(tilt_deg) else 0.0
    return {
        **_own_errors(body.pelvis),
        "standing_sways": np.full(len(body.time_s), sway_deg),
        "camera_moved": np.full(len(body.time_s), body.pelvis.rolling_deg),
    }


def _own_errors(pelvis: Pelvis) -> dict[str, Numbers]:
    """Errors that each moment has to itself, by the code of the reason."""
    return {
        "marks_unclear": pelvis.points_deg,
        "skin_moves": pelvis.skin_deg,
        "pelvis_turns": pelvis.turning_deg,
    }


# --- measures -------------------------------------------------------------------------------------------------------


def _medial(own_hip: Float[np.ndarray, "frames _"], other_hip: Float[np.ndarray, "frames _"]) -> Numbers:
    """+1 where the midline lies towards +x of this leg, -1 where it lies towards -x."""
    return np.sign(other_hip[:, 0] - own_hip[:, 0])


def _bend_deg(at: Callable[[Side, str], np.ndarray], side: Side) -> Numbers:
    """Bend at the knee in a plane (x, y up): thigh's lean minus shank's, + with the knee towards the midline."""
    hip, knee, ankle = (at(side, part)[:, :2] for part in ("hip", "knee", "ankle"))
    return _medial(hip, at(OTHER[side], "hip")) * wrapped_deg(lean_deg(knee - hip) - lean_deg(ankle - knee))


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
    return 100 * _medial(hip, body.at(OTHER[side], "hip")) * beside_line(knee, hip, toe)


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
    return -100 * _medial(body.at(side, "hip"), body.at(OTHER[side], "hip")) * beside_line(knee, ankle, toe)


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
    hip, knee, ankle = (body.at(side, part) for part in ("hip", "knee", "ankle"))
    return between_deg(knee - hip, ankle - knee)


@measure(
    unit="deg",
    sided=False,
    gates=MARKED,
    useful_se=2.5,
    reference="Michaud 2014 (pelvic obliquity in the frontal plane)",
    mark_errors=_absolute_errors,
)
def pelvic_obliquity(body: Body) -> Numbers:
    """Tilt of the pelvis against the true horizontal, from two marks on it: + right hip higher.

    Too unsure where no vertical is known, which the camera's roll is taken from.
    """
    return _tilt_deg(body)


@measure(
    unit="deg",
    gates=(*MARKED, BASELINE, ALONE),
    useful_se=2.5,
    reference="Nakagawa 2012; Youdas 2007 (pelvis on the standing leg)",
    mark_errors=_change_errors,
)
def pelvic_drop(body: Body, side: Side) -> Numbers:
    """How far the pelvis sinks on the free leg's side, against quiet standing, from two marks on it: + other side lower.

    Undefined with both feet down, for the swing leg, and without quiet standing.
    """
    change = pelvic_change(body)
    return change if side == "right" else -change


@measure(
    unit="deg",
    sided=False,
    gates=(*MARKED, BASELINE),
    useful_se=2.5,
    reference="as pelvic_obliquity, against the person's own standing (Youdas 2007)",
    mark_errors=_change_errors,
)
def pelvic_change(body: Body) -> Numbers:
    """Tilt of the pelvis against quiet standing, on a bicycle against its own median, from two marks: + right hip higher."""
    tilt_deg, usual = _tilt_deg(body), _usual_frames(body)
    # Without a baseline the condition for it refuses the number, and says why.
    return tilt_deg - (np.median(tilt_deg[usual]) if usual.any() else 0.0)


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


# --- running and walking ---------------------------------------------------------------------------------------------

GAITS: Final = ("running", "walking")
#: Cadence from the hips' height and from the stride may differ by this share.
RHYTHMS_DIFFER = 0.02
#: Pictures a second from which on a contact's length is told: of a run, and of a walk, whose contacts last longer.
CONTACT_HZ, WALK_CONTACT_HZ = 60.0, 25.0
#: Pictures a second may be this share fewer: 59.94 are 60.
RATE_SHARE = 0.97
#: A camera more than 15° round from the side sees angles and ways foreshortened. From there its direction is told to some
#: 12° only, which is allowed for in part: who really stands square is hardly ever refused.
ASIDE_DEG = 20.0
#: A film whose bodies fall so many times slower or faster than on earth does not play at the speed at which it was made.
REAL_TIME: Final = (0.6, 1.7)
#: Standard errors of a contact's and a toe-off's moment, beside half a picture: docs/accuracy.md.
CONTACT_SE_S, OFF_SE_S = 0.006, 0.012
#: The same in a walk: where a heel and a tip turn back is some hundredths of a second before and after.
WALK_CONTACT_SE_S, WALK_OFF_SE_S = 0.020, 0.045


def _rhythms_agree(body: Body, _whose: Whose) -> Flags:
    found = gait.gait_of(body)
    with np.errstate(invalid="ignore"):
        agree = abs(found.step_hz - 2 * found.stride_hz) <= RHYTHMS_DIFFER * found.step_hz
    return np.full(len(body.time_s), bool(agree) or not np.isfinite(found.step_hz + found.stride_hz))


def _real_time(body: Body, _whose: Whose) -> Flags:
    return np.full(len(body.time_s), plays_in_real_time(body))


def plays_in_real_time(body: Body) -> bool:
    """Whether somebody who runs falls as fast as on earth, as far as that can be told."""
    slower = gait.slower(body)
    return slower is None or REAL_TIME[0] <= slower <= REAL_TIME[1]


def _fast_enough(body: Body, _whose: Whose) -> Flags:
    needed_hz = CONTACT_HZ if gait.gait_of(body).springs else WALK_CONTACT_HZ
    return np.full(len(body.time_s), body.rate_hz >= RATE_SHARE * needed_hz)


def _square(body: Body, _whose: Whose) -> Flags:
    return np.full(len(body.time_s), body.aside_deg <= ASIDE_DEG)


RHYTHM = Gate("rhythms_differ", _rhythms_agree)
IN_REAL_TIME = Gate("slow_motion", _real_time)
PICTURES_FOR_CONTACT = Gate("under_60_pictures", _fast_enough)
SQUARE_FROM_ASIDE = Gate("not_square", _square)


def _during_contacts(body: Body, side: Side, value: Callable[[gait.Contact], float]) -> Numbers:
    """A number for each contact, throughout it; NaN while the foot is in the air."""
    curve = np.full(len(body.time_s), np.nan)
    for one in gait.gait_of(body).contacts:
        if one.side == side and not one.odd:
            curve[one.frames] = value(one)
    return curve


def moment_se_s(body: Body, model_s: float) -> float:
    """Standard error of a moment: half a picture either way, evenly spread, and what the model is off by."""
    return float(np.hypot(0.5 / np.sqrt(3.0) / max(body.rate_hz, 1.0), model_s))


def _while_moving(compute: Callable[[Body, Side], Numbers]) -> Callable[[Body, Whose], Numbers]:
    """What a measure changes by while the moment of contact is unsure."""

    def error(body: Body, side: Whose) -> Numbers:
        values = compute(body, _leg(side))
        if len(values) < 2:
            return np.zeros(len(values))
        return np.abs(np.gradient(values, body.time_s)) * moment_se_s(body, CONTACT_SE_S)

    return error


def _constant(error: Callable[[Body], float]) -> Callable[[Body, Whose], Numbers]:
    return lambda body, _whose: np.full(len(body.time_s), error(body))


def _length_se_s(body: Body) -> float:
    springs = gait.gait_of(body).springs
    model_s = (CONTACT_SE_S, OFF_SE_S) if springs else (WALK_CONTACT_SE_S, WALK_OFF_SE_S)
    return float(np.linalg.norm([moment_se_s(body, one) for one in model_s]))


def _cadence_se(body: Body) -> float:
    """A step more or less would show; a part of one at either end of the film does not."""
    return float(np.hypot(0.2, 3.0 / max(float(np.ptp(body.time_s)), 1.0)))


@measure(
    unit="per_min",
    sided=False,
    views=ANYWHERE,
    gates=(IN_REAL_TIME, RHYTHM),
    useful_se=2.5,
    reference="step rate: Heiderscheit 2011; here the frequency at which the hips go up and down",
    activities=GAITS,
    around_s=0.0,
    more_error=_constant(_cadence_se),
    timed=True,
)
def cadence(body: Body) -> Numbers:
    """Steps a minute, of both feet together, over the whole film."""
    return np.full(len(body.time_s), 60.0 * gait.gait_of(body).step_hz)


@measure(
    unit="ms",
    views=ASIDE,
    gates=(IN_REAL_TIME, PICTURES_FOR_CONTACT),
    useful_se=60.0,
    reference="from initial contact to toe-off: Novacheck 1998",
    activities=GAITS,
    around_s=0.0,
    more_error=_constant(lambda body: 1000 * _length_se_s(body)),
    timed=True,
)
def contact_time(body: Body, side: Side) -> Numbers:
    """How long a foot is on the ground, from initial contact to toe-off, in milliseconds."""
    return _during_contacts(body, side, lambda one: 1000 * one.duration_s)


@measure(
    unit="ratio",
    views=ASIDE,
    gates=(IN_REAL_TIME, PICTURES_FOR_CONTACT),
    useful_se=0.06,
    reference="contact time by stride time; under 0.5 both feet are in the air between: Alexander 2003",
    activities=GAITS,
    around_s=0.0,
    more_error=_constant(lambda body: _length_se_s(body) * np.nan_to_num(gait.gait_of(body).stride_hz)),
    timed=True,
)
def duty_factor(body: Body, side: Side) -> Numbers:
    """Share of a stride that one foot is on the ground: under 0.5 in a run, over it in a walk."""
    stride_hz = gait.gait_of(body).stride_hz
    return _during_contacts(body, side, lambda one: one.duration_s * stride_hz)


@measure(
    unit="pct",
    sided=False,
    views=ASIDE,
    useful_se=2.0,
    reference="Folland 2017 (way of the pelvis from lowest to highest within a step)",
    activities=GAITS,
    around_s=0.0,
)
def vertical_oscillation(body: Body) -> Numbers:
    """How far the hips go up and down with each step, in % of leg length."""
    return np.full(len(body.time_s), 100 * gait.bounce(body))


def _ahead_of_hips(body: Body, side: Side) -> Numbers:
    return 100 * (gait.in_picture(body, f"{side}_ankle") - gait.mid_hip(body))[:, 0]


@measure(
    unit="pct",
    views=ASIDE,
    gates=(SQUARE_FROM_ASIDE,),
    useful_se=5.0,
    reference="Souza 2016 (where the foot lands before the body); here from ankle to hips",
    activities=GAITS,
    around_s=0.0,
    more_error=_while_moving(_ahead_of_hips),
)
def overstride(body: Body, side: Side) -> Numbers:
    """How far the ankle is before the hips' middle at contact, in % of leg length: + before them."""
    return _ahead_of_hips(body, side)


def _shank_lean_deg(body: Body, side: Side) -> Numbers:
    shank = gait.in_picture(body, f"{side}_ankle") - gait.in_picture(body, f"{side}_knee")
    return lean_deg(shank)


@measure(
    unit="deg",
    views=ASIDE,
    gates=(SQUARE_FROM_ASIDE,),
    useful_se=8.0,
    reference="Souza 2016 (tibia angle at loading); here at contact",
    activities=GAITS,
    around_s=0.0,
    more_error=_while_moving(_shank_lean_deg),
)
def tibia_contact(body: Body, side: Side) -> Numbers:
    """Lean of the lower leg at contact, seen from the side: 0 upright, + the foot before the knee."""
    return _shank_lean_deg(body, side)


def _bend_in_picture_deg(body: Body, side: Side) -> Numbers:
    hip, knee, ankle = (gait.in_picture(body, f"{side}_{part}") for part in ("hip", "knee", "ankle"))
    return between_deg(knee - hip, ankle - knee)


@measure(
    unit="deg",
    views=ASIDE,
    gates=(SQUARE_FROM_ASIDE,),
    useful_se=10.0,
    reference="as knee_flexion (ISB 2002), at contact",
    activities=GAITS,
    around_s=0.0,
    more_error=_while_moving(_bend_in_picture_deg),
)
def knee_flexion_contact(body: Body, side: Side) -> Numbers:
    """Bend of the knee at contact, seen from the side: 0 straight."""
    return _bend_in_picture_deg(body, side)


def _foot_rise_deg(body: Body, side: Side) -> Numbers:
    """Angle of heel to tip against the horizontal: + toes up."""
    foot = gait.in_picture(body, f"{side}_toe") - gait.in_picture(body, f"{side}_heel")
    return np.degrees(np.arctan2(foot[:, 1], foot[:, 0]))


@measure(
    unit="deg",
    views=ASIDE,
    gates=(SQUARE_FROM_ASIDE,),
    useful_se=8.0,
    reference="Altman 2012 (foot strike angle: over 8 deg heel, under -1.6 deg front); against the foot while it is flat",
    activities=GAITS,
    around_s=0.0,
    more_error=_while_moving(_foot_rise_deg),
)
def foot_angle_contact(body: Body, side: Side) -> Numbers:
    """Angle of the foot at contact against how it lies flat in midstance: + toes higher, - heel higher."""
    rise_deg = _foot_rise_deg(body, side)
    contacts = [one for one in gait.gait_of(body).contacts if one.side == side and not one.odd]
    flat = [rise_deg[one.flat] for one in contacts if len(rise_deg[one.flat])]
    return rise_deg - (np.nanmedian(np.concatenate(flat)) if flat else np.nan)


# --- what several measures need -------------------------------------------------------------------------------------


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
