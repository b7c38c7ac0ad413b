"""Who is who: the poses found in every frame in, each person's poses through the whole film out, the subject first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from jaxtyping import Float, Int

from alignment.core.skeleton import FACE, INDEX, LEG, SIDES, TORSO, index, of_side
from alignment.core.track import MAX_PEOPLE

#: One person's places in the film: for every frame which of its poses is theirs, -1 where none is.
Person = Int[np.ndarray, " frames"]

#: Two poses of one frame nearer than this (metres, mean over the body's joints) are the same body found twice.
SAME_BODY_M: Final = 0.25
#: How far joints may be from where they were last: an allowance for errors, plus a speed, never over half a trunk.
_SLACK_M: Final = 0.15
_SPEED_M_S: Final = 3.0
_FAR_M: Final = 0.5
#: A missed pose may be bridged while following; after that the pieces are joined when the whole film is known.
_PATIENCE_S: Final = 0.25
#: By how much the scale (log of pixels a metre) may differ between poses of one person.
_GROWTH: Final = 0.3
#: Extrapolating a movement further than this says nothing.
_OUTLOOK_S: Final = 0.5
#: A pose that two people could claim with less difference than this is nobody's.
_DOUBT_M: Final = 0.04
#: So many poses tell a size.
_RECENT: Final = 9
#: A waiting second of a gap counts as much as this distance when pieces compete for each other.
_WAIT_M_S: Final = 0.01
#: Nobody is there who was not followed for so long without a break, in a film that lasts twice as long, and so often.
_FEWEST_FRAMES: Final = 3
_SHORTEST_S: Final = 0.5

#: A head so near to the middle of somebody's trunk or leg is not one.
_LIMB_M: Final = 0.2

#: A face is surely not seen for so long before and after, and with the body turned so far away (cosine of 35°).
_SURE_S: Final = 0.5
_STRAIGHT: Final = 0.82
#: Joints with less visibility are not seen.
_SEEN: Final = 0.5

_NOSE: Final = INDEX["nose"]
_LEFT: Final = of_side("left", "shoulder", "hip", "knee", "ankle")
_RIGHT: Final = of_side("right", "shoulder", "hip", "knee", "ankle")
_FACE: Final = index(FACE)
_EARS, _SHOULDERS, _HIPS, _KNEES, _ANKLES = (
    index(f"{side}_{part}" for side in SIDES) for part in ("ear", "shoulder", "hip", "knee", "ankle")
)
_JUDGED: Final = index([*TORSO, *(f"{side}_{part}" for side in SIDES for part in LEG)])


@dataclass(frozen=True)
class Poses:
    """Everything the model found in one picture; float32, since all of it is kept until the film has ended."""

    pixels: Float[np.ndarray, "poses landmarks 2"]
    metres: Float[np.ndarray, "poses landmarks 3"]
    visibility: Float[np.ndarray, "poses landmarks"]
    #: The legs' joints read anew: x and y and their standard deviation in pixels, as `alignment.core.joints` names them.
    #: None where nobody read them.
    joints: Float[np.ndarray, "poses joints 3"] | None = None

    def __len__(self) -> int:
        """How many poses there are."""
        return len(self.pixels)


def scale(
    pixels: Float[np.ndarray, "*poses landmarks 2"], metres: Float[np.ndarray, "*poses landmarks 3"]
) -> np.ndarray:
    """Pixels a metre at each person's distance: how widely the landmarks spread in the picture and in space.

    Unlike a height or a width in pixels, it stays the same while somebody squats or turns.
    """
    spread_px = pixels - pixels.mean(axis=-2, keepdims=True)
    spread_m = metres[..., :2] - metres[..., :2].mean(axis=-2, keepdims=True)
    squares: np.ndarray = np.square(spread_px).sum(axis=(-1, -2)) / np.square(spread_m).sum(axis=(-1, -2))
    return np.sqrt(squares)


def apart(
    first: Float[np.ndarray, "*#poses landmarks 2"], other: Float[np.ndarray, "*#poses landmarks 2"]
) -> np.ndarray:
    """How far two poses lie apart in pixels: mean over nose, shoulders, hips, knees and ankles.

    A pair of joints whose sides are exchanged counts as near: the model mixes up sides of one and the same person.
    """
    nose = np.linalg.norm(first[..., _NOSE, :] - other[..., _NOSE, :], axis=-1)
    straight = _pairs(first, other, _LEFT, _LEFT) + _pairs(first, other, _RIGHT, _RIGHT)
    crossed = _pairs(first, other, _LEFT, _RIGHT) + _pairs(first, other, _RIGHT, _LEFT)
    mean: np.ndarray = (nose + np.minimum(straight, crossed).sum(axis=-1)) / (1 + len(_LEFT) + len(_RIGHT))
    return mean


def _pairs(first: np.ndarray, other: np.ndarray, ours: list[int], theirs: list[int]) -> np.ndarray:
    distances: np.ndarray = np.linalg.norm(first[..., ours, :] - other[..., theirs, :], axis=-1)
    return distances


def bodies(poses: Poses) -> Int[np.ndarray, " poses"]:
    """For each pose of one picture the first pose on the same body (itself unless the model found a body twice)."""
    sizes = np.log(scale(poses.pixels, poses.metres))
    same = (metres_apart(poses, poses) < SAME_BODY_M) & (np.abs(sizes[:, None] - sizes) < _GROWTH)
    first: np.ndarray = same.argmax(axis=1)
    return first


def tell_apart(found: Sequence[Poses], time_s: Float[np.ndarray, " frames"]) -> list[Person]:
    """Everybody in the film, the subject (large, long in view, well visible) first; empty where nobody was found.

    Where it cannot be told whose a pose is, as while one person hides another, nobody gets it.
    """
    pieces = _follow(found, time_s)
    shortest_s = min(_SHORTEST_S, 0.5 * float(np.ptp(time_s))) if len(time_s) else 0.0
    chains = [
        chain
        for chain in _join(pieces)
        if any(p.end_s - p.start_s >= shortest_s and len(p.frames) >= min(_FEWEST_FRAMES, len(found)) for p in chain)
    ]
    chains.sort(key=lambda chain: -sum(p.weight for p in chain))
    return [_places(chain, len(found)) for chain in chains]


def faces(
    found: Sequence[Poses], everybody: Sequence[Person], time_s: Float[np.ndarray, " frames"]
) -> Float[np.ndarray, "frames people 3"]:
    """Circles (centre x, centre y, radius in pixels) over every head whose face may be seen, largest first; else NaN.

    Left out is only what surely shows no face: the head of who is seen from behind, half a second before and after, too;
    and what is no head: that of a pose which is nobody's on somebody's trunk or legs, or of a body that is mostly upside
    down on somebody else's, without knees of its own, as the model sees one in a back over a saddle.
    """
    circles = np.full((len(found), MAX_PEOPLE, 3), np.nan)
    turned_away = [_surely_behind(person, found, time_s) for person in everybody]
    no_bodies = [_no_body(person, everybody, found, time_s) for person in everybody]
    for i, (row, poses) in enumerate(zip(circles, found, strict=True)):
        known = [int(person[i]) for person in everybody if person[i] >= 0]
        heads = _heads(poses)
        shown = np.isin(np.arange(len(poses)), known) | ~_on_body(heads, poses, known)
        for away, nobody, person in zip(turned_away, no_bodies, everybody, strict=True):
            if person[i] >= 0 and away[i]:
                # The model may have found this body twice.
                shown[(bodies(poses) == bodies(poses)[person[i]]) & _behind(poses)] = False
            elif person[i] >= 0 and nobody:
                shown[person[i]] = False
        heads = heads[shown]
        largest = heads[np.argsort(-heads[:, 2], kind="stable")][:MAX_PEOPLE]
        row[: len(largest)] = largest
    return circles


def _around(frame: int, time_s: np.ndarray) -> range:
    """The frames within half a second."""
    first, end = np.searchsorted(time_s, (time_s[frame] - _SURE_S - 1e-9, time_s[frame] + _SURE_S + 1e-9))
    return range(int(first), int(end))


def _surely_behind(person: Person, found: Sequence[Poses], time_s: np.ndarray) -> np.ndarray:
    """In which frames a person is seen from behind, and in every one of half a second before and after."""
    behind = np.array([place >= 0 and _behind(found[i])[place] for i, place in enumerate(person)], bool)
    sure = [all(behind[k] for k in _around(i, time_s) if person[k] >= 0) for i in range(len(person))]
    return behind & np.array(sure, bool)


def _behind(poses: Poses) -> np.ndarray:
    """Which poses have shoulders, hips and head turned away: their left is at the left, the nose beyond the ears."""
    metres = poses.metres[:, :, ::2]  # sideways, and away from the camera
    across = [metres[:, pair[0]] - metres[:, pair[1]] for pair in (_SHOULDERS, _HIPS, _EARS)]
    away = [_share(-one[:, 0], one) for one in across]
    ahead = metres[:, _NOSE] - metres[:, _EARS].mean(axis=1)
    ears, nose = poses.pixels[:, _EARS, 0], poses.pixels[:, _NOSE, 0]
    between = (ears.min(axis=1) <= nose) & (nose <= ears.max(axis=1))
    turned: np.ndarray = np.min([*away, _share(ahead[:, 1], ahead)], axis=0) > _STRAIGHT
    return turned & between


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    length: np.ndarray = np.maximum(np.linalg.norm(whole, axis=-1), 1e-9)
    return part / length


def _no_body(
    person: Person, everybody: Sequence[Person], found: Sequence[Poses], time_s: Float[np.ndarray, " frames"]
) -> bool:
    """Whether somebody is only a second body seen in another one's: mostly upside down, without knees, the head on it."""
    others = [other for other in everybody if other is not person]
    signs = [
        _knees_unseen_upside_down(found[i], int(person[i]))
        and any(_head_on_body(found[i], int(person[i]), found[k], k, others) for k in _around(i, time_s))
        for i in np.flatnonzero(person >= 0).tolist()
    ]
    return sum(signs) > len(signs) / 2


