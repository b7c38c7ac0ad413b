"""The page to read: what alignment is, how to film, what helps, when to see a doctor, and what the program cannot tell."""

from html import escape
from typing import Final

import streamlit as st

from alignment import texts
from alignment.activities import ACTIVITIES
from alignment.assessment import ANY, amount, repeatability
from alignment.measures import MEASURES
from alignment.pages import style, telling
from alignment.pages.learn import drawings, notice
from alignment.texts import say

TITLE: Final = say("learn").message
ICON: Final = ":material/menu_book:"
ORDER: Final = 40

#: The parts of the page in their order; a part's code is its anchor, too.
_PARTS: Final = ("learn_what", "learn_film", "learn_advice", "learn_doctor", "learn_cannot", "learn_sure")
_DEFINITIONS: Final = "analyze_definitions"
_FILMING: Final = ("hip_height", "distance", "whole_body", "stand", "stairs", "cycling")

welcome = notice.welcome


def show() -> None:
    """Show the whole page."""
    st.html(f"<style>{style.asset('learn.css')}</style>")
    st.title(say("learn_title").message)
    links = (f"[{say(code).message}](#{code})" for code in (*_PARTS, _DEFINITIONS))
    st.markdown(f"{say('learn_on_this_page').message}: {' · '.join(links)}")
    for code, part in zip(_PARTS, (_what, _film, _advice, _doctor, _cannot, _sure), strict=True):
        st.subheader(say(code).message, anchor=code)
        part()
    st.subheader(say(_DEFINITIONS).message, anchor=_DEFINITIONS)
    telling.definitions(list(MEASURES))


def _what() -> None:
    st.markdown(say("learn_what_is").message)
    drawings.figure("line", say("learn_line_alt").message, f"<p>{escape(say('learn_line_caption').message)}</p>")
    st.markdown(say("learn_what_not").message)


def _film() -> None:
    st.markdown(say("learn_film_lead").message)
    drawings.grid([(name, say(f"learn_film_{name}")) for name in _FILMING])
    with st.expander(say("learn_film_each").message):
        for activity in ACTIVITIES.values():
            st.markdown(f"**{activity.title}.** {activity.description}")


def _advice() -> None:
    st.markdown(say("learn_advice_lead").message)
    _list("learn_advice")
    st.caption(say("learn_advice_source").message)


def _doctor() -> None:
    symbol = style.drawing("note", style.palette().ink)
    st.html(f'<div class="al-state al-note">{symbol}<div>{notice.signs()}</div></div>')


def _cannot() -> None:
    st.markdown(say("learn_cannot_lead").message)
    _list("learn_cannot")


def _sure() -> None:
    st.markdown(f"{say('learn_sure_lead').message} [{say(_DEFINITIONS).message}](#{_DEFINITIONS}).")
    rows = [repeatability("heavy", ANY, measure, "left") for measure in ("knee_over_toe", "fppa")]
    if None not in rows:
        told = [amount(row.mdc, MEASURES[row.measure].unit) for row in rows if row is not None]
        st.markdown(say("learn_sure_twice", over_toe=told[0], fppa=told[1]).message)
    st.markdown(say("learn_sure_compare").message)


def _list(prefix: str) -> None:
    """Every text of this kind, which are numbered, as a point of a list."""
    number, points = 1, []
    while texts.known(f"{prefix}_{number}"):
        points.append(f"- {say(f'{prefix}_{number}').message}")
        number += 1
    st.markdown("\n".join(points))
