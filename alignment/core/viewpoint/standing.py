"""How surely each foot stands where it stood, and where it is then: places of the ankles in, shares and places out."""

import numpy as np

from alignment.core.track import Flags, Places
from alignment.core.viewpoint.setup import Setup
from alignment.core.viewpoint.sightlines import Pair, Sightlines

#: Both feet stand while they moved less than the first distance against each other, in leg lengths; only the one that
#: moved less from the second on.
FOOT_AWAY = (0.01, 0.03)
SAME_LEVEL, HARDLY = 0.1, 1e-6
#: Where the feet of somebody who turns stand: in so many frames of standing, the nearest in time.
NEAREST = 15

#: How surely each foot stands, the left one first: 1 where it stood in standing, next to 0 away from it.
Shares = Places


def place_standing_feet(ankles: Pair, lines: Sightlines, setup: Setup) -> tuple[Pair, Shares]:
    """The ankles with those that stand at the depth they have in standing, and how surely each foot stands.

    A shaken camera moves both feet alike: what counts is how far they moved against each other, and which of them more.
    """
    apart = ankles[:, 0, 1] - ankles[:, 1, 1]
    seen = np.isfinite(apart)
    level = seen & setup.lengths.standing & (np.abs(np.where(seen, apart, np.inf)) < SAME_LEVEL)
    still = level if level.any() else seen
    if not still.any():
        return ankles, np.ones(ankles.shape[:2])
    rays = lines.of("ankle")
    stands = _stands(rays, still, setup)
    depth = ankles[..., 2] + stands * (_usual(ankles[..., 2], still, setup) - ankles[..., 2])
    return rays * (depth / rays[..., 2])[..., None], stands


def _stands(rays: Pair, still: Flags, setup: Setup) -> Shares:
    """How surely each foot stands where it does in the frames that count as still."""
    if setup.ankles_px is not None:
        as_seen = setup.camera.rays(setup.ankles_px)
        rays = np.where(np.isfinite(as_seen), as_seen, rays)
    flat = rays[..., :2] / rays[..., 2:] * (setup.distance / setup.lengths.scale)[:, None, None]
    moved = flat - _usual(flat, still, setup)
    against = np.linalg.norm(moved[:, 0] - moved[:, 1], axis=1)
    together = np.clip((FOOT_AWAY[1] - against) / (FOOT_AWAY[1] - FOOT_AWAY[0]), 0.0, 1.0)
    size = (moved**2).sum(axis=-1) + FOOT_AWAY[0] ** 2
    stands = np.fmax(together[:, None], (np.fmin(size[:, 0], size[:, 1])[:, None] / size) ** 3)
    return np.where(np.isfinite(stands), stands, HARDLY)


def _usual(values: np.ndarray, still: Flags, setup: Setup) -> np.ndarray:
    """The median over the frames that count; for somebody who turns, over those that are nearest in time."""
    if not setup.heading.turn.real:
        whole: np.ndarray = np.median(values[still], axis=0)
        return whole
    rows = np.flatnonzero(still)
    first = np.clip(np.searchsorted(rows, np.arange(len(still))) - NEAREST // 2, 0, max(len(rows) - NEAREST, 0))
    near = rows[np.minimum(first[:, None] + np.arange(NEAREST), len(rows) - 1)]
    local: np.ndarray = np.median(values[near], axis=1)
    return local
