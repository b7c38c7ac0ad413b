"""What may be the matter with a film, one rule for each fault: facts in; the fault with its way out, or None, out.

Whoever applies a rule says which measures it touches; the rule knows when it applies and what is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Bool, Float

from alignment.measures import ANYWHERE, MEASURES
from alignment.result import Facing, Reason, Viewpoint
from alignment.skeleton import SIDES, Side, of_side
from alignment.texts import say
from alignment.track import SourceFacts, Track

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
FRONTAL = tuple(name for name, measure in MEASURES.items() if measure.views != ANYWHERE)
#: What may be out of the picture, by the code of the reason, the most needed first.
PARTS: Mapping[str, tuple[str, ...]] = {
    "hips_out": ("hip", "knee"),
    "feet_out": ("ankle", "toe"),
    "shoulders_out": ("shoulder",),
}


def reason(code: str, measures: Iterable[str], text: str | None = None, **values: object) -> Reason:
    """A fault in words: the code, or another text for it, with its gaps filled."""
    words = say(f"quality_{text or code}", **values)
    return Reason(code, words.message, words.remedy, tuple(measures))


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


def damaged(source: SourceFacts) -> Reason | None:
    """A part of the film is missing."""
    return reason("damaged", ()) if source.damaged else None


def rate_assumed(source: SourceFacts) -> Reason | None:
    """The film holds no times."""
    return reason("rate_assumed", (), rate_hz=round(source.fps, 2)) if source.rate_assumed else None


def low_rate(rate_hz: float, wanted_hz: float, measures: Iterable[str]) -> Reason | None:
    """Too few pictures a second to follow a movement."""
    return reason("low_rate", measures, rate_hz=rate_hz, wanted_hz=wanted_hz) if rate_hz < MIN_RATE_HZ else None


def slow_film(rate_hz: float, wanted_hz: float, filter_hz: float | None, cutoff_hz: float) -> Reason | None:
    """Enough pictures a second to follow a movement, but not its quick changes: a lower cut-off than the activity's."""
    if rate_hz < MIN_RATE_HZ or not filter_hz or filter_hz >= cutoff_hz:
        return None
    return reason("slow_film", (), rate_hz=rate_hz, filter_hz=filter_hz, wanted_hz=wanted_hz)


def blurred(sharpness: Float[np.ndarray, " frames"]) -> Reason | None:
    """Out of focus, or smeared by movement, in most of the pictures."""
    return reason("blurred", ()) if len(sharpness) and np.median(sharpness) < BLURRED else None


# --- the person -----------------------------------------------------------------------------------------------------


def seldom_seen(track: Track, measures: Iterable[str]) -> Reason | None:
    """Not there, or not found, for most of the film."""
    share = float(track.seen.mean())
    return reason("seldom_seen", measures, percent=100 * share) if share < SELDOM else None


def height_px(track: Track) -> float:
    """The person's usual height in pixels, by the landmarks that were found, inside the picture or guessed beside it."""
    y = track.pixels[track.seen, :, 1]
    return float(np.median(np.nanmax(y, axis=1) - np.nanmin(y, axis=1)))


def small_figure(track: Track) -> Reason | None:
    """Far away, or in a film of few pixels."""
    tall_px = height_px(track)
    return reason("small_figure", (), height_px=tall_px) if tall_px < SMALL_PX else None


def several_people(track: Track, person: int) -> Reason | None:
    """Somebody else is there, too, most of the time."""
    return reason("several_people", (), person=person) if np.median(track.people) > 1 else None


def whole(
    track: Track, seen: Bool[np.ndarray, " frames"], parts: Sequence[str], sides: Sequence[Side] = SIDES
) -> Bool[np.ndarray, " seen"]:
    """In which of the frames with the subject all of these parts of these sides are known in a cleaned track."""
    needed = [landmark for side in sides for landmark in of_side(side, *parts)]
    known: np.ndarray = np.isfinite(track.pixels[seen][:, needed, 0]).all(axis=1)
    return known


def hidden_share(track: Track, seen: Bool[np.ndarray, " frames"], code: str) -> float:
    """Share of the frames with the subject in which one of a fault's parts is not seen on one side or the other."""
    return float(1.0 - whole(track, seen, PARTS[code]).mean())


def hidden(code: str, share: float, measures: Iterable[str]) -> Reason:
    """A part is out of the picture, or something is in front of it."""
    return reason(code, measures, percent=max(1.0, 100 * share))


# --- the camera -----------------------------------------------------------------------------------------------------


def aside(view: Viewpoint) -> str:
    """To which of the person's own sides the camera stood, in a word."""
    return say("side_left" if (view.yaw_deg or 0.0) > 0 else "side_right").message


def place(views: Sequence[Facing]) -> str:
    """Where to film from, in a sentence."""
    return say("place_either" if len(views) > 1 else f"place_{views[0]}").message


def side_view(view: Viewpoint, views: Sequence[Facing], measures: Iterable[str]) -> Reason | None:
    """From the side."""
    if view.facing not in ("left", "right"):
        return None
    return reason("side_view", measures, side=say(f"side_{view.facing}").message, place=place(views))


def too_far_aside(view: Viewpoint, views: Sequence[Facing], measures: Iterable[str]) -> Reason | None:
    """Further round than the picture can be turned back."""
    if view.corrected or view.facing not in ("front", "back"):
        return None
    return _yaw(view, views, measures, "camera_yaw")


def somewhat_aside(
    view: Viewpoint, views: Sequence[Facing], measures: Iterable[str], most_deg: float | None = None
) -> Reason | None:
    """Noticeably aside, and turned back; `most_deg` says how much that changed at most, where it is known."""
    if not view.corrected or abs(view.yaw_deg or 0.0) < SQUARE_DEG:
        return None
    if most_deg is None:
        return _yaw(view, views, measures, "camera_yaw")
    return _yaw(view, views, measures, "camera_yaw_corrected", most_deg=most_deg)


def _yaw(view: Viewpoint, views: Sequence[Facing], measures: Iterable[str], text: str, **more: float) -> Reason:
    yaw_deg = abs(view.yaw_deg or 0.0)
    return reason("camera_yaw", measures, text, yaw_deg=yaw_deg, side=aside(view), place=place(views), **more)


def subject_turned(view: Viewpoint, measures: Iterable[str]) -> Reason | None:
    """The person did not keep facing the same way."""
    return reason("subject_turned", measures) if view.yaw_varies else None


def roll_unknown(view: Viewpoint, measures: Sequence[str]) -> Reason | None:
    """No vertical was given, and something needs one."""
    if view.roll_given or not measures:
        return None
    return reason("roll_unknown", measures, roll_se_deg=view.roll_se_deg)
