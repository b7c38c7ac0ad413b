"""The filming alone: the landmarks of a few pictures of a film in; whether it is fit, and one fix for each fault, out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import numpy as np

from alignment.core import viewpoint
from alignment.core.assessment import Activity
from alignment.core.calibration import Calibration
from alignment.core.camera_motion import camera_path
from alignment.core.cleaning import RATE_PER_CUTOFF, mask_untrusted
from alignment.core.measures import MEASURES, UPRIGHT
from alignment.core.quality import rules
from alignment.core.result import Quality, Reason, Source, Viewpoint, source_of
from alignment.core.settings import Settings
from alignment.core.skeleton import SIDES, Side
from alignment.core.track import Track

SCHEMA = "alignment-filming/2"
#: The order in which faults are told: what costs most and is put right most easily comes first.
_WORST_FIRST = (
    "nobody",
    "too_dark",
    "too_short",
    "camera_moved",
    "side_view",
    "camera_yaw",
    "hips_out",
    "feet_out",
    "low_rate",
    "blurred",
    "seldom_seen",
    "shoulders_out",
    "subject_turned",
    "small_figure",
    "several_people",
    "slow_film",
    "damaged",
    "rate_assumed",
    "rate_varies",
    "plays_slower",
    "roll_unknown",
)
#: What cannot be had without a part, by the fault of its being out of the picture.
_NEEDING = {
    "hips_out": tuple(MEASURES),
    "feet_out": tuple(
        name for name in MEASURES if name not in ("pelvic_obliquity", "trunk_lean", "trunk_lean_forward")
    ),
    "shoulders_out": ("trunk_lean", "weight_right_share", "trunk_lean_forward"),
}
#: Where nobody said what the film shows: every measure, and nothing is taken to stay in place.
_ANY_ACTIVITY = Activity(
    "",
    lambda _body: [],
    measures=tuple(name for name, one in MEASURES.items() if not one.activities),
    stance=viewpoint.STAIRS,
)
#: A leg that is bent sideways or not is seen by these.
_LEG = ("hip", "knee", "ankle")


@dataclass(frozen=True)
class Filming:
    """How a film was made, as far as a few of its pictures tell, and what to change, the worst first.

    `people` is the usual number of people in a picture, `seen_share` the share of pictures with the one who is followed,
    `whole_share` of those the share in which a leg is whole, from hip to toe. `height_share` and `height_px` say how much
    of the picture the person fills; `brightness` is from 0 to 255. What is not known is None.
    """

    source: Source
    model: str
    activity: str | None
    person: int
    people: int
    seen_share: float
    whole_share: dict[Side, float]
    viewpoint: Viewpoint | None
    height_px: float | None
    height_share: float | None
    brightness: float
    sharpness: float
    quality: Quality
    schema: str = SCHEMA

    @property
    def fit(self) -> bool:
        """Whether anything can be measured at all."""
        return self.quality.grade != "unusable"

    def to_json(self, *, indent: int | None = 1) -> str:
        """The verdict as a file's text."""
        content = asdict(self)
        ordered = {"schema": content.pop("schema"), "fit": self.fit, **content}
        return json.dumps(ordered, indent=indent, allow_nan=False, ensure_ascii=False)


