"""The clips of runs and walks. `tune` and `check` share no body, clothes or camera. Rendered on demand, not kept here."""

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
    DAVID,
    EMMA,
    GEORGE,
    GYM,
    HALL,
    HANNAH,
    PURPLE_LONG,
    RED_JEANS,
    STUDIO,
    WHITE_SHORTS,
    YELLOW_LEGGINGS,
)
from samples.render.clips import Clip
from samples.render.motions import Form, Gait

#: Small pictures: at 120 a second there are many.
_WIDE, _HIGH = 432, 480
_MOST_BYTES: Final = 2_500_000


def _side(facing: str, *, d: float, v: float, h: float = 0.9, yaw: float = 0.0, wide: int = _WIDE) -> Camera:
    return Camera(facing, yaw, 0.0, d, h, 0.92, vfov_deg=v, width=wide, height_px=_HIGH)


def _run(**how: object) -> Form:
    return Form((), gait=Gait(**how))  # type: ignore[arg-type]


_CLIPS: Final = (
    Clip(
        "run_left_120_t",
        "running",
        "tune",
        ANNA,
        BLUE_SHORTS,
        _side("left", d=4.0, v=30),
        GYM,
        _run(cadence=166, contact_s=0.245, foot_deg=(14.0, 12.0), ahead=0.22),
        fps=120,
    ),
    Clip(
        "run_right_120_t",
        "running",
        "tune",
        BEN,
        WHITE_SHORTS,
        _side("right", d=3.6, v=34, h=1.0, yaw=4),
        HALL,
        _run(cadence=176, contact_s=0.225, foot_deg=(-8.0, -9.0), ahead=0.14, second_peak=0.03),
        fps=120,
    ),
    Clip(
        "run_left_60_t",
        "running",
        "tune",
        DAVID,
        WHITE_SHORTS,
        _side("left", d=4.2, v=30, yaw=-5),
        BRICK,
        _run(cadence=158, contact_s=0.265, foot_deg=(2.0, 3.0), ahead=0.2, lift=0.26),
        fps=60,
    ),
    Clip(
        "run_right_120_c",
        "running",
        "check",
        EMMA,
        BLACK_SHORTS,
        _side("right", d=4.3, v=29),
        STUDIO,
        _run(cadence=171, contact_s=0.235, foot_deg=(15.0, 13.0), ahead=0.21),
        fps=120,
    ),
    Clip(
        "run_left_120_c",
        "running",
        "check",
        GEORGE,
        RED_JEANS,
        _side("left", d=3.8, v=32, h=0.8, yaw=5),
        BATH,
        _run(cadence=181, contact_s=0.21, foot_deg=(-10.0, -8.0), ahead=0.12, second_peak=0.02, length_s=5.0),
        fps=120,
    ),
    Clip(
        "run_right_60_c",
        "running",
        "check",
        HANNAH,
        YELLOW_LEGGINGS,
        _side("right", d=4.0, v=30, yaw=-6),
        CELLAR,
        _run(cadence=162, contact_s=0.255, foot_deg=(11.0, 12.0), ahead=0.23, lift=0.26),
        fps=60,
    ),
    Clip(
        "run_left_240_c",
        "running",
        "check",
        EMMA,
        PURPLE_LONG,
        _side("left", d=4.1, v=30, yaw=3),
        ATTIC,
        _run(cadence=174, contact_s=0.23, foot_deg=(3.0, 4.0), ahead=0.16, length_s=3.0),
        fps=240,
    ),
    Clip(
        "run_behind_60_t",
        "running",
        "tune",
        ANNA,
        BLUE_SHORTS,
        Camera("back", 3.0, 0.0, 4.0, 0.9, 0.92, vfov_deg=30, width=320, height_px=_HIGH),
        GYM,
        _run(cadence=166, contact_s=0.245, aside=0.04, drop_deg=5.0, lean_deg=3.0, inwards_deg=(6.0, 1.0)),
        fps=60,
    ),
    Clip(
        "run_behind_60_c",
        "running",
        "check",
        HANNAH,
        YELLOW_LEGGINGS,
        Camera("back", -4.0, 0.0, 3.8, 1.0, 0.92, vfov_deg=32, width=320, height_px=_HIGH),
        STUDIO,
        _run(cadence=172, contact_s=0.235, aside=0.0, drop_deg=6.0, lean_deg=2.0, inwards_deg=(1.0, 7.0)),
        fps=60,
    ),
    Clip(
        "walk_left_60_t",
        "walking",
        "tune",
        BEN,
        BLUE_SHORTS,
        _side("left", d=4.0, v=30),
        HALL,
        _run(
            cadence=112,
            contact_s=0.66,
            foot_deg=(18.0, 18.0),
            ahead=0.3,
            speed=1.05,
            lift=0.06,
            lean_deg=1.0,
            forward_deg=3.0,
            aside=0.1,
        ),
        fps=60,
    ),
    Clip(
        "walk_right_60_c",
        "walking",
        "check",
        EMMA,
        BLACK_SHORTS,
        _side("right", d=4.2, v=29, yaw=4),
        CELLAR,
        _run(
            cadence=106,
            contact_s=0.71,
            foot_deg=(17.0, 17.0),
            ahead=0.3,
            speed=1.0,
            lift=0.06,
            lean_deg=1.0,
            forward_deg=3.0,
            aside=0.1,
        ),
        fps=60,
    ),
)
GAITS: Final = {clip.name: replace(clip, most_bytes=_MOST_BYTES) for clip in _CLIPS}
