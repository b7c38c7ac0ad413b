"""Measures of a run or a walk alone: its rhythm, and how a foot meets the ground and stands on it."""

from collections.abc import Callable
from typing import Final

import numpy as np

from alignment.core import gait
from alignment.core.geometry import between_deg, lean_deg
from alignment.core.measures.conditions import leg_of
from alignment.core.measures.registry import ANYWHERE, ASIDE, NO_BELT, Gate, measure
from alignment.core.result import Whose
from alignment.core.skeleton import Side
from alignment.core.track import Flags, Numbers
from alignment.core.viewpoint import Body

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
WALK_CONTACT_SE_S, WALK_OFF_SE_S = 0.012, 0.020
#: How much later a far foot's contact may be told than a near one's.
FAR_SE_S = 0.012


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


def _on_a_belt(body: Body, _whose: Whose) -> Flags:
    return np.full(len(body.time_s), body.belt_m_s is not None)


ON_A_BELT = Gate(NO_BELT, _on_a_belt)
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
        values = compute(body, leg_of(side))
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


def _of_walk(body: Body, value: float) -> Numbers:
    """One number of a walk throughout; NaN in a run."""
    return np.full(len(body.time_s), np.nan if gait.gait_of(body).springs else value)


def _double_support_se(body: Body) -> float:
    """Of two contacts, whose errors are alike: where one foot's moments are told late so are the other's."""
    return 2 * _length_se_s(body) * float(np.nan_to_num(gait.gait_of(body).stride_hz))


def _right_step_se(body: Body) -> float:
    """Of one foot's moment of contact against the other's."""
    return float(np.sqrt(2.0) * moment_se_s(body, FAR_SE_S) * np.nan_to_num(gait.gait_of(body).stride_hz))


def _cadence(body: Body) -> float:
    return 60.0 * gait.gait_of(body).step_hz


def _belt_m_s(body: Body) -> float:
    return float("nan") if body.belt_m_s is None else body.belt_m_s


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
    return np.full(len(body.time_s), _cadence(body))


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
    unit="ratio",
    sided=False,
    views=ASIDE,
    gates=(PICTURES_FOR_CONTACT,),
    useful_se=0.1,
    reference="share of a stride with both feet on the ground: Whittle 2007; by the moments of Zeni 2008, moved",
    activities=("walking",),
    around_s=0.0,
    more_error=_constant(_double_support_se),
    timed=True,
)
def double_support(body: Body) -> Numbers:
    """Share of a stride that both feet are on the ground, both times together: about 0.2 in a walk, none in a run."""
    return _of_walk(body, gait.gait_of(body).double_support)


@measure(
    unit="share",
    sided=False,
    views=ASIDE,
    gates=(PICTURES_FOR_CONTACT,),
    useful_se=0.03,
    neutral=0.5,
    reference="step time by stride time: Whittle 2007",
    activities=("walking",),
    around_s=0.0,
    more_error=_constant(_right_step_se),
    timed=True,
)
def step_right_share(body: Body) -> Numbers:
    """Share of a stride that the right step takes, from where the left foot lands to where the right does: 0.5 even."""
    return _of_walk(body, gait.gait_of(body).right_step)


@measure(
    unit="m",
    sided=False,
    views=ANYWHERE,
    gates=(ON_A_BELT, IN_REAL_TIME, RHYTHM),
    useful_se=0.1,
    reference="speed by step rate: Whittle 2007; the speed is the one given for the belt",
    activities=GAITS,
    around_s=0.0,
    more_error=_constant(lambda body: _belt_m_s(body) * _cadence_se(body) * 60 / max(_cadence(body), 1.0) ** 2),
    timed=True,
)
def step_length(body: Body) -> Numbers:
    """How far a step goes, in metres, from the speed of the treadmill's belt, which somebody has to say."""
    with np.errstate(divide="ignore"):
        return np.full(len(body.time_s), 60.0 * np.float64(_belt_m_s(body)) / _cadence(body))


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


def _heel_ahead_of_hips(body: Body, side: Side) -> Numbers:
    return 100 * (gait.in_picture(body, f"{side}_heel") - gait.mid_hip(body))[:, 0]


@measure(
    unit="pct",
    views=ASIDE,
    gates=(SQUARE_FROM_ASIDE,),
    useful_se=5.0,
    reference="Souza 2016 (where the foot lands before the body); here from heel to hips",
    activities=GAITS,
    around_s=0.0,
    more_error=_while_moving(_heel_ahead_of_hips),
)
def heel_ahead(body: Body, side: Side) -> Numbers:
    """How far the heel is before the hips' middle at contact, in % of leg length: + before them."""
    return _heel_ahead_of_hips(body, side)


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
