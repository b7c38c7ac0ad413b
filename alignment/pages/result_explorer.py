"""The film with its lines beside the numbers: a result in; player, chart, key frames and table, moving together, out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from alignment.core.result import Result
from alignment.pages import findings_panel, pictures, player, style, terms
from alignment.texts import say
from alignment.views import charts, keyframes, repetitions
from alignment.views.wording import cycle_title


@dataclass(frozen=True)
class _View:
    """One result on the page, and the names of its parts there."""

    name: str
    result: Result
    film: Path | None

    @property
    def first_s(self) -> float:
        """When the film with lines begins, on the clock of the film as it was given."""
        curves = self.result.curves
        return float(curves.track.time_s[0]) if curves is not None and curves.track.frames else 0.0

    def key(self, part: str) -> str:
        return f"{self.name}_{part}"

    def jump(self, time_s: float) -> None:
        player.jump(self.key("film"), time_s)


@st.fragment
def show(name: str, result: Result, film: Path | None) -> None:
    """Show film and numbers. A click in chart, table or on a key frame moves the film, and nothing else is drawn anew.

    `name` tells the parts of this result from those of any other. `film` is the one with lines, None where there is none.
    """
    view = _View(name, result, film)
    measures = charts.measures_of(result)
    left, right = st.columns([5, 7], gap="large")
    with left:
        _film(view)
    with right:
        if measures:
            _charts(view, measures)
        else:
            style.state("empty", say("analyze_no_curve").message)
    if result.cycles:
        _key_frames(view)
        show_table(result, view.key("table"), view.jump)
    elif measures:
        style.state("note", say("analyze_no_repetition").message, say("analyze_no_repetition").remedy)


def _film(view: _View) -> None:
    if view.film is None:
        style.state("empty", say("analyze_no_film").message)
        return
    player.show(view.film, view.key("film"), frame_s=player.frame_s(view.result), offset_s=view.first_s)


def _charts(view: _View, measures: list[str]) -> None:
    name, every = st.columns([3, 1], vertical_alignment="bottom")
    with name:
        chosen = findings_panel.choose_measure(measures, view.key("measure"))
    shown = measures if every.toggle(say("analyze_every").message, key=view.key("every")) else [chosen]
    for measure in shown:
        if len(shown) > 1:
            st.markdown(f"**{findings_panel.measure_name(measure)}**")
        _chart(view, measure)
    st.caption(say("analyze_chart_key").message)
    with st.expander(say("analyze_definitions").message, icon=":material/menu_book:"):
        findings_panel.definitions(measures)


def _chart(view: _View, measure: str) -> None:
    key = view.key(f"chart_{measure}")

    def move_film() -> None:
        picked: list[dict[str, Any]] = st.session_state[key].selection.get(charts.CLICK, [])
        if picked:
            view.jump(picked[0][charts.TIME])

    st.caption(findings_panel.measure_meaning(measure))
    st.altair_chart(
        charts.curve_chart(view.result, measure, style.palette()),
        key=key,
        on_select=move_film,
        selection_mode=charts.CLICK,
        alt=say("analyze_chart_alt", measure=findings_panel.measure_name(measure)).message,
    )


def _key_frames(view: _View) -> None:
    frames, film = keyframes.extremes(view.result), view.film
    if not frames or film is None:
        return
    st.subheader(say("analyze_key_frames" if len(frames) > 1 else "analyze_key_frame").message)
    measure = findings_panel.measure_name(frames[0].value.measure)
    st.caption(say("analyze_key_frames_more", measure=measure).message)
    titles = [f"analyze_{end}" for end in keyframes.ends(view.result)] if len(frames) > 1 else ["analyze_only"]
    columns = st.container(key=f"still_frames_{len(frames)}").columns(len(frames))
    for column, frame, title in zip(columns, frames, titles, strict=True):
        with column:
            _key_frame(view, film, frame, title)


def _key_frame(view: _View, film: Path, frame: keyframes.KeyFrame, title: str) -> None:
    value = frame.value
    side = "" if value.side == "body" else f", {say(f'side_{value.side}').message}"
    name = cycle_title(frame.cycle, view.result.cycles)
    number = findings_panel.number(value.value, value.standard_error, value.unit)
    st.markdown(f"**{say(title).message}: {name}**  \n{number}{side}")
    picture, source = pictures.still(film, max(0.0, frame.time_s - view.first_s)), view.result.source
    # Without the strip below the film's own picture, which says the same under every one.
    rows = round(picture.shape[1] * source.height / source.width)
    st.image(picture[:rows], width="stretch")
    st.button(
        say("analyze_show").message,
        key=view.key(title),
        on_click=view.jump,
        args=(frame.time_s,),
        icon=":material/play_circle:",
    )


def show_table(result: Result, key: str | None = None, jump: Callable[[float], None] | None = None) -> None:
    """Show the table of all repetitions, where there are any; a row that is picked calls `jump` with its moment."""
    if not result.cycles:
        return
    table = repetitions.table(result, clinical=terms.clinical())
    st.subheader(say("analyze_table").message)
    if jump is not None:
        st.caption(say("clinical_table_more" if terms.clinical() else "analyze_table_more").message)
    names = [str(number) for number in range(len(table.head))]
    titles = {
        name: st.column_config.TextColumn(title, pinned=name == "0")
        for name, title in zip(names, table.head, strict=True)
    }

    def jump_to_row() -> None:
        rows = st.session_state[key or ""].selection.rows
        if rows and jump is not None:
            jump(table.times_s[rows[0]])

    st.dataframe(
        pd.DataFrame([list(row) for row in table.rows], columns=names),
        hide_index=True,
        key=key,
        column_config=titles,
        on_select="ignore" if jump is None else jump_to_row,
        selection_mode="single-row",
        alt=say("analyze_table").message,
    )
