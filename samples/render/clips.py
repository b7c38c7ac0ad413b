"""The set of clips: who does what, how, and before which camera. `tune` and `check` share no body, clothes or camera."""

from dataclasses import dataclass, field, replace
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
from samples.render.film import Lens
from samples.render.motions import Form, Rep
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
    fps: int = 30
    lens: Lens = field(default_factory=Lens)
    shake_deg: float = 0.0
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


# --- ways to move ---------------------------------------------------------------------------------------------------

_INWARD: Final = Form((Rep(0.28), Rep(0.31, (9, 9)), Rep(0.30, (12, 0))), arms="forward")
_OUTWARD: Final = Form((Rep(0.30, (-8, -8)), Rep(0.27, weight_right=0.3, lean_deg=-6), Rep(0.30, (0, 8))), stance=1.7)
_TILTED: Final = Form(
    (Rep(0.26, drop_deg=8, weight_right=0.7), Rep(0.28, (5, 5)), Rep(0.26, lean_deg=9, drop_deg=-6, weight_right=0.62)),
    stance=1.6,
    arms="crossed",
)
_SHIFTED: Final = Form(
    (Rep(0.27, weight_right=0.75), Rep(0.29, (7, 0), weight_right=0.28), Rep(0.25, (-6, -6), lean_deg=-10)),
    stance=1.5,
    arms="hips",
    rep_s=2.1,
)
_LEGS: Final = {"stance": 1.0, "toe_out_deg": 6.0, "forward_deg": 18.0, "arms": "hips"}


def _one_leg(side: str, *reps: Rep, rise_m: float = 0.14) -> Form:
    return Form(reps, side=side, rise_m=rise_m, rep_s=1.9, pause_s=0.3, **_LEGS)


def _walk(*reps: Rep, down: bool = False, side: str = "left", rise_m: float = 0.165) -> Form:
    return Form(reps, side=side, down=down, stance=0.9, toe_out_deg=6.0, rise_m=rise_m)


def _left(inwards_deg: float, **rest: float) -> Rep:
    return Rep(inwards_deg=(inwards_deg, 0.0), **rest)


def _right(inwards_deg: float, **rest: float) -> Rep:
    return Rep(inwards_deg=(0.0, inwards_deg), **rest)


def _ride(inwards: tuple[float, float], cadence_hz: float, turns: int, **rest: float) -> Form:
    reps = tuple(Rep(inwards_deg=inwards, **rest) for _ in range(turns))
    return Form(reps, stance=1.0, toe_out_deg=4.0, cadence_hz=cadence_hz)


def _rise(*reps: Rep, arms: str = "crossed", stance: float = 1.3) -> Form:
    return Form(reps, stance=stance, forward_deg=36.0, arms=arms)


_SLS_LEFT: Final = _one_leg(
    "left", _left(0, depth=0.14), _left(9, depth=0.15), _left(4, depth=0.15, drop_deg=9, lean_deg=7)
)
_SLS_RIGHT: Final = _one_leg(
    "right", _right(-4, depth=0.14), _right(10, depth=0.16), _right(0, depth=0.14, drop_deg=11, lean_deg=-6)
)
_DOWN_LEFT: Final = _one_leg(
    "left", _left(0, depth=0.23), _left(8, depth=0.24, drop_deg=4), _left(3, depth=0.23, lean_deg=9)
)
_DOWN_RIGHT: Final = _one_leg(
    "right", _right(9, depth=0.24), _right(0, depth=0.23, drop_deg=8, lean_deg=5), _right(-5, depth=0.23)
)
_UP: Final = _walk(
    _left(5, drop_deg=3),
    _right(0),
    _left(0, drop_deg=7, lean_deg=4),
    _right(7, drop_deg=2),
    _left(3),
    _right(0, drop_deg=9, lean_deg=6),
)
_UP_AGAIN: Final = _walk(
    _right(0, drop_deg=6),
    _left(6, lean_deg=5),
    _right(5, drop_deg=2),
    _left(0),
    _right(0, drop_deg=10),
    _left(4),
    side="right",
    rise_m=0.15,
)
_GO_DOWN: Final = _walk(
    _left(0, drop_deg=4),
    _right(6),
    _left(5, drop_deg=8, lean_deg=5),
    _right(0, drop_deg=2),
    _left(-4),
    _right(5, drop_deg=6),
    down=True,
)
_GO_DOWN_AGAIN: Final = _walk(
    _right(5),
    _left(0, drop_deg=6),
    _right(0, drop_deg=9, lean_deg=6),
    _left(7),
    _right(-4, drop_deg=3),
    down=True,
    side="right",
    rise_m=0.15,
)
_RISES: Final = _rise(Rep(weight_right=0.5), Rep(inwards_deg=(9, 9), weight_right=0.66))
_RISES_AGAIN: Final = _rise(
    Rep(inwards_deg=(0, 8), weight_right=0.35), Rep(lean_deg=7, weight_right=0.6), arms="hanging", stance=1.5
)


