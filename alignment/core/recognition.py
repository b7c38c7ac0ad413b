"""Which movement a film shows: how much of what moves in it the cycles of each movement explain.

Every activity already says what one of its cycles is; here each is asked about the same film. So an activity that is added
takes part by itself. A walk or a run is also told by who gets on from place to place, in which nothing is measured.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from alignment.core import viewpoint
from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import Activity
from alignment.core.calibration import Calibration
from alignment.core.camera_motion import CameraPath, Motion, camera_path
from alignment.core.cleaning import clean
from alignment.core.cycles import level_steps
from alignment.core.result import Recognition
from alignment.core.settings import Settings
from alignment.core.skeleton import SIDES, of_side
from alignment.core.track import Flags, Track
from alignment.core.viewpoint import Body

#: A joint of the legs that is faster than this, in leg lengths a second over a fifth of a second, moves.
MOVING_PER_S, SMOOTHED_S = 0.15, 0.2
#: Cycles leave out the way to them: sitting down, a step into the picture. Where they hold this share of what moves, that
#: is all that can be expected. Rises from a chair hold 0.33 to 0.40.
WHOLE = 0.5
#: A movement that explains this share of the expected is as likely as none of those that are known, and one that explains
#: all of it `exp(SHARPNESS * (1 - NONE))` times as likely. The two clear every film to develop with; the sharpness leaves
#: 2 % for what 75 films without a mistake cannot exclude.
NONE, SHARPNESS = 0.4, 8.0

#: One or two steps or turns come about in any restless film.
FEWEST: Final = {"step": 3, "turn": 3}

#: A leg swings for less than this many times as long as it stands.
SWING = 3.0

#: Who walks or runs towards the camera or away from it, of whom nothing is measured.
LEVEL_GAITS: Final = (
    Activity("walking", partial(level_steps, gait="walking"), measures=(), stance=viewpoint.STAIRS),
    Activity("running", partial(level_steps, gait="running"), measures=(), stance=viewpoint.STAIRS),
)


def recognize(
    track: Track,
    calibration: Calibration,
    settings: Settings,
    *,
    camera: CameraPath | None = None,
    cleaned: Mapping[tuple[float, float], Track] | None = None,
) -> Recognition:
    """What the person most likely does, with its probability; None for none of the known movements.

    `track` is raw. `camera` is its own path; `cleaned` is what cleaning has already made of it, by cut-off and longest gap.
    """
    movements = [*ACTIVITIES.values(), *LEVEL_GAITS]
    camera = camera or camera_path(track)
    clean_tracks = dict(cleaned or {})
    bodies: dict[tuple[object, ...], Body] = {}
    explained: dict[str, Flags] = {}
    for movement in movements:
        filtered = (movement.cutoff_hz, movement.max_gap_s)
        if filtered not in clean_tracks:
            clean_tracks[filtered], _ = clean(track, cutoff_hz=filtered[0], max_gap_s=filtered[1], camera=camera)
        how = (movement.stance, *filtered)
        if how not in bodies:
            bodies[how] = _body(clean_tracks[filtered], movement, calibration, settings, camera)
        frames = _counted_frames(movement, bodies[how])
        explained[movement.name] = explained.get(movement.name, np.zeros_like(frames)) | frames
    _leave_to_who_gets_on(movements, explained)
    moving = _moving(bodies[viewpoint.STAIRS, LEVEL_GAITS[0].cutoff_hz, LEVEL_GAITS[0].max_gap_s])
    most = max(1, int(moving.sum()))
    shares = {name: min(1.0, float((frames & moving).sum()) / most / WHOLE) for name, frames in explained.items()}
    odds: dict[str | None, float] = {name: float(np.exp(SHARPNESS * (one - NONE))) for name, one in shares.items()}
    odds[None] = 1.0
    likeliest = max(odds, key=lambda name: odds[name])
    return Recognition(likeliest, round(odds[likeliest] / sum(odds.values()), 3))


def _body(cleaned: Track, movement: Activity, calibration: Calibration, settings: Settings, camera: CameraPath) -> Body:
    steady = camera.steadied(cleaned)
    setup = viewpoint.estimate(steady, movement.stance, calibration, settings, roll_varies_deg=camera.roll_varies_deg)
    return replace(viewpoint.reconstruct(steady, setup), from_one_place=camera.motion is not Motion.MOVED)


def _counted_frames(movement: Activity, body: Body) -> Flags:
    """The frames of the cycles that count; none where there are too few to be more than chance."""
    frames = np.zeros(len(body.time_s), dtype=bool)
    counted = [cut for cut in movement.cut(body) if not cut.rejected]
    for cut in counted:
        if len(counted) >= FEWEST.get(cut.kind, 1):
            frames[cut.frames] = True
    if set(movement.views).isdisjoint(SIDES):
        return frames
    # What is filmed from the side shows the near leg's half of the movement; the other half is the other leg's.
    for before, after in pairwise(counted):
        soon = after.start - before.end < SWING * (before.end - before.start)
        if frames[before.start] and before.side == after.side and soon:
            frames[before.start : after.start] = True
    return frames


def _leave_to_who_gets_on(movements: Iterable[Activity], explained: dict[str, Flags]) -> None:
    """Frames in which somebody gets on from place to place are none of a movement that stays at one."""
    on_the_way = [one.name for one in movements if one.stance.fixed_part is None]
    travelled = np.any([explained[name] for name in on_the_way], axis=0)
    for movement in movements:
        if movement.name not in on_the_way:
            explained[movement.name] = explained[movement.name] & ~travelled


def _moving(body: Body) -> Flags:
    """In which frames a hip, knee or ankle moves in the picture."""
    legs = [landmark for side in SIDES for landmark in of_side(side, "hip", "knee", "ankle")]
    places = (body.picture * body.scale[:, None, None])[:, legs]
    if len(places) < 2:
        return np.zeros(len(places), dtype=bool)
    speed = np.linalg.norm(np.gradient(places, body.time_s, axis=0), axis=2)
    known = np.isfinite(speed)
    window = np.ones(min(len(places), max(1, round(SMOOTHED_S * body.rate_hz))))
    smooth = [
        np.convolve(np.where(seen, one, 0.0), window, "same") / np.maximum(np.convolve(seen, window, "same"), 1.0)
        for one, seen in zip(speed.T, known.T, strict=True)
    ]
    return (known & (np.transpose(smooth) > MOVING_PER_S)).any(axis=1)
