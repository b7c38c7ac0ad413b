"""What may be the matter with a film, one rule for each fault: facts in; the fault with its way out, or None, out.

Whoever applies a rule says which measures it touches; the rule knows when it applies and what is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Bool

from alignment.core.calibration import ELSEWHERE
from alignment.core.camera_motion import CAMERA_MOVED, CameraPath, Motion
from alignment.core.measures import FRONTAL as FRONT_OR_BACK
from alignment.core.measures import MEASURES
from alignment.core.result import Facing, Plain, Reason, Viewpoint
from alignment.core.skeleton import SIDES, Side, of_side
from alignment.core.track import Flags, Track

#: Under this share of frames with the subject, or with its feet or hips, the film does not show it.
SELDOM, HIDDEN = 0.5, 0.3
#: A figure found in less than this share of the frames is the model's error.
HARDLY = 0.1
MIN_DURATION_S, MIN_FRAMES = 1.0, 10
#: Mean luma of 255; a room lit by one lamp has 60.
DARK = 35.0
#: Films in focus have 70 to 1600. At 5 to 10 joints are drawn 1 to 3 % of a leg off, below 4 anywhere.
BLURRED = 10.0
#: Slower film cannot follow a movement. Design, section 3.
MIN_RATE_HZ = 10.0
SMALL_PX = 200.0
#: A camera this near to the front needs no mention.
SQUARE_DEG = 5.0
#: The code of the remark that other limits were used at first.
OTHER_LIMITS = "other_limits"
#: Measures that are turned into the frontal plane.
CORRECTED = ("fppa", "knee_over_toe", "knee_ankle_ratio")
#: Measures that only a film from the front or from behind can give.
FRONTAL = tuple(name for name, measure in MEASURES.items() if measure.views == FRONT_OR_BACK)
#: What may be out of the picture, by the code of the reason, the most needed first.
PARTS: Mapping[str, tuple[str, ...]] = {
    "hips_out": ("hip", "knee"),
    "feet_out": ("ankle", "toe"),
    "shoulders_out": ("shoulder",),
}


def reason(code: str, measures: Iterable[str], **values: Plain | tuple[Plain, ...]) -> Reason:
    """A fault with what is known of it, numbers to a millionth, and the measures that it touches."""
    exact = {name: float(round(one, 6)) if isinstance(one, float) else one for name, one in values.items()}
    return Reason(code, exact, tuple(measures))


def usable_frames(track: Track) -> str | None:
    """Code of the reason why nothing at all can be measured in a film, None where something can."""
    length_s = float(track.time_s[-1] - track.time_s[0]) if track.frames else 0.0
    return next(useless(track, length_s), None)


def useless(track: Track, length_s: float) -> Iterator[str]:
    """Codes of what keeps anything from being measured in a film of this length, of which the track may be a sample."""
    if not track.seen.any() or track.seen.mean() < HARDLY:
        yield "nobody"
    if track.frames < MIN_FRAMES or length_s < MIN_DURATION_S:
        yield "too_short"
    if track.frames and np.median(track.brightness) < DARK:
        yield "too_dark"


def other_limits() -> Reason:
    """The verdicts are by another table of limits than the first analysis'."""
    return reason(OTHER_LIMITS, ())


# --- the film -------------------------------------------------------------------------------------------------------


def of_film(track: Track, *, timed: bool = False) -> Iterator[Reason]:
    """A part is missing; it holds no times, uneven ones or others than life's; most pictures are out of focus or smeared.

    Or there was no film, but another program's landmarks. Uneven times matter where something `timed` is told.
    """
    if track.model.variant == ELSEWHERE:
        yield reason("other_program", (), program=track.model.engine)
    if track.source.damaged:
        yield reason("damaged", ())
    if track.source.rate_assumed:
        yield reason("rate_assumed", (), rate_hz=round(track.source.fps, 2))
    if track.source.slower != 1.0:
        yield reason("plays_slower", (), slower=track.source.slower, rate_hz=track.source.fps)
    if track.source.rate_varies and timed:
        yield reason("rate_varies", (), rate_hz=track.source.fps)
    if track.frames and np.median(track.sharpness) < BLURRED:
        yield reason("blurred", ())