def _film(*, d: float, v: float, h: float = 0.95, aim: float = 0.86, yaw: float = 0.0, roll: float = 0.0) -> Camera:
    return Camera("front", yaw, roll, d, h, aim, vfov_deg=v)


_BEHIND: Final = Camera("back", 0.0, 0.0, 2.7, 1.25, 1.25, vfov_deg=58.0)
_BELOW: Final = Camera("front", 0.0, 0.0, 4.3, 0.1, 0.1, vfov_deg=50.0)

BASE: Final = (
    Clip("squat_t1", "squat", "tune", ANNA, BLUE_SHORTS, _film(d=3.2, v=42), LIVING, _INWARD),
    Clip(
        "single_leg_squat_c1",
        "single_leg_squat",
        "check",
        GEORGE,
        RED_JEANS,
        _film(d=3.6, v=40, yaw=2, h=0.8, aim=0.9),
        BATH,
        _SLS_LEFT,
    ),
    Clip("stairs_up_t1", "stairs", "tune", ANNA, GREEN_TROUSERS, _BEHIND, HALL, _UP),
    Clip(
        "cycling_c1",
        "cycling",
        "check",
        HANNAH,
        YELLOW_LEGGINGS,
        _film(d=3.3, v=44, aim=1.02),
        CELLAR,
        _ride((4, -3), 1.2, 7),
    ),
    Clip("step_down_t1", "step_down", "tune", CLARA, GREY_TROUSERS, _film(d=3.4, v=42, aim=0.92), GYM, _DOWN_LEFT),
    Clip("sit_to_stand_c1", "sit_to_stand", "check", FRANK, PURPLE_LONG, _film(d=3.1, v=45, aim=0.86), ATTIC, _RISES),
    Clip("stairs_down_c1", "stairs", "check", EMMA, BLACK_SHORTS, _BELOW, STUDIO, _GO_DOWN),
    Clip("squat_c1", "squat", "check", EMMA, YELLOW_LEGGINGS, _film(d=2.3, v=56, yaw=10, h=0.85), BATH, _OUTWARD),
    # The eight above show every activity.
    Clip(
        "single_leg_squat_t1",
        "single_leg_squat",
        "tune",
        DAVID,
        WHITE_SHORTS,
        _film(d=4.2, v=36, yaw=-3),
        BRICK,
        _SLS_RIGHT,
    ),
    Clip("squat_t2", "squat", "tune", BEN, GREEN_TROUSERS, _film(d=3.8, v=38, yaw=-18, roll=-3), HALL, _TILTED),
    Clip(
        "step_down_c1",
        "step_down",
        "check",
        HANNAH,
        BLACK_SHORTS,
        _film(d=3.2, v=45, yaw=1, aim=0.95),
        CELLAR,
        _DOWN_RIGHT,
    ),
    Clip(
        "sit_to_stand_t1",
        "sit_to_stand",
        "tune",
        BEN,
        BLUE_SHORTS,
        _film(d=2.6, v=52, yaw=2, aim=0.85),
        BRICK,
        _RISES_AGAIN,
    ),
    Clip(
        "cycling_t1",
        "cycling",
        "tune",
        DAVID,
        BLUE_SHORTS,
        _film(d=3.4, v=44, aim=1.06, h=0.7),
        GYM,
        _ride((-4, 5), 1.0, 6),
    ),
    Clip("squat_c2", "squat", "check", GEORGE, PURPLE_LONG, _film(d=3.4, v=40, yaw=1, roll=4), ATTIC, _SHIFTED),
    Clip("stairs_down_t1", "stairs", "tune", BEN, WHITE_SHORTS, replace(_BELOW, yaw_deg=4.0), LIVING, _GO_DOWN_AGAIN),
    Clip(
        "stairs_up_c1",
        "stairs",
        "check",
        GEORGE,
        RED_JEANS,
        replace(_BEHIND, distance_m=2.9, vfov_deg=55.0),
        CELLAR,
        _UP_AGAIN,
    ),
    Clip(
        "single_leg_squat_c2",
        "single_leg_squat",
        "check",
        EMMA,
        BLACK_SHORTS,
        _film(d=2.6, v=50, yaw=-14, aim=0.8),
        STUDIO,
        _SLS_RIGHT,
    ),
    Clip(
        "step_down_t2",
        "step_down",
        "tune",
        DAVID,
        GREEN_TROUSERS,
        _film(d=3.0, v=50, yaw=12, roll=2, aim=0.98),
        LIVING,
        _DOWN_RIGHT,
    ),
    Clip("squat_t3", "squat", "tune", CLARA, BLUE_SHORTS, _film(d=2.0, v=66, yaw=3, h=1.1, aim=0.8), BRICK, _SHIFTED),
    Clip("sit_to_stand_c2", "sit_to_stand", "check", HANNAH, RED_JEANS, _film(d=4.0, v=36, yaw=14), BATH, _RISES_AGAIN),
    Clip(
        "single_leg_squat_t2",
        "single_leg_squat",
        "tune",
        ANNA,
        BLUE_SHORTS,
        _film(d=2.8, v=46, yaw=8, roll=-2),
        GYM,
        _SLS_LEFT,
    ),
    Clip("squat_c3", "squat", "check", FRANK, BLACK_SHORTS, _film(d=4.6, v=36, yaw=-25, h=1.3), STUDIO, _INWARD),
    Clip(
        "step_down_c2",
        "step_down",
        "check",
        FRANK,
        YELLOW_LEGGINGS,
        _film(d=3.4, v=42, yaw=-8, roll=-4, aim=0.94),
        BATH,
        _DOWN_LEFT,
    ),
    Clip("stairs_up_t2", "stairs", "tune", CLARA, WHITE_SHORTS, replace(_BEHIND, yaw_deg=-8.0), GYM, _UP_AGAIN),
    Clip(
        "cycling_c2",
        "cycling",
        "check",
        GEORGE,
        BLACK_SHORTS,
        _film(d=3.0, v=48, aim=1.02, yaw=-6),
        STUDIO,
        _ride((6, 6), 1.35, 7, drop_deg=2, lean_deg=3),
    ),
    Clip(
        "stairs_down_c2",
        "stairs",
        "check",
        HANNAH,
        PURPLE_LONG,
        replace(_BELOW, distance_m=5.0, roll_deg=2.0),
        ATTIC,
        _GO_DOWN_AGAIN,
    ),
)


