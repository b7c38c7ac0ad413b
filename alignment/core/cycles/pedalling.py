"""The body over time in; each leg's pedal turns out. Ways in leg lengths."""

from dataclasses import replace
from itertools import pairwise
from math import cos, pi

import numpy as np
import scipy

from alignment.core.cycles.cut import (
    MAX_UNSEEN,
    Cut,
    bridge_gaps,
    duration_checks,
    in_order,
    near,
    unseen_share,
    with_first,
)
from alignment.core.skeleton import SIDES, Side
from alignment.core.track import Numbers, Places
from alignment.core.viewpoint import Body

#: Revolutions a second of a single turn: cadences of 25 to 130 a minute, unevenly, and sprints.
PEDAL_HZ = (1 / 3, 3.0)
#: Stroke (cranks of 170 mm: 0.4), and how opposite the legs are.
MIN_STROKE, MAX_PEDAL_CORRELATION = 0.16, -0.4
#: A film that begins or ends within a sixth of a turn of a top shows both moments that are judged, the quarter turn and the
#: bottom: a foot is then lower by this share of the stroke.
EDGE_SHARE = (1 - cos(2 * pi / 6)) / 2
#: A foot that goes round is in the lower half of its way for half of the time; one that walks or runs stays there longer.
MAX_LOW_SHARE = 0.62
#: Seen from the side its way encloses this share of an ellipse as high and as long; a squat's goes there and back.
MIN_ROUND_SHARE = 0.5
#: And is no longer than cranks are, which short legs make 0.47 of a leg; who jogs slowly has it 0.5 long.
MAX_LONG = 0.48
#: On a saddle the hips come back to their place with each turn.
SADDLE_STRAY = 0.15
#: In a turn that counts by its foot the leg may be unseen in this share of the frames: the bicycle hides it in passing.
MAX_LEG_UNSEEN = 0.8
#: A toe seen in this share of the frames in which its ankle is follows the pedal with it.
TOE_SEEN = 0.8


def turns(body: Body) -> list[Cut]:
    """Pedal turns of each leg, from the top to the next top; key moment: a quarter turn, in the middle of the way down.

    The knee's bend is judged where the pedal is lowest, as saddles are set by it. From the side only the nearer leg's turns
    are told, since the other one hides. What the pedal moves must be seen; where the whole leg hides for a part of the turn,
    it counts and its values say so.
    """
    found: list[Cut] = []
    ways = {side: _way(body, side) for side in near(body, SIDES)}
    waves = {side: _wave(way[:, 1], body.rate_hz) for side, way in ways.items()}
    known = [wave for wave in waves.values() if wave is not None]
    opposite = len(known) < len(SIDES) or float(np.corrcoef(known)[0, 1]) < MAX_PEDAL_CORRELATION
    for side, wave in waves.items():
        if wave is None:
            continue
        in_space = bridge_gaps(_height_in_space(body, side))
        in_space = wave if in_space is None else in_space
        tops = pairwise(_tops(wave, ways[side][:, 1], body.rate_hz))
        cuts = [_turn(body, wave, in_space, ways[side], side, *ends, opposite) for ends in tops]
        found += _rounds(body, cuts, ways[side])
    return in_order(_coupled(found))


def _coupled(cuts: list[Cut]) -> list[Cut]:
    """The turns of both legs: pedals hang together, so a foot that seems to stay while the other goes round is ill seen."""
    going_round = {cut.side for cut in cuts if not cut.rejected}
    if not going_round:
        return cuts
    return [
        replace(cut, rejected="not_seen") if cut.rejected == "not_pedalling" and cut.side not in going_round else cut
        for cut in cuts
    ]


def _followed(body: Body, side: Side) -> tuple[str, ...]:
    """By which landmarks a leg's turns are counted: its foot's, its ankle alone where the toe hides, else its knee."""
    seen = {part: int(np.isfinite(body.seen_at(side, part)[:, 1]).sum()) for part in ("ankle", "toe", "knee")}
    if seen["ankle"] < TOE_SEEN * seen["knee"]:
        return ("knee",)
    return ("ankle", "toe") if seen["toe"] >= TOE_SEEN * seen["ankle"] else ("ankle",)


def _hips(body: Body) -> Places:
    """The middle of the hips in the picture; of those that do not hide."""
    places: np.ndarray = np.mean([body.seen_at(side, "hip") for side in near(body, SIDES)], axis=0)
    return places


def _way(body: Body, side: Side) -> Places:
    """Where the pedal carries a leg, against the hips in the picture."""
    places: np.ndarray = np.mean([body.seen_at(side, part) for part in _followed(body, side)], axis=0) - _hips(body)
    return places


def _height_in_space(body: Body, side: Side) -> Numbers:
    """Its height in space: in the picture a foot before the hips looks lower from the front, and higher from behind."""
    places: np.ndarray = np.mean([body.at(side, part) for part in _followed(body, side)], axis=0)
    return places[:, 1] - body.middle("hip")[:, 1]


