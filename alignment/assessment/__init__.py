"""Curves, cuts and limits in; values per cycle, a summary with verdicts and findings out: docs/assessment.md."""

from alignment.assessment.activity import Activity
from alignment.assessment.findings import findings, reason_text
from alignment.assessment.limits import Limit, Limits, parse_limits, shipped_limits, shipped_limits_text
from alignment.assessment.numbers import amount
from alignment.assessment.summary import refusals, summarized, unmeasured
from alignment.assessment.values import valued

__all__ = [
    "Activity",
    "Limit",
    "Limits",
    "amount",
    "findings",
    "parse_limits",
    "reason_text",
    "refusals",
    "shipped_limits",
    "shipped_limits_text",
    "summarized",
    "unmeasured",
    "valued",
]
