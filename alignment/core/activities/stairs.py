"""Stairs, up or down."""

from alignment.core.assessment import Activity
from alignment.core.cycles import contacts
from alignment.core.viewpoint import STAIRS

ACTIVITY = Activity(
    name="stairs",
    cut=contacts,
    stance=STAIRS,
    measures=("knee_over_toe", "fppa", "fppa_image", "pelvic_drop", "pelvic_obliquity", "trunk_lean", "knee_flexion"),
)
