"""The set of clips: who does what, how, and before which camera. `tune` and `check` share no body, clothes or camera."""

from dataclasses import dataclass, field, replace
from typing import Final

from samples.render import forms
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
from samples.render.film import MOST_BYTES, Lens
from samples.render.marks import HandOver, Marks
from samples.render.motions import Form
from samples.render.room import Room


@dataclass(frozen=True)
class Clip:
    """One film."""

    name: str
    activity: str
    split: str
    body: Body
    outfit: Outfit
    camera: Camera
    room: Room
    form: Form
    disturbance: str = ""
    #: The clip whose body does the same motion here, before another camera, in another room and other clothes.
    again: str = ""
    fps: int = 30
    #: What the film plays at, where that is slower than it was made: slow motion.
    plays_fps: int | None = None
    lens: Lens = field(default_factory=Lens)
    shake_deg: float = 0.0
    #: The body turns about its feet, each time from and until a moment, by degrees, + to its left.
    turns: tuple[tuple[float, float, float], ...] = ()
    mirrored: bool = False
    turned: bool = False
    #: Frames dropped at random: variable frame rate.
    dropped: float = 0.0
    #: Pictures averaged into each: motion blur.
    smeared: int = 1
    #: Boxes before the body, by corners (x, y, z).
    obstacles: tuple = ()
    #: Somebody else, and where (x, z).
    other: tuple[Body, Outfit, tuple[float, float]] | None = None
    #: What is worn at the waist, and a hand laid over one of them.
    marks: Marks | None = None
    hand_over: HandOver | None = None
    #: The film is encoded as well as fits into this.
    most_bytes: int = MOST_BYTES


def _film(*, d: float, v: float, h: float = 0.95, aim: float = 0.86, yaw: float = 0.0, roll: float = 0.0) -> Camera:
    return Camera("front", yaw, roll, d, h, aim, vfov_deg=v)


_BEHIND: Final = Camera("back", 0.0, 0.0, 2.7, 1.25, 1.25, vfov_deg=58.0)
_BELOW: Final = Camera("front", 0.0, 0.0, 4.3, 0.1, 0.1, vfov_deg=50.0)

