"""The last step: a finished run in; the finding, the film with its lines, the numbers and the files out."""

from typing import Final

import streamlit as st

from alignment.activities import ACTIVITIES
from alignment.assessment.camera import camera_words, changed_deg
from alignment.pages import films, style
from alignment.pages.analyze import address, downloads, numbers
from alignment.pages.runs import Run
from alignment.result import Result
from alignment.run import Outcome
from alignment.texts import Text, say

#: So many sentences say what was found; the others are a click away.
_SENTENCES: Final = 3


def show(run: Run, outcome: Outcome) -> None:
    """Show everything that came of a run."""
    result = outcome.result
    _head(run, result)
    if result.measured:
        _findings(result)
    else:
        _refusal(result)
    numbers.show(run.request.key, outcome)
    _filming(result)
    downloads.show(outcome)


def _head(run: Run, result: Result) -> None:
    request = run.request
    st.title(say("analyze_result_title", activity=ACTIVITIES[request.activity].title).message)
    model = say(f"analyze_model_{result.software.model}").message
    part = ""
    if request.settings.start_s is not None or request.settings.end_s is not None:
        end_s = request.settings.end_s or result.source.duration_s + (request.settings.start_s or 0.0)
        part = say("analyze_from_to", start_s=request.settings.start_s or 0.0, end_s=end_s).message
    st.caption(" · ".join(text for text in (request.film.name, part, model) if text))
    with st.container(horizontal=True):
        st.button(say("analyze_other").message, on_click=address.go, args=(address.Place(),), icon=":material/add:")
        again = address.Place(film=request.film.key)
        st.button(say("analyze_again").message, on_click=address.go, args=(again,), icon=":material/tune:")
        st.button(say("analyze_remove").message, on_click=_remove, args=(request.film.key,), icon=":material/delete:")


def _remove(film_key: str) -> None:
    films.shelf().remove(film_key)
    address.go(address.Place())


def _findings(result: Result) -> None:
    st.subheader(say("analyze_findings").message)
    told = [(finding.verdict, finding.message) for finding in result.findings]
    style.verdict_rows(told[:_SENTENCES])
    if told[_SENTENCES:]:
        with st.expander(say("analyze_findings_more", count=len(told) - _SENTENCES).message):
            style.verdict_rows(told[_SENTENCES:])


def _refusal(result: Result) -> None:
    """Cannot tell, because …: the reasons with what to change, the first one large."""
    message = result.findings[0].message if result.findings else say("summary_empty").message
    first = result.quality.reasons[0] if result.quality.reasons else None
    remedy = style.remedy(first.code, first.remedy) if first else ""
    style.state("refused", say("analyze_cannot").message, message, remedy)


def _filming(result: Result) -> None:
    st.subheader(say("analyze_filming").message)
    grade = say(f"analyze_grade_{result.quality.grade}").message
    where = camera_words(result.viewpoint, changed_deg(result.cycles))
    st.markdown(f"{grade} {where}.")
    style.points(Text(one.message, style.remedy(one.code, one.remedy)) for one in result.quality.reasons)
    if not result.quality.reasons:
        st.caption(say("analyze_nothing_to_change").message)
