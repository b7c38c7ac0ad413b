"""One cycle as positions in a film, and what all ways of finding cycles share: runs, gaps, heights, feet, rejection."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from alignment.core.measures import MEASURES
from alignment.core.result import CycleSide
from alignment.core.skeleton import Side, index, of_side
from alignment.core.track import Flags, Numbers, Places, interpolate
from alignment.core.viewpoint import Body

#: A dip begins and ends where the hips are this far under their standing height, in leg lengths. Design, section 3.
LEAVE = 0.03
#: Who stands is within this of the usual place of one foot, and this near to the height at which most heights crowd.
IN_PLACE, CROWD = 0.1, 0.015
#: On a seat the hips rest, slower than this for this long, and the trunk is this much higher than in the lean before.
REST_PER_S, REST_S, SITTING_UP = 0.06, 0.3, 1.06
#: A planted foot strays less than this in the picture: mostly 0.04 in real squats. Hidden behind its shin it is drawn up to
#: 0.12 away and comes back; one that stepped aside ends elsewhere, or was away farther than `FOOT_AWAY`.
FOOT_STRAY, FOOT_ELSEWHERE, FOOT_AWAY = 0.1, 0.05, 0.2
#: At most this share of a cycle's frames may be unseen.
MAX_UNSEEN = 0.2
#: Longest repetition.
MAX_S = 12.0


@dataclass(frozen=True)
class Cut:
    """One cycle as positions in the track (`end` included); `rejected` is the code of the reason it does not count."""

    kind: str
    side: CycleSide
    start: int
    key: int
    end: int
    rejected: str | None = None
    #: Measures that have a key moment of their own, each with its position.
    own_keys: tuple[tuple[str, int], ...] = ()
    #: When it begins and ends, in seconds, where that is known better than to a picture.
    moments_s: tuple[float, float] | None = None

    def key_of(self, measure: str) -> int:
        """The moment at which a measure is judged."""
        return dict(self.own_keys).get(measure, self.key)

    @property
    def frames(self) -> slice:
        """All of its frames."""
        return slice(self.start, self.end + 1)


def duration_checks(body: Body, cut: Cut, min_s: float, max_s: float) -> tuple[tuple[str, bool], ...]:
    """The checks of a cycle's duration, for `with_first`."""
    duration_s = float(body.time_s[cut.end] - body.time_s[cut.start])
    return (("too_short", duration_s < min_s), ("too_long", duration_s > max_s))


def with_first(cut: Cut, checks: Iterable[tuple[str, bool | np.bool_]]) -> Cut:
    """The cut, rejected for the first check that is true."""
    return replace(cut, rejected=next((code for code, true in checks if true), None))


def knee_flexion(body: Body, side: Side) -> Numbers:
    """Bend of a leg's knee in degrees, 0 straight."""
    return MEASURES["knee_flexion"].curve(body, side)


def hip_height(body: Body, *over: Side) -> Numbers:
    """Height of the hips' middle over the named ankles' middle, as the picture shows it.

    The picture, since a depth that is only inferred would bring its noise into every height.
    """
    hips = (body.seen_at("left", "hip") + body.seen_at("right", "hip"))[:, 1] / 2
    ankles = np.stack([body.seen_at(side, "ankle")[:, 1] for side in over])
    return hips - np.where(np.isfinite(ankles).all(axis=0), ankles.mean(axis=0), np.fmax.reduce(ankles))


def trunk_height(body: Body) -> Numbers:
    """Height of the shoulders over the hips, as the picture shows it: it shrinks with every lean."""
    ends = [body.seen_at("left", part)[:, 1] + body.seen_at("right", part)[:, 1] for part in ("shoulder", "hip")]
    return (ends[0] - ends[1]) / 2


