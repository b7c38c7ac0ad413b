"""The page that holds two results of one movement against each other: choose them, see what changed, watch both in step."""

from typing import Final

import streamlit as st

from alignment.core.assessment import compare_results
from alignment.pages import films, style
from alignment.pages.compare import changes, choose, side_by_side
from alignment.pages.compare.candidates import Candidate, candidates
from alignment.pose.calibration import calibration_of
from alignment.texts import say

TITLE: Final = "compare"
ICON: Final = ":material/compare:"
ORDER: Final = 30


def show() -> None:
    """Show the page: what can be chosen, and what came of it."""
    st.html(f"<style>{style.asset('compare.css')}</style>")
    st.title(say("compare_title").message)
    there = candidates()
    pair = choose.show(there)
    if pair is not None:
        for one in pair:
            films.shelf().look(one.film_key, films.session())
        _show_comparison(*pair)


def _show_comparison(before: Candidate, after: Candidate) -> None:
    if before.result.activity != after.result.activity:
        titles = [say(f"activity_{one.result.activity}").message for one in (before, after)]
        text = say("compare_other", before=titles[0], after=titles[1])
        style.state("refused", say("analyze_cannot").message, text.message, text.remedy)
        return
    comparison = compare_results(before.result, after.result, calibration_of)
    changes.summary(comparison)
    changes.warnings(comparison)
    side_by_side.show(before, after)
    changes.table(comparison)
    changes.filming(before.result, after.result)
