"""The ways to move that the clips show: repetitions of each activity, aligned and not."""

from typing import Final

from samples.render.motions import Form, Rep

INWARD: Final = Form((Rep(0.28), Rep(0.31, (9, 9)), Rep(0.30, (12, 0))), arms="forward")
OUTWARD: Final = Form((Rep(0.30, (-8, -8)), Rep(0.27, weight_right=0.3, lean_deg=-6), Rep(0.30, (0, 8))), stance=1.7)
TILTED: Final = Form(
    (Rep(0.26, drop_deg=8, weight_right=0.7), Rep(0.28, (5, 5)), Rep(0.26, lean_deg=9, drop_deg=-6, weight_right=0.62)),
    stance=1.6,
    arms="crossed",
)
SHIFTED: Final = Form(
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


def ride(inwards: tuple[float, float], cadence_hz: float, turns: int, **rest: float) -> Form:
    """Pedalling, every turn alike: how far the left and the right leg are turned inwards, and the rest of a `Rep`."""
    reps = tuple(Rep(inwards_deg=inwards, **rest) for _ in range(turns))
    return Form(reps, stance=1.0, toe_out_deg=4.0, cadence_hz=cadence_hz)


def _rise(*reps: Rep, arms: str = "crossed", stance: float = 1.3) -> Form:
    return Form(reps, stance=stance, forward_deg=36.0, arms=arms)


SLS_LEFT: Final = _one_leg(
    "left", _left(0, depth=0.14), _left(9, depth=0.15), _left(4, depth=0.15, drop_deg=9, lean_deg=7)
)
SLS_RIGHT: Final = _one_leg(
    "right", _right(-4, depth=0.14), _right(10, depth=0.16), _right(0, depth=0.14, drop_deg=11, lean_deg=-6)
)
DOWN_LEFT: Final = _one_leg(
    "left", _left(0, depth=0.23), _left(8, depth=0.24, drop_deg=4), _left(3, depth=0.23, lean_deg=9)
)
DOWN_RIGHT: Final = _one_leg(
    "right", _right(9, depth=0.24), _right(0, depth=0.23, drop_deg=8, lean_deg=5), _right(-5, depth=0.23)
)
UP: Final = _walk(
    _left(5, drop_deg=3),
    _right(0),
    _left(0, drop_deg=7, lean_deg=4),
    _right(7, drop_deg=2),
    _left(3),
    _right(0, drop_deg=9, lean_deg=6),
)
UP_AGAIN: Final = _walk(
    _right(0, drop_deg=6),
    _left(6, lean_deg=5),
    _right(5, drop_deg=2),
    _left(0),
    _right(0, drop_deg=10),
    _left(4),
    side="right",
    rise_m=0.15,
)
GO_DOWN: Final = _walk(
    _left(0, drop_deg=4),
    _right(6),
    _left(5, drop_deg=8, lean_deg=5),
    _right(0, drop_deg=2),
    _left(-4),
    _right(5, drop_deg=6),
    down=True,
)
GO_DOWN_AGAIN: Final = _walk(
    _right(5),
    _left(0, drop_deg=6),
    _right(0, drop_deg=9, lean_deg=6),
    _left(7),
    _right(-4, drop_deg=3),
    down=True,
    side="right",
    rise_m=0.15,
)
RISES: Final = _rise(Rep(weight_right=0.5), Rep(inwards_deg=(9, 9), weight_right=0.66))
RISES_AGAIN: Final = _rise(
    Rep(inwards_deg=(0, 8), weight_right=0.35), Rep(lean_deg=7, weight_right=0.6), arms="hanging", stance=1.5
)


_RANGE: Final = ({"lean_deg": 12}, {"drop_deg": 12, "lean_deg": -8}, {"drop_deg": -3})
DOWN_RANGE: Final = _one_leg("right", *(_right(0, depth=0.23, **rep) for rep in _RANGE))
SLS_RANGE: Final = _one_leg("left", *(_left(0, depth=0.15, **rep) for rep in _RANGE))
UP_RANGE: Final = _walk(
    _left(0),
    _right(0, drop_deg=8),
    _left(0, drop_deg=12),
    _right(0, drop_deg=4),
    _left(0, drop_deg=6),
    _right(0, drop_deg=12),
    rise_m=0.16,
)
TWICE: Final = Form((Rep(0.29, (8, 3)), Rep(0.28, (0, 7), weight_right=0.6)), rep_s=1.9, pause_s=0.4)
QUICK: Final = Form((Rep(0.27, (7, 7)), Rep(0.28, (0, 5))), rep_s=1.3, pause_s=0.3)
