"""A cleaned track and its setup in; every measure over time with its standard error out.

Each thing that is not known exactly (where a landmark lies, the camera's yaw, a segment's length) is shifted by its own
standard error, the body rebuilt and every measure taken again: what a measure changes by is its share of the error. The
shares add in quadrature. So a new measure has its error without another line, and the largest share names the reason
where a number says too little.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from jaxtyping import Float

from alignment.correction import Hand
from alignment.measures import FRONTAL, MEASURES
from alignment.result import Curve, Whose
from alignment.skeleton import INDEX
from alignment.track import Track
from alignment.viewpoint import Body, Setup, doubts, facing_of, reconstruct

#: Standard error of where a landmark lies, in leg lengths: sideways, up and down against its twin, and both together up
#: or down (heavy model, rendered bodies, after filtering; docs/measures.md). Mostly constant over a film, so that it does
#: not average out over repetitions.
LANDMARK_SE = {
    "hip": (0.016, 0.006, 0.012),
    "knee": (0.008, 0.006, 0.008),
    "ankle": (0.009, 0.006, 0.012),
    "toe": (0.012, 0.006, 0.012),
    "shoulder": (0.012, 0.006, 0.015),
}
#: Against the heavy model (1.5° of FPPA against 3-4°, design section 4).
MODEL_FACTOR = {"heavy": 1.0, "full": 2.2, "lite": 2.2}
#: From behind the landmarks are less exact sideways: the toes are guessed, and the hips drawn too near to each other.
BEHIND_FACTOR = 1.3
#: From here down the model's own visibility widens the error, up to this factor at none.
SURE_VISIBILITY, UNSEEN_FACTOR = 0.6, 2.5
#: The model's crop: a smaller figure is magnified, and its landmarks are as much coarser.
CROP_PX, BODY_PER_LEG = 256.0, 2.1
#: Standard error of a landmark that a person places on a still picture: this share of a leg, at least so many pixels, and
#: never less than the model's own, which also holds what is not to be seen under clothes (docs/records.md).
HAND_SE, HAND_SE_PX = 0.010, 2.0
#: A change beyond all measures, whose square is still a number.
BOUNDLESS = 1e6
#: The name of all doubts about where landmarks lie, beside those of `viewpoint.doubts`.
LANDMARKS = "landmarks"

_Curves = dict[tuple[str, Whose], Float[np.ndarray, " frames"]]


def measure_all(
    track: Track,
    setup: Setup,
    refused: Mapping[str, str] = MappingProxyType({}),
    hand: Hand | None = None,
    own_se: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Body, dict[tuple[str, Whose], Curve]]:
    """The body, and each measure's curve with its standard error and, where it is undefined, the reason.

    `track` is cleaned; `refused` names measures that are not to be given at all and why; `hand` says which landmarks a
    person placed; `own_se` adds to what measures are off by themselves. A number whose standard error exceeds what is useful
    keeps its place in the curve, so that its change can be seen; single values are withheld later.
    """
    body = reconstruct(track, setup)
    best = _ungated(body)
    codes = (*doubts(setup), LANDMARKS)
    squares = {key: np.zeros((len(codes), track.frames)) for key in best}
    for code, shifted in (*_shifted_bodies(track, setup, hand), (LANDMARKS, _on_the_joints(body, setup))):
        for key, values in _ungated(shifted).items():
            squares[key][codes.index(code)] += _change(values, best[key]) ** 2
    for (name, _), shares in squares.items():
        shares[codes.index(LANDMARKS)] += MEASURES[name].own_se ** 2 + own_se.get(name, 0.0) ** 2
    return body, {key: _curve(body, key, best[key], squares[key], codes, refused.get(key[0], "")) for key in best}


def _change(shifted: Float[np.ndarray, " frames"], best: Float[np.ndarray, " frames"]) -> Float[np.ndarray, " frames"]:
    """What a shift changes a measure by: 0 where it is not seen, and a finite number where a share has no denominator."""
    with np.errstate(invalid="ignore"):
        change = shifted - best
    change[np.isnan(change) & np.isfinite(best)] = BOUNDLESS
    return np.clip(np.nan_to_num(change), -BOUNDLESS, BOUNDLESS)


def _ungated(body: Body) -> _Curves:
    return {(m.name, whose): m.ungated(body, whose) for m in MEASURES.values() for whose in m.whose}


def _curve(
    body: Body,
    key: tuple[str, Whose],
    value: Float[np.ndarray, " frames"],
    squares: Float[np.ndarray, "codes frames"],
    codes: tuple[str, ...],
    refused: str,
) -> Curve:
    measure, whose = MEASURES[key[0]], key[1]
    reason = measure.refusals(body, whose)
    # What no frame can give (no standing to compare with) is not a matter of what was seen in one of them.
    if not (reason[0] and (reason == reason[0]).all()):
        reason[~np.isfinite(value)] = "not_seen"
    if body.facing not in measure.views:
        reason[:] = "side_view"
    elif measure.views == FRONTAL and not body.frontal:
        reason[:] = "camera_yaw"
    else:
        reason[body.away] = "subject_turned"
    if refused:
        reason[:] = refused
    defined = reason == ""
    return Curve(
        measure=measure.name,
        side=whose,
        unit=measure.unit,
        value=np.where(defined, value, np.nan),
        standard_error=np.where(defined, np.sqrt(squares.sum(axis=0)), np.nan),
        reason=reason,
        doubt=np.array(codes)[squares.argmax(axis=0)],
    )


def _shifted_bodies(track: Track, setup: Setup, hand: Hand | None) -> Iterator[tuple[str, Body]]:
    for code, shifted in doubts(setup).items():
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
    picture[:, hips, 0] += setup.hip_front * np.sin(np.radians(setup.axis_azimuths_deg))[:, None]
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
    wider = BEHIND_FACTOR if facing_of(setup.azimuth_deg) == "back" else 1.0
    for part, (sideways, against, together) in LANDMARK_SE.items():
        left, right = INDEX[f"left_{part}"], INDEX[f"right_{part}"]
        for landmarks, axis, se in (
            ((left,), 0, wider * sideways),
            ((right,), 0, wider * sideways),
            ((left,), 1, against),
            ((right,), 1, against),
            ((left, right), 1, together),
        ):
            pixels = track.pixels.copy()
            for landmark in landmarks:
                pixels[:, landmark, axis] += _placed_px(track, setup, landmark, se, hand)
            yield replace(track, pixels=pixels)


def _placed_px(track: Track, setup: Setup, landmark: int, se: float, hand: Hand | None) -> Float[np.ndarray, " frames"]:
    """A landmark's standard error in each frame in pixels: the model's, a person's, or both by their shares."""
    model_px = _shift_px(track, setup, landmark, se)
    if hand is None or not hand.share[:, landmark].any():
        return model_px
    share = hand.share[:, landmark]
    person_px = np.maximum(max(se, HAND_SE) * setup.leg_px * setup.scale, HAND_SE_PX)
    return np.sqrt((1 - share) * model_px**2 + share * person_px**2)


def _shift_px(track: Track, setup: Setup, landmark: int, se: float) -> Float[np.ndarray, " frames"]:
    """A landmark's standard error in each frame in pixels: more where it is hardly seen or the figure is small."""
    figure_px = setup.leg_px * setup.scale
    coarse = np.maximum(1.0, CROP_PX / (BODY_PER_LEG * figure_px))
    unsure = np.clip(1 - track.visibility[:, landmark] / SURE_VISIBILITY, 0.0, 1.0)
    factor = MODEL_FACTOR.get(track.model.variant, max(MODEL_FACTOR.values()))
    return se * figure_px * coarse * factor * (1 + (UNSEEN_FACTOR - 1) * unsure)
