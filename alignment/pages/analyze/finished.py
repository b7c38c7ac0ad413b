"""The last step: a finished run in; the finding, the film with its lines, the numbers and the files out."""

import streamlit as st

from alignment import files
from alignment.activities import ACTIVITIES
from alignment.pages import films, numbers, telling
from alignment.pages.analyze import address, downloads, setup
from alignment.pages.runs import Run
from alignment.result import Result
from alignment.run import Outcome
from alignment.texts import say


def show(run: Run, outcome: Outcome) -> None:
    """Show everything that came of a run."""
    result = outcome.result
    _head(run, result)
    telling.findings(result)
    overlay = outcome.folder / files.OVERLAY
    numbers.show(f"run_{run.request.key}", result, overlay if overlay.is_file() else None)
    telling.filming(result)
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
        st.button(say("analyze_again").message, on_click=setup.again, args=(request,), icon=":material/tune:")
        st.button(say("analyze_remove").message, on_click=_remove, args=(request.film.key,), icon=":material/delete:")


def _remove(film_key: str) -> None:
    films.shelf().remove(film_key)
    address.go(address.Place())