def sits_up(body: Body, resting: Flags, during: slice, *, in_space: bool = False) -> bool | None:
    """Whether the trunk is higher while the hips rest low than at its lowest during a cycle; None where it is not seen.

    On a seat it is: one leans forward to get there and off again, and sits up between. In a squat the trunk leans most at
    the bottom, however long one stays there. Who leans towards a near camera hardly looks shorter: `in_space` takes the
    trunk's height there, which is less exact.
    """
    trunk = (body.middle("shoulder") - body.middle("hip"))[:, 1] if in_space else trunk_height(body)
    at_rest, throughout = trunk[resting & np.isfinite(trunk)], trunk[during][np.isfinite(trunk[during])]
    if not len(at_rest) or not len(throughout):
        return None
    return bool(np.median(at_rest) > SITTING_UP * throughout.min())


def standing_level(body: Body, height: Numbers) -> float:
    """Height of the hips in standing: where the upper half of a film's heights crowds, while a foot is at its usual place.

    Not the greatest one: who walks up from the camera is larger on the way; and not the straight legs' one: a leg lowered
    from a step is straight as well.
    """
    ankles = body.picture[:, index(["left_ankle", "right_ankle"])]
    with np.errstate(invalid="ignore"):
        away = np.linalg.norm(ankles - [_median(ankles[:, 0]), _median(ankles[:, 1])], axis=2)
        here = height[(away < IN_PLACE).any(axis=1)]
    here = np.sort(here if len(here) >= 10 else height)
    upper = here[here >= np.percentile(here, [5, 95]).mean()]
    crowds = np.searchsorted(upper, upper + 2 * CROWD, side="right") - np.arange(len(upper))
    fullest = int(np.argmax(crowds))
    return float(np.median(upper[fullest : fullest + crowds[fullest]]))


def _median(places: Places) -> Float[np.ndarray, "2"]:
    """The usual place of a foot; all NaN stays so."""
    known = places[np.isfinite(places[:, 0])]
    return np.median(known, axis=0) if len(known) else np.full(2, np.nan)


def near(body: Body, legs: tuple[Side, ...]) -> tuple[Side, ...]:
    """The legs that can be judged: seen from the side only the near one, the other hides behind it."""
    if body.facing in ("left", "right") and body.facing in legs:
        return (body.facing,)
    return legs


def in_order(cuts: list[Cut]) -> list[Cut]:
    """Cycles of both sides in the order in which they begin."""
    return sorted(cuts, key=lambda cut: (cut.start, cut.side))


def join(parts: list[tuple[int, int]], as_one: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    """The runs, those made one that belong together by where the one ends and the next begins."""
    found: list[tuple[int, int]] = []
    for start, stop in parts:
        if found and as_one(found[-1][1], start):
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return found


def bridge_gaps(values: Numbers) -> Numbers | None:
    """Gaps bridged, so that a cycle stays whole; None where under ten frames are known."""
    return None if np.isfinite(values).sum() < 10 else interpolate(values)


def unseen_share(body: Body, frames: slice, legs: Iterable[Side]) -> float:
    """Share of a cycle's frames in which a leg that matters is not seen."""
    seen: Bool[np.ndarray, " some"] = np.all([np.isfinite(knee_flexion(body, leg)[frames]) for leg in legs], axis=0)
    return float(1.0 - seen.mean()) if len(seen) else 1.0


def foot_moved(body: Body, side: Side, frames: slice) -> bool:
    """Whether a foot stepped during a cycle: it ends elsewhere than it began, or was far away in between."""
    strayed = stray(body, side, frames)
    if strayed <= FOOT_STRAY:
        return False
    place = (body.picture * body.scale[:, None, None])[frames, of_side(side, "ankle")[0]]
    place = place[np.isfinite(place[:, 0])]
    few = max(1, len(place) // 10)
    elsewhere = float(np.linalg.norm(np.median(place[-few:], axis=0) - np.median(place[:few], axis=0)))
    return strayed > FOOT_AWAY or elsewhere > FOOT_ELSEWHERE


def stray(body: Body, side: Side, frames: slice) -> float:
    """How far a foot's ankle strays in the picture during a cycle, in leg lengths (5th to 95th percentile)."""
    place = (body.picture * body.scale[:, None, None])[frames, of_side(side, "ankle")[0]]
    place = place[np.isfinite(place[:, 0])]
    if not len(place):
        return 0.0
    low, high = np.percentile(place, [5, 95], axis=0)
    return float(np.linalg.norm(high - low))
