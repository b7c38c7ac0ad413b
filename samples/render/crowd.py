"""A number in; a clip of somebody drawn at random out: body, clothes, room, movement and camera, always the same for it.

Most do squats, step-downs or get up from a chair; riders pedal, climbers go up or down stairs. They stand less evenly than
those of the set: one foot points further out or stands before the other, the shoulders are turned against the pelvis, the
hands are not held alike. The spreads are guesses at those of people who are asked to stand straight; see docs/rendering.md.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from samples.render.body import Body, Colour, Outfit
from samples.render.camera import Camera
from samples.render.clips import Clip
from samples.render.film import Lens
from samples.render.forms import ride
from samples.render.motions import Form, Rep
from samples.render.room import Room

#: Standard deviations of how unevenly people stand, and of how far aside the knees, the pelvis, the trunk go.
UNEVEN_DEG, STAGGER_M, TWIST_DEG, LOOKS_DEG, HANDS_M = 3.0, 0.018, 3.0, 12.0, 0.05
INWARDS_DEG, DROP_DEG, LEAN_DEG, WEIGHT = 4.0, 4.0, 3.5, 0.08
#: From how far aside, how tilted, and how often from behind the camera looks.
MOST_YAW_DEG, MOST_ROLL_DEG, BEHIND = 26.0, 3.0, 0.15
_ACTIVITIES: Final = ("squat", "squat", "squat", "single_leg_squat", "step_down", "sit_to_stand")
_SKINS: Final = ((232, 196, 172), (222, 178, 148), (196, 148, 112), (146, 98, 68), (92, 60, 44))
_HAIR: Final = ((28, 22, 20), (74, 46, 30), (176, 138, 82), (150, 148, 145))
_MOST_BYTES: Final = 400_000


def clip_of(seed: int) -> Clip:
    """Somebody drawn at random, filmed doing something."""
    random = np.random.default_rng(seed)
    activity = str(random.choice(_ACTIVITIES))
    return Clip(
        name=f"crowd_{seed}",
        activity=activity,
        split="crowd",
        body=_body(random),
        outfit=_outfit(random),
        camera=camera_of(random),
        room=_room(random, seed),
        form=_form(random, activity),
        lens=Lens(0.5, _between(random, 1.0, 3.0), 1.0),
        most_bytes=_MOST_BYTES,
    )


def rider_of(seed: int) -> Clip:
    """Somebody drawn at random, pedalling before the camera."""
    random = np.random.default_rng([seed, 2])
    clip = replace(clip_of(seed), name=f"rider_{seed}", activity="cycling")
    form = ride(
        (_about(random, 1.0, INWARDS_DEG, -8.0, 10.0), _about(random, 1.0, INWARDS_DEG, -8.0, 10.0)),
        _between(random, 0.9, 1.5),
        5,
        drop_deg=_about(random, 1.5, 1.5, -1.0, 5.0),
        lean_deg=_about(random, 1.5, 1.5, -1.0, 5.0),
    )
    camera = replace(
        clip.camera,
        facing="front",
        yaw_deg=_between(random, -10.0, 10.0),
        height_m=_between(random, 0.6, 1.2),
        aim_height_m=_between(random, 1.0, 1.1),
    )
    return replace(clip, form=form, camera=camera)


def climber_of(seed: int) -> Clip:
    """Somebody drawn at random on stairs: up, seen from behind, or down, seen from in front."""
    random = np.random.default_rng([seed, 3])
    clip = replace(clip_of(seed), name=f"climber_{seed}", activity="stairs")
    form = on_stairs(random, clip.form)
    yaw_deg, roll_deg = _between(random, -12.0, 12.0), _between(random, -MOST_ROLL_DEG, MOST_ROLL_DEG)
    return replace(clip, form=form, camera=replace(at_the_stairs(form), yaw_deg=yaw_deg, roll_deg=roll_deg))


def on_stairs(random: np.random.Generator, form: Form) -> Form:
    """The same person on stairs, up or down."""
    reps = tuple(
        Rep(
            inwards_deg=(float(random.normal(2.0, INWARDS_DEG)), float(random.normal(2.0, INWARDS_DEG))),
            drop_deg=_about(random, 4.0, 3.0, -2.0, 10.0),
            lean_deg=float(random.normal(0.0, 3.0)),
        )
        for _ in range(5)
    )
    rise_m = _between(random, 0.15, 0.17)
    return replace(form, reps=reps, down=bool(random.random() < 0.5), stance=0.9, stagger_m=(0.0, 0.0), rise_m=rise_m)


def at_the_stairs(form: Form) -> Camera:
    """A camera that has the whole way on stairs in its picture: at their foot for who comes down, behind who goes up."""
    if form.down:
        return Camera("front", distance_m=4.5, height_m=0.15, aim_height_m=0.1, vfov_deg=51.0)
    return Camera("back", distance_m=2.8, height_m=1.25, aim_height_m=1.25, vfov_deg=57.0)


def camera_of(random: np.random.Generator, most_yaw_deg: float = MOST_YAW_DEG, behind: float = BEHIND) -> Camera:
    """A camera at hip height, level within 3°, that has the whole body in its picture."""
    vfov_deg, fill = _between(random, 37.0, 68.0), _between(random, 1.12, 1.5)
    return Camera(
        facing="back" if random.random() < behind else "front",
        yaw_deg=_between(random, -most_yaw_deg, most_yaw_deg),
        roll_deg=_between(random, -MOST_ROLL_DEG, MOST_ROLL_DEG),
        # A body of 1.75 m fills the picture's height but for this much.
        distance_m=1.75 * fill / 2 / float(np.tan(np.radians(vfov_deg) / 2)),
        height_m=_between(random, 0.6, 1.25),
        aim_height_m=_between(random, 0.82, 0.92),
        aim=(_between(random, -0.12, 0.12), 0.0),
        vfov_deg=vfov_deg,
    )


def _between(random: np.random.Generator, low: float, high: float) -> float:
    return float(random.uniform(low, high))


def _about(random: np.random.Generator, mean: float, spread: float, low: float, high: float) -> float:
    return float(np.clip(random.normal(mean, spread), low, high))


def _body(random: np.random.Generator) -> Body:
    gender = _between(random, 0.0, 1.0)
    return Body(
        gender=gender,
        age=_between(random, 0.62, 0.97),
        height=_between(random, 0.3, 0.75),
        weight=_between(random, 0.25, 0.85),
        muscle=_between(random, 0.35, 0.75),
        proportions=_between(random, 0.35, 0.75),
        skin=_SKINS[random.integers(len(_SKINS))],
        hair=_HAIR[random.integers(len(_HAIR))],
        long_hair=bool(gender > 0.5 and random.random() < 0.5),
    )


def _outfit(random: np.random.Generator) -> Outfit:
    return Outfit(
        _colour(random, 25, 235),
        _colour(random, 25, 235),
        _colour(random, 25, 235),
        sleeves=float(random.choice([0.15, 0.6, 0.75, 1.8])),
        legs=float(random.choice([_between(random, 0.55, 0.95), 1.9, 2.2])),
        loose_m=_between(random, 0.003, 0.016),
    )


def _room(random: np.random.Generator, seed: int) -> Room:
    return Room(
        str(random.choice(["plaster", "bricks", "planks", "tiles"])),
        str(random.choice(["carpet", "tiles", "planks"])),
        _colour(random, 110, 230),
        _colour(random, 70, 190),
        _between(random, 0.65, 0.9),
        float(random.choice([-1.0, 1.0])),
        seed,
    )


def _colour(random: np.random.Generator, low: int, high: int) -> Colour:
    red, green, blue = (int(value) for value in random.integers(low, high, 3))
    return red, green, blue


def _form(random: np.random.Generator, activity: str) -> Form:
    """Two repetitions of one habit, and the ways in which this body stands unevenly."""
    side = str(random.choice(["left", "right"]))
    alone = activity in ("single_leg_squat", "step_down")
    habit = random.normal(2.0, INWARDS_DEG, 2)
    return Form(
        reps=tuple(_rep(random, activity, side, habit) for _ in range(2)),
        rep_s=1.9,
        pause_s=0.4,
        stance=1.0 if alone else _between(random, 1.2, 1.7),
        toe_out_deg=_between(random, 3.0, 14.0),
        uneven_deg=_pair(random, UNEVEN_DEG, 9.0),
        stagger_m=_pair(random, STAGGER_M, 0.04),
        twist_deg=_about(random, 0.0, TWIST_DEG, -8.0, 8.0),
        looks_deg=_about(random, 0.0, LOOKS_DEG, -30.0, 30.0),
        hands_off_m=(_hand(random), _hand(random)),
        forward_deg=_between(random, 12.0, 24.0) if alone else _between(random, 28.0, 42.0),
        side=side,
        arms=str(random.choice(["crossed", "hips", "hanging"] if alone else ["forward", "crossed", "hips", "hanging"])),
        rise_m=0.14,
    )


def _pair(random: np.random.Generator, spread: float, most: float) -> tuple[float, float]:
    return _about(random, 0.0, spread, -most, most), _about(random, 0.0, spread, -most, most)


def _hand(random: np.random.Generator) -> tuple[float, float, float]:
    out, up, forward = (float(value) for value in random.normal(0.0, HANDS_M, 3))
    return out, up, forward


def _rep(random: np.random.Generator, activity: str, side: str, habit: np.ndarray) -> Rep:
    inwards = tuple(float(np.clip(mean + random.normal(0.0, 2.5), -10.0, 13.0)) for mean in habit)
    if activity in ("single_leg_squat", "step_down"):
        depth = _between(random, 0.13, 0.16) if activity == "single_leg_squat" else _between(random, 0.22, 0.245)
        return Rep(
            depth,
            (inwards[0], 0.0) if side == "left" else (0.0, inwards[1]),
            drop_deg=_about(random, 4.0, DROP_DEG, -3.0, 12.0),
            lean_deg=_about(random, 2.0, LEAN_DEG, -9.0, 12.0),
        )
    return Rep(
        _between(random, 0.22, 0.32),
        (inwards[0], inwards[1]),
        drop_deg=_about(random, 0.0, DROP_DEG / 2, -8.0, 8.0),
        lean_deg=_about(random, 0.0, LEAN_DEG, -9.0, 9.0),
        weight_right=_about(random, 0.5, WEIGHT, 0.28, 0.72),
    )
