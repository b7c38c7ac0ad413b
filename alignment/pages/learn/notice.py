"""What everybody reads once: when to see a doctor; shown ahead of any page until it was put away on this machine."""

from contextlib import suppress
from html import escape
from itertools import count, takewhile
from pathlib import Path
from typing import Final

import streamlit as st
from platformdirs import user_config_path

from alignment import pages
from alignment.pages import style
from alignment.pages.markdown import plain
from alignment.texts import is_known, say

_SEEN: Final = "notice_seen"


def flag() -> Path:
    """The empty file whose being there says that the notice was read on this machine."""
    return user_config_path("alignment", appauthor=False) / "notice-read"


def welcome() -> None:
    """Show the notice, unless it was put away before. It stands in nobody's way: the page follows below."""
    if st.session_state.get(_SEEN) or flag().exists():
        return
    with st.container(key="al_notice"):
        st.html(
            f'<div class="al-state al-note" role="status">{style.drawing("note", style.palette().ink)}<div>'
            f"<h3>{escape(say('notice_title').message)}</h3><p>{escape(say('notice_what').message)}</p>{signs()}</div></div>"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(say("notice_done").message, on_click=_put_away, type="primary", key="notice_done")
            pages.link("learn", say("notice_more").message, ":material/menu_book:")
        st.caption(say("notice_once", path=plain(_display_path(flag(), Path.home()))).message)


def numbered_codes(prefix: str) -> list[str]:
    """Every text of the catalogue with this prefix, which are numbered from 1 on."""
    codes = takewhile(is_known, (f"{prefix}_{number}" for number in count(1)))
    return [say(code).message for code in codes]


def signs() -> str:
    """When to see a doctor, as HTML."""
    points = "".join(f"<li>{escape(point)}</li>" for point in numbered_codes("learn_doctor"))
    return f'<p><b>{escape(say("learn_doctor_lead").message)}</b></p><ul class="al-signs">{points}</ul>'


def _put_away() -> None:
    st.session_state[_SEEN] = True
    # Where nothing can be written, it is shown once more the next time.
    with suppress(OSError):
        flag().parent.mkdir(parents=True, exist_ok=True)
        flag().touch()


def _display_path(path: Path, home: Path) -> str:
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
