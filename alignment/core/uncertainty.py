"""A cleaned track and its setup in; every measure over time with its standard error out.

Each thing that is not known exactly (where a landmark lies, the camera's yaw, a segment's length) is shifted by its own
standard error, the body rebuilt and every measure taken again: what a measure changes by is its share of the error. The
shares add in quadrature. So a new measure has its error without another line, and the largest share names the reason
where a number says too little.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from alignment.core.calibration import ANY
from alignment.core.correction import Hand
from alignment.core.joints import joint_sd_px
from alignment.core.measures import FRONT_VIEW, FRONTAL, MARKS_SHARED, MEASURES, NEEDS_MARKS, Measure
from alignment.core.result import Curve, Whose
from alignment.core.skeleton import INDEX
from alignment.core.track import Numbers, Track
from alignment.core.viewpoint import Body, Setup, perturbations, reconstruct

#: A body is so many leg lengths tall: the model magnifies it to its crop, and landmarks of a smaller one are coarser.
BODY_PER_LEG = 2.1
#: Standard error of a landmark that a person places on a still picture: this share of a leg, at least so many pixels, and
#: never less than the model's own, which also holds what is not to be seen under clothes (docs/records.md).
HAND_SE, HAND_SE_PX = 0.010, 2.0
#: A change beyond all measures, whose square is still a number.
BOUNDLESS = 1e6
#: The name of all doubts about where landmarks lie, beside those of `viewpoint.perturbations`.
LANDMARKS = "landmarks"
_PART_OF = [name.removeprefix("left_").removeprefix("right_") for name in INDEX]

_Curves = dict[tuple[str, Whose], Numbers]


def measure_all(
    track: Track, setup: Setup, activity: str | None = None, hand: Hand | None = None
) -> tuple[Body, dict[tuple[str, Whose], Curve]]:
    """The body, and each measure's curve with its standard error and, where it is undefined, the reason.

    `track` is cleaned; `activity` names what is done, in which some measures are off by more than elsewhere; `hand` says
    which landmarks a person placed. A number whose standard error exceeds what is useful keeps its place in the curve, so
    that its change can be seen; single values are withheld later.
    """
    body = reconstruct(track, setup)
    taken = [one for one in MEASURES.values() if one.taken_in(activity)]
    best = _ungated_curves(body, taken)
    moved = [one for one in taken if not one.timed]
    worn = {name: one.mark_errors(body) for name, one in MEASURES.items() if one.mark_errors}
    codes = tuple(dict.fromkeys([*perturbations(setup), LANDMARKS, *(code for one in worn.values() for code in one)]))
    squares = {key: np.zeros((len(codes), track.frames)) for key in best}
    for code, shifted in (*_shifted_bodies(track, setup, hand), (LANDMARKS, _on_the_joints(body, setup))):
        for key, values in _ungated_curves(shifted, moved).items():
            squares[key][codes.index(code)] += _change(values, best[key]) ** 2
    landmarks, own_share = codes.index(LANDMARKS), setup.calibration.own_share
    own = {}
    for key, shares in squares.items():
        if key[0] in worn:
            for code, error in worn[key[0]].items():
                shares[codes.index(code)] += np.nan_to_num(error) ** 2
            mine = [error for code, error in worn[key[0]].items() if code not in MARKS_SHARED]
            own[key] = np.sqrt(np.sum(np.square(mine), axis=0)) if mine else np.zeros(track.frames)
        else:
            shares[landmarks] += setup.calibration.own_variance(key[0], activity, setup.heading.facing)
            if more := MEASURES[key[0]].more_error:
                shares[landmarks] += np.nan_to_num(more(body, key[1])) ** 2
            own[key] = np.sqrt(own_share.get(key[0], own_share[ANY]) * shares[landmarks])
    return body, {key: _curve(body, key, best[key], squares[key], own[key], codes) for key in best}


def _change(shifted: Numbers, best: Numbers) -> Numbers:
    """What a shift changes a measure by: 0 where it is not seen, and a finite number where a share has no denominator."""
    with np.errstate(invalid="ignore"):
        change = shifted - best
    change[np.isnan(change) & np.isfinite(best)] = BOUNDLESS
    return np.clip(np.nan_to_num(change), -BOUNDLESS, BOUNDLESS)


def _ungated_curves(body: Body, measures: Iterable[Measure]) -> _Curves:
    return {(m.name, whose): m.compute_ungated(body, whose) for m in measures for whose in m.whose}


def _curve(
    body: Body,
    key: tuple[str, Whose],
    value: Numbers,
    squares: Float[np.ndarray, "codes frames"],
    own: Numbers,
    codes: tuple[str, ...],
) -> Curve:
    measure, whose = MEASURES[key[0]], key[1]
    reason = measure.refusals(body, whose)
    # What no frame can give (no standing to compare with) is not a matter of what was seen in one of them.
    if measure.mark_errors is None and not (reason[0] and (reason == reason[0]).all()):
        reason[~np.isfinite(value)] = "not_seen"
    if body.facing not in measure.views:
        reason[:] = FRONT_VIEW if body.facing in FRONTAL else "side_view"
    elif measure.views == FRONTAL and not body.frontal:
        reason[:] = "camera_yaw"
    else:
        reason[body.away] = "subject_turned"
    if body.facing in ("left", "right") and whose not in ("body", body.facing):
        reason[(reason == "") | (bool(measure.activities) and body.facing in measure.views)] = "far_leg_hidden"
    if measure.mark_errors is not None and body.pelvis is None:
        reason[:] = NEEDS_MARKS
    defined = reason == ""
    return Curve(
        measure=measure.name,
        side=whose,
        unit=measure.unit,
        value=np.where(defined, value, np.nan),
        standard_error=np.where(defined, np.sqrt(squares.sum(axis=0)), np.nan),
        reason=reason,
        doubt=np.array(codes)[squares.argmax(axis=0)],
        own_error=np.where(defined, own, np.nan),
    )


def _shifted_bodies(track: Track, setup: Setup, hand: Hand | None) -> Iterator[tuple[str, Body]]:
    for code, shifted in perturbations(setup).items():
        yield code, reconstruct(track, shifted)
    for moved in _moved_tracks(track, setup, hand):
        yield LANDMARKS, reconstruct(moved, setup)
    if hand is not None:
        for moved in _doubted_hands(track, hand):
            yield LANDMARKS, reconstruct(moved, setup)


def _on_the_joints(body: Body, setup: Setup) -> Body:
    """The body with its hips in the picture where the joints are instead of on the skin before them, as from aside it shows.

    In space that is made up for; what the picture shows is given as it is, and is off by as much.
    """
    hips = [INDEX["left_hip"], INDEX["right_hip"]]
    picture = body.picture.copy()
    picture[:, hips, 0] += setup.offsets.hip_front * np.sin(np.radians(setup.axis_azimuths_deg))[:, None]
    return replace(body, picture=picture)


def _doubted_hands(track: Track, hand: Hand) -> Iterator[Track]:
    """The track with each landmark off by what is unknown where a person's shift fades out.

    There the model is as wrong as where it was corrected with probability `share`, and right otherwise: the shift made,
    share × whole, then has the standard deviation of such a choice.
    """
    spread = np.sqrt(hand.share * (1 - hand.share))
    for landmark in np.flatnonzero((spread > 0).any(axis=0)):
        pixels = track.pixels.copy()
        pixels[:, landmark] += spread[:, landmark, None] * hand.shift_px[:, landmark]
        yield replace(track, pixels=pixels)


def _moved_tracks(track: Track, setup: Setup, hand: Hand | None) -> Iterator[Track]:
    """The track with landmarks shifted by their standard errors, one way at a time."""
    wider = setup.calibration.behind_factor if setup.heading.facing == "back" else 1.0
    for part, error in setup.calibration.landmark_se.items():
        left, right = INDEX[f"left_{part}"], INDEX[f"right_{part}"]
        for landmarks, axis, se in (
            ((left,), 0, wider * error.sideways),
            ((right,), 0, wider * error.sideways),
            ((left,), 1, error.against_twin),
            ((right,), 1, error.against_twin),
            ((left, right), 1, error.with_twin),
        ):
            pixels = track.pixels.copy()
            for landmark in landmarks:
                pixels[:, landmark, axis] += _placed_px(track, setup, landmark, se, hand)
            yield replace(track, pixels=pixels)


def _placed_px(track: Track, setup: Setup, landmark: int, se: float, hand: Hand | None) -> Numbers:
    """A landmark's standard error in each frame in pixels: the model's, a person's, or both by their shares."""
    model_px = _shift_px(track, setup, landmark, se)
    if hand is None or not hand.share[:, landmark].any():
        return model_px
    share = hand.share[:, landmark]
    person_px = np.maximum(max(se, HAND_SE) * setup.lengths.leg_px * setup.lengths.scale, HAND_SE_PX)
    return np.sqrt((1 - share) * model_px**2 + share * person_px**2)


def _shift_px(track: Track, setup: Setup, landmark: int, se: float) -> Numbers:
    """A landmark's standard error in each frame in pixels: more where it is hardly seen or the figure is small."""
    known, figure_px = setup.calibration, setup.lengths.leg_px * setup.lengths.scale
    coarse = np.maximum(1.0, known.crop_px / (BODY_PER_LEG * figure_px))
    usual_sd = known.joint_sd.get(_PART_OF[landmark])
    if usual_sd:
        wider = np.fmax(1.0, joint_sd_px(track)[:, landmark] / (usual_sd * figure_px))
    else:
        unsure = np.clip(1 - track.visibility[:, landmark] / known.sure_visibility, 0.0, 1.0)
        wider = 1 + (known.unseen_factor - 1) * unsure
    return se * figure_px * coarse * known.landmark_factor * wider
