"""Makes faces unrecognisable: circles over the faces found in each frame in, blurred pictures out."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from jaxtyping import Float, UInt8

#: A face that is not found keeps the places it had this long before and after.
HOLD_S = 0.5
#: Two sightings further apart in time than this are not joined by interpolation.
BRIDGE_S = 2.0
#: How far a face may have moved to be the same, in its radii: at once, and for each second. Walking is 12 a second.
REACH, REACH_PER_S = 2.0, 12.0
#: Blocks across a face. Five by five averages tell nobody.
BLOCKS = 5

Circles = Float[np.ndarray, "_ 3"]


@dataclass
class _Sighting:
    """One face through the film: in which frames it was found, and where."""

    frames: list[int] = field(default_factory=list)
    circles: list[np.ndarray] = field(default_factory=list)


def covers(faces: Float[np.ndarray, "frames people 3"], time_s: Float[np.ndarray, " frames"]) -> list[Circles]:
    """Which circles (x, y, radius in px) to blur in each frame, so that a face missed for a while stays covered.

    Faces are followed by nearness, since people may change places along the axis `people`. Where one is missing, its
    circles of the half second before and after are all covered, and so is the place between them, interpolated.
    """
    found: list[list[np.ndarray]] = [[] for _ in time_s]
    for frame, people in enumerate(faces):
        found[frame] += [circle for circle in people if np.isfinite(circle).all() and circle[2] > 0]
    covered = [list(circles) for circles in found]
    for sighting in _chains(found, time_s):
        _bridge(sighting, covered)
        _hold(sighting, time_s, covered)
    return [np.array(circles, float).reshape(-1, 3) for circles in covered]


def blur(image: UInt8[np.ndarray, "rows columns 3"], circles: Circles) -> None:
    """Replace what lies inside the circles (px of this image) by a few coarse averages, in place."""
    rows, columns = image.shape[:2]
    for x, y, radius in circles:
        x0, x1 = max(0, int(np.floor(x - radius))), min(columns, int(np.ceil(x + radius)) + 1)
        y0, y1 = max(0, int(np.floor(y - radius))), min(rows, int(np.ceil(y + radius)) + 1)
        if x1 <= x0 or y1 <= y0:
            continue
        part = image[y0:y1, x0:x1]
        block = max(1.0, 2 * radius / BLOCKS)
        across, down = max(1, round((x1 - x0) / block)), max(1, round((y1 - y0) / block))
        coarse = cv2.blur(cv2.resize(part, (across, down), interpolation=cv2.INTER_AREA), (2, 2))
        hidden = cv2.resize(coarse, (x1 - x0, y1 - y0), interpolation=cv2.INTER_LINEAR)
        inside = np.zeros(part.shape[:2], np.uint8)
        cv2.circle(inside, (round(x) - x0, round(y) - y0), int(np.ceil(radius)), 255, cv2.FILLED)
        cv2.copyTo(hidden, inside, part)


def _chains(found: list[list[np.ndarray]], time_s: np.ndarray) -> list[_Sighting]:
    """Chains of circles that are the same face: each joins the nearest chain that it can have moved from."""
    chains: list[_Sighting] = []
    recent: list[_Sighting] = []
    for frame, circles in enumerate(found):
        recent = [chain for chain in recent if time_s[frame] - time_s[chain.frames[-1]] <= BRIDGE_S]
        reach = [REACH + REACH_PER_S * (time_s[frame] - time_s[chain.frames[-1]]) for chain in recent]
        pairs = sorted(
            (_apart(chain.circles[-1], circle), number, position)
            for number, chain in enumerate(recent)
            for position, circle in enumerate(circles)
        )
        joined: dict[int, int] = {}
        for apart, number, position in pairs:
            if apart <= reach[number] and position not in joined and number not in joined.values():
                joined[position] = number
        for position, circle in enumerate(circles):
            if position in joined:
                recent[joined[position]].frames.append(frame)
                recent[joined[position]].circles.append(circle)
            else:
                chains.append(_Sighting([frame], [circle]))
                recent.append(chains[-1])
    return chains


def _apart(one: np.ndarray, other: np.ndarray) -> float:
    """Distance of two circles' centres in units of the larger radius."""
    return float(np.hypot(one[0] - other[0], one[1] - other[1]) / max(one[2], other[2]))


def _bridge(sighting: _Sighting, covered: list[list[np.ndarray]]) -> None:
    """Cover the straight way between two sightings of the same face, as large as the larger of both."""
    steps = zip(sighting.frames, sighting.circles, sighting.frames[1:], sighting.circles[1:], strict=False)
    for first, start, last, end in steps:
        for frame in range(first + 1, last):
            between = start + (end - start) * (frame - first) / (last - first)
            between[2] = max(start[2], end[2])
            covered[frame].append(between)


def _hold(sighting: _Sighting, time_s: np.ndarray, covered: list[list[np.ndarray]]) -> None:
    """Cover a missing face with all its circles that lie within `HOLD_S` of the frame."""
    there = np.zeros(len(time_s), bool)
    there[sighting.frames] = True
    times = time_s[sighting.frames]
    first, last = np.searchsorted(time_s, (times[0] - HOLD_S, times[-1] + HOLD_S))
    for frame in range(first, min(last + 1, len(time_s))):
        if not there[frame]:
            near = np.flatnonzero(np.abs(times - time_s[frame]) <= HOLD_S + 1e-9)
            covered[frame] += [sighting.circles[k] for k in near]