def check_filming(
    track: Track,
    activity: Activity | None,
    calibration: Calibration,
    settings: Settings = Settings(),  # noqa: B008 - frozen
) -> Filming:
    """The verdict on the filming from the landmarks of a few pictures of a film, its whole length and its own rate.

    `track` is raw. Without an activity, what all of them need is judged.
    """
    person = settings.person or 1
    asked = activity or _ANY_ACTIVITY
    camera = camera_path(track)
    seen, kept, view = track.seen, mask_untrusted(track), None
    useless = list(rules.useless(track, track.source.duration_s))
    faults = [
        _Fault(rules.reason(code, asked.measures, duration_s=track.source.duration_s), refuses=True) for code in useless
    ]
    faults += _film(track, asked)
    moved = rules.camera_moved(camera, asked.measures)
    faults += _faults(moved, refuse=asked.stance.fixed_part is not None)
    if "nobody" not in useless:
        setup = viewpoint.estimate(camera.steadied(kept), asked.stance, calibration, settings)
        view = viewpoint.viewpoint_of(setup)
        faults += [*_person(track, kept, view, asked, person), *_camera(view, asked)]
    tall_px = track.height_px if seen.any() else None
    return Filming(
        source=source_of(track.source, track.frames),
        model=track.model.variant,
        activity=activity.name if activity else None,
        person=person,
        people=round(float(np.median(track.people))),
        seen_share=round(float(seen.mean()), 3),
        whole_share={side: _share(rules.whole(kept, seen, (*_LEG, "toe"), [side])) for side in SIDES},
        viewpoint=view,
        height_px=None if tall_px is None else round(tall_px, 1),
        height_share=None if tall_px is None else round(min(1.0, tall_px / track.source.height), 3),
        brightness=round(float(np.median(track.brightness)), 1),
        sharpness=round(float(np.median(track.sharpness)), 1),
        quality=_grade(faults),
    )


@dataclass(frozen=True)
class _Fault:
    """A fault, and whether it alone keeps everything from being measured."""

    reason: Reason
    refuses: bool = False


def _faults(*found: Reason | None, refuse: bool = False) -> Iterator[_Fault]:
    return (_Fault(reason, refuse) for reason in found if reason is not None)


def _film(track: Track, asked: Activity) -> Iterator[_Fault]:
    rate_hz = min(track.source.fps, asked.max_fps)
    yield from _faults(rules.low_rate(rate_hz, asked.asked_fps, asked.measures), refuse=True)
    filter_hz = min(asked.cutoff_hz, rate_hz / RATE_PER_CUTOFF)
    slow = rules.slow_film(rate_hz, asked.asked_fps, filter_hz, asked.cutoff_hz)
    yield from _faults(slow, *rules.of_film(track, timed=asked.timed))


def _person(track: Track, kept: Track, view: Viewpoint, asked: Activity, person: int) -> Iterator[_Fault]:
    yield from _faults(
        rules.seldom_seen(track, asked.measures), rules.small_figure(track), rules.several_people(track, person)
    )
    # From the side the far leg hides by itself.
    if view.facing in ("front", "back"):
        shares = rules.hidden_shares(kept, track.seen)
        code = next((code for code, share in shares.items() if share > rules.HIDDEN), None)
        if code:
            legs = [_share(rules.whole(kept, track.seen, _LEG, [side])) for side in SIDES]
            reason = rules.hidden(code, shares[code], asked.among(_NEEDING[code]))
            yield _Fault(reason, refuses=max(legs) < rules.HIDDEN)


def _camera(view: Viewpoint, asked: Activity) -> Iterator[_Fault]:
    frontal = asked.among(rules.FRONTAL)
    refusals = rules.side_view(view, asked.views, frontal), rules.too_far_aside(view, asked.views, frontal)
    # The bend of the near knee can be told from there, too.
    yield from _faults(*refusals, refuse=not set(asked.measures) - set(frontal))
    if not any(refusals):
        yield from _faults(
            rules.somewhat_aside(view, asked.views, asked.among(rules.CORRECTED)),
            rules.subject_turned(view, frontal),
            rules.roll_unknown(view, [name for name in asked.among(UPRIGHT) if name in frontal]),
        )


def _share(known: np.ndarray) -> float:
    return round(float(known.mean()), 3) if len(known) else 0.0


def _grade(faults: Iterable[_Fault]) -> Quality:
    """The grade, as of a result: unusable, usable where some measure is touched, good where none is."""
    ordered = sorted(faults, key=lambda fault: (not fault.refuses, _WORST_FIRST.index(fault.reason.code)))
    reasons = tuple(fault.reason for fault in ordered)
    if any(fault.refuses for fault in ordered):
        return Quality("unusable", reasons)
    return Quality("usable" if any(reason.measures for reason in reasons) else "good", reasons)