def _knees_unseen_upside_down(poses: Poses, place: int) -> bool:
    upside_down = poses.pixels[place, _SHOULDERS, 1].mean() > poses.pixels[place, _HIPS, 1].mean()
    return bool(upside_down and (poses.visibility[place, _KNEES] < _SEEN).all())


def _head_on_body(poses: Poses, place: int, near: Poses, frame: int, others: Sequence[Person]) -> bool:
    """Whether this pose's head is where one of the others has its trunk or legs in a frame near in time."""
    bodies_there = [int(other[frame]) for other in others if other[frame] >= 0]
    return bool(bodies_there and _on_body(_heads(poses)[[place]], near, bodies_there)[0])


def _heads(poses: Poses) -> Float[np.ndarray, "poses 3"]:
    """A circle around each head, hair and chin included; never smaller than a head beside such shoulders or trunk."""
    face, ears = poses.pixels[:, _FACE], poses.pixels[:, _EARS]
    shoulders, hips = poses.pixels[:, _SHOULDERS], poses.pixels[:, _HIPS]
    centre = (face.mean(axis=1) + ears.mean(axis=1)) / 2
    neck = shoulders.mean(axis=1)
    widths = (
        1.6 * np.linalg.norm(face - centre[:, None], axis=-1).max(axis=1),
        0.5 * np.linalg.norm(shoulders[:, 0] - shoulders[:, 1], axis=-1),
        0.38 * np.linalg.norm(neck - hips.mean(axis=1), axis=-1),
        0.19 * scale(poses.pixels, poses.metres),
    )
    radius = np.max(widths, axis=0)
    upwards = (centre - neck) / np.maximum(np.linalg.norm(centre - neck, axis=1, keepdims=True), 1e-9)
    return np.column_stack([centre + 0.15 * radius[:, None] * upwards, radius])


