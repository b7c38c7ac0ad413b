"""The motion of each activity, by its name in the program."""

from collections.abc import Callable
from typing import Final

from samples.render.cycling import cycling
from samples.render.kinematics import Rig
from samples.render.motions import Form, Scripted
from samples.render.rising import sit_to_stand
from samples.render.running import gait
from samples.render.squats import single_leg_squat, squat, step_down
from samples.render.stairs import stairs

SCRIPTS: Final[dict[str, Callable[[Rig, Form, float], Scripted]]] = {
    "squat": squat,
    "single_leg_squat": single_leg_squat,
    "step_down": step_down,
    "stairs": stairs,
    "cycling": cycling,
    "sit_to_stand": sit_to_stand,
    "running": gait,
    "walking": gait,
}
