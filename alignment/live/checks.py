"""The last seconds before the start in; a list of what must be right to be measured, each met or with what to do, out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from jaxtyping import Float

from alignment.core.assessment import Activity
from alignment.core.cleaning import MIN_VISIBILITY
from alignment.core.result import Verdict
from alignment.core.skeleton import SIDES, index, of_side
from alignment.core.track import Track
from alignment.core.viewpoint import facing_of, yaw_of
from alignment.core.viewpoint.azimuth import heading_of
from alignment.live.recent_poses import last
from alignment.pose.calibration import calibration_of
from alignment.texts import Text, say

#: What is looked at, in the order in which it is told.
CODES: Final = ("body", "facing", "level", "distance", "light")
#: The list tells of this last time, and needs so many pictures of it.
LOOKED_AT_S, FEWEST = 1.0, 5
#: On a slow machine they may be as old as this.
AT_MOST_S: Final = 3.0
#: A part is in the picture if it is in this share of the pictures.
OFTEN: Final = 0.8
#: The direction changes slowly and is told from few mirrored pictures: as far back as this.
FACING_S: Final = 4.0
#: Without mirrored pictures the model's own bias is not known.
FEWEST_MIRRORED: Final = 3
#: Turned further than this the correction for the camera's place costs exactness.
MAX_YAW_DEG: Final = 12.0
#: Feet to shoulders further off the picture's upright than this is seen by eye.
MAX_TILT_DEG: Final = 2.5
#: The figure's height in the picture: a smaller one is coarse, a taller one has no room to move.
MIN_SHARE, MAX_SHARE = 0.42, 0.93
#: Mean brightness; the analysis refuses below 35.
DIM, GLARING = 50.0, 225.0

CheckState = Literal["met", "unmet", "unknown"]
_PARTS: Final = {
    "head": index(["nose"]),
    "shoulders": index(f"{side}_shoulder" for side in SIDES),
    "hips": index(f"{side}_hip" for side in SIDES),
    "knees": index(f"{side}_knee" for side in SIDES),
    "feet": [i for side in SIDES for i in of_side(side, "ankle", "toe")],
}


@dataclass(frozen=True)
class Check:
    """One line of the list: what it is about, whether it is met, and the code and values of the words for it."""

    code: str
    state: CheckState
    text_code: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def mark(self) -> Verdict:
        """The judgement whose symbol stands before the line."""
        return {"met": Verdict.WITHIN, "unmet": Verdict.OUTSIDE, "unknown": Verdict.UNKNOWN}[self.state]

    @property
    def text(self) -> Text:
        """What the line says, and what to do."""
        return Text("") if self.text_code is None else say(self.text_code, **self.values)


def checklist(track: Track, activity: Activity) -> tuple[Check, ...]:
    """All lines for the last seconds of a track, in the order of `CODES`."""
    now = last(track, LOOKED_AT_S)
    if now.frames < FEWEST:
        now = last(track, AT_MOST_S)
    if now.frames < FEWEST:
        return waiting()
    seen = now.pixels[now.seen]
    return (
        _body(now, activity),
        _facing(last(track, FACING_S), activity),
        _level(seen),
        _distance(seen, now.source.height),
        _light(now),
    )


def all_met(checks: tuple[Check, ...]) -> bool:
    """Whether nothing stands in the way."""
    return bool(checks) and all(check.state == "met" for check in checks)


def waiting() -> tuple[Check, ...]:
    """The list before the first pictures."""
    return tuple(_line(code, "unknown", "waiting") for code in CODES)


def _line(code: str, state: CheckState, what: str, **values: object) -> Check:
    return Check(code, state, f"live_{code}_{what}", values)


def _body(now: Track, activity: Activity) -> Check:
    """Head to toes; on a saddle the handlebar hides the hands, and the head may be out of the picture."""
    if now.seen.mean() < OFTEN:
        return _line("body", "unmet", "nobody")
    x, y = now.pixels[..., 0], now.pixels[..., 1]
    with np.errstate(invalid="ignore"):
        inside = (x >= 0) & (x <= now.source.width) & (y >= 0) & (y <= now.source.height)
        seen = inside & (now.visibility >= MIN_VISIBILITY)
    wanted = [part for part in _PARTS if part != "head" or activity.stance.carrier != "saddle"]
    missing = [part for part in wanted if seen[:, _PARTS[part]].all(axis=1).mean() < OFTEN]
    if missing:
        return _line("body", "unmet", "missing", parts=", ".join(say(f"live_part_{part}").message for part in missing))
    return _line("body", "met", "met")


def _facing(now: Track, activity: Activity) -> Check:
    """From where the camera looks, as far as pictures and their mirror images tell (docs/viewpoint.md)."""
    if len(now.mirrored_frames) < FEWEST_MIRRORED or now.seen.mean() < OFTEN:
        return _line("facing", "unknown", "waiting")
    azimuth_deg = heading_of(now, calibration_of(now.model.variant)).azimuth_deg
    facing, yaw_deg = facing_of(azimuth_deg), yaw_of(azimuth_deg)
    if facing not in activity.told_from:
        return _line("facing", "unmet", "aside" if facing in ("left", "right") else "behind")
    if abs(yaw_deg) > MAX_YAW_DEG:
        # A camera on one's left is faced by turning left; seen from behind by turning the other way.
        towards = "left" if (yaw_deg > 0) == (facing == "front") else "right"
        return _line("facing", "unmet", "turned", yaw_deg=abs(yaw_deg), side=say(f"side_{towards}").message)
    return _line("facing", "met", "met", yaw_deg=abs(yaw_deg))


def _level(seen: Float[np.ndarray, "frames landmarks 2"]) -> Check:
    """How far the line from the feet to the shoulders is off the picture's upright; + clockwise.

    A tilted camera and a tilted person look alike: what can be told is whether either is there.
    """
    if len(seen) < FEWEST:
        return _line("level", "unknown", "waiting")
    up = _middle(seen, "shoulder") - _middle(seen, "ankle")
    tilt_deg = float(np.median(np.degrees(np.arctan2(up[:, 0], -up[:, 1]))))
    state: CheckState = "met" if abs(tilt_deg) <= MAX_TILT_DEG else "unmet"
    return _line("level", state, state, tilt_deg=abs(tilt_deg))


def _distance(seen: Float[np.ndarray, "frames landmarks 2"], height_px: int) -> Check:
    if len(seen) < FEWEST:
        return _line("distance", "unknown", "waiting")
    y = seen[..., 1]
    share = float(np.median(y.max(axis=1) - y.min(axis=1))) / height_px
    if share > MAX_SHARE:
        return _line("distance", "unmet", "near")
    if share < MIN_SHARE:
        return _line("distance", "unmet", "far", percent=100 * share)
    return _line("distance", "met", "met")


def _light(now: Track) -> Check:
    brightness = float(np.median(now.brightness))
    if DIM <= brightness <= GLARING:
        return _line("light", "met", "met")
    return _line("light", "unmet", "dim" if brightness < DIM else "glaring")


def _middle(seen: Float[np.ndarray, "frames landmarks 2"], part: str) -> Float[np.ndarray, "frames 2"]:
    return seen[:, index(f"{side}_{part}" for side in SIDES)].mean(axis=1)
