"""Whether the subject turns in the course of a film, and how far it has turned in each frame.

Readings of the azimuth over time in; out comes the turn that they have in common, with its standard error, or none where
they do not ask for one. Derived in docs/viewpoint.md.
"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int

from alignment.core.calibration import Strays
from alignment.core.track import Numbers

#: Readings are taken together over this time, or over longer in a film of more than `MOST_BLOCKS`.
BLOCK_S, MOST_BLOCKS = 0.5, 200
#: Readings stray for about so long without a turn; by how much, the model's calibration says.
STRAY_S = 1.0
#: A reading's constant is free.
FREE_SD_DEG = 90.0
#: Who turns does so within about this time (and no faster than from one block to the next but three), by one of these
#: standard deviations.
TURN_S, TURN_SDS_DEG = 2.0, (6.0, 12.0, 24.0, 48.0)
#: A turn is believed where it makes the readings likelier by this much (natural logarithm; the clips to tune with, in
#: which nobody turns, reach 3.2 and rendered turns of 20° 19), and where it is as large as this.
EVIDENCE, TURN_DEG = 6.0, 8.0
#: The name of the reading that does not share the trunk's errors.
FEET = "feet"
MIN_BLOCKS = 3


@dataclass(frozen=True)
class Turn:
    """How much larger the azimuth is in each frame than usual, with its standard error; 0 where nobody turns."""

    turned_deg: Numbers
    se_deg: Numbers
    #: Whether there is a turn.
    real: bool
    #: What the readings suggest without being believed: the standard deviation over time.
    unsure_deg: float = 0.0
    #: By how much a turn makes the readings likelier, as a natural logarithm.
    evidence: float = float("-inf")


@dataclass(frozen=True)
class _Readings:
    """All readings' blocks in a row: which reading, when, of what posture, and the angle; and how slow a turn they show."""

    names: np.ndarray
    when_s: Float[np.ndarray, " blocks"]
    posture: Float[np.ndarray, "blocks kinds"]
    angle_deg: Float[np.ndarray, " blocks"]
    turn_s: float


def no_turn(frames: int) -> Turn:
    """Somebody who faces the same way throughout."""
    return Turn(np.zeros(frames), np.zeros(frames), real=False)


def turn_of(
    time_s: Numbers, readings: dict[str, Numbers], posture: Float[np.ndarray, "frames kinds"], strays: Strays
) -> Turn:
    """The turn that the readings (degrees, NaN where there is none) have in common; none without evidence for it.

    `posture` is in leg lengths what may make the model see a trunk turned: that repeats with the movement, a turn does not.
    Two explanations are compared: constant readings that stray, and a smooth turn besides.
    """
    block_s = max(BLOCK_S, float(np.ptp(time_s)) / MOST_BLOCKS) if len(time_s) else BLOCK_S
    _, of_block = np.unique(((time_s - time_s[:1]) / block_s).astype(int), return_inverse=True)
    taken = _block_readings(time_s, of_block, readings, posture, TURN_S * block_s / BLOCK_S)
    if len(np.unique(taken.when_s)) < MIN_BLOCKS:
        return no_turn(len(time_s))
    noise, alike = _noise(taken, strays), _alike(taken.when_s, taken.when_s, taken.turn_s)
    chances = [_log_likelihood(noise + sd_deg**2 * alike, taken.angle_deg) for sd_deg in TURN_SDS_DEG]
    evidence = max(chances) - _log_likelihood(noise, taken.angle_deg)
    variance = TURN_SDS_DEG[int(np.argmax(chances))] ** 2
    turn = _follow(time_s, of_block, taken, noise + variance * alike, variance)
    low_deg, high_deg = np.percentile(turn.turned_deg, [5, 95])
    if evidence < EVIDENCE or high_deg - low_deg < TURN_DEG:
        unsure_deg = float(turn.turned_deg.std()) if evidence > 0 else 0.0
        return replace(no_turn(len(time_s)), unsure_deg=unsure_deg, evidence=evidence)
    return replace(turn, evidence=evidence)


