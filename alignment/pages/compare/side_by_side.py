"""The two films in step and their curves over each other: two results in; players and charts that move together out."""

from typing import Any, Final

import streamlit as st

from alignment.measures import MEASURES
from alignment.pages import duet, style, telling
from alignment.pages.compare.candidates import Candidate
from alignment.result import Cycle
from alignment.texts import say
from alignment.views import overlaid
from alignment.views.cycles import cycle_title
from alignment.views.overlaid import Filmed
from alignment.views.percent import counted, in_step

_NAME: Final = "compare"


@st.fragment
def show(before: Candidate, after: Candidate) -> None:
    """Show films and curves. A click in a chart moves both films, and nothing else is drawn anew."""
    st.subheader(say("compare_films").message)
    _films(before, after)
    st.subheader(say("compare_curves").message)
    _curves(before, after)


def _films(before: Candidate, after: Candidate) -> None:
    pairs = in_step(before.result, after.result)
    if not pairs:
        text = say("compare_no_repetition")
        style.state("empty", text.message, remedy=text.remedy)
        return
    st.caption(say("compare_films_more").message)
    chosen: int = st.selectbox(
        say("compare_repetition").message,
        range(len(pairs)),
        format_func=lambda number: cycle_title(pairs[number][0], before.result.cycles),
        key=f"compare_pair_{before.key}_{after.key}",
        on_change=duet.jump,
        args=(_NAME, None),
    )
    numbers = len(counted(before.result)), len(counted(after.result))
    if numbers[0] != numbers[1]:
        st.caption(say("compare_counts", before=numbers[0], after=numbers[1]).message)
    films = zip(("compare_first", "compare_second"), (before, after), pairs[chosen], strict=True)
    first, second = (_part(code, film, cycle) for code, film, cycle in films)
    duet.show((first, second), _NAME)


def _part(code: str, one: Candidate, cycle: Cycle) -> duet.Part:
    source = one.result.source
    rate_hz = source.analyzed_frames / source.duration_s if source.duration_s else 30.0
    title = cycle_title(cycle, one.result.cycles)
    caption = say(
        "compare_film_part", which=say(code).message, title=title, start_s=cycle.start_s, end_s=cycle.end_s
    ).message
    upright = source.height > source.width
    return duet.Part(one.film, caption, cycle, one.first_s, 1 / max(rate_hz, 1.0), upright)


def _curves(before: Candidate, after: Candidate) -> None:
    if before.course is None or after.course is None:
        _no_curves()
        return
    films = Filmed(before.result, before.course), Filmed(after.result, after.course)
    measures = [name for name in overlaid.measures_of_both(*films) if overlaid.panels(*films, name)]
    if not measures:
        _no_curves()
        return
    measure: str = st.selectbox(
        say("analyze_measure").message, measures, format_func=telling.measure_name, key="compare_measure"
    )
    panels = overlaid.panels(*films, measure)
    for column, panel in zip(st.columns(len(panels)), panels, strict=True):
        with column:
            st.markdown(f"**{panel.title}**")
            _chart(films, measure, panel)
    st.caption(f"{MEASURES[measure].meaning} {say('compare_curve_key').message}")


def _chart(films: tuple[Filmed, Filmed], measure: str, panel: overlaid.Panel) -> None:
    key = f"compare_chart_{measure}_{panel.whose}_{panel.cycles}"

    def clicked() -> None:
        picked: list[dict[str, Any]] = st.session_state[key].selection.get(overlaid.CLICK, [])
        if picked:
            duet.jump(_NAME, picked[0][overlaid.FIELD])

    st.altair_chart(
        overlaid.overlaid_chart(*films, measure, panel, style.palette()),
        key=key,
        on_select=clicked,
        selection_mode=overlaid.CLICK,
        alt=say("compare_curve_alt", measure=telling.measure_name(measure), whose=panel.title).message,
    )


def _no_curves() -> None:
    text = say("compare_no_curves")
    style.state("empty", text.message, remedy=text.remedy)
