"""Curves, cuts and limits in; values per cycle, a summary with verdicts and findings out: docs/assessment.md."""

from alignment.assessment.activity import Activity
from alignment.assessment.camera import camera_words, changed_deg
from alignment.assessment.change import Change, Comparison, compare_results
from alignment.assessment.findings import fact, findings, on_one_line, reason_text
from alignment.assessment.limits import Limit, Limits, parse_limits, shipped_limits, shipped_limits_text
from alignment.assessment.load import Kept, load_rule
from alignment.assessment.numbers import amount, minus, signed
from alignment.assessment.repeatability import (
    ANY,
    Repeatability,
    parse_repeatability,
    repeatability,
    repeatability_csv,
    shipped_repeatability,
)
from alignment.assessment.summary import refusals, summarized, unmeasured
from alignment.assessment.values import valued

__all__ = [
    "ANY",
    "Activity",
    "Change",
    "Comparison",
    "Kept",
    "Limit",
    "Limits",
    "Repeatability",
    "amount",
    "camera_words",
    "changed_deg",
    "compare_results",
    "fact",
    "findings",
    "load_rule",
    "minus",
    "on_one_line",
    "parse_limits",
    "parse_repeatability",
    "reason_text",
    "refusals",
    "repeatability",
    "repeatability_csv",
    "shipped_limits",
    "shipped_limits_text",
    "shipped_repeatability",
    "signed",
    "summarized",
    "unmeasured",
    "valued",
]
