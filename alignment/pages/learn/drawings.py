"""The page's drawings with their words: names and texts in, figures in the colours of the chosen ground out."""

import base64
from collections.abc import Sequence
from dataclasses import astuple
from html import escape

import streamlit as st

from alignment.pages import style
from alignment.texts import Text
from alignment.views.palette import LIGHT


def figure(name: str, alt: str, words: str) -> None:
    """Show one wide drawing over its words (HTML); `alt` says what is to be seen."""
    st.html(f'<figure class="al-figure al-wide">{_image(name, alt)}<figcaption>{words}</figcaption></figure>')


def grid(drawn: Sequence[tuple[str, Text]]) -> None:
    """Show drawings beside each other as far as there is room, each over its title and text."""
    figures = (
        f'<figure class="al-figure">{_image(name, text.message)}<figcaption><h3>{escape(text.message)}</h3>'
        f"<p>{escape(text.remedy)}</p></figcaption></figure>"
        for name, text in drawn
    )
    st.html(f'<div class="al-grid">{"".join(figures)}</div>')


def _image(name: str, alt: str) -> str:
    """The drawing as data; drawn in the light palette's colours, it takes on those of the ground in use."""
    svg = style.asset(f"learn_{name}.svg")
    for light, used in zip(astuple(LIGHT), astuple(style.palette()), strict=True):
        svg = svg.replace(f'"{light}"', f'"{used}"')
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
