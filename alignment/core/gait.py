"""The body over time in; how it runs or walks out: its rhythm, and when each foot meets and leaves the ground.

Everything is taken from the picture. Ways are in leg lengths, + forwards and upwards; moments lie between frames.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import scipy
from jaxtyping import Float, Int

from alignment.core.skeleton import OTHER, SIDES, Side, index
from alignment.core.track import Numbers, Places, interpolate
from alignment.core.viewpoint import Body

#: From the slowest walk to the fastest run, in steps a second: a cadence of 78 to 240. The stride is looked for from much
#: slower on, since a slow-motion film shows the same movement slowly.
STEP_HZ, STRIDE_HZ = (1.3, 4.0), (0.05, 2.2)
#: Slower changes of height are no bounce: who comes nearer, who stands up.
TREND_STRIDES = 1.5
#: So much of a film's frames must show what a rhythm is taken from.
MIN_SEEN, MIN_SEEN_AHEAD = 0.8, 0.6
#: The rhythm's own frequency holds at least this share of all that goes up and down.
MIN_RHYTHM = 0.35
#: An ankle goes so far forwards and back against the hips at least: 0.45 at a jog of 2 m/s. A pedal's goes 0.4, but the hips
#: of who pedals do not bounce.
MIN_WAY = 0.3
#: Two strides; fewer are a step aside.
MIN_CONTACTS = 3
#: In this part of the time from its farthest forwards to its farthest back a foot stands on the ground for sure.
SURE = (0.35, 0.65)
#: A foot has the ground's speed within these shares of the speed at which the ground goes by: at contact for heel or tip,
#: whichever keeps it; at toe-off for the tip, which is drawn away from the ground slowly and so leaves it that much earlier.
#: Set on rendered runs (samples/render/gaits.py, tune).
LANDED, LEFT, LEFT_LATER_S = 0.3, 0.6, 0.041
#: A heel has landed when it goes back at this share of the ground's speed, a tip has left when it goes back at less than
#: this share of it. Set on a rendered walk (samples/render/gaits.py, tune).
HEEL_LANDED, TIP_LEFT = 0.35, 0.75
#: Slower film is filtered so much that a foot hardly keeps the ground's speed in it.
SLOW_HZ, LANDED_IN_SLOW = 48.0, 0.45
#: What exceeds that for a shorter time is the model's.
STUMBLE_S = 0.03
#: A contact that lasts a smaller share of its stride is none.
MIN_DUTY = 0.12
#: A foot is on the ground for less than this share of a stride in a run, and for more in a walk.
RUN_DUTY = 0.5
#: On earth, in leg lengths a second squared, for a leg of 0.85 m; legs of 0.7 to 1.0 m change what is taken from it by 10 %.
GRAVITY = 9.81 / 0.85
#: Who runs lifts the free foot by this much and more over the one that stands.
SWING_LIFT = 0.2
#: At an even pace contacts are alike within some hundredths; one that differs by this share from their median is odd.
ODD = 0.15
#: While it is in this part of a contact a foot is flat.
FLAT = (0.3, 0.5)


@dataclass(frozen=True)
class Contact:
    """One foot on the ground: from initial contact to toe-off, in seconds and as the nearest frames."""

    side: Side
    start_s: float
    end_s: float
    start: int
    middle: int
    end: int
    #: Whether it lasts much longer or shorter than the film's others: then one of its moments is the model's slip.
    odd: bool = False

    @property
    def duration_s(self) -> float:
        """How long the foot is on the ground."""
        return self.end_s - self.start_s

    @property
    def frames(self) -> slice:
        """All of its frames."""
        return slice(self.start, self.end + 1)

    @property
    def flat(self) -> slice:
        """The frames in which the foot is flat on the ground, at least one."""
        first, last = (self.start + round(share * (self.end - self.start)) for share in FLAT)
        return slice(first, last + 1)


@dataclass(frozen=True)
class Gait:
    """A film's rhythm in Hz, each NaN where there is none, and the contacts that it shows whole, in order."""

    #: How often a foot goes forwards and back, and how often the hips go up and down at a pace of people.
    stride_hz: float
    step_hz: float
    contacts: tuple[Contact, ...]
    #: How fast the ground goes by under the hips, in leg lengths a second.
    speed: float
    #: Whether it is a run: over a foot on the ground the hips are lowest, as on a spring; in a walk they go over it highest.
    springs: bool = False
    #: Of a walk seen from the side: the contacts of the far leg, whose foot is in sight when it lands and leaves.
    far: tuple[Contact, ...] = ()

    @property
    def double_support(self) -> float:
        """The usual share of a stride that both feet are on the ground. NaN where not seen of both, and in a run."""
        near, far = (np.array([one.duration_s for one in leg if not one.odd]) for leg in (self.contacts, self.far))
        return (
            float((np.median(near) + np.median(far)) * self.stride_hz - 1.0) if len(near) and len(far) else float("nan")
        )

    @property
    def right_step(self) -> float:
        """The usual share of a stride from where the left foot lands to where the right one does. NaN where not seen."""
        landed_s = {
            side: np.array([one.start_s for one in (*self.contacts, *self.far) if one.side == side]) for side in SIDES
        }
        left_s, right_s = landed_s["left"], landed_s["right"]
        shares = []
        for start_s, end_s in pairwise(left_s):
            between = right_s[(right_s > start_s) & (right_s < end_s)]
            if len(between) == 1 and (end_s - start_s) * self.stride_hz < 1.0 + ODD:
                shares.append(float(between[0] - start_s) / float(end_s - start_s))
        return float(np.median(shares)) if shares else float("nan")

    @property
    def duty(self) -> float:
        """The usual share of a stride that one foot is on the ground: under a half in a run. NaN where not known."""
        shares = [one.duration_s * self.stride_hz for one in self.contacts]
        return float(np.median(shares)) if shares else float("nan")


