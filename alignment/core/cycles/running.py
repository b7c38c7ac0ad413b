"""The body over time in; the steps of a run or a walk out: from the side one stance of the near leg each, else of both."""

from dataclasses import replace

import numpy as np

from alignment.core import gait
from alignment.core.cycles.cut import MAX_UNSEEN, Cut, unseen_share, with_first
from alignment.core.measures.gait import plays_in_real_time
from alignment.core.skeleton import SIDES
from alignment.core.viewpoint import Body

#: What is taken at initial contact and not in the middle of a stance.
AT_CONTACT = ("foot_angle_contact", "overstride", "heel_ahead", "tibia_contact", "knee_flexion_contact")
#: Who runs goes up and down by this much, and no less than two strides long; whose foot goes round on a pedal does not.
MIN_BOUNCE = 0.015
MIN_CONTACTS = 3
#: From front and back nothing but its pace tells a run from stairs.
MIN_RUN_HZ = 2.2
#: On a belt a foot that stands goes away from a camera in front, and towards one behind: in the picture so far up or down,
#: in this part of a step, before its heel rises. On the spot it does not.
MIN_BACK, FLAT = 0.015, (0.2, 0.6)
#: From one contact to the next a foot lands within this height of where it landed: on stairs it does not.
LEVEL = 0.08


def run_steps(body: Body) -> list[Cut]:
    """Stances of a run: from initial contact to toe-off; key: the middle. A walk and slow motion do not count."""
    found = gait.gait_of(body)
    slow = not plays_in_real_time(body)
    return _steps(body, (("slow_motion", slow), ("never_in_the_air", not gait.runs(body, found))))


def walk_steps(body: Body) -> list[Cut]:
    """Stances of a walk: from heel strike to toe-off; key: the middle. A run does not count."""
    return _steps(body, (("in_the_air", gait.gait_of(body).springs),))


def _steps(body: Body, refusals: tuple[tuple[str, bool], ...]) -> list[Cut]:
    found = gait.gait_of(body)
    if (
        len(found.contacts) < MIN_CONTACTS
        or not gait.bounce(body) >= MIN_BOUNCE
        or not _goes_on_the_spot_or_by(body, found)
    ):
        return []
    return [_step(body, one, refusals) for one in found.contacts]


def _step(body: Body, contact: gait.Contact, refusals: tuple[tuple[str, bool], ...]) -> Cut:
    keys = tuple((name, contact.start) for name in AT_CONTACT)
    cut = Cut("step", contact.side, contact.start, contact.middle, contact.end, own_keys=keys)
    checks = (
        *refusals,
        ("camera_moved", not body.from_one_place),
        ("odd_contact", contact.odd),
        ("not_seen", unseen_share(body, cut.frames, (contact.side,)) > MAX_UNSEEN),
    )
    return replace(with_first(cut, checks), moments_s=(contact.start_s, contact.end_s))


def _goes_on_the_spot_or_by(body: Body, found: gait.Gait) -> bool:
    """Whether a foot lands at one height again and again; from front and back, whether a run has a run's pace.

    Those of a walk keep to one place there, and go back under the body as on a belt.
    """
    if body.facing in SIDES:
        return _on_the_level(body, found)
    if found.springs:
        return found.step_hz >= MIN_RUN_HZ
    return _in_one_place(body, found) and _backwards(body, found) >= MIN_BACK


def _in_one_place(body: Body, found: gait.Gait) -> bool:
    """Whether each foot stands where it stood before, seen from front or back: on stairs and on the way it does not."""
    for side in SIDES:
        places = [gait.in_picture(body, f"{side}_ankle")[one.middle, 1] for one in found.contacts if one.side == side]
        changes = np.abs(np.diff(places))
        if not np.isfinite(changes).any() or not np.nanmedian(changes) < LEVEL / 2:
            return False
    return True


def _backwards(body: Body, found: gait.Gait) -> float:
    """How far up (from in front) or down (from behind) a standing foot goes in the picture while it is flat."""
    ways = []
    for one in found.contacts:
        first, last = (one.start + round(share * (one.end - one.start)) for share in FLAT)
        ankle = gait.in_picture(body, f"{one.side}_ankle")[:, 1]
        ways.append(ankle[last] - ankle[first])
    return float(np.nanmedian(ways)) * (1.0 if body.facing == "front" else -1.0) if np.isfinite(ways).any() else 0.0


def _on_the_level(body: Body, found: gait.Gait) -> bool:
    """Whether a foot lands at one height again and again."""
    heights = []
    for one in found.contacts:
        foot = np.fmin(*(gait.in_picture(body, f"{one.side}_{part}")[one.flat, 1] for part in ("heel", "toe")))
        heights.append(float(np.nanmedian(foot)) if np.isfinite(foot).any() else np.nan)
    changes = np.abs(np.diff(heights))
    return bool(np.nanmedian(changes) < LEVEL) if np.isfinite(changes).any() else False
