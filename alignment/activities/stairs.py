"""Stairs, up or down."""

from types import MappingProxyType

from alignment.assessment import Activity
from alignment.cycles import contacts

ACTIVITY = Activity(
    name="stairs",
    title="Stairs",
    description=(
        "Walk up or down at least eight steps without holding on. Film going down from the front and going up from behind,"
        " the phone level and still, the whole body in the picture all the way."
    ),
    cut=contacts,
    anchor="nothing",
    measures=("knee_over_toe", "fppa", "fppa_image", "pelvic_drop", "pelvic_obliquity", "trunk_lean", "knee_flexion"),
    cannot_tell=MappingProxyType({"pelvic_drop": "raised_thigh", "pelvic_obliquity": "raised_thigh"}),
)
