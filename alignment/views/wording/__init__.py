"""What results say, in words: codes and numbers in, sentences of the catalogue in the language spoken out."""

from alignment.views.wording.camera import camera_words, filming_text, pelvis_text
from alignment.views.wording.cycles import cycle_number, cycle_title, cycles_noun
from alignment.views.wording.findings import (
    Told,
    clinical_name,
    fact,
    few_text,
    finding_text,
    head_text,
    measured_text,
    told_findings,
    whose,
)
from alignment.views.wording.measures import measure_meaning, measure_name
from alignment.views.wording.numbers import amount, bare_amount, minus, rough_amount, signed_amount, with_error
from alignment.views.wording.reasons import moved_words, reason_text, reason_words, told_reasons

__all__ = [
    "Told",
    "amount",
    "bare_amount",
    "camera_words",
    "clinical_name",
    "cycle_number",
    "cycle_title",
    "cycles_noun",
    "fact",
    "few_text",
    "filming_text",
    "finding_text",
    "head_text",
    "measure_meaning",
    "measure_name",
    "measured_text",
    "minus",
    "moved_words",
    "pelvis_text",
    "reason_text",
    "reason_words",
    "rough_amount",
    "signed_amount",
    "told_findings",
    "told_reasons",
    "whose",
    "with_error",
]
