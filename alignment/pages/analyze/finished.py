"""The last step: a finished run in; the finding, the film with its lines, the numbers and the files out."""

from pathlib import Path

import streamlit as st

from alignment import outputs
from alignment.core.result import Result
from alignment.pages import films, findings_panel, result_explorer, style
from alignment.pages.address import FilmAddress
from alignment.pages.analyze import setup
from alignment.pages.markdown import plain
from alignment.pages.runs import Run
from alignment.texts import say
from alignment.workflow import Outcome


def show(run: Run, outcome: Outcome) -> None:
    """Show everything that came of a run."""
    result = outcome.result
    _head(run, result)
    findings_panel.findings(result)
    overlay = run.sink.folder / outputs.OVERLAY
    result_explorer.show(f"run_{run.order.key}", result, overlay if overlay.is_file() else None)
    findings_panel.filming(result)
    _downloads(run.sink.folder, outcome)


def _head(run: Run, result: Result) -> None:
    order, request = run.order, run.order.request
    st.title(say("analyze_result_title", activity=say(f"activity_{request.activity}").message).message)
    model = say(f"analyze_model_{result.software.model}").message
    part = say("analyze_from_to", start_s=result.part_s[0], end_s=result.part_s[1]).message if result.part_s else ""
    st.caption(" · ".join(text for text in (plain(order.film.name), part, model) if text))
    with st.container(horizontal=True):
        st.button(say("analyze_other").message, on_click=FilmAddress().go, icon=":material/add:")
        st.button(say("analyze_again").message, on_click=setup.again, args=(order,), icon=":material/tune:")
        st.button(say("analyze_remove").message, on_click=_remove, args=(order.film.key,), icon=":material/delete:")


def _remove(film_key: str) -> None:
    films.shelf().remove(film_key)
    FilmAddress().go()


def _downloads(folder: Path, outcome: Outcome) -> None:
    """Show a button for each file of an outcome and one for all of them, and say what could not be made."""
    for why in outcome.left_out.values():
        text = say(why.code, **why.values)
        style.state("note", text.message, remedy=text.remedy)
    known_files = outputs.by_filename()
    there = sorted(path for path in folder.iterdir() if path.name in known_files)
    st.subheader(say("analyze_files").message)
    st.caption(say("analyze_files_more").message)
    name = folder.name
    st.download_button(
        say("analyze_zip").message,
        lambda: outputs.zip_files({path.name: path.read_bytes() for path in there}, name),
        file_name=f"{name}.zip",
        mime="application/zip",
        type="primary",
        on_click="ignore",
        icon=":material/folder_zip:",
    )
    with st.container(horizontal=True):
        for path in there:
            output = known_files[path.name]
            st.download_button(
                path.name,
                path.read_bytes,
                file_name=f"{name}_{path.name}",
                mime=output.mime,
                key=f"download_{path.name}",
                on_click="ignore",
                help=say(f"output_{output.name}").message,
                icon=":material/download:",
            )
