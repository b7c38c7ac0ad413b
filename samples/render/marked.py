"""The clips with marks worn at the waist. `tune` and `check` share no body, clothes or camera, nor with the other set's."""

from dataclasses import replace
from typing import Final

from samples.render.camera import Camera
from samples.render.cast import (
    ANNA,
    ATTIC,
    BATH,
    BEN,
    BLACK_SHORTS,
    BLUE_SHORTS,
    BRICK,
    CELLAR,
    CLARA,
    DAVID,
    EMMA,
    FRANK,
    GEORGE,
    GREEN_TROUSERS,
    GREY_TROUSERS,
    GYM,
    HALL,
    HANNAH,
    LIVING,
    PURPLE_LONG,
    RED_JEANS,
    STUDIO,
    WHITE_SHORTS,
    YELLOW_LEGGINGS,
)
from samples.render.clips import Clip
from samples.render.film import Lens
from samples.render.marks import BLUE, GREEN, MAGENTA, HandOver, Marks
from samples.render.motions import Form, Rep

_MOST_BYTES: Final = 340_000
_LENS: Final = Lens(0.6, 1.2)
#: Larger pictures than the other set's: a tag's edge needs 22 pixels.
_WIDE, _HIGH = 720, 1280
_PALE: Final = (238, 238, 232)


def _camera(
    *, facing: str = "front", d: float, v: float, h: float = 0.95, aim: float = 0.86, yaw: float, roll: float = 0.0
) -> Camera:
    return Camera(facing, yaw, roll, d, h, aim, vfov_deg=v, width=_WIDE, height_px=_HIGH)


def _behind(*, d: float, v: float, h: float, aim: float, yaw: float, roll: float = 0.0) -> Camera:
    return _camera(facing="back", d=d, v=v, h=h, aim=aim, yaw=yaw, roll=roll)


# --- ways to move: the pelvis goes through ±12° -----------------------------------------------------------------------


def _squat(*drops_deg: float, arms: str) -> Form:
    return Form(tuple(Rep(0.25, drop_deg=drop) for drop in drops_deg), rep_s=1.8, pause_s=0.4, stance=1.5, arms=arms)


def _one_leg(side: str, depth: float, *drops_deg: float, rep_s: float = 1.7) -> Form:
    reps = tuple(Rep(depth, drop_deg=drop) for drop in drops_deg)
    return Form(
        reps, rep_s=rep_s, pause_s=0.3, stance=1.0, toe_out_deg=6.0, forward_deg=14.0, side=side, arms="crossed", rise_m=0.14
    )  # fmt: skip


def _stairs(side: str, rise_m: float, *drops_deg: float) -> Form:
    reps = tuple(Rep(drop_deg=drop) for drop in drops_deg)
    return Form(reps, side=side, stance=0.9, toe_out_deg=6.0, rise_m=rise_m)


def _ride(cadence_hz: float, *drops_deg: float) -> Form:
    reps = tuple(Rep(inwards_deg=(2, 2), drop_deg=drop) for drop in drops_deg)
    return Form(reps, stance=1.0, toe_out_deg=4.0, cadence_hz=cadence_hz)


_FRONT_SPINES: Final = {"aside_m": 0.11, "height": 0.17}
_BEHIND: Final = {"behind": True, "aside_m": 0.10, "height": 0.24}

