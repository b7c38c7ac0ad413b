"""Curves, cuts and limits in; values per cycle, a summary with verdicts and findings out: docs/assessment.md."""

from alignment.core.assessment.activity import Activity
from alignment.core.assessment.change import Change, Comparison, compare_results, repeatability
from alignment.core.assessment.limits import Limit, Limits, parse_limits, shipped_limits, shipped_limits_text
from alignment.core.assessment.load import Kept, load_rule
from alignment.core.assessment.occasion import judge_occasion, judge_together
from alignment.core.assessment.summary import (
    judge_cycles,
    reasons_for_no_value,
    summarize,
    summary_without_numbers,
)
from alignment.core.assessment.values import measure_cycles

__all__ = [
    "Activity",
    "Change",
    "Comparison",
    "Kept",
    "Limit",
    "Limits",
    "compare_results",
    "judge_cycles",
    "judge_occasion",
    "judge_together",
    "load_rule",
    "measure_cycles",
    "parse_limits",
    "reasons_for_no_value",
    "repeatability",
    "shipped_limits",
    "shipped_limits_text",
    "summarize",
    "summary_without_numbers",
]
