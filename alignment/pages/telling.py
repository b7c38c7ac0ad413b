"""What every result says in words: a result in; what was found, or why nothing can be told, and how it was filmed, out."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from alignment.assessment import reason_text
from alignment.assessment.camera import camera_words, changed_deg
from alignment.assessment.numbers import commonest
from alignment.measures import MEASURES
from alignment.pages import style
from alignment.result import Result, Verdict
from alignment.texts import Text, say

#: So many sentences say what was found; the others are a click away.
_SENTENCES: Final = 3


def findings(result: Result, page: str = "app") -> None:
    """Show in at most three sentences what was found, or why nothing can be told; ways out as `page` offers them."""
    if not result.measured:
        _refusal(result, page)
        return
    if all(finding.verdict is Verdict.UNKNOWN for finding in result.findings):
        _nothing_judged(result, page)
        return
    st.subheader(say("analyze_findings").message)
    told = [(finding.verdict, finding.message) for finding in result.findings]
    style.verdict_rows(told[:_SENTENCES])
    if told[_SENTENCES:]:
        with st.expander(say("analyze_findings_more", count=len(told) - _SENTENCES).message):
            style.verdict_rows(told[_SENTENCES:])


def _refusal(result: Result, page: str) -> None:
    """Cannot tell, because …, and what to do about just that."""
    message = result.findings[0].message if result.findings else say("summary_empty").message
    _cannot(result, commonest([row.reason or "" for row in result.summary]), message, page)


def _nothing_judged(result: Result, page: str) -> None:
    """One sentence for all that cannot be told, with the commonest reason, and each sentence a click away."""
    code = commonest([row.reason or "" for row in result.summary if row.verdict is Verdict.UNKNOWN])
    because = say("analyze_cannot_judge", reason=reason_text(code)).message
    _cannot(result, code, because, page)
    with st.expander(say("analyze_findings_each").message):
        style.verdict_rows((finding.verdict, finding.message) for finding in result.findings)


def _cannot(result: Result, code: str, message: str, page: str) -> None:
    told = next((one for one in result.quality.reasons if one.code == code), None)
    otherwise = told.remedy if told else say(f"reason_{code}").remedy
    style.state("refused", say("analyze_cannot").message, message, style.remedy(code, otherwise, page))


def filming(result: Result, page: str = "app") -> None:
    """Show how the film was made, and what to change; ways out as `page` offers them."""
    st.subheader(say("analyze_filming").message)
    grade = say(f"analyze_grade_{result.quality.grade}").message
    where = camera_words(result.viewpoint, changed_deg(result.cycles))
    st.markdown(f"{grade} {where}.")
    style.points(Text(one.message, style.remedy(one.code, one.remedy, page)) for one in result.quality.reasons)
    if not result.quality.reasons:
        st.caption(say("analyze_nothing_to_change").message)


def definitions(measures: Iterable[str]) -> None:
    """Show what these measures mean, with unit, sign and source."""
    st.markdown(say("analyze_definitions_lead").message)
    for measure in measures:
        about = MEASURES[measure]
        unit = say(f"chart_unit_{about.unit}").message
        source = say("analyze_source", source=about.reference).message
        st.markdown(f"**{measure_name(measure)}** (`{measure}`, {unit}). {about.meaning} {source}")


def measure_name(measure: str) -> str:
    """A measure's name as a title."""
    name = say(f"measure_{measure}").message
    return name[0].upper() + name[1:]
