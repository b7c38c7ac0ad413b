"""The clips of runs and walks. `tune` and `check` share no body, clothes or room. Rendered on demand, not kept here."""

from dataclasses import replace
from typing import Final

from samples.render.body import Body, Outfit
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
    FRANK,
    GEORGE,
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
from samples.render.motions import Form, Gait
from samples.render.room import Room

_MOST_BYTES: Final = 2_500_000
_HIGH: Final = 480
#: Who is filmed where, in what: ANNA, BEN and DAVID to tune with, the others to check on.
_Scene = tuple[Body, Outfit, Room]
_ANNA: Final[_Scene] = (ANNA, BLUE_SHORTS, GYM)
_BEN: Final[_Scene] = (BEN, WHITE_SHORTS, HALL)
_DAVID: Final[_Scene] = (DAVID, WHITE_SHORTS, BRICK)
_EMMA: Final[_Scene] = (EMMA, BLACK_SHORTS, STUDIO)
_EMMA_LONG: Final[_Scene] = (EMMA, PURPLE_LONG, ATTIC)
_FRANK: Final[_Scene] = (FRANK, PURPLE_LONG, STUDIO)
_GEORGE: Final[_Scene] = (GEORGE, RED_JEANS, BATH)
_HANNAH_STUDIO: Final[_Scene] = (HANNAH, YELLOW_LEGGINGS, STUDIO)
_BEN_BLUE: Final[_Scene] = (BEN, BLUE_SHORTS, HALL)
_EMMA_CELLAR: Final[_Scene] = (EMMA, BLACK_SHORTS, CELLAR)
_HANNAH: Final[_Scene] = (HANNAH, YELLOW_LEGGINGS, CELLAR)
#: How these walk, where nothing else is said.
_WALK: Final = {
    "ahead": 0.3,
    "speed": 1.0,
    "lift": 0.06,
    "lean_deg": 1.0,
    "forward_deg": 3.0,
    "aside": 0.1,
}


def _camera(
    facing: str, d: float, v: float, h: float = 0.9, yaw: float = 0.0, wide: int | None = None, roll: float = 0.0
) -> Camera:
    wide = wide or (432 if facing in ("left", "right") else 320)
    return Camera(facing, yaw, roll, d, h, 0.92, vfov_deg=v, width=wide, height_px=_HIGH)


def _clip(
    name: str,
    scene: _Scene,
    camera: Camera,
    fps: int,
    cadence: float,
    contact_s: float,
    foot_deg: tuple[float, float] = (12.0, 12.0),
    *,
    plays_fps: int | None = None,
    **how: object,
) -> Clip:
    """A clip whose name says what is done and, by its end, what it is for."""
    body, outfit, room = scene
    walks = name.startswith("walk")
    how = {"cadence": cadence, "contact_s": contact_s, "foot_deg": foot_deg, **(_WALK if walks else {}), **how}
    return Clip(
        name,
        "walking" if walks else "running",
        "tune" if name.endswith("_t") else "check",
        body,
        outfit,
        camera,
        room,
        Form((), gait=Gait(**how)),  # type: ignore[arg-type]
        fps=fps,
        plays_fps=plays_fps,
        most_bytes=_MOST_BYTES,
    )


