"""Results that were saved earlier, brought by the person: a field on the page in, the files that were dropped there out."""

import io
from collections.abc import Sequence

import streamlit as st

from alignment.texts import say


def show(page: str, code: str) -> Sequence[tuple[str, io.BufferedIOBase]]:
    """Show the field of a page with the words of `code`; the files just dropped there with their names, each told once.

    What was taken, or refused, does not stay in the field: the next file would come with it again.
    """
    state = f"{page}_upload"
    # A new key empties the field, and lets go of the copy that Streamlit holds in memory.
    number = st.session_state.setdefault(state, 0)
    given = st.file_uploader(
        say(code).message, type=["zip", "json", "parquet", "mp4"], accept_multiple_files=True, key=f"{state}_{number}"
    )
    st.caption(say(f"{code}_help").message)
    if given:
        st.session_state[state] = number + 1
    return [(one.name, one) for one in given or ()]