BASE: Final = (
    Clip("squat_t1", "squat", "tune", ANNA, BLUE_SHORTS, _film(d=3.2, v=42), LIVING, forms.INWARD),
    Clip(
        "single_leg_squat_c1",
        "single_leg_squat",
        "check",
        GEORGE,
        RED_JEANS,
        _film(d=3.6, v=40, yaw=2, h=0.8, aim=0.9),
        BATH,
        forms.SLS_LEFT,
    ),
    Clip("stairs_up_t1", "stairs", "tune", ANNA, GREEN_TROUSERS, _BEHIND, HALL, forms.UP),
    Clip(
        "cycling_c1",
        "cycling",
        "check",
        HANNAH,
        YELLOW_LEGGINGS,
        _film(d=3.3, v=44, aim=1.02),
        CELLAR,
        forms.ride((4, -3), 1.2, 7),
    ),
    Clip("step_down_t1", "step_down", "tune", CLARA, GREY_TROUSERS, _film(d=3.4, v=42, aim=0.92), GYM, forms.DOWN_LEFT),
    Clip(
        "sit_to_stand_c1", "sit_to_stand", "check", FRANK, PURPLE_LONG, _film(d=3.1, v=45, aim=0.86), ATTIC, forms.RISES
    ),
    Clip("stairs_down_c1", "stairs", "check", EMMA, BLACK_SHORTS, _BELOW, STUDIO, forms.GO_DOWN),
    Clip("squat_c1", "squat", "check", EMMA, YELLOW_LEGGINGS, _film(d=2.3, v=56, yaw=10, h=0.85), BATH, forms.OUTWARD),
    # The eight above show every activity.
    Clip(
        "single_leg_squat_t1",
        "single_leg_squat",
        "tune",
        DAVID,
        WHITE_SHORTS,
        _film(d=4.2, v=36, yaw=-3),
        BRICK,
        forms.SLS_RIGHT,
    ),
    Clip("squat_t2", "squat", "tune", BEN, GREEN_TROUSERS, _film(d=3.8, v=38, yaw=-18, roll=-3), HALL, forms.TILTED),
    Clip(
        "step_down_c1",
        "step_down",
        "check",
        HANNAH,
        BLACK_SHORTS,
        _film(d=3.2, v=45, yaw=1, aim=0.95),
        CELLAR,
        forms.DOWN_RIGHT,
    ),
    Clip(
        "sit_to_stand_t1",
        "sit_to_stand",
        "tune",
        BEN,
        BLUE_SHORTS,
        _film(d=2.6, v=52, yaw=2, aim=0.85),
        BRICK,
        forms.RISES_AGAIN,
    ),
    Clip(
        "cycling_t1",
        "cycling",
        "tune",
        DAVID,
        BLUE_SHORTS,
        _film(d=3.4, v=44, aim=1.06, h=0.7),
        GYM,
        forms.ride((-4, 5), 1.0, 6),
    ),
    Clip("squat_c2", "squat", "check", GEORGE, PURPLE_LONG, _film(d=3.4, v=40, yaw=1, roll=4), ATTIC, forms.SHIFTED),
    Clip(
        "stairs_down_t1", "stairs", "tune", BEN, WHITE_SHORTS, replace(_BELOW, yaw_deg=4.0), LIVING, forms.GO_DOWN_AGAIN
    ),
    Clip(
        "stairs_up_c1",
        "stairs",
        "check",
        GEORGE,
        RED_JEANS,
        replace(_BEHIND, distance_m=2.9, vfov_deg=55.0),
        CELLAR,
        forms.UP_AGAIN,
    ),
    Clip(
        "single_leg_squat_c2",
        "single_leg_squat",
        "check",
        EMMA,
        BLACK_SHORTS,
        _film(d=2.6, v=50, yaw=-14, aim=0.8),
        STUDIO,
        forms.SLS_RIGHT,
    ),
    Clip(
        "step_down_t2",
        "step_down",
        "tune",
        DAVID,
        GREEN_TROUSERS,
        _film(d=3.0, v=50, yaw=12, roll=2, aim=0.98),
        LIVING,
        forms.DOWN_RIGHT,
    ),
    Clip(
        "squat_t3", "squat", "tune", CLARA, BLUE_SHORTS, _film(d=2.0, v=66, yaw=3, h=1.1, aim=0.8), BRICK, forms.SHIFTED
    ),
    Clip(
        "sit_to_stand_c2",
        "sit_to_stand",
        "check",
        HANNAH,
        RED_JEANS,
        _film(d=4.0, v=36, yaw=14),
        BATH,
        forms.RISES_AGAIN,
    ),
    Clip(
        "single_leg_squat_t2",
        "single_leg_squat",
        "tune",
        ANNA,
        BLUE_SHORTS,
        _film(d=2.8, v=46, yaw=8, roll=-2),
        GYM,
        forms.SLS_LEFT,
    ),
    Clip("squat_c3", "squat", "check", FRANK, BLACK_SHORTS, _film(d=4.6, v=36, yaw=-25, h=1.3), STUDIO, forms.INWARD),
    Clip(
        "step_down_c2",
        "step_down",
        "check",
        FRANK,
        YELLOW_LEGGINGS,
        _film(d=3.4, v=42, yaw=-8, roll=-4, aim=0.94),
        BATH,
        forms.DOWN_LEFT,
    ),
    Clip("stairs_up_t2", "stairs", "tune", CLARA, WHITE_SHORTS, replace(_BEHIND, yaw_deg=-8.0), GYM, forms.UP_AGAIN),
    Clip(
        "cycling_c2",
        "cycling",
        "check",
        GEORGE,
        BLACK_SHORTS,
        _film(d=3.0, v=48, aim=1.02, yaw=-6),
        STUDIO,
        forms.ride((6, 6), 1.35, 7, drop_deg=2, lean_deg=3),
    ),
    Clip(
        "stairs_down_c2",
        "stairs",
        "check",
        HANNAH,
        PURPLE_LONG,
        replace(_BELOW, distance_m=5.0, roll_deg=2.0),
        ATTIC,
        forms.GO_DOWN_AGAIN,
    ),
)