def _wave(height: Numbers, rate_hz: float) -> Numbers | None:
    """A foot's height band-passed to pedalling; None where it is unseen, unmoved or filmed too slowly."""
    known = bridge_gaps(height)
    high_hz = min(PEDAL_HZ[1], 0.4 * rate_hz)
    if known is None or high_hz <= PEDAL_HZ[0] or len(known) < 30 or not np.ptp(known):
        return None
    sections = scipy.signal.butter(2, (PEDAL_HZ[0] / 1.5, high_hz * 1.2), btype="bandpass", fs=rate_hz, output="sos")
    wave: np.ndarray = scipy.signal.sosfiltfilt(sections, known)
    return wave


def _tops(wave: Numbers, height: Numbers, rate_hz: float) -> list[int]:
    """Where a foot is at the top; also at either end of what is seen, if it is nearly as high there as at the next top."""
    few = max(1, int(rate_hz / PEDAL_HZ[1]))
    tops, lows = (
        scipy.signal.find_peaks(one, prominence=MIN_STROKE / 2, distance=few)[0].tolist() for one in (wave, -wave)
    )
    seen = np.flatnonzero(np.isfinite(height))
    before = [low for low in lows if tops and low < tops[0]]
    after = [low for low in lows if tops and low > tops[-1]]
    whole = list(tops)
    if before:
        first = int(seen[0] + np.nanargmax(height[seen[0] : before[-1] + 1]))
        if _is_top(height, first, before[-1], tops[0]):
            whole.insert(0, first)
    if after:
        last = int(after[0] + np.nanargmax(height[after[0] : seen[-1] + 1]))
        if _is_top(height, last, after[0], tops[-1]):
            whole.append(last)
    return whole


def _is_top(height: Numbers, at: int, low: int, top: int) -> bool:
    """Whether a foot is at most `EDGE_SHARE` of the stroke lower than at the top."""
    return bool(height[top] - height[at] < EDGE_SHARE * (height[top] - height[low]))


def _rounds(body: Body, cuts: list[Cut], way: Places) -> list[Cut]:
    """The turns of one leg, all rejected where its foot stays on the ground in between, or goes to and fro."""
    counted = [way[cut.frames] for cut in cuts if not cut.rejected]
    low = [float((part[:, 1] < (np.nanmax(part[:, 1]) + np.nanmin(part[:, 1])) / 2).mean()) for part in counted]
    from_aside = body.facing in ("left", "right")
    to_and_fro = from_aside and bool(counted) and np.median([_round_share(part) for part in counted]) < MIN_ROUND_SHARE
    lengths = [float(np.nanmax(part[:, 0]) - np.nanmin(part[:, 0])) for part in counted] if from_aside else []
    long = bool(lengths) and np.median(lengths) > MAX_LONG
    if not low or (np.median(low) <= MAX_LOW_SHARE and not to_and_fro and not long):
        return cuts
    return [replace(cut, rejected=cut.rejected or "not_pedalling") for cut in cuts]


def _round_share(way: Places) -> float:
    """The area that a way encloses, as a share of an ellipse's as high and as long."""
    x, y = way[np.isfinite(way[:, 0])].T
    area = abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
    return area / (pi / 4 * float(np.ptp(x) * np.ptp(y)))


def _turn(
    body: Body, wave: Numbers, in_space: Numbers, way: Places, side: Side, top: int, following: int, opposite: bool
) -> Cut:
    """One turn between two tops, with the reason why it does not count, if there is one. `in_space` tells its moments."""
    frames = slice(top, following + 1)
    key, bottom = top + _half_down(in_space[frames]), top + int(np.argmin(in_space[frames]))
    cut = Cut("turn", side, top, key, following, own_keys=tuple({"knee_flexion": bottom}.items()))
    moved = (_hips(body) * body.scale[:, None])[[top, following]]
    checks = (
        ("legs_in_step", not opposite),
        ("not_seen", not np.isfinite(way[frames, 1]).mean() >= 1 - MAX_UNSEEN),
        ("not_seen", unseen_share(body, frames, (side,)) > MAX_LEG_UNSEEN),
        ("not_pedalling", bool(np.linalg.norm(moved[1] - moved[0]) > SADDLE_STRAY)),
        ("too_small", float(np.ptp(wave[frames])) < MIN_STROKE),
        *duration_checks(body, cut, 1 / PEDAL_HZ[1], 1 / PEDAL_HZ[0]),
    )
    return with_first(cut, checks)


def _half_down(wave: Numbers) -> int:
    """Where in a turn, of which either end may be cut off a little below the top, a foot has come half the way down."""
    bottom = int(np.argmin(wave))
    top = int(np.argmax(wave[: bottom + 1]))
    return top + int(np.argmax(wave[top : bottom + 1] <= (wave.max() + wave.min()) / 2))
