"""The body over time in; repetitions, steps and pedal turns out, each counted or rejected with its reason.

Four ways to cut: `dips` (squats and step-downs: the hips sink and come back), `rises` (from a chair), `contacts` (steps on
stairs) and `turns` (pedalling); and `level_steps` (walking and running), in which nothing is measured. Heights and ways
are in leg lengths. Nothing that was not seen is counted.
"""

from alignment.core.cycles.cut import Cut
from alignment.core.cycles.dipping import dips
from alignment.core.cycles.pedalling import turns
from alignment.core.cycles.rising import rises
from alignment.core.cycles.stepping import contacts, level_steps

__all__ = ["Cut", "contacts", "dips", "level_steps", "rises", "turns"]