# --- disturbances, each alone ---------------------------------------------------------------------------------------

_TWICE: Final = Form((Rep(0.29, (8, 3)), Rep(0.28, (0, 7), weight_right=0.6)), rep_s=1.9, pause_s=0.4)
_QUICK: Final = Form((Rep(0.27, (7, 7)), Rep(0.28, (0, 5))), rep_s=1.3, pause_s=0.3)
_PLAIN_T: Final = Clip("", "squat", "tune", BEN, GREY_TROUSERS, _film(d=3.2, v=43, yaw=2), LIVING, _TWICE)
_PLAIN_C: Final = Clip("", "squat", "check", HANNAH, BLACK_SHORTS, _film(d=3.5, v=40, yaw=-2, h=0.85), STUDIO, _TWICE)
_STEP_C: Final = Clip("", "step_down", "check", EMMA, RED_JEANS, _film(d=3.3, v=42, yaw=2, aim=0.9), CELLAR, _DOWN_LEFT)
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
    replace(_PLAIN_T, name="motion_blur_t", disturbance="motion blur", form=_QUICK, smeared=3),
    replace(_PLAIN_C, name="bench_c", disturbance="occlusion mild", obstacles=_BENCH),
    replace(_PLAIN_T, name="dark_mild_t", disturbance="dark mild", lens=Lens(0.5, 4.5, 0.45)),
    replace(_PLAIN_T, name="fps60_t", disturbance="60 fps", form=_QUICK, fps=60),
    replace(_PLAIN_C, name="fps120_c", disturbance="120 fps", form=_QUICK, fps=120),
    replace(_PLAIN_C, name="second_person_c", disturbance="second person", other=(FRANK, PURPLE_LONG, (-0.5, -0.9))),
)

CLIPS: Final = {clip.name: clip for clip in (*BASE, *DISTURBED)}
