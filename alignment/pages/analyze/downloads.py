"""The files of an outcome to take away: one by one, or all in one."""

import io
import zipfile
from pathlib import Path
from typing import Final

import streamlit as st

from alignment import files
from alignment.pages import style
from alignment.run import Outcome
from alignment.texts import known, say

_MIME: Final = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".parquet": "application/vnd.apache.parquet",
}


def show(outcome: Outcome) -> None:
    """Show a button for each file and one for all of them."""
    if outcome.no_report is not None:
        style.state("note", outcome.no_report.message, remedy=outcome.no_report.remedy)
    there = sorted(path for path in outcome.folder.iterdir() if path.name in files.OURS)
    st.subheader(say("analyze_files").message)
    st.caption(say("analyze_files_more").message)
    name = outcome.folder.name
    st.download_button(
        say("analyze_zip").message,
        lambda: zipped(there, name),
        file_name=f"{name}.zip",
        mime="application/zip",
        type="primary",
        on_click="ignore",
        icon=":material/folder_zip:",
    )
    with st.container(horizontal=True):
        for path in there:
            code = f"analyze_file_{path.stem}"
            st.download_button(
                path.name,
                path.read_bytes,
                file_name=f"{name}_{path.name}",
                mime=_MIME[path.suffix],
                key=f"download_{path.name}",
                on_click="ignore",
                help=say(code).message if known(code) else None,
                icon=":material/download:",
            )


def zipped(paths: list[Path], folder: str) -> bytes:
    """The files in one archive, inside a folder of this name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, f"{folder}/{path.name}")
    return content.getvalue()