def forwards(body: Body) -> float:
    """The sign of forwards in the picture of somebody seen from the side: filmed from the left, one faces its left."""
    return -1.0 if body.facing == "left" else 1.0


def in_picture(body: Body, name: str) -> Places:
    """A landmark forwards and up in the picture, at one scale throughout."""
    place: Places = (body.picture * body.scale[:, None, None])[:, index([name])[0]] * [forwards(body), 1.0]
    return place


def mid_hip(body: Body) -> Places:
    """The hips' middle, likewise."""
    return (in_picture(body, "left_hip") + in_picture(body, "right_hip")) / 2


def gait_of(body: Body) -> Gait:
    """How somebody runs or walks: from the side by the near leg's contacts, from front or behind by the steps of both."""
    none = Gait(float("nan"), float("nan"), (), float("nan"))
    if len(body.time_s) < 10:
        return none
    if body.facing not in SIDES:
        return _from_ahead(body) or none
    side: Side = body.facing
    hips, ankle = mid_hip(body), in_picture(body, f"{side}_ankle")
    stride_hz = rhythm_hz(ankle[:, 0] - hips[:, 0], body.time_s, STRIDE_HZ)
    if not np.isfinite(stride_hz):
        return none
    step_hz = rhythm_hz(hips[:, 1], body.time_s, STEP_HZ, trend_s=TREND_STRIDES / stride_hz)
    spans = _spans(ankle[:, 0] - hips[:, 0], body.rate_hz / stride_hz)
    if not spans:
        return Gait(stride_hz, step_hz, (), float("nan"))
    springs = _springs(hips[:, 1], spans, body.rate_hz / stride_hz)
    if springs:
        contacts, speed = _run_contacts(body, side, spans)
        return Gait(stride_hz, step_hz, _long_enough(contacts, stride_hz), speed, springs)
    contacts, speed = _walk_contacts(body, side, spans)
    other = in_picture(body, f"{OTHER[side]}_ankle")[:, 0] - hips[:, 0]
    far_spans = _spans(other, body.rate_hz / stride_hz)
    far, _ = _walk_contacts(body, OTHER[side], far_spans) if far_spans else ([], speed)
    both = (_long_enough(one, stride_hz) for one in (contacts, far))
    return Gait(stride_hz, step_hz, next(both), speed, springs, next(both))