# --- disturbances, each alone ---------------------------------------------------------------------------------------

_PLAIN_T: Final = Clip("", "squat", "tune", BEN, GREY_TROUSERS, _film(d=3.2, v=43, yaw=2), LIVING, forms.TWICE)
_PLAIN_C: Final = Clip(
    "", "squat", "check", HANNAH, BLACK_SHORTS, _film(d=3.5, v=40, yaw=-2, h=0.85), STUDIO, forms.TWICE
)
_STEP_C: Final = Clip(
    "", "step_down", "check", EMMA, RED_JEANS, _film(d=3.3, v=42, yaw=2, aim=0.9), CELLAR, forms.DOWN_LEFT
)
#: A low bench before the feet, and a table whose top hides the shanks; each with its legs.
_BENCH: Final = (((-0.7, 0.0, 0.55), (0.7, 0.10, 0.62)),)
_TABLE: Final = (
    ((-0.75, 0.50, 0.80), (0.75, 0.54, 1.20)),
    ((-0.74, 0.0, 0.82), (-0.70, 0.50, 0.86)),
    ((0.70, 0.0, 0.82), (0.74, 0.50, 0.86)),
)

DISTURBED: Final = (
    replace(_PLAIN_T, name="shake_mild_t", disturbance="shake mild", shake_deg=0.4),
    replace(_PLAIN_C, name="dark_strong_c", disturbance="dark strong", lens=Lens(0.6, 9.0, 0.16)),
    replace(_PLAIN_T, name="rotated_t", disturbance="rotated", turned=True),
    replace(_STEP_C, name="mirrored_c", disturbance="mirrored", mirrored=True),
    replace(_PLAIN_C, name="vfr_c", disturbance="variable rate", dropped=0.25),
    replace(_PLAIN_T, name="table_t", disturbance="occlusion strong", obstacles=_TABLE),
    replace(_PLAIN_C, name="shake_strong_c", disturbance="shake strong", shake_deg=1.4),
    replace(_PLAIN_T, name="second_person_t", disturbance="second person", other=(CLARA, WHITE_SHORTS, (0.62, -1.3))),
    replace(_PLAIN_C, name="fps24_c", disturbance="24 fps", fps=24),
    replace(_PLAIN_T, name="motion_blur_t", disturbance="motion blur", form=forms.QUICK, smeared=3),
    replace(_PLAIN_C, name="bench_c", disturbance="occlusion mild", obstacles=_BENCH),
    replace(_PLAIN_T, name="dark_mild_t", disturbance="dark mild", lens=Lens(0.5, 4.5, 0.45)),
    replace(_PLAIN_T, name="fps60_t", disturbance="60 fps", form=forms.QUICK, fps=60),
    replace(_PLAIN_C, name="fps120_c", disturbance="120 fps", form=forms.QUICK, fps=120),
    replace(_PLAIN_C, name="second_person_c", disturbance="second person", other=(FRANK, PURPLE_LONG, (-0.5, -0.9))),
)


# --- the pelvis' range, seen from the front ---------------------------------------------------------------------------

#: The clips added last share what is left of the set's 20 MB.
_LESS: Final = 170_000
_LEAST: Final = 130_000

RANGE: Final = (
    Clip(
        "step_down_t3",
        "step_down",
        "tune",
        ANNA,
        WHITE_SHORTS,
        _film(d=3.2, v=45, yaw=-2, roll=1, aim=0.95),
        HALL,
        forms.DOWN_RANGE,
        most_bytes=_LESS,
    ),
    Clip(
        "stairs_up_t3",
        "stairs",
        "tune",
        BEN,
        GREY_TROUSERS,
        replace(_BEHIND, yaw_deg=3.0, roll_deg=1.0, height_m=1.35),
        BRICK,
        forms.UP_RANGE,
        most_bytes=_LESS,
    ),
    Clip(
        "single_leg_squat_c3",
        "single_leg_squat",
        "check",
        FRANK,
        RED_JEANS,
        _film(d=3.4, v=43, yaw=2, roll=-1, h=1.1),
        STUDIO,
        forms.SLS_RANGE,
        most_bytes=_LEAST,
    ),
)


