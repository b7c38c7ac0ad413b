"""Squats on one leg, the other foot held up."""

from functools import partial
from types import MappingProxyType

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
    # The model tilts the hips with the bent leg: against the truth the drop has the wrong sign (docs/accuracy.md).
    cannot_tell=MappingProxyType({"pelvic_drop": "raised_thigh", "pelvic_obliquity": "raised_thigh"}),
    measures=("fppa", "knee_over_toe", "pelvic_drop", "trunk_lean", "fppa_image", "knee_flexion"),
)
