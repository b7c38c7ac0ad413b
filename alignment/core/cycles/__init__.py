"""The body over time in; repetitions, steps and pedal turns out, each counted or rejected with its reason.

Five ways to cut: `dips` (squats and step-downs: the hips sink and come back), `rises` (from a chair), `contacts` (steps on
stairs) and `turns` (pedalling); `run_steps` and `walk_steps` (stances, seen from the side); and `level_steps` (walking and
running to or from the camera), in which nothing is measured. Heights and ways are in leg lengths. Nothing that was not seen
is counted.
"""

from alignment.core.cycles.cut import Cut
from alignment.core.cycles.dipping import dips
from alignment.core.cycles.pedalling import turns
from alignment.core.cycles.rising import rises
from alignment.core.cycles.running import run_steps, walk_steps
from alignment.core.cycles.stepping import contacts, level_steps

__all__ = ["Cut", "contacts", "dips", "level_steps", "rises", "run_steps", "turns", "walk_steps"]