def _on_body(heads: np.ndarray, poses: Poses, known: list[int]) -> np.ndarray:
    """Which heads lie where one of these poses has its trunk or legs."""
    pixels = poses.pixels[known]
    hips, knees, ankles = pixels[:, _HIPS], pixels[:, _KNEES], pixels[:, _ANKLES]
    chest = (pixels[:, _SHOULDERS] + hips) / 2
    body = np.concatenate([chest, hips, (hips + knees) / 2, knees, (knees + ankles) / 2, ankles], axis=1)
    away_px = np.linalg.norm(heads[:, None, None, :2] - body, axis=-1).min(axis=-1, initial=np.inf)
    near: np.ndarray = (away_px < _LIMB_M * scale(pixels, poses.metres[known])).any(axis=1)
    return near


def metres_apart(first: Poses, other: Poses) -> Float[np.ndarray, "poses others"]:
    """How far each pose is from each other one, by `apart`, at their distance from the camera."""
    pixels = apart(first.pixels[:, None], other.pixels[None])
    either = scale(first.pixels, first.metres)[:, None], scale(other.pixels, other.metres)[None]
    metres: np.ndarray = pixels / np.sqrt(either[0] * either[1])
    return metres


@dataclass
class _Piece:
    """One person followed without a break: the frames, the pose in each, and how the person stood and moved last."""

    start_s: float
    start: np.ndarray
    frames: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    scales: list[float] = field(default_factory=list)
    #: Size times time times visibility.
    weight: float = 0.0
    end_s: float = 0.0
    end: np.ndarray = field(default_factory=lambda: np.empty(0))
    velocity: np.ndarray = field(default_factory=lambda: np.zeros(2))

    def add(self, frame: int, place: int, time_s: float, poses: Poses, size: float) -> None:
        """Take one more pose."""
        pose = poses.pixels[place]
        if self.frames:
            step = (pose - self.end).mean(axis=0) / (time_s - self.end_s)
            self.velocity = step if len(self.frames) == 1 else (self.velocity + step) / 2
        self.frames.append(frame)
        self.places.append(place)
        self.scales.append(size)
        self.weight += size * float(poses.visibility[place, _JUDGED].mean())
        self.end, self.end_s = pose, time_s


