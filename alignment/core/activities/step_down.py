"""Lowering the other foot from a step to the floor and coming back."""

from functools import partial

from alignment.core.assessment import Activity
from alignment.core.cycles import dips
from alignment.core.viewpoint import ONE_FOOT_ON_STEP

ACTIVITY = Activity(
    name="step_down",
    cut=partial(dips, one_leg=True, to_floor=True),
    stance=ONE_FOOT_ON_STEP,
    measures=("fppa", "knee_over_foot", "knee_over_toe", "pelvic_drop", "trunk_lean", "fppa_image", "knee_flexion"),
    with_marks=("pelvic_obliquity",),
)
