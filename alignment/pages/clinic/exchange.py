"""Records that are taken away or brought: buttons in; a .zip with one subject or all, or what such a .zip holds, out."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from alignment import records
from alignment.pages import films
from alignment.pages.clinic import store
from alignment.records import Records, Subject
from alignment.records.operator import operator
from alignment.texts import say

_UPLOAD = "clinic_import"
_CHUNK_BYTES = 1 << 20


def one(kept: Records, subject: Subject) -> None:
    """Show the button that takes one subject away."""
    st.subheader(say("clinic_export").message)
    st.caption(say("clinic_export_more").message)
    name = "".join(letter if letter.isalnum() else "-" for letter in subject.code)
    _button(kept, "clinic_export_one", f"{name}.zip", [subject.key])


def everything(kept: Records, *, there: bool) -> None:
    """Show what takes all subjects away, where there are any, and what brings an archive back."""
    with st.expander(say("clinic_exchange" if there else "clinic_import").message, icon=":material/swap_vert:"):
        if there:
            st.markdown(f"**{say('clinic_export').message}**")
            st.caption(say("clinic_export_more").message)
            _button(kept, "clinic_export_all", f"records_{date.today():%Y-%m-%d}.zip", None)
            st.markdown(f"**{say('clinic_import').message}**")
        _bring(kept)


def _button(kept: Records, code: str, name: str, subjects: Sequence[str] | None) -> None:
    st.download_button(
        say(code).message,
        lambda: archive(kept, subjects),
        file_name=name,
        mime="application/zip",
        on_click="ignore",
        key=code,
        icon=":material/folder_zip:",
    )


def archive(kept: Records, subjects: Sequence[str] | None) -> bytes:
    """These subjects (all without any named) as one .zip. InputError where one is gone."""
    with tempfile.TemporaryDirectory(prefix="export-", dir=films.shelf().folder) as folder:
        path = Path(folder) / "records.zip"
        records.export(kept, path, subjects)
        return path.read_bytes()


def _bring(kept: Records) -> None:
    # A new key empties the field, and lets go of the copy that Streamlit holds in memory.
    number = st.session_state.setdefault(f"{_UPLOAD}_number", 0)
    given = st.file_uploader(say("clinic_import_drop").message, type=["zip"], key=f"{_UPLOAD}_{number}")
    if given is None or not st.button(say("clinic_import_now").message, type="primary", key="clinic_import_now"):
        return
    st.session_state[f"{_UPLOAD}_number"] = number + 1
    with (
        st.spinner(say("clinic_importing").message),
        tempfile.TemporaryDirectory(prefix="import-", dir=films.shelf().folder) as folder,
        store.saying(Path(folder)),
    ):
        path = Path(folder) / Path(given.name).name
        with path.open("wb") as file:
            while chunk := given.read(_CHUNK_BYTES):
                file.write(chunk)
        store.brought(records.import_archive(kept, path, operator()))
    st.rerun()
