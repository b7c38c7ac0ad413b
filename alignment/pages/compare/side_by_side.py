"""The two films in step and their curves over each other: two results in; players and charts that move together out."""

from typing import Any, Final

import streamlit as st

from alignment.core.result import Cycle
from alignment.pages import findings_panel, player, style, synced_players
from alignment.pages.compare.candidates import Candidate
from alignment.texts import say
from alignment.views import comparison_chart
from alignment.views.comparison_chart import Filmed
from alignment.views.normalized_cycles import counted_cycles, matching_cycles
from alignment.views.wording import cycle_title

_NAME: Final = "compare"


@st.fragment
def show(before: Candidate, after: Candidate) -> None:
    """Show films and curves. A click in a chart moves both films, and nothing else is drawn anew."""
    st.subheader(say("compare_films").message)
    _films(before, after)
    st.subheader(say("compare_curves").message)
    _curves(before, after)


def _films(before: Candidate, after: Candidate) -> None:
    pairs = matching_cycles(before.result, after.result)
    if not pairs:
        style.state_of("empty", "compare_no_repetition")
        return
    st.caption(say("compare_films_more").message)
    chosen: int = st.selectbox(
        say("compare_repetition").message,
        range(len(pairs)),
        format_func=lambda number: cycle_title(pairs[number][0], before.result.cycles),
        key=f"compare_pair_{before.key}_{after.key}",
        on_change=player.jump,
        args=(_NAME, "key"),
    )
    numbers = len(counted_cycles(before.result)), len(counted_cycles(after.result))
    if numbers[0] != numbers[1]:
        st.caption(say("compare_counts", before=numbers[0], after=numbers[1]).message)
    films = zip(("compare_first", "compare_second"), (before, after), pairs[chosen], strict=True)
    first, second = (_film_and_cycle(code, film, cycle) for code, film, cycle in films)
    synced_players.show((first, second), _NAME)


def _film_and_cycle(code: str, one: Candidate, cycle: Cycle) -> synced_players.PlayedCycle:
    title = cycle_title(cycle, one.result.cycles)
    caption = say(
        "compare_film_part", which=say(code).message, title=title, start_s=cycle.start_s, end_s=cycle.end_s
    ).message
    upright = one.result.source.height > one.result.source.width
    return synced_players.PlayedCycle(one.film, caption, cycle, one.first_s, player.frame_s(one.result), upright)


def _curves(before: Candidate, after: Candidate) -> None:
    if before.course is None or after.course is None:
        _no_curves()
        return
    films = Filmed(before.result, before.course), Filmed(after.result, after.course)
    measures = [name for name in comparison_chart.measures_of_both(*films) if comparison_chart.panels(*films, name)]
    if not measures:
        _no_curves()
        return
    measure = findings_panel.choose_measure(measures, "compare_measure")
    panels = comparison_chart.panels(*films, measure)
    for column, panel in zip(st.columns(len(panels)), panels, strict=True):
        with column:
            st.markdown(f"**{panel.title}**")
            _chart(films, measure, panel)
    st.caption(f"{findings_panel.measure_meaning(measure)} {say('compare_curve_key').message}")


def _chart(films: tuple[Filmed, Filmed], measure: str, panel: comparison_chart.Panel) -> None:
    key = f"compare_chart_{measure}_{panel.whose}_{panel.cycles}"

    def move_films() -> None:
        picked: list[dict[str, Any]] = st.session_state[key].selection.get(comparison_chart.CLICK, [])
        if picked:
            player.jump(_NAME, picked[0][comparison_chart.FIELD])

    st.altair_chart(
        comparison_chart.comparison_chart(*films, measure, panel, style.palette()),
        key=key,
        on_select=move_films,
        selection_mode=comparison_chart.CLICK,
        alt=say("compare_curve_alt", measure=findings_panel.measure_name(measure), whose=panel.title).message,
    )


def _no_curves() -> None:
    style.state_of("empty", "compare_no_curves")
