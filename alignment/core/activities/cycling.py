"""Cycling on a trainer."""

from alignment.core.assessment import Activity
from alignment.core.cycles import turns
from alignment.core.viewpoint import SADDLE

ACTIVITY = Activity(
    name="cycling",
    cut=turns,
    stance=SADDLE,
    views=("front",),
    measures=("knee_over_toe", "fppa", "knee_flexion", "trunk_lean_forward"),
    with_marks=("pelvic_change",),
    max_fps=60.0,
    cutoff_hz=8.0,
    max_gap_s=0.1,
)