def rhythm_hz(
    values: Numbers,
    time_s: Numbers,
    within: tuple[float, float],
    trend_s: float | None = None,
    *,
    seen: float = MIN_SEEN,
) -> float:
    """The frequency at which values go up and down most, NaN where they are seldom known or no frequency stands out."""
    if len(values) < 10 or np.isfinite(values).mean() < seen:
        return float("nan")
    rate_hz = (len(values) - 1) / float(time_s[-1] - time_s[0])
    even = np.interp(np.linspace(time_s[0], time_s[-1], len(values)), time_s, interpolate(values))
    width = round(trend_s * rate_hz) if trend_s else 0
    even = even - (
        scipy.ndimage.uniform_filter1d(even, width, mode="nearest") if 1 < width < len(even) else even.mean()
    )
    padded = 8 * len(even)
    power = np.abs(np.fft.rfft(even * np.hanning(len(even)), padded)) ** 2
    hz = np.fft.rfftfreq(padded, 1 / rate_hz)
    wanted = np.flatnonzero((hz >= within[0]) & (hz <= min(within[1], 0.45 * rate_hz)))
    if len(wanted) < 3:
        return float("nan")
    top = int(wanted[np.argmax(power[wanted])])
    # A Hann window spreads a frequency over two of the film's own to either side.
    lobe = np.abs(hz - hz[top]) <= 2 * rate_hz / len(even)
    if top in (wanted[0], wanted[-1]) or power[lobe].sum() < MIN_RHYTHM * power.sum():
        return float("nan")
    before, at, after = np.log(power[top - 1 : top + 2])
    return float(hz[top] + (hz[1] - hz[0]) * 0.5 * (before - after) / (before - 2 * at + after))


def _from_ahead(body: Body) -> Gait | None:
    """The rhythm that front or back show, and a step of one leg in the middle of each stance; None without a rhythm.

    When a foot lands is not seen from there. In a run a leg stands where the hips are lowest, and a step goes from their top
    to their next one; in a walk it stands where they are highest, and a step goes from low to low.
    """
    height = mid_hip(body)[:, 1]
    higher = in_picture(body, "left_ankle")[:, 1] - in_picture(body, "right_ankle")[:, 1]
    # A foot held up behind hides from the front, and its leg from behind.
    stride_hz = rhythm_hz(higher, body.time_s, STRIDE_HZ, seen=MIN_SEEN_AHEAD)
    if not np.isfinite(stride_hz):
        return None
    step_hz = rhythm_hz(height, body.time_s, STEP_HZ, trend_s=TREND_STRIDES / stride_hz)
    stride = body.rate_hz / stride_hz
    level = interpolate(height) - scipy.ndimage.uniform_filter1d(
        interpolate(height), max(2, round(stride)), mode="nearest"
    )
    tops, lows = (scipy.signal.find_peaks(way, distance=max(1.0, 0.3 * stride))[0] for way in (level, -level))
    springs = _median_apart(higher, lows) > max(_median_apart(higher, tops), SWING_LIFT)
    middles, ends = (lows, tops) if springs else (tops, lows)
    found = []
    for middle, higher_by in zip(middles, _alternating(higher[middles], middles, stride), strict=True):
        before, after = ends[ends < middle], ends[ends > middle]
        if len(before) and len(after) and after[0] - before[-1] < 0.8 * stride and np.isfinite(higher_by):
            side: Side = "right" if higher_by > 0 else "left"
            start, end = int(before[-1]), int(after[0])
            found.append(Contact(side, float(body.time_s[start]), float(body.time_s[end]), start, int(middle), end))
    return Gait(stride_hz, step_hz, tuple(found), float("nan"), springs)


def _median_apart(higher: Numbers, frames: Int[np.ndarray, " moments"]) -> float:
    """By how much one foot is usually over the other at some moments; 0 where that is never seen."""
    apart = np.abs(higher[frames])
    return float(np.nanmedian(apart)) if np.isfinite(apart).any() else 0.0


def _alternating(higher: Numbers, middles: Int[np.ndarray, " moments"], stride: float) -> Numbers:
    """By how much the left foot is over the right one in each step; where one is hidden, by the step beside it."""
    known = higher.copy()
    for order in (range(1, len(known)), range(len(known) - 2, -1, -1)):
        for at in order:
            beside = at - 1 if order.step > 0 else at + 1
            if not np.isfinite(known[at]) and abs(middles[at] - middles[beside]) < 0.75 * stride:
                known[at] = -known[beside]
    return known


