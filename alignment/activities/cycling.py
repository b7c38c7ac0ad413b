"""Cycling on a trainer."""

from types import MappingProxyType

from alignment.assessment import Activity
from alignment.cycles import turns

ACTIVITY = Activity(
    name="cycling",
    title="Cycling",
    description=(
        "Pedal steadily for half a minute on a trainer. Film from straight in front, the phone level at the height of the"
        " knees, with 60 pictures a second if it can, hips to toes free of the handlebar."
    ),
    cut=turns,
    anchor="pelvis",
    views=("front",),
    measures=("knee_over_toe", "fppa", "fppa_image", "knee_flexion"),
    max_fps=60.0,
    cutoff_hz=8.0,
    max_gap_s=0.1,
    cannot_tell=MappingProxyType({"pelvic_drop": "raised_thigh", "pelvic_obliquity": "raised_thigh"}),
)
