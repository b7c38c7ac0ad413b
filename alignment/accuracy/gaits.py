"""Runs and walks seen from the side in; how far off a foot's moments are, and on which part it is told to land, out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from alignment.accuracy.bench import Compared
from alignment.core.result import kind_of_landing
from alignment.core.skeleton import SIDES

#: The moments of a step: what they are called, and where a repetition has them.
_MOMENTS = (("contact", "start_s"), ("toe_off", "end_s"))
_LANDS = "lands_"


@dataclass(frozen=True)
class Moments:
    """One moment of the steps of one clip: how much later than the truth it is told, in milliseconds, + later.

    `lands` is the part on which the foot truly lands, `lands_told` what is said of it: "unclear" where it cannot be told.
    """

    clip: str
    activity: str
    split: str
    rate_hz: float
    moment: str
    steps: int
    of: int
    bias_ms: float | None
    rmse_ms: float | None
    worst_ms: float | None
    lands: str | None
    lands_told: str | None


def moments_of(compared: Sequence[Compared]) -> tuple[Moments, ...]:
    """Two rows for each clip of somebody who runs or walks, seen from the side; none of others."""
    return tuple(row for one in compared if one.clip.truth.has_moments for row in _rows(one))


def _rows(one: Compared) -> list[Moments]:
    facts, found = one.result.source, one.matched.found
    lands, told = _lands(one)
    rows = []
    for moment, name in _MOMENTS:
        off_ms = 1000 * np.array([getattr(cycle, name) - getattr(rep, name) for rep, cycle in found])
        known = len(off_ms) > 0
        rows.append(
            Moments(
                clip=one.clip.name,
                activity=one.clip.truth.activity,
                split=one.clip.split,
                rate_hz=facts.fps,
                moment=moment,
                steps=len(found),
                of=len(one.matched.pairs),
                bias_ms=float(off_ms.mean()) if known else None,
                rmse_ms=float(np.sqrt((off_ms**2).mean())) if known else None,
                worst_ms=float(np.abs(off_ms).max()) if known else None,
                lands=lands if moment == "contact" else None,
                lands_told=told if moment == "contact" else None,
            )
        )
    return rows


def _lands(one: Compared) -> tuple[str | None, str | None]:
    """On which part the near foot lands, and what the result says of that."""
    said = next((code for code in (each.code for each in one.result.findings) if code.startswith(_LANDS)), None)
    angles = _angles_at_contact(one)
    true = kind_of_landing(float(angles.mean())) if len(angles) else None
    return true, said.removeprefix(_LANDS) if said else None


def _angles_at_contact(one: Compared) -> Float[np.ndarray, " steps"]:
    truth = one.clip.truth
    found = [
        truth.at("foot_angle_contact", side, np.array([rep.start_s for rep in truth.repetitions if rep.side == side]))
        for side in SIDES
        if side == truth.camera.facing
    ]
    angles = np.concatenate(found) if found else np.zeros(0)
    return angles[np.isfinite(angles)]