_CLIPS: Final = (
    Clip(
        "tags_stairs_t",
        "stairs",
        "tune",
        BEN,
        replace(GREY_TROUSERS, weave="flecks"),
        _behind(d=2.2, v=56, h=1.1, aim=1.1, yaw=-6),
        HALL,
        _stairs("left", 0.165, 12, 4, -5, 9),
        marks=Marks("tags", behind=True),
    ),
    Clip(
        "dots_step_down_t",
        "step_down",
        "tune",
        CLARA,
        replace(BLUE_SHORTS, weave="checks"),
        _camera(d=2.6, v=51, aim=0.9, yaw=10),
        LIVING,
        _one_leg("left", 0.23, 12, -6, 6),
        marks=Marks("dots", colour=GREEN, **_FRONT_SPINES),
    ),
    Clip(
        "beads_squat_t",
        "squat",
        "tune",
        DAVID,
        replace(WHITE_SHORTS, weave="flecks"),
        _camera(d=2.8, v=51, aim=0.96, yaw=-14, roll=2, h=0.8),
        GYM,
        _squat(12, -12, 5, arms="crossed"),
        marks=Marks("beads", colour=_PALE, radius_m=0.009, off_m=0.008, **_FRONT_SPINES),
    ),
    Clip(
        "tags_cycling_t",
        "cycling",
        "tune",
        ANNA,
        replace(GREEN_TROUSERS, weave="checks"),
        _behind(d=2.2, v=54, h=1.15, aim=1.0, yaw=4),
        BRICK,
        _ride(1.1, 3, 12, 6, 9, 1, 5),
        marks=Marks("tags", behind=True),
    ),
    Clip(
        "dots_one_leg_t",
        "single_leg_squat",
        "tune",
        ANNA,
        replace(BLUE_SHORTS, weave="flecks"),
        _camera(d=2.5, v=50, yaw=0, roll=-2),
        BRICK,
        _one_leg("right", 0.14, 10, 5, -8, rep_s=1.6),
        marks=Marks("dots", colour=MAGENTA, radius_m=0.0125, **_FRONT_SPINES),
        hand_over=HandOver("right", 3.9, 5.3),
    ),
    Clip(
        "dots_stairs_c",
        "stairs",
        "check",
        GEORGE,
        replace(RED_JEANS, weave="checks"),
        _behind(d=2.5, v=55, h=1.2, aim=1.15, yaw=7, roll=-1.5),
        CELLAR,
        _stairs("right", 0.155, 5, 12, 8, -4, 10),
        marks=Marks("dots", colour=MAGENTA, radius_m=0.015, **_BEHIND),
    ),
    Clip(
        "tags_one_leg_c",
        "single_leg_squat",
        "check",
        HANNAH,
        replace(BLACK_SHORTS, weave="flecks"),
        _camera(d=2.4, v=54, aim=0.94, yaw=18, h=0.9),
        STUDIO,
        _one_leg("left", 0.14, 12, -7, 5, rep_s=1.6),
        marks=Marks("tags"),
    ),
    Clip(
        "dots_squat_c",
        "squat",
        "check",
        EMMA,
        replace(YELLOW_LEGGINGS, weave="flecks"),
        _camera(d=2.3, v=51, yaw=-5, roll=1),
        BATH,
        _squat(-11, 8, 12, arms="crossed"),
        marks=Marks("dots", colour=BLUE, **_FRONT_SPINES),
        hand_over=HandOver("left", 3.4, 5.0),
    ),
    Clip(
        "dots_cycling_c",
        "cycling",
        "check",
        FRANK,
        replace(PURPLE_LONG, weave="checks"),
        _behind(d=2.4, v=53, h=1.3, aim=1.0, yaw=-9),
        ATTIC,
        _ride(1.3, 8, 2, 12, 5, 10, 4, 7),
        marks=Marks("dots", colour=GREEN, **_BEHIND),
    ),
    Clip(
        "beads_step_down_c",
        "step_down",
        "check",
        GEORGE,
        replace(RED_JEANS, weave="flecks"),
        _camera(d=2.7, v=53, aim=1.0, yaw=-20, h=1.05),
        STUDIO,
        _one_leg("right", 0.23, 4, 12, -8),
        marks=Marks("beads", colour=_PALE, radius_m=0.009, off_m=0.008, **_FRONT_SPINES),
    ),
)

MARKED: Final = {clip.name: replace(clip, lens=_LENS, most_bytes=_MOST_BYTES) for clip in _CLIPS}