_HEELS: Final = (17.0, 17.0)
_RUNS_FROM_ASIDE: Final = (
    _clip("run_left_120_t", _ANNA, _camera("left", 4.0, 30), 120, 166, 0.245, (14.0, 12.0), ahead=0.22),
    _clip(
        "run_right_120_t",
        _BEN,
        _camera("right", 3.6, 34, 1.0, 4),
        120,
        176,
        0.225,
        (-8.0, -9.0),
        ahead=0.14,
        second_peak=0.03,
    ),
    _clip("run_left_60_t", _DAVID, _camera("left", 4.2, 30, yaw=-5), 60, 158, 0.265, (2.0, 3.0), lift=0.26),
    _clip("run_right_120_c", _EMMA, _camera("right", 4.3, 29), 120, 171, 0.235, (15.0, 13.0), ahead=0.21),
    _clip(
        "run_left_120_c",
        _GEORGE,
        _camera("left", 3.8, 32, 0.8, 5),
        120,
        181,
        0.21,
        (-10.0, -8.0),
        ahead=0.12,
        second_peak=0.02,
        length_s=5.0,
    ),
    _clip(
        "run_right_60_c",
        _HANNAH,
        _camera("right", 4.0, 30, yaw=-6),
        60,
        162,
        0.255,
        (11.0, 12.0),
        ahead=0.23,
        lift=0.26,
    ),
    _clip(
        "run_left_240_c",
        _EMMA_LONG,
        _camera("left", 4.1, 30, yaw=3),
        240,
        174,
        0.23,
        (3.0, 4.0),
        ahead=0.16,
        length_s=3.0,
    ),
    _clip(
        "run_right_30_c", _FRANK, _camera("right", 4.0, 31, 1.0, 3), 30, 156, 0.27, (9.0, 10.0), lift=0.25, length_s=8.0
    ),
    # Filmed at 120 pictures a second and played at 30; and past a camera that stands still.
    _clip(
        "run_slow_120_c",
        _GEORGE,
        _camera("left", 4.1, 30, yaw=-3),
        120,
        167,
        0.24,
        (13.0, 12.0),
        ahead=0.19,
        length_s=3.0,
        plays_fps=30,
    ),
    _clip(
        "run_past_60_c",
        _HANNAH,
        _camera("right", 6.2, 26, 1.0, wide=1120),
        60,
        172,
        0.24,
        speed=2.3,
        passing=True,
        length_s=3.0,
    ),
)
_RUNS_FROM_AHEAD: Final = (
    _clip(
        "run_behind_60_t",
        _ANNA,
        _camera("back", 4.0, 30, yaw=3),
        60,
        166,
        0.245,
        aside=0.04,
        drop_deg=5.0,
        lean_deg=3.0,
        inwards_deg=(6.0, 1.0),
    ),
    _clip(
        "run_behind_30_t",
        _BEN,
        _camera("back", 4.2, 29, 1.0, -2),
        30,
        170,
        0.24,
        aside=-0.03,
        drop_deg=7.0,
        lean_deg=4.0,
        inwards_deg=(2.0, 9.0),
        length_s=6.0,
    ),
    _clip(
        "run_front_30_t",
        _DAVID,
        _camera("front", 4.2, 30, 1.0, 4),
        30,
        160,
        0.26,
        aside=0.07,
        drop_deg=3.0,
        lean_deg=1.0,
        inwards_deg=(8.0, 3.0),
        length_s=6.5,
    ),
    _clip(
        "run_behind_60_c",
        _HANNAH_STUDIO,
        _camera("back", 3.8, 32, 1.0, -4),
        60,
        172,
        0.235,
        aside=0.0,
        drop_deg=6.0,
        inwards_deg=(1.0, 7.0),
    ),
    _clip(
        "run_front_30_c",
        _GEORGE,
        _camera("front", 4.0, 31, 1.0, -3),
        30,
        166,
        0.25,
        aside=0.06,
        lean_deg=3.0,
        inwards_deg=(7.0, 2.0),
        length_s=6.0,
    ),
)
_WALKS: Final = (
    _clip("walk_left_60_t", _BEN_BLUE, _camera("left", 4.0, 30), 60, 112, 0.66, (18.0, 18.0), speed=1.05),
    _clip(
        "walk_behind_30_t",
        _ANNA,
        _camera("back", 4.2, 29, 1.0, 3),
        30,
        110,
        0.69,
        _HEELS,
        drop_deg=3.0,
        lean_deg=2.0,
        inwards_deg=(5.0, 1.0),
        length_s=8.5,
    ),
    _clip("walk_right_60_c", _EMMA_CELLAR, _camera("right", 4.2, 29, yaw=4), 60, 106, 0.71, _HEELS, length_s=6.0),
    _clip("walk_left_30_c", _FRANK, _camera("left", 4.1, 31, yaw=-3), 30, 116, 0.63, _HEELS, speed=1.1, length_s=6.0),
    _clip(
        "walk_front_30_c",
        _HANNAH,
        _camera("front", 4.0, 30, 1.0, -4),
        30,
        114,
        0.65,
        _HEELS,
        lean_deg=3.0,
        inwards_deg=(2.0, 6.0),
        length_s=8.0,
    ),
)


def _again(name: str, of: str, scene: _Scene, camera: Camera) -> Clip:
    """The same body and movement before another camera, in another room and other clothes."""
    first = next(clip for clip in _FIRST if clip.name == of)
    _, outfit, room = scene
    return replace(first, name=name, again=of, outfit=outfit, room=room, camera=camera)


_FIRST: Final = (*_RUNS_FROM_ASIDE, *_RUNS_FROM_AHEAD, *_WALKS)
_FILMED_AGAIN: Final = (
    _again("run_left_60r_t", "run_left_60_t", (DAVID, BLUE_SHORTS, HALL), _camera("left", 3.9, 31, 1.0, 3, roll=1.0)),
    _again(
        "run_right_60r_c",
        "run_right_60_c",
        (HANNAH, BLACK_SHORTS, STUDIO),
        _camera("right", 4.2, 30, 0.85, 2, roll=-1.0),
    ),
    _again(
        "run_behind_30r_t", "run_behind_30_t", (BEN, BLUE_SHORTS, BRICK), _camera("back", 4.0, 31, 0.9, 4, roll=-1.5)
    ),
    _again(
        "run_front_30r_t", "run_front_30_t", (DAVID, BLUE_SHORTS, LIVING), _camera("front", 3.9, 31, 0.9, -3, roll=1.5)
    ),
    _again(
        "run_behind_60r_c", "run_behind_60_c", (HANNAH, BLACK_SHORTS, BATH), _camera("back", 4.1, 30, 0.9, 3, roll=1.0)
    ),
    _again(
        "run_front_30r_c", "run_front_30_c", (GEORGE, PURPLE_LONG, ATTIC), _camera("front", 4.2, 30, 0.9, 4, roll=-1.0)
    ),
    _again("walk_left_60r_t", "walk_left_60_t", (BEN, WHITE_SHORTS, BRICK), _camera("left", 4.2, 29, 1.0, 4, roll=1.0)),
    _again(
        "walk_right_60r_c", "walk_right_60_c", (EMMA, PURPLE_LONG, ATTIC), _camera("right", 4.0, 30, 1.0, -3, roll=-1.0)
    ),
    _again(
        "walk_behind_30r_t",
        "walk_behind_30_t",
        (ANNA, WHITE_SHORTS, LIVING),
        _camera("back", 4.0, 30, 0.9, -3, roll=1.0),
    ),
    _again(
        "walk_front_30r_c", "walk_front_30_c", (HANNAH, PURPLE_LONG, BATH), _camera("front", 4.2, 30, 0.9, 3, roll=-1.5)
    ),
)
GAITS: Final = {clip.name: clip for clip in (*_FIRST, *_FILMED_AGAIN)}