def _reach_m(gap_s: np.ndarray) -> np.ndarray:
    """How far a person may have got since last seen."""
    return np.minimum(_SLACK_M + _SPEED_M_S * gap_s, _FAR_M)


def _costs(live: Sequence[_Piece], pixels: np.ndarray, sizes: np.ndarray, time_s: np.ndarray) -> np.ndarray:
    """Metres from where each piece ends, or was heading, to each later pose; infinite where it cannot be the same."""
    end = np.stack([piece.end for piece in live])[:, None]
    gap_s = time_s - np.array([piece.end_s for piece in live])[:, None]
    size = np.array([np.median(piece.scales[-_RECENT:]) for piece in live])[:, None]
    ahead = np.stack([piece.velocity for piece in live])[:, None] * np.clip(gap_s, 0, _OUTLOOK_S)[..., None]
    nearer = np.minimum(apart(pixels, end), apart(pixels, end + ahead[:, :, None]))
    metres = nearer / np.sqrt(size * sizes)
    possible = (gap_s > 0) & (metres < _reach_m(gap_s)) & (np.abs(np.log(sizes / size)) < _GROWTH)
    return np.where(possible, metres, np.inf)


def _follow(found: Sequence[Poses], time_s: np.ndarray) -> list[_Piece]:
    patience_s = max(_PATIENCE_S, 1.5 * float(np.median(np.diff(time_s)))) if len(time_s) > 1 else _PATIENCE_S
    pieces: list[_Piece] = []
    live: list[_Piece] = []
    for frame, (poses, now_s) in enumerate(zip(found, time_s.tolist(), strict=True)):
        live = [piece for piece in live if now_s - piece.end_s <= patience_s]
        if not len(poses):
            continue
        sizes, body = scale(poses.pixels, poses.metres), bodies(poses)
        costs = _costs(live, poses.pixels, sizes, np.full(len(poses), now_s)) if live else np.empty((0, len(poses)))
        given, free = _share_out(costs, body, [len(piece.frames) for piece in live])
        for piece, place in given:
            live[piece].add(frame, place, now_s, poses, float(sizes[place]))
        for place in free:
            fresh = _Piece(start_s=now_s, start=poses.pixels[place])
            fresh.add(frame, place, now_s, poses, float(sizes[place]))
            pieces.append(fresh)
            live.append(fresh)
    return pieces


def _share_out(costs: np.ndarray, body: np.ndarray, ages: Sequence[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """Who gets which pose, cheapest first, one body each; and the bodies left for newcomers.

    A pose that a second, poseless person could claim almost as well is given to nobody.
    """
    given: dict[int, int] = {}
    used: set[int] = set()
    for piece, place in _cheapest_first(costs):
        if piece not in given and body[place] not in used:
            given[piece] = place
            used.add(int(body[place]))
    sure = []
    for piece, place in given.items():
        mine = body == body[place]
        rivals = [r for r, age in enumerate(ages) if r not in given and age >= _FEWEST_FRAMES]
        if not rivals or costs[np.ix_(rivals, mine)].min() > costs[piece, place] + _DOUBT_M:
            sure.append((piece, place))
    return sure, [place for place in range(len(body)) if body[place] == place and place not in used]


def _cheapest_first(costs: np.ndarray) -> list[tuple[int, int]]:
    pairs = np.argwhere(np.isfinite(costs))
    order = np.argsort(costs[tuple(pairs.T)], kind="stable")
    return [(int(a), int(b)) for a, b in pairs[order]]


def _join(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces of the same person in a row: the next starts where the last ended, in place and size, after any gap."""
    if not pieces:
        return []
    starts = np.stack([piece.start for piece in pieces])
    sizes = np.array([np.median(piece.scales[:_RECENT]) for piece in pieces])
    start_s = np.array([piece.start_s for piece in pieces])
    rows = [_costs([piece], starts, sizes, start_s)[0] for piece in pieces]
    costs = np.stack(rows) + _WAIT_M_S * np.abs(start_s - np.array([[piece.end_s] for piece in pieces]))
    after: dict[int, int] = {}
    joined: set[int] = set()
    for first, second in _cheapest_first(costs):
        if first not in after and second not in joined:
            after[first] = second
            joined.add(second)
    chains = []
    for head in sorted(set(range(len(pieces))) - joined):
        chain = [head]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        chains.append([pieces[i] for i in chain])
    return chains


def _places(chain: Sequence[_Piece], frames: int) -> Person:
    places = np.full(frames, -1)
    for piece in chain:
        places[piece.frames] = piece.places
    return places