def low_rate(rate_hz: float, wanted_hz: float, measures: Iterable[str]) -> Reason | None:
    """Too few pictures a second to follow a movement."""
    return reason("low_rate", measures, rate_hz=rate_hz, wanted_hz=wanted_hz) if rate_hz < MIN_RATE_HZ else None


def slow_film(rate_hz: float, wanted_hz: float, filter_hz: float | None, cutoff_hz: float) -> Reason | None:
    """Enough pictures a second to follow a movement, but not its quick changes: a lower cut-off than the activity's."""
    if rate_hz < MIN_RATE_HZ or not filter_hz or filter_hz >= cutoff_hz:
        return None
    return reason("slow_film", (), rate_hz=rate_hz, filter_hz=filter_hz, wanted_hz=wanted_hz)


# --- the person -----------------------------------------------------------------------------------------------------


def seldom_seen(track: Track, measures: Iterable[str]) -> Reason | None:
    """Not there, or not found, for most of the film."""
    share = float(track.seen.mean())
    return reason("seldom_seen", measures, percent=100 * share) if share < SELDOM else None


def small_figure(track: Track) -> Reason | None:
    """Far away, or in a film of few pixels."""
    return reason("small_figure", (), height_px=track.height_px) if track.height_px < SMALL_PX else None


def several_people(track: Track, person: int) -> Reason | None:
    """Somebody else is there, too, most of the time."""
    return reason("several_people", (), person=person) if np.median(track.people) > 1 else None


def whole(track: Track, seen: Flags, parts: Sequence[str], sides: Sequence[Side] = SIDES) -> Bool[np.ndarray, " seen"]:
    """In which of the frames with the subject all of these parts of these sides are known in a cleaned track."""
    needed = [landmark for side in sides for landmark in of_side(side, *parts)]
    known: np.ndarray = np.isfinite(track.pixels[seen][:, needed, 0]).all(axis=1)
    return known


def hidden_shares(track: Track, seen: Flags, sides: Sequence[Side] = SIDES) -> dict[str, float]:
    """For each code of `PARTS`, the share of the frames with the subject in which a part is not seen on one of the sides."""
    return {code: float(1.0 - whole(track, seen, parts, sides).mean()) for code, parts in PARTS.items()}


def hidden(code: str, share: float, measures: Iterable[str]) -> Reason:
    """A part is out of the picture, or something is in front of it."""
    return reason(code, measures, percent=max(1.0, 100 * share))


# --- the camera -----------------------------------------------------------------------------------------------------


def camera_moved(camera: CameraPath, measures: Iterable[str]) -> Reason | None:
    """It was turned or carried farther than can be taken out."""
    return reason(CAMERA_MOVED, measures) if camera.motion is Motion.MOVED else None


def side_view(view: Viewpoint, views: Sequence[Facing], measures: Iterable[str]) -> Reason | None:
    """From the side, where that is not how the movement is filmed."""
    if view.facing not in ("left", "right") or view.facing in views:
        return None
    return reason("side_view", measures, side=view.facing, views=tuple(views))


def too_far_aside(view: Viewpoint, views: Sequence[Facing], measures: Iterable[str]) -> Reason | None:
    """Further round than the picture can be turned back."""
    if view.corrected or view.facing not in ("front", "back"):
        return None
    return _yaw(view, views, measures)


def somewhat_aside(
    view: Viewpoint, views: Sequence[Facing], measures: Iterable[str], most_deg: float | None = None
) -> Reason | None:
    """Noticeably aside, and turned back; `most_deg` says how much that changed at most, where it is known."""
    if not view.corrected or abs(view.yaw_deg or 0.0) < SQUARE_DEG:
        return None
    return _yaw(view, views, measures, most_deg=most_deg)


def _yaw(view: Viewpoint, views: Sequence[Facing], measures: Iterable[str], **more: float | None) -> Reason:
    return reason("camera_yaw", measures, yaw_deg=view.yaw_deg or 0.0, views=tuple(views), **more)


def subject_turned(view: Viewpoint, measures: Iterable[str]) -> Reason | None:
    """The person did not keep facing the same way."""
    return reason("subject_turned", measures) if view.yaw_varies else None


def roll_unknown(view: Viewpoint, measures: Sequence[str]) -> Reason | None:
    """No vertical was given, and something needs one."""
    if view.roll_given or not measures:
        return None
    return reason("roll_unknown", measures, roll_se_deg=view.roll_se_deg)
