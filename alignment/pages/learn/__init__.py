"""The page to read: what alignment is, how to film, what helps, when to see a doctor, and what the program cannot tell."""

from collections.abc import Iterable
from dataclasses import astuple
from html import escape
from typing import Final

import streamlit as st

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import repeatability
from alignment.core.calibration import ANY
from alignment.core.measures import MEASURES
from alignment.core.settings import READ
from alignment.pages import findings_panel, style
from alignment.pages.learn import notice
from alignment.pose.calibration import calibration_of
from alignment.texts import Text, say
from alignment.views.palette import LIGHT
from alignment.views.tag_sheet import farthest_m, tag_sheet
from alignment.views.wording import amount

TITLE: Final = "learn"
ICON: Final = ":material/menu_book:"
ORDER: Final = 40

#: The parts of the page in their order; a part's code is its anchor, too.
_PARTS: Final = (
    *("learn_what", "learn_film", "learn_hips", "learn_bed", "learn_running", "learn_advice"),
    *("learn_doctor", "learn_cannot", "learn_sure"),
)
_DEFINITIONS: Final = "analyze_definitions"
_FILMING: Final = ("hip_height", "distance", "whole_body", "stand", "stairs", "cycling")
_HIPS: Final = ("front", "behind")
_BED: Final = ("turn", "sit", "rise")

welcome = notice.welcome


def show() -> None:
    """Show the whole page."""
    st.html(f"<style>{style.asset('learn.css')}</style>")
    st.title(say("learn_title").message)
    links = (f"[{say(code).message}](#{code})" for code in (*_PARTS, _DEFINITIONS))
    st.markdown(f"{say('learn_on_this_page').message}: {' · '.join(links)}")
    for code, part in zip(_PARTS, (_what, _film, _hips, _bed, _running, _advice, _doctor, _cannot, _sure), strict=True):
        st.subheader(say(code).message, anchor=code)
        part()
    st.subheader(say(_DEFINITIONS).message, anchor=_DEFINITIONS)
    findings_panel.definitions(list(MEASURES))


def _what() -> None:
    st.markdown(say("learn_what_is").message)
    image, caption = _image("line", say("learn_line_alt").message), escape(say("learn_line_caption").message)
    st.html(f'<figure class="al-figure al-wide">{image}<figcaption><p>{caption}</p></figcaption></figure>')
    style.leg_share()
    st.markdown(say("learn_what_not").message)


def _film() -> None:
    st.markdown(say("learn_film_lead").message)
    st.html(_grid(_figure(name, text, text.message) for name in _FILMING for text in (say(f"learn_film_{name}"),)))
    with st.expander(say("learn_film_each").message):
        for name in ACTIVITIES:
            st.markdown(f"**{say(f'activity_{name}').message}.** {say(f'activity_{name}_how').message}")


def _hips() -> None:
    st.markdown(say("learn_hips_what").message)
    st.html(
        _grid(
            _figure(f"marks_{name}", say(f"learn_hips_{name}"), say(f"learn_hips_{name}_alt").message) for name in _HIPS
        )
    )
    st.download_button(
        say("learn_hips_sheet").message,
        tag_sheet,
        file_name="tags.pdf",
        mime="application/pdf",
        on_click="ignore",
        icon=":material/download:",
    )
    st.markdown(say("learn_hips_how", metres=f"{farthest_m():g}").message)


def _bed() -> None:
    st.markdown(say("learn_bed_lead").message)
    st.html(
        _grid(_figure(f"bed_{name}", say(f"learn_bed_{name}"), say(f"learn_bed_{name}_alt").message) for name in _BED)
    )
    st.markdown(say("learn_bed_film", activity=say("activity_sit_to_stand").message).message)


def _running() -> None:
    st.markdown(say("learn_running_lead").message)
    _list("learn_running")
    st.caption(say("learn_running_source").message)


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
    rows = [
        repeatability(calibration_of("heavy").of(READ), ANY, measure, "left") for measure in ("knee_over_toe", "fppa")
    ]
    if None not in rows:
        told = [amount(row.mdc, MEASURES[row.measure].unit) for row in rows if row is not None]
        st.markdown(say("learn_sure_twice", over_toe=told[0], fppa=told[1]).message)
    st.markdown(say("learn_sure_compare").message)


def _list(prefix: str) -> None:
    st.markdown("\n".join(f"- {point}" for point in notice.numbered_codes(prefix)))


def _grid(figures: Iterable[str]) -> str:
    return f'<div class="al-grid">{"".join(figures)}</div>'


def _figure(name: str, text: Text, alt: str) -> str:
    """A drawing with its heading and what to do."""
    words = f"<h3>{escape(text.message)}</h3><p>{escape(text.remedy)}</p>"
    return f'<figure class="al-figure">{_image(name, alt)}<figcaption>{words}</figcaption></figure>'


def _image(name: str, alt: str) -> str:
    """The drawing as data; drawn in the light palette's colours, it takes on those of the ground in use."""
    svg = style.asset(f"learn_{name}.svg")
    for light, used in zip(astuple(LIGHT), astuple(style.palette()), strict=True):
        svg = svg.replace(f'"{light}"', f'"{used}"')
    return f'<img alt="{escape(alt)}" src="{style.svg_url(svg)}">'
