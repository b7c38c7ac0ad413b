"""Two points over time: which pictures to disbelieve because the points jump apart, and which short gaps to bridge."""

from itertools import pairwise
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.track import Numbers

Pairs = Float[np.ndarray, "frames 2 2"]

#: Two points on one bone stay as far apart as the figure is large: a jump beyond this share is a mistake.
JUMP: Final = 0.1
#: What is usual is that of so much film before and after, in which nobody grows or turns by as much.
_USUAL_S: Final = 0.5
#: Longer gaps stay gaps. A little more than what three pictures at 30 a second take.
BRIDGED_S: Final = 0.105
_BRIDGED_SCORE: Final = 0.5


def steadied(
    time_s: Numbers, seen: Pairs, fits: Float[np.ndarray, "frames 2"]
) -> tuple[Pairs, Float[np.ndarray, "frames 2"]]:
    """Where both points are once jumps are out and short gaps bridged, and how surely: as they fit, half where bridged."""
    kept = without_jumps(time_s, seen)
    pixels = bridged(time_s, kept)
    known, bridge = (np.isfinite(one[:, :, 0]) for one in (kept, pixels))
    return pixels, np.where(known, fits, np.where(bridge, _BRIDGED_SCORE, 0.0))


def without_jumps(time_s: Numbers, pixels: Pairs) -> Pairs:
    """Both points missing wherever their distance jumps from its running median."""
    apart = np.linalg.norm(pixels[:, 1] - pixels[:, 0], axis=-1)
    jumps = np.abs(apart / running_median(time_s, apart, _USUAL_S) - 1) > JUMP
    return np.where(jumps[:, None, None], np.nan, pixels)


def running_median(time_s: Numbers, values: Numbers, reach_s: float) -> Numbers:
    """Of each moment, the median of what is known within so much time before and after; NaN where nothing is."""
    known = np.isfinite(values)
    at, those = time_s[known], values[known]
    first, last = np.searchsorted(at, time_s - reach_s), np.searchsorted(at, time_s + reach_s, side="right")
    return np.array([np.median(those[a:b]) if b > a else np.nan for a, b in zip(first, last, strict=True)])


def bridged(time_s: Numbers, pixels: Pairs) -> Pairs:
    """Gaps of up to a tenth of a second filled by straight lines, each point by itself; nothing beyond its ends."""
    filled = pixels.copy()
    for point in range(pixels.shape[1]):
        known = np.flatnonzero(np.isfinite(pixels[:, point, 0]))
        for a, b in pairwise(known):
            if b - a > 1 and time_s[b] - time_s[a] <= BRIDGED_S:
                share = ((time_s[a + 1 : b] - time_s[a]) / (time_s[b] - time_s[a]))[:, None]
                filled[a + 1 : b, point] = (1 - share) * pixels[a, point] + share * pixels[b, point]
    return filled