def bounce(body: Body) -> float:
    """How far the hips go up and down with a stride, in leg lengths: the median over the film. NaN without a rhythm."""
    stride_hz = gait_of(body).stride_hz
    if not np.isfinite(stride_hz):
        return float("nan")
    height, width = mid_hip(body)[:, 1], round(body.rate_hz / stride_hz)
    whole = [height[start : start + width] for start in range(0, len(height) - width + 1, max(1, width // 2))]
    ranges = [float(np.ptp(one)) for one in whole if np.isfinite(one).all()]
    return float(np.median(ranges)) if ranges else float("nan")


def runs(body: Body, found: Gait) -> bool:
    """Whether it is a run: on springs, and as far as contacts are seen, with both feet in the air in between."""
    return found.springs and (body.facing not in SIDES or found.duty < RUN_DUTY)


def slower(body: Body) -> float | None:
    """How many times slower than in life somebody runs in a film: about 1 where it plays as it was made. None: not told.

    In the air a body falls by g whatever it does, and the hips' middle with it. Their height is taken as one and the same
    bounce with every step, of two harmonics; how it bends at its top says how fast they fall. A walk has no flight, and
    nothing is said of it.
    """
    found = gait_of(body)
    if not runs(body, found):
        return None
    height, turn = mid_hip(body)[:, 1], 2 * np.pi * 2 * found.stride_hz
    phases = [n * turn * body.time_s for n in (1, 2)]
    middle_s = body.time_s - body.time_s.mean()
    waves = [wave(phase) for phase in phases for wave in (np.cos, np.sin)]
    parts = np.column_stack([np.ones_like(middle_s), middle_s, *waves])
    known = np.isfinite(height)
    _, _, *sizes = np.linalg.lstsq(parts[known], height[known], rcond=None)[0]
    around = np.linspace(0.0, 2 * np.pi, 200)
    shape = [
        size * wave(n * around)
        for size, (n, wave) in zip(sizes, [(n, wave) for n in (1, 2) for wave in (np.cos, np.sin)], strict=True)
    ]
    falls = (shape[0] + shape[1] + 4 * (shape[2] + shape[3])) * turn**2
    fall = float(falls[int(np.argmax(np.sum(shape, axis=0)))])
    return float(np.sqrt(GRAVITY / fall)) if fall > 0 else None


def _spans(ahead: Numbers, stride: float) -> list[tuple[int, int]]:
    """From where an ankle is farthest before the hips to where it is farthest behind them, stride by stride, as frames."""
    known = interpolate(ahead)
    apart = max(1.0, 0.6 * stride)
    fore, back = (scipy.signal.find_peaks(way, distance=apart, prominence=MIN_WAY)[0] for way in (known, -known))
    found = []
    for start in fore:
        end = back[back > start]
        if len(end) and end[0] - start < 0.8 * stride and np.isfinite(ahead[start : end[0] + 1]).all():
            found.append((int(start), int(end[0])))
    return found


def _springs(height: Numbers, spans: list[tuple[int, int]], stride: float) -> bool:
    """Whether the hips are lower than on average while the foot goes back under them."""
    width = max(1, round(stride))
    usual = scipy.ndimage.uniform_filter1d(interpolate(height), width, mode="nearest")
    middles = [(start + end) // 2 for start, end in spans]
    return bool(np.nanmedian((height - usual)[middles]) < 0)


def _walk_contacts(body: Body, side: Side, spans: list[tuple[int, int]]) -> tuple[list[Contact], float]:
    """The contact about each span, and the speed at which the ground goes by under the hips.

    Zeni 2008: a foot lands when its heel is farthest before the hips, and leaves when its tip is farthest behind them. Both
    turn some hundredths of a second before and after: from there on or back until heel and tip have the ground's speed.
    """
    time_s, hips = body.time_s, mid_hip(body)
    heel, tip, ankle = (
        np.gradient(in_picture(body, f"{side}_{part}")[:, 0] - hips[:, 0], time_s) for part in ("heel", "toe", "ankle")
    )
    middles = [slice(*(round(start + share * (end - start)) for share in SURE)) for start, end in spans]
    speed = -float(np.nanmedian(np.concatenate([ankle[one] for one in middles])))
    found = []
    for start, end in spans:
        reach = (end - start) // 3
        landed = _falls_s(time_s, heel, (start - reach, start + reach), -HEEL_LANDED * speed)
        # The same backwards in time: a tip that leaves is, seen so, one that lands.
        around = (len(tip) - 1 - end - reach, len(tip) - 1 - end + reach)
        left = -_falls_s(-time_s[::-1], tip[::-1], around, -TIP_LEFT * speed)
        if np.isfinite(landed + left) and left > landed:
            found.append(_contact(side, landed, left, time_s))
    return found, speed


def _falls_s(time_s: Numbers, speeds: Numbers, within: tuple[int, int], limit: float) -> float:
    """When a speed that turns below 0 within some frames falls below a limit after that; NaN where either is not seen."""
    first, last = max(within[0], 0), min(within[1], len(speeds) - 1)
    turns = [at for at in range(first, last) if speeds[at] > 0 >= speeds[at + 1]]
    if not turns:
        return float("nan")
    below = np.flatnonzero(~(speeds[turns[-1] :] > limit))
    at = turns[-1] + int(below[0]) if len(below) else 0
    if not at or not np.isfinite(speeds[at]) or not speeds[at - 1] > limit:
        return float("nan")
    share = (speeds[at - 1] - limit) / (speeds[at - 1] - speeds[at])
    return float(time_s[at - 1] + share * (time_s[at] - time_s[at - 1]))


def _run_contacts(body: Body, side: Side, spans: list[tuple[int, int]]) -> tuple[list[Contact], float]:
    """The contact in each span, and the speed at which the ground goes by."""
    time_s = body.time_s
    heel, tip, hips = in_picture(body, f"{side}_heel"), in_picture(body, f"{side}_toe"), mid_hip(body)
    ankle = in_picture(body, f"{side}_ankle")
    speeds = {name: np.gradient(way, time_s, axis=0) for name, way in (("heel", heel), ("tip", tip), ("ankle", ankle))}
    sure = [slice(*(round(start + share * (end - start)) for share in SURE)) for start, end in spans]
    ground = float(np.nanmedian(np.concatenate([speeds["ankle"][part, 0] for part in sure])))
    speed = float(np.nanmedian(np.gradient(hips[:, 0], time_s))) - ground
    if not speed > 0:
        return [], speed
    heel_off, tip_off = (np.hypot(speeds[name][:, 0] - ground, speeds[name][:, 1]) / speed for name in ("heel", "tip"))
    stands = np.fmin(heel_off, tip_off)
    found = []
    limit = LANDED if body.rate_hz >= SLOW_HZ else LANDED_IN_SLOW
    behind = interpolate((tip - hips)[:, 0])
    for part, (_, end) in zip(sure, spans, strict=True):
        # The tip follows its ankle back, by less than half of the time since contact.
        last = min(end + (end - part.start) // 2, len(time_s) - 1)
        last = part.start + int(np.argmin(behind[part.start : last + 1]))
        landed, left = _landed_s(time_s, stands, part, limit), _left_s(time_s, tip_off, part, last)
        if np.isfinite(landed + left) and left > landed:
            found.append(_contact(side, landed, left, time_s))
    return found, speed


def _landed_s(time_s: Numbers, off: Numbers, sure: slice, limit: float) -> float:
    """When a foot took the ground's speed, going back from where it has it until it is off it for good. NaN unseen."""
    has = np.flatnonzero(off[sure] <= limit)
    if not len(has):
        return float("nan")
    at = sure.start + int(has[0])
    stumble_s = max(STUMBLE_S, 1.5 * float(np.median(np.diff(time_s))))
    while True:
        before = np.flatnonzero((time_s < time_s[at]) & (time_s >= time_s[at] - stumble_s) & (off <= limit))
        if not len(before):
            return _passing_s(time_s, off, at, -1, limit)
        at = int(before[0])


def _left_s(time_s: Numbers, off: Numbers, sure: slice, last: int) -> float:
    """When a tip had the ground's speed for the last time before it is farthest back. NaN unseen."""
    has = np.flatnonzero(off[sure.start : last + 1] <= LEFT)
    return _passing_s(time_s, off, sure.start + int(has[-1]), +1, LEFT) - LEFT_LATER_S if len(has) else float("nan")


def _passing_s(time_s: Numbers, values: Numbers, at: int, step: int, limit: float) -> float:
    """When values pass a limit between a frame and the one beside it; NaN where that is not known or beside the film."""
    beside = at + step
    if not 0 <= beside < len(values) or not values[beside] > limit:
        return float("nan")
    return float(time_s[at] + (limit - values[at]) / (values[beside] - values[at]) * (time_s[beside] - time_s[at]))


def _contact(side: Side, start_s: float, end_s: float, time_s: Float[np.ndarray, " frames"]) -> Contact:
    moments_s = (start_s, (start_s + end_s) / 2, end_s)
    start, middle, end = (int(np.abs(time_s - moment_s).argmin()) for moment_s in moments_s)
    return Contact(side, start_s, end_s, start, middle, end)


def _long_enough(contacts: list[Contact], stride_hz: float) -> tuple[Contact, ...]:
    """The contacts that last long enough, those marked that are unlike the others."""
    kept = [one for one in contacts if one.duration_s * stride_hz >= MIN_DUTY]
    usual_s = float(np.median([one.duration_s for one in kept])) if kept else 0.0
    return tuple(replace(one, odd=abs(one.duration_s - usual_s) > ODD * usual_s) for one in kept)