# --- the same body doing the same, filmed again -----------------------------------------------------------------------

_FIRST: Final = {clip.name: clip for clip in BASE}


def _again(name: str, outfit: Outfit, room: Room, camera: Camera, most_bytes: int = _LESS) -> Clip:
    first = _FIRST[name]
    return replace(first, name=f"{name}r", again=name, outfit=outfit, room=room, camera=camera, most_bytes=most_bytes)


def _behind(*, d: float, v: float, h: float, yaw: float, roll: float) -> Camera:
    return replace(_BEHIND, distance_m=d, vfov_deg=v, height_m=h, yaw_deg=yaw, roll_deg=roll)


def _below(*, d: float, v: float, h: float, yaw: float, roll: float) -> Camera:
    return replace(_BELOW, distance_m=d, vfov_deg=v, height_m=h, yaw_deg=yaw, roll_deg=roll)


AGAIN: Final = (
    _again("squat_t1", GREY_TROUSERS, HALL, _film(d=2.6, v=54, yaw=22, roll=2, h=1.05)),
    _again("squat_t3", GREEN_TROUSERS, LIVING, _film(d=3.5, v=40, yaw=-12, roll=-3, h=0.8)),
    _again("single_leg_squat_t1", GREEN_TROUSERS, LIVING, _film(d=3.0, v=50, yaw=16, roll=1.5, h=0.85, aim=0.95)),
    _again("step_down_t1", WHITE_SHORTS, BRICK, _film(d=2.2, v=67, yaw=-20, roll=-2, h=1.1, aim=0.95)),
    _again("sit_to_stand_t1", GREY_TROUSERS, HALL, _film(d=3.4, v=42, yaw=-16, roll=3, h=1.0)),
    _again("stairs_up_t1", BLUE_SHORTS, LIVING, _behind(d=3.0, v=55, h=1.4, yaw=8, roll=-1.5)),
    _again("stairs_down_t1", GREEN_TROUSERS, GYM, _below(d=4.0, v=53, h=0.2, yaw=-6, roll=2)),
    _again("cycling_t1", GREY_TROUSERS, BRICK, _film(d=2.9, v=51, yaw=8, roll=-2, h=0.95, aim=1.06)),
    _again("squat_c2", BLACK_SHORTS, BATH, _film(d=2.0, v=69, yaw=20, roll=-2, h=1.1)),
    _again("single_leg_squat_c1", PURPLE_LONG, CELLAR, _film(d=2.8, v=51, yaw=-20, roll=3, h=1.0, aim=0.9)),
    _again("step_down_c1", PURPLE_LONG, STUDIO, _film(d=2.7, v=54, yaw=17, roll=-3.5, h=0.8, aim=0.95), _LEAST),
    _again("sit_to_stand_c1", BLACK_SHORTS, CELLAR, _film(d=2.5, v=56, yaw=-12, roll=2, h=0.85)),
    _again("stairs_up_c1", BLACK_SHORTS, STUDIO, _behind(d=2.7, v=60, h=1.1, yaw=6, roll=1.5)),
    _again("stairs_down_c2", YELLOW_LEGGINGS, BATH, _below(d=4.2, v=52, h=0.0, yaw=5, roll=-2)),
    _again("cycling_c1", RED_JEANS, ATTIC, _film(d=2.9, v=50, yaw=-4, roll=2, h=1.1, aim=1.02), _LEAST),
)

CLIPS: Final = {clip.name: clip for clip in (*BASE, *DISTURBED, *RANGE, *AGAIN)}
