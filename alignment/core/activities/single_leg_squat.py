"""Squats on one leg, the other foot held up."""

from functools import partial

from alignment.core.assessment import Activity
from alignment.core.cycles import dips
from alignment.core.viewpoint import ONE_FOOT

ACTIVITY = Activity(
    name="single_leg_squat",
    cut=partial(dips, one_leg=True),
    stance=ONE_FOOT,
    measures=("fppa", "knee_over_foot", "knee_over_toe", "pelvic_drop", "trunk_lean", "fppa_image", "knee_flexion"),
    with_marks=("pelvic_obliquity",),
)
