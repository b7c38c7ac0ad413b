"""Cycling on a trainer."""

from types import MappingProxyType

from alignment.assessment import Activity
from alignment.cycles import turns

#: A thigh that points at the camera leaves the picture's angle to where exactly the knee is drawn, and the bicycle hides the
#: feet: so far off beyond the errors that hold elsewhere (twelve riders drawn at random; docs/accuracy.md).
_OWN_SE = {"fppa_image": 7.5, "knee_over_toe": 1.2, "knee_ankle_ratio": 0.2}

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
    measures=("knee_over_toe", "fppa", "knee_flexion"),
    max_fps=60.0,
    cutoff_hz=8.0,
    max_gap_s=0.1,
    own_se=MappingProxyType(_OWN_SE),
    cannot_tell=MappingProxyType({"pelvic_drop": "raised_thigh", "pelvic_obliquity": "raised_thigh"}),
)
