"""The body over time in; repetitions, steps and pedal turns out, each counted or rejected with its reason.

Four ways to cut: `dips` (squats and step-downs: the hips sink and come back), `rises` (from a chair), `contacts` (steps on
stairs) and `turns` (pedalling). Heights and ways are in leg lengths. Nothing that was not seen is counted.
"""

from alignment.cycles.cut import Cut
from alignment.cycles.dipping import dips
from alignment.cycles.pedalling import turns
from alignment.cycles.rising import rises
from alignment.cycles.stepping import contacts

__all__ = ["Cut", "contacts", "dips", "rises", "turns"]
