"""Lowering the other foot from a step to the floor and coming back."""

from functools import partial
from types import MappingProxyType

from alignment.assessment import Activity
from alignment.cycles import dips

ACTIVITY = Activity(
    name="step_down",
    title="Step-down",
    description=(
        "Stand still on a step of 15 to 20 cm for a second, then lower one heel slowly to the floor in front and come back,"
        " at least three times; then the other leg. Film from straight in front, the phone level at hip height."
    ),
    cut=partial(dips, one_leg=True, to_floor=True),
    free_foot="lowered",
    # The model tilts the hips with the bent leg: against the truth the drop has the wrong sign (docs/accuracy.md).
    cannot_tell=MappingProxyType({"pelvic_drop": "raised_thigh", "pelvic_obliquity": "raised_thigh"}),
    measures=("fppa", "knee_over_toe", "pelvic_drop", "trunk_lean", "fppa_image", "knee_flexion"),
)
