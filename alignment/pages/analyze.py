"""The page that analyzes a film."""

from typing import Final

import streamlit as st

from alignment.pages import style
from alignment.texts import say

TITLE: Final = say("app_analyze").message
ICON: Final = ":material/directions_walk:"
ORDER: Final = 10


def show() -> None:
    """Show the page."""
    st.title(say("app_analyze_title").message)
    style.state("empty", say("app_empty").message, say("app_empty_more").message)
