"""Where the camera stood and what turning the picture back changed, in words: viewpoint and cycles in, a sentence out."""

from collections.abc import Iterable

from alignment.result import Cycle, Viewpoint
from alignment.skeleton import SIDES
from alignment.texts import say


def changed_deg(cycles: Iterable[Cycle]) -> float | None:
    """How far the knees' angles in one's own frontal plane are off those in the picture, at most, in degrees.

    At the key moments, over both legs; None where no repetition has both numbers.
    """
    changes = []
    for cycle in cycles:
        at_key = {(value.measure, value.side): value.value for value in cycle.values if value.at == "key"}
        for side in SIDES:
            own, pictured = at_key.get(("fppa", side)), at_key.get(("fppa_image", side))
            if own is not None and pictured is not None:
                changes.append(abs(own - pictured))
    return max(changes, default=None)


def camera_words(view: Viewpoint, changed: float | None = None) -> str:
    """One line such as "Camera 14° to your left; knee angles corrected by up to 9°", with the person's own left and right.

    `changed`: see `changed_deg`. Where the camera stands too far round, the line says that nothing was corrected.
    """
    where = _where(view)
    if view.facing is None:
        return where
    if view.facing in ("left", "right"):
        return say("camera_from_side", where=where).message
    if not view.corrected:
        return say("camera_too_far", where=where).message
    if changed is None:
        return where
    return say("camera_corrected", where=where, changed_deg=changed).message


def _where(view: Viewpoint) -> str:
    if view.facing is None or view.yaw_deg is None:
        return say("camera_unknown").message
    if view.facing in ("left", "right"):
        return say("camera_side", side=say(f"side_{view.facing}").message).message
    aside_deg = round(abs(view.yaw_deg))
    if not aside_deg:
        return say(f"camera_{view.facing}").message
    side = say("side_left" if view.yaw_deg > 0 else "side_right").message
    return say(f"camera_{view.facing}_aside", aside_deg=aside_deg, side=side).message
