"""Squats on one leg, the other foot held up."""

from functools import partial

from alignment.assessment import Activity
from alignment.cycles import dips

ACTIVITY = Activity(
    name="single_leg_squat",
    title="Single-leg squat",
    description=(
        "Stand still on both feet for a second, lift one foot behind you, then bend the standing leg at least three times;"
        " then the other leg. Film from straight in front, the phone level at hip height, head to toes in the picture."
    ),
    cut=partial(dips, one_leg=True),
    measures=("fppa", "knee_over_toe", "pelvic_drop", "trunk_lean", "fppa_image", "knee_flexion"),
)