def _block_readings(
    time_s: Numbers,
    of_block: Int[np.ndarray, " frames"],
    readings: dict[str, Numbers],
    posture: Float[np.ndarray, "frames kinds"],
    turn_s: float,
) -> _Readings:
    """Each reading's median of each block in which it is mostly known."""
    seen = np.isfinite(posture)
    usual = np.where(seen, posture, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    off = np.where(seen, posture - usual, 0.0)
    rows: list[tuple[str, float, np.ndarray, float]] = []
    for block in range(of_block.max(initial=-1) + 1):
        here = of_block == block
        when_s, of_legs = float(time_s[here].mean()), off[here].mean(axis=0)
        for name, angles_deg in readings.items():
            known = angles_deg[here][np.isfinite(angles_deg[here])]
            if 2 * len(known) > here.sum():
                rows.append((name, when_s, of_legs, float(np.median(known))))
    return _Readings(
        names=np.array([row[0] for row in rows]),
        when_s=np.array([row[1] for row in rows]),
        posture=np.array([row[2] for row in rows]).reshape(len(rows), posture.shape[1]),
        angle_deg=np.array([row[3] for row in rows]),
        turn_s=turn_s,
    )


def _noise(taken: _Readings, strays: Strays) -> Float[np.ndarray, "blocks blocks"]:
    """Covariance of the readings without a turn."""
    feet = taken.names == FEET
    same, trunk = taken.names[:, None] == taken.names, np.outer(~feet, ~feet)
    near = np.exp(-np.abs(taken.when_s[:, None] - taken.when_s) / STRAY_S)
    own_sd = np.where(feet, strays.feet_deg, strays.axis_deg)
    stray = near * (strays.trunk_deg**2 * trunk + np.outer(own_sd, own_sd) * same)
    # Hips and shoulders follow the posture half together.
    posture = strays.posture_deg**2 * (taken.posture @ taken.posture.T) * trunk * (1 + same) / 2
    return strays.factor**2 * (stray + posture + strays.block_deg**2 * np.eye(len(feet))) + FREE_SD_DEG**2 * same


def _alike(one_s: Float[np.ndarray, " n"], other_s: Float[np.ndarray, " m"], turn_s: float) -> Float[np.ndarray, "n m"]:
    """How alike a smooth turn is at two times: 1 at once, 0 long after (Matérn's covariance of order 3/2)."""
    apart = np.sqrt(3.0) * np.abs(one_s[:, None] - other_s) / turn_s
    alike: np.ndarray = (1.0 + apart) * np.exp(-apart)
    return alike


def _log_likelihood(covariance: Float[np.ndarray, "n n"], angle_deg: Float[np.ndarray, " n"]) -> float:
    """How likely angles of this covariance are, as a natural logarithm up to a constant."""
    root = np.linalg.cholesky(covariance)
    scaled = np.linalg.solve(root, angle_deg)
    return -0.5 * float(scaled @ scaled) - float(np.log(np.diag(root)).sum())


def _follow(
    time_s: Numbers,
    of_block: Int[np.ndarray, " frames"],
    taken: _Readings,
    covariance: Float[np.ndarray, "n n"],
    variance: float,
) -> Turn:
    """The smooth turn that the readings tell most likely, about its own median, in every frame."""
    towards = variance * _alike(time_s, taken.when_s, taken.turn_s)
    turned_deg = towards @ np.linalg.solve(covariance, taken.angle_deg)
    # The error is that of the turn about its mean, since every reading has a constant of its own; block by block.
    middle_s = np.bincount(of_block, time_s) / np.bincount(of_block)
    near = variance * _alike(middle_s, taken.when_s, taken.turn_s)
    left = variance * _alike(middle_s, middle_s, taken.turn_s) - near @ np.linalg.solve(covariance, near.T)
    left = left - left.mean(axis=0) - left.mean(axis=1)[:, None] + left.mean()
    se_deg = np.sqrt(np.clip(np.diag(left), 0.0, None))
    return Turn(turned_deg - np.median(turned_deg), np.interp(time_s, middle_s, se_deg), real=True)
