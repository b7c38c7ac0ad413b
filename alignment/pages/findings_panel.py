"""What every result says in words: a result in; what was found, or why nothing can be told, and how it was filmed, out."""

from collections.abc import Iterable
from typing import Final

import pandas as pd
import streamlit as st

from alignment.core.measures import MEASURES
from alignment.core.result import Occasion, Result, Verdict, changed_deg, commonest
from alignment.pages import cue, menu, style, terms
from alignment.pose.calibration import calibration_of
from alignment.texts import Text, say
from alignment.views import wording
from alignment.views.leg_share import needs_leg_share
from alignment.views.summary_table import summary_table
from alignment.views.wording import (
    amount,
    camera_words,
    few_text,
    filming_text,
    finding_text,
    reason_text,
    reason_words,
    told_findings,
    told_reasons,
    with_error,
)

#: So many sentences say what was found; the others are a click away.
_SENTENCES: Final = 3


def findings(result: Result | Occasion, page: str = "app") -> None:
    """Show in at most three sentences what was found, or why nothing can be told; ways out as `page` offers them.

    In clinical terms, every number with its errors stands in a table below.
    """
    terms.heading(say("analyze_findings").message, page)
    if not result.measured:
        _refusal(result, page)
        return
    if all(finding.verdict is Verdict.UNKNOWN for finding in result.findings):
        _nothing_judged(result, page)
        return
    told = [(one.verdict, one.text) for one in told_findings(result.findings, clinical=terms.clinical())]
    few = few_text(result.findings)
    if few:
        st.markdown(few)
    style.verdict_rows(told[:_SENTENCES])
    if told[_SENTENCES:]:
        with st.expander(say("analyze_findings_more", count=len(told) - _SENTENCES).message):
            style.verdict_rows(told[_SENTENCES:])
    if needs_leg_share(result) and not terms.clinical():
        # Who has just filmed themselves live has no film to analyze, and says it before the next one.
        style.leg_share(hint=say("leg_share_height_live" if page == "live" else "leg_share_height").message)
    cue.show(result)
    if terms.clinical():
        _numbers(result)


def _numbers(result: Result | Occasion) -> None:
    """The table of every number with its errors."""
    table = summary_table(result, calibration_of)
    names = [str(number) for number in range(len(table.head))]
    titles = {
        name: st.column_config.TextColumn(title, pinned=name == "0")
        for name, title in zip(names, table.head, strict=True)
    }
    st.dataframe(
        pd.DataFrame([list(row.cells) for row in table.rows], columns=names),
        hide_index=True,
        column_config=titles,
        alt=say("clinical_numbers").message,
    )
    st.caption(say("clinical_numbers_more").message)


def _refusal(result: Result | Occasion, page: str) -> None:
    """Cannot tell, because …, and what to do about just that."""
    message = finding_text(result.findings[0]) if result.findings else say("summary_empty").message
    _cannot(result, commonest([row.reason or "" for row in result.summary]), message, page)


def _nothing_judged(result: Result | Occasion, page: str) -> None:
    """One sentence for all that cannot be told, with the commonest reason, and each sentence a click away."""
    code = commonest([row.reason or "" for row in result.summary if row.verdict is Verdict.UNKNOWN])
    because = say("analyze_cannot_judge", reason=reason_text(code)).message
    _cannot(result, code, because, page)
    with st.expander(say("analyze_findings_each").message):
        told = told_findings(result.findings, clinical=terms.clinical())
        style.verdict_rows((one.verdict, one.text) for one in told)


def _cannot(result: Result | Occasion, code: str, message: str, page: str) -> None:
    reasons = () if isinstance(result, Occasion) else result.quality.reasons
    told = next((one for one in reasons if one.code == code), None)
    otherwise = reason_words(told).remedy if told else say(f"reason_{code}").remedy
    style.state("refused", say("analyze_cannot").message, message, style.remedy(code, otherwise, page))


def filming(result: Result, page: str = "app") -> None:
    """Show how the film was made, and what to change; ways out as `page` offers them."""
    st.subheader(say("analyze_filming").message)
    filming_of(result, page)
    if not told_reasons(result):
        st.caption(say("analyze_nothing_to_change").message)


def filming_of(result: Result, page: str, name: str = "") -> None:
    """Show how good the film is and where the camera stood, and each thing to change; `name` stands ahead of it."""
    clinical = terms.clinical()
    if clinical:
        st.markdown(f"{name}{filming_text(result, clinical=True)}")
    else:
        grade = say(f"analyze_grade_{result.quality.grade}").message
        st.markdown(f"{name}{grade} {camera_words(result.viewpoint, changed_deg(result.cycles))}.")
    told = told_reasons(result, clinical=clinical)
    style.points(*(Text(one.message, style.remedy(code, one.remedy, page)) for code, one in told))


def definitions(measures: Iterable[str]) -> None:
    """Show what these measures mean, with sign and unit; in clinical terms with the name in result files and the source."""
    st.markdown(say("analyze_definitions_lead").message)
    for measure in measures:
        about = MEASURES[measure]
        if not terms.clinical():
            st.markdown(f"**{measure_name(measure)}**. {measure_meaning(measure)}")
            continue
        unit = say(f"chart_unit_{about.unit}").message
        source = say("analyze_source", source=about.reference).message
        st.markdown(f"**{measure_name(measure)}** (`{measure}`, {unit}). {measure_meaning(measure)} {source}")


def number(value: float | None, error: float | None, unit: str) -> str:
    """A number; in clinical terms with its standard error."""
    return with_error(value, error, unit) if terms.clinical() else amount(value, unit)


def measure_meaning(measure: str) -> str:
    """What a measure's number means, in one sentence."""
    return wording.measure_meaning(measure, clinical=terms.clinical())


def choose_measure(measures: Iterable[str], key: str) -> str:
    """Let the person choose one of these measures by its name."""
    return menu.choose(say("analyze_measure").message, {name: measure_name(name) for name in measures}, key)


def measure_name(measure: str, side: str = "body") -> str:
    """A measure's name as a title, with whose it is."""
    name = wording.measure_name(measure, clinical=terms.clinical())
    name = name[0].upper() + name[1:]
    return name if side == "body" else f"{name}, {say(f'side_{side}').message}"
