"""Two points over time: which pictures to disbelieve because the points jump apart, and which short gaps to bridge."""

from itertools import pairwise
from typing import Final

import numpy as np
from jaxtyping import Float

from alignment.core.track import Numbers, Track
from alignment.marks.region import torso_px

Pairs = Float[np.ndarray, "frames 2 2"]

#: Two points on one bone stay as far apart as the figure is large: a jump beyond this share is a mistake.
JUMP: Final = 0.1
#: What is usual is that of so much film before and after, in which nobody turns by as much.
_USUAL_S: Final = 0.5
#: Longer gaps stay gaps. A little more than what three pictures at 30 a second take.
BRIDGED_S: Final = 0.105
_BRIDGED_SCORE: Final = 0.5


def steadied(
    track: Track, seen: Pairs, fits: Float[np.ndarray, "frames 2"]
) -> tuple[Pairs, Float[np.ndarray, "frames 2"]]:
    """Where both points are once jumps are out and short gaps bridged, and how surely: as they fit, half where bridged."""
    kept = without_jumps(track.time_s, seen, figure_px(track))
    pixels = bridged(track.time_s, kept)
    known, bridge = (np.isfinite(one[:, :, 0]) for one in (kept, pixels))
    return pixels, np.where(known, fits, np.where(bridge, _BRIDGED_SCORE, 0.0))


def figure_px(track: Track) -> Numbers:
    """How large the subject is in each picture, in pixels: steady, and between pictures that show it. 1 where none does."""
    trunk_px = np.array([torso_px(one) for one in track.pixels])
    known = np.isfinite(trunk_px) & (trunk_px > 0)
    if not known.any():
        return np.ones(track.frames)
    at, sizes = track.time_s[known], np.log(trunk_px[known])
    return np.exp(np.interp(track.time_s, at, _followed(at, sizes)))


def _followed(time_s: Numbers, values: Numbers) -> Numbers:
    """Of each moment, what a line through the medians of both halves of what is about it says: it lags at no end."""
    first = np.searchsorted(time_s, time_s - _USUAL_S)
    last = np.searchsorted(time_s, time_s + _USUAL_S, side="right")
    followed = np.empty(len(values))
    for i, (a, b) in enumerate(zip(first, last, strict=True)):
        middle = (a + b) // 2
        halves = ((a, max(middle, a + 1)), (middle, b))
        (early_s, early), (late_s, late) = (
            (float(np.median(time_s[c:d])), float(np.median(values[c:d]))) for c, d in halves
        )
        rise = (late - early) / (late_s - early_s) if late_s > early_s else 0.0
        followed[i] = (early + late) / 2 + rise * (time_s[i] - (early_s + late_s) / 2)
    return followed


def without_jumps(time_s: Numbers, pixels: Pairs, figure: Numbers) -> Pairs:
    """Both points missing wherever their distance, of a figure of this size, jumps from its running median."""
    apart = np.linalg.norm(pixels[:, 1] - pixels[:, 0], axis=-1) / figure
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
